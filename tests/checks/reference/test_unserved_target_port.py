"""unserved-target-port: requests go nowhere."""

from typing import Any

import pytest

from bartizan.checks.reference.unserved_target_port import check
from tests.checks.cases import Cases
from tests.checks.workload.objects import deployment, service
from tests.harness import judge, run

HTTP = {"name": "http", "containerPort": 8080}


def to(target: Any = None, **port: Any) -> dict[str, Any]:
    return service(ports=[{"port": 80, "targetPort": target, **port}])


def serving(*ports: Any, name: str = "web", **pod: Any) -> dict[str, Any]:
    return deployment(name=name, pod={"containers": [{"name": "app", "ports": list(ports)}], **pod})


CASES = Cases(
    passes=[
        [to("http"), serving(HTTP)],
        [to(8080), serving(HTTP)],
        [to(), serving({"containerPort": 80})],
        [to(80), serving()],
        [to(80), serving(HTTP), serving(name="other")],
        [to("http"), serving(HTTP), serving({"containerPort": 80}, name="other")],
        [to("http"), serving(HTTP) | {"metadata": {"name": "web", "namespace": "other"}}],
        [to("dns", protocol="UDP"), serving({"name": "dns", "containerPort": 53, "protocol": "UDP"})],
        [to("http"), serving(initContainers=[{"name": "proxy", "restartPolicy": "Always", "ports": [HTTP]}])],
        [service(type="ExternalName", ports=[{"port": 80, "targetPort": "x"}]), serving(HTTP)],
        [service(ports=[{"name": "nothing"}]), serving(HTTP)],
        to("http"),
    ],
    fails=[
        [to("https"), serving(HTTP)],
        [to("http"), serving()],
        [to(80), serving(HTTP)],
        [to(), serving(HTTP)],
        [to("http", protocol="UDP"), serving(HTTP)],
        [to("https"), serving(HTTP), serving(HTTP, name="other")],
    ],
    absent=[service(ports=None), serving(HTTP)],
    absent_fails=False,
    ill_typed=[
        [to([]), serving(HTTP)],
        [service(ports="80"), serving(HTTP)],
        [service(ports=[80]), serving(HTTP)],
        [service(["app"]), serving(HTTP)],
    ],
)


@pytest.mark.parametrize(("target", "severity", "confidence"), [("https", "low", "medium"), (80, "info", "low")])
def test_a_name_is_surer_than_a_number(target: Any, severity: str, confidence: str) -> None:
    (finding,) = judge(check, to(target), serving(HTTP))
    assert (finding.severity, finding.confidence) == (severity, confidence)
    assert finding.path == ("spec", "ports", 0, "targetPort")
    assert f"TCP port `{target}`" in finding.message


@pytest.mark.parametrize("ports", ["8080", [8080], [{"name": 1}]])
def test_a_pod_whose_ports_cannot_be_read_is_an_error(ports: Any) -> None:
    broken = deployment(pod={"containers": [{"name": "app", "ports": ports}]})
    (result,) = run(check, to("http"), broken).results
    assert (result.verdict, result.reason) == ("error", "lookup-failed")


@pytest.mark.parametrize("nothing", [0, ""])
def test_a_target_that_says_nothing_is_the_port(nothing: object) -> None:
    assert judge(check, to(nothing), serving({"containerPort": 80})) == []
    assert len(judge(check, to(nothing), serving(HTTP))) == 1


def test_a_pod_that_cannot_be_read_may_declare_it() -> None:
    broken = deployment(template={"metadata": {"labels": "app=web"}}, name="broken")
    result = run(check, to("http"), serving({"containerPort": 80}), broken).results[0]
    assert (result.verdict, result.reason) == ("error", "lookup-failed")
