"""Checksums in the form of `sha256sum`, and their check."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from musnad.errors import DataError
from musnad.store import file_digest

SUMS: Final = "SHA256SUMS"
SIGNATURES: Final = (f"{SUMS}.sig", f"{SUMS}.minisig")  # of ssh-keygen, of minisign
_LINE: Final = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+)*)\Z")


def sums_text(digests: Mapping[str, str]) -> str:
    """Return the text of SHA256SUMS for file names and their digests."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()))


def verify_release(folder: Path) -> tuple[str, ...]:
    """Return the names of a release's files, or raise DataError naming each that is not as listed."""
    try:
        lines = (folder / SUMS).read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        raise DataError(folder, f"{SUMS} is missing or unreadable", "write the release again") from None
    listed: dict[str, str] = {}
    wrong: list[str] = []
    for line in lines:
        found = _LINE.match(line)
        if found:
            listed[found[2]] = found[1]
        else:
            wrong.append(f"{SUMS}: not a line of sha256sum: {line[:80]!r}")
    for name, digest in sorted(listed.items()):
        path = folder / name
        if not path.is_file():
            wrong.append(f"{name}: missing")
        elif file_digest(path) != digest:
            wrong.append(f"{name}: changed")
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    extra = there - listed.keys() - {SUMS, *SIGNATURES}
    wrong += [f"{name}: not listed" for name in sorted(extra)]
    if wrong or not listed:
        raise DataError(folder, "; ".join(wrong) or f"{SUMS} is empty", "write the release again")
    return tuple(sorted(listed))
