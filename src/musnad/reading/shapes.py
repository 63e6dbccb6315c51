"""What lines look like, whatever their words are: headlines, glued headlines, date lines, headings.

Pages of unknown sites share no words but shapes, so a rule may name a shape of this table. A shape is a
function from lines to the numbers of those that have it; what one line looks like by itself stands in
`looks`. Chosen over (a) lists of words for every site, which end where the sites that we know end, and (b) a
trained classifier, which nobody could correct by hand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from musnad.dates import find_dates
from musnad.reading.lines import Line
from musnad.reading.looks import (
    SENTENCE,
    announces,
    goes_on,
    is_agency,
    is_broken_lead,
    is_caption,
    is_cut,
    is_figure,
    is_glued,
    is_headline,
    is_label,
    is_numbered,
    is_paragraph,
    is_text,
    is_titled,
)
from musnad.reading.values import tidy_date

_RUN: Final = 4  # so many headlines in a row are a ticker
_COLUMN: Final = 2  # words of a headline, and lines above the text
_HEADING: Final = 60
_ENOUGH: Final = 0.2  # of the words that the best line shares with the text: the first line with so many
_DEK: Final = 5  # words from which a line below the title is a second headline
_SITE: Final = re.compile(r"\s*[|–—·•«»:-]\s*\S.{1,60}\Z")
_CRUMB: Final = re.compile(r"\s*(?:[>»›|/←‹]|\s[-–—:]\s)\s*")
# A Hijri date with its year, and the word that ties it to the other calendar: «corresponding to».
_HIJRI: Final = re.compile(
    r"\d{1,2}\s+(?:محرم|صفر|ربيع ال\w+|جماد[يه] ال\w+|رجب|شعبان|رمضان|شوال|ذو? ?ي? ?(?:ال)?(?:قعده|حجه))"
    r",?\s+1[34]\d\d\s*(?:هـ?|ه)?|(?:ال)?موافق(?:\s+ل)?"
)
_OUTLET: Final = re.compile(  # network, site, page, agency, channel, paper, station, magazine
    r"(?:شبكه|موقع|صفحه|وكاله|قناه|جريده|صحيفه|اذاعه|راديو|مجله|منصه)(?: \w+){1,2}\Z"
)
_LISTED: Final = ("-", "–", "•", "*", "▪", "●")


def is_heading(lines: Sequence[Line], place: int) -> bool:
    """Tell whether the line at a place of `lines` heads the paragraph that follows without a blank line."""
    line = lines[place]
    after = lines[place + 1] if place + 1 < len(lines) else None
    return (
        line.gap > 0
        and line.end - line.start <= _HEADING
        and not line.text.endswith((".", "،", "؛", ":", "…"))
        and after is not None
        and after.gap == 0
        and after.end - after.start >= SENTENCE
    )


def _heading(lines: Sequence[Line]) -> set[int]:
    return {line.number for place, line in enumerate(lines) if is_heading(lines, place)}


def _glued(lines: Sequence[Line]) -> set[int]:
    """Return the glued headlines; where a page has no other long line, they are its text."""
    if not any(line.end - line.start >= SENTENCE and not is_glued(line) for line in lines):
        return set()
    return {line.number for line in lines[:3] if is_glued(line)}


def _dateline(lines: Sequence[Line]) -> set[int]:
    """Return the lines that say little more than a date or a time."""
    return {line.number for line in lines if _is_dated(line)}


def _is_dated(line: Line) -> bool:
    size = line.end - line.start
    if size > 90 or line.text.endswith("."):
        return False
    if is_figure(line):
        return True
    words = tidy_date(line.text)
    dates = [date for date in find_dates(words) if date.certainty == "sure"]
    other = sum(len(found[0]) for found in _HIJRI.finditer(line.folded.text))
    return bool(dates) and size - sum(date.end - date.start for date in dates) - other <= 40


def _head(lines: Sequence[Line]) -> tuple[list[Line], bool]:
    """Return the lines before the first paragraph, and whether there is a paragraph at all."""
    for place, line in enumerate(lines):
        if is_paragraph(line) or is_broken_lead(line, lines[place + 1] if place + 1 < len(lines) else None):
            return list(lines[:place]), True
    return list(lines), False


def _title(lines: Sequence[Line]) -> set[int]:
    """Return the title among the lines before the first paragraph.

    The one that the markup tells; a headline that comes again, or with the name of the site, or at the end
    of a path; one that stands apart from a run of headlines, which are a ticker, before a date line; else the
    one that shares the most words with the first paragraphs; else the last of a run that is no ticker, or the
    first of four words.
    """
    if hinted := {line.number for line in lines if line.hint == "title"}:
        return hinted
    head, told = _head(lines)
    dated = _dateline(head)
    able = [line for line in head if is_headline(line) and line.number not in dated]
    able = [line for line in able if not _OUTLET.match(line.folded.text)] or _short(head, told=told)
    full = [line for line in able if len(line.text.split()) >= 4]
    if named := _named(lines, full):
        return named
    if not able or not (told or len(lines) > 1):
        return set()
    if not told:
        return set() if len(able) >= _RUN else {(full or able)[0].number}
    date = next((number for number in sorted(dated) if number > able[0].number), lines[-1].number)
    near = [line for line in full or able if line.number < date] or able
    if len(near) >= _RUN and dated and near[-1].gap and not any(line.gap for line in near[1:-1]):
        return {near[-1].number}
    return _likest(near, lines[len(head) : len(head) + 3])


def _short(head: Sequence[Line], *, told: bool) -> list[Line]:
    """Return the headline of two words that a column has, where no more than its author stands below it."""
    if not told or not 0 < len(head) <= _COLUMN or not all(line.gap for line in head[1:]):
        return []
    plain = len(head[0].text.split()) == _COLUMN and is_titled(head[0])
    return [head[0]] if plain else []


def _named(lines: Sequence[Line], able: Sequence[Line]) -> set[int]:
    """Return the headline that the page itself names again; the caption of a picture comes again too."""
    names = Counter(_key(line) for line in lines)
    paths = [_CRUMB.split(_key(line)) for line in lines]
    ends = {path[-1] for path in paths if len(path) >= 3}
    able = [line for line in able if not is_caption(line)] or able
    twins = [pair for pair in pairwise(lines) if _key(pair[0]) == _key(pair[1]) and not pair[1].gap]
    twice = {line.number for pair in twins for line in pair}
    able = [line for line in able if line is able[0] or line.number not in twice]
    named = [line for line in able if names[_key(line)] > 1] or [each for each in able if _key(each) in ends]
    named = named or [line for line in able if any(_is_named_for(other, line) for other in lines)]
    return {named[0].number} if named else set()


def _likest(near: Sequence[Line], text: Sequence[Line]) -> set[int]:
    """Return the headline that shares the most words with the first lines of the text.

    Headlines that run into the text without a blank line, and speak of something else, are a ticker alone.
    """
    said = set().union(*(_words(line) for line in text))
    shared = [len(_words(line) & said) for line in near]
    run = len(near) >= _RUN
    if not any(shared):
        alone = run and not any(line.gap for line in (*near[1:], *text[:1]))
        return set() if alone else {near[-1 if run else 0].number}
    if run:
        return {near[shared.index(max(shared))].number}
    enough = max(1, _ENOUGH * max(shared))
    return {next(line.number for line, count in zip(near, shared, strict=True) if count >= enough)}


def _is_named_for(page: Line, title: Line) -> bool:
    """Tell whether a line is a title with the name of the site behind it."""
    rest = _key(page).removeprefix(_key(title))
    return rest != _key(page) and _SITE.match(rest) is not None


def _key(line: Line) -> str:
    return " ".join(line.folded.text.split())


def _words(line: Line) -> set[str]:
    """Return the folded words of a line that have four letters or more without the article."""
    bare = (word.removeprefix("ال") for word in re.findall(r"\w+", line.folded.text))  # the article
    return {word for word in bare if len(word) >= 4}


def _text(lines: Sequence[Line]) -> set[int]:
    """Return the lines after the title and what dates or repeats it; without one, from the first sentence.

    Labels and captions before the first sentence are left out, wherever they stand.
    """
    title = _title(lines)
    told = _head(lines)[1]
    if not title:
        first = next((place for place, line in enumerate(lines) if is_text(line)), 0)
        above = lines[first - 1] if first else None
        first -= above is not None and (is_agency(above) or is_broken_lead(above, lines[first]))
        return {line.number for line in (lines[first:] if told else lines)}
    after, first, mark = _below(lines, title)
    name = next(_key(line) for line in lines if line.number in title)
    again = Counter(_key(line) for line in after[mark:first])
    while mark < first and (
        is_label(after[mark])
        or again[_key(after[mark])] > 1
        or (is_agency(after[mark]) and mark + 1 < first)
        or _key(after[mark]).endswith(name)
    ):
        mark += 1
    return {line.number for line in after[mark:]}


def _below(lines: Sequence[Line], title: set[int]) -> tuple[list[Line], int, int]:
    """Return the lines below the title, the place of the first sentence, and where dates and titles end."""
    after = [line for line in lines if line.number > min(title)]
    first = next((place for place, line in enumerate(after) if is_text(line)), 0)
    name = next(_key(line) for line in lines if line.number in title)
    dated = _dateline(after[:first])
    marks = [
        place + 1 for place, line in enumerate(after[:first]) if line.number in dated or _key(line) == name
    ]
    return after, first, max(marks, default=0)


def _dek(lines: Sequence[Line]) -> set[int]:
    """Return the second headline directly below the title, where a date or the title again comes below it."""
    title = _title(lines)
    if not title:
        return set()
    after, _, mark = _below(lines, title)
    again = Counter(_key(line) for line in lines)
    found: set[int] = set()
    for line in after[: min(mark, 2)]:
        if len(line.text.split()) < _DEK or is_label(line) or again[_key(line)] > 1 or _is_dated(line):
            break
        found.add(line.number)
    return found


def _ticker(lines: Sequence[Line]) -> set[int]:
    """Return the headlines that run before the title, three or more in a row."""
    title, (head, told) = _title(lines), _head(lines)
    if not told:
        return set()
    dated = _dateline(head)
    before = [line.number for line in head if is_headline(line) and line.number not in title | dated]
    able = {number for number in before if not title or number < min(title)}
    runs = [{n for n in (number, number + 1, number + 2) if n in able} for number in able]
    return set().union(*(run for run in runs if len(run) == _RUN - 1))


def _trailer(lines: Sequence[Line]) -> set[int]:
    """Return the short lines after the last paragraph, unless a sentence announces them as a list."""
    text = _text(lines)
    after = [line for line in lines if line.number in text]
    listed = _listed(after)
    full = [line for line in after if is_text(line) or announces(line) or line.number in listed]
    if not full or announces(full[-1]):
        return set()
    full += [line for line in after if line.number > full[-1].number and goes_on(line)]
    below = [line for line in after if line.number > full[-1].number]
    cut = len(below) == 1 and below[0] is lines[-1] and is_cut(below[0]) and not _is_dated(below[0])
    return set() if cut else {line.number for line in below}


def _listed(lines: Sequence[Line]) -> set[int]:
    """Return the lines of lists that a line with a colon announces, and numbered points in a row."""
    found: set[int] = set()
    for before, line in pairwise(lines):
        if line.text.startswith(_LISTED) and (before.text.endswith(":") or before.number in found):
            found.add(line.number)
        if is_numbered(line) and (is_numbered(before) or before.text.endswith(":")):
            found.add(line.number)
    return found


def _tail(lines: Sequence[Line]) -> set[int]:
    """Return the headlines that run after the last paragraph."""
    trailer = _trailer(lines)
    found = [line for line in lines if line.number in trailer and is_headline(line)]
    return {line.number for line in found} if len(found) >= _RUN - 1 else set()


# The name of a shape → what finds it. A source description may name these and no others.
SHAPES: Final[dict[str, Callable[[Sequence[Line]], set[int]]]] = {
    "heading": _heading,
    "glued": _glued,
    "dateline": _dateline,
    "title": _title,
    "text": _text,
    "dek": _dek,
    "ticker": _ticker,
    "tail": _tail,
    "trailer": _trailer,
}
