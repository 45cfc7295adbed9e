"""Access: who may do what, as a plain reading of the authorizer's source answers it."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.access.access import Access, access_of
from bartizan.access.rule import Power
from bartizan.access.who import Who, group, service_account, user
from bartizan.app.tables import table
from bartizan.lookups import Inventory
from bartizan.model.resource import Resource
from tests.access.objects import BINDINGS, MANY_BINDINGS, MANY_ROLES, NAMESPACES, made
from tests.checks.rbac.objects import rule, subject

POWERS: list[Power] = [
    (verb, api_group, resource)
    for verb in ("get", "list", "create")
    for api_group in ("", "apps")
    for resource in ("pods", "pods/exec", "secrets", "namespaces", "pods/*")
]
PEOPLE = [
    user("ada"),
    user("eve", "ops"),
    service_account("shop", "web"),
    service_account("mail", "web"),
    group("ops"),
]
REQUESTS = st.tuples(
    st.sampled_from(PEOPLE),
    st.sampled_from(POWERS),
    st.sampled_from([None, *NAMESPACES]),
    st.sampled_from(["", "web", "shop"]),
)


def naive_rules(roles: list[Resource], kind: str, namespace: str, name: str) -> list[dict[str, Any]]:
    """The rules of a role; those of an aggregated one are copied round until nothing changes."""
    written: dict[str, list[dict[str, Any]]] = {}
    for role in roles:
        if role.kind == kind == "Role" and (role.namespace, role.name) == (namespace, name):
            return list(role.raw["rules"])
        if role.kind == "ClusterRole":
            written[role.name] = list(role.raw.get("rules", ()))
    changed = kind == "ClusterRole"
    while changed:
        changed = False
        for role in roles:
            for other in roles:
                if other.kind == "ClusterRole" and other is not role and naive_selected(role, other):
                    new = [one for one in written[other.name] if one not in written[role.name]]
                    written[role.name] += new
                    changed = changed or bool(new)
    return written.get(name, []) if kind == "ClusterRole" else []


def naive_selected(role: Resource, other: Resource) -> bool:
    """Whether one of the selectors of a role fits another's labels."""
    labels = other.metadata.get("labels", {})
    for selector in role.raw.get("aggregationRule", {}).get("clusterRoleSelectors", ()):
        fits = [labels.get(key) == value for key, value in selector.get("matchLabels", {}).items()]
        for one in selector.get("matchExpressions", ()):
            there, listed = one["key"] in labels, labels.get(one["key"]) in one["values"]
            answers = {"Exists": there, "DoesNotExist": not there, "In": there and listed, "NotIn": not listed}
            fits.append(answers[one["operator"]])
        if all(fits):
            return True
    return False


def naive_binds(who: Who, one: dict[str, str], namespace: str) -> bool:
    if one["kind"] == "User":
        return one["name"] == who.user
    if one["kind"] == "Group":
        return one["name"] in who.groups
    space = one.get("namespace") or namespace
    return bool(space) and who.user == f"system:serviceaccount:{space}:{one['name']}"


def naive_admits(one: dict[str, Any], power: Power, name: str) -> bool:
    verb, api_group, resource = power
    subresource = resource.partition("/")[2]
    held = ["*", resource, *([f"*/{subresource}"] if subresource else [])]
    names = one.get("resourceNames", [])
    return (
        any(word in one["verbs"] for word in ("*", verb))
        and any(word in one["apiGroups"] for word in ("*", api_group))
        and any(word in one["resources"] for word in held)
        and (not names or name in names)
    )


def naive_rules_of(
    roles: list[Resource], bindings: list[Resource], who: Who, namespace: str | None
) -> Iterator[dict[str, Any]]:
    for binding in bindings:
        wide = binding.kind == "ClusterRoleBinding"
        if not wide and binding.namespace != namespace:
            continue
        reference, space = binding.raw["roleRef"], "" if wide else binding.namespace
        if any(naive_binds(who, one, space) for one in binding.raw["subjects"]):
            yield from naive_rules(roles, reference["kind"], space, reference["name"])


@given(MANY_ROLES, MANY_BINDINGS, st.lists(REQUESTS, min_size=1, max_size=12))
def test_it_answers_as_a_plain_reading_does(
    roles: list[Resource], bindings: list[Resource], requests: list[tuple[Who, Power, str | None, str]]
) -> None:
    access = Access(roles, bindings)
    for who, power, namespace, name in requests:
        place = name if power[1:] == ("", "namespaces") and name else namespace
        expected = any(naive_admits(one, power, name) for one in naive_rules_of(roles, bindings, who, place))
        assert access.can(who, power, namespace=namespace, name=name).allowed is expected


@given(MANY_ROLES, MANY_BINDINGS, BINDINGS, st.lists(REQUESTS, min_size=1, max_size=12))
def test_one_more_binding_takes_no_right_away(
    roles: list[Resource],
    bindings: list[Resource],
    further: Resource,
    requests: list[tuple[Who, Power, str | None, str]],
) -> None:
    before, after = Access(roles, bindings), Access(roles, [*bindings, further])
    for who, power, namespace, name in requests:
        if before.can(who, power, namespace=namespace, name=name).allowed:
            assert after.can(who, power, namespace=namespace, name=name).allowed


