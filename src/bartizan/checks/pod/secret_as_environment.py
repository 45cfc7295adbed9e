"""Secret reaches the program through its environment.

Environment variables wander: into child processes, crash reports, debug pages and the logs of programs that print their
settings. A mounted file stays where it is, can be closed to other users, and changes when the Secret does, without a
restart.

**Looks at** `env[*].valueFrom.secretKeyRef` and `envFrom[*].secretRef` of every container. Each is a finding of its own.
A literal value is worse, and told by `secret-in-environment`.

**Instead** mount the Secret, and tell the program the file:

```yaml
containers:
  - name: web
    env: [{name: DB_PASSWORD_FILE, value: /run/secrets/database/password}]
    volumeMounts: [{name: database, mountPath: /run/secrets/database, readOnly: true}]
volumes:
  - name: database
    secret: {secretName: database}
```

**Misses** whether the program can read a file: many images only know variables, hence persona `audit`.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.model.workload import Container


def _find(container: Container, _context: Context) -> Iterable[Fault]:
    for index, entry in enumerate(container.raw.get("env", ())):
        source = entry.get("valueFrom")
        if source and (reference := source.get("secretKeyRef")) is not None:
            yield Fault(
                (*container.path, "env", index, "valueFrom", "secretKeyRef"),
                f"container `{container.name}` gets the key `{reference.get('key', '')}` of Secret "
                f"`{reference.get('name', '')}` as variable `{entry.get('name', '')}`: mount it as a file",
            )
    for index, entry in enumerate(container.raw.get("envFrom", ())):
        if (reference := entry.get("secretRef")) is not None:
            yield Fault(
                (*container.path, "envFrom", index, "secretRef"),
                f"container `{container.name}` gets all keys of Secret `{reference.get('name', '')}` as variables: "
                "mount it as files",
                evidence=reference.get("name", ""),
            )


check = Check(
    id="secret-as-environment",
    judges="container",
    severity="info",
    persona="audit",
    find=_find,
    references=("https://kubernetes.io/docs/concepts/security/secrets-good-practices/",),
)
