"""The four kinds of case that every check has, in the words of its own test module.

A test module of a check has a value `CASES`; `test_every_check.py` runs it: over every kind of workload for
checks of containers and pods, and as it stands for checks of objects.

- a check of containers: each case is the fields of one container, laid over a minimal one;
- a check of pods: each case is the fields of a pod's spec, laid over a minimal one; a key `metadata` is the
  pod's own metadata, a key `namespace` the namespace of the object that makes it;
- a check of objects: each case is a whole object, or a list of objects of which the first is judged and the
  others can be looked up; or a resource as it was read from a text, for a check that judges its writing.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from bartizan.model.resource import Resource

Case = dict[str, Any] | list[dict[str, Any]] | Resource


class Cases(msgspec.Struct, frozen=True, kw_only=True):
    """What a check must say of what."""

    passes: Sequence[Case]
    """No finding."""
    fails: Sequence[Case]
    """At least one finding, of this check."""
    absent: Case
    """The field (or the object looked up) that it is about is not there."""
    absent_fails: bool
    """Whether that is a finding."""
    ill_typed: Sequence[Case]
    """The field has another type than the API wants: the verdict is `error`, never `pass`."""
    reads_fields: bool = True
    """False for a check that judges the writing alone: there is no type that could be wrong."""
    params: dict[str, Any] = {}
    """Parameters under which all of this holds."""
    beside: Sequence[dict[str, Any]] = ()
    """Whole objects that can be looked up in every case."""
    leaves_out: frozenset[str] = frozenset()
    """Kinds of workload, such as `Job`, in which it finds nothing by design: they must pass every failing case."""
