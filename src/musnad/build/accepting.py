"""Content negotiation as a list of regular expressions, for servers that know nothing else.

Each says which header leads to which answer; the first that matches decides. They go from weight 1 down by
tenths, within a weight in the order of `musnad serve`, so that weights of one decimal are right. They keep
to what RE2 and PCRE both read. Chosen over (a) one expression for each format, which ignores weights, and
(b) modules for negotiation, which three servers have in three ways or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from musnad.server.media import HTML, RESOURCE, TURTLE

Rule = tuple[str, str]  # an expression to be searched for whatever the case, and the answer

_PARAMETERS: Final = r'(?:\s*;\s*(?:charset|profile)=(?:"[^"]*"|[^",;]*))*'
_WEIGHTS: Final = (
    r"(?:\s*;\s*q=1(?:\.0*)?)?\s*(?:,|$)",
    *(rf"\s*;\s*q=0?\.{tenth}[0-9]*\s*(?:[,;]|$)" for tenth in range(9, 0, -1)),
    r"\s*;\s*q=0?\.0[0-9]*[1-9][0-9]*\s*(?:[,;]|$)",
)
_SOME: Final = r"\s*;\s*q=0?\.[0-9]*[1-9][0-9]*\s*(?:[,;]|$)"  # any weight between 0 and 1
# What ranges stand for that name no format of ours.
_WILD: Final = ((r"text/\*", "html"), (r"application/\*", "jsonld"), (r"\*/\*", "html"))
_NO_RANGE: Final = r"^[^/*]*$"
_OTHER_LANGUAGE: Final = "en"


def accept_rules() -> list[Rule]:
    """Return the rules for Accept; what none matches is acceptable in no format.

    >>> apply(accept_rules(), "text/turtle;q=0.5, application/ld+json;q=0.9")
    'jsonld'
    >>> apply(accept_rules(), "image/png"), apply(accept_rules(), "")
    ('', 'html')
    """
    return [(_NO_RANGE, HTML.suffix), *(rule for weight in _WEIGHTS for rule in _accept_rules(weight))]


def _accept_rules(weight: str) -> Iterator[Rule]:
    for each in RESOURCE:
        names = "|".join(map(re.escape, (each.media_type, *each.aliases)))
        yield rf"(?:^|,)\s*(?:{names}){_PARAMETERS}{weight}", each.suffix
    wild, page = r"\*/\*" + weight, re.escape(HTML.media_type)
    # HTML was named with less, or with 0: of all others Turtle comes first.
    yield rf"(?:^|,)\s*{page}\s*;.*,\s*{wild}|(?:^|,)\s*{wild}.*{page}", TURTLE.suffix
    for name, suffix in _WILD:
        yield rf"(?:^|,)\s*{name}{weight}", suffix


def page_rules() -> list[Rule]:
    """Return the rules for Accept where there is HTML alone: `html` where it is acceptable at all.

    >>> apply(page_rules(), "text/html;q=0.1, text/turtle"), apply(page_rules(), "text/turtle")
    ('html', '')
    >>> apply(page_rules(), "text/html;q=0, */*"), apply(page_rules(), "*/*;q=0.2")
    ('none', 'html')
    """
    page, some = re.escape(HTML.media_type), "|".join(weight for weight in (_SOME, _WEIGHTS[0]))
    return [
        (_NO_RANGE, HTML.suffix),
        (rf"(?:^|,)\s*{page}{_PARAMETERS}\s*;\s*q=0?(?:\.0*)?\s*(?:[,;]|$)", "none"),
        (rf"(?:^|,)\s*(?:{page}|text/\*|\*/\*){_PARAMETERS}(?:{some})", HTML.suffix),
    ]


def language_rules(languages: Sequence[str]) -> list[Rule]:
    """Return the rules for Accept-Language; what none matches gets the language for readers of neither.

    >>> rules = language_rules(("ar", "en"))
    >>> apply(rules, "fr, ar-SY;q=0.8, en;q=0.4"), apply(rules, ""), apply(rules, "fr")
    ('ar', 'ar', 'en')
    """
    found = [(r"^\s*$", languages[0])]
    for weight in _WEIGHTS:
        found += [(rf"(?:^|,)\s*{each}(?:-[a-z0-9-]*)?{weight}", each) for each in languages]
        found.append((rf"(?:^|,)\s*\*{weight}", languages[0]))
    return [*found, (r"^", _OTHER_LANGUAGE)]


def apply(rules: Sequence[Rule], header: str) -> str:
    """Return the answer of the first rule that matches, "" where none does."""
    return next((answer for rule, answer in rules if re.search(rule, header, re.IGNORECASE)), "")
