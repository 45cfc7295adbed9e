"""Exception hides more than it needs.

An exception accepts one known risk. One without subjects, or whose subject names neither an object nor a
namespace, also accepts the same mistake in every workload that will ever be added.

**Looks at** exceptions without `subjects`, and subjects whose `name` is empty or only `*` while their
`namespace` is, too.

**Instead** name the objects, and where it is about one field, the field and its value:

```yaml
subjects: [{kind: DaemonSet, namespace: operations, name: log-shipper}]
allow: {path: "spec.template.spec.volumes[varlog].hostPath.path", value: /var/log}
```
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.exception import ExceptionUse, SubjectMatch


def _names_nothing(subject: SubjectMatch) -> bool:
    return not subject.name.strip("*") and not subject.namespace.strip("*")


def _find(use: ExceptionUse, _context: Context) -> Iterable[Fault]:
    subjects = use.entry.spec.subjects
    if not subjects or any(_names_nothing(subject) for subject in subjects):
        yield Fault(
            ("spec", "subjects"),
            f"exception `{use.entry.name}` of {use.entry.spec.owner} holds for every object, present and to "
            f"come ({use.matched} of {use.judged} findings of its check): name the objects in `subjects`",
        )


check = Check(id="broad-exception", judges="exception", severity="medium", find=_find)
