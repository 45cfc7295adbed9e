"""The scan of a folder: what is read and under which name, and whose configuration holds."""

import subprocess
from pathlib import Path

import pytest

from tests.cli.terminal import CLEAN, GOOD, Answer, scan, shell, write
from tests.cli.terminal import pod as manifest

SIMPLE = ("--check", "host-namespaces")


def files(answer: Answer) -> list[str]:
    """The files whose findings are told."""
    return sorted(item["location"]["file"] for item in answer.findings)


def pod(name: str) -> str:
    """A manifest with one finding."""
    return GOOD.replace("good", name)


@pytest.fixture
def git(tmp_path: Path) -> Path:
    """A work tree."""
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    return tmp_path


@pytest.mark.parametrize(
    "paths",
    [
        (".",),
        (".", "."),
        ("a", "."),
        (".", "a/b.yaml"),
        ("a/b.yaml", "a", "c.yaml"),
        ("**/*.yaml",),
        ("a/*.yaml", "a/b.yaml", "c.yaml"),
        ("a/../a", "./c.yaml"),
        ("a/../.", "a/./b.yaml"),
    ],
)
def test_a_file_is_read_once_however_it_is_named(tmp_path: Path, paths: tuple[str, ...]) -> None:
    write(tmp_path, {"a/b.yaml": pod("b"), "c.yaml": pod("c")})
    answer = scan(tmp_path, *SIMPLE, paths=paths)
    assert files(answer) == ["a/b.yaml", "c.yaml"]
    assert answer.report["coverage"]["files"] == 2


def test_absolute_paths_are_told_from_here(tmp_path: Path) -> None:
    write(tmp_path, {"a/b.yaml": pod("b")})
    assert files(scan(tmp_path, *SIMPLE, paths=(str(tmp_path / "a"),))) == ["a/b.yaml"]


def test_what_lies_elsewhere_is_told_in_full(tmp_path: Path) -> None:
    write(tmp_path, {"a/b.yaml": pod("b"), "here/c.yaml": pod("c")})
    here, there = tmp_path / "here", (tmp_path / "a" / "b.yaml").as_posix()
    assert files(scan(here, *SIMPLE, paths=("../a",))) == [there]
    assert files(scan(here, *SIMPLE, paths=("..",))) == [there, "c.yaml"]


def test_names_in_a_repository_start_here(git: Path) -> None:
    """From a folder of the repository, as from its root."""
    write(git, {"deploy/a.yaml": pod("a"), "other/b.yaml": pod("b")})
    assert files(scan(git / "deploy", *SIMPLE)) == ["a.yaml"]
    assert files(scan(git / "deploy", *SIMPLE, paths=("..",))) == [f"{git.as_posix()}/other/b.yaml", "a.yaml"]


def test_a_file_with_the_look_of_a_pattern_is_a_file(tmp_path: Path) -> None:
    write(tmp_path, {"[a].yaml": pod("a"), "a.yaml": pod("b")})
    assert files(scan(tmp_path, *SIMPLE, paths=("[a].yaml",))) == ["[a].yaml"]


def test_a_file_that_git_keeps_is_read_though_it_is_ignored(git: Path) -> None:
    """`git add --force` hides nothing; what git does not keep is left out and counted."""
    write(git, {".gitignore": "build/\n", "build/kept.yaml": pod("kept"), "build/other.yaml": pod("other")})
    assert scan(git, *SIMPLE).status == 4
    subprocess.run(["git", "-C", git, "add", "--force", "build/kept.yaml"], check=True)
    answer = scan(git, *SIMPLE)
    assert files(answer) == ["build/kept.yaml"]
    assert answer.report["coverage"]["notObjects"] == {"ignored-file": 1}


def test_a_repository_that_git_refuses_is_incomplete(git: Path) -> None:
    """Owned by somebody else, as in many containers: nobody knows which ignored files it keeps."""
    write(git, {".gitignore": "build/\n", "build/kept.yaml": pod("kept"), "a.yaml": CLEAN})
    (git / ".git" / "HEAD").write_text("nonsense")
    answer = scan(git, *SIMPLE)
    assert (answer.status, answer.unknowns) == (3, [("build", "unreadable-file")])


