"""duplicate-container-port: two that cannot both listen."""

from typing import Any

import pytest

from bartizan.checks.workload.duplicate_container_port import check
from tests.checks.cases import Cases
from tests.harness import container, judge, pod


def ports(*declared: Any, name: str = "app", **fields: Any) -> dict[str, Any]:
    return container(name=name, ports=list(declared), **fields)


def port(number: Any, name: str | None = None, protocol: str | None = None) -> dict[str, Any]:
    return {"containerPort": number, "name": name, "protocol": protocol}


CASES = Cases(
    passes=[
        {"containers": [ports(port(80, "a"), port(81, "b"))]},
        {"containers": [ports(port(53), port(53, protocol="UDP"))]},
        {"containers": [ports(port(80, "http")), ports(port(81, "http"), name="proxy")]},
        {"containers": [ports(port(80))], "initContainers": [ports(port(80), name="first")]},
    ],
    fails=[
        {"containers": [ports(port(80), port(80, protocol="TCP"))]},
        {"containers": [ports(port(80, "http"), port(81, "http"))]},
        {"containers": [ports(port(80)), ports(port(80), name="proxy")]},
        {
            "containers": [ports(port(80))],
            "initContainers": [ports(port(80), name="proxy", restartPolicy="Always")],
        },
        {"containers": [container()], "initContainers": [ports(port(80), port(80), name="first")]},
    ],
    absent={},
    absent_fails=False,
    ill_typed=[
        {"containers": [ports(port("80"))]},
        {"containers": [ports(80)]},
        {"containers": [container(ports={})]},
    ],
)


@pytest.mark.parametrize(
    ("containers", "path", "words"),
    [
        ([ports(port(80), port(80))], (0, "ports", 1, "containerPort"), "declares port 80/TCP twice"),
        ([ports(port(80, "a"), port(81, "a"))], (0, "ports", 1, "name"), "two ports called `a`"),
        (
            [ports(port(80)), ports(port(80), name="proxy")],
            (1, "ports", 0, "containerPort"),
            "`app` and `proxy` both",
        ),
    ],
)
def test_the_second_one_is_told(containers: list[dict[str, Any]], path: tuple[str | int, ...], words: str) -> None:
    (finding,) = judge(check, pod({}, *containers))
    assert finding.path == ("spec", "containers", *path)
    assert words in finding.message
