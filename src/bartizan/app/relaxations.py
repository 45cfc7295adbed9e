"""What the head of a change allows and its base does not: each is a `gate-relaxed` finding (law 6)."""

from collections.abc import Iterator

from bartizan.app import plugins, selection
from bartizan.app.configuration import FILE_NAME
from bartizan.app.gate_rules import GateRules, Ruleset
from bartizan.evaluate import Judge
from bartizan.model.exception import ExceptionSpec
from bartizan.model.finding import SEVERITIES, Finding, Location
from bartizan.model.fingerprint import fingerprint
from bartizan.model.relaxation import Relaxation
from bartizan.model.resource import Subject

CHECK = "gate-relaxed"


def relaxation_findings(rules: GateRules) -> list[Finding]:
    """New findings, one for each relaxation; none where the head is trusted or the check is not selected."""
    judge = next((judge for judge in rules.judging.rules.judges if judge.check.id == CHECK), None)
    if rules.trusted or judge is None:
        return []
    return [_finding(relaxation, judge) for relaxation in relaxations(rules.base, rules.head)]


def relaxations(base: Ruleset, head: Ruleset) -> list[Relaxation]:
    """Everything that the head loosens."""
    return [*_checks(base, head), *_scalars(base, head), *_left_out(base, head), *_exceptions(base, head)]


def _checks(base: Ruleset, head: Ruleset) -> Iterator[Relaxation]:
    before, after = _judges(base), _judges(head)
    for name, judge in before.items():
        other = after.get(name)
        if other is None:
            yield _setting("check-dropped", name, f"the change no longer selects the check `{name}`")
            continue
        was, now = judge.severity or judge.check.severity, other.severity or other.check.severity
        # A remap also flattens what a check ranks case by case: setting one anew is told, whatever it says.
        if SEVERITIES.index(now) > SEVERITIES.index(was) or (
            other.severity and not judge.severity and now != "critical"
        ):
            yield _setting(
                "severity-lowered", name, f"the change lowers the severity of `{name}` from {was} to {now}"
            )
        if judge.params != other.params:
            yield _setting("parameters-changed", name, f"the change alters the parameters of `{name}`")


def _judges(rules: Ruleset) -> dict[str, Judge]:
    return {judge.check.id: judge for judge in selection.judges(plugins.checks(), rules.selection)}


def _scalars(base: Ruleset, head: Ruleset) -> Iterator[Relaxation]:
    was, now = base.configuration.fail_on or "high", head.configuration.fail_on or "high"
    if SEVERITIES.index(now) < SEVERITIES.index(was):
        yield _setting("gate-raised", "fail-on", f"the change raises `fail-on` from {was} to {now}")
    if head.selection.minor != base.selection.minor:
        versions = f"from 1.{base.selection.minor} to 1.{head.selection.minor}"
        yield _setting(
            "version-changed", "kubernetes-version", f"the change judges by another version, {versions}"
        )


def _left_out(base: Ruleset, head: Ruleset) -> Iterator[Relaxation]:
    for pattern in head.configuration.exclude:
        if pattern not in base.configuration.exclude:
            yield _setting("files-excluded", pattern, f"the change excludes `{pattern}` from every scan")
    for file, line in sorted(head.ignore_lines - base.ignore_lines):
        yield Relaxation("files-ignored", f"{file}:{line}", file, 1, f"the change ignores `{line}` by {file}")
    for file, line in sorted(base.ignore_lines - head.ignore_lines):
        if line.startswith("!"):
            yield Relaxation(
                "files-ignored", f"{file}:{line}", file, 1, f"the change removes `{line}` from {file}"
            )


def _exceptions(base: Ruleset, head: Ruleset) -> Iterator[Relaxation]:
    before = {entry.name: entry for entry in base.exceptions}
    for entry in head.exceptions:
        was = before.get(entry.name)
        if was is None:
            message = f"the change adds the exception `{entry.name}` (until {entry.spec.until})"
            yield Relaxation("exception-added", entry.name, entry.file, entry.line, message)
        elif _loosened(was.spec, entry.spec):
            message = f"the change widens or prolongs the exception `{entry.name}`"
            yield Relaxation("exception-widened", entry.name, entry.file, entry.line, message)


def _loosened(was: ExceptionSpec, now: ExceptionSpec) -> bool:
    """Whatever is not plainly narrower counts: an earlier end, fewer of the same subjects, other words."""
    if now.until > was.until or now.target != was.target or now.allow != was.allow:
        return True
    narrower = bool(now.subjects) and (not was.subjects or set(now.subjects) <= set(was.subjects))
    return now.subjects != was.subjects and not narrower


def _setting(what: str, name: str, message: str) -> Relaxation:
    return Relaxation(what, name, FILE_NAME, 1, message)


def _finding(relaxation: Relaxation, judge: Judge) -> Finding:
    subject = Subject("bartizan.dev/v1alpha1", "Configuration", "", relaxation.file)
    find = judge.check.find
    assert find is not None  # noqa: S101 - a check without a rule is refused by the tests of the plug-ins
    (fault,) = find(relaxation, None)  # type: ignore[arg-type] # needs no context
    return Finding(
        check=CHECK,
        subject=subject,
        severity=judge.severity or judge.check.severity,
        confidence=judge.check.confidence,
        persona=judge.check.persona,
        message=fault.message,
        location=Location(relaxation.file, relaxation.line, 1),
        path=fault.path,
        evidence=fault.evidence,
        fingerprint=fingerprint(CHECK, subject, "", fault.evidence),
        change="new",
    )
