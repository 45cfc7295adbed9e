"""The hooks: pre-commit takes them, and their entries do what they promise."""

import shlex
from pathlib import Path
from typing import Any

import pytest
from pre_commit.clientlib import InvalidManifestError, load_manifest

from tests.app.history import plain_git
from tests.integrations.jobs import GOOD, HEADS, ROOT, STATUS, Run, bash

__all__ = ["plain_git"]

MANIFEST = ROOT / ".pre-commit-hooks.yaml"
HOOKS: dict[str, dict[str, Any]] = {hook["id"]: hook for hook in load_manifest(str(MANIFEST))}


def run(hook: str, folder: Path, *files: str) -> Run:
    """As pre-commit runs it: from the top of the repository, with the files' names where it passes them."""
    names = files if HOOKS[hook]["pass_filenames"] else ()
    command = [*shlex.split(HOOKS[hook]["entry"]), *HOOKS[hook]["args"], *names]
    return bash(shlex.join(command), folder, folder.parent / "place")


def tree(folder: Path, head: str) -> Path:
    for name, text in {"deploy/good.yaml": GOOD, **HEADS[head], "notes.yaml": "a: 1\n"}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(str(text))
    return folder


def test_there_is_a_hook_for_the_changed_files_and_one_for_all() -> None:
    assert {hook: made["pass_filenames"] for hook, made in HOOKS.items()} == {
        "bartizan": True,
        "bartizan-full": False,
    }
    for hook in HOOKS.values():
        assert (hook["language"], hook["types_or"], hook["require_serial"]) == ("python", ["yaml", "json"], True)


def test_pre_commit_would_refuse_another_manifest(tmp_path: Path) -> None:
    """The sabotage of what `HOOKS` proves."""
    (tmp_path / "hooks.yaml").write_text(MANIFEST.read_text().replace("language: python", "language: snake"))

    with pytest.raises(InvalidManifestError):
        load_manifest(str(tmp_path / "hooks.yaml"))


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("hook", ["bartizan", "bartizan-full"])
def test_a_commit_is_judged(tmp_path: Path, hook: str, head: str) -> None:
    done = run(hook, tree(tmp_path / "repository", head), "deploy/new.yaml")

    assert (done.status, done.err) == (STATUS[head], "")
    assert ("deploy/new.yaml:" in done.out) == (head != "clean")


def test_only_the_changed_files_count_for_the_first_hook(tmp_path: Path) -> None:
    folder = tree(tmp_path / "repository", "bad")

    assert run("bartizan", folder, "deploy/good.yaml").status == 0
    assert run("bartizan-full", folder, "deploy/good.yaml").status == 1


def test_a_changed_file_that_is_no_manifest_is_no_failure(tmp_path: Path) -> None:
    """Most YAML of a repository is something else."""
    done = run("bartizan", tree(tmp_path / "repository", "bad"), "notes.yaml")

    assert done.status == 0
    assert "Nothing was looked at" in done.out


@pytest.mark.parametrize("name", ["--allow-incomplete.yaml", "--config=none.yaml", "-ojson=written.yaml"])
def test_a_file_whose_name_looks_like_an_option_is_a_file(tmp_path: Path, name: str) -> None:
    """pre-commit passes names as git has them."""
    folder = tree(tmp_path / "repository", "clean")
    (folder / name).write_text("a: [\n")

    done = run("bartizan", folder, name)

    assert done.status == 3
    assert f"{name}:" in done.out
    assert not (folder / "written.yaml").exists()
