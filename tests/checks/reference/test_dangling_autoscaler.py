"""dangling-autoscaler: it scales nothing."""

import pytest

from bartizan.checks.reference.dangling_autoscaler import check
from tests.checks.cases import Cases
from tests.checks.workload.objects import autoscaler, deployment, item
from tests.harness import judge


def aims_at(api_version: str, kind: str, name: str = "web") -> dict[str, object]:
    return autoscaler(scaleTargetRef={"apiVersion": api_version, "kind": kind, "name": name})


CASES = Cases(
    passes=[
        [autoscaler(), deployment()],
        [autoscaler(kind="StatefulSet"), deployment(kind="StatefulSet")],
        [autoscaler("ghost"), deployment(namespace="other")],
        [aims_at("example.com/v1", "Database", "ghost"), deployment()],
        [aims_at("example.com/v1", "Deployment", "ghost"), deployment()],
        [aims_at("apps/v1", "DaemonSet", "ghost"), deployment()],
        [aims_at("apps/v1", "Deployment", ""), deployment()],
        [aims_at("argoproj.io/v1alpha1", "Rollout"), item("argoproj.io/v1alpha1", "Rollout", spec={})],
        [autoscaler("ghost"), item("v1", "Service")],
        autoscaler("ghost"),
    ],
    fails=[
        [autoscaler("ghost"), deployment()],
        [autoscaler(kind="StatefulSet"), deployment()],
        [autoscaler(), deployment(namespace="other"), deployment(name="other")],
        [item("keda.sh/v1alpha1", "ScaledObject", spec={"scaleTargetRef": {"name": "ghost"}}), deployment()],
    ],
    absent=[autoscaler() | {"spec": {}}, deployment()],
    absent_fails=False,
    ill_typed=[[autoscaler(scaleTargetRef=[]), deployment()], [autoscaler(1), deployment()]],  # type: ignore[arg-type] # ill-typed on purpose
)


def test_it_is_told_at_the_name() -> None:
    (finding,) = judge(check, autoscaler("ghost"), deployment())
    assert finding.path == ("spec", "scaleTargetRef", "name")
    assert "no Deployment `ghost`" in finding.message


@pytest.mark.parametrize(("complete", "count"), [(True, 1), (False, 0)])
def test_where_everything_was_scanned_no_workloads_are_none(complete: bool, count: int) -> None:
    assert len(judge(check, autoscaler("ghost"), params=check.params(complete=complete))) == count
