"""namespace-without-quota: one namespace may fill the cluster."""

import pytest

from bartizan.checks.namespace.namespace_without_quota import check
from tests.checks.cases import Cases
from tests.checks.namespace.objects import inside, namespace
from tests.harness import judge

CASES = Cases(
    passes=[[namespace(), inside("ResourceQuota")]],
    fails=[[namespace(), inside("ResourceQuota", "other")], [namespace(), inside("ResourceQuota", "")]],
    absent=namespace(),
    absent_fails=True,
    ill_typed=[namespace("labels"), {"apiVersion": "v1", "kind": "Namespace", "metadata": []}],
)


def test_what_is_not_scanned_may_exist() -> None:
    (finding,) = judge(check, namespace())
    assert (finding.persona, finding.confidence, finding.path) == ("audit", "medium", ("metadata", "name"))
    assert "among the scanned objects" in finding.message
    assert check.needs == ("inventory",)


@pytest.mark.parametrize("name", ["kube-system", "kube-public", "kube-node-lease"])
def test_namespaces_of_kubernetes_itself_are_left_alone(name: str) -> None:
    assert judge(check, namespace(None, name)) == []


def test_an_object_of_another_group_does_not_count() -> None:
    assert len(judge(check, namespace(), inside("ResourceQuota", api_version="example.com/v1"))) == 1
