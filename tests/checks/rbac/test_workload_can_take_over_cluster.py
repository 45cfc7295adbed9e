"""workload-can-take-over-cluster: a binding that makes one web page the whole cluster."""

from typing import Any

import pytest

from bartizan.app import plugins
from bartizan.app.selection import Selection, judges
from bartizan.checks.rbac.workload_can_take_over_cluster import check
from bartizan.evaluate import evaluate
from bartizan.lookups import Inventory
from bartizan.model.review import Review
from tests.checks.cases import Cases
from tests.checks.rbac.objects import RBAC, bound, role, rule, subject
from tests.harness import TODAY, judge, pod, resource, run

WEB = subject("ServiceAccount", "web", namespace="shop")
POD = pod({"serviceAccountName": "web"})
SECRETS = role(rule("get", "secrets"))


def to_reader(*subjects: dict[str, Any], **options: Any) -> dict[str, Any]:
    return bound(*(subjects or (WEB,)), role="reader", **options)


CASES = Cases(
    passes=[
        [to_reader(), SECRETS],
        [to_reader(), role(rule("get", "pods")), POD],
        [to_reader(kind="RoleBinding"), SECRETS, POD],
        [to_reader(), SECRETS, pod({"serviceAccountName": "web", "automountServiceAccountToken": False})],
    ],
    fails=[[to_reader(), SECRETS, POD], [bound(WEB, role="edit"), POD]],
    absent=[{key: value for key, value in to_reader().items() if key != "subjects"}, SECRETS, POD],
    absent_fails=False,
    ill_typed=[
        [to_reader() | {"subjects": "web"}, SECRETS, POD],
        [to_reader(), role({"apiGroups": [""], "resources": "secrets", "verbs": ["get"]}), POD],
        [to_reader(), SECRETS, pod({"serviceAccountName": ["web"]})],
    ],
)


def verdict(*objects: dict[str, Any]) -> tuple[str, str]:
    result = next(
        result for result in run(check, *objects, keep_passes=True).results if result.subject.name == "b"
    )
    return result.verdict, result.reason


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ([rule("list", "secrets")], "read every Secret"),
        ([rule("create", "pods/exec")], "run commands in every container"),
        ([rule("get", "nodes/proxy")], "through every kubelet"),
        ([rule("create", "pods")], "start or change pods of any ServiceAccount"),
        ([rule("patch", "deployments", "apps")], "start or change pods of any ServiceAccount"),
        ([rule("create", "serviceaccounts/token")], "make tokens"),
        ([rule("impersonate", "users")], "impersonate others"),
        ([rule("bind", "clusterroles", RBAC), rule("create", "rolebindings", RBAC)], "bind any role"),
        ([rule("escalate update", "clusterroles", RBAC)], "write any right into a role"),
        ([rule("patch", "mutatingwebhookconfigurations", "admissionregistration.k8s.io")], "by webhooks"),
        (
            [
                rule("update", "certificatesigningrequests/approval", "certificates.k8s.io"),
                rule("approve", "signers", "certificates.k8s.io"),
                rule("create", "certificatesigningrequests", "certificates.k8s.io"),
            ],
            "approve certificates",
        ),
        ([rule("*", "*", "*")], "do everything"),
        (
            [
                rule("bind", "clusterroles", RBAC, resourceNames=["cluster-admin"]),
                rule("create", "rolebindings", RBAC),
            ],
            "bind",
        ),
    ],
)
def test_each_way_up_is_found(rules: list[dict[str, Any]], words: str) -> None:
    (finding,) = judge(check, to_reader(), role(*rules), POD)
    assert words in finding.message
    assert "lets `Pod shop/web` " in finding.message
    assert "`ClusterRole reader`" in finding.message
    assert (finding.severity, finding.path) == ("high", ("roleRef", "name"))


@pytest.mark.parametrize(
    "rules",
    [
        [rule("get", "secrets", resourceNames=["web"])],
        [rule("bind", "clusterroles", RBAC)],
        [rule("create", "rolebindings", RBAC)],
        [rule("bind", "clusterroles", RBAC, resourceNames=["view"]), rule("create", "rolebindings", RBAC)],
        [
            rule("update", "certificatesigningrequests/approval", "certificates.k8s.io"),
            rule("approve", "signers", "certificates.k8s.io"),
        ],
        [rule("create", "pods", resourceNames=["web"])],
        [rule("create", "pods/portforward")],
        [{"resources": ["secrets"], "verbs": ["get"]}],
    ],
)
def test_half_a_way_leads_nowhere(rules: list[dict[str, Any]]) -> None:
    assert judge(check, to_reader(), role(*rules), POD) == []


