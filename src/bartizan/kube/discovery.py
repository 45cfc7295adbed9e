"""What an API server serves: every kind that can be listed, each once, in the version that the server prefers.

The aggregated form tells all in two answers; a server older than 1.27 is asked group by group.
A group whose server is down is told apart from a group that is not there.
"""

from collections.abc import Iterable, Iterator

import msgspec

from bartizan.kube.connection import JSON, Connection, decode
from bartizan.kube.errors import ApiError, KubeError

_AGGREGATED = (
    "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
    f"application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,{JSON}"
)
_UNAUTHORIZED = 401


class Served(msgspec.Struct, frozen=True, order=True):
    """A kind that can be listed."""

    group: str
    plural: str
    version: str
    kind: str
    namespaced: bool

    @property
    def title(self) -> str:
        """`deployments.apps`, as kubectl calls it."""
        return f"{self.plural}.{self.group}" if self.group else self.plural

    @property
    def api_version(self) -> str:
        """As an object writes it."""
        return f"{self.group}/{self.version}" if self.group else self.version

    def path(self, namespace: str = "") -> str:
        """Where its list is: of one namespace, or of all."""
        root = f"/apis/{self.group}/{self.version}" if self.group else f"/api/{self.version}"
        return f"{root}/namespaces/{namespace}/{self.plural}" if namespace else f"{root}/{self.plural}"


class Discovery(msgspec.Struct, frozen=True):
    """What is served, and the groups of which that cannot be told."""

    served: tuple[Served, ...]
    broken: dict[str, str]
    """Group → why."""


class _Version(msgspec.Struct, rename="camel"):
    """`major` and `minor` as the server writes them: the minor may end in `+`."""

    major: str = ""
    minor: str = ""


def minor_version(connection: Connection) -> int:
    """The server's Kubernetes minor version. Raises KubeError where it does not say."""
    told = decode(connection.get("/version"), _Version)
    digits = "".join(letter for letter in told.minor if letter.isdecimal())
    if not digits:
        raise ApiError(200, f"{connection.server} does not say which Kubernetes it is")
    return int(digits)


def discover(connection: Connection) -> Discovery:
    """Ask the server.

    Raises:
        KubeError: it does not even tell its groups.
    """
    found = _Found()
    for root in ("/api", "/apis"):
        body = connection.get(root, accept=_AGGREGATED)
        kind = decode(body, _Kind).kind
        if kind == "APIGroupDiscoveryList":
            found.aggregated(decode(body, _AggregatedList).items)
        elif root == "/api":
            found.group(connection, "", decode(body, _Versions).versions)
        else:
            for group in decode(body, _GroupList).groups:
                found.group(connection, group.name, group.in_order())
    return Discovery(tuple(sorted(found.served.values())), found.broken)


class _Found:
    """The first version that serves a kind is the one that the server prefers."""

    def __init__(self) -> None:
        self.served: dict[tuple[str, str], Served] = {}
        self.broken: dict[str, str] = {}

    def aggregated(self, groups: Iterable["_AggregatedGroup"]) -> None:
        for group in groups:
            name = group.metadata.name
            for version in group.versions:
                if version.freshness == "Stale":
                    self.broken[name] = "its API service does not answer"
                for resource in version.resources:
                    kind = resource.response_kind
                    if "list" in resource.verbs and kind is not None:
                        self._add(
                            name, version.version, resource.resource, kind.kind, resource.scope == "Namespaced"
                        )

    def group(self, connection: Connection, group: str, versions: Iterable[str]) -> None:
        for version in versions:
            path = f"/apis/{group}/{version}" if group else f"/api/{version}"
            try:
                resources = decode(connection.get(path), _ResourceList).resources
            except KubeError as error:
                if isinstance(error, ApiError) and error.status == _UNAUTHORIZED:
                    raise
                self.broken[group] = str(error)
                continue
            for resource in resources:
                if "/" not in resource.name and "list" in resource.verbs:
                    self._add(group, version, resource.name, resource.kind, resource.namespaced)

    def _add(self, group: str, version: str, plural: str, kind: str, namespaced: bool) -> None:
        self.served.setdefault((group, plural), Served(group, plural, version, kind, namespaced))


class _Kind(msgspec.Struct):
    kind: str = ""


class _Name(msgspec.Struct):
    name: str = ""


class _ResponseKind(msgspec.Struct):
    kind: str


class _AggregatedResource(msgspec.Struct, rename="camel"):
    resource: str
    scope: str
    verbs: list[str] = []
    response_kind: _ResponseKind | None = None


class _AggregatedVersion(msgspec.Struct):
    version: str
    resources: list[_AggregatedResource] = []
    freshness: str = ""


class _AggregatedGroup(msgspec.Struct):
    metadata: _Name
    versions: list[_AggregatedVersion] = []


class _AggregatedList(msgspec.Struct):
    items: list[_AggregatedGroup]


class _Versions(msgspec.Struct):
    versions: list[str]


class _GroupVersion(msgspec.Struct):
    version: str


class _Group(msgspec.Struct, rename="camel"):
    name: str
    versions: list[_GroupVersion]
    preferred_version: _GroupVersion | None = None

    def in_order(self) -> Iterator[str]:
        """The preferred one first."""
        names = [version.version for version in self.versions]
        first = self.preferred_version.version if self.preferred_version else ""
        yield from sorted(names, key=lambda name: name != first)


class _GroupList(msgspec.Struct):
    groups: list[_Group]


class _Resource(msgspec.Struct):
    name: str
    kind: str
    namespaced: bool
    verbs: list[str] = []


class _ResourceList(msgspec.Struct):
    resources: list[_Resource]
