"""unsafe-sysctls: kernel parameters that reach beyond the pod."""

from typing import Any

import pytest

from bartizan.checks.pod.unsafe_sysctls import check
from tests.checks.cases import Cases
from tests.harness import judge, pod, run

SINCE = {
    "kernel.shm_rmid_forced": 0,
    "net.ipv4.ip_local_port_range": 0,
    "net.ipv4.ip_unprivileged_port_start": 0,
    "net.ipv4.ping_group_range": 0,
    "net.ipv4.tcp_syncookies": 0,
    "net.ipv4.ip_local_reserved_ports": 27,
    "net.ipv4.tcp_fin_timeout": 29,
    "net.ipv4.tcp_keepalive_intvl": 29,
    "net.ipv4.tcp_keepalive_probes": 29,
    "net.ipv4.tcp_keepalive_time": 29,
    "net.ipv4.tcp_rmem": 32,
    "net.ipv4.tcp_wmem": 32,
    "net.ipv4.tcp_notsent_lowat": 37,
    "net.ipv4.tcp_slow_start_after_idle": 37,
}

CASES = Cases(
    passes=[{"securityContext": {"sysctls": [{"name": "kernel.shm_rmid_forced", "value": "1"}]}}],
    fails=[{"securityContext": {"sysctls": [{"name": "kernel.msgmax", "value": "1"}]}}],
    absent={},
    absent_fails=False,
    ill_typed=[{"securityContext": {"sysctls": {"kernel.msgmax": "1"}}}, {"securityContext": {"sysctls": ["a"]}}],
)


def setting(*names: str) -> dict[str, Any]:
    return pod({"securityContext": {"sysctls": [{"name": name, "value": "1"} for name in names]}})


@pytest.mark.parametrize("sysctls", [None, []])
def test_no_parameters_pass(sysctls: object) -> None:
    assert judge(check, pod({"securityContext": {"sysctls": sysctls}})) == []


@pytest.mark.parametrize(("name", "minor"), SINCE.items())
def test_each_safe_name_is_safe_since_its_version(name: str, minor: int) -> None:
    assert judge(check, setting(name), minor=minor) == []
    assert judge(check, setting(name)) == []
    if minor:
        assert len(judge(check, setting(name), minor=minor - 1)) == 1


def test_each_unsafe_name_is_one_finding() -> None:
    found = judge(check, setting("kernel.msgmax", "net.ipv4.tcp_syncookies", "net.core.somaxconn"))
    assert {(f.path, f.evidence) for f in found} == {
        (("spec", "securityContext", "sysctls", 0), "kernel.msgmax"),
        (("spec", "securityContext", "sysctls", 2), "net.core.somaxconn"),
    }


@pytest.mark.parametrize("name", ["", "net/ipv4/tcp_syncookies", "NET.IPV4.TCP_SYNCOOKIES"])
def test_names_count_as_written(name: str) -> None:
    assert len(judge(check, setting(name))) == 1


@pytest.mark.parametrize("sysctls", ["a", ["a"], [{"name": 1}], [None]])
def test_ill_typed_parameters_are_an_error_and_no_pass(sysctls: object) -> None:
    assert [r.verdict for r in run(check, pod({"securityContext": {"sysctls": sysctls}})).results] == ["error"]
