"""Where the cluster is and who asks: as kubectl reads it, and out of nothing else."""

import os
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bartizan.kube import configuration
from bartizan.kube.configuration import Access, load
from bartizan.kube.errors import ConfigurationError

NOBODY = {"HOME": "/nonexistent"}


def entries(name: str, **more: Any) -> dict[str, Any]:
    """A kubeconfig whose context, cluster and user are called `name`."""
    return {
        "clusters": [
            {"name": name, "cluster": {"server": f"https://{name}.example.com", **more.get("cluster", {})}}
        ],
        "users": [{"name": name, "user": more.get("user", {"token": f"of-{name}"})}],
        "contexts": [{"name": name, "context": {"cluster": name, "user": name, **more.get("context", {})}}],
        "current-context": name,
    }


def written(file: Path, content: Any) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else msgspec.json.encode(content))
    return file


def read(file: Path, content: Any, context: str = "") -> Access:
    return load(str(written(file, content)), context, environment={})


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without a kubeconfig, and a working folder with one that nobody asked for."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    tree = tmp_path / "tree"
    for name in ("config", ".kube/config", "kubeconfig", "kubeconfig.yaml"):
        written(tree / name, entries("trap"))
    monkeypatch.chdir(tree)
    return tmp_path / "home"


def test_the_current_context_is_taken(tmp_path: Path) -> None:
    access = read(tmp_path / "k", entries("a", context={"namespace": "shop"}))
    assert (access.context, access.namespace) == ("a", "shop")
    assert access.config.cluster.server == "https://a.example.com"
    assert access.config.user is not None
    assert access.config.user.token == "of-a"  # noqa: S105 - a test's


def test_yaml_is_read_as_well(tmp_path: Path) -> None:
    text = b"""
current-context: a
clusters: [{name: a, cluster: {server: "https://a"}}]
contexts: [{name: a, context: {cluster: a}}]
"""
    assert read(tmp_path / "k", text).config.cluster.server == "https://a"


def test_another_context_is_taken_when_it_is_named(tmp_path: Path) -> None:
    both = entries("a")
    for kind in ("clusters", "users", "contexts"):
        both[kind] += entries("b")[kind]
    assert read(tmp_path / "k", both, "b").config.cluster.server == "https://b.example.com"


def test_several_files_are_merged_and_the_first_counts(home: Path) -> None:
    """A file of the list that is not there is passed over, as kubectl does."""
    first, second = written(home / "1", entries("a")), written(home / "2", entries("b"))
    clash = written(home / "3", entries("a", cluster={"server": "https://other"}))
    listed = os.pathsep.join(map(str, (first, home / "missing", second, clash)))
    assert load(environment={"KUBECONFIG": listed}).context == "a"
    assert load(context="b", environment={"KUBECONFIG": listed}).config.cluster.server == "https://b.example.com"
    assert load(environment={"KUBECONFIG": listed}).config.cluster.server == "https://a.example.com"


def test_the_home_folders_file_is_the_default(home: Path) -> None:
    written(home / ".kube" / "config", entries("mine"))
    assert load(environment={}).context == "mine"


def test_a_named_file_is_the_only_one(home: Path) -> None:
    listed = written(home / "listed", entries("listed"))
    named = written(home / "named", entries("named"))
    assert load(str(named), environment={"KUBECONFIG": str(listed)}).context == "named"


@pytest.mark.usefixtures("home")
def test_a_scanned_tree_is_never_asked_where_the_cluster_is() -> None:
    """A kubeconfig names programs that are run: one that lies about in a repository is none (law 6)."""
    with pytest.raises(ConfigurationError, match="there is no kubeconfig, and this is no pod"):
        load(environment={})


