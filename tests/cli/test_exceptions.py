"""Exceptions as code, through the command line: suppressed stays visible, expired comes back, a typo is told."""

import subprocess
from pathlib import Path

import pytest

from tests.cli.terminal import FORMATS, GOOD, Answer, bartizan, scan, write

DAY = ("--as-of", "2026-01-15")
EXCEPTION = """\
apiVersion: bartizan.dev/v1alpha1
kind: Exception
metadata: {name: agents-see-processes}
spec:
  target: {check: host-namespaces}
  subjects: [{kind: Pod, namespace: shop, name: good}]
  owner: platform
  reason: it profiles its neighbours
  until: 2026-01-15
"""
FILE = ".bartizan/exceptions/agents.yaml"


def excepted(folder: Path, text: str, *options: str, pod: str = GOOD) -> Answer:
    """A scan of one Pod under one exception."""
    write(folder, {"deploy/a.yaml": pod, FILE: text, "bartizan.yaml": ""})
    return scan(folder, *DAY, *options, paths=("deploy",))


def suppressed(answer: Answer) -> dict[str, str]:
    """The exception of each suppressed finding, by check."""
    return {item["check"]: item["exception"] for item in answer.report["results"] if "exception" in item}


def findings(answer: Answer) -> set[str]:
    """The checks of the findings that count."""
    return {item["check"] for item in answer.findings}


def test_a_suppressed_finding_fails_no_run_and_stays_visible(tmp_path: Path) -> None:
    answer = excepted(tmp_path, EXCEPTION)
    assert answer.status == 0
    assert suppressed(answer) == {"host-namespaces": "agents-see-processes"}
    assert "host-namespaces" not in findings(answer)
    assert answer.report["summary"]["suppressed"] == 1


@pytest.mark.parametrize("output", FORMATS)
def test_every_format_tells_that_something_is_suppressed(tmp_path: Path, output: str) -> None:
    write(tmp_path, {"deploy/a.yaml": GOOD, FILE: EXCEPTION, "bartizan.yaml": ""})
    answer = bartizan(tmp_path, "scan", "deploy", *DAY, "-o", output, "--show", "suppressed")
    assert answer.status == 0
    assert "agents-see-processes" in answer.out or "suppressed 1" in answer.out


def test_it_holds_through_its_last_day(tmp_path: Path) -> None:
    """Expired, its findings are back, and somebody is told that the debt is due."""
    assert excepted(tmp_path, EXCEPTION, "--as-of", "2026-01-15").status == 0
    answer = excepted(tmp_path, EXCEPTION, "--as-of", "2026-01-16")
    assert answer.status == 1
    assert suppressed(answer) == {}
    assert {"host-namespaces", "expired-exception"} <= findings(answer)


def test_one_that_fits_nothing_is_told(tmp_path: Path) -> None:
    answer = excepted(tmp_path, EXCEPTION.replace("name: good", "name: gone"))
    assert answer.status == 1
    assert "unused-exception" in findings(answer)


def test_one_whose_check_did_not_run_is_left_alone(tmp_path: Path) -> None:
    assert "unused-exception" not in findings(excepted(tmp_path, EXCEPTION, "--check", "root-user"))


@pytest.mark.parametrize("subjects", ["[]", "[{kind: Pod}]", "[{name: '*', namespace: '*'}]"])
def test_one_for_everything_is_told_and_holds(tmp_path: Path, subjects: str) -> None:
    """Too broad is a finding of its own, below the gate."""
    broad = EXCEPTION.replace("[{kind: Pod, namespace: shop, name: good}]", subjects)
    answer = excepted(tmp_path, broad)
    assert answer.status == 0
    assert "broad-exception" in findings(answer)
    assert "host-namespaces" in suppressed(answer)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("check: host-namespaces", "check: host-namespace", "did you mean `host-namespaces`?"),
        ("{check: host-namespaces}", "{check: host-namespaces, control: '5.2.1'}", "exactly one of"),
        ("{check: host-namespaces}", "{}", "exactly one of"),
        ("owner: platform", "owner: ' '", "owner must not be empty"),
        ("owner: platform", "team: platform", "team"),
        ("until: 2026-01-15", "until: next year", "date"),
        ("until: 2026-01-15", "", "until"),
        ("kind: Exception", "kind: Excuse", "kind: Exception"),
        ("metadata: {name: agents-see-processes}", "metadata: {}", "name"),
        ("spec:", "spec: [", ""),
    ],
)
def test_one_that_cannot_be_read_suppresses_nothing(tmp_path: Path, old: str, new: str, message: str) -> None:
    """It is an unknown with its place, and what it would have hidden is shown."""
    assert old in EXCEPTION
    answer = excepted(tmp_path, EXCEPTION.replace(old, new))
    assert answer.unknowns == [(FILE, "unreadable-exception")]
    assert message in answer.report["unknowns"][0]["message"]
    assert (answer.status, suppressed(answer)) == (1, {})
    assert excepted(tmp_path, EXCEPTION.replace(old, new), "--fail-on", "critical").status == 3


