"""credential-in-annotation: a credential in what every listing shows. No value is shown."""

from typing import Any

import msgspec
import pytest

from bartizan.checks.secret.credential_in_annotation import check
from bartizan.evaluate import Judge, evaluate
from bartizan.lookups import Inventory
from bartizan.model.review import Review
from bartizan.secrets.patterns import LIMIT
from tests.checks.cases import Cases
from tests.harness import TODAY, judge, resource, run

TOKEN = "ghp" + "_" + "aB3dE6gH9jK2mN5pQ8rS1tU4vW7xY0zAbC4e"
LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
KEPT = '{"apiVersion":"v1","kind":"Secret","data":{"password":"aHVudGVyMg=="}}'


def thing(kind: str = "Service", annotations: object = None, **fields: Any) -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": kind, "metadata": {"name": "web", "annotations": annotations}, **fields}


CASES = Cases(
    passes=[thing(annotations={"a": "b"}), thing("ConfigMap", {LAST_APPLIED: KEPT})],
    fails=[thing(annotations={"forge": TOKEN}), thing("Secret", {LAST_APPLIED: KEPT})],
    absent={"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web"}},
    absent_fails=False,
    ill_typed=[thing(annotations="a"), thing(annotations={"a": 1})],
)


@pytest.mark.parametrize(
    ("name", "value", "severity"),
    [
        ("example.com/forge", TOKEN, "high"),
        ("example.com/database", "postgres://shop:" + "tr0ub4dor@db/shop", "high"),
        ("example.com/password", "tr0ub4dor", "medium"),
    ],
)
def test_a_form_weighs_more_than_a_name(name: str, value: str, severity: str) -> None:
    (finding,) = judge(check, thing(annotations={"plain": "text", name: value}))
    assert (finding.severity, finding.path) == (severity, ("metadata", "annotations", name))
    assert finding.value is None
    assert value.encode() not in msgspec.json.encode(finding)


@pytest.mark.parametrize("field", ["data", "stringData"])
@pytest.mark.parametrize("origin", ["file", "cluster"])
def test_what_kubectl_keeps_of_a_secret_repeats_its_data(field: str, origin: str) -> None:
    read = resource(thing("Secret", {LAST_APPLIED: KEPT.replace("data", field)}))
    read = msgspec.structs.replace(read, origin=msgspec.structs.replace(read.origin, kind=origin))
    (finding,) = evaluate([Judge(check, check.params())], [Review(read)], Inventory([read]), TODAY).findings
    assert (finding.severity, finding.path[-1]) == ("high", LAST_APPLIED)
    assert b"aHVudGVyMg" not in msgspec.json.encode(finding)


@pytest.mark.parametrize("text", ["", '{"kind":"Secret"}', '{"kind":"Secret","data":{}}', "[]"])
def test_a_copy_without_data_passes(text: str) -> None:
    assert judge(check, thing("Secret", {LAST_APPLIED: text})) == []


def test_a_copy_that_cannot_be_read_may_hold_it() -> None:
    assert len(judge(check, thing("Secret", {LAST_APPLIED: KEPT[:-4]}))) == 1


def test_pods_that_an_object_makes_are_looked_at() -> None:
    template = {"metadata": {"annotations": {"forge": TOKEN}}, "spec": {"containers": []}}
    raw = {**thing("Deployment", {"forge": TOKEN}, spec={"template": template}), "apiVersion": "apps/v1"}
    assert [finding.path[:2] for finding in judge(check, raw)] == [
        ("metadata", "annotations"),
        ("spec", "template"),
    ]
    pod = {**thing("Pod", {"forge": TOKEN}), "spec": {"containers": []}}
    assert len(judge(check, pod)) == 1


@pytest.mark.parametrize(
    "annotations",
    [
        {},
        {"nginx.ingress.kubernetes.io/auth-secret": "basicauth"},
        {"example.com/password": "changeme"},
        {"example.com/password-file": "/run/secrets/a"},
        {"checksum/config": "5702aca235561630172c22b6b900f5cebd4e82fae60389df18a3537ff82e2f09"},
    ],
)
def test_names_of_secrets_and_digests_pass(annotations: dict[str, str]) -> None:
    assert judge(check, thing(annotations=annotations)) == []


def test_what_was_not_searched_does_not_pass() -> None:
    (result,) = run(check, thing(annotations={"note": "a" * (LIMIT + 1)})).results
    assert (result.verdict, result.reason) == ("skip", "not-evaluable-here")
    assert "`note`" in result.message
