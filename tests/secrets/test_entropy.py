"""What looks drawn by chance, and what only resembles it."""

import base64
import random
import string

import pytest

from bartizan.secrets.entropy import LONGEST, SHORTEST, looks_random

LETTERS = string.ascii_letters + string.digits


def drawn(seed: int, size: int, alphabet: str = LETTERS) -> str:
    return "".join(random.Random(seed).choices(alphabet, k=size))


@pytest.mark.parametrize("size", [20, 24, 32, 40, 64, 128])
def test_most_keys_are_seen(size: int) -> None:
    """Of letters and digits, and of bytes in base64; a key that happens to hold words is missed."""
    seen = sum(looks_random(drawn(seed, size)) for seed in range(300))
    coded = sum(
        looks_random(base64.b64encode(random.Random(seed).randbytes(size * 3 // 4)).decode())
        for seed in range(300)
    )
    assert min(seen, coded) > 300 * 0.6


@pytest.mark.parametrize("name", ["API_KEY", "cookieSecret", "salt", "auth_token"])
@pytest.mark.parametrize("size", [32, 40, 64])
def test_what_is_hexadecimal_counts_where_the_name_speaks_of_secrets(name: str, size: int) -> None:
    value = drawn(1, size, "0123456789abcdef")
    assert looks_random(value, name)
    assert not looks_random(value, "GIT_COMMIT")
    assert not looks_random(value, "")
    assert not looks_random(value, f"{name}_sha256")


@pytest.mark.parametrize(
    "name", ["COMMIT", "image-digest", "configHash", "BUILD_ID", "requestId", "uuid", "x", "keyid", "integrity"]
)
def test_what_a_name_calls_a_digest_is_none(name: str) -> None:
    assert looks_random(drawn(3, 40), "VALUE")
    assert not looks_random(drawn(3, 40), name)


@pytest.mark.parametrize(
    "value",
    [
        "",
        drawn(3, SHORTEST - 1),
        drawn(3, LONGEST + 1),
        "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
        "01ARZ3NDEKTSV4RRFFQ69G5FAV",
        "https://reports.example/v1/upload?session=42",
        "registry.example/shop/web:v1.24.3-rc2",
        "/var/run/secrets/kubernetes.io/serviceaccount",
        "horizontal-pod-autoscaler-v2",
        "file-plugin-7bfb8b69bf-p86gk",
        "allow-tcp-80-from-ns2-pod1",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "networkPolicyV2APIVersion1",
        "pathRepeatedInt64Value2",
        "Policy-Min-TLS-1-2-2019-07",
        "12345678901234567890123456789012",
        "aaaaaaaa1111AAAA2222bbbb",
        base64.b64encode(b"this is only a text\n").decode(),
        base64.b64encode("größe: überall".encode()).decode(),
        base64.b64encode(b"-----BEGIN CERTIFICATE-----\nMIIB").decode(),
        "sha256-" + base64.b64encode(random.Random(1).randbytes(32)).decode(),
        "AAAAC3NzaC1lZDI1NTE5" + drawn(4, 40),
        "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA1x",
        "AKIAIOSFODNN7EXAMPLE",
        drawn(3, 24) + "-changeme",
        "a9 b8 c7 d6 e5 f4 g3 h2 i1 j0",
    ],
)
def test_what_is_known_to_be_something_else_is_left_out(value: str) -> None:
    assert not looks_random(value, "VALUE")
