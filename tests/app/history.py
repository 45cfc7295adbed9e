"""Git histories for tests, made from trees given as values, the same on every machine.

A tree is a mapping from names to contents. Commits are written by `git fast-import`, so nothing of the
machine's configuration, filters or line ends has a part in them, and any name that git can hold will do.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from bartizan.app.diff import DiffFlags, diff
from bartizan.app.scan import Flags
from bartizan.model.finding import Change, Finding
from bartizan.model.report import Report
from bartizan.store.cache import Cache

TODAY = date(2026, 1, 15)
_WHO = "A Builder <builder@example.com> 1750000000 +0000"


@dataclass(frozen=True)
class Link:
    """A symbolic link."""

    target: str


@dataclass(frozen=True)
class Submodule:
    """A repository of its own, at a commit."""

    commit: str = "1" * 40


Content = str | bytes | Link | Submodule
Tree = Mapping[str, Content]


@pytest.fixture(autouse=True)
def plain_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Git without the configuration of whoever runs the tests, and a cache folder of the test's own."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "A Builder")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "builder@example.com")
        monkeypatch.setenv(f"GIT_{role}_DATE", "1750000000 +0000")
    monkeypatch.setenv("GIT_ALLOW_PROTOCOL", "file")
    monkeypatch.setenv("BARTIZAN_CACHE", str(tmp_path / "cache-of-the-test"))


class History:
    """A repository with a work tree, at first without a commit."""

    def __init__(self, root: Path, *options: str) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main", *options)

    def git(self, *arguments: str, data: bytes | None = None) -> str:
        """What git prints, without the last line end."""
        command = ["git", "-C", str(self.root), *arguments]
        done = subprocess.run(command, input=data, capture_output=True, check=False)
        assert not done.returncode, (arguments, done.stderr.decode(errors="replace"))
        return done.stdout.decode("utf-8", "surrogateescape").rstrip("\n")

    def commit(self, tree: Tree, *parents: str, branch: str = "main") -> str:
        """A commit of exactly this tree; the work tree and the index stay as they are. Its full id."""
        lines = [f"commit refs/heads/{branch}\nmark :1\nauthor {_WHO}\ncommitter {_WHO}\ndata 0\n"]
        lines += [f"{'merge' if index else 'from'} {parent}\n" for index, parent in enumerate(parents)]
        stream = "".join(lines).encode() + b"deleteall\n"
        stream += b"".join(_entry(name, content) for name, content in tree.items())
        return self.git("fast-import", "--quiet", "--force", data=stream + b"get-mark :1\n")

    def change(self, base: Tree, head: Tree) -> str:
        """The range of two commits, one upon the other."""
        first = self.commit(base)
        return f"{first}..{self.commit(head, first)}"

    def check_out(self, revision: str = "main") -> None:
        """The work tree and the index as in a commit."""
        self.git("reset", "--quiet", "--hard", revision)

    def diff(self, text: str, flags: Flags | None = None, *, cache: Cache | None = None, **own: bool) -> Report:
        """What `bartizan diff` tells."""
        return diff(text, flags or Flags(), DiffFlags(**own), TODAY, cwd=self.root, cache=cache)


def _entry(name: str, content: Content) -> bytes:
    place = '"' + "".join(f"\\{byte:03o}" for byte in name.encode("utf-8", "surrogateescape")) + '"'
    if isinstance(content, Submodule):
        return f"M 160000 {content.commit} {place}\n".encode()
    mode, data = ("120000", content.target) if isinstance(content, Link) else ("100644", content)
    data = data.encode("utf-8", "surrogateescape") if isinstance(data, str) else data
    return f"M {mode} inline {place}\ndata {len(data)}\n".encode() + data + b"\n"


def write(tree: Tree, folder: Path) -> None:
    """The tree as a folder, which holds nothing else afterwards but its `.git`."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if old.name != ".git":
            shutil.rmtree(old) if old.is_dir() and not old.is_symlink() else old.unlink()
    for name, content in tree.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Link):
            place.symlink_to(content.target)
        elif not isinstance(content, Submodule):
            place.write_bytes(
                content if isinstance(content, bytes) else content.encode("utf-8", "surrogateescape")
            )


def told(report: Report, change: Change = "new") -> list[tuple[str, str]]:
    """Check and file of the findings of a change, sorted."""
    return sorted((finding.check, finding.location.file) for finding in of(report, change))


def of(report: Report, change: Change) -> list[Finding]:
    """The findings of a change, without suppressed ones."""
    return [finding for finding in report.findings if finding.change == change and not finding.exception]


def pod(name: str = "web", namespace: str = "shop", **spec: object) -> str:
    """A Pod in one line of flow style; only what `spec` says is wrong with it, for a `regular` reader's gate."""
    fields = "".join(f", {key}: {str(value).lower()}" for key, value in spec.items())
    return (
        f"{{apiVersion: v1, kind: Pod, metadata: {{name: {name}, namespace: {namespace}}}, "
        f"spec: {{containers: [{{name: app, image: 'registry.example/app:1'}}]{fields}}}}}\n"
    )


BAD = {"hostPID": True}
"""What makes a Pod fail the gate."""
