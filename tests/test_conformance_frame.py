"""The conformance frame on made-up suites: who does not do the work cannot pass.

Each suite here asks for the value of a case; its runner looks the value up in a table, unless the test says
otherwise.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conformance import answers, suites
from tests.conformance.__main__ import main
from tests.conformance.equality import equal
from tests.conformance.process import ROOT
from tests.conformance.pss import judge as pss_judge
from tests.conformance.run import Settings, run
from tests.conformance.scalars import cases as scalars_cases
from tests.conformance.standing import Standing
from tests.conformance.table import remarks, table
from tests.conformance.waivers import PERCENT_OF

CASES = """
import json

def read(folder):
    for file in sorted(folder.glob("*.jsonl")):
        yield from map(json.loads, file.read_text().splitlines())
"""
JUDGE = """
from . import cases as files

def cases(folder):
    for case in files.read(folder):
        yield case["name"], case["value"]
"""
RUNNER = """
from . import cases

def answers(folder):
    for case in cases.read(folder):
        yield {"case": case["name"], "answer": case.get("said", case["value"])}
"""
THREE = {"a": 1, "b": 2, "c": 3}

Suite = Callable[..., Standing]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Empty folders for one run."""
    (tmp_path / "code").mkdir()
    (tmp_path / "data").mkdir()
    return Settings(tmp_path / "code", tmp_path / "data", tmp_path / "out" / "report.json", seconds=60)


@pytest.fixture
def suite(settings: Settings) -> Suite:
    """Makes a suite called `toy-suite` and runs it."""

    def made(
        values: dict[str, Any] = THREE,
        *,
        said: dict[str, Any] | None = None,
        runner: str = RUNNER,
        judge: str = JUDGE,
        waivers: str = "",
    ) -> Standing:
        write_code(settings.suites / "toy_suite", runner, judge, waivers)
        write_cases(settings.cases / "toy-suite", values, said or {})
        (standing,) = run(["toy-suite"], settings)
        return standing

    return made


def write_code(folder: Path, runner: str = RUNNER, judge: str = JUDGE, waivers: str = "") -> None:
    folder.mkdir()
    (folder / "cases.py").write_text(CASES)
    (folder / "runner.py").write_text(runner)
    (folder / "judge.py").write_text(judge)
    if waivers:
        (folder / "waivers.toml").write_text(waivers)


def write_cases(folder: Path, values: dict[str, Any], said: dict[str, Any]) -> None:
    folder.mkdir()
    rows = ({"name": name, "value": value} for name, value in values.items())
    lines = [json.dumps(row | ({"said": said[row["name"]]} if row["name"] in said else {})) for row in rows]
    (folder / "cases.jsonl").write_text("".join(f"{line}\n" for line in lines))


def waiver(cases: str) -> str:
    return f'[[waiver]]\ncases = "{cases}"\nreason = "we differ"\nreference = "the specification, section 1"\n'


def report(settings: Settings) -> Any:
    return json.loads(settings.report.read_text())


def test_right_answers_meet_the_suite(suite: Suite, settings: Settings) -> None:
    assert suite().word == "met"
    entry = {"cases": 3, "passed": 3, "waived": 0, "failed": [], "skipped": {}}
    assert report(settings) == {"toy-suite": entry}


def test_a_wrong_answer_fails_its_case(suite: Suite, settings: Settings) -> None:
    standing = suite(said={"b": 3})
    assert standing.word == "not met"
    assert standing.failed == {"b": "expected 2, got 3"}
    entry = {"cases": 3, "passed": 2, "waived": 0, "failed": ["b"], "skipped": {}}
    assert report(settings) == {"toy-suite": entry}


def test_a_runner_that_answers_nothing_fails_every_case(suite: Suite) -> None:
    standing = suite(runner="def answers(folder):\n    return []\n")
    assert standing.failed == dict.fromkeys("abc", "no answer")


def test_what_was_not_answered_cannot_be_waived(suite: Suite) -> None:
    standing = suite(runner="def answers(folder):\n    return []\n", waivers=waiver("*"))
    assert (standing.waived, len(standing.failed)) == (0, 3)


def test_a_crash_keeps_the_answers_before_it_and_fails_the_rest(suite: Suite, settings: Settings) -> None:
    standing = suite(
        runner=RUNNER + "        if case['name'] == 'b':\n            raise OSError('disk on fire')\n"
    )
    assert standing.failed == {"c": "no answer"}
    assert any("disk on fire" in fault for fault in standing.faults)
    assert report(settings)["toy-suite"]["failed"] == ["c"]


