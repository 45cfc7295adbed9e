"""The cache makes a diff fast, and changes nothing else: equal bytes whatever it holds."""

import sqlite3
import threading
from pathlib import Path

import pytest

from bartizan.app import records
from bartizan.app.plugins import report_format
from bartizan.app.scan import Flags
from bartizan.reports.format import Options
from bartizan.sources import git
from bartizan.store.cache import Cache, FileCache
from tests.app.history import BAD, History, Tree, of, plain_git, pod, told  # noqa: F401 - a fixture
from tests.app.test_diff_oracle import CLOSED, same_as_two_scans

KUSTOMIZATION = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamePrefix: x-\n"


def made(name: str, owner: str = "web", **spec: object) -> str:
    """A Pod that a ReplicaSet made."""
    reference = f"{{apiVersion: apps/v1, kind: ReplicaSet, name: {owner}, controller: true}}"
    return pod(name, **spec).replace("namespace: shop", f"namespace: shop, ownerReferences: [{reference}]")


BASE: Tree = {
    "a.yaml": pod(),
    "b.yaml": pod("bad", **BAD),
    "copy/b.yaml": pod("bad", **BAD),
    "policy.yaml": CLOSED,
    "made/one.yaml": made("web-1"),
    "made/two.yaml": made("web-2"),
    "dev/kustomization.yaml": KUSTOMIZATION,
    "prod/kustomization.yaml": KUSTOMIZATION,
    "broken.yaml": "a: [\n",
}
HEAD: Tree = {
    **{name: BASE[name] for name in BASE if name not in ("policy.yaml", "made/one.yaml")},
    "moved/b.yaml": pod("bad", **BAD),
    "new.yaml": pod("new", **BAD),
    "made/three.yaml": made("web-1", **BAD),
    "test/kustomization.yaml": KUSTOMIZATION,
    "broken-too.yaml": "a: [\n",
}


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "repository")


def rendered(history: History, text: str, cache: Cache | None = None, flags: Flags | None = None) -> str:
    """Everything that the report tells, as the bytes of two formats."""
    report = history.diff(text, flags, cache=cache)
    return "".join(report_format(name).render(report, Options()) for name in ("json", "sarif"))


def file_cache(tmp_path: Path) -> FileCache:
    return FileCache(tmp_path / "cache")


def test_equal_bytes_cold_warm_and_without(history: History, tmp_path: Path) -> None:
    text = history.change(BASE, HEAD)
    expected = rendered(history, text)
    cache = file_cache(tmp_path)
    assert rendered(history, text, cache) == expected
    assert rendered(history, text, cache) == expected
    assert rendered(history, text, file_cache(tmp_path)) == expected
    same_as_two_scans(BASE, HEAD, history.diff(text, cache=cache), tmp_path)


def test_equal_bytes_with_the_cache_of_another_history(history: History, tmp_path: Path) -> None:
    """It knows the same contents under other names, in other company, judged by other rules."""
    cache = file_cache(tmp_path)
    other = History(tmp_path / "other")
    tree = {f"elsewhere/{name}": content for name, content in HEAD.items()}
    rendered(other, other.change(tree, {"x.yaml": made("web-2"), "y.yaml": pod("bad", **BAD)}), cache)
    rendered(other, other.change(HEAD, BASE), cache, Flags(persona="audit"))
    rendered(other, other.change(HEAD, BASE), cache, Flags(namespace="other"))
    rendered(other, other.change(HEAD, BASE), cache, Flags(kubernetes_version="1.20"))
    text = history.change(BASE, HEAD)
    assert rendered(history, text, cache) == rendered(history, text)


