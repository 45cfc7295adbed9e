"""Kinds of workload whose objects people write."""

from bartizan.model.path import Path, get
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import TEXT_MAP, Fields
from bartizan.model.workload import OPTIONAL_TEMPLATE, TEMPLATES

WRITTEN: dict[GroupKind, Path] = {
    kind: path for kind, path in TEMPLATES.items() if kind != GroupKind("serving.knative.dev", "Revision")
}
"""Each with the place of its template."""

LABELLED = Fields({"annotations": TEXT_MAP, "labels": TEXT_MAP})
"""Metadata, as far as checks of labels read it."""


def is_written_elsewhere(workload: Resource) -> bool:
    """Whether another object holds the template: a Rollout may name a Deployment in its place."""
    kind = workload.group_kind
    return kind in OPTIONAL_TEMPLATE and get(workload.raw, TEMPLATES[kind]) is None


def at_template(path: Path, template: Fields, **fields: Fields) -> Fields:
    """The shape of an object whose template stands at `path`, with further fields at its root."""
    for step in reversed(path[1:]):
        template = Fields({str(step): template})
    return Fields({**fields, str(path[0]): template}) if path else Fields({**template.fields, **fields})
