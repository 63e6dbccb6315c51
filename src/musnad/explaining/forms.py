"""Tell which words each form of a pattern cannot do without, and why a form did not read a sentence.

The words are read from the pattern files, because a compiled form no longer says which of its words may be
absent. Chosen over (a) running each form with one element removed at a time, which asks for a second compiler
of the language of forms, and (b) naming every pattern of the relation, which helps nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

from musnad.config import read_yaml
from musnad.folding import fold
from musnad.project import Project
from musnad.understanding.grammar import TYPE_LETTERS, word_expression
from musnad.understanding.particles import PLACES, THAT, TO_ON_ABOUT, WHO
from musnad.understanding.patterns import Pattern, Patterns
from musnad.understanding.sentences import Sentence

# The elements of a form that matter here; the rest is passed over. See docs/patterns.md.
_ELEMENT: Final = re.compile(
    r"\.\.!?@[a-z_]+|\{[a-z]+:=?(?:@(?P<entry>[a-z_]+))?[^}]*\}|!(?:@[a-z_]+|\w+\+?(?:\|\w+\+?)*)"
    r"|@(?P<list>[a-z_]+)|[~*%]\d+|(?P<open>\[)|(?P<close>\])"
    r"|(?P<words>\w+\+?(?:\|\w+\+?)*)"
)
# Words that stand in nearly every sentence, beside the list `prepositions`: «in», «on», «who», «that».
_COMMON: Final = PLACES | TO_ON_ABOUT | WHO | THAT
Why = Literal["left out", "order", "names", "opening"]
_RANK: Final[dict[str, int]] = {"left out": 0, "opening": 1, "order": 1, "names": 2}


class Need(NamedTuple):
    """Some alternatives of which a form needs one, as expressions over the line of a sentence."""

    expression: re.Pattern[str]
    telling: re.Pattern[str] | None  # those of them that say what a sentence is about, None where none does


@dataclass(frozen=True, slots=True)
class Near:
    """A pattern whose words stand in a sentence, and why it gave no claim of it."""

    pattern: str
    relation: str
    why: Why
    missing: tuple[str, ...] = ()  # the types that no name of the sentence has, as the form writes them

    @property
    def rank(self) -> tuple[int, int, str]:
        """Return how near the pattern came; the smallest is the nearest."""
        return _RANK[self.why], len(self.missing), self.pattern


Needs = Mapping[str, tuple[tuple[Need, ...], ...]]  # by pattern, for each of its forms


def read_needs(project: Project, patterns: Patterns) -> Needs:
    """Return the words that the forms of the sequence patterns need, or raise MappingError."""
    found: dict[str, tuple[tuple[Need, ...], ...]] = {}
    for path in sorted(project.patterns.glob("*.yaml")):
        for given in read_yaml(path).get("patterns", ()):
            if str(given["id"]) in patterns.entries:
                forms = given.get("match", ())
                found[str(given["id"])] = tuple(tuple(needs(form, patterns.words.lists)) for form in forms)
    return found


def needs(form: str, lists: Mapping[str, Sequence[str]]) -> Iterator[Need]:
    """Yield the words that a form needs, in their order; what may be absent is passed over.

    >>> [bool(need.telling) for need in needs("[قد] حضر|شارك ~2 في {object:EVENT}", {})]
    [True, False]
    """
    depth = 0
    for element in _ELEMENT.finditer(form):
        depth += bool(element["open"]) - bool(element["close"])
        name = element["list"] or element["entry"]
        words = lists.get(name, ()) if name else (element["words"] or "").split("|")
        if not depth and any(words):
            known = _COMMON | set(lists.get("prepositions", ()))
            telling = [word for word in words if not word.endswith("+") and fold(word).text not in known]
            yield Need(_any_of(words), _any_of(telling) if telling else None)


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(r"(?<![^ ])" + word_expression(words))


def nearly(sentence: Sentence, patterns: Patterns, known: Needs) -> list[Near]:
    """Return the patterns whose words a sentence has, the nearest first; for a sentence without a claim."""
    found = [near for pattern in patterns.entries.values() if (near := _near(pattern, sentence, known))]
    return sorted(found, key=lambda near: near.rank)


def _near(pattern: Pattern, sentence: Sentence, known: Needs) -> Near | None:
    if pattern.kind == "speech":
        said = any(token.among(pattern.verbs) for token in sentence.tokens)
        return Near(pattern.name, pattern.relation, "opening") if said else None
    forms = zip(pattern.forms, known.get(pattern.name, ()), strict=False)
    near = [found for form, needed in forms if (found := _form(pattern, (form, needed), sentence))]
    return min(near, key=lambda found: found.rank, default=None)


def _form(pattern: Pattern, form: tuple[Any, tuple[Need, ...]], sentence: Sentence) -> Near | None:
    """Return how near one form came, None where the sentence lacks its words."""
    compiled, needed = form
    if compiled.expression.search(sentence.line):
        return Near(pattern.name, pattern.relation, "left out")
    if not any(need.telling and need.telling.search(sentence.line) for need in needed):
        return None
    if not all(need.expression.search(sentence.line) for need in needed):
        return None
    missing = tuple(kind for kind in compiled.kinds.values() if not _named(kind, sentence))
    return Near(pattern.name, pattern.relation, "names" if missing else "order", missing)


def _named(kind: str, sentence: Sentence) -> bool:
    """Tell whether a sentence has a name (or a date) of one of the types of a slot."""
    letters = "".join(TYPE_LETTERS.get(part, "") for part in kind.split("|"))
    return not letters or any(
        token.text[0] == "<" and token.text[1:2] in {*letters} for token in sentence.tokens
    )
