"""Turn a stance that someone takes into claims: what is demanded, planned, rejected, supported or denied.

The object ends where a clause begins that only comments on it («while …», «which …», «and it imposed …»).
Chosen over (a) the whole rest of the sentence, which puts the text's own comments into someone's mouth, and
(b) the next noun alone, which loses what is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from musnad.model import Claim, Thing
from musnad.understanding.context import topic
from musnad.understanding.governing import is_subjunctive
from musnad.understanding.joined_stances import further_stance
from musnad.understanding.particles import (
    AND,
    ARTICLE,
    COMMAS,
    IN,
    NEGATIONS,
    PRONOUNS,
    QUESTION_MARKS,
    THAT,
    THAT_NOT,
    TO_A,
    TO_THE,
    WHO,
    WITH,
)
from musnad.understanding.patterns import Words
from musnad.understanding.remarks import is_text
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.sequences import Draft, words_of
from musnad.understanding.setting import Setting
from musnad.understanding.stance_ends import CONTENT, before_time, begins_comment
from musnad.understanding.stance_objects import TAKEN, is_object, letter_taken, object_begins
from musnad.understanding.units import Unit, units
from musnad.understanding.utterances import Utterance
from musnad.understanding.verbal_nouns import TO_VERBAL_NOUN, is_act

_PRESENT: Final = ("ي", "ت")  # first letters of the present: he, she
_DASH: Final = "ـ"  # that lengthens a letter
_HE: Final = "ي"
_QUOTES: Final = str.maketrans("", "", "\"“”«»‘’'")
_TOLD_BY: Final = frozenset({"WORK", "EVENT"})  # things whose noun alone tells too little
_WHY: Final = frozenset({"لماذا", "كيف", "متي"})  # why, how, when
_WHAT: Final = "ما"  # what
_PAIRS: Final = (("«", "»"), ("“", "”"))
_ALONE: Final = 6  # tokens of what someone reveals, expects or accuses of; fewer stand with their verb
_WILLED: Final = TAKEN | {"demanded", "planned"}
_LEAVING: Final = frozenset({"resignedFrom", "excludedFrom"})
_FOUGHT: Final = frozenset({"killed", "attacked"})
_LEAST: Final = 3  # letters of a word with a preposition written on it
_WEAKER: Final = frozenset({"conditional", "possible", "question"})


def read_stance(
    utterance: Utterance, sentence: Sentence, held: Sequence[Draft], setting: Setting
) -> Iterator[Claim]:
    """Yield the claims of a stance; `held` are the structured claims that its words hold."""
    stance = _Stance(utterance, sentence, held, setting)
    yield from stance.claims()
    if utterance.pattern.relation in TAKEN and stance.end:
        known = setting.patterns
        more = further_stance(utterance, stance.end, sentence.tokens, known.entries, known.words)
        yield from read_stance(more, sentence, held, setting) if more else ()


def about(sentence: Sentence, first: int, last: int, ends: tuple[Thing, Thing]) -> tuple[str, ...]:
    """Return the entities that some tokens name beside the ends of a claim."""
    named = {m.entity for token in sentence.tokens[first:last] for m in token.mentions}
    return tuple(sorted(named - {end.entity for end in ends}))


def balanced(words: str) -> str:
    """Return words without quotation marks where one of a pair was left outside.

    >>> balanced('القرار "ليس كافيا')
    'القرار ليس كافيا'
    """
    whole = words.count('"') % 2 == 0 and all(words.count(a) == words.count(b) for a, b in _PAIRS)
    return words if whole else words.translate(_QUOTES).strip()


class _Stance:
    """Reads one stance."""

    def __init__(
        self, utterance: Utterance, sentence: Sentence, held: Sequence[Draft], setting: Setting
    ) -> None:
        self.utterance, self.sentence, self.held, self.setting = utterance, sentence, held, setting
        self.tokens, self.words = sentence.tokens, setting.patterns.words
        self.subject = Thing(utterance.speaker.label, utterance.speaker.entity)
        self.end = 0  # the token after the object

    def claims(self) -> Iterator[Claim]:
        """Yield a stance: its words from the verb on, its object after the opening."""
        pattern = self.utterance.pattern
        cuts = pattern.relation in {"demanded", "planned"}
        begin, owner = object_begins(self.utterance, self.tokens, self.words)
        self.subject = self.setting.thing_of(owner) if owner else self.subject
        last = self._stance_end(begin)
        if begin >= last or not self._has_object(begin, last):
            return
        if pattern.relation == "announced" and any(d.pattern.relation in _LEAVING for d in self.held):
            return  # «announced his resignation from X» is a resignation
        if pattern.relation == "announced" and any(_is_all(d, begin) for d in self.held):
            return  # «announced the killing of X» is the killing, in the words of who announces it
        if pattern.relation == "stated":  # what a structured claim says further on is not said again
            told = min([last, *(d.first for d in self.held if d.first > self.utterance.object + 1)])
            hangs = self.tokens[told - 1].among(self.words.all("prepositions"))  # «is due to …»
            last = last if hangs else told
        requests = self.tokens[self.utterance.first].among(self.words.all("request"))
        found = units(self.tokens, (begin, last), self.words, acts=cuts)
        for number, unit in enumerate(found):
            demands = number > 0 and unit.judgement.modality == "demanded"
            if number and not cuts and not demands:
                break
            thing, end = self._object(unit)
            self.end = end
            if thing.entity == self.subject.entity and thing.entity:
                return
            asked = pattern.relation in CONTENT and not requests  # the passage is what is demanded, denied
            asked = asked or self._told(unit, end)
            first = unit.first if number or asked else self.utterance.start
            weaker = unit.judgement.modality in _WEAKER
            span = self.sentence.span(first, end)
            yield Claim(
                "demanded" if demands else pattern.relation, self.subject, thing, *span,
                chain=self.utterance.chain, pattern=pattern.name,
                polarity="negative" if self._asks_not(unit) else pattern.polarity,
                modality="demanded" if demands else unit.judgement.modality if weaker else pattern.modality,
                certainty=pattern.certainty,
                about=about(self.sentence, first, end, (self.subject, thing)),
            )  # fmt: skip
            if any(token.text in self.words.all("purposes") for token in self.tokens[unit.first : unit.last]):
                return  # what is joined to a purpose is a purpose, not a further demand

    def _has_object(self, begin: int, last: int) -> bool:
        """Tell whether an object begins at a token, and no verb («… incriminates X and proves …»)."""
        relation = self.utterance.pattern.relation
        verb = relation in TAKEN and begins_comment(self.tokens, begin, relation, self.setting)
        before, token = self.tokens[self.utterance.start - 1 : self.utterance.start], self.tokens[begin]
        of_it = bool(before) and before[0].bare in WHO | {_WHAT} and token.text.endswith(PRONOUNS)
        if relation == "planned" and of_it and begin + 1 == last:
            return False  # «what X strives to attain»
        if relation in _WILLED and _may_be(self.utterance, self.tokens, self.words):
            return False  # «refused to call for …», «… may reject …»
        if relation in TAKEN and _is_asked(self.tokens, self.utterance.first):
            return False
        return not verb and is_object(self.utterance, self.tokens, begin, self.words, self.subject.label)

    def _asks_not(self, unit: Unit) -> bool:
        """Tell whether something is to be not, or is ruled out («ألا …», «عدم …», «استبعد …»)."""
        opening, relation = self.tokens[unit.first].bare, self.utterance.pattern.relation
        ruled_out = self.tokens[self.utterance.first].among(self.words.all("ruling_out"))
        asks = relation in {"demanded", "announced", "planned"} and opening in self.words.all("absences")
        forbids = opening.removeprefix(WITH) == THAT_NOT or (relation == "demanded" and opening in NEGATIONS)
        return forbids or asks or (relation == "stated" and ruled_out)

    def _stance_end(self, begin: int) -> int:
        """Return where a stance ends: at a comma, unless another act is joined on («…, and ensuring …»)."""
        for place in range(begin + 1, self.utterance.last - 1):
            if self.tokens[place].text in COMMAS and not self._is_joined(place + 1):
                return place
        return self.utterance.last

    def _is_joined(self, place: int) -> bool:
        """Tell whether a further act is joined on at a token: «and ensuring …», «and that X not …»."""
        token, following = self.tokens[place], self.tokens[place + 1].text
        if token.text[0] != AND:
            return False
        if token.bare in self.words.all("acts") or is_act(token):
            return True
        asks = self.utterance.pattern.relation == "demanded"
        clause = token.bare in THAT or token.bare == THAT_NOT or token.bare in NEGATIONS
        return asks and clause and following[0] in _PRESENT

    def _told(self, unit: Unit, end: int) -> bool:
        """Tell whether what is revealed or expected is long enough to stand without its verb."""
        return self.utterance.pattern.relation == "stated" and end - unit.first >= _ALONE

    def _object(self, unit: Unit) -> tuple[Thing, int]:
        """Return the object of a stance and the token after it: a name right at the start, else the words."""
        tokens, place = self.tokens, unit.first
        marks = (p for p in range(place + 1, unit.last) if tokens[p].text in {",", ";", ":"})
        last = next(marks, unit.last)
        while place < last and tokens[place].text.endswith("+"):
            place += 1
        relation = self.utterance.pattern.relation
        plain = relation in TAKEN and place + 1 < last and not tokens[place].mentions
        told = plain and tokens[place + 1].text in WHO  # «the role that …»
        after = range(place + 1 + told, last)
        clauses = (p for p in after if begins_comment(tokens, p, relation, self.setting))
        last = next(clauses, last)
        last = next((p for p in range(place + 2, last - 1) if self._tells_where(p)), last)
        last = before_time(tokens, place, last, self.setting.patterns.words) if relation in TAKEN else last
        whole = self.utterance.pattern.relation == "stated"  # «X is …»: the name alone says nothing
        mentions = tokens[place].mentions if place < last and not whole else ()
        bare = bool(mentions) and mentions[0].type in _TOLD_BY and " " not in mentions[0].label
        mentions = () if bare and last > place + 1 else mentions  # «the plan of X», not «plan»
        alone = not mentions and last == place + 1
        if alone and tokens[place].text in self.words.all("generic_bodies"):
            mentions = topic(self.setting.sentences, self.setting)
        if mentions:
            return self.setting.thing_of(mentions[0]), last
        words = words_of(tokens, place if place < last else unit.first, last, self.setting)
        words = words.translate(_QUOTES).strip()
        words = words.removeprefix(AND) if unit.goes_on else words
        words = words[0] + words[2:] if words[1:2] == _DASH else words  # «لـ»
        return Thing(self._without_clitic(words, unit.first)), last

    def _tells_where(self, place: int) -> bool:
        """Tell whether «in a statement», which says where something was announced, begins at a token."""
        announced = self.utterance.pattern.relation in {"announced", "denied"}
        return announced and self.tokens[place].text == IN and is_text(self.tokens[place + 1], self.words)

    def _without_clitic(self, words: str, begin: int) -> str:
        """Return words without the preposition that the verb or noun asks for («تعهد بـ», «رفضه لـ»)."""
        verb, first = self.tokens[self.utterance.first], self.tokens[begin].text
        taken = letter_taken(self.utterance, self.tokens, begin, self.words)
        by_noun = bool(taken) and first not in self.words.all("begins_with_to") and first[1:2] != TO_A
        if by_noun and words.startswith(taken) and len(first) > _LEAST:
            return words[1:]
        radical = first in self.words.all("begins_with_with") or self.utterance.pattern.relation == "stated"
        of_him = {verb.text, verb.bare, _HE + verb.bare[1:]}
        if words.startswith(WITH) and of_him & self.words.all("takes_with") and not radical:
            return words[1:]
        called = verb.among(self.words.any_of(("call", "calling"))) and self.utterance.object == begin
        if words.startswith(TO_A) and (verb.among(self.words.all("strive")) or called):
            return ARTICLE + words[2:] if words.startswith(TO_THE) else words[1:]
        plan = self.utterance.pattern.relation == "planned" and first[:1] == words[:1]
        if plan and TO_VERBAL_NOUN.match(first) and first not in self.words.all("begins_with_to"):
            return words[1:]  # «readiness to host …»
        return _without_clitic(words)


def _may_be(utterance: Utterance, tokens: Sequence[Token], words: Words) -> bool:
    """Tell whether «that» stands before a verb of the present: nobody is told to have done so."""
    verb, before = tokens[utterance.first], tokens[max(0, utterance.first - 1)]
    calls = verb.among(words.any_of(("call", "demand"))) and verb.text.startswith(_PRESENT)
    not_to = before.bare == THAT_NOT  # «took care not to reject …»
    return not_to or is_subjunctive(tokens, utterance.first) or (calls and before.bare in THAT)


def _is_asked(tokens: Sequence[Token], verb: int) -> bool:
    """Tell whether a sentence asks if somebody takes a stance; «why» asks of one that is taken."""
    asked = tokens[-1].text in QUESTION_MARKS and not any(token.text == "“" for token in tokens)
    return asked and not any(token.bare in _WHY for token in tokens[:verb])


def _is_all(draft: Draft, begin: int) -> bool:
    """Tell whether deaths or an attack are what a stance begins with."""
    return draft.pattern.relation in _FOUGHT and begin <= draft.first <= begin + 1


def _without_clitic(words: str) -> str:
    """Return words without the preposition or «and» written on the first of them."""
    if words.startswith(TO_THE):
        return ARTICLE + words[2:]
    if words[:1] in {"ل", "ب"} and words[1:3] in {"أي", "ال"}:  # any, the
        return words[1:]
    return words
