"""Bartizan reduces risk in Kubernetes clusters: read, derive, judge, tell, act."""

__version__ = "0.1.0"
