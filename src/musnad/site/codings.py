"""The content codings in which pages are kept ready: gzip, and Brotli and Zstandard where a package is.

RFC 9110 (section 8.4.1), RFC 7932, RFC 8878. Chosen over (a) compressing at every request, which costs more
than the page, and (b) gzip alone, whose pages are larger.
"""

from __future__ import annotations

import gzip
import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Final

WORTH_PACKING: Final = 600  # bytes; what is shorter gains nothing
_BROTLI_QUALITY: Final = 9
_ZSTD_LEVEL: Final = 15


@dataclass(frozen=True, slots=True)
class Coding:
    """One content coding: its name in HTTP, the suffix of its files, what packs."""

    name: str
    suffix: str
    pack: Callable[[bytes], bytes]


GZIP: Final = Coding("gzip", "gz", lambda body: gzip.compress(body, 9, mtime=0))
# In the order in which the server prefers them where the client does not mind.
NAMES: Final = {"br": "br", "zstd": "zst", "gzip": "gz"}


@cache
def codings() -> tuple[Coding, ...]:
    """Return the codings that this installation can write (extra `musnad[compress]`)."""
    found = []
    if brotli := optional("brotli"):
        found.append(Coding("br", "br", lambda body: brotli.compress(body, quality=_BROTLI_QUALITY)))
    if zstandard := optional("zstandard"):
        packer = zstandard.ZstdCompressor(level=_ZSTD_LEVEL)
        found.append(Coding("zstd", "zst", packer.compress))
    return (*found, GZIP)


@cache
def optional(name: str) -> ModuleType | None:
    """Return a package, or None where it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None
