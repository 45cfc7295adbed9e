"""Answers bounded in time and size; a busy server is asked again, a lost one is not asked for ever."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bartizan.kube import connection as module
from bartizan.kube.connection import Connection
from bartizan.kube.errors import ApiError, ConfigurationError, ConnectionLostError, KubeError, TooLargeError
from tests.kube.fake_server import Answerer, Asked, FakeServer, Reply, access, fake_server


class Pauses(list[float]):
    """Notes how long it would have waited."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


@contextmanager
def connected(folder: Path, answer: Answerer, **more: Any) -> Iterator[tuple[Connection, FakeServer, Pauses]]:
    """A connection to a server that answers so."""
    pauses = Pauses()
    with fake_server(answer) as server, Connection(access(folder, server.url, **more), pause=pauses) as connection:
        yield connection, server, pauses


def in_turn(*replies: Reply) -> Answerer:
    """One after the other; the last for ever."""
    numbers = count()
    return lambda _asked: replies[min(next(numbers), len(replies) - 1)]


def test_an_answer_is_its_bytes_and_who_asks_says_so(tmp_path: Path) -> None:
    with connected(tmp_path, in_turn(Reply({"a": 1}))) as (connection, server, _):
        assert connection.get("/api", {"limit": 5}, accept="application/x") == b'{"a":1}'
    (asked,) = server.asked
    assert (asked.path, asked.query) == ("/api", {"limit": "5"})
    assert asked.headers["Authorization"] == "Bearer secret-token"
    assert asked.headers["Accept"] == "application/x"
    assert asked.headers["User-Agent"].startswith("bartizan/")


def test_a_server_behind_a_path_is_asked_below_it(tmp_path: Path) -> None:
    with fake_server(in_turn(Reply({}))) as server:
        with Connection(access(tmp_path, server.url + "/k8s/clusters/c-1")) as connection:
            connection.get("/api/v1/pods")
        assert server.paths == ["/k8s/clusters/c-1/api/v1/pods"]


def test_a_busy_server_is_asked_again_when_it_says(tmp_path: Path) -> None:
    busy = Reply({}, status=429, headers={"Retry-After": "3"})
    with connected(tmp_path, in_turn(busy, Reply({}, status=503), Reply({"ok": 1}))) as (connection, _, pauses):
        assert connection.get("/api") == b'{"ok":1}'
    assert pauses == [3.0, 0.5]


def test_nobody_waits_for_hours(tmp_path: Path) -> None:
    busy = Reply({}, status=429, headers={"Retry-After": "86400"})
    with connected(tmp_path, in_turn(busy, Reply({}))) as (connection, _, pauses):
        connection.get("/api")
    assert pauses == [30.0]


def test_a_server_that_stays_busy_is_told(tmp_path: Path) -> None:
    reply = Reply({"kind": "Status", "message": "too many\n\x1b[31mrequests"}, status=429)
    with connected(tmp_path, in_turn(reply)) as (connection, server, _), pytest.raises(ApiError) as caught:
        connection.get("/api")
    assert (caught.value.status, str(caught.value)) == (429, "too many �[31mrequests (429)")
    assert len(server.asked) == 4


@pytest.mark.parametrize("status", [400, 403, 404, 406, 410])
def test_a_refusal_is_final(tmp_path: Path, status: int) -> None:
    with (
        connected(tmp_path, in_turn(Reply({"message": "no"}, status=status))) as (connection, server, pauses),
        pytest.raises(ApiError, match=rf"no \({status}\)"),
    ):
        connection.get("/api")
    assert (len(server.asked), pauses) == (1, [])


def test_a_refusal_that_is_no_json_is_told_as_it_stands(tmp_path: Path) -> None:
    with (
        connected(tmp_path, in_turn(Reply(b"<html>not here</html>", status=404))) as (connection, _, _),
        pytest.raises(ApiError, match=r"<html>not here</html> \(404\)"),
    ):
        connection.get("/api")


def test_a_redirection_is_not_followed_with_our_token(tmp_path: Path) -> None:
    moved = Reply({}, status=302, headers={"Location": "/elsewhere"})
    with connected(tmp_path, in_turn(moved)) as (connection, server, _), pytest.raises(ApiError):
        connection.get("/api")
    assert server.paths == ["/api"]