def test_a_folder_that_is_no_repository_may_have_ignore_files(tmp_path: Path) -> None:
    write(tmp_path, {".gitignore": "b.yaml\n", "a.yaml": pod("a"), "b.yaml": pod("b")})
    answer = scan(tmp_path, *SIMPLE)
    assert (files(answer), answer.unknowns) == (["a.yaml"], [])


def test_links_between_the_places_of_a_run(tmp_path: Path) -> None:
    write(tmp_path, {"a/x.yaml": pod("one"), "b/y.yaml": pod("two")})
    (tmp_path / "a" / "y.yaml").symlink_to("../b/y.yaml")
    (tmp_path / "a" / "b").symlink_to("../b")
    answer = scan(tmp_path, *SIMPLE, paths=("a", "b"))
    assert (files(answer), answer.unknowns) == (["a/x.yaml", "b/y.yaml"], [])
    assert scan(tmp_path, *SIMPLE, paths=("a",)).unknowns == [
        ("a/b", "outside-link"),
        ("a/y.yaml", "outside-link"),
    ]


def test_an_overlay_without_its_base_is_incomplete(tmp_path: Path) -> None:
    """What it builds on is there, and nobody was asked to read it."""
    write(
        tmp_path,
        {"prod/kustomization.yaml": "resources: [../base]\n", "prod/a.yaml": CLEAN, "base/b.yaml": pod("b")},
    )
    alone = scan(tmp_path, *SIMPLE, paths=("prod",))
    assert (alone.status, alone.unknowns) == (3, [("prod/kustomization.yaml", "needs-rendering")])
    whole = scan(tmp_path, *SIMPLE)
    assert (files(whole), whole.unknowns) == (["base/b.yaml"], [])
    assert scan(tmp_path, *SIMPLE, paths=("prod", "base")).unknowns == []


@pytest.mark.parametrize("name", ["x" * 5000, "a\\0b", "../" * 3000])
def test_a_kustomization_that_names_the_impossible(tmp_path: Path, name: str) -> None:
    write(tmp_path, {"kustomization.yaml": f'resources: ["{name}"]\n', "a.yaml": CLEAN})
    assert scan(tmp_path).status in (0, 3)


def test_the_configuration_up_the_tree_holds(tmp_path: Path) -> None:
    """And its patterns start at its own folder, whatever part is scanned."""
    write(
        tmp_path,
        {
            "bartizan.yaml": 'exclude: ["/deploy/old/", "/new.yaml"]\nfail-on: critical\n',
            "deploy/old/a.yaml": pod("a"),
            "deploy/new.yaml": pod("b"),
            "new.yaml": pod("c"),
        },
    )
    for place, expected in ((".", ["deploy/new.yaml"]), ("deploy", ["deploy/new.yaml"])):
        answer = scan(tmp_path, *SIMPLE, paths=(place,))
        assert (answer.status, files(answer)) == (0, expected)
        assert answer.report["header"]["failOn"] == "critical"


def test_flags_beat_the_file(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"bartizan.yaml": "fail-on: critical\npersona: audit\nkubernetes-version: '1.30'\n", "a.yaml": pod("a")},
    )
    header = scan(tmp_path).report["header"]
    told = [header[key] for key in ("failOn", "persona", "kubernetesVersion")]
    assert told == ["critical", "audit", "1.30"]
    flags = ("--fail-on", "low", "--persona", "strict", "--kubernetes-version", "1.31")
    header = scan(tmp_path, *flags).report["header"]
    assert [header[key] for key in ("failOn", "persona", "kubernetesVersion")] == ["low", "strict", "1.31"]


