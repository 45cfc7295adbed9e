"""One view of a pod, whatever kind of object makes it."""

from collections.abc import Iterable, Iterator
from typing import Any, Literal

import msgspec

from bartizan.model.path import Path, get
from bartizan.model.pod_shape import POD_TEMPLATE
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import IllTyped, IllTypedField, conform, found

Role = Literal["init", "sidecar", "regular", "ephemeral"]

TEMPLATES: dict[GroupKind, Path] = {
    GroupKind("", "Pod"): (),
    GroupKind("", "PodTemplate"): ("template",),
    GroupKind("", "ReplicationController"): ("spec", "template"),
    GroupKind("apps", "Deployment"): ("spec", "template"),
    GroupKind("apps", "StatefulSet"): ("spec", "template"),
    GroupKind("apps", "DaemonSet"): ("spec", "template"),
    GroupKind("apps", "ReplicaSet"): ("spec", "template"),
    GroupKind("extensions", "Deployment"): ("spec", "template"),
    GroupKind("extensions", "DaemonSet"): ("spec", "template"),
    GroupKind("extensions", "ReplicaSet"): ("spec", "template"),
    GroupKind("batch", "Job"): ("spec", "template"),
    GroupKind("batch", "CronJob"): ("spec", "jobTemplate", "spec", "template"),
    GroupKind("argoproj.io", "Rollout"): ("spec", "template"),
    GroupKind("apps.openshift.io", "DeploymentConfig"): ("spec", "template"),
    GroupKind("serving.knative.dev", "Service"): ("spec", "template"),
    GroupKind("serving.knative.dev", "Configuration"): ("spec", "template"),
    GroupKind("serving.knative.dev", "Revision"): (),
}
"""Where each known kind keeps its pod template (a mapping with `metadata` and `spec`)."""

OPTIONAL_TEMPLATE = frozenset(
    {
        GroupKind("", "ReplicationController"),
        GroupKind("argoproj.io", "Rollout"),
        GroupKind("apps.openshift.io", "DeploymentConfig"),
    }
)
"""Kinds whose API lets the template be absent: a Rollout may name a Deployment in its place."""

QUOTING_GROUPS = frozenset(
    {
        "admissionregistration.k8s.io",
        "apiextensions.k8s.io",
        "cli.kyverno.io",
        "config.gatekeeper.sh",
        "constraints.gatekeeper.sh",
        "kyverno.io",
        "mutations.gatekeeper.sh",
        "policies.kyverno.io",
        "templates.gatekeeper.sh",
        "test.gatekeeper.sh",
        "chainsaw.kyverno.io",
        "kustomize.config.k8s.io",
    }
)
"""Groups whose objects only talk about pods: patterns and schemas, which make none."""


class Container(msgspec.Struct, frozen=True, eq=False):
    """A container and its place in the object that holds it."""

    role: Role
    path: Path
    """From the object's root: `("spec", "template", "spec", "containers", 0)`."""
    raw: dict[str, Any]
    """As typed by the API: nulls are absent, reading an ill-typed field raises `IllTypedField`."""
    pod: "PodView"

    @property
    def security(self) -> dict[str, Any]:
        """The container's own `securityContext`; empty where there is none."""
        security: dict[str, Any] = self.raw.get("securityContext", {})
        return security

    @property
    def name(self) -> str:
        """The container's name, or its place, such as `containers[0]`, where it has none."""
        name: str = self.raw.get("name", "")
        return name or f"{self.path[-2]}[{self.path[-1]}]"


