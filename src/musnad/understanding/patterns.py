"""Read the patterns: closed YAML entries with their own examples, compiled once.

`relations.yaml` names the relations, `words.yaml` the word lists, verbs and cues that the entries share;
every other file holds entries. They are of three kinds: `sequence` (a form over words and mentions), `speech`
(reporting verbs and what opens the reported words) and `structure` (what the page's parts say by themselves).
Chosen over (a) rules in Python, which only programmers could add to, and (b) regular expressions over the
text, which know nothing of names. The keys: docs/patterns.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final, cast

from musnad.config import line_of, read_yaml, refuse_unknown, require
from musnad.errors import MappingError
from musnad.folding import fold
from musnad.model import MODALITIES, Certainty, PatternCard, Polarity, Relation
from musnad.understanding.cards import card_of, check_also, implied_by, is_precise, told_of
from musnad.understanding.forms import Form, Gates, Ingredients
from musnad.understanding.grammar import compile_form
from musnad.understanding.inflection import inflect, owned
from musnad.understanding.relations import expect, read_relations

_COMMON: Final = frozenset(
    {"id", "kind", "relation", "description", "certainty", "precision", "support", "positive", "negative"}
)
_READING: Final = frozenset({"modality", "polarity"})
_OF_SEQUENCES: Final = frozenset(["match", "evidence", "negation", "voice", "fill", "role", "status", "also"])
KEYS: Final[dict[str, frozenset[str]]] = {
    "sequence": _COMMON | _READING | _OF_SEQUENCES,
    "speech": _COMMON | _READING | {"verbs", "opens", "content", "voice"},
    "structure": _COMMON,
}
_CHOICES: Final[dict[str, frozenset[str]]] = {
    "certainty": frozenset({"sure", "probable", "doubtful"}),
    "modality": MODALITIES,
    "polarity": frozenset({"positive", "negative"}),
    "evidence": frozenset({"match", "items", "object"}),
    "negation": frozenset({"drop", "turn", "keep"}),
    "voice": frozenset({"speaker", "page", "text"}),
    "status": frozenset({"former", "current", "future"}),
    "content": frozenset({"clause", "phrase", "direct", "act", "named"}),
}
FILLS: Final = frozenset(
    {"topic", "heading", "before", "document", "made", "holder", "body", "speaker", "opening", "words"}
    | {"office", "gathering", "subject", "inside", "pair", "noun", "title", "owner", "phrase", "today"}
)
_POSITIVE, _NEGATIVE = 3, 2
_SHAPES: Final[dict[str, type]] = {
    "description": dict,
    **dict.fromkeys(("fill", "also"), dict),
    **dict.fromkeys(("match", "verbs", "opens", "positive", "negative"), list),
}
_DERIVED: Final = {"verbs": inflect, "nouns": owned}  # sections whose words get their forms
WORD_SECTIONS: Final = frozenset({*_DERIVED, "words", "cues", "adjectives"})


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence whose names are marked («[PERSON …]»), and what a pattern must give for it."""

    text: str
    gives: tuple[str, ...] = ()  # «subject | object», «speaker | words»; none for a sentence it must not read