def test_a_configuration_can_be_named_or_turned_off(tmp_path: Path) -> None:
    write(tmp_path, {"bartizan.yaml": "fail-on: low\n", "strict.yml": "fail-on: info\n", "a/a.yaml": pod("a")})
    for option, expected in ((None, "low"), ("strict.yml", "info"), ("none", "high")):
        options = ("--config", option) if option else ()
        assert scan(tmp_path, *options, paths=("a",)).report["header"]["failOn"] == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("fail-no: low", "did you mean `fail-on`?"),
        ("checks: {select: [root-usr]}", "did you mean `root-user`?"),
        ("severity: {root-usr: low}", "did you mean `root-user`?"),
        ("a: [", "bartizan.yaml:1:"),
    ],
)
def test_a_configuration_with_a_fault_is_2_with_the_nearest_name(tmp_path: Path, text: str, message: str) -> None:
    answer = scan(write(tmp_path, {"bartizan.yaml": text, "a.yaml": pod("a")}))
    assert (answer.status, answer.out) == (2, "")
    assert message in answer.err


def test_two_configurations_at_once_are_refused(tmp_path: Path) -> None:
    write(
        tmp_path,
        {f"{name}/{file}": text for name in "ab" for file, text in (("bartizan.yaml", ""), ("x.yaml", CLEAN))},
    )
    answer = scan(tmp_path, paths=("a", "b"))
    assert answer.status == 2
    assert "different configurations" in answer.err
    assert scan(tmp_path, "--config", "none", paths=("a", "b")).status == 0


def test_severities_are_those_of_the_configuration(tmp_path: Path) -> None:
    write(tmp_path, {"bartizan.yaml": "severity: {host-namespaces: low}\n", "a.yaml": pod("a")})
    answer = scan(tmp_path, *SIMPLE)
    assert (answer.status, answer.findings[0]["severity"]) == (0, "low")


def test_passes_are_shown_where_they_are_asked_for(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": pod("a").replace("hostPID: true", "hostPID: false")})
    assert [item["verdict"] for item in scan(tmp_path, *SIMPLE).report["results"]] == []
    shown = scan(tmp_path, *SIMPLE, "--show", "pass").report["results"]
    assert [item["verdict"] for item in shown] == ["pass"]


def test_a_namespace_is_given_to_what_names_none(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": pod("a").replace(", namespace: shop", "")})
    assert scan(tmp_path, *SIMPLE, "-n", "stage").findings[0]["subject"]["namespace"] == "stage"


def test_a_scanned_tree_is_never_run(tmp_path: Path) -> None:
    """Neither Python beside the manifests, nor a program that its git configuration names."""
    trap = f"touch {tmp_path}/was-run"
    write(
        tmp_path,
        {"a.yaml": pod("a"), "sitecustomize.py": "raise SystemExit(9)", ".gitignore": "b.yaml\n", "b.yaml": ""},
    )
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    for key in ("core.fsmonitor", "core.pager", "core.sshCommand", "core.editor"):
        subprocess.run(["git", "-C", tmp_path, "config", key, trap], check=True)
    assert shell(tmp_path, "$BARTIZAN scan a.yaml .").status == 1
    assert not (tmp_path / "was-run").exists()


@pytest.mark.parametrize("place", ["/proc/self/fd", "/proc/self/task", "/dev", "/proc/self/mem", "/dev/null"])
def test_the_systems_own_files_are_no_trap(tmp_path: Path, place: str) -> None:
    """Nothing is waited for, nothing crashes."""
    if not Path(place).exists():
        pytest.skip(f"there is no {place} here")
    assert scan(tmp_path, paths=(place,)).status in (3, 4)


def test_a_thousand_containers_are_told_one_by_one(tmp_path: Path) -> None:
    names = {f"c{number}" for number in range(1000)}
    containers = [{"name": name, "securityContext": {"privileged": True}} for name in sorted(names)]
    write(tmp_path, {"a.json": manifest("many", containers=containers)})
    found = scan(tmp_path, "--check", "privileged-container").findings
    assert {item["subject"]["container"] for item in found} == names
