"""namespace-without-pod-security: any pod may run."""

from typing import Any

import pytest

from bartizan.checks.namespace.namespace_without_pod_security import check
from tests.checks.cases import Cases
from tests.harness import judge, run

ENFORCE = "pod-security.kubernetes.io/enforce"


def namespace(labels: object, name: str = "shop") -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}}


CASES = Cases(
    passes=[namespace({ENFORCE: "baseline"}), namespace({ENFORCE: "restricted"}), namespace(None, "kube-system")],
    fails=[namespace({"pod-security.kubernetes.io/warn": "restricted"}), namespace({ENFORCE: None})],
    absent=namespace(None),
    absent_fails=True,
    ill_typed=[namespace("enforce"), namespace({ENFORCE: 1})],
)


@pytest.mark.parametrize("level", ["baseline", "restricted"])
def test_a_level_that_refuses_something_passes(level: str) -> None:
    assert judge(check, namespace({ENFORCE: level})) == []


@pytest.mark.parametrize("level", ["privileged", "Restricted"])
def test_a_level_that_refuses_nothing_is_told_elsewhere(level: str) -> None:
    """One finding for one label: `privileged-namespace` and `invalid-pod-security-label` say more."""
    assert judge(check, namespace({ENFORCE: level})) == []


@pytest.mark.parametrize("labels", [None, {}, {ENFORCE: None}, {"pod-security.kubernetes.io/warn": "restricted"}])
def test_a_namespace_without_level_is_found(labels: object) -> None:
    """A warning refuses nothing. There is no fix: the label may refuse pods that run today."""
    (finding,) = judge(check, namespace(labels))
    assert finding.path == ("metadata", "labels", ENFORCE)
    assert "enforces no Pod Security level" in finding.message
    assert finding.fix is None


@pytest.mark.parametrize("name", ["kube-system", "kube-public", "kube-node-lease"])
def test_namespaces_of_kubernetes_itself_are_left_alone(name: str) -> None:
    assert judge(check, namespace(None, name)) == []


def test_the_default_namespace_is_yours() -> None:
    assert len(judge(check, namespace(None, "default"))) == 1


@pytest.mark.parametrize("labels", ["enforce", {ENFORCE: 1}])
def test_ill_typed_labels_are_an_error(labels: object) -> None:
    (result,) = run(check, namespace(labels)).results
    assert (result.verdict, result.reason) == ("error", "ill-typed-field")
