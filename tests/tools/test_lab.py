"""The lab's table, its cache and its refusals; nothing here reaches the network."""

import re
import sys
from pathlib import Path

import pytest

from tools.lab import __main__ as command_line
from tools.lab import build
from tools.lab.cache import Cache, default_root
from tools.lab.errors import BuildFailedError, CacheBusyError, MissingToolError
from tools.lab.programs import ENVTEST, GROUPS, PEERS, Program, named
from tools.lab.recipes import GoInstall, GoModule, PythonVenv, Step

PROGRAMS = [program for programs in GROUPS.values() for program in programs]


class WriteScript:
    """A recipe that makes its program by copying Python's, and counts how often it is asked."""

    tool = sys.executable
    advice = "not needed"

    def __init__(self, body: str) -> None:
        self.body = body
        self.asked = 0

    def __repr__(self) -> str:
        return f"WriteScript({self.body!r})"

    def steps(self, version: str, folder: Path) -> tuple[Step, ...]:
        """Write an executable script with the body."""
        self.asked += 1
        target = folder / "bin" / "toy"
        code = (
            f"from pathlib import Path; p = Path({str(target)!r}); p.parent.mkdir(exist_ok=True); "
            f"p.write_text('#!/bin/sh\\n# {version}\\n' + {self.body!r}); p.chmod(0o755)"
        )
        return (Step((sys.executable, "-c", code)),)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """An empty cache."""
    return Cache(tmp_path / "lab")


def toy(recipe: WriteScript, version: str = "1") -> Program:
    """A program of this recipe."""
    return Program("toy", version, recipe, ("--version",))


def quiet(message: str) -> None:
    """Say nothing."""
    del message


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_every_program_has_one_exact_version(program: Program) -> None:
    """A version range or a moving name such as `latest` would make figures that nobody can repeat."""
    assert re.fullmatch(r"v?\d+\.\d+\.\d+", program.version)
    assert program.proof


@pytest.mark.parametrize("group", GROUPS)
def test_names_are_unique_within_a_group(group: str) -> None:
    names = [program.name for program in GROUPS[group]]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_every_recipe_builds_below_its_folder_and_pins_the_version(program: Program, tmp_path: Path) -> None:
    steps = program.recipe.steps(program.version, tmp_path)
    words = [word for step in steps for word in (*step.argv, *step.environment.values(), *step.writes.values())]
    assert any(program.version in word for word in words)
    assert any(word.startswith(str(tmp_path)) for word in words)


def test_a_go_recipe_keeps_its_program_out_of_the_users_own_folder(tmp_path: Path) -> None:
    (step,) = GoInstall("example.org/tool/cmd/tool", experiment="jsonv2").steps("v1.2.3", tmp_path)
    assert step.argv[-1] == "example.org/tool/cmd/tool@v1.2.3"
    assert {"GOBIN": str(tmp_path / "bin"), "CGO_ENABLED": "0", "GOEXPERIMENT": "jsonv2"} == step.environment


def test_a_go_module_pins_what_its_program_leaves_open(tmp_path: Path) -> None:
    """Kubernetes asks for its own parts at a version that was never published."""
    recipe = GoModule(
        "tool",
        "example.org/tool",
        "example.org/tool/cmd/tool",
        replaced=(("example.org/part", "v0.2.3"),),
        variables=(("example.org/tool.version", "v1.2.3"),),
    )
    (step,) = recipe.steps("v1.2.3", tmp_path)
    ((file, text),) = step.writes.items()
    assert file == tmp_path / "module" / "go.mod"
    assert text.splitlines()[2:] == [
        "require example.org/tool v1.2.3",
        "replace example.org/part => example.org/part v0.2.3",
    ]
    assert "-ldflags=-s -w -X example.org/tool.version=v1.2.3" in step.argv
    assert step.argv[-3:] == ("-o", str(tmp_path / "bin" / "tool"), "example.org/tool/cmd/tool")


def test_a_control_planes_programs_are_of_one_version() -> None:
    """Its parts are published as v0.x beside each v1.x."""
    program = next(program for program in ENVTEST if program.name == "kube-apiserver")
    assert isinstance(program.recipe, GoModule)
    assert len(program.recipe.replaced) == 31
    assert {f"v1{version.removeprefix('v0')}" for _, version in program.recipe.replaced} == {program.version}
    assert ("k8s.io/component-base/version.gitVersion", program.version) in program.recipe.variables


def test_what_a_step_writes_is_there_before_it_runs(cache: Cache, tmp_path: Path) -> None:
    file = tmp_path / "deep" / "input"

    class Copies(WriteScript):
        def steps(self, version: str, folder: Path) -> tuple[Step, ...]:
            (step,) = super().steps(version, folder)
            return (Step((sys.executable, "-c", f"open({str(file)!r})"), writes={file: "x"}), step)

    build.ensure(toy(Copies("exit 0")), cache, quiet)
    assert file.read_text() == "x"


