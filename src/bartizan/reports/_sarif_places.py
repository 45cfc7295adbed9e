"""How SARIF names places and writes messages."""

import re
from functools import lru_cache
from typing import Any

from bartizan.model.finding import Location
from bartizan.model.resource import Subject
from bartizan.reports._harmless import storable

BASE = "%SRCROOT%"
_UNRESERVED = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/")
_PLACEHOLDER = re.compile(r"\{(\d+)\}")


def message(text: str) -> dict[str, str]:
    """A plain message: what looks like an embedded link or a placeholder is escaped (3.11.5, 3.11.6)."""
    if "](" in text:
        text = text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return {"text": _PLACEHOLDER.sub(r"{{\1}}", text) if "{" in text else text}


def physical(location: Location) -> dict[str, Any]:
    """The file and, where the line is known, the region in it."""
    region = {"region": _region(location)} if location.line else {}
    return {"physicalLocation": {"artifactLocation": _artifact(location.file), **region}}


def _artifact(file: str) -> dict[str, str]:
    """A file below the scanned inputs' folder, or one elsewhere: that has no base to be found from."""
    if file.startswith("/"):
        return {"uri": f"file:///{uri(file)}"}
    return {"uri": uri(file), "uriBaseId": BASE}


def logical(subject: Subject) -> dict[str, Any]:
    """The object, and the container in it, by name."""
    return {
        "name": subject.container or subject.name,
        "fullyQualifiedName": qualified(subject),
        "kind": "resource",
    }


def qualified(subject: Subject) -> str:
    """`apps/v1/Deployment/shop/web/app`."""
    parts = subject.api_version, subject.kind, subject.namespace, subject.name, subject.container
    return "/".join(part for part in parts if part)


@lru_cache(maxsize=4096)
def uri(file: str) -> str:
    """A relative reference: percent-encoded, never absolute, never taken for a scheme."""
    data = storable(file).lstrip("/").encode()
    return "".join(chr(byte) if byte in _UNRESERVED else f"%{byte:02X}" for byte in data)


def _region(location: Location) -> dict[str, int]:
    region = {"startLine": location.line}
    if location.column:
        region["startColumn"] = location.column
    if (location.end_line, location.end_column) > (location.line, location.column):
        region["endLine"] = location.end_line
        if location.end_column:
            region["endColumn"] = location.end_column
    return region
