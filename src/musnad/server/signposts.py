"""The Link header: what a machine needs to know about a document before it reads it.

https://signposting.org/FAIR/ and RFC 8288. Chosen over (a) links in the HTML alone, which a client of Turtle
does not see, and (b) a link set of its own, which is one more request.
"""

from __future__ import annotations

import re
from typing import Final

from starlette.requests import Request

from musnad.server.holdings import Holdings
from musnad.server.media import HTML
from musnad.server.paths import encode_path, local_address
from musnad.site import Address

_PAGE_TYPE: Final = "https://schema.org/AboutPage"
_MOST_TYPES: Final = 3
_PUNCTUATION: Final = str.maketrans({"<": "%3C", ">": "%3E", " ": "%20", '"': "%22"})


def link(target: str, relation: str, **attributes: str) -> str:
    """Return one link of a Link header.

    >>> link("/id/x.ttl", "alternate", type="text/turtle")
    '</id/x.ttl>; rel="alternate"; type="text/turtle"'
    """
    safe = target.translate(_PUNCTUATION)
    ascii_only = re.sub(r"[^!-~]", lambda found: encode_path(found.group()), safe)
    rest = "".join(f'; {name}="{value}"' for name, value in attributes.items())
    return f'<{ascii_only}>; rel="{relation}"{rest}'


def links(holdings: Holdings, request: Request, path: str, suffix: str) -> str:
    """Return the Link header of a document about a thing; `suffix` is "" at the thing's own address."""
    iri = holdings.iri(path)
    found = [link(iri, "cite-as"), link(holdings.licence, "license")]
    formats = holdings.formats(path)
    for each in formats:
        if each.suffix == suffix:
            continue
        relations = ["alternate"]
        if suffix == HTML.suffix:
            relations += ["describedby", "item"]
        elif suffix and each is HTML:
            relations.append("collection")
        target = local_address(request, Address(path, each.suffix).name)
        found.append(link(target, " ".join(relations), type=each.media_type))
    types = holdings.types(path)[:_MOST_TYPES]
    if suffix == HTML.suffix:
        found += [
            link(local_address(request, Address(path, "html", language).name), "alternate", hreflang=language)
            for language in ("ar", "en")
        ]
        types = [_PAGE_TYPE, *types]
    elif suffix:
        found.append(link(iri, "describes"))
    found += [link(each, "type") for each in types]
    return ", ".join(found)
