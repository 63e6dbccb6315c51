"""What may be said of a query without saying what it asks: its form.

Every string, number, IRI and name is left out, and variables lose their names, so that queries which differ
in nothing else have one form; no person and no word of a reader is in it. Chosen over (a) the text, which
says what somebody wanted to know, and (b) its hash alone, which whoever guesses the text can confirm.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from musnad.server.guard import Token

_CONSTANTS: Final = {"iri": "<>", "name": "<>", "string": '""', "number": "0", "blank": "[]"}
_MOST_SHOWN: Final = 500
_SKIPPED: Final = {"PREFIX": 2, "BASE": 1}  # tokens that follow in the prologue


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it is read, cut at 500 characters, and the digest of the whole."""

    text: str
    digest: str


def form_of(tokens: Iterable[Token]) -> Form:
    """Return the form of a query.

    >>> from musnad.server.guard import check
    >>> form_of(check("PREFIX a: <a:> SELECT ?x { ?x a:p 'who' } LIMIT 5")).text
    'SELECT ?1 { ?1 <> "" } LIMIT 0'
    """
    text = " ".join(_parts(tokens))
    return Form(text[:_MOST_SHOWN], hashlib.sha256(text.encode("utf-8")).hexdigest()[:16])


def _parts(tokens: Iterable[Token]) -> Iterator[str]:
    variables: dict[str, int] = {}
    rest = iter(tokens)
    for token in rest:
        if token.upper in _SKIPPED:
            list(islice(rest, _SKIPPED[token.upper]))
        elif token.kind == "variable":
            yield f"?{variables.setdefault(token.text[1:], len(variables) + 1)}"
        elif token.kind == "word":
            yield token.upper if token.text != "a" else "a"
        elif token.kind != "language":
            yield _CONSTANTS.get(token.kind, token.text)
