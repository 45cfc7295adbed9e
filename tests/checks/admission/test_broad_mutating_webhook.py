"""broad-mutating-webhook: a pen for every object."""

from typing import Any

import pytest

from bartizan.checks.admission.broad_mutating_webhook import check
from tests.checks.admission.objects import PODS, configuration, webhook
from tests.checks.cases import Cases
from tests.harness import judge

RBAC = "rbac.authorization.k8s.io"


def mutating(resources: Any, groups: Any = ("",), operations: Any = ("CREATE",), **fields: Any) -> dict[str, Any]:
    rule = {
        "apiGroups": list(groups) if isinstance(groups, tuple) else groups,
        "apiVersions": ["*"],
        "operations": list(operations) if isinstance(operations, tuple) else operations,
        "resources": list(resources) if isinstance(resources, tuple) else resources,
    }
    return configuration(webhook(rules=[PODS, rule], **fields), kind="Mutating")


CASES = Cases(
    passes=[configuration(webhook(), kind="Mutating"), mutating(("deployments", "pods/*"), ("apps",))],
    fails=[mutating(("*",), ("*",)), mutating(("secrets",)), mutating(("*/*",), ("*",), ("*",))],
    absent=configuration(webhook(rules=None), kind="Mutating"),
    absent_fails=False,
    ill_typed=[
        mutating("secrets"),
        mutating(("secrets",), groups=""),
        mutating(("secrets",), operations="CREATE"),
        configuration(webhook(rules={}), kind="Mutating"),
        mutating(("secrets",), objectSelector=[]),
    ],
)


@pytest.mark.parametrize(
    ("resources", "groups", "what"),
    [
        (("*",), ("*",), "everything"),
        (("*/*",), ("", "apps"), "all resources of the core group"),
        (("*",), (RBAC,), f"all resources of `{RBAC}`"),
        (("configmaps", "secrets"), ("",), "`secrets`"),
        (("secrets",), ("*",), "`secrets`"),
        (("roles", "clusterrolebindings"), (RBAC,), "`roles`, `clusterrolebindings`"),
    ],
)
def test_the_message_says_what_it_may_rewrite(
    resources: tuple[str, ...], groups: tuple[str, ...], what: str
) -> None:
    (finding,) = judge(check, mutating(resources, groups))
    assert (finding.severity, finding.persona) == ("medium", "strict")
    assert finding.path == ("webhooks", 0, "rules", 1, "resources")
    assert f"rewrite {what}:" in finding.message


@pytest.mark.parametrize(
    ("resources", "groups", "operations"),
    [
        (("*",), ("apps",), ("CREATE",)),
        (("secrets",), ("example.com",), ("CREATE",)),
        (("roles",), ("",), ("CREATE",)),
        (("*",), ("*",), ("DELETE", "CONNECT")),
        (("*",), ("*",), ()),
        ((), ("*",), ("*",)),
    ],
)
def test_less_passes(resources: tuple[str, ...], groups: tuple[str, ...], operations: tuple[str, ...]) -> None:
    assert judge(check, mutating(resources, groups, operations)) == []


@pytest.mark.parametrize(
    ("fields", "severity"),
    [
        ({"objectSelector": {"matchLabels": {"inject": "yes"}}}, "low"),
        ({"matchConditions": [{"name": "a", "expression": "true"}]}, "low"),
        ({"objectSelector": {}}, "medium"),
        ({"namespaceSelector": {"matchLabels": {"inject": "yes"}}}, "medium"),
        ({"matchConditions": []}, "medium"),
    ],
)
def test_one_that_picks_objects_weighs_less(fields: dict[str, Any], severity: str) -> None:
    assert [finding.severity for finding in judge(check, mutating(("secrets",), **fields))] == [severity]
