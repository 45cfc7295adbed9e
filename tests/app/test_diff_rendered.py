"""A diff of charts and kustomizations tells what two scans tell, and renders no more than it must."""

import random
from collections.abc import Iterable
from pathlib import Path

import pytest

from bartizan.app import making
from bartizan.app.scan import Flags
from bartizan.model.report import Report
from bartizan.store.cache import FileCache
from tests.app.history import History, Link, Tree, plain_git, told  # noqa: F401 - a fixture
from tests.app.test_diff_oracle import same_as_two_scans
from tests.sources.rendering_files import archive, below, chart, needs_helm, needs_kustomize

pytestmark = [needs_helm, needs_kustomize]
FLAGS = Flags(select=("host-namespaces", "no-network-policy"))


def pod(name: str = "web", host: str = "false") -> str:
    return (
        f"apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}}}\n"
        f"spec: {{hostPID: {host}, containers: [{{name: app, image: 'r.example/a:1'}}]}}\n"
    )


CHART = below("shop", chart(a=pod(host="{{ .Values.host }}"), b=pod("b"))) | {"shop/values.yaml": "host: false\n"}
KUSTOMIZE: dict[str, str | bytes] = {
    "base/kustomization.yaml": "resources: [pod.yaml]\n",
    "base/pod.yaml": pod(),
    "prod/kustomization.yaml": "resources: [../base]\nnamespace: prod\npatches: [{path: patch.yaml}]\n",
    "prod/patch.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {hostIPC: false}\n",
}
BAD = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {hostIPC: true}\n"
BROKEN = "apiVersion: v1\nkind: Pod\nmetadata: {name: nobody}\n"


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "repository")


def diffed(history: History, base: Tree, head: Tree, flags: Flags = FLAGS) -> Report:
    """The diff, cold and warm and as the oracle sees it."""
    text = history.change(base, head)
    cache = FileCache(history.root.parent / "cache")
    report = history.diff(text, flags, cache=cache)
    assert history.diff(text, flags, cache=cache) == report
    same_as_two_scans(base, head, report, history.root.parent / "oracle", flags)
    return report


def unrendered(report: Report) -> list[str]:
    return sorted({unknown.file for unknown in report.unknowns if unknown.code == "needs-rendering"})


def test_a_value_that_changes_is_told_at_the_template_that_uses_it(history: History) -> None:
    report = diffed(history, CHART, CHART | {"shop/values.yaml": "host: true\n"})
    assert told(report) == [("host-namespaces", "shop/templates/a.yaml")]
    assert (report.exit_status, unrendered(report)) == (1, [])


def test_a_helper_that_changes_is_told_at_the_template_that_uses_it(history: History) -> None:
    base = CHART | {
        "shop/templates/a.yaml": pod(host='{{ include "host" . }}'),
        "shop/templates/_host.tpl": '{{ define "host" }}false{{ end }}',
    }
    report = diffed(history, base, base | {"shop/templates/_host.tpl": '{{ define "host" }}true{{ end }}'})
    assert told(report) == [("host-namespaces", "shop/templates/a.yaml")]


def test_a_template_written_in_another_way_is_nothing_new(history: History) -> None:
    base = CHART | {"shop/values.yaml": "host: true\n"}
    report = diffed(history, base, base | {"shop/templates/a.yaml": pod(host="{{ true }}")})
    assert (told(report), told(report, "fixed"), report.changes["unchanged"]) == ([], [], 3)


def test_a_part_in_an_archive_that_changes_is_told_at_the_archive(history: History) -> None:
    def packed(host: str) -> bytes:
        return archive(chart("part", a=pod("part", host)), "part")

    base = CHART | {"shop/charts/part-1.0.0.tgz": packed("false")}
    report = diffed(history, base, base | {"shop/charts/part-1.0.0.tgz": packed("true")})
    assert told(report) == [("host-namespaces", "shop/charts/part-1.0.0.tgz")]


def test_a_chart_that_breaks_hides_what_it_had(history: History) -> None:
    """What cannot be seen any more is not fixed."""
    base = CHART | {"shop/values.yaml": "host: true\n"}
    report = diffed(history, base, base | {"shop/templates/b.yaml": "{{ fail `no` }}"})
    assert told(report, "fixed") == []
    assert ("host-namespaces", "shop/templates/a.yaml") in told(report, "incomparable")
    assert (unrendered(report), report.exit_status) == (["shop/Chart.yaml"], 3)


def test_a_chart_that_is_mended_tells_nothing_as_new(history: History) -> None:
    head = CHART | {"shop/values.yaml": "host: true\n"}
    report = diffed(history, head | {"shop/templates/b.yaml": "{{ fail `no` }}"}, head)
    assert told(report) == []
    assert ("host-namespaces", "shop/templates/a.yaml") in told(report, "incomparable")


def test_a_chart_that_was_broken_and_is_untouched_is_not_told(history: History) -> None:
    base = CHART | {"shop/templates/b.yaml": "{{ fail `no` }}"}
    report = diffed(history, base, base | {"other.yaml": pod("other", "true")})
    assert told(report) == [("host-namespaces", "other.yaml"), ("no-network-policy", "other.yaml")]
    assert unrendered(report) == []


