"""Pod Security Standards: which control objects to which pod, on both sides of each version boundary."""

import importlib
import pkgutil
from typing import Any

import pytest

from bartizan.checks import pod as area
from bartizan.checks.check import NEWEST_MINOR, Check
from tests.harness import container, pod, run

MODULES = [
    importlib.import_module(f"{area.__name__}.{found.name}") for found in pkgutil.iter_modules(area.__path__)
]
CONTROLS: dict[str, Check] = {
    m.check.standard: m.check for m in MODULES if hasattr(m, "check") and m.check.standard
}

BASELINE = {
    "appArmorProfile",
    "capabilities_baseline",
    "hostNamespaces",
    "hostPathVolumes",
    "hostPorts",
    "hostProbesAndHostLifecycle",
    "privileged",
    "procMount",
    "seLinuxOptions",
    "seccompProfile_baseline",
    "sysctls",
    "windowsHostProcess",
}
OVERRIDES = {
    "capabilities_restricted": "capabilities_baseline",
    "procMount_restricted": "procMount",
    "restrictedVolumes": "hostPathVolumes",
    "seccompProfile_restricted": "seccompProfile_baseline",
}
RESTRICTED = {"allowPrivilegeEscalation", "runAsNonRoot", "runAsUser", *OVERRIDES}

DEFAULT = {"seccompProfile": {"type": "RuntimeDefault"}}
HARDENED = {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}


def hardened(
    spec: dict[str, Any] | None = None, security: dict[str, Any] | None = None, **change: Any
) -> dict[str, Any]:
    """A pod to which no control objects in any version, with a change of spec, pod security or container."""
    context = {"runAsNonRoot": True, **DEFAULT, **(security or {})}
    app = container(securityContext={**HARDENED, **change.pop("securityContext", {})}, **change)
    return pod({"securityContext": context, "containers": [app], **(spec or {})})


WINDOWS = pod({"os": {"name": "windows"}, "securityContext": {"runAsNonRoot": True}})
PROBE = {"httpGet": {"port": 80, "host": "127.0.0.1"}}
ANNOTATED = hardened() | {
    "metadata": {"name": "a", "annotations": {"seccomp.security.alpha.kubernetes.io/pod": "x"}}
}

