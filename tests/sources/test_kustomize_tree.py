"""Which kustomizations are rendered, what they cover, and the files that it takes."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bartizan.sources.chart import mapping
from bartizan.sources.files import DiskFiles, InputError
from bartizan.sources.kustomize_tree import KustomizeTree, Plan
from bartizan.sources.not_rendered import changes
from tests.sources.rendering_files import POD, write

CHANGES = "namePrefix: x-\n"
LISTS = "resources: [{}]\n"


def tree(files: Mapping[str, str | bytes], folder: Path, *, unread: tuple[str, ...] = ()) -> KustomizeTree:
    """The kustomizations among some files."""
    write(files, folder)
    known = {
        name: mapping(str(text).encode())
        for name, text in files.items()
        if "kustomization" in name and name not in unread
    }
    return KustomizeTree(known, DiskFiles(folder, [folder]))


def plan(files: Mapping[str, str | bytes], folder: Path) -> Plan:
    found = tree(files, folder)
    return found.plan(
        {
            name: bool(changes(found.content(name)))
            for name in files
            if name.endswith(("kustomization.yaml", ".yml"))
        }
    )


def units(made: Plan) -> list[str]:
    return [unit.file for unit in made.units]


def kustomization(folder: str, text: str) -> dict[str, str]:
    return {f"{folder}/kustomization.yaml": text}


def test_bases_are_rendered_only_as_a_part_of_what_takes_them_in(tmp_path: Path) -> None:
    made = plan(
        kustomization("base", CHANGES + LISTS.format("pod.yaml"))
        | kustomization("over", CHANGES + LISTS.format("../base, more.yaml"))
        | {"base/pod.yaml": POD, "over/more.yaml": POD},
        tmp_path,
    )
    assert units(made) == ["over/kustomization.yaml"]
    assert made.units[0].covers == {"base/kustomization.yaml", "over/kustomization.yaml"}
    assert made.units[0].resources == {"base/pod.yaml", "over/more.yaml"}
    assert made.in_place == frozenset()


def test_what_only_lists_is_not_rendered(tmp_path: Path) -> None:
    made = plan(
        kustomization("base", LISTS.format("pod.yaml")) | kustomization("over", LISTS.format("../base")), tmp_path
    )
    assert (units(made), made.in_place) == ([], {"base/pod.yaml"})


def test_what_only_lists_what_changes_is_not_rendered_and_the_latter_is(tmp_path: Path) -> None:
    made = plan(
        kustomization("base", CHANGES + LISTS.format("pod.yaml"))
        | kustomization("over", LISTS.format("../base, own.yaml")),
        tmp_path,
    )
    assert (units(made), made.in_place) == (["base/kustomization.yaml"], {"over/own.yaml"})


def test_a_base_that_is_applied_as_it_is_stays_in_its_place(tmp_path: Path) -> None:
    """As well as in the form that somebody else gives it."""
    made = plan(
        kustomization("base", LISTS.format("pod.yaml"))
        | kustomization("dev", LISTS.format("../base"))
        | kustomization("prod", CHANGES + LISTS.format("../base")),
        tmp_path,
    )
    assert (units(made), made.in_place) == (["prod/kustomization.yaml"], {"base/pod.yaml"})


def test_components_are_covered_and_never_rendered_alone(tmp_path: Path) -> None:
    component = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n" + CHANGES
    made = plan(
        kustomization("part", component + LISTS.format("extra.yaml"))
        | kustomization("lonely", component)
        | kustomization("over", "components: [../part]\n"),
        tmp_path,
    )
    assert units(made) == ["over/kustomization.yaml"]
    assert made.units[0].resources == {"part/extra.yaml"}


def test_what_goes_round_in_a_circle_is_handed_to_kustomize(tmp_path: Path) -> None:
    """It refuses it, and says so. Nothing is quietly left out."""
    made = plan(
        kustomization("a", CHANGES + LISTS.format("../b")) | kustomization("b", LISTS.format("../a, b.yaml")),
        tmp_path,
    )
    assert units(made) == ["a/kustomization.yaml"]
    assert made.units[0].resources == {"b/b.yaml"}


@pytest.mark.parametrize("name", ["kustomization.yml", "Kustomization"])
def test_a_base_may_have_any_of_its_names(name: str, tmp_path: Path) -> None:
    files = {f"base/{name}": LISTS.format("pod.yaml"), **kustomization("over", CHANGES + LISTS.format("../base/"))}
    made = plan(files, tmp_path)
    assert made.units[0].covers == {f"base/{name}", "over/kustomization.yaml"}


def inputs(files: Mapping[str, str | bytes], folder: Path, file: str = "over/kustomization.yaml") -> list[str]:
    """The files that rendering takes."""
    found = tree(files, folder)
    (unit,) = (unit for unit in found.plan({file: True}).units if unit.file == file)
    return sorted(found.inputs(unit))


def test_a_base_that_was_not_read_is_looked_up(tmp_path: Path) -> None:
    files = kustomization("base", LISTS.format("pod.yaml")) | kustomization("over", LISTS.format("../base"))
    found = tree(files | {"base/pod.yaml": POD}, tmp_path, unread=("base/kustomization.yaml",))
    (unit,) = found.plan({"over/kustomization.yaml": True}).units
    assert "base/kustomization.yaml" in unit.covers
    assert sorted(found.inputs(unit)) == ["base/kustomization.yaml", "base/pod.yaml", "over/kustomization.yaml"]


def test_every_file_that_is_named_anywhere_is_taken(tmp_path: Path) -> None:
    text = (
        "resources: [pod.yaml]\npatches: [{path: patch.yaml}]\nreplacements: [{path: replace.yaml}]\n"
        "configMapGenerator: [{name: c, files: [key=files/a.txt, files/b.txt], envs: [c.env]}]\n"
        "transformers: [transformer.yaml, 'a: {path: inline.yaml}\n\n  b: 1\n\n  ']\nopenapi: {path: schema.json}\n"
    )
    names = ["pod.yaml", "patch.yaml", "replace.yaml", "files/a.txt", "files/b.txt", "c.env", "schema.json"]
    files = kustomization("over", text) | {f"over/{name}": "x" for name in (*names, "inner.yaml", "unasked.yaml")}
    files["over/transformer.yaml"] = "kind: PatchTransformer\npath: inner.yaml\n"
    expected = [f"over/{name}" for name in (*names, "inner.yaml", "transformer.yaml", "kustomization.yaml")]
    assert inputs(files, tmp_path) == sorted(expected)


def test_what_lies_outside_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "out.yaml").write_text(POD)
    write(kustomization("over", LISTS.format("../../out.yaml, /etc/passwd")), tmp_path / "tree")
    assert inputs(kustomization("over", LISTS.format("../../out.yaml, /etc/passwd")), tmp_path / "tree") == [
        "over/kustomization.yaml"
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("resources: ['https://example.com/x.yaml']\n", "fetches `https://example.com/x.yaml`"),
        ("bases: ['github.com/owner/repo']\n", "fetches `github.com/owner/repo`"),
        ("components: ['git@example.com:owner/repo']\n", "nothing is fetched"),
        ("helmCharts: [{name: x}]\n", "inflates a Helm chart"),
        ("helmChartInflationGenerator: [{chartName: x}]\n", "inflates a Helm chart"),
    ],
)
@pytest.mark.parametrize("deep", [False, True])
def test_what_is_fetched_or_inflated_is_refused(text: str, reason: str, deep: bool, tmp_path: Path) -> None:
    files = kustomization("over", LISTS.format("../base") if deep else text) | kustomization("base", text)
    with pytest.raises(InputError, match=reason):
        inputs(files, tmp_path)


def test_a_kustomization_under_a_name_that_kustomize_does_not_look_for_is_not_asked_for(tmp_path: Path) -> None:
    """It is known by its kind, and the sentence says under which names it would be read."""
    found = tree({"my-kustomization.yaml": CHANGES}, tmp_path)
    made = found.plan({"my-kustomization.yaml": True})
    with pytest.raises(InputError, match=r"called kustomization\.yaml"):
        found.inputs(made.units[0])
