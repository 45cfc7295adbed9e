"""Objects that say how the charts of a repository are installed."""

from collections.abc import Iterable
from typing import Any

import msgspec

from bartizan.model.resource import Resource

INSTALLERS = frozenset(
    {
        ("argoproj.io", "Application"),
        ("argoproj.io", "ApplicationSet"),
        ("helm.toolkit.fluxcd.io", "HelmRelease"),
    }
)
"""By group: the kinds that say how a chart is installed."""


class Installer(msgspec.Struct, frozen=True):
    """An object that says how charts are installed, and the file that it stands in."""

    file: str
    raw: dict[str, Any]

    @property
    def kind(self) -> str:
        """Its kind."""
        return str(self.raw.get("kind"))

    @property
    def title(self) -> str:
        """As a sentence names it."""
        return f"{self.kind} `{self.name}` in `{self.file}`"

    @property
    def name(self) -> str:
        """Its name."""
        return text(mapping(self.raw.get("metadata")).get("name"))

    @property
    def namespace(self) -> str:
        """Its namespace."""
        return text(mapping(self.raw.get("metadata")).get("namespace"))

    @property
    def spec(self) -> dict[str, Any]:
        """Its specification."""
        return mapping(self.raw.get("spec"))


def installers(resources: Iterable[Resource]) -> tuple[dict[str, Any], ...]:
    """Those among some objects."""
    return tuple(item.raw for item in resources if (item.group, item.kind) in INSTALLERS)


def mapping(value: Any) -> dict[str, Any]:
    """What should be a mapping, or an empty one."""
    return value if isinstance(value, dict) else {}


def items(value: Any) -> list[Any]:
    """What should be a list, or an empty one."""
    return value if isinstance(value, list) else []


def text(value: Any) -> str:
    """What should be a text, or an empty one."""
    return value if isinstance(value, str) else ""
