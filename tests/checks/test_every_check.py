"""Every check: a passing, a failing, an absent-field and an ill-typed case, over every kind of workload."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import msgspec
import pytest

from bartizan.app import plugins
from bartizan.checks.check import Check
from bartizan.model.patch import apply
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.workload import TEMPLATES
from tests.checks.cases import Case, Cases
from tests.harness import run

CHECKS = [check for check in plugins.checks() if check.judges in ("container", "pod", "object")]
CUSTOM = GroupKind("example.com", "Database")
"""A kind that nobody knows: its pod is found by its shape."""
TEMPLATE_OF = {**TEMPLATES, CUSTOM: ("spec", "template")}
WITH_POD = sorted(TEMPLATE_OF)
VERSIONS = {"": "v1", "batch": "batch/v1"}


def folder(check: Check) -> str:
    find = check.find or check.rules[0][1]
    return find.__module__.split(".")[-2]


def cases_of(check: Check) -> Cases:
    module = import_module(f"tests.checks.{folder(check)}.test_{check.id.replace('-', '_')}")
    cases = getattr(module, "CASES", None)
    assert isinstance(cases, Cases), f"write CASES in {module.__name__}"
    return cases


def objects(check: Check, case: Case, kind: GroupKind | None) -> list[Any]:
    if check.judges == "object":
        return case if isinstance(case, list) else [case]
    assert isinstance(case, dict)
    assert kind is not None
    spec = {"containers": [{"name": "app", "image": "registry.example/app:1"}]}
    namespace = "shop"
    metadata: dict[str, Any] = {"name": "web", "labels": {"app": "web"}}
    if check.judges == "container":
        spec["containers"] = [{**spec["containers"][0], **case}]
    else:
        spec = {**spec, **{key: value for key, value in case.items() if key not in ("metadata", "namespace")}}
        metadata = {**metadata, **case.get("metadata", {})}
        namespace = case.get("namespace", namespace)
    return [workload(kind, {"metadata": metadata, "spec": spec}, namespace)]


def workload(kind: GroupKind, template: dict[str, Any], namespace: str) -> dict[str, Any]:
    """An object of the kind that makes the pod of the template."""
    version = VERSIONS.get(kind.group, f"{kind.group}/v1")
    raw: dict[str, Any] = {
        "apiVersion": version,
        "kind": kind.kind,
        "metadata": {"name": "web", "namespace": namespace},
    }
    path = TEMPLATE_OF[kind]
    if not path:
        return {**raw, **template, "metadata": {**template["metadata"], **raw["metadata"]}}
    inner: dict[str, Any] = template
    for step in reversed(path):
        inner = {step: inner}
    return {**raw, **inner}


def ways(check: Check) -> Iterator[GroupKind | None]:
    yield from WITH_POD if check.judges != "object" else (None,)


def verdict(check: Check, case: Case, kind: GroupKind | None, cases: Cases) -> str:
    given = msgspec.convert(cases.params, check.params)
    judged = [*objects(check, case, kind), *cases.beside]
    evaluation = run(check, *judged, params=given, keep_passes=True)
    result = next(result for result in evaluation.results if result.subject.name == _name(judged[0]))
    return result.verdict


def _name(raw: dict[str, Any] | Resource) -> str:
    if isinstance(raw, Resource):
        return raw.name
    metadata = raw.get("metadata")
    name = metadata.get("name", "") if isinstance(metadata, dict) else ""
    return name if isinstance(name, str) else ""


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
class TestEveryCheck:
    def test_passes_and_fails(self, check: Check) -> None:
        cases = cases_of(check)
        assert cases.passes
        assert cases.fails
        for kind in ways(check):
            for case in cases.passes:
                assert verdict(check, case, kind, cases) == "pass", (kind, case)
            wanted = "pass" if kind and kind.kind in cases.leaves_out else "fail"
            for case in cases.fails:
                assert verdict(check, case, kind, cases) == wanted, (kind, case)

    def test_a_field_that_is_not_there_has_its_default(self, check: Check) -> None:
        cases = cases_of(check)
        for kind in ways(check):
            left_out = kind is not None and kind.kind in cases.leaves_out
            wanted = "fail" if cases.absent_fails and not left_out else "pass"
            assert verdict(check, cases.absent, kind, cases) == wanted, kind

    def test_an_ill_typed_field_is_an_error_and_never_a_pass(self, check: Check) -> None:
        cases = cases_of(check)
        assert bool(cases.ill_typed) == cases.reads_fields
        for kind in ways(check):
            for case in cases.ill_typed:
                assert verdict(check, case, kind, cases) == "error", (kind, case)

    def test_a_fix_mends_what_it_was_made_for(self, check: Check) -> None:
        """Every fix of every failing case, applied to the object: no finding with a fix is left."""
        cases = cases_of(check)
        params = msgspec.convert(cases.params, check.params)
        for kind in ways(check):
            for case in cases.fails:
                first, *others = [*objects(check, case, kind), *cases.beside]
                for finding in run(check, first, *others, params=params).findings:
                    if finding.fix is not None and finding.subject.name == _name(first):
                        first = apply(finding.fix, first)
                left = run(check, first, *others, params=params).findings
                assert [f for f in left if f.fix and f.subject.name == _name(first)] == [], (kind, case)
