"""Take from a process what a query must not use: the network, memory, time, files to write.

On Linux a seccomp filter refuses `socket` and `execve` for any user; where it cannot be set, a network
namespace of the process's own is tried. Chosen over (a) a filter on the text of queries alone, which has
been bypassed before, and (b) a container, which not every machine has.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import resource
import signal
import struct
import sys
from pathlib import Path
from typing import Final

_PR_SET_PDEATHSIG: Final = 1
_PR_SET_SECCOMP: Final = 22
_PR_SET_NO_NEW_PRIVS: Final = 38
_SECCOMP_MODE_FILTER: Final = 2
_CLONE_NEWNET: Final = 0x40000000
_CLONE_NEWUSER: Final = 0x10000000
# Machine → AUDIT_ARCH_*, numbers of socket, execve, execveat (linux/audit.h, asm/unistd.h).
_CALLS: Final = {
    "x86_64": (0xC000003E, (41, 59, 322)),
    "aarch64": (0xC00000B7, (198, 221, 281)),
}
_LOAD: Final = 0x20
_JUMP_IF_EQUAL: Final = 0x15
_RETURN: Final = 0x06
_ALLOW: Final = 0x7FFF0000
_REFUSE: Final = 0x00050000 | errno.EACCES


class _Program(ctypes.Structure):
    """`struct sock_fprog`."""

    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def _instruction(code: int, value: int, if_equal: int = 0, if_not: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_equal, if_not, value)


def _filter(architecture: int, calls: tuple[int, ...]) -> bytes:
    """Return the program: another architecture or one of the calls → EACCES, else allow."""
    lines = [
        _instruction(_LOAD, 4),
        _instruction(_JUMP_IF_EQUAL, architecture, 0, len(calls) + 2),
        _instruction(_LOAD, 0),
    ]
    for place, number in enumerate(calls):
        lines.append(_instruction(_JUMP_IF_EQUAL, number, len(calls) - place, 0))
    return b"".join([*lines, _instruction(_RETURN, _ALLOW), _instruction(_RETURN, _REFUSE)])


def cut_network() -> str:
    """Take the network from this thread and what it starts; return how: seccomp, namespace or none."""
    if sys.platform != "linux":
        return "none"
    libc = ctypes.CDLL(None, use_errno=True)
    known = _CALLS.get(platform.machine())
    if known:
        code = ctypes.create_string_buffer(_filter(*known))
        program = _Program(len(code) // 8, ctypes.addressof(code))
        if (
            libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
            and libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) == 0
        ):
            return "seccomp"
    if libc.unshare(_CLONE_NEWNET) == 0 or libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0:
        return "namespace"
    return "none"


def die_with_parent() -> None:
    """Have the kernel kill this process when the one that started it ends, however it ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def write_no_files() -> None:
    """Refuse to write files and core dumps."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def limit_memory(megabytes: int) -> None:
    """Limit what this process may take from now on, beyond what it has.

    A store at rest holds 35 MB, but reserves 575 MB of addresses; a limit on the whole would be met at once
    or not at all, as the threads happened to start.
    """
    if sys.platform == "linux":  # elsewhere the call fails, or counts what is merely reserved
        reserved = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = reserved * resource.getpagesize() + (megabytes << 20)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def allow_processor_seconds(seconds: int) -> None:
    """Let this process use so many seconds of processor time from now on; SIGXCPU ends it after that."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    until = int(usage.ru_utime + usage.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))
