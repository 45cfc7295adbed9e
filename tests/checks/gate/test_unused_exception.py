"""An exception that fits nothing is done with, or misspelt."""

from datetime import timedelta

from bartizan.checks.gate.unused_exception import check
from tests.checks.gate.uses import UNTIL, faults, use


def test_one_that_fits_nothing_is_told() -> None:
    (fault,) = faults(check, use(matched=0))
    assert fault.path == ("spec", "subjects")
    assert "exception `one` of platform fits no finding of `root-user`" in fault.message


def test_one_that_fits_is_used_though_another_hides_the_finding() -> None:
    assert faults(check, use(matched=1, suppressed=0)) == []


def test_one_that_expired_is_told_as_that_alone() -> None:
    assert faults(check, use(matched=0, at=UNTIL + timedelta(1))) == []
    assert faults(check, use(matched=0, at=UNTIL)) != []
