"""Frozen values that everyone speaks."""
