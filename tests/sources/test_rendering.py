"""Charts, kustomizations and patches: never judged as objects, and what they make is told as not known."""

from collections import Counter

import pytest

from bartizan.sources.blob import Blob
from bartizan.sources.manifests import FileReading, read_manifest
from bartizan.sources.rendering import roles, set_apart

POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: []}\n"
CHART = "apiVersion: v2\nname: shop\nversion: 1.0.0\n"
TEMPLATE = "kind: Pod\nname: {{ .Values.name }}\n"
BOTH = ("a/kustomization.yaml", "b/kustomization.yaml")
KUSTOMIZATION = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n"


def apart(files: dict[str, str], *left_out: str) -> list[FileReading]:
    """What a tree of files tells."""
    readings = [read_manifest(Blob(name, text.encode())) for name, text in sorted(files.items())]
    return set_apart(readings, lambda name: name in left_out)


def objects(readings: list[FileReading]) -> list[str]:
    """The files whose objects are judged."""
    return [resource.origin.file for reading in readings for resource in reading.resources]


def unknowns(readings: list[FileReading]) -> list[tuple[str, str]]:
    """File and message of what needs rendering."""
    told = [unknown for reading in readings for unknown in reading.unknowns]
    assert {unknown.code for unknown in told} <= {"needs-rendering"}
    return [(unknown.file, unknown.message) for unknown in told]


def counts(readings: list[FileReading]) -> Counter[str]:
    """Documents that are no objects."""
    return sum((Counter(reading.counts) for reading in readings), Counter())


def test_a_chart_is_told_once() -> None:
    """Its templates are neither judged nor told one by one; its values are no objects; its CRDs are objects."""
    readings = apart(
        {
            "shop/Chart.yaml": CHART,
            "shop/values.yaml": "replicas: 1\n",
            "shop/templates/web.yaml": TEMPLATE,
            "shop/templates/plain.yaml": POD,
            "shop/templates/tests/x.yaml": "a: [",
            "shop/crds/x.yaml": POD,
            "other.yaml": POD,
        }
    )
    assert objects(readings) == ["other.yaml", "shop/crds/x.yaml"]
    ((file, message),) = unknowns(readings)
    assert file == "shop/Chart.yaml"
    assert "3 templates" in message
    assert "helm template shop | bartizan scan -" in message
    assert counts(readings) == {"chart-template": 3, "not-kubernetes": 2}


def test_charts_in_a_chart_belong_to_it() -> None:
    readings = apart(
        {
            "Chart.yaml": CHART,
            "templates/web.yaml": POD,
            "charts/db/Chart.yaml": CHART,
            "charts/db/templates/db.yaml": POD,
        }
    )
    assert objects(readings) == []
    assert [file for file, _ in unknowns(readings)] == ["Chart.yaml"]


def test_two_charts_beside_each_other() -> None:
    readings = apart({f"{name}/{file}": POD for name in "ab" for file in ("Chart.yaml", "templates/x.yaml")})
    assert [file for file, _ in unknowns(readings)] == ["a/Chart.yaml", "b/Chart.yaml"]


def test_a_folder_of_templates_without_a_chart_is_a_folder() -> None:
    assert objects(apart({"templates/web.yaml": POD})) == ["templates/web.yaml"]


def test_a_template_without_its_chart_is_told_by_itself() -> None:
    readings = apart({"web.yaml": TEMPLATE})
    assert [file for file, _ in unknowns(readings)] == ["web.yaml"]


