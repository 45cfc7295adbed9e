"""A diff tells what two full scans give, matched the slow and obvious way.

`same_as_two_scans` is the oracle of every test of a diff: it writes both trees into folders, scans each by
the rules of the base, and pairs the findings one by one. It shares no code with the diff but the scan.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from posixpath import normpath

import msgspec
import pytest
import yaml

from bartizan.app.judging import NOT_UNREAD
from bartizan.app.scan import Flags, scan
from bartizan.model.finding import Finding
from bartizan.model.report import Report
from bartizan.model.unknown import Unknown
from tests.app.history import BAD, TODAY, History, Tree, plain_git, pod, told, write  # noqa: F401 - a fixture

RULES = ("bartizan.yaml", ".bartizan/")


@dataclass(frozen=True)
class Scans:
    """Both trees, scanned whole by the rules of the base."""

    base: Report
    head: Report
    base_tree: Tree
    head_tree: Tree


def scans(base: Tree, head: Tree, folder: Path, flags: Flags) -> Scans:
    """Scan both trees in folders of their own."""
    rules = folder / "rules"
    write({"bartizan.yaml": "", **{name: base[name] for name in base if name.startswith(RULES)}}, rules)
    flags = msgspec.structs.replace(flags, config_file=str(rules / "bartizan.yaml"))
    judged = {name: "" if name.endswith(".bartizanignore") else head[name] for name in head}
    for name in base:
        folder_of = name.removesuffix(".bartizanignore")
        if folder_of != name and any(other.startswith(folder_of) for other in head):
            judged[name] = base[name]
    reports = []
    for name, tree in (("base", base), ("head", judged)):
        place = folder / name / "tree"
        write(tree, place)
        for outside in (folder / "out.yaml", folder / name / "out.yaml", folder / name / "a.yaml"):
            outside.write_text("what a link leads out to\n")
        reports.append(_from_the_root(scan((".",), flags, TODAY, cwd=place), f"{rules}/"))
    return Scans(*reports, base, head)


def _from_the_root(report: Report, prefix: str) -> Report:
    """The report with the files of the rules named as a diff names them."""
    return msgspec.structs.replace(
        report,
        findings=tuple(_renamed(finding, prefix) for finding in report.findings),
        unknowns=tuple(
            msgspec.structs.replace(unknown, file=unknown.file.removeprefix(prefix)) for unknown in report.unknowns
        ),
    )


def _renamed(finding: Finding, prefix: str) -> Finding:
    location = msgspec.structs.replace(finding.location, file=finding.location.file.removeprefix(prefix))
    return msgspec.structs.replace(finding, location=location)


def matched(found: Scans) -> list[Finding]:
    """Every finding with its change, by trying every pair, the likeliest first."""
    gone, come, same = list(found.base.findings), list(found.head.findings), []
    likeness: tuple[Callable[[Finding], object], ...] = (
        lambda finding: (finding.location.file, finding.message),
        lambda finding: finding.location.file,
        lambda finding: finding.message,
        lambda _finding: None,
    )
    for alike in likeness:
        # One whose exception no longer covers it is not the same; between equals, the plain pairs come first.
        for hidden in ((False, False), (True, True), (False, True)):
            for after in list(come):
                for before in gone:
                    pair = (bool(before.exception), bool(after.exception))
                    if (
                        before.fingerprint == after.fingerprint
                        and alike(before) == alike(after)
                        and pair == hidden
                    ):
                        gone.remove(before)
                        come.remove(after)
                        same.append(msgspec.structs.replace(after, change="unchanged"))
                        break
    return [
        *same,
        *(_changed(finding, found.base, "new", _unrendered(found.base, found.head, found)) for finding in come),
        *(_changed(finding, found.head, "fixed", _unrendered(found.head, found.base, found)) for finding in gone),
    ]


def _unrendered(side: Report, other: Report, both: Scans) -> set[str]:
    """The files of which only the other side knows what is made: here a renderer failed."""
    gaps = {u.file: u.message for u in side.unknowns if u.code == "needs-rendering"}
    told = {u.file for u in other.unknowns if u.code == "needs-rendering"}
    found: set[str] = set()
    for gap, message in gaps.items():
        folder = gap.rpartition("/")[0]
        if gap.endswith("Chart.yaml"):
            part = "" if "the chart was not judged" in message else "charts/"
            found |= {
                f.location.file
                for f in other.findings
                if f.location.file.startswith(f"{folder}/{part}") and not f.location.line
            }
        elif gap.endswith("kustomization.yaml") and gap not in told and _changes_objects(gap, both):
            found |= _taken_in(gap, both.base_tree) | _taken_in(gap, both.head_tree)
    return found


def _changes_objects(kustomization: str, both: Scans) -> bool:
    """Whether it does more than list files, on both sides."""
    texts = (str(tree.get(kustomization, "")) for tree in (both.base_tree, both.head_tree))
    return all(set(yaml.safe_load(text) or ()) - {"resources"} for text in texts)


def _taken_in(kustomization: str, tree: Tree) -> set[str]:
    """A kustomization and whatever it takes in, by way of others."""
    found, ahead = set[str](), [kustomization]
    while ahead:
        file = ahead.pop()
        if file not in found:
            found.add(file)
            if file.endswith("kustomization.yaml") and file in tree:
                folder = file.rpartition("/")[0]
                content = yaml.safe_load(str(tree[file])) or {}
                for name in (*content.get("resources", ()), *content.get("components", ())):
                    place = normpath(f"{folder}/{name}")
                    ahead += [place, f"{place}/kustomization.yaml"]
    return found


def _changed(finding: Finding, other: Report, change: str, unrendered: set[str]) -> Finding:
    """Incomparable where the other side could not read or make the file, or its check ended in an error there."""
    unread = {unknown.file for unknown in other.unknowns if unknown.code not in NOT_UNREAD}
    erred = {(r.judge, r.subject, r.file) for r in other.results if r.verdict == "error"}
    subject = msgspec.structs.replace(finding.subject, container="")
    file = finding.location.file
    blind = file in unread or file in unrendered or (finding.check, subject, file) in erred
    return msgspec.structs.replace(finding, change="incomparable" if blind else change)


def same_as_two_scans(base: Tree, head: Tree, report: Report, folder: Path, flags: Flags | None = None) -> None:
    """Assert that a diff from `base` to `head`, with `keep_unchanged` or without, tells what two scans give."""
    found = scans(base, head, folder, flags or Flags())
    every = matched(found)
    kept = any(finding.change == "unchanged" for finding in report.findings)
    expected = [finding for finding in every if finding.change != "unchanged" or kept]
    assert _texts(f for f in report.findings if f.check != "gate-relaxed") == _texts(expected)
    counts = Counter(finding.change for finding in report.findings if finding.check == "gate-relaxed")
    counts.update(finding.change for finding in every)
    assert {change: count for change, count in report.changes.items() if count} == counts
    _untold(found, report)
    assert report.coverage == found.head.coverage


def _texts(findings: Iterable[Finding]) -> list[str]:
    return sorted(repr(finding) for finding in findings)


def _untold(found: Scans, report: Report) -> None:
    """Every unknown, error and skip that the head has and the base has not is told; nothing else is made up."""
    own = {"unreadable-configuration", "unreadable-exception"}
    unknowns = {_place(unknown) for unknown in report.unknowns if unknown.code not in own}
    before, after = ({_place(u) for u in side.unknowns if u.code not in own} for side in (found.base, found.head))
    assert unknowns <= after
    assert after - before <= unknowns
    results = _bare(report)
    was, now = _bare(found.base), _bare(found.head)
    assert results <= now
    assert now - was <= results


def _place(unknown: Unknown) -> Unknown:
    """Without the operating system's words about a link."""
    return msgspec.structs.replace(unknown, message="") if unknown.code == "unreadable-file" else unknown


