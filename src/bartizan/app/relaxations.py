"""What the head of a change allows and its base does not: each is a `gate-relaxed` finding (law 6)."""

from collections.abc import Iterable, Iterator, Sequence
from posixpath import normpath

import msgspec

from bartizan.app import plugins, selection
from bartizan.app.gate_rules import GATE_RELAXED, GateRules, Ruleset
from bartizan.evaluate import Judge
from bartizan.model.exception import Allow, ExceptionSpec
from bartizan.model.finding import SEVERITIES, Finding, Location, Severity
from bartizan.model.fingerprint import fingerprint
from bartizan.model.relaxation import Relaxation
from bartizan.model.resource import Subject


def relaxation_findings(rules: GateRules, beside: Iterable[Relaxation] = ()) -> list[Finding]:
    """New findings, one for each relaxation; none where the head is trusted or the check is not selected.

    Args:
        rules: Of both sides.
        beside: What the head's own objects loosen.
    """
    judge = next((judge for judge in rules.judging.rules.judges if judge.check.id == GATE_RELAXED), None)
    if rules.trusted or judge is None:
        return []
    # Whatever the gate is, it is not opened by itself, unless the base ranks the check on purpose.
    own, gate = judge.check.severity, rules.judging.rules.fail_on
    severity = judge.severity or (own if SEVERITIES.index(own) <= SEVERITIES.index(gate) else gate)
    return [_finding(found, judge, severity) for found in (*relaxations(rules.base, rules.head), *beside)]


def relaxations(base: Ruleset, head: Ruleset) -> list[Relaxation]:
    """Everything that the head loosens."""
    return [*_checks(base, head), *_scalars(base, head), *_left_out(base, head), *_exceptions(base, head)]


def _checks(base: Ruleset, head: Ruleset) -> Iterator[Relaxation]:
    before, after = _judges(base), _judges(head)
    for name, judge in before.items():
        other = after.get(name)
        if other is None:
            yield _setting(head, "check-dropped", name, f"the change no longer selects the check `{name}`")
            continue
        if _ranks_lower(judge, other):
            was, now = judge.severity or judge.check.severity, other.severity or other.check.severity
            ranks = f"from {was} to {now}" if was != now else f"to {now} in every case, or no longer in every case"
            yield _setting(head, "severity-lowered", name, f"the change lowers the severity of `{name}` {ranks}")
        if judge.params != other.params:
            yield _setting(head, "parameters-changed", name, f"the change alters the parameters of `{name}`")


def _ranks_lower(base: Judge, head: Judge) -> bool:
    """Whether the head may rank something lower: a configured severity replaces all that the check gives."""
    own = base.check.severity
    if base.severity == head.severity:
        return False
    if base.severity is None:
        # Set anew: what the check ranks case by case is flattened, and some cases may have been worse.
        return head.severity != "critical"
    if head.severity is None:
        return SEVERITIES.index(base.severity) <= SEVERITIES.index(own)
    return SEVERITIES.index(head.severity) > SEVERITIES.index(base.severity)


def _judges(rules: Ruleset) -> dict[str, Judge]:
    return {judge.check.id: judge for judge in selection.judges(plugins.checks(), rules.selection)}


def _scalars(base: Ruleset, head: Ruleset) -> Iterator[Relaxation]:
    was, now = base.configuration.fail_on or "high", head.configuration.fail_on or "high"
    if SEVERITIES.index(now) < SEVERITIES.index(was):
        yield _setting(head, "gate-raised", "fail-on", f"the change raises `fail-on` from {was} to {now}")
    if head.selection.minor != base.selection.minor:
        versions = f"from 1.{base.selection.minor} to 1.{head.selection.minor}"
        yield _setting(
            head, "version-changed", "kubernetes-version", f"the change judges by another version, {versions}"
        )


