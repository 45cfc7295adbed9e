"""From read files to a report: order, coverage, the digest of the rules, exceptions of known checks."""

from collections import Counter
from datetime import date

import msgspec
import pytest

from bartizan.app import judging, plugins
from bartizan.app.exceptions import read_exceptions
from bartizan.app.judging import Material, Rules
from bartizan.app.selection import Selection, judges
from bartizan.model.exception import Target
from bartizan.model.finding import SEVERITIES
from bartizan.model.unknown import Unknown
from bartizan.sources.blob import Blob
from bartizan.sources.manifests import read_manifest
from tests.reports.sample import FINDINGS

TODAY = date(2026, 1, 15)
PODS = """\
{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostPID: true, containers: [{name: x, image: "x:1"}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: b}, spec: {containers: x}}
---
a: [
---
a: b
"""
EXCEPTION = """\
apiVersion: bartizan.dev/v1alpha1
kind: Exception
metadata: {name: one}
spec: {target: {check: root-user}, owner: platform, reason: legacy, until: 2026-03-31}
"""


def rules(exceptions: str = "", **wanted: object) -> Rules:
    """The rules of a run."""
    selection = Selection(**wanted)  # type: ignore[arg-type] # names from a table
    entries, _ = read_exceptions([Blob("x.yaml", exceptions.encode())])
    return Rules(
        selection=selection,
        judges=judges(plugins.checks(), selection),
        exceptions=entries,
        fail_on="high",
        at=TODAY,
    )


def material(text: str = PODS) -> Material:
    """One file that was read."""
    return Material(readings=(read_manifest(Blob("a.yaml", text.encode())),), counts=Counter(link=1), files=1)


def test_coverage_counts_everything_once() -> None:
    """In scope: two objects and one document that nobody can read; evaluated: the object without an error."""
    read = material()
    coverage = judging.coverage(read, judging.judge(read, rules()))
    assert (coverage.files, coverage.objects, coverage.evaluated, coverage.in_scope) == (1, 2, 1, 3)
    assert coverage.not_objects == {"link": 1, "not-kubernetes": 1}


def test_unknowns_come_once_and_by_place() -> None:
    late, early = (Unknown(file="b.yaml", line=line, code="syntax", message="x") for line in (9, 2))
    read = msgspec.structs.replace(material("a: ["), unknowns=(late, early, late))
    told = judging.gathered_unknowns(read, judging.judge(read, rules()))
    assert [(unknown.file, unknown.line) for unknown in told] == [("a.yaml", 1), ("b.yaml", 2), ("b.yaml", 9)]


def test_the_worst_and_surest_comes_first() -> None:
    ranked = judging.ranked(reversed(FINDINGS))
    assert ranked == judging.ranked(FINDINGS)
    assert [SEVERITIES.index(finding.severity) for finding in ranked] == sorted(
        SEVERITIES.index(finding.severity) for finding in FINDINGS
    )


def test_equal_rules_have_equal_digests() -> None:
    assert rules().digest == rules().digest
    assert rules().digest.startswith("sha256:")


@pytest.mark.parametrize(
    "other",
    [
        {"exceptions": EXCEPTION},
        {"ignore": ("root-user",)},
        {"persona": "audit"},
        {"minor": 30},
        {"level": "baseline"},
        {"severity": {"root-user": "low"}},
    ],
)
def test_whatever_changes_a_verdict_changes_the_digest(other: dict[str, object]) -> None:
    assert rules(**other).digest != rules().digest  # type: ignore[arg-type] # names from a table


def test_rules_are_told_as_they_are_used() -> None:
    """By id, with the severity that the configuration gives."""
    told = judging.told_rules(rules(severity={"root-user": "critical"}).judges)
    assert [rule.id for rule in told] == sorted(rule.id for rule in told)
    assert {rule.id: rule.severity for rule in told}["root-user"] == "critical"


def test_a_misspelt_target_is_an_unknown() -> None:
    entries, _ = read_exceptions(
        [Blob("x.yaml", f"{EXCEPTION}---\n{EXCEPTION.replace('root-u', 'root-')}".encode())]
    )
    known, unknowns = judging.known_targets(entries, plugins.checks())
    assert [entry.spec.target.check for entry in known] == ["root-user"]
    assert [(item.file, item.line, item.code) for item in unknowns] == [("x.yaml", 6, "unreadable-exception")]
    assert "did you mean `root-user`?" in unknowns[0].message


@pytest.mark.parametrize(
    ("field", "what"),
    [
        ("policy", "policies"),
        ("vulnerability", "vulnerabilities"),
        ("control", "controls"),
        ("mandate", "mandates"),
    ],
)
def test_a_target_that_nothing_judges_is_an_unknown(field: str, what: str) -> None:
    """Somebody relies on it; it does nothing, and says so."""
    entries, _ = read_exceptions([Blob("x.yaml", EXCEPTION.replace("check: root-user", f"{field}: x").encode())])
    known, (unknown,) = judging.known_targets(entries, plugins.checks())
    assert (known, unknown.code) == ((), "unreadable-exception")
    assert unknown.message == f"nothing judges {what} yet, so exception `one` suppresses nothing"


def test_every_target_is_judged_or_told() -> None:
    """A new kind of target must not do nothing in silence."""
    for field in msgspec.structs.fields(Target):
        text = EXCEPTION.replace("check: root-user", f"{field.encode_name}: no-such")
        entries, _ = read_exceptions([Blob("x.yaml", text.encode())])
        assert judging.known_targets(entries, plugins.checks())[0] == ()
