"""Programs that print credentials: run as the user's kubeconfig says, and their failures told in a sentence."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from bartizan.kube import credentials
from bartizan.kube.credentials import Credential, fetch
from bartizan.kube.errors import ConfigurationError

V1 = "client.authentication.k8s.io/v1"


def plugin(folder: Path, body: str, **more: Any) -> dict[str, Any]:
    """A shell script as a plug-in."""
    file = folder / "plugin"
    file.write_text(f"#!/bin/sh\n{body}\n")
    file.chmod(0o755)
    return {"apiVersion": V1, "command": str(file), **more}


def printing(status: dict[str, str]) -> str:
    answer = {"apiVersion": V1, "kind": "ExecCredential", "status": status}
    return f"cat <<'END'\n{msgspec.json.encode(answer).decode()}\nEND"


def test_a_token_is_taken(tmp_path: Path) -> None:
    assert fetch(plugin(tmp_path, printing({"token": "t"})), {}) == Credential("t")


def test_a_certificate_is_taken(tmp_path: Path) -> None:
    status = {"clientCertificateData": "CERT", "clientKeyData": "KEY"}
    assert fetch(plugin(tmp_path, printing(status)), {}) == Credential("", "CERT", "KEY")


def test_arguments_environment_and_cluster_are_handed_over(tmp_path: Path) -> None:
    body = f'echo "$1 $REGION $KUBERNETES_EXEC_INFO" > {tmp_path}/said; ' + printing({"token": "t"})
    made = plugin(
        tmp_path, body, args=["login"], env=[{"name": "REGION", "value": "north"}], provideClusterInfo=True
    )
    fetch(made, {"server": "https://a"})
    word, region, info = (tmp_path / "said").read_text().split(" ", 2)
    assert (word, region) == ("login", "north")
    assert msgspec.json.decode(info) == {
        "apiVersion": V1,
        "kind": "ExecCredential",
        "spec": {"interactive": False, "cluster": {"server": "https://a"}},
    }


@pytest.mark.parametrize(
    ("body", "more", "says"),
    [
        ("exit 7", {}, "ended with status 7"),
        ("echo no", {}, "printed no ExecCredential"),
        ('echo "{}"', {}, "printed no ExecCredential"),
        (printing({}), {}, "printed neither a token nor a certificate"),
        (printing({"clientCertificateData": "C"}), {}, "printed neither a token nor a certificate"),
        ("", {"apiVersion": "client.authentication.k8s.io/v1alpha1"}, "speaks `client.authentication.k8s.io/v1alpha1`"),
        ("", {"command": ""}, "names no command"),
        ("", {"command": "bartizan-no-such-plugin", "installHint": " get it there\n"}, "not found: get it there"),
        ("sleep 9", {}, "took more than 0 s"),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, more: dict[str, Any], says: str
) -> None:
    if "sleep" in body:
        monkeypatch.setattr(credentials, "_PATIENCE", 0.2)
    with pytest.raises(ConfigurationError, match=says):
        fetch(plugin(tmp_path, body, **more), {})


def test_a_broken_answer_is_not_quoted(tmp_path: Path) -> None:
    body = 'echo "{\\"apiVersion\\": \\"v1\\", \\"status\\": {\\"token\\": [\\"s3cr3t\\"]}}"'
    with pytest.raises(ConfigurationError) as caught:
        fetch(plugin(tmp_path, body), {})
    assert "s3cr3t" not in str(caught.value)
