"""An exception accepts one known risk, not every one to come."""

import pytest

from bartizan.checks.gate.broad_exception import check
from bartizan.model.exception import SubjectMatch as Match
from tests.checks.gate.uses import faults, use


@pytest.mark.parametrize(
    "subjects",
    [
        (),
        (Match(),),
        (Match(kind="Deployment"),),
        (Match(api_version="apps/v1", container="app"),),
        (Match(name="*"),),
        (Match(name="**", namespace="*"),),
        (Match(name="web"), Match(kind="Pod")),
    ],
)
def test_one_that_names_neither_object_nor_namespace_is_told(subjects: tuple[Match, ...]) -> None:
    (fault,) = faults(check, use(subjects=subjects, matched=3, judged=7))
    assert fault.path == ("spec", "subjects")
    assert "(3 of 7 findings of its check)" in fault.message


@pytest.mark.parametrize(
    "subjects", [(Match(name="web"),), (Match(namespace="shop"),), (Match(name="web-*"), Match(namespace="*-dev"))]
)
def test_one_that_names_an_object_or_a_namespace_is_not(subjects: tuple[Match, ...]) -> None:
    assert faults(check, use(subjects=subjects)) == []