def _bare(report: Report) -> set[str]:
    """Errors and skips as texts; what an exception hides is told as a finding."""
    results = (result for result in report.results if result.reason != "excepted")
    return {repr(msgspec.structs.replace(result, findings=(), reads=())) for result in results}


CLOSED = (
    "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: closed, namespace: shop}, "
    "spec: {podSelector: {}, policyTypes: [Ingress]}}\n"
)


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "repository")


def _check(history: History, base: Tree, head: Tree) -> Report:
    """The diff, after the oracle has agreed."""
    text = history.change(base, head)
    report = history.diff(text)
    same_as_two_scans(base, head, report, history.root.parent / "oracle")
    same_as_two_scans(base, head, history.diff(text, keep_unchanged=True), history.root.parent / "oracle")
    return report


def test_a_moved_manifest_is_nothing_new(history: History) -> None:
    report = _check(history, {"a.yaml": pod(**BAD)}, {"moved/here.yml": pod(**BAD)})
    assert (told(report), told(report, "fixed"), report.exit_status) == ([], [], 0)


def test_a_reformatted_manifest_is_nothing_new(history: History) -> None:
    flow = pod(**BAD)
    block = (
        "# the same\nkind: 'Pod'\nspec:\n  hostPID: true\n  containers:\n  - image: \"registry.example/app:1\"\n"
        "    name: app\nmetadata:\n  namespace: shop\n  name: web\napiVersion: v1\n"
    )
    report = _check(history, {"a.yaml": flow}, {"a.yaml": block})
    assert (told(report), told(report, "fixed"), report.exit_status) == ([], [], 0)


def test_a_finding_added_in_one_of_two_equal_objects_is_new(history: History) -> None:
    """The same object stands in dev/ and prod/; what changes in one of them is told of that one."""
    base = {"dev/web.yaml": pod(), "prod/web.yaml": pod()}
    report = _check(history, base, base | {"prod/web.yaml": pod(**BAD)})
    assert told(report) == [("host-namespaces", "prod/web.yaml")]
    assert report.exit_status == 1


def test_a_second_copy_of_a_bad_object_is_new(history: History) -> None:
    """Equal fingerprints are a multiset: a surplus is new, and told where it stands."""
    base = {"dev/web.yaml": pod(**BAD)}
    report = _check(history, base, base | {"prod/web.yaml": pod(**BAD)})
    assert ("host-namespaces", "prod/web.yaml") in told(report)
    assert [f.occurrence for f in report.findings if f.check == "host-namespaces"] == [1]


def test_a_removed_network_policy_opens_pods_in_files_that_did_not_change(history: History) -> None:
    base = {"a.yaml": pod(), "b.yaml": pod("job"), "policy.yaml": CLOSED}
    report = _check(history, base, {name: base[name] for name in ("a.yaml", "b.yaml")})
    assert told(report) == [("no-network-policy", "a.yaml"), ("no-network-policy", "b.yaml")]


def test_an_added_network_policy_fixes_what_it_covers(history: History) -> None:
    base = {"a.yaml": pod(), "other.yaml": pod(namespace="other")}
    report = _check(history, base, base | {"policy.yaml": CLOSED})
    assert told(report, "fixed") == [("no-network-policy", "a.yaml")]
