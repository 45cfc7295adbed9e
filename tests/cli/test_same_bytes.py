"""Same input, same bytes (law 4): whatever the order of files, paths, objects and the seed of Python's hashes."""

import random
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from tests.cli.terminal import FORMATS, GOOD, bartizan, pod, scan, shell, write

SHOP = Path(__file__).parents[2] / "examples" / "harbor-market"
BROKEN = {
    "broken/syntax.yaml": "a: [\n",
    "broken/ill.yaml": pod("ill", containers="x", hostPID=1),
    "broken/list.yaml": "apiVersion: v1\nkind: List\nitems: [1, 2]\n",
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example shop with some trouble in it."""
    folder = tmp_path_factory.mktemp("shop")
    shutil.copytree(SHOP, folder, dirs_exist_ok=True)
    return write(folder, dict(BROKEN))


@pytest.mark.parametrize("output", FORMATS)
def test_a_second_run_gives_the_same_bytes(shop: Path, output: str) -> None:
    arguments = ("scan", ".", "--persona", "audit", "--as-of", "2026-01-15", "--show", "pass", "-o", output)
    assert bartizan(shop, *arguments) == bartizan(shop, *arguments)


@pytest.mark.parametrize("output", FORMATS)
def test_paths_in_another_order_give_the_same_bytes(shop: Path, output: str) -> None:
    """And so does naming one twice, or a part of it as well."""
    paths = ["access", "broken", "data", "namespaces", "network", "operations", "shop"]
    options = ("--persona", "audit", "--as-of", "2026-01-15", "-o", output)
    expected = bartizan(shop, "scan", *paths, *options)
    for seed in range(3):
        shuffled = random.Random(seed).sample(paths, len(paths))
        assert expected == bartizan(shop, "scan", *shuffled, *options)
    assert expected == bartizan(shop, "scan", *paths, *paths, *options)


@pytest.mark.parametrize("output", FORMATS)
def test_files_made_in_another_order_give_the_same_bytes(tmp_path: Path, shop: Path, output: str) -> None:
    """A file system lists a folder in an order of its own."""
    files = sorted(file for file in shop.rglob("*") if file.is_file())
    told = set()
    for seed in range(3):
        folder = tmp_path / str(seed) / "shop"
        for file in random.Random(seed).sample(files, len(files)):
            write(folder, {file.relative_to(shop).as_posix(): file.read_bytes()})
        told.add(bartizan(folder, "scan", ".", "--as-of", "2026-01-15", "-o", output))
    assert len(told) == 1


def test_objects_in_another_order_have_the_same_findings(tmp_path: Path, shop: Path) -> None:
    """Only their places move: in one file after the other, or from one file to another."""
    texts = [file.read_text() for file in sorted(shop.glob("[!b]*/*.yaml"))]
    documents = [document for text in texts for document in text.split("\n---\n")]
    told = []
    for seed in range(4):
        shuffled = random.Random(seed).sample(documents, len(documents))
        write(tmp_path, {"all.yaml": "\n---\n".join(shuffled)})
        found = scan(tmp_path, "--persona", "audit").findings
        told.append(Counter((item["fingerprint"], re.sub(r"line \d+", "line", item["message"])) for item in found))
    assert told[0].total() > 30
    assert told == [told[0]] * 4


def test_another_seed_of_hashes_gives_the_same_bytes(shop: Path) -> None:
    command = "".join(f"$BARTIZAN scan . --persona audit --as-of 2026-01-15 -o {name}; " for name in FORMATS)
    told = {shell(shop, command, PYTHONHASHSEED=seed).out for seed in ("0", "1", "4711")}
    assert len(told) == 1


def test_the_day_is_an_argument(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": GOOD})
    assert scan(tmp_path, "--as-of", "2031-05-06").report["header"]["asOf"] == "2031-05-06"
