"""Law 6: the judged never loosen the judge. Whatever the head of a change writes about its gate does not count.

Each case changes the rules in one way and adds a bad Pod. The diff must not pass, and must still tell the Pod.
"""

from pathlib import Path

import pytest

from bartizan.app.diff import DiffFlags, diff
from bartizan.app.errors import UsageError
from bartizan.app.scan import Flags, scan
from tests.app.history import (  # noqa: F401 - a fixture
    BAD,
    TODAY,
    History,
    Link,
    Tree,
    of,
    plain_git,
    pod,
    told,
    write,
)

STRICT = """\
fail-on: medium
persona: strict
kubernetes-version: "1.36"
exclude: ["generated/", "!generated/kept.yaml"]
severity: {host-namespaces: critical}
"""
BASE: Tree = {
    "a.yaml": pod(),
    "shop/b.yaml": pod("job"),
    "bartizan.yaml": STRICT,
    ".bartizanignore": "tests/\n!tests/real.yaml\n",
}
NEW: Tree = {"shop/new.yaml": pod("new", **BAD)}
FOUND = ("host-namespaces", "shop/new.yaml")


def exception(
    name: str = "e",
    until: str = "2026-06-30",
    check: str = "host-namespaces",
    subjects: str = "[{name: old}]",
    **more: str,
) -> str:
    """An exception that holds today."""
    fields = "".join(f", {key}: {value}" for key, value in more.items())
    return (
        f"apiVersion: bartizan.dev/v1alpha1\nkind: Exception\nmetadata: {{name: {name}}}\n"
        f"spec: {{target: {{check: {check}}}, subjects: {subjects}, owner: o, reason: r, until: {until}{fields}}}\n"
    )


def without(tree: Tree, name: str) -> Tree:
    return {other: tree[other] for other in tree if other != name}


HELD = {**BASE, ".bartizan/exceptions/e.yaml": exception()}
EXCEPTIONS = ".bartizan/exceptions/"

