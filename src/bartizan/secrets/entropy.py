"""Values that look as if a machine had drawn them: keys and tokens that have no form of their own.

Chance alone is weak evidence: names of pods, digests and coded texts look drawn as well. What can be known to be
one of these is left out, and what is hexadecimal counts only where its field's name speaks of secrets.
"""

import re
from base64 import b64decode
from functools import cache
from itertools import pairwise
from math import log2

SHORTEST = 20
LONGEST = 200
"""A longer value is a document in some code."""

_BITS = 3.4
"""For each character, in a value of mixed letters and digits: sentences and names stay below."""
_BITS_OF_HEX = 3.0
_HEX_LENGTHS = frozenset({32, 40, 48, 64, 96, 128})
_FEWEST_DIGITS = 2
_SWITCHES = 0.2
"""How often the class of character changes (small, capital, digit): in words it changes rarely."""
_LONGEST_WORD = 8
_WORDS = 0.5
"""The part of the letters that may stand in what reads as words."""
_SEPARATORS = 1 / 8
_PUBLIC = ("AAAAB3NzaC1", "AAAAC3NzaC1", "AAAAE2VjZHNh", "sha256-", "sha384-", "sha512-")
"""How public keys begin in base64, and digests that say so."""
_NOT_MEANT = ("example", "placeholder", "changeme", "change-me", "replace", "redacted", "dummy", "sample")


def looks_random(value: str, name: str = "") -> bool:
    """Whether the whole value may be a key drawn by chance, in a field of that name.

    Identifiers, digests, coded text, public keys, words and names of objects are left out.
    """
    if not SHORTEST <= len(value) <= LONGEST or not _alphabet().fullmatch(value):
        return False
    if _hexadecimal().fullmatch(value):
        hinted = bool(_hint().search(name)) and not names_a_digest(name)
        return hinted and len(value) in _HEX_LENGTHS and _bits(value) >= _BITS_OF_HEX
    return _is_mixed(value) and _bits(value) >= _BITS and not names_a_digest(name) and not _is_known(value)


def names_a_digest(name: str) -> bool:
    """Whether a field so called holds what is reckoned or counted and is no secret: a commit, an identifier."""
    return bool(_digest().search(name))


def _is_mixed(value: str) -> bool:
    """Letters and digits through each other as chance would have it, with no word and no name of an object."""
    digits = sum(map(str.isdigit, value))
    cases = any(map(str.islower, value)) + any(map(str.isupper, value))
    if digits < _FEWEST_DIGITS or not cases or (cases == 1 and not value.isalnum()):
        return False
    classes = [_class(sign) for sign in value if sign.isalnum()]
    if len(value) - len(classes) > _SEPARATORS * len(value):
        return False
    switches = sum(a != b for a, b in pairwise(classes))
    return switches >= _SWITCHES * len(classes) and not _has_words(value, cases == 1, len(classes) - digits)


def _has_words(value: str, one_case: bool, letters: int) -> bool:
    pattern = r"[a-z]{4,}|[A-Z]{4,}" if one_case else r"[A-Z]?[a-z]{3,}|[A-Z]{4,}"
    found = [len(word) for word in re.findall(pattern, value)]
    return sum(found) >= _WORDS * letters or max(found, default=0) > _LONGEST_WORD


def _class(sign: str) -> str:
    return "0" if sign.isdigit() else "a" if sign.islower() else "A"


def _bits(value: str) -> float:
    """Shannon's entropy for each character."""
    size = len(value)
    return -sum((n := value.count(sign)) / size * log2(n / size) for sign in set(value))


def _is_known(value: str) -> bool:
    """An identifier, a public key or certificate, a text in base64, or something to be replaced."""
    lowered = value.lower()
    return (
        value.startswith(_PUBLIC)
        or bool(_not_secret().match(value))
        or any(word in lowered for word in _NOT_MEANT)
        or _is_coded_text(value)
    )


def _is_coded_text(value: str) -> bool:
    """Base64 of something to read: a setting, a certificate, a name."""
    try:
        text = b64decode(value + "=" * (-len(value) % 4), validate=True).decode("utf-8")
    except ValueError:
        return False
    return all(sign.isprintable() or sign.isspace() for sign in text)


@cache
def _alphabet() -> re.Pattern[str]:
    return re.compile(r"[A-Za-z0-9+_-][A-Za-z0-9+/_-]+={0,2}")


@cache
def _hexadecimal() -> re.Pattern[str]:
    return re.compile(r"[0-9a-f]+|[0-9A-F]+")


@cache
def _not_secret() -> re.Pattern[str]:
    """A UUID or ULID, or what a DER sequence (a key, a certificate) begins with in base64."""
    return re.compile(
        r"[0-7][0-9A-HJKMNP-TV-Z]{25}$|(?i:[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})|M[A-P][A-Za-z0-9+/=]{38}"
    )


@cache
def _hint() -> re.Pattern[str]:
    return re.compile(r"(?i)auth|cred|key|licen[cs]e|pass|pepper|salt|secret|seed|sign|token")


@cache
def _digest() -> re.Pattern[str]:
    """As a whole word of a name, however its words are joined."""
    words = (
        "checksum|commit|digest|etag|fingerprint|guid|hash|id|ids|integrity|keyid|kid|md5|nonce|ref|revision|sha|sha1|"
        "sha256|signature|spdxid|sum|thumbprint|uid|uuid|version|x|y"
    )
    parts = "Checksum|Commit|Digest|Fingerprint|Hash|Id|ID|Ref|Revision|Sha|SHA|Uuid|UUID|Version"
    return re.compile(rf"(?i:(?:^|[^a-z])(?:{words})(?:$|[^a-z\d]))|(?<=[a-z\d])(?:{parts})(?:$|[^a-z])")
