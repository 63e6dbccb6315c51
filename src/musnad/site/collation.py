"""Order names as a reader looks for them: Arabic by letter without the article, Latin by letter.

Folding makes the forms of one letter equal; the article is skipped, as Arabic indexes do. Chosen over
(a) code point order, which puts the hamza forms before all letters, and (b) ICU, a binary dependency for
two alphabets.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Final, TypeVar

from musnad.folding import fold_name

T = TypeVar("T")
_ARTICLE: Final = "ال"  # the definite article
OTHER: Final = "#"


def sort_key(name: str) -> tuple[int, str, str]:
    """Return what a name is sorted by: alphabet, folded letters, then the name itself.

    >>> sorted(["باسل", "الأحمد", "Ünal", "Zaki"], key=sort_key)
    ['Ünal', 'Zaki', 'الأحمد', 'باسل']
    """
    folded = "".join(letter for letter in fold_name(name) if letter.isalnum() or letter == " ").strip()
    if folded.startswith(_ARTICLE) and len(folded) > len(_ARTICLE) + 1:
        folded = folded[len(_ARTICLE) :]
    plain = "".join(x for x in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(x))
    first = plain[:1]
    alphabet = 0 if first.isascii() and first.isalpha() else 1 if first.isalpha() else 2
    return alphabet, plain, name


def initial(name: str) -> str:
    """Return the letter under which a name stands in an index.

    >>> initial("الأحمد"), initial("zaki"), initial("1916")
    ('ا', 'Z', '#')
    """
    alphabet, plain, _ = sort_key(name)
    return OTHER if alphabet == 2 else plain[:1].upper()


def by_letter(rows: Iterable[T], name: Callable[[T], str]) -> list[tuple[str, list[T]]]:
    """Return the rows in order, grouped by the first letter of their names."""
    ordered = sorted(rows, key=lambda row: sort_key(name(row)))
    return [(letter, list(group)) for letter, group in groupby(ordered, key=lambda row: initial(name(row)))]
