"""Answers `{"verdict": pass, fail or error, "controls": [the objecting controls, by the standard's name]}`.

Each pod takes the way of a file that `bartizan scan --level … --kubernetes-version …` reads.
"""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from bartizan.app import judging, plugins, selection
from bartizan.app.judging import Material, Rules
from bartizan.checks.check import Level
from bartizan.model.result import Result
from bartizan.sources.blob import Blob
from bartizan.sources.manifests import read_manifest

from . import cases

ANY_DAY = date(2026, 1, 15)
"""The day by which exceptions expire; there are none."""


def answers(folder: Path) -> Iterator[dict[str, Any]]:
    """One answer a case."""
    for case in cases.read(folder):
        answer = _verdict(case["pod"], _rules(case["level"], case["version"]))
        yield {"case": case["name"], "answer": answer}


@cache
def _rules(level: Level, version: str) -> Rules:
    wanted = selection.Selection(level=level, minor=selection.minor(version))
    judges = selection.judges(plugins.checks(), wanted)
    return Rules(selection=wanted, judges=judges, exceptions=(), fail_on="info", at=ANY_DAY)


def _verdict(pod: dict[str, Any], rules: Rules) -> dict[str, Any]:
    reading = read_manifest(Blob("pod.json", json.dumps(pod).encode()))
    material = Material(readings=(reading,), files=1)
    evaluation = judging.judge(material, rules)
    unknowns = judging.gathered_unknowns(material, evaluation)
    results = evaluation.results
    standards = {judge.check.id: judge.check.standard for judge in rules.judges}
    controls = sorted({standards[result.judge] for result in results if result.verdict == "fail"})
    reasons = [unknown.message for unknown in unknowns]
    reasons += [f"{result.judge}: {result.verdict} {result.message}" for result in results if not _is_sure(result)]
    if reasons or not evaluation.evaluated:
        return {"verdict": "error", "controls": controls, "reasons": reasons}
    return {"verdict": "fail" if controls else "pass", "controls": controls}


def _is_sure(result: Result) -> bool:
    return result.verdict in ("pass", "fail")
