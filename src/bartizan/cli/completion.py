"""`bartizan completion`: a script for the shell."""

import click
from click.shell_completion import get_completion_class

from bartizan.cli.main import cli


@click.command(name="completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> int:
    """Print the completion script for SHELL.

    \b
      bartizan completion bash > ~/.local/share/bash-completion/completions/bartizan
      bartizan completion zsh  > "${fpath[1]}/_bartizan"
      bartizan completion fish > ~/.config/fish/completions/bartizan.fish
    """  # noqa: D301 - \b is click's mark for text that is not rewrapped
    completion = get_completion_class(shell)
    if completion is None:  # pragma: no cover - click knows the three
        return 2
    click.echo(completion(cli, {}, "bartizan", "_BARTIZAN_COMPLETE").source())
    return 0
