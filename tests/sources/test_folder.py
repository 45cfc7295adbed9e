"""What a folder gives: each manifest once, ignore files respected, links followed no further than the folder."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bartizan.model.unknown import Unknown
from bartizan.sources import blob, folder
from bartizan.sources.folder import FolderSource

Tree = dict[str, str]


def tree(root: Path, files: Tree) -> Path:
    """Files below a folder; a content of `-> x` is a link to x."""
    for name, content in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if content.startswith("-> "):
            file.symlink_to(content.removeprefix("-> "))
        else:
            file.write_text(content)
    return root


class Reading:
    """What a source gave."""

    def __init__(self, source: FolderSource) -> None:
        self.files = [item.file for item in (*source.blobs(), *source.linked())]
        self.counts = dict(source.counts)
        self.unknowns = [(item.file, item.code) for item in source.unknowns]
        self.messages = [item.message for item in source.unknowns]


def read(root: Path, start: str = "", **options: object) -> Reading:
    """The reading of a folder below `root`."""
    return Reading(FolderSource(root, root / start, **options))  # type: ignore[arg-type] # names from a table


def test_manifests_are_found_by_their_suffix_in_name_order(tmp_path: Path) -> None:
    tree(tmp_path, {"b.yaml": "", "a/z.yml": "", "a/y.json": "", "C.YAML": "", "notes.md": "", "a.yaml.bak": ""})
    assert read(tmp_path).files == ["C.YAML", "a/y.json", "a/z.yml", "b.yaml"]


def test_a_file_that_is_named_is_read_whatever_its_suffix(tmp_path: Path) -> None:
    tree(tmp_path, {"pod.txt": "", ".gitignore": "*.txt\n"})
    assert read(tmp_path, "pod.txt").files == ["pod.txt"]


def test_git_keeps_its_own_folder_to_itself(tmp_path: Path) -> None:
    assert read(tree(tmp_path, {".git/x.yaml": "", "a/.git/x.yaml": "", ".github/y.yaml": ""})).files == [
        ".github/y.yaml"
    ]


def test_ignored_files_and_folders_are_counted(tmp_path: Path) -> None:
    """What the rules of a folder leave out is out of scope by somebody's wish, and is told as a number."""
    tree(tmp_path, {".gitignore": "build/\n*.tmp.yaml\n", "build/a.yaml": "", "x.tmp.yaml": "", "x.tmp.md": ""})
    found = read(tree(tmp_path, {"a.yaml": ""}))
    assert (found.files, found.counts) == (["a.yaml"], {"ignored-folder": 1, "ignored-file": 1})


def test_both_ignore_files_nest(tmp_path: Path) -> None:
    tree(tmp_path, {".bartizanignore": "*.yaml\n!keep.yaml\n", "a.yaml": "", "keep.yaml": ""})
    tree(tmp_path, {"deep/.bartizanignore": "keep.yaml\n!a.yaml\n", "deep/a.yaml": "", "deep/keep.yaml": ""})
    assert read(tmp_path).files == ["deep/a.yaml", "keep.yaml"]


def test_rules_above_the_start_hold(tmp_path: Path) -> None:
    tree(tmp_path, {".bartizanignore": "secret.yaml\n", "a/secret.yaml": "", "a/b.yaml": ""})
    assert read(tmp_path, "a").files == ["a/b.yaml"]


@pytest.mark.parametrize("name", [".gitignore", ".bartizanignore"])
def test_a_folder_that_is_named_is_read_though_it_is_ignored(tmp_path: Path, name: str) -> None:
    """As is a file: who names it wants it read. Its own rules hold."""
    tree(tmp_path, {name: "build/\n", "build/a/b.yaml": "", f"build/{name}": "c.yaml\n", "build/c.yaml": ""})
    assert read(tmp_path, "build").files == ["build/a/b.yaml"]
    assert read(tmp_path, "build/a").files == ["build/a/b.yaml"]
    assert read(tmp_path).files == []


def test_excluded_patterns_hold_below_their_folder(tmp_path: Path) -> None:
    tree(tmp_path, {"a/x.yaml": "", "a/b/x.yaml": "", "x.yaml": "", "a/y.yaml": ""})
    assert read(tmp_path, exclude=(tmp_path / "a", ("/x.yaml",))).files == ["a/b/x.yaml", "a/y.yaml", "x.yaml"]


def test_git_ignores_no_file_that_it_keeps(tmp_path: Path) -> None:
    """`git add --force`: it is part of the repository, and judged; `.bartizanignore` still leaves it out."""
    tree(tmp_path, {".gitignore": "build/\n", "build/kept.yaml": "", "build/other.yaml": ""})
    tracked = frozenset({"build/kept.yaml"})
    assert read(tmp_path, tracked=lambda: tracked).files == ["build/kept.yaml"]
    tree(tmp_path, {".bartizanignore": "kept.yaml\n"})
    assert read(tmp_path, tracked=lambda: tracked).files == []


