"""deprecated-api-version: served today, refused by a release that is named already."""

from typing import Any

import pytest

from bartizan.checks.object.deprecated_api_version import check
from tests.checks.cases import Cases
from tests.harness import judge


def thing(version: str, kind: str) -> dict[str, Any]:
    return {"apiVersion": version, "kind": kind, "metadata": {"name": "a"}}


CASES = Cases(
    passes=[thing("resource.k8s.io/v1", "ResourceClaim"), thing("example.com/v1beta1", "ResourceClaim")],
    fails=[
        thing("resource.k8s.io/v1beta1", "ResourceClaim"),
        thing("coordination.k8s.io/v1beta1", "LeaseCandidate"),
    ],
    absent=thing("v1", "ConfigMap"),
    absent_fails=False,
    ill_typed=[],
    reads_fields=False,
)


@pytest.mark.parametrize(
    ("minor", "said"),
    [
        (20, None),
        (21, "Kubernetes 1.25 stops serving CronJob in `batch/v1beta1`: write `batch/v1`"),
        (24, "Kubernetes 1.25 stops serving CronJob in `batch/v1beta1`: write `batch/v1`"),
        (25, None),
    ],
)
def test_it_is_told_between_deprecation_and_removal(minor: int, said: str | None) -> None:
    """After that it is told by removed-api-version."""
    found = judge(check, thing("batch/v1beta1", "CronJob"), minor=minor)
    assert [finding.message for finding in found] == ([said] if said else [])
    assert all((finding.severity, finding.persona) == ("low", "audit") for finding in found)


def test_without_a_steadier_version_nothing_is_promised() -> None:
    (finding,) = judge(check, thing("coordination.k8s.io/v1beta1", "LeaseCandidate"))
    assert finding.message.endswith("1.37 has no other version of it yet")