APPLICATION = (
    "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web, namespace: argocd}\nspec:\n"
    "  source: {repoURL: 'https://git.example.com/r', path: shop, helm: {valuesObject: {host: HOST}}}\n"
    "  destination: {namespace: prod}\n"
)


def test_values_of_an_application_elsewhere_change_what_a_chart_makes(history: History) -> None:
    base = CHART | {"apps/web.yaml": APPLICATION.replace("HOST", "false")}
    report = diffed(history, base, base | {"apps/web.yaml": APPLICATION.replace("HOST", "true")})
    assert told(report) == [("host-namespaces", "shop/templates/a.yaml")]


def test_values_that_are_not_known_any_more_are_told(history: History) -> None:
    """The change touches nothing of the chart itself."""
    base = CHART | {"apps/web.yaml": APPLICATION.replace("HOST", "false")}
    head = base | {"apps/web.yaml": APPLICATION.replace("valuesObject: {host: HOST}", "valueFiles: [gone.yaml]")}
    assert unrendered(diffed(history, base, head)) == ["shop/Chart.yaml"]


FLUX = (
    "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web, namespace: prod}\nspec:\n"
    "  chart: {spec: {chart: ./shop, sourceRef: {kind: GitRepository, name: us}}}\n"
    "  valuesFrom: [{kind: ConfigMap, name: vals}]\n"
)


def test_a_config_map_of_values_changes_what_a_chart_makes(history: History) -> None:
    def values(host: str) -> str:
        return (
            f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: vals}}\ndata: {{values.yaml: 'host: {host}'}}\n"
        )

    base = CHART | {"web.yaml": FLUX, "vals.yaml": values("false")}
    report = diffed(history, base, base | {"vals.yaml": values("true")})
    assert told(report) == [("host-namespaces", "shop/templates/a.yaml")]


def test_a_patch_that_changes_is_told_at_the_file_of_the_object(history: History) -> None:
    report = diffed(history, KUSTOMIZE, KUSTOMIZE | {"prod/patch.yaml": BAD})
    assert told(report) == [("host-namespaces", "base/pod.yaml")]
    assert (report.exit_status, unrendered(report)) == (1, [])


def test_a_base_that_changes_is_told_once_for_each_form(history: History) -> None:
    base = KUSTOMIZE | {"dev/kustomization.yaml": "resources: [../base]\nnamespace: dev\n"}
    report = diffed(history, base, base | {"base/pod.yaml": pod(host="true")})
    assert told(report) == [("host-namespaces", "base/pod.yaml")] * 2


def test_an_overlay_that_comes_takes_its_base_with_it(history: History) -> None:
    """What was judged as it stands is judged as it is made: in another namespace it is another object."""
    plain = {name: KUSTOMIZE[name] for name in ("base/kustomization.yaml", "base/pod.yaml")}
    report = diffed(history, plain, KUSTOMIZE)
    assert told(report) == told(report, "fixed") == [("no-network-policy", "base/pod.yaml")]


def test_an_overlay_that_breaks_hides_what_it_made(history: History) -> None:
    base = KUSTOMIZE | {"prod/patch.yaml": BAD}
    report = diffed(history, base, base | {"prod/patch.yaml": BROKEN})
    assert told(report, "fixed") == []
    assert unrendered(report) == ["prod/kustomization.yaml"]
    assert report.exit_status == 3


def test_a_new_fault_in_a_base_is_new_where_no_side_renders(history: History) -> None:
    base = KUSTOMIZE | {"prod/patch.yaml": BROKEN}
    report = diffed(history, base, base | {"base/pod.yaml": pod(host="true")})
    assert told(report) == [("host-namespaces", "base/pod.yaml")]
    assert unrendered(report) == ["prod/kustomization.yaml"]


def test_a_link_is_followed_in_a_tree_as_on_the_disk(history: History) -> None:
    base: Tree = {**CHART, "shop/charts/part": Link("../../parts"), **below("parts", chart("part", p=pod("p")))}
    head = {**base, "parts/templates/p.yaml": pod("p", "true")}
    report = diffed(history, base, head)
    assert "host-namespaces" in {check for check, _ in told(report)}


