"""The index as files for a browser: a list of files, forms in order cut into files, entries in blocks.

A browser reads the list, then the files of forms that its words fall into, then the blocks of the entries
that it shows. Names hold a hash, so that a file never changes and old and new are never mixed. Chosen over
(a) one file, which every reader would load whole, and (b) a file for each first letter, of which some would
be large and most empty.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Any, Final

import orjson

from musnad.folding import FOLDED
from musnad.search import index as ranking
from musnad.search import spelling
from musnad.search.entries import KINDS, Entry
from musnad.search.index import Index

FOLDER: Final = "static/search"
_FORMS_BYTES: Final = 24_000  # of one file, before it is packed
_BLOCK: Final = 40  # entries
# Letters of the blocks of presentation forms, which browsers fold by NFKC as we do.
_PRESENTATION: Final = ((0xFB50, 0xFDFF), (0xFE70, 0xFEFE))

Told = dict[str, Any]  # JSON
Write = Callable[[str, bytes], None]
Describe = Callable[[Entry], list[Any]]


def write_shards(index: Index, write: Write, describe: Describe, words: Told) -> None:
    """Write the files; `describe` says what is shown of an entry, `words` is told to the script as it is."""

    def put(kind: str, told: object) -> str:
        body = orjson.dumps(told)
        name = f"{kind}-{hashlib.sha256(body).hexdigest()[:12]}.json"
        write(f"{FOLDER}/{name}", body)
        return name

    files = [(block[0][0], put("forms", block)) for block in _blocks(index)]
    entries = [describe(entry) for entry in index.entries]
    listing = {
        **words,
        "kinds": KINDS,
        "starts": [start for start, _ in files],
        "forms": [name for _, name in files],
        "block": _BLOCK,
        "entries": [put("entries", entries[i : i + _BLOCK]) for i in range(0, len(entries), _BLOCK)],
        "letters": spelling.LETTERS,
        "apostrophes": spelling.APOSTROPHES,
        "folded": _folded(),
        "removed": "".join(letter for letter, to in FOLDED.items() if not to and not _presentation(letter)),
        "limits": {
            "characters": spelling.MOST_CHARACTERS,
            "words": spelling.MOST_WORDS,
            "letters": spelling.LONGEST_WORD,
            "prefix": spelling.LEAST_PREFIX,
            "edited": spelling.LEAST_EDITED,
            "forms": ranking.MOST_FORMS,
            "read": ranking.MOST_READ,
        },
        "points": {
            "far": [ranking.FAR[far] for far in sorted(ranking.FAR)],
            "prefix": ranking.PREFIX,
            "letter": ranking.PREFIX_LETTER,
            "letters": ranking.MOST_LETTERS,
            "edited": ranking.EDITED,
            "words": ranking.MOST_OF_WORDS,
        },
    }
    write(f"{FOLDER}/index.json", orjson.dumps(listing))


def _presentation(letter: str) -> bool:
    return any(first <= ord(letter) <= last for first, last in _PRESENTATION)


def _folded() -> dict[str, str]:
    return {letter: to for letter, to in FOLDED.items() if to and not _presentation(letter)}


def _blocks(index: Index) -> Iterator[list[list[Any]]]:
    """Yield the forms in order, in blocks of about 24 kB; numbers are told by their distance."""
    block: list[list[Any]] = []
    size = 0
    for form in index.forms:
        row: list[Any] = [form, *(_flat(index.postings[form].get(kind, ())) for kind in KINDS)]
        while row[-1] == []:
            row.pop()
        length = len(orjson.dumps(row))
        if block and size + length > _FORMS_BYTES:
            yield block
            block, size = [], 0
        block.append(row)
        size += length
    if block:
        yield block


def _flat(postings: Any) -> list[int]:
    found: list[int] = []
    before = 0
    for number, points in postings:
        found += (number - before, points)
        before = number
    return found
