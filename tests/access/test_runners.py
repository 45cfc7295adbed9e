"""Which workloads hold whose token."""

from typing import Any

from bartizan.access.runners import runners
from bartizan.lookups import Inventory
from tests.harness import pod, resource


def names(namespace: str, account: str, *objects: dict[str, Any]) -> list[str]:
    found = runners(Inventory(map(resource, objects)))
    return [workload.name for workload in found.running_as(namespace, account)]


def test_a_pod_runs_as_its_account_or_the_default_one() -> None:
    assert names("shop", "web", pod({"serviceAccountName": "web"})) == ["web"]
    assert names("shop", "web", pod({"serviceAccount": "web"})) == ["web"]
    assert names("shop", "default", pod()) == ["web"]
    assert names("mail", "default", pod()) == []


def test_where_a_namespace_is_not_written_the_name_decides() -> None:
    here, nowhere = pod({}, name="here"), pod({}, name="nowhere", namespace="")
    assert names("shop", "default", here, nowhere) == ["here", "nowhere"]
    assert names("", "default", here, nowhere) == ["here", "nowhere"]
    assert names("*", "default", here, nowhere) == ["here", "nowhere"]


def test_templates_are_looked_into() -> None:
    template = {"spec": {"serviceAccountName": "web", "containers": []}}
    job = {"spec": {"template": template}}
    made = {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "c", "namespace": "shop"}}
    assert names("shop", "web", made | {"spec": {"jobTemplate": job}}) == ["c"]


def test_a_template_that_may_be_absent_runs_nobody() -> None:
    rollout = {
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "Rollout",
        "metadata": {"name": "r", "namespace": "shop"},
    }
    assert names("shop", "default", rollout | {"spec": {"workloadRef": {"name": "web"}}}) == []


def test_what_cannot_be_read_is_noted() -> None:
    found = runners(Inventory([resource(pod({"serviceAccountName": 7}))]))
    assert "serviceAccountName" in found.broken["shop"]
    assert found.running_as("shop", "default") == []


def test_an_account_that_cannot_be_read_gives_its_token() -> None:
    account = {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default", "namespace": "shop"}}
    assert names("shop", "default", pod(), account | {"automountServiceAccountToken": "no"}) == ["web"]
    assert names("shop", "default", pod(), account | {"automountServiceAccountToken": False}) == []
