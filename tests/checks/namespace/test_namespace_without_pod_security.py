"""namespace-without-pod-security: any pod may run."""

import pytest

from bartizan.checks.namespace.namespace_without_pod_security import check
from tests.harness import judge, run

ENFORCE = "pod-security.kubernetes.io/enforce"


def namespace(labels: object, name: str = "shop") -> dict[str, object]:
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}}


@pytest.mark.parametrize("level", ["baseline", "restricted"])
def test_a_level_that_refuses_something_passes(level: str) -> None:
    assert judge(check, namespace({ENFORCE: level})) == []


@pytest.mark.parametrize(
    ("labels", "problem"),
    [
        (None, "enforces no Pod Security level"),
        ({}, "enforces no Pod Security level"),
        ({ENFORCE: None}, "enforces no Pod Security level"),
        ({"pod-security.kubernetes.io/warn": "restricted"}, "enforces no Pod Security level"),
        ({ENFORCE: "privileged"}, "level `privileged`"),
        ({ENFORCE: "Restricted"}, "`Restricted` is no Pod Security level"),
    ],
)
def test_everything_else_is_found(labels: object, problem: str) -> None:
    """A warning refuses nothing. There is no fix: the label may refuse pods that run today."""
    (finding,) = judge(check, namespace(labels))
    assert finding.path == ("metadata", "labels", ENFORCE)
    assert problem in finding.message
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
