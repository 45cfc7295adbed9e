"""How a repository says that its charts are installed, and what of that cannot be known."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bartizan.sources.blob import Blob
from bartizan.sources.chart import Release
from bartizan.sources.files import DiskFiles
from bartizan.sources.installers import Installer, installers
from bartizan.sources.manifests import read_manifest
from bartizan.sources.releases import Ways, ways
from tests.sources.rendering_files import write

CHARTS = {"charts/shop/Chart.yaml": "name: shop\n", "other/Chart.yaml": "name: other\n"}
HERE = "https://git.example.com/us/repo"


def found(files: Mapping[str, str], folder: Path) -> dict[str, Ways]:
    """How the two charts are installed, as the files of a tree say."""
    tree = {**CHARTS, **files}
    write(tree, folder)
    readings = [read_manifest(Blob(name, text.encode())) for name, text in tree.items()]
    objects = [(r.file, item) for r in readings for item in r.resources]

    def config_map(namespace: str, name: str) -> Mapping[str, Any] | None:
        return next(
            (i.raw for _, i in objects if (i.kind, i.namespace, i.name) == ("ConfigMap", namespace, name)), None
        )

    listed = [Installer(reading.file, raw) for reading in readings for raw in installers(reading.resources)]
    place = DiskFiles(folder, [folder])
    charts = {
        name: [file.removeprefix(f"{name}/") for file in tree if file.startswith(f"{name}/")]
        for name in ("charts/shop", "other")
    }
    return ways(charts, listed, place, config_map)


def shop(files: Mapping[str, str], folder: Path) -> Ways:
    """How the first of them is; the other one has its defaults."""
    made = found(files, folder)
    assert made["other"] == Ways()
    return made["charts/shop"]


def application(helm: str = "", path: str = "charts/shop", more: str = "") -> str:
    return (
        "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web, namespace: argocd}\nspec:\n"
        f"  source: {{repoURL: '{HERE}', path: '{path}', helm: {{{helm}}}}}\n"
        f"  destination: {{namespace: prod}}\n{more}"
    )


def released(values: dict[str, Any] | None = None, **more: Any) -> Release:
    return Release(**{"name": "web", "namespace": "prod", "values": values or {}, "label": "app.yaml", **more})


def test_a_chart_that_nobody_names_has_its_defaults(tmp_path: Path) -> None:
    assert found({}, tmp_path) == {"charts/shop": Ways((Release(),)), "other": Ways((Release(),))}


def test_test_values_come_on_top_of_the_defaults(tmp_path: Path) -> None:
    files = {
        "charts/shop/ci/small-values.yaml": "a: 1\n",
        "charts/shop/ci/big-values.yaml": "a: 2\n",
        "charts/shop/ci/readme.yaml": "a: 3\n",
        "charts/shop/values-prod.yaml": "a: 4\n",
    }
    assert shop(files, tmp_path).releases == (
        Release(),
        Release(values={"a": 2}, label="charts/shop/ci/big-values.yaml"),
        Release(values={"a": 1}, label="charts/shop/ci/small-values.yaml"),
    )


@pytest.mark.parametrize("path", ["charts/shop", "./charts/shop/", "/charts/shop", "charts/../charts/shop"])
def test_an_application_takes_the_place_of_the_defaults(path: str, tmp_path: Path) -> None:
    assert shop({"app.yaml": application(path=path)}, tmp_path) == Ways((released(),))


@pytest.mark.parametrize(
    "path",
    ["charts", "charts/shop/templates", "elsewhere", "../charts/shop", "https://example.com/charts/shop", ""],
)
def test_an_application_of_something_else_says_nothing(path: str, tmp_path: Path) -> None:
    assert shop({"app.yaml": application(path=path)}, tmp_path) == Ways()


def test_a_chart_from_elsewhere_is_none_of_ours(tmp_path: Path) -> None:
    text = application(path="charts/shop").replace("path: 'charts/shop'", "path: charts/shop, chart: shop")
    assert shop({"app.yaml": text}, tmp_path) == Ways()


def test_values_of_an_application_are_laid_over_each_other(tmp_path: Path) -> None:
    files = {
        "charts/shop/prod.yaml": "a: 1\nb: {x: 1, z: 1}\n",
        "env/prod.yaml": "b: {z: 2}\nc: 2\n",
        "app.yaml": application(
            "releaseName: shop-prod, namespace: shop, valueFiles: [prod.yaml, ../../env/prod.yaml, /env/prod.yaml], "
            'values: "c: 3\\nd: 3\\n", parameters: [{name: d, value: "4,5"}, {name: e, value: "6", forceString: true}]'
        ),
    }
    expected = released(
        {"a": 1, "b": {"x": 1, "z": 2}, "c": 3, "d": 3},
        name="shop-prod",
        namespace="shop",
        parameters=(("d=4\\,5", False), ("e=6", True)),
    )
    assert shop(files, tmp_path) == Ways((expected,))


def test_an_object_of_values_counts_in_place_of_a_text(tmp_path: Path) -> None:
    text = application('values: "a: 1", valuesObject: {b: 2}')
    assert shop({"app.yaml": text}, tmp_path).releases == (released({"b": 2}),)


def sources(reference: str) -> str:
    return (
        "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web}\nspec:\n  sources:\n"
        f"    - {{repoURL: '{reference}', ref: values}}\n"
        f"    - {{repoURL: '{HERE}', path: charts/shop, helm: {{valueFiles: ['$values/env/prod.yaml']}}}}\n"
        "  destination: {namespace: prod}\n"
    )


def test_values_by_reference_are_those_of_the_same_repository(tmp_path: Path) -> None:
    files = {"env/prod.yaml": "a: 1\n", "app.yaml": sources(HERE)}
    assert shop(files, tmp_path) == Ways((released({"a": 1}),))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (sources("https://git.example.com/us/values"), "lies in another repository"),
        (application("valueFiles: ['https://example.com/v.yaml']"), "fetched from elsewhere"),
        (application("valueFiles: [gone.yaml]"), "`charts/shop/gone.yaml` is not among the scanned files"),
        (application("valueFiles: [../../../out.yaml]"), "is not among the scanned files"),
        (application("valueFiles: [/../../etc/passwd]"), "is not among the scanned files"),
        (application("values: '['"), "`values` cannot be read"),
        (application("values: '- a'"), "`values` should hold a mapping"),
        (application("fileParameters: [{name: a, path: b}]"), "`fileParameters` are not read"),
        (application("valueFiles: x"), "`valueFiles` should be a list"),
        (application("valueFiles: [1]"), "`valueFiles` should hold texts"),
        (application("values: 1"), "`values` should be a text"),
        (application("valuesObject: x"), "`valuesObject` should be a mapping"),
        (application("parameters: x"), "`parameters` should be a list"),
        (application("parameters: [{name: a, value: 1}]"), "both texts"),
    ],
)
def test_values_that_are_not_known_are_told_and_the_defaults_are_judged(
    text: str, reason: str, tmp_path: Path
) -> None:
    (tmp_path / "out.yaml").write_text("a: 1\n")
    made = shop({"app.yaml": text, "env/prod.yaml": "a: 1\n"}, tmp_path / "tree")
    (problem,) = made.problems
    assert problem.startswith("Application `web` in `app.yaml` installs it, and ")
    assert reason in problem
    assert made.releases == (Release(),)


def test_a_file_that_may_be_missing_may_be_missing(tmp_path: Path) -> None:
    text = application("ignoreMissingValueFiles: true, valueFiles: [gone.yaml, here.yaml]")
    files = {"app.yaml": text, "charts/shop/here.yaml": "a: 1\n"}
    assert shop(files, tmp_path) == Ways((released({"a": 1}),))


def test_two_that_say_the_same_are_one(tmp_path: Path) -> None:
    made = shop({"app.yaml": application(), "b.yaml": application()}, tmp_path)
    assert len(made.releases) == 1


def application_set(helm: str = "", path: str = "charts/shop") -> str:
    return (
        "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: all}\nspec:\n"
        "  generators: [{git: {directories: [{path: charts/*}]}}]\n  template:\n"
        "    metadata: {name: '{{name}}-web'}\n    spec:\n"
        f"      source: {{repoURL: '{HERE}', path: '{path}', helm: {{{helm}}}}}\n"
        "      destination: {namespace: '{{name}}'}\n"
    )


@pytest.mark.parametrize("path", ["charts/shop", "charts/{{name}}", "{{ .path.path }}"])
def test_a_set_of_applications_installs_what_fits_its_path(path: str, tmp_path: Path) -> None:
    made = found({"app.yaml": application_set("values: 'a: 1'", path)}, tmp_path)["charts/shop"]
    assert made == Ways((Release(values={"a": 1}, label="app.yaml"),))


@pytest.mark.parametrize(
    "path", ["charts/{{x}}/more", "other{{x}}shop", "{{x}}charts/shop", "{{a}}" * 500 + "x", "{{"]
)
def test_a_set_of_applications_of_something_else_says_nothing(path: str, tmp_path: Path) -> None:
    assert found({"app.yaml": application_set("values: 'a: 1'", path)}, tmp_path)["charts/shop"] == Ways()


def test_values_that_a_generator_makes_are_not_known(tmp_path: Path) -> None:
    made = shop({"app.yaml": application_set("valueFiles: ['{{name}}.yaml']")}, tmp_path)
    assert "its generator makes the values" in made.problems[0]
    assert made.releases == (Release(),)


def helm_release(more: str = "", chart: str = "", kind: str = "GitRepository") -> str:
    return (
        "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web, namespace: prod}\nspec:\n"
        f"  chart: {{spec: {{chart: ./charts/shop, sourceRef: {{kind: {kind}, name: us}}, {chart}}}}}\n"
        f"{more}"
    )


CONFIG_MAP = (
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: vals, namespace: prod}\n"
    "data: {values.yaml: \"a: 1\\nb: 1\\n\", other: 'a: 2'}\n"
)


def test_a_release_of_flux_takes_the_place_of_the_defaults(tmp_path: Path) -> None:
    assert shop({"app.yaml": helm_release()}, tmp_path) == Ways((released(),))


def test_a_release_of_flux_from_a_repository_of_charts_says_nothing(tmp_path: Path) -> None:
    assert shop({"app.yaml": helm_release(kind="HelmRepository")}, tmp_path) == Ways()


def test_values_of_flux_are_laid_over_each_other(tmp_path: Path) -> None:
    more = (
        "  valuesFrom: [{kind: ConfigMap, name: vals}, {kind: ConfigMap, name: vals, valuesKey: other},\n"
        "    {kind: Secret, name: none, optional: true}]\n  values: {b: 3}\n  targetNamespace: shop\n"
    )
    made = shop({"app.yaml": helm_release(more), "maps.yaml": CONFIG_MAP}, tmp_path)
    assert made == Ways((released({"a": 2, "b": 3}, name="shop-web", namespace="shop"),))


def test_values_files_of_flux_stand_in_for_the_chart_s_own(tmp_path: Path) -> None:
    chart = "valuesFiles: [./charts/shop/values.yaml, env/prod.yaml]"
    files = {
        "app.yaml": helm_release("  releaseName: r\n", chart),
        "charts/shop/values.yaml": "a: 1\nb: 1\n",
        "env/prod.yaml": "b: 2\n",
    }
    assert shop(files, tmp_path) == Ways((released(name="r", defaults={"a": 1, "b": 2}),))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (helm_release("  valuesFrom: [{kind: Secret, name: s}]\n"), "takes values from Secret `s`"),
        (helm_release("  valuesFrom: [{kind: ConfigMap, name: x}]\n"), "takes values from ConfigMap `x`"),
        (helm_release("  valuesFrom: [{kind: ConfigMap, name: vals, valuesKey: gone}]\n"), "takes values from"),
        (helm_release("  valuesFrom: [{kind: ConfigMap, name: vals, targetPath: a.b}]\n"), "`targetPath`"),
        (helm_release("  valuesFrom: x\n"), "`valuesFrom` should be a list"),
        (helm_release("  values: x\n"), "`values` should be a mapping"),
        (helm_release("", "valuesFiles: [gone.yaml]"), "`gone.yaml` is not among the scanned files"),
    ],
)
def test_values_of_flux_that_are_not_known_are_told(text: str, reason: str, tmp_path: Path) -> None:
    made = shop({"app.yaml": text, "maps.yaml": CONFIG_MAP}, tmp_path)
    assert reason in made.problems[0]
    assert made.releases == (Release(),)


@pytest.mark.parametrize(
    "spec",
    [
        "x",
        "{source: x}",
        "{sources: x}",
        "{source: {path: 1}}",
        "{sources: [x, 1]}",
        "{template: [1]}",
        "{chart: {spec: 1}}",
    ],
)
@pytest.mark.parametrize(
    "kind",
    ["argoproj.io/v1alpha1 Application", "argoproj.io/v1 ApplicationSet", "helm.toolkit.fluxcd.io/v2 HelmRelease"],
)
def test_what_has_no_shape_says_nothing(spec: str, kind: str, tmp_path: Path) -> None:
    api, name = kind.split()
    text = f"apiVersion: {api}\nkind: {name}\nmetadata: {{name: x}}\nspec: {spec}\n"
    assert shop({"app.yaml": text}, tmp_path) == Ways()


def test_too_many_ways_are_cut_short_and_told(tmp_path: Path) -> None:
    files = {f"charts/shop/ci/{number}-values.yaml": f"a: {number}\n" for number in range(60)}
    made = shop(files, tmp_path)
    assert (len(made.releases), made.problems) == (50, ("it is installed in 61 ways, of which 50 were judged",))
