"""autoscaled-with-fixed-replicas: the file overrules the autoscaler."""

import msgspec

from bartizan.checks.workload.autoscaled_with_fixed_replicas import check
from bartizan.evaluate import Judge, evaluate
from bartizan.lookups import Inventory
from bartizan.model.resource import Origin
from bartizan.model.review import Review
from tests.checks.cases import Cases
from tests.checks.workload.objects import autoscaler, deployment
from tests.harness import TODAY, judge, resource

CASES = Cases(
    passes=[
        deployment(replicas=3),
        [deployment(replicas=0), autoscaler()],
        [deployment(replicas=3), autoscaler("other")],
        [deployment(replicas=3), autoscaler(namespace="other")],
    ],
    fails=[
        [deployment(replicas=3), autoscaler()],
        [deployment(replicas=1, kind="StatefulSet"), autoscaler(kind="StatefulSet")],
    ],
    absent=[deployment(), autoscaler()],
    absent_fails=False,
    ill_typed=[[deployment(replicas="3"), autoscaler()]],
)


def test_it_names_the_autoscaler() -> None:
    (finding,) = judge(check, deployment(replicas=3), autoscaler())
    assert finding.path == ("spec", "replicas")
    assert "which HorizontalPodAutoscaler `scaler` sets" in finding.message


def test_an_object_of_a_cluster_always_has_the_field() -> None:
    live = [
        msgspec.structs.replace(resource(raw), origin=Origin(kind="cluster"))
        for raw in (deployment(replicas=3), autoscaler())
    ]
    found = evaluate([Judge(check, check.params())], [Review(item) for item in live], Inventory(live), TODAY)
    assert found.findings == ()
