"""Cut a document into sentences, and each sentence into a line of tokens that patterns can read.

A line is the folded sentence with one blank after every token; a mention is one token («<P7>»: a person,
token 7), a date is one («<D9>»), a clitic before a mention is one («ل+»). Patterns are then plain regular
expressions over the line, and token numbers lead back to the stored text. Chosen over (a) matching over the
stored text, where every name would have to be described again, and (b) a parse tree, for lack of a parser.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from musnad.dates import FoundDate, find_dates
from musnad.folding import Folded, fold
from musnad.model import Document, Mention
from musnad.understanding.lengths import bounded
from musnad.understanding.particles import PLACES, QUESTION_MARKS, TO_THE, without_conjunction
from musnad.understanding.quotations import CLOSE, MARK, OPEN, is_abbreviation, pair_brackets, pair_quotes
from musnad.understanding.regions import Region, regions
from musnad.understanding.sided import with_sides

LETTER_OF_TYPE: Final = {"PERSON": "P", "ORG": "O", "PLACE": "L", "EVENT": "E", "WORK": "W"}
_PIECE: Final = re.compile(r"\n|\.\.+|[وفبلك]?\d+(?:[.:/,]\d+)*%?|\w+|[^\w\s]")  # «و2.5»: and 2.5
_CLITIC: Final = re.compile(r"[وف]?(?:[بكل]|لل|ال)?\Z")  # and, so; with, as, to, to the, the
_STOPS: Final = frozenset({"\n", ".", "..", "...", "!", "…", "•", "●"}) | QUESTION_MARKS
_PAUSES: Final = frozenset({"..", "...", "…"})
_TITLES: Final = 2  # words before or after the name on a line of a list
_APART: Final = frozenset({"ل", "ب"})  # to, with
_EDGES: Final = frozenset({",", ";", "-", ":", "؛", "و+", "ف+"})  # not part of evidence at its ends
_SAID: Final = frozenset({MARK, "ان", "بان"})  # that
_BULLETS: Final = frozenset({"-", "–", "•", "●", "*", ".", ")", "("})


@dataclass(frozen=True, slots=True)
class Token:
    """One step of a line: a word, a mark, a clitic, a date, or the mentions that stand at one place."""

    text: str
    start: int
    end: int
    mentions: tuple[Mention, ...] = ()
    edtf: str = ""
    inside: bool = False  # whether it goes on a name in quotation marks, which are not in the line
    bare: str = field(init=False, compare=False)  # the word without a conjunction that is written with it

    def __post_init__(self) -> None:
        object.__setattr__(self, "bare", without_conjunction(self.text))

    @property
    def mention(self) -> Mention | None:
        """Return the first mention of the token."""
        return self.mentions[0] if self.mentions else None

    def among(self, words: Collection[str]) -> bool:
        """Tell whether some words have this one, with or without its conjunction."""
        return self.text in words or self.bare in words

    @property
    def is_word(self) -> bool:
        """Tell whether the token is a word that names nothing."""
        return self.text[0].isalnum() and not self.text.endswith("+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """The tokens of one sentence, the line that patterns read, and where it stands."""

    tokens: tuple[Token, ...]
    line: str
    offsets: tuple[int, ...]  # of each token in the line
    zone: str
    post: int = 0  # number of the post that holds it, counted from 1
    paragraph: int = 0

    def index(self, place: int) -> int:
        """Return the number of the token that holds a place of the line."""
        return max(0, bisect_right(self.offsets, place) - 1)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the span of tokens `first` to before `last`, marks trimmed.

        In code points of the stored text.
        """
        while last > first + 1 and self.tokens[last - 1].text in _EDGES:
            last -= 1
        while first < last - 1 and self.tokens[first].text in _EDGES:
            first += 1
        return self.tokens[first].start, self.tokens[last - 1].end


