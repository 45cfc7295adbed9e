"""Where reports go: standard output, files, both; and what happens when those do not take them."""

import shutil
from pathlib import Path

import msgspec
import pytest

from tests.cli.terminal import FORMATS, GOOD, bartizan, scan, shell, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One manifest with a finding at the gate."""
    return write(tmp_path, {"a.yaml": GOOD})


def test_several_formats_at_once(folder: Path) -> None:
    """One on standard output, others in files."""
    (folder / "out").mkdir()
    outputs = ("-o", "table", "-o", "json=out/report.json", "-o", "sarif=r.sarif")
    answer = bartizan(folder, "scan", "a.yaml", *outputs)
    assert answer.status == 1
    assert "host-namespaces" in answer.out
    written = (folder / "out" / "report.json").read_bytes()
    assert msgspec.json.decode(written) == scan(folder, paths=("a.yaml",)).report
    assert (folder / "r.sarif").exists()


@pytest.mark.parametrize("output", FORMATS)
def test_a_file_gets_what_a_pipe_gets(folder: Path, output: str) -> None:
    answer = bartizan(folder, "scan", ".", "-o", f"{output}=report.out")
    assert answer.out == ""
    assert (folder / "report.out").read_bytes().decode() == bartizan(folder, "scan", ".", "-o", output).out


@pytest.mark.parametrize(
    ("outputs", "message"),
    [
        (["table=no/such/x.txt"], "`no/such/x.txt` cannot be written: there is no folder `no/such`"),
        (["json=a.yaml/x.json"], "`a.yaml/x.json` cannot be written: there is no folder `a.yaml`"),
        (["json", "table"], "two formats cannot share standard output"),
        (["json", "json"], "two formats cannot share standard output"),
        (["json=-", "table"], "two formats cannot share standard output"),
        (["json=x", "table=./x"], "two formats cannot share a file"),
        (["json="], "names no file"),
        (["jsn"], "there is no report format `jsn`: choose one of"),
    ],
)
def test_what_cannot_be_written_is_refused_before_the_scan(folder: Path, outputs: list[str], message: str) -> None:
    answer = bartizan(folder, "scan", ".", *(word for output in outputs for word in ("-o", output)))
    assert (answer.status, answer.out) == (2, "")
    assert message in answer.err
    assert sorted(file.name for file in folder.iterdir()) == ["a.yaml"]


def test_a_file_that_cannot_be_written_keeps_no_other_report_back(folder: Path) -> None:
    (folder / "out").mkdir()
    outputs = ("-o", "json=out", "-o", "table", "-o", "json=b.json")
    answer = bartizan(folder, "scan", ".", *outputs)
    assert answer.status == 2
    assert "`out` cannot be written" in answer.err
    assert "host-namespaces" in answer.out
    assert (folder / "b.json").exists()


def test_a_reader_that_leaves_changes_no_verdict(folder: Path) -> None:
    """`| head -0`: who reads has seen enough, the status is still that of the scan, and files are written."""
    pipe = "-o html=big.html 2>err | true; echo ${PIPESTATUS[0]}; cat err"
    assert shell(folder, f"$BARTIZAN scan . -o table {pipe}").out == "1\n"
    assert (folder / "big.html").exists() or "html" not in FORMATS
    assert shell(folder, f"$BARTIZAN scan . --fail-on critical -o json {pipe}").out == "0\n"


@pytest.mark.parametrize("verb", ["checks", "checks -o json", "explain host-namespaces", "completion bash"])
def test_a_reader_that_leaves_is_no_finding(folder: Path, verb: str) -> None:
    assert shell(folder, f"$BARTIZAN {verb} 2>err | true; echo ${{PIPESTATUS[0]}}; cat err").out == "0\n"


@pytest.mark.parametrize("verb", ["scan .", "scan . -o json", "checks", "explain host-namespaces", "--version"])
def test_a_full_disk_is_a_clear_message(folder: Path, verb: str) -> None:
    answer = shell(folder, f"$BARTIZAN {verb} > /dev/full")
    assert answer.status == 2
    assert answer.err == "bartizan: standard output cannot be written (No space left on device)\n"


@pytest.mark.parametrize(
    ("command", "status", "message"),
    [
        ("scan . <&-", 1, ""),
        ("scan - <&-", 2, "standard input is closed"),
        ("scan . >&-", 2, "standard output is closed"),
        ("scan . -o json=x.json >&-", 1, ""),
        ("scan . 2>&-", 1, ""),
        ("scan nowhere 2>&-", 2, ""),
        ("scan - < /dev/zero", 3, ""),
    ],
)
def test_streams_that_are_closed_or_endless(folder: Path, command: str, status: int, message: str) -> None:
    """As under a daemon, or with a wrong redirection."""
    answer = shell(folder, f"$BARTIZAN {command}")
    assert answer.status == status
    assert message in answer.err
    assert "crash" not in answer.err


def test_standard_input_beside_paths(folder: Path) -> None:
    answer = scan(folder, paths=("-", "a.yaml"), stdin=GOOD.replace("good", "piped").encode())
    told = {(item["location"]["file"], item["subject"]["name"]) for item in answer.findings}
    assert told == {("-", "piped"), ("a.yaml", "good")}


def test_standard_input_twice_is_read_once(folder: Path) -> None:
    answer = scan(folder, paths=("-", "-"), stdin=GOOD.encode())
    assert answer.report["coverage"]["objects"] == 1


def test_empty_standard_input_is_nothing_to_scan(folder: Path) -> None:
    assert scan(folder, paths=("-",)).status == 4


def test_a_file_called_like_standard_input(folder: Path) -> None:
    """`./-` is a file, and is told as one."""
    write(folder, {"-": GOOD.replace("good", "dash")})
    answer = scan(folder, paths=("./-",))
    assert {item["location"]["file"] for item in answer.findings} == {"./-"}


def test_no_colour_in_a_pipe_or_where_nobody_wants_it(folder: Path) -> None:
    assert "\x1b" not in shell(folder, "$BARTIZAN scan .").out
    assert "\x1b" in shell(folder, "$BARTIZAN scan .", FORCE_COLOR="1").out


def test_colours_at_a_terminal_unless_nobody_wants_them(folder: Path) -> None:
    """`script` gives the command a terminal."""
    if shutil.which("script") is None:
        pytest.skip("there is no `script` to make a terminal")
    command = 'script --quiet --return --command "$BARTIZAN scan ." /dev/null < /dev/null'
    assert "\x1b[" in shell(folder, command, TERM="xterm").out
    assert "\x1b[" not in shell(folder, command, TERM="xterm", NO_COLOR="1").out


def test_a_name_cannot_write_to_the_terminal(tmp_path: Path) -> None:
    """Escapes, line ends and a file name that is no text: spelled out, in every format."""
    named = GOOD.replace("good", '"a\\nb\\e[31m\\0"').replace("shop", '"s\\r\\n"')
    write(tmp_path, {"a.yaml": named})
    (tmp_path / b"z\xff\x1b[1m\n.yaml".decode("utf-8", "surrogateescape")).write_text(GOOD)
    for output in FORMATS:
        answer = bartizan(tmp_path, "scan", ".", "-o", output)
        assert answer.status == 1
        text = answer.out.replace("\r\n", "\n") if output == "csv" else answer.out
        assert not set(text) & {"\x1b", "\r", "\0"}
