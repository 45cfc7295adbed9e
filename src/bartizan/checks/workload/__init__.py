"""Checks of how workloads run: replicas, disruption, scaling, jobs, probes, labels."""
