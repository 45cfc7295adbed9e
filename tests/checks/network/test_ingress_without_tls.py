"""ingress-without-tls: plain HTTP."""

from typing import Any

import pytest

from bartizan.checks.network.ingress_without_tls import check
from tests.checks.cases import Cases
from tests.harness import judge


def ingress(
    *hosts: str | None, tls: object = None, annotations: dict[str, str] | None = None, **spec: Any
) -> dict[str, Any]:
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "Ingress",
        "metadata": {"name": "web", "annotations": annotations},
        "spec": {"rules": [{"host": host} for host in hosts], "tls": tls, **spec},
    }


CASES = Cases(
    passes=[ingress("a.example", tls=[{"hosts": ["a.example"], "secretName": "a"}]), ingress()],
    fails=[ingress("a.example", tls=[]), ingress("a.example", tls=[{"hosts": ["b.example"]}])],
    absent=ingress("a.example"),
    absent_fails=True,
    ill_typed=[
        ingress("a.example", tls="yes"),
        ingress("a.example", tls=[{"hosts": "a.example"}]),
        ingress("a.example", rules=[{"host": 1}], tls=[{"hosts": ["a.example"]}]),
        ingress("a.example") | {"spec": []},
    ],
)


@pytest.mark.parametrize("tls", [None, []])
def test_without_tls_one_finding_names_all_hosts(tls: object) -> None:
    (finding,) = judge(check, ingress("a.example", "b.example", "a.example", tls=tls))
    assert finding.path == ("spec", "tls")
    assert "`a.example`, `b.example` over" in finding.message


def test_a_host_that_no_entry_covers_is_found() -> None:
    (finding,) = judge(check, ingress("a.example", "b.example", tls=[{"hosts": ["a.example"]}]))
    assert finding.path == ("spec", "rules", 1, "host")
    assert "`b.example`" in finding.message


@pytest.mark.parametrize(
    ("host", "covered"),
    [
        ("shop.example", ["shop.example"]),
        ("SHOP.example", ["shop.EXAMPLE"]),
        ("www.shop.example", ["*.shop.example"]),
        ("*.shop.example", ["*.shop.example"]),
        ("shop.example", ["other.example", "shop.example"]),
        ("shop.example", None),
        (None, None),
    ],
)
def test_a_covered_host_passes(host: str | None, covered: list[str] | None) -> None:
    """An entry without hosts covers all of them."""
    assert judge(check, ingress(host, tls=[{"secretName": "c", "hosts": covered}])) == []


@pytest.mark.parametrize(
    ("host", "covered"),
    [
        ("shop.example", "*.shop.example"),
        ("a.b.shop.example", "*.shop.example"),
        ("*.shop.example", "www.shop.example"),
        (None, "shop.example"),
    ],
)
def test_a_wildcard_covers_exactly_one_label(host: str | None, covered: str) -> None:
    assert len(judge(check, ingress(host, tls=[{"hosts": [covered]}]))) == 1


def test_a_backend_for_everything_is_served_too() -> None:
    (finding,) = judge(check, ingress(defaultBackend={"service": {"name": "web"}}))
    assert "every host" in finding.message
    assert judge(check, ingress(), ingress() | {"spec": None}) == []


@pytest.mark.parametrize(
    "annotations",
    [
        {"alb.ingress.kubernetes.io/certificate-arn": "arn:aws:acm:x"},
        {"networking.gke.io/managed-certificates": "web"},
        {"traefik.ingress.kubernetes.io/router.tls": "true"},
    ],
)
def test_tls_at_the_load_balancer_passes(annotations: dict[str, str]) -> None:
    assert judge(check, ingress("a.example", annotations=annotations)) == []


def test_the_old_group_is_looked_at_too() -> None:
    assert len(judge(check, ingress("a.example") | {"apiVersion": "extensions/v1beta1"})) == 1
