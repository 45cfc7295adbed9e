"""low-user-id: a number that may be somebody on the node."""

import pytest

from bartizan.checks.pod.low_user_id import Params, check
from bartizan.checks.pod.root_user import check as root_user
from bartizan.evaluate import Judge, evaluate
from bartizan.lookups import Inventory
from bartizan.model.review import Review
from tests.checks.cases import Cases
from tests.harness import TODAY, container, judge, pod, resource

CASES = Cases(
    passes=[{"securityContext": {"runAsUser": 10_000}}],
    fails=[
        {"securityContext": {"runAsUser": 9_999}},
        {"containers": [container(securityContext={"runAsUser": 101})]},
    ],
    absent={},
    absent_fails=False,
    ill_typed=[{"securityContext": {"runAsUser": "101"}}, {"securityContext": "101"}],
)


def test_pod_and_container_are_each_a_finding() -> None:
    raw = pod({"securityContext": {"runAsUser": 1}}, container(securityContext={"runAsUser": 2}))
    assert {f.path: "user " + str(f.value) in f.message for f in judge(check, raw)} == {
        ("spec", "securityContext", "runAsUser"): True,
        ("spec", "containers", 0, "securityContext", "runAsUser"): True,
    }


@pytest.mark.parametrize(("number", "count"), [(999, 1), (1000, 0)])
def test_the_parameter_is_the_lowest_that_passes(number: int, count: int) -> None:
    raw = pod({"securityContext": {"runAsUser": number}})
    assert len(judge(check, raw, params=Params(minimum=1000))) == count


def test_in_a_user_namespace_a_number_means_nothing() -> None:
    raw = pod({"hostUsers": False, "securityContext": {"runAsUser": 1}})
    assert judge(check, raw) == []
    assert len(judge(check, raw, minor=32)) == 1


def test_root_is_told_once() -> None:
    read = resource(pod({"securityContext": {"runAsUser": 0}}))
    judges = [Judge(one, one.params()) for one in (root_user, check)]
    assert [f.check for f in evaluate(judges, [Review(read)], Inventory([read]), TODAY).findings] == ["root-user"]


def test_the_numbers_mean_nothing_on_windows() -> None:
    assert judge(check, pod({"os": {"name": "windows"}, "securityContext": {"runAsUser": 1}})) == []
