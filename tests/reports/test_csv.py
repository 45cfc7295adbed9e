import csv
import io

import msgspec
import pytest

from bartizan.model.report import Report
from tests.reports.formats import render
from tests.reports.sample import CLEAN, DIFF, NOTHING, REPORTS, SCAN
from tests.reports.test_hostile import HOSTILE, spoilt

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\uff1d1", "=cmd|' /C calc'!A0"]


def rows(report: Report = SCAN) -> list[dict[str, str]]:
    """As a strict reader of RFC 4180 sees them."""
    return list(csv.DictReader(io.StringIO(render("csv", report), newline=""), strict=True))


@pytest.mark.parametrize("report", [*REPORTS.values(), *map(spoilt, HOSTILE.values())])
def test_every_row_has_every_column_and_ends_as_the_standard_says(report: Report) -> None:
    lines = render("csv", report).split("\r\n")

    assert lines.pop() == ""
    assert not any("\n" in line or "\r" in line for line in lines)
    assert {len(row) for row in csv.reader(lines, strict=True)} == {21}


def test_columns_keep_their_names_and_their_order() -> None:
    """New ones come last."""
    header = render("csv", CLEAN).partition("\r\n")[0]

    assert header.startswith(
        "record,severity,check,reason,message,api_version,kind,namespace,name,container,file,line,column,path,value,"
        "confidence,persona,change,exception,fingerprint,occurrence"
    )


def test_each_finding_and_each_thing_not_looked_at_is_a_row() -> None:
    records = [row["record"] for row in rows()]

    assert records.count("run") == 1
    assert records.count("finding") == 9
    assert records.count("suppressed") == 2
    assert records.count("unknown") == len(SCAN.unknowns)
    assert records.count("error") == 2
    assert records.count("skip") == 1
    assert [row["record"] for row in rows(DIFF)].count("fixed") == 2


def test_a_clean_run_and_one_that_saw_nothing_differ_in_their_only_row() -> None:
    (clean,), (nothing,) = rows(CLEAN), rows(NOTHING)

    assert clean["message"].startswith("Clean: ")
    assert nothing["message"].startswith("Nothing was looked at")


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_cell_holds_a_character_that_acts_or_more_than_a_spreadsheet_takes(kind: str) -> None:
    cells = [cell for row in rows(spoilt(HOSTILE[kind])) for cell in row.values()]

    assert all(cell.isprintable() for cell in cells)
    assert max(map(len, cells)) <= 32_767


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_begins_a_formula(text: str) -> None:
    for row in rows(spoilt(text)):
        assert not any(cell.strip().startswith(tuple("=+-@\uff1d")) for cell in row.values())


def test_quotes_commas_and_line_ends_come_through() -> None:
    said = msgspec.structs.replace(SCAN.findings[0], message='say "no", please\nnow')

    row = rows(msgspec.structs.replace(SCAN, findings=(said,)))[1]

    assert row["message"] == 'say "no", please\\nnow'


def test_a_scalar_is_written_as_in_yaml() -> None:
    told = {row["check"]: row["value"] for row in rows()}

    assert told["host-namespaces"] == "true"
    assert told["cluster-admin-binding"] == ""
