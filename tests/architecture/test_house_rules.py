"""Rules of the house that no linter knows."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, functions, modules, parsed, relative, tracked

NOWHERE = frozenset({"utils", "util", "helpers", "helper", "common", "manager", "base", "misc", "tools", "lib"})
"""Names that say nothing about what is inside (`tools` is fine for the folder at the root)."""

LONGEST_FILE = {"src": 300, "tools": 300, "bench": 300, "tests": 500}
"""Lines, by folder: a test file is a list, and a list may be longer than a thought."""
LONGEST_FUNCTION = 50
"""Lines without the docstring."""

LONG_FILES = {
    "bench/scan.py": "the whole of one program, read from top to bottom",
    "tests/test_conformance_frame.py": "one attack on the frame after the other",
}
LONG_FUNCTIONS = {
    "src/bartizan/documents/builder.py:_build": "the inner loop over events; a call for each costs a third",
}
CODE = modules("src", "tests", "tools", "bench")

SECRETIVE = {
    "an address of a package index": re.compile(r"--(extra-)?index-url|https?://[^\s\"'`)]*/simple/?[\s\"'`)]"),
    "a path of one person's machine": re.compile(r"/Users/\w|/home/(?!<)\w+/\w|\.pyenv/|/site-packages/\w"),
}


@pytest.mark.parametrize("file", CODE, ids=relative)
def test_a_name_says_what_is_inside(file: Path) -> None:
    """Could a stranger find this file from the feature's name?"""
    inside = file.relative_to(ROOT).with_suffix("").parts[1:]
    assert NOWHERE.isdisjoint(part.strip("_") for part in inside if part != "tools" or inside[0] != "tools")


def test_long_files_have_a_reason() -> None:
    """Past the limit, ask what second reason to change has moved in; an answer that no longer holds goes."""
    long = {
        name for file in CODE if len(file.read_bytes().splitlines()) > LONGEST_FILE[_top(name := relative(file))]
    }
    assert _difference(long, set(LONG_FILES)) == {}


def test_long_functions_have_a_reason() -> None:
    """More than a screen is more than one thing."""
    long = {
        f"{relative(file)}:{function.name}"
        for file in CODE
        for function in functions(parsed(file))
        if _length(function) > LONGEST_FUNCTION
    }
    assert _difference(long, set(LONG_FUNCTIONS)) == {}


@pytest.mark.parametrize("what", SECRETIVE)
def test_no_file_holds(what: str) -> None:
    """What belongs to one machine or one company's network is no part of the project."""
    found = [
        f"{relative(file)}: {match.group()!r}"
        for file in _texts()
        if (match := SECRETIVE[what].search(file.read_text(errors="replace")))
    ]
    assert found == []


def test_no_file_names_this_folder() -> None:
    """A path that works here works nowhere else."""
    if len(ROOT.parts) <= 2:
        pytest.skip(f"the repository lies at {ROOT}, which too many texts may mention")
    assert [relative(file) for file in _texts() if str(ROOT) in file.read_text(errors="replace")] == []


def test_links_between_documents_lead_somewhere() -> None:
    """A file that moved takes its links along."""
    link = re.compile(r"\]\((?!https?://|mailto:|#)([^)\s#]+)")
    broken = [
        f"{relative(file)}: {target}"
        for file in _texts()
        if file.suffix == ".md"
        for target in link.findall(_without_code(file.read_text()))
        if not (file.parent / target).exists()
    ]
    assert broken == []


def test_only_plain_places_read_the_clock() -> None:
    """Time is read in the doors, and handed on."""
    readers = {
        relative(file)
        for file in modules("src/bartizan")
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.Attribute) and node.attr in {"now", "utcnow", "today"}
    }
    assert readers <= {"src/bartizan/cli/options.py"}


def _top(name: str) -> str:
    return name.partition("/")[0]


def _difference(have: set[str], listed: set[str]) -> dict[str, list[str]]:
    told = {"over the limit, without a reason": have - listed, "listed, and no longer over it": listed - have}
    return {what: sorted(names) for what, names in told.items() if names}


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def _texts() -> list[Path]:
    files = tracked()
    if not files:
        pytest.skip("git cannot list the files here")
    here = Path(__file__)
    return [file for file in files if file != here and b"\0" not in file.read_bytes()[:8192]]


def _without_code(markdown: str) -> str:
    return re.sub(r"```.*?```|`[^`\n]*`", "", markdown, flags=re.DOTALL)
