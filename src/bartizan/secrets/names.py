"""What a field's name says about its value, and whether the value is a secret at all.

A name is weaker evidence than a form (`patterns`), so the value has a say: a reference, a file's path
or a switch is no secret, whatever its field is called.
"""

import re
from functools import cache, lru_cache
from typing import Literal

Weight = Literal["literal", "placeholder", "none"]
"""A value that may be a secret, one that is to be replaced, or one that is none."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PASSWORDS = _set("password passwd passphrase passcode pwd pass pw dbpassword requirepass")
_LAST = _PASSWORDS | _set(
    "secret token apikey secretkey accesskey privatekey credential credentials authtoken accesstoken clientsecret"
)
_BEFORE_KEY = _set("api secret access private encryption signing auth master account license hmac ssh webhook jwt")
_QUALIFIERS = _set("value base64 b64 plain text default old new current primary secondary")
_NAMES_AN_OBJECT = frozenset({"secret", "credential", "credentials"})

_SWITCHES = _set("true false yes no on off none null nil enabled disabled auto default required optional")
_REFERENCES = (
    "$(",
    "${",
    "{{",
    "<",
    "%(",
    "vault:",
    "secretref:",
    "ref+",
    "op://",
    "arn:",
    "sm://",
    "ssm:",
    "ENC[",
)
_PATHS = ("/", "./", "../", "~/", "file:", "C:\\")
_TO_REPLACE = (
    "changeme",
    "change-me",
    "change_me",
    "replace",
    "your-",
    "your_",
    "placeholder",
    "redacted",
    "goeshere",
    "goes-here",
)
_PLACEHOLDERS = _set("example dummy todo tbd fixme sample insert-here")
_MASKS = frozenset("xX*.-_#")
_SHORTEST_PASSWORD = 3
_SHORTEST_OTHER = 8
_LONGEST_PLACEHOLDER = 64


@lru_cache(maxsize=8192)
def secret_name(name: str) -> bool:
    """Whether a field so called holds a secret: `DB_PASSWORD` does, `DB_PASSWORD_FILE` does not."""
    words = _words(name)
    if not words:
        return False
    return words[-1] in _LAST or (words[-1] == "key" and len(words) > 1 and words[-2] in _BEFORE_KEY)


def is_password_name(name: str) -> bool:
    """Whether a field so called holds a password, which may be short or a word, and no key or token."""
    words = _words(name)
    return bool(words) and words[-1] in _PASSWORDS


def weigh(name: str, value: str) -> Weight:
    """What `value` is, in a field whose name says secret."""
    words = _words(name)
    last = words[-1] if words else ""
    shortest = _SHORTEST_PASSWORD if last in _PASSWORDS else _SHORTEST_OTHER
    if len(value) < shortest or value.lower() in _SWITCHES or _is_elsewhere(value):
        return "none"
    if last in _NAMES_AN_OBJECT and _object_name().fullmatch(value):
        return "none"
    repeats_name = len(words) > 1 and name.lower() in value.lower()
    return "placeholder" if repeats_name or is_placeholder(value) else "literal"


def is_reference(value: str) -> bool:
    """Whether the value is filled in from elsewhere: a template, a variable, a vault's address, a mask."""
    return value.lstrip().startswith(_REFERENCES) or _MASKS.issuperset(value)


def is_placeholder(value: str) -> bool:
    """Whether the value says that it is to be replaced."""
    if len(value) > _LONGEST_PLACEHOLDER:
        return False
    lowered = value.lower()
    return lowered in _PLACEHOLDERS or any(word in lowered for word in _TO_REPLACE)


def _is_elsewhere(value: str) -> bool:
    if is_reference(value) or "://" in value:
        return True
    return value.startswith(_PATHS) and "+" not in value and "=" not in value


def _words(name: str) -> list[str]:
    """The words of a name in any spelling, without those after the noun: `dbPassword2` is db, password.

    A `SECRET_KEY_BASE` (Rails, Phoenix) is a secret key.
    """
    words = [word.lower() for word in _word().findall(name)]
    while len(words) > 1 and (words[-1] in _QUALIFIERS or words[-2:] == ["key", "base"]):
        words.pop()
    return words


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"(?:b|B|base|Base|BASE)64|[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


@cache
def _object_name() -> re.Pattern[str]:
    """A name such as `webhook-server-cert`: what a field called `…_SECRET` often refers to."""
    return re.compile(r"[a-z]+(?:-[a-z0-9]+)+")
