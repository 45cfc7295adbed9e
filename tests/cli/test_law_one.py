"""What was not looked at never reads as safe: every fault, in every format, beside a manifest that is still told."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bartizan.app import plugins
from bartizan.checks.check import Check, Context, Fault
from bartizan.model.resource import Resource
from bartizan.sources import blob
from tests.cli.terminal import FORMATS, GOOD, bartizan, pod, scan, shell, write

LIST = "apiVersion: v1\nkind: List\nitems: {}\n"
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
TEXTS: dict[str, tuple[str | bytes, str]] = {
    "syntax": ("a: [\n", "syntax"),
    "tabs": ("apiVersion: v1\nkind: Pod\nmetadata:\n\tname: bad\n", "syntax"),
    "not-utf-8": (b"apiVersion: v1\nkind: Pod\nmetadata: {name: \xff\xfe}\n", "encoding"),
    "nul": (b"apiVersion: v1\x00\n", "encoding"),
    "utf-32": (GOOD.encode("utf-32"), "encoding"),
    "compressed": (b"\x1f\x8b\x08" + bytes(range(256)), "encoding"),
    "alias-bomb": (BOMB, "aliases"),
    "deep-brackets": ("[" * 100_000, "depth"),
    "deep-json": ("[" * 100_000 + "]" * 100_000, "depth"),
    "deep-mappings": ("".join(f"{' ' * depth}a:\n" for depth in range(300)), "depth"),
    "lone-surrogate": (pod("bad").replace("bad", "\\ud800"), "syntax"),
    "huge-json-number": (pod("bad", hostUsers=7).replace(":7", f":{'9' * 5000}"), "value"),
    "null-key": ("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bad}\ndata: {null: x}\n", "non-string-key"),
    "helm": ("apiVersion: v1\nkind: Pod\nmetadata: {name: {{ .Values.name }}}\n", "needs-rendering"),
    "no-api-version": ("kind: Pod\nmetadata: {name: bad}\nspec: {hostPID: true}\n", "bad-object"),
    "no-kind": ("apiVersion: v1\nKind: Pod\nmetadata: {name: bad}\nspec: {hostPID: true}\n", "bad-object"),
    "kind-is-a-number": ("apiVersion: v1\nkind: 5\nmetadata: {name: bad}\n", "bad-object"),
    "metadata-is-text": ("apiVersion: v1\nkind: Pod\nmetadata: bad\n", "bad-object"),
    "name-is-a-number": ("apiVersion: v1\nkind: Pod\nmetadata: {name: 5}\n", "bad-object"),
    "items-is-a-mapping": ("apiVersion: v1\nkind: List\nitems: {a: b}\n", "bad-object"),
    "items-are-scalars": ("apiVersion: v1\nkind: List\nitems: [1, x, null, [[]]]\n", "bad-object"),
    "containers-is-text": (pod("bad", containers="x"), "ill-typed-field"),
    "containers-of-nulls": (pod("bad", containers=[None]), "ill-typed-field"),
    "flag-is-text": (pod("bad", hostPID="true"), "ill-typed-field"),
    "no-spec": ("apiVersion: v1\nkind: Pod\nmetadata: {name: bad}\n", "ill-typed-field"),
    "rules-is-a-mapping": (
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: bad}\nrules: {a: b}\n",
        "ill-typed-field",
    ),
    "labels-is-a-list": (
        "apiVersion: v1\nkind: Namespace\nmetadata: {name: bad, labels: [a]}\n",
        "ill-typed-field",
    ),
}


def _fifo(place: Path) -> None:
    os.mkfifo(place)


def _dangling(place: Path) -> None:
    place.symlink_to("nowhere.yaml")


def _circle(place: Path) -> None:
    place.symlink_to(place.name)


def _outside(place: Path) -> None:
    place.symlink_to("/etc/hostname")


def _device(place: Path) -> None:
    place.symlink_to("/dev/zero")


def _broken_disk(place: Path) -> None:
    place.write_text(pod("unread"))


PLACES: dict[str, tuple[Callable[[Path], None], str]] = {
    "fifo": (_fifo, "unreadable-file"),
    "dangling-link": (_dangling, "unreadable-file"),
    "link-to-itself": (_circle, "unreadable-file"),
    "link-outside": (_outside, "outside-link"),
    "link-to-a-device": (_device, "outside-link"),
    "broken-disk": (_broken_disk, "unreadable-file"),
}
FAULTS = {**TEXTS, **PLACES}


@pytest.fixture(autouse=True)
def _disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Root reads whatever the permissions say: a disk that fails on one file does not."""
    read = blob._read

    def fail(path: Path, size: int) -> bytes:
        if path.name.startswith("z-broken-disk"):
            raise OSError(5, "Input/output error")
        return read(path, size)

    monkeypatch.setattr(blob, "_read", fail)


def spoilt(folder: Path, fault: str) -> str:
    """A folder with a good manifest on each side of the fault; its file's name."""
    write(folder, {"a.yaml": GOOD, "zz.yaml": GOOD.replace("good", "last")})
    name = f"z-{fault}.{'json' if 'json' in fault or 'surrogate' in fault else 'yaml'}"
    content = FAULTS[fault][0]
    if callable(content):
        content(folder / name)
    else:
        write(folder, {name: content})
    return name


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_unknown_with_its_place(tmp_path: Path, fault: str) -> None:
    """One unknown at least, each of the code and in the file; and it stands in the count of what is in scope."""
    name = spoilt(tmp_path, fault)
    answer = scan(tmp_path, "--fail-on", "critical")
    assert {(name, FAULTS[fault][1])} == set(answer.unknowns)
    assert answer.report["coverage"]["evaluated"] < answer.report["coverage"]["inScope"]


