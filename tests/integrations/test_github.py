"""The workflows for GitHub: they are safe, and their commands do what they promise."""

import os
import re
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from bartizan.reports._sarif_result import LIMIT
from tests.app.history import History, plain_git
from tests.integrations.jobs import BASE, GITHUB, HEADS, INSTALLS, STATUS, Run, bash, loaded, merged
from tests.reports.test_sarif import OFFICIAL_SCHEMA
from tools.lab.cache import Cache, default_root
from tools.lab.programs import ACTIONLINT

__all__ = ["plain_git"]

WORKFLOWS = sorted(GITHUB.glob("*.yaml"))
PINNED = re.compile(r"[\w-]+/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
ZIZMOR = str(Path(sys.executable).with_name("zizmor"))
FAKE_GH = """\
#!/bin/sh
printf '%s\\n' "$*" >> "$GH_CALLS"
case "$*" in *--paginate*) printf '%s' "$GH_OLD" ;; esac
"""
every_workflow = pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda file: file.name)


def step(workflow: str, job: str, name: str) -> str:
    """The commands of a step."""
    steps = loaded(GITHUB / workflow)["jobs"][job]["steps"]
    (found,) = (item["run"] for item in steps if item["name"] == name)
    return str(found)


def page(place: Path) -> str:
    return (place / "summary.md").read_text() if (place / "summary.md").exists() else ""


def run(history: History, place: Path, job: str, name: str) -> Run:
    place.mkdir(parents=True, exist_ok=True)
    files = {"GITHUB_STEP_SUMMARY": place / "summary.md", "GITHUB_OUTPUT": place / "output", "RUNNER_TEMP": place}
    return bash(
        step("bartizan-gate.yaml", job, name),
        history.root,
        place,
        **{key: str(file) for key, file in files.items()},
    )


@pytest.mark.parametrize("head", HEADS)
def test_a_pull_request_is_judged_by_what_it_adds(tmp_path: Path, head: str) -> None:
    """The page, the annotations and the exit status; the old finding is nobody's fault here."""
    place = tmp_path / "runner"

    done = run(merged(tmp_path / "repository", head), place, "diff", "Judge the change")

    assert done.status == STATUS[head], done.err
    assert page(place).startswith("<!-- bartizan -->\n")
    assert ("deploy/new.yaml" in page(place)) == (head != "clean")
    assert "deploy/old.yaml" not in page(place)
    assert ("::error file=deploy/new.yaml" in done.out) == (head == "bad")
    assert ("::error title=Bartizan::Incomplete: " in done.out) == (head == "broken")


@pytest.mark.parametrize("head", HEADS)
def test_a_push_is_judged_as_a_whole(tmp_path: Path, head: str) -> None:
    """The old finding counts here; SARIF is written and announced whatever was found."""
    place = tmp_path / "runner"

    done = run(merged(tmp_path / "repository", head), place, "scan", "Judge everything")

    assert done.status == 1, done.err
    assert "deploy/old.yaml" in page(place)
    assert (place / "output").read_text() == f"sarif={place}/bartizan.sarif\n"
    written = msgspec.json.decode((place / "bartizan.sarif").read_bytes())
    assert OFFICIAL_SCHEMA.is_valid(written)
    assert 0 < len(written["runs"][0]["results"]) < LIMIT
    assert written["runs"][0]["invocations"][0]["executionSuccessful"] == (head != "broken")


@pytest.mark.parametrize("job", ["diff", "scan"])
def test_a_run_that_judged_nothing_fails_and_says_so(tmp_path: Path, job: str) -> None:
    place = tmp_path / "runner"
    history = merged(tmp_path / "repository", "clean")
    (history.root / "bartizan.yaml").write_text("nonsense: true\n")
    history.git("add", ".")
    history.git("commit", "--quiet", "--message", "nonsense")
    history.git("commit", "--quiet", "--allow-empty", "--message", "the change")

    done = run(history, place, job, {"diff": "Judge the change", "scan": "Judge everything"}[job])

    assert done.status == 2
    assert "::error title=Bartizan::Nothing was judged" in done.out
    assert page(place) == ""


def test_the_lock_of_the_base_is_what_is_installed(tmp_path: Path) -> None:
    """A change cannot choose what judges it, unless it is the one that brings the lock."""
    script = step("bartizan-gate.yaml", "diff", "Install Bartizan as the base has it")
    lines = [line for line in script.splitlines() if not any(word in line for word in INSTALLS)]
    history = History(tmp_path / "repository")
    base = history.commit(BASE)
    history.commit({**BASE, ".bartizan/requirements.txt": "other==6.6.6\n"}, base, branch="change")
    history.git("checkout", "--quiet", "--detach", "change")
    (tmp_path / "runner").mkdir()

    assert len(script.splitlines()) - len(lines) == len(INSTALLS)
    done = bash("\n".join(lines), history.root, tmp_path, RUNNER_TEMP=str(tmp_path / "runner"))

    assert done.status == 0
    assert (tmp_path / "runner" / "bartizan.lock").read_text() == "bartizan==0.1.0\n"
    history.git("checkout", "--quiet", "--orphan", "first")
    history.git("commit", "--quiet", "--message", "no base")
    assert bash("\n".join(lines), history.root, tmp_path, RUNNER_TEMP=str(tmp_path / "runner")).status == 0
    assert (tmp_path / "runner" / "bartizan.lock").read_text() == "other==6.6.6\n"


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("old", ["", "4711\n4712\n"])
def test_the_comment_is_made_once_and_then_renewed(tmp_path: Path, head: str, old: str) -> None:
    """From the change as it lies in the object store: the work tree stays at the base."""
    history, calls, done = comment(tmp_path, head, old)

    assert done.status == 0, done.err
    assert not (history.root / "deploy" / "new.yaml").exists()
    expected = "PATCH repos/shop/app/issues/comments/4711 " if old else "POST repos/shop/app/issues/7/comments "
    assert f"--method {expected}-F body=@" in calls[-1]
    text = (tmp_path / "runner" / "bartizan.md").read_text()
    assert text.startswith("<!-- bartizan -->\n")
    assert ("deploy/new.yaml" in text) == (head != "clean")


