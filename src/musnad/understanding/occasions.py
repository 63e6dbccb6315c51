"""Find the meetings, visits and battles that a sentence tells of, and name each by whose it is.

A verb («X met Y»), a noun with its verb («X held talks with Y») or the noun alone («the visit of X to Y»).
Chosen over (a) the words as printed, which name most visits of a page alike, and (b) the last gathering named
before, which the next visit is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from musnad.folding import fold_name
from musnad.model import Mention, Thing
from musnad.understanding.cases import fighters_as_owner
from musnad.understanding.context import SPEAKER
from musnad.understanding.encounters import Encounter, Walk
from musnad.understanding.event_labels import as_printed, short_name
from musnad.understanding.gathering_nouns import spelt_alone
from musnad.understanding.gatherings import gathering_of
from musnad.understanding.owners import (
    agreeing,
    carried_on,
    inside_of,
    meant,
    of_pronoun,
    owners_before,
    parties_of,
    speaks_before,
    subject_of,
)
from musnad.understanding.particles import AND, ARTICLE, DELEGATION, IN, OF_SPEAKER, WHO, is_definite
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.setting import Setting, printed
from musnad.understanding.sides import Reader, Side
from musnad.understanding.tagging import head_of, readings
from musnad.understanding.tellings import OWNER, WITH

VISIT: Final = "visit"
MEETING: Final = "meeting"
BATTLE: Final = "battle"
PACT: Final = "pact"
_NOUNS: Final = {
    VISIT: ("visit_words",),
    MEETING: ("meeting_words", "talks_words", "call_words"),
    BATTLE: ("battle_words",),
    PACT: ("pact_words",),
}
_ALL_NOUNS: Final = tuple(name for lists in _NOUNS.values() for name in lists)
_OWN: Final = ("own_visit", "own_meeting")
_CONFER: Final = "confer"  # a verb that is no meeting without «with»
_VERBS: Final = {"come_together": MEETING, "receives": MEETING, "visits": VISIT, _CONFER: MEETING}
_MADE: Final = (  # by letters of its verb: meeting, talks, consultations, negotiations, reception, visit, …
    *(("جتمع", "اجتماع"), ("حادث", "محادثات"), ("شاور", "مشاورات"), ("فاوض", "مفاوضات")),
    *(("ستقبل", "استقبال"), ("زار", "زيارة"), ("زور", "زيارة"), ("", "لقاء")),
)
_HOLDING: Final = ("holds_talks", "to_hold", "begins", "undertakes", "fights_battles", "is_called")
_SIGNING: Final = ("signs", "reaches")
_STEM: Final = 4  # letters of a name that its adjective keeps
_TWO: Final = 2  # sides of a battle that is named by them
_LONG: Final = 4  # words of a body beyond which its gatherings are named as the page calls it
_BACK: Final = 30  # tokens before a noun among which its verb stands
_ENDS: Final = frozenset({":", ";", "“", "”", "؟"})
_DELEGATIONS: Final = frozenset({DELEGATION, DELEGATION + "ا", AND + DELEGATION})  # delegation
_ANY: Final = frozenset({"اي", "باي", "لاي", "ايجاد", "ايه"})  # any, with any, to any, to find
_WHEN: Final = frozenset(
    {"خلال", "عقب", "بعد", "اثناء", "لدي", "غداه", "قبيل", IN, "اثر", "قبل"}
)  # during, …
_OPENS: Final = frozenset({"ان", "انه", "انها", "بان", "الي", ":", "“"})  # that, that he, that she, to
_APART: Final = frozenset({",", "وذلك", "”", "-", "–"})  # and that: before what stands apart


@dataclass(frozen=True, slots=True)
class Occasion:
    """A gathering of a sentence: its kind, the list of its verb if it is one, and all that it takes."""

    kind: str
    verb: str
    found: Encounter
    reader: Reader
    place: tuple[Sequence[Sentence], int]  # the sentences of the document, and the number of this one

    @property
    def word(self) -> str:
        """Return the folded word of the gathering without conjunction and preposition («وبزيارته»)."""
        return _word(self.reader, self.found.head)

    def event(self) -> Thing | None:
        """Return the gathering: the one that the page names, else one named by whose it is."""
        if self.verb:
            verb = self.reader.tokens[self.found.head].bare
            made = next(noun for letters, noun in _MADE if letters in verb)
            return self._named(made) if self.found.owners else None
        setting, token = self.reader.setting, self.reader.tokens[self.found.head]
        owned = self.word in setting.patterns.words.any_of(_OWN)
        if owned:
            return self._named(spelt_alone(self.word)) if self.found.owners else None
        if self.kind == PACT:
            return self._pact()
        thing = gathering_of((token,), (*self.place, self.found.head), setting)
        if thing is None or self.kind == BATTLE:
            return self._named(spelt_alone(self.word)) or thing
        bare = " " not in fold_name(printed(token, setting))
        again = self.found.among and bare  # «the meeting between X and Y» is none named before
        if self.kind == MEETING and " " in thing.label and not again:
            return thing
        named = self._named(spelt_alone(self.word))
        return thing if named is None or fold_name(named.label) == fold_name(thing.label) else named

    def _pact(self) -> Thing | None:
        """Return an agreement: as it is named, or the only one with a name where its word says no more."""
        setting, mention = self.reader.setting, self.reader.tokens[self.found.head].mention
        if mention and (mention.slug or " " in mention.label):
            return setting.thing_of(mention)
        noun = self.word.removeprefix(ARTICLE)
        works = (m for m in setting.mentions if m.type == "WORK" and " " in m.label)
        named = {m.entity: m for m in works if fold_name(m.label).split()[0].removeprefix(ARTICLE) == noun}
        if len(named) == 1 and self._is_called(*named.values()):
            return setting.thing_of(*named.values())
        if mention and len(self._names()) < _TWO:
            return setting.thing_of(mention)
        return self._named(spelt_alone(self.word))

    def _is_called(self, name: Mention) -> bool:
        """Tell whether the adjective after the word of an agreement, if there is one, is in a name."""
        after = self.reader.text(self.found.head + 1)
        words = fold_name(name.label).split()
        if after in WHO:  # «the agreement that X made»: X, or its nation, must be in the name
            stems = [fold_name(each).removeprefix(ARTICLE)[:_STEM] for each in self._names()]
            return any(word.removeprefix(ARTICLE).startswith(stem) for stem in stems for word in words)
        return not is_definite(after) or after in words

    def _named(self, noun: str) -> Thing | None:
        """Return a gathering named by its noun and by whose it is, a battle by its place."""
        names = self._names()
        if not names:
            return None
        label = f"{noun} {f' {AND}'.join(names)}"
        turned = f"{noun} {f' {AND}'.join(reversed(names))}"
        known = {entity.label_ar for entity in self.reader.setting.made.values()}
        label = turned if turned in known else label  # «the talks of X and Y» are those of Y and X
        told = self._told()
        if told:
            return Thing(label, told)
        kind = "WORK" if self.kind == PACT else "EVENT"
        agent = self.reader.setting.made_agent(fold_name(label), label, kind, anonymous=False)
        return Thing(agent.label, agent.entity)

    def _told(self) -> str:
        """Return the IRI of the event that the page names with these words and more, "" if none."""
        token = self.reader.tokens[self.found.head]
        names = (m for m in self.reader.setting.mentions if m.type == "EVENT" and m.end > token.end)
        return next((m.entity for m in names if token.start <= m.start < token.end), "")

    def _names(self) -> list[str]:
        found, _setting = self.found, self.reader.setting
        if self.kind == BATTLE and found.place and (where := found.place[0].mention):
            return [where.label]
        if self.kind == BATTLE and len(found.sides()) < _TWO:
            return []
        sides = (found.owners if self.kind == VISIT else found.owners + found.others) or found.among
        told = [
            (thing, side) for side in sides for thing in side.things if thing is not SPEAKER and thing.entity
        ]
        return [self._called(thing, side) for thing, side in told[: 1 if self.kind == VISIT else 2]]

    def _called(self, thing: Thing, side: Side) -> str:
        """Return how the name of a gathering calls a side: a long name as shortly as the page has it."""
        setting = self.reader.setting
        known = [mention for mention in setting.mentions if mention.entity == thing.entity]
        spelt = [setting.document.quoted(each.start, each.end) for each in known]
        if any(mention.type == "PERSON" for mention in known):
            return as_printed(short_name(thing.label), spelt)
        names = [thing.label, *(spelt if len(thing.label.split()) > _LONG else [])]
        name = fighters_as_owner(min(names, key=lambda words: (len(words.split()), words)))
        sent = _is_sent(self.reader.tokens[side.first : side.last]) and not name.startswith(DELEGATION)
        return f"{DELEGATION} {name}" if sent else name


def find_occasions(sentences: Sequence[Sentence], number: int, reader: Reader) -> Iterator[Occasion]:
    """Yield the gatherings of sentence `number`, none within the words of the one before."""
    taken = 0
    for head, kind, verb in _heads(reader):
        if head >= taken:
            within = Reader(reader.tokens, reader.line, reader.setting, frozenset({head}))
            found = _walk(within, head, kind, verb)
            both = found.others or len(found.owners) >= _TWO
            told = both if verb == _CONFER else found.sides() or found.place or found.date
            if told:
                taken = found.last
                yield Occasion(kind, verb, found, within, (sentences, number))


def _heads(reader: Reader) -> Iterator[tuple[int, str, str]]:
    """Yield the token of each gathering, its kind, and the list of its verb, "" for a noun."""
    words = reader.setting.patterns.words
    for place, token in enumerate(reader.tokens):
        if not (token.is_word or reader.letter(place) in {"E", "W"}):
            continue
        verb = next((name for name in _VERBS if token.is_word and token.among(words.all(name))), "")
        if verb:
            yield place, _VERBS[verb], verb
            continue
        kind = _kind(reader.printed(place), reader.setting)
        fits = token.is_word or (kind == PACT) == (reader.letter(place) == "W")
        if kind and fits and reader.text(place - 1) not in _ANY:
            yield place, kind, ""


def _kind(word: str, setting: Setting) -> str:
    """Return which kind of gathering a folded word is a noun for, "" if for none."""
    words = setting.patterns.words
    for kind, own in zip((VISIT, MEETING), _OWN, strict=True):
        if word in words.all(own):
            return kind
    nouns = words.any_of(_ALL_NOUNS)
    head = next((stem for reading in readings(word) if (stem := head_of(reading, nouns))), "")
    return next((kind for kind, lists in _NOUNS.items() if head in words.any_of(lists)), "")


def _walk(reader: Reader, head: int, kind: str, verb: str) -> Encounter:
    """Return the gathering at a token with all that it takes, from its verb on if it has one."""
    if verb:
        found = Encounter(head, head, owners=list(_before(reader, head)))
        role = "" if verb == _CONFER and found.owners else OWNER
        found = Walk(reader, found, verb=verb != _CONFER, visit=kind == VISIT, role=role).run()
        return _owned(reader, found, head) if kind == MEETING else found
    conflict = kind == BATTLE
    holding = reader.setting.patterns.words.any_of(_SIGNING if kind == PACT else _HOLDING)
    for start in range(head - 1, max(-1, head - _BACK), -1):
        if reader.text(start) in _ENDS:
            break
        if reader.tokens[start].is_word and reader.tokens[start].among(holding):
            found = Walk(reader, Encounter(head, start), visit=kind == VISIT, conflict=conflict).run()
            if found.last > head:
                found.told = True
                found.owners = found.owners or list(_before(reader, start))
                return _owned(reader, found, start) if kind == MEETING else found
            break
    word = _word(reader, head)
    own = word in reader.setting.patterns.words.any_of(_OWN)
    meant_by_it = list(of_pronoun(reader, head, word)) if own else []
    if own and not meant_by_it and _is_told_in(reader, head):
        meant_by_it = list(speaks_before(reader, head))
    owners = meant_by_it or list(inside_of(reader, head))
    owners = owners or (list(agreeing(reader, head, word)) if kind == PACT else [])
    role = "" if owners or kind == PACT or is_definite(word) else OWNER
    found = Encounter(head, head, owners, among=list(parties_of(reader, head)) if kind == PACT else [])
    walk = Walk(reader, found, visit=kind == VISIT, conflict=conflict, role=WITH if meant_by_it else role)
    found = walk.run()
    if found.maker and found.others:
        found.owners = found.owners or list(meant(reader, head, subject_of(reader.tokens[found.maker].bare)))
    timed = reader.text(head - 1) in _WHEN
    found.aside = timed and (reader.text(head - 2) in _APART or _is_told_in(reader, head))
    if kind == MEETING and found.others and not found.owners and timed:
        found.owners = list(speaks_before(reader, head))
    return found


def _is_told_in(reader: Reader, head: int) -> bool:
    """Tell whether somebody speaks in the course of a meeting: «X, after meeting Y, called for …»."""
    said = reader.setting.patterns.words.all("statement_verbs")
    for at in range(head - 2, max(-1, head - _BACK), -1):
        if reader.text(at) in _OPENS:
            return False
        if reader.tokens[at].is_word and reader.tokens[at].among(said):
            return True
    return False


def _owned(reader: Reader, found: Encounter, verb: int) -> Encounter:
    """Return a meeting that a verb tells of, with the subject of the sentence where the verb has none."""
    if found.others and not found.owners:
        found.owners = list(carried_on(reader, verb))
    return found


def _before(reader: Reader, verb: int) -> Iterator[Side]:
    """Yield the subject of a verb that stands before it: named, «who», or whoever speaks."""
    if reader.text(verb - 1) in OF_SPEAKER:
        yield Side((SPEAKER,), verb - 1, verb)
    else:
        yield from owners_before(reader, verb - (reader.text(verb - 1) in WHO))


def _word(reader: Reader, head: int) -> str:
    """Return the folded noun of a gathering without conjunction and preposition."""
    words, text = reader.setting.patterns.words, reader.printed(head)
    own, nouns = words.any_of(_OWN), words.any_of(_ALL_NOUNS)
    for reading in readings(text):
        joined, of, the, rest = reading
        if joined + of and (rest in own or head_of(reading, nouns)):
            return (ARTICLE if the or of == "لل" else "") + rest  # to the
    return text


def _is_sent(tokens: Sequence[Token]) -> bool:
    """Tell whether a side is a delegation of what it names."""
    return any(token.is_word and token.text in _DELEGATIONS for token in tokens)