def test_in_kube_system_one_namespace_is_enough() -> None:
    binding = to_reader(kind="RoleBinding", namespace="kube-system")
    assert len(judge(check, binding, SECRETS, POD)) == 1
    assert judge(check, binding, role(rule("get", "nodes/proxy")), POD) == []


def test_default_roles_are_known_and_aggregated_ones_worked_out() -> None:
    """`view` reads no Secrets, until a role is labelled so that it does."""
    assert judge(check, bound(WEB, role="view"), POD) == []
    label = {"rbac.authorization.k8s.io/aggregate-to-view": "true"}
    assert len(judge(check, bound(WEB, role="view"), role(rule("get", "secrets"), labels=label), POD)) == 1


def test_a_role_that_was_not_scanned_is_told_and_no_pass() -> None:
    assert verdict(to_reader(), POD) == ("skip", "not-evaluable-here")
    assert verdict(to_reader()) == ("skip", "not-evaluable-here")


def test_a_role_that_cannot_be_read_is_an_error() -> None:
    assert verdict(to_reader(), role({"verbs": "get"}), POD) == ("error", "lookup-failed")


def test_a_workload_that_cannot_be_read_hides_no_way_up() -> None:
    broken = pod({"serviceAccountName": 7})
    assert verdict(to_reader(), SECRETS, broken) == ("error", "lookup-failed")
    assert verdict(to_reader(), role(rule("get", "pods")), broken) == ("pass", "")
    assert verdict(to_reader(), SECRETS, POD, pod({"serviceAccountName": 7}, name="other")) == ("fail", "")


@pytest.mark.parametrize(
    ("spec", "holds"),
    [
        ({"serviceAccount": "web"}, True),
        ({"serviceAccountName": "other"}, False),
        ({}, False),
        ({"serviceAccountName": "web", "automountServiceAccountToken": False}, False),
        (
            {
                "serviceAccountName": "web",
                "automountServiceAccountToken": False,
                "volumes": [{"name": "t", "projected": {"sources": [{"serviceAccountToken": {"path": "t"}}]}}],
            },
            True,
        ),
    ],
)
def test_who_holds_the_token(spec: dict[str, Any], holds: bool) -> None:
    assert bool(judge(check, to_reader(), SECRETS, pod(spec))) is holds


def test_an_account_may_keep_its_token_from_pods() -> None:
    account = {
        "apiVersion": "v1",
        "kind": "ServiceAccount",
        "metadata": {"name": "web", "namespace": "shop"},
        "automountServiceAccountToken": False,
    }
    assert judge(check, to_reader(), SECRETS, POD, account) == []
    asking = pod({"serviceAccountName": "web", "automountServiceAccountToken": True})
    assert len(judge(check, to_reader(), SECRETS, asking, account)) == 1


def test_a_namespace_that_is_not_written_makes_it_less_sure() -> None:
    deployment = {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "front"},
        "spec": {"template": {"spec": POD["spec"]}},
    }
    (sure,) = judge(check, to_reader(), SECRETS, POD)
    (unsure,) = judge(check, to_reader(), SECRETS, deployment)
    assert (sure.confidence, unsure.confidence) == ("high", "medium")
    assert "`Deployment front`" in unsure.message


def test_a_user_that_is_an_account_counts_and_groups_do_not() -> None:
    spelled = subject("User", "system:serviceaccount:shop:web")
    assert len(judge(check, to_reader(spelled), SECRETS, POD)) == 1
    assert judge(check, to_reader(subject("Group", "system:serviceaccounts:shop")), SECRETS, POD) == []


def test_many_workloads_are_cut() -> None:
    pods = [pod({"serviceAccountName": "web"}, name=f"web-{index}") for index in range(5)]
    (finding,) = judge(check, to_reader(), SECRETS, *pods)
    assert "and 2 more" in finding.message


def test_cluster_admin_is_told_once() -> None:
    both = judges(plugins.checks(), Selection(select=("workload-can-take-over-cluster", "cluster-admin-binding")))
    binding, web = resource(bound(WEB, role="cluster-admin")), resource(POD)
    found = evaluate(both, [Review(binding)], Inventory([binding, web]), TODAY).findings
    assert [finding.check for finding in found] == ["cluster-admin-binding"]
    assert len(judge(check, bound(WEB, role="cluster-admin"), POD)) == 1
