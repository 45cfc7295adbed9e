"""cron-job-without-deadline: hours late, or never again."""

from typing import Any

import pytest

from bartizan.checks.workload.cron_job_without_deadline import check
from tests.checks.cases import Cases
from tests.checks.workload.objects import item
from tests.harness import judge


def cron_job(**spec: Any) -> dict[str, Any]:
    return item("batch/v1", "CronJob", spec={"schedule": "* * * * *", **spec})


CASES = Cases(
    passes=[cron_job(startingDeadlineSeconds=10), cron_job(startingDeadlineSeconds=3600)],
    fails=[cron_job(startingDeadlineSeconds=9), cron_job(startingDeadlineSeconds=None)],
    absent=cron_job(),
    absent_fails=True,
    ill_typed=[cron_job(startingDeadlineSeconds="60"), cron_job() | {"spec": []}],
)


@pytest.mark.parametrize(
    ("spec", "words"), [({}, "hours late"), ({"startingDeadlineSeconds": 5}, "less than the 10 seconds")]
)
def test_the_message_says_what_may_happen(spec: dict[str, Any], words: str) -> None:
    (finding,) = judge(check, cron_job(**spec))
    assert words in finding.message