@pytest.mark.parametrize(
    "text",
    [
        "patches: [{path: p.yaml}]",
        "patchesStrategicMerge: [p.yaml]",
        "patchesJson6902: [{path: p.yaml, target: {kind: Pod}}]",
        "transformers: [p.yaml]",
        "generators: [./p.yaml]",
        "patches: [{path: ../dev/p.yaml}]",
    ],
)
def test_a_patch_is_never_judged(text: str) -> None:
    """It is a part of an object: what it leaves out is not absent."""
    readings = apart({"dev/kustomization.yaml": f"{text}\n", "dev/p.yaml": POD, "dev/a.yaml": POD})
    assert objects(readings) == ["dev/a.yaml"]
    assert counts(readings) == {"kustomization": 1, "kustomize-patch": 1}
    ((file, message),) = unknowns(readings)
    assert file == "dev/kustomization.yaml"
    assert f"changes objects by `{text.partition(':')[0]}`" in message
    assert "kubectl kustomize dev | bartizan scan -" in message


@pytest.mark.parametrize(
    "text",
    ["patches: [{patch: '- op: remove'}]", "patchesStrategicMerge: ['a: b\\nc: d']", "patches: x", "patches: [1]"],
)
def test_a_patch_in_place_names_no_file(text: str) -> None:
    readings = apart({"kustomization.yaml": f"{text}\n", "a.yaml": POD})
    assert objects(readings) == ["a.yaml"]
    assert len(unknowns(readings)) == 1


def test_a_patch_that_says_so_is_counted_where_a_kustomization_names_it() -> None:
    files = {"p.yaml": f"$patch: delete\n{POD}", "kustomization.yaml": "patches: [{path: p.yaml}]\n"}
    readings = apart(files)
    assert (objects(readings), counts(readings)["kustomize-patch"]) == ([], 1)
    assert [file for file, _ in unknowns(readings)] == ["kustomization.yaml"]


def test_a_patch_that_nobody_names_hides_nothing() -> None:
    readings = apart({"p.yaml": f"$patch: delete\n{POD}---\n{POD}"})
    assert objects(readings) == ["p.yaml"]
    assert [unknown.code for reading in readings for unknown in reading.unknowns] == ["bad-object"]


def test_no_kustomization_is_a_patch() -> None:
    """It could hide itself, or two could hide each other, with all that they do."""
    readings = apart(
        dict.fromkeys(BOTH, "patches: [{path: kustomization.yaml}, {path: ../b/kustomization.yaml}]\n")
    )
    assert [file for file, _ in unknowns(readings)] == list(BOTH)


COMPONENT = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches: [{path: p.yaml}]\n"


def components(**components_of: str) -> dict[str, str]:
    """Two components, the first by way of the second, and kustomizations with what they say."""
    tree = {"one/kustomization.yaml": COMPONENT, "one/p.yaml": POD}
    tree["two/kustomization.yml"] = f"{COMPONENT}components: [../one/]\n"
    return tree | {f"{name}/kustomization.yaml": f"{text}\n" for name, text in components_of.items()}


def test_a_component_is_told_by_what_takes_it_in() -> None:
    """Itself, or by way of another component."""
    readings = apart(components(app="components: [../two]"))
    assert (objects(readings), [file for file, _ in unknowns(readings)]) == ([], ["app/kustomization.yaml"])
    assert counts(readings) == {"kustomization": 1, "kustomize-component": 2, "kustomize-patch": 1}


@pytest.mark.parametrize("text", ["resources: [../two]", "resources: [a.yaml]", "components: [../three]"])
def test_a_component_that_nobody_takes_in_is_told(text: str) -> None:
    """Its patches are judged nowhere. Kustomize takes no component in as a resource."""
    readings = apart(components(app=text))
    told = [(file, message) for file, message in unknowns(readings) if not file.startswith("app")]
    assert [file for file, _ in told] == ["one/kustomization.yaml", "two/kustomization.yml"]
    assert "no kustomization here takes in this component, which changes objects by `patches`" in told[0][1]
    assert counts(readings)["kustomize-component"] == 2


def test_a_template_takes_no_component_in() -> None:
    """It is not told itself."""
    tree = {"Chart.yaml": CHART, "templates/kustomization.yaml": "components: [../one]\n"}
    assert "one/kustomization.yaml" in [file for file, _ in unknowns(apart(tree | components()))]


