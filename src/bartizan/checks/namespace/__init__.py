"""Checks of Namespaces."""