def test_a_warm_diff_reads_no_unchanged_file(
    history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside what changed, only what its checks ask about."""
    cache = file_cache(tmp_path)
    text = history.change(BASE, {**BASE, "a.yaml": pod(hostIPC=True)})
    history.diff(text.partition("..")[0] + ".." + text.partition("..")[0], cache=cache)
    asked: list[str] = []
    answers = git._answers
    monkeypatch.setattr(git, "_answers", lambda root, oids: asked.extend(oids) or answers(root, oids))
    history.diff(text, cache=cache)
    assert set(asked) == {history.git("rev-parse", f"main:{name}") for name in ("a.yaml", "policy.yaml")}


@pytest.mark.parametrize(
    "damage", ["no database", "every record is noise", "every record is cut", "records swapped"]
)
def test_equal_bytes_with_a_damaged_cache(damage: str, history: History, tmp_path: Path) -> None:
    text = history.change(BASE, HEAD)
    expected = rendered(history, text)
    rendered(history, text, file_cache(tmp_path))
    file = tmp_path / "cache/records.sqlite"
    if damage == "no database":
        for name in (file, file.with_name(file.name + "-wal"), file.with_name(file.name + "-shm")):
            name.unlink(missing_ok=True)
        file.write_bytes(b"\x00garbage" * 4096)
    else:
        change = {
            "every record is noise": "randomblob(length(data))",
            "every record is cut": "substr(data, 1, length(data) / 2)",
            "records swapped": "(SELECT data FROM record ORDER BY key DESC LIMIT 1)",
        }[damage]
        connection = sqlite3.connect(file)
        if damage == "records swapped":  # of one space for those of the other: whole, and of another shape
            spaces = [space for (space,) in connection.execute("SELECT DISTINCT space FROM record ORDER BY space")]
            connection.execute("UPDATE record SET space = 'x' WHERE space = ?", (spaces[0],))
            connection.execute(
                "INSERT OR REPLACE INTO record SELECT ?, key, (SELECT data FROM record WHERE space = ? LIMIT 1) "
                "FROM record WHERE space = 'x'",
                (spaces[0], spaces[1]),
            )
        else:
            connection.execute(f"UPDATE record SET data = {change}")  # noqa: S608 - one of the above
        connection.commit()
        connection.close()
    assert rendered(history, text, file_cache(tmp_path)) == expected
    assert rendered(history, text, file_cache(tmp_path)) == expected


def test_two_runs_at_once_on_one_cache(history: History, tmp_path: Path) -> None:
    text = history.change(BASE, HEAD)
    expected = rendered(history, text)
    found: list[str] = []

    def run() -> None:
        found.append(rendered(history, text, file_cache(tmp_path)))

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4


def test_a_folder_that_cannot_be_written_changes_nothing(history: History, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    text = history.change(BASE, HEAD)
    assert rendered(history, text, FileCache(tmp_path / "file/cache")) == rendered(history, text)


def test_another_engine_asks_for_no_record(
    history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A check that was mended judges anew."""
    cache = file_cache(tmp_path)
    text = history.change(BASE, HEAD)
    rendered(history, text, cache)
    asked: list[str] = []
    monkeypatch.setattr(records, "_package", lambda: "another")
    get = cache.get
    monkeypatch.setattr(cache, "get", lambda space, keys: asked.append(space) or get(space, keys))
    spaces = {space for (space,) in cache._connection.execute("SELECT DISTINCT space FROM record")}  # type: ignore[union-attr] # it is open
    rendered(history, text, cache)
    assert spaces.isdisjoint(asked)


def test_an_engine_is_known_by_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An upgrade, or a hand that edits a check, without a new version."""
    file = tmp_path / "checks/some.py"
    file.parent.mkdir()
    file.write_text("one\n")
    monkeypatch.setattr(records.bartizan, "__file__", str(tmp_path / "__init__.py"))
    states = {records._package.__wrapped__(), records._package.__wrapped__()}
    file.write_text("another\n")
    states.add(records._package.__wrapped__())
    assert len(states) == 2


def test_what_could_not_be_read_is_not_remembered(history: History, tmp_path: Path) -> None:
    """A content that is missing today may be fetched tomorrow."""
    text = history.change({"a.yaml": pod()}, {"a.yaml": pod(), "new.yaml": pod("new", **BAD)})
    oid = history.git("rev-parse", "main:new.yaml")
    history.git("repack", "-a", "-d", "--quiet")
    history.git("unpack-objects", "-q", data=_packs(history))
    hidden = history.root / ".git/objects" / oid[:2] / oid[2:]
    kept = hidden.read_bytes()
    hidden.unlink()
    cache = file_cache(tmp_path)
    missing = history.diff(text, cache=cache)
    assert [(u.file, u.code) for u in missing.unknowns] == [("new.yaml", "unreadable-file")]
    hidden.write_bytes(kept)
    again = history.diff(text, cache=cache)
    assert ("host-namespaces", "new.yaml") in told(again)
    assert again == history.diff(text)


def _packs(history: History) -> bytes:
    """Take the packs away, and give what is in them."""
    (pack,) = (history.root / ".git/objects/pack").glob("*.pack")
    data = pack.read_bytes()
    for file in pack.parent.iterdir():
        file.unlink()
    return data


def test_an_answer_that_cannot_be_read_any_more_is_no_answer(history: History, tmp_path: Path) -> None:
    """The policy is known by the cache, and its content is gone: nobody knows whom it selects."""
    base = {"a.yaml": pod(), "policy.yaml": CLOSED}
    text = history.change(base, {**base, "new.yaml": pod("new")})
    cache = file_cache(tmp_path)
    first = text.partition("..")[0]
    history.diff(f"{first}..{first}", cache=cache)
    oid = history.git("rev-parse", "main:policy.yaml")
    history.git("repack", "-a", "-d", "--quiet")
    history.git("unpack-objects", "-q", data=_packs(history))
    (history.root / ".git/objects" / oid[:2] / oid[2:]).unlink()
    report = history.diff(text, cache=cache)
    assert ("no-network-policy", "new.yaml") not in told(report)
    assert [result.judge for result in report.results if result.verdict == "error"] == ["no-network-policy"]
    assert of(report, "fixed") == []
