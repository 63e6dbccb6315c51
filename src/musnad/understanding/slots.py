"""Read the ends of what a pattern matched: names, lists of them, dates, words, and what a form leaves open.

Chosen over (a) doing so where forms are matched, one module of two subjects, and (b) ends as part of the
grammar, which knows no document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from musnad.folding import fold
from musnad.model import Mention, Thing
from musnad.understanding.context import (
    SPEAKER,
    SPEAKER_BODY,
    alone,
    bodies_before,
    heading,
    named_in_title,
    nearest,
    only_named,
    opened_by,
    pair,
    topic,
)
from musnad.understanding.fighting import (
    NAMED,
    can_attack,
    is_by_whom,
    is_named,
    meant,
    of_adjective,
    of_parties,
    plain_forces,
    told_by_words,
)
from musnad.understanding.forms import Form
from musnad.understanding.gatherings import begins, gathering_before, phrase_ends
from musnad.understanding.grammar import TYPE_LETTERS
from musnad.understanding.insides import each_of, inside
from musnad.understanding.list_items import list_items
from musnad.understanding.office_ends import is_office
from musnad.understanding.offices import (
    is_bare,
    is_delegation,
    is_of_house,
    is_read_apart,
    is_relative,
    office_of,
    without_and,
)
from musnad.understanding.particles import AND, ARTICLE, WITH, is_definite
from musnad.understanding.patterns import Pattern
from musnad.understanding.phrases import GATHERING, PARTIES
from musnad.understanding.pronouns import owner
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.setting import Setting
from musnad.understanding.slot_words import all_words, noun, told, words_of
from musnad.understanding.strikes import STRIKES
from musnad.understanding.surroundings import is_address, is_ground, stands_apart

_WHOLE_DAY: Final = len("2020-06-15")
_NO_YEAR: Final = "XXXX"
_OF_AGENTS: Final = frozenset({"metWith", "agreedOn", "participatedIn", "opponentOf", "allyOf"})
_ADJECTIVES: Final = 3  # tokens among which an adjective of relation stands


@dataclass(frozen=True, slots=True)
class Slots:
    """The slots of one match, and where it stands."""

    pattern: Pattern
    form: Form
    tokens: dict[str, tuple[Token, ...]]
    place: tuple[Sequence[Sentence], int, int]  # sentences, number of the sentence, first token
    setting: Setting

    def fits(self) -> bool:
        """Tell whether the names of further slots begin as the form asks."""
        further = [name for name, heads in self.form.heads.items() if heads and name in self.tokens]
        return all(any(self.ends(name)) for name in further if name not in {"subject", "object"})

    def ends(self, name: str) -> Iterator[tuple[Thing, tuple[int, int] | None]]:
        """Yield the subjects (or objects) of a match.

        Each comes with its tokens where it is one of a list.
        """
        tokens, kind = self.tokens.get(name), self.form.kinds.get(name, "")
        if tokens is None:
            yield from ((thing, None) for thing in self._filled(dict(self.pattern.fill).get(name, "speaker")))
        elif kind in PARTIES or kind == GATHERING:
            heads = self.form.heads.get(name, "")
            yield from phrase_ends(kind, heads, tokens, self.place, self.setting)
        elif kind == "NISBA" and self.pattern.voice == "page" and not is_definite(tokens[0].text):
            return  # the adjective of a name has the article
        elif kind == "NISBA":
            start = self._sentence.index(tokens[0])
            adjectives = self._sentence[start : start + _ADJECTIVES]
            yield from ((thing, None) for thing in of_adjective(adjectives, self.setting))
        elif kind in {"HEAD", "TRADE"} and is_address(self._sentence, tokens[0], self.setting.patterns.words):
            return  # «the media adviser X»: a word of an office, no profession
        elif kind and tokens[0].edtf:
            if kind == "TEXT" or (tokens[0].edtf.startswith(_NO_YEAR) and self.pattern.relation != "heldOn"):
                return  # «rejected yesterday …»: the day is not what is rejected
            yield Thing(tokens[0].edtf, datatype="edtf"), None
        elif is_named(kind, tokens, self.setting):
            yield from self._named(name, tuple(meant(kind, tokens, self.setting)), NAMED)
        elif kind in STRIKES:
            yield from ((thing, None) for thing in told_by_words(kind, tokens, self.setting))
        elif not kind or kind in {"TEXT", "HEAD", "TRADE"}:
            yield from ((thing, None) for thing in told(tokens, kind, self.pattern.relation, self.setting))
        else:
            yield from self._named(name, tokens, kind)

    @property
    def _sentence(self) -> tuple[Token, ...]:
        return self.place[0][self.place[1]].tokens

    def _named(
        self, name: str, tokens: tuple[Token, ...], kind: str
    ) -> Iterator[tuple[Thing, tuple[int, int] | None]]:
        letters = "".join(TYPE_LETTERS.get(part, "") for part in kind.split("|"))
        offset = self._sentence.index(tokens[0])
        if letters in {"POLS", "POLEWS"} and len(tokens) == 1:
            letters = tokens[0].text[1]
        heads = self.setting.patterns.words.all("office_heads")
        for first, last, mentions in list_items(tokens, letters, heads):
            line, words, untitled = self._sentence, self.setting.patterns.words, "role" not in self.tokens
            if stands_apart(self.pattern, (line, mentions[0]), words, of_office=untitled):
                continue
            if _is_out(self, name, mentions[0], offset):
                continue
            for mention in mentions:
                if not begins(mention.label, self.form.heads.get(name, "")):
                    continue
                span = (offset + first, offset + last) if len(tokens) > 1 else None
                meant_here = _each_meant(mention, self.pattern.relation, self.setting)
                yield from ((thing, span) for thing in meant_here)

    def _filled(self, how: str) -> Iterator[Thing]:
        """Yield what stands for a slot that the form has not: see docs/patterns.md, `fill`."""
        kind, _, rest = how.partition(" ")
        given = next((t.mention for t in self.tokens.get("object", ()) if t.mention), None)
        sentences, number, _ = self.place
        if kind == "topic":
            meant_by = topic(sentences, self.setting)
            yield from (Thing(m.label, m.entity) for m in meant_by if rest in {"", m.type})
        elif kind == "heading":
            yield from (Thing(m.label, m.entity) for m in heading(sentences, number, TYPE_LETTERS[rest]))
        elif kind == "before":
            types, _, heads = rest.partition(" ")
            letters = "".join(TYPE_LETTERS[name] for name in types.split("|"))
            named = nearest(self.place, letters, tuple(heads.split()), self.setting)
            named = () if self.pattern.relation == "holdsRole" and is_delegation(named) else named
            yield from (Thing(m.label, m.entity) for m in named)
        elif kind == "noun":
            named = nearest(self.place, TYPE_LETTERS[rest], _heads(self.tokens["noun"][0]), self.setting)
            yield from (Thing(m.label, m.entity) for m in named)
        elif kind == "title":
            yield from (Thing(m.label, m.entity) for m in named_in_title(sentences, TYPE_LETTERS[rest]))
        elif kind in {"opening", "subject"}:
            letters = "".join(TYPE_LETTERS[name] for name in rest.split("|"))
            yield from opened_by(self.place, letters, kind, self.setting)
        elif kind == "made" and given:
            printed = self.setting.document.quoted(given.start, given.end)
            label = rest.replace("{object}", given.label).replace("{printed}", printed)
            if "head" in self.tokens:
                label = label.replace("{head}", noun(self.tokens["head"], self.setting))
            agent = self.setting.made_agent(fold(label).text, label, "WORK", anonymous=False)
            yield Thing(agent.label, agent.entity)
        elif kind == "holder" and given:
            agent_of = self.setting.holder(given.entity)
            yield from (Thing(agent.label, agent.entity) for agent in [agent_of] if agent)
        else:
            yield from self._left_open(kind, rest)

    def _left_open(self, kind: str, rest: str) -> Iterator[Thing]:
        """Yield what stands for a slot whose words are no name."""
        if kind == "inside":
            given = next((t.mention for taken in self.tokens.values() for t in taken if t.mention), None)
            yield from inside(rest, given, self.setting) if given else ()
        elif kind == "pair":
            yield from pair(self.place, self.setting)
        elif kind == "owner":
            yield from _owners(self)
        elif kind == "gathering":
            yield from filter(None, [gathering_before(self.place, self.setting, int(rest or 40))])
        elif kind == "words":
            yield Thing(rest.replace("{deed}", _deed(self.tokens, self.setting)).strip())
        elif kind == "phrase":
            yield Thing(_phrase(self._sentence, self.place[2], self.tokens["object"][-1], self.setting))
        elif kind == "office" and "role" in self.tokens:
            yield from self._office(self.tokens["role"])
        elif kind == "document":
            yield self.setting.thing
        elif kind == "today":
            yield from _today(self.setting)
        elif kind == "body":
            yield SPEAKER_BODY
        elif kind == "speaker":
            yield SPEAKER

    def _office(self, role: tuple[Token, ...]) -> Iterator[Thing]:
        """Yield of what an office is; «head of it» is of the last body that the sentence names before."""
        before = bodies_before(self.place, self.setting.patterns.words)
        kind = self.form.kinds.get("role")
        told = is_relative if kind == "POST" else is_bare
        happens = kind == "POST" or self.pattern.relation == "appointed" or self.pattern.implied
        if self.pattern.relation == "holdsRole" and is_read_apart(role, self.setting):
            return
        house = self.pattern.relation == "holdsRole" and is_of_house(role, self.setting)
        named = only_named(self.place[0], "O", self.setting) or alone(before, self.setting)
        if house and named:
            yield self.setting.thing_of(named)
        elif happens and told(role, self.setting) and before:
            yield self.setting.thing_of(before[-1])
        else:
            words = without_and(all_words(role, self.setting), role[0], self.setting)
            yield from office_of(role, words, self.setting)


def _owners(slots: Slots) -> Iterable[Thing]:
    """Return whom the pronoun on a deed means; of an attack only who may wage one."""
    owners = owner(slots.place, slots.tokens["deed"][0].bare, slots.setting)
    return of_parties(owners, slots.setting) if slots.pattern.relation == "attacked" else owners


def _today(setting: Setting) -> Iterator[Thing]:
    """Yield the day on which a page was published, if it tells the whole day."""
    day = setting.document.published
    yield from [Thing(day, datatype="edtf")] if len(day) == _WHOLE_DAY else []


def _is_out(slots: Slots, name: str, mention: Mention, first: int) -> bool:
    """Tell whether a name is a ground that nobody is, or cannot attack; its slot begins at a token."""
    line = slots.place[0][slots.place[1]].tokens
    if name == "subject" and slots.pattern.relation in _OF_AGENTS and is_ground(line, mention):
        return True
    by_whom = first == slots.place[2] and is_by_whom(line, first)
    return slots.form.kinds.get(name) == "FORCE" and (by_whom or not can_attack(line, mention, slots.setting))


def _each_meant(mention: Mention, relation: str, setting: Setting) -> Sequence[Thing]:
    """Return what a name means: each of several, forces that a noun alone names."""
    plain = plain_forces(mention, setting) if relation == "allyOf" else []
    return plain or [*each_of(mention, setting)]


def _phrase(line: tuple[Token, ...], first: int, last: Token, setting: Setting) -> str:
    """Return the words of a match up to its object («the foes of X»)."""
    words = words_of(line, first, line.index(last) + 1, setting)
    fused = line[first].text not in setting.patterns.words.all("begins_with_and")
    return words.removeprefix(AND) if fused else words


def _deed(slots: Mapping[str, tuple[Token, ...]], setting: Setting) -> str:
    """Return the noun in the slot `deed` without what is written on it («وبمقتل»), "" where none is."""
    deed = slots.get("deed", ())
    words = all_words(deed, setting)
    if deed and is_office(deed[0], setting.patterns.words):
        return without_and(words, deed[0], setting)
    words = words.removeprefix(AND)
    return words.removeprefix(WITH) if deed and deed[0].bare.startswith(WITH) else words


def _heads(noun: Token) -> tuple[str]:
    """Return how the name begins that a noun takes up («the delegation»)."""
    return (noun.text.removeprefix(AND).removeprefix(ARTICLE),)
