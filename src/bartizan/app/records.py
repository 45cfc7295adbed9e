"""What is remembered of a file's content, so that an unchanged file is neither read nor judged again.

`Facts` depend on the content alone, a `Verdict` on the content, the rules and the answers of look-ups; its
answers are kept as digests, so that it is known to hold, or not, in another tree.
"""

import os
import sys
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

import bartizan
from bartizan.evaluate import Judge
from bartizan.model.finding import Finding
from bartizan.model.owner import controller
from bartizan.model.resource import Subject
from bartizan.model.result import Evaluation, Read, Result
from bartizan.model.unknown import Unknown
from bartizan.sources.installers import installers
from bartizan.sources.manifests import FileReading

_FINGERPRINT = 32
"""Bytes."""


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
    controlled: tuple[Identity, ...]
    """Those objects themselves."""
    counts: dict[str, int]
    kustomization: dict[str, Any] | None
    installers: tuple[dict[str, Any], ...] = ()
    """The objects that say how charts are installed."""

    def stub(self, file: str) -> FileReading:
        """Enough of the reading to tell the roles of a tree's files."""
        return FileReading(file, counts=self.counts, kustomization=self.kustomization)


def facts(reading: FileReading) -> Facts:
    """The facts of a file that was read."""
    owners = [(controller(item), item) for item in reading.resources]
    return Facts(
        tuple(_identity(item.subject) for item in reading.resources),
        tuple(_identity(owner) for owner, _ in owners if owner is not None),
        tuple(_identity(item.subject) for owner, item in owners if owner is not None),
        reading.counts,
        reading.kustomization,
        installers(reading.resources),
    )


def _identity(subject: Subject) -> Identity:
    return Identity(subject.api_version.rpartition("/")[0], subject.kind, subject.namespace, subject.name)


class Answered(msgspec.Struct, frozen=True, array_like=True):
    """A question, and the digest of its answer."""

    read: Read
    digest: str


class Verdict(msgspec.Struct, frozen=True, array_like=True):
    """How a file's objects were judged, before exceptions. The names of files in it mean nothing."""

    evaluated: int
    fingerprints: bytes
    """Of the findings, one after the other: enough to count them and to know which are alike."""
    findings: msgspec.Raw
    unknowns: tuple[Unknown, ...]
    results: tuple[Result, ...]
    """Errors and skips."""
    answers: tuple[Answered, ...]

    @property
    def count(self) -> int:
        """Of findings."""
        return len(self.fingerprints) // _FINGERPRINT

    @property
    def kinds(self) -> frozenset[bytes]:
        """The fingerprints of the findings."""
        prints = self.fingerprints
        return frozenset(prints[at : at + _FINGERPRINT] for at in range(0, len(prints), _FINGERPRINT))

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
            b"".join(bytes.fromhex(finding.fingerprint) for finding in findings.get(reading.file, ())),
            _packed(findings.get(reading.file, []), reading.file),
            tuple(
                msgspec.structs.replace(u, file="") for u in (*reading.unknowns, *unknowns.get(reading.file, ()))
            ),
            tuple(msgspec.structs.replace(r, file="", findings=()) for r in results.get(reading.file, ())),
            answers.get(reading.file, ()),
        )
        for reading in readings
    }


def _packed(findings: list[Finding], file: str) -> msgspec.Raw:
    """The findings in the form in which they are kept, which holds no name that is not UTF-8."""
    kept = findings if file.isascii() else [_moved(finding, "") for finding in findings]
    return msgspec.Raw(msgspec.msgpack.encode(kept))


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


def engine(judges: Iterable[Judge], minor: int) -> str:
    """A digest of what reads and judges: one that has changed does not ask for what it kept before."""
    rules = (judge.check.rule(minor) for judge in judges)
    modules = {rule.__module__ for rule in rules if rule is not None}
    files = {getattr(sys.modules.get(module), "__file__", None) or module for module in modules}
    return digest((_package(), *(_state(file) for file in sorted(files))))


@cache
def _package() -> str:
    """Of the files of this program: their names, sizes and times, which an upgrade changes."""
    listed: list[str] = []
    for folder, _, names in os.walk(Path(bartizan.__file__).parent):
        listed += [_state(f"{folder}/{name}") for name in names if name.endswith((".py", ".json"))]
    return digest((bartizan.__version__, msgspec.__version__, *sorted(listed)))


def _state(file: str) -> str:
    try:
        status = os.stat(file)  # noqa: PTH116 - some hundred files, and Path costs three times as much
    except OSError:
        return file
    return f"{file} {status.st_size} {status.st_mtime_ns}"
