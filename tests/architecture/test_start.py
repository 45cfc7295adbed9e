"""What a start costs: a scan of one file loads what it needs and nothing heavy."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

HEAVY = {
    "asyncio",
    "concurrent.futures",
    "ctypes",
    "email",
    "html",
    "http",
    "httpx2",
    "importlib.metadata",
    "jsonschema_rs",
    "lightkube",
    "logging",
    "multiprocessing",
    "pathspec",
    "pygments",
    "rich",
    "socket",
    "sqlite3",
    "ssl",
    "tomllib",
    "urllib.request",
    "xml",
}
"""Nothing on the way of a plain scan needs these; each costs milliseconds at every start."""

POD = """\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  containers:
    - name: app
      image: registry.example/app:1
      securityContext: {privileged: true}
"""
ASK = """
import sys
from bartizan.cli.main import run
status = run(sys.argv[1:])
sys.stdout.flush()
print("\\n".join(sorted(sys.modules)), file=sys.stderr)
sys.exit(status)
"""


def loaded(folder: Path, *arguments: str) -> tuple[int, str, set[str]]:
    """Exit status, output and the modules that were loaded at the end."""
    run = subprocess.run(
        [sys.executable, "-I", "-c", ASK, *arguments], check=False, capture_output=True, text=True, cwd=folder
    )
    return run.returncode, run.stdout, set(run.stderr.split())


@pytest.mark.parametrize("output", ["table", "json"])
def test_a_scan_of_one_file_loads_nothing_heavy(tmp_path: Path, output: str) -> None:
    (tmp_path / "pod.yaml").write_text(POD)
    status, told, modules = loaded(tmp_path, "scan", "-q", "pod.yaml", "-o", output)
    assert status == 1
    assert "privileged-container" in told
    assert sorted(HEAVY & modules) == []


def test_the_version_loads_no_judge(tmp_path: Path) -> None:
    """`--version` and completion answer before anybody notices."""
    status, told, modules = loaded(tmp_path, "--version")
    assert status == 0
    assert told.startswith("bartizan ")
    core = {
        name for name in modules if name.startswith(("bartizan.checks", "bartizan.documents", "bartizan.model"))
    }
    assert core | (HEAVY & modules) | ({"yaml", "msgspec"} & modules) == set()


def test_a_scanned_tree_never_lends_us_a_module(tmp_path: Path) -> None:
    """A repository that brings a `yaml.py` or a `bartizan/` of its own is judged, not run (law 6)."""
    (tmp_path / "pod.yaml").write_text(POD)
    trap = "raise SystemExit('the scanned tree was run')\n"
    for name in ("yaml", "click", "msgspec", "pathspec", "json", "sitecustomize", "conftest"):
        (tmp_path / f"{name}.py").write_text(trap)
    (tmp_path / "bartizan").mkdir()
    (tmp_path / "bartizan" / "__init__.py").write_text(trap)
    script = Path(sys.executable).with_name("bartizan")
    if not script.exists():
        pytest.skip(f"the console script is not installed at {script}")
    run = subprocess.run([script, "scan", "-q", "."], check=False, capture_output=True, text=True, cwd=tmp_path)
    assert "the scanned tree was run" not in run.stdout + run.stderr
    assert run.returncode == 1


def test_src_never_imports_tools() -> None:
    """What is released does not lean on what is not."""
    found = [
        file
        for file in (ROOT / "src").rglob("*.py")
        if "from tools" in file.read_text() or "import tools" in file.read_text()
    ]
    assert found == []
