"""Credential detectors, used on manifests, images, environment and history. Pure: text in, kinds out."""
