"""Measure reconciliation: which of 200 variants of names find their entity first, and lookups a second.

Run `python bench/reconciliation.py [NAMES]` inside a project. The variants are made from the names of the
authority by rules, half in Arabic letters and half in Latin ones, with a fixed seed; of entities whose name
nobody else bears, since a namesake cannot be told from a name. Speed is that of one process and one core,
over the authority and as many made-up names as are wanted (100,000), by processor time.
"""

from __future__ import annotations

import random
import re
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Final

import pyoxigraph as px

from musnad.config import read_site
from musnad.project import Project
from musnad.reconciliation import Cards, Query
from musnad.reconciliation.cards import key_of
from musnad.reconciliation.scoring import Judge
from musnad.search import Index
from musnad.store import Store
from musnad.vocabulary import SCHEMA

VARIANTS: Final = 200
NAMES: Final = 100_000
LOOKUPS: Final = 2_000
SEED: Final = 20_260_122
HIDDEN: Final = "http://www.w3.org/2004/02/skos/core#hiddenLabel"
Rule = Callable[[str, random.Random], str]


def replaced(pattern: str, by: str, most: int = 0) -> Rule:
    """Return the rule that writes something in the place of a pattern."""
    return lambda name, _: re.sub(pattern, by, name, count=most)


def marked(name: str, chance: random.Random) -> str:
    """Return an Arabic name with some vowel marks."""
    return "".join(
        letter + (chance.choice("\u064e\u064f\u0650") if chance.random() < 0.4 else "") for letter in name
    )


def slipped(name: str, chance: random.Random) -> str:
    """Return a name in whose longest word two neighbours are exchanged, or one letter is left out."""
    word = max(name.split(), key=len)
    if len(word) < 6:
        return name
    place = chance.randrange(2, len(word) - 2)
    other = (
        word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        if chance.random() < 0.5
        else word[:place] + word[place + 1 :]
    )
    return name.replace(word, other, 1)


def accented(name: str, _: random.Random) -> str:
    """Return a name in the letters of scholars: a macron on some vowels, an ayn before some."""
    return name.replace("aa", "ā").replace("ee", "ī").replace("a", "ā", 1).replace("u", "ū", 1)


def bare(name: str, _: random.Random) -> str:
    """Return a name without accents and apostrophes."""
    plain = "".join(each for each in unicodedata.normalize("NFD", name) if not unicodedata.combining(each))
    return re.sub("['’ʿʾ`]", "", plain)


ARABIC: Final[dict[str, Rule]] = {
    "hamza left out": replaced("[أإآ]", "ا"),
    "hamza put in": replaced(r"\bا(?!ل)", "أ"),
    "ta marbuta as ha": replaced(r"ة\b", "ه"),
    "ya as alif maqsura": replaced(r"ي\b", "ى"),
    "hamza on waw or ya left out": lambda name, _: name.translate(str.maketrans("ؤئ", "وي")),
    "vowel marks": marked,
    "tatweel": lambda name, _: name[:2] + "ـ" + name[2:],
    "article left out": replaced(r"\bال(?=\w{3})", "", 1),
    "words joined": replaced(r"(عبد|أبو|بن) ", r"\1"),
    "a conjunction in front": lambda name, _: "و" + name,
    "guillemets around": lambda name, _: f"«{name}»",
    "a slip of the pen": slipped,
    "doubled blanks": replaced(" ", "  "),
}
LATIN: Final[dict[str, Rule]] = {
    "article without hyphen": replaced(r"\b([Aa]l|[Ee]l)-", r"\1 "),
    "article as el": replaced(r"\b[Aa]l-", "el-"),
    "article left out": replaced(r"\b([Aa]l|[Ee]l)-", ""),
    "u as ou": replaced("u", "ou"),
    "i as ee": replaced("i(?=[^aeiou]|$)", "ee"),
    "q as k": replaced("q", "k"),
    "j as g": replaced("j", "g"),
    "sh as ch": replaced("sh", "ch"),
    "kh as h": replaced("kh", "h"),
    "doubled letters single": replaced(r"([bdfklmnrstz])\1", r"\1"),
    "single letters doubled": replaced(r"(?<=[aiu])([mnrsl])(?=[aiu])", r"\1\1", 1),
    "end in a as ah": replaced(r"a\b", "ah"),
    "macrons": accented,
    "no accents": bare,
    "capitals": lambda name, _: name.upper(),
    "Mohammed": replaced(r"\b(Mohamm?[ae]d|Muhamm?ad|Mohamad)\b", "Muhammed"),
    "Abdul in one word": replaced(r"\b(Abd[aeu]l)[ -]", r"\1"),
    "a slip of the pen": slipped,
    "last name first": lambda name, _: ", ".join(name.rsplit(" ", 1)[::-1]) if " " in name else name,
}


def two_of(rules: dict[str, Rule]) -> Rule:
    """Return the rule that applies two of some rules, one after the other."""

    def both(name: str, chance: random.Random) -> str:
        first, second = chance.sample(sorted(rules), 2)
        return rules[second](rules[first](name, chance), chance)

    return both


