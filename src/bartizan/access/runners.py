"""Which scanned workloads hold the token of which ServiceAccount."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import msgspec

from bartizan.access.reading import ANYWHERE
from bartizan.model.resource import Resource, Subject
from bartizan.model.review import Glance, Lookups
from bartizan.model.shape import ANY, FLAG, TEXT, Fields, IllTypedField, ListOf, conform
from bartizan.model.workload import OPTIONAL_TEMPLATE, TEMPLATES

_SPEC = Fields(
    {
        "automountServiceAccountToken": FLAG,
        "serviceAccount": TEXT,
        "serviceAccountName": TEXT,
        "volumes": ListOf(
            Fields({"projected": Fields({"sources": ListOf(Fields({"serviceAccountToken": ANY}))})})
        ),
    }
)
_ACCOUNT = Fields({"automountServiceAccountToken": FLAG})


class Runs(msgspec.Struct, frozen=True, array_like=True):
    """As whom the pods of a workload run."""

    account: str = ""
    mounts: bool | None = None
    """Whether they ask for the account's token, or say that they want none."""
    projects: bool = False
    """Whether a volume of theirs brings a token whatever `mounts` says."""
    broken: str = ""
    """Why that cannot be told."""


class Runners:
    """The workloads among the scanned objects, by the account that they run as."""

    def __init__(self) -> None:
        self._of: defaultdict[tuple[str, str], list[Subject]] = defaultdict(list)
        self._by_name: defaultdict[str, list[Subject]] = defaultdict(list)
        self.broken: dict[str, str] = {}
        """By namespace, why the account of some workload there cannot be told."""

    def add(self, workload: Subject, account: str) -> None:
        """A workload that runs as an account of its namespace."""
        self._of[workload.namespace, account].append(workload)
        self._by_name[account].append(workload)

    def running_as(self, namespace: str, account: str) -> list[Subject]:
        """Those that run as an account; where a namespace is not written, on either side, its name decides."""
        if namespace in ("", ANYWHERE):
            return self._by_name.get(account, [])
        return [*self._of.get((namespace, account), ()), *self._of.get(("", account), ())]


def runners(lookups: Lookups) -> Runners:
    """For `Lookups.derive`."""
    found, switched = Runners(), _switched_off(lookups.objects("", "ServiceAccount"))
    for kind in TEMPLATES:
        for workload, runs in lookups.glance(kind.group, kind.kind, RUNS):
            mounts = (workload.namespace, runs.account) not in switched if runs.mounts is None else runs.mounts
            if runs.broken:
                found.broken.setdefault(workload.namespace, runs.broken)
            elif runs.account and (mounts or runs.projects):
                found.add(workload, runs.account)
    return found


def _runs(workload: Resource) -> Runs:
    try:
        spec = _spec(workload)
        if not spec and workload.group_kind in OPTIONAL_TEMPLATE:
            return Runs()
        account: str = spec.get("serviceAccountName") or spec.get("serviceAccount") or "default"
        return Runs(account, spec.get("automountServiceAccountToken"), _asks_for_token(spec))
    except IllTypedField as error:
        return Runs(broken=f"{workload.subject.title} cannot be read: {error}")


RUNS = Glance("runs", _runs, Runs)


def _spec(workload: Resource) -> dict[str, Any]:
    """The typed part of the pod's spec that tells of accounts."""
    path, shape = TEMPLATES[workload.group_kind], _SPEC
    for step in reversed((*path, "spec")):
        shape = Fields({str(step): shape})
    spec: dict[str, Any] = conform(workload.raw, shape, (), [])
    for step in (*path, "spec"):
        spec = spec.get(str(step), {})
    return spec


def _asks_for_token(spec: dict[str, Any]) -> bool:
    return any(
        source.get("serviceAccountToken") is not None
        for volume in spec.get("volumes", ())
        for source in volume.get("projected", {}).get("sources", ())
    )


def _switched_off(accounts: Iterable[Resource]) -> frozenset[tuple[str, str]]:
    """The accounts that keep their token from pods; one that cannot be read is taken to give it."""
    off: set[tuple[str, str]] = set()
    for account in accounts:
        try:
            if conform(account.raw, _ACCOUNT, (), []).get("automountServiceAccountToken") is False:
                off.add((account.namespace, account.name))
        except IllTypedField:
            continue
    return frozenset(off)