@dataclass(frozen=True, slots=True)
class Pattern:
    """One rule of language that yields claims of one relation."""

    name: str
    kind: str
    relation: str
    forms: tuple[Form, ...] = ()
    verbs: frozenset[str] = frozenset()
    opens: tuple[tuple[str, ...], ...] = ()
    content: str = "clause"
    evidence: str = "match"
    negation: str = "drop"
    voice: str = "speaker"
    fill: tuple[tuple[str, str], ...] = ()
    certainty: Certainty = "probable"
    modality: str = "asserted"
    polarity: Polarity = "positive"
    role: str = ""
    status: str = ""
    examples: tuple[Example, ...] = ()
    also: Pattern | None = None  # what the same words imply
    implied: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists, folded, that patterns and cues share."""

    lists: Mapping[str, tuple[str, ...]]  # verbs are here with all their forms
    cues: Mapping[str, tuple[str, ...]]
    adjectives: Mapping[str, str]  # an adjective that its name does not show → the name, both folded
    _sets: dict[str, frozenset[str]] = field(default_factory=dict, init=False, compare=False)
    _unions: dict[tuple[str, ...], frozenset[str]] = field(default_factory=dict, init=False, compare=False)

    def all(self, name: str) -> frozenset[str]:
        """Return the entries of a list or of the cues of a kind."""
        known = self._sets.get(name)
        if known is None:
            known = self._sets[name] = frozenset(self.lists.get(name) or self.cues.get(name) or ())
        return known

    def any_of(self, names: tuple[str, ...]) -> frozenset[str]:
        """Return the entries of several lists together."""
        if names not in self._unions:
            self._unions[names] = frozenset[str]().union(*map(self.all, names))
        return self._unions[names]


@dataclass(frozen=True)
class Patterns:
    """All patterns of a project, compiled, with what is published about them."""

    relations: Mapping[str, Relation]
    words: Words
    entries: Mapping[str, Pattern]
    cards: Mapping[str, PatternCard]
    floor: float = 0.0  # the least measured precision of a pattern that publishes

    def publishes(self, name: str) -> bool:
        """Tell whether what a pattern reads is published."""
        return is_precise(self.cards[name], self.floor)

    def with_floor(self, floor: float) -> Patterns:
        """Return the same patterns with another floor; what is compiled is kept."""
        other = copy(self)
        object.__setattr__(other, "floor", floor)
        return other

    def of(self, kind: str) -> Iterator[Pattern]:
        """Yield the patterns of a kind in the order of their files, without those that others imply."""
        return (p for p in self.entries.values() if p.kind == kind and not p.implied)

    @cached_property
    def reporting(self) -> Mapping[str, tuple[Pattern, ...]]:
        """The patterns of speech by each of their verbs."""
        found: dict[str, tuple[Pattern, ...]] = {}
        for pattern in self.of("speech"):
            for verb in pattern.verbs:
                found[verb] = (*found.get(verb, ()), pattern)
        return found

    def tried(self, sentence: Ingredients) -> Iterator[tuple[Pattern, list[Form]]]:
        """Yield the sequence patterns with the forms that a sentence has the words for, in order."""
        found: dict[str, list[Form]] = {}
        for place in self._gates.let(sentence):
            pattern, form = self._forms[place]
            found.setdefault(pattern.name, []).append(form)
        return ((self.entries[name], forms) for name, forms in found.items())

    @cached_property
    def _forms(self) -> list[tuple[Pattern, Form]]:
        return [(pattern, form) for pattern in self.of("sequence") for form in pattern.forms]

    @cached_property
    def _gates(self) -> Gates:
        return Gates.of(form.gate for _, form in self._forms)


def read_words(path: Path) -> Words:
    """Return the word lists; entries are folded, verbs and owned nouns get their forms."""
    data = read_yaml(path)
    refuse_unknown(path, data, WORD_SECTIONS)
    require(path, data, sorted(WORD_SECTIONS))
    for section, entries in data.items():
        expect(path, entries, dict, str(section))
        for name, words in entries.items():
            expect(path, words, str if section == "adjectives" else list, f"{section}: {name}")
    lists = {str(name): tuple(_folded(entries)) for name, entries in data["words"].items()}
    for section, forms in _DERIVED.items():
        for name, words in data[section].items():
            if name in lists:
                raise MappingError(f"{path}:{line_of(data[section], name)}", f"{name!r} is a list already")
            lists[str(name)] = tuple(form for word in words for form in forms(str(word)))
    for kind in data["cues"]:
        if kind not in MODALITIES | {"negation", "not_negation"}:
            raise MappingError(f"{path}:{line_of(data['cues'], kind)}", f"{kind!r} is not a modality")
    cues = {str(name): tuple(_folded(entries)) for name, entries in data["cues"].items()}
    adjectives = {fold(str(word)).text: fold(str(name)).text for word, name in data["adjectives"].items()}
    return Words(lists, cues, adjectives)


def _folded(entries: list[Any]) -> Iterator[str]:
    return (" ".join(fold(str(entry)).text.split()) for entry in entries)


def read_patterns(folder: Path) -> Patterns:
    """Return the patterns of a folder, or raise MappingError with file and line."""
    relations, words = read_relations(folder / "relations.yaml"), read_words(folder / "words.yaml")
    entries: dict[str, Pattern] = {}
    cards: dict[str, PatternCard] = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.name in {"relations.yaml", "words.yaml"}:
            continue
        data = read_yaml(path)
        refuse_unknown(path, data, {"patterns"})
        require(path, data, ("patterns",))
        expect(path, data["patterns"], list, "patterns")
        for given in data["patterns"]:
            expect(path, given, dict, "a pattern")
            _check_entry(path, given, relations)
            name = str(given["id"])
            if name in entries:
                raise MappingError(f"{path}:{line_of(given)}", f"the id {name!r} is there twice")
            entries[name] = _pattern(path, given, words)
            cards[name] = card_of(given, words.lists)
            if also := given.get("also"):
                check_also(path, also, relations, entries)
                implied, told = replace(entries[name], **implied_by(also)), told_of(given, also)
                entries[name] = replace(entries[name], also=implied)
                entries[implied.name], cards[implied.name] = implied, card_of(told, words.lists)
    return Patterns(relations, words, entries, cards)


def _check_entry(path: Path, given: Mapping[str, Any], relations: Mapping[str, Relation]) -> None:
    where = f"pattern {given.get('id', '?')}"
    require(path, given, ("id", "kind", "relation", "description"), where)
    kind = str(given["kind"])
    if kind not in KEYS:
        line = line_of(given, "kind")
        raise MappingError(f"{path}:{line}", f"unknown kind {kind!r} of {where}", f"one of {sorted(KEYS)}")
    refuse_unknown(path, given, KEYS[kind], where)
    for key, kind_of in _SHAPES.items():
        if key in given:
            expect(path, given[key], kind_of, f"{key} of {where}", given)
    require(path, given["description"], ("ar", "en"), f"description of {where}")
    refuse_unknown(path, given["description"], {"ar", "en"}, f"description of {where}")
    needed = {"sequence": ("match",), "speech": ("verbs", "opens")}.get(kind, ())
    require(path, given, (*needed, *(("positive", "negative") if needed else ())), where)
    for key, choices in _CHOICES.items():
        if key in given and given[key] not in choices:
            line = line_of(given, key)
            raise MappingError(
                f"{path}:{line}", f"{key} of {where} is {given[key]!r}", f"one of {sorted(choices)}"
            )
    if given["relation"] not in relations:
        raise MappingError(f"{path}:{line_of(given, 'relation')}", f"no relation named {given['relation']!r}")
    for key, least in (("positive", _POSITIVE), ("negative", _NEGATIVE)):
        if needed and len(given[key]) < least:
            raise MappingError(
                f"{path}:{line_of(given, key)}", f"{where} has fewer than {least} {key} examples"
            )


def _pattern(path: Path, given: Mapping[str, Any], words: Words) -> Pattern:
    where = f"{path}:{line_of(given)}"
    verbs = given.get("verbs", ())
    unknown = [name for name in verbs if name not in words.lists]
    if unknown:
        raise MappingError(where, f"no list of verbs named {unknown[0]!r}")
    fill = given.get("fill", {})
    refuse_unknown(path, fill, {"subject", "object"}, f"fill of {given['id']}")
    for slot, how in fill.items():
        if str(how).partition(" ")[0] not in FILLS:
            line = line_of(fill, slot) or line_of(given)
            raise MappingError(
                f"{path}:{line}", f"fill of {given['id']} is {how!r}", f"one of {sorted(FILLS)}"
            )
    return Pattern(
        name=str(given["id"]),
        kind=str(given["kind"]),
        relation=str(given["relation"]),
        forms=tuple(compile_form(form, words.lists, where) for form in given.get("match", ())),
        verbs=frozenset(form for name in verbs for form in words.lists[name]),
        opens=tuple(tuple(fold(str(words)).text.split()) for words in given.get("opens", ())),
        fill=tuple((str(slot), str(how)) for slot, how in fill.items()),
        certainty=cast(Certainty, given.get("certainty", "probable")),
        polarity=cast(Polarity, given.get("polarity", "positive")),
        examples=(
            *(_example(path, example, positive=True) for example in given.get("positive", ())),
            *(_example(path, example, positive=False) for example in given.get("negative", ())),
        ),
        **_optional(given),
    )


def _optional(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keys of a pattern that are words and may be absent."""
    names = ("content", "evidence", "negation", "voice", "modality", "role", "status")
    return {name: str(given[name]) for name in names if name in given}


def _example(path: Path, given: Any, *, positive: bool) -> Example:
    if not positive:
        return Example(str(given))
    expect(path, given, dict, "a positive example")
    refuse_unknown(path, given, {"text", "gives"}, "an example")
    require(path, given, ("text", "gives"), "an example")
    gives = given["gives"] if isinstance(given["gives"], list) else [given["gives"]]
    return Example(str(given["text"]), tuple(str(line) for line in gives))
