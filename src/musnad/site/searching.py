"""What a search shows: results in three groups, the words that were found marked, links to the rest.

The ranking is that of `musnad.search`; here it is put into words. The same descriptions go to the script of
the written site. Chosen over (a) marking in the template, which does not know how words are folded, and
(b) excerpts made anew for each question, which the script would have to make alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from markupsafe import Markup, escape

from musnad.search import Entry, Index, write_shards
from musnad.search.entries import CLAIM, DOCUMENT, ENTITY, KINDS
from musnad.search.ledger import slug_of
from musnad.search.shards import Write
from musnad.site.addresses import Address
from musnad.site.pages import HTML, PageKind
from musnad.site.rendering import Page, Site
from musnad.site.texts import LANGUAGES
from musnad.site.values import clean, direction
from musnad.site.view import View, view_of

PATH: Final = "search"
FOUND: Final = PageKind("found", PATH, (), "found.html", data=False)
NAMES: Final = frozenset({"asked", "groups", "turn"})
SHOWN: Final = 10  # of each group, where there are several
ON_A_PAGE: Final = 20
LONGEST: Final = 160  # characters beneath a name
_MOST_PARTS: Final = 1_000
MOST_QUESTION: Final = 200  # characters; the field takes no more


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asks: words, and a kind or a class of what is to be found."""

    question: str
    within: str = ""  # "", a kind, or the last part of the IRI of a class
    number: int = 1

    @property
    def shown(self) -> str:
        """Return the question as a page shows it: without what turns the direction of its words."""
        return clean(self.question)

    def address(self, root: str, language: str, **changed: object) -> str:
        """Return the link to this question, or to one that differs in `within` or `number`."""
        given = {"q": self.question, "class": self.within, "page": self.number} | changed
        told = {key: value for key, value in given.items() if value not in {"", 1}}
        return f"{root}{Address(PATH, HTML, language).name}?{urlencode(told)}"


@dataclass(frozen=True, slots=True)
class Result:
    """One result as it is shown."""

    kind: str
    iri: str
    path: str
    href: str
    score: int
    label: Markup
    text: str
    type: str
    below: Markup


@dataclass(frozen=True, slots=True)
class Group:
    """The results of one kind: how many there are, those shown, and the link to all of them."""

    kind: str
    total: int
    results: tuple[Result, ...]
    all: str


