"""From the path of a request to the path of a thing, and back; nothing of the request's Host is used.

A path is decoded once and strictly: what is no UTF-8, hides a slash, or climbs is no path of ours. Chosen
over (a) the framework's decoded path, in which `%2F` and `/` are alike, and (b) cleaning a bad path, which
lets two addresses mean one thing. `%2F` and `%25` stay as they are, since they mean what `/` and `%` do not.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, unquote_to_bytes

from starlette.requests import Request

from musnad.config import Site

_LONGEST: Final = 2_000
_HIDDEN: Final = re.compile(rb"%(?:5c|00)|\\|^/%2f", re.IGNORECASE)
_KEPT: Final = re.compile(rb"%(?:2f|25)", re.IGNORECASE)
_KEPT_TEXT: Final = re.compile(r"(%2F|%25)")
_BROKEN: Final = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_CONTROL: Final = re.compile('[\x00-\x20\x7f-\x9f<>"{}|^`\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_PLAIN: Final = "/._~-!$&'()*+,;=:@"
_AS_IT_IS: Final = re.compile(rf"[A-Za-z0-9{re.escape(_PLAIN)}]*\Z")  # nearly every path


def read_path(request: Request) -> str | None:
    """Return the path without its first slash; None where it is not one that we could have."""
    raw = request.scope.get("raw_path") or quote(request.scope["path"]).encode("ascii")
    return decode_path(raw.partition(b"?")[0])


def decode_path(raw: bytes) -> str | None:
    """Return a path decoded, without its first slash; None for what is malformed, hidden or climbing.

    >>> decode_path(b"/id/%D9%86%D9%88%D8%B1"), decode_path(b"/%2e%2e/x"), decode_path(b"//evil.example/")
    ('id/نور', None, None)
    >>> decode_path(b"/id/a%2fb%25")
    'id/a%2Fb%25'
    """
    if not raw.startswith(b"/") or len(raw) > _LONGEST or _HIDDEN.search(raw) or _BROKEN.search(raw):
        return None
    try:
        kept = _KEPT.sub(lambda found: b"%25" + found.group()[1:].upper(), raw[1:])
        path = unquote_to_bytes(kept).decode("utf-8")
    except UnicodeDecodeError:
        return None
    segments = path.removesuffix("/").split("/") if path else []
    if _CONTROL.search(path) or any(segment in {"", ".", ".."} for segment in segments):
        return None
    return path


def encode_path(path: str) -> str:
    """Return a path as it stands in an address: ASCII, no character that a header or HTML would mind.

    >>> encode_path("id/نور")
    'id/%D9%86%D9%88%D8%B1'
    """
    if _AS_IT_IS.match(path):
        return path
    return "".join(
        part if _KEPT_TEXT.match(part) else quote(part, safe=_PLAIN) for part in _KEPT_TEXT.split(path)
    )


def local_address(request: Request, path: str) -> str:
    """Return the address of a path on this host: always one slash, then the path, never a host."""
    root = str(request.scope.get("root_path", "")).strip("/")
    return f"/{root}/{encode_path(path)}" if root else f"/{encode_path(path)}"


def whole_address(request: Request, config: Site, path: str) -> str:
    """Return the address of a path with its host: `public_host`, or the socket that took the request."""
    if config.public_host:
        return f"https://{config.public_host}{local_address(request, path)}"
    host, port = request.scope.get("server") or (config.host, config.port)
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}{local_address(request, path)}"
