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
_ENDINGS = ("password", "passwd", "passphrase", "secret", "token", "apikey", "secretkey", "pass", "pwd")
"""What a name of joined words ends with: `PGPASSWORD`, `keystorepass`."""
_WEAK_ENDINGS = frozenset({"pass", "pwd"})
"""Endings of other words, too: the value must look like a password."""
_OTHER_WORDS = _set(
    "bypass chpasswd compass encompass firstpass keepass lastpass multipass oldpwd onepass overpass secondpass singlepass "
    "subpass surpass trespass twopass underpass"
)
_LOGINS = (("basic", "auth"), ("neo", "j", "auth"), ("htpasswd",))
"""Names whose value is a login such as `name:password`."""
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
    "@Microsoft.KeyVault(",
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
_STRESSES = _set("a actually keep my no not really so super top ultra very")
"""Before "secret" they make words that people choose as a password."""
_MASKS = frozenset("xX*.-_#")
_SHORTEST_PASSWORD = 3
_SHORTEST_OTHER = 8
_LONGEST_PLACEHOLDER = 64


@lru_cache(maxsize=8192)
def secret_name(name: str) -> bool:
    """Whether a field so called holds a secret: `DB_PASSWORD` does, `DB_PASSWORD_FILE` does not."""
    return bool(_noun(_words(name)))


def is_password_name(name: str) -> bool:
    """Whether a field so called holds a password, which may be short or a word, and no key or token."""
    return _noun(_words(name)) in _PASSWORDS


def weigh(name: str, value: str) -> Weight:
    """What `value` is, in a field whose name says secret."""
    words = _words(name)
    noun = _noun(words)
    if _is_login(words):
        login = _login().fullmatch(value)
        value = login["secret"] if login and not _is_elsewhere(value) else ""
    shortest = _SHORTEST_PASSWORD if noun in _PASSWORDS else _SHORTEST_OTHER
    if len(value) < shortest or value.lower() in _SWITCHES or _is_elsewhere(value) or _names_a_secret(value):
        return "none"
    if noun in _NAMES_AN_OBJECT and _object_name().fullmatch(value):
        return "none"
    if noun in _WEAK_ENDINGS and noun != words[-1] and not _looks_chosen(value):
        return "none"
    repeats_name = len(words) > 1 and name.lower() in value.lower()
    return "placeholder" if repeats_name or is_placeholder(value) else "literal"


def is_reference(value: str) -> bool:
    """Whether the value is filled in from elsewhere: a template, a variable, a vault's address, a mask."""
    return (
        value.lstrip().startswith(_REFERENCES)
        or _MASKS.issuperset(value)
        or _managed_secret().match(value) is not None
    )


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


def _names_a_secret(value: str) -> bool:
    """Whether it is plainly the name of an object that holds the secret: `db-secret`, `shop-login-ref`.

    People choose `super-secret` and `my-secret-pw` as passwords.
    """
    if not _object_name().fullmatch(value):
        return False
    words = value.split("-")
    if words[-1] in {"name", "ref"}:
        return True
    named = value.replace("-", "").isalpha() and words[-1] not in _PASSWORDS
    return named and "secret" in words and not _STRESSES.issuperset(word for word in words if word != "secret")


def _looks_chosen(value: str) -> bool:
    """Whether it may be a password where the name alone is weak: no number, no words, no path."""
    return not (value.isdecimal() or "/" in value or any(map(str.isspace, value)) or is_placeholder(value))


def _noun(words: list[str]) -> str:
    """What of a secret the name says last, in the spelling of `_LAST`; empty where it says none."""
    if not words:
        return ""
    last = words[-1]
    if _is_login(words) or words[-2:] == ["rediscli", "auth"]:
        return "password"
    if last in _LAST:
        return last
    if last == "key" and len(words) > 1 and words[-2] in _BEFORE_KEY:
        return last
    return "" if last in _OTHER_WORDS else next((ending for ending in _ENDINGS if last.endswith(ending)), "")


def _is_login(words: list[str]) -> bool:
    return any(tuple(words[-len(login) :]) == login for login in _LOGINS)


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


@cache
def _login() -> re.Pattern[str]:
    """`name:password`, or `name/password` as Neo4j wants it; a number behind it is a port."""
    return re.compile(r"[^\s:/]{1,200}[:/](?!\d+\Z)(?P<secret>[^\s]+)")


@cache
def _managed_secret() -> re.Pattern[str]:
    """The place of a secret in the secret manager of a cloud."""
    return re.compile(r"(?://[a-z.]{1,60}/)?projects/[^/\s]{1,100}/(?:locations/[^/\s]{1,60}/)?secrets/[^/\s]")
