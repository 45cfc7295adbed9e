"""An exception: a named owner accepts a named risk on named objects, for a reason, until a day."""

from datetime import date
from typing import Any, Literal

import msgspec

API_VERSION = "bartizan.dev/v1alpha1"


class _Spec(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    pass


class Target(_Spec, frozen=True):
    """What is accepted: exactly one of these."""

    check: str = ""
    policy: str = ""
    vulnerability: str = ""
    control: str = ""
    mandate: str = ""


class SubjectMatch(_Spec, frozen=True):
    """The objects it is accepted on; `*` stands for any run of characters, an empty field for anything."""

    api_version: str = ""
    kind: str = ""
    namespace: str = ""
    name: str = ""
    container: str = ""


class Allow(_Spec, frozen=True):
    """The one thing that is allowed; without it, whatever the target says about the subjects."""

    path: str = ""
    """As findings print it, list items by name: `spec.template.spec.containers[web].securityContext`."""
    value: Any = msgspec.UNSET
    purl: str = ""
    image: str = ""


class ExceptionSpec(_Spec, frozen=True, kw_only=True):
    """Who accepts what, where, why and until when."""

    target: Target
    subjects: tuple[SubjectMatch, ...] = ()
    allow: Allow = Allow()
    owner: str
    reason: str
    until: date


class ExceptionMetadata(msgspec.Struct, frozen=True):
    """The name, by which reports call it."""

    name: str
    namespace: str = ""


class ExceptionDocument(msgspec.Struct, frozen=True, rename="camel"):
    """The file under `.bartizan/exceptions/`, and the same document as a custom resource."""

    api_version: Literal["bartizan.dev/v1alpha1"]
    kind: Literal["Exception"]
    metadata: ExceptionMetadata
    spec: ExceptionSpec


class ExceptionEntry(msgspec.Struct, frozen=True):
    """An exception and the file that holds it."""

    document: ExceptionDocument
    file: str
    line: int = 1

    @property
    def name(self) -> str:
        """As reports call it."""
        return self.document.metadata.name

    @property
    def spec(self) -> ExceptionSpec:
        """What it says."""
        return self.document.spec


class ExceptionUse(msgspec.Struct, frozen=True):
    """What an exception did in one evaluation."""

    entry: ExceptionEntry
    suppressed: int
    """Findings it hid."""
    matched: int
    """Findings it fits, whether it still holds or not."""
    judged: int
    """Findings of its target: all it could ever hide."""
    at: date
