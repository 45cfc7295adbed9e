"""privileged-namespace: the level that refuses nothing."""

import pytest

from bartizan.checks.namespace.privileged_namespace import check
from tests.checks.cases import Cases
from tests.checks.namespace.objects import PREFIX, guarded, namespace
from tests.harness import judge

CASES = Cases(
    passes=[guarded(enforce="baseline"), guarded(enforce="restricted", warn="privileged")],
    fails=[guarded(enforce="privileged")],
    absent=namespace(),
    absent_fails=False,
    ill_typed=[namespace("enforce"), guarded(enforce=1)],
)


def test_it_is_for_everybody_and_has_no_fix() -> None:
    """A conscious choice still opens the node; another level may refuse pods that run today."""
    (finding,) = judge(check, guarded(enforce="privileged", enforce_version="v1.34"))
    assert (finding.severity, finding.persona, finding.fix) == ("medium", "regular", None)
    assert finding.path == ("metadata", "labels", PREFIX + "enforce")


@pytest.mark.parametrize("name", ["kube-system", "kube-public", "kube-node-lease"])
def test_namespaces_of_kubernetes_itself_are_left_alone(name: str) -> None:
    assert judge(check, namespace({PREFIX + "enforce": "privileged"}, name)) == []


def test_a_level_that_does_not_exist_is_told_elsewhere() -> None:
    assert judge(check, guarded(enforce="Privileged")) == []
