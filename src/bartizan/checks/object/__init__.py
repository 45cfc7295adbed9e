"""Checks that look at how any object is written."""
