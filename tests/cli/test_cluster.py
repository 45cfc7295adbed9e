"""`bartizan scan --cluster` at the command line: what fits together, what is said when it cannot start, every format."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bartizan.cli.main import run
from tests.cli.terminal import FORMATS, Answer, bartizan, shell
from tests.kube.fake_cluster import FORBIDDEN, FakeCluster, item
from tests.kube.fake_server import FakeServer, Reply, fake_server, kubeconfig
from tests.reports.test_sarif import official

POD = item(
    "web", "shop", spec={"hostPID": True, "containers": [{"name": "app", "image": "registry.example/app:1"}]}
)
PODS = {"/api/v1/pods": [POD], "/api/v1/namespaces/shop/pods": [POD], "/api/v1/namespaces/shop": item("shop")}


@contextmanager
def cluster(lists: dict[str, Any]) -> Iterator[FakeServer]:
    with fake_server(FakeCluster(lists)) as server:
        yield server


def scan(folder: Path, lists: dict[str, Any], *options: str) -> Answer:
    """A scan of a fake cluster, as JSON unless the options say otherwise."""
    with cluster(lists) as server:
        file = kubeconfig(folder, server.url)
        output = () if "-o" in options else ("-o", "json")
        return bartizan(folder, "scan", "--cluster", "--kubeconfig", str(file), *options, *output)


def test_a_cluster_is_judged_by_its_own_version(tmp_path: Path) -> None:
    answer = scan(tmp_path, PODS)
    assert answer.status == 1
    header = answer.report["header"]
    assert (header["inputs"], header["kubernetesVersion"]) == (["cluster fake"], "1.34")
    (finding,) = (each for each in answer.findings if each["check"] == "host-namespaces")
    assert finding["subject"] == {"apiVersion": "v1", "kind": "Pod", "namespace": "shop", "name": "web"}
    assert "location" not in finding


def test_a_version_that_is_asked_for_wins(tmp_path: Path) -> None:
    assert scan(tmp_path, PODS, "--kubernetes-version", "1.30").report["header"]["kubernetesVersion"] == "1.30"
    (tmp_path / "bartizan.yaml").write_text('kubernetes-version: "1.31"\n')
    assert scan(tmp_path, PODS).report["header"]["kubernetesVersion"] == "1.31"


def test_one_namespace_is_named_in_the_report(tmp_path: Path) -> None:
    answer = scan(tmp_path, PODS, "-n", "shop", "--skip-kind", "secrets")
    assert answer.report["header"]["inputs"] == ["namespace shop of cluster fake without secrets"]
    assert answer.report["coverage"]["objects"] == 2


def test_all_namespaces_are_the_default(tmp_path: Path) -> None:
    """Whoever forgets the flag does not take an empty `default` for a clean cluster."""
    assert scan(tmp_path, PODS, "-A").report == scan(tmp_path, PODS).report


def test_what_may_not_be_read_makes_it_incomplete(tmp_path: Path) -> None:
    answer = scan(tmp_path, {**PODS, "/api/v1/secrets": FORBIDDEN}, "--fail-on", "critical")
    assert answer.status == 3
    assert [(unknown["code"], unknown["subject"]) for unknown in answer.report["unknowns"]] == [
        ("forbidden-kind", "secrets")
    ]
    assert scan(tmp_path, {"/api/v1/secrets": FORBIDDEN}, "--allow-incomplete", "--allow-empty").status == 0


def test_an_empty_cluster_is_4(tmp_path: Path) -> None:
    assert scan(tmp_path, {}).status == 4


def test_exceptions_of_the_working_folder_hold(tmp_path: Path) -> None:
    folder = tmp_path / ".bartizan" / "exceptions"
    folder.mkdir(parents=True)
    (folder / "pid.yaml").write_text(
        "apiVersion: bartizan.dev/v1alpha1\nkind: Exception\nmetadata: {name: pid}\n"
        "spec:\n  target: {check: host-namespaces}\n  subjects: [{kind: Pod, namespace: shop, name: web}]\n"
        "  owner: team@example.com\n  reason: it measures the node\n  until: 2999-01-01\n"
    )
    answer = scan(tmp_path, PODS, "--check", "host-namespaces", "--show", "suppressed")
    assert answer.status == 0
    assert "host-namespaces" in answer.out


@pytest.mark.parametrize("output", FORMATS)
def test_every_format_tells_a_live_object(tmp_path: Path, output: str) -> None:
    """It stands in no file; what could not be read is told as well."""
    answer = scan(tmp_path, {**PODS, "/api/v1/secrets": FORBIDDEN}, "-o", output)
    assert answer.status == 1
    assert answer.err == ""
    assert "host-namespaces" in answer.out
    assert "secrets" in answer.out
    assert "web" in answer.out


def test_a_live_finding_satisfies_the_official_schema_of_sarif(tmp_path: Path) -> None:
    """It has a logical location and no physical one."""
    told = msgspec.json.decode(scan(tmp_path, {**PODS, "/api/v1/secrets": FORBIDDEN}, "-o", "sarif").out)
    official().validate(told)
    (run_,) = told["runs"]
    locations = [location for result in run_["results"] for location in result["locations"]]
    assert locations
    assert not any("physicalLocation" in location for location in locations)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--cluster", "deploy"), "`--cluster` and a path are two scans: run them one after the other"),
        (("--cluster", "-"), "`--cluster` and a path are two scans: run them one after the other"),
        (
            ("--cluster", "-A", "-n", "shop"),
            "`-A` asks for all namespaces and `-n` for one: leave one of them out",
        ),
        (("--context", "staging"), "`--context` goes with --cluster"),
        (("--kubeconfig", "file", "deploy"), "`--kubeconfig` goes with --cluster"),
        (("-A",), "`--all-namespaces` goes with --cluster"),
        (("--skip-kind", "secrets"), "`--skip-kind` goes with --cluster"),
        (("--cluster", "-n", "../nodes"), "`../nodes` is no name of a namespace: write it like shop-2"),
        (("--cluster", "--kubeconfig", "nowhere"), "there is no kubeconfig `nowhere`"),
    ],
)
def test_what_does_not_fit_is_a_usage_error(tmp_path: Path, options: tuple[str, ...], says: str) -> None:
    (tmp_path / "deploy").mkdir()
    answer = bartizan(tmp_path, "scan", *options)
    assert (answer.status, answer.out, answer.err) == (2, "", f"bartizan: {says}\n")


def test_no_kubeconfig_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("KUBECONFIG", "KUBERNETES_SERVICE_HOST"):
        monkeypatch.delenv(name, raising=False)
    answer = bartizan(tmp_path, "scan", "--cluster")
    assert answer.status == 2
    assert answer.err.count("\n") == 1
    assert "name one with --kubeconfig or $KUBECONFIG" in answer.err


def test_a_configuration_that_is_wrong_is_told(tmp_path: Path) -> None:
    (tmp_path / "bartizan.yaml").write_text("persona: nobody\n")
    assert scan(tmp_path, PODS).status == 2


@pytest.mark.parametrize("missing", ["lightkube", "httpx2"])
def test_the_missing_extra_is_told_with_the_line_that_installs_it(tmp_path: Path, missing: str) -> None:
    (tmp_path / "kubeconfig").write_text("{}")
    start = f"import sys; sys.modules['{missing}'] = None; from bartizan.cli.main import run; sys.exit(run(sys.argv[1:]))"
    argv = [sys.executable, "-c", start, "scan", "--cluster"]
    done = subprocess.run(argv, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert done.stderr == (
        f"bartizan: `--cluster` needs `{missing}`, which is not installed: pip install 'bartizan[cluster]'\n"
    )


def test_breaking_it_off_is_130(tmp_path: Path) -> None:
    def interrupt(_asked: Any) -> Reply:
        raise AssertionError("nobody asks")

    with fake_server(interrupt) as server, pytest.MonkeyPatch.context() as patch:
        file = kubeconfig(tmp_path, server.url)

        def stop(*_: Any, **__: Any) -> None:
            raise KeyboardInterrupt

        patch.setattr("bartizan.kube.connection.Connection.get", stop)
        assert run(["scan", "--cluster", "--kubeconfig", str(file)]) == 130


@pytest.mark.skipif(not os.path.exists("/dev/ptmx"), reason="there are no terminals here")  # noqa: PTH110 - a device
def test_a_terminal_is_told_what_is_being_listed(tmp_path: Path) -> None:
    """On a terminal, after a second; a slow server is what makes a scan that long."""
    from time import sleep  # noqa: PLC0415 - only here

    fake = FakeCluster(PODS)

    def slow(asked: Any) -> Reply:
        if asked.path == "/api/v1/pods":
            sleep(1.2)
        return fake(asked)

    with fake_server(slow) as server:
        file = kubeconfig(tmp_path, server.url)
        command = f"script -qec '$BARTIZAN scan --cluster --kubeconfig {file} --allow-incomplete -o json=out.json' /dev/null"
        answer = shell(tmp_path, command)
    assert "listing pods … 1" in answer.out or "listing secrets" in answer.out
