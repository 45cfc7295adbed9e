"""The one Kubernetes client: configuration as kubectl reads it, discovery, lists in pages. Says nothing of risk."""