@pytest.mark.parametrize(
    ("allow", "holds"),
    [
        ("{path: spec.hostPID}", True),
        ("{path: 'spec.*'}", True),
        ("{path: spec.hostIPC}", False),
        ("{path: spec.host}", False),
        ("{value: true}", True),
        ("{value: 1}", False),
        ("{value: 'true'}", False),
        ("{value: null}", False),
        ("{path: spec.hostPID, value: true}", True),
        ("{path: spec.hostPID, value: false}", False),
        ("{image: 'registry.example/app:1'}", False),
    ],
)
def test_it_allows_one_field_or_one_value(tmp_path: Path, allow: str, holds: bool) -> None:
    answer = excepted(tmp_path, f"{EXCEPTION}  allow: {allow}\n")
    assert ("host-namespaces" in suppressed(answer)) is holds


@pytest.mark.parametrize(
    ("subject", "holds"),
    [
        ("{name: go*}", True),
        ("{name: g?od}", False),
        ("{name: good.}", False),
        ("{name: '[g]ood'}", False),
        ("{name: good, kind: Deployment}", False),
        ("{name: good, namespace: shopping}", False),
        ("{name: good, apiVersion: v1}", True),
        ("{name: good, container: app}", False),
    ],
)
def test_a_star_stands_for_anything_and_nothing_else_does(tmp_path: Path, subject: str, holds: bool) -> None:
    answer = excepted(tmp_path, EXCEPTION.replace("{kind: Pod, namespace: shop, name: good}", subject))
    assert ("host-namespaces" in suppressed(answer)) is holds


def test_a_second_object_of_the_kind_is_not_covered(tmp_path: Path) -> None:
    write(tmp_path, {"deploy/b.yaml": GOOD.replace("good", "other")})
    answer = excepted(tmp_path, EXCEPTION)
    assert answer.status == 1
    told = {item["subject"]["name"] for item in answer.findings if item["check"] == "host-namespaces"}
    assert told == {"other"}


def test_exceptions_come_from_where_the_configuration_says(tmp_path: Path) -> None:
    write(tmp_path, {"bartizan.yaml": "exceptions: [accepted]\n", "accepted/x.yaml": EXCEPTION, "a.yaml": GOOD})
    answer = scan(tmp_path, *DAY, paths=("a.yaml",))
    assert suppressed(answer) == {"host-namespaces": "agents-see-processes"}


@pytest.mark.parametrize("configuration", ["exceptions: [accepted]\n", ""])
def test_a_folder_of_exceptions_that_is_none_is_a_fault_of_usage(tmp_path: Path, configuration: str) -> None:
    write(tmp_path, {"bartizan.yaml": configuration, ".bartizan/exceptions": "", "a.yaml": GOOD})
    answer = scan(tmp_path)
    assert answer.status == 2
    assert "which is no folder" in answer.err


def test_without_configuration_there_are_still_exceptions(tmp_path: Path) -> None:
    """`--config none` turns the file off; the exceptions of the repository hold, wherever one stands in it."""
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    write(tmp_path, {"bartizan.yaml": "fail-on: low\n", "deploy/a.yaml": GOOD, FILE: EXCEPTION})
    for cwd, path in (
        (tmp_path, "deploy"),
        (tmp_path / "deploy", "."),
        (tmp_path.parent, str(tmp_path / "deploy")),
    ):
        answer = scan(cwd, *DAY, "--config", "none", paths=(path,))
        assert answer.report["header"]["failOn"] == "high"
        assert "host-namespaces" in suppressed(answer)


def test_outside_of_a_repository_the_exceptions_stand_in_the_scanned_folder(tmp_path: Path) -> None:
    """Whatever folder the run is started from; places that have different ones leave it to the working folder."""
    write(tmp_path, {"x/deploy/a.yaml": GOOD, f"x/deploy/{FILE}": EXCEPTION, "x/other/b.yaml": "", "y/z": ""})
    places = [
        ("x", ("deploy",)),
        ("x/deploy", (".",)),
        ("x/deploy", ("a.yaml",)),
        ("x/deploy", (".", "../other")),
        ("y", ("../x/deploy/a.yaml", "../x/deploy")),
    ]
    for cwd, paths in places:
        assert "host-namespaces" in suppressed(scan(tmp_path / cwd, *DAY, paths=paths)), (cwd, paths)
    assert suppressed(scan(tmp_path / "x", *DAY, paths=("deploy", "other"))) == {}
