"""Kustomizations rendered in a confined child: what they make, of which file, and what none can reach."""

import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

from bartizan.sources import allowance, kustomize_build
from bartizan.sources.blob import Blob
from bartizan.sources.child import Limits
from bartizan.sources.kustomize_build import Build, find_kustomize, render_kustomizations
from bartizan.sources.manifests import read_manifest
from bartizan.sources.rendered import NOTHING_MADE, Rendering, rendered_reading
from tests.sources.rendering_files import POD, encoded, needs_kustomize, write

pytestmark = needs_kustomize
BASE = {"base/kustomization.yaml": "resources: [pod.yaml]\n", "base/pod.yaml": POD}
OVERLAY = "resources: [../base]\nnamePrefix: x-\n"


def render(files: Mapping[str, str | bytes], file: str = "over/kustomization.yaml", start: str = "") -> Rendering:
    """One kustomization."""
    (made,) = render_kustomizations([Build(file, encoded(files), start)])
    return made


def objects(made: Rendering) -> list[tuple[str, str]]:
    """Files and names of the objects."""
    return [
        (file, resource.name)
        for file, pieces in made.pieces.items()
        for resource in rendered_reading(file, pieces, "").resources
    ]


def test_objects_belong_to_the_files_that_they_come_from() -> None:
    made = render({**BASE, "over/kustomization.yaml": OVERLAY})
    assert objects(made) == [("base/pod.yaml", "x-web")]
    assert (made.problems, made.whole) == ((), True)


def test_what_is_generated_belongs_to_the_kustomization_that_does() -> None:
    files = {**BASE, "over/kustomization.yaml": OVERLAY}
    files["base/kustomization.yaml"] += "configMapGenerator: [{name: c, literals: [a=b]}]\n"
    ((file, name), pod) = objects(render(files))
    assert (file, name.rpartition("-")[0], pod) == ("base/kustomization.yaml", "x-c", ("base/pod.yaml", "x-web"))


def test_the_note_of_the_origin_is_taken_out_and_nothing_else() -> None:
    annotated = POD.replace("{name: web}", "{name: web, annotations: {team: shop}}")
    files = {**BASE, "base/b.yaml": annotated.replace("web", "b"), "over/kustomization.yaml": OVERLAY}
    files["base/kustomization.yaml"] = "resources: [pod.yaml, b.yaml]\n"
    made = render(files)
    found = [r.raw["metadata"] for f, p in made.pieces.items() for r in rendered_reading(f, p, "").resources]
    assert found == [{"name": "x-b", "annotations": {"team": "shop"}}, {"name": "x-web"}]


@pytest.mark.parametrize("start", ["", "/", "/srv/us"])
def test_names_may_start_anywhere(start: str) -> None:
    files = {**BASE, "over/kustomization.yaml": OVERLAY}
    assert objects(render(files, start=start)) == [("base/pod.yaml", "x-web")]


def test_what_lies_above_the_start_is_told_in_full() -> None:
    files = {f"/srv/us/{name}": text for name, text in BASE.items()} | {"kustomization.yaml": OVERLAY}
    made = render(files, "kustomization.yaml", "/srv/us/over")
    assert objects(made) == [("/srv/us/base/pod.yaml", "x-web")]


def test_the_base_that_is_broken_is_told_and_not_the_way_to_it() -> None:
    files = {
        "over/kustomization.yaml": "resources: [../mid]\nnamePrefix: x-\n",
        "mid/kustomization.yaml": "resources: [../base]\n",
        "base/kustomization.yaml": "resources: [gone.yaml]\n",
    }
    (problem,) = render(files).problems
    assert "base/gone.yaml" in problem
    assert "over" not in problem
    assert "mid" not in problem


def test_what_kustomize_refuses_is_told_in_its_words() -> None:
    (problem,) = render({"over/kustomization.yaml": OVERLAY}).problems
    assert problem.startswith("kustomize cannot render it: ")
    assert "base" in problem
    assert "bartizan-kustomize" not in problem


PLUGIN = """apiVersion: example.com/v1
kind: Maker
metadata:
  name: x
  annotations:
    config.kubernetes.io/function: |
      exec: {path: ./make.sh}
"""


