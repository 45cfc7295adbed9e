"""Credential forms: each is seen, near misses and placeholders are not, and no text makes it slow."""

import random
import string
import time

import pytest

from bartizan.secrets.patterns import DETECTORS, LIMIT, search

LETTERS = "aB3dE6gH9jK2mN5pQ8rS1tU4vW7xY0zAbC4eF7hI"
HEX = "0123456789abcdef" * 5
PEM = "-----BEGIN " + "RSA PRIVATE KEY-----\n"

SPECIMENS = {
    "private-key": [
        PEM + LETTERS,
        PEM.replace("RSA ", "") + "\\n" + LETTERS,
        PEM + "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n" + LETTERS,
        "-----BEGIN PGP " + "PRIVATE KEY BLOCK-----\nVersion: 1\n\n" + LETTERS,
    ],
    "private-key-base64": ["LS0tLS1CRUdJTi" + "BSU0EgUFJJVkFURSBLRVktLS0tLQ" + LETTERS],
    "putty-key": ["PuTTY-User-Key-" + "File-3: ssh-ed25519"],
    "age-key": ["AGE-SECRET-" + "KEY-1" + (LETTERS * 2).upper()[:58]],
    "aws-access-key": ["AKIA" + "Q3EGRZ5XTNVLPW2D"],
    "aws-secret-key": ["aws_secret_" + "access_key = " + LETTERS, '"Secret' + f'AccessKey": "{LETTERS}"'],
    "google-api-key": ["AIza" + LETTERS[:35]],
    "google-client-secret": ["GOCS" + "PX-" + LETTERS[:28]],
    "azure-account-key": ["AccountName=a;Account" + f"Key={(LETTERS * 3)[:86]}==;"],
    "azure-client-secret": ["aB3" + "8Q~" + LETTERS[:34]],
    "github-token": ["ghp" + "_" + LETTERS[:36], "github" + f"_pat_{LETTERS[:22]}_{(LETTERS * 2)[:59]}"],
    "gitlab-token": ["glpat" + "-" + LETTERS[:20]],
    "atlassian-token": ["ATBB" + LETTERS[:32]],
    "slack-token": ["xox" + "b-123456789012-" + LETTERS[:24]],
    "slack-webhook": ["https://hooks.slack" + ".com/services/T01ABCDEF/B01ABCDEF/" + LETTERS[:24]],
    "discord-webhook": ["https://discord.com/api/web" + f"hooks/123456789012345678/{(LETTERS * 2)[:68]}"],
    "teams-webhook": ["https://x.webhook" + f".office.com/webhookb2/{HEX[:36]}@{HEX[:36]}/Incoming"],
    "telegram-token": ["123456789" + ":AA" + LETTERS[:33]],
    "stripe-key": ["sk" + "_live_" + LETTERS[:24]],
    "sendgrid-key": ["SG" + f".{LETTERS[:22]}.{(LETTERS * 2)[:43]}"],
    "package-token": ["npm" + "_" + LETTERS[:36], "dckr" + "_pat_" + LETTERS[:27]],
    "model-api-key": ["sk-" + "ant-api03-" + (LETTERS * 3)[:93], "hf" + "_" + (string.ascii_letters)[:34]],
    "vault-token": ["hvs" + "." + LETTERS[:24]],
    "service-token": ["dop" + "_v1_" + HEX[:64], "dapi" + HEX[:32]],
    "json-web-token": ["ey" + f"J{LETTERS[:20]}.ey" + f"J{LETTERS}.{LETTERS}"],
    "registry-login": ['{"auths": {"r.example": {"auth"' + f': "{LETTERS[:24]}="' + "}}}"],
    "authorization-header": ["Author" + "ization: Bearer " + LETTERS[:32]],
    "connection-string": [
        "Server=db;User Id=shop;Pass" + "word=tr0ub4dor;",
        "jdbc:postgresql://db/shop?user=shop&pass" + "word=tr0ub4dor",
    ],
    "npm-login": ["//npm.example/:_auth" + f"Token={LETTERS[:36]}"],
    "netrc-login": ["machine git.example login shop pass" + "word tr0ub4dor"],
    "pgpass-login": ["\ndb.example:5432:shop:shop:" + "tr0ub4dor", "\n*:*:*:shop:" + "tr0ub4dor"],
    "redis-password": ["\nrequire" + "pass tr0ub4dor"],
    "password-in-address": ["postgres://shop:" + "tr0ub4dor@db:5432/shop", "redis://:" + "tr0ub4dor@cache"],
    "password-in-data-source": [
        "shop:" + "tr0ub4dor@tcp(db:3306)/shop",
        "shop:" + "p@ss:w0rd@unix(/run/db.sock)/shop",
    ],
}


