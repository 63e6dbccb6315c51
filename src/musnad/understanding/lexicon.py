"""The word lists of the mention rules, read from `mappings/lexicon/*.yaml`.

One closed file for each kind of name; every word is folded once, here. Chosen over (a) lists in code, which
nobody who knows the language but not Python can mend, and (b) one file for all, which has no owner.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Final, TypeVar

from musnad.config import line_of, read_yaml, refuse_unknown, require
from musnad.dates import bounds
from musnad.errors import MappingError
from musnad.folding import fold_name
from musnad.model import MENTION_TYPES
from musnad.understanding.sections import (
    EventWords,
    ListWords,
    NameWords,
    OrganisationWords,
    PersonWords,
    PlaceWords,
    SourceWords,
    StopWords,
    VocabularyWords,
    Words,
    WorkWords,
)
from musnad.understanding.tokens import stem

Listed = Mapping[str, tuple[tuple[str, ...], ...]]  # names by their first word, each as the words after it


@dataclass(frozen=True, slots=True)
class Compound:
    """A head word before one of some entities, which together name another entity; see `compounds.yaml`."""

    heads: Words
    aims: Words  # heads that need a date of the document
    of: frozenset[str]  # slugs
    means: str  # slug
    since: str  # first day on which a document may mean it, "" for always


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word lists, folded."""

    persons: PersonWords
    names: NameWords
    organisations: OrganisationWords
    places: PlaceWords
    events: EventWords
    works: WorkWords
    lists: ListWords
    sources: SourceWords
    stops: StopWords
    vocabulary: VocabularyWords
    nations: Words  # adjectives in all their forms, without the article
    verbs: Words  # in all the forms that news write
    names_of_bodies: Listed
    names_of_places: Listed
    compounds: tuple[Compound, ...]
    companions: Mapping[str, frozenset[str]]  # slug → slugs beside which its short names count


_SECTIONS: Final[dict[str, Any]] = {
    "persons": PersonWords,
    "names": NameWords,
    "organisations": OrganisationWords,
    "places": PlaceWords,
    "events": EventWords,
    "works": WorkWords,
    "lists": ListWords,
    "sources": SourceWords,
    "stops": StopWords,
    "vocabulary": VocabularyWords,
}
_Section = TypeVar("_Section")


def read_lexicon(folder: Path) -> Lexicon:
    """Return the word lists of a project; MappingError names the file and the line.

    `folder` is `mappings/lexicon`. Words come back folded as `fold_name` folds them.
    """
    sections = {name: _section(folder / f"{name}.yaml", kind) for name, kind in _SECTIONS.items()}
    persons, names = sections["persons"], sections["names"]
    sections["persons"] = replace(
        persons,
        given_names=persons.given_names | names.given | names.doubtful,
        doubtful_names=persons.doubtful_names | names.doubtful,
    )
    words = sections["vocabulary"].words | persons.nouns | sections["stops"].words
    sections["vocabulary"] = VocabularyWords(frozenset(map(stem, words)))
    path = folder / "nations.yaml"
    data = read_yaml(path)
    refuse_unknown(path, data, {"adjectives"})
    require(path, data, {"adjectives"})
    nations = frozenset(
        stem + ending for stem in _words(path, data, "adjectives") for ending in ("", "ه", "ين", "ون", "ا")
    )
    verbs = _verbs(folder / "verbs.yaml")
    return Lexicon(
        **sections,
        nations=nations,
        verbs=verbs,
        names_of_bodies=_by_first(sections["organisations"].names),
        names_of_places=_by_first(sections["places"].names),
        compounds=_compounds(folder / "compounds.yaml"),
        companions=_companions(folder / "companions.yaml"),
    )


def _by_first(names: Words) -> Listed:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for name in sorted(names):
        first, *rest = name.split()
        found[first] = (*found.get(first, ()), tuple(rest))
    return found


