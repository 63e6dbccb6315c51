"""Which pages there are: the key `pages` of `publish/site.yaml`, read strictly.

A page is a kind of thing, queries and a template. The path says which IRIs below the base have such a page
(`*` is one segment), the suffix of the template in which format it is: `sitemap.xml`, `llms.txt` and a
picture are pages as others are. Chosen over (a) one Python class for each kind and (b) templates that query
for themselves, which hides what a page costs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from musnad.config import line_of, refuse_unknown, require
from musnad.errors import MappingError

_PATH: Final = re.compile(r"[a-z0-9*-]+(?:/[a-z0-9*-]+)*\Z")
KEYS: Final = (
    "path",
    "query",
    "template",
    "paged",
    "more",
    "once",
    "collated",
    "over",
    "facet",
    "example",
    "data",
    "anywhere",
)
MAX_ROWS: Final = 100  # on one part of a list that a reader sees
MAX_ENTRIES: Final = 20_000  # on one part of a list for machines
HTML: Final = "html"
_FACETS: Final = {"values": "claims/*", "claims": "claims/*/*"}  # where pages over facets may stand
# The formats that a template may have, by its suffix.
MEDIA: Final = {
    HTML: "text/html",
    "svg": "image/svg+xml",
    "csv": "text/csv",
    "json": "application/json",
    "xml": "application/xml",
    "atom": "application/atom+xml",
    "txt": "text/plain",
}
LOCALIZED: Final = frozenset({HTML, "svg", "atom"})  # in each language; the others once, in English


@dataclass(frozen=True, slots=True)
class PageKind:
    """One kind of page: its addresses, its queries, its template."""

    name: str
    path: str
    queries: tuple[str, ...]
    template: str
    paged: Mapping[str, int] = field(default_factory=dict)  # query → rows on one page
    more: Mapping[str, str] = field(default_factory=dict)  # query → the query that tells more of its rows
    once: tuple[str, ...] = ()  # queries that are asked once, for all things together
    collated: str = ""  # the query whose rows are ordered by the name of their first variable
    over: str = ""  # the query whose `slug` fills the `*` of a path that is not one of things
    facet: str = ""  # "values" of a facet of claims, or the "claims" that have one; the path says which
    example: bool = False  # one page for each example query; its slug fills the `*`
    data: bool = True  # whether Turtle and its neighbours stand beside the page
    anywhere: bool = False  # shown at any address: its links begin at the root of the host

    @property
    def pattern(self) -> re.Pattern[str]:
        """Return what the paths of this kind match."""
        return re.compile(re.escape(self.path).replace(r"\*", "[^/#?]+") + r"\Z")

    @property
    def suffix(self) -> str:
        """Return the format of the page: the suffix of its template."""
        return self.template.rpartition(".")[2]

    @property
    def fixed(self) -> bool:
        """Tell whether there is exactly one page of the kind."""
        return "*" not in self.path


def read_pages(path: Path, given: Any) -> tuple[PageKind, ...]:
    """Return the kinds of pages of `publish/site.yaml`, in its order, or raise MappingError."""
    if not isinstance(given, Mapping) or not given:
        raise MappingError(path, "the key 'pages' must hold at least one page")
    kinds = tuple(_read_kind(path, str(name), node, given) for name, node in given.items())
    taken: dict[tuple[str, str], str] = {}
    for kind in kinds:
        other = taken.setdefault((kind.path, kind.suffix), kind.name)
        if other != kind.name:
            raise MappingError(path, f"pages {other} and {kind.name} have the path {kind.path!r}")
    return kinds


def _read_kind(path: Path, name: str, node: Any, around: Any) -> PageKind:
    where = f"{path}:{line_of(around, name)}"
    if not isinstance(node, Mapping):
        raise MappingError(where, f"page {name} must hold {', '.join(KEYS)}")
    refuse_unknown(path, node, KEYS, f"page {name}")
    require(path, node, ("path", "template"), f"page {name}")
    if not isinstance(node["path"], str) or not _PATH.match(node["path"]):
        raise MappingError(where, f"page {name}: {node['path']!r} is not a path", "as in claim/* or people")
    template = str(node["template"])
    suffix = template.rpartition(".")[2]
    if suffix not in MEDIA:
        raise MappingError(where, f"page {name}: {template!r} is in no format", f"one of {', '.join(MEDIA)}")
    queries = _words(where, name, node.get("query", []))
    paged, most = node.get("paged", {}), MAX_ROWS if suffix == HTML else MAX_ENTRIES
    if not isinstance(paged, Mapping) or any(
        key not in queries or isinstance(rows, bool) or not isinstance(rows, int) or not 0 < rows <= most
        for key, rows in paged.items()
    ):
        raise MappingError(where, f"page {name}: paged maps its queries to 1 … {most} rows")
    once = _words(where, name, node.get("once", []))
    if not set(once) <= set(queries):
        raise MappingError(where, f"page {name}: once names what is not among its queries")
    collated = node.get("collated", "")
    if collated and collated not in queries:
        raise MappingError(where, f"page {name}: collated names {collated!r}, which is not among its queries")
    more = node.get("more", {})
    if not isinstance(more, Mapping) or any(
        key not in queries or not isinstance(value, str) for key, value in more.items()
    ):
        raise MappingError(where, f"page {name}: more maps its queries to names of publish/queries/*.rq")
    over, facet = _fillers(where, name, node)
    switches = _switches(where, name, node, suffix)
    lists = (dict(paged), dict(more), once, collated)
    return PageKind(name, node["path"], queries, template, *lists, over, facet, *switches)


def _fillers(where: str, name: str, node: Mapping[str, Any]) -> tuple[str, str]:
    """Return what fills the `*` of a path that is not one of things: a query, or the values of facets."""
    over, facet = node.get("over", ""), node.get("facet", "")
    if over and (not isinstance(over, str) or node["path"].count("*") != 1):
        raise MappingError(where, f"page {name}: over is a query whose slug fills the one * of the path")
    if facet and _FACETS.get(facet) != node["path"]:
        raise MappingError(where, f"page {name}: facet is values, at claims/*, or claims, at claims/*/*")
    return over, facet


def _switches(where: str, name: str, node: Mapping[str, Any], suffix: str) -> tuple[bool, bool, bool]:
    """Return what is true or false of a page; only the pages of readers have data beside them."""
    found = {}
    for key, default in (("example", False), ("data", suffix == HTML), ("anywhere", False)):
        found[key] = node.get(key, default)
        if not isinstance(found[key], bool):
            raise MappingError(where, f"page {name}: {key} is true or false")
    if found["data"] and suffix != HTML:
        raise MappingError(where, f"page {name}: a page in {suffix} has no data of its own", "leave data out")
    if found["example"] and node["path"].count("*") != 1:
        raise MappingError(where, f"page {name}: the slug of an example fills the one * of the path")
    return found["example"], found["data"], found["anywhere"]


def _words(where: str, name: str, given: Any) -> tuple[str, ...]:
    if not isinstance(given, list) or not all(isinstance(word, str) for word in given):
        raise MappingError(where, f"page {name}: query is a list of names of publish/queries/*.rq")
    if len(set(given)) != len(given):
        raise MappingError(where, f"page {name}: a query is named twice")
    return tuple(given)
