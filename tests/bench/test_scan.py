"""The pure parts of the scan benchmark, and the measuring of a child."""

import itertools
import shutil
import sys
import tarfile
from pathlib import Path

import pytest

from bench import measure, samples, scan
from bench.samples import Sample, SampleMissingError, corpus_sample, without_refused
from bench.scanners import BARTIZAN, SCANNERS, Found, Scanner, locate
from tools.lab.cache import Cache


def run_of(seconds: float, **changes: object) -> measure.Run:
    """A run that went through in so many seconds."""
    values: dict[str, object] = {
        "seconds": seconds,
        "cpu_seconds": seconds / 2,
        "peak_bytes": 50_000_000,
        "status": 0,
        "timed_out": False,
        "stderr": "",
    }
    return measure.Run(**(values | changes))  # type: ignore[arg-type] # names from a table


def row(case: str, program: str, median: float | None, **changes: object) -> scan.Row:
    """A measured row with only the median filled in, or a failed one."""
    return scan.Row(case, program, median=median, **changes)  # type: ignore[arg-type] # names from a table


def test_a_summary_has_the_best_and_the_median_time_and_the_largest_peak() -> None:
    runs = [run_of(3), run_of(1, peak_bytes=90_000_000), run_of(2)]
    made = scan.summary(scan.THOUSAND, BARTIZAN, runs)
    assert (made.runs, made.best, made.median, made.cpu, made.peak) == (3, 1, 2, 1.0, 90.0)


@pytest.mark.parametrize(("seconds", "expected"), [(0.9, True), (1.0, True), (1.1, False)])
def test_a_bar_is_met_by_the_median(seconds: float, expected: bool) -> None:
    assert expected is scan.summary(scan.THOUSAND, BARTIZAN, [run_of(seconds)]).met


def test_only_bartizan_has_bars() -> None:
    assert scan.summary(scan.THOUSAND, "trivy", [run_of(1)]).met is None


def test_a_case_without_a_figure_meets_nothing() -> None:
    """A failed run must not read as a bar that was met."""
    assert row(scan.THOUSAND, BARTIZAN, None, bar=1.0).met is None


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        (run_of(1), ""),
        (run_of(1, status=3), ""),
        (run_of(1, status=2, stderr="warning\nno such flag\n\n"), "ended with status 2: no such flag"),
        (run_of(1, status=70), "ended with status 70: no message"),
        (run_of(9, status=-9, timed_out=True), "timed out after 8 s"),
    ],
)
def test_a_run_that_did_not_go_through_says_why(run: measure.Run, expected: str) -> None:
    assert expected == scan.failure(run, frozenset({0, 1, 3}), 8)


def test_ratios_are_to_bartizan_in_the_same_case() -> None:
    rows = [
        row("a", BARTIZAN, 2.0),
        row("a", "peer", 5.0),
        row("a", "absent", None),
        row("b", "peer", 5.0),
    ]
    assert [made.ratio for made in scan.with_ratios(rows)] == [1.0, 2.5, None, None]


def test_growth_compares_the_two_sizes() -> None:
    small = scan.Row(scan.THOUSAND, BARTIZAN, best=1, median=2, cpu=1, peak=50)
    large = scan.Row(scan.TEN_THOUSAND, BARTIZAN, best=8, median=30, cpu=9, peak=100)
    (made,) = scan.growth([small, large])
    assert (made.best, made.median, made.cpu, made.peak, made.met) == (8.0, 15.0, 9.0, 2.0, False)


def test_growth_of_a_program_without_both_figures_says_so() -> None:
    (made,) = scan.growth([row(scan.THOUSAND, "peer", 1.0), row(scan.TEN_THOUSAND, "peer", None)])
    assert (made.median, made.note) == (None, "not measured at both sizes")


def test_every_subset_of_bad_files_is_found() -> None:
    """Whichever files are bad, exactly the others are kept, in their order."""
    files = tuple(Path(name) for name in "abcde")
    for size in range(len(files) + 1):
        for bad in itertools.combinations(files, size):
            kept = scan.accepted(files, lambda part, bad=bad: not set(part) & set(bad))
            assert tuple(file for file in files if file not in bad) == kept


def test_a_clean_sample_is_asked_about_once() -> None:
    asked: list[int] = []

    def accepts(part: tuple[Path, ...]) -> bool:
        asked.append(len(part))
        return True

    scan.accepted(tuple(Path(str(number)) for number in range(100)), accepts)
    assert asked == [100]