def test_git_that_cannot_be_asked_is_an_unknown(tmp_path: Path) -> None:
    """It may keep what is ignored. Told once, however much is ignored; and not where nothing is."""
    tree(tmp_path, {".gitignore": "build/\nx.yaml\n", "a.yaml": ""})
    assert read(tmp_path, tracked=lambda: None).unknowns == []
    found = read(tree(tmp_path, {"build/a.yaml": "", "x.yaml": ""}), tracked=lambda: None)
    assert (found.files, found.unknowns) == (["a.yaml"], [("build", "unreadable-file")])


@pytest.mark.parametrize("line", ["!", "[z-a]", "a\\", "\\", "[", "/", "***", "\udcff"])
def test_a_line_that_is_no_pattern_ignores_nothing(tmp_path: Path, line: str) -> None:
    """Nobody loses a scan by it, and the other lines hold."""
    (tmp_path / ".gitignore").write_bytes(f"{line}\nb.yaml\n".encode("utf-8", "surrogateescape"))
    tree(tmp_path, {"a.yaml": "", "b.yaml": ""})
    found = read(tmp_path)
    assert "b.yaml" not in found.files
    assert found.files == ["a.yaml"] or line == "***"


def _link_to_zero(place: str) -> None:
    Path(place).symlink_to("/dev/zero")


@pytest.mark.parametrize("name", [".gitignore", ".bartizanignore"])
@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, _link_to_zero])
def test_an_ignore_file_that_is_none_is_unknown(tmp_path: Path, name: str, make: Callable[[str], None]) -> None:
    """A pipe is not waited for, a device not read, a link not followed: nothing is ignored by it."""
    make(str(tmp_path / name))
    found = read(tree(tmp_path, {"a.yaml": ""}))
    assert (found.files, found.unknowns) == (["a.yaml"], [(name, "unreadable-file")])
    assert found.messages[0].endswith("nothing was ignored by it")


def test_a_link_to_what_is_read_is_counted(tmp_path: Path) -> None:
    found = read(tree(tmp_path, {"a.yaml": "", "b.yaml": "-> a.yaml", "d/e.yaml": "", "f": "-> d", "g": "-> ."}))
    assert (found.files, found.counts, found.unknowns) == (["a.yaml", "d/e.yaml"], {"link": 3}, [])


def test_a_link_to_what_is_not_read_otherwise_is_read_once(tmp_path: Path) -> None:
    """By another suffix, or because its own place is left out."""
    tree(tmp_path, {".bartizanignore": "hidden/\n", "hidden/deep/x.yaml": "", "pod.txt": ""})
    found = read(tree(tmp_path, {"a.yaml": "-> pod.txt", "b.yaml": "-> pod.txt", "c": "-> hidden"}))
    assert found.files == ["a.yaml", "c/deep/x.yaml"]
    assert found.counts == {"ignored-folder": 1, "link": 1}


def test_a_link_in_a_linked_folder(tmp_path: Path) -> None:
    tree(tmp_path, {".bartizanignore": "hidden/\n", "hidden/x.txt": "", "hidden/up": "-> ..", "hidden/y": "-> ."})
    found = read(tree(tmp_path, {"hidden/x.yaml": "-> x.txt", "c": "-> hidden"}))
    assert (found.files, found.unknowns) == (["c/x.yaml"], [])


@pytest.mark.parametrize("target", ["../outside", "../outside/a.yaml", "/etc/passwd", "/", "/dev/zero"])
def test_a_link_out_of_the_folder_is_unknown(tmp_path: Path, target: str) -> None:
    """A scanned tree does not choose what is read."""
    tree(tmp_path, {"outside/a.yaml": "secret", "in/b.yaml": ""})
    (tmp_path / "in" / "x.yaml").symlink_to(target)
    found = read(tmp_path / "in")
    assert (found.files, found.unknowns) == (["b.yaml"], [("x.yaml", "outside-link")])


def test_a_link_to_another_place_of_the_run_is_read_there(tmp_path: Path) -> None:
    """`scan a b`, and `a` links into `b`: it is not out of scope."""
    tree(tmp_path, {"a/x": "-> ../b", "a/y.yaml": "-> ../b/y.yaml", "b/y.yaml": ""})
    seen: set[str] = set()
    sources = [FolderSource(tmp_path / name, tmp_path / name, seen=seen) for name in "ab"]
    blobs = [item.file for source in sources for item in source.blobs()]
    blobs += [item.file for source in sources for item in source.linked()]
    assert (blobs, [source.unknowns for source in sources]) == (["y.yaml"], [[], []])


@pytest.mark.parametrize(
    ("name", "target", "is_told"),
    [("x.yaml", "nowhere", True), ("x", "nowhere", True), ("x.md", "nowhere", False), ("x.yaml", "x.yaml", True)],
)
def test_a_link_to_nowhere(tmp_path: Path, name: str, target: str, is_told: bool) -> None:
    """It might have been a manifest or a folder; a picture it is not."""
    found = read(tree(tmp_path, {name: f"-> {target}"}))
    assert found.unknowns == ([(name, "unreadable-file")] if is_told else [])


