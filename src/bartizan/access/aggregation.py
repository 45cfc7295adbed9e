"""ClusterRoles that are made of others: `aggregationRule`, as the control plane works it out.

The control plane replaces the rules of such a role by those of every ClusterRole that one of its selectors
fits, and does so again until nothing changes.
"""

from collections.abc import Iterable, Mapping

from bartizan.access.reading import Role
from bartizan.access.rule import Rule
from bartizan.model.selector import LabelIndex, readable


def aggregate(roles: Iterable[Role]) -> dict[str, tuple[Rule, ...]]:
    """The rules of each aggregated ClusterRole, by its name.

    Args:
        roles: Every ClusterRole at hand. Labels or selectors that cannot be read raise IllTypedField.

    Returns:
        Rules in the order of the names of the roles that they come from, each once. A draft's own rules are not
        among them; those that a control plane filled in stay, since the roles they come from may not be at hand.
    """
    named = {role.resource.name: role for role in roles}
    aggregated = [role for role in named.values() if role.selectors]
    if not aggregated:
        return {}
    index = LabelIndex((role.labels, role) for role in named.values())
    parts = {
        role.resource.name: {
            found.resource.name for selector in role.selectors for found in index.selected(readable(selector))
        }
        for role in aggregated
    }
    return {name: _rules(named, sorted(_reached(name, parts))) for name in parts}


def _reached(start: str, parts: Mapping[str, set[str]]) -> set[str]:
    """Every role that the first is made of, by however many steps."""
    reached, waiting = {start}, [start]
    while waiting:
        new = parts.get(waiting.pop(), set()) - reached
        reached |= new
        waiting += new
    return reached


def _rules(named: Mapping[str, Role], names: list[str]) -> tuple[Rule, ...]:
    sources = (named[name] for name in names)
    return tuple(rule for role in sources if role.filled_in or not role.selectors for rule in role.rules)
