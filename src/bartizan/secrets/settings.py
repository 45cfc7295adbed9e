"""Settings inside a text: properties, YAML, JSON, INI, XML and shell, without reading any of them whole.

A text may be a program, a template or broken; what matters is a name that says secret and the literal
beside it.
"""

import re
from collections.abc import Iterator
from functools import cache

from bartizan.secrets.names import Weight, is_password_name, secret_name, weigh

_TYPES = frozenset({"string", "str", "text", "bytes", "byte", "object", "optional", "any", "varchar", "binary"})
"""What a schema writes in the place of a value."""
_DEFAULTS = frozenset({"password", "passwd", "secret", "token", "pass", "pwd"})
_FILLED_IN = re.compile(r"[$`(){}]|%[({sv]|\A%")
"""A variable, a call, a template: the value is not here."""


def secrets_in(text: str) -> dict[str, Weight]:
    """Names of settings in a text that hold a literal secret or a placeholder for one, in their order."""
    found: dict[str, Weight] = {}
    if not _hint().search(text):
        return found
    for name, value in pairs(text):
        if found.get(name) != "literal" and secret_name(name) and (weight := weigh_setting(name, value)) != "none":
            found[name] = weight
    return found


def weigh_setting(name: str, value: str) -> Weight:
    """As `weigh`, where the value stands in a text or a command: it may be filled in, or name something."""
    lowered = value.lower()
    if _FILLED_IN.search(value) or lowered in _TYPES:
        return "none"
    if lowered in _DEFAULTS:
        return "placeholder"
    if _variable().fullmatch(value) or (not is_password_name(name) and _plain_name().fullmatch(value)):
        return "none"
    return weigh(name, value)


def pairs(text: str) -> Iterator[tuple[str, str]]:
    """Names and values of all settings, one by one; a text in which two forms fit may name one twice."""
    for pattern in (_line(), _json(), _xml()):
        for match in pattern.finditer(text):
            yield match["name"], match["value"].strip("\"'")


@cache
def _hint() -> re.Pattern[str]:
    return re.compile(r"(?i)pass|pwd|secret|token|key|credential|(?:basic|rediscli|neo4j)[_.-]?auth")


@cache
def _line() -> re.Pattern[str]:
    """`name=value` or `name: value`, alone on its line."""
    return re.compile(
        r"""(?m)^[ \t]*+(?:export[ \t]++|-[ \t]++|/{2}[^\s:]{1,200}+:)?+["']?(?P<name>[A-Za-z_][\w.-]{0,100}+)["']?"""
        r"""[ \t]*+[:=][ \t]*+(?P<value>"[^"\n]*+"|'[^'\n]*+'|[^\s"',;#]++)[ \t]*+[,;]?[ \t]*+(?:#.*+)?\r?$"""
    )


@cache
def _json() -> re.Pattern[str]:
    return re.compile(r'"(?P<name>[A-Za-z_][\w.-]{0,100}+)"\s{0,8}:\s{0,8}"(?P<value>[^"\n]{1,400}+)"')


@cache
def _xml() -> re.Pattern[str]:
    return re.compile(r"<(?P<name>[A-Za-z_][\w.-]{0,100}+)>(?P<value>[^<\s]{1,400}+)</")


@cache
def _plain_name() -> re.Pattern[str]:
    """What names an object or a choice, or says something: small letters with points and strokes, words."""
    return re.compile(r"[a-z][a-z./_-]*|[a-z0-9.-]+/[A-Za-z0-9._/-]+|\S+(?:\s+\S+)+")


@cache
def _variable() -> re.Pattern[str]:
    """The name of the variable that holds it: `DB_PASSWORD`."""
    return re.compile(r"[A-Z]+(?:_[A-Z0-9]+)+")