class PodView(msgspec.Struct, frozen=True, eq=False, dict=True):
    """The pod that an object is or makes."""

    resource: Resource
    path: Path
    """From the object's root to the template; `()` for a Pod."""
    template: dict[str, Any]
    """`metadata` and `spec`, as typed by the API; empty where `broken`."""
    problems: tuple[IllTyped, ...] = ()
    """Each ill-typed field, once."""
    broken: IllTyped | None = None
    """The field that keeps the pod from being read at all."""

    @property
    def spec(self) -> dict[str, Any]:
        """The pod's spec. Raises IllTypedField where it cannot be read."""
        if self.broken is not None:
            raise IllTypedField(self.broken)
        spec: dict[str, Any] = self.template["spec"]
        return spec

    @property
    def spec_path(self) -> Path:
        """From the object's root to the pod's spec."""
        return (*self.path, "spec")

    @property
    def metadata(self) -> dict[str, Any]:
        """The pod's own metadata: labels and annotations of the template."""
        if self.broken is not None:
            raise IllTypedField(self.broken)
        metadata: dict[str, Any] = self.template.get("metadata", {})
        return metadata

    @property
    def security(self) -> dict[str, Any]:
        """The pod's `securityContext`; empty where there is none."""
        security: dict[str, Any] = self.spec.get("securityContext", {})
        return security

    @property
    def containers(self) -> tuple[Container, ...]:
        """Every container: init and sidecar, regular, ephemeral. The only way to reach them."""
        cached: tuple[Container, ...] | None = self.__dict__.get("_containers")
        if cached is None:
            cached = self.__dict__["_containers"] = tuple(self._walk())
        return cached

    @property
    def windows(self) -> bool:
        """Whether the pod says that it runs on Windows."""
        return bool(self.spec.get("os", {}).get("name") == "windows")

    def _walk(self) -> Iterator[Container]:
        spec, start = self.spec, self.spec_path
        for field in ("initContainers", "containers", "ephemeralContainers"):
            for index, raw in enumerate(spec.get(field, ())):
                yield Container(_role(field, raw), (*start, field, index), raw, self)


def _role(field: str, raw: dict[str, Any]) -> Role:
    if field == "containers":
        return "regular"
    if field == "ephemeralContainers":
        return "ephemeral"
    # Past the guard: an ill-typed policy is told where it stands, and hides no other container.
    return "sidecar" if dict.get(raw, "restartPolicy") == "Always" else "init"


def pod_views(resource: Resource) -> tuple[PodView, ...]:
    """The pods that `resource` is or makes; empty for an object that makes none.

    A custom kind may carry several templates (a launcher and its workers): each is one view.
    """
    known = TEMPLATES.get(resource.group_kind)
    if known is not None:
        if get(resource.raw, known) is None and resource.group_kind in OPTIONAL_TEMPLATE:
            return ()
        return (_view(resource, known),)
    if resource.outline or resource.group in QUOTING_GROUPS:
        return ()
    if _is_template(resource.raw, named=False):
        return (_view(resource, ()),)
    return tuple(_view(resource, path) for path in _templates(resource.raw, ()))


def _view(resource: Resource, path: Path) -> PodView:
    problems: list[IllTyped] = []
    try:
        template = conform(_reach(resource.raw, path, problems), POD_TEMPLATE, path, problems)
        if template.get("spec") is None:
            problem = IllTyped((*path, "spec"), "a pod's spec", "nothing")
            return PodView(resource, path, {}, (*problems, problem), problem)
    except IllTypedField as error:
        return PodView(resource, path, {}, tuple(problems), error.problem)
    return PodView(resource, path, template, tuple(problems))


def _reach(raw: Any, path: Path, problems: list[IllTyped]) -> Any:
    """The value at `path`; what stands in the way is a problem, and so is nothing at all."""
    node = raw
    for depth, step in enumerate(path, 1):
        node = node[step] if isinstance(step, int) else node.get(step)
        leads_on = depth < len(path) and isinstance(path[depth], int)  # into a list, where a template was seen
        if not isinstance(node, list if leads_on else dict):
            problem = IllTyped(path[:depth], "a mapping", found(node))
            problems.append(problem)
            raise IllTypedField(problem)
    return node


def _templates(node: Any, path: Path) -> Iterator[Path]:
    """Places that look like a pod template. The reader bounds how deep a document nests."""
    if isinstance(node, dict):
        entries: Iterable[tuple[str | int, Any]] = node.items()
        named = False
    else:
        entries = enumerate(node)
        named = bool(path) and _is_named(path[-1])
    for key, item in entries:
        if isinstance(item, dict) and _is_template(item, named=named or _is_named(key)):
            yield (*path, key)
        elif isinstance(item, dict | list):
            yield from _templates(item, (*path, key))


def _is_named(key: str | int) -> bool:
    return isinstance(key, str) and "template" in key.lower()


def _is_template(node: dict[str, Any], *, named: bool) -> bool:
    """Whether it has containers: under a key named after templates by name or image, elsewhere by image."""
    containers = get(node, ("spec", "containers"))
    marks = ("image", "name") if named else ("image",)
    return isinstance(containers, list) and any(
        isinstance(item, dict) and isinstance(item.get(mark), str) for item in containers for mark in marks
    )
