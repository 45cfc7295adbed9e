"""Options that several verbs share, in one spelling."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from bartizan.app import plugins
from bartizan.app.errors import UsageError
from bartizan.app.scan import Flags
from bartizan.model.finding import PERSONAS, SEVERITIES

Decorated = Callable[..., Any]


def complete_checks(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Check ids for the shell."""
    return [check.id for check in plugins.checks() if check.id.startswith(incomplete)]


def complete_formats(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Report formats for the shell."""
    return [name for name in plugins.report_names() if name.startswith(incomplete)]


_JUDGING = (
    click.option(
        "-o",
        "--output",
        "outputs",
        multiple=True,
        metavar="FORMAT[=FILE]",
        shell_complete=complete_formats,
        help="Write the report as FORMAT, to FILE or standard output. May be repeated. [default: table]",
    ),
    click.option(
        "--check",
        "select",
        multiple=True,
        metavar="ID",
        shell_complete=complete_checks,
        help="Only this check, or those a pattern such as '*-binding' matches. May be repeated.",
    ),
    click.option(
        "--skip",
        multiple=True,
        metavar="ID",
        shell_complete=complete_checks,
        help="Not this check. May be repeated.",
    ),
    click.option("--persona", type=click.Choice(PERSONAS), help="Who reads: each sees more. [default: regular]"),
    click.option(
        "--level",
        type=click.Choice(["baseline", "restricted"]),
        help="Only the checks of this Pod Security level.",
    ),
    click.option(
        "--kubernetes-version",
        metavar="VERSION",
        help="Judge by this version, such as 1.36. [default: newest known]",
    ),
    click.option(
        "--fail-on",
        type=click.Choice(SEVERITIES),
        help="Lowest severity that gives exit status 1. [default: high]",
    ),
    click.option("-n", "--namespace", default="", metavar="NAME", help="For objects that name no namespace."),
    click.option(
        "--config",
        "config_file",
        metavar="FILE",
        help="This configuration, or `none`. [default: nearest bartizan.yaml up the tree]",
    ),
    click.option(
        "--show",
        multiple=True,
        type=click.Choice(["pass", "skip", "suppressed", "unchanged"]),
        help="Show these, too. May be repeated.",
    ),
    click.option("--as-of", metavar="DATE", help="The day by which exceptions expire. [default: today]"),
    click.option(
        "--strict", is_flag=True, help="What cannot be judged here counts as incomplete (exit status 3)."
    ),
    click.option("--allow-incomplete", is_flag=True, help="Accept what could not be read or judged."),
    click.option("--no-render", is_flag=True, help="Render no chart or kustomization: each is told as unknown."),
    click.option("--quiet", "-q", is_flag=True, help="No progress on standard error."),
)


def judging_options(command: Decorated) -> Decorated:
    """The options of every verb that judges."""
    for option in reversed(_JUDGING):
        command = option(command)
    return command


def flags(options: dict[str, Any], **more: Any) -> Flags:
    """What was said on the command line, for the use case."""
    return Flags(
        select=options["select"],
        skip=options["skip"],
        persona=options["persona"],
        level=options["level"],
        fail_on=options["fail_on"],
        kubernetes_version=options["kubernetes_version"],
        namespace=options["namespace"],
        config_file=options["config_file"],
        keep_passes="pass" in options["show"],
        allow_incomplete=options["allow_incomplete"],
        strict=options["strict"],
        render=not options["no_render"],
        **more,
    )


def working_folder() -> Path:
    """Where relative paths start. Raises UsageError where somebody removed it."""
    try:
        return Path.cwd()
    except FileNotFoundError as error:
        raise UsageError("the working folder is gone: change to another one") from error


def as_of(text: str | None) -> date:
    """The day given, else today in UTC: the one place where a clock is read."""
    if text is None:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"`{text}` is no date; write it like 2026-01-31", param_hint="--as-of") from error
