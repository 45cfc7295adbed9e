"""RBAC resolved: from a subject to what it may do, and from a power to who has it.

`access_of` makes it from the scanned objects, for `Lookups.derive`. RBAC only ever adds rights: whatever is
not at hand may add more, so that a "no" holds for the objects at hand, and says what could not be looked at.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from bartizan.access.aggregation import aggregate
from bartizan.access.reading import BINDINGS, ROLES, Binding, Role, is_cluster_wide, read_binding, read_role
from bartizan.access.rule import Power, Rule
from bartizan.access.who import Who, service_account
from bartizan.model.resource import Origin, Resource
from bartizan.model.review import Lookups
from bartizan.model.shape import IllTypedField
from bartizan.model.unknown import Unknown

RoleKey = tuple[str, str]
"""Namespace and name; a ClusterRole has no namespace."""


class Grant(msgspec.Struct, frozen=True, eq=False):
    """One rule that somebody has, and why."""

    rule: Rule
    binding: Binding

    @property
    def namespace(self) -> str | None:
        """Where it holds; None for the whole cluster."""
        return self.binding.namespace


class Answer(msgspec.Struct, frozen=True):
    """Whether somebody may do something."""

    by: tuple[Grant, ...]
    """Each rule that allows it."""
    unknown: tuple[Unknown, ...]
    """What might allow it, but could not be looked at."""

    @property
    def allowed(self) -> bool:
        """Whether the objects at hand allow it."""
        return bool(self.by)

    @property
    def certain(self) -> bool:
        """Whether nothing that could not be looked at might change the answer."""
        return self.allowed or not self.unknown


class Access:
    """What the roles and bindings at hand give to whom."""

    def __init__(self, roles: Iterable[Resource], bindings: Iterable[Resource]) -> None:
        self._resources = tuple(roles), tuple(bindings)
        self._roles: dict[RoleKey, Role] = {}
        self._broken: dict[RoleKey, Unknown] = {}
        self.unreadable: list[Unknown] = []
        """Bindings that cannot be read: they may give anything to anybody."""
        self.bindings: list[Binding] = []
        """Those that can."""
        self._read_roles()
        self._aggregate()
        self._of: defaultdict[str, list[Binding]] = defaultdict(list)
        self._of_group: defaultdict[str, list[Binding]] = defaultdict(list)
        self._read_bindings()
        self._grants: dict[Who, tuple[Grant, ...]] = {}
        self._completed: tuple[Any, Access] | None = None

    def rules(self, binding: Binding) -> tuple[Rule, ...] | Unknown:
        """The rules of the role that a binding names, or why they cannot be told."""
        space = binding.resource.namespace if binding.role_kind == "Role" else ""
        if binding.role_kind == "Role" and binding.namespace is None:
            return ()  # the API server refuses a ClusterRoleBinding to a Role
        key = _key(binding.role_kind, space, binding.role)
        role = self._roles.get(key)
        if key in self._broken:
            return self._broken[key]
        if role is None:
            missing = f"{binding.role_title} is not among the scanned objects"
            return Unknown(code="not-evaluable-here", message=missing)
        return self._aggregated[role.resource.name] if role.selectors else role.rules

    def grants(self, who: Who) -> tuple[Grant, ...]:
        """Every rule that somebody has, by each of the bindings that reach them."""
        found = self._grants.get(who)
        if found is None:
            found = self._grants[who] = tuple(
                Grant(rule, binding) for binding in self._reaching(who) for rule in self._known(binding)
            )
        return found

    def can(self, who: Who, power: Power, *, namespace: str | None = None, name: str = "") -> Answer:
        """Whether somebody may make a request, as the RBAC authorizer answers it.

        Args:
            who: Who asks.
            power: Verb, API group and resource; a subresource stands behind a slash.
            namespace: Where; None for an object without namespace, and for a list over all namespaces; empty for
                the one of objects that have none written. A request about one Namespace stands in that namespace,
                whatever is handed in.
            name: The object's; empty for `create`, and for lists that select no name.
        """
        if power[1:] == ("", "namespaces") and name:
            namespace = name
        grants = (grant for grant in self.grants(who) if grant.namespace in (None, namespace))
        by = tuple(grant for grant in grants if grant.rule.admits(power, name))
        return Answer(by, self._unknown(who, namespace))

    def can_url(self, who: Who, verb: str, url: str) -> Answer:
        """Whether somebody may ask for an address that is no resource; only ClusterRoleBindings give that."""
        grants = (grant for grant in self.grants(who) if grant.namespace is None)
        return Answer(
            tuple(grant for grant in grants if grant.rule.admits_url(verb, url)), self._unknown(who, None)
        )

    def holders(self, power: Power, namespace: str | None = None) -> Iterator[tuple[dict[str, Any], Grant]]:
        """Who may do something to some object at least: each subject of each binding, with the rule.

        Args:
            power: Verb, API group and resource.
            namespace: Where; None for the whole cluster.
        """
        for binding in self.bindings:
            if binding.namespace in (None, namespace):
                grants = [Grant(rule, binding) for rule in self._known(binding) if rule.allows(power)]
                yield from ((subject, grant) for subject in binding.subjects for grant in grants)

    def completed(self, table: Any) -> "Access":
        """The same with the roles and bindings that every cluster has from its start, where none has their name.

        Args:
            table: `bootstrap-roles.json`, as it stands in its file.
        """
        if self._completed is None or self._completed[0] is not table:
            roles, bindings = self._resources
            self._completed = table, Access(_with(roles, table["roles"]), _with(bindings, table["bindings"]))
        return self._completed[1]

    def _read_roles(self) -> None:
        for resource in self._resources[0]:
            key = _key(resource.kind, resource.namespace, resource.name)
            try:
                role = read_role(resource)
            except IllTypedField as error:
                self._broken[key] = _unreadable(resource, error)
            else:
                self._roles[key] = _merged(self._roles[key], role) if key in self._roles else role

    def _aggregate(self) -> None:
        """A ClusterRole that cannot be read may be part of any aggregated one: none of those is then known."""
        cluster = [role for role in self._roles.values() if is_cluster_wide(role.resource)]
        self._aggregated: dict[str, tuple[Rule, ...]] = {}
        broken = [unknown for (space, _), unknown in self._broken.items() if space == _CLUSTER]
        try:
            self._aggregated = aggregate(cluster)
        except IllTypedField as error:
            broken.append(Unknown(code="lookup-failed", message=f"a ClusterRole cannot be read: {error}"))
        for role in cluster if broken else ():
            if role.selectors:
                self._broken[_CLUSTER, role.resource.name] = broken[0]

    def _read_bindings(self) -> None:
        for resource in self._resources[1]:
            try:
                binding = read_binding(resource)
                self._index(binding)
            except IllTypedField as error:
                self.unreadable.append(_unreadable(resource, error))
            else:
                self.bindings.append(binding)

    def _index(self, binding: Binding) -> None:
        users, groups = set(), set()
        for subject in binding.subjects:
            kind, name = subject.get("kind", ""), subject.get("name", "")
            if kind == "ServiceAccount":
                space = subject.get("namespace") or binding.namespace
                if space is not None:  # else the API server refuses the binding
                    users.add(service_account(space, name).user)
            elif kind == "User":
                users.add(name)
            elif kind == "Group":
                groups.add(name)
        for name in users:
            self._of[name].append(binding)
        for name in groups:
            self._of_group[name].append(binding)

    def _reaching(self, who: Who) -> Iterable[Binding]:
        own = self._of.get(who.user, []) if who.user else []
        by_group = (binding for name in sorted(who.groups) for binding in self._of_group.get(name, ()))
        return dict.fromkeys((*own, *by_group))

    def _known(self, binding: Binding) -> tuple[Rule, ...]:
        rules = self.rules(binding)
        return () if isinstance(rules, Unknown) else rules

    def _unknown(self, who: Who, namespace: str | None) -> tuple[Unknown, ...]:
        reaching = (binding for binding in self._reaching(who) if binding.namespace in (None, namespace))
        missing = (rules for binding in reaching if isinstance(rules := self.rules(binding), Unknown))
        return (*self.unreadable, *missing)


_CLUSTER = "\0"
"""In the place of a namespace: a Role in a file may have none written."""


def _key(kind: str, namespace: str, name: str) -> RoleKey:
    return (_CLUSTER if kind == "ClusterRole" else namespace), name


def access_of(lookups: Lookups) -> Access:
    """For `Lookups.derive`."""
    return Access(
        [resource for kind in ROLES for resource in lookups.objects(kind.group, kind.kind)],
        [resource for kind in BINDINGS for resource in lookups.objects(kind.group, kind.kind)],
    )


def _merged(one: Role, other: Role) -> Role:
    """Two files for one name, as overlays have: whichever is applied, what it allows is known."""
    return Role(one.resource, one.rules + other.rules, one.labels | other.labels, one.selectors + other.selectors)


def _with(resources: tuple[Resource, ...], defaults: list[dict[str, Any]]) -> list[Resource]:
    there = {(resource.kind, resource.namespace, resource.name) for resource in resources}
    made = map(_default, defaults)
    return [*resources, *(new for new in made if (new.kind, new.namespace, new.name) not in there)]


def _default(raw: dict[str, Any]) -> Resource:
    metadata = raw["metadata"]
    origin, version = Origin("cluster"), "rbac.authorization.k8s.io/v1"
    return Resource(raw, origin, version, raw["kind"], metadata["name"], metadata.get("namespace", ""))


def _unreadable(resource: Resource, error: IllTypedField) -> Unknown:
    return Unknown(code="lookup-failed", message=f"{resource.subject.title} cannot be read: {error}")
