"""Make markup safe to parse: what no reader sees is cut out, what would cost too much is flattened.

One pass over the tags, linear in the size of the page, before the parser sees it: an HTML parser needs 18
seconds of CPU for 100,000 nested elements or attributes, which are 500 kB. Chosen over (a) a time limit,
which needs a process for each page, and (b) our own tree, which would have to know all rules of HTML.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

MAX_DEPTH: Final = 512
MAX_TAGS: Final = 200_000
_MAX_TAG: Final = 6_000  # characters that a tag may have with its attributes
_DROPPED: Final = frozenset(
    (
        *("script", "style", "noscript", "template", "svg", "iframe", "select", "object", "canvas"),
        *("textarea", "datalist", "math", "audio", "video"),
    )
)
# Elements that others close, or that have no end: they nest no deeper.
_FLAT: Final = frozenset(
    (
        *(
            "p",
            "li",
            "dt",
            "dd",
            "tr",
            "td",
            "th",
            "thead",
            "tbody",
            "tfoot",
            "option",
            "optgroup",
            "br",
            "hr",
        ),
        *("img", "input", "meta", "link", "base", "col", "source", "track", "wbr", "area", "embed", "param"),
        *("html", "head", "body"),
    )
)
_TAG: Final = re.compile(r"<(?:(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]{0,40})|(?P<comment>!--))")
_LINKED_DATA: Final = re.compile(r"""type\s*=\s*["']?application/ld\+json""", re.IGNORECASE)


@dataclass(slots=True)
class Markup:
    """A page that may be parsed: its markup, its linked data, and what was lost on the way."""

    source: str
    clean: str = ""
    linked_data: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _kept: list[str] = field(default_factory=list)
    _place: int = 0  # up to where the source is kept or dropped
    _close: int = -1  # where the next tag ends
    _depth: int = 0
    tags: int = 0
    _deep: int = 0
    _long: int = 0

    def __post_init__(self) -> None:
        while found := _TAG.search(self.source, self._place):
            self._kept.append(self.source[self._place : found.start()])
            self._place = found.start()
            self.tags += 1
            if self.tags > MAX_TAGS:
                self.notes.append(f"the page is cut after {MAX_TAGS:,} tags")
                self._place = len(self.source)
            elif found["comment"]:
                self._drop_comment(found.end())
            else:
                self._tag(found, found["name"].lower())
        self._kept.append(self.source[self._place :])
        self.clean = "".join(self._kept)
        self._kept.clear()
        if self._deep:
            self.notes.append(f"{self._deep} elements nest deeper than {MAX_DEPTH}; their words are kept")
        if self._long:
            self.notes.append(f"the attributes of {self._long} elements are too long and are dropped")

    def _drop_comment(self, start: int) -> None:
        stop = self.source.find("-->", start)
        if stop < 0:
            self._lose("comment <!--", start)
        else:
            self._place = stop + 3

    def _lose(self, what: str, start: int) -> None:
        """Drop the rest of the page, and say so if it has words."""
        if re.compile(r"\w").search(self.source, start):
            self.notes.append(f"the text after an unclosed {what} is lost")
        self._place = len(self.source)

    def _tag(self, found: re.Match[str], name: str) -> None:
        stop = self._tag_end(found.end())
        if name in _DROPPED:
            self._drop_element(found, name, stop)
            return
        deep = self._nest(name, bool(found["end"]))
        if deep:
            self._kept.append("<br>")
        elif stop - found.start() > _MAX_TAG:
            self._long += 1
            self._kept.append(f"<{found['end']}{name}>")
        else:
            self._kept.append(self.source[found.start() : stop])
        self._place = stop

    def _tag_end(self, start: int) -> int:
        """Return where a tag ends, or the end of the page; each stretch is searched once."""
        if self._close < start:
            stop = self.source.find(">", start)
            self._close = stop if stop >= 0 else len(self.source)
        return min(self._close + 1, len(self.source))

    def _nest(self, name: str, ends: bool) -> bool:
        """Count an element, and tell whether it is too deep to be kept."""
        if name in _FLAT:
            return False
        self._depth += -1 if ends else 1
        if ends:
            self._depth = max(self._depth, 0)
            return self._depth >= MAX_DEPTH
        self._deep += self._depth > MAX_DEPTH
        return self._depth > MAX_DEPTH

    def _drop_element(self, found: re.Match[str], name: str, stop: int) -> None:
        """Drop an element that holds no words of the page; keep the linked data of a script."""
        self._place = stop
        if found["end"] or self.source[stop - 2 : stop] == "/>":
            return
        ends = re.compile(rf"</{name}\b|<{name}\b", re.IGNORECASE)
        depth, at = 1, stop
        while depth:
            end = ends.search(self.source, at)
            if not end:
                self._lose(f"<{name}>", stop)
                return
            at = end.end()
            depth += -1 if end[0].startswith("</") else int(name in {"svg", "template", "object"})
        if name == "script" and _LINKED_DATA.search(self.source[found.end() : stop][:_MAX_TAG]):
            self.linked_data.append(self.source[stop : end.start()] if end else "")
        self._close = -1
        self._place = self._tag_end(at)
        self._kept.append(" ")
