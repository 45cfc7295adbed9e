"""unknown-field: keys that the API server drops, and what was meant by them."""

from typing import Any

import msgspec
import pytest

from bartizan.app.tables import table
from bartizan.checks.object.unknown_field import check
from tests.checks.cases import Cases
from tests.harness import container, judge, pod, run


def policy(**spec: Any) -> dict[str, Any]:
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {"name": "deny", "namespace": "shop"},
        "spec": {"podSelector": {}, **spec},
    }


def deployment(**spec: Any) -> dict[str, Any]:
    template = {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [container()]}}
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "web", "namespace": "shop"},
        "spec": {"selector": {"matchLabels": {"app": "web"}}, "template": template, **spec},
    }


CASES = Cases(
    passes=[
        policy(ingress=[{"from": [{"podSelector": {"matchLabels": {"app": "web"}}}]}]),
        pod({"nodeSelector": {"any.example/key": "x"}}, annotations={"any.example/key": "x"}),
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "data": {"anything": "x"}},
        {"apiVersion": "example.com/v1", "kind": "Database", "metadata": {"name": "a"}, "speck": {}},
    ],
    fails=[
        policy(podselector={}),
        pod({"containers": [container(securitycontext={"privileged": False})]}),
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a", "label": {}}},
    ],
    absent={"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}},
    absent_fails=False,
    ill_typed=[
        policy(ingress={"from": []}),
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"}, "spec": []},
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a", "labels": {"version": 1.0}}},
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a", "annotations": {"checked": True}}},
        {"apiVersion": "example.com/v1", "kind": "Database", "metadata": {"name": "a", "labels": {"version": 1}}},
        {"apiVersion": "app/v1", "kind": "Deployment", "metadata": {"name": "a", "labels": ["web"]}},
        deployment(template={"metadata": {"labels": {"version": 2}}, "spec": {"containers": [container()]}}),
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"}, "spec": {"containers": [None]}},
    ],
)


def said(*objects: dict[str, Any]) -> list[tuple[tuple[str | int, ...], str, str]]:
    """Path, severity and advice of each finding."""
    return [(f.path, f.severity, f.message.partition(" drops it: ")[2]) for f in judge(check, *objects)]


@pytest.mark.parametrize(
    ("raw", "path", "severity", "advice"),
    [
        (policy(podselector={}), ("spec", "podselector"), "high", "write `podSelector`"),
        (policy(ingres=[]), ("spec", "ingres"), "high", "did you mean `ingress`?"),
        (
            policy(podSelector={"app": "web"}),
            ("spec", "podSelector", "app"),
            "high",
            "a label is selected below `matchLabels`",
        ),
        (
            pod({}, container(runAsNonRoot=True)),
            ("spec", "containers", 0, "runAsNonRoot"),
            "high",
            "its place is in `securityContext`",
        ),
        (
            pod({"securityContext": {"readOnlyRootFilesystem": True}}),
            ("spec", "securityContext", "readOnlyRootFilesystem"),
            "high",
            "its place is in `spec.containers[].securityContext`",
        ),
        (
            pod({"securityContext": {"privileged": False}}),
            ("spec", "securityContext", "privileged"),
            "medium",
            "its place is in `spec.containers[].securityContext`",
        ),
        (
            pod({}, container(env=[{"name": "A", "securityContext": {}}])),
            ("spec", "containers", 0, "env", 0, "securityContext"),
            "high",
            "its place is in `spec.containers[0]`",
        ),
        (deployment(containers=[]), ("spec", "containers"), "medium", "its place is in `template.spec`"),
        (deployment(serviceAccountname="x"), ("spec", "serviceAccountname"), "medium", ""),
        (pod({"hostnames": "a"}), ("spec", "hostnames"), "medium", "did you mean `hostname`?"),
        (pod({"data": {}}), ("spec", "data"), "medium", "delete it, or look up what it is called"),
        (
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a", "spec": {}}},
            ("metadata", "spec"),
            "medium",
            "delete it, or look up what it is called",
        ),
        (
            {
                "apiVersion": "rbac.authorization.k8s.io/v1",
                "kind": "Role",
                "metadata": {"name": "a"},
                "rules": [{"resource": ["pods"]}],
            },
            ("rules", 0, "resource"),
            "high",
            "did you mean `resources`?",
        ),
        (
            {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "a"}, "stringdata": {"p": "x"}},
            ("stringdata",),
            "medium",
            "write `stringData`",
        ),
    ],
)
def test_what_was_meant_is_told(
    raw: dict[str, Any], path: tuple[str | int, ...], severity: str, advice: str
) -> None:
    """The name in its right spelling, or the place where the key is known."""
    ((found, weight, told),) = said(raw)
    assert (found, weight) == (path, severity)
    assert not advice or told == advice


def test_only_the_top_of_what_is_dropped_is_told() -> None:
    assert [path for path, _, _ in said(policy(rules={"from": [{"unknwon": 1}]}))] == [("spec", "rules")]


