"""The lines of a text, with their places: what every rule of a source looks at.

A rule compares lines folded (`folding`), so that one spelling in a source description meets all spellings of
a page; each line keeps the map back. Chosen over (a) rules over the whole text, whose borders depend on how
many blank lines a page has, and (b) normalising the text first, which would move every offset.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from musnad.folding import Folded, fold

_BREAK: Final = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
_INVISIBLE: Final = (
    *(0xAD, 0x61C, 0xFEFF),  # soft hyphen, Arabic letter mark, byte order mark
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
)
_BLANKS: Final = "".join(chr(code) for code in range(0x3001) if chr(code).isspace()) + "".join(
    map(chr, _INVISIBLE)
)
_CLOSING: Final = "\"”»)]'"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds more than blanks; `start:end` is what stands between its blanks."""

    number: int  # among the lines that are not blank, from 0
    start: int
    end: int
    text: str
    gap: int  # how many blank lines stand before it
    folded: Folded
    hint: str = ""  # the kind of zone that the markup of the page says it belongs to

    def span(self, found: re.Match[str], group: str | int = 0) -> tuple[int, int]:
        """Return the span of the stored text that a match in the folded line stands for."""
        start, end = self.folded.original(*found.span(group))
        return self.start + start, self.start + end

    def words(self, found: re.Match[str], group: str | int) -> str:
        """Return the stored words of a group of a match in the folded line, "" where it is missing."""
        if found[group] is None:
            return ""
        start, end = self.folded.original(*found.span(group))
        return " ".join(self.text[start:end].split())

    @property
    def closes(self) -> bool:
        """Tell whether the line ends as a sentence does."""
        return self.text.rstrip(_CLOSING).endswith((".", "!", "؟", "?", "…", "؛", ":"))


def split_lines(text: str, hints: Mapping[int, str] | None = None) -> list[Line]:
    r"""Return the lines of a text that are not blank; `hints` are by number of such a line.

    Invisible characters count as blanks. Lines end at LF, CR, CRLF, NEL and the Unicode separators.

    >>> [(line.start, line.end, line.gap) for line in split_lines(" أ\n\n ب ج\n")]
    [(1, 2, 0), (5, 8, 1)]
    """
    lines: list[Line] = []
    place, gap = 0, 0
    ends = [found.span() for found in _BREAK.finditer(text)] + [(len(text), len(text))]
    for stop, following in ends:
        words = text[place:stop].lstrip(_BLANKS)
        first = stop - len(words)
        words = words.rstrip(_BLANKS)
        place = following
        if not words:
            gap += 1
            continue
        hint = (hints or {}).get(len(lines), "")
        lines.append(Line(len(lines), first, first + len(words), words, gap, fold(words), hint))
        gap = 0
    return lines


def uncovered(lines: Iterable[Line], spans: Sequence[tuple[int, int]]) -> list[Line]:
    """Return the lines of which no single span holds the whole."""
    return [line for line in lines if not any(a <= line.start and line.end <= b for a, b in spans)]
