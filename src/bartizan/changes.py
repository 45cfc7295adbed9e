"""What a change does to findings: new, fixed, unchanged, incomparable. Pure.

Equal fingerprints form a multiset: findings of one fingerprint are paired by file first, then by what they
say, then as they come. What is left over on the head's side is new, on the base's side fixed. A finding that
an exception hides in the base is no partner for one that none hides in the head.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable

import msgspec

from bartizan.model.finding import Change, Finding
from bartizan.model.resource import Subject


class Blind(msgspec.Struct, frozen=True):
    """What one side could not see: there a missing finding is no proof of its absence."""

    files: frozenset[str] = frozenset()
    """Files of which something could not be read."""
    erred: frozenset[tuple[str, Subject, str]] = frozenset()
    """Checks that ended in `error`, with their subject and its file."""

    def covers(self, finding: Finding) -> bool:
        """Whether the side might have had this finding without anybody knowing."""
        subject = msgspec.structs.replace(finding.subject, container="")
        file = finding.location.file
        return file in self.files or (finding.check, subject, file) in self.erred


def compare(
    base: Iterable[Finding], head: Iterable[Finding], *, base_blind: Blind, head_blind: Blind
) -> list[Finding]:
    """Every finding of the head, and those of the base that the head has no more, each with its change."""
    before, after = _grouped(base), _grouped(head)
    told: list[Finding] = []
    for fingerprint in sorted(before.keys() | after.keys()):
        gone, come, same = _paired(before.get(fingerprint, []), after.get(fingerprint, []))
        told += [_changed(finding, "unchanged") for finding in same]
        told += [_changed(finding, "incomparable" if base_blind.covers(finding) else "new") for finding in come]
        told += [_changed(finding, "incomparable" if head_blind.covers(finding) else "fixed") for finding in gone]
    return told


def _grouped(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    groups: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[finding.fingerprint].append(finding)
    return groups


def _paired(base: list[Finding], head: list[Finding]) -> tuple[list[Finding], list[Finding], list[Finding]]:
    """What only the base has, what only the head has, and the head's side of each pair."""
    same: list[Finding] = []
    keys: tuple[Callable[[Finding], object], ...] = (
        lambda finding: (finding.location.file, finding.message),
        lambda finding: finding.location.file,
        lambda finding: finding.message,
        lambda _finding: None,
    )
    for key in keys:
        base, head, paired = _pair(base, head, key)
        same += paired
    return base, head, same


def _pair(
    base: list[Finding], head: list[Finding], key: Callable[[Finding], object]
) -> tuple[list[Finding], list[Finding], list[Finding]]:
    waiting: defaultdict[object, list[Finding]] = defaultdict(list)
    for finding in base:
        waiting[_is_excepted(finding), key(finding)].append(finding)
    left, paired = [], []
    for finding in sorted(head, key=_is_excepted):
        # What an exception hid in the base and hides no more is new; the other way round it is the same.
        standings = (True, False) if finding.exception else (False,)
        partners = next((found for standing in standings if (found := waiting[standing, key(finding)])), None)
        if partners:
            partners.pop(0)
            paired.append(finding)
        else:
            left.append(finding)
    return [finding for partners in waiting.values() for finding in partners], left, paired


def _is_excepted(finding: Finding) -> bool:
    return bool(finding.exception)


def _changed(finding: Finding, change: Change) -> Finding:
    return msgspec.structs.replace(finding, change=change)
