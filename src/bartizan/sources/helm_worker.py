"""Renders charts with the Helm library: `python -I -S helm_worker.py LIBRARY`, always in a confined process.

A script of its own that knows only the standard library. It reads one JSON request a line and answers each with
one JSON line. The library is that of the wheel `helm-python-sdk`; its C interface only ever grows.
"""

import ctypes
import json
import sys
from collections.abc import Iterable
from typing import Any

_TEXT, _HANDLE = ctypes.c_char_p, ctypes.c_uint64
_RESULT = ctypes.POINTER(ctypes.c_void_p)


class HelmRefusedError(Exception):
    """Helm's own words."""


class Library:
    """The few functions that rendering takes."""

    def __init__(self, path: str) -> None:
        self._library = ctypes.CDLL(path)
        self._library.helm_free_string.argtypes = (ctypes.c_void_p,)
        self._library.helm_free_string.restype = None
        self._library.helm_chart_free.argtypes = (_HANDLE, _RESULT)
        self._library.helm_chart_load.argtypes = (_TEXT, ctypes.POINTER(_HANDLE), _RESULT)

    def load(self, folder: str) -> int:
        """A chart, by its handle."""
        handle, error = _HANDLE(), ctypes.c_void_p()
        status = self._library.helm_chart_load(folder.encode(), ctypes.byref(handle), ctypes.byref(error))
        self._check(status, error)
        return handle.value

    def free(self, chart: int) -> None:
        """The chart is needed no more."""
        error = ctypes.c_void_p()
        self._check(self._library.helm_chart_free(chart, ctypes.byref(error)), error)

    def call(self, name: str, *arguments: Any) -> Any:
        """What a function gives, as a value. Integers are handles, all else is text or nothing."""
        function = getattr(self._library, name)
        function.argtypes = (
            *(_HANDLE if isinstance(item, int) else _TEXT for item in arguments),
            _RESULT,
            _RESULT,
        )
        given = [item.encode() if isinstance(item, str) else item for item in arguments]
        out, error = ctypes.c_void_p(), ctypes.c_void_p()
        status = function(*given, ctypes.byref(out), ctypes.byref(error))
        text = self._take(out)
        self._check(status, error)
        return json.loads(text or "null")

    def _check(self, status: int, error: ctypes.c_void_p) -> None:
        text = self._take(error)
        if status:
            raise HelmRefusedError(text or f"error {status}")

    def _take(self, pointer: ctypes.c_void_p) -> str:
        if not pointer.value:
            return ""
        try:
            return ctypes.string_at(pointer.value).decode("utf-8", "replace")
        finally:
            self._library.helm_free_string(pointer)


def render(library: Library, request: dict[str, Any]) -> dict[str, Any]:
    """What one chart makes with one set of values, by template; or why it makes nothing."""
    chart = None
    try:
        chart = library.load(request["folder"])
        return _rendered(library, chart, request)
    except HelmRefusedError as error:
        return {"error": str(error)}
    finally:
        if chart is not None:
            library.free(chart)


def _rendered(library: Library, chart: int, request: dict[str, Any]) -> dict[str, Any]:
    about = library.call("helm_chart_metadata", chart)
    if about.get("type") == "library":
        return {"library": True}
    have = [item["name"] for item in library.call("helm_chart_dependencies", chart) or ()]
    wanted = [item["name"] for item in about.get("dependencies") or ()]
    values = _with_parameters(library, request["values"], request["parameters"])
    options = {"name": request["name"], "namespace": request["namespace"], "kube_version": request["version"]}
    texts = library.call("helm_render", chart, json.dumps(values), json.dumps(options))
    return {
        "texts": texts,
        "crds": {item["filename"]: item["data"] for item in library.call("helm_chart_crds", chart) or ()},
        "missing": sorted(set(wanted) - set(have)),
    }


def _with_parameters(
    library: Library, values: dict[str, Any], parameters: Iterable[tuple[str, bool]]
) -> dict[str, Any]:
    """The values under those written as `a.b=c`; such a one may be meant as a string."""
    for text, is_string in parameters:
        parse = "helm_strvals_parse_string" if is_string else "helm_strvals_parse"
        values = merged(values, library.call(parse, text))
    return values


def merged(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """As Helm lays one values file over another: mappings key by key, all else as a whole."""
    made = dict(under)
    for key, value in over.items():
        below = made.get(key)
        made[key] = merged(below, value) if isinstance(value, dict) and isinstance(below, dict) else value
    return made


def main(library: Library) -> None:
    """Answer until nobody asks any more."""
    for line in sys.stdin.buffer:
        answer = render(library, json.loads(line))
        sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(Library(sys.argv[1]))
