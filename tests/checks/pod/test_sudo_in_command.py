"""sudo-in-command: a word that makes a process root."""

import msgspec
import pytest

from bartizan.checks.pod.sudo_in_command import check
from tests.checks.cases import Cases
from tests.harness import container, judge, pod

CASES = Cases(
    passes=[{"command": ["apk", "add", "sudo"]}, {"command": ["sh", "-c", "echo no sudo here"]}],
    fails=[{"command": ["sudo", "nginx"]}, {"args": ["sh", "-c", "cd /tmp && sudo make"]}],
    absent={},
    absent_fails=False,
    ill_typed=[
        {"command": "sudo nginx"},
        {"args": [1]},
        {"lifecycle": {"preStop": {"exec": {"command": "sudo"}}}},
    ],
)


@pytest.mark.parametrize(
    "command",
    [
        ["sudo", "nginx"],
        ["sudo printenv"],
        ["/usr/bin/sudo", "-E", "nginx"],
        ["tini", "--", "sudo", "nginx"],
        ["/usr/bin/env", "A=b", "sudo", "nginx"],
        ["sh", "-c", "sudo nginx"],
        ["/bin/bash", "-euxc", "  sudo nginx"],
        ["bash", "-lc", "set -e; sudo nginx"],
        ["sh", "-c", "cd /srv\n  sudo nginx"],
        ["sh", "-c", "test -f a || sudo nginx"],
        ["sh", "-c", "if ! sudo true; then exit 1; fi"],
        ["sh", "-c", "if true; then sudo nginx; fi"],
        ["sh", "-c", "A=b sudo nginx"],
        ["sh", "-c", "echo $(sudo id)"],
        ["sh", "-c", "echo a | sudo tee /etc/motd"],
    ],
)
def test_a_command_that_starts_it_is_found(command: list[str]) -> None:
    (finding,) = judge(check, pod({}, container(command=command)))
    assert finding.path == ("spec", "containers", 0, "command")


@pytest.mark.parametrize(
    "command",
    [
        ["apt-get", "install", "-y", "sudo", "curl"],
        ["sh", "-c", "apt-get install -y sudo"],
        ["sh", "-c", "echo run it with sudo"],
        ["sh", "-c", "/opt/sudoku --start; pseudo x; my-sudo; sudo-less"],
        ["sh", "-c", "# sudo make me a sandwich"],
        ["web", "--sudoers", "sudo"],
        ["echo", "sudo is not needed"],
        ["sh", "-c", "cat /etc/sudoers.d/a; ls ./sudo"],
    ],
)
def test_the_word_alone_passes(command: list[str]) -> None:
    assert judge(check, pod({}, container(command=command))) == []


def test_arguments_go_on_where_the_command_ends() -> None:
    assert judge(check, pod({}, container(command=["echo"], args=["sudo", "a"]))) == []
    assert [f.path[-1] for f in judge(check, pod({}, container(command=["sudo"], args=["a"])))] == ["command"]
    (finding,) = judge(check, pod({}, container(command=["sh"], args=["-c", "sudo a"])))
    assert finding.path[3:] == ("args",)
    assert "in `args`" in finding.message


@pytest.mark.parametrize("place", [("livenessProbe",), ("startupProbe",), ("lifecycle", "postStart")])
def test_probes_and_hooks_are_looked_at(place: tuple[str, ...]) -> None:
    fields: dict[str, object] = {"exec": {"command": ["sudo", "id"]}}
    for step in reversed(place):
        fields = {step: fields}
    (finding,) = judge(check, pod({}, container(**fields)))
    assert finding.path[3:] == (*place, "exec", "command")


def test_the_script_is_not_shown() -> None:
    """It may hold what else the author wrote into it."""
    (finding,) = judge(check, pod({}, container(command=["sh", "-c", "sudo login --password hunter2"])))
    assert finding.value is None
    assert b"hunter2" not in msgspec.json.encode(finding)
