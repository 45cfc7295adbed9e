"""What a file's verdict rests on beside its content: its role, its company, its links. Each was once a wrong diff."""

from pathlib import Path

import pytest

from bartizan.app.gate_rules import base_and_head
from bartizan.app.listing import ignore_rules, listing
from bartizan.app.scan import Flags, scan
from bartizan.app.side import Library, Side
from bartizan.lookups import Inventory
from bartizan.model.report import Report
from bartizan.sources import git
from bartizan.sources.blob import Blob
from bartizan.sources.manifests import read_manifest
from bartizan.store.cache import FileCache, NoCache
from tests.app.history import BAD, TODAY, History, Link, Tree, plain_git, pod, told, write  # noqa: F401 - a fixture
from tests.app.test_diff_cache import made
from tests.app.test_diff_oracle import CLOSED, same_as_two_scans

PATCHED = "resources: [../base]\npatches: [{path: patch.yaml}]\n"


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "repository")


def diffed(history: History, base: Tree, head: Tree) -> Report:
    """The diff, cold and warm and as the oracle sees it."""
    text = history.change(base, head)
    cache = FileCache(history.root.parent / "cache")
    report = history.diff(text)
    assert history.diff(text, cache=cache) == report
    assert history.diff(text, cache=cache) == report
    same_as_two_scans(base, head, report, history.root.parent)
    return report


def unrendered(report: Report) -> list[str]:
    return [unknown.file for unknown in report.unknowns if unknown.code == "needs-rendering"]


def account(name: str, mounts: str) -> str:
    return (
        f"{{apiVersion: v1, kind: ServiceAccount, metadata: {{name: {name}, namespace: shop}}, "
        f"automountServiceAccountToken: {mounts}}}\n"
    )


def test_of_equal_objects_that_controllers_made_one_tells_the_finding(history: History) -> None:
    """Both files have the same content; the verdict of the one that is silent is not the other's."""
    tree = {"a.yaml": made("web-1", **BAD), "b.yaml": made("web-1", **BAD)}
    report = diffed(history, {}, tree)
    assert [file for check, file in told(report) if check == "host-namespaces"] == ["a.yaml"]


def test_the_silent_one_speaks_when_the_other_is_gone(history: History) -> None:
    tree = {"a.yaml": made("web-1", **BAD), "b.yaml": made("web-1", **BAD)}
    report = diffed(history, tree, {"b.yaml": tree["b.yaml"], "c.yaml": tree["b.yaml"]})
    assert (told(report), told(report, "fixed"), report.exit_status) == ([], [], 0)


def test_an_object_is_folded_where_its_namesake_has_a_controller(history: History) -> None:
    base = {"a.yaml": pod("web-1", **BAD), "z.yaml": pod("other")}
    diffed(history, base, {**base, "made.yaml": made("web-1")})


def test_an_owner_that_comes_takes_over_what_its_objects_told(history: History) -> None:
    template = "template: {metadata: {}, spec: {hostPID: true, containers: [{name: app, image: 'r.example/a:1'}]}}"
    owner = (
        "{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: web, namespace: shop}, spec: {"
        + template
        + "}}\n"
    )
    base = {"made.yaml": made("web-1", **BAD)}
    report = diffed(history, base, {**base, "owner.yaml": owner})
    assert "host-namespaces" not in [check for check, _ in told(report)]


def test_equal_kustomizations_are_told_with_their_own_folders(history: History) -> None:
    tree = {"dev/kustomization.yaml": PATCHED, "prod/kustomization.yaml": PATCHED, "base/a.yaml": pod()}
    report = diffed(history, {}, tree)
    for unknown in report.unknowns:
        assert f"kubectl kustomize {unknown.file.partition('/')[0]} " in unknown.message


def test_a_file_that_becomes_a_patch_is_no_object_any_more(history: History) -> None:
    base = {"over/patch.yaml": pod(**BAD), "over/kustomization.yaml": "resources: [patch.yaml]\n"}
    report = diffed(history, base, {**base, "over/kustomization.yaml": PATCHED})
    assert ("host-namespaces", "over/patch.yaml") in told(report, "fixed")
    assert unrendered(report) == ["over/kustomization.yaml"]