LOOSENED: dict[str, tuple[Tree, Tree]] = {
    "the configuration is deleted": (BASE, without(BASE, "bartizan.yaml")),
    "the configuration is emptied": (BASE, {**BASE, "bartizan.yaml": ""}),
    "the configuration cannot be parsed": (BASE, {**BASE, "bartizan.yaml": "checks: ["}),
    "the configuration has an unknown key": (BASE, {**BASE, "bartizan.yaml": "chekcs: {}\n"}),
    "the configuration is no text": (BASE, {**BASE, "bartizan.yaml": b"\xff\xfe\x00"}),
    "the configuration names an unknown check": (BASE, {**BASE, "bartizan.yaml": "checks: {ignore: [no-such]}\n"}),
    "the configuration is a link to a mild one": (
        BASE,
        {**BASE, "mild.yaml": "persona: regular\n", "bartizan.yaml": Link("mild.yaml")},
    ),
    "the configuration is a link out of the tree": (BASE, {**BASE, "bartizan.yaml": Link("../mild.yaml")}),
    "the configuration is a link to nowhere": (BASE, {**BASE, "bartizan.yaml": Link("gone.yaml")}),
    "the configuration is a folder": (BASE, {**without(BASE, "bartizan.yaml"), "bartizan.yaml/a.txt": ""}),
    "a check is ignored": (BASE, {**BASE, "bartizan.yaml": STRICT + "checks: {ignore: [host-namespaces]}\n"}),
    "all checks but one are dropped": (
        BASE,
        {**BASE, "bartizan.yaml": STRICT + "checks: {select: [root-user]}\n"},
    ),
    "checks are dropped by a pattern": (
        BASE,
        {**BASE, "bartizan.yaml": STRICT + "checks: {ignore: ['host-*']}\n"},
    ),
    "the gate's own check is dropped": (
        BASE,
        {**BASE, "bartizan.yaml": STRICT + "checks: {ignore: [gate-relaxed]}\n"},
    ),
    "a severity is lowered": (BASE, {**BASE, "bartizan.yaml": STRICT.replace("critical", "low")}),
    "a severity is no longer raised": (
        BASE,
        {**BASE, "bartizan.yaml": STRICT.replace("{host-namespaces: critical}", "{}")},
    ),
    "a severity is set where cases differ": (
        BASE,
        {
            **BASE,
            "bartizan.yaml": STRICT.replace(
                "host-namespaces: critical", "host-namespaces: critical, wildcard-role: low"
            ),
        },
    ),
    "the gate is raised": (BASE, {**BASE, "bartizan.yaml": STRICT.replace("medium", "critical")}),
    "the persona sees less": (BASE, {**BASE, "bartizan.yaml": STRICT.replace("strict", "regular")}),
    "a level leaves checks out": (BASE, {**BASE, "bartizan.yaml": STRICT + "level: baseline\n"}),
    "another version is judged by": (BASE, {**BASE, "bartizan.yaml": STRICT.replace("1.36", "1.20")}),
    "parameters are changed": (
        BASE,
        {**BASE, "bartizan.yaml": STRICT + "checks: {params: {missing-memory-limit: {resources: [cpu]}}}\n"},
    ),
    "files are excluded": (
        BASE,
        {**BASE, "bartizan.yaml": STRICT.replace('"generated/"', '"generated/", "shop/"')},
    ),
    "a file is no longer kept in": (
        BASE,
        {**BASE, "bartizan.yaml": STRICT.replace(', "!generated/kept.yaml"', "")},
    ),
    "the order of patterns is turned": (
        BASE,
        {
            **BASE,
            "bartizan.yaml": STRICT.replace(
                '["generated/", "!generated/kept.yaml"]', '["!generated/kept.yaml", "generated/"]'
            ),
        },
    ),
    "an ignore file is added": (without(BASE, ".bartizanignore"), {**BASE, ".bartizanignore": "shop/\n"}),
    "an ignore file is added in a folder": (BASE, {**BASE, "shop/.bartizanignore": "*\n"}),
    "an ignore file takes a leading blank": (
        BASE,
        {**BASE, ".bartizanignore": " tests/\ntests/\n!tests/real.yaml\n"},
    ),
    "an ignore file says more": (BASE, {**BASE, ".bartizanignore": "tests/\n!tests/real.yaml\nnew.yaml\n"}),
    "an ignore file keeps less in": (BASE, {**BASE, ".bartizanignore": "tests/\n"}),
    "an ignore file says it in another order": (BASE, {**BASE, ".bartizanignore": "!tests/real.yaml\ntests/\n"}),
    "an ignore file is a link": (BASE, {**BASE, "shop/.bartizanignore": Link("../patterns"), "patterns": "*\n"}),
    "an exception is added": (BASE, {**BASE, EXCEPTIONS + "new.yaml": exception(subjects="[{name: new}]")}),
    "an exception is added in a folder below": (BASE, {**BASE, EXCEPTIONS + "a/b.yml": exception(subjects="[]")}),
    "an exception is added as a link": (
        BASE,
        {**BASE, "x.txt": exception(subjects="[{name: new}]"), EXCEPTIONS + "new.yaml": Link("../../x.txt")},
    ),
    "an exception cannot be read": (BASE, {**BASE, EXCEPTIONS + "new.yaml": "kind: Exception\n"}),
    "an exception is prolonged": (HELD, {**HELD, EXCEPTIONS + "e.yaml": exception(until="2030-01-01")}),
    "an exception holds for more": (HELD, {**HELD, EXCEPTIONS + "e.yaml": exception(subjects="[{name: '*'}]")}),
    "an exception holds for all": (HELD, {**HELD, EXCEPTIONS + "e.yaml": exception(subjects="[]")}),
    "an exception takes another check": (HELD, {**HELD, EXCEPTIONS + "e.yaml": exception(check="root-allowed")}),
    "an exception has a namesake": (
        HELD,
        {**HELD, EXCEPTIONS + "f.yaml": exception(subjects="[{name: new}]")},
    ),
    "exceptions are looked for elsewhere": (
        HELD,
        {
            **HELD,
            "bartizan.yaml": STRICT + "exceptions: [more]\n",
            "more/e.yaml": exception(subjects="[{name: new}]"),
        },
    ),
    "exceptions are looked for everywhere": (
        BASE,
        {**BASE, "bartizan.yaml": STRICT + "exceptions: ['.']\n", "e.yaml": exception(subjects="[{name: new}]")},
    ),
    "exceptions are looked for outside": (BASE, {**BASE, "bartizan.yaml": STRICT + "exceptions: ['../mild']\n"}),
    "exceptions are looked for on the disk": (
        BASE,
        {**BASE, "bartizan.yaml": STRICT + "exceptions: ['/etc/mild']\n"},
    ),
    "the folder of exceptions is renamed": (
        HELD,
        {**BASE, "bartizan.yaml": STRICT + "exceptions: [waived]\n", "waived/e.yaml": exception()},
    ),
    "the folder of exceptions is a link": (
        BASE,
        {**BASE, ".bartizan": Link("mild"), "mild/exceptions/e.yaml": exception(subjects="[{name: new}]")},
    ),
    "the folder of exceptions is a link outwards": (BASE, {**BASE, ".bartizan": Link("../mild")}),
}


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "repository")


