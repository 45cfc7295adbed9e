"""A control plane for the tests of this folder. Where its programs are not built they are skipped, and told why.

`make test-real` builds them first and sets BARTIZAN_REAL: there a skip is a failure.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cluster.objects import Cluster
from tools.lab.control_plane import ControlPlane, control_plane, missing


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """With BARTIZAN_REAL nothing may be skipped."""
    report = yield
    if report.skipped and os.environ.get("BARTIZAN_REAL"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and `make test-real` allows no skip: {report.longrepr}"
    return report


@pytest.fixture(scope="module")
def plane(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ControlPlane]:
    """One for each module: what a module puts into it is all there is."""
    if why := missing():
        pytest.skip(why)
    with control_plane(tmp_path_factory.mktemp("plane")) as running:
        yield running


@pytest.fixture(scope="module")
def cluster(plane: ControlPlane) -> Iterator[Cluster]:
    """The administrator's hand in it."""
    with plane.client() as client:
        yield Cluster(client)


@pytest.fixture
def workshop(tmp_path: Path) -> Path:
    """A working folder without a configuration."""
    return tmp_path
