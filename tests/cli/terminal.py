"""The command line as somebody at a terminal uses it: in this process, or in one of its own."""

import io
import os
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from unittest.mock import patch

import msgspec

from bartizan.app import plugins
from bartizan.cli.main import run

FORMATS = tuple(made.name for made in plugins.reports() if "findings" in made.accepts)
"""Every format that tells findings, whichever are installed."""

GOOD = """\
apiVersion: v1
kind: Pod
metadata: {name: good, namespace: shop}
spec:
  hostPID: true
  containers:
    - name: app
      image: registry.example/app:1
"""
"""A manifest that is read without trouble; its `host-namespaces` (high) must be told whatever lies beside it."""

CLEAN = """\
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data: {colour: green}
"""
"""A manifest without any finding."""


class Answer(msgspec.Struct, frozen=True):
    """What came back."""

    status: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        """The JSON report on standard output."""
        report: dict[str, Any] = msgspec.json.decode(self.out)
        return report

    @property
    def findings(self) -> list[dict[str, Any]]:
        """The failing results of the JSON report."""
        return [result for result in self.report["results"] if result["verdict"] == "fail"]

    @property
    def unknowns(self) -> list[tuple[str, str]]:
        """File and code of each unknown of the JSON report."""
        found = self.report["unknowns"]
        return [(item.get("location", {}).get("file", ""), item["code"]) for item in found]


def bartizan(folder: Path, *arguments: str, stdin: bytes = b"") -> Answer:
    """Run a verb in this process, with `folder` as the working folder."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="backslashreplace") for _ in range(2))
    given = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    with chdir(folder), redirect_stdout(out), redirect_stderr(err), patch.object(sys, "stdin", given):
        status = run(list(arguments))
    out.flush()
    err.flush()
    return Answer(status, out.buffer.getvalue().decode(), err.buffer.getvalue().decode())  # type: ignore[attr-defined] # a seeded Random


def scan(folder: Path, *options: str, paths: tuple[str, ...] = (".",), stdin: bytes = b"") -> Answer:
    """`bartizan scan PATH... -o json`."""
    return bartizan(folder, "scan", *paths, *options, "-o", "json", stdin=stdin)


def shell(folder: Path, command: str, **environment: str) -> Answer:
    """Run a line of bash in which `$BARTIZAN` is the command line, in a process of its own."""
    places = {
        **os.environ,
        "BARTIZAN": f"{sys.executable} -P -m bartizan",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    places.pop("NO_COLOR", None)
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=places | environment,
        capture_output=True,
        check=False,
        timeout=60,
    )
    return Answer(done.returncode, done.stdout.decode(), done.stderr.decode("utf-8", "backslashreplace"))


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    """The folder, with these files in it."""
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def pod(name: str, **spec: Any) -> str:
    """A small Pod as JSON, which is YAML too."""
    container = {"name": "app", "image": "registry.example/app:1"}
    metadata = {"name": name, "namespace": "shop"}
    made = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": metadata,
        "spec": {"containers": [container], **spec},
    }
    return msgspec.json.encode(made).decode()
