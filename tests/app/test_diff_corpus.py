"""Real manifests: the example shop always, and others where the corpus is at hand."""

import os
import tarfile
from pathlib import Path

import pytest
import yaml

from bartizan.app.scan import Flags
from tests.app.history import BAD, History, Tree, of, plain_git, pod, told  # noqa: F401 - a fixture
from tests.app.test_diff_oracle import same_as_two_scans

ROOT = Path(__file__).parents[2]
SHOP = ROOT / "examples/harbor-market"
CORPUS = Path(os.environ.get("BARTIZAN_CORPUS") or ROOT.parent / "shared/corpus")
SAMPLE = CORPUS / "manifests/manifests-1000.tar.zst"
AUDIT = Flags(persona="audit")
NO_DUPLICATES = Flags(persona="audit", skip=("duplicate-key",))
"""A key that stands twice in a mapping stands there once after another program has written it."""


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "repository")


@pytest.fixture
def shop() -> dict[str, str]:
    return {file.relative_to(SHOP).as_posix(): file.read_text() for file in sorted(SHOP.rglob("*.yaml"))}


def unchanged(history: History, base: Tree, head: Tree, flags: Flags = AUDIT) -> None:
    """Nothing is new and nothing fixed, and so says the oracle."""
    report = history.diff(history.change(base, head), flags)
    assert (of(report, "new"), of(report, "fixed"), of(report, "incomparable")) == ([], [], [])
    assert report.changes["unchanged"] > 30
    same_as_two_scans(base, head, report, history.root.parent, flags)


def test_a_shop_that_moves_house_is_nothing_new(history: History, shop: dict[str, str]) -> None:
    unchanged(history, shop, {f"market/{name.replace('/', '-')}": shop[name] for name in shop})


@pytest.mark.parametrize("style", ["flow", "block", "sorted"])
def test_a_shop_that_is_reformatted_is_nothing_new(style: str, history: History, shop: dict[str, str]) -> None:
    """Comments go, styles and the order of keys change."""
    options = {
        "flow": {"default_flow_style": True},
        "block": {"default_flow_style": False},
        "sorted": {"sort_keys": True},
    }
    written = {
        name: yaml.safe_dump_all(list(yaml.safe_load_all(text)), **{"sort_keys": False, **options[style]})
        for name, text in shop.items()
    }
    unchanged(history, shop, written, NO_DUPLICATES)


def test_a_shop_in_one_file_and_in_one_file_each_is_the_same(history: History, shop: dict[str, str]) -> None:
    documents = [document for text in shop.values() for document in text.split("\n---\n")]
    each = {f"{number}.yaml": text for number, text in enumerate(documents)}
    unchanged(history, {"all.yaml": "\n---\n".join(documents)}, each)


def test_a_shop_that_is_copied_is_all_new(history: History, shop: dict[str, str]) -> None:
    head = {f"{place}/{name}": shop[name] for name in shop for place in ("dev", "prod")}
    base = {f"dev/{name}": shop[name] for name in shop}
    report = history.diff(history.change(base, head), AUDIT)
    assert {finding.location.file.partition("/")[0] for finding in of(report, "new")} == {"prod"}
    same_as_two_scans(base, head, report, history.root.parent, AUDIT)


def test_each_file_of_the_shop_that_is_taken_away(history: History, shop: dict[str, str]) -> None:
    """Policies, accounts and bindings among them: what others are judged by."""
    for name in list(shop)[::4]:
        head = {other: shop[other] for other in shop if other != name}
        report = history.diff(history.change(shop, head), AUDIT)
        same_as_two_scans(shop, head, report, history.root.parent, AUDIT)


def test_twenty_changes_among_real_manifests(history: History) -> None:
    zstandard = pytest.importorskip("zstandard", reason="the corpus is packed with zstandard")
    if not SAMPLE.is_file():
        pytest.skip(f"{SAMPLE} is missing; set BARTIZAN_CORPUS to the folder that holds manifests/")
    base: dict[str, bytes] = {}
    with (
        SAMPLE.open("rb") as packed,
        tarfile.open(fileobj=zstandard.ZstdDecompressor().stream_reader(packed), mode="r|") as tar,
    ):
        for member in tar:
            file = tar.extractfile(member)
            if file is not None:
                base[member.name] = file.read()
    head = dict(base)
    for number, name in enumerate(sorted(base)[::50]):
        text = head.pop(name)
        if number % 4 == 0:
            head[f"moved/{number}.yaml"] = text
        elif number % 4 == 1:
            head[name] = b"# a comment\n" + text
        elif number % 4 == 2:
            head[name] = text.replace(b"image: ", b"image: changed.example/")
    head["new.yaml"] = pod("new", **BAD).encode()
    text = history.change(base, head)
    report = history.diff(text, AUDIT)
    assert ("host-namespaces", "new.yaml") in told(report)
    same_as_two_scans(base, head, report, history.root.parent, AUDIT)
