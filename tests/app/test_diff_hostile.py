"""Repositories that want more than to be read, and repositories that are only odd.

Nothing that a repository names is run: each such program would leave a marker behind.
"""

import os
from pathlib import Path

import pytest

from bartizan.app.errors import UsageError
from bartizan.app.plugins import report_format
from bartizan.app.scan import Flags, scan
from bartizan.reports.format import Options
from tests.app.history import BAD, TODAY, History, Link, Submodule, plain_git, pod, told, write  # noqa: F401 - a fixture

FOUND = ("host-namespaces", "new.yaml")
HEAD = {"a.yaml": pod(), "new.yaml": pod("new", **BAD)}


@pytest.fixture
def history(tmp_path: Path) -> History:
    """A commit with one file, checked out."""
    history = History(tmp_path / "repository")
    history.commit({"a.yaml": pod()})
    history.check_out()
    return history


@pytest.fixture
def marker(tmp_path: Path) -> Path:
    return tmp_path / "was-run"


@pytest.fixture
def program(tmp_path: Path, marker: Path) -> str:
    """A program that says when it is run."""
    file = tmp_path / "program"
    file.write_text(f"#!/bin/sh\necho run >> '{marker}'\nexit 1\n")
    file.chmod(0o755)
    return str(file)


def racy(history: History) -> None:
    """Make every file as young as the index: then git compares contents, after the filters."""
    index = history.root / ".git/index"
    for file in history.root.iterdir():
        if file.is_file():
            os.utime(file, (index.stat().st_mtime, index.stat().st_mtime))


def hostile_settings(history: History, program: str) -> None:
    for name in ("core.fsmonitor", "filter.x.clean", "filter.x.smudge", "filter.x.process", "filter.a=b.c.clean"):
        history.git("config", name, program)
    for name in (
        "core.pager",
        "core.editor",
        "core.sshCommand",
        "diff.external",
        "diff.x.textconv",
        "diff.x.command",
    ):
        history.git("config", name, program)
    history.git("config", "filter.x.required", "true")
    history.git("config", "core.hooksPath", str(Path(program).parent))
    history.git("config", "alias.ls-tree", f"!{program}")
    for hook in ("post-index-change", "fsmonitor-watchman", "post-checkout", "reference-transaction"):
        (history.root / ".git/hooks" / hook).write_bytes(Path(program).read_bytes())
        (history.root / ".git/hooks" / hook).chmod(0o755)


def test_no_program_of_the_repository_is_run(history: History, program: str, marker: Path) -> None:
    """Monitors, hooks, filters and drivers, named by its configuration and by `.gitattributes`."""
    attributes = "*.yaml filter=x diff=x\n*.yml filter=a=b.c\n"
    history.commit({"a.yaml": pod(), "b.yml": pod("b"), ".gitattributes": attributes})
    history.check_out()
    hostile_settings(history, program)
    write(
        {"a.yaml": pod(), "b.yml": pod("b"), ".gitattributes": attributes, "new.yaml": HEAD["new.yaml"]},
        history.root,
    )
    racy(history)
    marker.unlink(missing_ok=True)
    assert FOUND in told(history.diff("HEAD"))
    assert FOUND in told(history.diff("HEAD", Flags(), keep_unchanged=True))
    assert scan((".",), Flags(), TODAY, cwd=history.root).findings
    assert not marker.exists()


def test_the_filter_would_have_been_run(history: History, program: str, marker: Path) -> None:
    """The test above proves nothing where git would not have run it anyway."""
    history.commit({"a.yaml": pod(), ".gitattributes": "* filter=x\n"})
    history.check_out()
    history.git("config", "filter.x.clean", program)
    racy(history)
    history.git("status")
    assert marker.exists()


def test_a_partial_clone_fetches_nothing(history: History, tmp_path: Path, program: str, marker: Path) -> None:
    """What is missing is told, and no program of a remote is started to get it."""
    commit = history.commit(HEAD)
    clone = History(tmp_path / "clone")
    history.git("config", "uploadpack.allowFilter", "true")
    clone.git("remote", "add", "origin", f"file://{history.root}")
    clone.git("fetch", "--quiet", "--filter=blob:none", "origin", "main")
    clone.git("config", "remote.origin.uploadpack", program)
    empty = clone.commit({}, branch="empty")
    report = clone.diff(f"{empty}..{commit}")
    assert [(unknown.file, unknown.code) for unknown in report.unknowns] == [
        ("a.yaml", "unreadable-file"),
        ("new.yaml", "unreadable-file"),
    ]
    assert (report.exit_status, marker.exists()) == (3, False)


NAMES = [
    "new\nline.yaml",
    'quo"te.yaml',
    "it's.yaml",
    "-rf.yaml",
    "--output=x.yaml",
    "tab\there.yaml",
    "back\\slash.yaml",
    "né.yaml",
    "\udcff\udcfe.yaml",
    " blank .yaml",
    ":(top)magic.yaml",
    "*.yaml",
    "a\x1b[2Jb.yaml",
    "sub dir/-/x.yaml",
]


