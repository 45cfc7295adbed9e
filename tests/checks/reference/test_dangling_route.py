"""dangling-route: a gateway that answers with errors."""

from typing import Any

import pytest

from bartizan.checks.reference.dangling_route import check
from tests.checks.cases import Cases
from tests.checks.workload.objects import item, service
from tests.harness import judge

FRONT = service(name="front", ports=[{"port": 80}])


def route(*references: Any, kind: str = "HTTPRoute", **rule: Any) -> dict[str, Any]:
    rules = [{"backendRefs": list(references), **rule}]
    return item("gateway.networking.k8s.io/v1", kind, "way-in", spec={"rules": rules})


def to(name: Any, port: Any = 80, **fields: Any) -> dict[str, Any]:
    return {"name": name, "port": port, **fields}


def mirror(name: str) -> dict[str, Any]:
    return {"type": "RequestMirror", "requestMirror": {"backendRef": to(name)}}


CASES = Cases(
    passes=[
        [route(to("front")), FRONT],
        [route(to("front", None)), FRONT],
        [route(to("ghost", group="example.com", kind="Bucket")), FRONT],
        [route(to("ghost", group="example.com")), FRONT],
        [route(to("ghost", kind="ServiceImport")), FRONT],
        [route(to("ghost")), service(namespace="other")],
        [route(to("far", namespace="other")), FRONT, service(name="far", namespace="other")],
        [route(to("far", namespace="unseen")), FRONT],
        [route(to("front"), filters=[mirror("front")]), FRONT],
        route(to("ghost")),
    ],
    fails=[
        [route(to("ghost")), FRONT],
        [route(to("front"), to("ghost", kind="Service", group="")), FRONT],
        [route(to("front", 81)), FRONT],
        [route(to("front", namespace="other")), FRONT, service(name="far", namespace="other")],
        [route(to("front"), filters=[mirror("ghost")]), FRONT],
        [route(to("front", filters=[mirror("ghost")])), FRONT],
        *([route(to("ghost"), kind=f"{kind}Route"), FRONT] for kind in ("GRPC", "TCP", "TLS", "UDP")),
    ],
    absent=[route() | {"spec": {}}, FRONT],
    absent_fails=False,
    ill_typed=[
        [route(to(1)), FRONT],
        [route(to("front", "80")), FRONT],
        [route("front"), FRONT],
        [route(to("front"), filters={}), FRONT],
        [route() | {"spec": {"rules": {}}}, FRONT],
    ],
)


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        (route(to("ghost")), ("spec", "rules", 0, "backendRefs", 0, "name")),
        (route(to("front", 81)), ("spec", "rules", 0, "backendRefs", 0, "port")),
        (
            route(filters=[mirror("ghost")]),
            ("spec", "rules", 0, "filters", 0, "requestMirror", "backendRef", "name"),
        ),
    ],
)
def test_what_is_missing_is_told_at_its_field(raw: dict[str, Any], path: tuple[str | int, ...]) -> None:
    (finding,) = judge(check, raw, FRONT)
    assert finding.path == path


def test_where_everything_was_scanned_no_services_are_none() -> None:
    assert len(judge(check, route(to("ghost")), params=check.params(complete=True))) == 1
