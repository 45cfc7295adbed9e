"""What a renderer said, without what it may quote of the input."""

from time import process_time

import pytest

from bartizan.sources.words import reason

MARKER = "hunter2"
TEMPLATE = rb"""{{ fail "set \"address\" first" }}{{ fail (printf "boom %s" .Values.pw) }}"""
AT = "execution error at (shop/templates/a.yaml:4:20): "


def test_a_message_that_a_template_writes_out_is_told() -> None:
    assert reason(AT + 'set "address" first', [TEMPLATE]) == AT + 'set "address" first'


def test_a_message_that_a_template_composes_is_not_told_but_its_place_is() -> None:
    assert reason(f"{AT}boom {MARKER}", [TEMPLATE]) == "execution error at (shop/templates/a.yaml:4:20) …"


@pytest.mark.parametrize(
    "said",
    [
        f"loading KV pairs: literal sources [{MARKER}]: invalid literal source {MARKER}, expected key=value",
        f'unable to parse SM or JSON patch from [patch: "password: {MARKER}"]',
        f"decoding [{MARKER}]: unexpected end of JSON input",
        f'error calling atoi: strconv.Atoi: parsing "{MARKER}": invalid syntax',
        f"yaml: unknown anchor '{MARKER}' referenced",
        f"something new: {MARKER}",
    ],
)
def test_what_is_quoted_is_left_out(said: str) -> None:
    told = reason(said)
    assert told
    assert MARKER not in told


@pytest.mark.parametrize(
    "said",
    [
        "accumulating resources from 'base/gone.yaml': evalsymlink failure on 'base/gone.yaml'",
        "no such file or directory",
        "found in Chart.yaml, but missing in charts/ directory: nginx, redis",
        'parse error at (shop/templates/a.yaml:2): function "env" not defined',
        "template: shop/templates/a.yaml:1:5: nil pointer evaluating interface {}.b",
    ],
)
def test_what_quotes_nothing_is_told_whole(said: str) -> None:
    assert reason(said) == said


def test_no_words_are_no_reason() -> None:
    assert reason(" \n") == "it gives no reason"


def test_unknown_words_are_not_told() -> None:
    assert reason(f"boom {MARKER}") == "its reason may quote the input, and is not shown"


def test_a_field_that_a_template_takes_is_told() -> None:
    said = 'shop/templates/a.yaml:1:10\n executing "x" at <.Values.a.b>:\n nil pointer evaluating interface {}.b'
    told = reason(said)
    assert told.startswith("shop/templates/a.yaml:1:10 … at <.Values.a.b>: nil pointer evaluating interface {}.b")


def test_a_hostile_reason_is_read_in_no_time() -> None:
    start = process_time()
    reason("a." * 500_000)
    assert process_time() - start < 1
