"""The pods of the scanned objects, found by namespace and labels."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from bartizan.model.path import Path
from bartizan.model.resource import Resource
from bartizan.model.review import Lookups
from bartizan.model.selector import LabelIndex
from bartizan.model.shape import TEXT, TEXT_MAP, WHOLE, Fields, IllTypedField, ListOf, conform
from bartizan.model.workload import OPTIONAL_TEMPLATE, TEMPLATES

ADDED_LABELS = frozenset(
    {
        "apps.kubernetes.io/pod-index",
        "batch.kubernetes.io/controller-uid",
        "batch.kubernetes.io/job-completion-index",
        "batch.kubernetes.io/job-name",
        "controller-revision-hash",
        "controller-uid",
        "job-name",
        "pod-template-generation",
        "pod-template-hash",
        "serving.knative.dev/configuration",
        "serving.knative.dev/revision",
        "serving.knative.dev/service",
        "statefulset.kubernetes.io/pod-name",
    }
)
"""Labels that controllers add to the pods they make, so that no template carries them."""

_OPERATORS = frozenset(
    {
        "cnpg.io",
        "common.k8s.elastic.co",
        "elasticsearch.k8s.elastic.co",
        "gateway.networking.k8s.io",
        "jobset.sigs.k8s.io",
        "kubevirt.io",
        "leaderworkerset.sigs.k8s.io",
        "operator.prometheus.io",
        "postgres-operator.crunchydata.com",
        "ray.io",
        "strimzi.io",
        "training.kubeflow.org",
        "vm.kubevirt.io",
    }
)
"""Prefixes of labels by which operators mark the pods that they make from objects of their own."""
_CONTAINERS = ListOf(Fields({"ports": ListOf(Fields({"containerPort": WHOLE, "name": TEXT, "protocol": TEXT}))}))
_POD = Fields(
    {
        "metadata": Fields({"labels": TEXT_MAP}),
        "spec": Fields({"containers": _CONTAINERS, "initContainers": _CONTAINERS}),
    }
)

Port = tuple[str | int, str]
"""A port's name or number, with its protocol."""


class ScannedPod(msgspec.Struct, frozen=True, eq=False):
    """The pod that a scanned object is or makes."""

    resource: Resource
    path: Path
    """From the object's root to the template; `()` for a Pod."""
    template: dict[str, Any]

    @property
    def labels(self) -> dict[str, str]:
        """The pod's own labels."""
        labels: dict[str, str] = self.template.get("metadata", {}).get("labels", {})
        return labels

    def ports(self) -> Iterator[Port]:
        """What its containers declare, each port by number and, where it has one, by name."""
        spec = self.template.get("spec", {})
        for field in ("containers", "initContainers"):
            for container in spec.get(field, ()):
                for port in container.get("ports", ()):
                    protocol = port.get("protocol", "TCP")
                    yield from ((port[key], protocol) for key in ("containerPort", "name") if key in port)


class Ports(msgspec.Struct, frozen=True, eq=False):
    """What some pods declare together."""

    declared: frozenset[Port]
    complete: bool
    """Whether each of the pods declares something."""
    pods: int


class ScannedPods:
    """Every pod of the scanned objects whose kind is known."""

    def __init__(self, pods: Iterable[ScannedPod], broken: dict[str, str]) -> None:
        """`broken` says by namespace why some pod there cannot be read."""
        self.broken = broken
        everywhere: list[tuple[dict[str, str], ScannedPod]] = []
        spaces: defaultdict[str, list[tuple[dict[str, str], ScannedPod]]] = defaultdict(list)
        for pod in pods:
            spaces[pod.resource.namespace].append((pod.labels, pod))
            everywhere.append((pod.labels, pod))
        self._everywhere = LabelIndex(everywhere)
        self._spaces = {space: LabelIndex(entries) for space, entries in spaces.items()}
        self._served: dict[tuple[str, frozenset[tuple[str, str]]], Ports] = {}

    def known(self, namespace: str) -> bool:
        """Whether any pod of the namespace was scanned."""
        return namespace in self._spaces or namespace in self.broken

    def selected(self, namespace: str, selector: dict[str, Any]) -> Iterator[ScannedPod]:
        """The pods of a namespace that a label selector selects, whatever it says of labels that are added later.

        Charts write the namespace into some of their objects only: where it is not written, on either side, and no
        pod of the very namespace fits, those of the other side do.
        """
        wanted, found = written(selector), False
        for pod in self._selected(namespace, wanted):
            found = True
            yield pod
        if not found:
            yield from self._selected("", wanted) if namespace else self._everywhere.selected(wanted)

    def _selected(self, namespace: str, selector: dict[str, Any]) -> Iterator[ScannedPod]:
        index = self._spaces.get(namespace)
        return iter(()) if index is None else index.selected(selector)

    def served(self, namespace: str, labels: dict[str, str]) -> Ports:
        """What the pods with all of these labels declare."""
        key = namespace, frozenset(labels.items())
        if key not in self._served:
            each = [set(pod.ports()) for pod in self.selected(namespace, {"matchLabels": labels})]
            self._served[key] = Ports(frozenset().union(*each), all(each), len(each))
        return self._served[key]


def written(selector: dict[str, Any]) -> dict[str, Any]:
    """The selector without what it says of labels that controllers add."""
    labels = selector.get("matchLabels", {})
    expressions = selector.get("matchExpressions", ())
    if ADDED_LABELS.isdisjoint(labels) and all(item.get("key") not in ADDED_LABELS for item in expressions):
        return selector
    return {
        "matchLabels": {key: value for key, value in labels.items() if key not in ADDED_LABELS},
        "matchExpressions": [item for item in expressions if item.get("key") not in ADDED_LABELS],
    }


def made_by_an_operator(selector: dict[str, Any]) -> bool:
    """Whether the selector asks for pods that no template is written for."""
    keys = [
        *selector.get("matchLabels", {}),
        *(item.get("key", "") for item in selector.get("matchExpressions", ())),
    ]
    return any(key.partition("/")[0] in _OPERATORS for key in keys)


def scanned_pods(lookups: Lookups) -> ScannedPods:
    """For `Lookups.derive`."""
    pods: list[ScannedPod] = []
    broken: dict[str, str] = {}
    for kind, path in TEMPLATES.items():
        for resource in lookups.objects(kind.group, kind.kind):
            try:
                template = _template(resource, path)
            except IllTypedField as error:
                broken.setdefault(resource.namespace, f"{resource.kind} `{resource.name}` cannot be read: {error}")
                continue
            if template is not None:
                pods.append(ScannedPod(resource, path, template))
    return ScannedPods(pods, broken)


def _template(resource: Resource, path: Path) -> dict[str, Any] | None:
    """The template with labels that can be read; None where it may be absent and is."""
    shape = _POD
    for step in reversed(path):
        shape = Fields({str(step): shape})
    node = conform(resource.raw, shape, (), [])
    for step in path:
        node = node.get(step, {})
    if not node and resource.group_kind in OPTIONAL_TEMPLATE:
        return None
    dict(node.get("metadata", {}).get("labels", {}))
    template: dict[str, Any] = node
    return template
