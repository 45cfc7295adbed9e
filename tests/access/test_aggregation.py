"""ClusterRoles that are made of others."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.access.aggregation import aggregate
from bartizan.access.reading import read_role
from bartizan.access.rule import Rule
from bartizan.model.resource import Origin, Resource
from bartizan.model.shape import IllTypedField
from tests.access.objects import CLUSTER_ROLES, made
from tests.checks.rbac.objects import rule


def whole(name: str, *selectors: dict[str, Any], **fields: Any) -> Resource:
    return made("ClusterRole", name, "", aggregationRule={"clusterRoleSelectors": list(selectors)}, **fields)


def part(name: str, verb: str, **labels: str) -> Resource:
    return made("ClusterRole", name, "", labels, rules=[rule(verb, "pods")])


def verbs(found: tuple[Rule, ...]) -> list[str]:
    return [verb for one in found for verb in one.verbs]


A = {"matchLabels": {"a": "x"}}
NOT_A = {"matchExpressions": [{"key": "a", "operator": "DoesNotExist"}]}


def test_each_selected_role_gives_its_rules_in_the_order_of_names() -> None:
    roles = [part("z", "get", a="x"), part("b", "list", a="x"), part("c", "watch", a="y"), whole("all", A)]
    assert verbs(aggregate(map(read_role, roles))["all"]) == ["list", "get"]


def test_any_selector_will_do() -> None:
    roles = [part("b", "get", a="x"), part("c", "list"), part("d", "watch", a="y"), whole("all", A, NOT_A)]
    assert verbs(aggregate(map(read_role, roles))["all"]) == ["get", "list"]


def test_a_role_of_parts_may_be_a_part() -> None:
    middle = whole("middle", A, labels={"b": "x"})
    top = whole("top", {"matchLabels": {"b": "x"}})
    found = aggregate(map(read_role, [part("b", "get", a="x"), middle, top]))
    assert verbs(found["top"]) == verbs(found["middle"]) == ["get"]


def test_a_circle_ends() -> None:
    one, two = whole("one", {"matchLabels": {"b": "x"}}, labels={"a": "x"}), whole("two", A, labels={"b": "x"})
    found = aggregate(map(read_role, [one, two, part("b", "get", b="x")]))
    assert verbs(found["one"]) == verbs(found["two"]) == ["get"]


def test_the_rules_of_a_draft_are_replaced() -> None:
    assert aggregate([read_role(whole("all", A, rules=[rule("get", "pods")]))])["all"] == ()


@pytest.mark.parametrize("shown", ["cluster", "version"])
def test_rules_that_a_control_plane_filled_in_stay(shown: str) -> None:
    """The roles that they come from may not be at hand."""
    filled = whole("all", A, rules=[rule("get", "pods")])
    if shown == "cluster":
        filled = msgspec.structs.replace(filled, origin=Origin("cluster"))
    else:
        filled.raw["metadata"]["resourceVersion"] = "71"
    assert verbs(aggregate([read_role(filled)])["all"]) == ["get"]


def test_a_role_without_selectors_is_not_aggregated() -> None:
    assert aggregate([read_role(part("b", "get", a="x")), read_role(whole("none"))]) == {}


@pytest.mark.parametrize(
    "broken",
    [
        whole("all", {"matchLabels": "a"}),
        whole("all", {"matchExpressions": [{"key": 1}]}),
        made("ClusterRole", "b", "", {"a": 7}, rules=[]),  # type: ignore[dict-item] # that is the test
    ],
)
def test_what_cannot_be_read_raises(broken: Resource) -> None:
    with pytest.raises(IllTypedField):
        aggregate(map(read_role, [broken, whole("top", A)]))


@given(st.lists(CLUSTER_ROLES, max_size=5, unique_by=lambda role: role.name), st.randoms(use_true_random=False))
def test_the_order_of_roles_changes_nothing(roles: list[Resource], chance: Any) -> None:
    shuffled = chance.sample(roles, len(roles))
    one, other = (aggregate(map(read_role, each)) for each in (roles, shuffled))
    assert {name: list(map(repr, rules)) for name, rules in one.items()} == {
        name: list(map(repr, rules)) for name, rules in other.items()
    }
