"""The small grammar inside YARRRML's strings: prefixes, `$(column)`, `~iri` and the backslash.

Chosen over (a) one regular expression for a whole term, whose errors say nothing, and (b) resolving prefixes
while rows are mapped, which would hide an unknown prefix until a row has the column.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from musnad.config import line_of
from musnad.errors import MappingError
from musnad.mapping.terms import Parts, Reference

_KIND: Final = re.compile(r"(?<!\\)~(iri|literal|lang|blanknode|blank)\Z")
_PREFIXED: Final = re.compile(r"([A-Za-z_][\w.-]*):(?!//)")
_TOKEN: Final = re.compile(
    r"\\(?P<escaped>[$\\()~{}])|\$\((?P<column>(?:[^()\\]|\\.)+)\)|(?P<bad>\$\()|(?P<text>.)", re.DOTALL
)
_SCHEMES: Final = {"urn", "mailto", "tel", "info", "tag", "geo", "data"}


@dataclass(frozen=True, slots=True)
class Prefixes:
    """The prefixes of one file."""

    names: dict[str, str]

    @classmethod
    def read(cls, path: Path, given: Any) -> Prefixes:
        """Return the prefixes that a file declares, or raise MappingError."""
        for name, iri in given.items():
            if not isinstance(iri, str) or ":" not in iri:
                raise MappingError(f"{path}:{line_of(given, name)}", f"prefix {name}: {iri!r} is not an IRI")
        return cls({str(name): str(iri) for name, iri in given.items()})

    def expand(self, where: str, text: str) -> str:
        """Return the text with its prefix written out; a prefix that is not declared is an error."""
        found = _PREFIXED.match(text)
        if not found or (found[1] in _SCHEMES and found[1] not in self.names):
            return text
        if found[1] not in self.names:
            close = get_close_matches(found[1], self.names, n=1)
            hint = f"did you mean {close[0]!r}?" if close else "declare it under prefixes"
            raise MappingError(where, f"unknown prefix {found[1]!r} in {text!r}", hint)
        return self.names[found[1]] + text[found.end() :]


def split_kind(text: str) -> tuple[str, str]:
    r"""Return the text and what stands behind its last `~`, "" where nothing does.

    >>> split_kind("$(url)~iri"), split_kind("ar~lang"), split_kind("a~b")
    (('$(url)', 'iri'), ('ar', 'lang'), ('a~b', ''))
    """
    found = _KIND.search(text)
    return (text[: found.start()], found[1]) if found else (text, "")


def split_parts(where: str, text: str) -> Parts:
    r"""Return the constants and the references of a template.

    >>> split_parts("", "x/$(a)-$(b)")
    ('x/', Reference(column='a'), '-', Reference(column='b'))
    >>> split_parts("", r"\$(a)")
    ('$(a)',)
    """
    parts: list[str | Reference] = []
    for token in _TOKEN.finditer(text):
        if token["bad"]:
            raise MappingError(
                where, f"a reference does not end in {text!r}", r"write $(column), or \$ for a $"
            )
        if token["column"]:
            parts.append(Reference(re.sub(r"\\(.)", r"\1", token["column"])))
            continue
        plain = token["escaped"] or token["text"]
        if parts and isinstance(parts[-1], str):
            parts[-1] += plain
        else:
            parts.append(plain)
    return tuple(parts) or ("",)
