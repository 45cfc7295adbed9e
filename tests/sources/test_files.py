"""What a renderer may read is the same on the disk and in git's object store, and never lies outside."""

from pathlib import Path

import pytest

from bartizan.sources import files, git
from bartizan.sources.files import DiskFiles, Files, InputError, TreeFiles
from tests.app.history import History, Link, Tree, plain_git, write  # noqa: F401 - a fixture

TREE: Tree = {
    "chart/Chart.yaml": "name: chart\n",
    "chart/templates/a.yaml": "a: 1\n",
    "chart/files/script.sh": "echo\n",
    "chart/charts/part": Link("../../parts/part"),
    "chart/link.txt": Link("files/script.sh"),
    "chart/gone": Link("nowhere"),
    "parts/part/Chart.yaml": "name: part\n",
    "parts/part/again": Link(".."),
    "other.yaml": "b: 1\n",
    "link.yaml": Link("other.yaml"),
    "folder": Link("chart/templates"),
    "chart-b/x": "x",
}
BELOW = [
    "chart/Chart.yaml",
    "chart/charts/part/Chart.yaml",
    "chart/files/script.sh",
    "chart/link.txt",
    "chart/templates/a.yaml",
]


def disk(tree: Tree, folder: Path) -> DiskFiles:
    """The tree in a folder that was scanned."""
    write(tree, folder / "tree")
    return DiskFiles(folder / "tree", [folder / "tree"])


def store(tree: Tree, folder: Path) -> TreeFiles:
    """The tree as a commit."""
    history = History(folder / "repository")
    return TreeFiles(history.root, git.tree(history.root, history.commit(tree)))


BOTH = pytest.mark.parametrize("place", [disk, store])


@BOTH
def test_all_of_a_folder_is_there_with_what_links_lead_to(place: type[Files], tmp_path: Path) -> None:
    found = place(TREE, tmp_path)
    inputs = found.below("chart")
    assert list(inputs.ids) == BELOW
    assert inputs.outside == ()
    assert found.read(inputs.ids)["chart/link.txt"] == b"echo\n"
    assert list(found.below("folder").ids) == ["folder/a.yaml"]


@BOTH
def test_a_file_is_found_by_its_name(place: type[Files], tmp_path: Path) -> None:
    found = place(TREE, tmp_path)
    names = ("other.yaml", "link.yaml", "folder/a.yaml", "chart", "folder", "gone.yaml", "other.yaml/x", "../x")
    assert [name for name in names if found.named(name) is not None] == [
        "other.yaml",
        "link.yaml",
        "folder/a.yaml",
    ]
    assert [name for name in (*names, "") if found.is_folder(name)] == ["chart", "folder", ""]
    assert found.read(["folder/a.yaml", "other.yaml"]) == {"folder/a.yaml": b"a: 1\n", "other.yaml": b"b: 1\n"}


@BOTH
@pytest.mark.parametrize("target", ["/etc/passwd", "../../../../../../../etc/passwd", "../../../out", "/"])
def test_a_link_that_leads_out_is_told_and_not_followed(place: type[Files], target: str, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("secret")
    found = place({**TREE, "chart/files/out": Link(target)}, tmp_path)
    inputs = found.below("chart")
    assert list(inputs.ids) == BELOW
    assert inputs.outside == ("chart/files/out",)
    assert found.named("chart/files/out") is None


@BOTH
def test_links_that_go_round_end(place: type[Files], tmp_path: Path) -> None:
    found = place({"a/b": Link("c"), "a/c": Link("b"), "a/d": Link("."), "a/e": "e"}, tmp_path)
    assert list(found.below("a").ids) == ["a/e"]


@BOTH
def test_too_many_files_are_refused(place: type[Files], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_FILES", 3)
    with pytest.raises(InputError, match="`chart` holds more than 3 files"):
        place(TREE, tmp_path).below("chart")


@BOTH
def test_too_many_bytes_are_refused(place: type[Files], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 10)
    with pytest.raises(InputError, match="more than 0 MiB"):
        place(TREE, tmp_path).read(BELOW)


def test_equal_contents_have_equal_ids_in_git_and_none_on_the_disk(tmp_path: Path) -> None:
    tree = {"a": "same", "b": "same", "c": "other"}
    ids = store(tree, tmp_path).below("").ids
    assert ids["a"] == ids["b"] != ids["c"]
    assert set(disk(tree, tmp_path).below("").ids.values()) == {""}


def test_names_above_the_working_folder_are_told_in_full(tmp_path: Path) -> None:
    write(TREE, tmp_path / "tree")
    found = DiskFiles(tmp_path / "tree" / "chart", [tmp_path / "tree"])
    above = (tmp_path / "tree" / "other.yaml").as_posix()
    assert found.canonical("../other.yaml") == above
    assert found.canonical("files/../Chart.yaml") == "Chart.yaml"
    assert found.canonical("../chart") == ""
    assert found.named(above) is not None
    assert found.named("../../tree2/x") is None


def test_what_was_not_scanned_is_not_read(tmp_path: Path) -> None:
    write(TREE, tmp_path / "tree")
    found = DiskFiles(tmp_path / "tree", [tmp_path / "tree" / "chart"])
    assert found.named("other.yaml") is None
    assert found.named("chart-b/x") is None
    with pytest.raises(InputError, match="leads out"):
        found.read(["other.yaml"])


def test_paths_of_the_repository_start_at_its_root(tmp_path: Path) -> None:
    write(TREE, tmp_path / "tree")
    (tmp_path / "tree" / ".git").mkdir()
    found = DiskFiles(tmp_path / "tree" / "parts", [tmp_path / "tree" / "parts"])
    assert found.rooted("/parts/part") == ["part"]
    assert store(TREE, tmp_path).rooted("./parts/part/") == ["parts/part"]