TWO: Final = "two rules at once"
ARABIC[TWO], LATIN[TWO] = two_of(dict(ARABIC)), two_of(dict(LATIN))


@dataclass(frozen=True, slots=True)
class Variant:
    """One spelling, the name it was made of, by which rule, and whose it is."""

    text: str
    name: str
    rule: str
    id: str


def authority_store(project: Project, base: str) -> Store:
    """Return the authority as a store; its short names are names too, as in a build."""
    store, graph = px.Store(), px.NamedNode(f"{base}graph/authority")
    for path in sorted(project.authority.glob("*.ttl")):
        for quad in px.parse(path=str(path), format=px.RdfFormat.TURTLE):
            name = quad.predicate.value
            predicate = px.NamedNode(f"{SCHEMA}alternateName") if name == HIDDEN else quad.predicate
            store.add(px.Quad(quad.subject, predicate, quad.object, graph))
    return Store(store, base)


def made_up(number: int, names: Iterable[str], base: str) -> list[px.Quad]:
    """Return persons whose names are put together from the words of given names; none of them is anybody."""
    words = sorted({word for name in names for word in name.split() if len(word) > 3 and word >= "\u0600"})
    graph, kind = px.NamedNode(f"{base}graph/made-up"), px.NamedNode(f"{SCHEMA}Person")
    a, label = px.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), px.NamedNode(f"{SCHEMA}name")
    chance, found = random.Random(SEED), []
    while len(found) < 2 * number:
        name = " ".join(chance.sample(words, 3))
        node = px.NamedNode(f"{base}id/made-up-{len(found) // 2}")
        found += [px.Quad(node, a, kind, graph), px.Quad(node, label, px.Literal(name, language="ar"), graph)]
    return found


def variants(cards: Cards) -> list[Variant]:
    """Return the variants: as many by each rule as by any other, as far as they can be made."""
    chance = random.Random(SEED)
    found: list[Variant] = []
    bearers = cards.by_key
    for rules, language in ((ARABIC, "ar"), (LATIN, "en")):
        names = sorted((card.name(language), card.id) for card in cards.by_iri.values())
        names = [(name, id_) for name, id_ in names if (name >= "\u0600") == (language == "ar")]
        chance.shuffle(names)
        made: dict[str, list[Variant]] = {rule: [] for rule in rules}
        for (name, id_), (rule, change) in product(names, rules.items()):
            text = change(name, chance)
            owners = {card.id for key in (key_of(name), key_of(text)) for card in bearers.get(key, ())}
            if text != name and owners <= {id_} and len(made[rule]) < VARIANTS:
                made[rule].append(Variant(text, name, rule, id_))
        while len(found) < (VARIANTS // 2 if language == "ar" else VARIANTS):
            for rule in rules:
                if made[rule]:
                    found.append(made[rule].pop())
    return found[:VARIANTS]


def main(arguments: list[str]) -> None:
    """Print the accuracy, what missed, and the speed."""
    project = Project.find(Path())
    base = read_site(project.site_file).base
    store = authority_store(project, base)
    cards = Cards(Index.of(store, base), store, base)
    judge, asked = Judge(cards), variants(cards)
    right: dict[str, list[bool]] = {}
    for each in asked:
        best = judge.judge(Query(each.text, limit=1), frozenset())
        right.setdefault(each.rule, []).append(bool(best) and best[0].card.id == each.id)
        if not right[each.rule][-1]:
            got = f"{best[0].card.id} {best[0].score}" if best else "nothing"
            print(f"missed: {each.rule}: {each.text!r} of {each.name!r}: {got}")
    for rule, hits in sorted(right.items()):
        print(f"{rule:30} {sum(hits):3} of {len(hits)}")
    hits = [hit for each in right.values() for hit in each]
    print(f"first place: {sum(hits) / len(hits):.3f} of {len(hits)} variants, {len(cards.by_iri)} entities")
    number = int(arguments[0]) if arguments else NAMES
    store.extend(made_up(number, [card.name("ar") for card in cards.by_iri.values()], base))
    began = time.process_time()
    cards = Cards(Index.of(store, base), store, base)
    judge = Judge(cards)
    print(f"{len(cards.by_iri):,} names: index and cards in {time.process_time() - began:.1f} CPU s")
    texts = [each.text for each in asked] + [
        card.name("ar") for card in list(cards.by_iri.values())[-LOOKUPS:]
    ]
    took = []
    for text in (texts * (LOOKUPS // len(texts) + 1))[:LOOKUPS]:
        before = time.process_time()
        judge.judge(Query(text, limit=5), frozenset())
        took.append(time.process_time() - before)
    took.sort()
    print(
        f"lookups: {len(took) / sum(took):.0f} a CPU second; median {1e3 * took[len(took) // 2]:.2f} ms, ",
        end="",
    )
    print(f"99th percentile {1e3 * took[len(took) * 99 // 100]:.2f} ms")


if __name__ == "__main__":
    main(sys.argv[1:])