def test_the_table_shows_figures_bars_and_reasons() -> None:
    rows = [
        scan.Row(scan.ONE_FILE, BARTIZAN, 5, 0.05, 0.055, 0.05, 24.3, 17, 1.0, 0.06),
        scan.Row(scan.VERSION, "polaris", note="not on PATH"),
        scan.Row(scan.GROWTH, BARTIZAN, best=8.2, median=8.5, cpu=9, peak=2.5, bar=10.0),
    ]
    heading, ours, absent, grown = scan.table(rows).splitlines()
    assert all(word in heading for word in scan.HEADINGS)
    assert [text for text in ("0.055 s", "24.3 MB", "17", "yes") if text in ours] == [
        "0.055 s",
        "24.3 MB",
        "17",
        "yes",
    ]
    assert absent.endswith("not on PATH")
    assert [text for text in ("8.50 x", "10.0 x", "yes") if text in grown] == ["8.50 x", "10.0 x", "yes"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, "-"), (0.0123, "0.012 s"), (1.234, "1.23 s"), (12.34, "12.3 s"), (123.4, "123 s")],
)
def test_figures_have_three_digits(value: float | None, expected: str) -> None:
    assert expected == scan._figure(value, " s")


@pytest.mark.parametrize("scanner", SCANNERS, ids=lambda scanner: scanner.name)
def test_command_lines_are_lists_that_name_the_sample(scanner: Scanner, tmp_path: Path) -> None:
    """A list of words, each on its own: a path with a space or a quote stays one word."""
    folder = tmp_path / "a 'b"
    argv = scanner.scan("/bin/it", Sample(folder, (folder / "one.yaml",)), tmp_path)
    assert argv[0] == "/bin/it"
    assert any(word in {str(folder), str(folder / "one.yaml")} for word in argv)


def test_peers_that_are_not_there_say_how_to_get_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert locate("trivy", Cache(tmp_path)).reason == "not built; run `python -m tools.lab peers trivy`"
    assert locate("polaris", Cache(tmp_path)).reason == "not on PATH"


def bench_in(folder: Path, repeat: int = 2) -> scan.Bench:
    """A sitting that writes below this folder."""
    return scan.Bench(repeat, 30, folder)


def test_an_absent_program_is_a_row_with_the_reason(tmp_path: Path) -> None:
    made = bench_in(tmp_path).row(scan.VERSION, SCANNERS[1], Found(reason="not built"), None)
    assert (made.note, made.runs, made.median) == ("not built", 0, None)


def test_a_short_command_is_warmed_up_and_repeated(tmp_path: Path) -> None:
    made = bench_in(tmp_path).row(scan.VERSION, SCANNERS[1], Found(executable=shutil.which("true") or ""), None)
    assert (made.runs, made.note) == (2, "")


def test_a_long_command_runs_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "LONG", 0.0)
    made = bench_in(tmp_path, 50).row(scan.VERSION, SCANNERS[1], Found(shutil.which("true") or ""), None)
    assert made.runs == 1


def test_a_command_that_cannot_be_started_is_a_row(tmp_path: Path) -> None:
    made = bench_in(tmp_path).row(scan.VERSION, SCANNERS[1], Found(executable=str(tmp_path / "gone")), None)
    assert made.note == "ended with status 127: could not be started: No such file or directory"


def toy_scanner(code: str, refusal: str = "") -> Scanner:
    """A scanner that is this Python code: the files are its arguments, standard output is its report."""
    return Scanner(
        "toy",
        lambda executable, sample, _: [executable, "-c", code, *map(str, sample.files)],
        lambda output: int((output / "stdout").read_text()),
        ("--version",),
        frozenset({0, 1}),
        refusal=refusal,
    )


def toy_sample(folder: Path, **texts: str) -> Sample:
    """A folder of files with these texts."""
    folder.mkdir()
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text)
    return samples.folder_sample(folder)


