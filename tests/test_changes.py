"""New, fixed, unchanged, incomparable: laws of comparing two multisets of findings."""

from collections import Counter
from itertools import permutations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bartizan.changes import Blind, compare
from bartizan.model.finding import Finding, Location
from bartizan.model.resource import Subject

SUBJECT = Subject("v1", "Pod", "shop", "web")


def finding(fingerprint: str = "f", file: str = "a.yaml", message: str = "m", exception: str = "") -> Finding:
    return Finding(
        check="c",
        subject=msgspec.structs.replace(SUBJECT, container="app"),
        severity="high",
        confidence="high",
        persona="regular",
        message=message,
        location=Location(file, 1, 1),
        path=(),
        fingerprint=fingerprint,
        exception=exception,
    )


def changes(base: list[Finding], head: list[Finding], **blind: Blind) -> list[tuple[str | None, str]]:
    """Change and file of every finding, sorted."""
    sides = {"base_blind": Blind(), "head_blind": Blind(), **blind}
    return sorted((f.change or "", f.location.file) for f in compare(base, head, **sides))


FINDINGS = st.lists(
    st.builds(
        finding,
        st.sampled_from("fg"),
        st.sampled_from(["a.yaml", "b.yaml"]),
        st.sampled_from("mn"),
        st.sampled_from(["", "e"]),
    ),
    max_size=6,
)


def test_a_surplus_is_new_and_a_lack_is_fixed() -> None:
    assert changes([finding()], [finding(), finding()]) == [("new", "a.yaml"), ("unchanged", "a.yaml")]
    assert changes([finding(), finding()], [finding()]) == [("fixed", "a.yaml"), ("unchanged", "a.yaml")]


def test_equal_findings_are_paired_by_file_first() -> None:
    """Of the same object in two files, the one that was added is the new one."""
    base, head = [finding(file="dev.yaml")], [finding(file="a.yaml"), finding(file="dev.yaml")]
    assert changes(base, head) == [("new", "a.yaml"), ("unchanged", "dev.yaml")]


def test_a_moved_finding_is_paired_by_what_it_says() -> None:
    base = [finding(file="old.yaml", message="m"), finding(file="old2.yaml", message="n")]
    head = [finding(file="new.yaml", message="n")]
    assert changes(base, head) == [("fixed", "old.yaml"), ("unchanged", "new.yaml")]


def test_what_an_exception_hides_no_more_is_new() -> None:
    assert changes([finding(exception="e")], [finding()]) == [("fixed", "a.yaml"), ("new", "a.yaml")]


def test_what_an_exception_hides_now_is_unchanged() -> None:
    assert changes([finding()], [finding(exception="e")]) == [("unchanged", "a.yaml")]


def test_a_plain_finding_is_not_left_over_for_one_that_is_hidden() -> None:
    head = [finding(exception="e"), finding()]
    for order in permutations(head):
        told = compare([finding()], order, base_blind=Blind(), head_blind=Blind())
        assert {(f.change, f.exception) for f in told} == {("unchanged", ""), ("new", "e")}


@pytest.mark.parametrize(
    "blind",
    [Blind(files=frozenset({"a.yaml"})), Blind(erred=frozenset({("c", SUBJECT, "a.yaml")}))],
    ids=["the file could not be read", "the check ended in an error"],
)
def test_what_one_side_could_not_see_is_incomparable(blind: Blind) -> None:
    assert changes([], [finding()], base_blind=blind) == [("incomparable", "a.yaml")]
    assert changes([finding()], [], head_blind=blind) == [("incomparable", "a.yaml")]
    assert changes([], [finding(file="b.yaml")], base_blind=blind) == [("new", "b.yaml")]


def test_what_both_sides_found_is_comparable_whatever_one_could_not_see() -> None:
    blind = Blind(files=frozenset({"a.yaml"}))
    assert changes([finding()], [finding()], base_blind=blind, head_blind=blind) == [("unchanged", "a.yaml")]


@settings(max_examples=60, deadline=None)
@given(FINDINGS)
def test_nothing_changes_between_equals(findings: list[Finding]) -> None:
    assert all(
        f.change == "unchanged" for f in compare(findings, findings, base_blind=Blind(), head_blind=Blind())
    )


@settings(max_examples=60, deadline=None)
@given(FINDINGS, FINDINGS)
def test_every_finding_is_told_once(base: list[Finding], head: list[Finding]) -> None:
    count = Counter(f.change for f in compare(base, head, base_blind=Blind(), head_blind=Blind()))
    assert count["unchanged"] + count["new"] == len(head)
    assert count["unchanged"] + count["fixed"] == len(base)


@settings(max_examples=60, deadline=None)
@given(FINDINGS, FINDINGS)
def test_more_active_findings_than_before_are_never_all_unchanged(
    base: list[Finding], head: list[Finding]
) -> None:
    """Per fingerprint: the gate cannot be passed by adding to what is there."""
    told = compare(base, head, base_blind=Blind(), head_blind=Blind())
    for fingerprint in {f.fingerprint for f in head}:
        was = sum(f.fingerprint == fingerprint and not f.exception for f in base)
        now = [f for f in told if f.fingerprint == fingerprint and not f.exception and f.change != "fixed"]
        assert sum(f.change == "new" for f in now) >= len(now) - was


@settings(max_examples=60, deadline=None)
@given(FINDINGS, FINDINGS, st.randoms(use_true_random=False))
def test_the_order_of_findings_means_nothing(base: list[Finding], head: list[Finding], chance: object) -> None:
    expected = changes(base, head)
    chance.shuffle(base)  # type: ignore[attr-defined] # a seeded Random
    chance.shuffle(head)  # type: ignore[attr-defined] # a seeded Random
    assert [change for change, _ in changes(base, head)] == [change for change, _ in expected]
