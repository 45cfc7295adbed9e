"""What is remembered of a file's content, so that an unchanged file is neither read nor judged again.

`Facts` depend on the content alone, a `Verdict` on the content, the rules and the answers of look-ups; its
answers are kept as digests, so that it is known to hold, or not, in another tree.
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

import msgspec

from bartizan.model.finding import Finding
from bartizan.model.owner import controller
from bartizan.model.resource import Subject
from bartizan.model.result import Evaluation, Read, Result
from bartizan.model.unknown import Unknown
from bartizan.sources.manifests import FileReading

FORMAT = "1"
"""Counts up with every change of the reader or of these shapes: older records are then never asked for."""


class Identity(msgspec.Struct, frozen=True, array_like=True):
    """An object of the file, as look-ups ask for it."""

    group: str
    kind: str
    namespace: str
    name: str


class Facts(msgspec.Struct, frozen=True, array_like=True):
    """What a file's content says of itself."""

    objects: tuple[Identity, ...]
    controllers: tuple[Identity, ...]
    """What its objects name as their controllers: they are folded to an owner that may stand in another file."""
    counts: dict[str, int]
    kustomization: dict[str, Any] | None
    is_patch: bool

    def stub(self, file: str) -> FileReading:
        """Enough of the reading to tell the roles of a tree's files."""
        return FileReading(file, counts=self.counts, kustomization=self.kustomization, is_patch=self.is_patch)


def facts(reading: FileReading) -> Facts:
    """The facts of a file that was read."""
    return Facts(
        tuple(Identity(item.group, item.kind, item.namespace, item.name) for item in reading.resources),
        tuple(_identity(owner) for item in reading.resources if (owner := controller(item)) is not None),
        reading.counts,
        reading.kustomization,
        reading.is_patch,
    )


def _identity(owner: Subject) -> Identity:
    return Identity(owner.api_version.rpartition("/")[0], owner.kind, owner.namespace, owner.name)


class Answered(msgspec.Struct, frozen=True, array_like=True):
    """A question, and the digest of its answer."""

    read: Read
    digest: str


class Verdict(msgspec.Struct, frozen=True, array_like=True):
    """How a file's objects were judged, before exceptions. Names of files are left out."""

    evaluated: int
    count: int
    """Of findings."""
    findings: msgspec.Raw
    unknowns: tuple[Unknown, ...]
    results: tuple[Result, ...]
    """Errors and skips."""
    answers: tuple[Answered, ...]

    def findings_in(self, file: str) -> list[Finding]:
        """The findings, as of a file of this name."""
        found = msgspec.msgpack.decode(self.findings, type=list[Finding])
        return [_moved(finding, file) for finding in found]

    def unknowns_in(self, file: str) -> list[Unknown]:
        """The unknowns, as of a file of this name."""
        return [msgspec.structs.replace(unknown, file=file) for unknown in self.unknowns]

    def results_in(self, file: str) -> list[Result]:
        """Errors and skips, as of a file of this name."""
        return [msgspec.structs.replace(result, file=file) for result in self.results]


def verdicts(
    readings: Iterable[FileReading], evaluation: Evaluation, answers: "dict[str, tuple[Answered, ...]]"
) -> dict[str, Verdict]:
    """The evaluation of some files, taken apart by file."""
    findings = _by_file((finding.location.file, finding) for finding in evaluation.findings)
    unknowns = _by_file((unknown.file, unknown) for unknown in evaluation.unknowns)
    results = _by_file((result.file, result) for result in evaluation.results if result.verdict != "fail")
    return {
        reading.file: Verdict(
            len(reading.resources) - evaluation.erred.get(reading.file, 0),
            len(findings.get(reading.file, ())),
            msgspec.Raw(msgspec.msgpack.encode([_moved(f, "") for f in findings.get(reading.file, ())])),
            tuple(
                msgspec.structs.replace(u, file="") for u in (*reading.unknowns, *unknowns.get(reading.file, ()))
            ),
            tuple(msgspec.structs.replace(r, file="", findings=()) for r in results.get(reading.file, ())),
            answers.get(reading.file, ()),
        )
        for reading in readings
    }


def _by_file(items: Iterable[tuple[str, Any]]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for file, item in items:
        found.setdefault(file, []).append(item)
    return found


def _moved(finding: Finding, file: str) -> Finding:
    location = msgspec.structs.replace(finding.location, file=file)
    return msgspec.structs.replace(finding, location=location, occurrence=0)


def digest(parts: Iterable[str]) -> str:
    """Of some texts, in their order."""
    return sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()
