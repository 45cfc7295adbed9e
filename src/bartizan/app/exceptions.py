"""Exceptions as code: the documents under `.bartizan/exceptions/`, read strictly."""

from collections.abc import Iterable

import msgspec

from bartizan.documents.reader import Document, read
from bartizan.model.exception import API_VERSION, ExceptionDocument, ExceptionEntry, Target
from bartizan.model.unknown import Unknown
from bartizan.sources.blob import Blob


def read_exceptions(blobs: Iterable[Blob]) -> tuple[tuple[ExceptionEntry, ...], tuple[Unknown, ...]]:
    """The exceptions of some files. One that cannot be read is an Unknown and suppresses nothing."""
    entries: list[ExceptionEntry] = []
    unknowns: list[Unknown] = []
    for blob in blobs:
        reading = read(blob.data)
        unknowns += [_unreadable(blob.file, p.line, p.message) for p in reading.problems]
        for document in reading.documents:
            if document.value is None:
                continue
            try:
                entries.append(_entry(document, blob.file))
            except msgspec.ValidationError as error:
                unknowns.append(_unreadable(blob.file, _line(document), str(error)))
    return tuple(entries), tuple(unknowns)


def _entry(document: Document, file: str) -> ExceptionEntry:
    exception = msgspec.convert(document.value, ExceptionDocument)
    spec = exception.spec
    targets = [value for value in msgspec.structs.astuple(spec.target) if value]
    if len(targets) != 1:
        names = ", ".join(field.name for field in msgspec.structs.fields(Target))
        raise msgspec.ValidationError(f"spec.target must name exactly one of {names}")
    for name, text in (
        ("owner", spec.owner),
        ("reason", spec.reason),
        ("metadata.name", exception.metadata.name),
    ):
        if not text.strip():
            raise msgspec.ValidationError(f"{name} must not be empty")
    return ExceptionEntry(exception, file, _line(document))


def _line(document: Document) -> int:
    span = document.marks.nearest((), document.value) if document.marks else None
    return span.line if span else 1


def _unreadable(file: str, line: int, problem: str) -> Unknown:
    message = (
        f"the exception suppresses nothing: {problem} (expected: `apiVersion: {API_VERSION}`, `kind: Exception`)"
    )
    return Unknown(file=file, line=line, column=1, code="unreadable-exception", message=message)
