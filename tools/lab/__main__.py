"""The lab's command line: ``python -m tools.lab GROUP [NAME…]`` builds, ``list`` shows what is there."""

import argparse
import sys
from collections.abc import Sequence

from tools.lab.build import ensure
from tools.lab.cache import LOCK_PATIENCE, Cache, from_environment
from tools.lab.errors import LabError
from tools.lab.programs import GROUPS, Program, named


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; exit status 0, 1 for a failed build, 2 for a wrong command line."""
    parser = _parser()
    options = parser.parse_args(arguments)
    cache = from_environment()
    if options.command == "list":
        print("\n".join(listing(cache)))
        return 0
    try:
        programs = named(GROUPS[options.command], options.names)
    except KeyError as error:
        parser.error(f"no program {error.args[0]!r} in {options.command}; see `list`")
    return _build_all(programs, cache)


def listing(cache: Cache) -> list[str]:
    """One line a program: group, name, version, and where it is or that it is not."""
    rows = [
        (
            group,
            program.name,
            program.version,
            str(cache.executable(program)) if cache.has(program) else "not built",
        )
        for group, programs in GROUPS.items()
        for program in programs
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3]]) for row in rows
    ]


def _build_all(programs: Sequence[Program], cache: Cache) -> int:
    """Build what can be built: one program that fails does not keep the others from being made."""
    failed = False
    try:
        with cache.locked(LOCK_PATIENCE, lambda: _say("another run is building; waiting for it")):
            for program in programs:
                failed |= not _built(program, cache)
    except LabError as error:
        _say(f"error: {error}")
        return 1
    return 1 if failed else 0


def _built(program: Program, cache: Cache) -> bool:
    try:
        ensure(program, cache, _say)
    except LabError as error:
        _say(f"error: {error}")
        return False
    return True


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tools.lab",
        description="Build other people's programs into a cache outside the repository ($BARTIZAN_LAB).",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for group, programs in GROUPS.items():
        command = commands.add_parser(group, help=f"build {', '.join(program.name for program in programs)}")
        command.add_argument("names", nargs="*", metavar="NAME", help="build only these")
    commands.add_parser("list", help="show what the lab can build and what is there")
    return parser


if __name__ == "__main__":
    sys.exit(main())
