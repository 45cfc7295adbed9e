"""dangling-service: nobody answers."""

from typing import Any

import pytest

from bartizan.checks.reference.dangling_service import check
from tests.checks.cases import Cases
from tests.checks.workload.objects import deployment, item, service
from tests.harness import judge, pod, run

CASES = Cases(
    passes=[
        [service(), deployment()],
        [service(), pod({}, labels={"app": "web", "tier": "front"})],
        [service(), item("batch/v1", "CronJob", spec={"jobTemplate": {"spec": deployment()["spec"]}})],
        [service(selector={}), deployment({"app": "api"})],
        [service(type="ExternalName"), deployment({"app": "api"})],
        [service({"app": "web", "statefulset.kubernetes.io/pod-name": "web-0"}), deployment(kind="StatefulSet")],
        [service({"strimzi.io/cluster": "events"}), deployment()],
        [service(), deployment({"app": "api"}, namespace="other")],
        [service(namespace=""), deployment(namespace="")],
        service(),
    ],
    fails=[
        [service(), deployment({"app": "api"})],
        [service({"app": "web", "tier": "back"}), deployment()],
        [service(), deployment(namespace="other"), deployment({"app": "api"}, name="api")],
        [service(namespace=""), deployment({"app": "api"}, namespace="")],
    ],
    absent=[service() | {"spec": {}}, deployment()],
    absent_fails=False,
    ill_typed=[
        [service(["app"]), deployment()],
        [service({"app": 1}), deployment()],
        [service() | {"spec": []}, deployment()],
    ],
)


@pytest.mark.parametrize("pods", [{"metadata": {"labels": "web"}}, {"metadata": {"labels": {"app": 1}}}, "x"])
def test_a_pod_that_cannot_be_read_may_be_meant(pods: Any) -> None:
    broken = deployment(name="broken", template=pods)
    (result,) = run(check, service(), broken, deployment({"app": "api"})).results
    assert (result.verdict, result.reason) == ("error", "lookup-failed")
    assert judge(check, service(), broken, deployment()) == []
    assert len(judge(check, service(), broken | {"metadata": {"name": "b"}}, deployment({"app": "api"}))) == 1


def test_where_everything_was_scanned_no_pods_are_none() -> None:
    params = check.params(complete=True)
    assert len(judge(check, service(), params=params)) == 1
    assert judge(check, service({}), params=params) == []


def test_the_message_says_what_was_looked_at() -> None:
    (finding,) = judge(check, service(), deployment({"app": "api"}))
    assert (finding.path, finding.confidence) == (("spec", "selector"), "medium")
    assert "among the scanned objects" in finding.message


@pytest.mark.parametrize(("own", "other"), [("shop", ""), ("", "shop")])
def test_a_namespace_that_is_not_written_may_be_any(own: str, other: str) -> None:
    """Charts write it into some of their objects only."""
    beside = deployment({"app": "api"}, name="api", namespace=own)
    assert judge(check, service(namespace=own), deployment(namespace=other), beside) == []
    assert len(judge(check, service({"app": "x"}, namespace=own), deployment(namespace=other), beside)) == 1
