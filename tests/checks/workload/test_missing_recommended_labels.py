"""missing-recommended-labels: nobody can list what a program is made of."""

from typing import Any

import pytest

from bartizan.checks.workload.missing_recommended_labels import Params, check
from tests.checks.cases import Cases
from tests.checks.workload.objects import deployment, item
from tests.harness import judge, pod

NAME = {"app.kubernetes.io/name": "web"}
OWN, INNER = ("metadata", "labels"), ("spec", "template", "metadata", "labels")


def labelled(own: Any, inner: Any) -> dict[str, Any]:
    raw = deployment(inner)
    raw["metadata"]["labels"] = own
    return raw


CASES = Cases(
    passes=[labelled(NAME, NAME), pod(labels=NAME)],
    fails=[labelled(NAME, {}), labelled({}, NAME), labelled({"app.kubernetes.io/name": ""}, NAME), pod()],
    absent=labelled(None, {}),
    absent_fails=True,
    ill_typed=[
        labelled("web", NAME),
        labelled(NAME, {"app.kubernetes.io/name": 1}),
        pod(labels=[]),
        deployment() | {"spec": {"template": "x"}},
    ],
)


@pytest.mark.parametrize(
    ("raw", "paths"),
    [(labelled(NAME, {}), [INNER]), (labelled({}, NAME), [OWN]), (labelled({}, {}), [OWN]), (pod(), [OWN])],
)
def test_the_object_and_its_pods_are_told_apart(raw: dict[str, Any], paths: list[Any]) -> None:
    assert sorted(finding.path for finding in judge(check, raw)) == sorted(paths)


def test_the_template_of_every_kind_is_found() -> None:
    template = {"metadata": {"labels": NAME}, "spec": {}}
    jobs = {"jobTemplate": {"spec": {"template": template}}}
    own = {"labels": NAME}
    assert judge(check, item("batch/v1", "CronJob", spec=jobs, metadata=own)) == []
    assert judge(check, item("v1", "PodTemplate", template=template, metadata=own)) == []
    (finding,) = judge(check, item("batch/v1", "CronJob", spec={}, metadata=own))
    assert finding.path == ("spec", "jobTemplate", "spec", "template", "metadata", "labels")


def test_other_labels_can_be_asked_for() -> None:
    params = Params(labels=("team", "tier"))
    (finding,) = judge(check, pod(labels={"tier": "front"}), params=params)
    assert "no label `team`:" in finding.message
    (both,) = judge(check, pod(), params=params)
    assert "no label `team`, `tier`:" in both.message


def test_what_is_missing_at_both_places_is_told_once() -> None:
    (finding,) = judge(check, labelled({}, {}))
    assert "under `metadata.labels` and `spec.template.metadata.labels`" in finding.message


def test_what_is_missing_differs_by_place() -> None:
    params = Params(labels=("app.kubernetes.io/name", "team"))
    found = judge(check, labelled(NAME, {"team": "shop"}), params=params)
    assert {finding.path for finding in found} == {OWN, INNER}


def test_a_rollout_whose_template_stands_elsewhere_is_asked_for_its_own_labels() -> None:
    spec = {"workloadRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"}}
    rollout = item("argoproj.io/v1alpha1", "Rollout", spec=spec)
    assert [finding.path for finding in judge(check, rollout)] == [OWN]
    assert judge(check, rollout | {"metadata": {"name": "web", "labels": NAME}}) == []
