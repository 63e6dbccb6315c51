"""What lines look like, whatever their words are: headlines, glued headlines, date lines, headings.

Pages of unknown sites share no words but shapes, so a rule may name a shape of this table. A shape is a
function from lines to the numbers of those that have it. Chosen over (a) lists of words for every site, which
end where the sites that we know end, and (b) a trained classifier, which nobody could correct by hand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from musnad.dates import find_dates
from musnad.reading.lines import Line
from musnad.reading.values import tidy_date

_RUN: Final = 4  # so many headlines in a row are a ticker
_PARAGRAPH: Final = 160  # characters from which a line is a paragraph, whatever ends it
_SENTENCE: Final = 80  # characters from which a line that ends as a sentence is one
_HEADING: Final = 60
_HEADLINE: Final = range(12, 161)
_GLUED: Final = 250
# Where one headline certainly ends and the next begins: a wide gap; a mark, a closing quotation mark, ta
# marbuta or alef maqsura before a letter; alef with hamza below after more than clitics.
_SEAM: Final = re.compile(
    r"(?<=[؟!?»”])(?=[\u0621-\u064a«“])"
    r"|\s{3,}"
    r"|(?<=[ةى])(?=[\u0621-\u064a])"
    r"|(?<=[\u0621-\u064a]{3}[بتثجحخدذرزسشصضطظعغقمنهي])(?=إ)"
)
_ENOUGH: Final = 0.2  # of the words that the best line shares with the text: the first line with so many
_SITE: Final = re.compile(r"\s*[|–—·•«»:-]\s*\S.{1,60}\Z")
# A Hijri date with its year, and the word that ties it to the other calendar: «corresponding to».
_HIJRI: Final = re.compile(
    r"\d{1,2}\s+(?:محرم|صفر|ربيع ال\w+|جماد[يه] ال\w+|رجب|شعبان|رمضان|شوال|ذو? ?ي? ?(?:ال)?(?:قعده|حجه))"
    r",?\s+1[34]\d\d\s*(?:هـ?|ه)?|(?:ال)?موافق(?:\s+ل)?"
)
_OUTLET: Final = re.compile(  # network, site, page, agency, channel, paper, station, magazine
    r"(?:شبكه|موقع|صفحه|وكاله|قناه|جريده|صحيفه|اذاعه|راديو|مجله|منصه)(?: \w+){1,2}\Z"
)
_LISTED: Final = ("-", "–", "•", "*", "▪", "●")
_QUOTED: Final = re.compile(r"«[^«»]*»")
_CRUMBS: Final = re.compile(r"[>»›|/\\].*[>»›|/\\]")
_META: Final = re.compile(r"\d{1,2}:\d\d(?::\d\d)?\s*(?:[صم]|[ap]m)?\Z|https?://\S+\Z|[\d.,:/\s-]+\Z", re.I)


def is_paragraph(line: Line) -> bool:
    """Tell whether a line is running text."""
    size = line.end - line.start
    return not is_glued(line) and (size >= _PARAGRAPH or (size >= _SENTENCE and line.closes))


def _is_text(line: Line) -> bool:
    return is_paragraph(line) or (line.text.endswith(".") and len(line.text.split()) >= 5)


def _announces(line: Line) -> bool:
    return line.text.endswith(":") and len(line.text.split()) >= 5


def is_headline(line: Line) -> bool:
    """Tell whether a line could be a headline: some words, no full stop, no figures or address alone."""
    size = line.end - line.start
    closed = line.text.endswith((".", "،", "؛", ":")) and not line.text.endswith(("..", "…"))
    few = len(line.text.split()) < 3 or _CRUMBS.search(_QUOTED.sub("", line.text))
    return size in _HEADLINE and not closed and not few and not _META.match(line.folded.text)


def is_glued(line: Line) -> bool:
    """Tell whether a line is several headlines without anything between them."""
    return line.end - line.start >= _GLUED and len(_SEAM.findall(line.text)) >= 2


def seams(text: str) -> list[int]:
    """Return where one glued headline certainly ends.

    >>> [*map("لقاء ثانٍ؟جولة ثالثة".__getitem__, seams("لقاء ثانٍ؟جولة ثالثة"))]
    ['ج']
    """
    return [found.end() for found in _SEAM.finditer(text)]


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
        and after.end - after.start >= _SENTENCE
    )


def _heading(lines: Sequence[Line]) -> set[int]:
    return {line.number for place, line in enumerate(lines) if is_heading(lines, place)}


def _glued(lines: Sequence[Line]) -> set[int]:
    return {line.number for line in lines[:3] if is_glued(line)}


def _dateline(lines: Sequence[Line]) -> set[int]:
    """Return the lines that say little more than a date or a time."""
    found: set[int] = set()
    for line in lines:
        size = line.end - line.start
        if size > 90 or line.text.endswith("."):
            continue
        if _META.match(line.folded.text):
            found.add(line.number)
            continue
        words = tidy_date(line.text)
        dates = [date for date in find_dates(words) if date.certainty == "sure"]
        other = sum(len(found[0]) for found in _HIJRI.finditer(line.folded.text))
        left = size - sum(date.end - date.start for date in dates) - other
        if dates and left <= 40:
            found.add(line.number)
    return found


def _head(lines: Sequence[Line]) -> tuple[list[Line], bool]:
    """Return the lines before the first paragraph, and whether there is a paragraph at all."""
    for place, line in enumerate(lines):
        if is_paragraph(line):
            return list(lines[:place]), True
    return list(lines), False


def _title(lines: Sequence[Line]) -> set[int]:
    """Return the title among the lines before the first paragraph.

    The one that the markup tells; a headline that comes again, or with the name of the site; one that stands
    apart from a run of headlines, which are a ticker, before a date line; else the one that shares the most
    words with the first paragraphs; else the last of a run, or the first of four words.
    """
    if hinted := {line.number for line in lines if line.hint == "title"}:
        return hinted
    head, told = _head(lines)
    dated = _dateline(head)
    able = [line for line in head if is_headline(line) and line.number not in dated]
    able = [line for line in able if not _OUTLET.match(line.folded.text)]
    names = Counter(_key(line) for line in lines)
    full = [line for line in able if len(line.text.split()) >= 4]
    repeated = [line for line in full if names[_key(line)] > 1]
    if repeated:
        return {repeated[0].number}
    if named := [line for line in full if any(_is_named_for(other, line) for other in lines)]:
        return {named[0].number}
    if not able or not (told or len(lines) > 1):
        return set()
    if not told:
        return set() if len(able) >= _RUN else {(full or able)[0].number}
    date = next((number for number in sorted(dated) if number > able[0].number), lines[-1].number)
    near = [line for line in full or able if line.number < date] or able
    if len(near) >= _RUN and dated and near[-1].gap and not any(line.gap for line in near[1:-1]):
        return {near[-1].number}
    said = set().union(*(_words(line) for line in lines[len(head) : len(head) + 3]))
    shared = [len(_words(line) & said) for line in near]
    if not any(shared):
        return {near[-1 if len(near) >= _RUN else 0].number}
    if len(near) >= _RUN:
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
    """Return the lines after the title and what dates or repeats it; without one, from the first sentence."""
    title = _title(lines)
    told = _head(lines)[1]
    if title:
        after = [line for line in lines if line.number > min(title)]
        first = next((place for place, line in enumerate(after) if _is_text(line)), 0)
        name = next(_key(line) for line in lines if line.number in title)
        dated = _dateline(after[:first])
        marks = [
            place + 1
            for place, line in enumerate(after[:first])
            if line.number in dated or _key(line) == name
        ]
        return {line.number for line in after[max(marks, default=0) :]}
    first = next((place for place, line in enumerate(lines) if _is_text(line)), 0)
    return {line.number for line in (lines[first:] if told else lines)}


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
    full = [
        line
        for line in after
        if is_paragraph(line) or line.text.endswith(".") or _announces(line) or line.number in listed
    ]
    if not full or _announces(full[-1]):
        return set()
    return {line.number for line in after if line.number > full[-1].number}


def _listed(lines: Sequence[Line]) -> set[int]:
    """Return the lines of lists that a line with a colon announces."""
    found: set[int] = set()
    for before, line in pairwise(lines):
        if line.text.startswith(_LISTED) and (before.text.endswith(":") or before.number in found):
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
    "ticker": _ticker,
    "tail": _tail,
    "trailer": _trailer,
}


def is_listing(lines: Sequence[Line]) -> bool:
    """Tell whether a page is a list of headlines and no document: ten or more, and no sentence."""
    headlines = sum(is_headline(line) for line in lines)
    return headlines >= 10 and not any(is_paragraph(line) or line.text.endswith(".") for line in lines)


def is_menu(lines: Sequence[Line]) -> bool:
    """Tell whether a page is nothing but navigation: six lines or more, all short, and no sentence."""
    short = all(len(line.text.split()) < 5 and not line.text.endswith(".") for line in lines)
    return len(lines) >= 6 and short
