"""Checks of pods and their containers."""
