"""Escalation paths."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.access.access import Access
from bartizan.access.powers import takes_effect
from bartizan.access.reading import read_role
from bartizan.access.rule import RBAC, Power, Rule
from bartizan.access.takeover import ways_up as ways
from bartizan.app.tables import table
from tests.access.objects import RULES, made
from tests.checks.rbac.objects import rule


def ways_up(held: tuple[Rule, ...], namespace: str | None, minor: int = 37) -> tuple[str, ...]:
    return ways(held, namespace, minor)


def rules(*written: dict[str, object]) -> tuple[Rule, ...]:
    return read_role(made("ClusterRole", "r", "", rules=list(written))).rules


def test_only_the_whole_cluster_and_kube_system_lead_up() -> None:
    secrets = rules(rule("get", "secrets"))
    assert ways_up(secrets, None) == ways_up(secrets, "kube-system") == ("read every Secret",)
    assert ways_up(secrets, "shop") == ways_up(secrets, "") == ()


def test_every_right_needs_no_other_word() -> None:
    assert ways_up(rules(rule("*", "*", "*"), rule("get", "secrets")), None) == ("do everything",)


def test_steps_may_stand_in_different_rules() -> None:
    bind, create = rule("bind", "clusterroles", RBAC), rule("create", "rolebindings", RBAC)
    assert ways_up(rules(bind, create), None) == ("bind any role",)
    assert ways_up(rules(bind, create), "kube-system") == ("bind any role",)
    assert ways_up(rules(bind), None) == ways_up(rules(create), None) == ()


def test_what_stands_in_no_namespace_needs_the_whole_cluster() -> None:
    for written in (rule("impersonate", "users"), rule("get", "nodes/proxy")):
        assert len(ways_up(rules(written), None)) == 1
        assert ways_up(rules(written), "kube-system") == ()


@given(st.lists(RULES, max_size=4), RULES)
def test_one_more_rule_closes_no_way_but_for_a_wider_one(
    written: list[dict[str, object]], further: dict[str, object]
) -> None:
    before, after = ways_up(rules(*written), None), ways_up(rules(*written, further), None)
    assert set(before) <= set(after) or after == ("do everything",)


@pytest.mark.parametrize(
    ("role", "leads_up"), [("view", False), ("edit", True), ("admin", True), ("cluster-admin", True)]
)
def test_default_roles(role: str, leads_up: bool) -> None:
    binding = made("ClusterRoleBinding", "b", "", roleRef={"kind": "ClusterRole", "name": role}, subjects=[])
    access = Access([], [binding]).completed(table("bootstrap-roles"))
    found = access.rules(access.bindings[0])
    assert isinstance(found, tuple)
    assert bool(ways_up(found, None)) is leads_up


@pytest.mark.parametrize(
    ("power", "reaches"),
    [
        (("get", "", "secrets"), True),
        (("create", "", "pods/exec"), True),
        (("get", "", "nodes/proxy"), False),
        (("bind", RBAC, "clusterroles"), True),
        (("escalate", RBAC, "clusterroles"), False),
        (("update", "", "namespaces"), True),
        (("create", "", "namespaces"), False),
        (("impersonate", "", "users"), False),
    ],
)
def test_a_role_reaches_its_namespace(power: Power, reaches: bool) -> None:
    assert takes_effect(power, everywhere=False) is reaches
    assert takes_effect(power, everywhere=True)


def test_a_web_socket_needed_no_more_than_get() -> None:
    held = rules(rule("get", "pods/exec"))
    assert ways_up(held, None, 34) == ("run commands in every container",)
    assert ways_up(held, None, 35) == ()
