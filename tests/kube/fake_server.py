"""A small HTTP server for what a real API server does too seldom: it says 429, cuts an answer, or is very old."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import msgspec

from bartizan.kube.configuration import Access, load


class Asked(msgspec.Struct):
    """One request."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]


class Reply(msgspec.Struct):
    """One answer; `body` is sent as JSON, bytes as they are."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = {}
    cut: int | None = None
    """Send only so many bytes, though more were promised."""


Answerer = Callable[[Asked], Reply]


class FakeServer:
    """A running one, with what it was asked."""

    def __init__(self, answer: Answerer) -> None:
        self.asked: list[Asked] = []
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self, answer))
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"

    @property
    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


@contextmanager
def fake_server(answer: Answerer) -> Iterator[FakeServer]:
    """A server that answers so."""
    server = FakeServer(answer)
    try:
        yield server
    finally:
        server.close()


def kubeconfig(folder: Path, url: str, *, user: dict[str, Any] | None = None, **cluster: Any) -> Path:
    """A file with one context for a server."""
    content = {
        "current-context": "fake",
        "clusters": [{"name": "c", "cluster": {"server": url, **cluster}}],
        "users": [{"name": "u", "user": {"token": "secret-token"} if user is None else user}],
        "contexts": [{"name": "fake", "context": {"cluster": "c", "user": "u"}}],
    }
    file = folder / "kubeconfig"
    file.write_bytes(msgspec.json.encode(content))
    return file


def access(folder: Path, url: str, **more: Any) -> Access:
    """The access that the file gives."""
    return load(str(kubeconfig(folder, url, **more)), environment={})


def _handler(server: FakeServer, answer: Answerer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = Asked(parts.path, dict(parse_qsl(parts.query)), dict(self.headers.items()))
            server.asked.append(asked)
            reply = answer(asked)
            body = reply.body if isinstance(reply.body, bytes) else msgspec.json.encode(reply.body)
            self.send_response(reply.status)
            for name, value in {"Content-Length": str(len(body)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body[: reply.cut])
            if reply.cut is not None:
                self.close_connection = True

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    return Handler
