"""Cut a page into blocks: the rules of its source, applied to its lines in order.

The rules of a layout stand in the order of the page. A line goes to the next rule whose anchor it meets, or
stays with the open block, or opens the next rule that asks for no anchor; rules marked `anywhere` take their
lines first. Chosen over (a) a grammar that must match the whole page, which one new line would break, and
(b) a classifier of single lines, which cannot say that a body lies between a title and a heading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from musnad.folding import fold_words
from musnad.reading.lines import Line
from musnad.reading.looks import is_headline, is_paragraph
from musnad.reading.shapes import SHAPES, is_heading

_POST: Final = 500  # characters that an embedded post may have
_FULL: Final = 60  # characters from which the line before a post is a paragraph and no heading


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of block of a page: how it is found, how far it goes, and what it tells."""

    zone: str
    starts: re.Pattern[str] | None = None
    shape: str = ""
    repeats: bool = False
    signature: re.Pattern[str] | None = None
    inline: re.Pattern[str] | None = None
    lines: int | str = 1
    anywhere: bool = False
    last: bool = False
    after: str = ""
    inside: tuple[Rule, ...] = ()
    fields: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    links: str = ""
    credit: str = ""
    pairs: bool = False
    age: re.Pattern[str] | None = None
    above: int = 0
    heading: re.Pattern[str] | None = None
    nothing: re.Pattern[str] | None = None

    @property
    def anchored(self) -> bool:
        """Tell whether the first line of the block must meet something."""
        return bool(self.starts or self.shape or self.repeats or self.signature)


