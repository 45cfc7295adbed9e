import re

import msgspec
import pytest

from tests.reports.formats import render
from tests.reports.sample import DIFF, REPORTS, SCAN
from tests.reports.test_every_format import many


@pytest.mark.parametrize("which", REPORTS)
@pytest.mark.parametrize("width", [60, 80, 100, 160])
def test_lines_fit_the_terminal(which: str, width: int) -> None:
    too_long = [line for line in render("table", REPORTS[which], width=width).splitlines() if len(line) > width]

    assert too_long == []


def test_a_terminal_of_no_width_does_not_stop_it() -> None:
    assert "CRITICAL" in render("table", SCAN, width=0)


def test_no_finding_is_left_out_however_many_say_the_same() -> None:
    report = many(500)

    text = render("table", report)

    for finding in report.findings:
        if not finding.exception:
            assert finding.subject.name in text
    assert "the same on" in text


def test_what_one_check_says_of_several_objects_is_said_once() -> None:
    text = render("table", SCAN)

    assert text.count("the root file system is writable") == 1
    assert "the same on 3 more:" in text


def test_a_container_by_another_name_is_no_other_message() -> None:
    first = SCAN.findings[0]
    other = msgspec.structs.replace(
        first,
        subject=msgspec.structs.replace(first.subject, container="metrics"),
        message=first.message.replace("`app`", "`metrics`"),
    )

    text = render("table", msgspec.structs.replace(SCAN, findings=(first, other)))

    assert text.count("runs privileged") == 1
    assert "Deployment shop/web [metrics]" in text


def test_colour_says_nothing_that_words_do_not_say() -> None:
    plain = re.sub(r"\x1b\[[0-9;]*m", "", render("table", SCAN, color=True))

    assert plain == render("table", SCAN)


def test_suppressed_findings_are_counted_and_shown_when_asked_for() -> None:
    assert "suppressed   2 findings by exception: batch-limits 1, node-agent-needs-devices 1" in render(
        "table", SCAN
    )
    assert "exception: batch-limits" in render("table", SCAN, show=frozenset({"suppressed"}))


def test_skips_are_counted_and_shown_when_asked_for() -> None:
    assert "SKIP" not in render("table", SCAN)
    assert "skipped      1 judgement: not-evaluable-here 1" in render("table", SCAN)
    assert "needs inventory" in render("table", SCAN, show=frozenset({"skip"}))


def test_a_diff_tells_new_then_incomparable_then_fixed_and_counts_the_unchanged() -> None:
    text = render("table", DIFF)

    assert text.index("NEW: 3") < text.index("INCOMPARABLE: 1") < text.index("FIXED: 2")
    assert "3 new · 1 incomparable · 2 fixed · 4 unchanged" in text


def test_wide_characters_count_as_two_columns() -> None:
    wide = msgspec.structs.replace(SCAN.findings[0], message=" ".join(["名前"] * 30))
    lines = render("table", msgspec.structs.replace(SCAN, findings=(wide,)), width=60).splitlines()

    assert max(sum(2 if ord(char) > 0x3000 else 1 for char in line) for line in lines if "名" in line) <= 60
