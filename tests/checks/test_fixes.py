"""Every fix, applied to the parsed object, removes its finding and adds none: over all findings of real inputs.

Examples are always looked at; the corpus where `BARTIZAN_CORPUS` (or `../shared/corpus`) holds it.
"""

import io
import os
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import pytest

from bartizan.app import plugins
from bartizan.app.selection import Selection, judges
from bartizan.evaluate import evaluate
from bartizan.lookups import Inventory
from bartizan.model.finding import Finding
from bartizan.model.patch import apply
from bartizan.model.resource import Resource
from bartizan.model.review import Review
from bartizan.sources.blob import Blob, is_manifest
from bartizan.sources.manifests import read_manifest
from bartizan.sources.rendering import set_apart
from tests.harness import TODAY

ROOT = Path(__file__).parents[2]
CORPUS = Path(os.environ.get("BARTIZAN_CORPUS", ROOT.parent / "shared" / "corpus"))
SHARES = 8
"""The sample of a thousand files is judged in so many tests, so that they run beside each other."""

JUDGES = judges(plugins.checks(), Selection(persona="audit"))

Key = tuple[str, str, str]


def key(finding: Finding) -> Key:
    """What tells two findings of one object apart, whatever the order of lists."""
    return finding.check, finding.keyed_path, finding.evidence


def found(resource: Resource, inventory: Inventory) -> tuple[Finding, ...]:
    """All that every check says of one object among others."""
    return evaluate(JUDGES, [Review(resource)], inventory, TODAY).findings


def broken_promises(resources: list[Resource]) -> tuple[int, list[str]]:
    """How many fixes were tried, and those that leave their finding or bring another."""
    inventory = Inventory(resources)
    tried, broken = 0, []
    for resource in resources:
        findings = found(resource, inventory)
        before = Counter(map(key, findings))
        for finding in findings:
            if finding.fix is None:
                continue
            tried += 1
            mended = msgspec.structs.replace(resource, raw=apply(finding.fix, resource.raw), marks=None)
            after = Counter(map(key, found(mended, inventory)))
            place = f"{finding.location.file}: {finding.subject.title}: {key(finding)}"
            if key(finding) in after:
                broken.append(f"{place} is still there")
            broken += [f"{place} brings {other}" for other in after - before]
    return tried, broken


def resources(blobs: Iterable[Blob]) -> list[Resource]:
    """The objects of some files, as a scan reads them."""
    readings = set_apart([read_manifest(blob) for blob in blobs])
    return [resource for reading in readings for resource in reading.resources]


def below(folder: Path) -> Iterator[Blob]:
    """The manifests of a folder."""
    for file in sorted(folder.rglob("*")):
        if is_manifest(file.name) and file.is_file():
            yield Blob(file.relative_to(folder).as_posix(), file.read_bytes())


def sample() -> list[Blob]:
    """The thousand files of the packed sample."""
    zstandard = pytest.importorskip("zstandard")
    packed = CORPUS / "manifests" / "manifests-1000.tar.zst"
    if not packed.exists():
        pytest.skip(f"no corpus at {CORPUS}")
    plain = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(packed.read_bytes())).read()
    with tarfile.open(fileobj=io.BytesIO(plain)) as archive:
        members = [(member.name, archive.extractfile(member)) for member in archive if member.isfile()]
        return [Blob(name, file.read()) for name, file in members if file is not None and is_manifest(name)]


def test_fixes_of_the_examples() -> None:
    tried, broken = broken_promises(resources(below(ROOT / "examples")))
    assert broken == []
    assert tried > 0


@pytest.mark.parametrize("folder", ["manifests/apps", "charts-rendered"])
def test_fixes_of_applications(folder: str) -> None:
    """Each application is a world of its own: network policies of one select nothing of another."""
    if not (CORPUS / folder).is_dir():
        pytest.skip(f"no corpus at {CORPUS}")
    worlds = [resources(below(world)) for world in sorted((CORPUS / folder).iterdir()) if world.is_dir()]
    told = [broken_promises(world) for world in worlds or [resources(below(CORPUS / folder))]]
    assert [line for _, broken in told for line in broken] == []
    assert sum(tried for tried, _ in told) > 100


@pytest.mark.parametrize("share", range(SHARES))
def test_fixes_of_single_manifests(share: int) -> None:
    tried, broken = broken_promises(resources(sample()[share::SHARES]))
    assert broken == []
    assert tried > 100
