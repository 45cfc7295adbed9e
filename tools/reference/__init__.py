"""The reference pages below `docs/reference/`, made from the code. Each module makes the pages of one subject."""
