"""`bartizan scan`: judge manifests."""

import gc
import sys
from typing import Any

import click

from bartizan.app import scan as use_case
from bartizan.app.errors import UsageError
from bartizan.cli.options import as_of, flags, judging_options, working_folder
from bartizan.cli.output import outputs, write_all
from bartizan.cli.progress import progress
from bartizan.sources.blob import MAX_BYTES


@click.command(name="scan")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@judging_options
@click.option("--allow-empty", is_flag=True, help="Finding no Kubernetes object is no failure.")
def command(paths: tuple[str, ...], allow_empty: bool, **options: Any) -> int:
    """Judge the manifests at PATH: files, folders, patterns, or - for standard input.

    \b
      bartizan scan .
      kubectl get deploy,svc -A -o yaml | bartizan scan -
      bartizan scan deploy/ -o table -o sarif=out.sarif
      bartizan scan . --level restricted --kubernetes-version 1.36
    """  # noqa: D301 - \b is click's mark for text that is not rewrapped
    # One short run over plain values that stay alive to its end: collecting cycles would only cost time.
    gc.disable()
    asked = outputs(options["outputs"])
    report = use_case.scan(
        paths or (".",),
        flags(options, allow_empty=allow_empty),
        as_of(options["as_of"]),
        cwd=working_folder(),
        stdin=_standard_input,
        progress=progress(quiet=options["quiet"]),
    )
    write_all(asked, report, frozenset(options["show"]))
    return report.exit_status


def _standard_input() -> bytes:
    """All of it, up to a byte more than is read of a file."""
    if sys.stdin is None:
        raise UsageError("standard input is closed, and `-` asks for it")
    try:
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"standard input cannot be read ({error.strerror})") from error