def test_a_runner_that_leaves_early_without_a_word_fails_the_rest(suite: Suite) -> None:
    standing = suite(runner=RUNNER + "        import os\n        os._exit(0)\n")
    assert standing.failed == {"b": "no answer", "c": "no answer"}


def test_a_crash_after_the_last_answer_stands_in_the_report(suite: Suite, settings: Settings) -> None:
    standing = suite(runner=RUNNER + "    raise OSError('disk on fire')\n")
    assert standing.word == "not met"
    (failed,) = report(settings)["toy-suite"]["failed"]
    assert failed.startswith("(runner: exit status 1:")


def test_a_runner_that_does_not_end_is_stopped(settings: Settings) -> None:
    write_code(settings.suites / "toy", "import time\n\ndef answers(folder):\n    time.sleep(600)\n")
    write_cases(settings.cases / "toy", THREE, {})
    slow = Settings(settings.suites, settings.cases, settings.report, seconds=3)
    (standing,) = run(["toy"], slow)
    assert "runner: stopped after 3 seconds" in standing.faults
    assert len(standing.failed) == 3


def test_two_answers_to_a_case_fail_it_even_if_both_are_right(suite: Suite) -> None:
    twice = RUNNER + "        if case['name'] == 'b':\n            yield {'case': 'b', 'answer': 2}\n"
    assert suite(runner=twice).failed == {"b": "answered 2 times"}


def test_an_answer_to_an_unknown_case_fails_the_run(suite: Suite, settings: Settings) -> None:
    standing = suite(runner=RUNNER + "    yield {'case': 'z', 'answer': 1}\n")
    assert (standing.passed, standing.word) == (3, "not met")
    assert report(settings)["toy-suite"]["failed"] == ["(answered `z`, which is no case)"]


def test_a_skip_that_the_judge_does_not_declare_fails(suite: Suite) -> None:
    lazy = "def answers(folder):\n    for name in 'abc':\n        yield {'case': name, 'skipped': 'no time'}\n"
    standing = suite(runner=lazy, waivers=waiver("*"))
    assert standing.failed == dict.fromkeys("abc", "may not be skipped: no time")


def test_a_declared_skip_is_counted_apart_and_only_where_it_is_declared(suite: Suite, settings: Settings) -> None:
    judge = JUDGE + "\ndef skips(expected):\n    return {'no data'} if expected == 2 else ()\n"
    lazy = "def answers(folder):\n    for name in 'abc':\n        yield {'case': name, 'skipped': 'no data'}\n"
    standing = suite(runner=lazy, judge=judge)
    assert sorted(standing.failed) == ["a", "c"]
    assert report(settings)["toy-suite"]["skipped"] == {"no data": 1}
    assert report(settings)["toy-suite"]["cases"] == 2
    assert "  skipped 1: no data" in remarks(standing)


def test_a_suite_of_skips_does_not_read_as_passed(suite: Suite) -> None:
    judge = JUDGE + "\ndef skips(expected):\n    return {'no data'}\n"
    lazy = "def answers(folder):\n    for name in 'abc':\n        yield {'case': name, 'skipped': 'no data'}\n"
    standing = suite(runner=lazy, judge=judge)
    assert standing.word == "skipped"
    assert table([standing], []).splitlines()[1].split() == ["toy-suite", "0", "0", "0", "0", "3", "skipped"]


def test_an_error_for_one_case_fails_that_case_only(suite: Suite) -> None:
    tried = "def answers(folder):\n" + "".join(
        f"    yield {{'case': '{name}', {said}}}\n"
        for name, said in (("a", "'answer': 1"), ("b", "'error': 'too hard'"), ("c", "'answer': 3"))
    )
    assert suite(runner=tried).failed == {"b": "error: too hard"}


def test_a_judge_that_crashes_fails_the_suite_with_the_reason(suite: Suite, settings: Settings) -> None:
    standing = suite(judge="def cases(folder):\n    raise OSError('cannot read')\n")
    assert standing.word == "not met"
    entry = report(settings)["toy-suite"]
    assert (entry["cases"], entry["passed"]) == (1, 0)
    assert "cannot read" in entry["failed"][0]


def test_a_judge_that_loads_bartizan_is_refused(suite: Suite) -> None:
    standing = suite(judge=JUDGE + "\nimport bartizan\n")
    assert standing.passed == 0
    assert "imports nothing of bartizan" in " ".join(standing.failed)


def test_a_judge_that_finds_no_case_fails_the_suite(suite: Suite) -> None:
    assert list(suite({}).failed) == ["(the suite holds no case)"]