def test_each_unknown_key_is_a_finding_of_its_own() -> None:
    assert len(said(pod({"a": 1, "b": 2}, container(c=3), container(name="d", e=None)))) == 4


def test_no_value_is_shown_for_it_may_be_a_secret() -> None:
    raw = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "a"}, "password": "hunter2"}
    (finding,) = judge(check, raw)
    assert finding.value is None
    assert b"hunter2" not in msgspec.json.encode(finding)


@pytest.mark.parametrize(
    "raw",
    [
        {**policy(), "status": {"conditions": []}},
        {**pod(), "status": {"phase": "Running", "made-up": 1}},
        pod({"$patch": "replace", "$setElementOrder/containers": []}),
        {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "a"}, "sops": {"version": "3"}},
        pod({}, container(resources={"limits": {"example.com/gpu": 1}})),
        pod({}, container(livenessProbe={"httpGet": {"port": "http"}})),
        {
            "apiVersion": "apps/v1",
            "kind": "ControllerRevision",
            "metadata": {"name": "a"},
            "revision": 1,
            "data": {"spec": {"anything": 1}},
        },
    ],
)
def test_what_is_not_for_the_api_server_to_know_passes(raw: dict[str, Any]) -> None:
    """What it writes itself, what tools take out again, free keys and quoted documents."""
    assert said(raw) == []


def schema(**root: Any) -> dict[str, Any]:
    version = {"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": root}}
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": "databases.example.com"},
        "spec": {"group": "example.com", "versions": [version]},
    }


def test_schemas_are_looked_into_wherever_they_may_stand() -> None:
    """`items` holds one or many, `additionalProperties` a schema or a switch, `default` anything."""
    good = {"type": "object", "additionalProperties": True, "default": {"any": 1}, "dependencies": {"a": ["b"]}}
    assert said(schema(**good, items=[{"type": "string"}])) == []
    bad = {"propertis": {}}
    found = said(
        schema(properties={"a": bad}, items=[bad], additionalProperties=bad, dependencies={"b": bad}, allOf=[bad])
    )
    assert len(found) == 5
    assert {advice for _, _, advice in found} == {"did you mean `properties`?"}


@pytest.mark.parametrize(
    ("version", "kind"), [("extensions/v1beta1", "Deployment"), ("v1", "Deployment"), ("app/v1", "Deployment")]
)
def test_a_version_without_a_table_is_no_pass(version: str, kind: str) -> None:
    """Its fields are not known, so nobody says that they are right."""
    (result,) = run(check, {"apiVersion": version, "kind": kind, "metadata": {"name": "a"}}).results
    assert (result.verdict, result.reason) == ("skip", "not-evaluable-here")


@pytest.mark.parametrize(
    "kind", [("v1", "ConfigMap"), ("example.com/v1", "Database"), ("apps/v1", "ControllerRevision")]
)
def test_a_label_that_is_no_text_is_one_error_and_no_pass(kind: tuple[str, str]) -> None:
    """YAML reads `version: 1.0` as a number: the API server refuses the object, of any kind."""
    raw = {
        "apiVersion": kind[0],
        "kind": kind[1],
        "metadata": {"name": "a", "labels": {"app": "x", "version": 1.0}},
    }
    evaluation = run(check, raw)
    assert [(result.verdict, result.reason) for result in evaluation.results] == [("error", "ill-typed-field")]
    (unknown,) = evaluation.unknowns
    assert "`metadata.labels.version` should be a string but is" in unknown.message


def test_labels_without_a_value_and_those_of_a_quoted_object_pass() -> None:
    """The API server reads null as nothing; what an object quotes is not applied with it."""
    quoted = {"metadata": {"labels": {"version": 1.0}}}
    meta = {"name": "a", "labels": {"app": None}, "annotations": None}
    for raw in (
        {"apiVersion": "apps/v1", "kind": "ControllerRevision", "metadata": meta, "revision": 1, "data": quoted},
        {"apiVersion": "example.com/v1", "kind": "Database", "metadata": meta, "spec": {"template": quoted}},
    ):
        assert run(check, raw).results == ()


def test_findings_beside_an_ill_typed_label_are_kept() -> None:
    raw = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a", "labels": {"version": 1}}, "dta": {}}
    evaluation = run(check, raw)
    assert [finding.path for finding in evaluation.findings] == [("dta",)]
    assert evaluation.results[0].verdict == "error"


def test_findings_beside_an_ill_typed_field_are_kept() -> None:
    evaluation = run(check, policy(podselector={}, egress="x"))
    assert [finding.path[-1] for finding in evaluation.findings] == ["podselector"]
    assert evaluation.results[0].verdict == "error"


def test_the_table_names_its_source_and_every_definition_leads_somewhere() -> None:
    fields = table("fields")
    assert fields["source"].startswith("k8s.io/kubernetes v1.")
    assert fields["definitions"][0] == {}
    count = len(fields["definitions"])
    for shapes in fields["definitions"]:
        for shape in shapes.values():
            number = shape[0] if isinstance(shape, list) else shape[""] if isinstance(shape, dict) else shape
            assert abs(number) < count