@pytest.mark.usefixtures("home")
def test_a_pods_own_account_is_taken_without_a_kubeconfig(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    account = tmp_path / "account"
    for name, content in (("token", b"pods-token"), ("namespace", b"shop"), ("ca.crt", b"")):
        written(account / name, content)
    monkeypatch.setattr(configuration, "SERVICE_ACCOUNT", str(account))
    environment = {"KUBERNETES_SERVICE_HOST": "10.0.0.1", "KUBERNETES_SERVICE_PORT": "443"}
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    access = load(environment=environment)
    assert (access.context, access.namespace) == ("in-cluster", "shop")
    assert access.config.cluster.server == "https://10.0.0.1:443"
    with pytest.raises(ConfigurationError, match="no context `staging`"):
        load(context="staging", environment=environment)


@pytest.mark.usefixtures("home")
def test_a_pod_without_an_account_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(configuration, "SERVICE_ACCOUNT", str(tmp_path / "none"))
    environment = {"KUBERNETES_SERVICE_HOST": "10.0.0.1", "KUBERNETES_SERVICE_PORT": "443"}
    with pytest.raises(ConfigurationError, match="the pod's service account cannot be read"):
        load(environment=environment)


def test_paths_are_relative_to_their_own_file(tmp_path: Path) -> None:
    user = {"client-certificate": "me.crt", "client-key": "/abs/me.key", "tokenFile": "t"}
    plugin = {"exec": {"apiVersion": "client.authentication.k8s.io/v1", "command": "bin/login"}}
    first = read(tmp_path / "one" / "k", entries("a", user=user, cluster={"certificate-authority": "ca.crt"}))
    folder = tmp_path / "one"
    assert first.config.cluster.certificate_auth == str(folder / "ca.crt")
    assert first.config.user is not None
    assert first.config.user.client_cert == str(folder / "me.crt")
    assert first.config.user.client_key == "/abs/me.key"
    assert first.config.user.token_file == str(folder / "t")
    second = read(tmp_path / "two" / "k", entries("a", user=plugin))
    assert second.plugin is not None
    assert second.plugin["command"] == str(tmp_path / "two" / "bin" / "login")


def test_a_plugin_without_a_path_is_looked_for_on_the_path(tmp_path: Path) -> None:
    access = read(tmp_path / "k", entries("a", user={"exec": {"command": "aws"}}))
    assert access.plugin == {"command": "aws"}


def test_what_else_the_entry_says_is_kept(tmp_path: Path) -> None:
    cluster = {"proxy-url": "http://proxy:3128", "tls-server-name": "internal"}
    user = {"as": "robot", "as-uid": "7", "as-groups": ["a", "b"], "as-user-extra": {"reason": ["audit"]}}
    access = read(tmp_path / "k", entries("a", cluster=cluster, user=user))
    assert (access.proxy, access.server_name) == ("http://proxy:3128", "internal")
    assert access.impersonation == (
        ("Impersonate-User", "robot"),
        ("Impersonate-Uid", "7"),
        ("Impersonate-Group", "a"),
        ("Impersonate-Group", "b"),
        ("Impersonate-Extra-reason", "audit"),
    )


@pytest.mark.parametrize(
    ("content", "context", "says"),
    [
        ({}, "", "names no current context: choose one with --context"),
        (b"", "", "names no current context"),
        (entries("a"), "b", "has no context `b`; it has `a`"),
        ({**entries("a"), "clusters": []}, "", "has no cluster `a`; it has none"),
        ({**entries("a"), "users": None}, "", "has no user `a`"),
        (entries("a", cluster={"server": ""}), "", "cluster `a` of .* names no server"),
        (entries("a", cluster={"server": 7}), "", "cluster `a` of the kubeconfig is wrong"),
        (entries("a", user={"token": ["x"]}), "", "user `a` of the kubeconfig is wrong"),
        (b"{", "", "cannot be read: line 1"),
        (b"[1]", "", "is no mapping"),
        (b"a: 1\n---\nb: 2\n", "", "is no mapping"),
    ],
)
def test_what_is_missing_is_named(tmp_path: Path, content: Any, context: str, says: str) -> None:
    with pytest.raises(ConfigurationError, match=says):
        read(tmp_path / "k", content, context)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"there is no kubeconfig `.*/nowhere`"):
        load(str(tmp_path / "nowhere"), environment={})


def test_no_message_holds_a_credential(tmp_path: Path) -> None:
    content = entries("a", user={"token": {"hidden": "s3cr3t"}, "password": "s3cr3t"})
    with pytest.raises(ConfigurationError) as caught:
        read(tmp_path / "k", content)
    assert "s3cr3t" not in str(caught.value)
