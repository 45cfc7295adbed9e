"""deprecated-service-account-field: two names for one field."""

from bartizan.checks.pod.deprecated_service_account_field import check
from tests.checks.cases import Cases
from tests.harness import fixed, judge, pod

CASES = Cases(
    passes=[{"serviceAccountName": "web"}, {"serviceAccountName": "web", "serviceAccount": "web"}],
    fails=[{"serviceAccount": "web"}, {"serviceAccount": "old", "serviceAccountName": "web"}],
    absent={},
    absent_fails=False,
    ill_typed=[{"serviceAccount": 7}, {"serviceAccount": "web", "serviceAccountName": ["web"]}],
)


def test_the_fix_writes_the_newer_name() -> None:
    raw = pod({"serviceAccount": "web"})
    (finding,) = judge(check, raw)
    assert (finding.path, finding.severity) == (("spec", "serviceAccount"), "info")
    spec = fixed(check, raw)["spec"]
    assert spec["serviceAccountName"] == "web"
    assert "serviceAccount" not in spec


def test_two_that_disagree_weigh_more_and_only_the_author_knows() -> None:
    (finding,) = judge(check, pod({"serviceAccount": "old", "serviceAccountName": "web"}))
    assert (finding.severity, finding.fix) == ("medium", None)
    assert "`serviceAccountName: web` counts" in finding.message
