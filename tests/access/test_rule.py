"""A rule matches a request as the RBAC authorizer matches it."""

import pytest

from bartizan.access.rule import Power, Rule


def rule(verbs: str = "", resources: str = "", groups: str | None = None, names: str = "", urls: str = "") -> Rule:
    """A rule from words; the core group unless another is given."""
    own = {""} if groups is None else set(groups.split())
    parts = [frozenset(own), *(frozenset(words.split()) for words in (resources, verbs, urls, names))]
    return Rule((), *parts)


@pytest.mark.parametrize(
    ("power", "allowed"),
    [
        (("get", "", "pods"), True),
        (("list", "", "pods"), False),
        (("get", "apps", "pods"), False),
        (("get", "", "pods/exec"), False),
        (("get", "", "deployments/scale"), True),
        (("get", "", "deployments"), False),
        (("get", "", "scale"), False),
    ],
)
def test_names_hold_what_they_say(power: Power, allowed: bool) -> None:
    """`pods` does not hold its subresources, `*/scale` holds that of every resource."""
    one = rule("get", "pods */scale")
    assert one.allows(power) is allowed
    assert one.admits(power) is allowed


def test_a_wildcard_holds_subresources_as_well() -> None:
    assert rule("*", "*", "*").admits(("create", "apps", "pods/exec"))


@pytest.mark.parametrize("pattern", ["pods/*", "*/*", "p*", "pods/e*"])
def test_there_are_no_other_patterns(pattern: str) -> None:
    """`pods/*` reads like every subresource of pods and is none."""
    one = rule("*", pattern)
    assert not any(one.admits(("get", "", resource)) for resource in ("pods", "pods/exec", "pods/log"))


@pytest.mark.parametrize("one", [rule("get", "pods", ""), rule("", "pods"), rule("get", "")])
def test_a_rule_without_groups_verbs_or_resources_allows_nothing(one: Rule) -> None:
    assert not one.admits(("get", "", "pods"))
    assert not one.allows(("get", "", "pods"))


@pytest.mark.parametrize(
    ("power", "name", "admitted"),
    [
        (("get", "", "pods"), "web", True),
        (("get", "", "pods"), "other", False),
        (("list", "", "pods"), "", False),
        (("list", "", "pods"), "web", True),
        (("create", "", "pods"), "", False),
        (("create", "", "pods/exec"), "web", True),
    ],
)
def test_names_bound_a_rule(power: Power, name: str, admitted: bool) -> None:
    """A list is about a name where its field selector says so; a request that makes an object never is."""
    assert rule("*", "*", names="web").admits(power, name) is admitted


@pytest.mark.parametrize(
    ("power", "allowed"),
    [(("create", "", "pods"), False), (("create", "", "pods/exec"), True), (("update", "", "pods"), True)],
)
def test_a_rule_with_names_allows_what_some_name_allows(power: Power, allowed: bool) -> None:
    assert rule("*", "*", names="web").allows(power) is allowed


@pytest.mark.parametrize(
    ("urls", "url", "admitted"),
    [
        ("/metrics", "/metrics", True),
        ("/metrics", "/metrics/cadvisor", False),
        ("/healthz*", "/healthz/etcd", True),
        ("/healthz/*", "/healthz", False),
        ("*", "/anything", True),
        ("/api**", "/apis", True),
        ("/a*b", "/axb", False),
        ("", "/metrics", False),
    ],
)
def test_addresses_end_in_a_star_or_are_themselves(urls: str, url: str, admitted: bool) -> None:
    assert rule("get", urls=urls).admits_url("get", url) is admitted
    assert not rule("get", urls=urls).admits_url("post", url)


def test_everything_is_every_verb_on_everything_of_any_name() -> None:
    assert rule("*", "*", "*").everything
    assert not rule("*", "*", "*", names="web").everything
    assert not rule("get", "*", "*").everything
    assert rule("get", "*").wildcard
    assert not rule("get", "*/scale").wildcard
