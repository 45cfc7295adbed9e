"""What a chart's own files say: its name, what it depends on, and which file a rendered text was made from."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from posixpath import basename, dirname
from typing import Any

import msgspec

from bartizan.documents.reader import read
from bartizan.sources.blob import is_manifest

CHART = "Chart.yaml"
_ARCHIVES = (".tgz", ".tar.gz")
_VERSION = re.compile(r"(-v?[0-9]+\..*)?\.(tgz|tar\.gz)$")


class ChartFiles:
    """The files of a chart, named from its folder."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self._documents: dict[str, dict[str, Any]] = {}

    def about(self, folder: str = "") -> dict[str, Any]:
        """The content of a Chart.yaml: the chart's own, or that of a chart in its folder."""
        return self._document(folder + CHART)

    @property
    def name(self) -> str:
        """The chart's name."""
        name = self.about().get("name")
        return name if isinstance(name, str) else ""

    def twins(self) -> list[str]:
        """The names that two charts in one `charts` folder share: helm takes either, by chance."""
        found = Counter(place for file in self._files if (place := self._part(file)) is not None)
        return sorted(name for (_, name), count in found.items() if count > 1)

    def _part(self, file: str) -> tuple[str, str] | None:
        """The folder of dependencies that a Chart.yaml or an archive belongs to, and the chart's name."""
        if basename(file) == CHART and basename(dirname(dirname(file))) == "charts":
            name = self.about(dirname(file) + "/").get("name")
            return dirname(dirname(file)), str(name)
        if file.endswith(_ARCHIVES) and basename(dirname(file)) == "charts":
            return dirname(file), _VERSION.sub("", basename(file))
        return None

    def holds(self, file: str, text: str) -> bool:
        """Whether a text stands just so in a file that is no template, as custom resource definitions do."""
        own = self._files.get(file, b"")
        is_plain = is_manifest(file) and "templates" not in file.split("/")[:-1]
        return is_plain and own.strip() == text.encode("utf-8", "surrogatepass").strip()

    def source(self, template: str) -> str:
        """The file that helm calls `chart/charts/sub/templates/x.yaml`, or the archive that holds it."""
        folder, left = "", template.split("/")[1:]
        while len(left) > 2 and left[0] == "charts":  # noqa: PLR2004 - a name and a file in it
            found = self._dependency(folder, left[1])
            if found is None:
                return folder + CHART
            if not found.endswith("/"):
                return found
            folder, left = found, left[2:]
        file = folder + "/".join(left)
        return file if file in self._files else folder + CHART

    def _dependency(self, folder: str, name: str) -> str | None:
        """The folder (with a `/` at its end) or archive of a dependency, by its name or alias."""
        parts = self._parts.get(f"{folder}charts", {})
        return parts.get(name) or parts.get(self._aliases(folder).get(name, name))

    @cached_property
    def _parts(self) -> dict[str, dict[str, str]]:
        """By the folder of dependencies: their names, and the folder or archive of each."""
        found: dict[str, dict[str, str]] = {}
        for file in self._files:
            part = self._part(file)
            if part is not None:
                place = file if file.endswith(_ARCHIVES) else dirname(file) + "/"
                found.setdefault(part[0], {})[part[1]] = place
        return found

    def _aliases(self, folder: str) -> dict[str, str]:
        found = {}
        for file in (folder + CHART, folder + "requirements.yaml"):
            listed = self._document(file).get("dependencies")
            for item in listed if isinstance(listed, list) else ():
                if isinstance(item, dict) and isinstance(item.get("alias"), str):
                    found[item["alias"]] = str(item.get("name"))
        return found

    def _document(self, file: str) -> dict[str, Any]:
        if file not in self._documents:
            self._documents[file] = mapping(self._files.get(file, b""))
        return self._documents[file]


def mapping(text: bytes) -> dict[str, Any]:
    """The mapping that a text holds; empty where it holds none."""
    documents = read(text).documents
    value = documents[0].value if documents else None
    return value if isinstance(value, dict) else {}


class Release(msgspec.Struct, frozen=True, kw_only=True):
    """One way in which a chart is installed."""

    name: str = ""
    """Empty for the chart's own name."""
    namespace: str = ""
    values: dict[str, Any] = {}
    """Over the chart's defaults."""
    parameters: tuple[tuple[str, bool], ...] = ()
    """As `--set` and `--set-string` (true) write them, over the values."""
    defaults: dict[str, Any] | None = None
    """In the place of the chart's own values; None where those hold."""
    label: str = ""
    """The file that says so; empty for the chart's defaults."""