def test_a_wrong_token_is_one_clear_sentence(tmp_path: Path) -> None:
    with (
        connected(tmp_path, in_turn(Reply({}, status=401))) as (connection, server, _),
        pytest.raises(ApiError) as caught,
    ):
        connection.get("/api")
    assert str(caught.value) == f"{server.url} does not accept the credentials of context `fake` (401)"
    assert "secret-token" not in str(caught.value)


def test_half_an_answer_is_none(tmp_path: Path) -> None:
    """It is asked for again; one that never comes whole is told. Then nobody waits, and soon nobody asks."""
    half = Reply({"items": list(range(100))}, cut=20)
    with connected(tmp_path, in_turn(half)) as (connection, server, pauses):
        for says in ("gave no answer",) * 3 + ("was lost before this was asked for",) * 2:
            with pytest.raises(ConnectionLostError, match=says):
                connection.get("/api")
    assert len(server.asked) == 4 + 1 + 1
    assert pauses == [0.25, 0.5, 1.0]


def test_one_that_comes_back_is_trusted_again(tmp_path: Path) -> None:
    half, whole = Reply({"a": "b"}, cut=2), Reply({})
    answers = in_turn(half, half, half, half, whole, half, whole)
    with connected(tmp_path, answers) as (connection, _, _):
        with pytest.raises(ConnectionLostError):
            connection.get("/api")
        assert connection.get("/api") == b"{}"
        assert connection.get("/api") == b"{}"


def test_an_answer_without_end_is_not_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 1000)
    with connected(tmp_path, in_turn(Reply(b"x" * 5000))) as (connection, _, _), pytest.raises(TooLargeError):
        connection.get("/api")


@pytest.mark.parametrize(
    ("cluster", "user"),
    [
        ({"certificate-authority": "/nowhere/ca.crt"}, {}),
        ({"certificate-authority-data": "!!!"}, {}),
        ({"certificate-authority-data": "bm8gY2VydGlmaWNhdGU="}, {}),
        ({}, {"client-certificate": "/nowhere/a.crt", "client-key": "/nowhere/a.key"}),
        ({}, {"auth-provider": {"name": "gcp"}}),
        ({"proxy-url": "gopher://x"}, {}),
    ],
)
def test_a_configuration_that_cannot_be_used_is_one(
    tmp_path: Path, cluster: dict[str, Any], user: dict[str, Any]
) -> None:
    with pytest.raises(ConfigurationError, match="context `fake` cannot be used"):
        Connection(access(tmp_path, "https://127.0.0.1:1", user=user, **cluster))


def test_an_address_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(KubeError), Connection(access(tmp_path, "htp://[broken"), pause=Pauses()) as connection:
        connection.get("/api")


def test_whoever_asks_as_somebody_else_says_so(tmp_path: Path) -> None:
    user = {"token": "t", "as": "robot", "as-groups": ["readers"]}
    with connected(tmp_path, in_turn(Reply({})), user=user) as (connection, server, _):
        connection.get("/api")
    headers = server.asked[0].headers
    assert (headers["Impersonate-User"], headers["Impersonate-Group"]) == ("robot", "readers")


def test_a_plugins_token_is_fetched_again_when_it_is_too_old(tmp_path: Path) -> None:
    """The plug-in counts how often it ran; the server takes only what its second run printed."""
    plugin = tmp_path / "plugin"
    plugin.write_text(
        "#!/bin/sh\n"
        f"echo x >> {tmp_path}/runs; n=$(wc -l < {tmp_path}/runs | tr -d ' ')\n"
        'echo "{\\"apiVersion\\":\\"client.authentication.k8s.io/v1\\",\\"kind\\":\\"ExecCredential\\",'
        '\\"status\\":{\\"token\\":\\"run-$n\\"}}"\n'
    )
    plugin.chmod(0o755)

    def answer(asked: Asked) -> Reply:
        return Reply({}) if asked.headers["Authorization"] == "Bearer run-2" else Reply({}, status=401)

    user = {"exec": {"apiVersion": "client.authentication.k8s.io/v1", "command": "./plugin"}}
    with connected(tmp_path, answer, user=user) as (connection, server, _):
        connection.get("/a")
        connection.get("/b")
    assert [asked.headers["Authorization"] for asked in server.asked] == [
        "Bearer run-1",
        "Bearer run-2",
        "Bearer run-2",
    ]
