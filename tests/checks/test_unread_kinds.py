"""What could not be listed in a cluster changes no verdict into its opposite: no check takes it for absent.

For each kind in turn: the example shop is judged once with it, and once without it, as where an account may not
list the kind. What passed may then err, and what failed may err; nothing that failed passes, and nothing that
passed fails.
"""

from functools import cache
from pathlib import Path

import pytest

from bartizan.app import plugins
from bartizan.app.tables import table
from bartizan.evaluate import Judge, evaluate
from bartizan.lookups import Inventory, Unread
from bartizan.model.owner import Owners
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.result import Verdict
from bartizan.model.review import Review
from bartizan.sources.blob import Blob
from bartizan.sources.manifests import read_manifest
from tests.architecture.tree import ROOT
from tests.harness import TODAY

SHOP = ROOT / "examples" / "harbor-market"
BESIDE = """
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: nobody, namespace: market-shop}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: nobody}, maxReplicas: 3}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: nobody, namespace: market-shop}
spec: {selector: {matchLabels: {app: nobody}}, maxUnavailable: 0}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: nobody, namespace: market-shop}
spec: {defaultBackend: {service: {name: nobody, port: {number: 80}}}}
"""

POD = """
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec: {containers: [{name: app, image: "registry.example/app:1"}]}
"""

Verdicts = dict[tuple[str, str], Verdict]


@cache
def shop() -> tuple[Resource, ...]:
    """The example's objects, and some that lead nowhere."""
    files = [Blob(str(file), file.read_bytes()) for file in sorted(Path(SHOP).rglob("*.yaml"))]
    blobs = [*files, Blob("beside.yaml", BESIDE.encode())]
    return tuple(resource for blob in blobs for resource in read_manifest(blob).resources)


def verdicts(resources: tuple[Resource, ...], *unread: GroupKind) -> Verdicts:
    """Each check on each object. What is told by a check that overrides it counts as failed as well."""
    judges = [Judge(check, check.params(), data=table(check.data)) for check in plugins.checks()]
    owners = Owners(resources)
    reviews = [Review(resource, owner=owners.top(resource)) for resource in resources]
    gaps = [
        Unread(group=kind.group, kind=kind.kind, reason="lookup-failed", message=f"{kind} was not read")
        for kind in unread
    ]
    evaluation = evaluate(judges, reviews, Inventory(resources, gaps), TODAY, keep_passes=True)
    return {(result.judge, result.subject.title): result.verdict for result in evaluation.results}


@cache
def whole() -> Verdicts:
    return verdicts(shop())


def kinds() -> list[GroupKind]:
    return sorted({resource.group_kind for resource in shop()})


@pytest.mark.parametrize("kind", kinds(), ids=str)
def test_a_kind_that_was_not_read_turns_no_verdict_round(kind: GroupKind) -> None:
    left = tuple(resource for resource in shop() if resource.group_kind != kind)
    turned = {
        key: (whole()[key], now)
        for key, now in verdicts(left, kind).items()
        if {whole()[key], now} == {"pass", "fail"}
    }
    assert turned == {}


def test_an_account_that_was_not_read_is_not_taken_for_one_without_a_switch() -> None:
    """The account `default` stands in every namespace: absent, it mounts its token; unread, nobody knows."""
    (pod,) = read_manifest(Blob("pod.yaml", POD.encode())).resources
    key = ("default-service-account", "Pod shop/web")
    assert verdicts((pod,))[key] == "fail"
    assert verdicts((pod,), GroupKind("", "ServiceAccount"))[key] == "error"


def test_kinds_that_were_not_read_are_noticed() -> None:
    """The sabotage: without the gaps, verdicts do turn round."""
    turned = set()
    for kind in kinds():
        left = tuple(resource for resource in shop() if resource.group_kind != kind)
        turned |= {key[0] for key, now in verdicts(left).items() if {whole()[key], now} == {"pass", "fail"}}
    assert {"no-network-policy", "namespace-without-quota"} & turned
