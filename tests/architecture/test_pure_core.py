"""The core turns values into values: no file, socket, process, clock or random number (law 4)."""

import ast
import types
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.app import plugins
from bartizan.app import scan as use_case
from bartizan.checks.check import Check
from bartizan.reports.format import Options
from tests.architecture.purity import calls_of_clocks, culprit, is_core
from tests.architecture.tree import ROOT, dotted, modules, parsed, relative
from tests.harness import TODAY, judge, pod

FORBIDDEN_ATTRIBUTES = frozenset({"now", "utcnow", "today", "environ", "getenv", "fromtimestamp"})
FORBIDDEN_CALLS = frozenset({"open", "input", "print", "exec", "eval", "compile", "__import__", "breakpoint"})
CORE_FILES = [file for file in modules("src/bartizan") if is_core(dotted(file))]

SABOTAGE = {
    "opens a file": "from pathlib import Path\ndef spoil(): return Path('/etc/hostname').read_text()",
    "lists a folder": "import os\ndef spoil(): return os.listdir('.')",
    "opens a socket": "import socket\ndef spoil(): return socket.create_connection(('127.0.0.1', 9))",
    "starts a process": "import subprocess\ndef spoil(): return subprocess.run(['true'])",
    "reads the clock": "import time\ndef spoil(): return time.time()",
    "sleeps": "import time\ndef spoil(): return time.sleep(0)",
    "rolls dice": "import random\ndef spoil(): return random.random()",
    "makes an id by chance": "import uuid\ndef spoil(): return uuid.uuid4()",
}


def saboteur(source: str, **handed_in: object) -> Check:
    """A check that does what the source says, in a module that passes for one of the core's."""
    home = types.ModuleType("bartizan.checks.pod.saboteur")
    home.__dict__.update(handed_in)
    rule = "def find(container, context):\n    spoil()\n    return ()"
    exec(f"{source}\n{rule}", home.__dict__)  # noqa: S102 - this file wrote the source
    return Check(id="saboteur", judges="container", severity="low", find=home.find)


@pytest.mark.parametrize("source", SABOTAGE.values(), ids=SABOTAGE)
def test_the_guard_catches_a_check_that(source: str) -> None:
    """The bench turns every `Exception` of a check into a verdict; the guard's failure gets through."""
    with pytest.raises(pytest.fail.Exception, match=r"the core must be pure, but bartizan\.checks\.pod\.saboteur"):
        judge(saboteur(source), pod())


@pytest.mark.parametrize("source", SABOTAGE.values(), ids=SABOTAGE)
def test_the_guard_lets_others_do_what_they_are_for(source: str) -> None:
    """A test may do it, and so may a door of ours that a check asks: a look-up that reads when it is asked."""
    door = types.ModuleType("bartizan.sources.honest")
    exec(source, door.__dict__)  # noqa: S102 - this file wrote the source
    asks = saboteur("def spoil():\n    try: door.spoil()\n    except ConnectionRefusedError: pass", door=door)
    assert judge(asks, pod()) == []
    with suppress(ConnectionRefusedError):
        door.spoil()


def test_the_guard_lets_the_core_import_late() -> None:
    """The import system reads files; which modules are loaded late is not the core's knowledge."""
    source = "import sys\nsys.modules.pop('wave', None)\ndef spoil():\n    import wave"
    assert judge(saboteur(source), pod()) == []


@given(st.integers())
def test_the_guard_and_hypothesis_get_along(number: int) -> None:
    """Hypothesis draws, measures and stores between calls of the core."""
    assert judge(saboteur(f"def spoil(): return {number}"), pod()) == []


def test_calls_of_the_clock_that_cannot_be_replaced_are_seen() -> None:
    """The sabotage of the profile: `datetime.now` is a C function of a C type."""
    check = saboteur("from datetime import datetime\ndef spoil(): return datetime.now()")
    with calls_of_clocks() as seen:
        judge(check, pod())
    assert seen == ["bartizan.checks.pod.saboteur.spoil called datetime.now"]


def test_a_whole_run_reads_no_clock_in_the_core() -> None:
    """Every check on the example shop, told in every format that fits."""
    flags = use_case.Flags(persona="audit", keep_passes=True)
    with calls_of_clocks() as seen:
        report = use_case.scan(("examples/harbor-market",), flags, TODAY, cwd=ROOT)
        told = [made.render(report, Options()) for made in plugins.reports() if "findings" in made.accepts]
    assert report.coverage.objects > 0
    assert told
    assert seen == []


@pytest.mark.parametrize("file", CORE_FILES, ids=relative)
def test_no_core_module_names_what_it_may_not_use(file: Path) -> None:
    """What imports do not tell: `open`, `print`, `datetime.now`. See `.importlinter` for the modules."""
    assert list(_impurities(parsed(file))) == []


@pytest.mark.parametrize(
    "source", ["open('a')", "print()", "from datetime import date; date.today()", "import io; io.open('a')"]
)
def test_reading_the_source_finds(source: str) -> None:
    """The sabotage of the test above."""
    assert list(_impurities(ast.parse(source)))


def test_a_frame_of_nobody_is_nobodys_fault() -> None:
    assert culprit(None) is None


def _impurities(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in FORBIDDEN_ATTRIBUTES:
            yield f"line {node.lineno}: .{node.attr}"
        elif isinstance(node, ast.Attribute) and node.attr == "open" and isinstance(node.value, ast.Name):
            yield f"line {node.lineno}: {node.value.id}.open"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FORBIDDEN_CALLS:
            yield f"line {node.lineno}: {node.func.id}()"
