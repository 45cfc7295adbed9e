"""Where the cluster is and who asks: kubeconfig files merged as kubectl merges them, else the pod's own account.

A kubeconfig can name a program that fetches credentials. So only the user's own are read: the one that a flag
names, `KUBECONFIG`, `~/.kube/config`. Nothing of a scanned tree is ever taken for one.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from lightkube.config.kubeconfig import SERVICE_ACCOUNT, KubeConfig, SingleConfig
from lightkube.config.models import Cluster, Context, User
from lightkube.core.exceptions import ConfigError

from bartizan.documents.reader import read
from bartizan.kube.errors import ConfigurationError

Model = TypeVar("Model", Cluster, Context, User)

_HOME = "~/.kube/config"
_PATHS = {
    "clusters": ("certificate-authority",),
    "users": ("client-certificate", "client-key", "tokenFile"),
}
"""Fields that name a file, which may stand relative to the kubeconfig that holds them."""
_ADVICE = "name one with --kubeconfig or $KUBECONFIG"


class Access(msgspec.Struct, frozen=True, kw_only=True):
    """One context of a kubeconfig, or the account of the pod that this runs in."""

    context: str
    """Its name, as the user knows it."""
    namespace: str
    config: SingleConfig
    plugin: dict[str, Any] | None = None
    """The user's `exec`: a program that prints credentials."""
    proxy: str | None = None
    server_name: str = ""
    """The name in the server's certificate, where it is not the one in its address."""
    impersonation: tuple[tuple[str, str], ...] = ()
    """Headers by which the user asks as somebody else."""


def load(kubeconfig: str = "", context: str = "", environment: Mapping[str, str] | None = None) -> Access:
    """The access that kubectl would take.

    Args:
        kubeconfig: This file and no other.
        context: This context; else the current one.
        environment: In place of the process's own.

    Raises:
        ConfigurationError: there is none, or it does not tell enough.
    """
    environment = os.environ if environment is None else environment
    files = _files(kubeconfig, environment)
    if not files:
        if context:
            raise ConfigurationError(f"there is no kubeconfig, so no context `{context}` in it: {_ADVICE}")
        return _of_the_pod(environment)
    return _access(_Merged(files), context)


def _files(kubeconfig: str, environment: Mapping[str, str]) -> list[Path]:
    """Those that are there, in the order in which they count. A listed one that is missing is passed over."""
    if kubeconfig:
        file = Path(kubeconfig).expanduser()
        if not file.is_file():
            raise ConfigurationError(f"there is no kubeconfig `{kubeconfig}`")
        return [file]
    listed = environment.get("KUBECONFIG", "")
    names = [name for name in listed.split(os.pathsep) if name] or [_HOME]
    return [file for file in (Path(name).expanduser() for name in names) if file.is_file()]


def _of_the_pod(environment: Mapping[str, str]) -> Access:
    if not environment.get("KUBERNETES_SERVICE_HOST") or not environment.get("KUBERNETES_SERVICE_PORT"):
        raise ConfigurationError(
            f"there is no kubeconfig, and this is no pod with an account of its own: {_ADVICE}"
        )
    try:
        config = KubeConfig.from_service_account(SERVICE_ACCOUNT).get()
    except (ConfigError, KeyError, OSError) as error:
        raise ConfigurationError(f"the pod's service account cannot be read ({error}): {_ADVICE}") from error
    if config is None:
        raise ConfigurationError(f"the pod's service account says nothing: {_ADVICE}")
    return Access(context="in-cluster", namespace=config.namespace, config=config)


class _Merged:
    """Several files as one: of two entries with one name, the first counts."""

    def __init__(self, files: list[Path]) -> None:
        self.files = ", ".join(f"`{file}`" for file in files)
        self.current = ""
        self.entries: dict[str, dict[str, dict[str, Any]]] = {"clusters": {}, "users": {}, "contexts": {}}
        for file in files:
            self._add(file, _content(file))

    def entry(self, kind: str, name: str) -> dict[str, Any]:
        """The named one. Raises ConfigurationError where there is none."""
        found = self.entries[kind].get(name)
        if found is None:
            known = ", ".join(f"`{name}`" for name in sorted(self.entries[kind])) or "none"
            raise ConfigurationError(f"{self.files} has no {kind.removesuffix('s')} `{name}`; it has {known}")
        return found

    def _add(self, file: Path, content: dict[str, Any]) -> None:
        current = content.get("current-context")
        self.current = self.current or (current if isinstance(current, str) else "")
        for kind, entries in self.entries.items():
            for name, entry in _named(content.get(kind), kind.removesuffix("s")):
                entries.setdefault(name, _absolute(entry, kind, file.absolute().parent))


