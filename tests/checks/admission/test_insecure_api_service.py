"""insecure-api-service: nobody checks who answers."""

from typing import Any

from bartizan.checks.admission.insecure_api_service import check
from tests.checks.cases import Cases
from tests.harness import judge

SERVICE = {"namespace": "kube-system", "name": "metrics-server"}


def api_service(**spec: Any) -> dict[str, Any]:
    return {
        "apiVersion": "apiregistration.k8s.io/v1",
        "kind": "APIService",
        "metadata": {"name": "v1beta1.metrics.k8s.io"},
        "spec": {"group": "metrics.k8s.io", "version": "v1beta1", **spec},
    }


CASES = Cases(
    passes=[
        api_service(service=SERVICE, caBundle="eA=="),
        api_service(service=SERVICE, insecureSkipTLSVerify=False),
    ],
    fails=[api_service(service=SERVICE, insecureSkipTLSVerify=True)],
    absent=api_service(service=SERVICE),
    absent_fails=False,
    ill_typed=[
        api_service(service=SERVICE, insecureSkipTLSVerify="true"),
        api_service(service="metrics", insecureSkipTLSVerify=True),
    ],
)


def test_the_finding_has_no_fix() -> None:
    """Only the cluster knows which authority signs."""
    (finding,) = judge(check, api_service(service=SERVICE, insecureSkipTLSVerify=True))
    assert (finding.severity, finding.persona, finding.fix) == ("medium", "regular", None)
    assert finding.path == ("spec", "insecureSkipTLSVerify")


def test_an_api_of_the_server_itself_passes() -> None:
    """Nobody is asked over the network."""
    assert judge(check, api_service(insecureSkipTLSVerify=True), api_service(service=None)) == []
