"""powerful-default-role-binding: a role that every cluster has, given where it opens the cluster."""

from typing import Any

import msgspec
import pytest

from bartizan.app import plugins
from bartizan.app.selection import Selection, judges
from bartizan.checks.rbac.powerful_default_role_binding import check
from bartizan.evaluate import evaluate
from bartizan.lookups import Inventory
from bartizan.model.review import Review
from tests.checks.cases import Cases
from tests.checks.rbac.objects import bound, role, rule, subject
from tests.harness import TODAY, judge, pod, resource, run

DEVS = subject("Group", "devs")
ADA = subject("User", "ada")
WEB = subject("ServiceAccount", "web", namespace="shop")
MANAGER = "system:kube-controller-manager"
AGGREGATION = "clusterrole-aggregation-controller"


def system(*subjects: dict[str, Any], **options: Any) -> dict[str, Any]:
    return bound(*subjects, kind="RoleBinding", namespace="kube-system", **options)


CASES = Cases(
    passes=[
        bound(DEVS, role="view"),
        bound(DEVS, kind="RoleBinding", role="edit"),
        bound(ADA, kind="RoleBinding", role="admin"),
        bound(ADA, role="cluster-admin"),
    ],
    fails=[
        bound(DEVS, role="edit"),
        bound(ADA, role="admin"),
        bound(WEB, role="admin"),
        bound(ADA, role=MANAGER),
        bound(WEB, role=f"system:controller:{AGGREGATION}"),
        system(DEVS, role="edit"),
        system(ADA, role="system:controller:token-cleaner", role_kind="Role"),
    ],
    absent={key: value for key, value in bound(DEVS, role="edit").items() if key != "subjects"},
    absent_fails=False,
    ill_typed=[
        bound(DEVS, role="edit") | {"roleRef": "edit"},
        bound(DEVS, role="edit") | {"subjects": "devs"},
        bound(DEVS, role="edit") | {"subjects": [{"kind": "Group", "name": ["devs"]}]},
    ],
)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (bound(DEVS, role="edit"), ("`Group devs`", "`ClusterRole edit`", "in the whole cluster", "RoleBinding")),
        (bound(WEB, role="admin"), ("`ServiceAccount shop/web`", "impersonate others", "RoleBinding")),
        (bound(ADA, role=MANAGER), ("`User ada`", "make tokens", "part of Kubernetes")),
        (bound(ADA, role=f"system:controller:{AGGREGATION}"), ("write any right into a role",)),
        (bound(ADA, role="system:kubelet-api-admin"), ("through every kubelet",)),
        (system(DEVS, role="edit"), ("in `kube-system`", "a namespace of their own")),
    ],
)
def test_the_role_the_subjects_the_way_and_the_remedy_are_told(
    raw: dict[str, Any], words: tuple[str, ...]
) -> None:
    (finding,) = judge(check, raw)
    assert [word for word in words if word not in finding.message] == []
    assert (finding.severity, finding.path, finding.fix) == ("high", ("roleRef", "name"), None)


def test_one_binding_is_one_finding_and_many_subjects_are_cut() -> None:
    (finding,) = judge(check, bound(*(subject("User", f"u{index}") for index in range(5)), role="edit"))
    assert "`User u0`, `User u1`, `User u2` and 2 more" in finding.message


@pytest.mark.parametrize(
    "name", ["view", "system:auth-delegator", "system:kube-scheduler", "system:volume-scheduler"]
)
def test_default_roles_that_lead_nowhere_pass(name: str) -> None:
    assert judge(check, bound(WEB, role=name)) == []


@pytest.mark.parametrize("name", ["admin", "edit", MANAGER, "system:node"])
@pytest.mark.parametrize("namespace", ["shop", "default", "monitoring"])
def test_an_ordinary_namespace_is_a_teams_own(name: str, namespace: str) -> None:
    assert judge(check, bound(DEVS, kind="RoleBinding", role=name, namespace=namespace)) == []


def test_a_role_of_ones_own_is_no_default_role() -> None:
    assert judge(check, bound(DEVS, role="reader"), role(rule("*", "*", "*"))) == []
    cleaner = "system:controller:token-cleaner"
    assert judge(check, bound(ADA, kind="RoleBinding", role=cleaner, role_kind="Role")) == []
    assert judge(check, system(ADA, role="edit", role_kind="Role")) == []


def test_a_scanned_role_of_the_name_counts_as_it_stands() -> None:
    """`view` reads no Secrets, until a role is labelled so that it does."""
    label = {"rbac.authorization.k8s.io/aggregate-to-view": "true"}
    (finding,) = judge(check, bound(DEVS, role="view"), role(rule("get", "secrets"), labels=label))
    assert "read every Secret" in finding.message
    assert judge(check, bound(DEVS, role="edit"), role(rule("get", "pods"), name="edit")) == []


