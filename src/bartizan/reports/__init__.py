"""Report formats: a `Report` in, text out. One file per format."""