@pytest.mark.parametrize("where", ["commits", "work tree"])
def test_any_name_of_a_file_is_read_and_told(where: str, history: History) -> None:
    tree = {name: pod(f"p{number}", **BAD) for number, name in enumerate(NAMES)}
    if where == "commits":
        report = history.diff(history.change({"a.yaml": pod()}, {"a.yaml": pod(), **tree}))
    else:
        write({"a.yaml": pod(), **tree}, history.root)
        report = history.diff("HEAD")
    assert [file for check, file in told(report) if check == "host-namespaces"] == sorted(NAMES)
    for name in ("json", "sarif", "table"):
        assert report_format(name).render(report, Options()).encode("utf-8", "backslashreplace")


def test_a_submodule_is_told_where_it_changes(history: History) -> None:
    base = {"a.yaml": pod(), "module": Submodule("1" * 40)}
    changed = history.diff(history.change(base, {**base, "module": Submodule("2" * 40)}))
    same = history.diff(history.change(base, {**base, "new.yaml": pod("x")}))
    assert ([(u.file, u.code) for u in changed.unknowns], changed.exit_status) == ([("module", "history")], 3)
    assert same.unknowns == ()


def test_links_lead_nowhere_outside(history: History, tmp_path: Path) -> None:
    """A tree does not choose what is read, by its commits or by its work tree."""
    (tmp_path / "secret.yaml").write_text(pod("secret", **BAD))
    outside = {"new.yaml": Link("../secret.yaml"), "absolute.yaml": Link(str(tmp_path / "secret.yaml"))}
    for report in (
        history.diff(history.change({"a.yaml": pod()}, {"a.yaml": pod(), **outside})),
        work_tree(history, {"a.yaml": pod(), **outside}),
    ):
        assert told(report) == []
        assert [(u.file, u.code) for u in report.unknowns] == [(name, "outside-link") for name in sorted(outside)]


def work_tree(history: History, tree: "dict[str, str | bytes | Link | Submodule]"):  # noqa: ANN201 - a Report
    """What a diff tells of the work tree against the first commit."""
    first = history.git("rev-list", "--max-parents=0", "HEAD").splitlines()[0]
    write(tree, history.root)
    return history.diff(f"{first}")


def test_a_folder_that_became_a_link_is_not_followed(history: History, tmp_path: Path) -> None:
    """Git lists its files as deleted; they must not be read through the link."""
    history.commit({"a.yaml": pod(), "dir/x.yaml": pod("x")})
    history.check_out()
    write({"x.yaml": pod("x", **BAD)}, tmp_path / "outside")
    write({"a.yaml": pod(), "dir": Link(str(tmp_path / "outside"))}, history.root)
    report = history.diff("HEAD")
    assert told(report) == []
    assert [(u.file, u.code) for u in report.unknowns] == [("dir", "outside-link")]


def test_links_round_in_a_circle_are_told(history: History) -> None:
    loop = {"x.yaml": Link("y.yaml"), "y.yaml": Link("x.yaml"), "d": Link("d/d")}
    report = history.diff(history.change({"a.yaml": pod()}, {"a.yaml": pod(), **loop}))
    assert {u.file for u in report.unknowns} == {"x.yaml", "y.yaml", "d"}


def test_a_pipe_in_place_of_a_file_is_not_waited_for(history: History) -> None:
    (history.root / "a.yaml").unlink()
    os.mkfifo(history.root / "a.yaml")
    report = history.diff("HEAD")
    assert ([(u.file, u.code) for u in report.unknowns], report.exit_status) == (
        [("a.yaml", "unreadable-file")],
        3,
    )


def test_a_file_that_became_a_folder_is_gone(history: History) -> None:
    write({"a.yaml/new.yaml": pod(**BAD)}, history.root)
    report = history.diff("HEAD")
    assert (report.unknowns, [file for _, file in told(report)]) == ((), ["a.yaml/new.yaml"])


def test_a_huge_blob_is_told_and_not_kept(history: History) -> None:
    huge = b"# " + b"x" * (33 * 1024 * 1024)
    report = history.diff(
        history.change({"a.yaml": pod()}, {"a.yaml": pod(), "huge.yaml": huge, "new.yaml": HEAD["new.yaml"]})
    )
    assert [(u.file, u.code) for u in report.unknowns] == [("huge.yaml", "too-large")]
    assert FOUND in told(report)


@pytest.mark.parametrize(
    "text", ["-x", "--help", "--output=x..HEAD", "HEAD..--all", "-", "--", "^HEAD", "HEAD^{tree}"]
)
def test_a_revision_is_never_an_option(text: str, history: History) -> None:
    with pytest.raises(UsageError):
        history.diff(text)
    assert {file.name for file in history.root.iterdir()} == {".git", "a.yaml"}


def test_a_revision_named_like_a_file_is_a_revision(history: History) -> None:
    history.git("branch", "a.yaml")
    write(HEAD, history.root)
    assert FOUND in told(history.diff("a.yaml"))


