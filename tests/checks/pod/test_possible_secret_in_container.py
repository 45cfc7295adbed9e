"""possible-secret-in-container: a guess, for whoever goes through everything."""

import random
import string

import msgspec
import pytest

from bartizan.app import plugins
from bartizan.checks.pod.possible_secret_in_container import check
from bartizan.checks.pod.secret_in_environment import check as sure
from bartizan.evaluate import Judge, evaluate
from bartizan.lookups import Inventory
from bartizan.model.review import Review
from tests.checks.cases import Cases
from tests.harness import TODAY, container, judge, pod, resource

KEY = "".join(random.Random(3).choices(string.ascii_letters + string.digits, k=40))

CASES = Cases(
    passes=[{"env": [{"name": "LOG_LEVEL", "value": "info"}]}, {"env": [{"name": "GIT_COMMIT", "value": KEY}]}],
    fails=[
        {"env": [{"name": "SEED", "value": KEY}]},
        {"args": [f"--cookie-seed={KEY}"]},
        {"command": ["web", KEY]},
    ],
    absent={},
    absent_fails=False,
    ill_typed=[{"env": "a"}, {"env": [{"name": "A", "value": 1}]}, {"args": [1]}],
)


def test_it_is_a_guess_and_says_so() -> None:
    (finding,) = judge(check, pod({}, container(env=[{"name": "SEED", "value": KEY}])))
    assert (finding.severity, finding.confidence, finding.persona) == ("medium", "low", "audit")
    assert finding.message.startswith("variable `SEED` of container `app` looks like a key")


@pytest.mark.parametrize("fields", [{"env": [{"name": "SEED", "value": KEY}]}, {"args": [f"--seed={KEY}"]}])
def test_the_value_is_shown_nowhere(fields: dict[str, object]) -> None:
    (finding,) = judge(check, pod({}, container(**fields)))
    assert finding.value is None
    assert KEY[:12].encode() not in msgspec.json.encode(finding)


def test_a_word_of_a_script_is_looked_at_part_by_part() -> None:
    (finding,) = judge(check, pod({}, container(command=["sh", "-c", f"run --seed '{KEY}' --id={KEY}, && true"])))
    assert "a part of `command`" in finding.message


def test_the_name_before_an_equals_sign_has_a_say() -> None:
    assert judge(check, pod({}, container(args=[f"--commit={KEY}", f"--image-digest={KEY}"]))) == []


def test_what_is_sure_is_told_by_the_sure_check_alone() -> None:
    read = resource(pod({}, container(env=[{"name": "SESSION_SECRET", "value": KEY}])))
    judges = [Judge(item, item.params()) for item in (sure, check)]
    found = evaluate(judges, [Review(read)], Inventory([read]), TODAY).findings
    assert [finding.check for finding in found] == ["secret-in-environment"]


def test_the_checks_that_it_leaves_the_word_to_are_there() -> None:
    assert set(check.overrides) <= {other.id for other in plugins.checks()}
