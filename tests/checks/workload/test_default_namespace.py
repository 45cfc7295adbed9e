"""default-namespace: where everything meets that nobody has assigned."""

from typing import Any

import pytest

from bartizan.checks.workload.default_namespace import Params, check
from tests.checks.cases import Cases
from tests.checks.workload.objects import item
from tests.harness import judge

CASES = Cases(
    passes=[
        item("v1", "Service", "kubernetes", "default"),
        item("discovery.k8s.io/v1", "EndpointSlice", "kubernetes", "default"),
        item("v1", "ServiceAccount", "default", "default"),
        item("v1", "ConfigMap", "kube-root-ca.crt", "default"),
        item("coordination.k8s.io/v1", "Lease", "x", "default"),
        item("rbac.authorization.k8s.io/v1", "ClusterRole", "x", "default"),
        item("scheduling.k8s.io/v1", "PriorityClass", "x", "default"),
        item("storage.k8s.io/v1", "StorageClass", "x", "default"),
        item("v1", "Namespace", "default", ""),
        item("v1", "Pod", "web", "shop"),
    ],
    fails=[
        item("v1", "Pod", "web", "default"),
        item("apps/v1", "Deployment", "web", "default"),
        item("networking.k8s.io/v1", "Ingress", "web", "default"),
        item("example.com/v1", "Database", "web", "default"),
        item("discovery.k8s.io/v1", "EndpointSlice", "kubernetes-1", "default"),
        item("v1", "ServiceAccount", "web", "default"),
        item("gateway.networking.k8s.io/v1", "HTTPRoute", "web", "default"),
    ],
    absent=item("v1", "Pod", "web", ""),
    absent_fails=False,
    ill_typed=[item("v1", "Pod", "web", "") | {"metadata": {"name": "web", "namespace": 1}}],
)


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (item("v1", "Pod", "web", ""), True),
        (item("batch/v1", "CronJob", "web", ""), True),
        (item("v1", "Pod", "web", "shop"), False),
        (item("v1", "Namespace", "web", ""), False),
        (item("v1", "Node", "web", ""), False),
        (item("example.com/v1", "Database", "web", ""), False),
    ],
)
def test_one_that_is_not_written_can_be_asked_for(raw: dict[str, Any], found: bool) -> None:
    """Whether a foreign kind has namespaces is not known."""
    assert bool(judge(check, raw, params=Params(unwritten=True))) is found
    assert judge(check, raw) == []


def test_it_is_told_at_the_field() -> None:
    (finding,) = judge(check, item("v1", "Pod", "web", "default"))
    assert (finding.path, finding.value) == (("metadata", "namespace"), "default")
