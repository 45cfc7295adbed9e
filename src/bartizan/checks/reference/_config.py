"""The ConfigMaps and Secrets that a pod needs, and those that were scanned."""

from collections.abc import Iterator
from typing import Any

import msgspec

from bartizan.checks.check import CannotTell
from bartizan.checks.reference._named import Named
from bartizan.model.path import Path, get
from bartizan.model.resource import Resource
from bartizan.model.review import Lookups
from bartizan.model.shape import ANY, Fields, IllTypedField, MapOf, conform
from bartizan.model.workload import PodView

_MAKERS: tuple[tuple[str, str, Path], ...] = (
    ("bitnami.com", "SealedSecret", ("spec", "template", "metadata", "name")),
    ("external-secrets.io", "ExternalSecret", ("spec", "target", "name")),
    ("cert-manager.io", "Certificate", ("spec", "secretName")),
    ("secrets.hashicorp.com", "VaultStaticSecret", ("spec", "destination", "name")),
    ("secrets.hashicorp.com", "VaultDynamicSecret", ("spec", "destination", "name")),
    ("onepassword.com", "OnePasswordItem", ("metadata", "name")),
)
"""Kinds that a controller turns into a Secret, with where its name stands, if not called as they are."""
_ALWAYS = frozenset({"kube-root-ca.crt", "openshift-service-ca.crt"})
"""ConfigMaps that the cluster itself puts into every namespace."""
_DATA = Fields(dict.fromkeys(("binaryData", "data", "stringData"), MapOf(ANY)))


class Need(msgspec.Struct, frozen=True):
    """One place where a pod names a ConfigMap or Secret that it cannot do without."""

    kind: str
    name: str
    path: Path
    """The mapping that names it."""
    key: str = ""
    """The one key that is needed; empty where all are."""
    field: str = "name"
    """The field of the mapping that holds the name."""


def needed(pod: PodView) -> Iterator[Need]:
    """What the pod needs, place by place."""
    for container in pod.containers:
        for index, item in enumerate(container.raw.get("env", ())):
            source = item.get("valueFrom", {})
            path: Path = (*container.path, "env", index, "valueFrom")
            yield from _needs(source, path, "configMapKeyRef", "secretKeyRef")
        for index, item in enumerate(container.raw.get("envFrom", ())):
            yield from _needs(item, (*container.path, "envFrom", index), "configMapRef", "secretRef")
    for index, volume in enumerate(pod.spec.get("volumes", ())):
        start: Path = (*pod.spec_path, "volumes", index)
        yield from _needs(volume, start, "configMap", "secret")
        for place, source in enumerate(volume.get("projected", {}).get("sources", ())):
            yield from _needs(source, (*start, "projected", "sources", place), "configMap", "secret")


def _needs(holder: dict[str, Any], path: Path, config_map: str, secret: str) -> Iterator[Need]:
    for kind, field in (("ConfigMap", config_map), ("Secret", secret)):
        source = holder.get(field, {})
        naming = "secretName" if "secretName" in source else "name"
        name = source.get(naming, "")
        if name and name not in _ALWAYS and not source.get("optional"):
            yield Need(kind, name, (*path, field), source.get("key", ""), naming)


def config_maps(lookups: Lookups) -> Named:
    """For `Lookups.derive`."""
    return Named(lookups.objects("", "ConfigMap"))


def secrets(lookups: Lookups) -> Named:
    """For `Lookups.derive`: with what controllers turn into Secrets."""
    return Named([*lookups.objects("", "Secret"), *_made(lookups)])


def _made(lookups: Lookups) -> Iterator[Resource]:
    for group, kind, path in _MAKERS:
        for maker in lookups.objects(group, kind):
            name = get(maker.raw, path)
            yield msgspec.structs.replace(maker, name=name) if isinstance(name, str) else maker


def has_key(resource: Resource, key: str) -> bool:
    """Whether a scanned ConfigMap or Secret has the key; of what is yet to be made nobody knows."""
    if resource.group:
        return True
    try:
        raw = conform(resource.raw, _DATA, (), [])
        return any(key in raw.get(field, {}) for field in _DATA.fields)
    except IllTypedField as error:
        message = f"{resource.kind} `{resource.name}` cannot be read: {error}"
        raise CannotTell(message, "lookup-failed") from error