def split_document(
    document: Document, mentions: Iterable[Mention], anonymous: frozenset[str]
) -> list[Sentence]:
    """Return the sentences of the zones that hold claims, in document order.

    `anonymous` has the IRIs of the anonymous sources; their mentions have a type of their own («<S3>»).
    """
    folded = fold(document.text)
    dates = find_dates(document.text, document.published)
    pieces = Pieces(document.text, folded, outermost(mentions, anonymous), dates, anonymous)
    found: list[Sentence] = []
    for region in regions(document):
        found.extend(pieces.sentences(region))
    return sorted(found, key=lambda sentence: sentence.tokens[0].start)


def outermost(mentions: Iterable[Mention], anonymous: frozenset[str]) -> list[tuple[Mention, ...]]:
    """Return the mentions that no other holds, those of equal span together.

    The mention of an anonymous source ends where the name of its body begins.
    """
    ordered = sorted(mentions, key=lambda m: (m.start, -m.end))
    kept: list[tuple[Mention, ...]] = []
    for mention in ordered:
        last = kept[-1][0] if kept else None
        if last is None or mention.start >= last.end:
            kept.append((mention,))
        elif (mention.start, mention.end) == (last.start, last.end):
            kept[-1] = (*kept[-1], mention)
        elif last.entity in anonymous and mention.start > last.start:
            kept.append((mention,))
    return kept


@dataclass(frozen=True, slots=True)
class Pieces:
    """A document's text, folded, with what was found in it."""

    text: str
    folded: Folded
    mentions: Sequence[tuple[Mention, ...]]
    dates: Sequence[FoundDate]
    anonymous: frozenset[str]

    def sentences(self, region: Region) -> Iterator[Sentence]:
        """Yield the sentences of a region."""
        paragraph = 0
        for start, end in region.spans:
            for line in _with_items(_lines(with_sides(self.tokens(start, end)))):
                paragraph += 1
                kept = _without_marks(line, self.text)
                for tokens in bounded(_split(kept)):
                    if any(token.text[0].isalnum() or token.mentions for token in tokens):
                        yield numbered(tokens, (region.zone, region.post, paragraph))

    def tokens(self, start: int, end: int) -> Iterator[Token]:
        """Yield the raw tokens of a stretch: mentions and dates whole, all else piece by piece."""
        place = start
        for first, last, token in self._named(start, end):
            if first < place:
                continue
            yield from self._plain(place, first, before_name=not token.edtf)
            if token.mentions and self.folded.text.startswith(TO_THE, self.folded.at(first)):
                yield Token("لل+", first, first + 1)  # to the
            yield token
            place = last
        yield from self._plain(place, end, before_name=False)

    def _named(self, start: int, end: int) -> list[tuple[int, int, Token]]:
        found: list[tuple[int, int, Token]] = []
        following = [*(group[0].start for group in self.mentions), len(self.text)][1:]
        for group, upcoming in zip(self.mentions, following, strict=True):
            first, last = group[0].start, min(group[0].end, upcoming)
            if start <= first and last <= end:
                letter = "S" if group[0].entity in self.anonymous else LETTER_OF_TYPE[group[0].type]
                last = self._trimmed(first, last) if last < group[0].end else last
                found.append((first, last, Token(f"<{letter}>", first, last, group)))
        for date in self.dates:
            clash = any(first < date.end and date.start < last for first, last, _ in found)
            if start <= date.start and date.end <= end and not clash:
                found.append((date.start, date.end, Token("<D>", date.start, date.end, edtf=date.edtf)))
        return sorted(found, key=lambda entry: entry[:2])

    def _trimmed(self, start: int, end: int) -> int:
        """Return the end of a source's words before the preposition and the body that follow."""
        words = list(re.finditer(r"\w+", self.text[start:end]))
        while len(words) > 1 and fold(words[-1].group()).text in PLACES:
            words.pop()
        return start + words[-1].end() if words else end

    def _plain(self, start: int, end: int, *, before_name: bool) -> Iterator[Token]:
        first, last = self.folded.at(start), self.folded.at(end)
        pieces = [*_PIECE.finditer(self.folded.text, first, last)]
        tail = next((n for n in range(len(pieces) - 1, -1, -1) if pieces[n].group() != '"'), 0)
        for number, piece in enumerate(pieces):
            begin, finish = self.folded.original(piece.start(), piece.end())
            word = piece.group()
            touches = before_name and number >= tail and _touch(piece, pieces[number + 1 :], last)
            if touches and word != '"' and _CLITIC.match(word):
                word += "+"
            yield Token(word, begin, finish)


