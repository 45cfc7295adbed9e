"""A connection to one API server: it reads, and what it reads is bounded in time and size.

Lightkube's configuration makes the TLS and the authentication; the bytes are ours to bound and to decode.
"""

import binascii
import ssl
import time
from base64 import b64encode
from collections.abc import Callable, Generator, Mapping
from types import TracebackType
from typing import Any, Self

import httpx2
import msgspec
from lightkube.config.client_adapter import user_auth, verify_cluster
from lightkube.config.models import User
from lightkube.core.exceptions import ConfigError

import bartizan
from bartizan.kube import credentials
from bartizan.kube.configuration import Access
from bartizan.kube.errors import ApiError, ConfigurationError, ConnectionLostError, TooLargeError

MAX_BYTES = 64 * 1024 * 1024
"""Of one answer, unpacked. A list that does not fit is asked for in smaller pages."""

_ATTEMPTS = 4
_GIVEN_UP = 3
"""Questions in a row without an answer, after which no more are asked."""
_TIMEOUT = httpx2.Timeout(60.0, connect=10.0)
_LONGEST_PAUSE = 30.0
_TRY_AGAIN = frozenset({429, 500, 502, 503, 504})
_UNAUTHORIZED = 401
_TOLD = 300
"""Characters that are told of a server's own message."""

Accept = str
JSON: Accept = "application/json"


class _Status(msgspec.Struct):
    message: str = ""


class Connection:
    """Use it as a context manager. Every method raises a `KubeError`, and nothing else of what can go wrong."""

    def __init__(self, access: Access, *, pause: Callable[[float], None] = time.sleep) -> None:
        """Make it; the server is not asked for anything yet, a credential plug-in may be."""
        self.access = access
        self.server = access.config.cluster.server
        self._pause = pause
        self._losses = 0
        try:
            self._client = _client(access)
        except (ConfigError, OSError, ssl.SSLError, binascii.Error, ValueError, httpx2.InvalidURL) as error:
            raise ConfigurationError(f"context `{access.context}` cannot be used: {_plain(str(error))}") from error
        self._extensions = {"sni_hostname": access.server_name} if access.server_name else {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def get(self, path: str, query: Mapping[str, str | int] | None = None, accept: Accept = JSON) -> bytes:
        """The answer's body.

        A server that is busy is asked again, with pauses that grow or that it asks for. Once it was lost, the next
        questions are asked once, and soon no more: nobody waits a minute for each of a hundred kinds.

        Raises:
            ApiError: the server refuses.
            ConnectionLostError: no whole answer came.
            TooLargeError: it is larger than `MAX_BYTES`.
        """
        if self._losses >= _GIVEN_UP:
            raise ConnectionLostError(f"{self.server} was lost before this was asked for")
        attempts = 1 if self._losses else _ATTEMPTS
        for attempt in range(1, attempts + 1):
            try:
                status, body, wait = self._ask(path, query or {}, accept)
            except ConnectionLostError:
                if attempt == attempts:
                    self._losses += 1
                    raise
                self._pause(_wait("", attempt))
                continue
            self._losses = 0
            if httpx2.codes.is_success(status):
                return body
            if status not in _TRY_AGAIN or attempt == attempts:
                raise self._refused(status, body)
            self._pause(_wait(wait, attempt))
        raise AssertionError("the last attempt answers or raises")

    def _ask(self, path: str, query: Mapping[str, str | int], accept: Accept) -> tuple[int, bytes, str]:
        headers = {"Accept": accept}
        try:
            with self._client.stream(
                "GET", path, params=dict(query), headers=headers, extensions=self._extensions
            ) as response:
                return response.status_code, _bounded(response), response.headers.get("Retry-After", "")
        except (httpx2.HTTPError, httpx2.StreamError) as error:
            why = _plain(str(error)) or type(error).__name__
            raise ConnectionLostError(f"{self.server} gave no answer: {why}") from error
        except (ConfigError, OSError) as error:  # a token file that went away, say
            raise ConnectionLostError(f"{self.server} could not be asked: {_plain(str(error))}") from error

    def _refused(self, status: int, body: bytes) -> ApiError:
        if status == _UNAUTHORIZED:
            return ApiError(
                status, f"{self.server} does not accept the credentials of context `{self.access.context}` (401)"
            )
        try:
            told = msgspec.json.decode(body, type=_Status).message
        except msgspec.DecodeError:
            told = body[:_TOLD].decode("utf-8", "replace")
        return ApiError(status, f"{_plain(told) or 'no reason given'} ({status})")


def _client(access: Access) -> httpx2.Client:
    user = access.config.user or User()
    auth = user_auth(user)
    if access.plugin is not None:
        plugin = _PluginAuth(access)
        auth, user = plugin, plugin.user(user)
    server = access.config.cluster.server
    return httpx2.Client(
        base_url=server,
        verify=verify_cluster(access.config.cluster, user, access.config.abs_file),
        auth=auth,
        timeout=_TIMEOUT,
        proxy=access.proxy,
        headers=[("User-Agent", f"bartizan/{bartizan.__version__}"), *access.impersonation],
    )


class _PluginAuth(httpx2.Auth):
    """Asks the plug-in at the start, and once more when the server takes its token no longer."""

    def __init__(self, access: Access) -> None:
        cluster = access.config.cluster
        self._plugin = access.plugin or {}
        self._cluster = {
            "server": cluster.server,
            "insecure-skip-tls-verify": cluster.insecure,
            "certificate-authority-data": cluster.certificate_auth_data or "",
        }
        self._credential = credentials.fetch(self._plugin, self._cluster)

    def user(self, user: User) -> User:
        """With the certificate that the plug-in gave, if it gave one."""
        given = self._credential
        if not given.certificate:
            return user
        return msgspec.structs.replace(
            user, client_cert_data=_base64(given.certificate), client_key_data=_base64(given.key)
        )

    def auth_flow(self, request: httpx2.Request) -> Generator[httpx2.Request, httpx2.Response, None]:
        """As httpx calls it: the request goes out, and maybe once more."""
        self._sign(request)
        response = yield request
        if response.status_code == _UNAUTHORIZED and self._credential.token:
            self._credential = credentials.fetch(self._plugin, self._cluster)
            self._sign(request)
            yield request

    def _sign(self, request: httpx2.Request) -> None:
        if self._credential.token:
            request.headers["Authorization"] = f"Bearer {self._credential.token}"


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode()


def _bounded(response: httpx2.Response) -> bytes:
    parts: list[bytes] = []
    size = 0
    for part in response.iter_bytes():
        size += len(part)
        if size > MAX_BYTES:
            raise TooLargeError(f"the answer is larger than {MAX_BYTES >> 20} MiB")
        parts.append(part)
    return b"".join(parts)


def _wait(asked: str, attempt: int) -> float:
    """What the server asks for, within reason; else a quarter of a second that doubles."""
    seconds = float(asked) if asked.isdecimal() else 0.25 * 2 ** (attempt - 1)
    return min(seconds, _LONGEST_PAUSE)


def _plain(text: str) -> str:
    """One line that writes nothing to a terminal but itself."""
    line = " ".join(text.split())
    return "".join(letter if letter.isprintable() else "�" for letter in line[:_TOLD])


def decode(body: bytes, model: Any = Any) -> Any:
    """The JSON of an answer. Raises ConnectionLostError where it is none, or not of that shape."""
    try:
        return msgspec.json.decode(body, type=model)
    except msgspec.DecodeError as error:
        raise ConnectionLostError(f"the answer cannot be read: {error}") from error