def test_a_judge_that_calls_two_cases_alike_fails_the_suite(suite: Suite) -> None:
    standing = suite(judge=JUDGE.replace('case["name"]', "'same'"))
    assert "the judge calls two cases `same`" in " ".join(standing.failed)


def test_an_answer_that_the_judge_cannot_read_fails_its_case(suite: Suite) -> None:
    judge = JUDGE + "\ndef objection(expected, answer):\n    return '' if answer['value'] == expected else 'no'\n"
    standing = suite({"a": 1}, judge=judge)
    assert standing.failed["a"].startswith("unreadable answer: TypeError")


def test_without_a_judge_the_suite_is_not_met(settings: Settings) -> None:
    (settings.suites / "other").mkdir()
    (settings.suites / "other" / "runner.py").write_text(RUNNER)
    write_cases(settings.cases / "other", THREE, {})
    assert suites.with_code(settings.suites) == ["other"]
    (standing,) = run(["other"], settings)
    assert standing.word == "not met"


def test_a_waiver_covers_a_failing_case(suite: Suite, settings: Settings) -> None:
    values = {f"case-{number}": number for number in range(40)}
    standing = suite(values, said={"case-7": "?"}, waivers=waiver("case-7"))
    assert standing.word == "met"
    entry = {"cases": 40, "passed": 39, "waived": 1, "failed": [], "skipped": {}}
    assert report(settings) == {"toy-suite": entry}
    assert "  waived  1 by `case-7`: we differ (the specification, section 1)" in remarks(standing)


def test_a_waiver_of_cases_that_pass_is_stale_and_fails_the_run(suite: Suite) -> None:
    standing = suite(waivers=waiver("[ab]"))
    assert (standing.passed, standing.word) == (3, "not met")
    assert standing.faults == ("the waiver `[ab]` is stale: none of its 2 cases fails",)


def test_a_waiver_of_some_failing_cases_is_not_stale(suite: Suite) -> None:
    values = {f"case-{number}": number for number in range(40)}
    assert suite(values, said={"case-7": "?"}, waivers=waiver("case-*")).word == "met"


def test_a_waiver_that_matches_no_present_case_is_ignored(suite: Suite) -> None:
    assert suite(waivers=waiver("elsewhere-*")).word == "met"


@pytest.mark.parametrize(("waived", "word"), [(3, "met"), (4, "not met")])
def test_more_than_three_percent_waived_is_not_met(suite: Suite, waived: int, word: str) -> None:
    values = {f"case-{number}": number for number in range(100)}
    said = {f"case-{number}": "?" for number in range(waived)}
    standing = suite(values, said=said, waivers=waiver("case-*"))
    assert (standing.waived, standing.failed, standing.word) == (waived, {}, word)


