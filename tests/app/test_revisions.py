"""`A..B`, `A...B` and a bare `A`, and what cannot be compared."""

from pathlib import Path

import pytest

from bartizan.app.errors import UsageError
from bartizan.app.revisions import Range, resolve
from tests.app.history import BAD, History, plain_git, pod, told, write  # noqa: F401 - a fixture


class Forked:
    """A history in which `main` and `topic` part after the first commit; `topic` is checked out."""

    def __init__(self, root: Path) -> None:
        self.history = History(root)
        self.first = self.history.commit({"a.yaml": pod()})
        self.main = self.history.commit({"a.yaml": pod(), "main.yaml": pod("main", **BAD)}, self.first)
        self.topic = self.history.commit(
            {"a.yaml": pod(), "topic.yaml": pod("topic", **BAD)}, self.first, branch="topic"
        )
        self.history.git("symbolic-ref", "HEAD", "refs/heads/topic")
        self.history.check_out("topic")


@pytest.fixture
def forked(tmp_path: Path) -> Forked:
    return Forked(tmp_path / "repository")


def namespaces(forked: Forked, text: str, change: str = "new") -> list[str]:
    """Files in which the bad pods are told."""
    report = forked.history.diff(text)
    return [file for check, file in told(report, change) if check == "host-namespaces"]  # type: ignore[arg-type] # names from a table


def test_two_dots_compare_the_two_trees(forked: Forked) -> None:
    assert resolve(forked.history.root, "main..topic") == Range(forked.main, forked.topic)
    assert namespaces(forked, "main..topic") == ["topic.yaml"]
    assert namespaces(forked, "main..topic", "fixed") == ["main.yaml"]


def test_three_dots_start_from_the_merge_base(forked: Forked) -> None:
    assert resolve(forked.history.root, "main...topic") == Range(forked.first, forked.topic)
    assert namespaces(forked, "main...topic", "fixed") == []


def test_a_bare_revision_starts_from_the_merge_base_and_ends_at_the_work_tree(forked: Forked) -> None:
    write({"a.yaml": pod(), "untracked.yaml": pod("u", **BAD)}, forked.history.root)
    assert resolve(forked.history.root, "main") == Range(forked.first, None)
    assert namespaces(forked, "main") == ["untracked.yaml"]


@pytest.mark.parametrize(
    ("text", "expected"), [("main..", "main..topic"), ("..main", "topic..main"), ("main...", "main...topic")]
)
def test_a_side_that_is_left_out_is_head(text: str, expected: str, forked: Forked) -> None:
    root = forked.history.root
    assert resolve(root, text) == resolve(root, expected)


@pytest.mark.parametrize(
    "text", ["nowhere", "nowhere..main", "main..nowhere", "", "main..topic..main", "a b", "HEAD~99"]
)
def test_an_unknown_revision_is_a_usage_error_with_advice(text: str, forked: Forked) -> None:
    with pytest.raises(UsageError, match=r"fetch it first.*spelling"):
        resolve(forked.history.root, text)


def test_a_tag_and_a_short_id_are_revisions(forked: Forked) -> None:
    forked.history.git("tag", "--annotate", "--message=t", "v1", forked.main)
    assert resolve(forked.history.root, f"v1..{forked.topic[:9]}") == Range(forked.main, forked.topic)


def test_a_shallow_clone_without_the_merge_base_is_told_to_fetch(forked: Forked, tmp_path: Path) -> None:
    """Comparing with what happens to be there would hide findings."""
    shallow = History(tmp_path / "shallow")
    shallow.git("remote", "add", "origin", f"file://{forked.history.root}")
    shallow.git("fetch", "--quiet", "--depth=1", "origin", "main:base", "topic:topic")
    shallow.check_out("topic")
    shallow.git("symbolic-ref", "HEAD", "refs/heads/topic")
    for text in ("base...topic", "base"):
        with pytest.raises(UsageError, match="fetch more of the history"):
            shallow.diff(text)
    assert shallow.diff("base..topic").exit_status == 1


def test_histories_that_share_nothing_are_told_to_use_two_dots(forked: Forked) -> None:
    forked.history.commit({"alone.yaml": pod()}, branch="alone")
    with pytest.raises(UsageError, match=r"A\.\.B"):
        forked.history.diff("main...alone")


def test_a_place_without_a_repository_is_told_of_baselines(tmp_path: Path) -> None:
    nowhere = object.__new__(History)
    nowhere.root = tmp_path
    with pytest.raises(UsageError, match="--baseline FILE"):
        nowhere.diff("main")


def test_git_that_is_missing_is_said(forked: Forked, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError):
        forked.history.diff("main..topic")