def _touch(piece: re.Match[str], rest: Sequence[re.Match[str]], end: int) -> bool:
    """Tell whether a piece is a letter by itself, or no more than quotation marks part it from a name."""
    ends = [piece.end(), *(mark.end() for mark in rest)]
    starts = [*(mark.start() for mark in rest), end]
    return ends == starts or piece.group() in _APART


def _lines(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    line: list[Token] = []
    for token in tokens:
        if token.text == "\n":
            if line:
                yield line
            line = []
        else:
            line.append(token)
    if line:
        yield line


def _with_items(lines: Iterable[list[Token]]) -> Iterator[list[Token]]:
    """Join the lines of a list («1- …», «- …», bare names) to the line before them that ends in a colon."""
    opened: list[Token] = []
    for line in lines:
        body = next((i for i, token in enumerate(line) if not _is_bullet(token)), 0)
        if opened and line[0].text in _SAID:  # «X said:», and what X said on a line of its own
            yield opened + line
            opened = []
            continue
        if opened and (0 < body < len(line) or _is_name(line)):
            mark = line[0]
            opened += [Token(",", mark.start, mark.start if not body else mark.end), *line[body:]]
            continue
        if opened:
            yield opened
        opened = line if line[-1].text == ":" else []
        if not opened:
            yield line
    if opened:
        yield opened


def _is_name(line: Sequence[Token]) -> bool:
    """Tell whether a line is a name alone, with two words before it at most («Dr X»), and no verb."""
    place = next((at for at, token in enumerate(line) if token.text[:2] in {"<P", "<O"}), len(line))
    return place <= _TITLES and len(line) - place <= _TITLES and line[-1].text != ":"


def _is_bullet(token: Token) -> bool:
    return token.text in _BULLETS or (token.text.isdigit() and len(token.text) < 3)


def _without_marks(tokens: Sequence[Token], text: str) -> list[Token]:
    """Keep the marks of quotations, named “ and ”; drop those round names and those without a partner."""
    kept, inside = pair_quotes(tokens, text)
    kept |= pair_brackets(tokens)
    return [
        replace(token, text=kept.get(number, token.text), inside=number in inside)
        for number, token in enumerate(tokens)
        if token.text != MARK or number in kept
    ]


def _split(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Split a paragraph at the marks that end a sentence, but not within a quotation."""
    sentence: list[Token] = []
    quoted = False
    last = max((number for number, token in enumerate(tokens) if token.text == CLOSE), default=-1)
    left_open = max(
        (number for number, token in enumerate(tokens) if token.text == OPEN), default=len(tokens)
    )
    for number, token in enumerate(tokens):
        if token.text in _PAUSES and last < left_open < number:
            continue  # who speaks pauses, in a quotation that nobody closed
        quoted = (quoted or token.text == OPEN) and token.text != CLOSE and number < last
        initial = bool(sentence) and len(sentence[-1].text) == 1 and sentence[-1].is_word
        initial = initial or is_abbreviation(tokens, number)
        if token.text in _STOPS and not quoted and not (token.text == "." and initial):
            if token.text in QUESTION_MARKS:
                sentence.append(token)
            if sentence:
                yield sentence
            sentence = []
        elif not (token.text == "." and initial):
            sentence.append(token)
    if sentence:
        yield sentence


def numbered(tokens: Sequence[Token], place: tuple[str, int, int]) -> Sentence:
    """Return the sentence of some tokens, in a zone, a post and a paragraph; names get their numbers."""
    named = [
        replace(token, text=f"{token.text[:2]}{number}>")
        if token.text[0] == "<" and (token.mentions or token.edtf)
        else token
        for number, token in enumerate(tokens)
    ]
    offsets, at = [], 0
    for token in named:
        offsets.append(at)
        at += len(token.text) + 1
    line = "".join(f"{token.text} " for token in named)
    return Sentence(tuple(named), line, tuple(offsets), *place)
