"""Objects that nobody would write: whatever stands in whatever place, every check gives a verdict."""

import copy
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bartizan.app import plugins
from bartizan.app.selection import Selection, judges
from bartizan.evaluate import evaluate
from bartizan.lookups import Inventory
from bartizan.model.owner import Owners
from bartizan.model.resource import Resource
from bartizan.model.result import Evaluation
from bartizan.model.review import Review
from bartizan.sources.blob import Blob
from bartizan.sources.manifests import read_manifest
from tests.harness import TODAY

SHOP = Path(__file__).parents[2] / "examples" / "harbor-market"
JUDGES = judges(plugins.checks(), Selection(persona="audit"))
ODD: list[Any] = [
    *(
        None,
        True,
        False,
        0,
        -1,
        2**63,
        1.5,
        "",
        "x",
        "\n",
        "\x00",
        "*",
        "a/b:c@d",
        "http://[::1",
        "1e999",
        "\uff11\uff12",
    ),
    *([], {}, [None], [[]], [{}], [1], ["*"], {"": None}, {"a": {"b": "c"}}, {"name": 5}, {"name": None}),
]
"""What a fuzzer, a template engine or a tired person writes."""


def objects() -> list[dict[str, Any]]:
    """Every object of the example shop."""
    files = sorted(SHOP.rglob("*.yaml"))
    return [
        resource.raw for file in files for resource in read_manifest(Blob("a.yaml", file.read_bytes())).resources
    ]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of everything inside."""
    if path:
        yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from places(item, (*path, key))


def spoilt(raw: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The object with something odd in up to three places, or with something missing."""
    value = copy.deepcopy(raw)
    for _ in range(chance.randint(1, 3)):
        *way, last = chance.choice(list(places(value)) or [("kind",)])
        node: Any = value
        for step in way:
            node = node[step]
        if isinstance(node, dict) and chance.random() < 0.2:
            node.pop(last, None)
        else:
            node[last] = copy.deepcopy(chance.choice(ODD))
    return value


def judged(resources: tuple[Resource, ...]) -> Evaluation:
    """All checks over some objects."""
    owners = Owners(resources)
    reviews = [Review(item, owner=owners.top(item)) for item in resources]
    return evaluate(JUDGES, reviews, Inventory(resources), TODAY)


@pytest.mark.parametrize("seed", range(8))
def test_no_check_crashes(seed: int) -> None:
    """It is read or refused; judged, or an error with its place; and never a crash."""
    chance = random.Random(seed)
    known = objects()
    for raw in chance.choices(known, k=200):
        text = msgspec.json.encode(spoilt(raw, chance))
        reading = read_manifest(Blob("a.json", text))
        assert reading.resources or reading.unknowns or reading.counts, text
        crashed = [item.message for item in judged(reading.resources).unknowns if item.code == "check-crashed"]
        assert crashed == [], text


@pytest.mark.parametrize("seed", range(2))
def test_a_check_that_asks_about_others_meets_the_odd_ones_too(seed: int) -> None:
    """A look-up may lead to anything."""
    chance = random.Random(seed)
    spoilt_shop = [spoilt(raw, chance) if chance.random() < 0.3 else raw for raw in objects()]
    text = msgspec.json.encode({"apiVersion": "v1", "kind": "List", "items": spoilt_shop})
    evaluation = judged(read_manifest(Blob("a.json", text)).resources)
    assert [item for item in evaluation.unknowns if item.code == "check-crashed"] == []
    assert evaluation.findings
