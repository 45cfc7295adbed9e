"""Secrets among the words of a command: options, assignments, and the flags of well-known clients."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from bartizan.secrets.names import Weight, secret_name
from bartizan.secrets.settings import weigh_setting

_NEXT = {
    "redis-cli": frozenset({"-a", "--pass"}),
    "sshpass": frozenset({"-p"}),
    "mongo": frozenset({"-p"}),
    "mongosh": frozenset({"-p"}),
    "mongodump": frozenset({"-p"}),
    "mongorestore": frozenset({"-p"}),
    "ldapsearch": frozenset({"-w"}),
    "ldapadd": frozenset({"-w"}),
    "sqlcmd": frozenset({"-P"}),
    "cqlsh": frozenset({"-p"}),
    "login": frozenset({"-p"}),
}
"""Clients whose short flag takes a password as its next word."""
_GLUED = frozenset({"mysql", "mysqldump", "mysqladmin", "mariadb", "mariadb-dump", "mariadb-admin", "sshpass"})
"""Clients that take it in the same word: `-phunter2`."""
_LOGINS = {"curl": frozenset({"-u", "--user", "-U", "--proxy-user"}), "ftp": frozenset({"-u"})}
"""Clients whose flag takes `name:password`."""
_WITH_LOGIN = frozenset({"docker", "podman", "nerdctl", "buildah", "skopeo", "helm", "oras", "crane", "oc", "az"})
"""Clients that take a password behind `login` only: `-p` of `docker run` is a port."""
_CLIENTS = (frozenset(_NEXT) - {"login"}) | _GLUED | frozenset(_LOGINS) | _WITH_LOGIN
_ENDS = frozenset({"&&", "||", ";", "|", "then", "do", "exec", "sudo", "&"})
"""Words after which another command begins."""
_SHORTEST = 3


class Given(msgspec.Struct, frozen=True):
    """A secret that a command is given."""

    word: int
    """The position of the word that holds it."""
    name: str
    """As it is written: `--password`, `DB_PASSWORD`, `-p`."""
    weight: Weight


def given(words: Sequence[str]) -> Iterator[Given]:
    """The secrets among the words of one or more commands. A word may be a whole script."""
    program = ""
    before = ""
    for index, word in enumerate(words):
        if _is_script(word):
            yield from (Given(index, found.name, found.weight) for found in given(_split(word)))
            before = ""
            continue
        if index == 0 or before in _ENDS:
            program = word.rpartition("/")[2]
        elif word in _CLIENTS or (word == "login" and program in _WITH_LOGIN):
            program = word
        name, value = _option(program, before, word)
        weight = _weigh(name, value) if name else "none"
        if weight != "none":
            yield Given(index, name, weight)
        before = word


def _option(program: str, before: str, word: str) -> tuple[str, str]:
    """The name and value that a word completes; empty where it completes none."""
    key, joined, value = word.partition("=")
    if joined and _is_secret(key):
        return key, value
    inner, nested, value = value.partition("=")  # `--from-literal=password=…`
    if nested and _is_secret(inner):
        return inner, value
    if before.startswith("-") and not word.startswith("-") and _is_secret(before):
        return before, word
    return _flag(program, before, word)


def _flag(program: str, before: str, word: str) -> tuple[str, str]:
    """The same for the short flags of clients that are known."""
    if before in _NEXT.get(program, ()):
        return before, word
    if before in _LOGINS.get(program, ()) and ":" in word:
        return before, word.partition(":")[2]
    if program in _GLUED and word.startswith("-p") and len(word) >= len("-p") + _SHORTEST:
        return "-p", word.removeprefix("-p")
    return "", ""


def _is_secret(option: str) -> bool:
    match = _name().fullmatch(option)
    return match is not None and secret_name(match[1])


def _weigh(name: str, value: str) -> Weight:
    known = name.lstrip("-")
    return weigh_setting(known if secret_name(known) else "password", value.strip("\"'"))


def _is_script(word: str) -> bool:
    return any(sign.isspace() for sign in word.strip())


def _split(script: str) -> list[str]:
    """The words of a script, roughly as a shell would cut them, without their quotes."""
    words = (word.replace('"', "").replace("'", "") for word in _words().findall(script))
    return [";" if word == "\n" else word for word in words if not word.startswith(("\\\n", "\\\r"))]


@cache
def _name() -> re.Pattern[str]:
    """An option or a variable: `--db-password`, `-Ddb.password`, `DB_PASSWORD`."""
    return re.compile(r"(?:--?(?:D(?=[a-z]))?|/)?([A-Za-z_][\w.-]{0,100})")


@cache
def _words() -> re.Pattern[str]:
    """A quote that is never closed goes on to the end: looking for its end again and again would take forever."""
    return re.compile(
        r"""&&|\|\||\\\r?\n|[;|&\n]|(?:"(?:[^"\\]|\\(?:.|\Z))*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s"';|&])++""", re.DOTALL
    )