@pytest.mark.parametrize("case", LOOSENED)
def test_a_change_does_not_pass_by_its_own_rules(case: str, history: History) -> None:
    base, head = LOOSENED[case]
    report = history.diff(history.change(base, {**head, **NEW}))
    assert report.exit_status in (1, 3)
    assert FOUND in told(report)
    loosened = [finding for finding in of(report, "new") if finding.check == "gate-relaxed"]
    assert loosened or report.unknowns


@pytest.mark.parametrize("case", LOOSENED)
def test_a_relaxation_alone_does_not_pass(case: str, history: History) -> None:
    """Else a second change could use what the first one allowed."""
    assert history.diff(history.change(*LOOSENED[case])).exit_status in (1, 3)


@pytest.mark.parametrize("case", [case for case in LOOSENED if "check" in case or "exception is" in case])
def test_no_choice_of_the_base_opens_the_gate_to_relaxations(case: str, history: History) -> None:
    """A level selects checks of objects, `fail-on` ranks them: neither says who may change the rules."""
    base, head = LOOSENED[case]
    flags = Flags(level="restricted", fail_on="critical")
    assert history.diff(history.change(base, head), flags).exit_status in (1, 3)


ACCEPTED = [
    "the configuration is deleted",
    "a check is ignored",
    "files are excluded",
    "an ignore file is added in a folder",
    "an exception is added",
    "the configuration is a link to a mild one",
    "exceptions are looked for elsewhere",
]


@pytest.mark.parametrize("case", ACCEPTED)
def test_a_reviewer_may_accept_the_heads_rules(case: str, history: History) -> None:
    base, head = LOOSENED[case]
    text = history.change(base, head)
    report = history.diff(text, trust_head_config=True)
    assert (report.exit_status, [f.check for f in report.findings if f.check == "gate-relaxed"]) == (0, [])


@pytest.mark.parametrize("case", ["a check is ignored", "files are excluded", "an exception is added"])
def test_accepted_rules_hold(case: str, history: History) -> None:
    base, head = LOOSENED[case]
    report = history.diff(history.change(base, {**head, **NEW}), trust_head_config=True)
    assert FOUND not in told(report)


def test_an_accepted_configuration_that_cannot_be_read_is_no_configuration(history: History) -> None:
    base, head = LOOSENED["the configuration cannot be parsed"]
    with pytest.raises(UsageError, match=r"bartizan\.yaml"):
        history.diff(history.change(base, head), trust_head_config=True)


