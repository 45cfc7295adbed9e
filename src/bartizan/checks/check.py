"""What a check is. Each check is one module with one public frozen value, `check`."""

from collections.abc import Callable, Iterable
from typing import Any, Literal

import msgspec

from bartizan.model.finding import Confidence, Op, Persona, Severity
from bartizan.model.path import Path
from bartizan.model.resource import GroupKind
from bartizan.model.review import Lookups

Level = Literal["baseline", "restricted"]
Judges = Literal["container", "pod", "object", "exception", "change"]

NEWEST_MINOR = 37
"""The newest Kubernetes minor version that the checks know."""


class Fault(msgspec.Struct, frozen=True):
    """What a check found: one thing to mend."""

    path: Path
    """From the object's root to the field at fault, or to where the missing field belongs."""
    message: str
    """What is wrong and what to write where, in one sentence or two. Names the field as the user writes it."""
    fix: tuple[Op, ...] | None = None
    evidence: str = ""
    """Tells two faults at one path apart (a capability's name, say); never a secret value."""
    severity: Severity | None = None
    """Where this fault weighs other than its check says."""
    confidence: Confidence | None = None
    """Where this fault is surer or less sure than its check says."""
    secret: bool = False
    """Whether the value at `path` may hold a secret: it is then shown nowhere."""
    container: str = ""
    """The container, for a fault that a pod or object check finds in one."""


class NoParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """For a check that has no parameters."""


class Context(msgspec.Struct, frozen=True, eq=False):
    """What a check may know beyond its subject."""

    lookups: Lookups
    params: Any
    """An instance of the check's own `params` type."""
    minor: int = NEWEST_MINOR
    """The minor of the Kubernetes version to judge by."""
    data: Any = None
    """The tables that the check asks for by `Check.data`, as they stand in the file."""


Find = Callable[[Any, Context], Iterable[Fault]]
"""Yields the faults of one subject; none is a pass. What it takes goes with `judges`:

- `container`: `Container`, each of a pod's in turn (its pod is `container.pod`)
- `pod`: `PodView`
- `object`: `Resource` of one of the check's `kinds`; `resource.raw` may be of any shape
- `exception`: `ExceptionUse`
- `change`: `Relaxation`, a way in which a change loosens its own judge
"""


class NativeRule(msgspec.Struct, frozen=True):
    """One CEL rule: true means pass. `object` is the whole object of the kinds named by `kinds`."""

    expression: str
    message: str


class Native(msgspec.Struct, frozen=True):
    """The same rule as CEL data, for export to admission policies. A test proves it equal to `find`."""

    kinds: tuple[GroupKind, ...]
    rules: tuple[NativeRule, ...]


class Check(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A built-in check.

    The module's docstring is the check's documentation: a title line, then why it is bad, what it looks at,
    an example and known misses.
    """

    id: str
    """The kebab-case name of the bad thing; the module is called the same with `_`."""
    judges: Judges
    severity: Severity
    find: Find | None = None
    """The rule; absent where `rules` holds one per version."""
    rules: tuple[tuple[int, Find], ...] = ()
    """`(minor, rule)` in rising order: the rule that holds from Kubernetes 1.minor on."""
    kinds: tuple[GroupKind, ...] = ()
    """For object checks: the kinds they look at; empty for all."""
    confidence: Confidence = "high"
    persona: Persona = "regular"
    needs: tuple[str, ...] = ()
    """Kinds of look-up without which it cannot be judged."""
    params: type[msgspec.Struct] = NoParams
    data: str = ""
    """Tables that the check judges by: a file of `data/kubernetes/`, without its suffix."""
    level: Level | None = None
    """The Pod Security level that asks for it."""
    standard: str = ""
    """The control's name in the Pod Security Standards."""
    overrides: tuple[str, ...] = ()
    """Checks that say more of the same field: a fault at a path where one of them has one is told once, by it.

    At the restricted level the checks of the baseline that are overridden do not run at all.
    """
    native: Native | None = None
    references: tuple[str, ...] = ()
    """Where the rule comes from: addresses of specifications."""
    documentation: str = ""
    """The module's docstring, filled in when the check is loaded."""

    def rule(self, minor: int) -> Find | None:
        """The rule that holds for Kubernetes 1.`minor`, or None where there is none yet."""
        held = self.find
        for since, find in self.rules:
            if since <= minor:
                held = find
        return held

    @property
    def title(self) -> str:
        """The first line of the documentation."""
        return self.documentation.partition("\n")[0].strip().rstrip(".")


Reason = Literal["not-evaluable-here", "lookup-failed"]
"""Why nobody can tell: this door never knows it, or it should have known."""


class CannotTell(Exception):  # noqa: N818 - it is an answer, not a fault
    """A check needs something that a look-up could not answer.

    `reason` is `not-evaluable-here` where this door never knows it (verdict skip), else `lookup-failed`
    (verdict error).
    """

    def __init__(self, message: str, reason: Reason) -> None:
        super().__init__(message)
        self.reason: Reason = reason