def _left_out(base: Ruleset, head: Ruleset) -> Iterator[Relaxation]:
    for sentence, pattern in _patterns(base.configuration.exclude, head.configuration.exclude):
        message = f"the change {sentence} of what every scan excludes"
        yield _setting(head, "files-excluded", pattern, message)
    for file in sorted(base.ignore_files.keys() | head.ignore_files.keys()):
        was, now = _lines(base.ignore_files.get(file, "")), _lines(head.ignore_files.get(file, ""))
        for sentence, pattern in _patterns(was, now):
            message = f"the change {sentence} of the ignored files in {file}"
            yield Relaxation("files-ignored", f"{file}:{pattern}", file, 1, message)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.splitlines() if line.strip() and not line.startswith("#"))


def _patterns(was: Sequence[str], now: Sequence[str]) -> Iterator[tuple[str, str]]:
    """In what ways patterns may leave out more than before: a sentence's middle, and the pattern."""
    for pattern in dict.fromkeys(now):
        if pattern not in was and not pattern.startswith("!"):
            yield f"makes `{pattern}` one", pattern
    for pattern in dict.fromkeys(was):
        if pattern not in now and pattern.startswith("!"):
            yield f"takes `{pattern}` out", pattern
    # The last pattern that fits decides.
    order = [pattern for pattern in now if pattern in was]
    if order != [pattern for pattern in was if pattern in now]:
        yield "changes the order of the patterns", "order"


def _exceptions(base: Ruleset, head: Ruleset) -> Iterator[Relaxation]:
    known = {normpath(folder) for folder in base.configuration.exceptions}
    for folder in head.configuration.exceptions:
        if normpath(folder) not in known:
            message = f"the change looks for exceptions in another folder, `{folder}`"
            yield _setting(head, "exceptions-moved", folder, message)
    before: dict[str, list[ExceptionSpec]] = {}
    for entry in base.exceptions:
        before.setdefault(entry.name, []).append(entry.spec)
    for entry in head.exceptions:
        if entry.name not in before:
            message = f"the change adds the exception `{entry.name}` (until {entry.spec.until})"
            yield Relaxation("exception-added", entry.name, entry.file, entry.line, message)
        elif all(_loosened(was, entry.spec) for was in before[entry.name]):
            message = f"the change widens or prolongs the exception `{entry.name}`"
            yield Relaxation("exception-widened", entry.name, entry.file, entry.line, message)


def _loosened(was: ExceptionSpec, now: ExceptionSpec) -> bool:
    """Whatever is not plainly narrower counts: an earlier end, fewer of the same subjects, one value of many."""
    if now.until > was.until or now.target != was.target or not _allows_less(was.allow, now.allow):
        return True
    narrower = bool(now.subjects) and (not was.subjects or set(now.subjects) <= set(was.subjects))
    return now.subjects != was.subjects and not narrower


def _allows_less(was: Allow, now: Allow) -> bool:
    return all(
        before in (nothing, after) and type(before) in (type(nothing), type(after))
        for before, after, nothing in zip(*map(msgspec.structs.astuple, (was, now, Allow())), strict=True)
    )


def _setting(head: Ruleset, what: str, name: str, message: str) -> Relaxation:
    return Relaxation(what, name, head.file, 1, message)


def _finding(relaxation: Relaxation, judge: Judge, severity: Severity) -> Finding:
    subject = Subject("bartizan.dev/v1alpha1", "Configuration", "", relaxation.file)
    find = judge.check.find
    assert find is not None  # noqa: S101 - a check without a rule is refused by the tests of the plug-ins
    (fault,) = find(relaxation, None)  # type: ignore[arg-type] # needs no context
    return Finding(
        check=GATE_RELAXED,
        subject=subject,
        severity=severity,
        confidence=judge.check.confidence,
        persona=judge.check.persona,
        message=fault.message,
        location=Location(relaxation.file, relaxation.line, 1),
        path=fault.path,
        evidence=fault.evidence,
        fingerprint=fingerprint(GATE_RELAXED, subject, "", fault.evidence),
        change="new",
    )