def _verbs(path: Path) -> Words:
    """Return the forms of the listed verbs."""
    data = read_yaml(path)
    refuse_unknown(path, data, {"past_present"})
    require(path, data, {"past_present"})
    pairs = _mapping(path, data, "past_present")
    return frozenset(form for past, present in pairs.items() for form in _verb_forms(past, present))


def _verb_forms(past: str, present: str) -> set[str]:
    """Return the third persons of a verb, both genders and all numbers, and with «will».

    >>> {"تنفي", "نفت", "سينفي"} <= _verb_forms("نفى", "ينفي")
    True
    """
    past, stem = fold_name(past), fold_name(present)[1:]
    short = past[:-1] if past.endswith(("ي", "ا")) else past
    forms = {past} | {short + ending for ending in ("ت", "تا", "ا", "وا", "ته", "تها", "ها", "هم")}
    for opening in "يت":
        shorter = stem[:-1] if stem.endswith(("ي", "و", "ا")) else stem
        now = {opening + stem, opening + shorter + "ون", opening + stem + "ان", opening + shorter + "وا"}
        forms |= now | {"س" + form for form in now}
    return forms


def _section(path: Path, kind: type[_Section]) -> _Section:
    """Return one file as a value of its class, whose fields are the keys of the file."""
    data = read_yaml(path)
    known = {part.name: str(part.type) for part in fields(kind)}  # type: ignore[arg-type]  # a dataclass
    refuse_unknown(path, data, known)
    require(path, data, known)
    values = {
        key: _words(path, data, key) if shape == "Words" else _mapping(path, data, key)
        for key, shape in known.items()
    }
    return kind(**values)


def _words(path: Path, data: Mapping[str, Any], key: str) -> Words:
    given = data[key]
    if not isinstance(given, list) or not all(isinstance(word, str) and word.strip() for word in given):
        raise MappingError(f"{path}:{line_of(data, key)}", f"{key} must be a list of words")
    return frozenset(map(fold_name, given))


def _mapping(path: Path, data: Mapping[str, Any], key: str) -> Mapping[str, str]:
    given = data[key]
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        raise MappingError(f"{path}:{line_of(data, key)}", f"{key} must map words to words")
    wrong = sorted(set(given.values()) - MENTION_TYPES) if key == "kinds" else []
    if wrong:
        raise MappingError(f"{path}:{line_of(data, key)}", f"{wrong[0]!r} is not a type of mention")
    return {fold_name(str(word)): value for word, value in given.items()}


def _compounds(path: Path) -> tuple[Compound, ...]:
    data = read_yaml(path)
    found = []
    for name, given in data.items():
        place = f"{path}:{line_of(data, name)}"
        if not isinstance(given, dict):
            raise MappingError(place, f"{name} must have keys")
        refuse_unknown(path, given, {"heads", "aims", "of", "means", "from"}, str(name))
        require(path, given, {"heads", "aims", "of", "means"}, str(name))
        since = str(given.get("from", ""))
        if since and not bounds(since)[0]:
            raise MappingError(f"{path}:{line_of(given, 'from')}", f"{since!r} is not a day")
        slugs = given["of"]
        if not isinstance(slugs, list) or not isinstance(given["means"], str):
            raise MappingError(place, f"{name}: of must be a list of slugs, means a slug")
        found.append(
            Compound(
                _words(path, given, "heads"),
                _words(path, given, "aims"),
                frozenset(map(str, slugs)),
                given["means"],
                since,
            )
        )
    return tuple(found)


def _companions(path: Path) -> Mapping[str, frozenset[str]]:
    data, found = read_yaml(path), {}
    for slug, beside in data.items():
        if not isinstance(beside, list) or not all(isinstance(one, str) for one in beside):
            raise MappingError(f"{path}:{line_of(data, slug)}", f"{slug} must be a list of slugs")
        found[str(slug)] = frozenset(beside)
    return found
