"""One rich report made by hand: every severity, exceptions, errors, skips, unknowns; and a diff."""

from typing import Any

import msgspec

from bartizan.model.finding import Change, Finding, Location, Op, Severity
from bartizan.model.fingerprint import fingerprint
from bartizan.model.path import Path
from bartizan.model.path_text import render_path
from bartizan.model.report import Coverage, Header, Report
from bartizan.model.resource import Subject
from bartizan.model.result import Result, Verdict
from bartizan.model.unknown import Unknown
from tests.reports.sample_rules import RULES

WEB = Subject("apps/v1", "Deployment", "shop", "web", "app")
SIDECAR = Subject("apps/v1", "Deployment", "shop", "web", "metrics")
CART = Subject("apps/v1", "StatefulSet", "shop", "cart", "cart")
AGENT = Subject("apps/v1", "DaemonSet", "kube-system", "node-agent", "agent")
NIGHTLY = Subject("batch/v1", "CronJob", "billing", "nightly-export", "export")
ROLE = Subject("rbac.authorization.k8s.io/v1", "ClusterRole", "", "ci-runner")
BARE = Subject("v1", "Pod", "", "debug", "shell")

_CONTAINER: Path = ("spec", "template", "spec", "containers", 0)
_SECURITY: Path = (*_CONTAINER, "securityContext")

PRIVILEGED = (
    "container `{}` runs privileged, which equals root on the node: "
    "remove `securityContext.privileged` and add only the capabilities it needs"
)
WRITABLE = "the root file system is writable: set `securityContext.readOnlyRootFilesystem: true`"


def finding(
    check: str,
    subject: Subject,
    severity: Severity,
    message: str,
    *,
    location: Location,
    path: Path = _SECURITY,
    **more: Any,
) -> Finding:
    """A finding with its fingerprint."""
    keyed = render_path(path).replace("[0]", f"[{subject.container}]")
    return Finding(
        **{
            "check": check,
            "subject": subject,
            "severity": severity,
            "confidence": "high",
            "persona": "regular",
            "message": message,
            "location": location,
            "path": path,
            "keyed_path": keyed,
            "fingerprint": fingerprint(check, subject, keyed, more.get("evidence", "")),
            **more,
        }
    )


_PRIVILEGED_PATH = (*_SECURITY, "privileged")
_ROOT_PATH = (*_SECURITY, "readOnlyRootFilesystem")
_TAG = "image `registry.example/app:latest` can change under you: pin it by digest"

FINDINGS = (
    finding(
        "privileged-container",
        WEB,
        "critical",
        PRIVILEGED.format("app"),
        location=Location("deploy/shop/web.yaml", 24, 23, 24, 27),
        path=_PRIVILEGED_PATH,
        value=True,
        fix=(Op("set", _PRIVILEGED_PATH, value=False),),
    ),
    finding(
        "privileged-container",
        AGENT,
        "critical",
        PRIVILEGED.format("agent"),
        location=Location("deploy/agent.yaml", 31, 23, 31, 27),
        path=_PRIVILEGED_PATH,
        value=True,
        fix=(Op("set", _PRIVILEGED_PATH, value=False),),
        exception="node-agent-needs-devices",
    ),
    finding(
        "cluster-admin-binding",
        ROLE,
        "high",
        "role grants every verb on every resource: name the verbs and resources that `ci-runner` uses",
        location=Location("rbac/ci runner.yaml", 6, 3, 9, 1),
        path=("rules", 0),
        confidence="medium",
        fix=None,
    ),
    finding(
        "host-namespaces",
        AGENT,
        "high",
        "pod shares the node's process namespace: remove `hostPID`",
        location=Location("deploy/agent.yaml", 18, 7, 18, 20),
        path=("spec", "template", "spec", "hostPID"),
        value=True,
        fix=(Op("remove", ("spec", "template", "spec", "hostPID")),),
    ),
    *(
        finding(
            "writable-root",
            subject,
            "medium",
            WRITABLE,
            location=Location(file, line, 9, line + 4, 1),
            path=_ROOT_PATH,
            fix=(Op("set", _ROOT_PATH, value=True),),
        )
        for subject, file, line in (
            (AGENT, "deploy/agent.yaml", 29),
            (CART, "deploy/shop/cart.yaml", 20),
            (WEB, "deploy/shop/web.yaml", 22),
            (SIDECAR, "deploy/shop/web.yaml", 40),
        )
    ),
    finding(
        "missing-limits",
        NIGHTLY,
        "medium",
        "container `export` has no memory limit: set `resources.limits.memory`, the same as the request",
        location=Location("deploy/nightly.yaml", 17, 15, 20, 1),
        path=(*_CONTAINER, "resources", "limits"),
        fix=(Op("set", (*_CONTAINER, "resources", "limits"), {"memory": "256Mi", "cpu": None}),),
        exception="batch-limits",
    ),
    finding(
        "image-tag",
        BARE,
        "low",
        _TAG,
        location=Location("debug.yaml"),
        path=("spec", "containers", 0, "image"),
        persona="strict",
        confidence="low",
        value="registry.example/app:latest",
    ),
    finding(
        "missing-probe",
        CART,
        "info",
        "container `cart` has no readiness probe: add `readinessProbe`, so that it gets no traffic too early",
        location=Location("deploy/shop/cart.yaml", 20, 9, 30, 1),
        path=_CONTAINER,
        persona="audit",
        occurrence=1,
    ),
)

