"""What each report format is for, from its module's docstring."""

import inspect
from importlib import import_module

from bartizan.app import plugins


def reports_page() -> str:
    """What each format is for, from its module's docstring."""
    parts = [
        "# Report formats",
        "`-o FORMAT[=FILE]`, as often as you like: `bartizan scan . -o table -o sarif=bartizan.sarif`.",
    ]
    for made in plugins.reports():
        module = import_module(f"bartizan.reports.{made.name.replace('-', '_')}")
        parts += [f"## {made.name}", inspect.cleandoc(module.__doc__ or "")]
    return "\n\n".join(parts)