# (control, pod, versions in which the control objects)
CASES: dict[str, tuple[str, dict[str, Any], range]] = {
    "silent escalation": (
        "allowPrivilegeEscalation",
        hardened(securityContext={"allowPrivilegeEscalation": None}),
        range(8, 38),
    ),
    "Windows escalation": ("allowPrivilegeEscalation", WINDOWS, range(8, 25)),
    "AppArmor off": ("appArmorProfile", hardened(security={"appArmorProfile": {"type": "Unconfined"}}), range(38)),
    "SYS_ADMIN": (
        "capabilities_baseline",
        hardened(securityContext={"capabilities": {"add": ["SYS_ADMIN"]}}),
        range(38),
    ),
    "CHOWN": (
        "capabilities_restricted",
        hardened(securityContext={"capabilities": {"drop": ["ALL"], "add": ["CHOWN"]}}),
        range(22, 38),
    ),
    "nothing dropped": (
        "capabilities_restricted",
        hardened(securityContext={"capabilities": None}),
        range(22, 38),
    ),
    "Windows capabilities": ("capabilities_restricted", WINDOWS, range(22, 25)),
    "host IPC": ("hostNamespaces", hardened({"hostIPC": True}), range(38)),
    "host path": (
        "hostPathVolumes",
        hardened({"volumes": [{"name": "a", "hostPath": {"path": "/a"}}]}),
        range(38),
    ),
    "host path, restricted": (
        "restrictedVolumes",
        hardened({"volumes": [{"name": "a", "hostPath": {"path": "/a"}}]}),
        range(38),
    ),
    "NFS": (
        "restrictedVolumes",
        hardened({"volumes": [{"name": "a", "nfs": {"server": "a", "path": "/"}}]}),
        range(38),
    ),
    "volume without source": ("restrictedVolumes", hardened({"volumes": [{"name": "a"}]}), range(0)),
    "host port": ("hostPorts", hardened(ports=[{"containerPort": 1, "hostPort": 1}]), range(38)),
    "host of a probe": ("hostProbesAndHostLifecycle", hardened(livenessProbe=PROBE), range(34, 38)),
    "host of a hook": ("hostProbesAndHostLifecycle", hardened(lifecycle={"preStop": PROBE}), range(34, 38)),
    "privileged": ("privileged", hardened(securityContext={"privileged": True}), range(38)),
    "unmasked": ("procMount", hardened(securityContext={"procMount": "Unmasked"}), range(38)),
    "unmasked in a user namespace": (
        "procMount",
        hardened({"hostUsers": False}, securityContext={"procMount": "Unmasked"}),
        range(35),
    ),
    "unmasked, restricted": (
        "procMount_restricted",
        hardened({"hostUsers": False}, securityContext={"procMount": "Unmasked"}),
        range(35, 38),
    ),
    "root allowed": ("runAsNonRoot", hardened(security={"runAsNonRoot": None}), range(38)),
    "root allowed in a user namespace": (
        "runAsNonRoot",
        hardened({"hostUsers": False}, {"runAsNonRoot": None}),
        range(35),
    ),
    "root": ("runAsUser", hardened(security={"runAsUser": 0}), range(23, 38)),
    "root in a user namespace": ("runAsUser", hardened({"hostUsers": False}, {"runAsUser": 0}), range(23, 35)),
    "SELinux type": ("seLinuxOptions", hardened(security={"seLinuxOptions": {"type": "spc_t"}}), range(38)),
    "SELinux engine": (
        "seLinuxOptions",
        hardened(security={"seLinuxOptions": {"type": "container_engine_t"}}),
        range(31),
    ),
    "seccomp off": (
        "seccompProfile_baseline",
        hardened(security={"seccompProfile": {"type": "Unconfined"}}),
        range(19, 38),
    ),
    "seccomp off by annotation": ("seccompProfile_baseline", ANNOTATED, range(19)),
    "no seccomp": ("seccompProfile_restricted", hardened(security={"seccompProfile": None}), range(19, 38)),
    "Windows seccomp": ("seccompProfile_restricted", WINDOWS, range(19, 25)),
    "reserved ports": (
        "sysctls",
        hardened(security={"sysctls": [{"name": "net.ipv4.ip_local_reserved_ports"}]}),
        range(27),
    ),
    "keepalive": ("sysctls", hardened(security={"sysctls": [{"name": "net.ipv4.tcp_keepalive_time"}]}), range(29)),
    "receive buffer": ("sysctls", hardened(security={"sysctls": [{"name": "net.ipv4.tcp_rmem"}]}), range(32)),
    "slow start": (
        "sysctls",
        hardened(security={"sysctls": [{"name": "net.ipv4.tcp_slow_start_after_idle"}]}),
        range(37),
    ),
    "host process": (
        "windowsHostProcess",
        hardened(security={"windowsOptions": {"hostProcess": True}}),
        range(38),
    ),
}


def objecting(control: str, raw: dict[str, Any]) -> set[int]:
    """The versions in which the control objects."""
    check = CONTROLS[control]
    verdicts = {m: [r.verdict for r in run(check, raw, minor=m).results] for m in range(NEWEST_MINOR + 1)}
    assert all(verdict in ([], ["fail"]) for verdict in verdicts.values())
    return {minor for minor, verdict in verdicts.items() if verdict}


def test_every_control_is_there_at_its_level() -> None:
    assert {name for name, check in CONTROLS.items() if check.level == "baseline"} == BASELINE
    assert {name for name, check in CONTROLS.items() if check.level == "restricted"} == RESTRICTED


def test_the_restricted_controls_replace_those_that_they_contain() -> None:
    restricted = {name: check for name, check in CONTROLS.items() if check.level == "restricted"}
    found = {name: check.overrides for name, check in restricted.items() if check.overrides}
    assert found == {name: (CONTROLS[overridden].id,) for name, overridden in OVERRIDES.items()}


@pytest.mark.parametrize("control", sorted(BASELINE | RESTRICTED))
def test_no_control_objects_to_a_hardened_pod(control: str) -> None:
    assert objecting(control, hardened()) == set()


@pytest.mark.parametrize("case", CASES)
def test_the_control_objects_in_these_versions_and_no_others(case: str) -> None:
    control, raw, versions = CASES[case]
    assert objecting(control, raw) == set(versions)


def test_every_control_has_a_case() -> None:
    assert {control for control, _, _ in CASES.values()} == BASELINE | RESTRICTED
