"""A live cluster's objects: every kind that can be listed, page by page. Nothing is written, no Secret's value read.

What cannot be listed is an Unknown for its kind, and a gap that look-ups know of: no check takes it for absent.
"""

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from bartizan.checks.check import Reason
from bartizan.kube.connection import Connection, decode
from bartizan.kube.discovery import Discovery, Served, discover
from bartizan.kube.errors import ApiError, KubeError
from bartizan.kube.listing import listed
from bartizan.lookups import Unread
from bartizan.model.resource import Resource
from bartizan.model.unknown import Unknown
from bartizan.sources.cluster_kinds import in_order, is_left_out, matches
from bartizan.sources.cluster_objects import resource

_FORBIDDEN, _NOT_FOUND = 403, 404
_NAMESPACES = ("", "namespaces")
_SECRETS = ("", "secrets")

Told = Callable[[str, int, int], None]


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """What of the cluster is in scope."""

    namespace: str = ""
    """This one, with the objects in it; else the whole cluster."""
    left_out: tuple[str, ...] = ()
    """Kinds that are not read, as the user calls them."""


class NoSuchNamespaceError(Exception):
    """The scope is a namespace that the cluster does not have."""


class UnknownKindError(Exception):
    """A kind is to be left out that the cluster does not serve: maybe a slip, so nobody guesses."""


class ClusterReading(msgspec.Struct, frozen=True, kw_only=True):
    """What was read."""

    resources: tuple[Resource, ...]
    unknowns: tuple[Unknown, ...]
    unread: tuple[Unread, ...]


def read_cluster(connection: Connection, scope: Scope, told: Told) -> ClusterReading:
    """List everything in scope.

    Args:
        told: Told what is being listed, how much of it was read, and out of how much (0 where unknown).

    Raises:
        KubeError: the server does not even tell what it serves.
        NoSuchNamespaceError: there is no such namespace.
        UnknownKindError: a kind that is left out is not served.
    """
    discovery = discover(connection)
    _must_be_served(scope.left_out, discovery.served)
    reader = _Reader(connection, scope, told)
    for served in in_order(discovery.served):
        reader.kind(served)
    reader.broken(discovery)
    return ClusterReading(
        resources=tuple(reader.resources), unknowns=tuple(reader.unknowns), unread=tuple(reader.unread)
    )


def _must_be_served(names: Iterable[str], kinds: tuple[Served, ...]) -> None:
    for name in names:
        if not any(matches(served, name) for served in kinds):
            raise UnknownKindError(f"the cluster serves no kind `{name}`")


class _Items(msgspec.Struct):
    items: list[Any]


class _Reader:
    """Reads kind by kind, and keeps what each gave."""

    def __init__(self, connection: Connection, scope: Scope, told: Told) -> None:
        self.connection = connection
        self.scope = scope
        self.told = told
        self.resources: list[Resource] = []
        self.unknowns: list[Unknown] = []
        self.unread: list[Unread] = []
        self._seen: set[str] = set()

    def kind(self, served: Served) -> None:
        """Read all of a kind that is in scope."""
        if is_left_out(served):
            self._out_of_scope(served, "no scan of a cluster reads them")
        elif any(matches(served, name) for name in self.scope.left_out):
            self._out_of_scope(served, "they are left out of this scan")
        elif served.namespaced or not self.scope.namespace:
            self._list(served)
        elif (served.group, served.plural) == _NAMESPACES:
            self._own_namespace(served)
        else:
            self._out_of_scope(served, f"only namespace {self.scope.namespace} is scanned")

    def broken(self, discovery: Discovery) -> None:
        """Groups that do not tell their kinds."""
        for group, why in sorted(discovery.broken.items()):
            message = f"what group `{group}` holds is not known: {why}"
            self.unknowns.append(Unknown(code="unread-kind", message=message, subject=group))
            known = {gap.kind for gap in self.unread if gap.group == group}
            self.unread += [
                Unread(group=group, kind=kind, reason="lookup-failed", message=message) for kind in {""} - known
            ]

    def _list(self, served: Served) -> None:
        what = f"listing {served.title}"
        self.told(what, 0, 0)
        outline = (served.group, served.plural) == _SECRETS
        listing = listed(
            self.connection,
            served,
            lambda raw: resource(served, raw, outline=outline),
            namespace=self.scope.namespace,
            outline=outline,
            told=lambda done, total: self.told(what, done, total),
        )
        self._keep(listing.items)
        if listing.trouble is not None:
            self._not_all(served, listing.trouble, len(listing.items))
        elif self.scope.namespace:
            self._out_of_scope(served, f"only namespace {self.scope.namespace} is scanned", self.scope.namespace)

    def _keep(self, items: Iterable[Resource | Unknown]) -> None:
        for item in items:
            if isinstance(item, Unknown):
                self.unknowns.append(item)
                continue
            uid = item.metadata.get("uid")
            if not isinstance(uid, str) or uid not in self._seen:
                self.resources.append(item)
            if isinstance(uid, str):
                self._seen.add(uid)

    def _own_namespace(self, served: Served) -> None:
        """The namespace itself may be read by who may read what is in it, and no other."""
        name = self.scope.namespace
        try:
            raw = self._named(served, name)
        except ApiError as error:
            if error.status == _NOT_FOUND:
                raise NoSuchNamespaceError(f"the cluster has no namespace `{name}`") from error
            self._not_all(served, error, 0)
        except KubeError as error:
            self._not_all(served, error, 0)
        else:
            self._keep([resource(served, raw, outline=False)])

    def _named(self, served: Served, name: str) -> Any:
        """One object, for an account that may get it as for one that may list its kind."""
        try:
            return decode(self.connection.get(f"{served.path()}/{name}"))
        except ApiError as error:
            if error.status != _FORBIDDEN:
                raise
        body = self.connection.get(served.path(), {"fieldSelector": f"metadata.name={name}"})
        items = decode(body, _Items).items
        if not items:
            raise ApiError(_NOT_FOUND, f"there is no {name}")
        return items[0]

    def _not_all(self, served: Served, trouble: KubeError, read: int) -> None:
        where = f" in namespace {self.scope.namespace}" if self.scope.namespace and served.namespaced else ""
        if isinstance(trouble, ApiError) and trouble.status == _FORBIDDEN:
            code = "forbidden-kind"
            alone = bool(self.scope.namespace) and not served.namespaced
            what, verb = (f"namespace {self.scope.namespace}", "get") if alone else (served.title, "list")
            message = (
                f"the account may not {verb} {what}{where}: grant it `{verb}`, or leave the kind out with "
                f"`--skip-kind {served.title}`"
            )
        else:
            code = "unread-kind"
            count = (
                f"only {read:,} {served.title}{where} were read" if read else f"no {served.title}{where} were read"
            )
            message = f"{count}: {trouble}"
        self.unknowns.append(Unknown(code=code, message=message, subject=served.title))
        self._gap(served, f"{served.kind} objects could not be read{where}", reason="lookup-failed")

    def _out_of_scope(self, served: Served, why: str, read_in: str = "") -> None:
        message = f"{served.kind} objects were not read: {why}"
        self._gap(served, message, reason="not-evaluable-here", read_in=read_in)

    def _gap(self, served: Served, message: str, *, reason: Reason, read_in: str = "") -> None:
        self.unread.append(
            Unread(group=served.group, kind=served.kind, read_in=read_in, reason=reason, message=message)
        )
