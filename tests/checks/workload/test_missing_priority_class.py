"""missing-priority-class: chance decides what a full node stops."""

from bartizan.checks.workload.missing_priority_class import check
from tests.checks.cases import Cases
from tests.checks.workload.objects import deployment
from tests.harness import judge

CASES = Cases(
    passes=[{"priorityClassName": "business-critical"}],
    fails=[{"priorityClassName": ""}, {"priorityClassName": None}, {"priority": 1000}],
    absent={},
    absent_fails=True,
    ill_typed=[{"priorityClassName": 1000}],
)


def test_it_is_told_once_per_pod() -> None:
    (finding,) = judge(check, deployment(pod={"containers": [{"name": "a"}, {"name": "b"}]}))
    assert finding.path == ("spec", "template", "spec", "priorityClassName")
