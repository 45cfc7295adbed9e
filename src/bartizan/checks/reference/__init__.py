"""Checks of what names something that is not there."""
