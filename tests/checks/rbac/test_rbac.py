"""What the role and binding checks share: whose objects are Kubernetes' own, and what cannot be read."""

from typing import Any

import msgspec
import pytest

from bartizan.access.reading import BINDINGS, ROLES
from bartizan.app import plugins
from bartizan.checks.check import NEWEST_MINOR
from bartizan.checks.rbac._rbac import binding, rules
from tests.checks.rbac.objects import bound, subject
from tests.checks.rbac.objects import role as written
from tests.checks.rbac.objects import rule as one_rule
from tests.harness import resource, run

OWN = [check for check in plugins.checks() if ".rbac." in getattr(check.rule(NEWEST_MINOR), "__module__", "")]
ROLE_CHECKS = [check for check in OWN if check.kinds and set(check.kinds) <= set(ROLES)]
BINDING_CHECKS = [check for check in OWN if check.kinds == BINDINGS]
BOOTSTRAPPING = {"kubernetes.io/bootstrapping": "rbac-defaults"}


def role(name: str = "system:node", origin: str = "file", **metadata: Any) -> Any:
    read = resource(
        {
            "apiVersion": "rbac.authorization.k8s.io/v1",
            "kind": "ClusterRole",
            "metadata": {"name": name, **metadata},
            "rules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}],
        }
    )
    return msgspec.structs.replace(read, origin=msgspec.structs.replace(read.origin, kind=origin))


def test_roles_of_kubernetes_itself_are_left_alone() -> None:
    assert rules(role(origin="cluster", labels=BOOTSTRAPPING)) == ()
    assert rules(role("cluster-admin", origin="cluster", labels=BOOTSTRAPPING)) == ()


def test_what_a_file_shows_of_a_cluster_is_left_alone() -> None:
    assert rules(role(labels=BOOTSTRAPPING, resourceVersion="71")) == ()


@pytest.mark.parametrize(
    "mine",
    [
        role(labels=BOOTSTRAPPING),
        role("helper", origin="cluster", labels=BOOTSTRAPPING),
        role(origin="cluster"),
        role(origin="cluster", labels={"kubernetes.io/bootstrapping": "yes"}),
    ],
)
def test_a_label_hides_no_role_of_ones_own(mine: Any) -> None:
    """A file that is to be applied could carry the label, a role of any name could as well."""
    assert len(rules(mine)) == 1


def test_a_binding_without_anything_binds_nobody() -> None:
    read = binding(resource({"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding"}))
    assert read is not None
    assert (read.role, read.subjects) == ("", ())


def test_bindings_of_kubernetes_itself_are_left_alone() -> None:
    raw = bound(subject("Group", "system:masters"), role="cluster-admin")
    mine = resource(raw | {"metadata": {"name": "cluster-admin", "labels": BOOTSTRAPPING}})
    theirs = msgspec.structs.replace(mine, origin=msgspec.structs.replace(mine.origin, kind="cluster"))
    assert binding(mine) is not None
    assert binding(theirs) is None


def test_there_are_checks_of_both_kinds() -> None:
    assert len(ROLE_CHECKS) > 15
    assert len(BINDING_CHECKS) > 5


POWERS = [
    ("secrets-readable", one_rule("get", "secrets")),
    ("secrets-writable", one_rule("create", "secrets")),
    ("pod-exec-allowed", one_rule("create", "pods/exec")),
    ("port-forward-allowed", one_rule("create", "pods/portforward")),
    ("node-proxy-access", one_rule("get", "nodes/proxy")),
    ("impersonation-allowed", one_rule("impersonate", "users")),
    ("service-account-token-creation", one_rule("create", "serviceaccounts/token")),
    ("privilege-granting-role", one_rule("bind", "roles", "rbac.authorization.k8s.io")),
    ("role-binding-control", one_rule("create", "rolebindings", "rbac.authorization.k8s.io")),
    ("pod-creation-allowed", one_rule("create", "pods")),
    ("persistent-volume-creation", one_rule("create", "persistentvolumes")),
    ("node-control", one_rule("patch", "nodes")),
    ("namespace-label-control", one_rule("patch", "namespaces")),
    ("event-deletion-allowed", one_rule("delete", "events")),
    ("collection-deletion-allowed", one_rule("deletecollection", "jobs", "batch")),
    ("config-map-control-in-kube-system", one_rule("update", "configmaps")),
    ("network-policy-control", one_rule("delete", "networkpolicies", "networking.k8s.io")),
    (
        "admission-webhook-control",
        one_rule("patch", "mutatingwebhookconfigurations", "admissionregistration.k8s.io"),
    ),
    (
        "certificate-signing-control",
        one_rule("update", "certificatesigningrequests/approval", "certificates.k8s.io"),
    ),
    ("wildcard-role", one_rule("*", "secrets")),
    ("wildcard-role", one_rule("*", "*", "*")),
]


@pytest.mark.parametrize(("check", "rule"), POWERS)
def test_one_power_is_told_once(check: str, rule: dict[str, Any]) -> None:
    told = [item.id for item in ROLE_CHECKS if run(item, written(rule)).findings]
    assert told == [check]


@pytest.mark.parametrize("rules_value", ["get", [7], [None], [{"verbs": "get"}], [{"verbs": [1]}], {"verbs": []}])
@pytest.mark.parametrize("check", ROLE_CHECKS, ids=lambda check: check.id)
def test_ill_typed_rules_are_an_error_and_no_pass(check: Any, rules_value: object) -> None:
    raw = {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "rules": rules_value}
    (result,) = run(check, raw).results
    assert (result.verdict, result.reason) == ("error", "ill-typed-field")


@pytest.mark.parametrize("check", ROLE_CHECKS, ids=lambda check: check.id)
@pytest.mark.parametrize("rules_value", [None, [], [{}], [{"verbs": None, "resources": None}]])
def test_a_role_that_allows_nothing_passes(check: Any, rules_value: object) -> None:
    raw = {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "rules": rules_value}
    assert run(check, raw).tally[check.id]["pass"] == 1


@pytest.mark.parametrize("check", BINDING_CHECKS, ids=lambda check: check.id)
@pytest.mark.parametrize("subjects", ["web", [7], [{"kind": 1}], [{"name": ["default"]}]])
def test_ill_typed_subjects_are_an_error_and_no_pass(check: Any, subjects: object) -> None:
    raw = {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRoleBinding",
        "roleRef": {"kind": "ClusterRole", "name": "cluster-admin"},
        "subjects": subjects,
    }
    (result,) = run(check, raw).results
    assert (result.verdict, result.reason) == ("error", "ill-typed-field")
