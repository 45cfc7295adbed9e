"""What a YAML scalar means to kubectl.

kubectl reads YAML with go-yaml v2 (YAML 1.1 with changes), turns it into JSON text and reads that
again with integers kept. A value here is the end of that way: a number written `1.0` has become the
integer 1, an integer beyond 64 bits signed a float, a date has stayed the string that it was.
"""

import base64
import binascii
import math
import re
import struct
from datetime import datetime
from typing import Final

from bartizan.documents.problems import RefusedError

_TYPE_PREFIX: Final = "tag:yaml.org,2002:"
MERGE_TAG: Final = _TYPE_PREFIX + "merge"

INT64_MIN: Final = -(2**63)
INT64_MAX: Final = 2**63 - 1
_UINT64_MAX: Final = 2**64 - 1
_FLOAT_DIGITS_EXACT: Final = 1e16
_INT64_DIGITS: Final = 20

_WORDS: Final[dict[str, bool | float | None]] = {
    **dict.fromkeys(["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"], True),
    **dict.fromkeys(["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"], False),
    **dict.fromkeys(["", "~", "null", "Null", "NULL"]),
    **dict.fromkeys([".nan", ".NaN", ".NAN"], math.nan),
    **dict.fromkeys([".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"], math.inf),
    **dict.fromkeys(["-.inf", "-.Inf", "-.INF"], -math.inf),
}

# go-yaml's own pattern of a float, tried after the underscores are gone.
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
# A float that starts with its point goes to Go's ParseFloat as it is: underscores only between digits.
_POINT_FLOAT = re.compile(r"\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?")
# Go's ParseInt with base 0; a leading 0 means octal.
_INTEGER = re.compile(r"([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]([0-7]+)|0([0-7]+)|(0|[1-9][0-9]*))")
_BASES: Final = (16, 2, 8, 8, 10)
# go-yaml cuts `0b` off and parses the rest with its sign: `0b-1` is -1.
_BINARY_SIGNED = re.compile(r"0b([-+][01]+)")
_TIMESTAMP = re.compile(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
    r"(?:[Tt]([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?(?:Z|[-+]([0-9]{2}):([0-9]{2}))"
    r"| ([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?)?"
)

Plain = str | bool | int | float | None


def plain_value(text: str) -> Plain:
    """The JSON value of an unquoted scalar; RefusedError `value` for infinity and not-a-number."""
    return _as_json(_resolve(text), text)


def plain_key(text: str) -> str:
    """The JSON key of an unquoted scalar; RefusedError `non-string-key` where kubectl refuses it."""
    return _as_key(_resolve(text), text)


def tagged_value(tag: str, text: str) -> Plain:
    """The JSON value of a scalar with a tag (long form, or `!`); RefusedError `value` on a misfit."""
    return _as_json(_resolve_tagged(tag, text), text)


def tagged_key(tag: str, text: str) -> str:
    """The JSON key of a scalar with a tag; RefusedError where kubectl refuses it."""
    return _as_key(_resolve_tagged(tag, text), text)


def json_number(number: float, text: str = "") -> int | float:
    """The number after its way through Go's JSON writer and the API machinery's reader.

    Go writes a float with the fewest digits that mean it, without exponent below 1e21; what then
    looks like a 64-bit integer is read as one.
    """
    if isinstance(number, int):
        return number if INT64_MIN <= number <= INT64_MAX else float(number)
    if not math.isfinite(number):
        raise RefusedError("value", f"`{text or number}` is no number in JSON; quote it if a string is meant")
    if not number.is_integer():
        return number
    whole = _shortest_integer(number)
    return whole if INT64_MIN <= whole <= INT64_MAX else number


def _shortest_integer(number: float) -> int:
    """The whole float as its shortest decimal digits say it (beyond 2**53 these differ from its bits)."""
    if abs(number) < _FLOAT_DIGITS_EXACT:
        return int(number)
    mantissa, exponent = repr(number).split("e")
    digits, _, fraction = mantissa.partition(".")
    return int(digits + fraction) * int(10 ** (int(exponent) - len(fraction)))


def _resolve(text: str) -> Plain:
    """go-yaml's `resolve` without a tag: the Go value before it becomes JSON."""
    if text in _WORDS:
        return _WORDS[text]
    first = text[0]
    if first == ".":
        return _finite(text.replace("_", ""), text) if _POINT_FLOAT.fullmatch(text) else text
    if first in "0123456789+-":
        return _number(text.replace("_", ""), text)
    return text


def _number(plain: str, text: str) -> Plain:
    match = _INTEGER.fullmatch(plain)
    if match:
        integer = _integer(match)
        if integer is not None:
            return integer
    if _FLOAT.fullmatch(plain):
        return _finite(plain, text)
    match = _BINARY_SIGNED.fullmatch(plain)
    if match:
        integer = int(match[1], 2)
        return integer if INT64_MIN <= integer <= INT64_MAX else text
    return text


