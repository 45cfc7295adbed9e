"""Scalars mean what kubectl makes of them (each row was shown by kubectl 1.37's own decoder)."""

import math

import pytest

from bartizan.documents.problems import RefusedError
from bartizan.documents.reader import read
from bartizan.documents.scalars import json_number, plain_key

VALUES = [
    ("y", True),
    ("Off", False),
    ("oN", "oN"),
    ("~", None),
    ("Null", None),
    ("none", "none"),
    ("0644", 420),
    ("0o17", 15),
    ("08", 8),
    ("0x1F", 31),
    ("0B1", 1),
    ("0b-1", -1),
    ("-0x1", -1),
    ("1_000", 1000),
    ("_1", "_1"),
    ("0xG", "0xG"),
    ("1.0", 1),
    ("1e3", 1000),
    ("-0.0", 0),
    (".5", 0.5),
    (".5_0", 0.5),
    (".5_", ".5_"),
    ("1e400", "1e400"),
    ("1e-400", 0),
    ("9223372036854775807", 2**63 - 1),
    ("9223372036854775808", 2.0**63),
    ("1e18", 10**18),
    ("1234567890123456789.0", 1234567890123456800),
    ("0777777777777777777777777", 777777777777777777777777.0),
    ("0xFFFFFFFFFFFFFFFFFF", "0xFFFFFFFFFFFFFFFFFF"),
    ("12:30:45", "12:30:45"),
    ("2024-01-01", "2024-01-01"),
    ("=", "="),
    ("<<", "<<"),
    ("! 12", "12"),
    ("!custom 1", "1"),
    ("!!str 0644", "0644"),
    ("!!str", ""),
    ('!!int "010"', 8),
    ("!!float 3", 3),
    ("!!bool y", True),
    ("!!null ''", None),
    ("!!map x", "x"),
    ("!!timestamp 2001-1-1", "2001-1-1"),
    ("!!timestamp 2001-1-1T1:2:3+02:00", "2001-1-1T1:2:3+02:00"),
    ("!!binary aGk=", "hi"),
    ("!!binary gIGC", "\ufffd\ufffd\ufffd"),
    ('"yes"', "yes"),
    ("'1.0'", "1.0"),
    ('"\\\'"', "'"),
    ('"\\u263a"', "☺"),
    ("1" * 5000, "1" * 5000),
]

REFUSED = [
    ".inf",
    "-.INF",
    ".NaN",
    "!!int 1.5",
    "!!int",
    "!!null x",
    "!!float 18446744073709551615",
    "!!bool 1",
    "!!timestamp 2001-02-30",
    "!!timestamp x",
    "!!binary 'aG k='",
    '"\\/"',
    '"\\q"',
    "@x",
]

KEYS = [
    ("y", "true"),
    ("Off", "false"),
    ("0x10", "16"),
    ("1.5", "1.5"),
    ("1.0", "1"),
    ("0.1", "0.1"),
    ("1e10", "1e+10"),
    ("1234567.0", "1.234567e+06"),
    ("0.00001", "1e-05"),
    ("100000.5", "100000.5"),
    ("-0.0", "-0"),
    (".nan", ".nan"),
    ("1e300", ".inf"),
    ("-.inf", "-.inf"),
    ("2024-01-01", "2024-01-01"),
]


@pytest.mark.parametrize(("text", "expected"), VALUES)
def test_a_scalar_means_what_kubectl_makes_of_it(text: str, expected: object) -> None:
    reading = read(f"v: {text}\n")

    assert reading.problems == ()
    value = reading.documents[0].value
    assert value == {"v": expected}
    assert isinstance(value, dict)
    assert type(value["v"]) is type(expected)


@pytest.mark.parametrize("text", REFUSED)
def test_a_scalar_that_kubectl_refuses_is_a_problem_and_no_document(text: str) -> None:
    reading = read(f"v: {text}\n")

    assert reading.documents == ()
    assert [problem.code for problem in reading.problems] in (["value"], ["syntax"])


@pytest.mark.parametrize(("text", "expected"), KEYS)
def test_a_key_becomes_the_string_that_kubectl_makes(text: str, expected: str) -> None:
    assert read(f"{text}: 1\n").documents[0].value == {expected: 1}


@pytest.mark.parametrize("text", ["~", "null", "18446744073709551615", "!!null ''"])
def test_a_key_that_json_cannot_hold_is_refused(text: str) -> None:
    assert [problem.code for problem in read(f"{text} : 1\n").problems] == ["non-string-key"]


def test_infinity_is_no_json_number() -> None:
    with pytest.raises(RefusedError):
        json_number(math.inf)


def test_a_key_of_a_number_beyond_64_bits_signed_is_refused() -> None:
    with pytest.raises(RefusedError):
        plain_key("9223372036854775808")