def test_a_start_that_is_a_link(tmp_path: Path) -> None:
    """The user named it, so it is followed; links inside are measured by where it leads."""
    tree(
        tmp_path, {"real/a.yaml": "", "real/b.yaml": "-> a.yaml", "link": "-> real", "file.yaml": "-> real/a.yaml"}
    )
    found = read(tmp_path / "link")
    assert (found.files, found.counts, found.unknowns) == (["a.yaml"], {"link": 1}, [])
    assert read(tmp_path, "file.yaml").files == ["file.yaml"]


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.yaml")
    found = read(tree(tmp_path, {"b.yaml": "", "c.yaml/d.yaml": ""}))
    assert (found.files, found.unknowns) == (["b.yaml", "c.yaml/d.yaml"], [("a.yaml", "unreadable-file")])


def test_a_file_that_becomes_a_pipe_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "a.yaml")
    monkeypatch.setattr(blob.stat, "S_ISREG", lambda _mode: True)
    assert read(tmp_path).files == ["a.yaml"]


def test_a_file_may_grow_but_not_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What `stat` says is an answer of the past; in `/proc` it is always zero."""
    monkeypatch.setattr(blob, "MAX_BYTES", 1000)
    tree(tmp_path, {"a.yaml": "x" * 100, "b.yaml": "x" * 1000, "c.yaml": "x" * 1001})
    found = read(tmp_path)
    assert (found.files, found.unknowns) == (["a.yaml", "b.yaml"], [("c.yaml", "too-large")])
    assert blob._read(tmp_path / "a.yaml", 10) == b"x" * 100
    assert blob.regular_bytes(Path("/proc/self/cmdline"))
    with pytest.raises(blob.UnreadableError, match="more than 0 MiB: split or exclude it"):
        blob.regular_bytes(Path("/proc/cpuinfo"))


def test_a_file_or_folder_that_goes_away_while_we_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was in scope when we began; what else was there is read."""
    tree(tmp_path, {"a/b.yaml": "", "c.yaml": "", "d.yaml": ""})
    read_bytes, scandir = folder.regular_bytes, os.scandir

    def late(path: Path) -> bytes:
        (tmp_path / "c.yaml").unlink(missing_ok=True)
        return read_bytes(path)

    def gone(place: Path) -> object:
        if place.name == "a":
            raise FileNotFoundError(2, "No such file or directory")
        return scandir(place)

    monkeypatch.setattr(folder, "regular_bytes", late)
    monkeypatch.setattr(folder.os, "scandir", gone)
    found = read(tmp_path)
    assert found.files == ["d.yaml"]
    assert found.unknowns == [("a", "unreadable-file"), ("c.yaml", "unreadable-file")]


@pytest.fixture
def well(tmp_path: Path) -> Iterator[Callable[[int, str], Path]]:
    """Makes folders below each other, deeper than Python's own functions make or remove them."""

    def dig(depth: int, name: str) -> Path:
        here = os.open(tmp_path, os.O_RDONLY)
        for _ in range(depth):
            os.mkdir(name, dir_fd=here)
            here, above = os.open(name, os.O_RDONLY, dir_fd=here), here
            os.close(above)
        os.close(os.open("x.yaml", os.O_CREAT | os.O_WRONLY, dir_fd=here))
        os.close(here)
        return tmp_path

    yield dig
    subprocess.run(["rm", "-rf", *tmp_path.iterdir()], check=True)


def test_a_folder_deeper_than_pythons_stack(well: Callable[[int, str], Path]) -> None:
    """Paths of 4,096 characters hold two thousand folders."""
    assert [name.count("/") for name in read(well(1500, "d")).files] == [1500]


def test_a_folder_deeper_than_a_path_may_be_is_unknown(well: Callable[[int, str], Path]) -> None:
    """The system takes no longer path: what lies below is not lost in silence."""
    assert [code for _, code in read(well(20, "d" * 250)).unknowns] == ["unreadable-file"]


def test_names_that_are_no_text(tmp_path: Path) -> None:
    name = b"\xff\n.yaml".decode("utf-8", "surrogateescape")
    assert read(tree(tmp_path, {name: ""})).files == [name]


def test_names_are_told_as_asked(tmp_path: Path) -> None:
    tree(tmp_path, {"a.yaml": ""})
    os.mkfifo(tmp_path / "b.yaml")
    source = FolderSource(tmp_path, tmp_path, shown=lambda name: f"there/{name}")
    assert [item.file for item in source.blobs()] == ["there/a.yaml"]
    assert [type(item) for item in source.unknowns] == [Unknown]
    assert source.unknowns[0].file == "there/b.yaml"
