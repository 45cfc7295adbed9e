"""Exceptions as code, read strictly: one that cannot be read is told and suppresses nothing."""

from datetime import date

import pytest

from bartizan.app.exceptions import read_exceptions
from bartizan.model.exception import ExceptionEntry
from bartizan.model.unknown import Unknown
from bartizan.sources.blob import Blob

ONE = """\
apiVersion: bartizan.dev/v1alpha1
kind: Exception
metadata: {name: one}
spec: {target: {check: root-user}, owner: platform, reason: legacy, until: 2026-03-31}
"""


def read(*texts: str | bytes) -> tuple[tuple[ExceptionEntry, ...], tuple[Unknown, ...]]:
    """What some files hold."""
    blobs = [text.encode() if isinstance(text, str) else text for text in texts]
    return read_exceptions(Blob(f"{number}.yaml", data) for number, data in enumerate(blobs))


def test_an_exception_knows_its_file_and_line() -> None:
    entries, unknowns = read(ONE, f"# two of them\n{ONE}---\n{ONE.replace('one', 'two')}")
    assert unknowns == ()
    assert [(entry.name, entry.file, entry.line) for entry in entries] == [
        ("one", "0.yaml", 1),
        ("one", "1.yaml", 2),
        ("two", "1.yaml", 7),
    ]
    assert entries[0].spec.until == date(2026, 3, 31)


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n---\n"])
def test_an_empty_file_holds_none(text: str) -> None:
    assert read(text) == ((), ())


def test_a_broken_one_hides_no_good_one() -> None:
    entries, unknowns = read(f"{ONE}---\na: [\n---\n{ONE.replace('legacy', '')}---\n{ONE.replace('one', 'two')}")
    assert [entry.name for entry in entries] == ["one", "two"]
    assert [unknown.code for unknown in unknowns] == ["unreadable-exception"] * 2
    assert all(unknown.line > 0 for unknown in unknowns)


@pytest.mark.parametrize(
    "text",
    [
        "text",
        "[1]",
        "a: b",
        b"\xff",
        ONE.replace("v1alpha1", "v2"),
        ONE.replace("kind: Exception", "kind: Pod"),
        ONE.replace("name: one", "name: ''"),
        ONE.replace("name: one", "name: 5"),
        ONE.replace("reason: legacy", "reason: '  '"),
        ONE.replace(", reason: legacy", ""),
        ONE.replace("owner: platform", "owner: null"),
        ONE.replace("2026-03-31", "2026-02-31"),
        ONE.replace("2026-03-31", "soon"),
        ONE.replace("2026-03-31", "20260331"),
        ONE.replace("check: root-user", "chek: root-user"),
        ONE.replace("check: root-user", "check: root-user, policy: x"),
        ONE.replace("check: root-user", "check: ''"),
        ONE.replace("until:", "expires:"),
        ONE.replace("owner: platform", "owner: platform, subjects: {name: x}"),
        ONE.replace("owner: platform", "owner: platform, subjects: [{names: x}]"),
        ONE.replace("owner: platform", "owner: platform, allow: {fields: x}"),
    ],
)
def test_one_that_cannot_be_read_is_told(text: str | bytes) -> None:
    entries, unknowns = read(text)
    assert entries == ()
    assert [(unknown.file, unknown.code) for unknown in unknowns] == [("0.yaml", "unreadable-exception")]
    assert unknowns[0].message.startswith("the exception suppresses nothing: ")


@pytest.mark.parametrize("value", ["null", "false", "0", "''", "[a]"])
def test_a_value_that_is_allowed_may_be_anything(value: str) -> None:
    """And `null` is not the same as leaving it out."""
    ((entry,), _) = read(ONE.replace("owner: platform", f"owner: platform, allow: {{value: {value}}}"))
    expected = {"null": None, "false": False, "0": 0, "''": "", "[a]": ["a"]}
    assert entry.spec.allow.value == expected[value]
