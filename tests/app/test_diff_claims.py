"""Law 6: an object does not pass by naming another one as its controller."""

from datetime import date
from pathlib import Path

import pytest

from tests.app.history import BAD, History, Tree, plain_git, pod, told  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("plain_git")

OWNER = pod("agent", **BAD)
CLAIM = "namespace: shop, ownerReferences: [{apiVersion: v1, kind: Pod, name: agent, uid: u, controller: true}]"
COPY = pod("evil", **BAD).replace("namespace: shop", CLAIM)
ACCEPTED = """\
apiVersion: bartizan.dev/v1alpha1
kind: Exception
metadata: {name: agent}
spec:
  target: {check: host-namespaces}
  subjects: [{kind: Pod, namespace: shop, name: agent}]
  owner: o
  reason: r
  until: 2099-01-01
"""


def test_a_new_object_that_claims_an_owner_of_the_tree_is_told(tmp_path: Path) -> None:
    """What both have is told once, under the owner: without this the copy would pass in silence."""
    history = History(tmp_path)
    report = history.diff(history.change({"a.yaml": OWNER}, {"a.yaml": OWNER, "b.yaml": COPY}))
    assert ("gate-relaxed", "b.yaml") in told(report)
    assert report.exit_status == 1


def test_one_that_was_there_before_is_not_told_again(tmp_path: Path) -> None:
    history = History(tmp_path)
    tree: Tree = {"a.yaml": OWNER, "b.yaml": COPY}
    report = history.diff(history.change(tree, {"a.yaml": OWNER, "moved/b.yaml": COPY}))
    assert told(report) == []
    assert report.exit_status == 0


def test_no_exception_of_the_claimed_owner_holds_for_it(tmp_path: Path) -> None:
    """The owner is excepted; what another object has beyond it is not."""
    history = History(tmp_path)
    base: Tree = {"a.yaml": pod("agent"), ".bartizan/exceptions/a.yaml": ACCEPTED}
    report = history.diff(history.change(base, {**base, "b.yaml": COPY}))
    assert ("host-namespaces", "b.yaml") in told(report)
    assert date.fromisoformat(report.header.as_of).year < 2099
