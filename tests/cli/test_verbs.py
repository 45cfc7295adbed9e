"""The small verbs: what they print can be leant on."""

import subprocess
from pathlib import Path

import msgspec
import pytest

from bartizan.app import plugins
from tests.cli.terminal import bartizan, shell

IDS = [check.id for check in plugins.checks()]


def test_checks_lists_every_check(tmp_path: Path) -> None:
    lines = bartizan(tmp_path, "checks").out.splitlines()
    assert [line.split()[0] for line in lines] == IDS


def test_checks_as_json(tmp_path: Path) -> None:
    rows = msgspec.json.decode(bartizan(tmp_path, "checks", "-o", "json").out)
    assert [row["id"] for row in rows] == IDS
    assert all(row["title"] and row["severity"] and row["persona"] for row in rows)


def test_checks_in_no_such_format(tmp_path: Path) -> None:
    answer = bartizan(tmp_path, "checks", "-o", "sarif")
    assert answer.status == 2
    assert "choose table or json" in answer.err


@pytest.mark.parametrize("check", plugins.checks(), ids=IDS)
def test_explain_tells_a_check(tmp_path: Path, check: plugins.Check) -> None:
    answer = bartizan(tmp_path, "explain", check.id)
    assert (answer.status, answer.err) == (0, "")
    assert answer.out.startswith(f"{check.id}: {check.title}\nseverity {check.severity} · confidence ")
    assert "**Instead**" in answer.out
    assert all(reference in answer.out for reference in check.references)


def test_explain_names_the_nearest(tmp_path: Path) -> None:
    answer = bartizan(tmp_path, "explain", "root-usr")
    assert (answer.status, answer.out) == (2, "")
    assert answer.err == "bartizan: there is no check `root-usr`; did you mean `root-user`?\n"


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_a_completion_script_is_one(tmp_path: Path, name: str) -> None:
    answer = bartizan(tmp_path, "completion", name)
    assert answer.status == 0
    assert "_BARTIZAN_COMPLETE" in answer.out
    if name == "bash":
        subprocess.run(["bash", "-n"], input=answer.out.encode(), check=True)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("bartizan sc", "scan"),
        ("bartizan explain root-u", "root-user"),
        ("bartizan scan --check privileged-", "privileged-container"),
        ("bartizan scan -o sar", "sarif"),
    ],
)
def test_the_shell_completes(tmp_path: Path, words: str, expected: str) -> None:
    position = str(len(words.split()) - 1)
    answer = shell(
        tmp_path,
        "$BARTIZAN",
        COMP_WORDS=words,
        COMP_CWORD=position,
        _BARTIZAN_COMPLETE="bash_complete",
    )
    assert f"plain,{expected}" in answer.out.split()


def test_another_shell_is_refused(tmp_path: Path) -> None:
    assert bartizan(tmp_path, "completion", "tcsh").status == 2
