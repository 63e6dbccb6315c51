"""Read a request of the SPARQL 1.1 Protocol: a query and its dataset, or the reason why not.

https://www.w3.org/TR/sparql11-protocol/#query-operation. The service only reads; whatever asks for an update
is refused. Chosen over (a) the framework's form parser, which accepts files and bad UTF-8, and (b) taking
the first of two queries, which hides a mistake.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs

from starlette.requests import ClientDisconnect, Request

from musnad.server.guard import MAX_BYTES, QueryRefused

_MOST_BODY: Final = 4 * MAX_BYTES  # every byte of a query may be percent-encoded
_MOST_FIELDS: Final = 200
_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
_UPDATE_FIELDS: Final = frozenset({"update", "using-graph-uri", "using-named-graph-uri"})
READ_ONLY: Final = QueryRefused(403, "this service only reads", "send a query, not an update")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks: the query ("" where there is none), its dataset, and the wishes of a form."""

    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    form: str  # name of a format, which wins over Accept
    language: str
    view: str  # of a page: the picture above the table


async def read_request(request: Request) -> Asked:
    """Return what a GET or POST asks, or raise QueryRefused."""
    fields = _fields(request.scope.get("query_string", b""))
    if request.method != "POST":
        return _asked(fields, fields.get("query", ()))
    kind, charset = _content_type(request)
    if request.headers.get("content-encoding", "identity") != "identity":
        raise QueryRefused(415, "the body is compressed", "send it as it is")
    if kind == _UPDATE:
        raise READ_ONLY
    if kind not in {_FORM, _QUERY} or charset not in {"", "utf-8", "utf8"}:
        raise QueryRefused(415, f"the body must be {_FORM} or {_QUERY}, in UTF-8")
    body = await _body(request)
    if kind == _FORM:
        form = _fields(body)
        merged = {name: [*fields.get(name, ()), *form.get(name, ())] for name in {*fields, *form}}
        return _asked(merged, form.get("query", ()), needed=True)
    return _asked(fields, [_text(body)], needed=True)


def _content_type(request: Request) -> tuple[str, str]:
    kind, _, rest = request.headers.get("content-type", "").partition(";")
    parameters = dict(part.strip().lower().partition("=")[::2] for part in rest.split(";"))
    return kind.strip().lower(), parameters.get("charset", "").strip('"')


async def _body(request: Request) -> bytes:
    """Return the body, or raise as soon as it is longer than a query can be."""
    length = request.headers.get("content-length", "")
    parts, size = [], int(length) if length.isdigit() and len(length) < 16 else 0
    if size <= _MOST_BODY:
        size = 0
        try:
            async for part in request.stream():
                parts.append(part)
                size += len(part)
                if size > _MOST_BODY:
                    break
        except ClientDisconnect:
            raise QueryRefused(400, "the body ended early") from None
    if size > _MOST_BODY:
        raise QueryRefused(413, f"the body has more than {_MOST_BODY} bytes")
    return b"".join(parts)


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise QueryRefused(400, "the query is not UTF-8") from None


def _fields(data: bytes) -> Mapping[str, Sequence[str]]:
    try:
        text = data.decode("ascii")
        return parse_qs(
            text, keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=_MOST_FIELDS
        )
    except UnicodeDecodeError:
        raise QueryRefused(400, "the fields are not percent-encoded UTF-8") from None
    except ValueError:
        raise QueryRefused(400, f"more than {_MOST_FIELDS} fields") from None


def _asked(fields: Mapping[str, Sequence[str]], queries: Sequence[str], needed: bool = False) -> Asked:
    if _UPDATE_FIELDS & fields.keys():
        raise READ_ONLY
    if len(queries) > 1:
        raise QueryRefused(400, "more than one query", "send one at a time")
    if needed and not any(queries):
        raise QueryRefused(400, "no query", "send the field 'query'")
    return Asked(
        queries[0] if queries else "",
        tuple(fields.get("default-graph-uri", ())),
        tuple(fields.get("named-graph-uri", ())),
        *(next(iter(fields.get(name, ())), "") for name in ("format", "lang", "view")),
    )
