"""Services as the checks of this folder read them, and whether one that is named as a backend is there."""

from collections.abc import Iterator
from typing import Any

import msgspec

from bartizan.checks.check import CannotTell, Context, Fault
from bartizan.checks.reference._named import services
from bartizan.model.path import Path
from bartizan.model.resource import Resource
from bartizan.model.shape import TEXT, TEXT_MAP, WHOLE, WHOLE_OR_TEXT, Fields, IllTypedField, ListOf, conform

_SERVICE = Fields(
    {
        "spec": Fields(
            {
                "clusterIP": TEXT,
                "ports": ListOf(
                    Fields({"name": TEXT, "port": WHOLE, "protocol": TEXT, "targetPort": WHOLE_OR_TEXT})
                ),
                "selector": TEXT_MAP,
                "type": TEXT,
            }
        )
    }
)


def service_spec(service: Resource) -> dict[str, Any]:
    """A Service's spec. Reading an ill-typed field raises IllTypedField."""
    spec: dict[str, Any] = conform(service.raw, _SERVICE, (), []).get("spec", {})
    return spec


def own_selector(spec: dict[str, Any]) -> dict[str, str]:
    """The labels by which a Service chooses its pods; empty where it chooses none."""
    selector: dict[str, str] = {} if spec.get("type") == "ExternalName" else spec.get("selector", {})
    return dict(selector)


class Backend(msgspec.Struct, frozen=True):
    """Where a route or an Ingress sends requests."""

    namespace: str
    name: str
    path: Path
    """The field with the name."""
    port: int | str | None = None
    port_path: Path = ()


def backend_faults(backend: Backend, context: Context) -> Iterator[Fault]:
    """What is wrong with a backend, as far as the scanned Services tell."""
    scanned = context.lookups.derive(services)
    found = scanned.find(backend.namespace, backend.name)
    if not found:
        if backend.name and (scanned.known(backend.namespace) or context.params.complete):
            yield Fault(
                backend.path,
                f"no Service `{backend.name}` is among the scanned objects of the namespace: name one that is, or "
                "add it",
            )
    elif backend.port is not None and not any(_offers(service, backend.port) for service in found):
        yield Fault(
            backend.port_path,
            f"Service `{backend.name}` has no port `{backend.port}`: name one of its `ports`",
        )


def _offers(service: Resource, port: int | str) -> bool:
    """Whether requests for the port get through; what has no ports of its own (ExternalName) takes all."""
    try:
        spec = service_spec(service)
        ports = [(item.get("port"), item.get("name")) for item in spec.get("ports", ())]
        return (spec.get("type") == "ExternalName" and not ports) or any(port in item for item in ports)
    except IllTypedField as error:
        message = f"Service `{service.name}` cannot be read: {error}"
        raise CannotTell(message, "lookup-failed") from error
