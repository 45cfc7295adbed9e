"""admission-webhook: who is asked before objects are written."""

import pytest

from bartizan.checks.admission.admission_webhook import check
from tests.checks.admission.objects import PODS, configuration, webhook
from tests.checks.cases import Cases
from tests.harness import judge

CASES = Cases(
    passes=[configuration(), configuration(kind="Mutating")],
    fails=[configuration(webhook()), configuration(webhook(rules=None), kind="Mutating")],
    absent=configuration() | {"webhooks": None},
    absent_fails=False,
    ill_typed=[configuration("webhook"), configuration() | {"webhooks": {}}, configuration(webhook(name=1))],
)


@pytest.mark.parametrize(("kind", "does"), [("Validating", "refuse"), ("Mutating", "change")])
def test_each_webhook_is_a_fact(kind: str, does: str) -> None:
    everything = {**PODS, "resources": ["*", "pods"]}
    first, second = judge(check, configuration(webhook(), webhook(rules=[everything, PODS]), kind=kind))
    assert (first.severity, first.persona, first.path) == ("info", "audit", ("webhooks", 0))
    assert f"may read and {does} `pods`:" in first.message
    assert "everything, `pods`:" in second.message


def test_one_that_asks_for_nothing_is_listed() -> None:
    (finding,) = judge(check, configuration(webhook(rules=[])))
    assert "nothing" in finding.message
