"""admission-webhook-outside-cluster: strangers decide what may run."""

import pytest

from bartizan.checks.admission.admission_webhook_outside_cluster import check
from tests.checks.admission.objects import configuration, webhook
from tests.checks.cases import Cases
from tests.harness import judge

AWAY = "https://policy.example/validate"

CASES = Cases(
    passes=[configuration(webhook()), configuration(webhook(clientConfig={"url": "https://a.policy.svc:443/v"}))],
    fails=[
        configuration(webhook(clientConfig={"url": AWAY})),
        configuration(webhook(clientConfig={"url": AWAY}), kind="Mutating"),
    ],
    absent=configuration(webhook(clientConfig=None)),
    absent_fails=False,
    ill_typed=[configuration(webhook(clientConfig=AWAY)), configuration(webhook(clientConfig={"url": 1}))],
)


def test_it_is_found_by_its_place() -> None:
    (finding,) = judge(check, configuration(webhook(), webhook(clientConfig={"url": AWAY})))
    assert (finding.severity, finding.persona) == ("medium", "strict")
    assert finding.path == ("webhooks", 1, "clientConfig", "url")


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://localhost:9443/validate", 0),
        ("https://127.0.0.1/validate", 0),
        ("https://[::1]:9443/", 0),
        ("https://webhook.policy.svc.cluster.local/", 0),
        ("https://WEBHOOK.policy.SVC./", 0),
        ("https://10.0.0.5/validate", 1),
        ("https://svc.example/", 1),
        ("https://policy.svc.example/", 1),
        ("https://policy.example/.svc", 1),
        ("https://[broken/", 1),
        ("https://a.svc@policy.example/", 1),
        ("https://policy.example#a.svc", 1),
        ("http://a.policy.svc/", 1),
        ("policy.example", 1),
        ("", 0),
    ],
)
def test_the_host_decides(url: str, found: int) -> None:
    assert len(judge(check, configuration(webhook(clientConfig={"url": url})))) == found
