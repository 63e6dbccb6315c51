"""What the engine can make again, kept in the user's cache folder between two runs.

`$XDG_CACHE_HOME/musnad`, else `~/.cache/musnad` (XDG Base Directory Specification). What somebody else could
have written is not read: what it holds is believed, and some of it run. Where the folder cannot be had,
nothing is kept. Chosen over (a) a folder of the project, which a user may not be able to write and may not
want to publish, and (b) the folder for temporary files, in which others may put something first.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

_OTHERS: Final = stat.S_IWGRP | stat.S_IWOTH


def read_own(name: str) -> bytes | None:
    """Return what was kept under a name; None where nothing was, or where somebody else can write it."""
    file = _folder() / name
    try:
        for place in (file.parent, file):
            state = place.stat()
            if state.st_uid != os.getuid() or state.st_mode & _OTHERS:
                return None
        return file.read_bytes()
    except OSError:
        return None


def write_own(name: str, data: bytes) -> bool:
    """Keep something under a name, in one step; tell whether that was possible."""
    file = _folder() / name
    beside = file.with_name(f"{name}.{os.getpid()}")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside.write_bytes(data)
        os.replace(beside, file)
    except OSError:
        return False
    return True


def _folder() -> Path:
    given = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(given) if os.path.isabs(given) else Path("~/.cache").expanduser()) / "musnad"