@pytest.mark.parametrize(("waived", "word"), [(10, "met"), (11, "not met")])
def test_a_suite_of_opinions_may_waive_ten_percent(
    settings: Settings, waived: int, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As regolibrary may; a suite of that name has code of its own."""
    monkeypatch.setitem(PERCENT_OF, "opinions", PERCENT_OF["regolibrary"])
    write_code(settings.suites / "opinions", waivers=waiver("case-*"))
    values = {f"case-{number}": number for number in range(100)}
    said = {f"case-{number}": "?" for number in range(waived)}
    write_cases(settings.cases / "opinions", values, said)
    (standing,) = run(["opinions"], settings)
    assert standing.word == word


@pytest.mark.parametrize(
    "text",
    [
        waiver("b") + 'until = "never"\n',
        '[[waiver]]\ncases = "b"\nreason = "we differ"\n',
        waiver("b").replace("we differ", " "),
        waiver("b").replace("[[waiver]]", "[[waive]]"),
        "not = toml = at all",
    ],
)
def test_a_waiver_file_of_another_form_waives_nothing_and_fails_the_run(suite: Suite, text: str) -> None:
    standing = suite(said={"b": 3}, waivers=text)
    assert (standing.waived, list(standing.failed), standing.word) == (0, ["b"], "not met")
    assert standing.faults[0].startswith("waivers.toml: ")


def test_an_absent_suite_is_skipped_with_its_reason(settings: Settings) -> None:
    write_code(settings.suites / "toy")
    (standing,) = run(["toy"], settings)
    assert standing.word == "skipped"
    skipped = {"absent from the folder of cases": 1}
    assert report(settings)["toy"] == {"cases": 0, "passed": 0, "waived": 0, "failed": [], "skipped": skipped}


def test_another_folder_of_cases_works_unchanged(suite: Suite, settings: Settings, tmp_path: Path) -> None:
    suite(said={"b": 3}, waivers=waiver("c"))
    write_cases(tmp_path / "toy-suite", {"x": [1], "y": None}, {})
    other = Settings(settings.suites, tmp_path, settings.report, seconds=60)
    (standing,) = run(["toy-suite"], other)
    assert (standing.passed, standing.word) == (2, "met")


def test_answers_of_an_earlier_run_do_not_count(suite: Suite, settings: Settings) -> None:
    suite()
    (settings.suites / "toy_suite" / "runner.py").write_text("raise OSError('broken')\n")
    (standing,) = run(["toy-suite"], settings)
    assert len(standing.failed) == 3


def test_a_run_that_is_broken_off_leaves_a_report_that_says_so(settings: Settings) -> None:
    for name in ("one", "two"):
        write_code(settings.suites / name)
        write_cases(settings.cases / name, THREE, {})
    unfinished = run(["one", "two"], settings)
    next(unfinished)
    assert report(settings)["one"]["passed"] == 3
    assert report(settings)["two"]["failed"] == ["(unfinished)"]


def test_lines_that_are_no_answers_fail_the_run(tmp_path: Path) -> None:
    lines = [
        '{"case": "a", "answer": 1}',
        '{"case": "b", "ans',
        '{"case": "c"}',
        '["d"]',
        '{"case": "e", "skipped": 1}',
    ]
    file = tmp_path / "answers.jsonl"
    file.write_text("\n".join(lines))
    found = answers.read(file)
    assert list(found.rows) == ["a"]
    assert len(found.faults) == 4


@pytest.mark.parametrize("value", [{1: "x"}, {True: "x"}, [{None: 1}], (1, 2), float("nan"), b"x", {"x": {1}}])
def test_an_answer_that_json_would_change_is_an_error(value: Any) -> None:
    row = json.loads(answers.encoded({"case": "a", "answer": value}))
    assert row["error"].startswith("the answer is no JSON: ")


@pytest.mark.parametrize(
    ("expected", "answer"),
    [
        ("1000", "1000.0"),
        ("1e+21", "1000000000000000000000"),
        ("0", "-0.0"),
        ("9223372036854775807", "9223372036854775807"),
        ("9223372036854776000", "9.223372036854775808e18"),
        ("100000000000000000000", "1e20"),
        ("0.001", "1e-3"),
        ('{"a": [1, null]}', '{"a": [1.0, null]}'),
    ],
)
def test_numbers_that_print_alike_are_equal(expected: str, answer: str) -> None:
    assert equal(json.loads(expected), json.loads(answer))


@pytest.mark.parametrize(
    ("expected", "answer"),
    [
        ("true", "1"),
        ("1", "true"),
        ("0", "false"),
        ("1", '"1"'),
        ("null", "0"),
        ('""', "null"),
        ("9007199254740993", "9007199254740992"),
        ("9007199254740993", "9007199254740992.0"),
        ("9223372036854775807", "9.223372036854775808e18"),
        ("9223372036854776000", "9223372036854775808"),
        ("[1]", "[1, 1]"),
        ("[true]", "[1]"),
        ('{"a": 1}', '{"a": 1, "b": 2}'),
        ("[]", "{}"),
    ],
)
def test_other_values_are_not(expected: str, answer: str) -> None:
    assert not equal(json.loads(expected), json.loads(answer))
    assert not equal(json.loads(answer), json.loads(expected))


@pytest.fixture
def command(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """The command line on the made-up folders."""
    monkeypatch.setenv("BARTIZAN_CONFORMANCE", str(settings.cases))
    monkeypatch.setenv("CONFORMANCE_REPORT", str(settings.report))
    return lambda *names: main([*names, "--suites", str(settings.suites)])


def test_the_command_prints_every_suite_and_fails_for_one_that_is_not_met(
    command: Callable[..., int], settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("good", "bad", "gone"):
        write_code(settings.suites / name)
    write_cases(settings.cases / "good", THREE, {})
    write_cases(settings.cases / "bad", THREE, {"a": 9})
    write_cases(settings.cases / "new", THREE, {})
    (settings.cases / "npguard-inputs").mkdir()
    assert command() == 1
    printed = capsys.readouterr().out
    rows = [line.split() for line in printed.partition("\n\n")[0].splitlines()]
    assert rows == [
        ["suite", "cases", "passed", "waived", "failed", "skipped"],
        ["bad", "3", "2", "0", "1", "0", "not", "met"],
        ["gone", "0", "0", "0", "0", "1", "skipped"],
        ["good", "3", "3", "0", "0", "0", "met"],
        ["new", "-", "-", "-", "-", "-", "no", "runner", "yet"],
    ]
    assert "  failed  a: expected 1, got 9" in printed
    assert sorted(report(settings)) == ["bad", "gone", "good"]


def test_the_command_runs_only_what_it_names(command: Callable[..., int], settings: Settings) -> None:
    for name in ("good", "bad"):
        write_code(settings.suites / name)
    write_cases(settings.cases / "good", THREE, {})
    write_cases(settings.cases / "bad", THREE, {"a": 9})
    assert command("good") == 0
    assert list(report(settings)) == ["good"]


def test_a_name_that_nothing_runs_is_a_usage_error_and_clears_the_report(
    command: Callable[..., int], settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    write_code(settings.suites / "good")
    with pytest.raises(SystemExit) as ended:
        command("god")
    assert ended.value.code == 2
    assert "choose among good" in capsys.readouterr().err
    assert report(settings) == {}


def test_without_a_folder_of_cases_everything_is_skipped(
    command: Callable[..., int], settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    write_code(settings.suites / "good")
    settings.cases.rmdir()
    assert command() == 0
    assert "skipped 1: absent from the folder of cases" in capsys.readouterr().out


def test_every_suite_of_the_project_has_a_runner_and_a_judge() -> None:
    own = ROOT / "tests" / "conformance"
    for name in suites.with_code(own):
        folder = own / suites.module_name(name)
        assert (folder / "runner.py").is_file(), folder
        assert (folder / "judge.py").is_file(), folder


def test_the_frame_itself_loads_nothing_of_bartizan() -> None:
    code = "import sys, tests.conformance.__main__, tests.conformance.child; sys.exit('bartizan' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_scalars_are_named_by_their_text_and_expect_the_value_of_spec(tmp_path: Path) -> None:
    scalars = [
        {"scalar": "yes", "json": True},
        {"scalar": "yes", "json": True},
        {"scalar": "x\n  w: 1", "spec": {"v": "x", "w": 1}},
        {"scalar": ".inf", "error": True},
    ]
    (tmp_path / "scalars.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in scalars))
    (tmp_path / "structures.jsonl").write_text(json.dumps({"spec_yaml": "  a: 1\n", "json": {"a": 1}}))
    cases = list(scalars_cases.read(tmp_path))
    assert {case.name: case.expected for case in cases} == {
        'scalars "yes"': {"spec": {"v": True}},
        'scalars "yes"#2': {"spec": {"v": True}},
        'scalars "x\\n  w: 1"': {"spec": {"v": "x", "w": 1}},
        'scalars ".inf"': {"error": True},
        'structures "  a: 1\\n"': {"spec": {"a": 1}},
    }
    assert cases[0].text.endswith("spec:\n  v: yes\n")
    assert cases[-1].text.endswith("spec:\n  a: 1\n")


@pytest.mark.parametrize(
    ("level", "check", "verdict", "controls", "right"),
    [
        ("baseline", "hostPorts", "fail", ["hostPorts"], True),
        ("baseline", "hostPorts", "fail", ["hostPorts", "privileged"], True),
        ("baseline", "hostPorts", "fail", ["privileged"], False),
        ("baseline", "hostPorts", "fail", [], False),
        ("baseline", "hostPorts", "pass", [], False),
        ("baseline", "hostPorts", "error", ["hostPorts"], False),
        ("restricted", "hostPathVolumes", "fail", ["restrictedVolumes"], True),
        ("baseline", "hostPathVolumes", "fail", ["restrictedVolumes"], False),
        ("restricted", "restrictedVolumes", "fail", ["hostPathVolumes"], False),
    ],
)
def test_a_bad_pod_is_refused_by_its_control_or_the_one_that_replaces_it(
    level: str, check: str, verdict: str, controls: list[str], *, right: bool
) -> None:
    case = {"level": level, "check": check, "expect": "fail"}
    assert (pss_judge.objection(case, {"verdict": verdict, "controls": controls}) == "") is right


@pytest.mark.parametrize(
    ("verdict", "controls", "right"),
    [
        ("pass", [], True),
        ("pass", ["hostPorts"], False),
        ("fail", ["hostPorts"], False),
        ("error", [], False),
    ],
)
def test_a_good_pod_passes_without_an_objection(verdict: str, controls: list[str], *, right: bool) -> None:
    case = {"level": "restricted", "check": "base", "expect": "pass"}
    assert (pss_judge.objection(case, {"verdict": verdict, "controls": controls}) == "") is right
