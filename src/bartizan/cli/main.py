"""The command line's door: finds the verb, turns errors into one line and an exit status."""

import os
import sys
from importlib import import_module
from typing import Any

import click

import bartizan
from bartizan.app.errors import BartizanError
from bartizan.cli.standard_output import ReaderLeft, reader_may_leave

CRASH = 70
VERBS = ("checks", "completion", "diff", "explain", "scan")


class LazyVerbs(click.Group):
    """Imports a verb's module only when the verb is used: `--version` pays for nothing else."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The verbs, by name."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """The verb's command, which its module calls `command`."""
        if cmd_name not in VERBS:
            return None
        command: click.Command = import_module(f"bartizan.cli.{cmd_name}").command
        return command

    def make_context(self, *arguments: Any, **more: Any) -> click.Context:
        """As click; `--help` and `--version` print here."""
        with reader_may_leave():
            return super().make_context(*arguments, **more)

    def invoke(self, ctx: click.Context) -> Any:
        """As click, which would make exit status 1 of a broken pipe: that is ours for findings."""
        with reader_may_leave():
            return super().invoke(ctx)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """As click, with the nearest verb where there is none of that name."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches  # noqa: PLC0415 - only for a misspelt verb

            near = get_close_matches(args[0], VERBS, n=1)
            advice = f"Did you mean '{near[0]}'?" if near else f"Verbs: {', '.join(VERBS)}."
            raise click.UsageError(f"{error.message} {advice}", ctx) from error


@click.group(cls=LazyVerbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(bartizan.__version__, prog_name="bartizan", message="%(prog)s %(version)s")
def cli() -> None:
    """Reduce risk in Kubernetes: one engine for manifests, clusters and pull requests.

    Exit status: 0 clean, 1 finding at or above the gate, 2 usage, 3 incomplete, 4 nothing to scan, 70 crash.
    """


def main() -> None:
    """The console script. Never ends without one of the documented exit statuses."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one verb and give its exit status."""
    try:
        status = cli.main(arguments, prog_name="bartizan", standalone_mode=False)
    except click.exceptions.Abort:
        return 130
    except click.ClickException as error:
        error.show()
        return 2
    except BartizanError as error:
        click.echo(f"bartizan: {error}", err=True)
        return error.exit_status
    except ReaderLeft:
        return 0
    except Exception as error:  # noqa: BLE001 - the last line of defence has its own exit status
        return _crashed(error)
    return status if isinstance(status, int) else 0


def _crashed(error: Exception) -> int:
    if os.environ.get("BARTIZAN_DEBUG"):
        import traceback  # noqa: PLC0415 - only after a crash

        traceback.print_exception(error)
    click.echo(
        f"bartizan: crashed: {type(error).__name__}: {error}\n"
        "This is a fault of ours and nothing was judged. Run again with BARTIZAN_DEBUG=1 and report it.",
        err=True,
    )
    return CRASH


if __name__ == "__main__":
    main()
