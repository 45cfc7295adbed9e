"""Kubernetes' Go modules: the Go tool fetches, checks and keeps them."""

import json
import os
import subprocess
from pathlib import Path


class ModuleError(Exception):
    """The Go tool is missing, or has no such module."""


def folder(module: str, version: str) -> Path:
    """Where the module's source lies on this machine; fetched first if need be.

    Raises:
        ModuleError: it cannot be had.
    """
    command = ("go", "mod", "download", "-json", f"{module}@{version}")
    try:
        run = subprocess.run(
            command, check=False, capture_output=True, text=True, env={**os.environ, "GOFLAGS": "-mod=mod"}
        )
    except FileNotFoundError as error:
        raise ModuleError("install Go, which fetches the modules of Kubernetes") from error
    told = json.loads(run.stdout) if run.stdout.strip() else {}
    if run.returncode or "Dir" not in told:
        raise ModuleError(f"{module}@{version}: {told.get('Error') or run.stderr.strip()}")
    return Path(told["Dir"])
