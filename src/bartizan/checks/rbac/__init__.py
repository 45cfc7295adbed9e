"""Checks of roles and bindings."""
