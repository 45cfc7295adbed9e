"""From what is asked for to the judges of a run."""

import re
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import Any

import msgspec

from bartizan.app.configuration import suggestion
from bartizan.app.errors import UsageError
from bartizan.app.tables import table
from bartizan.checks.check import NEWEST_MINOR, Check, Level
from bartizan.evaluate import Judge
from bartizan.model.finding import PERSONAS, Persona, Severity

_OF_GATES = ("exception", "change")
_NUMBER = re.compile("[0-9]{1,4}")


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """What a run asks for; flags and configuration are already one."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    params: Mapping[str, Mapping[str, Any]] = {}
    severity: Mapping[str, Severity] = {}
    persona: Persona = "regular"
    level: Level | None = None
    minor: int = NEWEST_MINOR


def judges(available: Iterable[Check], wanted: Selection) -> tuple[Judge, ...]:
    """The judges, by id.

    A check named by its id runs whatever the persona; a level brings the checks of the standard and no others.

    Raises:
        UsageError: an id or pattern names no check, parameters do not fit, or nothing is left to judge with.
    """
    checks = {check.id: check for check in available}
    for names in (wanted.select, wanted.ignore):
        for name in names:
            _known(name, checks)
    for name in (*wanted.params, *wanted.severity):
        if name not in checks:
            raise UsageError(f"there is no check `{name}`{suggestion(name, list(checks))}")
    chosen = [check for check in checks.values() if _is_chosen(check, wanted)]
    if all(check.judges in _OF_GATES and not _is_asked_for(check, wanted) for check in chosen):
        raise UsageError("no check is left to judge objects: `--skip` and the configuration leave all out")
    replaced = {name for check in chosen if wanted.level == "restricted" for name in _replaced(check, wanted)}
    return tuple(
        Judge(check, _params(check, wanted), wanted.severity.get(check.id), data=table(check.data))
        for check in sorted(chosen, key=lambda check: (_depth(check, checks), check.id))
        if check.id not in replaced
    )


def _depth(check: Check, checks: Mapping[str, Check]) -> int:
    """A check comes after those that it contains: what both say is told by the contained one."""
    return max((1 + _depth(checks[name], checks) for name in check.overrides if name in checks), default=0)


def _known(name: str, checks: Mapping[str, Check]) -> None:
    if not any(fnmatchcase(check, name) for check in checks):
        kind = "check matches" if set(name) & set("*?[") else "check is called"
        raise UsageError(f"no {kind} `{name}`{suggestion(name, list(checks))}")


def _is_chosen(check: Check, wanted: Selection) -> bool:
    if any(fnmatchcase(check.id, pattern) for pattern in wanted.ignore):
        return False
    if check.judges in _OF_GATES:
        return not wanted.level
    if wanted.select:
        return _is_asked_for(check, wanted)
    if wanted.level:
        return check.level is not None and (check.level == "baseline" or wanted.level == "restricted")
    return PERSONAS.index(check.persona) <= PERSONAS.index(wanted.persona)


def _is_asked_for(check: Check, wanted: Selection) -> bool:
    return any(fnmatchcase(check.id, pattern) for pattern in wanted.select)


def _replaced(check: Check, wanted: Selection) -> tuple[str, ...]:
    return check.overrides if check.rule(wanted.minor) else ()


def _params(check: Check, wanted: Selection) -> Any:
    try:
        return msgspec.convert(dict(wanted.params.get(check.id, {})), check.params)
    except msgspec.ValidationError as error:
        raise UsageError(f"parameters of `{check.id}`: {error}") from error


def minor(version: str) -> int:
    """The minor of `1.36`, `v1.36` or `1.36.3`.

    Raises:
        UsageError: it is no version, or one newer than the checks know.
    """
    parts = version.removeprefix("v").split(".")
    if len(parts) not in (2, 3) or parts[0] != "1" or not all(map(_NUMBER.fullmatch, parts)):
        raise UsageError(f"`{version}` is no Kubernetes version; write it like 1.{NEWEST_MINOR}")
    if int(parts[1]) > NEWEST_MINOR:
        raise UsageError(f"Kubernetes {version} is newer than the newest known, 1.{NEWEST_MINOR}: update bartizan")
    return int(parts[1])
