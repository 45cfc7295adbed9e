"""What holds for every format alike."""

import time
from itertools import cycle, islice

import msgspec
import pytest

from bartizan.model.finding import SEVERITIES, Finding
from bartizan.model.report import Report
from bartizan.reports._summary import headline
from bartizan.reports.format import Options
from tests.reports.formats import BARE, NAMES, format_named, render
from tests.reports.sample import CLEAN, DIFF, NOTHING, REPORTS, SCAN, UNREAD

every_format = pytest.mark.parametrize("name", NAMES)


def many(count: int) -> Report:
    """The sample's findings again and again, ranked."""

    def numbered(index: int, finding: Finding) -> Finding:
        subject = msgspec.structs.replace(finding.subject, name=f"{finding.subject.name}-{index % 5000}")
        return msgspec.structs.replace(finding, subject=subject, occurrence=index)

    findings = [numbered(*pair) for pair in enumerate(islice(cycle(SCAN.findings), count))]
    findings.sort(key=lambda finding: SEVERITIES.index(finding.severity))
    return msgspec.structs.replace(SCAN, findings=tuple(findings))


@every_format
def test_is_called_like_its_file_and_takes_findings(name: str) -> None:
    assert format_named(name).name == name
    assert "findings" in format_named(name).accepts


@every_format
@pytest.mark.parametrize("which", REPORTS)
def test_says_who_judged_by_what_and_as_of_when(name: str, which: str) -> None:
    header = REPORTS[which].header

    text = render(name, REPORTS[which])

    if name in BARE and which == "clean":
        assert text == "[]\n"
        return

    assert all(
        fact in text for fact in (header.version, header.kubernetes_version, header.as_of, header.policy_set)
    )


@every_format
@pytest.mark.parametrize("which", REPORTS)
def test_says_how_much_of_the_scope_was_evaluated_and_why_it_exits_so(name: str, which: str) -> None:
    report = REPORTS[which]
    evaluated, in_scope = report.coverage.evaluated, report.coverage.in_scope

    text = render(name, report)

    if name in BARE and report is CLEAN:
        assert text == "[]\n"
        return
    assert f"{evaluated} of {in_scope} in scope" in text or NOTHING is report
    assert report.gate.partition(": ")[2] in text


@every_format
@pytest.mark.parametrize("report", [SCAN, DIFF, UNREAD])
def test_shows_each_unknown(name: str, report: Report) -> None:
    text = render(name, report)

    assert all(unknown.code in text and unknown.file in text for unknown in report.unknowns)


@every_format
def test_tells_clean_from_nothing_looked_at_and_from_not_known(name: str) -> None:
    clean = "[]\n" if name in BARE else "Clean: no finding; 4 of 4 in scope evaluated."
    assert clean in render(name, CLEAN)
    assert "Nothing was looked at" in render(name, NOTHING)
    assert "Not known to be clean" in render(name, UNREAD)
    for unclean in (SCAN, DIFF, NOTHING, UNREAD):
        assert "Clean: " not in render(name, unclean)


@every_format
def test_a_run_without_checks_does_not_read_as_clean(name: str) -> None:
    unjudged = msgspec.structs.replace(CLEAN, rules=(), tally={})

    text = render(name, unjudged)

    assert "Nothing was judged: no check took part" in text
    assert "Clean: " not in text


@every_format
def test_an_error_of_a_check_is_told_even_without_an_unknown(name: str) -> None:
    report = msgspec.structs.replace(CLEAN, results=SCAN.results, tally=SCAN.tally)

    text = render(name, report)

    assert "ill-typed-field" in text
    assert "Clean: " not in text


@every_format
def test_shows_each_finding_and_its_place(name: str) -> None:
    text = render(name, SCAN)

    for finding in SCAN.findings:
        if not finding.exception:
            assert finding.check in text
            assert finding.subject.name in text


@every_format
def test_ends_with_a_line_end_and_is_the_same_each_time(name: str) -> None:
    text = render(name, SCAN)

    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert render(name, SCAN) == text


@every_format
def test_sixty_thousand_findings_take_seconds_at_most(name: str) -> None:
    report = many(60_000)
    start = time.perf_counter()

    text = render(name, report)

    assert time.perf_counter() - start < 10, "a second on an idle machine"
    assert len(text) < 100_000_000


def test_nothing_could_be_evaluated_only_where_nothing_was_found() -> None:
    """An object with a finding and an error counts as not evaluated; the finding is true all the same."""
    coverage = msgspec.structs.replace(SCAN.coverage, evaluated=0, in_scope=1)
    found = msgspec.structs.replace(SCAN, coverage=coverage)
    silent = msgspec.structs.replace(found, findings=())
    assert headline(found).endswith("; 0 of 1 in scope evaluated.")
    assert "finding" in headline(found)
    assert headline(silent) == "Nothing could be evaluated: 0 of 1 in scope."


@pytest.mark.parametrize("name", ["json", "sarif"])
@pytest.mark.parametrize("count", [0, 1, 499, 500, 501, 1200])
def test_a_stream_is_one_well_formed_text(name: str, count: int) -> None:
    """Whatever falls on the border of a batch: the same as if the whole had been written at once."""
    report = msgspec.structs.replace(many(count), results=())
    pieces = list(format_named(name).pieces(report, Options()))
    text = "".join(pieces)
    assert len(pieces) == 2 + -(-count // 500)
    assert text == msgspec.json.format(text, indent=2).strip() + "\n"
    document = msgspec.json.decode(text)
    results = document["runs"][0]["results"] if name == "sarif" else document["results"]
    assert len(results) == count
