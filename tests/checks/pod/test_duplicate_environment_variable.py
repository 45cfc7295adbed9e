"""duplicate-environment-variable: the reviewer sees the first, the last one counts."""

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


def test_containers_do_not_share_their_environment() -> None:
    assert judge(check, pod({}, container(env=TWICE[:1]), container(name="b", env=TWICE[:1]))) == []
