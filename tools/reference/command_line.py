"""The help of every command, as the terminal shows it."""

from collections.abc import Iterator

import click

from bartizan.cli.main import cli

WIDTH = 100


def command_line_page() -> str:
    """The help of every command."""
    parts = ["# Command line"]
    for path, text in _helps(cli, "bartizan", None):
        parts += [f"## {path}", f"```text\n{text.rstrip()}\n```"]
    return "\n\n".join(parts)


def _helps(command: click.Command, name: str, parent: click.Context | None) -> Iterator[tuple[str, str]]:
    context = click.Context(
        command, info_name=name, parent=parent, terminal_width=WIDTH, max_content_width=WIDTH, color=False
    )
    context.help_option_names = cli.context_settings.get("help_option_names", ["--help"])
    yield context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            if found is not None and not found.hidden:
                yield from _helps(found, inner, context)
