"""A scan of charts and kustomizations: what they make is judged, once, and told at the files it is made of."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cli.terminal import Answer, bartizan, scan
from tests.sources.rendering_files import below, chart, needs_helm, needs_kustomize, write

BAD = (
    "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\n"
    "spec: {hostPID: true, containers: [{name: app, image: 'r.example/a:1'}]}\n"
)
GOOD = BAD.replace("hostPID: true, ", "")
ONE = ("--check", "host-namespaces")


def told(answer: Answer) -> list[tuple[str, str, str]]:
    """File, namespace and name of each finding."""
    return sorted(
        (item["location"]["file"], item["subject"].get("namespace", ""), item["subject"]["name"])
        for item in answer.findings
    )


def judged(files: Mapping[str, str | bytes], folder: Path, *options: str) -> Answer:
    """A scan of some files by one check."""
    write(files, folder)
    return scan(folder, *ONE, *options)


def not_objects(answer: Answer) -> dict[str, int]:
    found: dict[str, int] = answer.report["coverage"]["notObjects"]
    return found


@needs_helm
def test_what_a_chart_makes_is_judged_at_its_templates(tmp_path: Path) -> None:
    files = below("shop", chart(a=BAD.replace("web", "{{ .Release.Name }}"), b=GOOD))
    answer = judged(files, tmp_path)
    assert told(answer) == [("shop/templates/a.yaml", "", "shop")]
    assert (answer.unknowns, answer.status) == ([], 1)
    assert answer.report["coverage"]["objects"] == 2
    assert not_objects(answer) == {"chart-template": 2, "not-kubernetes": 1}


@needs_helm
def test_no_line_is_told_that_is_not_known(tmp_path: Path) -> None:
    """And nothing offers to patch a template by the path of what it makes."""
    answer = judged(below("shop", chart(a=BAD)), tmp_path)
    (finding,) = answer.findings
    assert finding["location"] == {"file": "shop/templates/a.yaml"}
    table = bartizan(tmp_path, "scan", ".", *ONE)
    assert "shop/templates/a.yaml\n" in table.out


@needs_helm
def test_the_namespace_of_the_run_is_that_of_the_release(tmp_path: Path) -> None:
    text = BAD.replace("web", "{{ .Release.Namespace }}")
    assert told(judged(below("shop", chart(a=text)), tmp_path, "-n", "prod")) == [
        ("shop/templates/a.yaml", "prod", "prod")
    ]


@needs_helm
def test_a_chart_is_rendered_for_the_version_that_is_judged(tmp_path: Path) -> None:
    text = '{{ if semverCompare ">=1.33-0" .Capabilities.KubeVersion.Version }}' + BAD + "{{ end }}"
    files = below("shop", chart(a=text))
    assert len(told(judged(files, tmp_path, "--kubernetes-version", "1.34"))) == 1
    assert told(judged(files, tmp_path, "--kubernetes-version", "1.32")) == []


@needs_helm
def test_equal_findings_of_several_ways_are_told_once(tmp_path: Path) -> None:
    """An object that another way makes alike is counted; one that differs elsewhere tells the same."""
    files = below("shop", chart(a=BAD, b=GOOD.replace("web", "b-{{ .Values.size }}")))
    files["shop/values.yaml"] = "size: 1\n"
    files["shop/ci/big-values.yaml"] = "size: 2\n"
    files["shop/templates/c.yaml"] = BAD.replace("hostPID", "priority: {{ .Values.size }}, hostPID").replace(
        "web", "c"
    )
    answer = judged(files, tmp_path)
    assert told(answer) == [("shop/templates/a.yaml", "", "web"), ("shop/templates/c.yaml", "", "c")]
    assert not_objects(answer)["equal-rendered-object"] == 1
    assert answer.report["coverage"]["objects"] == 5


APPLICATION = """\
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: prod, namespace: argocd}
spec:
  source: {repoURL: 'https://git.example.com/us/repo', path: shop, helm: {valueFiles: [prod.yaml]}}
  destination: {namespace: live}
