"""All pages, and the folder that holds them."""

from pathlib import Path

from bartizan.app import configuration
from tools.reference.checks import built_in, check_index, check_page
from tools.reference.command_line import command_line_page
from tools.reference.configuration import configuration_page
from tools.reference.peers import peers_page
from tools.reference.reports import reports_page
from tools.reference.unknowns import unknowns_page

FOLDER = Path(__file__).parents[2] / "docs" / "reference"
MARK = "<!-- Made by `make docs` from the code. Change the code, not this page. -->\n\n"

Pages = dict[str, str]


def pages() -> Pages:
    """Every page by its name below the folder."""
    checks = built_in()
    made = {f"checks/{check.id}.md": check_page(check) for check in checks.values()}
    made["checks/index.md"] = check_index(checks)
    made["reports.md"] = reports_page()
    made["peers.md"] = peers_page(checks)
    made["unknowns.md"] = unknowns_page()
    made["command-line.md"] = command_line_page()
    made["configuration.md"] = configuration_page(configuration.schema())
    return {name: MARK + text.rstrip("\n") + "\n" for name, text in made.items()}


def stale(made: Pages, folder: Path) -> list[str]:
    """Names of pages that differ, are missing, or should not be there."""
    there = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
    differ = [
        name for name, text in made.items() if name not in there or there[name].read_bytes() != text.encode()
    ]
    return sorted([*differ, *(name for name in there if name not in made)])


def write(made: Pages, folder: Path) -> None:
    """Make the folder hold these pages and no others."""
    for name in stale(made, folder):
        file = folder / name
        if name in made:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(made[name].encode())
        else:
            file.unlink()