def toy_row(tmp_path: Path, scanner: Scanner, **texts: str) -> scan.Row:
    """What the table says about that scanner on files with these texts."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    sample = toy_sample(tmp_path / "sample", **texts)
    return bench_in(scratch, 1).row(scan.ONE_FILE, scanner, Found(sys.executable), sample)


def test_files_that_a_program_refuses_are_left_out_and_counted(tmp_path: Path) -> None:
    """One bad file that makes a program give up on all of them is found, left out, and said."""
    refuse = "sys.exit('I REFUSE') if any(open(f).read() == 'bad' for f in sys.argv[1:]) else print(7)"
    code = f"import sys; {refuse}"
    made = toy_row(tmp_path, toy_scanner(code, refusal="I REFUSE"), a="good", b="bad", c="good")
    assert (made.runs, made.findings, made.note) == (1, 7, "without 1 files that it refuses")


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("raise ImportError('it is broken')", "no readable findings in its output: ValueError"),
        ("print(0)", "found nothing, so it did not look"),
        ("import sys; sys.exit(2)", "ended with status 2: no message"),
    ],
)
def test_a_run_that_did_not_do_the_work_has_no_figures(tmp_path: Path, code: str, reason: str) -> None:
    """A traceback ends with status 1, as findings do, and would be the fastest scanner of all."""
    made = toy_row(tmp_path, toy_scanner(code), a="good")
    assert (made.note, made.median) == (reason, None)


def test_an_earlier_output_is_not_counted_again(tmp_path: Path) -> None:
    bench = bench_in(tmp_path)
    (bench._fresh_output() / "report").write_text("7")
    assert list(bench._fresh_output().iterdir()) == []


def test_a_run_tells_time_memory_status_and_words(tmp_path: Path) -> None:
    code = "import sys; x = bytearray(120_000_000); print('why', file=sys.stderr); sys.exit(5)"
    made = measure.run([sys.executable, "-c", code], tmp_path, 60)
    assert (made.status, made.timed_out, made.last_words) == (5, False, "why")
    assert made.peak_bytes > 120_000_000
    assert made.seconds > 0


def test_memory_of_a_grandchild_counts(tmp_path: Path) -> None:
    grandchild = "x = bytearray(120_000_000)"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {grandchild!r}], check=True)"
    assert measure.run([sys.executable, "-c", code], tmp_path, 60).peak_bytes > 120_000_000


def test_what_the_caller_holds_is_not_counted(tmp_path: Path) -> None:
    """The kernel would give a child its parent's memory as a floor; ours must not show."""
    held = bytearray(150_000_000)
    held[::4096] = b"x" * len(held[::4096])
    assert measure.run([shutil.which("true") or "", str(len(held))], tmp_path, 60).peak_bytes < 60_000_000


def test_the_limit_ends_a_run(tmp_path: Path) -> None:
    made = measure.run([sys.executable, "-c", "import time; time.sleep(60)"], tmp_path, 0.3)
    assert made.timed_out
    assert made.seconds < 30


def test_a_missing_sample_says_which_variable_to_set(tmp_path: Path) -> None:
    with pytest.raises(SampleMissingError, match="BARTIZAN_CORPUS"):
        corpus_sample(1000, tmp_path, tmp_path / "sample")


def archived(corpus: Path, tmp_path: Path) -> None:
    """Make a corpus with one sample of two documents, by the zstd program."""
    zstd = shutil.which("zstd")
    if zstd is None:
        pytest.skip("the zstd program is not installed")
    tar = tmp_path / "sample.tar"
    with tarfile.open(tar, "w") as archive:
        for name in ("00/m1.yaml", "00/m0.yaml"):
            (tmp_path / "document").write_text(f"name: {name}")
            archive.add(tmp_path / "document", name)
    target = corpus / "manifests" / "manifests-1000.tar.zst"
    target.parent.mkdir(parents=True)
    assert measure.run([zstd, "-q", str(tar), "-o", str(target)], tmp_path, 60).status == 0


@pytest.mark.parametrize("wheel", [True, False])
def test_a_sample_is_unpacked_by_the_wheel_or_by_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wheel: bool
) -> None:
    archived(tmp_path / "corpus", tmp_path)
    if wheel:
        pytest.importorskip("zstandard")
    else:
        monkeypatch.setattr(samples.importlib.util, "find_spec", lambda _: None)
    made = corpus_sample(1000, tmp_path / "corpus", tmp_path / "sample")
    assert [file.name for file in made.files] == ["m0.yaml", "m1.yaml"]


def test_neither_wheel_nor_program_is_one_clear_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archived(tmp_path / "corpus", tmp_path)
    monkeypatch.setattr(samples.importlib.util, "find_spec", lambda _: None)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SampleMissingError, match="pip install zstandard"):
        corpus_sample(1000, tmp_path / "corpus", tmp_path / "sample")


def test_a_whole_sample_is_not_copied(tmp_path: Path) -> None:
    whole = Sample(tmp_path, (tmp_path / "a.yaml",))
    assert whole is without_refused(whole, whole.files, tmp_path / "part")


@pytest.mark.parametrize("text", ["json", "json=", "csv=out"])
def test_another_output_is_a_usage_error(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        scan.main(["-o", text])
    assert caught.value.code == 2
    assert "is not json=FILE" in capsys.readouterr().err