TIGHTENED: dict[str, tuple[Tree, Tree]] = {
    "the gate is lowered": (BASE, {**BASE, "bartizan.yaml": STRICT.replace("medium", "low")}),
    "the persona sees more": (BASE, {**BASE, "bartizan.yaml": STRICT.replace("strict", "audit")}),
    "a severity is raised": (BASE, {**BASE, "bartizan.yaml": STRICT.replace("{h", "{root-allowed: critical, h")}),
    "less is excluded": (BASE, {**BASE, "bartizan.yaml": STRICT.replace('"generated/", ', "")}),
    "more is kept in": (BASE, {**BASE, ".bartizanignore": "tests/\n!tests/real.yaml\n!tests/more.yaml\n"}),
    "an ignore file is deleted": ({**BASE, "shop/.bartizanignore": "x.yaml\n"}, BASE),
    "an ignore file is rearranged and commented": (
        {**BASE, ".bartizanignore": "tests/\n!tests/real.yaml\n\n"},
        {**BASE, ".bartizanignore": "# why\ntests/\n\n!tests/real.yaml\n"},
    ),
    "a configuration comes to be": (without(BASE, "bartizan.yaml"), {**BASE, "bartizan.yaml": "persona: audit\n"}),
    "the configuration is rewritten": (BASE, {**BASE, "bartizan.yaml": "# as before\n" + STRICT}),
    "an exception is taken back": (HELD, BASE),
    "an exception ends earlier": (HELD, {**HELD, EXCEPTIONS + "e.yaml": exception(until="2026-02-01")}),
    "an exception allows one value": (
        HELD,
        {**HELD, EXCEPTIONS + "e.yaml": exception(allow="{path: spec.hostPID}")},
    ),
    "an exception moves": (HELD, {**BASE, EXCEPTIONS + "moved.yaml": exception()}),
    "an exception has a namesake of old": (
        {**HELD, EXCEPTIONS + "f.yaml": exception(check="root-allowed")},
        {**HELD, EXCEPTIONS + "f.yaml": exception(check="root-allowed"), "README": "more\n"},
    ),
}


@pytest.mark.parametrize("case", TIGHTENED)
def test_stricter_rules_are_no_relaxation(case: str, history: History) -> None:
    report = history.diff(history.change(*TIGHTENED[case]))
    assert [finding.message for finding in report.findings if finding.check == "gate-relaxed"] == []


MONO: Tree = {
    "a.yaml": pod(),
    "bartizan.yaml": "checks: {ignore: [host-namespaces]}\n",
    "deploy/bartizan.yaml": "fail-on: low\nexclude: [/left/, gone.yaml]\n",
    f"deploy/{EXCEPTIONS}e.yaml": exception(subjects="[{name: known}]"),
    "deploy/inner/b.yaml": pod(),
}
MONO_HEAD: Tree = {
    **MONO,
    **{
        f"deploy/{name}.yaml": pod(name.rpartition("/")[2], **BAD)
        for name in ("new", "known", "left/x", "inner/left/kept", "inner/gone")
    },
}


@pytest.mark.parametrize("place", ["deploy", "deploy/inner"])
def test_the_nearest_configuration_of_the_working_folder_holds_for_both_verbs(
    place: str, history: History
) -> None:
    """With its patterns and exceptions, which start in its folder."""
    report = diff(history.change(MONO, MONO_HEAD), Flags(), DiffFlags(), TODAY, cwd=history.root / place)
    write(MONO_HEAD, history.root)
    scanned = scan((str(history.root / "deploy"),), Flags(), TODAY, cwd=history.root / place)
    found = {
        "diff": [f for f in report.findings if f.check == "host-namespaces"],
        "scan": [f for f in scanned.findings if f.check == "host-namespaces"],
    }
    for verb, findings in found.items():
        open_ones = sorted(f.subject.name for f in findings if not f.exception)
        assert open_ones == ["kept", "new"], verb
        assert [f.subject.name for f in findings if f.exception] == ["known"], verb
    assert report.header.fail_on == scanned.header.fail_on == "low"
    assert [f for f in report.findings if f.check == "gate-relaxed"] == []


def test_the_root_is_judged_by_its_own_configuration(history: History) -> None:
    report = history.diff(history.change(MONO, MONO_HEAD))
    assert report.header.fail_on == "high"
    assert [f for f in report.findings if f.check == "host-namespaces"] == []


NEARER: dict[str, tuple[Tree, str, str]] = {
    "a nearer one that drops a check": (
        {"deploy/bartizan.yaml": "checks: {ignore: [host-namespaces]}\n"},
        "no longer selects the check `host-namespaces`",
        "deploy/bartizan.yaml",
    ),
    "the same pattern in another folder": (
        {"deploy/bartizan.yaml": STRICT + "checks: {}\n"},
        "makes `/deploy/**/generated/` one",
        "deploy/bartizan.yaml",
    ),
    "another folder of exceptions": (
        {"deploy/bartizan.yaml": STRICT + "exceptions: [mine]\n", "deploy/mine/x.yaml": ""},
        "another folder, `deploy/mine`",
        "deploy/bartizan.yaml",
    ),
    "an exception beside a nearer one": (
        {"deploy/bartizan.yaml": STRICT, f"deploy/{EXCEPTIONS}e.yaml": exception()},
        "adds the exception `e`",
        f"deploy/{EXCEPTIONS}e.yaml",
    ),
}


