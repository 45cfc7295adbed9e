"""ingress-snippet: configuration from whoever may write an Ingress."""

from typing import Any

import pytest

from bartizan.checks.network.ingress_snippet import check
from tests.checks.cases import Cases
from tests.checks.network.objects import ingress, thing
from tests.harness import judge


def config_map(**data: Any) -> dict[str, Any]:
    return thing("v1", "ConfigMap", data={key.replace("_", "-"): value for key, value in data.items()})


CASES = Cases(
    passes=[
        ingress({"nginx.ingress.kubernetes.io/rewrite-target": "/"}),
        config_map(allow_snippet_annotations="false", server_snippet="deny all;"),
    ],
    fails=[
        ingress({"nginx.ingress.kubernetes.io/server-snippet": "deny all;"}),
        config_map(allow_snippet_annotations="true"),
    ],
    absent=ingress(),
    absent_fails=False,
    ill_typed=[ingress("snippet"), ingress({"a/b": 1}), config_map(allow_snippet_annotations=True)],
)


@pytest.mark.parametrize(
    "name",
    [
        "nginx.ingress.kubernetes.io/configuration-snippet",
        "nginx.ingress.kubernetes.io/stream-snippet",
        "nginx.ingress.kubernetes.io/auth-snippet",
        "edge.shop.example/server-snippet",
        "nginx.org/location-snippets",
        "haproxy.org/backend-config-snippet",
    ],
)
def test_every_kind_of_snippet_is_found(name: str) -> None:
    """The prefix can be chosen."""
    (finding,) = judge(check, ingress({name: "return 200;", "other": "x"}))
    assert (finding.severity, finding.path) == ("high", ("metadata", "annotations", name))
    assert f"`{name.partition('/')[2]}`" in finding.message


@pytest.mark.parametrize(
    "name", ["snippet", "server-snippet", "nginx.ingress.kubernetes.io/auth-url", "a/snippets-off"]
)
def test_other_annotations_pass(name: str) -> None:
    assert judge(check, ingress({name: "https://login.example"})) == []


def test_a_controller_that_accepts_them_weighs_less() -> None:
    """Nobody need have written one yet."""
    (finding,) = judge(check, config_map(allow_snippet_annotations="True"))
    assert (finding.severity, finding.path) == ("medium", ("data", "allow-snippet-annotations"))


def test_config_maps_of_others_pass() -> None:
    assert judge(check, config_map(other="true"), thing("v1", "ConfigMap")) == []