def _integer(match: re.Match[str]) -> int | None:
    """The integer where Go's ParseInt or ParseUint holds it, else None (the float pattern is next)."""
    sign, *groups = match.groups()
    base, digits = next((base, digits) for base, digits in zip(_BASES, groups, strict=True) if digits)
    if base == 10 and len(digits) > _INT64_DIGITS:  # noqa: PLR2004 (and Python caps decimal digits)
        return None
    integer = int(digits, base)
    if sign == "-":
        return -integer if -integer >= INT64_MIN else None
    # ParseUint takes no sign, so `+` ends at ParseInt.
    return integer if integer <= (INT64_MAX if sign else _UINT64_MAX) else None


def _finite(plain: str, text: str) -> float | str:
    """The float, or the text when it is beyond the range (ParseFloat's error)."""
    number = float(plain)
    return number if math.isfinite(number) else text


def _resolve_tagged(tag: str, text: str) -> Plain:
    kind = tag.removeprefix(_TYPE_PREFIX) if tag.startswith(_TYPE_PREFIX) else ""
    if kind == "binary":
        return _binary(text)
    if kind not in {"bool", "int", "float", "null", "timestamp"}:
        return text  # `!`, `!custom`, `!!str`, `!!set`…: the text as it is
    value = _resolve(text)
    if _kind(value) == kind or (kind == "timestamp" and _is_timestamp(text)):
        return value
    if kind == "float" and isinstance(value, int) and not isinstance(value, bool) and value <= INT64_MAX:
        return float(value)
    raise RefusedError("value", f"a value does not fit its tag !!{kind}; correct one of them")


def _kind(value: Plain) -> str:
    if value is None:
        return "null"
    return type(value).__name__  # bool, int, float, str


def _binary(text: str) -> str:
    """Go's base64: line breaks are skipped, padding is required; bad UTF-8 becomes U+FFFD per byte."""
    try:
        data = base64.b64decode(text.replace("\n", "").replace("\r", ""), validate=True)
    except (binascii.Error, ValueError):
        raise RefusedError("value", "the !!binary value is not base64; encode it again") from None
    return re.sub("[\udc80-\udcff]", "\ufffd", data.decode("utf-8", "surrogateescape"))


def _is_timestamp(text: str) -> bool:
    """Whether go-yaml's four layouts take it (dates of real months, 24-hour times)."""
    match = _TIMESTAMP.fullmatch(text)
    if match is None:
        return False
    year, month, day, *clock = (int(group or 0) for group in match.groups())
    hour, minute, second = (clock[0] or clock[5], clock[1] or clock[6], clock[2] or clock[7])
    try:
        # Go knows the year 0, a leap year; Python starts at 1.
        datetime(year or 4, month, day, hour, minute, second)  # noqa: DTZ001 (checked, never used)
    except ValueError:
        return False
    return clock[3] <= 24 and clock[4] < 60  # noqa: PLR2004 (Go's bounds of a zone)


def _as_json(value: Plain, text: str) -> Plain:
    # Exact types: a bool is an int to isinstance.
    return json_number(value, text) if type(value) in {int, float} else value  # type: ignore[arg-type] # it is a number


def _as_key(value: Plain, text: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _go_float32(value)
    if isinstance(value, int) and value <= INT64_MAX:
        return str(value)
    raise RefusedError("non-string-key", f"the key `{_short(text)}` is no string in JSON; quote it")


def _go_float32(number: float) -> str:
    """Go's FormatFloat(number, 'g', -1, 32): what kubectl makes of a float used as a key."""
    if math.isnan(number):
        return ".nan"
    try:
        narrow = struct.unpack("f", struct.pack("f", number))[0]
    except OverflowError:
        narrow = math.copysign(math.inf, number)
    if math.isinf(narrow):
        return ".inf" if narrow > 0 else "-.inf"
    if narrow == 0:
        return "-0" if math.copysign(1, narrow) < 0 else "0"
    mantissa, exponent = _shortest_float32(narrow).split("e")
    power = int(exponent)
    if power < -4 or power >= 6:  # noqa: PLR2004 (Go's %g without a precision)
        return f"{mantissa}e{power:+03d}"
    decimals = max(0, len(mantissa.partition(".")[2]) - power)
    return f"{float(f'{mantissa}e{power}'):.{decimals}f}"


def _shortest_float32(number: float) -> str:
    """The fewest digits, in exponent form, that still mean this 32-bit float; nine always do."""
    spellings = (f"{number:.{decimals}e}" for decimals in range(9))
    return next(text for text in spellings if struct.unpack("f", struct.pack("f", float(text)))[0] == number)


def _short(text: str) -> str:
    """A scalar in a message: one line, 40 characters at most."""
    line = text.splitlines()[0] if text else ""
    return line if len(line) <= 40 else line[:39] + "…"  # noqa: PLR2004 (said above)