def test_a_python_recipe_pins_its_distribution(tmp_path: Path) -> None:
    steps = PythonVenv("tool").steps("1.2.3", tmp_path)
    assert any("tool==1.2.3" in step.argv for step in steps)


def test_named_gives_all_or_the_chosen_ones() -> None:
    assert named(PEERS, []) == PEERS
    assert [program.name for program in named(PEERS, ["trivy"])] == ["trivy"]
    with pytest.raises(KeyError, match="nobody"):
        named(PEERS, ["trivy", "nobody"])


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"BARTIZAN_LAB": "/lab", "XDG_CACHE_HOME": "/xdg"}, "/lab"),
        ({"BARTIZAN_LAB": "", "XDG_CACHE_HOME": "/xdg"}, "/xdg/bartizan/lab"),
        ({"XDG_CACHE_HOME": ""}, str(Path.home() / ".cache/bartizan/lab")),
        ({}, str(Path.home() / ".cache/bartizan/lab")),
    ],
)
def test_the_root_comes_from_the_environment(environment: dict[str, str], expected: str) -> None:
    assert Path(expected) == default_root(environment)


def test_a_missing_go_is_one_clear_sentence_and_touches_nothing(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingToolError) as caught:
        build.ensure(PEERS[0], cache, quiet)
    expected = "kube-score is built with `go`, which was not found: install Go 1.26 or newer and put it on PATH"
    assert expected == str(caught.value)
    assert not cache.root.exists()


def test_the_command_line_ends_with_1_when_go_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("BARTIZAN_LAB", str(tmp_path))
    assert command_line.main(["peers", "kube-score", "trivy"]) == 1
    said = capsys.readouterr().err
    assert "error: kube-score is built with `go`" in said
    assert "error: trivy is built with `go`" in said


def test_an_unknown_name_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        command_line.main(["peers", "nobody"])
    assert caught.value.code == 2
    assert "no program 'nobody' in peers" in capsys.readouterr().err


def test_a_built_program_is_not_built_again(cache: Cache) -> None:
    recipe = WriteScript("exit 0")
    build.ensure(toy(recipe), cache, quiet)
    build.ensure(toy(recipe), cache, quiet)
    assert recipe.asked == 1
    assert cache.executable(toy(recipe)).is_file()


def test_another_version_or_another_recipe_is_built(cache: Cache) -> None:
    """The stamp is about one version made in one way."""
    build.ensure(toy(WriteScript("exit 0")), cache, quiet)
    assert not cache.has(toy(WriteScript("exit 0"), version="2"))
    assert not cache.has(toy(WriteScript("exit 0 # other flags")))


def test_a_lost_program_is_built_again_although_its_stamp_is_there(cache: Cache) -> None:
    program = toy(WriteScript("exit 0"))
    build.ensure(program, cache, quiet)
    cache.executable(program).unlink()
    assert not cache.has(program)


def test_a_program_that_does_not_run_is_not_believed(cache: Cache) -> None:
    """The build went through, but the program cannot say its version: no stamp, and the log is named."""
    program = toy(WriteScript("echo no such library; exit 9"))
    with pytest.raises(BuildFailedError, match="ended with status 9") as caught:
        build.ensure(program, cache, quiet)
    assert str(cache.log(program)) in str(caught.value)
    assert "no such library" in cache.log(program).read_text()
    assert not cache.has(program)


def test_a_step_that_takes_too_long_is_ended(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "STEP_LIMIT", 0.3)
    with pytest.raises(BuildFailedError, match="took more than"):
        build.ensure(toy(WriteScript("sleep 60")), cache, quiet)


def test_two_runs_do_not_hold_the_cache_together(cache: Cache) -> None:
    """The second one says that it waits, and gives up when its patience ends."""
    waits: list[str] = []
    with (
        cache.locked(0, lambda: waits.append("first")),
        pytest.raises(CacheBusyError, match="another run"),
        cache.locked(0, lambda: waits.append("second")),
    ):
        pytest.fail("the cache was held twice")
    assert waits == ["second"]


def test_the_lock_is_free_again_afterwards(cache: Cache) -> None:
    for _ in range(2):
        with cache.locked(0, lambda: pytest.fail("nobody holds the lock")):
            assert (cache.root / "lock").exists()


def test_list_tells_what_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BARTIZAN_LAB", str(tmp_path))
    assert command_line.main(["list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [program.name for program in PROGRAMS] == [line.split()[1] for line in lines]
    assert all(line.endswith("not built") for line in lines)
