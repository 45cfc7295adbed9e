"""Kubernetes objects out of the texts of files. What is no object is counted, what cannot be read is Unknown."""

import codecs
from collections import Counter
from pathlib import PurePosixPath
from typing import Any

import msgspec

from bartizan.documents.reader import Document, Problem, read
from bartizan.model.path import Path
from bartizan.model.resource import Duplicate, Origin, Resource
from bartizan.model.shape import found
from bartizan.model.unknown import Unknown
from bartizan.sources.blob import MAX_BYTES, Blob
from bartizan.sources.lists import beside_items, is_list
from bartizan.sources.templates import has_action, template_action

_LIST_DEPTH = 4
_UTF_16 = codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE
_BROKEN_BY_ACTIONS = frozenset({"syntax", "non-string-key", "value"})
_RENDER = "it is a Helm template: render it (`helm template`) and scan the output"
_PATCH = (
    "`$patch` says that this is a patch, and kubectl takes it for an object: take the field out, or name the file "
    "under `patches` of a kustomization that is scanned"
)


class FileReading(msgspec.Struct, frozen=True, eq=False):
    """What one file holds."""

    file: str
    resources: tuple[Resource, ...] = ()
    unknowns: tuple[Unknown, ...] = ()
    counts: dict[str, int] = {}
    """Documents that are no objects, by what they are."""
    kustomization: dict[str, Any] | None = None
    """The content of a kustomization: it is no object, and says which files are patches."""
    made: "FileReading | None" = None
    """What renderers made of the file, beside what it says itself."""


def read_manifest(blob: Blob, namespace: str = "") -> FileReading:
    """The objects of one file, in order.

    Args:
        namespace: For objects that name none (and are not known to be cluster-wide).
    """
    if len(blob.data) > MAX_BYTES:
        return FileReading(blob.file, unknowns=(_too_large(blob),))
    reading = read(blob.data)
    braces = b"{{" in blob.data or blob.data.startswith(_UTF_16)
    sorter = _Sorter(blob.file, namespace, braces=braces)
    lines = blob.data.splitlines() if braces and reading.problems else []
    for problem in reading.problems:
        line = lines[problem.line - 1] if problem.line <= len(lines) else b""
        broken = problem.code in _BROKEN_BY_ACTIONS and has_action(line.decode(errors="replace"))
        sorter.problem(problem, is_template=broken or problem.code == "template")
    for document in reading.documents:
        sorter.document(document)
    return FileReading(
        blob.file,
        tuple(sorter.resources),
        tuple(sorter.unknowns),
        dict(sorter.counts),
        sorter.kustomization,
    )


def _too_large(blob: Blob) -> Unknown:
    size, most = len(blob.data) >> 20, MAX_BYTES >> 20
    return Unknown(
        file=blob.file, code="too-large", message=f"{size} MiB, more than {most} MiB: split or exclude it"
    )


