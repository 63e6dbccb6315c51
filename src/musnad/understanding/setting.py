"""What the claims of one document share: its names, the chain that brings it, the agents it makes.

Chosen over (a) passing ten values from function to function, and (b) module state, which two documents would
share.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from musnad.folding import fold_name
from musnad.iri import Minter
from musnad.model import Agent, Attribution, Credit, Document, Entity, Mention, Thing
from musnad.understanding.event_labels import called
from musnad.understanding.particles import (
    ADJECTIVE_ENDINGS,
    AND,
    ARTICLE,
    MONTHS,
    PLACE_ENDINGS,
    PLACES,
    without_case,
)
from musnad.understanding.patterns import Patterns
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.tagging import FAMILIES, TaggedLine
from musnad.vocabulary import CLASS_OF_TYPE, SCHEMA

OUTLET: Final = SCHEMA + "NewsMediaOrganization"
_AUDIENCE: Final = re.compile(r"\s+لـ.*")  # «to …», printed with a dash
_CASE: Final = re.compile("(?:(?<=ثان)ي)?(?:\u0627\u064b|\u064b\u0627)(?!\\w)")  # adverbial ending; second
_QUOTES: Final = str.maketrans("", "", '"“”«»')
UNKNOWN_PUBLISHER: Final = "ناشر الصفحة (غير مذكور)"  # publisher of the page (not named)
PAGE: Final = "صفحة الوثيقة"  # the page of the document
_OUTLET_WORDS: Final = frozenset(
    # newspaper, agency, channel, site, network, radio, magazine, television
    {
        "صحيفه",
        "وكاله",
        "قناه",
        "موقع",
        "شبكه",
        "اذاعه",
        "مجله",
        "تلفزيون",
        "التلفزيون",
    }  # newspaper to television
)


@dataclass(frozen=True, slots=True)
class Bearer:
    """Somebody with an office, as some words of the page say."""

    agent: Agent
    head: str  # the stem of «minister», «envoy»
    words: frozenset[str]  # the stems of what else the office is called
    place: int  # of the name, in code points of the stored text


@dataclass(slots=True)
class Setting:
    """One document with its names, and the agents that its claims needed beyond them."""

    document: Document
    patterns: Patterns
    minter: Minter
    entities: Mapping[str, Entity]
    anonymous: frozenset[str]
    mentions: tuple[Mention, ...] = ()
    home: Agent | None = None  # the outlet that wrote the text, where another published it, or nobody known
    house: Agent | None = None  # the outlet that the lines of the page say it is of
    made: dict[str, Entity] = field(default_factory=dict)
    sentences: tuple[Sentence, ...] = ()
    tagged: dict[str, TaggedLine] = field(default_factory=dict)  # the line of a sentence → the same, tagged
    bodies: dict[str, list[Thing]] = field(default_factory=dict)  # agent → bodies it is said to be in
    turns: dict[int, bool] = field(default_factory=dict)  # start of a sentence of an interview → it answers
    bearers: tuple[Bearer, ...] | None = None  # who bears an office, once someone has looked

    def thing_of(self, mention: Mention) -> Thing:
        """Return what a mention means as an end of a claim."""
        agent = self.agent(mention)
        label = (
            self.event_label(agent.label, (mention.start, mention.end)) if _is_told(mention) else agent.label
        )
        label = (
            _uncased(label, self.patterns.words.all("documents"))
            if mention.type == "WORK" and not mention.slug
            else label
        )
        return Thing(label, agent.entity)

    def event_label(self, label: str, span: tuple[int, int]) -> str:
        """Return what an event is called that the page describes at a place of its text."""
        words = self.patterns.words
        folded = (words.any_of(FAMILIES), words.all("passing_adjectives"))
        return called(_CASE.sub("", label), span, self.mentions, self.document.text, folded)

    @property
    def iri(self) -> str:
        """Return the IRI of the document."""
        return self.minter.document(self.document.key)

    @property
    def thing(self) -> Thing:
        """Return the document as what claims speak of."""
        return Thing(self.title or PAGE, self.iri)

    @property
    def title(self) -> str:
        """Return the title of the main text, which is not always that of the page."""
        leads = [zone for zone in self.document.zones if zone.kind == "lead_item"]
        for zone in self.document.zones:
            if zone.kind == "title" and not any(z.start <= zone.start and zone.end <= z.end for z in leads):
                return self.document.quoted(zone.start, zone.end)
        return self.document.title

    @property
    def publisher(self) -> Agent:
        """Return who publishes the page; an unnamed publisher is one too."""
        if self.document.publisher:
            iri = self.minter.entity(self.document.publisher)
            known = self.entities.get(iri)
            return Agent(iri, known.label_ar if known else self.document.publisher)
        if self.house:
            return self.house
        return self.made_agent("publisher", UNKNOWN_PUBLISHER, "ORG", anonymous=True)

    def made_agent(self, key: str, label: str, kind: str, *, anonymous: bool) -> Agent:
        """Return an agent that no mention names, and remember that it needs a row."""
        iri = self.minter.seen(kind, key, self.iri)
        class_iri = self.minter.term("AnonymousSource") if anonymous else CLASS_OF_TYPE[kind]
        english = "Publisher of the page (not named)" if label == UNKNOWN_PUBLISHER else ""
        self.made.setdefault(iri, Entity(iri, kind, class_iri, label, english))
        return Agent(iri, label, anonymous)

    def unnamed(self, label: str) -> Agent:
        """Return the agent that words describe without a name; to whom it speaks is no part of them."""
        label = _AUDIENCE.sub("", label.translate(_QUOTES)).strip()
        return self.made_agent(fold_name(label), label, "PERSON", anonymous=True)

    def holder(self, body: str) -> Agent | None:
        """Return the agent that was last said to be in a body."""
        for iri, bodies in reversed(self.bodies.items()):
            if any(thing.entity == body for thing in bodies):
                named = next((m for m in self.mentions if m.entity == iri), None)
                return self.agent(named) if named else None
        return None

    def place_of(self, adjective: str) -> Thing | None:
        """Return the place or body that a folded adjective is derived from."""
        root = _root(adjective)
        name = self.patterns.words.adjectives.get(root, "")
        for iri, entity in self.entities.items():
            label = _folded(entity.label_ar)
            if (name and name in {label, *(_folded(other) for other, _ in entity.names)}) or (
                not name and entity.type == "PLACE" and len(root) > 2 and _stem(label) == root
            ):
                return Thing(entity.label_ar, iri)
        return None

    def agent(self, mention: Mention) -> Agent:
        """Return the agent that a mention means; a source without a name has its fullest description."""
        if mention.entity not in self.anonymous:
            return Agent(mention.entity, mention.label)
        same = [m for m in self.mentions if m.entity == mention.entity]
        words = [self.document.quoted(m.start, m.end) for m in same]
        return Agent(mention.entity, without_case(_CASE.sub("", max(words, key=_fullness))), anonymous=True)

    def base(self, sentence: Sentence) -> list[tuple[Agent, str]]:
        """Return who brings a sentence: the publisher, an outlet, a post."""
        hops = [(self.publisher, "")]
        scope = "lead_item" if sentence.zone == "lead_item" else "document"
        names = [credit for credit in self.document.credits if credit.scope == scope]
        hops += [(self.credited(credit), "") for credit in names[:1]]
        if self.home and scope == "document" and not names:
            hops.append((self.home, ""))
        if sentence.post:
            hops.append((self.post_agent(sentence.post), ""))
        return hops

    def credited(self, credit: Credit) -> Agent:
        """Return the outlet that a credit line names."""
        for mention in self.mentions:
            if credit.start <= mention.start and mention.end <= credit.end:
                return self.agent(mention)
        return self.made_agent(fold_name(credit.name), credit.name, "ORG", anonymous=False)

    def post_agent(self, number: int) -> Agent:
        """Return a post as a link of a chain."""
        post = self.document.posts[number - 1]
        kind = "تغريدة" if post.handle.startswith("@") else "منشور"  # tweet, post
        label = " ".join(part for part in (kind, post.author, day_in_words(post.published)) if part)
        return Agent(self.minter.part(self.iri, "post", number), label)

    def is_outlet(self, mention: Mention | None) -> bool:
        """Tell whether a mention names a news outlet."""
        if mention is None or mention.type != "ORG":
            return False
        known = self.entities.get(mention.entity)
        words = fold_name(self.document.text[mention.start : mention.end]).split()
        return bool(known and known.class_iri == OUTLET) or bool(words and words[0] in _OUTLET_WORDS)

    def chain(self, *agents: tuple[Agent, str]) -> tuple[Attribution, ...]:
        """Return the chain from the page to the last agent, nobody twice in a row."""
        hops: list[tuple[Agent, str]] = []
        for agent, verb in ((self.publisher, ""), *agents):
            if hops and hops[-1][0].entity == agent.entity:
                hops[-1] = (agent, verb or hops[-1][1])
            else:
                hops.append((agent, verb))
        return tuple(Attribution(number, agent, verb) for number, (agent, verb) in enumerate(hops))


def _is_told(mention: Mention) -> bool:
    """Tell whether a mention is that of an event without an entry in the authority."""
    return mention.type == "EVENT" and not mention.slug


def _uncased(label: str, documents: frozenset[str]) -> str:
    """Return the name of a text without printed case endings, nor that of its first word («بيانا»)."""
    first, _, rest = _CASE.sub("", label).partition(" ")
    plain = first[:-1] if fold_name(first[:-1]) in documents else first
    return f"{plain} {rest}".strip()


def printed(token: Token, setting: Setting) -> str:
    """Return a token as it is printed."""
    return setting.document.text[token.start : token.end]


def is_within(entity: str, setting: Setting) -> bool:
    """Tell whether the authority knows a place as part of a country, and not as its capital."""
    known = setting.entities.get(entity)
    if known is None or known.type != "PLACE" or not known.located_in:
        return False
    names = {_folded(known.label_ar), *(_folded(name) for name, _ in known.names)}
    return not names & setting.patterns.words.all("capitals")


def is_town(mention: Mention, setting: Setting) -> bool:
    """Tell whether a mention names a part of a country that is not its capital."""
    words = fold_name(setting.document.text[mention.start : mention.end]).split()
    part = len(words) > 1 and words[0] in setting.patterns.words.all("country_parts")
    return part or is_within(mention.entity, setting)


def _fullness(words: str) -> int:
    """Return how many words describe a source itself, those of its body («in …») not counted."""
    parts = words.split()
    return next((place for place, word in enumerate(parts) if word in PLACES), len(parts))


@lru_cache(maxsize=100_000)
def _folded(label: str) -> str:
    """Return a label as it is compared; the authority's are compared for every document."""
    return fold_name(label)


def _root(adjective: str) -> str:
    """Return an adjective without article and ending; that of Germany only seems to have two articles."""
    word = adjective.removeprefix(AND).removeprefix(ARTICLE)
    for ending in ADJECTIVE_ENDINGS:
        if word.endswith(ending):
            return word.removesuffix(ending).removeprefix(ARTICLE)
    return word


@lru_cache(maxsize=100_000)
def _stem(place: str) -> str:
    """Return a folded name of a place as its adjective begins; all places are compared for an adjective."""
    word = place.removeprefix(ARTICLE)
    for ending in PLACE_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 2:
            return word.removesuffix(ending)
    return word


def day_in_words(edtf: str) -> str:
    """Return a day as Levantine pages print it, any other date as it is.

    >>> day_in_words("2024-12-20")
    '20 كانون الأول 2024'
    """
    year, *rest = edtf.split("-")
    if len(rest) != 2 or not all(part.isdigit() for part in (year, *rest)):
        return edtf
    return f"{int(rest[1])} {MONTHS[int(rest[0]) - 1]} {year}"
