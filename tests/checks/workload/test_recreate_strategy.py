"""recreate-strategy: down during each update, or never updated."""

from typing import Any

import pytest

from bartizan.checks.workload.recreate_strategy import check
from tests.checks.cases import Cases
from tests.checks.workload.objects import deployment
from tests.harness import judge

RECREATE = {"type": "Recreate"}
ON_DELETE = {"type": "OnDelete"}
CLAIM = {"volumes": [{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}]}

CASES = Cases(
    passes=[
        deployment(strategy={"type": "RollingUpdate", "rollingUpdate": {}}),
        deployment(strategy=RECREATE, pod=CLAIM),
        deployment(kind="StatefulSet", updateStrategy={"type": "RollingUpdate"}),
        deployment(kind="DaemonSet", strategy=RECREATE),
    ],
    fails=[
        deployment(strategy=RECREATE),
        deployment(strategy=RECREATE, pod={"volumes": [{"name": "a", "emptyDir": {}}]}),
        deployment(kind="StatefulSet", updateStrategy=ON_DELETE),
        deployment(kind="DaemonSet", updateStrategy=ON_DELETE, pod=CLAIM),
    ],
    absent=deployment(),
    absent_fails=False,
    ill_typed=[
        deployment(strategy="Recreate"),
        deployment(kind="DaemonSet", updateStrategy={"type": 1}),
        deployment(strategy=RECREATE, pod={"volumes": {}}),
    ],
)


@pytest.mark.parametrize(
    ("raw", "severity", "field"),
    [
        (deployment(strategy=RECREATE), "info", "strategy"),
        (deployment(kind="StatefulSet", updateStrategy=ON_DELETE), "low", "updateStrategy"),
    ],
)
def test_never_weighs_more_than_late(raw: dict[str, Any], severity: str, field: str) -> None:
    (finding,) = judge(check, raw)
    assert (finding.severity, finding.path) == (severity, ("spec", field, "type"))
