"""Checks of the gate itself: exceptions, and changes that loosen their own judge."""
