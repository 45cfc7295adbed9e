"""`bartizan diff`: what a change does."""

import gc
from pathlib import Path
from typing import Any

import click

from bartizan.app import diff as use_case
from bartizan.app.baseline import compare_with_baseline
from bartizan.app.errors import UsageError
from bartizan.cli.options import as_of, flags, judging_options, working_folder
from bartizan.cli.output import outputs, write_all
from bartizan.cli.progress import progress
from bartizan.store.cache import Cache, FileCache, NoCache, default_folder


@click.command(name="diff")
@click.argument("revisions", required=False, metavar="[BASE[..HEAD]]")
@judging_options
@click.option(
    "--baseline",
    metavar="FILE",
    help="Compare the working folder with this report (`-o json`) in place of a git revision.",
)
@click.option("--trust-head-config", is_flag=True, help="Judge by the head's own configuration and exceptions.")
@click.option("--no-cache", is_flag=True, help="Neither read nor write the cache in the user's cache folder.")
def command(revisions: str | None, baseline: str | None, **options: Any) -> int:
    """Tell which findings a change adds and which it fixes; only new ones fail.

    BASE starts from the merge base with HEAD and ends at the work tree; BASE..HEAD compares two trees;
    BASE...HEAD starts from their merge base.

    \b
      bartizan diff origin/main
      bartizan diff v1.2..v1.3 -o json
      bartizan scan . -o json=baseline.json; bartizan diff --baseline baseline.json
    """  # noqa: D301 - \b is click's mark for text that is not rewrapped
    gc.disable()  # as in `scan`
    if (revisions is None) == (baseline is None):
        raise UsageError("name a revision, as in `bartizan diff origin/main`, or a report with `--baseline FILE`")
    asked = outputs(options["outputs"])
    show = frozenset(options["show"])
    own = use_case.DiffFlags(trust_head_config=options["trust_head_config"], keep_unchanged="unchanged" in show)
    bar, cwd = progress(quiet=options["quiet"]), working_folder()
    judging = flags(options)
    day = as_of(options["as_of"])
    if baseline is not None:
        report = compare_with_baseline(Path(baseline), judging, own, day, cwd=cwd, progress=bar)
    else:
        cache: Cache = NoCache() if options["no_cache"] else FileCache(default_folder())
        report = use_case.diff(str(revisions), judging, own, day, cwd=cwd, cache=cache, progress=bar)
    write_all(asked, report, show)
    return report.exit_status
