"""Ways of making a program: a recipe turns a folder into the commands that fill it.

Recipes only say what to run, so a test can read them without running anything.
Every recipe puts the programs it makes into ``bin/`` below the folder it is given.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True)
class Step:
    """One command of a build, with what it needs on top of the caller's environment."""

    argv: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    writes: Mapping[Path, str] = field(default_factory=dict)
    """Files that are written first, with their folders."""


class Recipe(Protocol):
    """How a program is made. Its ``repr`` goes into the stamp, so a changed recipe is built again."""

    @property
    def tool(self) -> str:
        """The program that must be installed for this recipe to start."""

    @property
    def advice(self) -> str:
        """What to do when that program is missing."""

    def steps(self, version: str, folder: Path) -> tuple[Step, ...]:
        """The commands that make ``version`` in ``folder``, in order."""


@dataclass(frozen=True)
class GoInstall:
    """A Go main package that ``go install`` can build from the module proxy."""

    package: str
    experiment: str = ""
    """Value for ``GOEXPERIMENT``, for programs that do not compile without it."""

    tool = "go"
    advice = "install Go 1.26 or newer and put it on PATH"

    def steps(self, version: str, folder: Path) -> tuple[Step, ...]:
        """One ``go install``, stripped and without C, so that the result needs nothing of this machine."""
        environment = {"GOBIN": str(folder / "bin"), "CGO_ENABLED": "0"}
        if self.experiment:
            environment["GOEXPERIMENT"] = self.experiment
        argv = ("go", "install", "-trimpath", "-ldflags=-s -w", f"{self.package}@{version}")
        return (Step(argv, environment),)


@dataclass(frozen=True)
class GoModule:
    """A Go main package that only builds from a module of one's own.

    That is so where the program's `go.mod` has lines that hold nowhere else (`replace`, versions that were
    never published), and where the last part of the package's path is not the program's name.
    """

    program: str
    module: str
    """The module that holds the package; its version is the program's."""
    package: str
    replaced: tuple[tuple[str, str], ...] = ()
    """Modules that are taken at another version than the program's `go.mod` asks for."""
    variables: tuple[tuple[str, str], ...] = ()
    """Go variables that the linker sets, such as the version that the program tells of itself."""

    tool = "go"
    advice = "install Go 1.26 or newer and put it on PATH"

    def steps(self, version: str, folder: Path) -> tuple[Step, ...]:
        """Write the module, then build in it; `-mod=mod` adds what the module's requirements require."""
        module, program = folder / "module", folder / "bin" / self.program
        settings = [f"-X {name}={value}" for name, value in self.variables]
        argv = (
            *("go", "build", "-C", str(module), "-mod=mod", "-trimpath"),
            f"-ldflags={' '.join(('-s', '-w', *settings))}",
            *("-o", str(program), self.package),
        )
        return (Step(argv, {"CGO_ENABLED": "0"}, {module / "go.mod": self._text(version)}),)

    def _text(self, version: str) -> str:
        lines = ["module lab", "go 1.26.0", f"require {self.module} {version}"]
        return "\n".join([*lines, *(f"replace {name} => {name} {at}" for name, at in self.replaced), ""])


@dataclass(frozen=True)
class PythonVenv:
    """A Python distribution in a virtual environment of its own, away from Bartizan's."""

    distribution: str

    tool = sys.executable
    advice = "run the lab with an installed Python"

    def steps(self, version: str, folder: Path) -> tuple[Step, ...]:
        """Make the environment, install into it, and leave the resolved versions in the log."""
        python = str(folder / "bin" / "python")
        return (
            Step((sys.executable, "-m", "venv", "--clear", str(folder))),
            Step((python, "-m", "pip", "install", "--no-input", f"{self.distribution}=={version}")),
            Step((python, "-m", "pip", "freeze")),
        )