# Kinds of zone that markup tells of → what their lines link to; those of _ASIDE are never the article's.
_ASIDE: Final = {"comments": "", "related_links": "related", "ticker": "ticker"}
_WITHIN: Final = {"interface": "", "metadata": "", "inline_link": "read_also"}
LEFTOVER: Final = Rule("body", lines="many")  # lines that no rule takes


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that one rule took."""

    rule: Rule
    lines: tuple[Line, ...]

    @property
    def start(self) -> int:
        """Return where the first line starts."""
        return self.lines[0].start

    @property
    def end(self) -> int:
        """Return where the last line ends."""
        return self.lines[-1].end


def cut(lines: Sequence[Line], rules: Sequence[Rule]) -> list[Block]:
    """Return the blocks of a page, or of a block, in the order of their first lines.

    Every line is in at least one block; those that no rule takes are in blocks of the rule LEFTOVER.
    """
    rules = [rule for rule in rules if not rule.inline]
    blocks = _hinted(lines, rules, _ASIDE)
    rest = _left(lines, blocks)
    blocks += _anywhere(rest, _Anchors(rest, rules))
    rest = _left(rest, blocks)
    blocks += _hinted(rest, rules, _WITHIN)
    rest = _left(rest, blocks)
    blocks += _Sequence(_Anchors(rest, rules)).cut(rest)
    return sorted(blocks, key=lambda block: (block.start, -block.end))


def _left(lines: Sequence[Line], blocks: Sequence[Block]) -> list[Line]:
    taken = {line.number for block in blocks for line in block.lines}
    return [line for line in lines if line.number not in taken]


def _hinted(lines: Sequence[Line], rules: Sequence[Rule], kinds: Mapping[str, str]) -> list[Block]:
    """Return the blocks that the markup of a page tells of, each of one kind of zone, in a row."""
    groups: list[list[Line]] = []
    for line in lines:
        if line.hint not in kinds:
            continue
        if groups and groups[-1][-1].number == line.number - 1 and groups[-1][-1].hint == line.hint:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [Block(_rule_of(group[0].hint, rules, kinds), tuple(group)) for group in groups]


def _rule_of(zone: str, rules: Sequence[Rule], kinds: Mapping[str, str]) -> Rule:
    """Return the rule of a zone that tells the most of it, or a plain one."""
    plain = Rule(zone, lines="many", links=kinds[zone])
    named = [rule for rule in rules if rule.zone == zone and (rule.fields or rule.links or rule.age)]
    return next((rule for rule in named if rule.anywhere == (zone != "metadata")), plain)


class _Anchors:
    """Which lines may open a block of which rule."""

    def __init__(self, lines: Sequence[Line], rules: Sequence[Rule]) -> None:
        self.rules = rules
        self.posts = {i: _posts(lines, rule.signature) for i, rule in enumerate(rules) if rule.signature}
        plain = self._plain(lines)
        free = [line for line in lines if line.number not in plain]
        self._shapes = {rule.shape: SHAPES[rule.shape](free) for rule in rules if rule.shape}
        self._told = next((line.number for line in lines if is_paragraph(line)), len(lines) + 1)

    def _plain(self, lines: Sequence[Line]) -> set[int]:
        """Return the lines that rules without a shape take anywhere: shapes do not see them."""
        known = [rule.starts for rule in self.rules if rule.anywhere and rule.starts and not rule.shape]
        return {line.number for line in lines if any(each.search(line.folded.text) for each in known)}

    def meets(self, rule: int, line: Line, title: str = "") -> bool:
        """Tell whether a line may open a block of a rule, given the folded title."""
        known = self.rules[rule]
        if known.after and line.number <= self._told:
            return False
        return bool(
            (known.starts and known.starts.search(line.folded.text))
            or (known.shape and line.number in self._shapes[known.shape])
            or (known.repeats and title and fold_words(line.text) == title)
            or line.number in self.posts.get(rule, {})
        )


def _anywhere(lines: Sequence[Line], anchors: _Anchors) -> list[Block]:
    """Return the blocks of the rules that may come anywhere; the first rule that takes a line keeps it."""
    blocks: list[Block] = []
    taken: set[int] = set()
    for number, rule in enumerate(anchors.rules):
        if not rule.anywhere:
            continue
        for place, line in enumerate(lines):
            if line.number in taken or not anchors.meets(number, line):
                continue
            last = _reach(lines, place, number, anchors)
            blocks.append(Block(rule, tuple(lines[place : last + 1])))
            taken.update(line.number for line in blocks[-1].lines)
    return blocks


def _reach(lines: Sequence[Line], place: int, number: int, anchors: _Anchors) -> int:
    """Return the place of the last line of a block that starts at `place`."""
    rule = anchors.rules[number]
    if number in anchors.posts:
        return place + anchors.posts[number][lines[place].number]
    if isinstance(rule.lines, int):
        return min(place + rule.lines, len(lines)) - 1
    stop = place + 1
    while stop < len(lines) and _goes_on(lines, place, stop, number, anchors):
        stop += 1
    return stop - 1


def _goes_on(lines: Sequence[Line], place: int, at: int, number: int, anchors: _Anchors) -> bool:
    how, line = anchors.rules[number].lines, lines[at]
    if how == "rest":
        return True
    if how == "headlines":
        return is_headline(line) and not anchors.meets(number, line)
    if how == "paragraph":
        return line.gap == 0
    if how == "alike":
        return anchors.meets(number, line)
    if how == "topic":
        return not (is_heading(lines, at) and not _shares(lines[place], line))
    others = (i for i, rule in enumerate(anchors.rules) if i != number and not rule.shape)
    return not any(anchors.meets(i, line) for i in others)


def _shares(question: Line, heading: Line) -> bool:
    """Tell whether a heading speaks of what a question asks: one word of three letters or more in common."""

    def words(line: Line) -> set[str]:
        bare = (word.removeprefix("ال") for word in re.findall(r"\w+", line.folded.text))  # the article
        return {word for word in bare if len(word) >= 3}

    return bool(words(question) & words(heading))


def _posts(lines: Sequence[Line], signature: re.Pattern[str]) -> dict[int, int]:
    """Return, for the first line of each signed post, how many lines follow to its signature.

    A post of several paragraphs starts at the line that follows a full paragraph without a blank line; where
    there is none within the length of a post, it is the line of the signature alone.
    """
    found: dict[int, int] = {}
    floor = 0
    for place, line in enumerate(lines):
        if not signature.search(line.folded.text):
            continue
        first = place
        for back in range(place, floor, -1):
            before = lines[back - 1]
            if line.end - lines[back].start > _POST:
                break
            if lines[back].gap == 0 and before.end - before.start >= _FULL:
                first = back
                break
        found[lines[first].number] = place - first
        floor = place + 1
    return found


class _Sequence:
    """Lays the rules over the lines, in order."""

    def __init__(self, anchors: _Anchors) -> None:
        self.anchors = anchors
        self.rules = anchors.rules
        self.title = ""

    def cut(self, lines: Sequence[Line]) -> list[Block]:
        """Return the blocks of lines that no rule took anywhere."""
        blocks: list[tuple[int, list[Line]]] = []
        current = -1
        for line in lines:
            held = blocks[-1] if blocks and blocks[-1][0] >= 0 else None
            following = self._next(current, line, held)
            if following is None and held and self._accepts(held, line):
                held[1].append(line)
                continue
            if following is None:
                following = self._free(current)
            current = following if following is not None else current
            if following is None and blocks and blocks[-1][0] < 0:
                blocks[-1][1].append(line)
                continue
            blocks.append((following if following is not None else -1, [line]))
            if following is not None and self.rules[following].zone == "title" and not self.title:
                self.title = fold_words(line.text)
        return [Block(self.rules[i] if i >= 0 else LEFTOVER, tuple(group)) for i, group in blocks]

    def _next(self, current: int, line: Line, held: tuple[int, list[Line]] | None) -> int | None:
        """Return the next rule whose anchor the line meets, unless the open block asks for such lines."""
        if held and self.rules[held[0]].lines == "alike" and self._accepts(held, line):
            return None
        return next((i for i in self._after(current) if self.anchors.meets(i, line, self.title)), None)

    def _free(self, current: int) -> int | None:
        return next((i for i in self._after(current) if not self.rules[i].anchored), None)

    def _after(self, current: int) -> list[int]:
        return [i for i in range(current + 1, len(self.rules)) if not self.rules[i].anywhere]

    def _accepts(self, held: tuple[int, list[Line]], line: Line) -> bool:
        number, group = held
        how = self.rules[number].lines
        if isinstance(how, int):
            return len(group) < how
        if how == "paragraph":
            return line.gap == 0
        return how in {"many", "rest"} or (how == "alike" and self.anchors.meets(number, line, self.title))
