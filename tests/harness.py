"""What tests of checks share: objects from YAML text, one check on one object."""

import copy
from datetime import date
from textwrap import dedent
from typing import Any

from bartizan.app.tables import table
from bartizan.checks.check import NEWEST_MINOR, Check
from bartizan.evaluate import Judge, evaluate
from bartizan.lookups import Inventory
from bartizan.model.finding import Finding
from bartizan.model.patch import apply
from bartizan.model.resource import Origin, Resource
from bartizan.model.result import Evaluation
from bartizan.model.review import Review

TODAY = date(2026, 1, 15)


def resource(raw: dict[str, Any], file: str = "a.yaml", namespace: str = "") -> Resource:
    """An object as if read from `file`."""
    metadata = raw.get("metadata") if isinstance(raw.get("metadata"), dict) else {}
    return Resource(
        raw=raw,
        origin=Origin(file=file),
        api_version=raw["apiVersion"],
        kind=raw["kind"],
        name=metadata.get("name", ""),
        namespace=metadata.get("namespace", namespace),
    )


def parse(text: str) -> dict[str, Any]:
    """One object from YAML text, indented as the test likes."""
    from bartizan.documents.reader import read  # noqa: PLC0415 - checks are tested without it as well

    (document,) = read(dedent(text)).documents
    assert isinstance(document.value, dict)
    return document.value


def pod(spec: dict[str, Any] | None = None, *containers: dict[str, Any], **metadata: Any) -> dict[str, Any]:
    """A minimal Pod with a change: one container called `app` unless others are given."""
    listed = list(containers) or [{"name": "app", "image": "registry.example/app:1"}]
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "web", "namespace": "shop", **metadata},
        "spec": {"containers": listed, **(spec or {})},
    }


def container(**fields: Any) -> dict[str, Any]:
    """A minimal container with a change."""
    return {"name": "app", "image": "registry.example/app:1", **fields}


def run(
    check: Check,
    *objects: dict[str, Any] | Resource,
    minor: int = NEWEST_MINOR,
    params: Any = None,
    **options: Any,
) -> Evaluation:
    """One check over some objects, each able to look up the others."""
    resources = [item if isinstance(item, Resource) else resource(item) for item in objects]
    judge = Judge(check, check.params() if params is None else params, data=table(check.data))
    reviews = [Review(item) for item in resources]
    return evaluate([judge], reviews, Inventory(resources), TODAY, minor=minor, **options)


def judge(check: Check, *objects: dict[str, Any], minor: int = NEWEST_MINOR, params: Any = None) -> list[Finding]:
    """The findings of one check; a check that errs fails the test."""
    evaluation = run(check, *objects, minor=minor, params=params)
    errors = [result for result in evaluation.results if result.verdict == "error"]
    assert not errors, errors
    return list(evaluation.findings)


def fixed(check: Check, raw: dict[str, Any], **options: Any) -> dict[str, Any]:
    """The object after the fixes of all its findings; each must have one."""
    value = copy.deepcopy(raw)
    for finding in judge(check, raw, **options):
        assert finding.fix is not None, finding
        value = apply(finding.fix, value)
    return value
