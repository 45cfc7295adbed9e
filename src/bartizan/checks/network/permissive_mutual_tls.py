"""Service mesh accepts plain text.

With `PERMISSIVE` or `DISABLE` a pod takes connections without mutual TLS. Rules of the mesh that name who may
come then hold for nobody who leaves his certificate at home, and whoever listens on the network reads along.

**Looks at** `spec.mtls.mode` and `spec.portLevelMtls` of Istio's PeerAuthentications. `PERMISSIVE` weighs
`low`, `DISABLE` `medium`. `UNSET`, or no mode, takes what a wider policy says, and passes.

**Instead** ask for mutual TLS:

```yaml
spec:
  mtls: {mode: STRICT}
```

Move a namespace by way of `PERMISSIVE` while its clients get their certificates, and then close it.

**Misses** a mesh without any PeerAuthentication, which is permissive; pods outside the mesh; other meshes.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.path import Path
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import TEXT, Fields, MapOf, conform

_MODE = Fields({"mode": TEXT})
_SHAPE = Fields({"spec": Fields({"mtls": _MODE, "portLevelMtls": MapOf(_MODE)})})


def _find(resource: Resource, _context: Context) -> Iterable[Fault]:
    for path, mode in _modes(conform(resource.raw, _SHAPE, (), []).get("spec", {})):
        if mode == "PERMISSIVE":
            yield Fault(
                path,
                "accepts plain text beside mutual TLS, so nobody need say who he is: set `mode: STRICT` as soon as "
                "every client is in the mesh",
                severity="low",
            )
        elif mode == "DISABLE":
            yield Fault(path, "accepts plain text only, which everyone on the way can read: set `mode: STRICT`")


def _modes(spec: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    yield ("spec", "mtls", "mode"), spec.get("mtls", {}).get("mode", "")
    for port, setting in spec.get("portLevelMtls", {}).items():
        yield ("spec", "portLevelMtls", port, "mode"), setting.get("mode", "")


check = Check(
    id="permissive-mutual-tls",
    judges="object",
    kinds=(GroupKind("security.istio.io", "PeerAuthentication"),),
    severity="medium",
    persona="strict",
    find=_find,
    references=("https://istio.io/latest/docs/reference/config/security/peer_authentication/",),
)