def test_a_component_that_changes_nothing_is_whole() -> None:
    text = COMPONENT.replace("patches: [{path: p.yaml}]", "resources: [a.yaml]")
    readings = apart({"kustomization.yaml": text, "a.yaml": POD})
    assert (objects(readings), unknowns(readings)) == (["a.yaml"], [])


def test_objects_beside_a_component_are_judged_in_each_role() -> None:
    """And scan and diff ask the same of its role."""
    tree = {"one/kustomization.yaml": f"{COMPONENT}---\n{POD}", "app/kustomization.yaml": "components: [../one]\n"}
    for files, role in (
        (tree, "component"),
        ({"one/kustomization.yaml": tree["one/kustomization.yaml"]}, "plain"),
    ):
        known = roles([read_manifest(Blob(name, text.encode())) for name, text in files.items()])
        assert known.of("one/kustomization.yaml") == role
        assert known.judged("one/kustomization.yaml")
        assert objects(apart(files)) == ["one/kustomization.yaml"]


def test_a_kustomization_that_only_lists_is_whole() -> None:
    text = f"{KUSTOMIZATION}resources: [a.yaml, ../base]\ncommonAnnotations: {{team: shop}}\n"
    readings = apart({"dev/kustomization.yaml": text, "dev/a.yaml": POD, "base/b.yaml": POD})
    assert objects(readings) == ["base/b.yaml", "dev/a.yaml"]
    assert (unknowns(readings), counts(readings)) == ([], {"kustomization": 1})


@pytest.mark.parametrize(
    "key", ["container.apparmor.security.beta.kubernetes.io/app", "seccomp.security.alpha.kubernetes.io/pod"]
)
def test_annotations_that_switch_protection_off_are_a_change(key: str) -> None:
    readings = apart({"kustomization.yaml": f"commonAnnotations: {{{key}: unconfined}}\n"})
    assert len(unknowns(readings)) == 1


@pytest.mark.parametrize(
    "resource",
    [
        "https://github.com/owner/repo//deploy?ref=v1",
        "github.com/owner/repo/deploy",
        "git@github.com:owner/repo.git",
        "git::https://example.com/repo.git//deploy",
        "ssh://git@example.com/repo",
        "owner/repo?ref=main",
    ],
)
def test_what_is_fetched_from_elsewhere_was_not_looked_at(resource: str) -> None:
    readings = apart({"kustomization.yaml": f"resources: ['{resource}', a.yaml]\n", "a.yaml": POD})
    ((_, message),) = unknowns(readings)
    assert f"fetches `{resource}`" in message


@pytest.mark.parametrize("resource", ["a.yaml", "./a.yaml", "../base", "apps.io.yaml", "com/x", "a-b.v1/c"])
def test_what_lies_here_is_not_fetched(resource: str) -> None:
    assert unknowns(apart({"dev/kustomization.yaml": f"resources: ['{resource}']\n"})) == []


def test_what_nobody_was_asked_to_read_is_told() -> None:
    """`scan overlays/prod`: the base is there, and was not looked at."""
    readings = apart({"overlays/prod/kustomization.yaml": "resources: [../../base, x.yaml]\n"}, "base")
    ((_, message),) = unknowns(readings)
    assert "builds on `../../base`, which is not among the scanned files" in message


def test_many_changes_are_told_short() -> None:
    fields = "".join(f"{name}: [x]\n" for name in ("a", "b", "c", "d", "e", "f"))
    ((_, message),) = unknowns(apart({"kustomization.yaml": fields}))
    assert "`a`, `b`, `c`, `d` and 2 more" in message


def test_nothing_of_a_kustomization_file_is_lost() -> None:
    """An object that stands in the same file is judged, a broken document is told."""
    readings = apart({"kustomization.yaml": f"{KUSTOMIZATION}---\n{POD}"})
    assert objects(readings) == ["kustomization.yaml"]
