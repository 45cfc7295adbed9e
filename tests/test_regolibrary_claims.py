"""Which rules of the posture library are claimed: each rule is, or says why not."""

import os
from pathlib import Path

import pytest

from bartizan.app import plugins
from tests.conformance.process import ROOT
from tests.conformance.regolibrary import cases

SUITE = Path(os.environ.get("BARTIZAN_CONFORMANCE") or ROOT.parent / "shared" / "conformance") / "regolibrary"
CHECKS = {check.id: check for check in plugins.checks()}


def test_most_rules_about_objects_are_claimed() -> None:
    assert len(cases.claims()) >= 45


@pytest.mark.parametrize("rule", sorted(cases.claims()))
def test_what_answers_a_rule_is_a_check_with_these_parameters(rule: str) -> None:
    claim = cases.claims()[rule]
    assert claim.keys() <= {"checks", "params", "inputs", "paths", "kinds"}
    places = [tuple(place.split(".")) for place in claim.get("inputs", {}).values()]
    places += [(check, param) for check, given in claim.get("params", {}).items() for param in given]
    assert set(claim["checks"]) <= CHECKS.keys()
    assert all(check in claim["checks"] for check, _ in places)
    assert [(c, p) for c, p in places if p not in CHECKS[c].params.__struct_fields__] == []


def test_a_declined_rule_has_a_reason_and_is_not_claimed() -> None:
    assert cases.declined().keys().isdisjoint(cases.claims())
    assert [rule for rule, why in cases.declined().items() if len(why.split()) < 5] == []


def test_no_rule_of_the_library_is_left_out() -> None:
    if not SUITE.is_dir():
        pytest.skip(f"no {SUITE}")
    rules = {file.stem for file in (SUITE / "rules").glob("*.jsonl")}
    assert rules - cases.claims().keys() - cases.declined().keys() == set()
