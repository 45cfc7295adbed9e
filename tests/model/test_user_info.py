"""Users and passwords in addresses."""

import pytest

from bartizan.model.user_info import bare, bare_image, shown, without_user


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("user:PW@registry.example/x:1", "registry.example/x:1"),
        ("user:P/W@registry.example/x", "registry.example/x"),
        ("user:PW@x", "x"),
        ("user:PW@r.example/x@sha256:" + "a" * 64, "r.example/x@sha256:" + "a" * 64),
        ("r.example:5000/x:1@sha256:" + "a" * 64, "r.example:5000/x:1@sha256:" + "a" * 64),
        ("nginx:1@sha256:short", "nginx:1@sha256:short"),
        ("nginx", "nginx"),
    ],
)
def test_an_image_loses_its_user_and_keeps_its_digest(image: str, expected: str) -> None:
    assert bare_image(image) == expected


def test_a_host_loses_its_user() -> None:
    assert (bare("u:PW@ext.example"), bare("ext.example")) == ("ext.example", "ext.example")


def test_urls_of_a_text_lose_their_users() -> None:
    assert without_user("from https://u:PW@h/x to git+ssh://t@g") == "from https://…@h/x to git+ssh://…@g"
    assert without_user("ssh://git@h/x") == "ssh://git@h/x"
    assert without_user("oidc:jane@corp.example, https://h/@x") == "oidc:jane@corp.example, https://h/@x"


def test_a_field_that_holds_an_address_is_not_shown_with_a_user() -> None:
    assert shown("host", "u:PW@ext") is None
    assert shown("image", "u:PW@r.example/x") is None
    assert shown("image", "x:1@sha256:short") == "x:1@sha256:short"
    assert shown("name", "oidc:jane@corp.example") == "oidc:jane@corp.example"
    assert shown("url", "https://u:PW@h/") == "https://…@h/"
