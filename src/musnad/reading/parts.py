"""What blocks tell of a document: zones, links, posts, comments, quick facts, credits, fields.

Each part of a rule has one function in the table PARTS. Readers' comments are counted and dated; their words
and their authors' names go nowhere. Chosen over (a) one reader for each kind of zone, which ties what a zone
is called to what it tells, and (b) parsers inside the descriptions, which could not be checked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, cast

from musnad.folding import fold
from musnad.model import Comment, Credit, Link, Post, QuickFact, Zone
from musnad.reading.layout import LEFTOVER, Block, Rule, cut
from musnad.reading.lines import Line
from musnad.reading.looks import is_glued, seams
from musnad.reading.values import FIELDS, read_age, read_date, read_words

_BULLET: Final = re.compile(r"[\s•●▪◾▸·*»>+–:|-]*")
_BELOW: Final = 300  # characters that may follow an agency in brackets; further up it is that of a picture
_LinkKind = Literal["ticker", "read_also", "related", "lead"]


@dataclass(slots=True)
class Parts:
    """The parts of one document, as they are found."""

    text: str
    zones: list[Zone] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    facts: list[QuickFact] = field(default_factory=list)
    credits: list[Credit] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add(self, block: Block) -> None:
        """Add what a block tells, and what the blocks inside it tell."""
        rule = block.rule
        if rule is LEFTOVER:
            self.notes.append(f"{len(block.lines)} lines fit no rule of the source and are read as body")
        if rule.signature:
            _add_post(self, block)
            return
        self.zones.append(Zone(rule.zone, block.start, block.end, _label(block)))
        for wanted, add in PARTS:
            if wanted(rule):
                add(self, block)
        if rule.zone == "title":
            self.fields.setdefault("title", read_words(self.text[block.start : block.end]))
        for inner in rule.inside:
            if inner.inline:
                _add_inline(self, block, inner)
        if any(not inner.inline for inner in rule.inside):
            for part in cut(block.lines, rule.inside):
                if part.rule is not LEFTOVER:
                    self.add(part)


def _label(block: Block) -> str:
    """Return the heading that the first line of a block gives it."""
    line, starts = block.lines[0], block.rule.starts
    found = starts.search(line.folded.text) if starts else None
    if found and "label" in found.re.groupindex:
        return line.words(found, "label").rstrip(": ")
    return read_words(line.text) if block.rule.shape == "heading" else ""


def _own(block: Block) -> tuple[Line, ...]:
    """Return the lines of a block without its heading."""
    line, label = block.lines[0], _label(block)
    alone = label and len(line.text.strip(": \xa0")) <= len(label)
    return block.lines[1:] if alone else block.lines


def _add_fields(parts: Parts, block: Block) -> None:
    folded = fold(parts.text[block.start : block.end])
    for name, pattern in block.rule.fields.items():
        found = pattern.search(folded.text)
        if found and name not in parts.fields:
            start, end = folded.original(*found.span(1))
            value = FIELDS[name](parts.text[block.start + start : block.start + end])
            if value:
                parts.fields[name] = value


def _add_links(parts: Parts, block: Block) -> None:
    kind = cast(_LinkKind, block.rule.links)
    glued = False
    for line in _own(block):
        glued = glued or is_glued(line)
        for start, end in _headlines(line, len(_label(block)) if line is block.lines[0] else 0):
            parts.links.append(Link(kind, read_words(parts.text[start:end]), start, end))
    if glued:
        parts.notes.append("glued headlines: parted only where one certainly ends")


def _headlines(line: Line, skip: int = 0) -> Iterator[tuple[int, int]]:
    """Yield the span of each headline of a line; the first `skip` characters are a label."""
    bullet = _BULLET.match(line.text, skip)
    first = bullet.end() if bullet else 0
    stops = [*seams(line.text), len(line.text)] if is_glued(line) else [len(line.text)]
    for stop in stops:
        if line.text[first:stop].strip():
            yield line.start + first, line.start + len(line.text[:stop].rstrip())
        first = stop


def _add_inline(parts: Parts, block: Block, rule: Rule) -> None:
    for line in block.lines[-1:] if rule.last else block.lines:
        for found in rule.inline.finditer(line.folded.text) if rule.inline else ():
            label = line.words(found, "label") if "label" in found.re.groupindex else ""
            parts.zones.append(Zone(rule.zone, *line.span(found), label))
            if rule.links:
                kind = cast(_LinkKind, rule.links)
                parts.links.append(Link(kind, line.words(found, "headline"), *line.span(found, "headline")))
            if rule.credit:
                parts.credits.append(Credit(line.words(found, "headline"), *line.span(found)))


def _add_credit(parts: Parts, block: Block) -> None:
    line, starts = block.lines[0], block.rule.starts
    found = starts.search(line.folded.text) if starts else None
    if found and _is_credit(parts.text, block, line.words(found, "name")):
        scope = cast(Literal["document", "lead_item"], block.rule.credit)
        parts.credits.append(Credit(line.words(found, "name"), line.start, line.end, scope))


def _is_credit(text: str, block: Block, name: str) -> bool:
    """Tell whether a line names an outlet, and no address; brackets must stand below the last sentence."""
    if "://" in name:
        return False
    before = text[: block.start].rstrip()
    ended = before.endswith((".", "!", "؟", "…", '"', "»", "”")) and len(text) - block.end <= _BELOW
    return ended or not text[block.start : block.end].startswith("(")


def _add_post(parts: Parts, block: Block) -> None:
    line, signature = block.lines[-1], block.rule.signature
    found = signature.search(line.folded.text) if signature else None
    if not found:
        return
    start, end = line.span(found)
    parts.zones.append(Zone(block.rule.zone, block.start, end))
    url = line.words(found, "url") if "url" in found.re.groupindex else ""
    dash = line.span(found, "author")[0] - line.start
    dash = max(line.text.rfind(mark, 0, dash) for mark in "—–-")
    words = parts.text[block.start : start].rstrip()
    parts.posts.append(
        Post(
            start=block.start,
            end=end,
            text_end=block.start + len(words),
            author=line.words(found, "author"),
            handle=line.words(found, "handle"),
            published=read_date(line.words(found, "published")),
            url=url,
            signature_start=line.start + dash if dash >= 0 else start,
        )
    )


def _add_comments(parts: Parts, block: Block) -> None:
    """Add that there are comments, and how old they are."""
    rule, lines = block.rule, _own(block)
    aged = [
        (place, found) for place, line in enumerate(lines) if (found := _search(rule.age, line)) is not None
    ]
    firsts = [max(place - rule.above, 0) for place, _ in aged]
    for number, (place, found) in enumerate(aged):
        stop = firsts[number + 1] if number + 1 < len(firsts) else len(lines)
        while stop > place + 1 and lines[stop - 1].text.isdigit():
            stop -= 1
        start, end = lines[place].span(found)
        age = read_age(parts.text[start:end])
        parts.comments.append(Comment(lines[firsts[number]].start, lines[stop - 1].end, age, start, end))
    if aged:
        parts.fields.setdefault("comment_count", str(len(aged)))


def _search(pattern: re.Pattern[str] | None, line: Line) -> re.Match[str] | None:
    return pattern.search(line.folded.text) if pattern else None


def _add_facts(parts: Parts, block: Block) -> None:
    """Add labels and values: `label: value` on one line, or a line of each in turn."""
    waiting = ""
    for line in _own(block):
        name, colon, value = line.text.partition(":")
        if not waiting and colon and value.strip() and not value.startswith("//"):
            start = line.end - len(value.lstrip())
            parts.facts.append(QuickFact(name.strip(), read_words(value), start, line.end))
        elif waiting:
            parts.facts.append(QuickFact(waiting, read_words(line.text), line.start, line.end))
            waiting = ""
        else:
            waiting = line.text.rstrip(": ")
    if waiting:
        parts.notes.append(f"the quick fact {waiting!r} has no value")


def _add_sections(parts: Parts, block: Block) -> None:
    """Add a zone for each section; it is empty where the page says so or nothing follows its heading."""
    heads = [place for place, line in enumerate(block.lines) if _search(block.rule.heading, line)]
    for number, place in enumerate(heads):
        last = number + 1 == len(heads)
        stop = len(block.lines) if last else heads[number + 1]
        inner = block.lines[place + 1 : stop]
        said = bool(inner) and all(_search(block.rule.nothing, line) for line in inner)
        following = parts.text[block.lines[stop - 1].end :].strip()
        empty = said or (not inner and not (last and following))
        end = block.lines[stop - 1].end
        label = block.lines[place].text.rstrip(": ")
        parts.zones.append(Zone(block.rule.zone, block.lines[place].start, end, label, empty))


# Which rules have a part, and what adds it.
PARTS: Final[tuple[tuple[Callable[[Rule], bool], Callable[[Parts, Block], None]], ...]] = (
    (lambda rule: bool(rule.fields), _add_fields),
    (lambda rule: bool(rule.links), _add_links),
    (lambda rule: bool(rule.credit and rule.starts), _add_credit),
    (lambda rule: rule.age is not None, _add_comments),
    (lambda rule: rule.pairs, _add_facts),
    (lambda rule: rule.heading is not None, _add_sections),
)
