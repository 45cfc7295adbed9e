"""The pipeline for GitLab: the schema accepts it, and its commands do what they promise."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.app.history import History, plain_git
from tests.integrations.jobs import BASE, GITLAB, HEADS, INSTALLS, STATUS, Run, bash, loaded
from tests.reports.test_gitlab_sast import SCHEMA

__all__ = ["plain_git"]


def commands(job: str, place: Path) -> str:
    """The job's commands but for what installs, with its files in a folder of the test's own."""
    made = loaded(GITLAB)[job]
    lines = [*made["before_script"], *made["script"]]
    kept = [line for line in lines if not any(word in line for word in INSTALLS)]
    assert len(lines) - len(kept) == len(INSTALLS)
    return "\n".join(kept).replace("/tmp/", f"{place}/")


def run(place: Path, job: str, head: str, change: Any = None) -> tuple[Run, Path]:
    """The job in a clone of a repository whose target branch went on after the change began."""
    origin = History(place / "origin")
    base = origin.commit(BASE)
    tree = {**BASE, **HEADS[head], **(change or {})}
    origin.commit(tree, base, branch="change")
    origin.commit({**BASE, "deploy/later.yaml": HEADS["bad"]["deploy/new.yaml"].replace("new", "later")}, base)
    origin.git("clone", "--quiet", "--branch", "change", str(origin.root), str(place / "clone"))
    names = {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"}
    return bash(commands(job, place), place / "clone", place, **names), place / "clone"


def paths(folder: Path) -> set[str]:
    issues = msgspec.json.decode((folder / "gl-code-quality-report.json").read_bytes())
    return {issue["location"]["path"] for issue in issues}


@pytest.mark.parametrize("head", HEADS)
def test_a_merge_request_is_judged_by_what_it_adds_and_reports_what_it_has(tmp_path: Path, head: str) -> None:
    """GitLab compares the report with the target branch's: the old finding stands in it, what came later does not."""
    done, folder = run(tmp_path, "bartizan-diff", head)

    assert done.status == STATUS[head], done.err
    assert "deploy/old.yaml" in paths(folder)
    assert "deploy/later.yaml" not in paths(folder)
    assert ("deploy/new.yaml" in paths(folder)) == (head != "clean")
    assert f"exit {STATUS[head]}" in done.out
    assert "deploy/old.yaml" not in done.out
    sast = msgspec.json.decode((folder / "gl-sast-report.json").read_bytes())
    assert SCHEMA.is_valid(sast)
    assert sast["scan"]["status"] == ("failure" if head == "broken" else "success")


@pytest.mark.parametrize("head", HEADS)
def test_the_default_branch_is_judged_as_a_whole(tmp_path: Path, head: str) -> None:
    done, folder = run(tmp_path, "bartizan-scan", head)

    assert done.status == 1, done.err
    assert "deploy/old.yaml" in paths(folder)
    assert ("deploy/new.yaml" in paths(folder)) == (head != "clean")
    assert SCHEMA.is_valid(msgspec.json.decode((folder / "gl-sast-report.json").read_bytes()))


def test_the_lock_of_the_target_branch_is_what_is_installed(tmp_path: Path) -> None:
    """A change cannot choose what judges it."""
    run(tmp_path, "bartizan-diff", "clean", {".bartizan/requirements.txt": "other==6.6.6\n"})

    assert (tmp_path / "bartizan.lock").read_text() == "bartizan==0.1.0\n"


def test_what_cannot_be_judged_fails_the_job(tmp_path: Path) -> None:
    """The first command's status is set aside; the second one decides."""
    done, folder = run(tmp_path, "bartizan-diff", "clean")
    (folder / "bartizan.yaml").write_text("nonsense: true\n")
    History(folder).git("add", "bartizan.yaml")
    History(folder).git("commit", "--quiet", "--message", "nonsense")
    script = commands("bartizan-diff", tmp_path).replace("FETCH_HEAD...HEAD", "HEAD..HEAD")

    again = bash(script, folder, tmp_path, CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main")

    assert (done.status, again.status) == (0, 2)


def test_gitlab_would_take_the_pipeline(tmp_path: Path) -> None:
    """By the published schema; the sabotage shows that it is looked at."""
    spoilt = tmp_path / "spoilt.yml"
    spoilt.write_text(GITLAB.read_text().replace("before_script:", "before:"))

    assert checked(GITLAB).returncode == 0, checked(GITLAB).stdout
    assert checked(spoilt).returncode == 1


def checked(file: Path) -> "subprocess.CompletedProcess[str]":
    options = ["--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci"]
    command = [sys.executable, "-m", "check_jsonschema", *options, str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_reports_are_kept_whatever_the_exit_status() -> None:
    artifacts = loaded(GITLAB)[".bartizan"]["artifacts"]

    assert artifacts["when"] == "always"
    assert artifacts["reports"] == {
        "codequality": "gl-code-quality-report.json",
        "sast": "gl-sast-report.json",
    }
