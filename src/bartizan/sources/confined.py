"""Runs one program with limits and without network: `python -I -S confined.py LIMITS PROGRAM [ARGUMENT]...`.

A script of its own that knows only the standard library: it changes its own process for good, then becomes the
program. LIMITS is JSON: `memory` and `file` in bytes, `cpu` in seconds, `files` open at once.
"""

import ctypes
import json
import os
import platform
import resource
import signal
import sys
from collections.abc import Sequence

_DIES_WITH_PARENT = 1
_NO_NEW_PRIVILEGES = 38
_SET_SECCOMP = 22
_FILTER = 2
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000

_LOAD, _IS, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
"""Instructions of a socket filter, which is what the kernel takes."""
_ALLOW, _KILL, _REFUSE = 0x7FFF0000, 0x80000000, 0x00050000 | 1
"""The last one is `EPERM`."""
_NUMBER, _ARCHITECTURE = 0, 4
"""Where they stand in what the filter is given."""
_OTHER_ABI = 0x40000000
"""Numbers from here on are those of x32, which would be a way round."""

_MACHINES = {"x86_64": (0xC000003E, 41, 53), "aarch64": (0xC00000B7, 198, 199)}
"""By machine: its name for the kernel, and the numbers of `socket` and `socketpair`."""
_IO_URING = 425
"""A ring opens sockets without `socket`; the number is the same on both machines."""


class _Instruction(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_uint16),
        ("yes", ctypes.c_uint8),
        ("no", ctypes.c_uint8),
        ("value", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("instructions", ctypes.POINTER(_Instruction)))


def main(arguments: Sequence[str]) -> None:
    """Take away what the program does not need, and become it."""
    limits = json.loads(arguments[0])
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_CPU, limits["cpu"])
    _limit(resource.RLIMIT_FSIZE, limits["file"])
    _limit(resource.RLIMIT_NOFILE, limits["files"])
    if sys.platform == "linux":
        # Elsewhere no kernel counts it in a way that a program of Go can live with.
        _limit(resource.RLIMIT_AS, limits["memory"])
        cut_off()
    os.execve(arguments[1], list(arguments[1:]), dict(os.environ))  # noqa: S606 - a list, and no shell


def _limit(what: int, value: int) -> None:
    most = resource.getrlimit(what)[1]
    value = value if most == resource.RLIM_INFINITY else min(value, most)
    resource.setrlimit(what, (value, value))


def cut_off() -> str:
    """No socket of any kind for this process and all that it becomes; how that was done, empty where it was not.

    A filter of system calls works for every user and in every container; a network of its own, with nothing in
    it, is what is left on other machines.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl.argtypes = (ctypes.c_int, *[ctypes.c_ulong] * 4)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    libc.prctl(_DIES_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    listed = _filter(platform.machine())
    if listed:
        program = _Program(len(listed), (_Instruction * len(listed))(*listed))
        if libc.prctl(_SET_SECCOMP, _FILTER, ctypes.addressof(program), 0, 0) == 0:
            return "filter"
    return "namespace" if libc.unshare(_NEW_USER | _NEW_NETWORK) == 0 else ""


def _filter(machine: str) -> list[_Instruction]:
    """The instructions, in their order; a jump counts those that it leaps over."""
    if machine not in _MACHINES:
        return []
    name, *sockets = _MACHINES[machine]
    refused = [*sockets, _IO_URING]
    return [
        _Instruction(_LOAD, 0, 0, _ARCHITECTURE),
        _Instruction(_IS, 1, 0, name),
        _Instruction(_RETURN, 0, 0, _KILL),
        _Instruction(_LOAD, 0, 0, _NUMBER),
        _Instruction(_AT_LEAST, len(refused) + 1, 0, _OTHER_ABI),
        *[_Instruction(_IS, len(refused) - index, 0, number) for index, number in enumerate(refused)],
        _Instruction(_RETURN, 0, 0, _ALLOW),
        _Instruction(_RETURN, 0, 0, _REFUSE),
    ]


if __name__ == "__main__":
    main(sys.argv[1:])
