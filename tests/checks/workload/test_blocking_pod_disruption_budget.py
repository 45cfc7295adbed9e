"""blocking-pod-disruption-budget: no pod may go, so no node can be drained."""

from typing import Any

import pytest

from bartizan.checks.workload.blocking_pod_disruption_budget import check
from tests.checks.cases import Cases
from tests.checks.workload.objects import autoscaler, budget, deployment, item
from tests.harness import judge, pod

CASES = Cases(
    passes=[
        budget(maxUnavailable=1),
        budget(maxUnavailable="1%"),
        budget(minAvailable="99%"),
        budget(minAvailable=1),
        budget(minAvailable=0),
        [budget(), deployment()],
        [budget(minAvailable=1, selector=None), deployment()],
        [budget(minAvailable=1, maxUnavailable=1), deployment()],
        [budget(minAvailable=1), deployment(replicas=2)],
        [budget(minAvailable="50%"), deployment(replicas=2)],
        [budget(minAvailable="66%"), deployment(replicas=3)],
        [budget(minAvailable=1), deployment(replicas=1, namespace="other")],
    ],
    fails=[
        budget(maxUnavailable=0),
        budget(maxUnavailable="0%"),
        budget(minAvailable="100%"),
        [budget(minAvailable=1), deployment()],
        [budget(minAvailable="50%"), deployment(replicas=1)],
        [budget(minAvailable="67%"), deployment(replicas=3)],
        [budget(minAvailable=3), deployment(replicas=2)],
        [budget(minAvailable=2), deployment(), autoscaler(minReplicas=2)],
    ],
    absent=budget(),
    absent_fails=False,
    ill_typed=[
        budget(maxUnavailable=[]),
        budget(minAvailable=1.5),
        *(budget(minAvailable=text) for text in ("many", "1", "%", "²%", "101%", "1%%", "-1%", " 1%", "1e1%")),
        budget(maxUnavailable="none"),
        [budget(minAvailable=1, selector={"matchLabels": []}), deployment()],
    ],
)


@pytest.mark.parametrize(
    ("others", "count"),
    [
        ([deployment(replicas=2), deployment(name="more", replicas=1)], 3),
        ([pod({}, labels={"app": "web"})], 1),
        ([deployment(replicas=2), deployment(kind="DaemonSet", name="d")], None),
        ([deployment(replicas=2), item("batch/v1", "Job", "j", spec=deployment()["spec"])], None),
        ([deployment(replicas=2), deployment(kind="ReplicaSet", name="r", replicas=2)], 4),
    ],
)
def test_all_pods_that_it_selects_are_counted(others: list[dict[str, Any]], count: int | None) -> None:
    """Where the number of some is not known, nothing is said."""
    for least in range(1, 6):
        found = judge(check, budget(minAvailable=least), *others)
        assert bool(found) == (count is not None and least >= count)


def test_what_a_controller_made_is_counted_at_its_owner() -> None:
    made = deployment(kind="ReplicaSet", name="web-1", replicas=2)
    made["metadata"]["ownerReferences"] = [{"kind": "Deployment", "name": "web", "controller": True}]
    assert judge(check, budget(minAvailable=2), deployment(replicas=2), made) != []
    assert judge(check, budget(minAvailable=1), deployment(replicas=2), made) == []


@pytest.mark.parametrize(
    ("spec", "field", "words"),
    [
        ({"maxUnavailable": 0}, "maxUnavailable", "lets no pod go, so"),
        ({"minAvailable": 1}, "minAvailable", "(there is one)"),
        ({"minAvailable": 5, "selector": {}}, "minAvailable", "(there are 3)"),
    ],
)
def test_the_message_names_the_field_and_the_count(spec: dict[str, Any], field: str, words: str) -> None:
    other = deployment({"app": "api"}, name="api", replicas=2)
    (finding,) = judge(check, budget(**spec), deployment(), other)
    assert finding.path == ("spec", field)
    assert words in finding.message


def test_both_fields_at_once_would_be_refused() -> None:
    (finding,) = judge(check, budget(minAvailable="100%"))
    assert finding.message.endswith("set `maxUnavailable: 1` in its place")
