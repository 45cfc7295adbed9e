"""gateway-open-to-all-namespaces: any namespace may publish on the gateway's names."""

from typing import Any

from bartizan.checks.network.gateway_open_to_all_namespaces import check
from tests.checks.cases import Cases
from tests.harness import judge


def gateway(*listeners: Any) -> dict[str, Any]:
    return {
        "apiVersion": "gateway.networking.k8s.io/v1",
        "kind": "Gateway",
        "metadata": {"name": "public", "namespace": "edge"},
        "spec": {"listeners": list(listeners)},
    }


def listener(origin: object, **fields: Any) -> dict[str, Any]:
    return {"name": "web", "allowedRoutes": {"namespaces": {"from": origin}}, **fields}


CASES = Cases(
    passes=[gateway(listener("Same")), gateway(listener("Selector")), gateway()],
    fails=[gateway(listener("All")), gateway({"name": "a"}, listener("All"))],
    absent=gateway({"name": "web"}),
    absent_fails=False,
    ill_typed=[gateway(listener(1)), gateway("web"), gateway({"allowedRoutes": []})],
)


def test_a_listener_for_one_host_weighs_less() -> None:
    """A wildcard is not one host."""
    found = judge(
        check,
        gateway(
            listener("All"), listener("All", hostname="*.example.com"), listener("All", hostname="a.example.com")
        ),
    )
    assert [finding.severity for finding in found] == ["medium", "medium", "low"]
