"""Annotation holds a credential.

Annotations are part of every listing, and whoever may read an object reads them: tools, dashboards and logs
copy them along. `kubectl apply` keeps the whole file in one, so that a Secret applied with it stands
there a second time, and stays when its data is taken out of reach.

**Looks at** the annotations of every object, and of the pods that it makes. A value with the form of a well-known
credential weighs `high`; so does `last-applied-configuration` of a Secret that quotes its data, in files as
in clusters. One whose name says password and whose value is a literal weighs `medium`. No value is shown.

**Instead** keep it in a Secret, and change the credential. A Secret is best applied on the server's side, which
keeps no copy:

```shell
kubectl apply --server-side -f secret.yaml
```

**Misses** credentials without a known form whose annotation is not called a password. What `kubectl` keeps of
other kinds is not searched: it repeats the object, which other checks look at. Only the first 256 KiB of a value
are searched; where nothing was found in them the verdict is `skip`, not a pass.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from bartizan.checks.check import CannotTell, Check, Context, Fault
from bartizan.model.path import Path, get
from bartizan.model.resource import GroupKind, Resource
from bartizan.model.shape import TEXT_MAP, Fields, conform
from bartizan.model.workload import TEMPLATES
from bartizan.secrets.names import is_password_name, weigh
from bartizan.secrets.patterns import LIMIT, search

_ANNOTATED = Fields({"annotations": TEXT_MAP})
_LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
_SECRET = GroupKind("", "Secret")
_REMEDY = "keep it in a Secret, and change it, for it is known now"


def _find(resource: Resource, _context: Context) -> Iterable[Fault]:
    cut = ""
    for path, value in _annotations(resource):
        name = str(path[-1])
        if name == _LAST_APPLIED:
            if resource.group_kind == _SECRET and _quotes_data(value):
                yield _copy(path)
            continue
        seen = search(value)
        if seen.found:
            what = " and ".join(detector.what for detector in seen.found)
            yield Fault(path, f"annotation `{name}` holds what has the form of {what}: {_REMEDY}", secret=True)
        elif is_password_name(name) and weigh(name, value) == "literal":
            message = f"annotation `{name}` is called like a password and holds a literal: {_REMEDY}"
            yield Fault(path, message, severity="medium", confidence="medium", secret=True)
        elif seen.cut:
            cut = cut or name
    if cut:
        raise CannotTell(f"only the first {LIMIT >> 10} KiB of `{cut}` were searched", "not-evaluable-here")


def _annotations(resource: Resource) -> Iterator[tuple[Path, str]]:
    """Of the object, and of the template of its pods where it is another's."""
    template = TEMPLATES.get(resource.group_kind, ())
    for path in dict.fromkeys((("metadata",), (*template, "metadata"))):
        metadata: Any = get(resource.raw, path)
        if isinstance(metadata, dict) and metadata.get("annotations") is None:
            continue
        if metadata is not None:
            for name, value in conform(metadata, _ANNOTATED, path, []).get("annotations", {}).items():
                yield (*path, "annotations", name), value


def _quotes_data(text: str) -> bool:
    """Whether the copy holds data of the Secret. A copy that cannot be read may."""
    try:
        kept = msgspec.json.decode(text)
    except msgspec.DecodeError:
        return bool(text.strip())
    return isinstance(kept, dict) and any(kept.get(field) for field in ("data", "stringData"))


def _copy(path: Path) -> Fault:
    return Fault(
        path,
        f"annotation `{_LAST_APPLIED}` repeats the data of the Secret: delete the annotation, and use "
        "`kubectl apply --server-side` from now on",
        secret=True,
    )


check = Check(
    id="credential-in-annotation",
    judges="object",
    severity="high",
    confidence="high",
    find=_find,
    references=("https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/",),
)
