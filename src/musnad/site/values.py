"""What a template may print: IRIs, words and numbers, each safe to put into a page.

A value knows its language and direction and prints itself in `<bdi>`, so that no template can forget to.
Chosen over (a) filters, which a template may leave out, and (b) strings made safe beforehand, which lose
the language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox
from markupsafe import Markup, escape

from musnad.store_texts import term_of
from musnad.vocabulary import PREFIXES

MAX_CHARACTERS: Final = 1_000
RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur", "ckb", "ps", "syr"})
_DIRECTIONS: Final = {"": "auto", "ar": "rtl", "en": "ltr"}  # of what nearly every text is in
_CONTROLS: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]"
)
_DATES: Final = re.compile(r"(?<![\w-])\d{1,4}(?:[-/]\d{1,4}){1,5}(?![\w-])")
_INTEGERS: Final = frozenset(
    PREFIXES["xsd"] + name for name in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger")
)
_REALS: Final = frozenset(PREFIXES["xsd"] + name for name in ("decimal", "double", "float"))


def clean(text: str) -> str:
    r"""Return the text without control characters and without marks that turn its direction.

    >>> clean("a\u202eb")
    'ab'
    """
    return _CONTROLS.sub("", text)


def direction(language: str) -> str:
    """Return the `dir` of a language tag; `auto` where there is none.

    >>> direction("ar"), direction("en-GB"), direction("")
    ('rtl', 'ltr', 'auto')
    """
    if language in _DIRECTIONS:
        return _DIRECTIONS[language]
    return "rtl" if language.split("-", maxsplit=1)[0].lower() in RIGHT_TO_LEFT else "ltr"


class Iri(str):
    """An IRI; prints itself left to right, with hidden characters written out."""

    __slots__ = ()

    @property
    def shown(self) -> str:
        """Return the IRI as it is shown: what cannot be seen is percent-encoded."""
        return _CONTROLS.sub(lambda found: quote(found.group()), self)

    def __html__(self) -> str:
        return f'<bdi dir="ltr">{escape(self.shown)}</bdi>'


@dataclass(frozen=True, slots=True)
class Words:
    """A literal: its text, its language tag, or its datatype."""

    text: str
    language: str = ""
    datatype: str = ""

    @property
    def direction(self) -> str:
        """Return the `dir` of the text."""
        return direction(self.language)

    @property
    def shown(self) -> str:
        """Return the text as pages show it: cleaned, and at most 1,000 characters."""
        text = clean(self.text[: 4 * MAX_CHARACTERS])  # a literal may have megabytes
        return text if len(text) <= MAX_CHARACTERS else text[: MAX_CHARACTERS - 1] + "…"

    @property
    def inside(self) -> Markup:
        """Return the text as HTML for an element that has its `lang` and `dir`.

        Between Arabic letters a date such as 2017-03-12 would be shown from its end; it is set apart.
        """
        text = escape(self.shown)
        if self.direction == "ltr":
            return text
        return Markup(_DATES.sub(r'<bdi dir="ltr">\g<0></bdi>', str(text)))

    def __str__(self) -> str:
        return self.shown

    def __html__(self) -> str:
        tag = f' lang="{escape(self.language)}"' if self.language else ""
        return f'<bdi{tag} dir="{self.direction}">{self.inside}</bdi>'

    def cut(self, length: int) -> Words:
        """Return the first words, with an ellipsis where the text is longer than `length` characters."""
        text = self.shown
        if len(text) <= length:
            return self
        return Words(text[:length].rsplit(" ", 1)[0].rstrip() + "…", self.language, self.datatype)


Value = Iri | Words | int | float | bool | None


def to_value(term: object) -> Value:
    """Return a term of a query's answer as a value; None where a variable is unbound."""
    if isinstance(term, ox.NamedNode):
        return Iri(term.value)
    if isinstance(term, ox.Literal):
        kind = term.datatype.value
        if kind in _INTEGERS and len(term.value) < 20:
            return int(term.value)
        if kind in _REALS:
            return float(term.value)
        if kind == PREFIXES["xsd"] + "boolean":
            return term.value in {"true", "1"}
        return Words(term.value, term.language or "", "" if term.language else kind)
    return None if term is None else Words(str(term))


def value_of(told: Sequence[str]) -> Value:
    """Return the value of a term that was kept as text (`store_texts`).

    >>> value_of(["https://example.org/a", ""]), value_of(["a", "en"]) == Words("a", "en")
    ('https://example.org/a', True)
    """
    if len(told) == 2:
        return Words(told[0], told[1]) if told[1] else Iri(told[0])
    return to_value(term_of(told))


def plain(value: object) -> object:
    """Return what a format without HTML prints of a value: words without the tags around them."""
    return value.shown if isinstance(value, (Iri, Words)) else value


class Row:
    """One answer of a query; its attributes are the variables of the SELECT, and nothing else."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        self.__dict__.update(values)  # a template reads hundreds: none may cost a call of ours

    def __getattr__(self, name: str) -> Value:
        raise AttributeError(name)

    def __iter__(self) -> Iterator[Value]:
        return iter(self.__dict__.values())

    def __repr__(self) -> str:
        return f"Row({self.__dict__!r})"


def external(iri: str) -> bool:
    """Tell whether a page may link to this IRI: http and https only, and no hidden characters.

    >>> external("https://example.org/a"), external("javascript:alert(1)")
    (True, False)
    """
    return bool(re.match(r"https?://[^\s<>\"'\\]+\Z", iri)) and not _CONTROLS.search(iri)


def anchor(href: str, inside: object, extra: str = "") -> Markup:
    """Return a link; `inside` is escaped unless it prints itself safely, `extra` is attributes."""
    return Markup(f'<a href="{escape(str(href))}"{extra}>{escape(inside)}</a>')
