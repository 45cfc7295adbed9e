import pytest

from tests.reports.formats import ENDINGS, NAMES, render
from tests.reports.golden import FOLDER, agrees
from tests.reports.sample import REPORTS

SHOW_ALL = frozenset({"skip", "suppressed"})


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("which", REPORTS)
def test_writes_what_it_wrote_when_it_was_last_looked_at(name: str, which: str) -> None:
    text = render(name, REPORTS[which])

    assert agrees(FOLDER / f"{which}.{name}.{ENDINGS[name]}", text), "renew with BARTIZAN_GOLDEN=1"


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("narrow", {"width": 60}),
        ("color", {"color": True, "show": SHOW_ALL}),
    ],
)
def test_table_for_other_terminals(kind: str, options: dict[str, object]) -> None:
    text = render("table", REPORTS["scan"], **options)

    assert agrees(FOLDER / f"scan.table.{kind}.txt", text), "renew with BARTIZAN_GOLDEN=1"