def test_every_detector_has_a_specimen() -> None:
    assert set(SPECIMENS) == {detector.id for detector in DETECTORS}


@pytest.mark.parametrize(("detector", "text"), [(name, text) for name in SPECIMENS for text in SPECIMENS[name]])
def test_a_credential_is_seen_alone_and_in_the_midst_of_a_text(detector: str, text: str) -> None:
    for place in (text, f"# settings\nvalue: {text}\nother: 1\n"):
        assert detector in [seen.id for seen in search(place).found]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "short",
        "https://bank-gateway.example/v3",
        "shop@tcp(db:3306)/shop",
        "shop:${DB_PASSWORD}@tcp(db:3306)/shop",
        "shop:password@tcp(db:3306)/shop",
        "https://user@host.example/path:with@signs",
        "postgres://shop:$(DB_PASSWORD)@db/shop",
        "postgres://shop:${DB_PASSWORD}@db/shop",
        "postgres://shop:<password>@db/shop",
        "postgres://user:password@db/shop",
        "postgres://db:5432/shop?options=a@b",
        "registry.example/shop/web@sha256:" + HEX[:64],
        "-----BEGIN CERTIFICATE-----\n" + LETTERS,
        "-----BEGIN PUBLIC KEY-----\n" + LETTERS,
        "a text about a " + PEM,
        "AKIA" + "IOSFODNN7EXAMPLE",
        "ghp" + "_" + "x" * 36,
        "task_" + "ghp_short",
        "sk" + "_test_" + LETTERS[:24],
        "eyJhbGciOiJub25lIn0",
        "Authorization: Bearer ${TOKEN}",
        "//npm.example/:_authToken=${NPM_TOKEN}",
        "Server=db;User Id=shop;Password=${DB_PASSWORD};",
        "jdbc:postgresql://db/shop?user=shop&password=<password>",
        "a:5432:b:c:d:e",
        "requirepass $(REDIS_PASSWORD)",
        "disk-ant-colony: a name that only looks like a key",
    ],
)
def test_what_only_resembles_a_credential_is_not_seen(text: str) -> None:
    assert search(text).found == ()


def test_a_placeholder_does_not_hide_the_credential_after_it() -> None:
    placeholder, real = "ghp" + "_" + "x" * 36, SPECIMENS["github-token"][0]
    assert [seen.id for seen in search(f"{placeholder} {real}").found] == ["github-token"]


def test_several_credentials_in_one_text_are_each_seen_once() -> None:
    text = "\n".join([SPECIMENS["github-token"][0], SPECIMENS["vault-token"][0], SPECIMENS["github-token"][0]])
    assert [seen.id for seen in search(text).found] == ["github-token", "vault-token"]


def test_a_long_text_is_cut_and_says_so() -> None:
    """What stands behind the limit is not seen, and nobody is told that it is clean."""
    seen = search("a" * LIMIT + SPECIMENS["github-token"][0])
    assert (seen.found, seen.cut) == ((), True)
    assert not search("a" * LIMIT).cut


def test_what_stands_before_the_limit_of_a_long_text_is_seen() -> None:
    seen = search(SPECIMENS["private-key"][0] + "\n" + "a" * LIMIT)
    assert ([item.id for item in seen.found], seen.cut) == (["private-key"], True)


@pytest.mark.parametrize("keyword", [word for detector in DETECTORS for word in detector.keywords])
@pytest.mark.parametrize("filler", ["", "A", "A: ", "-", "\n", ".", " "])
def test_no_repetition_makes_the_search_slow(keyword: str, filler: str) -> None:
    """A hostile text costs no more than some milliseconds for each of its 64 KiB; the bound is generous."""
    texts = [(keyword + filler) * (LIMIT // len(keyword + filler)), keyword + (filler or "x") * LIMIT]
    start = time.process_time()
    for text in texts:
        search(text)
    assert time.process_time() - start < 2


def test_random_text_holds_nothing() -> None:
    """Words and numbers by chance are no credential."""
    chance = random.Random(7)
    for _ in range(300):
        words = ["".join(chance.choices(string.ascii_letters + string.digits, k=9)) for _ in range(30)]
        assert search(" ".join(words)).found == ()
