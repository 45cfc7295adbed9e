"""Generators of the tables in `src/bartizan/data/kubernetes/`, from the sources of Kubernetes."""
