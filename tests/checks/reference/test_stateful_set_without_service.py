"""stateful-set-without-service: pods without names."""

from typing import Any

import pytest

from bartizan.checks.reference.stateful_set_without_service import check
from tests.checks.cases import Cases
from tests.checks.workload.objects import deployment, service
from tests.harness import judge, run

HEADLESS = service(name="peers", clusterIP="None")


def stateful(**spec: Any) -> dict[str, Any]:
    return deployment(kind="StatefulSet", **spec)


CASES = Cases(
    passes=[
        [stateful(serviceName="peers"), HEADLESS],
        [stateful(serviceName="ghost"), service(namespace="other")],
        [stateful(serviceName="peers"), service(name="peers"), HEADLESS],
        stateful(serviceName="ghost"),
    ],
    fails=[
        stateful(serviceName=""),
        [stateful(serviceName="ghost"), HEADLESS],
        [stateful(serviceName="peers"), service(name="peers")],
        [stateful(serviceName="peers"), service({"app": "api"}, name="peers", clusterIP="None")],
        [stateful(serviceName="peers"), service(name="peers", namespace="other"), service()],
    ],
    absent=stateful(),
    absent_fails=True,
    ill_typed=[stateful(serviceName=1), [stateful(serviceName="peers", template={"metadata": []}), HEADLESS]],
)


@pytest.mark.parametrize(
    ("name", "words"),
    [("", "names no Service"), ("ghost", "no Service `ghost`"), ("plain", "needs `clusterIP: None`")],
)
def test_the_message_says_what_is_missing(name: str, words: str) -> None:
    (finding,) = judge(check, stateful(serviceName=name), service(name="plain"))
    assert finding.path == ("spec", "serviceName")
    assert words in finding.message


def test_a_service_that_cannot_be_read_is_an_error() -> None:
    (result,) = run(check, stateful(serviceName="peers"), service(name="peers", clusterIP=1)).results
    assert (result.verdict, result.reason) == ("error", "lookup-failed")


def test_where_everything_was_scanned_no_services_are_none() -> None:
    assert len(judge(check, stateful(serviceName="ghost"), params=check.params(complete=True))) == 1
