"""Checks of credentials that lie open in objects."""
