"""``python -m tools.kubernetes`` makes the tables of Kubernetes' kinds, fields, versions and first roles.

It needs Go, which fetches the modules. ``--check`` writes nothing and fails where a table is not what they say.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tools.kubernetes.bootstrap import bootstrap_roles
from tools.kubernetes.fields import fields
from tools.kubernetes.lifecycle import VERSIONS, lifecycle
from tools.kubernetes.modules import ModuleError, folder

FOLDER = Path(__file__).parents[2] / "src" / "bartizan" / "data" / "kubernetes"
SERVER = "v1.37.2"
"""The release of `k8s.io/kubernetes` whose fields are known."""


def tables() -> dict[str, str]:
    """Each table's text by its file's name.

    Raises:
        ModuleError: a module cannot be had.
    """
    server, source = folder("k8s.io/kubernetes", SERVER), f"k8s.io/kubernetes {SERVER}"
    description = server / "api" / "openapi-spec" / "swagger.json"
    return {
        "bootstrap-roles.json": as_text(bootstrap_roles(server, source)),
        "fields.json": as_text(fields(json.loads(description.read_bytes()), source)),
        "api-versions.json": as_text(lifecycle({version: folder("k8s.io/api", version) for version in VERSIONS})),
    }


def as_text(table: dict[str, Any]) -> str:
    """Compact, with a line for each group and definition: a new release is a readable difference."""
    lines = [f"{json.dumps(key)}:{_part(value)}" for key, value in table.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _part(value: Any) -> str:
    if isinstance(value, dict):
        return "{\n" + ",\n".join(f"{json.dumps(key)}:{_compact(item)}" for key, item in value.items()) + "\n}"
    if isinstance(value, list):
        return "[\n" + ",\n".join(map(_compact, value)) + "\n]"
    return json.dumps(value)


def _compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the tables, or check them: exit status 1 where one is stale, 2 where a module cannot be had."""
    parser = argparse.ArgumentParser(prog="python -m tools.kubernetes", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only tell which tables are stale")
    parser.add_argument(
        "--folder", type=Path, default=FOLDER, help="where they are (src/bartizan/data/kubernetes)"
    )
    options = parser.parse_args(arguments)
    try:
        made = tables()
    except ModuleError as error:
        print(error, file=sys.stderr)
        return 2
    stale = [name for name, text in made.items() if not _holds(options.folder / name, text)]
    if not options.check:
        for name in stale:
            (options.folder / name).write_text(made[name])
        print(f"{len(made)} tables in {options.folder}, {len(stale)} of them changed")
        return 0
    if stale:
        print("stale, run `python -m tools.kubernetes`:", *stale, sep="\n  ", file=sys.stderr)
    return 1 if stale else 0


def _holds(file: Path, text: str) -> bool:
    return file.is_file() and file.read_text() == text


if __name__ == "__main__":
    sys.exit(main())
