"""`--baseline FILE`: a report from then, for places without history."""

import json
from pathlib import Path
from typing import Any

import pytest

from bartizan.app.baseline import compare_with_baseline
from bartizan.app.diff import DiffFlags
from bartizan.app.errors import UsageError
from bartizan.app.plugins import report_format
from bartizan.app.scan import Flags, scan
from bartizan.model.report import Report
from bartizan.reports.format import Options
from tests.app.history import BAD, TODAY, Tree, pod, told, write
from tests.app.test_relaxations import exception

THEN: Tree = {"a.yaml": pod("old", **BAD), "b.yaml": pod()}


def baseline(folder: Path, tree: Tree, **flags: Any) -> Path:
    """The report of a scan of the tree, in a file beside the folder."""
    write(tree, folder)
    report = scan((".",), Flags(**flags), TODAY, cwd=folder)
    file = folder.parent / "baseline.json"
    file.write_text(report_format("json").render(report, Options()))
    return file


def compared(folder: Path, file: Path, tree: Tree, *, keep_unchanged: bool = False, **flags: Any) -> Report:
    write(tree, folder)
    own = DiffFlags(keep_unchanged=keep_unchanged)
    return compare_with_baseline(file, Flags(**flags), own, TODAY, cwd=folder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "folder"


def test_nothing_changed_is_nothing_told(folder: Path) -> None:
    report = compared(folder, baseline(folder, THEN), THEN)
    assert (report.findings, report.exit_status, report.header.verb) == ((), 0, "diff")
    assert report.changes.keys() == {"unchanged"}


def test_new_and_fixed_are_told_and_new_ones_fail(folder: Path) -> None:
    now = {"moved/b.yaml": pod(), "c.yaml": pod("new", **BAD)}
    report = compared(folder, baseline(folder, THEN), now)
    assert ("host-namespaces", "c.yaml") in told(report)
    assert ("host-namespaces", "a.yaml") in told(report, "fixed")
    assert {file for _, file in told(report)} == {"c.yaml"}
    assert report.exit_status == 1


def test_unchanged_ones_are_kept_where_asked(folder: Path) -> None:
    report = compared(folder, baseline(folder, THEN), THEN, keep_unchanged=True)
    assert {finding.change for finding in report.findings} == {"unchanged"}


def test_a_finding_of_a_check_that_did_not_take_part_is_incomparable(folder: Path) -> None:
    file = baseline(folder, THEN, skip=("host-namespaces",))
    report = compared(folder, file, THEN)
    assert told(report, "incomparable") == [("host-namespaces", "a.yaml")]
    assert (told(report), report.exit_status) == ([], 3)


def test_a_finding_that_nobody_looked_for_is_not_fixed(folder: Path) -> None:
    report = compared(folder, baseline(folder, THEN), THEN, skip=("host-namespaces",))
    assert told(report, "incomparable") == [("host-namespaces", "a.yaml")]
    assert told(report, "fixed") == []


def test_a_file_that_was_unreadable_then_is_incomparable(folder: Path) -> None:
    file = baseline(folder, {**THEN, "c.yaml": "a: [\n"})
    report = compared(folder, file, {**THEN, "c.yaml": pod("c", **BAD)})
    assert ("host-namespaces", "c.yaml") in told(report, "incomparable")
    assert told(report) == []


def test_a_file_that_is_unreadable_now_fixes_nothing(folder: Path) -> None:
    report = compared(folder, baseline(folder, THEN), {**THEN, "a.yaml": "a: [\n"})
    assert ("host-namespaces", "a.yaml") in told(report, "incomparable")
    assert (told(report, "fixed"), report.exit_status) == ([], 3)


def test_an_object_on_which_a_check_erred_then_is_incomparable(folder: Path) -> None:
    file = baseline(folder, {"a.yaml": pod(hostPID="'x'")})
    report = compared(folder, file, {"a.yaml": pod(hostPID=True)})
    assert told(report, "incomparable") == [("host-namespaces", "a.yaml")]


def test_what_an_exception_hid_then_is_new_when_it_hides_no_more(folder: Path) -> None:
    held = {**THEN, ".bartizan/exceptions/e.yaml": exception()}
    report = compared(folder, baseline(folder, held), THEN)
    assert told(report) == [("host-namespaces", "a.yaml")]


def test_a_second_equal_object_is_new(folder: Path) -> None:
    report = compared(folder, baseline(folder, THEN), {**THEN, "copy.yaml": pod("old", **BAD)})
    assert ("host-namespaces", "copy.yaml") in told(report)


def test_the_baseline_may_lie_among_the_manifests(folder: Path) -> None:
    """It is no Kubernetes object, and not judged."""
    file = baseline(folder, THEN)
    report = compared(folder, file, {**THEN, "baseline.json": file.read_text()})
    assert (report.findings, report.exit_status) == ((), 0)


def _altered(file: Path, **changes: object) -> str:
    return json.dumps({**json.loads(file.read_text()), **changes})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no report"),
        ("{}", "no report"),
        ("[]", "no report"),
        ("not json", "no report"),
        ('{"version": "2.1.0", "runs": []}', "no report"),
        (pod(), "no report"),
        ("\ud800", "no report"),
        ("[" * 100_000, "no report"),
    ],
)
def test_a_file_that_is_no_report_is_a_usage_error_with_advice(text: str, words: str, folder: Path) -> None:
    write(THEN, folder)
    file = folder.parent / "baseline.json"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(UsageError, match=f"{words}.*-o json=FILE"):
        compared(folder, file, THEN)


def test_a_report_of_another_version_or_of_a_change_is_no_baseline(folder: Path) -> None:
    file = baseline(folder, THEN)
    header = json.loads(file.read_text())["header"]
    for changes, words in (
        ({"version": "bartizan.report/v9"}, "another version"),
        ({"header": {**header, "verb": "diff"}}, "a change"),
    ):
        other = folder.parent / "other.json"
        other.write_text(_altered(file, **changes))
        with pytest.raises(UsageError, match=words):
            compared(folder, other, THEN)


def test_a_file_that_is_not_there_is_a_usage_error(folder: Path) -> None:
    with pytest.raises(UsageError, match="cannot be opened"):
        compared(folder, folder.parent / "nowhere.json", THEN)


def test_fields_of_a_later_report_are_no_trouble(folder: Path) -> None:
    """The format only grows."""
    file = baseline(folder, THEN)
    file.write_text(_altered(file, later={"more": [1]}))
    assert compared(folder, file, THEN).exit_status == 0
