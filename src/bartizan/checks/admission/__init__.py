"""Checks of what decides which objects enter the cluster."""