@given(MANY_ROLES, MANY_BINDINGS, st.randoms(use_true_random=False), st.lists(REQUESTS, min_size=1, max_size=12))
def test_the_order_of_objects_changes_nothing(
    roles: list[Resource],
    bindings: list[Resource],
    chance: Any,
    requests: list[tuple[Who, Power, str | None, str]],
) -> None:
    shuffled = Access(chance.sample(roles, len(roles)), chance.sample(bindings, len(bindings)))
    for who, power, namespace, name in requests:
        one = Access(roles, bindings).can(who, power, namespace=namespace, name=name)
        assert one.allowed is shuffled.can(who, power, namespace=namespace, name=name).allowed


@given(MANY_ROLES, MANY_BINDINGS, st.sampled_from(POWERS), st.sampled_from([None, *NAMESPACES]))
def test_holders_of_a_power_are_those_who_can(
    roles: list[Resource], bindings: list[Resource], power: Power, namespace: str | None
) -> None:
    access = Access(roles, bindings)
    found = {one["name"] for one, _ in access.holders(power, namespace) if one["kind"] == "User"}
    for name in ("ada", "system:serviceaccount:shop:web"):
        direct = [grant for grant in access.grants(Who(name, frozenset())) if grant.namespace in (None, namespace)]
        named = any(
            {"kind": "User", "name": name} in grant.binding.subjects and grant.rule.allows(power)
            for grant in direct
        )
        assert (name in found) is named


ADA = subject("User", "ada")
GET_PODS: Power = ("get", "", "pods")


def bound(kind: str, role_kind: str, role: str, *subjects: dict[str, Any], namespace: str = "shop") -> Resource:
    return made(kind, "b", namespace, roleRef={"kind": role_kind, "name": role}, subjects=list(subjects))


def test_addresses_come_with_cluster_role_bindings_alone() -> None:
    roles = [made("ClusterRole", "r", "", rules=[{"nonResourceURLs": ["/metrics"], "verbs": ["get"]}])]
    wide = Access(roles, [bound("ClusterRoleBinding", "ClusterRole", "r", ADA)])
    narrow = Access(roles, [bound("RoleBinding", "ClusterRole", "r", ADA)])
    assert wide.can_url(user("ada"), "get", "/metrics").allowed
    assert not wide.can_url(user("ada"), "post", "/metrics").allowed
    assert not narrow.can_url(user("ada"), "get", "/metrics").allowed


def test_a_role_may_change_its_own_namespace() -> None:
    roles = [made("Role", "r", "shop", rules=[rule("update", "namespaces")])]
    access = Access(roles, [bound("RoleBinding", "Role", "r", ADA)])
    power = ("update", "", "namespaces")
    assert access.can(user("ada"), power, name="shop").allowed
    assert not access.can(user("ada"), power, name="mail").allowed


def test_a_cluster_role_binding_to_a_role_gives_nothing() -> None:
    """The API server refuses it."""
    roles = [
        made("Role", "r", "", rules=[rule("*", "*", "*")]),
        made("Role", "r", "shop", rules=[rule("*", "*", "*")]),
    ]
    access = Access(roles, [bound("ClusterRoleBinding", "Role", "r", ADA)])
    answer = access.can(user("ada"), GET_PODS)
    assert (answer.allowed, answer.certain) == (False, True)


def test_an_account_without_a_namespace_in_a_cluster_role_binding_is_nobody() -> None:
    roles = [made("ClusterRole", "r", "", rules=[rule("*", "*", "*")])]
    access = Access(roles, [bound("ClusterRoleBinding", "ClusterRole", "r", subject("ServiceAccount", "web"))])
    assert not access.can(service_account("", "web"), GET_PODS).allowed


def test_a_grant_says_by_what() -> None:
    roles = [made("ClusterRole", "r", "", rules=[rule("get", "pods"), rule("list", "pods")])]
    binding = bound("RoleBinding", "ClusterRole", "r", ADA)
    (grant,) = Access(roles, [binding]).can(user("ada"), GET_PODS, namespace="shop").by
    assert grant.binding.resource is binding
    assert (grant.namespace, grant.rule.path) == ("shop", ("rules", 0))