@pytest.mark.parametrize("output", FORMATS)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_in_every_format(tmp_path: Path, output: str, fault: str) -> None:
    """Exit status 3, the fault's file by name, and the findings of its neighbours before and after it."""
    name = spoilt(tmp_path, fault)
    answer = bartizan(tmp_path, "scan", ".", "--fail-on", "critical", "-o", output)
    assert answer.err == ""
    assert answer.status == 3
    assert [word for word in (name, "host-namespaces", "good", "last") if word not in answer.out] == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_finding_at_the_gate_comes_before_a_fault(tmp_path: Path, fault: str) -> None:
    """Status 1 wins over 3; accepting what is incomplete accepts no finding."""
    spoilt(tmp_path, fault)
    assert scan(tmp_path).status == 1
    assert scan(tmp_path, "--allow-incomplete").status == 1
    assert scan(tmp_path, "--allow-incomplete", "--fail-on", "critical").status == 0


@pytest.mark.parametrize("output", FORMATS)
def test_an_empty_folder_is_not_clean(tmp_path: Path, output: str) -> None:
    answer = bartizan(tmp_path, "scan", ".", "-o", output)
    assert answer.status == 4
    assert answer.out != ""
    assert bartizan(tmp_path, "scan", ".", "-o", output, "--allow-empty").status == 0


@pytest.mark.parametrize("output", FORMATS)
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--check", "host-namespace"], "no check is called `host-namespace`; did you mean `host-namespaces`?"),
        (["--skip", "hots-*"], "no check matches `hots-*`"),
        (["*.yml"], "the pattern `*.yml` matches no file"),
        (["nowhere.yaml"], "`nowhere.yaml` does not exist"),
        (["x" * 5000], "does not exist"),
        ([""], "a path is empty"),
    ],
)
def test_what_cannot_be_asked_is_status_2(tmp_path: Path, output: str, arguments: list[str], message: str) -> None:
    write(tmp_path, {"a.yaml": GOOD})
    answer = bartizan(tmp_path, "scan", "a.yaml", *arguments, "-o", output)
    assert (answer.status, answer.out) == (2, "")
    assert message in answer.err


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "# a note\n---\n# another\n", "null\n", "---\n---\n...\n", "\ufeff", LIST.replace("{}", "")],
)
def test_nothing_in_a_file_is_no_fault(tmp_path: Path, text: str) -> None:
    """Empty documents are what the API server ignores as well."""
    write(tmp_path, {"a.yaml": GOOD, "b.yaml": text})
    answer = scan(tmp_path, "--fail-on", "critical")
    assert (answer.status, answer.unknowns) == (0, [])


def test_what_is_no_kubernetes_object_is_counted(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": GOOD, "values.yaml": "replicas: 2\n---\n- 1\n---\ntext\n"})
    assert scan(tmp_path).report["coverage"]["notObjects"] == {"not-kubernetes": 3}


def test_a_line_of_ten_megabytes_is_read(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": f"# {'x' * 10_000_000}\n{GOOD}"})
    assert [finding["subject"]["name"] for finding in scan(tmp_path, "--check", "host-namespaces").findings] == [
        "good"
    ]


def test_a_file_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blob, "MAX_BYTES", 1000)
    write(tmp_path, {"a.yaml": GOOD, "b.yaml": GOOD + "#" * 1000})
    answer = scan(tmp_path, "--fail-on", "critical")
    assert (answer.status, answer.unknowns) == (3, [("b.yaml", "too-large")])


def _crash(resource: Resource, _context: Context) -> Iterator[Fault]:
    if resource.name == "good":
        yield Fault(("spec",), "found before the crash")
        raise ValueError(f"it stumbled over {resource.raw}")


@pytest.mark.parametrize("output", FORMATS)
def test_a_crashing_check_is_an_error_of_that_object_alone(
    tmp_path: Path, output: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it found before is kept, other checks and objects are judged, and its text quotes no object."""
    crashing = Check(id="crashing", judges="object", severity="low", find=_crash, documentation="Crashes.")
    known = plugins.checks()
    monkeypatch.setattr(plugins, "checks", lambda: (*known, crashing))
    write(tmp_path, {"a.yaml": GOOD.replace("app:1", "stumbling-block:1"), "b.yaml": GOOD.replace("good", "last")})
    answer = bartizan(tmp_path, "scan", ".", "--fail-on", "critical", "-o", output)
    assert answer.status == 3
    told = ("check-crashed", "crashing", "before the crash", "host-namespaces", "last")
    assert [word for word in told if word not in answer.out] == []
    assert "it stumbled" not in answer.out
    assert "stumbling-block" not in answer.out.replace("registry.example/stumbling-block:1", "")


def test_one_process_for_all(tmp_path: Path) -> None:
    """The same through the console's own process: the statuses leave it as they are."""
    spoilt(tmp_path, "syntax")
    answer = shell(tmp_path, "$BARTIZAN scan . --fail-on critical")
    assert answer.status == 3
    assert "z-syntax.yaml" in answer.out
    (tmp_path / "empty").mkdir()
    assert shell(tmp_path, "$BARTIZAN scan empty").status == 4
    assert shell(tmp_path, "$BARTIZAN scan --check nope").status == 2
