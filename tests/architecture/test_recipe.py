"""The recipe in CONTRIBUTING.md works as it stands there: one file and one test make a check."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

BLOCK = re.compile(r"^`((?:src|tests)/[\w/]+\.py)`:\n\n````python\n(.*?)^````$", re.MULTILINE | re.DOTALL)

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    """The files that the recipe tells the reader to write."""
    return dict(BLOCK.findall((ROOT / "CONTRIBUTING.md").read_text()))


@pytest.fixture(scope="module")
def followed(files: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs Python in a copy of the tree in which somebody followed the recipe."""
    copy = tmp_path_factory.mktemp("recipe")
    without = shutil.ignore_patterns("__pycache__", ".*")
    for folder in ("src", "tests", "tools"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=without)
    shutil.copy(ROOT / "pyproject.toml", copy)
    for name, text in files.items():
        assert not (copy / name).exists(), f"{name} is there already: the recipe needs another example"
        (copy / name).write_text(text)

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("COV", "PYTEST"))}
        environment |= {"PYTHONPATH": str(copy / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.run(
            [sys.executable, *arguments], check=False, capture_output=True, text=True, cwd=copy, env=environment
        )

    return run


def test_the_recipe_is_a_check_and_its_test(files: dict[str, str]) -> None:
    """The sabotage of the tests below: an empty recipe would be followed with ease."""
    (area,) = {Path(name).parent.name for name in files}
    (stem,) = {Path(name).stem.removeprefix("test_") for name in files}
    assert set(files) == {
        f"src/bartizan/checks/{area}/{stem}.py",
        f"tests/checks/{area}/test_{stem}.py",
    }


def test_the_new_checks_test_passes(files: dict[str, str], followed: Run) -> None:
    """Its own test, and every rule of the house for plug-ins."""
    (test,) = (name for name in files if name.startswith("tests/"))
    stem = Path(test).stem.removeprefix("test_")
    own = followed("-m", "pytest", "-q", "-p", "no:cacheprovider", test)
    assert own.returncode == 0, own.stdout
    rules = followed(
        *("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/architecture/test_plugins.py", "-k", stem)
    )
    assert rules.returncode == 0, rules.stdout
    assert " passed" in rules.stdout


def test_the_new_check_is_found_and_explained(files: dict[str, str], followed: Run) -> None:
    """Nothing was registered."""
    (module,) = (name for name in files if name.startswith("src/"))
    name = Path(module).stem.replace("_", "-")
    listed = followed("-m", "bartizan", "checks")
    assert re.search(rf"^{name} ", listed.stdout, re.MULTILINE), listed.stderr
    explained = followed("-m", "bartizan", "explain", name)
    assert "Looks at" in explained.stdout


def test_the_new_check_is_clean(files: dict[str, str], followed: Run) -> None:
    """`make check` says nothing to what the recipe says."""
    for command in (("ruff", "check"), ("ruff", "format", "--check"), ("mypy", "--explicit-package-bases")):
        run = followed(
            "-m", *command, *(files if command[0] == "ruff" else [name for name in files if "src" in name])
        )
        assert run.returncode == 0, run.stdout + run.stderr