UNKNOWNS = (
    Unknown(
        file="charts/shop/templates/web.yaml",
        line=3,
        code="needs-rendering",
        message="a Helm template: what it makes is not known before it is rendered; scan the chart's folder",
    ),
    Unknown(
        file="deploy/broken.yaml",
        line=7,
        column=3,
        code="syntax",
        message="mapping values are not allowed here: quote the text or indent it",
    ),
    Unknown(
        file="deploy/odd.yaml",
        line=9,
        column=5,
        code="ill-typed-field",
        message="`spec.containers` should be a list but is a string: the API server would refuse it",
        subject="Pod shop/odd",
    ),
)


def _result(judge: str, subject: Subject, verdict: Verdict, file: str, *said: str) -> Result:
    reason, message = said
    return Result(judge=judge, subject=subject, verdict=verdict, file=file, reason=reason, message=message)


ODD = Subject("v1", "Pod", "shop", "odd")

RESULTS = (
    _result(
        "privileged-container",
        ODD,
        "error",
        "deploy/odd.yaml",
        "ill-typed-field",
        "`spec.containers` is text",
    ),
    _result("writable-root", ODD, "error", "deploy/odd.yaml", "ill-typed-field", "`spec.containers` is text"),
    _result("missing-probe", BARE, "skip", "debug.yaml", "not-evaluable-here", "needs inventory"),
)

TALLY: dict[str, dict[Verdict, int]] = {
    "cluster-admin-binding": {"pass": 0, "fail": 1, "warn": 0, "skip": 0, "error": 0},
    "host-namespaces": {"pass": 5, "fail": 1, "warn": 0, "skip": 0, "error": 0},
    "image-tag": {"pass": 5, "fail": 1, "warn": 0, "skip": 0, "error": 0},
    "missing-limits": {"pass": 5, "fail": 1, "warn": 0, "skip": 0, "error": 0},
    "missing-probe": {"pass": 4, "fail": 1, "warn": 0, "skip": 1, "error": 0},
    "privileged-container": {"pass": 3, "fail": 2, "warn": 0, "skip": 0, "error": 1},
    "writable-root": {"pass": 2, "fail": 3, "warn": 0, "skip": 0, "error": 1},
}

HEADER = Header(
    version="0.1.0",
    verb="scan",
    policy_set="sha256:9f2c51b7d0aa",
    kubernetes_version="1.37",
    persona="audit",
    fail_on="high",
    as_of="2026-01-15",
    inputs=("deploy", "rbac"),
)

SCAN = Report(
    header=HEADER,
    coverage=Coverage(
        files=9,
        objects=8,
        evaluated=7,
        in_scope=10,
        folded=1,
        not_objects={"helm-values": 2, "kustomization": 1},
    ),
    rules=RULES,
    findings=FINDINGS,
    unknowns=UNKNOWNS,
    results=RESULTS,
    tally=TALLY,
    exit_status=1,
    gate="failed: 3 findings at or above high",
)


def _changed(index: int, change: Change) -> Finding:
    return msgspec.structs.replace(FINDINGS[index], change=change)


DIFF = msgspec.structs.replace(
    SCAN,
    header=msgspec.structs.replace(
        HEADER, verb="diff", base="0123456789abcdef" * 2 + "01234567", head="feature/web"
    ),
    findings=(
        _changed(0, "new"),
        _changed(2, "incomparable"),
        _changed(3, "fixed"),
        _changed(4, "new"),
        _changed(5, "new"),
        _changed(6, "fixed"),
    ),
    changes={"new": 3, "incomparable": 1, "fixed": 2, "unchanged": 4},
    gate="failed: 2 new findings at or above high",
)

CLEAN = msgspec.structs.replace(
    SCAN,
    coverage=Coverage(files=3, objects=4, evaluated=4, in_scope=4),
    findings=(),
    unknowns=(),
    results=(),
    tally={check: {"pass": 4, "fail": 0, "warn": 0, "skip": 0, "error": 0} for check in TALLY},
    exit_status=0,
    gate="passed: no finding at or above high",
)

NOTHING = msgspec.structs.replace(
    CLEAN,
    coverage=Coverage(files=2, objects=0, evaluated=0, in_scope=0, not_objects={"other": 2}),
    tally={},
    exit_status=4,
    gate="nothing to scan",
)

UNREAD = msgspec.structs.replace(
    CLEAN,
    coverage=Coverage(files=3, objects=4, evaluated=3, in_scope=6),
    unknowns=UNKNOWNS,
    exit_status=3,
    gate="incomplete: 3 things in scope could not be read or judged",
)

REPORTS = {"scan": SCAN, "diff": DIFF, "clean": CLEAN, "nothing": NOTHING, "unread": UNREAD}
