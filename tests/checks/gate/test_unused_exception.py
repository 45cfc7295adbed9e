"""unused-exception: done with, or misspelt."""

from datetime import timedelta

from bartizan.checks.gate.unused_exception import check
from tests.checks.gate.uses import DAY, faults, use


def test_an_exception_that_fits_a_finding_is_in_use() -> None:
    assert faults(check, use(matched=1)) == []


def test_an_exception_that_fits_nothing_is_told_with_its_target() -> None:
    (fault,) = faults(check, use(matched=0, suppressed=0))
    assert "`host-namespaces`" in fault.message
    assert "team-a" in fault.message


def test_one_that_has_expired_is_told_as_expired_and_not_twice() -> None:
    assert faults(check, use(matched=0, suppressed=0, until=DAY - timedelta(days=1))) == []


def test_one_that_another_exception_made_needless_still_fits() -> None:
    """Two exceptions fit the same finding and one of them suppresses it: neither is misspelt."""
    assert faults(check, use(matched=1, suppressed=0)) == []
