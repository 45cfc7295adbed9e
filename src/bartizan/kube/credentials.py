"""Credential plug-ins: the program that the user's own kubeconfig names under `exec` prints a token or a certificate.

It is run once at the start, and again when the server no longer takes what it gave.
"""

import os
import shutil
import subprocess
from typing import Any

import msgspec

from bartizan.kube.errors import ConfigurationError

_VERSIONS = tuple(f"client.authentication.k8s.io/{version}" for version in ("v1", "v1beta1"))
_PATIENCE = 120.0
"""Seconds: a person may have to log in in a browser."""


class Credential(msgspec.Struct, frozen=True):
    """What a plug-in gave."""

    token: str = ""
    certificate: str = ""
    """In PEM."""
    key: str = ""


class _Status(msgspec.Struct, rename="camel"):
    token: str = ""
    client_certificate_data: str = ""
    client_key_data: str = ""


class _Answer(msgspec.Struct, rename="camel"):
    api_version: str
    status: _Status


def fetch(plugin: dict[str, Any], cluster: dict[str, Any]) -> Credential:
    """Run the plug-in.

    Args:
        plugin: `exec` of a kubeconfig's user.
        cluster: Its address and authority, for a plug-in that wants to know.

    Raises:
        ConfigurationError: it is not there, fails, or answers with something else.
    """
    command, version = plugin.get("command"), plugin.get("apiVersion")
    if not isinstance(command, str) or not command:
        raise ConfigurationError("the kubeconfig's `exec` names no command")
    if version not in _VERSIONS:
        raise ConfigurationError(
            f"the credential plug-in `{command}` speaks `{version}`; known: {', '.join(_VERSIONS)}"
        )
    try:
        answer = msgspec.json.decode(_run(plugin, command, cluster), type=_Answer)
    except msgspec.DecodeError as error:  # the text of the error quotes none of the answer's values
        raise ConfigurationError(
            f"the credential plug-in `{command}` printed no ExecCredential ({error})"
        ) from error
    status = answer.status
    if not status.token and not (status.client_certificate_data and status.client_key_data):
        raise ConfigurationError(f"the credential plug-in `{command}` printed neither a token nor a certificate")
    return Credential(status.token, status.client_certificate_data, status.client_key_data)


def _run(plugin: dict[str, Any], command: str, cluster: dict[str, Any]) -> bytes:
    """Its standard error stays the user's: there it says what to do to log in."""
    if shutil.which(command) is None:
        hint = plugin.get("installHint")
        advice = f": {hint.strip()}" if isinstance(hint, str) and hint.strip() else ""
        raise ConfigurationError(f"the kubeconfig asks for the credential plug-in `{command}`, not found{advice}")
    arguments = [argument for argument in plugin.get("args") or () if isinstance(argument, str)]
    try:
        done = subprocess.run(  # the user's own kubeconfig names it, as for kubectl
            [command, *arguments],
            env=_environment(plugin, cluster),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            check=False,
            timeout=_PATIENCE,
        )
    except OSError as error:
        raise ConfigurationError(f"the credential plug-in `{command}` did not start ({error.strerror})") from error
    except subprocess.TimeoutExpired as error:
        raise ConfigurationError(f"the credential plug-in `{command}` took more than {_PATIENCE:.0f} s") from error
    if done.returncode:
        raise ConfigurationError(f"the credential plug-in `{command}` ended with status {done.returncode}")
    return done.stdout


def _environment(plugin: dict[str, Any], cluster: dict[str, Any]) -> dict[str, str]:
    spec: dict[str, Any] = {"interactive": False}
    if plugin.get("provideClusterInfo") is True:
        spec["cluster"] = cluster
    asked = {"apiVersion": plugin["apiVersion"], "kind": "ExecCredential", "spec": spec}
    added = {
        item["name"]: item["value"]
        for item in plugin.get("env") or ()
        if isinstance(item, dict) and isinstance(item.get("name"), str) and isinstance(item.get("value"), str)
    }
    return {**os.environ, **added, "KUBERNETES_EXEC_INFO": msgspec.json.encode(asked).decode()}
