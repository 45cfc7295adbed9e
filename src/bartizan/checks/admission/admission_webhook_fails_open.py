"""Admission webhook lets pass what it cannot judge.

With `failurePolicy: Ignore` the API server goes on as if the webhook had agreed, whenever it does not
answer. Who can make it slow or take it down, by a flood of requests or a full node, gets in what it would
have refused.

**Looks at** `failurePolicy` of each webhook in ValidatingWebhookConfigurations. It is `Fail` unless written
otherwise, and `Ignore` by default in `v1beta1`. Webhooks without rules ask nothing and pass.

**Instead** refuse what nobody judged, and keep the webhook running:

```yaml
webhooks:
  - name: policy.shop.example
    failurePolicy: Fail
    timeoutSeconds: 5
    namespaceSelector:
      matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: [kube-system, policy]}]
```

There is no automatic fix: a webhook that fails closed and is down stops the cluster's own repair. It needs
several replicas, and must not judge its own namespace.

**Misses** whether the webhook guards anything: one that only counts or warns may well fail open. A mutating
webhook may set what makes a pod safe; it is not looked at.
"""

from collections.abc import Iterable

from bartizan.checks.admission._webhook import GOOD_PRACTICE, REFERENCE, VALIDATING, title, webhooks
from bartizan.checks.check import Check, Context, Fault
from bartizan.model.resource import Resource


def _find(configuration: Resource, _context: Context) -> Iterable[Fault]:
    default = "Ignore" if configuration.api_version.endswith("/v1beta1") else "Fail"
    for index, webhook in webhooks(configuration):
        if webhook.get("rules") and webhook.get("failurePolicy", default) == "Ignore":
            yield Fault(
                ("webhooks", index, "failurePolicy"),
                f"webhook `{title(index, webhook)}` lets everything pass while it does not answer: set "
                "`failurePolicy: Fail`, and leave out by `namespaceSelector` the namespaces that it runs in",
            )


check = Check(
    id="admission-webhook-fails-open",
    judges="object",
    kinds=(VALIDATING,),
    severity="medium",
    confidence="medium",
    persona="strict",
    find=_find,
    references=(REFERENCE, GOOD_PRACTICE),
)
