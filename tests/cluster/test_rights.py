"""What an account may not read is unknown, kind by kind, and nothing else is; the least role that we name is enough."""

from collections.abc import Iterable

import pytest

from tests.architecture.tree import ROOT
from tests.cluster.objects import Cluster, Object, read_file
from tests.cluster.scanning import scan_cluster
from tools.lab.control_plane import ControlPlane

DEPLOY = ROOT / "deploy"
SPACE = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}}
POD = {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {"name": "web", "namespace": "shop", "labels": {"app": "web"}},
    "spec": {
        "containers": [
            {"name": "web", "image": "registry.example/web:1", "securityContext": {"privileged": True}},
        ]
    },
}
SECRET = {
    "apiVersion": "v1",
    "kind": "Secret",
    "metadata": {"name": "login", "namespace": "shop"},
    "stringData": {"password": "correct-horse-battery"},
}
LEGACY = {
    "apiVersion": "v1",
    "kind": "Secret",
    "type": "kubernetes.io/service-account-token",
    "metadata": {
        "name": "old-token",
        "namespace": "shop",
        "annotations": {"kubernetes.io/service-account.name": "builder"},
    },
}
ACCOUNT = {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "builder", "namespace": "shop"}}
VIEWERS = {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "RoleBinding",
    "metadata": {"name": "viewers", "namespace": "shop"},
    "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "no-such-role"},
    "subjects": [{"kind": "ServiceAccount", "name": "builder", "namespace": "shop"}],
}
STATE = {
    "componentstatuses", "controllerrevisions.apps", "csinodes.storage.k8s.io", "csistoragecapacities.storage.k8s.io",
    "endpoints", "endpointslices.discovery.k8s.io", "events", "events.events.k8s.io", "ipaddresses.networking.k8s.io",
    "leases.coordination.k8s.io", "resourceslices.resource.k8s.io",
}  # fmt: skip
"""What docs/cluster.md says is never read."""


@pytest.fixture(scope="module", autouse=True)
def shop(cluster: Cluster) -> None:
    """Two Secrets, an account and a Pod."""
    cluster.apply([SPACE, ACCOUNT, POD, SECRET, LEGACY])


def rights(user: str, rules: Iterable[Object]) -> list[Object]:
    """A cluster role of the user's own."""
    group = "rbac.authorization.k8s.io"
    subject = {"kind": "User", "name": user, "apiGroup": group}
    role = {"apiVersion": f"{group}/v1", "kind": "ClusterRole", "metadata": {"name": user}, "rules": list(rules)}
    binding = {
        "apiVersion": f"{group}/v1",
        "kind": "ClusterRoleBinding",
        "metadata": {"name": user},
        "roleRef": {"apiGroup": group, "kind": "ClusterRole", "name": user},
        "subjects": [subject],
    }
    return [role, binding]


def served(cluster: Cluster) -> set[str]:
    """Every kind that can be listed, as `kubectl api-resources` calls it."""
    found = set()
    for path, (version, _) in cluster.lists().items():
        group = version.rpartition("/")[0]
        found.add(".".join(filter(None, (path.rpartition("/")[2], group))))
    return found


def test_exactly_what_may_not_be_listed_is_unknown(plane: ControlPlane, cluster: Cluster) -> None:
    """A role for pods and namespaces: all other kinds are unknown, and the pods are judged."""
    cluster.apply(rights("partial", [{"apiGroups": [""], "resources": ["pods", "namespaces"], "verbs": ["list"]}]))
    answer = scan_cluster(plane, "partial")
    forbidden = {subject for subject, code in answer.unknowns.items() if code == "forbidden-kind"}
    assert forbidden == served(cluster) - STATE - {"pods", "namespaces"}
    assert "Pod shop/web" in {subject for check, subject, *_ in answer.found if check == "privileged-container"}
    assert answer.status == 1
    assert scan_cluster(plane, "partial", "--check", "host-namespaces").status == 3


def test_what_was_not_listed_is_never_told_to_be_absent(plane: ControlPlane, cluster: Cluster) -> None:
    """Without NetworkPolicies nobody can say that none selects the pod: an error, no finding and no pass."""
    cluster.apply(rights("partial", [{"apiGroups": [""], "resources": ["pods", "namespaces"], "verbs": ["list"]}]))
    arguments = ("--check", "no-network-policy", "--show", "pass")
    blind, seeing = scan_cluster(plane, "partial", *arguments), scan_cluster(plane, "admin", *arguments)
    assert blind.found == {}
    assert ("no-network-policy", "Pod shop/web", "lookup-failed") in blind.skipped
    assert blind.report["summary"]["verdicts"]["pass"] == 0
    assert "Pod shop/web" in {subject for _, subject, *_ in seeing.found}


def test_the_least_role_lists_all_but_secrets(plane: ControlPlane, cluster: Cluster) -> None:
    cluster.apply(read_file(DEPLOY / "scan-reader.yaml"))
    token = cluster.token("bartizan", "bartizan-scan")
    answer = scan_cluster(plane, "reader", token=token)
    assert answer.unknowns == {"secrets": "forbidden-kind"}
    without = scan_cluster(plane, "reader", "--skip-kind", "secrets", token=token)
    assert without.unknowns == {}
    assert without.report["header"]["inputs"] == ["cluster lab without secrets"]
    assert without.found == scan_cluster(plane, "admin", "--skip-kind", "secrets").found


