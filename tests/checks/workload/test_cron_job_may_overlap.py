"""cron-job-may-overlap: two runs at a time."""

from typing import Any

from bartizan.checks.workload.cron_job_may_overlap import check
from tests.checks.cases import Cases
from tests.checks.workload.objects import item
from tests.harness import judge


def cron_job(**spec: Any) -> dict[str, Any]:
    return item("batch/v1beta1", "CronJob", spec={"schedule": "* * * * *", **spec})


CASES = Cases(
    passes=[cron_job(concurrencyPolicy="Forbid"), cron_job(concurrencyPolicy="Replace")],
    fails=[cron_job(concurrencyPolicy=policy) for policy in ("Allow", "", None, "forbid")],
    absent=cron_job(),
    absent_fails=True,
    ill_typed=[cron_job(concurrencyPolicy=True), cron_job() | {"spec": "x"}],
)


def test_it_is_told_at_the_field() -> None:
    (finding,) = judge(check, cron_job())
    assert finding.path == ("spec", "concurrencyPolicy")
