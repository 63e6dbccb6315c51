"""What a page says of itself in its head: JSON-LD, Open Graph and meta tags.

Read first, and compared with the text, which wins: a title that stands on the page is the title. A date is
taken only where it is called the date of publication and is plausible; dates of changes and of captures are
not read at all. Chosen over (a) htmldate, which looks for dates everywhere and returns wrong ones without
doubt, and (b) a parser of all linked data, which would follow contexts into the web.

https://schema.org/NewsArticle, https://ogp.me/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson
from selectolax.lexbor import LexborHTMLParser

from musnad.reading.values import read_words

_ARTICLES: Final = re.compile(
    r"(?:News|Reportage|Analysis|Opinion|Background|Satirical)?(?:Article|Posting)\Z"
)
_LISTS: Final = frozenset({"CollectionPage", "SearchResultsPage", "ItemList"})
_DATES: Final = (
    *("article:published_time", "og:published_time", "datepublished", "dc.date.issued", "dcterms.issued"),
    *("dc.date", "dcterms.date", "publication_date", "publish_date", "publishdate", "pubdate", "date"),
    *("parsely-pub-date", "sailthru.date", "citation_publication_date", "article.published"),
)
# Elements of the page that are marked as its day: microdata, the RDFa of Drupal, the first HTML 5.
_MARKED: Final = "[itemprop~=datePublished], [property~='dc:date'], [property~='dc:created'], time[pubdate]"
_ISO: Final = re.compile(
    r"\s*((?:19|20)\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?:[T ]+([01]\d|2[0-3]):?([0-5]\d))?"
)
_FIRST: Final = 1990  # year of the first pages on the web
_TITLE_PARTS: Final = re.compile(r"\s+[|»«·•–—-]\s+|\s*\|\s*")
_DAY: Final = len("2026-01-31")
_MAX_JSON: Final = 1_000_000
_MAX_NODES: Final = 2_000


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the head of a page says; "" and () where it says nothing."""

    titles: tuple[str, ...] = ()  # the likeliest first
    published: str = ""  # a day, EDTF
    time: str = ""  # HH:MM
    url: str = ""
    publisher: str = ""  # a name
    listing: bool = False
    article: bool = False  # the page calls itself an article, and names its day
    notes: tuple[str, ...] = ()


def read_metadata(tree: LexborHTMLParser, linked_data: Sequence[str]) -> Metadata:
    """Return what JSON-LD, Open Graph and meta tags say of a page, in this order of trust."""
    nodes = [node for text in linked_data for node in _nodes(text)]
    articles = [node for node in nodes if any(_ARTICLES.search(kind) for kind in _kinds(node))]
    tags = _tags(tree)
    element = tree.css_first("title")
    whole = read_words(element.text()) if element else ""
    parts = sorted(_TITLE_PARTS.split(whole), key=len, reverse=True) if whole else []
    headlines = [_text(node.get(key)) for node in articles for key in ("headline", "name")]
    titles = (*headlines, tags.get("og:title", ""), tags.get("twitter:title", ""), whole, *parts[:1])
    dates = [_text(node.get("datePublished")) for node in articles]
    dates += [*(tags.get(name, "") for name in _DATES), _marked(tree)]
    published, time, notes = _day(date for date in dates if date)
    canonical = tree.css_first("link[rel~=canonical]")
    url = (canonical.attributes.get("href") or "") if canonical else ""
    lists = any(kind in _LISTS for node in nodes for kind in _kinds(node)) and not articles
    return Metadata(
        titles=tuple(dict.fromkeys(read_words(title) for title in titles if title.strip())),
        published=published,
        time=time,
        url=next((each for each in (url, tags.get("og:url", "")) if _is_page(each)), ""),
        publisher=_publisher(articles) or tags.get("og:site_name", ""),
        listing=lists,
        article=bool(published) and (bool(articles) or tags.get("og:type") == "article"),
        notes=notes,
    )


def _marked(tree: LexborHTMLParser) -> str:
    """Return the date with which the page marks an element of its own, "" where several days are marked."""
    given = (node.attributes for node in tree.css(_MARKED))
    dates = [each.get("content") or each.get("datetime") or "" for each in given]
    days = {date.strip()[:_DAY] for date in dates if date}
    return next(filter(None, dates)) if len(days) == 1 else ""


def _nodes(text: str) -> Iterator[Mapping[str, Any]]:
    """Yield the objects of a JSON-LD block, outermost first; a broken block has none."""
    try:
        given = orjson.loads(text.strip().removeprefix("<!--").removesuffix("-->")[:_MAX_JSON])
    except orjson.JSONDecodeError:
        return
    waiting, seen = [given], 0
    while waiting and seen < _MAX_NODES:
        node = waiting.pop(0)
        seen += 1
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            yield node
            waiting += [node[key] for key in ("@graph", "mainEntity", "itemListElement") if key in node]


def _kinds(node: Mapping[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _text(value: object) -> str:
    """Return the words of a value of JSON-LD: a text, a language-tagged text, or the first of several."""
    if isinstance(value, list):
        return _text(value[0]) if value else ""
    if isinstance(value, dict):
        return _text(value.get("@value"))
    return value if isinstance(value, str) else ""


def _publisher(articles: Iterable[Mapping[str, Any]]) -> str:
    """Return the organisation that published the article; a person is no publisher, and is not kept."""
    for node in articles:
        for key in ("publisher", "author"):
            for agent in node[key] if isinstance(node.get(key), list) else [node.get(key)]:
                if isinstance(agent, dict) and any(kind.endswith("Organization") for kind in _kinds(agent)):
                    return read_words(_text(agent.get("name")))
    return ""


def _tags(tree: LexborHTMLParser) -> dict[str, str]:
    """Return the meta tags of a page, names in lower case; the first of each name counts."""
    found: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        given = node.attributes
        name = (given.get("property") or given.get("name") or given.get("itemprop") or "").lower()
        if name:
            found.setdefault(name, (given.get("content") or "").strip())
    return found


def _day(dates: Iterable[str]) -> tuple[str, str, tuple[str, ...]]:
    """Return the first plausible day and its time, and notes on those that are not.

    >>> _day(["0001-01-01T00:00:00Z", "2017-07-12T09:30:00+03:00"])[:2]
    ('2017-07-12', '09:30')
    """
    notes: list[str] = []
    for date in dates:
        found = _ISO.match(date)
        if found and int(found[1]) >= _FIRST:
            midnight = (found[4], found[5]) == ("00", "00")
            time = f"{found[4]}:{found[5]}" if found[4] and not midnight else ""
            return f"{found[1]}-{found[2]}-{found[3]}", time, tuple(notes)
        notes.append(f"the metadata give {date[:40]!r} as the date of publication, which is none")
    return "", "", tuple(dict.fromkeys(notes))


def _is_page(url: str) -> bool:
    """Tell whether an address is that of a page, and not of a whole site.

    >>> _is_page("https://example.org/a"), _is_page("https://example.org/"), _is_page("/a")
    (True, False, False)
    """
    return re.match(r"https?://[^/\s<>\"{}|\\^`]+/[^\s<>\"{}|\\^`]+\Z", url) is not None and len(url) <= 2000
