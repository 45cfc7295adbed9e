"""The identity of a finding."""

from itertools import combinations

from bartizan.model.fingerprint import fingerprint
from bartizan.model.resource import Subject

WEB = Subject("apps/v1", "Deployment", "shop", "web")


def test_it_survives_a_new_api_version() -> None:
    """And the container's name is in the path."""
    older = Subject("apps/v1beta2", "Deployment", "shop", "web", "app")
    assert fingerprint("x", WEB, "spec", "") == fingerprint("x", older, "spec", "")
    assert fingerprint("x", Subject("v1", "Pod"), "", "") == fingerprint("x", Subject("v2", "Pod"), "", "")


def test_nothing_else_is_the_same() -> None:
    told = {
        "it": fingerprint("x", WEB, "spec", ""),
        "check": fingerprint("y", WEB, "spec", ""),
        "group": fingerprint("x", Subject("extensions/v1", "Deployment", "shop", "web"), "spec", ""),
        "core": fingerprint("x", Subject("apps", "Deployment", "shop", "web"), "spec", ""),
        "kind": fingerprint("x", Subject("apps/v1", "DaemonSet", "shop", "web"), "spec", ""),
        "namespace": fingerprint("x", Subject("apps/v1", "Deployment", "", "web"), "spec", ""),
        "name": fingerprint("x", Subject("apps/v1", "Deployment", "shop", "api"), "spec", ""),
        "path": fingerprint("x", WEB, "spec.a", ""),
        "evidence": fingerprint("x", WEB, "spec", "a"),
    }
    assert [pair for pair in combinations(told, 2) if told[pair[0]] == told[pair[1]]] == []
    assert {len(value) for value in told.values()} == {64}


def test_a_name_that_is_no_text_has_one_too() -> None:
    assert len(fingerprint("x", Subject("v1", "Pod", "", "\ud800"), "", "")) == 64
