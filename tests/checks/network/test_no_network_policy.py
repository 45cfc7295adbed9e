"""no-network-policy: every pod of the cluster may connect."""

from typing import Any

import pytest

from bartizan.checks.network.no_network_policy import check
from tests.checks.cases import Cases
from tests.harness import judge, pod, run

WEB = {"labels": {"app": "web"}}


def policy(namespace: str = "shop", **spec: Any) -> dict[str, Any]:
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {"name": "p", "namespace": namespace},
        "spec": {"podSelector": {}, **spec},
    }


def other(api_version: str, kind: str, **metadata: str) -> dict[str, Any]:
    return {"apiVersion": api_version, "kind": kind, "metadata": {"name": "p", **metadata}, "spec": {}}


CASES = Cases(
    passes=[{}, {"metadata": {"labels": {"app": "web", "tier": "front"}}}, {"hostNetwork": True}],
    fails=[{"metadata": {"labels": {"app": "api"}}}, {"metadata": {"labels": None}}],
    absent={"metadata": {"labels": {}}},
    absent_fails=True,
    ill_typed=[{"metadata": {"labels": ["app"]}}, {"hostNetwork": "no"}],
    beside=[policy(podSelector={"matchLabels": {"app": "web"}}), policy(namespace="other")],
)


def test_a_pod_that_no_policy_selects_is_found() -> None:
    (finding,) = judge(check, pod({}, **WEB))
    assert (finding.severity, finding.confidence, finding.path) == ("medium", "medium", ("spec",))
    assert "`app: web`" in finding.message


@pytest.mark.parametrize(
    "spec",
    [
        {},
        {"podSelector": None},
        {"podSelector": {"matchLabels": {"app": "web"}}},
        {"podSelector": {"matchExpressions": [{"key": "app", "operator": "Exists"}]}},
        {"policyTypes": ["Ingress"]},
        {"policyTypes": ["Ingress", "Egress"]},
        {"policyTypes": []},
        {"policyTypes": None},
        {"egress": [{}]},
    ],
)
def test_a_policy_that_selects_it_for_ingress_protects_it(spec: dict[str, Any]) -> None:
    """Without `policyTypes` a policy holds for ingress, whatever else it holds for."""
    assert judge(check, pod({}, **WEB), policy(**spec)) == []


@pytest.mark.parametrize(
    "useless",
    [
        policy(podSelector={"matchLabels": {"app": "api"}}),
        policy(policyTypes=["Egress"]),
        policy(policyTypes=["Egress"], ingress=[]),
        policy(namespace="other"),
        policy() | {"spec": None},
        policy(
            podSelector={"matchLabels": {"app": "web"}, "matchExpressions": [{"key": "x", "operator": "Exists"}]}
        ),
    ],
)
def test_a_policy_for_others_does_not(useless: dict[str, Any]) -> None:
    assert len(judge(check, pod({}, **WEB), useless)) == 1


def test_one_of_several_policies_is_enough() -> None:
    assert judge(check, pod({}, **WEB), policy(podSelector={"matchLabels": {"app": "api"}}), policy()) == []


def test_a_workload_is_one_finding_by_the_labels_of_its_pods() -> None:
    deployment = {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "web", "namespace": "shop", "labels": {"app": "other"}},
        "spec": {"template": {"metadata": WEB, "spec": {"containers": [{"name": "a"}, {"name": "b"}]}}},
    }
    selecting = policy(podSelector={"matchLabels": {"app": "web"}})
    assert len(judge(check, deployment)) == 1
    assert judge(check, deployment, selecting) == []


def test_pods_of_the_host_network_are_left_out() -> None:
    """A policy would mostly not hold for them."""
    assert judge(check, pod({"hostNetwork": True})) == []


@pytest.mark.parametrize(
    "foreign",
    [
        other("cilium.io/v2", "CiliumNetworkPolicy", namespace="shop"),
        other("cilium.io/v2", "CiliumClusterwideNetworkPolicy"),
        other("projectcalico.org/v3", "NetworkPolicy", namespace="shop"),
        other("crd.projectcalico.org/v1", "GlobalNetworkPolicy"),
        other("policy.networking.k8s.io/v1alpha1", "AdminNetworkPolicy"),
        other("policy.networking.k8s.io/v1alpha2", "ClusterNetworkPolicy"),
    ],
)
def test_where_policies_of_another_kind_stand_nobody_can_tell(foreign: dict[str, Any]) -> None:
    (result,) = run(check, pod({}, **WEB), foreign).results
    assert (result.verdict, result.reason) == ("skip", "not-evaluable-here")
    assert foreign["kind"] in result.message


def test_a_policy_of_another_kind_in_another_namespace_says_nothing() -> None:
    assert len(judge(check, pod({}, **WEB), other("cilium.io/v2", "CiliumNetworkPolicy", namespace="x"))) == 1


def test_a_policy_that_cannot_be_read_is_an_error_unless_another_protects() -> None:
    broken = policy(podSelector="app=web")
    (result,) = run(check, pod({}, **WEB), broken).results
    assert (result.verdict, result.reason) == ("error", "lookup-failed")
    assert judge(check, pod({}, **WEB), broken, policy()) == []


@pytest.mark.parametrize(
    "broken",
    [
        {"matchLabels": {"app": 1}},
        {"matchLabels": {"app": "api"}, "matchExpressions": [{"key": "app", "operator": "In", "values": "web"}]},
        {"matchExpressions": ["app"]},
    ],
)
def test_a_policy_that_cannot_be_read_concerns_its_own_namespace_only(broken: dict[str, Any]) -> None:
    there = policy(namespace="other", podSelector=broken)
    assert len(judge(check, pod({}, **WEB), there)) == 1
    (result,) = run(check, pod({}, namespace="other"), there).results
    assert (result.verdict, result.reason) == ("error", "lookup-failed")


def test_ill_typed_labels_are_an_error() -> None:
    (result,) = run(check, pod({}, labels=["app"])).results
    assert (result.verdict, result.reason) == ("error", "ill-typed-field")


def test_it_is_skipped_where_no_inventory_answers() -> None:
    assert check.needs == ("inventory",)
