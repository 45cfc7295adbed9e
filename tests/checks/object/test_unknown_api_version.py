"""unknown-api-version: a slip in `apiVersion` or `kind`, or a version that comes later."""

from typing import Any

import msgspec
import pytest

from bartizan.app.tables import table
from bartizan.checks.object.unknown_api_version import check
from bartizan.evaluate import Judge, evaluate
from bartizan.lookups import Inventory
from bartizan.model.review import Review
from tests.checks.cases import Cases
from tests.harness import TODAY, judge, resource


def thing(version: str, kind: str) -> dict[str, Any]:
    return {"apiVersion": version, "kind": kind, "metadata": {"name": "a"}}


CASES = Cases(
    passes=[
        thing("apps/v1", "Deployment"),
        thing("apps/v1beta1", "Deployment"),
        thing("example.com/v1", "Deployment"),
        thing("argoproj.io/v1alpha1", "Rollout"),
        thing("v1", "Config"),
    ],
    fails=[thing("apps/v2", "Deployment"), thing("app/v1", "Deployment"), thing("v1", "Deployment")],
    absent=thing("v1", "ConfigMap"),
    absent_fails=False,
    ill_typed=[],
    reads_fields=False,
)


@pytest.mark.parametrize(
    ("version", "kind", "field", "confidence", "advice"),
    [
        ("apps/v2", "Deployment", "apiVersion", "high", "write `apps/v1`"),
        ("v1", "Deployment", "apiVersion", "high", "write `apps/v1`"),
        ("v1", "PodDisruptionBudget", "apiVersion", "high", "write `policy/v1`"),
        ("networking.k8s.io/v1", "Pod", "apiVersion", "high", "write `v1`"),
        ("apps/v1", "Event", "apiVersion", "high", "write `events.k8s.io/v1 or v1`"),
        ("apps/v1", "Deploymnet", "kind", "high", "did you mean `Deployment`?"),
        ("apps/v1", "deployment", "kind", "high", "did you mean `Deployment`?"),
        ("v1", "BuildConfig", "kind", "medium", "look up its group and version"),
        ("app/v1", "Deployment", "apiVersion", "medium", "write `apps/v1`"),
        ("Apps/v1", "Deployment", "apiVersion", "medium", "write `apps/v1`"),
        ("apps/v1/", "Deployment", "apiVersion", "high", "write `apps/v1`"),
        ("network.k8s.io/v1", "NetworkPolicy", "apiVersion", "medium", "write `networking.k8s.io/v1`"),
        ("rbac.authorization.k8s/v1", "Role", "apiVersion", "medium", "write `rbac.authorization.k8s.io/v1`"),
    ],
)
def test_a_slip_is_found_and_the_right_version_told(
    version: str, kind: str, field: str, confidence: str, advice: str
) -> None:
    (finding,) = judge(check, thing(version, kind))
    assert (finding.path, finding.confidence) == ((field,), confidence)
    assert finding.message.endswith(advice)


@pytest.mark.parametrize(
    ("version", "kind"),
    [
        ("crd.projectcalico.org/v1", "NetworkPolicy"),
        ("gateway.networking.k8s.io/v1", "HTTPRoute"),
        ("serving.knative.dev/v1", "Service"),
        ("batch.volcano.sh/v1alpha1", "Job"),
        ("apps.kruise.io/v1beta1", "StatefulSet"),
        ("skaffold/v4beta11", "Config"),
        ("metrics.k8s.io/v1beta1", "PodMetrics"),
    ],
)
def test_groups_of_others_are_theirs(version: str, kind: str) -> None:
    assert judge(check, thing(version, kind)) == []


def test_a_version_that_comes_later_is_not_there_yet() -> None:
    raw = thing("batch/v1", "CronJob")
    assert judge(check, raw, minor=21) == []
    (finding,) = judge(check, raw, minor=20)
    assert finding.message == (
        "1.20 serves no CronJob in `batch/v1`, which begins with 1.21: write `batch/v1beta1`"
    )


def test_what_nobody_had_before_has_no_other_version() -> None:
    (finding,) = judge(check, thing("lifecycle.k8s.io/v1alpha1", "EvictionRequest"), minor=30)
    assert finding.message.endswith("begins with 1.37")


def test_what_a_cluster_hands_out_it_knows() -> None:
    read = resource(thing("apps/v9", "Deployment"))
    read = msgspec.structs.replace(read, origin=msgspec.structs.replace(read.origin, kind="cluster"))
    judges = [Judge(check, check.params(), data=table(check.data))]
    assert evaluate(judges, [Review(read)], Inventory([read]), TODAY).findings == ()
