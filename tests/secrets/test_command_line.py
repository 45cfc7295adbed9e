"""Secrets among the words of a command."""

import time

import pytest

from bartizan.secrets.command_line import given
from bartizan.secrets.patterns import LIMIT


def told(*words: str) -> list[tuple[int, str, str]]:
    return [(secret.word, secret.name, secret.weight) for secret in given(words)]


@pytest.mark.parametrize(
    ("words", "word", "name"),
    [
        (["web", "--db-password=tr0ub4dor"], 1, "--db-password"),
        (["web", "--db-password", "tr0ub4dor"], 2, "--db-password"),
        (["web", "-password=tr0ub4dor"], 1, "-password"),
        (["java", "-Dspring.datasource.password=tr0ub4dor", "-jar", "a.jar"], 1, "-Dspring.datasource.password"),
        (["env", "DB_PASSWORD=tr0ub4dor", "web"], 1, "DB_PASSWORD"),
        (["sh", "-c", "export DB_PASSWORD='tr0ub4dor' && exec web"], 2, "DB_PASSWORD"),
        (["sh", "-c", 'web --token "aB3dE6gH9"'], 2, "--token"),
        (["sh", "-c", "sleep 5; mysql -u root -ptr0ub4dor < dump"], 2, "-p"),
        (["mysqladmin", "ping", "-ptr0ub4dor"], 2, "-p"),
        (["/usr/bin/redis-cli", "-a", "tr0ub4dor", "ping"], 2, "-a"),
        (["redis-server", "--requirepass", "tr0ub4dor"], 2, "--requirepass"),
        (["sh", "-c", "PGPASSWORD=tr0ub4dor psql -h db"], 2, "PGPASSWORD"),
        (["export PGPASSWORD=tr0ub4dor"], 0, "PGPASSWORD"),
        (["keytool", "-list", "-storepass", "changeit"], 3, "-storepass"),
        (["docker", "login", "-u", "shop", "-p", "tr0ub4dor", "r.example"], 5, "-p"),
        (["sh", "-c", "helm registry login \\\n  -u shop \\\r\n  -p tr0ub4dor r.example\nhelm ls"], 2, "-p"),
        (["sshpass", "-p", "tr0ub4dor", "ssh", "host"], 2, "-p"),
        (["curl", "-u", "shop:tr0ub4dor", "https://a.example"], 2, "-u"),
        (["timeout", "5", "curl", "--user", "shop:tr0ub4dor"], 4, "--user"),
        (["kubectl", "create", "secret", "generic", "a", "--from-literal=password=tr0ub4dor"], 5, "password"),
    ],
)
def test_a_literal_is_found(words: list[str], word: int, name: str) -> None:
    assert told(*words) == [(word, name, "literal")]


def test_a_placeholder_is_one() -> None:
    assert told("web", "--password=changeme") == [(1, "--password", "placeholder")]


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["web"],
        ["web", "--password=$(DB_PASSWORD)"],
        ["sh", "-c", 'web --password="$DB_PASSWORD"'],
        ["sh", "-c", "web --password `cat /run/secret`"],
        ["web", "--password-file=/run/secrets/db"],
        ["web", "--password", "--verbose"],
        ["web", "--password"],
        ["web", "--token-ttl", "86400"],
        ["web", "--tls-secret", "webhook-server-cert"],
        ["web", "--tls-secret=shop/webhook-server-cert"],
        ["web", "--enable-token=true"],
        ["kube-apiserver", "--service-account-extend-token-expiration=false"],
        ["docker", "login", "-u", "shop", "--password-stdin", "r.example"],
        ["docker", "login", "-u", "shop", "-p", "$DOCKER_PASSWORD"],
        ["docker", "run", "-p", "8080:80", "web"],
        ["sh", "-c", "cat f | docker login --password-stdin r.example\n./web -p 8080\ndocker run -p 80:80 web"],
        ["web", "--bypass", "tr0ub4dor", "--db-password=db-secret"],
        ["web", "--db-password=projects/p/secrets/s"],
        ["mysql", "-p"],
        ["mysql", "-p$MYSQL_PASSWORD"],
        ["web", "-p8080:80"],
        ["curl", "-u", "$USER:$PASSWORD", "https://a.example"],
        ["curl", "-u", "shop", "https://a.example"],
        ["redis-cli", "-a", "$REDIS_PASSWORD"],
        ["sh", "-c", "echo don't tell the password: it is short"],
    ],
)
def test_references_files_and_switches_are_none(words: list[str]) -> None:
    assert told(*words) == []


@pytest.mark.parametrize(
    "filler", ['\\"', '"', "'", "\"'", ";", "&&", "a ", "-p ", "--password ", "a=", "$", "\\"]
)
def test_no_repetition_makes_it_slow(filler: str) -> None:
    """A script of the largest size costs a fraction of a second, however its quotes are set."""
    text = (filler * LIMIT)[:LIMIT] + " password"
    start = time.process_time()
    list(given([text, filler * 100]))
    assert time.process_time() - start < 2
