"""The inputs of the scan benchmark, unpacked once into the lab's cache."""

import hashlib
import importlib
import importlib.util
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO


class SampleMissingError(Exception):
    """A sample cannot be had; the message says what to do about it."""


@dataclass(frozen=True)
class Sample:
    """A folder of manifests, one document a file, and the files in it in a fixed order."""

    folder: Path
    files: tuple[Path, ...]


def corpus_sample(documents: int, corpus: Path, cache: Path) -> Sample:
    """The corpus's sample of that many real documents.

    The folder is named after the archive's digest and appears in one move: what is there is whole.
    """
    archive = corpus / "manifests" / f"manifests-{documents}.tar.zst"
    if not archive.is_file():
        raise SampleMissingError(
            f"{archive} is missing; set BARTIZAN_CORPUS to the folder that holds manifests/"
        )
    folder = cache / "samples" / f"{documents}-{_digest(archive)}"
    if not folder.is_dir():
        _unpack(archive, folder)
    return folder_sample(folder)


def without_refused(sample: Sample, files: tuple[Path, ...], folder: Path) -> Sample:
    """Only these files of the sample, copied into ``folder`` alone; the sample itself when they are all."""
    if files == sample.files:
        return sample
    if folder.exists():
        shutil.rmtree(folder)
    for file in files:
        copy = folder / file.relative_to(sample.folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
    folder.mkdir(parents=True, exist_ok=True)
    return folder_sample(folder)


def single_file_sample(manifest: Path, cache: Path) -> Sample:
    """A folder with this one file, since not every scanner takes the name of a file."""
    folder = cache / "samples" / "one"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(manifest, folder / manifest.name)
    return folder_sample(folder)


def folder_sample(folder: Path) -> Sample:
    """Every YAML file below the folder."""
    return Sample(folder, tuple(sorted(folder.rglob("*.yaml"))))


def _unpack(archive: Path, folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as draft:
        # Streamed: what this process once held would count as the peak of the children that it starts.
        with _decompressed(archive) as stream, tarfile.open(fileobj=stream, mode="r|") as tar:
            tar.extractall(Path(draft) / "whole", filter="data")
        (Path(draft) / "whole").rename(folder)


@contextmanager
def _decompressed(archive: Path) -> Iterator[IO[bytes]]:
    """The archive's bytes without zstandard, by the wheel or else by the program."""
    if importlib.util.find_spec("zstandard") is not None:
        with archive.open("rb") as file:
            yield importlib.import_module("zstandard").ZstdDecompressor().stream_reader(file)
        return
    zstd = shutil.which("zstd")
    if zstd is None:
        raise SampleMissingError(
            f"{archive.name} needs zstandard: `pip install zstandard` or install the zstd program"
        )
    with subprocess.Popen(
        [zstd, "--decompress", "--stdout", str(archive)], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None  # noqa: S101  # PIPE was asked for
        yield process.stdout
        process.stdout.read()  # a tar reader stops at the end mark; the rest is padding
    if process.returncode != 0:
        raise SampleMissingError(f"zstd ended with status {process.returncode} on {archive}")


def _digest(archive: Path) -> str:
    with archive.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:12]
