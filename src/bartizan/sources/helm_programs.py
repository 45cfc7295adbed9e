"""The Helm library of the extra `helm`, and a `helm` on PATH: each answers what one chart makes."""

import re
import sys
from pathlib import Path
from typing import Protocol

import msgspec

from bartizan.sources.chart import Release
from bartizan.sources.child import Child, Ended, Limits, not_started, run
from bartizan.sources.programs import library, on_path, version_of

_WORKER = Path(__file__).with_name("helm_worker.py")
_SOURCE = re.compile(r"^---\n# Source: (.+)\n", re.MULTILINE)
_NOWHERE = "default"
"""Where Helm installs when nobody names a namespace."""


class Answer(msgspec.Struct, frozen=True):
    """What Helm made of a chart with one set of values."""

    texts: dict[str, str] = {}
    crds: dict[str, str] = {}
    missing: tuple[str, ...] = ()
    library: bool = False
    error: str = ""
    by_name: bool = True
    """Whether the names in `texts` are Helm's own word: in one stream a template can write any name."""
    stopped: bool = False
    """Whether the error is that it ran into a limit."""


class Helm(Protocol):
    """Renders one chart after the other."""

    version: str

    def answer(self, chart: Path, release: Release, minor: int) -> Answer:
        """What the chart in a folder makes."""

    def close(self) -> None:
        """It is needed no more."""


class LibraryHelm:
    """One child for all charts: loading the library takes longer than rendering. One that dies is replaced."""

    def __init__(self, path: Path, scratch: Path, limits: Limits) -> None:
        """Use the library in a file, with a folder of its own."""
        self.version = version_of(path)
        self._argv = [sys.executable, "-I", "-S", str(_WORKER), str(path)]
        self._scratch, self._limits = scratch, limits
        self._child: Child | None = None

    def answer(self, chart: Path, release: Release, minor: int) -> Answer:
        """What the chart in a folder makes."""
        question = {
            "folder": str(chart),
            "name": release.name,
            "namespace": release.namespace or _NOWHERE,
            "version": f"v1.{minor}.0",
            "values": release.values,
            "parameters": release.parameters,
        }
        if self._child is None:
            try:
                self._child = Child(self._argv, self._scratch, self._limits)
            except OSError as error:
                return Answer(error=not_started(error), stopped=True)
        ended = self._child.ask(msgspec.json.encode(question))
        if ended.problem:
            self.close()
            return Answer(error=ended.problem, stopped=True)
        try:
            return msgspec.json.decode(ended.output, type=Answer)
        except msgspec.DecodeError:
            self.close()
            return Answer(error="its answer cannot be read")

    def close(self) -> None:
        """Stop the child."""
        if self._child is not None:
            self._child.stop()
            self._child = None


class ProgramHelm:
    """`helm template`, a process for each chart."""

    def __init__(self, path: Path, scratch: Path, limits: Limits) -> None:
        """Use the program in a file, with a folder of its own."""
        self.version = version_of(path)
        self._path, self._scratch, self._limits = path, scratch, limits

    def answer(self, chart: Path, release: Release, minor: int) -> Answer:
        """What the chart in a folder makes."""
        values = self._scratch / "values.json"
        values.write_bytes(msgspec.json.encode(release.values))
        parameters = [
            part
            for text, is_string in release.parameters
            for part in ("--set-string" if is_string else "--set", text)
        ]
        fixed = ["--namespace", release.namespace or _NOWHERE, "--kube-version", f"1.{minor}.0", "--include-crds"]
        argv = [str(self._path), "template", "--values", str(values), *parameters, *fixed, "--"]
        ended = run([*argv, release.name, str(chart)], self._scratch, self._limits)
        if ended.problem:
            return _refused(ended)
        parts = _SOURCE.split(ended.output.decode("utf-8", "replace"))[1:]
        texts: dict[str, str] = {}
        for source, text in zip(parts[::2], parts[1::2], strict=True):
            texts[source] = f"{texts[source]}\n---\n{text}" if source in texts else text
        return Answer(texts=texts, by_name=False)

    def close(self) -> None:
        """Nothing runs between two charts."""


def _refused(ended: Ended) -> Answer:
    """Its own words, where it has any."""
    said = ended.errors.decode("utf-8", "replace").partition("Error:")[2]
    text = said.partition("Use --debug flag")[0].strip()
    if text == "library charts are not installable":
        return Answer(library=True)
    return Answer(error=text) if text else Answer(error=ended.problem, stopped=True)


def helm_version() -> str:
    """What changes when the Helm that is used does; empty where there is none."""
    path = library() or on_path("helm")
    return version_of(path) if path is not None else ""


def open_helm(scratch: Path, limits: Limits | None = None) -> Helm | None:
    """The library where the extra is installed, else the program, else nothing."""
    limits = limits or Limits()
    if (path := library()) is not None:
        return LibraryHelm(path, scratch, limits)
    if (path := on_path("helm")) is not None:
        return ProgramHelm(path, scratch, limits)
    return None
