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
from musnad.site.given import Given
from musnad.site.kept import THIS, Kept
from musnad.site.listing import things
from musnad.site.maps import Map, draw
from musnad.site.pages import HTML, LOCALIZED, MEDIA, PageKind, read_pages
from musnad.site.parts import Around
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
COMMON: Final = frozenset(
    {"page", "ask", "this", "total", "examples", "kinds", "overview", "draw_map", "parts_of"}
)
_RESULT_NAMES: Final = frozenset({"results", "snippets"})
_EXAMPLE_NAMES: Final = frozenset({"example"})


@dataclass(frozen=True, slots=True)
class Page:
    """One page in one language, in the format of its template."""

    text: str
    title: str
    address: Address
    around: Around  # the other parts of its list


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
        # What one language is given, the other is given next.
        self._last: tuple[tuple[str, str, int], Given | None] | None = None
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
        given = self.given(path, kind, number)
        if given is None:
            return None
        root = "/" if kind.anywhere else None
        view = view_of(self.world, path, language or MACHINES, root, marked=suffix == HTML)
        return self._fill(kind, view, Address(path, suffix, language, number), given.every(), given.around)

    def given(self, path: str, kind: PageKind, number: int) -> Given | None:
        """Return what the template of a part of a page is given; None where there is no such part."""
        last, key = self._last, (kind.name, path, number)  # one path may have several formats
        if last is None or last[0] != key:
            last = self._last = (key, self._given(path, kind, number))
        return last[1]

    def _given(self, path: str, kind: PageKind, number: int) -> Given | None:
        if kind.facet:
            return self.facets.given(path, number)
        if kind.example:
            example = self.examples.get(path.rpartition("/")[2]) if number == 1 else None
            return Given({"example": example}) if example else None
        return self._asking.given(kind, self.addresses.iri(path), number)

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
        return self._fill(kind, view, address, names, Around(pages=pages))

    def pages(self, only: Collection[str] | None = None) -> Iterator[tuple[str, PageKind]]:
        """Yield path and kind of every page: those about no thing, then things, each in the order of paths.

        A page in several formats is yielded once for each. With `only` no other things are yielded.
        """
        others = [(path, place) for place, kind in enumerate(self.kinds) for path in _paths(self, kind)]
        for path, place in sorted(others):
            yield path, self.kinds[place]
        for path in things(self.answers.store, self.addresses) if only is None else sorted(only):
            for kind in self.addresses.kinds(path):
                yield path, kind

    def numbers(self, name: str) -> tuple[int, ...]:
        """Return the numbers of the parts of a page of a fixed path, by its name in `site.yaml`."""
        kind = self._kinds[name]
        self.answers.store.note()  # the list may have been asked for before
        return self._asking.parts(kind, self.addresses.iri(kind.path)).numbers

    def _fill(
        self, kind: PageKind, view: View, address: Address, names: Mapping[str, Any], around: Around
    ) -> Page:
        about = _about(self, kind, view, address)
        about |= {"previous": around.previous, "next": around.next, "further": around.further}
        about["pages"] = around.pages
        about["languages"] = names.get("languages") or _languages(view, address, names)
        shared = {
            "page": about,
            "ask": lambda name: view.ask(name, about["iri"]),
            "examples": self._topics,
            "kinds": self._kinds,
            "overview": partial(_overview, self),
            "draw_map": partial(_draw_map, self, view),
            "parts_of": self.numbers,
            "this": None,
            "total": {},
        }
        text = self.templates.render(kind.template, view.names() | shared | dict(names))
        found = _TITLE.search(text) if kind.suffix == HTML else None
        return Page(text, html.unescape(found[1]).strip() if found else "", address, around)


def _about(site: Site, kind: PageKind, view: View, address: Address) -> dict[str, Any]:
    """Return what a template knows of its own page."""
    this, base = Iri(site.addresses.iri(address.path)), site.config.base
    data = kind.data and site.data.knows(this)
    files = {suffix: Address(address.path, suffix).name for suffix in DATA_SUFFIXES} if data else {}
    return {
        "kind": kind.name,
        "iri": this,
        "path": address.path,
        "number": address.number,
        "canonical": base + address.name,
        "alternates": {
            language: base + replace(address, language=language).name for language in (*LANGUAGES, "")
        },
        "data": {suffix: (view.root + name, MEDIA_TYPES[suffix]) for suffix, name in files.items()},
        "formats": _formats(site, address.path, view),
        "jsonld": site.data.embedded(this) if data and address.number == 1 else "",
    }


def _languages(view: View, address: Address, names: Mapping[str, Any]) -> dict[str, str]:
    """Return the links to a page in each language."""
    asking = names.get("asking", "")
    return {tag: view.root + replace(address, language=tag).name + asking for tag in LANGUAGES}


def _formats(site: Site, path: str, view: View) -> dict[str, tuple[str, str]]:
    """Return the other formats of a page: suffix → link and media type."""
    others = [kind.suffix for kind in site.addresses.kinds(path) if kind.suffix != HTML]
    named = {
        suffix: Address(path, suffix, view.language if suffix in LOCALIZED else "").name for suffix in others
    }
    return {suffix: (view.root + name, MEDIA[suffix]) for suffix, name in named.items()}


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
    rows = site.world.kept.same(site.queries[kind.over])  # several kinds may be over one query
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
