"""Names and messages that a stranger chose cannot do anything to the reader's terminal, browser or parser."""

from xml.etree import ElementTree as ET  # the text is our own output

import msgspec
import pytest

from bartizan.model.finding import Finding, Location
from bartizan.model.report import Report
from bartizan.model.resource import Subject
from bartizan.model.result import Result
from bartizan.model.unknown import Unknown
from tests.reports.formats import NAMES, render
from tests.reports.sample import DIFF, SCAN

HOSTILE = {
    "escape": "a\x1b[2J\x1b]0;owned\x07b",
    "c1": "a\x9b31mb",
    "null": "a\x00b",
    "line ends": "a\r\n::error::owned\n::warning::b",
    "script": "<script>alert(1)</script>",
    "closes": "\"></script></style></pre><img src=x onerror=alert(1)>'",
    "cdata": "]]><x/>",
    "comment": "--><!--",
    "surrogate": "a\ud800b",
    "bidi": "a\u202eb\u2066c",
    "separator": "a\u2028b\x85c",
    "not a character": "a\uffffb\ufdd0",
    "percent": "%0A::error::100%",
    "link": "[click](javascript:alert(1)) [click](https://evil.example)",
    "placeholder": "{0} {1}",
    "backticks": "`` ` ```",
    "long": "x" * 100_000,
    "wide": "名前" * 40,
}


def spoilt(text: str) -> Report:
    """The sample with one text in every place that a stranger fills."""
    subject = Subject(text, text, text, text, text)
    findings = tuple(_spoilt(finding, subject, text) for finding in SCAN.findings)
    unknowns = (Unknown(file=text, line=1, code="syntax", message=text, subject=text),)
    error = Result(judge="writable-root", subject=subject, verdict="error", file=text, reason="x", message=text)
    skip = Result(judge="writable-root", subject=subject, verdict="skip", reason="x", message=text)
    header = msgspec.structs.replace(SCAN.header, inputs=(text,))
    changes = {"findings": findings, "unknowns": unknowns, "results": (error, skip), "header": header}
    return msgspec.structs.replace(SCAN, **changes, gate=text)


def _spoilt(finding: Finding, subject: Subject, text: str) -> Finding:
    fix = tuple(
        msgspec.structs.replace(op, value={text: [text]}, path=(text, 0, text)) for op in finding.fix or ()
    )
    return msgspec.structs.replace(
        finding,
        subject=subject,
        message=text,
        location=Location(text, 3, 1),
        path=(text, 0, text),
        keyed_path=text,
        evidence=text,
        value=text,
        fix=fix or None,
        exception=text if finding.exception else "",
    )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", HOSTILE)
def test_every_format_renders_it_and_can_be_stored(name: str, kind: str) -> None:
    text = render(name, spoilt(HOSTILE[kind]), show=frozenset({"skip", "suppressed"}))

    assert text.encode()


@pytest.mark.parametrize("name", ["table", "github", "html", "markdown"])
@pytest.mark.parametrize("kind", HOSTILE)
def test_what_people_see_holds_no_character_that_acts(name: str, kind: str) -> None:
    text = render(name, spoilt(HOSTILE[kind]), show=frozenset({"skip", "suppressed"}))

    assert text.replace("\n", "").isprintable()


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_workflow_command_starts_only_where_we_start_one(kind: str) -> None:
    lines = render("github", spoilt(HOSTILE[kind])).splitlines()

    assert len(lines) == len(render("github", spoilt("harmless")).splitlines())
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in lines)


@pytest.mark.parametrize("kind", HOSTILE)
def test_junit_is_well_formed_and_keeps_its_shape(kind: str) -> None:
    tree = ET.fromstring(render("junit", spoilt(HOSTILE[kind])))  # noqa: S314 - our own output

    expected = ET.fromstring(render("junit", spoilt("harmless")))  # noqa: S314
    assert [element.tag for element in tree.iter()] == [element.tag for element in expected.iter()]


def test_a_huge_integer_in_a_fix_does_not_stop_json() -> None:
    (first, *_) = DIFF.findings
    assert first.fix
    huge = msgspec.structs.replace(first, fix=(msgspec.structs.replace(first.fix[0], value=2**70),))

    document = msgspec.json.decode(render("json", msgspec.structs.replace(DIFF, findings=(huge,))))

    assert int(document["results"][0]["fix"][0]["value"]) == 2**70
