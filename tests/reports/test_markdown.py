"""What GitHub's own renderer makes of the page."""

from html.parser import HTMLParser
from typing import Any

import cmarkgfm
import msgspec
import pytest
from cmarkgfm.cmark import Options as Cmark
from hypothesis import given
from hypothesis import strategies as st

from bartizan.model.report import Report
from bartizan.reports._markdown_text import code, fenced, prose
from tests.reports.formats import render
from tests.reports.sample import CLEAN, DIFF, NOTHING, REPORTS, SCAN, UNREAD
from tests.reports.test_every_format import many
from tests.reports.test_hostile import HOSTILE, spoilt

NEWLY_HOSTILE = {
    "mention": "@octocat and @org/team",
    "reference": "#1 GH-1 org/repo#2 !3 &4 $5 %6 ~label 0123456789abcdef0123456789abcdef01234567",
    "address": "https://evil.example www.evil.example someone@evil.example",
    "picture": "![x](https://evil.example/x.png)",
    "row": "a | b |\n|---|---|\n| c | d |",
    "bars": "a|b \\|c \\\\|d \\\\\\|e | f",
    "heading": "# owned\n## owned",
    "fence": "```\n</details>\n```` ~~~ <!-- \n-->",
    "comment": "<!-- bartizan --> --> <!--",
    "emphasis": "**bold** _it_ ~~gone~~ :tada: \\* &lt;b&gt;",
    "ticks": "`` a ` b ``` c",
    "action": "/close\n/merge",
}
TAGS = {
    *("h2", "h3", "p", "br", "hr", "strong", "sub", "code", "pre", "ul", "li", "details", "summary"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
LIMIT = 65_536


class Page(HTMLParser):
    """Tags in their order, and the text that stands outside of code."""

    def __init__(self, markdown: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []
        self._in_code = 0
        self.feed(cmarkgfm.github_flavored_markdown_to_html(markdown, Cmark.CMARK_OPT_UNSAFE))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's
        self.tags.append(tag)
        self._in_code += tag == "code"

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"/{tag}")
        self._in_code -= tag == "code"

    def handle_data(self, data: str) -> None:
        if not self._in_code:
            self.words.append(data)

    @property
    def shape(self) -> list[str]:
        """The tags but for code, of which one name may need several."""
        return [tag for tag in self.tags if tag.strip("/") != "code"]


def page(report: Report, **options: Any) -> Page:
    return Page(render("markdown", report, **options))


@pytest.mark.parametrize("kind", [*(kind for kind in HOSTILE if kind != "long"), *NEWLY_HOSTILE])
def test_names_and_messages_change_nothing_of_the_page(kind: str) -> None:
    text = (HOSTILE | NEWLY_HOSTILE)[kind]
    shown = frozenset({"suppressed"})
    made, expected = page(spoilt(text), show=shown), page(spoilt("harmless"), show=shown)

    assert {tag.strip("/") for tag in made.tags} <= TAGS
    assert made.shape == expected.shape
    assert not any(sign in word for word in made.words for sign in ("@", "#", "://", "www", "!", "<", "|", "`"))


@given(st.text(alphabet=st.sampled_from("ab1 @#!|\\`*_[]()<>&:/.-~\n\t'\"\u202e\ud800é")))
def test_whatever_is_written_stays_in_its_cell_and_makes_no_markup(text: str) -> None:
    table = f"| a | b |\n|---|---|\n| {prose(text, cell=True)} | {code(text, cell=True)} |\n"
    cells = ["table", "thead", "tr", "th", "/th", "th", "/th", "/tr", "/thead"]
    cells += ["tbody", "tr", "td", "/td", "td", "/td", "/tr", "/tbody", "/table"]

    assert Page(table).shape == cells
    assert Page(f"- so {prose(text)} end").shape == ["ul", "li", "/li", "/ul"]


@given(st.lists(st.text(alphabet=st.sampled_from("a `~\n<>@"))))
def test_no_line_ends_a_block_of_code(lines: list[str]) -> None:
    assert Page(fenced(lines, "diff") + "\n\nend").tags == ["pre", "code", "/code", "/pre", "p", "/p"]


@pytest.mark.parametrize("report", [many(100), many(3000), spoilt("x" * 100_000), spoilt("名前 | @a " * 500)])
def test_a_page_fits_into_a_comment_and_closes_what_it_opens(report: Report) -> None:
    unknowns = SCAN.unknowns * 400
    full = msgspec.structs.replace(report, unknowns=unknowns)

    text = render("markdown", full)
    tags = Page(text).tags

    assert len(text.encode()) < LIMIT
    assert all(tags.count(tag) == tags.count(f"/{tag}") for tag in TAGS - {"br", "hr"})
    assert len(text) > 20_000, "there is room for more"


def test_what_is_not_shown_is_counted() -> None:
    """Shown and not shown together are what there is, in each list."""
    text = render("markdown", msgspec.structs.replace(many(3000), unknowns=SCAN.unknowns * 400))
    not_looked_at, findings = text.split("\n### ")[1:3]
    findings = findings.partition("<details>")[0]

    assert not_looked_at.count("\n- ") + left(not_looked_at) == 1201
    assert findings.count("\n| ") - 1 + left(findings) == 2455
    assert "Not looked at: 1,201" in text
    assert "Findings: 2,455" in text


def left(chapter: str) -> int:
    return int(chapter.partition(" more not shown here")[0].rpartition("**")[2].replace(",", ""))


def test_the_worst_findings_come_first() -> None:
    text = render("markdown", many(3000)).partition("### Findings")[2].partition("<details>")[0]

    assert "| critical |" in text
    assert "| info |" not in text


@pytest.mark.parametrize("which", REPORTS)
def test_the_first_line_is_always_the_same(which: str) -> None:
    """A bot finds its comment by it."""
    assert render("markdown", REPORTS[which]).startswith("<!-- bartizan -->\n## ")


@pytest.mark.parametrize(
    ("report", "word"),
    [
        (CLEAN, "✅ Bartizan: passed\n"),
        (SCAN, "❌ Bartizan: failed\n"),
        (UNREAD, "⚠️ Bartizan: incomplete\n"),
        (NOTHING, "⚠️ Bartizan: nothing to scan\n"),
        (
            msgspec.structs.replace(UNREAD, exit_status=0),
            "⚠️ Bartizan: passed, though not everything was looked at",
        ),
        (
            msgspec.structs.replace(NOTHING, exit_status=0),
            "⚠️ Bartizan: passed, though not everything was looked at",
        ),
    ],
)
def test_the_heading_is_the_verdict(report: Report, word: str) -> None:
    assert word in render("markdown", report)


def test_a_diff_counts_what_became_of_the_findings() -> None:
    text = render("markdown", DIFF)

    assert "| new | **1** | 0 | **2** | 0 | 0 | **3** |" in text
    assert "| fixed | 0 | **1** | **1** | 0 | 0 | **2** |" in text
    assert "| unchanged |  |  |  |  |  | **4** |" in text
    assert text.index("New findings: 3") < text.index("Incomparable findings: 1") < text.index("Fixed: 2")


def test_suppressed_findings_are_counted_by_exception_and_listed_when_asked_for() -> None:
    assert "- `batch-limits`: `missing-limits` 1" in render("markdown", SCAN)
    assert "`deploy/nightly.yaml:17`" not in render("markdown", SCAN)
    assert "`deploy/nightly.yaml:17`" in render("markdown", SCAN, show=frozenset({"suppressed"}))


def test_plain_words_stay_as_they_are() -> None:
    assert prose("sees the node's devices, 1,000 times: (again) — well-known…") == (
        "sees the node's devices, 1,000 times: (again) — well-known…"
    )
    assert prose("feedback on a facade, defaced 1168 times") == "feedback on a facade, `defaced` 1168 times"
    assert prose("set `a.b: true`, not c.d:") == "set `a.b: true`, not `c.d`:"
