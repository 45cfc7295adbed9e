"""Settings in texts of any kind: a telling name and a literal beside it."""

import time

import pytest

from bartizan.secrets.patterns import LIMIT
from bartizan.secrets.settings import pairs, secrets_in


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("spring.datasource.password=tr0ub4dor\n", "spring.datasource.password"),
        ("# database\ndb:\n  host: db\n  password: tr0ub4dor # old\n", "password"),
        ("auth:\n  - token: 'aB3dE6gH9'\n", "token"),
        ("export DB_PASSWORD=tr0ub4dor\r\nexec web\r\n", "DB_PASSWORD"),
        ('password = "tr0ub4dor";\n', "password"),
        ('{"user":"shop","password":"tr0ub4dor"}', "password"),
        ('{\n  "client_secret": "aB3dE6gH9"\n}', "client_secret"),
        ("<server><password>tr0ub4dor</password></server>", "password"),
        ("REDISCLI_AUTH=tr0ub4dor\n", "REDISCLI_AUTH"),
        ("basicAuth: 'shop:tr0ub4dor'\n", "basicAuth"),
        ("PGPASSWORD=tr0ub4dor\n", "PGPASSWORD"),
        ("//npm.example/:_password=tr0ub4dor\n", "_password"),
    ],
)
def test_a_literal_is_seen_in_every_spelling(text: str, name: str) -> None:
    assert secrets_in(text) == {name: "literal"}


@pytest.mark.parametrize("value", ["changeme", "your-password", "password", "secret"])
def test_a_placeholder_is_one(value: str) -> None:
    assert secrets_in(f"password: {value}") == {"password": "placeholder"}


def test_a_literal_outweighs_a_placeholder_of_the_same_name() -> None:
    assert secrets_in("password: changeme\nother:\n  password: tr0ub4dor\n") == {"password": "literal"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "host: db\nport: 5432\n",
        "password:\n  secretKeyRef: db\n",
        "password: ${DB_PASSWORD}",
        "password=$DB_PASSWORD",
        "password={{ .Values.password }}",
        "password = os.environ['PASSWORD']",
        "password := getPassword(ctx)",
        "password = %(password)s",
        "password: string",
        "password: PASSWORD_OF_DB",
        "password_file: /run/secrets/db",
        "password: true",
        "secret: webhook-cert",
        "secret: alertmanager",
        "token: shop/registry-login2",
        "accessToken: an access token",
        "tokenTTL: 24h",
        "a sentence about a password: it must be long\n",
    ],
)
def test_what_is_filled_in_or_names_something_is_none(text: str) -> None:
    assert secrets_in(text) == {}


def test_pairs_are_told_without_their_quotes() -> None:
    assert list(pairs("a: 'b'\nc=d\n")) == [("a", "b"), ("c", "d")]


@pytest.mark.parametrize(
    "filler", ['"', "'", '"a":', "a=", "a: ", " ", "\t", "\n", "- ", "export ", "//a/:", "<a>", "#"]
)
def test_no_repetition_makes_the_search_slow(filler: str) -> None:
    text = (filler * LIMIT)[:LIMIT] + " password"
    start = time.process_time()
    secrets_in(text)
    assert time.process_time() - start < 2
