"""expired-exception: a debt whose day is over."""

from datetime import timedelta

from bartizan.checks.gate.expired_exception import check
from tests.checks.gate.uses import DAY, faults, use


def test_an_exception_holds_through_its_last_day() -> None:
    assert faults(check, use(until=DAY)) == []


def test_the_day_after_it_is_told_with_its_owner_and_what_is_back() -> None:
    (fault,) = faults(check, use(until=DAY - timedelta(days=1), matched=3, suppressed=0))
    assert "team-a" in fault.message
    assert "2026-01-14" in fault.message
    assert "3 findings are back" in fault.message


def test_an_expired_exception_is_told_even_if_it_fits_nothing() -> None:
    assert len(faults(check, use(until=DAY - timedelta(days=1), matched=0, suppressed=0))) == 1