def test_a_repository_without_a_commit_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no commit `HEAD`"):
        History(tmp_path / "empty").diff("HEAD")


def test_a_bare_repository_is_no_place_to_diff(history: History, tmp_path: Path) -> None:
    history.git("clone", "--quiet", "--bare", ".", str(tmp_path / "bare.git"))
    bare = object.__new__(History)
    bare.root = tmp_path / "bare.git"
    with pytest.raises(UsageError, match="--baseline"):
        bare.diff("HEAD~1..HEAD")


def test_a_folder_whose_git_is_no_repository_is_not_its_parent(history: History) -> None:
    """An empty `.git` would make git look further up, and read another repository's files as this one's."""
    (history.root / "inner/.git").mkdir(parents=True)
    inner = object.__new__(History)
    inner.root = history.root / "inner"
    with pytest.raises(UsageError):
        inner.diff("HEAD")


@pytest.mark.parametrize("kind", ["worktree", "sha256", "sub-folder", "deep"])
def test_where_the_repository_is_odd_the_outcome_is_the_same(kind: str, history: History, tmp_path: Path) -> None:
    if kind == "worktree":
        history.git("worktree", "add", "--quiet", str(tmp_path / "other"))
        history.root = tmp_path / "other"
        assert (history.root / ".git").is_file()
    elif kind == "sha256":
        history = History(tmp_path / "long", "--object-format=sha256")
        history.commit({"a.yaml": pod()})
        history.check_out()
    write(HEAD, history.root)
    if kind == "sub-folder":
        (history.root / "sub").mkdir()
        history.root /= "sub"
    if kind == "deep":
        write({**HEAD, "d/" * 900 + "x.yaml": pod("deep")}, history.root)
    report = history.diff("HEAD")
    assert FOUND in told(report)
    assert (report.exit_status, report.unknowns) == (1, ())


@pytest.mark.parametrize("setting", ["true", "input", "false"])
def test_line_ends_are_nothing_new(setting: str, history: History) -> None:
    history.git("config", "core.autocrlf", setting)
    unix = pod(**BAD) + "---\n" + pod("second", **BAD)
    windows = unix.replace("\n", "\r\n")
    history.commit({"a.yaml": unix})
    history.check_out()
    write({"a.yaml": windows}, history.root)
    report = history.diff("HEAD")
    assert (told(report), told(report, "fixed"), report.exit_status) == ([], [], 0)
    between = history.diff(history.change({"a.yaml": unix}, {"a.yaml": windows}))
    assert (told(between), between.exit_status) == ([], 0)


def test_a_conflict_in_the_index_is_judged_as_it_stands_on_the_disk(history: History) -> None:
    first = history.git("rev-parse", "HEAD")
    ours = history.commit({"a.yaml": pod(hostIPC=True)}, first)
    theirs = history.commit({"a.yaml": pod(hostPID=True)}, first, branch="theirs")
    history.check_out(ours)
    history.git("read-tree", "-m", first, ours, theirs)
    report = history.diff(first)
    assert told(report) == [("host-namespaces", "a.yaml")]
    write({"a.yaml": "<<<<<<< ours\n" + pod() + ">>>>>>> theirs\n"}, history.root)
    report = history.diff(first)
    assert ([u.code for u in report.unknowns], report.exit_status) == (["syntax"], 3)


def test_files_that_git_only_means_to_add_belong_to_the_work_tree(history: History) -> None:
    write(HEAD, history.root)
    history.git("add", "--intent-to-add", "new.yaml")
    assert FOUND in told(history.diff("HEAD"))


def test_deleted_files_are_fixed(history: History) -> None:
    history.commit(HEAD)
    history.check_out()
    (history.root / "new.yaml").unlink()
    report = history.diff("HEAD")
    assert (FOUND in told(report, "fixed"), report.exit_status) == (True, 0)


def test_untracked_files_count_and_ignored_ones_do_not(history: History) -> None:
    """As `git add` would take them."""
    write({**HEAD, ".gitignore": "built/\n", "built/x.yaml": pod("x", **BAD)}, history.root)
    assert [file for check, file in told(history.diff("HEAD")) if check == "host-namespaces"] == ["new.yaml"]


def test_a_repository_in_the_work_tree_is_told(history: History) -> None:
    """Git would add it as a submodule; nothing of it is read."""
    inner = History(history.root / "inner")
    inner.commit({"x.yaml": pod("x", **BAD)})
    inner.check_out()
    report = history.diff("HEAD")
    assert [(u.file, u.code) for u in report.unknowns] == [("inner", "history")]


def test_a_staged_file_that_was_changed_since_is_read_from_the_disk(history: History) -> None:
    write({"a.yaml": pod(hostIPC=True)}, history.root)
    history.git("add", "--all")
    write({"a.yaml": pod()}, history.root)
    racy(history)
    report = history.diff("HEAD")
    assert (told(report), report.exit_status) == ([], 0)
