"""Who asks: the user name and the groups that the API server knows somebody by."""

from typing import Any

import msgspec

AUTHENTICATED = "system:authenticated"
UNAUTHENTICATED = "system:unauthenticated"
ANONYMOUS = "system:anonymous"
ACCOUNTS = "system:serviceaccounts"
"""The group of every ServiceAccount; with `:NAMESPACE` behind it, of those in one."""
MASTERS = "system:masters"
_ACCOUNT_PREFIX = "system:serviceaccount:"


class Who(msgspec.Struct, frozen=True):
    """Somebody, as the authorizer sees them."""

    user: str
    """Empty for nobody in particular: whoever is in the groups."""
    groups: frozenset[str]


def service_account(namespace: str, name: str) -> Who:
    """A pod's account: it is also in three groups."""
    groups = frozenset({ACCOUNTS, f"{ACCOUNTS}:{namespace}", AUTHENTICATED})
    return Who(f"{_ACCOUNT_PREFIX}{namespace}:{name}", groups)


def user(name: str, *groups: str) -> Who:
    """A person or program with the groups that its credential names."""
    if name == ANONYMOUS:
        return Who(name, frozenset({UNAUTHENTICATED, *groups}))
    found = account_of(name)
    own = service_account(*found).groups if found else frozenset({AUTHENTICATED})
    return Who(name, own | set(groups))


def group(name: str) -> Who:
    """Whoever is in a group; each of them was authenticated, but for those of the group that says otherwise."""
    if name == UNAUTHENTICATED:
        return Who(ANONYMOUS, frozenset({name}))
    return Who("", frozenset({name, AUTHENTICATED}))


def account_of(name: str) -> tuple[str, str] | None:
    """Namespace and name of the ServiceAccount behind a user name, or None for another user."""
    if not name.startswith(_ACCOUNT_PREFIX):
        return None
    namespace, _, own = name.removeprefix(_ACCOUNT_PREFIX).partition(":")
    return namespace, own


def account(subject: dict[str, Any], namespace: str) -> tuple[str, str] | None:
    """Namespace and name of the ServiceAccount that a subject of a binding names in either spelling; else None.

    Args:
        subject: An entry of `subjects`.
        namespace: That of the binding, which holds where the subject names none.
    """
    name: str = subject.get("name", "")
    if subject.get("kind") == "ServiceAccount":
        return subject.get("namespace") or namespace, name
    return account_of(name) if subject.get("kind") == "User" else None


def who_is(subject: dict[str, Any], namespace: str) -> Who | None:
    """Who a subject of a binding is; None for a kind that the authorizer does not know."""
    found, name = account(subject, namespace), subject.get("name", "")
    if found is not None:
        return service_account(*found)
    match subject.get("kind"):
        case "User":
            return user(name)
        case "Group":
            return group(name)
        case _:
            return None


def title(subject: dict[str, Any], namespace: str) -> str:
    """A subject as shown to a person: `ServiceAccount shop/web`."""
    kind, name = subject.get("kind", ""), subject.get("name", "")
    space = subject.get("namespace") or namespace if kind == "ServiceAccount" else ""
    return f"`{kind} {space}/{name}`" if space else f"`{kind} {name}`"
