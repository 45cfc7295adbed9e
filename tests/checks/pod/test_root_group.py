"""root-group: not root, but of its group."""

import pytest

from bartizan.checks.pod.root_group import check
from tests.checks.cases import Cases
from tests.harness import container, judge, pod

CASES = Cases(
    passes=[{"securityContext": {"runAsGroup": 1, "fsGroup": 1, "supplementalGroups": [1]}}],
    fails=[
        {"securityContext": {"runAsGroup": 0}},
        {"securityContext": {"fsGroup": 0}},
        {"securityContext": {"supplementalGroups": [1, 0]}},
        {"containers": [container(securityContext={"runAsGroup": 0})]},
    ],
    absent={},
    absent_fails=False,
    ill_typed=[{"securityContext": {"fsGroup": "0"}}, {"securityContext": {"supplementalGroups": [False]}}],
)


def test_each_place_is_one_finding() -> None:
    security = {"runAsGroup": 0, "fsGroup": 0, "supplementalGroups": [0]}
    raw = pod({"securityContext": security}, container(securityContext={"runAsGroup": 0}))
    assert {f.path for f in judge(check, raw)} == {
        ("spec", "securityContext", "runAsGroup"),
        ("spec", "securityContext", "fsGroup"),
        ("spec", "securityContext", "supplementalGroups", 0),
        ("spec", "containers", 0, "securityContext", "runAsGroup"),
    }


@pytest.mark.parametrize(("minor", "count"), [(34, 1), (35, 0)])
def test_a_user_namespace_excuses_it_from_1_35_on(minor: int, count: int) -> None:
    raw = pod({"hostUsers": False, "securityContext": {"fsGroup": 0}})
    assert len(judge(check, raw, minor=minor)) == count
