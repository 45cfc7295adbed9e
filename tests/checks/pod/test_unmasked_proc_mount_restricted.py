"""unmasked-proc-mount-restricted: not even in a user namespace."""

import pytest

from bartizan.checks.pod.unmasked_proc_mount import check as unmasked_proc_mount
from bartizan.checks.pod.unmasked_proc_mount_restricted import check
from bartizan.evaluate import Judge, evaluate
from bartizan.lookups import Inventory
from bartizan.model.review import Review
from tests.checks.cases import Cases
from tests.harness import TODAY, container, fixed, judge, pod, resource, run

UNMASKED = container(securityContext={"procMount": "Unmasked"})

CASES = Cases(
    passes=[{"securityContext": {"procMount": "Default"}}],
    fails=[{"securityContext": {"procMount": "Unmasked"}}],
    absent={},
    absent_fails=False,
    ill_typed=[{"securityContext": {"procMount": True}}, {"securityContext": "Unmasked"}],
)


@pytest.mark.parametrize("security", [None, {}, {"procMount": None}, {"procMount": "Default"}])
def test_the_default_passes(security: object) -> None:
    assert judge(check, pod({}, container(securityContext=security))) == []


@pytest.mark.parametrize("users", [None, True, False])
def test_it_is_found_whatever_the_users_and_fixed(users: object) -> None:
    raw = pod({"hostUsers": users}, UNMASKED)
    (finding,) = judge(check, raw)
    assert finding.path == ("spec", "containers", 0, "securityContext", "procMount")
    assert judge(check, fixed(check, raw)) == []


@pytest.mark.parametrize("field", ["initContainers", "containers", "ephemeralContainers"])
def test_every_kind_of_container_is_looked_at(field: str) -> None:
    assert len(judge(check, pod({field: [UNMASKED]}))) == 1


@pytest.mark.parametrize(
    ("users", "teller"), [(True, "unmasked-proc-mount"), (False, "unmasked-proc-mount-restricted")]
)
def test_it_is_told_once(users: bool, teller: str) -> None:
    review = Review(resource(pod({"hostUsers": users}, UNMASKED)))
    judges = [Judge(item, item.params()) for item in (unmasked_proc_mount, check)]
    evaluation = evaluate(judges, [review], Inventory([review.object]), TODAY)
    assert [f.check for f in evaluation.findings] == [teller]


def test_there_is_no_rule_before_1_35() -> None:
    assert check.rule(34) is None


def test_an_ill_typed_value_is_an_error_and_no_pass() -> None:
    assert [r.verdict for r in run(check, pod({}, container(securityContext={"procMount": []}))).results] == [
        "error"
    ]
