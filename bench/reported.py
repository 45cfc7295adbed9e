"""What each scanner reported: its own check and the file, read out of the JSON that it wrote."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from bench.scanners import BARTIZAN

Reports = frozenset[tuple[str, str]]
"""A scanner's check, and the file in which it found something."""

_ALL_WELL = 10
"""kube-score's grade of a check that found nothing."""


def reported(scanner: str, output: Path, sample: Path) -> Reports:
    """What a scanner wrote into its output folder about the files of a sample."""
    return frozenset((check, _name(file, sample)) for check, file in READERS[scanner](output))


def regular(output: Path, sample: Path) -> Reports:
    """What Bartizan tells who asks for nothing in particular."""
    return frozenset((check, _name(file, sample)) for check, file in _bartizan(output, personas=("regular",)))


def _bartizan(
    output: Path, personas: tuple[str, ...] = ("regular", "strict", "audit")
) -> Iterator[tuple[str, str]]:
    for result in json.loads((output / "bartizan.json").read_bytes())["results"]:
        if result["verdict"] == "fail" and result["persona"] in personas:
            yield result["check"], result["location"]["file"]


def _checkov(output: Path) -> Iterator[tuple[str, str]]:
    read = json.loads((output / "checkov" / "results_json.json").read_bytes())
    for failed in read["results"]["failed_checks"]:
        yield failed["check_id"], failed["file_path"].lstrip("/")


def _kube_score(output: Path) -> Iterator[tuple[str, str]]:
    for judged in json.loads((output / "stdout").read_bytes()):
        for check in judged["checks"]:
            if not check["skipped"] and check["grade"] < _ALL_WELL:
                yield check["check"]["id"], judged["file_name"]


def _trivy(output: Path) -> Iterator[tuple[str, str]]:
    for result in json.loads((output / "trivy.json").read_bytes())["Results"]:
        for found in result.get("Misconfigurations") or ():
            yield found["ID"], result["Target"]


READERS: Mapping[str, Callable[[Path], Iterable[tuple[str, str]]]] = {
    BARTIZAN: _bartizan,
    "checkov": _checkov,
    "kube-score": _kube_score,
    "trivy": _trivy,
}
"""How the output of each scanner is read; what the others check is known from paper alone."""


def _name(file: str, sample: Path) -> str:
    """The file's name below the sample's folder, however a scanner writes it."""
    path = Path(file)
    inside = path if path.is_absolute() else Path("/") / path
    return str(inside).removeprefix(f"{sample}/").lstrip("/")
