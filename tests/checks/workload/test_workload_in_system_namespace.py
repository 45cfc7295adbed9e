"""workload-in-system-namespace: next door to what keeps the cluster alive."""

from typing import Any

import pytest

from bartizan.checks.workload.workload_in_system_namespace import Params, check
from tests.checks.cases import Cases
from tests.harness import judge, pod, run

CASES = Cases(
    passes=[{"namespace": "shop"}, {"namespace": "my-kube-system"}],
    fails=[{"namespace": "kube-system"}, {"namespace": "kube-public"}],
    absent={"namespace": ""},
    absent_fails=False,
    ill_typed=[{"namespace": "kube-system", "metadata": {"annotations": "mirror"}}],
)


def in_namespace(namespace: str, **metadata: Any) -> dict[str, Any]:
    return pod(namespace=namespace, **metadata)


@pytest.mark.parametrize("namespace", ["kube-system", "kube-public", "kube-node-lease"])
def test_namespaces_of_kubernetes_are_found(namespace: str) -> None:
    (finding,) = judge(check, in_namespace(namespace))
    assert f"`{namespace}`" in finding.message
    assert finding.path == ("metadata", "namespace")


@pytest.mark.parametrize("namespace", ["shop", "", "my-kube-system"])
def test_others_pass(namespace: str) -> None:
    assert judge(check, in_namespace(namespace)) == []


def test_the_control_plane_itself_passes() -> None:
    """A mirror pod is one that the kubelet runs from a file; a template cannot make one."""
    mirror = {"kubernetes.io/config.mirror": "3f2"}
    assert judge(check, in_namespace("kube-system", annotations=mirror)) == []


def test_annotations_that_cannot_be_read_are_an_error() -> None:
    (result,) = run(check, in_namespace("kube-system", annotations="mirror")).results
    assert result.verdict == "error"


def test_the_namespaces_are_a_parameter() -> None:
    assert len(judge(check, in_namespace("istio-system"), params=Params(namespaces=("istio-system",)))) == 1