def test_the_least_role_is_enough_for_one_namespace(plane: ControlPlane, cluster: Cluster) -> None:
    """It may list namespaces and get none: the one in scope is found in the list."""
    cluster.apply(read_file(DEPLOY / "scan-reader.yaml"))
    token = cluster.token("bartizan", "bartizan-scan")
    answer = scan_cluster(plane, "reader", "-n", "shop", "--skip-kind", "secrets", token=token)
    assert answer.unknowns == {}
    wrong = scan_cluster(plane, "reader", "-n", "shpo", token=token)
    assert (wrong.status, wrong.err) == (2, "bartizan: the cluster has no namespace `shpo`\n")


def test_the_least_role_gives_nothing_that_is_not_needed(cluster: Cluster) -> None:
    """Every line of it is a kind that this server lists, and its only verb is `list`."""
    named = set()
    for item in read_file(DEPLOY / "scan-reader.yaml"):
        for rule in item.get("rules", ()):
            assert rule["verbs"] == ["list"]
            (group,) = rule["apiGroups"]
            named |= {".".join(filter(None, (name, group))) for name in rule["resources"]}
    assert named == served(cluster) - STATE - {"secrets"}


def test_no_value_of_a_secret_is_read(plane: ControlPlane, cluster: Cluster) -> None:
    """With the optional role Secrets are known by name and type; what stands in them is nowhere."""
    cluster.apply([*read_file(DEPLOY / "scan-reader.yaml"), *read_file(DEPLOY / "scan-reader-secrets.yaml")])
    token = cluster.token("bartizan", "bartizan-scan")
    answer = scan_cluster(plane, "reader", "--show", "pass", token=token)
    assert answer.unknowns == {}
    assert "Secret shop/old-token" in {
        subject for check, subject, *_ in answer.found if check == "service-account-token-secret"
    }
    for text in ("correct-horse-battery", "Y29ycmVjdC1ob3JzZS1iYXR0ZXJ5"):
        assert text not in str(answer.report)
    cluster.delete(read_file(DEPLOY / "scan-reader-secrets.yaml")[1])


def test_an_account_of_one_namespace_reads_that_namespace(plane: ControlPlane, cluster: Cluster) -> None:
    """No right beyond the namespace is asked for, and none is missed."""
    cluster.apply(
        [*read_file(DEPLOY / "scan-reader.yaml")[2:3], *read_file(DEPLOY / "scan-reader-namespace.yaml")]
    )
    token = cluster.token("shop", "bartizan-scan")
    answer = scan_cluster(plane, "shop-reader", "-n", "shop", "--skip-kind", "secrets", token=token)
    assert answer.unknowns == {}
    assert answer.report["header"]["inputs"] == ["namespace shop of cluster lab without secrets"]
    assert {finding[1].partition(" ")[2].partition("/")[0] for finding in answer.found} <= {"shop", "-"}
    assert "Pod shop/web" in {subject for _, subject, *_ in answer.found}
    assert "forbidden-kind" in scan_cluster(plane, "shop-reader", token=token).unknowns.values()


def test_beyond_the_namespace_nothing_is_told_to_be_absent(plane: ControlPlane, cluster: Cluster) -> None:
    """With `-n` cluster roles are out of scope: what asks for them is skipped, and only `--strict` minds."""
    cluster.apply([VIEWERS])
    arguments = ("-n", "shop", "--check", "dangling-role-binding")
    answer = scan_cluster(plane, "admin", *arguments)
    assert ("dangling-role-binding", "RoleBinding shop/viewers", "not-evaluable-here") in answer.skipped
    assert (answer.status, answer.found) == (0, {})
    assert scan_cluster(plane, "admin", *arguments, "--strict").status == 3
    whole = scan_cluster(plane, "admin", "--check", "dangling-role-binding")
    assert ("RoleBinding shop/viewers", "roleRef.name") in {found[1:3] for found in whole.found}


def test_a_namespace_that_is_not_there_is_a_usage_error(plane: ControlPlane) -> None:
    answer = scan_cluster(plane, "admin", "-n", "shpo")
    assert (answer.status, answer.err) == (2, "bartizan: the cluster has no namespace `shpo`\n")


def test_a_kind_that_is_not_there_cannot_be_left_out(plane: ControlPlane) -> None:
    answer = scan_cluster(plane, "admin", "--skip-kind", "secret", "--skip-kind", "sercets")
    assert (answer.status, answer.err) == (2, "bartizan: the cluster serves no kind `sercets`\n")


def test_a_token_that_is_not_accepted_is_a_usage_error(plane: ControlPlane) -> None:
    answer = scan_cluster(plane, "nobody")
    assert answer.status == 2
    assert answer.err == f"bartizan: {plane.url} does not accept the credentials of context `lab` (401)\n"


def test_an_account_without_any_right_sees_nothing(plane: ControlPlane, cluster: Cluster) -> None:
    answer = scan_cluster(plane, "tenant")
    assert answer.status == 3
    assert set(answer.unknowns) == served(cluster) - STATE
    assert answer.objects == 0
