"""The hooks: pre-commit takes them, and their entries do what they promise."""

import re
import shlex
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from pre_commit.clientlib import InvalidManifestError, load_manifest

from tests.app.history import BAD, History, Tree, plain_git, pod, write
from tests.integrations.jobs import GOOD, HEADS, ROOT, STATUS, Run, bash

__all__ = ["plain_git"]

MANIFEST = ROOT / ".pre-commit-hooks.yaml"
HOOKS: dict[str, dict[str, Any]] = {hook["id"]: hook for hook in load_manifest(str(MANIFEST))}
every_hook = pytest.mark.parametrize("hook", HOOKS)

DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: app, image: 'registry.example/app:1'}]
"""
PATCH = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\nspec: "
OVERLAY: Tree = {
    "base/kustomization.yaml": "resources: [web.yaml]\n",
    "base/web.yaml": DEPLOYMENT,
    "overlay/kustomization.yaml": "resources: [../base]\npatches: [{path: patch.yaml}]\n",
    "overlay/patch.yaml": PATCH + "{replicas: 2}\n",
}


def run(hook: str, folder: Path) -> Run:
    """As pre-commit runs it: from the top of the repository."""
    command = [*shlex.split(HOOKS[hook]["entry"]), *HOOKS[hook]["args"]]
    return bash(shlex.join(command), folder, folder.parent / "place")


def changed(folder: Path, base: Tree, head: Tree) -> Path:
    """A repository with one commit, and what the next one will bring."""
    history = History(folder)
    history.commit(base)
    history.check_out()
    write({**base, **head}, folder)
    history.git("add", "--all")
    return folder


@every_hook
def test_the_whole_repository_is_the_context_of_both_hooks(hook: str) -> None:
    """A name that pre-commit passed would be judged without what it belongs to."""
    assert set(HOOKS) == {"bartizan", "bartizan-full"}
    assert (HOOKS[hook]["pass_filenames"], HOOKS[hook]["require_serial"]) == (False, True)
    assert (HOOKS[hook]["language"], HOOKS[hook]["types_or"]) == ("python", [])


@every_hook
def test_what_manifests_are_made_of_starts_a_hook(hook: str) -> None:
    starts = re.compile(HOOKS[hook]["files"]).search
    parts = (
        "a.yaml b/c.YML d.json chart/templates/_names.tpl chart/charts/part-1.0.tgz b/Kustomization .helmignore"
    )

    assert [name for name in parts.split() if not starts(name)] == []
    assert [name for name in ("main.py", "README.md", "yaml", "a.yaml.orig") if starts(name)] == []


def test_pre_commit_would_refuse_another_manifest(tmp_path: Path) -> None:
    """The sabotage of what `HOOKS` proves."""
    (tmp_path / "hooks.yaml").write_text(MANIFEST.read_text().replace("language: python", "language: snake"))

    with pytest.raises(InvalidManifestError):
        load_manifest(str(tmp_path / "hooks.yaml"))


@every_hook
@pytest.mark.parametrize("head", HEADS)
def test_a_commit_is_judged(tmp_path: Path, hook: str, head: str) -> None:
    folder = changed(tmp_path / "repository", {"deploy/good.yaml": GOOD}, HEADS[head])

    done = run(hook, folder)

    assert (done.status, done.err) == (STATUS[head], "")
    assert ("deploy/new.yaml" in done.out) == (head != "clean")


def test_old_findings_are_no_fault_of_the_commit(tmp_path: Path) -> None:
    folder = changed(tmp_path / "repository", {"deploy/old.yaml": pod("old", **BAD)}, HEADS["clean"])

    assert run("bartizan", folder).status == 0
    assert run("bartizan-full", folder).status == 1


@pytest.mark.parametrize(
    "head",
    [
        {"overlay/patch.yaml": PATCH + "{replicas: 3}\n"},
        {
            "overlay/kustomization.yaml": f"{OVERLAY['overlay/kustomization.yaml']!s}labels: [{{pairs: {{a: b}}}}]\n"
        },
    ],
    ids=["patch", "kustomization"],
)
def test_a_part_of_an_overlay_is_judged_as_what_it_makes(tmp_path: Path, head: Tree) -> None:
    """By itself, a patch would be a Deployment without containers, and a kustomization nothing that can be judged."""
    done = run("bartizan", changed(tmp_path / "repository", OVERLAY, head))

    assert (done.status, done.err) == (0, ""), done.out
    assert "0 critical · 0 high · 0 medium · 0 low" in done.out
    assert "evaluated    1 of 1 in scope" in done.out


def test_a_patch_that_makes_the_object_worse_fails(tmp_path: Path) -> None:
    head = {"overlay/patch.yaml": PATCH + "{template: {spec: {hostPID: true}}}\n"}

    done = run("bartizan", changed(tmp_path / "repository", OVERLAY, head))

    assert done.status == 1
    assert "host-namespaces" in done.out


@pytest.mark.parametrize("text", ["a: 2\n", "{}\n"])
def test_a_changed_file_that_is_no_manifest_is_no_failure(tmp_path: Path, text: str) -> None:
    """Most YAML of a repository is something else."""
    done = run("bartizan", changed(tmp_path / "repository", {"notes.yaml": "a: 1\n"}, {"notes.yaml": text}))

    assert done.status == 0
    assert "Nothing was looked at" in done.out


def test_an_exception_can_be_committed(tmp_path: Path) -> None:
    """Its author is the only one to ask here. The change's own judgement in CI tells of it as `gate-relaxed`."""
    folder = changed(tmp_path / "repository", {"deploy/good.yaml": GOOD}, {"bartizan.yaml": "fail-on: critical\n"})

    done = run("bartizan", folder)

    assert done.status == 0
    assert bash("bartizan diff HEAD --quiet", folder, tmp_path).status == 1


def test_the_first_commit_is_told_what_to_do(tmp_path: Path) -> None:
    History(tmp_path / "repository")

    done = run("bartizan", tmp_path / "repository")

    assert done.status == 2
    assert "no commit `HEAD` here: make the first one, or judge everything with `bartizan scan .`" in done.err


@pytest.mark.parametrize(
    ("staged", "status"),
    [
        (HEADS["clean"], 0),
        (HEADS["bad"], 1),
        ({"chart/templates/_names.tpl": "x\n"}, 0),
        ({"main.py": "x = 1\n"}, 0),
    ],
    ids=["clean", "bad", "template", "code"],
)
def test_git_commit_asks_the_hook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, staged: Tree, status: int
) -> None:
    """By pre-commit itself. What is not staged is set aside: it is not in the commit."""
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "pre-commit"))
    hook = {key: HOOKS["bartizan"][key] for key in ("id", "name", "entry", "files", "pass_filenames")}
    config = {"repos": [{"repo": "local", "hooks": [hook | {"language": "system", "verbose": True}]}]}
    base = {"deploy/old.yaml": GOOD, ".pre-commit-config.yaml": msgspec.json.encode(config)}
    folder = changed(tmp_path / "repository", base, staged)
    (folder / "deploy/old.yaml").write_text(pod("unstaged", **BAD))

    command = f"{shlex.quote(sys.executable)} -P -m pre_commit install && git commit --message change"
    done = bash(command, folder, tmp_path)

    assert done.status == status, done.out + done.err
    assert ("host-namespaces" in done.err) == bool(status)
    assert ("(no files to check)Skipped" in done.err) == ("main.py" in staged)
