"""`bartizan.yaml`: what a project asks to be judged, read strictly. An unknown key is an error.

The nearest file up the tree from what is scanned counts, up to the repository's root. Flags beat the file.
"""

import os
import re
from difflib import get_close_matches
from pathlib import Path as File
from typing import Annotated, Any, get_args

import msgspec
from msgspec import Meta

from bartizan.app.errors import UsageError
from bartizan.checks.check import Level
from bartizan.documents.reader import Document, read
from bartizan.model.finding import Persona, Severity
from bartizan.model.path import Path
from bartizan.sources.blob import UnreadableError, regular_bytes

FILE_NAME = "bartizan.yaml"
_ALLOWED: dict[str, tuple[str, ...]] = {
    "fail-on": get_args(Severity),
    "severity": get_args(Severity),
    "persona": get_args(Persona),
    "level": get_args(Level),
}
_STEP = re.compile(r"([a-z-]+)|\[(\d+)\]")


class _Section(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True, omit_defaults=True):
    pass


CheckPattern = Annotated[str, Meta(description="A check's id, or a pattern such as `*-binding`.")]


class CheckSelection(_Section, frozen=True):
    """Which checks run, and with what parameters."""

    select: Annotated[tuple[CheckPattern, ...], Meta(description="Only these checks; empty for all.")] = ()
    ignore: Annotated[tuple[CheckPattern, ...], Meta(description="Not these checks.")] = ()
    params: Annotated[
        dict[str, dict[str, Any]],
        Meta(description="Parameters by check id; each check's page lists its own."),
    ] = {}


class Configuration(_Section, frozen=True):
    """The whole file. Every field may be left out."""

    checks: Annotated[CheckSelection, Meta(description="Which checks run.")] = CheckSelection()
    severity: Annotated[
        dict[str, Severity], Meta(description="Severities that replace the checks' own, by check id.")
    ] = {}
    persona: Annotated[
        Persona | None,
        Meta(description="Who reads the report: `regular` (default), `strict` or `audit`; each sees more."),
    ] = None
    level: Annotated[
        Level | None,
        Meta(description="Only the checks of this Pod Security level: `baseline` or `restricted`."),
    ] = None
    fail_on: Annotated[
        Severity | None, Meta(description="The lowest severity that fails the run; `high` where not given.")
    ] = None
    kubernetes_version: Annotated[
        str | None,
        Meta(description='The version to judge by, in quotes: `"1.36"`. Newest known where not given.'),
    ] = None
    exclude: Annotated[
        tuple[str, ...],
        Meta(description="Files and folders left out, in `.gitignore` syntax from this file's folder."),
    ] = ()
    exceptions: Annotated[
        tuple[str, ...], Meta(description="Folders with exceptions, from this file's folder.")
    ] = (".bartizan/exceptions",)


def parse(text: bytes, file: str) -> Configuration:
    """The configuration written in `text`.

    Raises:
        UsageError: it cannot be read; the sentence names the file, the line and the nearest known key.
    """
    reading = read(text)
    if reading.problems:
        problem = reading.problems[0]
        raise UsageError(f"{file}:{problem.line}: {problem.message}")
    if len(reading.documents) > 1:
        second = reading.documents[1]
        place = _line(file, second, (), second.value)
        raise UsageError(f"{place}: one document is expected, found {len(reading.documents)}")
    document = reading.documents[0] if reading.documents else None
    value: Any = document.value if document else None
    if document is None or value is None:
        return Configuration()
    if document.duplicates:
        path = document.duplicates[0].path
        raise UsageError(f"{_line(file, document, path, value)}: `{path[-1]}` stands twice; remove one")
    _refuse_unknown_keys(document, value, file)
    _refuse_a_number(document, value, file)
    try:
        return msgspec.convert(_without_nothing(value), Configuration)
    except msgspec.ValidationError as error:
        words, path = _in_words(str(error))
        raise UsageError(f"{_line(file, document, path, value)}: {words}") from error


def nearest(start: File) -> File | None:
    """The configuration that holds for `start`: in its folder or the nearest one above."""
    folder = start if start.is_dir() else start.parent
    for place in (folder, *folder.parents):
        file = place / FILE_NAME
        if os.path.lexists(file) and not file.is_dir():
            return file
        if (place / ".git").exists():
            return None
    return None


