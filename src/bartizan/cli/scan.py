"""`bartizan scan`: judge manifests, or a live cluster."""

import gc
import sys
from typing import Any

import click

from bartizan.app import cluster
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
@click.option(
    "--cluster",
    "live",
    is_flag=True,
    help="Judge a live cluster in place of files. With -n only that namespace of it is read.",
)
@click.option("--context", default="", metavar="NAME", help="The kubeconfig's context. [default: the current one]")
@click.option("--kubeconfig", default="", metavar="FILE", help="[default: $KUBECONFIG, else ~/.kube/config]")
@click.option("-A", "--all-namespaces", is_flag=True, help="The whole cluster, which is the default.")
@click.option(
    "--skip-kind",
    "left_out",
    multiple=True,
    metavar="KIND",
    help="Leave objects of a kind out of the cluster's scan, such as secrets. May be repeated.",
)
def command(paths: tuple[str, ...], allow_empty: bool, live: bool, **options: Any) -> int:
    """Judge the manifests at PATH (files, folders, patterns, or - for standard input), or a live cluster.

    \b
      bartizan scan .
      kubectl get deploy,svc -A -o yaml | bartizan scan -
      bartizan scan deploy/ -o table -o sarif=out.sarif
      bartizan scan . --level restricted --kubernetes-version 1.36
      bartizan scan --cluster --context staging -n shop
    """  # noqa: D301 - \b is click's mark for text that is not rewrapped
    # One short run over plain values that stay alive to its end: collecting cycles would only cost time.
    gc.disable()
    asked = outputs(options["outputs"])
    said = flags(options, allow_empty=allow_empty)
    day, cwd, shown = as_of(options["as_of"]), working_folder(), progress(quiet=options["quiet"])
    target = _target(paths, options, live=live)
    if target is not None:
        report = cluster.scan_cluster(target, said, day, cwd=cwd, progress=shown)
    else:
        report = use_case.scan(paths or (".",), said, day, cwd=cwd, stdin=_standard_input, progress=shown)
    write_all(asked, report, frozenset(options["show"]))
    return report.exit_status


def _target(paths: tuple[str, ...], options: dict[str, Any], *, live: bool) -> cluster.Target | None:
    """The cluster to read, if one is asked for. Raises UsageError where the options do not fit each other."""
    if not live:
        for option in ("context", "kubeconfig", "all_namespaces", "left_out"):
            if options[option]:
                name = "skip-kind" if option == "left_out" else option.replace("_", "-")
                raise UsageError(f"`--{name}` goes with --cluster")
        return None
    if paths:
        raise UsageError("`--cluster` and a path are two scans: run them one after the other")
    if options["all_namespaces"] and options["namespace"]:
        raise UsageError("`-A` asks for all namespaces and `-n` for one: leave one of them out")
    return cluster.Target(
        kubeconfig=options["kubeconfig"],
        context=options["context"],
        namespace=options["namespace"],
        left_out=options["left_out"],
    )


def _standard_input() -> bytes:
    """All of it, up to a byte more than is read of a file."""
    if sys.stdin is None:
        raise UsageError("standard input is closed, and `-` asks for it")
    try:
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"standard input cannot be read ({error.strerror})") from error
