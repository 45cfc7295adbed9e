"""Answers `{"verdict": pass, fail or error, "findings": [check and place], "reasons": [why it is an error]}`.

The objects of a case take the way of a file that `bartizan scan` reads, and all are judged together.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from bartizan.app import judging, plugins, selection
from bartizan.app.judging import Material, Rules
from bartizan.model.finding import Finding
from bartizan.sources.blob import Blob
from bartizan.sources.manifests import read_manifest

from . import cases

ANY_DAY = date(2026, 1, 15)
"""The day by which exceptions expire; there are none."""

NAMESPACE = "default"
"""Of objects that name none, as the cluster that the library looks at would have it."""

Claim = Mapping[str, Any]


def answers(folder: Path) -> Iterator[dict[str, Any]]:
    """One answer a case."""
    claims = cases.claims()
    for name, case in cases.read(folder):
        claim = claims.get(case["rule"])
        if claim is None:
            yield {"case": name, "skipped": cases.NOT_CLAIMED}
        else:
            yield {"case": name, "answer": _verdict(case["input"], claim, _params(claim, case["inputs"]))}


def _params(claim: Claim, inputs: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The parameters of the claimed checks: fixed ones, and those that the case gives."""
    params: dict[str, dict[str, Any]] = {check: dict(given) for check, given in claim.get("params", {}).items()}
    for key, place in claim.get("inputs", {}).items():
        check, _, param = place.partition(".")
        given = params.setdefault(check, {})
        given[param] = [*given.get(param, ()), *inputs[key]]
    return params


def _rules(claim: Claim, params: dict[str, dict[str, Any]]) -> Rules:
    wanted = selection.Selection(select=tuple(claim["checks"]), persona="audit", params=params)
    judges = selection.judges(plugins.checks(), wanted)
    return Rules(selection=wanted, judges=judges, exceptions=(), fail_on="info", at=ANY_DAY)


def _verdict(objects: list[Any], claim: Claim, params: dict[str, dict[str, Any]]) -> dict[str, Any]:
    blobs = [Blob(f"{index}.json", json.dumps(raw).encode()) for index, raw in enumerate(objects)]
    material = Material(readings=tuple(read_manifest(blob, NAMESPACE) for blob in blobs), files=len(blobs))
    evaluation = judging.judge(material, _rules(claim, params))
    findings = [finding for finding in evaluation.findings if _counts(finding, claim)]
    reasons = [unknown.message for unknown in judging.gathered_unknowns(material, evaluation)]
    reasons += [
        f"{r.judge}: {r.verdict} {r.message}" for r in evaluation.results if r.verdict in ("error", "skip")
    ]
    verdict = "fail" if findings else "error" if reasons else "pass"
    return {"verdict": verdict, "findings": _told(findings), "reasons": sorted(set(reasons))}


def _counts(finding: Finding, claim: Claim) -> bool:
    """Whether the rule speaks of what was found: one check may answer several rules by several fields."""
    patterns = claim.get("paths", ["*"])
    kinds = claim.get("kinds", [finding.subject.kind])
    return finding.subject.kind in kinds and any(fnmatchcase(finding.keyed_path, pattern) for pattern in patterns)


def _told(findings: Iterable[Finding]) -> list[str]:
    return sorted({f"{finding.check} at {finding.subject.title} {finding.keyed_path}" for finding in findings})
