"""Ignore files mean what git says they mean: git itself is the judge."""

import shutil
import subprocess
from pathlib import Path

import pytest

from bartizan.sources.folder import FolderSource
from bartizan.sources.ignore import IgnoreRules

NAMES = ["a.yaml", "b.yaml", "build/a.yaml", "build/deep/b.yaml", "src/build/a.yaml", "src/a b.yaml", "src/#.yaml"]
RULES = {
    "a name": {"": "a.yaml\n"},
    "a name at the root": {"": "/a.yaml\n"},
    "a folder": {"": "build/\n"},
    "a folder at the root": {"": "/build/\n"},
    "a path": {"": "src/build\n"},
    "a star": {"": "*.yaml\n!b.yaml\n"},
    "two stars": {"": "**/a.yaml\nsrc/**\n"},
    "a file in an ignored folder cannot come back": {"": "build/\n!build/a.yaml\n"},
    "a folder's content comes back": {"": "build/*\n!build/a.yaml\n"},
    "the deepest file wins": {"": "*.yaml\n", "build": "!a.yaml\n"},
    "the last line wins": {"": "!a.yaml\na.yaml\n!a.yaml\n"},
    "spaces": {"": "a\\ b.yaml\nb.yaml   \n"},
    "comments": {"": "# a.yaml\n\\#.yaml\n\n"},
    "line ends of Windows": {"": "a.yaml\r\n"},
    "a class": {"": "[ab].yaml\n"},
    "no pattern": {"": "!\na.yaml\n"},
}


@pytest.mark.parametrize("case", RULES)
def test_as_git_does(tmp_path: Path, case: str) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is not installed, and it is the judge")
    for name in NAMES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    for folder, lines in RULES[case].items():
        (tmp_path / folder / ".gitignore").write_bytes(lines.encode())
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    listing = ["git", "-C", tmp_path, "ls-files", "-z", "--others", "--exclude-standard", "--", "*.yaml"]
    asked = subprocess.run(listing, check=True, capture_output=True, text=True)
    expected = sorted(name for name in asked.stdout.split("\0") if name)
    assert expected == sorted(blob.file for blob in FolderSource(tmp_path, tmp_path).blobs())


def test_a_file_that_nobody_walks_down_to() -> None:
    """For the trees of git: a folder on the way counts."""
    rules = IgnoreRules().entering("", ["build/"]).entering("src", ["/a.yaml"])
    told = {
        name: rules.ignores_on_the_way(name) for name in ("build/x/a.yaml", "a.yaml", "src/a.yaml", "builds/a")
    }
    assert told == {"build/x/a.yaml": True, "a.yaml": False, "src/a.yaml": True, "builds/a": False}


def test_the_root_is_never_ignored() -> None:
    rules = IgnoreRules().entering("", ["*"])
    assert [rules.ignores_folder(""), rules.ignores_folder("."), rules.ignores_folder("a/b")] == [
        False,
        False,
        True,
    ]


def test_no_lines_are_no_rules() -> None:
    rules = IgnoreRules()
    assert rules.entering("a", ["", "# nothing", "  "]) is rules
