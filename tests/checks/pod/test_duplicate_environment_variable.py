"""duplicate-environment-variable: the reviewer sees the first, the last one counts."""

import pytest

from bartizan.checks.pod.duplicate_environment_variable import check
from tests.checks.cases import Cases
from tests.harness import container, judge, pod

TWICE = [{"name": "A", "value": "1"}, {"name": "B", "value": "1"}, {"name": "A", "value": "2"}]
CASES = Cases(
    passes=[{"env": TWICE[:2]}, {"env": [{"name": "A", "value": "1"}, {"name": "a", "value": "1"}]}],
    fails=[{"env": TWICE}],
    absent={},
    absent_fails=False,
    ill_typed=[{"env": {"A": "1"}}, {"env": [{"name": 1}, {"name": 1}]}],
)


def test_each_name_is_one_finding_at_the_entry_that_counts() -> None:
    found = judge(check, pod({}, container(env=[*TWICE, *TWICE])))
    assert {f.path[3:]: f.evidence for f in found} == {("env", 5, "name"): "A", ("env", 4, "name"): "B"}
    assert any("`A` 4 times" in f.message for f in found)
    assert len({f.fingerprint for f in found}) == 2


ADDING = [{"name": "A", "value": "-X"}, {"name": "A", "value": "$(A) -Y"}]


@pytest.mark.parametrize(
    ("last", "count"),
    [
        ({"value": "$(A) -Y"}, 0),
        ({"value": "$(A)"}, 1),
        ({"value": "$$(A) -Y"}, 1),
        ({"value": "$(B) -Y"}, 1),
        ({"valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}, 1),
    ],
)
def test_an_entry_may_add_to_the_one_before_it(last: dict[str, object], count: int) -> None:
    env = [{"name": "A", "value": "-X"}, {"name": "A", **last}]
    assert len(judge(check, pod({}, container(env=env)))) == count


def test_one_entry_that_adds_excuses_none_that_hides() -> None:
    assert len(judge(check, pod({}, container(env=[*TWICE, *ADDING[1:]])))) == 1


def test_containers_do_not_share_their_environment() -> None:
    assert judge(check, pod({}, container(env=TWICE[:1]), container(name="b", env=TWICE[:1]))) == []
