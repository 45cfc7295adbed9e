"""A real API server with its database, on ports of the loopback that nobody else has; ready in seconds.

For the tests in `tests/cluster` and for `bench/cluster.py`. It needs what `make envtest` builds, and openssl.
"""

import os
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx2
import msgspec

from tools.lab.cache import from_environment
from tools.lab.errors import LabError
from tools.lab.programs import ENVTEST

TOKENS = {"admin": "system:masters", "scanner": "scanners", "partial": "partials", "tenant": "tenants"}
"""Users, each with its group; the token of a user is `token-of-NAME`. Only `admin` may do anything from the start."""

_PATIENCE = 60.0


def missing() -> str:
    """Why the programs cannot be started; empty where they can."""
    cache = from_environment()
    names = [program.name for program in ENVTEST if not cache.has(program)]
    return f"{' and '.join(names)} not built: run `make envtest`" if names else ""


class ControlPlane:
    """A running one."""

    def __init__(self, folder: Path, port: int, etcd: str) -> None:
        self.folder = folder
        self.etcd = etcd
        self.port = port
        self.url = f"https://127.0.0.1:{port}"
        self.authority = folder / "certificates" / "apiserver.crt"

    def kubeconfig(self, user: str, *, url: str = "", token: str = "") -> Path:
        """A file with one context, `lab`, for a user."""
        cluster = {"server": url or self.url, "certificate-authority": str(self.authority)}
        content = {
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": "lab",
            "clusters": [{"name": "lab", "cluster": cluster}],
            "users": [{"name": user, "user": {"token": token or f"token-of-{user}"}}],
            "contexts": [{"name": "lab", "context": {"cluster": "lab", "user": user}}],
        }
        file = self.folder / f"{user}-{cluster['server'].rpartition(':')[2]}.kubeconfig"
        file.write_bytes(msgspec.json.encode(content))
        return file

    def client(self, user: str = "admin") -> httpx2.Client:
        """An HTTP client of a user; close it."""
        return httpx2.Client(
            base_url=self.url,
            verify=ssl.create_default_context(cafile=str(self.authority)),
            headers={"Authorization": f"Bearer token-of-{user}"},
            timeout=30,
            trust_env=False,
        )

    def compact(self) -> None:
        """Make etcd forget every state but the newest one."""
        with httpx2.Client(base_url=self.etcd, trust_env=False) as client:
            status = client.post("/v3/maintenance/status", json={}).json()
            answer = client.post(
                "/v3/kv/compaction", json={"revision": status["header"]["revision"], "physical": True}
            )
            answer.raise_for_status()


@contextmanager
def control_plane(folder: Path) -> Iterator[ControlPlane]:
    """Start one; it ends with the block, and takes what it held with it."""
    client, peer, port = _free_ports(3)
    etcd_url, peer_url = f"http://127.0.0.1:{client}", f"http://127.0.0.1:{peer}"
    plane = ControlPlane(folder, port, etcd_url)
    _write_secrets(folder)
    with (
        _running(folder, "etcd", _etcd(folder, etcd_url, peer_url)) as etcd,
        _running(folder, "kube-apiserver", _api_server(folder, etcd_url, port)) as server,
    ):
        _wait_until_ready(plane, (etcd, server))
        yield plane


def _etcd(folder: Path, url: str, peer: str) -> Mapping[str, str]:
    return {
        "data-dir": str(folder / "etcd"),
        "unsafe-no-fsync": "true",
        "listen-client-urls": url,
        "advertise-client-urls": url,
        "listen-peer-urls": peer,
        "initial-advertise-peer-urls": peer,
        "initial-cluster": f"default={peer}",
        "log-level": "warn",
    }


def _api_server(folder: Path, etcd: str, port: int) -> Mapping[str, str]:
    return {
        "etcd-servers": etcd,
        "secure-port": str(port),
        "bind-address": "127.0.0.1",
        "cert-dir": str(folder / "certificates"),
        "service-account-key-file": str(folder / "sa.key"),
        "service-account-signing-key-file": str(folder / "sa.key"),
        "service-account-issuer": "https://kubernetes.default.svc",
        "token-auth-file": str(folder / "tokens.csv"),
        "authorization-mode": "RBAC",
        "service-cluster-ip-range": "10.96.0.0/16",
        "allow-privileged": "true",
        # Nobody makes service accounts here: that is the controller manager's work.
        "disable-admission-plugins": "ServiceAccount",
        # Lists go on from etcd's own history, which the tests compact by hand: then they are 410 Gone.
        "etcd-compaction-interval": "0",
        "feature-gates": "ListFromCacheSnapshot=false",
    }


def _write_secrets(folder: Path) -> None:
    rows = (f"token-of-{user},{user},{user},{group}\n" for user, group in TOKENS.items())
    (folder / "tokens.csv").write_text("".join(rows))
    subprocess.run(
        ["openssl", "genrsa", "-out", folder / "sa.key", "2048"], check=True, capture_output=True, timeout=60
    )


@contextmanager
def _running(folder: Path, name: str, flags: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    program = next(program for program in ENVTEST if program.name == name)
    argv = [str(from_environment().executable(program)), *(f"--{flag}={value}" for flag, value in flags.items())]
    environment = {key: value for key, value in os.environ.items() if "proxy" not in key.lower()}
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(argv, stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _wait_until_ready(plane: ControlPlane, processes: tuple[subprocess.Popen[bytes], ...]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        ended = [process.args for process in processes if process.poll() is not None]
        if ended:
            raise LabError(f"it ended at its start, see the logs in {plane.folder}: {ended}")
        if plane.authority.exists() and _is_ready(plane):
            return
        time.sleep(0.05)
    raise LabError(f"not ready after {_PATIENCE:.0f} s, see the logs in {plane.folder}")


def _is_ready(plane: ControlPlane) -> bool:
    try:
        with plane.client() as client:
            return client.get("/readyz").status_code == httpx2.codes.OK
    except (httpx2.HTTPError, ssl.SSLError):
        return False


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports
