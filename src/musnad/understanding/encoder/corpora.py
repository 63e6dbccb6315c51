"""Read corpora in which people marked names: one word and its tag a line, a blank line after each sentence.

Tags are BIO, of any names of types; those of ANERcorp, AQMAR, WikiFANE, NewsFANE and Wojood are known here,
every other type counts as no name. Chosen over (a) a table of types that each user writes, for three types
that all corpora have, and (b) guessing what a broken line means, which trains on the guess.
https://www.clips.uantwerpen.be/conll2003/ner/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final
from unicodedata import category

from musnad.config import read_text
from musnad.errors import DataError

TYPES: Final = ("PERSON", "ORG", "PLACE")
TAGS: Final = ("O", *(f"{mark}-{kind}" for kind in TYPES for mark in "BI"))
_PERSON: Final = (
    "PER PERS PERSON Artist Athlete Businessperson Engineer Lawyer Other_PER Police Politician Religious_PER"
)
_ORG: Final = (
    "ORG Commercial Educational Entertainment Government Media Medical-Science Non-Governmental "
    "Religious_ORG Sports"
)
_PLACE: Final = (
    "LOC FAC GPE LOCATION PLACE Continent County-or-District Nation Population-Center State-or-Province"
)
_NAMED: Final = {
    given.upper(): kind
    for kind, all_given in zip(TYPES, (_PERSON, _ORG, _PLACE), strict=True)
    for given in all_given.split()
}
_TAG: Final = re.compile(r"O|([BI])-(\w[\w-]*)\W?")
_BETWEEN: Final = "-DOCSTART-"  # documents
_REMEDY: Final = "write a word, a blank, and O, B-TYPE or I-TYPE"


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a sentence, each with the number of its tag in TAGS."""

    words: tuple[str, ...]
    tags: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """The sentences of one file, and which bytes they were read from."""

    name: str
    sha256: str
    sentences: tuple[Sentence, ...]


def read_corpus(path: Path) -> Corpus:
    """Return the sentences of a file, or raise DataError naming the line that is wrong."""
    if not path.is_file():
        raise DataError(path, "there is no such file", "give the files of one or more corpora")
    text = read_text(path)
    sentences = tuple(_sentences(_rows(path, text)))
    if not any(tag for sentence in sentences for tag in sentence.tags):
        known = ", ".join(sorted(_NAMED))
        raise DataError(path, "no word has a tag of a known type", f"known types: {known}")
    return Corpus(path.name, sha256(path.read_bytes()).hexdigest(), sentences)


def spans(tags: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    """Yield the names that tags mark: first word, the word after the last, type; I after O opens one too.

    >>> list(spans([TAGS.index(tag) for tag in ("B-PERSON", "I-PERSON", "O", "I-ORG")]))
    [(0, 2, 'PERSON'), (3, 4, 'ORG')]
    """
    first, kind = 0, ""
    for place, tag in enumerate([*tags, 0]):
        mark, _, its = TAGS[tag].partition("-")
        if kind and (mark != "I" or its != kind):
            yield first, place, kind
            kind = ""
        if its and not kind:
            first, kind = place, its


def _rows(path: Path, text: str) -> Iterator[tuple[str, int] | None]:
    """Yield each word with its tag, None between sentences."""
    for number, line in enumerate(text.split("\n"), 1):
        parts = [_seen(part) for part in line.split()]
        if not parts or parts[0] == _BETWEEN:
            yield None
            continue
        if not parts[0]:
            continue  # a mark of direction that stands alone
        parts = [part for part in parts if part]
        if len(parts) == 1:
            problem = "a tag without a word" if _TAG.fullmatch(parts[0]) else "a word without a tag"
            raise DataError(f"{path}:{number}", problem, _REMEDY)
        wrong = next((tag for tag in parts[1:] if not _TAG.fullmatch(tag)), None)
        if wrong is not None:
            raise DataError(f"{path}:{number}", f"{wrong!r} is not a tag", _REMEDY)
        yield parts[0], _tag(parts[1:])


def _seen(part: str) -> str:
    """Return a part of a line without the letters that nobody sees."""
    return "".join(letter for letter in part if category(letter) != "Cf")


def _tag(given: Iterable[str]) -> int:
    """Return the number of a tag; of several, which mark names inside names, a person's counts first."""
    found = [0]
    for tag in given:
        if (match := _TAG.fullmatch(tag)) and match[2] and (kind := _NAMED.get(match[2].upper())):
            found.append(TAGS.index(f"{match[1]}-{kind}"))
    persons = [number for number in found if TAGS[number].endswith("PERSON")]
    return (persons or found[1:] or found)[0]


def _sentences(rows: Iterable[tuple[str, int] | None]) -> Iterator[Sentence]:
    words: list[str] = []
    tags: list[int] = []
    for row in (*rows, None):
        if row is not None:
            words.append(row[0])
            tags.append(row[1])
        elif words:
            yield Sentence(tuple(words), tuple(tags))
            words, tags = [], []
