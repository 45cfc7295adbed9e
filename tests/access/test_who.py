"""Who somebody is to the authorizer."""

import pytest

from bartizan.access.who import Who, account, group, service_account, title, user, who_is


def test_an_account_is_a_user_in_three_groups() -> None:
    who = service_account("shop", "web")
    assert who.user == "system:serviceaccount:shop:web"
    assert who.groups == {"system:serviceaccounts", "system:serviceaccounts:shop", "system:authenticated"}
    assert user("system:serviceaccount:shop:web") == who


def test_people_are_authenticated_and_nobody_is_not() -> None:
    assert user("ada", "ops").groups == {"ops", "system:authenticated"}
    assert user("system:anonymous").groups == {"system:unauthenticated"}
    assert group("ops") == Who("", frozenset({"ops", "system:authenticated"}))
    assert group("system:unauthenticated") == user("system:anonymous")


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ({"kind": "ServiceAccount", "name": "web", "namespace": "shop"}, ("shop", "web")),
        ({"kind": "ServiceAccount", "name": "web"}, ("here", "web")),
        ({"kind": "User", "name": "system:serviceaccount:shop:web"}, ("shop", "web")),
        ({"kind": "User", "name": "web"}, None),
        ({"kind": "Group", "name": "system:serviceaccounts"}, None),
        ({"kind": "Group", "name": "system:serviceaccount:shop:web"}, None),
        ({}, None),
    ],
)
def test_an_account_is_known_in_either_spelling(subject: dict[str, str], expected: object) -> None:
    assert account(subject, "here") == expected


def test_a_subject_is_somebody_or_of_an_unknown_kind() -> None:
    assert who_is({"kind": "ServiceAccount", "name": "web"}, "shop") == service_account("shop", "web")
    assert who_is({"kind": "User", "name": "ada"}, "shop") == user("ada")
    assert who_is({"kind": "Group", "name": "ops"}, "shop") == group("ops")
    assert who_is({"kind": "Robot", "name": "r"}, "shop") is None
    assert title({"kind": "ServiceAccount", "name": "web"}, "shop") == "`ServiceAccount shop/web`"
    assert title({"kind": "User", "name": "ada"}, "shop") == "`User ada`"
