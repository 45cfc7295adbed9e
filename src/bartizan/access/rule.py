"""One rule of a role, matched as the RBAC authorizer of Kubernetes matches it."""

import msgspec

from bartizan.model.path import Path

RBAC = "rbac.authorization.k8s.io"

Power = tuple[str, str, str]
"""A verb on a resource of a group: `("create", "", "pods/exec")`."""


class Rule(msgspec.Struct, frozen=True, eq=False):
    """One rule of a role. Without `groups` or without `verbs` it allows nothing on any resource."""

    path: Path
    """From the root of the role that it is written in."""
    groups: frozenset[str] = frozenset()
    resources: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    urls: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    """Empty for objects of any name."""

    @property
    def named(self) -> bool:
        """Whether it is limited to objects with given names."""
        return bool(self.names)

    @property
    def wildcard(self) -> bool:
        """Whether a `*` stands in it, so that nobody has written down what it allows."""
        return "*" in self.verbs or "*" in self.resources or "*" in self.groups or "*" in self.urls

    @property
    def everything(self) -> bool:
        """Whether it allows every verb on every resource."""
        return "*" in self.verbs and "*" in self.resources and "*" in self.groups and not self.named

    def allows(self, power: Power) -> bool:
        """Whether it allows a verb on a resource, on an object of some name at least.

        A request that makes an object carries no name yet, so that a rule with names never allows it.
        One that makes a subresource, such as `pods/exec`, carries that of the object.
        """
        verb, group, resource = power
        if self.names and verb == "create" and "/" not in resource and "" not in self.names:
            return False
        return self._holds(verb) and (group in self.groups or "*" in self.groups) and self._covers(resource)

    def admits(self, power: Power, name: str = "") -> bool:
        """Whether it allows one request, as the authorizer would answer.

        Args:
            power: What is asked for.
            name: The object's. Empty for `create`, `list`, `watch` and `deletecollection`; the last three have
                one where the request selects `metadata.name`.
        """
        _, group, resource = power
        return (
            self._holds(power[0])
            and (group in self.groups or "*" in self.groups)
            and self._covers(resource)
            and (not self.names or name in self.names)
        )

    def admits_url(self, verb: str, url: str) -> bool:
        """Whether it allows a request that is about no resource, such as `GET /metrics`."""
        return self._holds(verb) and any(_covers_url(pattern, url) for pattern in self.urls)

    def _holds(self, verb: str) -> bool:
        return verb in self.verbs or "*" in self.verbs

    def _covers(self, resource: str) -> bool:
        """`*` holds subresources as well, `pods` does not, `*/scale` holds that of each, `pods/*` is nothing."""
        if resource in self.resources or "*" in self.resources:
            return True
        _, slash, subresource = resource.partition("/")
        return bool(slash) and f"*/{subresource}" in self.resources


def _covers_url(pattern: str, url: str) -> bool:
    if pattern in ("*", url):
        return True
    return pattern.endswith("*") and url.startswith(pattern.rstrip("*"))
