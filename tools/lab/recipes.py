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