class _Sorter:
    """Sorts the documents of one file.

    Args:
        braces: Whether there is any `{{` in the text: only then template actions are looked for.
    """

    def __init__(self, file: str, namespace: str, *, braces: bool) -> None:
        self.file = file
        self.namespace = namespace
        self.braces = braces
        self.resources: list[Resource] = []
        self.unknowns: list[Unknown] = []
        self.counts: Counter[str] = Counter()
        self.kustomization: dict[str, Any] | None = None

    def problem(self, problem: Problem, *, is_template: bool) -> None:
        """An action inside of `{}` or quotes breaks a document as well, with a message about something else."""
        code, message = ("needs-rendering", _RENDER) if is_template else (problem.code, problem.message)
        self.unknowns.append(
            Unknown(file=self.file, line=problem.line, column=problem.column, code=code, message=message)
        )

    def document(self, document: Document) -> None:
        value = document.value
        if value is None:
            return
        if isinstance(value, dict) and _is_kustomization(self.file, value):
            self._kustomization(document, value)
        else:
            self._value(document, value, (), {}, 0)

    def _kustomization(self, document: Document, value: dict[str, Any]) -> None:
        """Kustomize takes one from a file. One with objects in `items` is a list for kubectl."""
        if self.kustomization is None:
            self.kustomization = value
        else:
            self._refuse(document, (), "a second kustomization in one file: give it a folder of its own")
        if self.braces and (place := template_action(value)) is not None:
            self._refuse(document, place, _RENDER, "needs-rendering")
        api_version, kind = value.get("apiVersion"), value.get("kind")
        if isinstance(api_version, str) and isinstance(kind, str) and is_list(value, kind):
            self._items(document, value, (), (api_version, kind), 0)

    def _value(self, document: Document, value: Any, path: Path, defaults: dict[str, str], depth: int) -> None:
        if not isinstance(value, dict):
            self._refuse_item(document, path, value) if path else self._count("not-kubernetes")
            return
        if self.braces and _is_meant(value, path) and (place := template_action(value)) is not None:
            self._refuse(document, (*path, *place), _RENDER, "needs-rendering")
            return
        api_version = value.get("apiVersion", defaults.get("apiVersion"))
        kind = value.get("kind", defaults.get("kind"))
        if api_version is None or kind is None:
            self._incomplete(document, value, path, kind)
        elif not (isinstance(api_version, str) and isinstance(kind, str) and api_version and kind):
            self._refuse(document, path, "apiVersion and kind must be strings that are not empty")
        elif is_list(value, kind):
            self._items(document, value, path, (api_version, kind), depth)
            if (own := beside_items(value)) is not None:
                self._object(document, own, path, api_version, kind)
        elif kind == "List":
            self._refuse(document, (*path, "items"), f"items should be a list but is {found(value['items'])}")
        else:
            self._object(document, value, path, api_version, kind)

    def _incomplete(self, document: Document, value: dict[str, Any], path: Path, kind: Any) -> None:
        """An object that misses half of its type is refused; a mapping of another kind is counted."""
        typed = isinstance(kind, str) or isinstance(value.get("apiVersion"), str)
        if path or (typed and isinstance(value.get("metadata"), dict)):
            missing = "apiVersion" if isinstance(kind, str) else "kind"
            self._refuse(document, path, f"it has no {missing}: the API server would refuse it")
        else:
            self._count("not-kubernetes")

    def _items(
        self, document: Document, value: dict[str, Any], path: Path, kind: tuple[str, str], depth: int
    ) -> None:
        if depth >= _LIST_DEPTH:
            self._refuse(document, path, f"lists are nested more than {_LIST_DEPTH} deep")
            return
        # The items of a typed list (PodList) may leave their own type out.
        item_kind = kind[1].removesuffix("List")
        defaults = {"apiVersion": kind[0], "kind": item_kind} if item_kind else {}
        for index, item in enumerate(value.get("items") or ()):
            self._value(document, item, (*path, "items", index), defaults, depth + 1)

    def _object(self, document: Document, value: dict[str, Any], path: Path, api_version: str, kind: str) -> None:
        if "$patch" in value:
            self._refuse(document, (*path, "$patch"), _PATCH)
            return
        metadata = value.get("metadata")
        if metadata is None:
            metadata = {}
        elif not isinstance(metadata, dict):
            self._refuse(document, (*path, "metadata"), f"metadata should be a mapping but is {found(metadata)}")
            return
        for field in ("name", "generateName", "namespace"):
            if not isinstance(metadata.get(field), str | None):
                place = (*path, "metadata", field)
                self._refuse(document, place, f"metadata.{field} should be a string; put it in quotes")
                return
        self.resources.append(
            Resource(
                raw=value,
                origin=Origin("file", self.file, document.index, path),
                api_version=api_version,
                kind=kind,
                name=_name(metadata),
                namespace=metadata.get("namespace") or self._default_namespace(api_version, kind),
                marks=document.marks,
                document=document.value,
                duplicates=_duplicates(document, path, value),
            )
        )

    def _default_namespace(self, api_version: str, kind: str) -> str:
        return "" if (api_version.rpartition("/")[0], kind) in CLUSTER_WIDE else self.namespace

    def _refuse_item(self, document: Document, path: Path, value: Any) -> None:
        self._refuse(document, path, f"an item of a list should be an object but is {found(value)}")

    def _refuse(self, document: Document, path: Path, message: str, code: str = "bad-object") -> None:
        span = document.marks.nearest(path, document.value) if document.marks else None
        self.unknowns.append(
            Unknown(
                file=self.file,
                line=span.line if span else 0,
                column=span.column if span else 0,
                code=code,
                message=message,
            )
        )

    def _count(self, what: str) -> None:
        self.counts[what] += 1


def _is_kustomization(file: str, value: dict[str, Any]) -> bool:
    """By its type, or by its file's name: both fields may be left out."""
    api_version = value.get("apiVersion")
    if isinstance(api_version, str) and api_version.startswith("kustomize.config.k8s.io/"):
        return True
    return "apiVersion" not in value and PurePosixPath(file).name in (
        "kustomization.yaml",
        "kustomization.yml",
    )


def _is_meant(value: dict[str, Any], path: Path) -> bool:
    """Whether somebody may have meant a mapping to be an object: a chart's values are none."""
    return bool(path) or "kind" in value or "apiVersion" in value or any("{{" in key for key in value)


def _name(metadata: dict[str, Any]) -> str:
    name: str = metadata.get("name") or ""
    return name or (f"{metadata['generateName']}*" if metadata.get("generateName") else "")


def _duplicates(document: Document, path: Path, value: dict[str, Any]) -> tuple[Duplicate, ...]:
    """Those of the object at `path` of its document, in the fields that belong to it."""
    if document.marks is None:
        return ()
    depth, place = len(path), document.marks.source.position
    return tuple(
        Duplicate(duplicate.path[depth:], place(duplicate.first)[0])
        for duplicate in document.duplicates
        if duplicate.path[:depth] == path and duplicate.path[depth] in value
    )


CLUSTER_WIDE = frozenset(
    {
        ("", "Namespace"),
        ("", "Node"),
        ("", "PersistentVolume"),
        ("admissionregistration.k8s.io", "MutatingWebhookConfiguration"),
        ("admissionregistration.k8s.io", "ValidatingAdmissionPolicy"),
        ("admissionregistration.k8s.io", "ValidatingAdmissionPolicyBinding"),
        ("admissionregistration.k8s.io", "ValidatingWebhookConfiguration"),
        ("apiextensions.k8s.io", "CustomResourceDefinition"),
        ("apiregistration.k8s.io", "APIService"),
        ("certificates.k8s.io", "CertificateSigningRequest"),
        ("networking.k8s.io", "IngressClass"),
        ("node.k8s.io", "RuntimeClass"),
        ("policy", "PodSecurityPolicy"),
        ("rbac.authorization.k8s.io", "ClusterRole"),
        ("rbac.authorization.k8s.io", "ClusterRoleBinding"),
        ("scheduling.k8s.io", "PriorityClass"),
        ("storage.k8s.io", "CSIDriver"),
        ("storage.k8s.io", "StorageClass"),
        ("storage.k8s.io", "VolumeAttachment"),
    }
)
"""Built-in kinds that live in no namespace."""