def test_no_comment_about_a_push_that_a_newer_one_has_replaced(tmp_path: Path) -> None:
    _, calls, done = comment(tmp_path, "bad", "", commit="0" * 40)

    assert (done.status, calls) == (0, [])
    assert "newer push" in done.out


@pytest.mark.parametrize("name", ["Judge it", "Install Bartizan as the base has it"])
def test_no_token_is_where_the_change_is_judged(name: str) -> None:
    """A chart's templates are programs of whoever wrote the change."""
    job = loaded(GITHUB / "bartizan-comment.yaml")["jobs"]["judge"]
    (found,) = (item for item in job["steps"] if item.get("name") == name)

    assert job["permissions"] == {"contents": "read"}
    assert "token" not in str([found, job.get("env"), loaded(GITHUB / "bartizan-comment.yaml").get("env")]).lower()


def comment(place: Path, head: str, old: str, commit: str = "") -> tuple[History, list[str], Run]:
    """Both jobs, one after the other as GitHub runs them, with a stand-in for GitHub's command line."""
    origin = History(place / "origin")
    base = origin.commit(BASE)
    change = origin.commit({**BASE, **HEADS[head]}, base, branch="change")
    origin.git("update-ref", "refs/pull/7/head", change)
    origin.git("clone", "--quiet", "--branch", "main", str(origin.root), str(place / "clone"))
    judged = place / "judge"
    judged.mkdir()
    for name in ("Fetch the change, without checking it out", "Judge it"):
        done = bash(
            step("bartizan-comment.yaml", "judge", name),
            place / "clone",
            place,
            CHANGE="7",
            COMMIT=commit or change,
            RUNNER_TEMP=str(judged),
            GITHUB_OUTPUT=str(judged / "output"),
        )
    output = (judged / "output").read_text() if (judged / "output").exists() else ""
    if done.status or not output:
        return History(place / "clone"), [], done
    assert re.fullmatch(r"page=[A-Za-z0-9+/=]+\n", output)
    gh = place / "programs" / "gh"
    gh.write_text(FAKE_GH)
    gh.chmod(0o755)
    (place / "runner").mkdir()
    done = bash(
        step("bartizan-comment.yaml", "comment", "Renew the comment"),
        place / "runner",
        place,
        GH_CALLS=str(place / "calls"),
        GH_OLD=old,
        GITHUB_REPOSITORY="shop/app",
        CHANGE="7",
        PAGE=output.removeprefix("page=").strip(),
        RUNNER_TEMP=str(place / "runner"),
    )
    return History(place / "clone"), (place / "calls").read_text().splitlines(), done


@every_workflow
def test_zizmor_finds_nothing(workflow: Path) -> None:
    """Offline, as strict as it can be."""
    command = [ZIZMOR, "--offline", "--persona", "auditor", str(workflow)]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


def test_zizmor_would_find_something(tmp_path: Path) -> None:
    """The sabotage of the test above."""
    spoilt = (GITHUB / "bartizan-gate.yaml").read_text()
    spoilt = re.sub(r"@[0-9a-f]{40} # v", "@v", spoilt).replace('exit "$status"', "echo ${{ github.head_ref }}")
    (tmp_path / "workflow.yaml").write_text(spoilt)

    done = subprocess.run(
        [ZIZMOR, "--offline", str(tmp_path / "workflow.yaml")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode > 0
    assert "template-injection" in done.stdout
    assert "unpinned-uses" in done.stdout


@every_workflow
def test_actionlint_finds_nothing(workflow: Path) -> None:
    lab = Cache(default_root(os.environ))
    if not lab.has(ACTIONLINT):
        pytest.skip("actionlint is not built: python -m tools.lab ci")

    done = subprocess.run(
        [str(lab.executable(ACTIONLINT)), str(workflow)], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout


@every_workflow
def test_the_schema_of_workflows_is_satisfied(workflow: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        "vendor.github-workflows",
        str(workflow),
    ]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


@every_workflow
def test_every_action_is_pinned_and_nothing_is_pasted_into_a_command(workflow: Path) -> None:
    text = workflow.read_text()
    uses = re.findall(r"uses: (.+)", text)
    runs = [step["run"] for job in loaded(workflow)["jobs"].values() for step in job["steps"] if "run" in step]

    assert uses
    assert [name for name in uses if not PINNED.fullmatch(name)] == []
    assert [script for script in runs if "${{" in script] == []
    assert text.count("persist-credentials: false") == text.count("actions/checkout@")


@every_workflow
def test_a_token_may_do_no_more_than_it_must(workflow: Path) -> None:
    document = loaded(workflow)
    granted = {name: job["permissions"] for name, job in document["jobs"].items()}

    assert document["permissions"] in ({}, "{}")
    assert granted in (
        {"diff": {"contents": "read"}, "scan": {"contents": "read", "security-events": "write"}},
        {"judge": {"contents": "read"}, "comment": {"pull-requests": "write"}},
    )