def test_a_default_role_that_cannot_be_told_is_an_error() -> None:
    results = run(check, bound(DEVS, role="edit"), role({"verbs": "get"})).results
    assert [(result.verdict, result.reason) for result in results] == [("error", "lookup-failed")]


@pytest.mark.parametrize(
    "raw",
    [
        bound(subject("User", MANAGER), role=MANAGER),
        bound(
            subject("ServiceAccount", AGGREGATION, namespace="kube-system"),
            role=f"system:controller:{AGGREGATION}",
        ),
        bound(
            subject("User", f"system:serviceaccount:kube-system:{AGGREGATION}"),
            role=f"system:controller:{AGGREGATION}",
        ),
        system(
            subject("ServiceAccount", "token-cleaner"), role="system:controller:token-cleaner", role_kind="Role"
        ),
        bound(subject("Group", "system:masters"), role="edit"),
    ],
)
def test_who_has_it_without_the_binding_passes(raw: dict[str, Any]) -> None:
    assert judge(check, raw) == []


@pytest.mark.parametrize(
    "item",
    [
        subject("User", AGGREGATION),
        subject("ServiceAccount", AGGREGATION, namespace="shop"),
        subject("Group", "system:nodes"),
        subject("User", MANAGER),
    ],
)
def test_a_name_like_one_of_kubernetes_hides_nobody(item: dict[str, Any]) -> None:
    assert len(judge(check, bound(item, role=f"system:controller:{AGGREGATION}"))) == 1


def test_all_nodes_may_not_read_what_is_of_others() -> None:
    """Kubernetes keeps the binding of `system:node` without subjects: the Node authorizer looks closer."""
    assert len(judge(check, bound(subject("Group", "system:nodes"), role="system:node"))) == 1


def test_a_binding_that_kubernetes_made_passes_and_one_that_says_so_does_not() -> None:
    raw = bound(ADA, role=MANAGER)
    raw["metadata"] |= {"name": MANAGER, "labels": {"kubernetes.io/bootstrapping": "rbac-defaults"}}
    assert len(judge(check, raw)) == 1
    mine = resource(raw)
    theirs = msgspec.structs.replace(mine, origin=msgspec.structs.replace(mine.origin, kind="cluster"))
    assert not run(check, theirs).findings


DEFAULT = subject("ServiceAccount", "default", namespace="shop")
TOGETHER = (
    "all-authenticated-binding",
    "anonymous-binding",
    "cluster-admin-binding",
    "default-service-account-rights",
    "powerful-default-role-binding",
    "workload-can-take-over-cluster",
)


@pytest.mark.parametrize(
    ("raw", "teller"),
    [
        (bound(DEVS, role="edit"), "powerful-default-role-binding"),
        (bound(WEB, role="edit"), "workload-can-take-over-cluster"),
        (bound(WEB, DEVS, role="edit"), "workload-can-take-over-cluster"),
        (bound(ADA, role="cluster-admin"), "cluster-admin-binding"),
        (bound(subject("Group", "system:unauthenticated"), role="edit"), "anonymous-binding"),
        (system(subject("User", "system:anonymous"), role="edit"), "anonymous-binding"),
        (bound(subject("Group", "system:authenticated"), role="edit"), "all-authenticated-binding"),
        (bound(subject("Group", "system:serviceaccounts"), role="edit"), "all-authenticated-binding"),
        (bound(DEFAULT, role="edit"), "default-service-account-rights"),
        (
            bound(subject("User", "system:serviceaccount:shop:default"), role="edit"),
            "default-service-account-rights",
        ),
    ],
)
def test_one_binding_is_told_once(raw: dict[str, Any], teller: str) -> None:
    binding, web = resource(raw), resource(pod({"serviceAccountName": "web"}))
    chosen = judges(plugins.checks(), Selection(select=TOGETHER))
    found = evaluate(chosen, [Review(binding)], Inventory([binding, web]), TODAY).findings
    assert [finding.check for finding in found] == [teller]


@pytest.mark.parametrize(
    "raw",
    [
        bound(subject("Group", "system:serviceaccounts:shop"), role="edit"),
        system(subject("Group", "system:authenticated"), role="edit"),
        system(DEFAULT, role="edit"),
    ],
)
def test_where_the_other_check_is_less_loud_it_is_told_here(raw: dict[str, Any]) -> None:
    assert [finding.severity for finding in judge(check, raw)] == ["high"]
