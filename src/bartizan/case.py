"""A review before its judges: its subject and pods, and how a fault found in it is told."""

from functools import cached_property

import msgspec

from bartizan.checks.check import Check, Fault
from bartizan.model.finding import Finding, Location, Persona, Severity
from bartizan.model.fingerprint import fingerprint
from bartizan.model.path import Path, Place, below
from bartizan.model.path_text import render_path
from bartizan.model.resource import GroupKind, Resource, Subject
from bartizan.model.review import Review
from bartizan.model.shape import IllTyped, IllTypedField
from bartizan.model.unknown import Unknown
from bartizan.model.user_info import shown, without_user
from bartizan.model.workload import TEMPLATES, Container, PodView, pod_views


class Weight(msgspec.Struct, frozen=True, eq=False):
    """What a judge gives to all its findings."""

    check: Check
    severity: Severity | None
    """Replaces every severity that the check would give."""
    persona: Persona

    def finding(
        self,
        fault: Fault,
        subject: Subject,
        location: Location,
        keyed_path: str = "",
        owner: Subject | None = None,
    ) -> Finding:
        """A fault as a finding of `subject`; its identity is that of `owner`, or of the subject itself."""
        check = self.check
        return Finding(
            check=check.id,
            subject=subject,
            severity=self.severity or fault.severity or check.severity,
            confidence=fault.confidence or check.confidence,
            persona=self.persona,
            message=without_user(fault.message),
            location=location,
            path=fault.path,
            keyed_path=keyed_path,
            evidence=fault.evidence,
            fix=fault.fix,
            fingerprint=fingerprint(check.id, owner or subject, keyed_path, fault.evidence),
        )


class Case:
    """One review. What the judges share is made once: the views of its pods."""

    def __init__(self, review: Review) -> None:
        self.review = review
        self.resource: Resource = review.object
        self.pods: tuple[PodView, ...] = pod_views(review.object)
        self.subject: Subject = review.owner or review.object.subject
        self._spec_paths = frozenset(pod.spec_path for pod in self.pods)
        self.hidden: list[IllTypedField] = []
        """Why the containers of a pod cannot be read; complete once `containers` was asked for."""
        self._contained: dict[str, Subject] = {}
        self._places: dict[Path, Place] = {(): ("", review.object.raw)}

    @cached_property
    def containers(self) -> tuple[Container, ...]:
        """Every container of every pod that can be read."""
        found: list[Container] = []
        for pod in self.pods:
            try:
                found.extend(pod.containers)
            except IllTypedField as error:
                self.hidden.append(error.with_traceback(None))
        return tuple(found)

    def close(self) -> None:
        """Let go of the pods: they and their containers hold each other, and a short run collects no cycles."""
        for pod in self.pods:
            pod.__dict__.clear()
        self.__dict__.pop("containers", None)

    def finding(self, weight: Weight, fault: Fault) -> Finding:
        """A fault of the object, with its place, its identity and the container that holds it."""
        told = weight.finding(
            fault,
            self._subject(fault),
            self.locate(fault.path),
            self._identity_path(fault),
            self.subject,
        )
        value = None if fault.secret else self._place(fault.path)[1]
        if isinstance(value, str):
            value = shown(fault.path[-1] if fault.path else "", value)
        if isinstance(value, str | int | float | bool):
            told = msgspec.structs.replace(told, value=value)
        if self.review.owner is not None and self.resource.origin.kind == "file":
            told = msgspec.structs.replace(told, claimed=True)
        return told

    def _subject(self, fault: Fault) -> Subject:
        name = fault.container or self._container_at(fault.path)
        if not name:
            return self.subject
        subject = self._contained.get(name)
        if subject is None:
            subject = self._contained[name] = msgspec.structs.replace(self.subject, container=name)
        return subject

    def _container_at(self, path: Path) -> str:
        """The name of the container that holds `path`."""
        for depth in range(len(path) - 1):
            if "ontainers" in str(path[depth]) and path[:depth] in self._spec_paths:
                container = self._place(path[: depth + 2])[1]
                name = container.get("name") if isinstance(container, dict) else None
                return name if isinstance(name, str) else ""
        return ""

    def _identity_path(self, fault: Fault) -> str:
        """The keyed path; for an object that a controller made, as if it stood in the owner's template."""
        path = fault.path
        text = self._place(path)[0]
        if fault.secret and path and isinstance(path[-1], int):  # an item without a name is keyed by what it says
            text = f"{self._place(path[:-1])[0]}[#{path[-1]}]"
        owner = self.review.owner
        if owner is None or not self.pods:
            return text
        start = self.pods[0].path
        if path[: len(start) + 1] not in ((*start, "metadata"), (*start, "spec")):
            return text
        template = TEMPLATES.get(GroupKind(owner.api_version.rpartition("/")[0], owner.kind), start)
        inside = text.removeprefix(self._place(start)[0]).removeprefix(".")
        return ".".join((*map(str, template), inside))

    def _place(self, path: Path) -> Place:
        """The keyed path and the value there. Findings of one object share most of their way: it is kept."""
        place = self._places.get(path)
        if place is None:
            place = self._places[path] = below(self._place(path[:-1]), path[-1])
        return place

    def locate(self, path: Path) -> Location:
        """Where `path`, or its deepest written part, stands in the object's file."""
        span = self.resource.span(path)
        file = self.resource.origin.file
        if span is None:
            return Location(file)
        return Location(file, span.line, span.column, span.end_line, span.end_column)

    def ill_typed(self, problem: IllTyped) -> Unknown:
        """A field that no check could read."""
        message = (
            f"`{render_path(problem.path)}` should be {problem.wanted} but is {problem.found}: "
            "the API server would refuse it, and checks that need it could not judge"
        )
        return self._unknown("ill-typed-field", message, problem.path, self.resource.subject)

    def not_judged(self, code: str, message: str) -> Unknown:
        """A judge that failed on the object."""
        return self._unknown(code, message, (), self.subject)

    def _unknown(self, code: str, message: str, path: Path, subject: Subject) -> Unknown:
        place = self.locate(path)
        return Unknown(
            file=place.file,
            line=place.line,
            column=place.column,
            code=code,
            message=message,
            subject=subject.title,
        )
