"""admission-webhook-fails-open: who takes it down gets in."""

import pytest

from bartizan.checks.admission.admission_webhook_fails_open import check
from tests.checks.admission.objects import configuration, webhook
from tests.checks.cases import Cases
from tests.harness import judge

CASES = Cases(
    passes=[configuration(webhook(failurePolicy="Fail")), configuration()],
    fails=[configuration(webhook(failurePolicy="Ignore")), configuration(webhook(), version="v1beta1")],
    absent=configuration(webhook()),
    absent_fails=False,
    ill_typed=[
        configuration(webhook(failurePolicy=False)),
        configuration("webhook"),
        configuration() | {"webhooks": {}},
        configuration(webhook(rules="pods")),
    ],
)


def test_each_webhook_is_looked_at() -> None:
    """There is no fix: one that fails closed and is down stops the cluster's own repair."""
    fine, open_one = webhook(failurePolicy="Fail"), webhook(failurePolicy="Ignore", name="open.shop.example")
    (finding,) = judge(check, configuration(fine, open_one))
    assert (finding.severity, finding.persona, finding.fix) == ("medium", "strict", None)
    assert finding.path == ("webhooks", 1, "failurePolicy")
    assert "`open.shop.example`" in finding.message


@pytest.mark.parametrize(("version", "found"), [("v1", 0), ("v1beta1", 1)])
def test_the_default_goes_by_the_version(version: str, found: int) -> None:
    assert len(judge(check, configuration(webhook(failurePolicy=None), version=version))) == found


def test_one_that_asks_for_nothing_passes() -> None:
    assert judge(check, configuration(webhook(failurePolicy="Ignore", rules=[]))) == []


def test_one_that_changes_objects_is_not_looked_at() -> None:
    assert judge(check, configuration(webhook(failurePolicy="Ignore"), kind="Mutating")) == []


def test_without_a_name_its_place_is_told() -> None:
    (finding,) = judge(check, configuration(webhook(failurePolicy="Ignore", name=None)))
    assert "`webhooks[0]`" in finding.message