"""


@needs_helm
def test_a_chart_is_judged_as_it_is_installed(tmp_path: Path) -> None:
    text = BAD.replace("true", "{{ .Values.host }}").replace("web", "{{ .Release.Name }}")
    files = below("shop", chart(a=text)) | {"shop/values.yaml": "host: true\n", "shop/prod.yaml": "host: false\n"}
    assert told(judged(files, tmp_path)) == [("shop/templates/a.yaml", "", "shop")]
    answer = judged({**files, "apps/prod.yaml": APPLICATION}, tmp_path)
    assert (told(answer), answer.unknowns) == ([], [])
    answer = judged({**files, "shop/prod.yaml": "host: true\n"}, tmp_path)
    assert told(answer) == [("shop/templates/a.yaml", "live", "prod")]


@needs_helm
def test_values_that_are_not_known_are_unknown(tmp_path: Path) -> None:
    files = below("shop", chart(a=GOOD)) | {"app.yaml": APPLICATION}
    answer = judged(files, tmp_path)
    assert (answer.unknowns, answer.status) == ([("shop/Chart.yaml", "needs-rendering")], 3)
    assert "Application `prod` in `app.yaml`" in answer.report["unknowns"][0]["message"]


@needs_helm
def test_what_a_template_takes_in_is_data_once_its_chart_is_rendered(tmp_path: Path) -> None:
    files = below("shop", chart(a='{{ tpl (.Files.Get "files/pod.yaml") . }}'))
    files["shop/files/pod.yaml"] = BAD.replace("web", "{{ .Values.name }}")
    files["shop/values.yaml"] = "name: inner\n"
    answer = judged(files, tmp_path)
    assert (told(answer), answer.unknowns) == ([("shop/templates/a.yaml", "", "inner")], [])
    files["shop/templates/b.yaml"] = "{{ fail `no` }}"
    answer = judged(files, tmp_path)
    assert answer.unknowns == [("shop/Chart.yaml", "needs-rendering"), ("shop/files/pod.yaml", "needs-rendering")]


@needs_helm
def test_a_chart_of_parts_alone_is_judged(tmp_path: Path) -> None:
    files = below("shop", chart()) | below("shop/charts/part", chart("part", a=BAD))
    assert told(judged(files, tmp_path)) == [("shop/charts/part/templates/a.yaml", "", "web")]


@needs_helm
def test_charts_in_a_folder_of_a_chart_are_charts_of_their_own(tmp_path: Path) -> None:
    files = chart("outer", a=GOOD) | below("examples/inner", chart("inner", a=BAD))
    assert told(judged(files, tmp_path)) == [("examples/inner/templates/a.yaml", "", "web")]


@needs_helm
@pytest.mark.parametrize("paths", [("shop/Chart.yaml",), ("shop/*.yaml", "shop/templates/*.yaml")])
def test_a_chart_of_which_single_files_are_scanned_is_not_known(paths: tuple[str, ...], tmp_path: Path) -> None:
    """Nobody asked to read what else stands in its folder."""
    write(below("shop", chart(a=BAD)), tmp_path)
    (unknown,) = scan(tmp_path, *ONE, paths=paths).report["unknowns"]
    assert unknown["location"]["file"] == "shop/Chart.yaml"
    assert "the folder `shop` is not among what is scanned" in unknown["message"]


@needs_helm
def test_a_link_out_of_the_tree_is_not_followed_for_a_chart(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    write(below("shop", chart(a="{{ .Files.Get `files/x` }}")), tmp_path / "tree")
    (tmp_path / "tree" / "shop" / "files").mkdir()
    (tmp_path / "tree" / "shop" / "files" / "x").symlink_to("../../../secret.txt")
    answer = scan(tmp_path / "tree", *ONE)
    assert (answer.unknowns, answer.status) == ([("shop/Chart.yaml", "needs-rendering")], 3)
    assert (
        "`shop/files/x` is a link that leads out of the scanned folder" in answer.report["unknowns"][0]["message"]
    )


@needs_helm
def test_what_is_made_is_refused_like_anything_else(tmp_path: Path) -> None:
    """A template may make what is no YAML, or no object."""
    answer = judged(below("shop", chart(a="a: [\n", b="apiVersion: v1\nmetadata: {name: x}\n")), tmp_path)
    assert answer.unknowns == [
        ("shop/templates/a.yaml", "syntax"),
        ("shop/templates/b.yaml", "bad-object"),
    ]


KUSTOMIZE = {
    "base/kustomization.yaml": "resources: [pod.yaml]\n",
    "base/pod.yaml": GOOD,
    "prod/kustomization.yaml": "resources: [../base]\nnamespace: prod\npatches: [{path: patch.yaml}]\n",
    "prod/patch.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {hostPID: true}\n",
}


@needs_kustomize
def test_what_a_patch_adds_is_judged_at_the_file_of_the_object(tmp_path: Path) -> None:
    answer = judged(KUSTOMIZE, tmp_path)
    assert told(answer) == [("base/pod.yaml", "prod", "web")]
    assert answer.unknowns == []
    assert answer.report["coverage"]["objects"] == 1
    assert not_objects(answer) == {"kustomization": 2, "kustomize-base": 1, "kustomize-patch": 1}


@needs_kustomize
def test_what_a_patch_takes_away_is_not_judged(tmp_path: Path) -> None:
    patch = KUSTOMIZE["prod/patch.yaml"].replace("true", "false")
    files = {**KUSTOMIZE, "base/pod.yaml": BAD, "prod/patch.yaml": patch}
    assert told(judged(files, tmp_path)) == []


@needs_kustomize
def test_a_base_is_judged_once_for_each_form_that_it_takes(tmp_path: Path) -> None:
    files = {**KUSTOMIZE, "base/pod.yaml": BAD}
    files["dev/kustomization.yaml"] = "resources: [../base]\nnamespace: dev\n"
    files["test/kustomization.yaml"] = "resources: [../base]\nnamespace: dev\ncommonLabels: {a: b}\n"
    answer = judged(files, tmp_path)
    assert told(answer) == [("base/pod.yaml", "dev", "web"), ("base/pod.yaml", "prod", "web")]
    assert answer.report["coverage"]["objects"] == 3


@needs_kustomize
def test_a_base_that_is_applied_as_it_is_is_judged_in_its_place_too(tmp_path: Path) -> None:
    files = {**KUSTOMIZE, "base/pod.yaml": BAD, "plain/kustomization.yaml": "resources: [../base]\n"}
    answer = judged(files, tmp_path)
    assert told(answer) == [("base/pod.yaml", "", "web"), ("base/pod.yaml", "prod", "web")]
    assert {item["location"].get("line") for item in answer.findings} == {4, None}


@needs_kustomize
def test_where_rendering_fails_plain_files_are_judged_as_they_are(tmp_path: Path) -> None:
    files = {
        **KUSTOMIZE,
        "base/pod.yaml": BAD,
        "prod/patch.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\n",
    }
    answer = judged(files, tmp_path)
    assert told(answer) == [("base/pod.yaml", "", "web")]
    assert answer.unknowns == [("prod/kustomization.yaml", "needs-rendering")]
    assert "no matches for Id" in answer.report["unknowns"][0]["message"]


@needs_kustomize
def test_an_excluded_base_is_still_a_part_of_what_is_applied(tmp_path: Path) -> None:
    answer = judged({**KUSTOMIZE, ".bartizanignore": "base/\n"}, tmp_path)
    assert told(answer) == [("base/pod.yaml", "prod", "web")]
    assert answer.unknowns == []


@needs_kustomize
@pytest.mark.parametrize("start", ["prod", "elsewhere"])
def test_where_a_scan_is_started_changes_names_alone(start: str, tmp_path: Path) -> None:
    write(KUSTOMIZE, tmp_path)
    (tmp_path / start).mkdir(exist_ok=True)
    answer = scan(tmp_path / start, *ONE, paths=("..",))
    assert told(answer) == [((tmp_path / "base/pod.yaml").as_posix(), "prod", "web")]
    assert answer.report["coverage"]["objects"] == 1


@needs_kustomize
def test_what_nobody_was_asked_to_read_is_not_rendered(tmp_path: Path) -> None:
    write(KUSTOMIZE, tmp_path)
    answer = scan(tmp_path, *ONE, paths=("prod",))
    assert {file for file, _ in answer.unknowns} == {"prod/kustomization.yaml"}
    assert answer.status == 3


@needs_kustomize
@needs_helm
def test_rendering_may_be_switched_off(tmp_path: Path) -> None:
    answer = judged(KUSTOMIZE | below("shop", chart(a=BAD)), tmp_path, "--no-render")
    assert told(answer) == []
    assert answer.unknowns == [
        ("prod/kustomization.yaml", "needs-rendering"),
        ("shop/Chart.yaml", "needs-rendering"),
    ]


def test_without_renderers_the_way_to_them_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from bartizan.sources import helm_programs, kustomize_build  # noqa: PLC0415 - what a scan loads when it renders

    monkeypatch.setattr(helm_programs, "library", lambda: None)
    monkeypatch.setattr(kustomize_build, "beside_python", lambda _name: None)
    monkeypatch.setenv("PATH", "/usr/lib/git-core")
    answer = judged(KUSTOMIZE | below("shop", chart(a=BAD)) | below("none", chart("none")), tmp_path)
    assert [file for file, _ in answer.unknowns] == ["prod/kustomization.yaml", "shop/Chart.yaml"]
    kustomize, helm = (unknown["message"] for unknown in answer.report["unknowns"])
    assert "pip install 'bartizan[kustomize]'" in kustomize
    assert "pip install 'bartizan[helm]'" in helm


def test_a_scan_of_plain_manifests_loads_no_renderer(tmp_path: Path) -> None:
    write({"a.yaml": GOOD, "kustomization.yaml": "resources: [a.yaml]\n"}, tmp_path)
    code = "import sys; from bartizan.cli.main import run; run(['scan', '-q', '.']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    heavy = {"bartizan.app.making", "bartizan.sources.helm", "bartizan.sources.child", "tempfile", "ctypes"}
    assert loaded & heavy == set()
