"""Readers: bytes and names in, never opinions."""
