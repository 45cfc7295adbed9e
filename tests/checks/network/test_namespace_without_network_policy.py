"""namespace-without-network-policy: every pod may come, and each may go anywhere."""

from typing import Any

import pytest

from bartizan.checks.network.namespace_without_network_policy import check
from tests.checks.cases import Cases
from tests.checks.network.objects import policy, thing
from tests.harness import judge, run

CILIUM = "cilium.io/v2"


def namespace(name: str = "shop", **metadata: Any) -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, **metadata}}


def clusterwide(**fields: Any) -> dict[str, Any]:
    return {"apiVersion": CILIUM, "kind": "CiliumClusterwideNetworkPolicy", "metadata": {"name": "c"}, **fields}


SOME: dict[str, Any] = {"endpointSelector": {"matchLabels": {"app": "web"}}}
ALL: dict[str, Any] = {"endpointSelector": {"matchLabels": {}}}

CASES = Cases(
    passes=[[namespace(), policy()], [namespace(), thing(CILIUM, "CiliumNetworkPolicy")]],
    fails=[[namespace(), policy(namespace="other")], [namespace(), policy(namespace="")]],
    absent=namespace(),
    absent_fails=True,
    ill_typed=[{"apiVersion": "v1", "kind": "Namespace", "metadata": []}, [namespace(), clusterwide(spec=[])]],
)


def test_the_finding_is_for_careful_teams() -> None:
    (finding,) = judge(check, namespace())
    assert (finding.severity, finding.confidence, finding.persona) == ("low", "medium", "strict")
    assert "among the scanned objects" in finding.message
    assert check.needs == ("inventory",)


@pytest.mark.parametrize("name", ["kube-system", "kube-public", "kube-node-lease"])
def test_namespaces_of_kubernetes_itself_are_left_alone(name: str) -> None:
    assert judge(check, namespace(name)) == []


@pytest.mark.parametrize("fields", [{"spec": ALL}, {"specs": [SOME, ALL]}, {"spec": {"endpointSelector": {}}}])
def test_a_policy_of_cilium_for_every_pod_holds_here_too(fields: dict[str, Any]) -> None:
    assert judge(check, namespace(), clusterwide(**fields)) == []


@pytest.mark.parametrize(
    "fields", [{"spec": SOME}, {"specs": [SOME]}, {"spec": {"nodeSelector": {}}}, {"spec": None}]
)
def test_a_policy_of_cilium_for_some_pods_does_not(fields: dict[str, Any]) -> None:
    assert len(judge(check, namespace(), clusterwide(**fields))) == 1


@pytest.mark.parametrize(
    "other",
    [
        clusterwide(spec={"endpointSelector": {"matchLabels": {"k8s:io.kubernetes.pod.namespace": "shop"}}}),
        thing("projectcalico.org/v3", "GlobalNetworkPolicy", namespace=""),
        thing("policy.networking.k8s.io/v1alpha1", "AdminNetworkPolicy", namespace=""),
    ],
)
def test_a_policy_for_the_cluster_that_is_not_read_makes_it_a_skip(other: dict[str, Any]) -> None:
    (result,) = run(check, namespace(), other).results
    assert (result.verdict, result.reason) == ("skip", "not-evaluable-here")
    assert other["kind"] in result.message
    assert judge(check, namespace(), other, policy()) == []


def test_a_policy_of_cilium_that_cannot_be_read_is_an_error() -> None:
    (result,) = run(check, namespace(), clusterwide(specs=["all"])).results
    assert (result.verdict, result.reason) == ("error", "lookup-failed")
