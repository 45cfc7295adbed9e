"""Bartizan as a user starts it, against a real API server."""

import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec

from tools.lab.control_plane import ControlPlane


class Answer:
    """What a run gave."""

    def __init__(self, run: "subprocess.CompletedProcess[bytes]") -> None:
        self.status = run.returncode
        self.err = run.stderr.decode()
        self.report: dict[str, Any] = msgspec.json.decode(run.stdout) if run.stdout else {}

    @property
    def unknowns(self) -> dict[str, str]:
        """What could not be read, with the code of each."""
        return {unknown["subject"]: unknown["code"] for unknown in self.report["unknowns"]}

    @property
    def messages(self) -> list[str]:
        return [unknown["message"] for unknown in self.report["unknowns"]]

    @property
    def found(self) -> Counter[tuple[str, ...]]:
        """Findings as a baseline knows them again."""
        return Counter(
            (finding["check"], _title(finding["subject"]), finding["keyedPath"], finding["fingerprint"])
            for finding in self.report["results"]
            if finding["verdict"] == "fail"
        )

    @property
    def skipped(self) -> set[tuple[str, str, str]]:
        """What could not be judged: the check, whom, and why."""
        return {
            (result["check"], _title(result["subject"]), result["reason"])
            for result in self.report["results"]
            if result["verdict"] in ("skip", "error")
        }

    @property
    def objects(self) -> int:
        count: int = self.report["coverage"]["objects"]
        return count


def scan(folder: Path, *arguments: str | Path, stdin: bytes | None = None) -> Answer:
    """`bartizan scan` in a folder."""
    argv = [sys.executable, "-m", "bartizan", "scan", "-o", "json", "--persona", "audit", *arguments]
    return Answer(subprocess.run(argv, cwd=folder, input=stdin, capture_output=True, check=False, timeout=120))


def scan_cluster(plane: ControlPlane, user: str, *arguments: str | Path, url: str = "", token: str = "") -> Answer:
    """`bartizan scan --cluster` as a user."""
    return scan(
        plane.folder, "--cluster", "--kubeconfig", plane.kubeconfig(user, url=url, token=token), *arguments
    )


def _title(subject: dict[str, str]) -> str:
    return f"{subject['kind']} {subject.get('namespace', '-')}/{subject['name']}"
