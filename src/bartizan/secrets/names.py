"""What a field's name says about its value, and whether the value is a secret at all.

A name is weaker evidence than a form (`patterns`), so the value has a say: a reference, a file's path
or a switch is no secret, whatever its field is called.
"""

import re
from functools import cache, lru_cache
from typing import Literal

Weight = Literal["literal", "placeholder", "none"]
"""A value that may be a secret, one that is to be replaced, or one that is none."""

_LAST = frozenset(
    """password passwd passphrase passcode pwd pass pw secret token apikey secretkey accesskey privatekey
    credential credentials authtoken accesstoken clientsecret dbpassword""".split()
)
_BEFORE_KEY = frozenset(
    "api secret access private encryption signing auth master account license hmac ssh webhook jwt".split()
)
_QUALIFIERS = frozenset("value base64 b64 plain text default old new current primary secondary".split())
_NO_OBJECT_NAME = frozenset({"secret", "credential", "credentials"})

_SWITCHES = frozenset("true false yes no on off none null nil enabled disabled auto default required optional".split())
_REFERENCES = ("$(", "${", "{{", "<", "%(", "vault:", "secretref:", "ref+", "op://", "arn:", "sm://", "ssm:", "ENC[")
_PATHS = ("/", "./", "../", "~/", "file:", "C:\\")
_PLACEHOLDER_WORDS = ("changeme", "change-me", "change_me", "replace", "your-", "your_", "placeholder", "redacted")
_PLACEHOLDERS = frozenset("example dummy todo tbd fixme sample insert-here".split())
_MASKS = frozenset("xX*.-_#")
_SHORTEST = 3


@lru_cache(maxsize=8192)
def secret_name(name: str) -> bool:
    """Whether a field so called holds a secret: `DB_PASSWORD` does, `DB_PASSWORD_FILE` does not."""
    words = _words(name)
    while len(words) > 1 and (words[-1] in _QUALIFIERS or words[-1].isdigit()):
        words.pop()
    if not words:
        return False
    last = words[-1].rstrip("0123456789")
    return last in _LAST or (last == "key" and len(words) > 1 and words[-2] in _BEFORE_KEY)


def weigh(name: str, value: str) -> Weight:
    """What `value` is, in a field whose name says secret."""
    if len(value) < _SHORTEST or value.lower() in _SWITCHES or _is_elsewhere(value):
        return "none"
    words = _words(name)
    if words and words[-1] != "password" and value.isdigit() and len(value) < _LONG_NUMBER:
        return "none"
    if words and words[-1] in _NO_OBJECT_NAME and _object_name().fullmatch(value):
        return "none"
    return "placeholder" if is_placeholder(value) else "literal"


_LONG_NUMBER = 8


def is_reference(value: str) -> bool:
    """Whether the value is filled in from elsewhere: a template, a variable, a vault's address, a mask."""
    return value.lstrip().startswith(_REFERENCES) or _MASKS.issuperset(value)


def is_placeholder(value: str) -> bool:
    """Whether the value says that it is to be replaced."""
    lowered = value.lower()
    return lowered in _PLACEHOLDERS or any(word in lowered for word in _PLACEHOLDER_WORDS)


def _is_elsewhere(value: str) -> bool:
    if is_reference(value) or "://" in value:
        return True
    return value.startswith(_PATHS) and "+" not in value and "=" not in value


def _words(name: str) -> list[str]:
    return [word.lower() for word in _word().findall(name)]


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*|[0-9]+")


@cache
def _object_name() -> re.Pattern[str]:
    """A name such as `webhook-server-cert`: what a field called `…_SECRET` often refers to."""
    return re.compile(r"[a-z]+(?:-[a-z0-9]+)+")
