"""The lines of an HTML page, and what its elements say of each: title, date, comments, related, interface.

The stored text is that of all blocks of the page, whatever is installed: the same page gives the same text,
hash and address everywhere. Where trafilatura is installed (extra `html`), the main text that it finds tells
which of these blocks are the article. Chosen over (a) storing trafilatura's own text, which changes with its
version and drops what we want as zones, and (b) rules in the shape of selectors, one set for each site.

https://trafilatura.readthedocs.io/, https://selectolax.readthedocs.io/
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from musnad.folding import fold_words
from musnad.reading.markup import Markup
from musnad.reading.metadata import Metadata, read_metadata

MAX_CHARACTERS: Final = 8_000_000
_DROPPED: Final = frozenset({"nav", "button", "menu", "dialog", "title", "label", "input", "head"})
_INLINE: Final = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i", "img"),
        *("ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u"),
        *("var", "wbr", "del", "strike", "tt", "acronym", "ruby", "rt"),
    )
)
_SPACED: Final = frozenset(
    (*("p", "h1", "h2", "h3", "h4", "h5", "h6", "div", "article", "section", "ul", "ol", "header"), "footer")
)
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4"})
# Words of a class or an id → what the lines of such an element are.
_WORDS: Final[dict[str, str]] = {
    **dict.fromkeys(("comment", "comments", "commentlist", "disqus", "respond", "replies"), "comments"),
    **dict.fromkeys(
        ("related", "readalso", "recommended", "mostread", "popular", "trending"), "related_links"
    ),
    **dict.fromkeys(("seealso", "morenews", "moreposts", "sidebar", "suggested"), "related_links"),
    **dict.fromkeys(("share", "sharing", "social", "breadcrumb", "breadcrumbs", "crumbs"), "interface"),
    **dict.fromkeys(("pagination", "cookie", "cookies", "newsletter", "subscribe", "copyright"), "interface"),
    **dict.fromkeys(
        ("footer", "menu", "navbar", "tags", "taglist", "keywords", "advert", "ads"), "interface"
    ),
    **dict.fromkeys(("ticker", "breaking", "marquee", "newsticker"), "ticker"),
    **dict.fromkeys(("byline", "pubdate", "dateline", "postmeta", "entrymeta", "submitted"), "metadata"),
}
_TAGS: Final = {"footer": "interface", "aside": "related_links", "time": "metadata", "form": "interface"}
_PARTS: Final = re.compile(r"[A-Z]?[a-z]+")
_LONG: Final = 80  # characters from which a block is running text
_LINKED: Final = 0.8  # share of the letters from which a block is a link
_MAX_TAGS: Final = 20_000
_MAX_MAIN: Final = 1_000_000  # characters
_LISTED: Final = 4  # so many linked headings, each with a line, are a listing


@dataclass(slots=True)
class HtmlBlock:
    """A line of a page: its words, what its elements say of it, and how many of its letters are linked."""

    words: str
    role: str
    tag: str
    linked: int = 0
    gap: bool = False

    @property
    def is_link(self) -> bool:
        """Tell whether the block is a link and little else."""
        return bool(self.words) and self.linked >= _LINKED * len(self.words)


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """A page as text: its lines, the hints for some of them, its metadata, and what was lost."""

    text: str
    hints: dict[int, str]  # number of the line that is not blank → kind of zone
    metadata: Metadata
    notes: tuple[str, ...]
    listing: bool = False


def read_html(markup: str) -> HtmlPage:
    """Return the lines of an HTML page with hints, without scripts, styles, menus and buttons."""
    notes = ["the text was taken from HTML"]
    if len(markup) > MAX_CHARACTERS:
        notes.append(f"the page is cut after {MAX_CHARACTERS:,} characters")
    page = Markup(markup[:MAX_CHARACTERS])
    tree = LexborHTMLParser(page.clean, options=LexborDocumentOptions.WO_EVENTS)
    blocks = list(_Blocks().of(tree))
    metadata = read_metadata(tree, page.linked_data)
    hints = _hints(blocks, metadata, _main(page, blocks))
    lines = [("\n" if block.gap and place else "") + block.words for place, block in enumerate(blocks)]
    listing = metadata.listing or (not metadata.article and _is_listing(blocks))
    return HtmlPage("\n".join(lines) + "\n", hints, metadata, (*notes, *page.notes), listing)


@dataclass(slots=True)
class _Blocks:
    """Walks the tree once, without recursion, and collects the lines."""

    found: list[HtmlBlock] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    linked: int = 0
    gap: bool = False
    roles: list[str] = field(default_factory=lambda: [""])
    tags: list[str] = field(default_factory=lambda: [""])
    links: int = 0

    def of(self, tree: LexborHTMLParser) -> Iterator[HtmlBlock]:
        """Yield the lines of a page."""
        root = tree.body or tree.root
        node = root.first_child if root else None
        depth = 0
        while node:
            inner = self._enter(node)
            if inner:
                depth += 1
                node = inner
                continue
            while node and not node.next:
                node = node.parent
                depth -= 1
                if depth < 0 or node is None:
                    self._end(False)
                    yield from self.found
                    return
                self._leave(node)
            node = node.next if node else None
        self._end(False)
        yield from self.found

    def _enter(self, node: LexborNode) -> LexborNode | None:
        """Take in a node; return its first child where it is to be entered."""
        tag = node.tag or ""
        if tag == "-text":
            text = re.sub(r"\s+", " ", node.text(deep=False))
            self.words.append(text)
            self.linked += len(text) if self.links else 0
            return None
        if tag.startswith("-") or tag in _DROPPED:
            return None
        if tag not in _INLINE:
            self._end(tag in _SPACED)
        child = node.first_child
        if child:
            self.links += tag == "a"
            self.roles.append(self.roles[-1] or _role(node, tag))
            self.tags.append(self.tags[-1] if tag in _INLINE else tag)
        return child

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag not in _INLINE:
            self._end(tag in _SPACED)
        self.links -= tag == "a"
        self.roles.pop()
        self.tags.pop()

    def _end(self, gap: bool) -> None:
        """End a line; a line of nothing but blanks is none."""
        words = "".join(self.words).strip()
        if words:
            words = " ".join(words.split())
            self.found.append(HtmlBlock(words, self.roles[-1], self.tags[-1], self.linked, self.gap))
            self.gap = False
        self.words.clear()
        self.linked = 0
        self.gap = self.gap or gap


def _role(node: LexborNode, tag: str) -> str:
    """Return what an element says of its lines, "" where it says nothing or holds the article."""
    if tag in {"article", "main", "h1"}:
        return ""
    attributes = node.attributes
    given = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    known = ""
    for name in given.split():
        parts = [part.lower() for part in _PARTS.findall(name)]
        pairs = ["".join(pair) for pair in pairwise(parts)]
        known = next((_WORDS[part] for part in (*pairs, *parts) if part in _WORDS), known)
    known = known or _TAGS.get(tag, "")
    if known and tag in {"div", "section", "form", "aside", "main"} and node.css_first("h1,article,main"):
        return ""
    return known


def _main(page: Markup, blocks: Sequence[HtmlBlock]) -> frozenset[str]:
    """Return the folded lines of the main text as trafilatura finds it; none where it is not installed.

    It is not asked about pages without running text, nor about huge ones, for which it needs a minute.
    """
    told = any(len(block.words) >= _LONG for block in blocks)
    if not told or page.tags > _MAX_TAGS or len(page.clean) > _MAX_MAIN:
        return frozenset()
    try:
        trafilatura: Any = importlib.import_module("trafilatura")  # an extra, and without types
    except ImportError:
        return frozenset()
    found = trafilatura.extract(
        page.clean, favor_recall=True, include_comments=False, include_tables=True, with_metadata=False
    )
    return frozenset(
        fold_words(line).removeprefix("- ") for line in (found or "").splitlines() if line.strip()
    )


def _hints(blocks: Sequence[HtmlBlock], metadata: Metadata, main: frozenset[str]) -> dict[int, str]:
    """Return what the lines are that the page itself tells us of."""
    hints = {place: block.role for place, block in enumerate(blocks) if block.role}
    folded = [fold_words(block.words) for block in blocks]
    title = _title(blocks, folded, metadata)
    if title is not None:
        hints[title] = "title"
    told = [
        place
        for place, block in enumerate(blocks)
        if place not in hints and folded[place] in main and len(block.words) >= _LONG
    ]
    if not told:
        told = [
            place
            for place, block in enumerate(blocks)
            if place not in hints and len(block.words) >= _LONG and not block.is_link
        ]
    if not told:
        return hints
    for place, block in enumerate(blocks):
        if place in hints:
            continue
        if block.is_link and place > told[-1]:
            hints[place] = "related_links" if len(block.words.split()) >= 4 else "interface"
        elif block.is_link and place > told[0] and len(block.words.split()) >= 4 and block.tag != "li":
            hints[place] = "inline_link"
        elif main and place > told[-1] and folded[place] not in main and len(block.words) < _LONG:
            hints[place] = "interface"
    return hints


def _title(blocks: Sequence[HtmlBlock], folded: Sequence[str], metadata: Metadata) -> int | None:
    """Return the line of the title: the first heading that the metadata agree with, or the only one."""
    able = [place for place, block in enumerate(blocks) if block.role in {"", "metadata", "interface"}]
    tops = [place for place in able if blocks[place].tag == "h1"]
    named = [fold_words(name) for name in metadata.titles]
    for place in (*tops, *(each for each in able if blocks[each].tag in _HEADINGS), *able):
        words, top = folded[place], blocks[place].tag == "h1"
        known = any(name == words or name.startswith(words + " ") for name in named)
        if known and len(words.split()) >= (2 if top else 3):
            return place
    full = [place for place in tops if len(blocks[place].words.split()) >= 3]
    return full[0] if len(full) == 1 else None


def _is_listing(blocks: Sequence[HtmlBlock]) -> bool:
    """Tell whether a page shows many items: linked headings, and little text that follows none of them."""
    heads = [place for place, block in enumerate(blocks) if block.tag in _HEADINGS and block.is_link]
    heads = [place for place in heads if not blocks[place].role]
    if len(heads) < _LISTED:
        return False
    teasers = {place + step for place in heads for step in (1, 2)}
    own = sum(
        len(block.words)
        for place, block in enumerate(blocks)
        if place not in teasers and not block.role and not block.is_link and len(block.words) >= _LONG
    )
    return own < 100 * _LISTED