def test_a_template_that_leaves_its_chart_is_an_object(history: History) -> None:
    base = {"chart/Chart.yaml": "name: c\n", "chart/templates/a.yaml": pod(**BAD)}
    report = diffed(history, base, {"chart/templates/a.yaml": base["chart/templates/a.yaml"]})
    assert ("host-namespaces", "chart/templates/a.yaml") in told(report)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ("chart/templates/_macros.tpl", ["chart/Chart.yaml"]),
        ("chart/values.yaml", ["chart/Chart.yaml"]),
        ("chart/charts/part.tgz", ["chart/Chart.yaml"]),
        ("over/files/start.sh", ["over/kustomization.yaml"]),
        ("over/patch.yaml", ["over/kustomization.yaml"]),
        ("base/a.yaml", ["over/kustomization.yaml"]),
        ("shared/a.yaml", ["over/kustomization.yaml"]),
        ("docs/readme.txt", []),
    ],
)
def test_a_chart_or_kustomization_that_a_change_touches_is_not_known(
    changed: str, expected: list[str], history: History
) -> None:
    """By a file of any kind, and by way of what it builds upon."""
    base: Tree = {
        "chart/Chart.yaml": "name: c\n",
        "chart/values.yaml": "a: 1\n",
        "chart/templates/a.yaml": "kind: {{ .Values.x }}\n",
        "chart/templates/_macros.tpl": "a",
        "chart/charts/part.tgz": "a",
        "over/kustomization.yaml": PATCHED,
        "over/patch.yaml": "spec: {}\n",
        "over/files/start.sh": "a",
        "base/kustomization.yaml": "resources: [../shared, a.yaml]\n",
        "base/a.yaml": pod(),
        "shared/kustomization.yaml": "resources: [a.yaml]\n",
        "shared/a.yaml": pod("shared"),
        "docs/readme.txt": "a",
    }
    head = {**base, changed: f"{base[changed]}\n# more\n"}
    report = history.diff(history.change(base, head))
    assert (unrendered(report), report.exit_status) == (expected, 3 if expected else 0)


@pytest.mark.parametrize("first", ["a.yaml", "a/x.yaml", "a-b.yaml"])
def test_of_two_objects_of_one_name_look_ups_find_the_same_as_a_scan(first: str, history: History) -> None:
    """The order of files decides, and it is one order."""
    own = pod().replace("spec: {", "spec: {serviceAccountName: own, ")
    base = {"pod.yaml": own, "a.yaml": account("own", "true"), "bartizan.yaml": "persona: audit\n"}
    head = {**base, "a.yaml": account("own", "true"), "a/x.yaml": account("own", "true")}
    head["a-b.yaml"] = account("own", "true")
    head[first] = account("own", "false")
    diffed(history, base, head)


def test_look_ups_answer_like_an_inventory_of_the_whole_tree(history: History) -> None:
    """In the same order, too: who asks for the first one gets the same."""
    texts = {
        "b.yaml": account("one", "true").replace("shop", "x")
        + "---\n"
        + account("two", "true").replace("shop", "y"),
        "a.yaml": account("three", "true").replace("shop", "y") + "---\n" + account("one", "false"),
        "c.yaml": account("one", "false").replace("shop", "x") + "---\n" + account("one", "no"),
        "pod.yaml": pod(),
    }
    commit = history.commit(texts)
    trees = (git.tree(history.root, commit),) * 2
    rules = base_and_head(history.root, trees, Flags(), TODAY, cwd=history.root, trust_head=False).judging.rules
    ignored = ignore_rules(history.root, trees[0], (), "")
    library = Library(history.root, NoCache(), rules, "")
    side = Side(listing(history.root, trees[0], ignored), library, rules)
    read = [read_manifest(Blob(name, texts[name].encode())) for name in sorted(texts)]
    inventory = Inventory([resource for reading in read for resource in reading.resources])
    for namespace in (None, "x", "y", "shop", "nowhere"):
        found = side.objects("", "ServiceAccount", namespace)
        assert [item.raw for item in found] == [
            item.raw for item in inventory.objects("", "ServiceAccount", namespace)
        ]
        for name in ("one", "two", "three", "four"):
            where = ("", "ServiceAccount", namespace or "", name)
            one, other = side.find(*where), inventory.find(*where)
            assert getattr(one, "raw", one) == getattr(other, "raw", other)


