"""dangling-ingress: a public address with nothing behind it."""

from typing import Any

import pytest

from bartizan.checks.reference.dangling_ingress import check
from tests.checks.cases import Cases
from tests.checks.workload.objects import item, service
from tests.harness import judge, run

FRONT = service(name="front", ports=[{"port": 80, "name": "http"}])
ABOUT = ("spec", "rules", 0, "http", "paths", 0, "backend", "service")


def ingress(*backends: Any, namespace: str = "shop", **spec: Any) -> dict[str, Any]:
    paths = [{"path": f"/{index}", "backend": backend} for index, backend in enumerate(backends)]
    made = {"rules": [{"host": "shop.example", "http": {"paths": paths}}], **spec}
    return item("networking.k8s.io/v1", "Ingress", "way-in", namespace, spec=made)


def to(name: Any, number: Any = None, port: Any = None) -> dict[str, Any]:
    return {"service": {"name": name, "port": {"name": port, "number": number}}}


def old(name: str, port: Any) -> dict[str, Any]:
    raw = ingress({"serviceName": name, "servicePort": port})
    return raw | {"apiVersion": "extensions/v1beta1"}


CASES = Cases(
    passes=[
        [ingress(to("front", 80)), FRONT],
        [ingress(to("front", port="http")), FRONT],
        [ingress(to("front")), FRONT],
        [ingress(to("ghost", 80)), service(namespace="other")],
        [ingress(to("ghost", port="use-annotation")), FRONT],
        [ingress({"resource": {"kind": "Bucket", "name": "ghost"}}), FRONT],
        [ingress(to("away", 443)), service(name="away", type="ExternalName", ports=None)],
        [ingress(to("front", 80)), FRONT, service(name="front", ports=[])],
        [ingress(defaultBackend=to("front", 80)), FRONT],
        [old("front", "http"), FRONT],
        ingress(to("ghost", 80)),
    ],
    fails=[
        [ingress(to("ghost", 80)), FRONT],
        [ingress(to("front", 80), to("ghost", 80)), FRONT],
        [ingress(to("front", 81)), FRONT],
        [ingress(to("front", port="https")), FRONT],
        [ingress(to("front", 80)), service(namespace="other"), service(name="other")],
        [ingress(defaultBackend=to("ghost", 80)), FRONT],
        [old("ghost", 80), FRONT],
        [old("front", "https"), FRONT],
    ],
    absent=[ingress() | {"spec": {}}, FRONT],
    absent_fails=False,
    ill_typed=[
        [ingress(to(1, 80)), FRONT],
        [ingress(to("front", "80")), FRONT],
        [ingress("front"), FRONT],
        [ingress(rules={}), FRONT],
        [ingress(defaultBackend=[]), FRONT],
    ],
)


@pytest.mark.parametrize(
    ("backend", "path", "words"),
    [
        (to("ghost", 80), (*ABOUT, "name"), "no Service `ghost`"),
        (to("front", 81), (*ABOUT, "port", "number"), "has no port `81`"),
        (to("front", port="x"), (*ABOUT, "port", "name"), "has no port `x`"),
    ],
)
def test_what_is_missing_is_told_at_its_field(backend: Any, path: tuple[str | int, ...], words: str) -> None:
    (finding,) = judge(check, ingress(backend), FRONT)
    assert finding.path == path
    assert words in finding.message


@pytest.mark.parametrize("spec", [{"ports": "80"}, {"ports": [80]}, {"ports": [{"port": "80"}]}])
def test_a_service_that_cannot_be_read_is_an_error(spec: dict[str, Any]) -> None:
    (result,) = run(check, ingress(to("front", 80)), service(name="front", **spec)).results
    assert (result.verdict, result.reason) == ("error", "lookup-failed")


def test_where_everything_was_scanned_no_services_are_none() -> None:
    assert len(judge(check, ingress(to("ghost", 80)), params=check.params(complete=True))) == 1


@pytest.mark.parametrize(("own", "other"), [("shop", ""), ("", "shop")])
def test_a_namespace_that_is_not_written_may_be_any(own: str, other: str) -> None:
    beside = service(name="api", namespace=own)
    assert (
        judge(check, ingress(to("front", 80), namespace=own), service(name="front", namespace=other), beside) == []
    )
    assert len(judge(check, ingress(to("ghost", 80), namespace=own), service(namespace=other), beside)) == 1
