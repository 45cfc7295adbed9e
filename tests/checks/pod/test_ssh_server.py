"""ssh-server: a second way in."""

from typing import Any

import pytest

from bartizan.checks.pod.ssh_server import check
from tests.checks.cases import Cases
from tests.harness import container, judge, pod

CASES = Cases(
    passes=[{"ports": [{"containerPort": 8022}]}, {"command": ["ssh", "-N", "bastion.example"]}],
    fails=[
        {"ports": [{"containerPort": 80}, {"containerPort": 22}]},
        {"command": ["/usr/sbin/sshd", "-D"]},
        {"image": "registry.example/tools/openssh-server:9"},
    ],
    absent={},
    absent_fails=False,
    ill_typed=[{"ports": [{"containerPort": "22"}]}, {"command": "sshd"}, {"image": 22}],
)


@pytest.mark.parametrize(
    ("fields", "place", "confidence"),
    [
        ({"command": ["/usr/sbin/sshd", "-D"]}, ("command",), "high"),
        ({"args": ["sh", "-c", "ssh-keygen -A && exec sshd -D"]}, ("args",), "high"),
        ({"command": ["sh", "-c", "service ssh start; sleep 9"]}, ("command",), "high"),
        ({"command": ["sh", "-c", "/etc/init.d/ssh restart"]}, ("command",), "high"),
        ({"command": ["dropbear", "-F"]}, ("command",), "high"),
        ({"image": "registry.example/sshd:1"}, ("image",), "medium"),
        ({"ports": [{"containerPort": 22}]}, ("ports", 0, "containerPort"), "medium"),
        ({"ports": [{"containerPort": 80}, {"containerPort": 2222}]}, ("ports", 1, "containerPort"), "low"),
    ],
)
def test_each_sign_has_its_place_and_weight(
    fields: dict[str, Any], place: tuple[Any, ...], confidence: str
) -> None:
    (finding,) = judge(check, pod({}, container(**fields)))
    assert (finding.path[3:], finding.confidence) == (place, confidence)


@pytest.mark.parametrize(
    "fields",
    [
        {"image": "registry.example/ssh-exporter:1"},
        {"image": "registry.example/openssh-server/exporter"},
        {"command": ["sh", "-c", "ssh host.example; scp a b; cat /etc/ssh/sshd_config"]},
        {"command": ["exporter", "--watch", "sshd"]},
    ],
)
def test_the_word_alone_passes(fields: dict[str, Any]) -> None:
    assert judge(check, pod({}, container(**fields))) == []


def test_several_signs_are_one_finding() -> None:
    app = container(
        image="registry.example/sshd", command=["sshd"], ports=[{"containerPort": 22}, {"containerPort": 2222}]
    )
    (finding,) = judge(check, pod({}, app))
    assert finding.path[-1:] == ("command",)
