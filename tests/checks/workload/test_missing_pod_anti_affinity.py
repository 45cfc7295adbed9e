"""missing-pod-anti-affinity: all replicas on one node."""

from typing import Any

import pytest

from bartizan.checks.workload.missing_pod_anti_affinity import check
from tests.checks.cases import Cases
from tests.checks.workload.objects import WEB, autoscaler, deployment, item
from tests.harness import judge

OWN = {"labelSelector": {"matchLabels": WEB}, "topologyKey": "kubernetes.io/hostname"}
OTHER = {"labelSelector": {"matchLabels": {"app": "database"}}}
REQUIRED, PREFERRED = (f"{word}DuringSchedulingIgnoredDuringExecution" for word in ("required", "preferred"))


def away(**terms: Any) -> dict[str, Any]:
    return deployment(replicas=2, pod={"affinity": {"podAntiAffinity": terms}})


def spread(*terms: Any) -> dict[str, Any]:
    return deployment(replicas=2, pod={"topologySpreadConstraints": list(terms)})


CASES = Cases(
    passes=[
        away(**{REQUIRED: [OTHER, OWN]}),
        away(**{PREFERRED: [{"weight": 1, "podAffinityTerm": OWN}]}),
        spread(OWN),
        deployment(),
        deployment(replicas=1),
        [deployment(), autoscaler(minReplicas=1)],
    ],
    fails=[
        away(**{REQUIRED: [OTHER]}),
        away(**{PREFERRED: [{"podAffinityTerm": OTHER}]}),
        away(**{REQUIRED: [], PREFERRED: None}),
        spread(OTHER),
        spread({"topologyKey": "zone"}),
        deployment(replicas=2, pod={"affinity": {"podAffinity": {REQUIRED: [OWN]}}}),
        [deployment(), autoscaler(minReplicas=2)],
    ],
    absent=deployment(replicas=2),
    absent_fails=True,
    ill_typed=[spread("zone"), away(**{REQUIRED: {}}), away(**{PREFERRED: [{"podAffinityTerm": []}]})],
)


@pytest.mark.parametrize("selector", [{}, {"matchExpressions": [{"key": "app", "operator": "Exists"}]}])
def test_any_selector_of_its_own_pods_will_do(selector: dict[str, Any]) -> None:
    assert judge(check, spread({"labelSelector": selector})) == []


def test_it_is_told_where_constraints_belong() -> None:
    (finding,) = judge(check, deployment(replicas=2))
    assert finding.path == ("spec", "template", "spec", "topologySpreadConstraints")


def test_a_rollout_whose_template_stands_elsewhere_passes() -> None:
    spec = {"replicas": 3, "selector": {"matchLabels": {"app": "web"}}, "workloadRef": {"name": "web"}}
    assert judge(check, item("argoproj.io/v1alpha1", "Rollout", spec=spec)) == []


def test_labels_that_controllers_add_are_taken_as_there() -> None:
    expressions = [{"key": "pod-template-hash", "operator": "Exists"}]
    assert judge(check, spread({"labelSelector": {"matchLabels": WEB, "matchExpressions": expressions}})) == []
