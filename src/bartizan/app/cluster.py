"""The live cluster: `bartizan scan --cluster`. Lists what is there, judges it as files are judged, tells."""

import re
from datetime import date
from pathlib import Path

import msgspec

from bartizan.app import scan as files
from bartizan.app.errors import UsageError
from bartizan.app.judging import Material, Progress, silent
from bartizan.checks.check import NEWEST_MINOR
from bartizan.model.report import Report
from bartizan.sources.manifests import FileReading

_NAMESPACE = re.compile(r"[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")
INSTALL = "pip install 'bartizan[cluster]'"


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """Which cluster, and what of it."""

    kubeconfig: str = ""
    context: str = ""
    namespace: str = ""
    """Empty for the whole cluster."""
    left_out: tuple[str, ...] = ()

    def title(self, context: str) -> str:
        """As the report names what it was made of."""
        where = f"namespace {self.namespace} of " if self.namespace else ""
        without = f" without {', '.join(sorted(set(self.left_out)))}" if self.left_out else ""
        return f"{where}cluster {context}{without}"


def scan_cluster(
    target: Target, flags: files.Flags, at: date, *, cwd: Path, progress: Progress = silent
) -> Report:
    """Judge the objects of a cluster.

    Args:
        flags: Judged by the server's own version, unless they or the configuration name one.
        at: The day by which exceptions expire.
        cwd: Where the configuration is looked for.

    Raises:
        UsageError: there is no cluster to read, or it cannot be judged as asked.
    """
    if target.namespace and not _NAMESPACE.fullmatch(target.namespace):
        raise UsageError(f"`{target.namespace}` is no name of a namespace: write it like shop-2")
    try:  # they cost a tenth of a second, which a scan of files does not pay
        from bartizan.kube.configuration import load  # noqa: PLC0415 - as above
        from bartizan.kube.connection import Connection  # noqa: PLC0415 - as above
        from bartizan.kube.discovery import minor_version  # noqa: PLC0415 - as above
        from bartizan.kube.errors import KubeError  # noqa: PLC0415 - as above
        from bartizan.sources import cluster as source  # noqa: PLC0415 - as above
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing == "bartizan":
            raise
        raise UsageError(f"`--cluster` needs `{missing}`, which is not installed: {INSTALL}") from error
    try:
        with Connection(load(target.kubeconfig, target.context)) as connection:
            title = target.title(connection.access.context)
            minor = min(minor_version(connection), NEWEST_MINOR)
            flags = msgspec.structs.replace(flags, served_version=f"1.{minor}")
            rules, unknowns = files.rules_without_paths(flags, at, cwd)
            scope = source.Scope(namespace=target.namespace, left_out=target.left_out)
            reading = source.read_cluster(connection, scope, progress)
    except (KubeError, source.NoSuchNamespaceError, source.UnknownKindError) as error:
        raise UsageError(str(error)) from error
    material = Material(
        readings=(FileReading("", reading.resources, reading.unknowns),), unknowns=unknowns, unread=reading.unread
    )
    return files.report(material, rules, flags, (title,), progress)
