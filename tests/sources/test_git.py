"""Trees and contents out of git: what stands in commits, in the index and on the disk."""

import os
from pathlib import Path

import pytest

from bartizan.sources import git
from bartizan.sources.git import Entry, GitError
from bartizan.sources.links import Links
from tests.app.history import History, Link, Submodule, plain_git, write  # noqa: F401 - a fixture


@pytest.fixture(params=["sha1", "sha256"])
def history(request: pytest.FixtureRequest, tmp_path: Path) -> History:
    return History(tmp_path / "repository", f"--object-format={request.param}")


def texts(history: History, tree: git.Tree) -> dict[str, bytes | None]:
    return dict(git.contents(history.root, sorted(tree.items())))


def test_a_commits_tree_has_every_file(history: History) -> None:
    tree = {"a.yaml": "a\n", "b/c.yaml": b"\x00\xff\n\n", "l": Link("a.yaml"), "empty": ""}
    found = git.tree(history.root, history.commit(tree))
    assert {name: entry.mode for name, entry in found.items()} == {
        "a.yaml": "100644",
        "b/c.yaml": "100644",
        "empty": "100644",
        "l": "120000",
    }
    assert texts(history, found) == {"a.yaml": b"a\n", "b/c.yaml": b"\x00\xff\n\n", "empty": b"", "l": b"a.yaml"}


def test_the_ids_are_gits(history: History) -> None:
    """So that a file that was only touched is known by its content."""
    history.commit({"a.yaml": "a\n"})
    history.check_out()
    oid = history.git("rev-parse", "HEAD:a.yaml")
    assert git.blob_id(b"a\n", long=len(oid) == 64) == oid
    os.utime(history.root / "a.yaml", (1, 1))
    assert git.work_tree(history.root) == {"a.yaml": Entry("100644", oid, on_disk=True)}


def test_the_work_tree_is_what_stands_on_the_disk(history: History) -> None:
    history.commit({"same.yaml": "s\n", "changed.yaml": "c\n", "gone.yaml": "g\n", "link": Link("same.yaml")})
    history.check_out()
    write(
        {"same.yaml": "s\n", "changed.yaml": "new\n", "link": Link("changed.yaml"), "more.yaml": "m\n"},
        history.root,
    )
    found = git.work_tree(history.root)
    assert texts(history, found) == {
        "changed.yaml": b"new\n",
        "link": b"changed.yaml",
        "more.yaml": b"m\n",
        "same.yaml": b"s\n",
    }


def test_a_content_that_git_does_not_have_is_none(history: History) -> None:
    commit = history.commit({"a.yaml": "a\n"})
    tree = git.tree(history.root, commit) | {"b.yaml": Entry("100644", "0" * 40), "m": Entry("160000", "1" * 40)}
    assert texts(history, tree)["b.yaml"] is None
    assert texts(history, tree)["a.yaml"] == b"a\n"


def test_a_file_that_was_written_since_it_was_listed_is_none(history: History) -> None:
    """Its content is not the one of the id under which it would be remembered."""
    write({"a.yaml": "a\n"}, history.root)
    found = git.work_tree(history.root)
    write({"a.yaml": "b\n"}, history.root)
    assert texts(history, found) == {"a.yaml": None}


def test_a_submodule_keeps_its_commit(history: History) -> None:
    long = history.git("rev-parse", "--show-object-format") == "sha256"
    oid = "1" * (64 if long else 40)
    commit = history.commit({"module": Submodule(oid)})
    assert git.tree(history.root, commit) == {"module": Entry("160000", oid)}


def test_many_files_are_asked_for_at_once(history: History) -> None:
    """More than a pipe holds in either direction."""
    tree = {f"{number}.yaml": f"{number}\n" * 200 for number in range(3000)}
    found = git.tree(history.root, history.commit(tree))
    assert texts(history, found) == {name: text.encode() for name, text in sorted(tree.items())}


def test_what_git_says_is_the_error(history: History) -> None:
    with pytest.raises(GitError, match="Not a valid object name"):
        git.tree(history.root, "nowhere")


def test_the_top_is_the_nearest_folder_with_a_git(history: History, tmp_path: Path) -> None:
    inner = history.root / "a/b"
    inner.mkdir(parents=True)
    assert git.top(inner) == history.root
    assert git.top(history.root / "x.yaml") == history.root
    assert git.top(tmp_path) is None


def test_names_that_git_keeps_are_known_and_none_where_it_cannot_tell(history: History, tmp_path: Path) -> None:
    history.commit({"a.yaml": "", "b/ü.yaml": ""})
    history.check_out()
    assert git.tracked(history.root) == {"a.yaml", "b/ü.yaml"}
    (tmp_path / "no/.git").mkdir(parents=True)
    assert git.tracked(tmp_path / "no") is None


LINKS = {
    "a/real.yaml": "",
    "b/c/deep.yaml": "",
    "plain": Link("a/real.yaml"),
    "chain": Link("plain"),
    "a/up": Link("../b"),
    "b/c/over": Link("../../a/./real.yaml"),
    "out": Link("../x"),
    "far": Link("/etc/passwd"),
    "one": Link("two"),
    "two": Link("one"),
    "self": Link("self/self"),
    "root": Link("a/.."),
}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("plain", "a/real.yaml"),
        ("chain", "a/real.yaml"),
        ("a/up/c/deep.yaml", "b/c/deep.yaml"),
        ("a/up/c/over", "a/real.yaml"),
        ("a/real.yaml", "a/real.yaml"),
        ("a/up", "b"),
        ("nowhere/x", "nowhere/x"),
        ("root", ""),
        ("root/a/real.yaml", "a/real.yaml"),
        ("out", None),
        ("out/deeper", None),
        ("far", None),
        ("one", "\0"),
        ("self", "\0"),
    ],
)
def test_links_are_followed_inside_the_tree_alone(name: str, expected: str | None, tmp_path: Path) -> None:
    history = History(tmp_path / "links")
    tree = git.tree(history.root, history.commit(LINKS))
    assert Links(history.root, tree).place(name) == expected
