"""The inputs of the scan benchmark, laid out afresh for each sitting.

Not below a cache folder such as ``~/.cache``: checkov passes over whatever has a hidden folder in its path,
says nothing, and would look fast.
"""

import importlib
import importlib.util
import shutil
import subprocess
import tarfile
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


def corpus_sample(documents: int, corpus: Path, folder: Path) -> Sample:
    """The corpus's sample of that many real documents, unpacked into ``folder``."""
    archive = corpus / "manifests" / f"manifests-{documents}.tar.zst"
    if not archive.is_file():
        raise SampleMissingError(f"{archive} is missing; set BARTIZAN_CORPUS to the folder that holds manifests/")
    with _decompressed(archive) as stream, tarfile.open(fileobj=stream, mode="r|") as tar:
        tar.extractall(folder, filter="data")
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


def single_file_sample(manifest: Path, folder: Path) -> Sample:
    """A folder with this one file, since not every scanner takes the name of a file."""
    folder.mkdir(parents=True)
    shutil.copyfile(manifest, folder / manifest.name)
    return folder_sample(folder)


def folder_sample(folder: Path) -> Sample:
    """Every YAML file below the folder."""
    return Sample(folder, tuple(sorted(folder.rglob("*.yaml"))))


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
    with subprocess.Popen([zstd, "--decompress", "--stdout", str(archive)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None  # noqa: S101  # PIPE was asked for
        yield process.stdout
        process.stdout.read()  # a tar reader stops at the end mark; the rest is padding
    if process.returncode != 0:
        raise SampleMissingError(f"zstd ended with status {process.returncode} on {archive}")
