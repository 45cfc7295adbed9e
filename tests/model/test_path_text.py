"""Paths as users write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.documents.marks import Path
from bartizan.model.path_text import parse_path, render_path

EXAMPLES = [
    ((), "."),
    (("spec", "template", "spec", "containers", 0, "image"), "spec.template.spec.containers[0].image"),
    (("metadata", "labels", "app.kubernetes.io/name"), 'metadata.labels["app.kubernetes.io/name"]'),
    ((0, "a"), "[0].a"),
    (("0",), "0"),
    (("a b", 'q"\n'), '["a b"]["q\\"\\n"]'),
    (("",), '[""]'),
]


@pytest.mark.parametrize(("path", "text"), EXAMPLES)
def test_a_path_is_written_as_users_write_it(path: Path, text: str) -> None:
    assert render_path(path) == text
    assert parse_path(text) == path


def test_the_empty_text_is_the_root_too() -> None:
    assert parse_path("") == ()


@pytest.mark.parametrize("text", ["a..b", "a[", "a[x]", "a[-1]", "a b", ".a.", 'a["\\x"]', "a[0]b", "[0]b"])
def test_what_is_no_path_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        parse_path(text)


@given(st.lists(st.text() | st.integers(min_value=0), max_size=6).map(tuple))
def test_parsing_is_the_inverse_of_rendering(path: Path) -> None:
    assert parse_path(render_path(path)) == path