LINKED: dict[str, Tree] = {
    "a link to a manifest that is read": {"one.yaml": Link("a.yaml")},
    "a link to a file of another name": {"bad.txt": pod("bad", **BAD), "one.yaml": Link("bad.txt")},
    "a link of another name": {
        ".bartizanignore": "bad.yaml\n",
        "bad.yaml": pod("bad", **BAD),
        "one": Link("bad.yaml"),
    },
    "two links to one file": {
        "bad.txt": pod("bad", **BAD),
        "one.yaml": Link("bad.txt"),
        "two.yaml": Link("bad.txt"),
    },
    "a link to a link": {"bad.txt": pod("bad", **BAD), "mid": Link("bad.txt"), "one.yaml": Link("mid")},
    "a link through a link": {"d/bad.txt": pod("bad", **BAD), "l": Link("d"), "one.yaml": Link("l/bad.txt")},
    "a link to a folder": {"d/bad.yaml": pod("bad", **BAD), "l": Link("d")},
    "a link to an ignored folder": {
        ".bartizanignore": "/d/\n",
        "d/bad.yaml": pod("bad", **BAD),
        "d/more": Link("../d"),
        "l": Link("d"),
    },
    "a link to the root": {"d/l": Link("..")},
    "a link that is ignored": {".bartizanignore": "one.yaml\n", "one.yaml": Link("nowhere.yaml")},
    "a link to nowhere outside": {
        "one.yaml": Link("../gone.yaml"),
        "two": Link("/no/such/place"),
        "three.txt": Link("../gone"),
        "d/four.yaml": Link("../../gone/x.yaml"),
    },
    "links in a circle": {"one.yaml": Link("two.yaml"), "two.yaml": Link("one.yaml"), "self": Link("self")},
    "a link through a file": {"one.yaml": Link("a.yaml/x.yaml")},
    "a link to nowhere": {"one.yaml": Link("gone.yaml"), "two": Link("gone"), "three.txt": Link("gone.txt")},
}


@pytest.mark.parametrize("case", LINKED)
def test_links_are_read_as_a_scan_reads_them(case: str, history: History) -> None:
    base = {"a.yaml": pod(), **LINKED[case]}
    rules = {name: base[name] for name in base if name == ".bartizanignore"}
    report = diffed(history, {"a.yaml": pod(), **rules}, base)
    write(base, history.root)
    scanned = scan((str(history.root),), Flags(), TODAY, cwd=history.root)
    assert report.unknowns == scanned.unknowns  # in code and wording


def test_exclusion_and_ignore_files_add_up(history: History) -> None:
    """A pattern of the one does not bring back what the other leaves out."""
    rules = {
        "bartizan.yaml": "exclude: ['!kept.yaml', 'gone.yaml', deep/]\n",
        ".bartizanignore": "kept.yaml\n!gone.yaml\n!deep/\n",
    }
    files = {name: pod(**BAD) for name in ("kept.yaml", "gone.yaml", "deep/x.yaml", "plain.yaml")}
    report = diffed(history, rules, {**rules, **files})
    assert {file for _, file in told(report)} == {"plain.yaml"}


def test_the_ignore_files_of_the_base_hold_where_they_stand(history: History) -> None:
    """A nested one says what is left out below it; a folder that moves away from it is seen."""
    base = {"old/.bartizanignore": "*.yaml\n", "old/x.yaml": pod(**BAD), "a.yaml": pod("a")}
    report = diffed(
        history, base, {"new/.bartizanignore": "*.yaml\n", "new/x.yaml": pod(**BAD), "a.yaml": pod("a")}
    )
    assert ("host-namespaces", "new/x.yaml") in told(report)


def test_a_removed_policy_is_felt_in_every_file_that_asked(history: History) -> None:
    base = {f"{number}.yaml": pod(f"p{number}") for number in range(4)}
    report = diffed(history, {**base, "policy.yaml": CLOSED}, base)
    assert len(told(report)) == 4
