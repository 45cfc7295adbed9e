"""removed-api-version: what the judged version of Kubernetes refuses."""

from typing import Any

import msgspec
import pytest

from bartizan.app.tables import table
from bartizan.checks.check import NEWEST_MINOR
from bartizan.checks.object.removed_api_version import check
from bartizan.evaluate import Judge, evaluate
from bartizan.lookups import Inventory
from bartizan.model.finding import Finding
from bartizan.model.review import Review
from tests.checks.cases import Cases
from tests.harness import TODAY, judge, resource

LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"


def thing(version: str, kind: str, **metadata: Any) -> dict[str, Any]:
    return {"apiVersion": version, "kind": kind, "metadata": {"name": "a", **metadata}}


CASES = Cases(
    passes=[thing("batch/v1", "CronJob"), thing("example.com/v1beta1", "CronJob"), thing("v1", "Pod")],
    fails=[thing("batch/v1beta1", "CronJob"), thing("policy/v1beta1", "PodSecurityPolicy")],
    absent=thing("batch/v1", "CronJob"),
    absent_fails=False,
    ill_typed=[],
    reads_fields=False,
)


@pytest.mark.parametrize(
    ("version", "kind", "since", "advice"),
    [
        ("batch/v1beta1", "CronJob", 25, "write `batch/v1`"),
        ("extensions/v1beta1", "Deployment", 16, "write `apps/v1`"),
        ("extensions/v1beta1", "NetworkPolicy", 16, "write `networking.k8s.io/v1`"),
        ("extensions/v1beta1", "Ingress", 22, "write `networking.k8s.io/v1`"),
        ("apps/v1beta2", "StatefulSet", 16, "write `apps/v1`"),
        ("apps/v1alpha1", "PetSet", 5, "write a StatefulSet in `apps/v1`"),
        ("policy/v1beta1", "PodDisruptionBudget", 25, "write `policy/v1`"),
        ("autoscaling/v2beta1", "HorizontalPodAutoscaler", 25, "write `autoscaling/v2`"),
        ("autoscaling/v2beta2", "HorizontalPodAutoscaler", 26, "write `autoscaling/v2`"),
        ("rbac.authorization.k8s.io/v1alpha1", "Role", 23, "write `rbac.authorization.k8s.io/v1`"),
        ("rbac.authorization.k8s.io/v1beta1", "Role", 22, "write `rbac.authorization.k8s.io/v1`"),
        ("apiextensions.k8s.io/v1beta1", "CustomResourceDefinition", 22, "write `apiextensions.k8s.io/v1`"),
        ("flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema", 32, "write `flowcontrol.apiserver.k8s.io/v1`"),
        ("node.k8s.io/v1beta1", "RuntimeClass", 25, "write `node.k8s.io/v1`"),
        ("storage.k8s.io/v1beta1", "CSIStorageCapacity", 27, "write `storage.k8s.io/v1`"),
        ("resource.k8s.io/v1alpha2", "ResourceClass", 31, "write a DeviceClass in `resource.k8s.io/v1`"),
        ("certificates.k8s.io/v1alpha1", "ClusterTrustBundle", 37, "write `certificates.k8s.io/v1`"),
        ("settings.k8s.io/v1alpha1", "PodPreset", 20, "write a MutatingAdmissionPolicy in its place"),
        ("networking.k8s.io/v1alpha1", "ClusterCIDR", 29, "nothing has taken its place, so delete it"),
    ],
)
def test_it_goes_with_its_release_and_its_successor_is_told(
    version: str, kind: str, since: int, advice: str
) -> None:
    """The release before it still serves it."""
    raw = thing(version, kind)
    assert judge(check, raw, minor=since - 1) == []
    assert len(judge(check, raw, minor=since)) == 1
    (finding,) = judge(check, raw)
    assert (finding.path, finding.severity, finding.value) == (("apiVersion",), "high", version)
    assert f"from 1.{since} on" in finding.message
    assert finding.message.endswith(advice)


def test_the_successor_is_one_that_the_version_serves() -> None:
    """In 1.18 there is no networking.k8s.io/v1 Ingress yet."""
    (finding,) = judge(check, thing("extensions/v1beta1", "Deployment"), minor=16)
    assert finding.message.endswith("`apps/v1`")
    (finding,) = judge(check, thing("flowcontrol.apiserver.k8s.io/v1beta1", "FlowSchema"), minor=26)
    assert finding.message.endswith("`flowcontrol.apiserver.k8s.io/v1beta3`")


def test_a_policy_that_nobody_enforces_names_what_does() -> None:
    (finding,) = judge(check, thing("policy/v1beta1", "PodSecurityPolicy"))
    assert "`pod-security.kubernetes.io/enforce`" in finding.message


@pytest.mark.parametrize(
    ("version", "kind"),
    [("admission.k8s.io/v1beta1", "AdmissionReview"), ("apps/v2", "Deployment"), ("apps/v1beta1", "Nonsense")],
)
def test_messages_and_what_never_was_pass(version: str, kind: str) -> None:
    assert judge(check, thing(version, kind)) == []


def in_cluster(raw: dict[str, Any]) -> tuple[Finding, ...]:
    read = resource(raw)
    read = msgspec.structs.replace(read, origin=msgspec.structs.replace(read.origin, kind="cluster"))
    judges = [Judge(check, check.params(), data=table(check.data))]
    return evaluate(judges, [Review(read)], Inventory([read]), TODAY).findings


def applied(text: str) -> dict[str, Any]:
    return thing("batch/v1", "CronJob", annotations={LAST_APPLIED: text})


def test_of_a_cluster_the_version_counts_in_which_it_was_applied() -> None:
    """What the API server hands out is served; what the file said is told by the annotation."""
    assert in_cluster(thing("batch/v1beta1", "CronJob")) == ()
    (finding,) = in_cluster(applied('{"apiVersion": "batch/v1beta1", "kind": "CronJob", "spec": {}}'))
    assert (finding.severity, finding.path[-1], finding.value) == ("medium", LAST_APPLIED, None)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"apiVersion": 1, "kind": "CronJob"}', '{"kind": "CronJob"}'])
def test_an_annotation_that_says_nothing_is_left_alone(text: str) -> None:
    assert in_cluster(applied(text)) == ()
    assert in_cluster({**thing("batch/v1", "CronJob"), "metadata": {"name": "a", "annotations": []}}) == ()


def test_the_table_is_as_new_as_the_newest_version() -> None:
    assert table("api-versions")["newest"] == NEWEST_MINOR


def test_every_life_runs_forward() -> None:
    for versions in table("api-versions")["groups"].values():
        for kinds in versions.values():
            for kind, steps in kinds.items():
                known = [step for step in steps if step is not None]
                assert known == sorted(known), kind
