"""What every test runs under: the guard of the pure core, and Hypothesis' settings."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import configuration, settings
from hypothesis.database import DirectoryBasedExampleDatabase

from tests.architecture.purity import GUARD

BUILD = Path(__file__).parents[1] / "build"

configuration.set_hypothesis_home_dir(BUILD / "hypothesis")
# No deadline: a busy machine is no broken law. A failing example is kept, and the next run tries it first.
settings.register_profile(
    "bartizan",
    deadline=None,
    print_blob=True,
    database=DirectoryBasedExampleDatabase(BUILD / "hypothesis" / "examples"),
)
settings.load_profile("bartizan")


@pytest.fixture(autouse=True, scope="session")
def _pure_core() -> Iterator[None]:
    """Fail any test in which the core reads a file, a socket, a process, a clock or a random number."""
    GUARD.switch_on()
    yield
    GUARD.switch_off()
