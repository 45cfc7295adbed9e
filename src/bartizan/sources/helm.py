"""Charts rendered by the Helm library of the extra `helm`, or by a `helm` on PATH: confined, without network."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from shutil import rmtree

import msgspec

from bartizan.sources.allowance import MOST_TEXT_OF_ONE, Allowance
from bartizan.sources.chart import ChartFiles, Release
from bartizan.sources.child import Limits
from bartizan.sources.copies import scratch, write
from bartizan.sources.files import InputError
from bartizan.sources.helm_programs import Answer, Helm, open_helm
from bartizan.sources.rendered import NOTHING_MADE, Piece, Rendering, failed
from bartizan.sources.words import one_line, reason


class Chart(msgspec.Struct, frozen=True):
    """What a renderer is given: the files of a chart, named from its folder, and how it is installed."""

    folder: str
    """As the scanned tree names it."""
    files: Mapping[str, bytes]
    releases: Sequence[Release]
    minor: int
    """Of the Kubernetes version that the chart is told."""
    namespace: str = ""
    """Where it is installed if nobody else says it."""
    problems: Sequence[str] = ()
    """Why it is not known how the chart is installed, where it is not."""


def render_charts(charts: Iterable[Chart], limits: Limits | None = None) -> list[Rendering]:
    """What each chart makes; one that cannot be rendered hides nothing of the others.

    Nothing is made where Helm is not there. The charts are asked for one by one.
    """
    try:
        with scratch("helm") as place:
            helm = open_helm(place, limits)
            if helm is None:
                return [NOTHING_MADE for _ in charts]
            try:
                return list(_all_rendered(helm, charts, place))
            finally:
                helm.close()
    except InputError as error:
        return [failed(str(error)) for _ in charts]


def _all_rendered(helm: Helm, charts: Iterable[Chart], scratch: Path) -> Iterator[Rendering]:
    allowance = Allowance()
    for index, chart in enumerate(charts):
        if reason := allowance.used_up():
            yield failed(reason)
        else:
            place = scratch / f"chart-{index}"
            yield allowance.note(_rendered(helm, chart, place))
            rmtree(place, ignore_errors=True)


def _rendered(helm: Helm, chart: Chart, place: Path) -> Rendering:
    files = ChartFiles(chart.files)
    if twins := files.twins():
        return failed(
            f"its `charts/` holds more than one chart called `{twins[0]}`, and helm takes either: remove one"
        )
    try:
        write(chart.files, place)
    except InputError as error:
        return failed(str(error))
    pieces: dict[str, list[Piece]] = {}
    problems = dict.fromkeys(chart.problems)
    made, text_made, stopped = 0, 0, False
    for release in chart.releases:
        answer = _answer(helm, chart, release, place, release.name or release_name(files.name))
        if answer.library:
            return Rendering(notes={"library-chart": 1})
        if answer.error:
            problems[_told(chart, release, answer, place)] = None
            if answer.stopped:
                stopped = True
                break
            continue
        made += 1
        if answer.missing:
            problems[_missing(chart, answer.missing)] = None
        text_made += sum(map(len, answer.texts.values()))
        if text_made > MOST_TEXT_OF_ONE:
            problems[f"all the ways in which it is installed make more than {MOST_TEXT_OF_ONE >> 20} MiB"] = None
            break
        for source, text in _objects(files, answer):
            file = f"{chart.folder}/{source}" if chart.folder else source
            pieces.setdefault(file, []).append(Piece(release.namespace, text))
    return Rendering(pieces, tuple(problems), whole=bool(made), stopped=stopped)


def _answer(helm: Helm, chart: Chart, release: Release, place: Path, name: str) -> Answer:
    """What a chart makes in one way; its own values are there again afterwards."""
    named = msgspec.structs.replace(release, name=name, namespace=release.namespace or chart.namespace)
    if release.defaults is None:
        return helm.answer(place, named, chart.minor)
    own = {"values.yaml": chart.files.get("values.yaml", b"{}")}
    try:
        write({"values.yaml": msgspec.json.encode(release.defaults)}, place)
        answer = helm.answer(place, named, chart.minor)
        write(own, place)
    except InputError as error:
        return Answer(error=str(error))
    return answer


def _objects(files: ChartFiles, answer: Answer) -> Iterator[tuple[str, str]]:
    """What was made of each file of the chart, but for what is judged in its own place."""
    for template, text in sorted((answer.texts | _crds(files, answer)).items()):
        if text.strip() and (_makes_objects(template) or not answer.by_name):
            source = files.source(template)
            if not files.holds(source, text):
                yield source, text


def release_name(chart: str) -> str:
    """The chart's own name, as far as Helm takes it for a release."""
    name = re.sub(r"[^a-z0-9-]+", "-", chart.lower()).strip("-")[:53].strip("-")
    return name or "release"


def _crds(files: ChartFiles, answer: Answer) -> dict[str, str]:
    """Custom resource definitions under the names of templates."""
    return {_crd_template(files, name): text for name, text in answer.crds.items()}


def _crd_template(files: ChartFiles, name: str) -> str:
    """`crds/x.yaml` or `chart/charts/sub/crds/x.yaml`, always as the latter."""
    return f"{files.name or 'chart'}/{name}" if name.startswith("crds/") else name


def _makes_objects(template: str) -> bool:
    name = template.rpartition("/")[2]
    return not name.startswith("_") and name != "NOTES.txt"


def _told(chart: Chart, release: Release, answer: Answer, place: Path) -> str:
    """Helm's reason, and what to do about it."""
    said = answer.error.replace(str(place), chart.folder or ".")
    why = one_line(said) if answer.stopped else reason(said, _templates(chart))
    with_values = f" with the values of `{release.label}`" if release.label else ""
    if answer.stopped:
        by_hand = f"`helm template {chart.folder or '.'} | bartizan scan -`"
        return f"helm was stopped{with_values}: {why}; a chart that you trust has no limits by hand: {by_hand}"
    if "missing in charts/" in why:
        return f"helm refuses it{with_values}: {why}; {_build(chart)}"
    if release.label:
        return f"helm cannot render it{with_values}: {why}; correct the values or the chart"
    return (
        f"helm cannot render it with its defaults: {why}; correct it, let an Argo CD Application or a Flux "
        f"HelmRelease here say how it is installed, or scan `helm template {chart.folder or '.'} -f VALUES`"
    )


def _templates(chart: Chart) -> Iterator[bytes]:
    return (data for file, data in chart.files.items() if "templates/" in file)


def _missing(chart: Chart, names: Sequence[str]) -> str:
    listed = ", ".join(f"`{name}`" for name in names)
    what = "dependency" if len(names) == 1 else "dependencies"
    return (
        f"its {what} {listed} {'is' if len(names) == 1 else 'are'} not in `charts/`, and nothing is fetched; "
        + (_build(chart))
    )


def _build(chart: Chart) -> str:
    return f"run `helm dependency build {chart.folder or '.'}` and scan again"
