"""From what is asked for to the judges of a run."""

import msgspec
import pytest

from bartizan.app import plugins
from bartizan.app.errors import UsageError
from bartizan.app.selection import Selection, judges, minor
from bartizan.checks.check import NEWEST_MINOR, Check
from bartizan.model.finding import PERSONAS, Persona


class Most(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Parameters of a check."""

    most: int = 3


def check(name: str, persona: Persona = "regular", **more: object) -> Check:
    """A check that finds nothing."""
    made = {"judges": "pod", "severity": "low", "find": lambda *_: (), "persona": persona, **more}
    return Check(id=name, **made)  # type: ignore[arg-type] # names from a table


CHECKS = (
    check("open-door"),
    check("open-window", "strict"),
    check("loose-stone", "audit", params=Most),
    check("weak-wall", level="baseline", standard="Walls"),
    check("any-wall", level="restricted", standard="Walls", overrides=("weak-wall",)),
    check("old-pardon", judges="exception"),
    check("new-pardon", judges="change"),
)
PARDONS = ["new-pardon", "old-pardon"]


def chosen(**wanted: object) -> list[str]:
    """The ids of the judges for a selection, without those that look at no object."""
    made = judges(CHECKS, Selection(**wanted))  # type: ignore[arg-type] # names from a table
    return sorted(judge.check.id for judge in made if judge.check.id not in PARDONS)


def refusal(**wanted: object) -> str:
    """Why a selection is refused."""
    with pytest.raises(UsageError) as caught:
        chosen(**wanted)
    return str(caught.value)


def test_each_persona_sees_more_than_the_one_before() -> None:
    seen = [set(chosen(persona=persona)) for persona in PERSONAS]
    assert seen[0] < seen[1] < seen[2]
    assert [sorted(new) for new in (seen[0], seen[1] - seen[0], seen[2] - seen[1])] == [
        ["any-wall", "open-door", "weak-wall"],
        ["open-window"],
        ["loose-stone"],
    ]


def test_a_check_that_is_named_runs_for_any_persona() -> None:
    assert chosen(select=("loose-stone",)) == ["loose-stone"]
    assert chosen(select=("open-*",)) == ["open-door", "open-window"]
    assert chosen(select=("open-*", "loose-stone"), ignore=("open-w*",)) == ["loose-stone", "open-door"]


def test_checks_of_gates_run_beside_what_is_selected() -> None:
    """An exception does not stop to expire because somebody asks for one check."""
    made = judges(CHECKS, Selection(select=("open-door",)))
    assert sorted(judge.check.id for judge in made) == ["new-pardon", "old-pardon", "open-door"]
    assert {judge.check.id for judge in judges(CHECKS, Selection(ignore=("old-pardon",)))} & {
        "old-pardon"
    } == set()


def test_a_level_brings_the_checks_of_the_standard_and_no_others() -> None:
    assert chosen(level="baseline") == ["weak-wall"]
    assert chosen(level="restricted") == ["any-wall"]
    assert [judge.check.id for judge in judges(CHECKS, Selection(level="restricted"))] == ["any-wall"]


def test_a_check_that_its_version_does_not_know_replaces_none() -> None:
    late = (
        CHECKS[3],
        check(
            "any-wall",
            find=None,
            rules=((30, lambda *_: ()),),
            level="restricted",
            standard="Walls",
            overrides=("weak-wall",),
        ),
    )
    assert [judge.check.id for judge in judges(late, Selection(level="restricted", minor=29))] == [
        "weak-wall",
        "any-wall",
    ]
    assert [judge.check.id for judge in judges(late, Selection(level="restricted", minor=30))] == ["any-wall"]


def test_a_check_comes_after_what_it_contains() -> None:
    order = [judge.check.id for judge in judges(CHECKS, Selection())]
    assert order.index("weak-wall") < order.index("any-wall")


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"select": ("open-dor",)}, "no check is called `open-dor`; did you mean `open-door`?"),
        ({"ignore": ("opne-*",)}, "no check matches `opne-*`"),
        ({"select": ("Open-Door",)}, "no check is called `Open-Door`"),
        ({"severity": {"open-dor": "low"}}, "there is no check `open-dor`; did you mean `open-door`?"),
        ({"params": {"lose-stone": {}}}, "there is no check `lose-stone`; did you mean `loose-stone`?"),
        ({"params": {"loose-stone": {"most": "x"}}}, "parameters of `loose-stone`: Expected `int`, got `str`"),
        ({"params": {"loose-stone": {"more": 1}}}, "parameters of `loose-stone`: Object contains unknown field"),
        ({"params": {"open-door": {"most": 1}}}, "parameters of `open-door`: Object contains unknown field"),
    ],
)
def test_what_does_not_fit_is_refused(wanted: dict[str, object], message: str) -> None:
    assert message in refusal(persona="audit", **wanted)


@pytest.mark.parametrize("wanted", [{"ignore": ("*-*",)}, {"select": ("open-*",), "ignore": ("open-*",)}])
def test_nothing_left_to_judge_with_is_refused(wanted: dict[str, object]) -> None:
    """A run without judges would read as clean."""
    assert "no check is left" in refusal(**wanted)


def test_only_the_gate_may_be_asked_about() -> None:
    assert chosen(select=("new-pardon",)) == []


def test_parameters_and_severities_reach_their_check() -> None:
    made = judges(
        CHECKS,
        Selection(persona="audit", params={"loose-stone": {"most": 7}}, severity={"open-door": "critical"}),
    )
    told = {judge.check.id: (judge.params, judge.severity) for judge in made}
    assert told["loose-stone"] == (Most(7), None)
    assert told["open-door"][1] == "critical"


@pytest.mark.parametrize("text", ["1.36", "v1.36", "1.36.3", "v1.36.0"])
def test_a_version_has_a_minor(text: str) -> None:
    assert minor(text) == 36


@pytest.mark.parametrize(
    "text", ["", "1", "2.0", "1.x", "1.36.x", "1.36.1.2", "1.²", "1.٣", "1.-3", "1." + "9" * 5000]
)
def test_what_is_no_version_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is no Kubernetes version; write it like 1"):
        minor(text)


def test_a_version_of_tomorrow_is_refused() -> None:
    """What the checks do not know they cannot judge."""
    assert minor(f"1.{NEWEST_MINOR}") == NEWEST_MINOR
    with pytest.raises(UsageError, match="update bartizan"):
        minor(f"1.{NEWEST_MINOR + 1}")


def test_every_check_that_is_shipped_can_be_chosen() -> None:
    for name in (item.id for item in plugins.checks()):
        assert name in {judge.check.id for judge in judges(plugins.checks(), Selection(select=(name,)))}
