"""``python -m tools.reference`` writes the reference pages into `docs/reference/`.

``--check`` writes nothing and fails with the list of pages that are not what the code says.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.reference.folder import FOLDER, pages, stale, write


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the pages, or check them: exit status 1 where some are stale."""
    parser = argparse.ArgumentParser(prog="python -m tools.reference", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only tell which pages are stale")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the pages are (docs/reference)")
    options = parser.parse_args(arguments)
    made = pages()
    names = stale(made, options.folder)
    if not options.check:
        write(made, options.folder)
        print(f"{len(made)} pages in {options.folder}, {len(names)} of them changed or removed")
        return 0
    if names:
        print("stale, run `make docs`:", *names, sep="\n  ", file=sys.stderr)
    return 1 if names else 0


if __name__ == "__main__":
    sys.exit(main())
