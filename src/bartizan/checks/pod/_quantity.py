"""Amounts as Kubernetes writes them: `500m`, `2`, `128Mi`, `1e3`."""

import re

from bartizan.model.path import Path
from bartizan.model.shape import IllTyped, IllTypedField

_FORM = re.compile(r"([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3})|([numkMGTPE]|[KMGTPE]i))?", re.ASCII)
_POWERS = {suffix: 3 * place for place, suffix in enumerate(("n", "u", "m", "", "k", "M", "G", "T", "P", "E"), -3)}
_BINARY = {suffix: 1024**place for place, suffix in enumerate(("Ki", "Mi", "Gi", "Ti", "Pi", "Ei"), 1)}
_FINEST = 9
_LONGEST = 1000
"""Python reads no longer numbers than some thousand digits."""
_SHOWN = 40


def amount(written: str | float) -> int | None:
    """What an amount is worth, in billionths, rounded up as Kubernetes does; None where it is none."""
    form = _FORM.fullmatch(str(written)[: _LONGEST + 1])
    if form is None or len(form[0]) > _LONGEST or not (form[2] or form[3]):
        return None
    sign, whole, part, exponent, suffix = form.groups("")
    power = int(exponent or 0) + _POWERS.get(suffix, 0) + _FINEST - len(part)
    worth: int = int(sign + whole + part) * _BINARY.get(suffix, 1)
    scale: int = 10 ** abs(power)
    return worth * scale if power >= 0 else -(-worth // scale)


def worth(written: str | float, path: Path) -> int:
    """The same for the amount that stands at `path`. Raises IllTypedField: the API server refuses what is none."""
    found = amount(written)
    if found is None:
        raise IllTypedField(IllTyped(path, "a quantity", f"`{str(written)[:_SHOWN]}`"))
    return found


def is_none(written: str | float | None, path: Path) -> bool:
    """Whether nothing is written at `path`, or an amount of 0 in whatever spelling: `0`, `0Mi`, `0.0`."""
    return written is None or worth(written, path) <= 0
