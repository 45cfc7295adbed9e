"""Admission webhook sees what enters the cluster.

This is a fact for the inventory, not a fault: each webhook is a program that is asked before objects are
written. Whoever put it there, or takes it over, reads what people deploy, and may refuse or change it. You
should know each of them and who looks after it.

**Looks at** the webhooks of ValidatingWebhookConfigurations and MutatingWebhookConfigurations, one finding
each, which says what it is asked about.

**Instead** remove those that nobody knows. Where a rule is enough, a policy inside the API server needs no
program:

```yaml
kind: ValidatingAdmissionPolicy
apiVersion: admissionregistration.k8s.io/v1
spec:
  validations:
    - expression: "!has(object.spec.hostNetwork) || !object.spec.hostNetwork"
```

An exception with an owner writes down who looks after one.

**Misses** plug-ins of the API server itself, and webhooks for authentication and authorization.
"""

from collections.abc import Iterable
from typing import Any

from bartizan.checks.admission._webhook import MUTATING, REFERENCE, VALIDATING, title, webhooks
from bartizan.checks.check import Check, Context, Fault
from bartizan.model.resource import Resource


def _find(configuration: Resource, _context: Context) -> Iterable[Fault]:
    does = "change" if configuration.kind == MUTATING.kind else "refuse"
    for index, webhook in webhooks(configuration):
        yield Fault(
            ("webhooks", index),
            f"webhook `{title(index, webhook)}` may read and {does} {_asked(webhook)}: know who looks after it, or "
            "remove it",
        )


def _asked(webhook: dict[str, Any]) -> str:
    """What it is asked about, each resource once."""
    resources = dict.fromkeys(name for rule in webhook.get("rules", ()) for name in rule.get("resources", ()))
    return ", ".join("everything" if name in ("*", "*/*") else f"`{name}`" for name in resources) or "nothing"


check = Check(
    id="admission-webhook",
    judges="object",
    kinds=(VALIDATING, MUTATING),
    severity="info",
    persona="audit",
    find=_find,
    references=(REFERENCE,),
)
