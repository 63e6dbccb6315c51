"""The words of the interface, in both languages, from `publish/texts.yaml`.

One closed file with both languages side by side, so that a translator sees what is missing. Chosen over
(a) gettext catalogues, which need a compiler, and (b) words in the templates, which drift apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Any, Final

from markupsafe import Markup, escape

from musnad.config import line_of, read_yaml, refuse_unknown, require
from musnad.errors import MappingError

LANGUAGES: Final = ("ar", "en")


@dataclass(frozen=True, slots=True)
class Texts:
    """Every text by its dotted name: language → name → text."""

    texts: Mapping[str, Mapping[str, str]]

    def get(self, name: str, language: str) -> str:
        """Return a text, or raise KeyError naming it."""
        return self.texts[language][name]

    def known(self, name: str) -> bool:
        """Tell whether there is a text of this name."""
        return name in self.texts["en"]

    def format(self, name: str, language: str, values: Mapping[str, object]) -> Markup:
        """Return a text with its gaps filled; what fills them is escaped."""
        pieces = _pieces(self.texts[language][name])
        if isinstance(pieces, Markup):
            return pieces
        return Markup("".join(words + str(escape(values[gap])) if gap else words for words, gap in pieces))


@lru_cache(maxsize=4_096)
def _pieces(text: str) -> Markup | tuple[tuple[str, str], ...]:
    """Return what stands before each gap and its name, and after the last one ""; the text without gaps.

    >>> _pieces("{number} of {total}."), _pieces("none")
    ((('', 'number'), (' of ', 'total'), ('.', '')), Markup('none'))
    """
    found = tuple((words, gap or "") for words, gap, _, _ in Formatter().parse(text))
    return found if any(gap for _, gap in found) else Markup(text)


def read_texts(path: Path) -> Texts:
    """Return the texts of a file, or raise MappingError where a language is missing."""
    found: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}

    def walk(node: Any, name: str) -> None:  # YAML's nodes are what the file makes them
        if not isinstance(node, Mapping) or not node:
            raise MappingError(path, f"{name or 'the file'} must hold ar and en")
        if set(node) & set(LANGUAGES):
            refuse_unknown(path, node, LANGUAGES, name)
            require(path, node, LANGUAGES, name)
            for language in LANGUAGES:
                if not isinstance(node[language], str) or not node[language].strip():
                    raise MappingError(f"{path}:{line_of(node, language)}", f"{name}.{language} is no text")
                found[language][name] = node[language].strip()
            return
        for key, below in node.items():
            walk(below, f"{name}.{key}" if name else str(key))

    walk(read_yaml(path), "")
    return Texts(found)
