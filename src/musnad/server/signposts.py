"""The Link header: what a machine needs to know about a document before it reads it.

https://signposting.org/FAIR/ and RFC 8288; the links of all documents of a thing together are a document of
their own (level 2, RFC 9264). Chosen over (a) links in the HTML alone, which a client of Turtle does not see,
and (b) the link set alone, which is one more request.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final
from urllib.parse import quote

import orjson
from starlette.requests import Request

from musnad.server.holdings import Holdings
from musnad.server.media import DATA, HTML, LINK_SET, Format
from musnad.server.paths import encode_path, local_address
from musnad.site import Address
from musnad.site.texts import LANGUAGES

_PAGE_TYPE: Final = "https://schema.org/AboutPage"
_MOST_TYPES: Final = 3
_PREFERRED: Final = "en"  # what most clients can print
_SPOKEN: Final = " ,.;:()!'-"
_AS_IT_IS: Final = re.compile(r"[!#-;=?-~]*\Z")  # nearly every IRI
_PUNCTUATION: Final = str.maketrans({"<": "%3C", ">": "%3E", " ": "%20", '"': "%22"})


def link(target: str, relation: str, **attributes: str) -> str:
    """Return one link of a Link header.

    >>> link("/id/x.ttl", "alternate", type="text/turtle")
    '</id/x.ttl>; rel="alternate"; type="text/turtle"'
    """
    rest = "".join(f'; {name}="{value}"' for name, value in attributes.items())
    return f'<{_address(target)}>; rel="{relation}"{rest}'


def named(iri: str, labels: Mapping[str, str]) -> dict[str, str]:
    """Return the headers that name a thing, for clients that ask with HEAD; names are percent-encoded UTF-8.

    >>> named("https://example.org/id/x", {"ar": "حلب", "en": "Aleppo"})["x-preflabel"]
    'Aleppo'
    """
    told = {f"x-preflabel-{language}": words for language, words in labels.items() if language in LANGUAGES}
    if preferred := labels.get(_PREFERRED) or next(iter(labels.values()), ""):
        told["x-preflabel"] = preferred
    return {"x-uri": _address(iri)} | {name: quote(words, safe=_SPOKEN) for name, words in told.items()}


def _address(iri: str) -> str:
    """Return an IRI in the letters that a header may hold."""
    if _AS_IT_IS.match(iri):
        return iri
    return re.sub(r"[^!-~]", lambda found: encode_path(found.group()), iri.translate(_PUNCTUATION))


def links(holdings: Holdings, request: Request, path: str, suffix: str) -> str:
    """Return the Link header of a document about a thing; `suffix` is "" at the thing's own address."""
    iri, stem = holdings.iri(path), local_address(request, path)
    found = [link(iri, "cite-as"), link(holdings.licence, "license")]
    found += [f"<{stem}{each}" for each in _others(holdings.formats(path), suffix)]
    types = holdings.types(path)[:_MOST_TYPES]
    if suffix == HTML.suffix:
        types = [_PAGE_TYPE, *types]
    elif suffix:
        found.append(link(iri, "describes"))
    if holdings.is_thing(path):
        found.append(link(f"{stem}.{LINK_SET.suffix}", "linkset", type=LINK_SET.media_type))
    found += [link(each, "type") for each in types]
    return ", ".join(found)


@lru_cache(maxsize=256)
def _others(formats: tuple[Format, ...], suffix: str) -> tuple[str, ...]:
    """Return the links to the other documents of a thing, each without `<` and the thing's own address."""
    found = []
    for each in formats:
        relation = "alternate"
        if suffix == HTML.suffix:
            relation = "alternate describedby item"
        elif suffix and each is HTML:
            relation = "alternate collection"
        if each.suffix != suffix:
            found.append(link(f".{each.suffix}", relation, type=each.media_type))
    if suffix == HTML.suffix:
        found += [link(f".{language}.html", "alternate", hreflang=language) for language in LANGUAGES]
    return tuple(each.removeprefix("<") for each in found)


def link_set(holdings: Holdings, path: str) -> bytes:
    """Return the links of a thing and of its documents as JSON; all addresses are whole (RFC 9264, 4.2)."""
    iri, formats = holdings.iri(path), holdings.formats(path)
    address = {each: holdings.base + encode_path(Address(path, each.suffix).name) for each in formats}
    described = [{"href": address[each], "type": each.media_type} for each in formats if each in DATA]
    common = {"cite-as": [{"href": iri}], "license": [{"href": holdings.licence}]}
    types = [{"href": each} for each in holdings.types(path)[:_MOST_TYPES]]
    told: list[dict[str, Any]] = [{"anchor": iri, **common, "type": types, "describedby": described}]
    for each in formats:
        about: dict[str, Any] = {"anchor": address[each], **common}
        if each is HTML:
            about |= {"type": [{"href": _PAGE_TYPE}, *types], "describedby": described, "item": described}
        elif each in DATA:
            page = [{"href": address[HTML], "type": HTML.media_type}] if HTML in address else []
            about |= {"type": types, "describes": [{"href": iri}], **({"collection": page} if page else {})}
        told.append({name: value for name, value in about.items() if value})
    return orjson.dumps({"linkset": told}, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
