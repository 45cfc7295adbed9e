"""dangling-network-policy: it protects nothing."""

from typing import Any

import pytest

from bartizan.checks.reference.dangling_network_policy import check
from tests.checks.cases import Cases
from tests.checks.workload.objects import deployment, item
from tests.harness import judge, run

WEB = {"matchLabels": {"app": "web"}}
API = {"matchLabels": {"app": "api"}}


def policy(selector: Any = None, namespace: str = "shop", **spec: Any) -> dict[str, Any]:
    made = {"podSelector": WEB if selector is None else selector, **spec}
    return item("networking.k8s.io/v1", "NetworkPolicy", "closed", namespace, spec=made)


def expression(operator: str, *values: str, key: str = "app") -> dict[str, Any]:
    return {"matchExpressions": [{"key": key, "operator": operator, "values": list(values)}]}


def lets_in(*peers: Any) -> dict[str, Any]:
    return policy(ingress=[{"from": list(peers)}])


CASES = Cases(
    passes=[
        [policy(), deployment()],
        [policy({}), deployment()],
        [policy({"matchLabels": {}}), deployment()],
        [policy(expression("In", "api", "web")), deployment()],
        [policy(expression("Exists")), deployment()],
        [policy(expression("NotIn", "api")), deployment()],
        [policy(expression("DoesNotExist", key="tier")), deployment()],
        [policy(expression("In", "web-0", key="statefulset.kubernetes.io/pod-name")), deployment()],
        [policy(expression("Exists", key="cnpg.io/cluster")), deployment()],
        [policy(API), deployment(namespace="other")],
        [lets_in({"podSelector": API, "namespaceSelector": {}}), deployment()],
        [lets_in({"podSelector": {}}, {"ipBlock": {"cidr": "0.0.0.0/0"}}), deployment()],
        [lets_in({"podSelector": API}), deployment(), deployment({"app": "api"}, name="api")],
        policy(API),
    ],
    fails=[
        [policy(API), deployment()],
        [policy(expression("In", "api")), deployment()],
        [policy(expression("Exists", key="tier")), deployment()],
        [policy(expression("NotIn", "web")), deployment()],
        [policy(expression("DoesNotExist")), deployment()],
        [policy(API), deployment(), deployment({"app": "api"}, namespace="other")],
        [lets_in({"podSelector": API}), deployment()],
        [policy(egress=[{"to": [{"podSelector": API}]}]), deployment()],
    ],
    absent=[policy() | {"spec": {"policyTypes": ["Ingress"]}}, deployment()],
    absent_fails=False,
    ill_typed=[
        [policy("app=web"), deployment()],
        [policy({"matchLabels": {"app": 1}}), deployment()],
        [policy({"matchLabels": {"app": "x"}, "matchExpressions": ["app"]}), deployment()],
        [lets_in("web"), deployment()],
        [policy(ingress={}), deployment()],
        policy("app=web"),
    ],
)


@pytest.mark.parametrize(
    ("raw", "severity", "path"),
    [
        (policy(API), "low", ("spec", "podSelector")),
        (
            lets_in({"podSelector": WEB}, {"podSelector": API}),
            "info",
            ("spec", "ingress", 0, "from", 1, "podSelector"),
        ),
    ],
)
def test_a_rule_for_nobody_weighs_less_than_a_policy_for_nobody(raw: Any, severity: str, path: Any) -> None:
    (finding,) = judge(check, raw, deployment())
    assert (finding.severity, finding.persona, finding.path) == (severity, "strict", path)


def test_a_pod_that_cannot_be_read_may_be_meant() -> None:
    broken = deployment(name="broken", template={"metadata": {"labels": []}})
    (result,) = run(check, policy(API), broken, deployment()).results
    assert (result.verdict, result.reason) == ("error", "lookup-failed")
    assert judge(check, policy(), broken, deployment()) == []


def test_where_everything_was_scanned_no_pods_are_none() -> None:
    params = check.params(complete=True)
    assert len(judge(check, policy(API), params=params)) == 1
    assert judge(check, policy({}), params=params) == []
