"""missing-pod-disruption-budget: draining nodes may stop every replica."""

from typing import Any

import pytest

from bartizan.checks.workload.missing_pod_disruption_budget import check
from tests.checks.cases import Cases
from tests.checks.workload.objects import autoscaler, budget, deployment, item
from tests.harness import judge, run

CASES = Cases(
    passes=[
        [deployment(replicas=2), budget()],
        [deployment(replicas=2), budget(selector={})],
        [deployment(replicas=2), budget(selector={"matchExpressions": [{"key": "app", "operator": "Exists"}]})],
        deployment(replicas=1),
    ],
    fails=[
        [deployment(replicas=2), budget(namespace="other")],
        [deployment(replicas=2), budget(selector={"matchLabels": {"app": "api"}})],
        [deployment(replicas=2), budget(selector=None)],
        [deployment(), autoscaler(minReplicas=2)],
    ],
    absent=deployment(replicas=2),
    absent_fails=True,
    ill_typed=[deployment(replicas="2"), deployment(replicas=2, template={"metadata": {"labels": []}})],
)


@pytest.mark.parametrize("selector", ["app=web", {"matchLabels": {"app": 1}}, {"matchExpressions": ["app"]}])
def test_a_budget_that_cannot_be_read_is_an_error_unless_another_covers_it(selector: Any) -> None:
    broken = budget(selector=selector)
    result = run(check, deployment(replicas=2), broken).results[0]
    assert (result.verdict, result.reason) == ("error", "lookup-failed")
    assert judge(check, deployment(replicas=2), broken, budget()) == []


def test_the_message_says_what_was_looked_at() -> None:
    (finding,) = judge(check, deployment(replicas=2))
    assert "among the scanned objects" in finding.message
    assert finding.confidence == "medium"


def test_a_rollout_whose_template_stands_elsewhere_passes() -> None:
    spec = {"replicas": 3, "selector": {"matchLabels": {"app": "web"}}, "workloadRef": {"name": "web"}}
    assert judge(check, item("argoproj.io/v1alpha1", "Rollout", spec=spec)) == []


def test_a_budget_without_a_written_namespace_may_stand_in_any() -> None:
    assert judge(check, deployment(replicas=2), budget(namespace="")) == []
