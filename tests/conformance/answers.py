"""`answers.jsonl`, the only thing that passes from a runner to a judge: one answer a line.

`{"case": name, "answer": any}`, or `{"case": name, "skipped": reason}`, or `{"case": name, "error": why}` for
a case that the runner tried in vain. The standard library's codec is used: it keeps every integer exact.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Row = dict[str, Any]
KINDS = frozenset({"answer", "skipped", "error"})


class NoAnswerError(ValueError):
    """A line, or what a runner yields, has not the form of an answer."""


@dataclass
class Answers:
    """What a runner wrote."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    """By case, in the order written; more than one row for a case is the runner's fault."""
    faults: list[str] = field(default_factory=list)
    """Lines that are no answers."""


def write(rows: Iterable[Row], file: Path) -> None:
    """Write answers as they come, so that those before a crash are kept."""
    with file.open("w", encoding="utf-8") as stream:
        for row in rows:
            stream.write(encoded(row) + "\n")
            stream.flush()


def read(file: Path) -> Answers:
    """All answers of a file; a file that is not there holds none."""
    found = Answers()
    for number, line in enumerate(_lines(file), 1):
        try:
            row = checked(json.loads(line))
        except ValueError as error:
            found.faults.append(f"line {number} of the answers is none: {error}")
        else:
            found.rows.setdefault(row["case"], []).append(row)
    return found


def encoded(row: Row) -> str:
    """The line; an answer that JSON cannot hold as it is becomes an error."""
    checked(row)
    try:
        _refuse_unlike_json(row)
        return json.dumps(row, allow_nan=False)
    except ValueError as error:
        return json.dumps({"case": row["case"], "error": f"the answer is no JSON: {error}"})


def checked(row: Any) -> Row:
    """The row, if it has the form of one."""
    if not isinstance(row, dict) or not isinstance(row.get("case"), str):
        raise NoAnswerError("it names no case")
    kinds = row.keys() - {"case"}
    if len(kinds) != 1 or not kinds <= KINDS:
        raise NoAnswerError(f"it needs one of {', '.join(sorted(KINDS))} beside `case`")
    (kind,) = kinds
    if kind != "answer" and not isinstance(row[kind], str):
        raise NoAnswerError(f"`{kind}` is no text")
    return row


def _lines(file: Path) -> Iterator[str]:
    if file.is_file():
        with file.open(encoding="utf-8") as stream:
            yield from stream


def _refuse_unlike_json(value: Any) -> None:
    """The codec would turn keys into text, tuples into lists and subclasses into what they extend."""
    if type(value) is dict:
        for key, item in value.items():
            if type(key) is not str:
                raise ValueError(f"the key {key!r} is no text")
            _refuse_unlike_json(item)
    elif type(value) is list:
        for item in value:
            _refuse_unlike_json(item)
    elif value is not None and type(value) not in (str, int, float, bool):
        raise ValueError(f"{value!r} is a {type(value).__name__}")
