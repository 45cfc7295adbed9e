"""Label selectors: they live in `bartizan.model.selector`."""

from bartizan.model.selector import SELECTOR, selects

__all__ = ["SELECTOR", "selects"]
