"""Built-in checks: one file each, by subject."""
