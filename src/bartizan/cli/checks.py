"""`bartizan checks`: the list of checks."""

import click
import msgspec

from bartizan.app import plugins
from bartizan.app.errors import UsageError


class _Row(msgspec.Struct, frozen=True, rename="camel"):
    """One check in `-o json`; fields are only ever added."""

    id: str
    title: str
    severity: str
    confidence: str
    persona: str
    judges: str
    level: str | None
    standard: str


@click.command(name="checks")
@click.option("-o", "--output", default="table", metavar="FORMAT", help="`table` or `json`. [default: table]")
def command(output: str) -> int:
    """List every check with its severity and persona."""
    rows = [
        _Row(
            check.id,
            check.title,
            check.severity,
            check.confidence,
            check.persona,
            check.judges,
            check.level,
            check.standard,
        )
        for check in plugins.checks()
    ]
    if output == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(rows)).decode())
    elif output == "table":
        width = max(len(row.id) for row in rows)
        for row in rows:
            click.echo(f"{row.id:{width}}  {row.severity:8}  {row.persona:7}  {row.title}")
    else:
        raise UsageError(f"`checks` has no format `{output}`: choose table or json")
    return 0
