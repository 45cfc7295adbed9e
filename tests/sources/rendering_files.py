"""What tests of renderers share: charts and kustomizations as mappings from names to contents."""

import gzip
import io
import tarfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from bartizan.sources.helm_programs import helm_version
from bartizan.sources.kustomize_build import find_kustomize

needs_helm = pytest.mark.skipif(not helm_version(), reason="no Helm: `pip install 'bartizan[helm]'`")
needs_kustomize = pytest.mark.skipif(
    find_kustomize() is None, reason="no kustomize: `pip install 'bartizan[kustomize]'`"
)

POD = (
    "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: app, image: 'r.example/a:1'}]}\n"
)


def chart(name: str = "shop", more: str = "", **files: str | bytes) -> dict[str, str | bytes]:
    """A chart with some files; a name without a dot or slash is a template."""
    named = {key if {".", "/"} & set(key) else f"templates/{key}.yaml": text for key, text in files.items()}
    return {"Chart.yaml": f"apiVersion: v2\nname: {name}\nversion: 1.0.0\n{more}", **named}


def encoded(files: Mapping[str, str | bytes]) -> dict[str, bytes]:
    """The files as bytes."""
    return {name: text.encode() if isinstance(text, str) else text for name, text in files.items()}


def below(folder: str, files: Mapping[str, str | bytes]) -> dict[str, str | bytes]:
    """The files in a folder."""
    return {f"{folder}/{name}": text for name, text in files.items()}


def archive(files: Mapping[str, str | bytes], folder: str) -> bytes:
    """A chart as helm packs it."""
    made = io.BytesIO()
    with (
        gzip.GzipFile(fileobj=made, mode="wb", mtime=0) as zipped,
        tarfile.open(fileobj=zipped, mode="w") as packed,
    ):
        for name, data in encoded(files).items():
            entry = tarfile.TarInfo(f"{folder}/{name}")
            entry.size = len(data)
            packed.addfile(entry, io.BytesIO(data))
    return made.getvalue()


def write(files: Mapping[str, str | bytes], folder: Path) -> None:
    """The files in a folder."""
    for name, data in encoded(files).items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
