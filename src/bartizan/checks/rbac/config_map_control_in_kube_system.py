"""Role can change ConfigMaps of kube-system.

There CoreDNS reads which address a name has, kube-proxy how traffic goes, and on EKS the ConfigMap `aws-auth`
says which AWS identity has which rights. Who writes them turns traffic to a program of their own, or makes
themselves an administrator.

**Looks at** rules that allow `update`, `patch`, `delete` or `deletecollection` on `configmaps`: in a ClusterRole,
which reaches `kube-system` too, and in a Role of `kube-system`. It weighs `medium`. With `resourceNames` it
passes, except for names such as `coredns`, `kube-proxy` or `aws-auth`; the last weighs `high`. Rules with a
wildcard are told by `wildcard-role`.

**Instead** give the right in the program's own namespace, or name the ConfigMap:

```yaml
kind: Role
metadata: {name: settings, namespace: shop}
rules:
  - apiGroups: [""]
    resources: [configmaps]
    verbs: [get, update]
```

**Misses** `create`, which most programs that elect a leader have; that a ClusterRole is bound in another
namespace only; the rules of a ClusterRole with an `aggregationRule`.
"""

from bartizan.access.powers import powers
from bartizan.access.reading import ROLES
from bartizan.access.rule import Rule
from bartizan.access.takeover import SYSTEM
from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.rbac._danger import given, named
from bartizan.checks.rbac._rbac import REFERENCE, leads_out, plain_rules
from bartizan.model.resource import Resource

_WRITING = powers("update patch delete deletecollection", "", "configmaps")
_ADMINISTRATORS = "aws-auth"
_STEERING = frozenset(
    {
        _ADMINISTRATORS,
        "cluster-info",
        "coredns",
        "coredns-custom",
        "extension-apiserver-authentication",
        "kube-dns",
        "kube-proxy",
        "kube-proxy-config",
        "kubeadm-config",
        "kubelet-config",
        "node-local-dns",
    }
)


def _find(role: Resource, _context: Context) -> list[Fault]:
    if not leads_out(role):
        return []
    return [
        Fault(
            rule.path,
            f"rule allows {named(given(rule, role, _WRITING))} of `{SYSTEM}`, which lets its subjects turn the "
            "cluster's names and traffic to themselves: give it in a Role of the program's own namespace, or name "
            "the ConfigMap in `resourceNames`",
            severity="high" if _ADMINISTRATORS in rule.names else "medium",
        )
        for rule in plain_rules(role)
        if given(rule, role, _WRITING) and _reaches(rule)
    ]


def _reaches(rule: Rule) -> bool:
    return not rule.named or not rule.names.isdisjoint(_STEERING)


check = Check(
    id="config-map-control-in-kube-system",
    judges="object",
    kinds=ROLES,
    severity="medium",
    persona="strict",
    find=_find,
    references=(REFERENCE,),
)
