"""interactive-container: a way in for whoever may attach."""

import pytest

from bartizan.checks.pod.interactive_container import check
from tests.checks.cases import Cases
from tests.harness import container, judge, pod

CASES = Cases(
    passes=[{"stdin": False, "tty": False}],
    fails=[{"stdin": True}, {"tty": True}],
    absent={},
    absent_fails=False,
    ill_typed=[{"stdin": "true"}, {"tty": 1}],
)


def test_both_are_one_finding() -> None:
    (finding,) = judge(check, pod({}, container(stdin=True, tty=True)))
    assert finding.path == ("spec", "containers", 0, "stdin")
    assert "`stdin: true` and `tty: true`: remove both" in finding.message


@pytest.mark.parametrize(("field", "count"), [("initContainers", 1), ("ephemeralContainers", 0)])
def test_only_an_ephemeral_container_is_made_for_a_person(field: str, count: int) -> None:
    assert len(judge(check, pod({field: [container(name="b", tty=True)]}))) == count
