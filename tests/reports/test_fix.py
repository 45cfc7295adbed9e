from typing import Any

import msgspec
import pytest

from bartizan.model.finding import Op
from bartizan.reports._fix import snippet
from tests.reports.sample import SCAN

_SECURITY = ("spec", "template", "spec", "containers", 0, "securityContext")


def written(*ops: Op, **changes: Any) -> list[str]:
    finding = msgspec.structs.replace(SCAN.findings[0], fix=ops, **changes)
    return [line.mark + line.text for line in snippet(finding)]


def test_what_stands_there_goes_and_what_is_right_comes() -> None:
    assert written(Op("set", (*_SECURITY, "privileged"), value=False)) == [
        "@spec.template.spec.containers[app]",
        " securityContext:",
        "-  privileged: true",
        "+  privileged: false",
    ]


def test_a_field_outside_of_lists_stands_below_its_parent() -> None:
    assert written(Op("set", ("spec", "hostPID"), value=False)) == ["@spec", "+hostPID: false"]


def test_a_removal_shows_what_goes() -> None:
    assert written(Op("remove", ("spec", "hostPID")), path=("spec", "hostPID"), value=True) == [
        "@spec",
        "-hostPID: true",
    ]
    assert written(Op("remove", ("spec", "volumes", 2))) == ["@spec.volumes[2]", "-this item"]


def test_an_item_is_appended_to_its_list() -> None:
    assert written(Op("append", (*_SECURITY, "capabilities", "drop"), "ALL"))[1:] == [
        " securityContext:",
        "   capabilities:",
        "     drop:",
        "+    - ALL",
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("plain/text:1", ["+x: plain/text:1"]),
        ("yes", ['+x: "yes"']),
        ("256Mi", ['+x: "256Mi"']),
        ("a: b", ['+x: "a: b"']),
        ("", ['+x: ""']),
        (None, ["+x: null"]),
        (0, ["+x: 0"]),
        ({}, ["+x: {}"]),
        ([], ["+x: []"]),
        ({"a": {"b": [1, {"c": True}]}}, ["+x:", "+  a:", "+    b:", "+      - 1", "+      - c: true"]),
    ],
)
def test_values_are_written_as_yaml(value: Any, expected: list[str]) -> None:
    assert written(Op("set", ("x",), value)) == expected


def test_a_finding_without_a_fix_has_no_lines() -> None:
    assert written() == []
