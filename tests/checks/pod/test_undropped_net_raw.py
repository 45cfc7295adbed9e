"""undropped-net-raw: a container that can pretend to be another."""

from typing import Any

import pytest

from bartizan.checks.pod.added_capabilities import check as added_capabilities
from bartizan.checks.pod.undropped_capabilities import check as undropped_capabilities
from bartizan.checks.pod.undropped_net_raw import check
from bartizan.evaluate import Judge, evaluate
from bartizan.lookups import Inventory
from bartizan.model.review import Review
from tests.checks.cases import Cases
from tests.harness import TODAY, container, fixed, judge, pod, resource

CASES = Cases(
    passes=[
        {"securityContext": {"capabilities": {"drop": ["ALL"]}}},
        {"securityContext": {"capabilities": {"drop": ["net_raw"], "add": ["CHOWN"]}}},
    ],
    fails=[
        {"securityContext": {"capabilities": {"drop": ["CHOWN"]}}},
        {"securityContext": {"capabilities": {"drop": ["ALL"], "add": ["NET_RAW"]}}},
    ],
    absent={},
    absent_fails=True,
    ill_typed=[{"securityContext": {"capabilities": {"drop": "NET_RAW"}}}, {"securityContext": 1}],
)


def having(**capabilities: Any) -> dict[str, Any]:
    return pod({}, container(securityContext={"capabilities": capabilities}))


@pytest.mark.parametrize("name", ["ALL", "NET_RAW", "CAP_NET_RAW", "net_raw"])
def test_adding_it_is_found_where_it_stands(name: str) -> None:
    (finding,) = judge(check, having(drop=["ALL"], add=["CHOWN", name]))
    assert finding.path[-2:] == ("add", 1)


def test_the_fix_keeps_what_is_dropped_already() -> None:
    raw = having(drop=["CHOWN"])
    assert fixed(check, raw)["spec"]["containers"][0]["securityContext"]["capabilities"]["drop"] == [
        "CHOWN",
        "NET_RAW",
    ]
    assert judge(check, fixed(check, raw)) == []


def test_windows_has_no_capabilities() -> None:
    assert judge(check, pod({"os": {"name": "windows"}})) == []


@pytest.mark.parametrize(
    ("raw", "told"),
    [(having(), "undropped-capabilities"), (having(drop=["ALL"], add=["NET_RAW"]), "added-capabilities")],
)
def test_what_another_check_says_is_told_once(raw: dict[str, Any], told: str) -> None:
    read = resource(raw)
    judges = [Judge(one, one.params()) for one in (added_capabilities, undropped_capabilities, check)]
    assert [f.check for f in evaluate(judges, [Review(read)], Inventory([read]), TODAY).findings] == [told]
