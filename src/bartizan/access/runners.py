"""Which scanned workloads hold the token of which ServiceAccount."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from bartizan.access.reading import ANYWHERE
from bartizan.model.resource import Resource
from bartizan.model.review import Lookups
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


class Runners:
    """The workloads among the scanned objects, by the account that they run as."""

    def __init__(self) -> None:
        self._of: defaultdict[tuple[str, str], list[Resource]] = defaultdict(list)
        self._by_name: defaultdict[str, list[Resource]] = defaultdict(list)
        self.broken: dict[str, str] = {}
        """By namespace, why the account of some workload there cannot be told."""

    def add(self, workload: Resource, account: str) -> None:
        """A workload that runs as an account of its namespace."""
        self._of[workload.namespace, account].append(workload)
        self._by_name[account].append(workload)

    def running_as(self, namespace: str, account: str) -> list[Resource]:
        """Those that run as an account; where a namespace is not written, on either side, its name decides."""
        if namespace in ("", ANYWHERE):
            return self._by_name.get(account, [])
        return [*self._of.get((namespace, account), ()), *self._of.get(("", account), ())]


def runners(lookups: Lookups) -> Runners:
    """For `Lookups.derive`."""
    found, switched = Runners(), _switched_off(lookups.objects("", "ServiceAccount"))
    for kind, path in TEMPLATES.items():
        for workload in lookups.objects(kind.group, kind.kind):
            try:
                account = _account(workload, path, switched)
            except IllTypedField as error:
                why = f"{workload.subject.title} cannot be read: {error}"
                found.broken.setdefault(workload.namespace, why)
            else:
                if account:
                    found.add(workload, account)
    return found


def _account(workload: Resource, path: tuple[str | int, ...], switched: frozenset[tuple[str, str]]) -> str:
    """The account whose token the workload's pods hold; empty for none."""
    shape, spec = _SPEC, None
    for step in reversed((*path, "spec")):
        shape = Fields({str(step): shape})
    spec = conform(workload.raw, shape, (), [])
    for step in (*path, "spec"):
        spec = spec.get(step, {})
    if not spec and workload.group_kind in OPTIONAL_TEMPLATE:
        return ""
    account: str = spec.get("serviceAccountName") or spec.get("serviceAccount") or "default"
    mounts = spec.get("automountServiceAccountToken")
    if mounts is None:
        mounts = (workload.namespace, account) not in switched
    return account if mounts or _asks_for_token(spec) else ""


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
