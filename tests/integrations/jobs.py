"""The commands of our workflow and pipeline, run as a runner would run them."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import yaml

from tests.app.history import BAD, History, Tree, pod

ROOT = Path(__file__).parents[2]
GITHUB = ROOT / "integrations" / "github"
GITLAB = ROOT / "integrations" / "gitlab" / "bartizan.gitlab-ci.yml"
INSTALLS = (" -m venv ", "/bin/pip")
"""Commands that reach the network: what they would install, the tests have on PATH."""

GOOD = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}\ndata: {colour: green}\n"
BASE: Tree = {"deploy/old.yaml": pod("old", **BAD), ".bartizan/requirements.txt": "bartizan==0.1.0\n"}
HEADS: dict[str, Tree] = {
    "clean": {"deploy/new.yaml": GOOD},
    "bad": {"deploy/new.yaml": pod("new", **BAD)},
    "broken": {"deploy/new.yaml": "a: [\n"},
}
STATUS = {"clean": 0, "bad": 1, "broken": 3}


class Run(msgspec.Struct, frozen=True):
    """What one job left behind."""

    status: int
    out: str
    err: str


def loaded(file: Path) -> dict[str, Any]:
    """A YAML file; `on` stays a word, as GitHub reads it."""
    document: dict[str, Any] = yaml.load(file.read_text(), yaml.BaseLoader)  # noqa: S506 - makes texts alone
    return document


def merged(root: Path, head: str) -> History:
    """A repository as a runner has it for a pull request: the merge of a change into its base."""
    history = History(root)
    base = history.commit(BASE)
    change = history.commit({**BASE, **HEADS[head]}, base, branch="change")
    history.commit({**BASE, **HEADS[head]}, base, change, branch="merge")
    history.git("checkout", "--quiet", "--detach", "merge")
    return history


def bash(script: str, folder: Path, place: Path, **environment: str) -> Run:
    """The script as runners run it, with `bartizan` on PATH. `place` is for files outside of the repository."""
    programs = place / "programs"
    programs.mkdir(parents=True, exist_ok=True)
    bartizan = programs / "bartizan"
    bartizan.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m bartizan "$@"\n')
    bartizan.chmod(0o755)
    surroundings = os.environ | {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(sys.path),
        **environment,
    }
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return Run(done.returncode, done.stdout, done.stderr)