@pytest.mark.parametrize(
    "more",
    [
        "generators: [plugin.yaml]\n",
        "transformers: [plugin.yaml]\n",
        "resources: ['https://example.com/a.yaml']\n",
        "resources: ['git@example.com:owner/repo.git']\n",
        "helmCharts: [{name: x, repo: 'https://charts.example.com', version: 1.0.0}]\n",
        "configMapGenerator: [{name: c, files: [/etc/passwd]}]\n",
        "configMapGenerator: [{name: c, files: [../../../../../../etc/passwd]}]\n",
        "resources: [/etc]\n",
        "patches: [{path: ../../../../../etc/passwd}]\n",
    ],
)
def test_nothing_is_run_fetched_or_read_from_elsewhere(more: str, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    script = f"#!/bin/sh\n/usr/bin/touch {mark}\n"
    made = render({"over/kustomization.yaml": more, "over/plugin.yaml": PLUGIN, "over/make.sh": script})
    assert (made.pieces, made.whole, len(made.problems)) == ({}, False, 1)
    assert not mark.exists()


def test_many_are_rendered_one_beside_the_other() -> None:
    builds = [
        Build(
            "over/kustomization.yaml",
            encoded({**BASE, "over/kustomization.yaml": OVERLAY.replace("x-", f"{name}-")}),
        )
        for name in "abc"
    ]
    builds.insert(1, Build("over/kustomization.yaml", encoded({"over/kustomization.yaml": "resources: [gone]\n"})))
    made = render_kustomizations(builds)
    assert [objects(item) for item in made] == [
        [("base/pod.yaml", "a-web")],
        [],
        [("base/pod.yaml", "b-web")],
        [("base/pod.yaml", "c-web")],
    ]


def test_a_refusal_for_want_of_room_is_not_taken_for_one_of_the_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first may end differently another time, and is not remembered."""
    made = []
    for words in ("no space left on device", "trouble configuring builtin"):
        said = (sys.executable, "-I", "-S", "-c", f"import sys; sys.exit('error: {words}')")
        monkeypatch.setattr(
            kustomize_build, "find_kustomize", lambda said=said: kustomize_build.Kustomize(said, "x")
        )
        made += render_kustomizations([Build("kustomization.yaml", {"kustomization.yaml": b""})])
    assert [item.stopped for item in made] == [True, False]


def test_one_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    endless = (sys.executable, "-I", "-S", "-c", "while True: pass")
    monkeypatch.setattr(kustomize_build, "find_kustomize", lambda: kustomize_build.Kustomize(endless, "x"))
    (made,) = render_kustomizations(
        [Build("kustomization.yaml", {"kustomization.yaml": b""})], Limits(seconds=0.5)
    )
    assert made.problems == ("kustomize cannot render it: it took more than 0.5 seconds",)


def test_many_that_hang_do_not_take_all_day(monkeypatch: pytest.MonkeyPatch) -> None:
    endless = (sys.executable, "-I", "-S", "-c", "while True: pass")
    monkeypatch.setattr(kustomize_build, "find_kustomize", lambda: kustomize_build.Kustomize(endless, "x"))
    monkeypatch.setattr(allowance, "MOST_STOPPED", 2)
    made = render_kustomizations([Build("kustomization.yaml", {})] * 5, Limits(seconds=0.5))
    assert ["2 others before it had to be stopped" in item.problems[0] for item in made] == [False] * 2 + [
        True
    ] * 3


def test_what_has_no_place_in_a_copy_is_told() -> None:
    (problem,) = render({**BASE, "over/kustomization.yaml": OVERLAY, "base/" + "x" * 300: ""}).problems
    assert "cannot be copied" in problem


def test_without_a_program_nothing_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kustomize_build, "beside_python", lambda _name: None)
    monkeypatch.setenv("PATH", "")
    assert find_kustomize() is None
    assert render({"over/kustomization.yaml": OVERLAY}) == NOTHING_MADE


DEPLOYMENT = """apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: app, image: 'r.example/a:1', envFrom: [{configMapRef: {name: settings}}]}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
"""
RICH: dict[str, str | bytes] = {
    "base/kustomization.yaml": (
        "resources: [web.yaml]\nconfigMapGenerator: [{name: settings, literals: [a=b], files: [f.txt]}]\n"
        "secretGenerator: [{name: s, envs: [s.env]}]\n"
    ),
    "base/web.yaml": DEPLOYMENT,
    "base/f.txt": "y: no\n",
    "base/s.env": "K=v\n",
    "part/kustomization.yaml": (
        "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [extra.yaml]\n"
        "patches:\n- target: {kind: Deployment}\n  patch: |-\n    - {op: add, path: /spec/replicas, value: 3}\n"
    ),
    "part/extra.yaml": "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: extra, annotations: {a: b}}\n",
    "over/kustomization.yaml": (
        "resources: [../base, own.yaml]\ncomponents: [../part]\nnamespace: prod\nnamePrefix: p-\nnameSuffix: -s\n"
        "labels: [{pairs: {team: shop}, includeSelectors: true}]\ncommonAnnotations: {owner: us}\n"
        "images: [{name: r.example/a, newTag: '2'}]\nreplicas: [{name: web, count: 5}]\n"
        "configMapGenerator: [{name: settings, behavior: merge, literals: [c=d]}]\n"
        "replacements: [{source: {kind: Service, name: web, fieldPath: metadata.name},\n"
        "  targets: [{select: {kind: Pod}, fieldPaths: [metadata.annotations.service], options: {create: true}}]}]\n"
    ),
    "over/own.yaml": POD,
}


@pytest.mark.parametrize("leave_out", ["", "components: [../part]\n", "namePrefix: p-\n", "namespace: prod\n"])
def test_asking_for_the_origins_changes_nothing_else(leave_out: str, tmp_path: Path) -> None:
    """What is made is what `kubectl kustomize` makes of the folder itself."""
    files = {**RICH, "over/kustomization.yaml": str(RICH["over/kustomization.yaml"]).replace(leave_out, "")}
    write(files, tmp_path)
    program = find_kustomize()
    assert program is not None
    plain = subprocess.run([*program.argv, str(tmp_path / "over")], check=True, capture_output=True)
    made = render(files)
    ours = [r.raw for f, p in made.pieces.items() for r in rendered_reading(f, p, "").resources]
    theirs = [item.raw for item in read_manifest(Blob("x", plain.stdout)).resources]
    assert Counter(map(_content, ours)) == Counter(map(_content, theirs))
    assert len(ours) >= 5
    assert set(made.pieces) <= set(files)


def _content(raw: dict[str, object]) -> bytes:
    return msgspec.json.encode(raw, order="deterministic")