def test_rendering_may_be_switched_off(history: History) -> None:
    flags = Flags(select=("host-namespaces",), render=False)
    report = diffed(history, CHART | KUSTOMIZE, CHART | KUSTOMIZE | {"shop/values.yaml": "host: true\n"}, flags)
    assert (told(report), unrendered(report)) == ([], ["shop/Chart.yaml"])


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is rendered from now on."""
    seen: list[str] = []
    charts, builds = making.render_charts, making.render_kustomizations

    def note_charts(asked: Iterable[making.Chart]) -> object:
        listed = list(asked)
        seen.extend(item.folder for item in listed)
        return charts(listed)

    def note_builds(asked: Iterable[making.Build]) -> object:
        listed = list(asked)
        seen.extend(item.file for item in listed)
        return builds(listed)

    monkeypatch.setattr(making, "render_charts", note_charts)
    monkeypatch.setattr(making, "render_kustomizations", note_builds)
    return seen


def test_what_did_not_change_is_rendered_once_and_then_remembered(history: History, rendered: list[str]) -> None:
    base = CHART | KUSTOMIZE | below("other", chart("other", a=pod("other")))
    text = history.change(base, base | {"shop/values.yaml": "host: true\n"})
    cache = FileCache(history.root.parent / "cache")
    history.diff(text, FLAGS, cache=cache)
    assert sorted(rendered) == ["other", "prod/kustomization.yaml", "shop", "shop"]
    rendered.clear()
    history.diff(text, FLAGS, cache=cache)
    assert rendered == []


def test_what_kustomize_refuses_is_remembered_and_what_was_not_tried_is_not(
    history: History, rendered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its refusal depends on the files alone; that time or memory ran out does not."""
    text = history.change(KUSTOMIZE, KUSTOMIZE | {"prod/patch.yaml": BROKEN})
    cache = FileCache(history.root.parent / "cache")
    refused = [unrendered(history.diff(text, FLAGS, cache=cache)) for _ in range(2)]
    assert refused == [["prod/kustomization.yaml"]] * 2
    assert rendered == ["prod/kustomization.yaml"] * 2  # each side once

    def stopped(asked: Iterable[making.Build]) -> list[making.Rendering]:
        rendered.extend(item.file for item in asked)
        return [making.not_tried("time ran out")]

    monkeypatch.setattr(making, "render_kustomizations", stopped)
    rendered.clear()
    other = FileCache(history.root.parent / "other")
    for _ in range(2):
        history.diff(text, FLAGS, cache=other)
    assert rendered == ["prod/kustomization.yaml"] * 4


def test_another_version_or_namespace_is_another_rendering(history: History, rendered: list[str]) -> None:
    text = history.change(CHART, CHART)
    cache = FileCache(history.root.parent / "cache")
    for flags in (Flags(), Flags(namespace="x"), Flags(kubernetes_version="1.30"), Flags()):
        history.diff(text, flags, cache=cache)
    assert rendered == ["shop"] * 3


class Chance:
    """Random trees of charts and kustomizations, and random changes of them."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def pick(self, *options: str) -> str:
        return self.random.choice(options)

    def file(self) -> tuple[str, str | bytes]:
        truth = self.pick("true", "false")
        value = self.pick(
            "true", "false", "{{ .Values.host }}", "{{ .Values.host | default true }}", "{{ fail `x` }}"
        )
        part = chart("part", p=pod("part", self.pick("true", "false")))
        sub = chart("sub", p=part["templates/p.yaml"])
        choices: tuple[tuple[str, str | bytes], ...] = (
            ("shop/values.yaml", f"host: {truth}\n"),
            (f"shop/templates/{self.pick('a', 'b')}.yaml", pod(self.pick("a", "b"), value)),
            ("shop/ci/x-values.yaml", f"host: {truth}\n"),
            ("shop/charts/part-1.0.0.tgz", archive(part, "part")),
            ("shop/charts/sub/Chart.yaml", sub["Chart.yaml"]),
            ("shop/charts/sub/templates/p.yaml", sub["templates/p.yaml"]),
            (
                "apps/web.yaml",
                APPLICATION.replace("HOST", truth).replace("path: shop", f"path: {self.pick('shop', 'x')}"),
            ),
            ("base/pod.yaml", pod(self.pick("web", "web", "b"), truth)),
            (
                "base/kustomization.yaml",
                self.pick("resources: [pod.yaml]\n", "resources: [pod.yaml, more.yaml]\n"),
            ),
            ("base/more.yaml", pod("more", truth)),
            ("prod/patch.yaml", self.pick(BAD, BROKEN, str(KUSTOMIZE["prod/patch.yaml"]))),
            (
                "dev/kustomization.yaml",
                self.pick("resources: [../base]\n", "resources: [../base]\nnamePrefix: x-\n"),
            ),
            (
                "prod/kustomization.yaml",
                self.pick(
                    str(KUSTOMIZE["prod/kustomization.yaml"]), "resources: [../base]\n", "resources: [../gone]\n"
                ),
            ),
        )
        return self.random.choice(choices)

    def tree(self) -> dict[str, str | bytes]:
        made = CHART | KUSTOMIZE
        for _ in range(self.random.randint(2, 6)):
            made |= [self.file()]
        return made

    def changed(self, tree: dict[str, str | bytes]) -> dict[str, str | bytes]:
        made = dict(tree)
        for _ in range(self.random.randint(1, 3)):
            made |= [self.file()]
        if self.random.random() < 0.4:
            del made[self.random.choice(sorted(made))]
        return made


@pytest.mark.parametrize("seed", range(24))
def test_random_changes_tell_what_two_scans_give(seed: int, history: History) -> None:
    chance = Chance(seed)
    base = chance.tree()
    diffed(history, base, chance.changed(base))
