"""broad-exception: accepts what will be added tomorrow."""

import pytest

from bartizan.checks.gate.broad_exception import check
from bartizan.model.exception import SubjectMatch
from tests.checks.gate.uses import NAMED, faults, use


@pytest.mark.parametrize(
    "subjects",
    [
        (),
        (SubjectMatch(kind="Deployment"),),
        (SubjectMatch(name="*"),),
        (SubjectMatch(namespace="**", name="*"),),
        (SubjectMatch(container="app"),),
        (*NAMED, SubjectMatch(kind="Pod")),
    ],
)
def test_subjects_that_name_neither_object_nor_namespace_are_told(subjects: tuple[SubjectMatch, ...]) -> None:
    """One such subject is enough, whatever stands beside it."""
    (fault,) = faults(check, use(subjects=subjects, matched=2))
    assert "2 of 4 findings" in fault.message


@pytest.mark.parametrize(
    "subject",
    [
        SubjectMatch(kind="Deployment", namespace="shop", name="web"),
        SubjectMatch(namespace="shop"),
        SubjectMatch(name="web-*"),
    ],
)
def test_a_named_object_or_namespace_is_narrow_enough(subject: SubjectMatch) -> None:
    assert faults(check, use(subjects=(subject,))) == []
