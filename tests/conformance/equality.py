"""When an answer equals what a suite says."""

from decimal import Decimal
from typing import Any


def equal(expected: Any, answer: Any) -> bool:
    """Whether two JSON values are equal: true is not 1, "1" is not 1, numbers are compared as printed.

    An integer is compared exactly. A float stands for the shortest text that reads back as it, so the float
    2**63 equals 9223372036854776000 (which is how Go prints it) and the float 2**53 is not 9007199254740993.
    """
    if isinstance(expected, dict) and isinstance(answer, dict):
        return expected.keys() == answer.keys() and all(equal(expected[key], answer[key]) for key in expected)
    if isinstance(expected, list) and isinstance(answer, list):
        return len(expected) == len(answer) and all(map(equal, expected, answer))
    if _is_number(expected) and _is_number(answer):
        return _printed(expected) == _printed(answer)
    return type(expected) is type(answer) and bool(expected == answer)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _printed(number: Any) -> Decimal:
    return Decimal(repr(number)) if isinstance(number, float) else Decimal(number)