class TestNotKnowing:
    def test_a_role_that_is_not_there_may_allow_it(self) -> None:
        access = Access([], [bound("RoleBinding", "ClusterRole", "r", ADA)])
        answer = access.can(user("ada"), GET_PODS, namespace="shop")
        assert (answer.allowed, answer.certain) == (False, False)
        assert "ClusterRole r" in answer.unknown[0].message
        assert access.can(user("ada"), GET_PODS, namespace="mail").certain
        assert access.can(user("eve"), GET_PODS, namespace="shop").certain

    def test_a_role_that_cannot_be_read_may_allow_it(self) -> None:
        broken = made("ClusterRole", "r", "", rules="all")
        access = Access([broken], [bound("RoleBinding", "ClusterRole", "r", ADA)])
        (unknown,) = access.can(user("ada"), GET_PODS, namespace="shop").unknown
        assert unknown.code == "lookup-failed"

    def test_it_may_be_part_of_any_aggregated_role(self) -> None:
        whole = made(
            "ClusterRole", "all", "", aggregationRule={"clusterRoleSelectors": [{"matchLabels": {"a": "b"}}]}
        )
        broken = made("ClusterRole", "r", "", rules="all")
        binding = bound("RoleBinding", "ClusterRole", "all", ADA)
        assert Access([whole], [binding]).can(user("ada"), GET_PODS, namespace="shop").certain
        assert not Access([whole, broken], [binding]).can(user("ada"), GET_PODS, namespace="shop").certain

    def test_a_selector_that_cannot_be_read_hides_what_it_selects(self) -> None:
        whole = made("ClusterRole", "all", "", aggregationRule={"clusterRoleSelectors": [{"matchLabels": "a"}]})
        access = Access([whole], [bound("RoleBinding", "ClusterRole", "all", ADA)])
        assert not access.can(user("ada"), GET_PODS, namespace="shop").certain

    def test_a_binding_that_cannot_be_read_may_give_it_to_anybody(self) -> None:
        broken = made("RoleBinding", "b", "shop", roleRef={"kind": "Role", "name": "r"}, subjects=["ada"])
        access = Access([], [broken])
        assert len(access.unreadable) == 1
        assert access.bindings == []
        assert not access.can(user("ada"), GET_PODS).certain

    def test_a_right_is_certain_whatever_else_is_unknown(self) -> None:
        roles = [made("ClusterRole", "r", "", rules=[rule("get", "pods")])]
        bindings = [
            bound("ClusterRoleBinding", "ClusterRole", "r", ADA),
            bound("ClusterRoleBinding", "ClusterRole", "missing", ADA),
        ]
        assert Access(roles, bindings).can(user("ada"), GET_PODS).certain


def test_two_files_for_one_role_allow_what_either_does() -> None:
    """Overlays: nobody knows which one is applied."""
    roles = [made("ClusterRole", "r", "", rules=[rule(verb, "pods")]) for verb in ("get", "list")]
    access = Access(roles, [bound("ClusterRoleBinding", "ClusterRole", "r", ADA)])
    assert access.can(user("ada"), GET_PODS).allowed
    assert access.can(user("ada"), ("list", "", "pods")).allowed


class TestCompleted:
    TABLE = table("bootstrap-roles")

    @pytest.mark.parametrize(
        ("role", "power", "allowed"),
        [
            ("cluster-admin", ("delete", "", "nodes"), True),
            ("admin", ("create", "rbac.authorization.k8s.io", "rolebindings"), True),
            ("admin", ("get", "", "secrets"), True),
            ("edit", ("create", "rbac.authorization.k8s.io", "rolebindings"), False),
            ("edit", ("create", "", "pods/exec"), True),
            ("view", ("get", "", "configmaps"), True),
            ("view", ("get", "", "secrets"), False),
        ],
    )
    def test_default_roles_are_known(self, role: str, power: Power, allowed: bool) -> None:
        access = Access([], [bound("RoleBinding", "ClusterRole", role, ADA)]).completed(self.TABLE)
        answer = access.can(user("ada"), power, namespace="shop")
        assert (answer.allowed, answer.certain) == (allowed, True)

    def test_default_bindings_are_known(self) -> None:
        access = Access([], []).completed(self.TABLE)
        assert access.can(user("root", "system:masters"), ("delete", "", "nodes")).allowed
        assert access.can_url(user("system:anonymous"), "get", "/version").allowed
        assert not access.can_url(user("system:anonymous"), "get", "/metrics").allowed

    def test_an_object_of_the_same_name_is_in_their_place(self) -> None:
        own = made("ClusterRole", "view", "", rules=[rule("get", "secrets")])
        access = Access([own], [bound("RoleBinding", "ClusterRole", "view", ADA)]).completed(self.TABLE)
        assert access.can(user("ada"), ("get", "", "secrets"), namespace="shop").allowed
        assert not access.can(user("ada"), ("get", "", "configmaps"), namespace="shop").allowed

    def test_it_is_worked_out_once(self) -> None:
        access = Access([], [])
        assert access.completed(self.TABLE) is access.completed(self.TABLE)
        other = {**self.TABLE}
        assert access.completed(other) is not access.completed(self.TABLE)


def test_it_is_derived_from_what_was_scanned() -> None:
    roles = [made("ClusterRole", "r", "", rules=[rule("get", "pods")])]
    inventory = Inventory([*roles, bound("ClusterRoleBinding", "ClusterRole", "r", ADA)])
    assert inventory.derive(access_of).can(user("ada"), GET_PODS).allowed