class Searching:
    """Puts questions to the index of a site."""

    def __init__(self, site: Site, index: Index) -> None:
        self.site, self.index = site, index

    def groups(self, asked: Asked, view: View) -> tuple[tuple[Group, ...], int]:
        """Return the groups of a question and the number of their pages."""
        found = self.rank(asked)
        size = ON_A_PAGE if asked.within else SHOWN
        most = max((len(ranked) for _, ranked in found), default=0)
        pages = max(1, -(-most // size)) if asked.within else 1
        start = size * (min(asked.number, pages) - 1)
        groups = tuple(
            Group(
                kind,
                len(ranked),
                tuple(self._result(asked, pair, view) for pair in ranked[start : start + size]),
                asked.address(view.root, view.language, **{"class": kind, "page": 1})
                if len(ranked) > size and not asked.within
                else "",
            )
            for kind, ranked in found
            if ranked
        )
        return groups, pages

    def rank(self, asked: Asked) -> list[tuple[str, list[tuple[int, int]]]]:
        """Return kind → scores and numbers of the entries that a question finds, best first."""
        kinds = KINDS if not asked.within else [asked.within] if asked.within in KINDS else [ENTITY]
        of_class = asked.within not in ("", *KINDS)
        return [
            (
                found.kind,
                [
                    pair
                    for pair in found.ranked
                    if not of_class or slug_of(self.index.entries[pair[1]].type) == asked.within
                ],
            )
            for found in self.index.rank(asked.question, kinds)
        ]

    def page(self, asked: Asked, language: str) -> Page:
        """Return the page of results."""
        view = view_of(self.site.world, PATH, language)
        groups, pages = self.groups(asked, view)
        number = min(asked.number, pages)
        turn = {
            "previous": asked.address(view.root, language, page=number - 1) if number > 1 else "",
            "next": asked.address(view.root, language, page=number + 1) if number < pages else "",
        }
        asking = asked.address("", language).partition("?")[2]
        names: dict[str, Any] = {"asked": asked, "groups": groups, "turn": turn, "asking": f"?{asking}"}
        return self.site.render_answer(FOUND, names, Address(PATH, HTML, language, number), pages)

    def told(self, asked: Asked, language: str) -> dict[str, Any]:
        """Return the same results for machines."""
        groups, pages = self.groups(asked, view_of(self.site.world, PATH, language, "/"))
        return {
            "query": asked.shown,
            "pages": pages,
            "total": {group.kind: group.total for group in groups},
            "results": [
                {
                    "kind": each.kind,
                    "id": each.iri,
                    "label": each.text,
                    "class": slug_of(each.type),
                    "score": each.score / 10,
                    "page": each.href,
                }
                for group in groups
                for each in group.results
            ],
        }

    def _result(self, asked: Asked, pair: tuple[int, int], view: View) -> Result:
        score, number = pair
        entry = self.index.entries[number]
        label, tag = entry.label(view.language)
        below, below_tag = self.below(entry, view)
        return Result(
            entry.kind,
            entry.iri,
            self.site.addresses.path(entry.iri),
            view.href(entry.iri),
            score,
            self._mark(label, tag, asked),
            label,
            entry.type,
            self._mark(below, below_tag, asked) if below else Markup(""),
        )

    def below(self, entry: Entry, view: View) -> tuple[str, str]:
        """Return what stands beneath a name, and its language: other names, the words, or the publisher."""
        if entry.kind == CLAIM:
            return cut(entry.below), entry.texts.get(entry.below, (0, ""))[1]
        if entry.kind == DOCUMENT:
            publisher = view.label(entry.below).shown if entry.below else ""
            return " · ".join(part for part in (publisher, clean(entry.date)) if part), view.language
        mine = entry.label(view.language)[0]
        named = [text for text in entry.texts if text != mine]
        named.sort(key=lambda text: entry.texts[text][1] != view.language)
        return cut(" · ".join(named)), ""

    def _mark(self, text: str, language: str, asked: Asked) -> Markup:
        """Return a text with the words that were found in `mark` elements."""
        shown = clean(text)
        parts: list[Markup] = []
        before = 0
        for start, end in self.index.marked(shown, asked.question):
            parts += [escape(shown[before:start]), Markup("<mark>{}</mark>").format(shown[start:end])]
            before = end
        inside = Markup("").join([*parts, escape(shown[before:])])
        tag = Markup(' lang="{}"').format(language) if language else Markup("")
        return Markup('<bdi{} dir="{}">{}</bdi>').format(tag, direction(language), inside)

    # ---- the written site

    def write(self, write: Write) -> None:
        """Write the index for the script of the written site."""
        views = {language: view_of(self.site.world, PATH, language) for language in LANGUAGES}
        types = sorted({entry.type for entry in self.index.entries})

        def describe(entry: Entry) -> list[Any]:
            labels = [entry.label(language) for language in LANGUAGES]
            below = [self.below(entry, view) for view in views.values()]
            path = self.site.addresses.href(entry.iri, "", "").removesuffix(f".{HTML}")
            return [KINDS.index(entry.kind), types.index(entry.type), path, labels, below]

        texts = {language: self._texts(view) for language, view in views.items()}
        named = [[slug_of(each), *(view.label(each).shown for view in views.values())] for each in types]
        of = [types.index(entry.type) for entry in self.index.entries if entry.kind == ENTITY]
        words = {
            "languages": LANGUAGES,
            "texts": texts,
            "types": named,
            "shown": [SHOWN, ON_A_PAGE, MOST_QUESTION],
        }
        write_shards(self.index, write, describe, {**words, "entities": of})

    def _texts(self, view: View) -> Mapping[str, str]:
        names = ("none", "all", "entity", "claim", "document", "previous", "next", "place")
        return {name: self.site.texts.get(f"search.{name}", view.language) for name in names}


def cut(text: str) -> str:
    """Return the beginning of a text, at most 160 characters, in whole words."""
    shown = clean(text)
    return shown if len(shown) <= LONGEST else shown[:LONGEST].rsplit(" ", 1)[0].rstrip() + "…"


def read_asked(given: Mapping[str, str]) -> Asked:
    """Return what the fields of a request ask; what is no number of a page is the first."""
    page = given.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 1
    return Asked(
        given.get("q", "").strip()[:MOST_QUESTION],
        given.get("class", "")[:60],
        min(max(number, 1), _MOST_PARTS),
    )
