"""The one table of the programs that the lab can make: a frozen value each, with its pinned version.

A group is what one word of the command line builds.
To add a program, add a value to a group; to add a group, add a line to ``GROUPS``.
A program that ``go install`` or ``pip`` cannot make gets a recipe of its own in ``recipes.py``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tools.lab.recipes import GoInstall, PythonVenv, Recipe


@dataclass(frozen=True)
class Program:
    """A program of someone else's, at the version that our figures are about."""

    name: str
    version: str
    recipe: Recipe
    proof: tuple[str, ...]
    """Arguments with which the built program must exit 0, offline, before we believe in it."""


PEERS = (
    Program("kube-score", "v1.20.0", GoInstall("github.com/zegl/kube-score/cmd/kube-score"), ("version",)),
    Program(
        "trivy",
        "v0.74.0",
        # Its code uses the second JSON package of Go's standard library, which is still an experiment.
        GoInstall("github.com/aquasecurity/trivy/cmd/trivy", experiment="jsonv2"),
        ("--version",),
    ),
    Program("checkov", "3.3.30", PythonVenv("checkov"), ("--version",)),
)
"""Scanners of Kubernetes manifests that Bartizan is measured beside."""

GROUPS: Mapping[str, tuple[Program, ...]] = MappingProxyType({"peers": PEERS})
"""What each command builds."""


def named(group: tuple[Program, ...], names: list[str]) -> tuple[Program, ...]:
    """The programs of ``group`` with these names, or all of them when none is named.

    Raises ``KeyError`` with the first name that the group does not have.
    """
    known = {program.name: program for program in group}
    return tuple(known[name] for name in names) if names else group
