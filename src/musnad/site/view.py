"""What every template knows beside the rows of its queries: texts, labels, links, dates.

One view for one page in one language, so that no template passes the language around. Chosen over (a) filters
with the language as an argument, which a template may forget, and (b) one set of templates for each language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final
from urllib.parse import quote

from jinja2 import UndefinedError
from markupsafe import Markup, escape

from musnad.config import Site as SiteConfig
from musnad.site.addresses import FRAGMENT, Addresses, root_of
from musnad.site.collation import by_letter
from musnad.site.csv_lines import csv_line
from musnad.site.kept import Kept
from musnad.site.pictures import chart, flows, network, timeline
from musnad.site.queries import Answers, Query, bind, with_prefixes
from musnad.site.shown import shown_bytes, shown_date, spaced
from musnad.site.texts import LANGUAGES, Texts
from musnad.site.traces import NAMES
from musnad.site.values import Iri, Row, Words, anchor, clean, direction, external, plain
from musnad.vocabulary import prefixes

_MOST_LABELS: Final = 50_000
_MOST_LINKS: Final = 10_000


@dataclass(frozen=True, slots=True)
class World:
    """What all pages share: configuration, texts, addresses, the store, and the labels seen so far."""

    config: SiteConfig
    texts: Texts
    addresses: Addresses
    answers: Answers
    queries: Mapping[str, Query]
    kept: Kept
    installed: Mapping[str, bool]  # whether the project has a font, and an editor of queries
    labels: dict[str, tuple[Words, ...]] = field(default_factory=dict)
    pieces: dict[tuple[str, str, str], Markup] = field(default_factory=dict)  # that many pages share
    links: dict[tuple[str, str, str], Markup] = field(default_factory=dict)  # by IRI, language and root

    def labels_of(self, iri: str) -> tuple[Words, ...]:
        """Return every label of a resource, the preferred property first."""
        known = self.labels.get(iri)
        if known is not None:
            self.answers.store.note(node=iri)
        else:
            if len(self.labels) >= _MOST_LABELS:
                self.labels.clear()
            said = self.answers.store.literals(iri, NAMES) if external(iri) else []
            words = (Words(each.value, each.language or "") for each in said)
            known = self.labels[iri] = tuple(each for each in words if each.shown.strip())
        return known

    def compact(self, iri: str) -> str:
        """Return an IRI with a prefix where one fits, else as it stands."""
        names = prefixes(self.config.base).items()
        fitting = [(name, space) for name, space in names if iri.startswith(space) and iri != space]
        if not fitting:
            return iri
        name, space = max(fitting, key=lambda pair: len(pair[1]))
        return f"{name}:{iri[len(space) :]}"


@dataclass(frozen=True, slots=True)
class View:
    """The names of one page in one language."""

    world: World
    language: str
    root: str
    marked: bool = True  # whether the page is HTML; in other formats nothing may bring its own tags
    anchors: set[str] = field(default_factory=set)

    def t(self, name: str, **values: object) -> Markup:
        """Return a text of the interface with its gaps filled."""
        if values and not self.marked:
            values = {key: plain(value) for key, value in values.items()}
        try:
            return self.world.texts.format(name, self.language, values)
        except KeyError as error:
            raise UndefinedError(f"text {name!r} or its gap {error} is undefined: '{name}'") from None

    def label(self, iri: str) -> Words:
        """Return the name of a resource: in this language, in the other, or its shortened IRI."""
        found = _in_language(self.world.labels_of(iri), self.language)
        if found is not None:
            return found
        short = self.world.compact(iri)
        if self.world.texts.known(f"terms.{short}"):
            return Words(self.world.texts.get(f"terms.{short}", self.language), self.language)
        return Words(Iri(short).shown, "en")

    def href(self, iri: str, number: int = 1) -> str:
        """Return where the page of an IRI is: a relative path, an address elsewhere, or "" for neither."""
        if self.world.addresses.local(iri):
            return self.world.addresses.href(iri, self.root, self.language, number)
        return str(iri) if external(iri) and not iri.startswith(self.world.config.base) else ""

    def link(self, value: object, text: object = None) -> Markup:
        """Return a link to an IRI with its label, or the words themselves where it is no IRI."""
        if not isinstance(value, Iri):
            return Markup("{}").format("" if value is None else value)
        if text is not None:
            return self._link(value, text)
        links, key = self.world.links, (value, self.language, self.root)
        known = links.get(key)
        if known is not None:
            self.world.answers.store.note(node=value)
            return known
        if len(links) >= _MOST_LINKS:
            links.clear()
        links[key] = made = self._link(value, self.label(value))
        return made

    def _link(self, value: Iri, inside: object) -> Markup:
        target = self.href(value)
        if not target:
            return Markup("{}").format(inside)
        return anchor(target, inside, ' rel="external noopener nofollow"' if target == value else "")

    def page(self, path: str) -> str:
        """Return the link to a page of a fixed path, `people` or `query`."""
        return self.world.addresses.href(self.world.addresses.iri(path), self.root, self.language)

    def address(self, iri: str, language: str) -> str:
        """Return the address of the page of an IRI in a language, whole; "" where it has none."""
        addresses = self.world.addresses
        return addresses.href(iri, addresses.base, language) if addresses.local(iri) else ""

    def date(self, value: object) -> Markup:
        """Return an EDTF date, or a date of XML Schema, as a reader writes it."""
        shown = shown_date(clean(str(value)), self.world.texts, self.language)
        return shown if self.marked else escape(shown.striptags())

    def label_in(self, iri: str, language: str) -> str:
        """Return the name of a resource in one language, "" where it has none there."""
        found = self.world.labels_of(iri)
        return next((words.shown for words in found if words.language in {language, ""}), "")

    def ask(self, name: str, this: str) -> str:
        """Return a query of the page as it is sent to the endpoint: bound, with its prefixes, encoded."""
        query = self.world.queries[name]
        return quote(with_prefixes(bind(query.text, this), self.world.config.base), safe="")

    def letters(self, rows: Iterable[Row], name: str) -> list[tuple[str, list[Row]]]:
        """Return rows by the first letter of the label of one of their variables."""
        return by_letter(rows, lambda row: self.label(str(getattr(row, name))).shown)

    def words_at(self, document: str, passage: str) -> str:
        """Return the link to the place in the page of a document where a passage is quoted."""
        addresses = self.world.addresses
        number = self.world.kept.part(addresses.kind(addresses.path(document)), document, passage)
        return f"{self.href(document, number)}#{quote(fragment(passage), safe=FRAGMENT)}"

    def kept(self, name: str, caller: Callable[[], Markup]) -> Markup:
        """Return a piece that is the same on every page of this language at this depth; it is made once."""
        key = name, self.language, self.root
        if key not in self.world.pieces:
            self.world.pieces[key] = caller()
        return self.world.pieces[key]

    def once(self, iri: object) -> Markup:
        """Return the `id` attribute for a part of the page, empty where the page has it already."""
        name = fragment(str(iri))
        if not name or name in self.anchors:
            return Markup("")
        self.anchors.add(name)
        return Markup(' id="{}"').format(name)

    def file(self, iri: str) -> str:
        """Return the link to a file of the release; one below the base is relative."""
        base = self.world.config.base
        return self.root + iri.removeprefix(base) if iri.startswith(base) else self.href(iri)

    def names(self) -> dict[str, Any]:
        """Return the names by which templates call all this."""
        config, language = self.world.config, self.language
        return {
            "t": self.t,
            "label": self.label,
            "href": self.href,
            "link": self.link,
            "page_of": self.page,
            "address_of": self.address,
            "date": self.date,
            "letters": self.letters,
            "label_in": self.label_in,
            "draw_timeline": lambda rows: timeline(rows, mirrored=direction(language) == "rtl"),
            "draw_chart": lambda rows: chart(rows, mirrored=direction(language) == "rtl"),
            "draw_network": network,
            "draw_flows": flows,
            "csv": csv_line,
            "words_at": self.words_at,
            "once": self.once,
            "kept": self.kept,
            "spoken": lambda rows, name: spoken(rows, name, language),
            "file_of": self.file,
            "has_text": self.world.texts.known,
            "fragment": fragment,
            "runs": runs,
            "outermost": outermost,
            "compact": self.world.compact,
            "bytes": shown_bytes,
            "number": spaced,
            "lang": language,
            "dir": direction(language),
            "root": self.root,
            "base": config.base,
            "site": {**_site_names(config, language), **self.world.installed},
        }


def fragment(iri: str) -> str:
    """Return what stands after the `#` of an IRI.

    >>> fragment("https://example.org/capture/00ff#char=3,9")
    'char=3,9'
    """
    return iri.partition("#")[2]


def runs(rows: Iterable[Row], name: str) -> list[list[Row]]:
    """Return neighbouring rows together that have the same value of a variable."""
    return [list(group) for _, group in groupby(rows, key=lambda row: getattr(row, name))]


def outermost(rows: Iterable[Row], name: str) -> list[Row]:
    """Return the rows whose span no span before them holds that has the same value of a variable.

    The rows have `start` and `end` and are ordered by start, then by falling end.
    """
    ends: dict[object, int] = {}
    found = []
    for row in rows:
        key, end = getattr(row, name), row.end
        if isinstance(end, int) and end > ends.get(key, -1):
            found.append(row)
            ends[key] = end
    return found


def spoken(rows: Iterable[Row], name: str, language: str) -> Words | None:
    """Return the words of a variable in a language, else in the other, else none."""
    found = [value for row in rows if isinstance(value := getattr(row, name), Words)]
    return _in_language(found, language)


def _in_language(found: Sequence[Words], language: str) -> Words | None:
    """Return the first words in a language, in none, or in the other."""
    for each in (language, "", *LANGUAGES):
        for words in found:
            if words.language == each:
                return words
    return found[0] if found else None


def _site_names(config: SiteConfig, language: str) -> dict[str, str]:
    """Return what a template may print of the configuration."""
    return {
        "title": config.title[language],
        "description": config.description[language],
        "publisher": config.publisher[language],
        "licence": config.licence,
        "contact": config.contact,
    }


def view_of(world: World, path: str, language: str, root: str | None = None, *, marked: bool = True) -> View:
    """Return the view of the page at a path; `root` replaces the relative way to the root."""
    return View(world, language, root_of(path) if root is None else root, marked)
