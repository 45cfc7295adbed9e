"""Checks of volumes and where they come from."""
