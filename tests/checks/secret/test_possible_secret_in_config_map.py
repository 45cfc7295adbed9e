"""possible-secret-in-config-map: a guess, for whoever goes through everything."""

import random
import string
from typing import Any

import msgspec
import pytest

from bartizan.checks.secret.possible_secret_in_config_map import check
from bartizan.secrets.patterns import LIMIT
from tests.checks.cases import Cases
from tests.harness import judge, run

KEY = "".join(random.Random(3).choices(string.ascii_letters + string.digits, k=40))


def config_map(data: object) -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "report"}, "data": data}


CASES = Cases(
    passes=[config_map({"HOST": "db"}), config_map({"revision": KEY})],
    fails=[config_map({"seed": KEY}), config_map({"settings.yaml": f"a:\n  seed: {KEY}\n"})],
    absent={"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "report"}},
    absent_fails=False,
    ill_typed=[config_map("a"), config_map({"seed": 1})],
)


@pytest.mark.parametrize(
    ("data", "where"),
    [
        ({"seed": KEY + "\n"}, "`seed` looks"),
        ({"a.properties": f"host=db\nweb.seed={KEY}\n"}, "`web.seed` in `a.properties` looks"),
        ({"a.json": f'{{"seed": "{KEY}"}}'}, "`seed` in `a.json` looks"),
    ],
)
def test_the_setting_is_named_and_its_value_is_not(data: dict[str, str], where: str) -> None:
    (finding,) = judge(check, config_map(data))
    assert finding.message.startswith(where)
    assert (finding.confidence, finding.persona, finding.value) == ("low", "audit", None)
    assert KEY[:12].encode() not in msgspec.json.encode(finding)


def test_a_value_is_one_finding_however_many_settings_it_holds() -> None:
    assert len(judge(check, config_map({"a": f"b: {KEY}\nc: {KEY[::-1]}\n", "d": KEY}))) == 2


@pytest.mark.parametrize(
    "text", [f"commit: {KEY}", f"checksum={KEY}", "ca: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t", KEY + " is it"]
)
def test_digests_certificates_and_prose_pass(text: str) -> None:
    assert judge(check, config_map({"a": text})) == []


def test_what_was_not_looked_at_does_not_pass() -> None:
    (result,) = run(check, config_map({"dashboard.json": "a " * LIMIT})).results
    assert (result.verdict, result.reason) == ("skip", "not-evaluable-here")
