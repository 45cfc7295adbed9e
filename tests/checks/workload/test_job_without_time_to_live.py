"""job-without-time-to-live: a finished Job stays for ever."""

from typing import Any

from bartizan.checks.workload.job_without_time_to_live import check
from tests.checks.cases import Cases
from tests.checks.workload.objects import item
from tests.harness import judge


def job(metadata: dict[str, Any] | None = None, **spec: Any) -> dict[str, Any]:
    return item("batch/v1", "Job", metadata=metadata or {}, spec=spec)


CASES = Cases(
    passes=[
        job(ttlSecondsAfterFinished=60),
        job(ttlSecondsAfterFinished=0),
        job({"ownerReferences": [{"kind": "CronJob", "name": "web", "controller": True}]}),
        job({"annotations": {"helm.sh/hook": "pre-install"}}),
        job({"annotations": {"argocd.argoproj.io/hook": "Sync"}}),
    ],
    fails=[job(ttlSecondsAfterFinished=None), job({"ownerReferences": [{"kind": "Workflow", "name": "web"}]})],
    absent=job(),
    absent_fails=True,
    ill_typed=[job(ttlSecondsAfterFinished="60"), job({"annotations": []}), job({"ownerReferences": {}})],
)


def test_a_cron_job_keeps_its_own_history() -> None:
    assert judge(check, item("batch/v1", "CronJob", spec={"jobTemplate": {"spec": {}}})) == []