def load(file: File) -> Configuration:
    """The configuration in `file`. Raises UsageError where it cannot be read."""
    try:
        return parse(regular_bytes(file), str(file))
    except FileNotFoundError as error:
        raise UsageError(f"{file}: there is no such file") from error
    except UnreadableError as error:
        raise UsageError(f"{file}: {error}") from error


def schema() -> dict[str, Any]:
    """The JSON Schema that editors use; shipped in `data/schemas/`."""
    made = msgspec.json.schema(Configuration)
    for shape in made["$defs"].values():
        shape["properties"] = {key: _or_nothing(value) for key, value in shape["properties"].items()}
    made["$defs"][CheckSelection.__name__]["type"] = ["object", "null"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://bartizan.dev/schemas/configuration.schema.json",
        "title": "bartizan.yaml",
        **made,
    }


def _or_nothing(shape: dict[str, Any]) -> dict[str, Any]:
    """A property that may be left empty, as the reader takes it."""
    if "$ref" in shape or {"type": "null"} in shape.get("anyOf", ()):
        return shape
    about: dict[str, Any] = {key: shape[key] for key in ("description", "default") if key in shape}
    inner = {key: value for key, value in shape.items() if key not in about}
    return {"anyOf": [inner, {"type": "null"}], **about}


def _line(file: str, document: Document, path: Path, value: object) -> str:
    """The file, with the line where its marks know it."""
    return f"{file}:{document.marks.nearest(path, value).line}" if document.marks else file


def _without_nothing(value: dict[str, Any]) -> dict[str, Any]:
    """Without the keys that stand there empty: they say nothing."""
    sections = {key: section for key, section in value.items() if section is not None}
    if isinstance(checks := sections.get("checks"), dict):
        sections["checks"] = {key: item for key, item in checks.items() if item is not None}
    return sections


def _refuse_a_number(document: Document, value: dict[str, Any], file: str) -> None:
    version = value.get("kubernetes-version")
    if not isinstance(version, int | float) or isinstance(version, bool):
        return
    path = ("kubernetes-version",)
    span = document.marks.value(path, value) if document.marks else None
    written = (
        document.marks.source.text[span.offset : span.end_offset] if document.marks and span else str(version)
    )
    advice = f'put the version in quotes, as in "{written}": without them YAML reads the number {version}'
    raise UsageError(f"{_line(file, document, path, value)}: {advice}")


def _refuse_unknown_keys(document: Document, value: Any, file: str) -> None:
    if not isinstance(value, dict):
        place = _line(file, document, (), value)
        raise UsageError(f"{place}: a mapping is expected, such as `fail-on: high`")
    sections: tuple[tuple[tuple[str, ...], Any, type[msgspec.Struct]], ...] = (
        ((), value, Configuration),
        (("checks",), value.get("checks"), CheckSelection),
    )
    for path, section, shape in sections:
        known = [field.encode_name for field in msgspec.structs.fields(shape)]
        for key in section if isinstance(section, dict) else ():
            if key not in known:
                place = _line(file, document, (*path, key), value)
                raise UsageError(f"{place}: unknown key `{key}`{suggestion(key, known)}")


def suggestion(word: str, known: list[str]) -> str:
    """The end of a sentence about a word that is not known."""
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    return f"; did you mean `{near[0]}`?" if near else f"; known are {', '.join(sorted(known))}"


def _in_words(error: str) -> tuple[str, Path]:
    """A fault of a value as a sentence, and the path to it as far as it is known."""
    text, _, place = error.partition(" - at ")
    where = place.strip("`").removeprefix("$.").removeprefix("$") if place else ""
    steps = [index or name for name, index in _STEP.findall(where.partition("[...]")[0])]
    path: Path = tuple(int(step) if step.isdigit() else step for step in steps)
    allowed = _ALLOWED.get(str(path[0])) if path and "enum value" in text else None
    more = f"; allowed are {', '.join(allowed)}" if allowed else ""
    return (f"`{where}`: {text[0].lower()}{text[1:]}{more}" if where else text), path