def _content(file: Path) -> dict[str, Any]:
    try:
        reading = read(file.read_bytes())
    except OSError as error:
        raise ConfigurationError(f"the kubeconfig `{file}` cannot be read ({error.strerror})") from error
    for problem in reading.problems:
        raise ConfigurationError(f"the kubeconfig `{file}` cannot be read: line {problem.line}: {problem.message}")
    values = [document.value for document in reading.documents if document.value is not None]
    value = values[0] if len(values) == 1 else {}
    if len(values) > 1 or not isinstance(value, dict):
        raise ConfigurationError(f"the kubeconfig `{file}` is no mapping")
    return value


def _named(entries: Any, what: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict) and isinstance(entry.get("name"), str) and isinstance(entry.get(what), dict):
            yield entry["name"], entry[what]


def _absolute(entry: dict[str, Any], kind: str, folder: Path) -> dict[str, Any]:
    """With the paths in it as they are meant: relative to the file. So is a plug-in that is named by a path."""
    made = dict(entry)
    for field in _PATHS.get(kind, ()):
        if isinstance(made.get(field), str) and made[field]:
            made[field] = str(folder / made[field])
    plugin = made.get("exec")
    if isinstance(plugin, dict) and isinstance(plugin.get("command"), str) and "/" in plugin["command"]:
        made["exec"] = {**plugin, "command": str(folder / plugin["command"])}
    return made


def _access(merged: _Merged, context: str) -> Access:
    name = context or merged.current
    if not name:
        raise ConfigurationError(f"{merged.files} names no current context: choose one with --context")
    raw = merged.entry("contexts", name)
    chosen = _model(raw, Context, f"context `{name}`")
    raw_cluster = merged.entry("clusters", chosen.cluster)
    raw_user = merged.entry("users", chosen.user) if chosen.user else {}
    plugin = raw_user.get("exec")
    cluster = _model(raw_cluster, Cluster, f"cluster `{chosen.cluster}`")
    # Lightkube would refuse or run the plug-in in its own way; ours is in `credentials`.
    user = _model({**raw_user, "exec": None}, User, f"user `{chosen.user}`")
    if not raw_cluster.get("server"):
        raise ConfigurationError(f"cluster `{chosen.cluster}` of {merged.files} names no server")
    return Access(
        context=name,
        namespace=chosen.namespace or "default",
        config=SingleConfig(context_name=name, context=chosen, cluster=cluster, user=user),
        plugin=plugin if isinstance(plugin, dict) else None,
        proxy=_text(raw_cluster, "proxy-url") or None,
        server_name=_text(raw_cluster, "tls-server-name"),
        impersonation=tuple(_impersonation(raw_user)),
    )


def _model(raw: dict[str, Any], model: type[Model], what: str) -> Model:
    try:
        return msgspec.convert(raw, model)
    except msgspec.ValidationError as error:
        raise ConfigurationError(f"{what} of the kubeconfig is wrong: {error}") from error


def _text(raw: dict[str, Any], field: str) -> str:
    value = raw.get(field)
    return value if isinstance(value, str) else ""


def _impersonation(user: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Who the user asks as: to leave it out would ask with other rights than the kubeconfig says."""
    for field, header in (("as", "Impersonate-User"), ("as-uid", "Impersonate-Uid")):
        if _text(user, field):
            yield header, _text(user, field)
    groups = user.get("as-groups")
    yield from (("Impersonate-Group", group) for group in groups or () if isinstance(group, str))
    extra = user.get("as-user-extra")
    for key, values in extra.items() if isinstance(extra, dict) else ():
        yield from ((f"Impersonate-Extra-{key}", value) for value in values or () if isinstance(value, str))
