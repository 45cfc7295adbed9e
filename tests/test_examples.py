"""The examples hold what their pages say."""

import re
from datetime import date
from pathlib import Path

from bartizan.app.scan import Flags, scan
from bartizan.model.finding import Persona

ROOT = Path(__file__).parents[1]
SHOP = ROOT / "examples" / "harbor-market"
ROW = re.compile(r"\| `(?P<file>[^`]+)` \| (?P<fault>.+) \| (?:`(?P<check>[a-z-]+)`|not yet told) \|")


def findings(persona: Persona = "audit") -> set[tuple[str, str]]:
    """File and check of each finding in the shop."""
    report = scan((str(SHOP),), Flags(persona=persona), date(2026, 1, 15), cwd=SHOP)
    assert report.unknowns == ()
    return {(finding.location.file, finding.check) for finding in report.findings}


def rows() -> list[tuple[str, str | None]]:
    """The table of faults: file, and the check that tells it."""
    return [(row["file"], row["check"]) for row in ROW.finditer((SHOP / "README.md").read_text())]


def test_each_fault_of_the_shop_is_told_by_the_check_that_its_page_names() -> None:
    told = [row for row in rows() if row[1]]
    assert len(told) > 30
    assert [row for row in told if row not in findings()] == []


def test_a_fault_that_is_not_yet_told_stands_in_a_file_without_findings() -> None:
    """So that the page is corrected on the day on which a check learns to tell it."""
    files = {file for file, _ in findings()}
    assert [file for file, check in rows() if check is None and file in files] == []


def test_every_file_with_a_finding_stands_in_the_table() -> None:
    """The well-kept part of the shop is well kept: who asks for no opinions is told nothing of it."""
    assert {file for file, _ in findings("regular")} - {file for file, _ in rows()} == set()