@pytest.mark.parametrize("case", NEARER)
def test_a_nearer_configuration_of_the_head_does_not_count(case: str, history: History) -> None:
    added, message, file = NEARER[case]
    base = {**BASE, "deploy/b.yaml": pod()}
    head = {**base, **added, "deploy/new.yaml": pod("new", **BAD)}
    report = diff(history.change(base, head), Flags(), DiffFlags(), TODAY, cwd=history.root / "deploy")
    assert ("host-namespaces", "deploy/new.yaml") in told(report)
    relaxed = [(f.message, f.location.file) for f in of(report, "new") if f.check == "gate-relaxed"]
    assert any(message in text and place == file for text, place in relaxed), relaxed
    assert report.exit_status == 1


def test_a_nearer_configuration_that_the_head_takes_away_still_counts(history: History) -> None:
    base = {"deploy/b.yaml": pod(), "deploy/bartizan.yaml": STRICT}
    head = {"deploy/b.yaml": pod(), "deploy/new.yaml": pod("new", **BAD)}
    report = diff(history.change(base, head), Flags(), DiffFlags(), TODAY, cwd=history.root / "deploy")
    assert report.header.fail_on == "medium"
    relaxed = [f for f in report.findings if f.check == "gate-relaxed"]
    assert relaxed
    assert {f.location.file for f in relaxed} == {"deploy/bartizan.yaml"}


def test_a_configuration_named_on_the_command_line_is_the_bases_too(history: History) -> None:
    """The head holds that file as well, and would write it as it likes."""
    base = {"ci/rules.yaml": STRICT, "a.yaml": pod()}
    head = {**base, **NEW, "ci/rules.yaml": "checks: {ignore: [host-namespaces]}\n"}
    report = history.diff(history.change(base, head), Flags(config_file="ci/rules.yaml"))
    assert FOUND in told(report)
    assert {finding.location.file for finding in of(report, "new") if finding.check == "gate-relaxed"} == {
        "ci/rules.yaml"
    }


def test_a_configuration_from_outside_holds_for_both_sides(history: History, tmp_path: Path) -> None:
    """Its patterns and its exceptions do, and those of the trees do not."""
    (tmp_path / "central/.bartizan/exceptions").mkdir(parents=True)
    (tmp_path / "central/bartizan.yaml").write_text("exclude: [left/]\n")
    (tmp_path / "central/.bartizan/exceptions/e.yaml").write_text(exception(subjects="[{name: known}]"))
    head = {
        "left/x.yaml": pod("x", **BAD),
        "known.yaml": pod("known", **BAD),
        "new.yaml": pod("new", **BAD),
        EXCEPTIONS + "e.yaml": exception(subjects="[{name: new}]"),
    }
    flags = Flags(config_file=str(tmp_path / "central/bartizan.yaml"))
    report = history.diff(history.change({"a.yaml": pod()}, head), flags)
    assert [place for place in told(report) if place[0] == "host-namespaces"] == [("host-namespaces", "new.yaml")]


def test_an_exception_for_one_value_does_not_cover_another(history: History) -> None:
    """The finding's identity is the same, and what the exception accepted is not."""

    def mount(path: str) -> str:
        volume = f"{{name: v, hostPath: {{path: {path}}}}}"
        return pod("agent").replace("spec: {", f"spec: {{volumes: [{volume}], ")

    allow = exception(check="host-path-volumes", subjects="[{name: agent}]", allow="{value: /var/log}")
    base = {"a.yaml": mount("/var/log"), EXCEPTIONS + "e.yaml": allow}
    same = history.diff(history.change(base, {**base, "a.yaml": "# the same\n" + mount("/var/log")}))
    other = history.diff(history.change(base, {**base, "a.yaml": mount("/opt")}))
    assert told(same) == []
    assert told(other) == [("host-path-volumes", "a.yaml")]
