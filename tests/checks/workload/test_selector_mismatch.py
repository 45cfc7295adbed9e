"""selector-mismatch: refused by the API server."""

from typing import Any

import pytest

from bartizan.checks.workload.selector_mismatch import check
from tests.checks.cases import Cases
from tests.checks.workload.objects import deployment, item
from tests.harness import judge

API = {"matchLabels": {"app": "api"}}
TEMPLATE = {"metadata": {"labels": {"app": "web"}}}


def job(**spec: Any) -> dict[str, Any]:
    return item("batch/v1", "Job", spec={"template": TEMPLATE, **spec})


def cron_job(**spec: Any) -> dict[str, Any]:
    return item("batch/v1", "CronJob", spec={"jobTemplate": {"spec": {"template": TEMPLATE, **spec}}})


def controller(**spec: Any) -> dict[str, Any]:
    return item("v1", "ReplicationController", spec={"template": TEMPLATE, **spec})


CASES = Cases(
    passes=[
        deployment(),
        deployment({"app": "web", "tier": "front"}, selector={"matchLabels": {"app": "web"}}),
        deployment(selector={"matchExpressions": [{"key": "app", "operator": "In", "values": ["web"]}]}),
        job(),
        job(selector={}),
        cron_job(),
        controller(),
        controller(selector={"app": "web"}),
        item("extensions/v1beta1", "Deployment", spec={"template": TEMPLATE}),
        item("apps/v1beta1", "StatefulSet", spec={"template": TEMPLATE}),
    ],
    fails=[
        deployment(selector=API),
        deployment(selector={}),
        deployment(kind="DaemonSet", selector=API),
        deployment(
            kind="StatefulSet", selector={"matchExpressions": [{"key": "app", "operator": "DoesNotExist"}]}
        ),
        deployment(template={"spec": {}}),
        job(selector=API),
        cron_job(selector=API),
        controller(selector={"app": "api"}),
        item("argoproj.io/v1alpha1", "Rollout", spec={"template": TEMPLATE, "selector": API}),
    ],
    absent=item("apps/v1", "Deployment", spec={"template": TEMPLATE}),
    absent_fails=True,
    ill_typed=[
        deployment(selector="app=web"),
        deployment(selector={"matchLabels": {"app": 1}}),
        deployment(selector={"matchLabels": {"app": "x"}, "matchExpressions": ["app"]}),
        deployment(template={"metadata": {"labels": []}}),
        controller(selector=["app"]),
        cron_job(selector=[]),
    ],
)


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        (deployment(selector=API), ("spec", "selector", "matchLabels")),
        (deployment(selector={}), ("spec", "selector")),
        (controller(selector={"app": "api"}), ("spec", "selector")),
        (cron_job(selector=API), ("spec", "jobTemplate", "spec", "selector", "matchLabels")),
        (
            deployment(selector={"matchExpressions": [{"key": "tier", "operator": "Exists"}]}),
            ("spec", "selector", "matchExpressions"),
        ),
    ],
)
def test_the_half_that_does_not_fit_is_told(raw: dict[str, Any], path: tuple[str, ...]) -> None:
    (finding,) = judge(check, raw)
    assert finding.path == path


def test_kinds_without_a_selector_are_left_alone() -> None:
    kinds = {kind.kind for kind in check.kinds}
    assert kinds.isdisjoint({"Pod", "PodTemplate", "Service", "Configuration", "Revision"})
    assert {"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob", "Rollout"} <= kinds


def test_a_rollout_whose_template_stands_elsewhere_passes() -> None:
    spec = {"replicas": 3, "selector": {"matchLabels": {"app": "web"}}, "workloadRef": {"name": "web"}}
    assert judge(check, item("argoproj.io/v1alpha1", "Rollout", spec=spec)) == []
