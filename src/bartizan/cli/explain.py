"""`bartizan explain`: a check's documentation."""

import click

from bartizan.app import plugins
from bartizan.app.configuration import suggestion
from bartizan.app.errors import UsageError
from bartizan.checks.check import Check
from bartizan.cli.options import complete_checks


@click.command(name="explain")
@click.argument("check_id", metavar="ID", shell_complete=complete_checks)
def command(check_id: str) -> int:
    """Tell what the check ID looks at, why it matters and what to write instead."""
    checks = {check.id: check for check in plugins.checks()}
    if check_id not in checks:
        raise UsageError(f"there is no check `{check_id}`{suggestion(check_id, list(checks))}")
    click.echo(explanation(checks[check_id]))
    return 0


def explanation(check: Check) -> str:
    """The page of a check, as text."""
    lines = [f"{check.id}: {check.title}", f"severity {check.severity} · confidence {check.confidence}"]
    lines[-1] += f" · persona {check.persona}"
    if check.level:
        lines.append(f"Pod Security level {check.level}, control {check.standard}")
    body = check.documentation.partition("\n")[2].strip()
    references = [f"See {reference}" for reference in check.references]
    return "\n".join([*lines, "", body, *([""] if references else []), *references])
