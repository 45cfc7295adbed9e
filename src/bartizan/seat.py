"""One judge at the bench: a check, ready to look at cases. Its answer is a verdict, never an exception."""

from collections.abc import Iterable
from typing import Any

import msgspec

from bartizan.case import Case, Weight
from bartizan.checks.check import CannotTell, Check, Context, Fault, Find
from bartizan.lookups import Recorder
from bartizan.model.finding import Persona, Severity
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.result import Verdict
from bartizan.model.shape import IllTyped, IllTypedField
from bartizan.model.workload import Container, PodView


class Judge(msgspec.Struct, frozen=True, eq=False):
    """A check as one run uses it."""

    check: Check
    params: Any
    severity: Severity | None = None
    """Replaces every severity that the check would give."""
    persona: Persona | None = None
    data: Any = None
    """The tables that the check asks for."""


class Said(msgspec.Struct, frozen=True, eq=False):
    """What a judge says of a case."""

    verdict: Verdict
    faults: list[Fault]
    """With an error, what was found beside it."""
    reason: str = ""
    message: str = ""


_PASS = Said("pass", [])


_Subject = Container | PodView | Resource


class Seat:
    """A judge with its rule for the version and its context; knows whether the door answers its needs."""

    def __init__(self, judge: Judge, find: Find, lookups: Recorder, minor: int) -> None:
        self.check = judge.check
        self.id = judge.check.id
        self.judges = judge.check.judges
        self.find = find
        self.weight = Weight(judge.check, judge.severity, judge.persona or judge.check.persona)
        self.overrides = judge.check.overrides
        self.context = Context(lookups, judge.params, minor, judge.data)
        self.missing = tuple(need for need in judge.check.needs if not lookups.supplies(need))

    def concerns(self, group_kind: GroupKind, *, makes_pods: bool) -> bool:
        """Whether the judge looks at objects of a kind."""
        if self.judges == "object":
            return not self.check.kinds or group_kind in self.check.kinds
        return self.judges in ("container", "pod") and makes_pods

    def judge(self, case: Case, ill_typed: dict[IllTyped, None]) -> Said:
        """The verdict. An error in one container hides nothing of the others.

        Args:
            case: One that concerns the judge.
            ill_typed: Gets the fields that the judge could not read.
        """
        if self.missing:
            return Said("skip", [], "not-evaluable-here", f"needs {', '.join(self.missing)}")
        find, context = self.find, self.context
        subjects = self._subjects(case)
        try:
            faults = [fault for subject in subjects for fault in find(subject, context)]
        except Exception:  # noqa: BLE001 - looked at again below, one subject after the other
            return self._troubled(case, subjects, ill_typed)
        if case.hidden and self.judges == "container":
            return self._troubled(case, subjects, ill_typed)
        return Said("fail", faults) if faults else _PASS

    def _troubled(self, case: Case, subjects: Iterable[_Subject], ill_typed: dict[IllTyped, None]) -> Said:
        """What is found in the subjects that can be judged, and why the others cannot."""
        faults: list[Fault] = []
        troubles: list[Exception] = list(case.hidden) if self.judges == "container" else []
        for subject in subjects:
            try:
                faults.extend(self.find(subject, self.context))
            except Exception as error:  # noqa: BLE001 - a crashed check is a verdict, and the others go on
                troubles.append(error)
        ill_typed.update((error.problem, None) for error in troubles if isinstance(error, IllTypedField))
        verdict, reason, message = _trouble(self.id, troubles)
        troubles.clear()  # an exception holds its frames, and these the exception: nobody collects such cycles
        return Said(verdict, faults, reason, message)

    def _subjects(self, case: Case) -> tuple[_Subject, ...]:
        if self.judges == "container":
            return case.containers
        return case.pods if self.judges == "pod" else (case.resource,)


def _trouble(check: str, troubles: list[Exception]) -> tuple[Verdict, str, str]:
    """Verdict, reason and message of the first error, else of the first skip."""
    told: list[tuple[Verdict, str, str]] = []
    for error in troubles:
        if isinstance(error, IllTypedField):
            told.append(("error", "ill-typed-field", str(error)))
        elif isinstance(error, CannotTell):
            skips = error.reason == "not-evaluable-here"
            told.append(("skip" if skips else "error", error.reason, str(error)))
        else:
            told.append(("error", "check-crashed", f"{check}: {type(error).__name__} in {_place_of(error)}"))
    return min(told, key=lambda said: said[0] != "error")


def _place_of(error: Exception) -> str:
    """Where it was raised. Its text may quote what it stumbled over, so that is not told."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else "an unknown place"
