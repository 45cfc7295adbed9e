"""An exception is a debt with a day on which it is due."""

from datetime import date, timedelta

import pytest

from bartizan.checks.gate.expired_exception import check
from tests.checks.gate.uses import UNTIL, faults, use


@pytest.mark.parametrize(("days", "is_told"), [(-1, False), (0, False), (1, True), (400, True)])
def test_it_is_due_after_its_last_day(days: int, is_told: bool) -> None:
    assert bool(faults(check, use(at=UNTIL + timedelta(days)))) is is_told


def test_it_says_whose_decision_waits() -> None:
    (fault,) = faults(check, use(at=date(2030, 1, 1), matched=4))
    assert fault.path == ("spec", "until")
    assert "exception `one` of platform expired on 2026-01-31" in fault.message
    assert "(4 findings are back)" in fault.message
