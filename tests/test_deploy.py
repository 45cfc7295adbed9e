"""What we hand out to be applied passes our own scan, but for what it is meant to give."""

import pytest

from bartizan.app.scan import Flags, scan
from tests.architecture.tree import ROOT
from tests.harness import TODAY


@pytest.mark.parametrize(
    ("file", "findings"),
    [
        ("scan-reader.yaml", []),
        ("scan-reader-namespace.yaml", []),
        ("scan-reader-secrets.yaml", [("secrets-readable", "ClusterRole bartizan-scan-secrets")]),
    ],
)
def test_the_readers_roles_pass_our_own_scan(file: str, findings: list[tuple[str, str]]) -> None:
    report = scan((f"deploy/{file}",), Flags(persona="regular", config_file="none"), TODAY, cwd=ROOT)
    assert [(finding.check, finding.subject.title) for finding in report.findings] == findings
    assert report.unknowns == ()
