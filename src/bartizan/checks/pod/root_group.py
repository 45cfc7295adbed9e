"""Program belongs to the root group.

Files that only the group `root` may read or write are open to a process with group 0, in the image, on mounted
paths of the node and on shared volumes: a user who is not root, but of its group, keeps a part of root's rights.

**Looks at** `runAsGroup: 0` of the pod and of every container, and at 0 in `fsGroup` and `supplementalGroups` of
the pod. From Kubernetes 1.35 on, a pod in its own user namespace (`hostUsers: false`) passes.

**Instead** name a group of the program's own:

```yaml
spec:
  securityContext:
    runAsUser: 10001
    runAsGroup: 10001
    fsGroup: 10001
```

Images that are made for OpenShift keep their files in group 0 on purpose, for any user to read: there this is an
exception to write down.

**Misses** the group that the image names: where the field is absent it often is 0.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._host_users import in_user_namespace
from bartizan.checks.pod._security_contexts import called, context_path, security_contexts
from bartizan.model.workload import PodView

_ADVICE = "write the number of a group of the program's own"


def _find(pod: PodView, _context: Context) -> Iterable[Fault]:
    for holder, security in security_contexts(pod):
        for field in ("runAsGroup", "fsGroup"):
            if security.get(field) == 0:
                yield Fault(
                    (*context_path(holder), field),
                    f"{called(holder)} belongs to the root group by `securityContext.{field}: 0`: {_ADVICE}",
                )
    groups = pod.security.get("supplementalGroups", ())
    if 0 in groups:
        yield Fault(
            (*context_path(pod), "supplementalGroups", groups.index(0)),
            f"the pod belongs to the root group by 0 in `securityContext.supplementalGroups`: {_ADVICE}",
        )


def _find_except_user_namespaces(pod: PodView, context: Context) -> Iterable[Fault]:
    return () if in_user_namespace(pod) else _find(pod, context)


check = Check(
    id="root-group",
    judges="pod",
    severity="low",
    persona="strict",
    rules=((0, _find), (35, _find_except_user_namespaces)),
    references=("https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",),
)
