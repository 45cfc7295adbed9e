import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from bartizan.reports._html_style import STYLE
from tests.reports.formats import render
from tests.reports.sample import DIFF, NOTHING, REPORTS, SCAN
from tests.reports.test_every_format import many
from tests.reports.test_hostile import HOSTILE, spoilt

_VOID = {"meta", "input", "path", "rect", "br"}


class Page(HTMLParser):
    """The elements of a page and what stands open at its end."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            assert self.open.pop() == tag

    def tags(self) -> list[str]:
        return [tag for tag, _ in self.elements]


@pytest.mark.parametrize("which", REPORTS)
def test_elements_are_closed_in_order(which: str) -> None:
    assert Page(render("html", REPORTS[which])).open == []


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_name_adds_no_element(kind: str) -> None:
    tags = Page(render("html", spoilt(HOSTILE[kind]))).tags()
    expected = Page(render("html", spoilt("harmless"))).tags()

    # Backticks in messages make code, which is the one thing a message may make.
    assert [tag for tag in tags if tag != "code"] == [tag for tag in expected if tag != "code"]


@pytest.mark.parametrize("which", REPORTS)
def test_it_loads_nothing_and_holds_no_handler_or_inline_style(which: str) -> None:
    for tag, attributes in Page(render("html", REPORTS[which])).elements:
        assert tag not in {"link", "img", "iframe", "object", "embed", "base", "audio", "video", "source"}
        assert not {"src", "srcset", "style", "action", "poster", "background"} & attributes.keys()
        assert not [name for name in attributes if name.startswith("on")]
        assert re.match(r"#|https://", attributes.get("href") or "#")


def test_the_policy_allows_exactly_this_style_and_this_script() -> None:
    text = render("html", SCAN)

    for element, directive in (("style", "style-src"), ("script", "script-src")):
        (source,) = re.findall(rf"<{element}>(.*?)</{element}>", text, re.DOTALL)
        digest = b64encode(sha256(source.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in text
    assert "default-src 'none'" in text


def test_every_link_to_a_check_has_a_target_and_ids_are_unique() -> None:
    elements = Page(render("html", SCAN)).elements
    ids = [attributes["id"] for _, attributes in elements if "id" in attributes]
    links = {(attributes.get("href") or "")[1:] for tag, attributes in elements if tag == "a"}

    assert len(ids) == len(set(ids))
    assert {link for link in links if link.startswith("check-")} <= set(ids)


def test_findings_are_there_without_the_script() -> None:
    page = Page(render("html", SCAN))

    cards = [attributes for tag, attributes in page.elements if tag == "article"]
    assert len(cards) == len(SCAN.findings)
    assert not any("hidden" in card for card in cards)


def test_suppressed_findings_have_their_own_section() -> None:
    text = render("html", SCAN)

    assert text.index('id="suppressed"') < text.index("node-agent-needs-devices")


def test_a_diff_is_grouped_by_change() -> None:
    text = render("html", DIFF)

    positions = [text.index(f"<h2>{title} <small>") for title in ("New", "Incomparable", "Fixed")]
    assert positions == sorted(positions)


def test_what_a_page_cannot_hold_is_counted_and_said() -> None:
    report = many(7_000)
    left = sum(not finding.exception for finding in report.findings) - 5_000

    text = render("html", report)

    assert f"{left:,} more findings are not listed here." in text
    assert Page(text).tags().count("article") <= 5_000 + 2_000


def test_nothing_looked_at_is_not_green() -> None:
    assert 'class="verdict is-unknown"' in render("html", NOTHING)


def _luminance(color: str) -> float:
    channels = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


_TEXT_ON_GROUND = [
    *((ink, ground) for ink in ("ink", "soft", "link") for ground in ("ground", "card", "sunk")),
    *((f"on-{name}", name) for name in ("critical", "high", "medium", "low", "info", "unknown", "good")),
    *((ink, ground) for ink in ("ink", "soft") for ground in ("unknown-ground", "good-ground", "bad-ground")),
    ("add", "add-ground"),
    ("del", "del-ground"),
]


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), _TEXT_ON_GROUND)
def test_text_has_a_contrast_of_four_and_a_half(mode: int, ink: str, ground: str) -> None:
    starts = [match.start() for match in re.finditer(":root", STYLE)]
    (block,) = (STYLE[a:b] for a, b in [[*pairwise([*starts, len(STYLE)])][mode]])
    colors = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))

    assert _contrast(colors[ink], colors[ground]) >= 4.5
