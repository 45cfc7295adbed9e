"""Exit statuses: of 70, 2, 1, 3 and 4 the first that applies; 0 where none does."""

from pathlib import Path

import pytest

from bartizan.app import judging
from bartizan.cli.main import cli
from tests.cli.terminal import CLEAN, GOOD, bartizan, pod, scan, shell, write

BROKEN = "a: [\n"
SIMPLE = ("--check", "host-namespaces")


def test_clean_is_0(tmp_path: Path) -> None:
    answer = scan(write(tmp_path, {"a.yaml": CLEAN}))
    assert (answer.status, answer.err) == (0, "")
    assert answer.report["exitStatus"] == 0


def test_a_finding_at_the_gate_is_1(tmp_path: Path) -> None:
    assert scan(write(tmp_path, {"a.yaml": GOOD})).status == 1


@pytest.mark.parametrize(
    ("gate", "status"), [("critical", 0), ("high", 1), ("medium", 1), ("low", 1), ("info", 1)]
)
def test_the_gate_is_the_lowest_severity_that_fails(tmp_path: Path, gate: str, status: int) -> None:
    """`host-namespaces` is high."""
    answer = scan(write(tmp_path, {"a.yaml": GOOD}), *SIMPLE, "--fail-on", gate)
    assert answer.status == status
    assert len(answer.findings) == 1


def test_the_sentence_says_why(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": GOOD})
    assert scan(tmp_path, *SIMPLE).report["gate"] == "failed: 1 finding at or above high"
    below = scan(tmp_path, *SIMPLE, "--fail-on", "critical")
    assert below.report["gate"] == "passed: no finding at or above critical (1 below)"


def test_a_crash_is_70_and_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It wins over everything, since nothing else is known."""

    def crash(*_arguments: object, **_more: object) -> None:
        raise RuntimeError("out of arrows")

    monkeypatch.setattr(judging, "judge", crash)
    answer = scan(write(tmp_path, {"a.yaml": GOOD, "b.yaml": BROKEN}))
    assert (answer.status, answer.out) == (70, "")
    assert "crashed: RuntimeError: out of arrows" in answer.err
    assert "Traceback" not in answer.err
    monkeypatch.setenv("BARTIZAN_DEBUG", "1")
    assert "Traceback" in scan(tmp_path).err


def test_usage_comes_before_findings(tmp_path: Path) -> None:
    assert scan(write(tmp_path, {"a.yaml": GOOD}), "--kubernetes-version", "1.99").status == 2


def test_findings_come_before_what_is_incomplete(tmp_path: Path) -> None:
    assert scan(write(tmp_path, {"a.yaml": GOOD, "b.yaml": BROKEN})).status == 1


def test_incomplete_comes_before_nothing_to_scan(tmp_path: Path) -> None:
    assert scan(write(tmp_path, {"b.yaml": BROKEN})).status == 3


def test_nothing_to_scan_is_4(tmp_path: Path) -> None:
    write(tmp_path, {"values.yaml": "a: b\n", "notes.txt": GOOD})
    assert scan(tmp_path).status == 4
    assert scan(tmp_path, "--allow-empty").status == 0


def test_accepting_the_incomplete_is_told(tmp_path: Path) -> None:
    """The status is 0; the sentence says that it is not whole."""
    write(tmp_path, {"a.yaml": CLEAN, "b.yaml": BROKEN})
    answer = scan(tmp_path, "--allow-incomplete")
    assert answer.status == 0
    assert answer.report["gate"] == "passed: no finding at or above high; incomplete, and accepted"
    assert answer.report["summary"]["headline"].startswith("Not known to be clean")


def test_accepting_the_empty_accepts_no_fault(tmp_path: Path) -> None:
    assert scan(write(tmp_path, {"b.yaml": BROKEN}), "--allow-empty").status == 3


def test_what_this_door_cannot_know_counts_when_strict(tmp_path: Path) -> None:
    """A pod's token is given by a service account that may exist in the cluster alone: that is a skip."""
    write(tmp_path, {"a.yaml": pod("web", serviceAccountName="elsewhere")})
    options = ("--check", "service-account-token")
    assert scan(tmp_path, *options).status == 0
    answer = scan(tmp_path, *options, "--strict")
    skipped = [item["reason"] for item in answer.report["results"] if item["verdict"] == "skip"]
    if not skipped:
        pytest.skip("no check at hand leaves anything to the cluster")
    assert (answer.status, skipped) == (3, ["not-evaluable-here"])
    assert scan(tmp_path, *options, "--strict", "--allow-incomplete").status == 0


def test_no_check_left_is_a_fault_of_usage(tmp_path: Path) -> None:
    """A run that judges nothing must not read as clean."""
    answer = scan(write(tmp_path, {"a.yaml": GOOD}), *SIMPLE, "--skip", "host-*")
    assert (answer.status, answer.out) == (2, "")
    assert "no check is left" in answer.err


def test_a_misspelt_verb_names_the_nearest(tmp_path: Path) -> None:
    answer = bartizan(tmp_path, "scna")
    assert answer.status == 2
    assert "Did you mean 'scan'?" in answer.err


@pytest.mark.parametrize("arguments", [(), ("--help",), ("scan", "--help"), ("scan", "-h"), ("--version",)])
def test_help_is_no_failure(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    answer = bartizan(tmp_path, *arguments)
    assert answer.status == (0 if arguments else 2)
    assert "Usage" in answer.out + answer.err or "bartizan 0" in answer.out


def test_help_tells_the_statuses() -> None:
    assert "0 clean, 1 finding at or above the gate, 2 usage, 3 incomplete" in str(cli.help)


@pytest.mark.parametrize(
    "option", [["--fail-on", "hihg"], ["--as-of", "2026-13-01"], ["--colour"], ["--show", "x"]]
)
def test_a_wrong_option_is_2(tmp_path: Path, option: list[str]) -> None:
    answer = scan(write(tmp_path, {"a.yaml": GOOD}), *option)
    assert (answer.status, answer.out) == (2, "")
    assert "Error:" in answer.err


@pytest.mark.parametrize("version", ["1", "2.30", "1.x", "latest", "1.²", f"1.{'9' * 5000}", "1.30.1.1", ""])
def test_no_kubernetes_version_is_2(tmp_path: Path, version: str) -> None:
    write(tmp_path, {"a.yaml": GOOD, "bartizan.yaml": f"kubernetes-version: '{version}'\n"})
    assert scan(tmp_path).status == 2


def test_a_folder_that_is_gone_is_2(tmp_path: Path) -> None:
    answer = shell(tmp_path, "mkdir gone && cd gone && rmdir ../gone && $BARTIZAN scan .")
    assert answer.status == 2
    assert "working folder is gone" in answer.err
