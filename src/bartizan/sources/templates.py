"""Template actions that a parsed document still holds: what it makes is not what it says.

Most text with braces is no template: alerts, dashboards and policies carry actions of their own. What counts is
a Helm action in a field that the API server would read, not in text that an object carries for others.
"""

import re
from typing import Any

from bartizan.model.path import Path

_ACTION = re.compile(
    r"""\{\{[^{}]*?(?<![\w.)])(?:\$?\.(?:Values|Release|Chart|Capabilities)\b|(?:include|template)\s+["`])"""
)
_FREE_TEXT = frozenset({"data", "stringData", "binaryData", "annotations", "description"})
"""Fields that carry text for others, at any depth."""

_OF_THEIR_OWN = frozenset(
    {
        ("argoproj.io", "Application"),
        ("argoproj.io", "ApplicationSet"),
        ("external-secrets.io", "ClusterExternalSecret"),
        ("external-secrets.io", "ExternalSecret"),
        ("external-secrets.io", "PushSecret"),
        ("helm.cattle.io", "HelmChart"),
        ("helm.cattle.io", "HelmChartConfig"),
        ("helm.toolkit.fluxcd.io", "HelmRelease"),
        ("kyverno.io", "ClusterPolicy"),
        ("kyverno.io", "Policy"),
        ("monitoring.coreos.com", "AlertmanagerConfig"),
        ("operator.victoriametrics.com", "VMAlertmanagerConfig"),
    }
)
"""Kinds whose controllers render templates. None makes pods itself: an Argo Workflow does, and its own
expressions (`{{inputs.parameters.x}}`) look like no Helm action."""


def has_action(text: str) -> bool:
    """Whether there is a Helm action in a text."""
    return _ACTION.search(text) is not None


def template_action(value: dict[str, Any]) -> Path | None:
    """Where the first Helm action of an object stands: in a key, or in a value of one line.

    The items of a list are left to be asked one by one, and so is a mapping that is not even half an object:
    it is counted and never applied.
    """
    api_version, kind = value.get("apiVersion"), value.get("kind")
    if (str(api_version).rpartition("/")[0], kind if isinstance(kind, str) else "") in _OF_THEIR_OWN:
        return None
    own = {key: item for key, item in value.items() if key != "items" or not isinstance(item, list)}
    return _in_mapping(own, ())


def _in_mapping(value: dict[str, Any], path: Path) -> Path | None:
    for key, item in value.items():
        place = (*path, key)
        if has_action(key):
            return place
        found = None if key in _FREE_TEXT else _in_value(item, place)
        if found is not None:
            return found
    return None


def _in_value(value: Any, path: Path) -> Path | None:
    if isinstance(value, str):
        return path if "{{" in value and "\n" not in value and has_action(value) else None
    if isinstance(value, dict):
        return _in_mapping(value, path)
    if isinstance(value, list):
        places = (_in_value(item, (*path, index)) for index, item in enumerate(value))
        return next((place for place in places if place is not None), None)
    return None
