"""long-lived-projected-token: a stolen token that works for days."""

from typing import Any

import pytest

from bartizan.checks.pod.long_lived_projected_token import Params, check
from tests.checks.cases import Cases
from tests.harness import judge, pod


def volumes(*sources: dict[str, Any]) -> dict[str, Any]:
    return {"volumes": [{"name": "token", "projected": {"sources": list(sources)}}]}


def token(**fields: Any) -> dict[str, Any]:
    return {"serviceAccountToken": {"path": "token", **fields}}


CASES = Cases(
    passes=[volumes(token(expirationSeconds=3600)), volumes(token(expirationSeconds=86400)), volumes(token())],
    fails=[
        volumes(token(expirationSeconds=86401)),
        volumes({"secret": {"name": "a"}}, token(expirationSeconds=10**6)),
    ],
    absent={},
    absent_fails=False,
    ill_typed=[
        volumes(token(expirationSeconds="a day")),
        {"volumes": [{"name": "token", "projected": {"sources": "token"}}]},
    ],
)


def test_the_message_names_volume_and_time() -> None:
    (finding,) = judge(check, pod(volumes(token(expirationSeconds=604800))))
    assert "`token`" in finding.message
    assert "604800" in finding.message
    assert finding.path[-2:] == ("serviceAccountToken", "expirationSeconds")


@pytest.mark.parametrize(("most", "found"), [(600, 1), (3600, 0)])
def test_the_longest_time_is_a_parameter(most: int, found: int) -> None:
    assert (
        len(judge(check, pod(volumes(token(expirationSeconds=3600))), params=Params(most_seconds=most))) == found
    )
