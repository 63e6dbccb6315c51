"""From an IRI to its page: find the kind, ask its queries, fill its template.

Pages are made when they are asked for, and written to files by `writing`; both ways give the same bytes.
Chosen over (a) a static generator alone, which must be run after every change of the data, and (b) a page
server alone, which cannot be put behind a plain web server.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any, Final
from urllib.parse import urlencode

from musnad.authority import read_authority
from musnad.config import Site as SiteConfig
from musnad.errors import TemplateError
from musnad.project import Project
from musnad.search import Choice, Index, Ledger
from musnad.site.addresses import DATA_SUFFIXES, Address, Addresses
from musnad.site.asking import Asking
from musnad.site.data import MEDIA_TYPES, Data
from musnad.site.editor import SCRIPT
from musnad.site.examples import Example, by_topic, read_examples
from musnad.site.facets import CHOSEN, ROWS, Facets
from musnad.site.facets import NAMES as FACET_NAMES
from musnad.site.fonts import SHEET
from musnad.site.kept import THIS, Kept
from musnad.site.listing import things
from musnad.site.maps import Map, draw
from musnad.site.pages import HTML, LOCALIZED, MEDIA, PageKind, read_pages
from musnad.site.queries import Answers, Query, read_query
from musnad.site.results import Results
from musnad.site.snippets import snippets
from musnad.site.templates import Templates
from musnad.site.texts import LANGUAGES, Texts, read_texts
from musnad.site.values import Iri, Row
from musnad.site.view import View, World, view_of
from musnad.store import Store

_TITLE: Final = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_RESULTS: Final = PageKind("results", "sparql", (), "results.html", data=False)
MACHINES: Final = "en"  # the language of what no reader sees
# The names that every template knows, beside those of its queries.
COMMON: Final = frozenset({"page", "ask", "this", "total", "examples", "kinds", "overview", "draw_map"})
_RESULT_NAMES: Final = frozenset({"results", "snippets"})
_EXAMPLE_NAMES: Final = frozenset({"example"})


@dataclass(frozen=True, slots=True)
class Page:
    """One page in one language, in the format of its template."""

    text: str
    title: str
    address: Address
    pages: int = 1  # of the list that it belongs to


class Site:
    """The pages of a dataset."""

    def __init__(self, project: Project, store: Store, config: SiteConfig) -> None:
        self.config, self.project = config, project
        self.kinds = read_pages(project.site_file, config.pages)
        self.templates = Templates(project.templates)
        self.texts: Texts = read_texts(project.texts)
        names = {name for kind in self.kinds for name in (*kind.queries, *kind.more.values())}
        names |= {kind.over for kind in self.kinds if kind.over} | {ROWS}
        self.queries: dict[str, Query] = {
            name: read_query(project.queries / f"{name}.rq", name, config.base) for name in sorted(names)
        }
        self.examples: dict[str, Example] = {
            example.slug: example for example in read_examples(project.queries, config.base)
        }
        self.addresses = Addresses(config.base, self.kinds)
        self.answers = Answers(store)
        self.data = Data(project, store, config)
        kept = Kept(self.queries, self.answers)
        installed = {
            "fonts": (project.fonts / SHEET).is_file(),
            "editor": (project.editor / SCRIPT).is_file(),
        }
        self.world = World(config, self.texts, self.addresses, self.answers, self.queries, kept, installed)
        self._asking = Asking(self.queries, self.answers, self.world)
        self._topics, self._kinds = by_topic(self.examples.values()), {kind.name: kind for kind in self.kinds}
        _check(self)

    @cached_property
    def index(self) -> Index:
        """The index of everything that can be found; made when it is first asked."""
        return Index.of(self.answers.store, self.config.base)

    @cached_property
    def facets(self) -> Facets:
        """The claims by their facets; read when they are first asked for."""
        return Facets(Ledger(self.answers.store), self.answers, self.queries[ROWS])

    @cached_property
    def ground(self) -> tuple[tuple[float, float], ...]:
        """Latitude and longitude of every place that the authority locates, for maps."""
        places = read_authority(self.project.authority, self.config.minter).entities.values()
        return tuple((float(each.latitude), float(each.longitude)) for each in places if each.latitude)

    def render(self, iri_or_path: str, language: str, number: int = 1, suffix: str = HTML) -> Page | None:
        """Return the page of a thing; None where there is no such thing, format, language or part of a list.

        `iri_or_path` is an IRI below the base or a path such as `claim/0123456789abcdef`; `number` counts
        the parts of a long list from 1; `language` is "" in the formats that have none.
        """
        path = self.addresses.path(iri_or_path)
        kind = self.addresses.kind(path, suffix)
        if kind is None or number < 1 or language not in (LANGUAGES if suffix in LOCALIZED else ("",)):
            return None
        if kind.facet:
            named = self.facets.names(path, number)
            if named is None or number > named[1]:
                return None
            return self.render_answer(kind, named[0], Address(path, suffix, language, number), named[1])
        if kind.example:
            example = self.examples.get(path.rpartition("/")[2]) if number == 1 else None
            address = Address(path, suffix, language)
            return self.render_answer(kind, {"example": example}, address) if example else None
        answered = self._asking.answer(kind, self.addresses.iri(path), number)
        if answered is None or number > answered.pages:
            return None
        root = "/" if kind.anywhere else None
        view = view_of(self.world, path, language or MACHINES, root, marked=suffix == HTML)
        names: dict[str, Any] = dict(answered.rows)
        first = kind.queries[:1] and answered.rows[self.queries[kind.queries[0]].variable]
        names |= {"total": answered.total, "this": first[0] if first else None}
        return self._fill(kind, view, Address(path, suffix, language, number), names, answered.pages)

    def render_results(self, results: Results, language: str) -> Page:
        """Return the answers to a query as a page."""
        codes = snippets(results.query, results.endpoint, results.kind)
        asked = {"query": results.query, "view": results.shown}
        languages = {tag: f"sparql?{urlencode(asked | {'lang': tag})}" for tag in LANGUAGES}
        names: dict[str, Any] = {"results": results, "snippets": codes, "languages": languages}
        return self.render_answer(_RESULTS, names, Address(_RESULTS.path, HTML, language))

    def render_answer(
        self, kind: PageKind, names: Mapping[str, Any], address: Address, pages: int = 1
    ) -> Page:
        """Return a page whose rows come from no query of its own."""
        view = view_of(self.world, address.path, address.language)
        return self._fill(kind, view, address, {"this": None, "total": {}, **names}, pages)

    def pages(self, only: Collection[str] | None = None) -> Iterator[tuple[str, PageKind]]:
        """Yield path and kind of every page, fixed pages first, then things in the order of their IRIs.

        A page in several formats is yielded once for each. With `only` no other things are yielded.
        """
        for kind in self.kinds:
            for path in _paths(self, kind):
                yield path, kind
        for path in things(self.answers.store, self.addresses) if only is None else sorted(only):
            for kind in self.addresses.kinds(path):
                yield path, kind

    def _formats(self, path: str, view: View) -> dict[str, tuple[str, str]]:
        """Return the other formats of a page: suffix → link and media type."""
        others = [kind.suffix for kind in self.addresses.kinds(path) if kind.suffix != HTML]
        named = {
            suffix: Address(path, suffix, view.language if suffix in LOCALIZED else "").name
            for suffix in others
        }
        return {suffix: (view.root + name, MEDIA[suffix]) for suffix, name in named.items()}

    def _fill(
        self, kind: PageKind, view: View, address: Address, names: Mapping[str, Any], pages: int
    ) -> Page:
        this = Iri(self.addresses.iri(address.path))
        data = kind.data and self.data.knows(this)
        about: dict[str, Any] = {
            "kind": kind.name,
            "iri": this,
            "path": address.path,
            "number": address.number,
            "pages": pages,
            "canonical": self.config.base + address.name,
            "languages": names.get("languages")
            or {
                language: view.root + replace(address, language=language).name + names.get("asking", "")
                for language in LANGUAGES
            },
            "alternates": {
                language: self.config.base + replace(address, language=language).name
                for language in (*LANGUAGES, "")
            },
            "data": {
                suffix: (view.root + Address(address.path, suffix).name, MEDIA_TYPES[suffix])
                for suffix in DATA_SUFFIXES
            }
            if data
            else {},
            "formats": self._formats(address.path, view),
            "jsonld": self.data.embedded(this) if data and address.number == 1 else "",
        }
        shared = {
            "page": about,
            "ask": lambda name: view.ask(name, this),
            "examples": self._topics,
            "kinds": self._kinds,
            "overview": partial(_overview, self),
            "draw_map": partial(_draw_map, self, view),
        }
        text = self.templates.render(kind.template, view.names() | shared | dict(names))
        found = _TITLE.search(text) if kind.suffix == HTML else None
        return Page(text, html.unescape(found[1]).strip() if found else "", address, pages)


def _paths(site: Site, kind: PageKind) -> Iterable[str]:
    """Return the paths of a kind of page that is not about things."""
    if kind.fixed:
        return [kind.path]
    if kind.facet:
        return site.facets.paths(kind)
    if kind.example:
        return [kind.path.replace("*", slug) for slug in site.examples]
    if not kind.over:
        return ()
    rows = site.answers.rows(site.queries[kind.over], site.config.base)
    return [kind.path.replace("*", slug) for slug in sorted({str(row.slug) for row in rows})]


def _overview(site: Site, most: int) -> list[tuple[str, list[Choice], int]]:
    """Return what `Facets.overview` does; the claims are read when a template asks for it, not before."""
    return site.facets.overview(most)


def _draw_map(site: Site, view: View, rows: Sequence[Row]) -> Map:
    """Return the map of places, with their names in the language of the page."""
    return draw(rows, [view.label(str(row.place)).shown for row in rows], site.ground)


def _check(site: Site) -> None:
    """Raise if a template uses a name that it will not be given."""
    common = COMMON | set(view_of(site.world, "", LANGUAGES[0]).names())
    for kind in site.kinds:
        given = {site.queries[name].variable for name in kind.queries}
        for name in kind.once:
            if site.queries[name].variables[0] != THIS:
                raise TemplateError(site.project.queries / f"{name}.rq", "the first variable must be ?this")
        if len(given) != len(kind.queries) or given & common:
            raise TemplateError(site.project.site_file, f"page {kind.name}: two things have one name")
        given |= (FACET_NAMES if kind.facet else set()) | (_EXAMPLE_NAMES if kind.example else set())
        site.templates.check(kind.template, common | given)
    site.templates.check(_RESULTS.template, common | _RESULT_NAMES)
    site.templates.check(CHOSEN.template, common | FACET_NAMES)


def warm(site: Site) -> None:
    """Ask what is asked once for all pages, so that the first readers do not wait for it."""
    site.templates.compile()
    for kind in site.kinds:
        for name in kind.once:
            site.world.kept.total(site.queries[name], "")
        for query in (site.queries[name] for name in kind.queries if not site.queries[name].about):
            if kind.suffix == HTML and kind.fixed and query.name not in kind.once:
                site.world.kept.same(query)
