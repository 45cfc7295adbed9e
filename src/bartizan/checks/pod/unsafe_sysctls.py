"""Pod sets unsafe kernel parameters.

Some kernel parameters belong to the whole node, or let one pod starve or harm the others on it. Only a few
are known to stay inside the pod.

**Looks at** `securityContext.sysctls[*].name` of the pod. The list of safe names grows with the Kubernetes
version: five from the start, `ip_local_reserved_ports` since 1.27, `tcp_keepalive_*` and `tcp_fin_timeout`
since 1.29, `tcp_rmem` and `tcp_wmem` since 1.32, `tcp_slow_start_after_idle` and `tcp_notsent_lowat` since
1.37. Names count as written, with dots.

**Instead** set the parameter on nodes of their own for such workloads, or use a safe one:

```yaml
securityContext:
  sysctls:
    - name: net.ipv4.ip_unprivileged_port_start
      value: "80"
```

**Misses** the values: a safe name with a bad value passes.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault, Find
from bartizan.model.workload import PodView

_SAFE = frozenset(
    {
        "kernel.shm_rmid_forced",
        "net.ipv4.ip_local_port_range",
        "net.ipv4.ip_unprivileged_port_start",
        "net.ipv4.ping_group_range",
        "net.ipv4.tcp_syncookies",
    }
)
_SAFE_27 = _SAFE | {"net.ipv4.ip_local_reserved_ports"}
_SAFE_29 = _SAFE_27 | {
    "net.ipv4.tcp_fin_timeout",
    "net.ipv4.tcp_keepalive_intvl",
    "net.ipv4.tcp_keepalive_probes",
    "net.ipv4.tcp_keepalive_time",
}
_SAFE_32 = _SAFE_29 | {"net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"}
_SAFE_37 = _SAFE_32 | {"net.ipv4.tcp_notsent_lowat", "net.ipv4.tcp_slow_start_after_idle"}


def _outside(safe: frozenset[str]) -> Find:
    def find(pod: PodView, _context: Context) -> Iterable[Fault]:
        for index, sysctl in enumerate(pod.security.get("sysctls", ())):
            name = sysctl.get("name", "")
            if name not in safe:
                yield Fault(
                    (*pod.spec_path, "securityContext", "sysctls", index),
                    f"the pod sets the kernel parameter `{name}`, which is not known to stay inside the pod: "
                    "remove it from `securityContext.sysctls`",
                    evidence=name,
                )

    return find


check = Check(
    id="unsafe-sysctls",
    judges="pod",
    severity="medium",
    rules=(
        (0, _outside(_SAFE)),
        (27, _outside(_SAFE_27)),
        (29, _outside(_SAFE_29)),
        (32, _outside(_SAFE_32)),
        (37, _outside(_SAFE_37)),
    ),
    level="baseline",
    standard="sysctls",
    references=(
        "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
        "https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/",
    ),
)
