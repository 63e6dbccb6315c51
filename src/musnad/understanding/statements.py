"""Turn what someone says into claims: one for each single statement, or one for a stance.

What a speaker says of a future of the speaker's own body is a plan, of another's a prediction; a past that is
negated of one's own body is a denial; «must» is a demand, whatever the verb of the report.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from musnad.model import Claim, Thing
from musnad.understanding.attribution import Utterance, nested_stances
from musnad.understanding.context import topic
from musnad.understanding.modality import has_cue
from musnad.understanding.particles import (
    AND,
    ARTICLE,
    ASIDE,
    COMMAS,
    FEMININE_PAST,
    FEMININE_PLURAL,
    TO_THE,
    WHERE,
)
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.sequences import Draft, words_of
from musnad.understanding.setting import Setting
from musnad.understanding.units import Unit, units

_LEAST: Final = 3  # words of a statement
_POST_LEAST: Final = 6  # words of a statement in a post: shorter lines are headings and signatures
_WE_INTEND: Final = frozenset(
    {"نسعي", "نعتزم", "ننوي", "سنعمل", "سنواصل", "نخطط", "نتعهد"}  # we strive, intend, mean, will work …
)
_QUOTES: Final = str.maketrans("", "", '"“”«»')
_SUBJECT_REACH: Final = 3  # tokens of a statement among which its subject stands
_WEAKER: Final = frozenset({"conditional", "possible", "question"})


def read_statements(
    utterance: Utterance, sentence: Sentence, drafts: Sequence[Draft], setting: Setting
) -> Iterator[Claim]:
    """Yield the claims of an utterance.

    What a structured claim says already is not said again.
    """
    held = [
        draft
        for draft in drafts
        if draft.pattern.voice == "speaker" and utterance.first <= draft.first < utterance.last
    ]
    reader = _Reader(utterance, sentence, held, setting)
    yield from reader.stance() if utterance.object >= 0 else reader.statements()


def about(sentence: Sentence, first: int, last: int, ends: tuple[Thing, Thing]) -> tuple[str, ...]:
    """Return the entities that some tokens name beside the ends of a claim."""
    named = {m.entity for token in sentence.tokens[first:last] for m in token.mentions}
    return tuple(sorted(named - {end.entity for end in ends}))


class _Reader:
    """Reads one utterance."""

    def __init__(
        self, utterance: Utterance, sentence: Sentence, held: Sequence[Draft], setting: Setting
    ) -> None:
        self.utterance, self.sentence, self.held, self.setting = utterance, sentence, held, setting
        self.tokens, self.words = sentence.tokens, setting.patterns.words
        speaker = utterance.speaker
        self.subject = Thing(speaker.label, speaker.entity)
        self.own = {speaker.entity, *(body.entity for body in setting.bodies.get(speaker.entity, ()))}
        self.before: Claim | None = None

    def statements(self) -> Iterator[Claim]:
        """Yield the single statements of a clause or a quotation."""
        first, last = self.utterance.first, self.utterance.last
        intends = any(token.text in _WE_INTEND for token in self.tokens[first:last])
        acts = intends or self.utterance.pattern.relation in {"demanded", "planned"}
        for unit in units(self.tokens, (first, last), self.words, acts=acts):
            inner = list(self._nested(unit))
            yield from inner
            if not inner and self._act(unit)[0] == "denied":
                self.before = self._statement(unit)
                yield self.before
                continue
            for start, end in [] if inner else self._uncovered(unit):
                if self._is_statement(start, end):
                    self.before = self._statement(replace(unit, first=start, last=end))
                    yield self.before

    def _is_statement(self, first: int, last: int) -> bool:
        words = sum(1 for place in range(first, last) if _counts(self.tokens, place))
        opens = first - self.utterance.first <= 1
        least = _POST_LEAST if self.sentence.post and opens else _LEAST - opens
        cut_off = not opens and _is_adverbial(self.tokens, first, self.words)
        return words >= least and not cut_off

    def _nested(self, unit: Unit) -> Iterator[Claim]:
        """Yield the stances of others that a statement reports («… that the factions insist on …»)."""
        for stance in nested_stances(self.sentence, (unit.first, unit.last), self.utterance, self.setting):
            reader = _Reader(stance, self.sentence, (), self.setting)
            for claim in reader.stance():
                yield replace(claim, chain=self.utterance.chain)

    def _uncovered(self, unit: Unit) -> Iterator[tuple[int, int]]:
        """Yield the stretches of a unit that no structured claim says already, each from a comma on."""
        first, tokens = unit.first, self.tokens
        for draft in sorted(self.held, key=lambda d: d.first):
            if draft.last <= first or draft.first >= unit.last:
                continue
            if draft.first - first > _LEAST:
                yield first, draft.first
            first = max(first, draft.last)
        if first == unit.first:
            yield first, unit.last
            return
        while first < unit.last and tokens[first].text not in {",", ";"}:
            first += 1
        if unit.last - first > _LEAST + 1:
            yield first + 1, unit.last

    def _statement(self, unit: Unit) -> Claim:
        """Return one statement as said, demanded, planned or denied."""
        pattern, seen = self.utterance.pattern, unit.judgement
        relation, modality, subject = self._act(unit)
        denied = relation == "denied" or seen.negated
        start, end = self.sentence.span(unit.first, unit.last)
        condition = words_of(self.tokens, *seen.condition, self.setting) if seen.condition else ""
        words = words_of(self.tokens, unit.first, unit.last, self.setting)
        return Claim(
            relation, subject, Thing(words), start, end, self.utterance.chain, pattern.name,
            polarity="negative" if denied else "positive", modality=modality,
            certainty=pattern.certainty, condition=condition,
            about=about(self.sentence, unit.first, unit.last, (subject, subject)),
        )  # fmt: skip

    def _act(self, unit: Unit) -> tuple[str, str, Thing]:
        """Return (relation, modality, subject) of a statement."""
        seen, stretch = unit.judgement, range(unit.first, unit.last)
        relation = self.utterance.pattern.relation
        modality = seen.modality or self.utterance.pattern.modality
        if relation != "stated":
            return relation, modality, self.subject
        opening = self.tokens[unit.first : unit.first + _SUBJECT_REACH]
        name = next((token.mention for token in opening if token.mentions), None)
        named = Thing(name.label, name.entity) if name and name.entity in self.own else None
        demands = any(has_cue(self.tokens, place, self.words.cues["demanded"]) for place in stretch)
        if modality == "demanded" or (modality == "conditional" and demands):
            return "demanded", modality, self.subject
        if modality in {"planned", "intended"}:
            if unit.goes_on and self.before and self.before.relation == "planned":
                return "planned", modality, self.before.subject
            if named or self.tokens[unit.first].text in _WE_INTEND:
                return "planned", modality, named or self.subject
            return relation, "predicted" if modality == "planned" else modality, self.subject
        if seen.negated and modality == "asserted" and named:
            return "denied", modality, self.subject
        return relation, modality, self.subject

    def stance(self) -> Iterator[Claim]:
        """Yield a stance: its words from the verb on, its object after the opening."""
        pattern = self.utterance.pattern
        cuts = pattern.relation in {"demanded", "planned"}
        last = self._stance_end()
        if pattern.relation == "stated":  # what a structured claim says further on is not said again
            last = min([last, *(d.first for d in self.held if d.first > self.utterance.object + 1)])
        found = units(self.tokens, (self.utterance.object, last), self.words, acts=cuts)
        for number, unit in enumerate(found):
            demands = number > 0 and unit.judgement.modality == "demanded"
            if number and not cuts and not demands:
                break
            thing, end = self._object(unit)
            if thing.entity == self.subject.entity and thing.entity:
                return
            first = self.utterance.start if number == 0 else unit.first
            weaker = unit.judgement.modality in _WEAKER
            span = self.sentence.span(first, end)
            yield Claim(
                "demanded" if demands else pattern.relation, self.subject, thing, *span,
                chain=self.utterance.chain, pattern=pattern.name, polarity=pattern.polarity,
                modality="demanded" if demands else unit.judgement.modality if weaker else pattern.modality,
                certainty=pattern.certainty,
                about=about(self.sentence, first, end, (self.subject, thing)),
            )  # fmt: skip

    def _stance_end(self) -> int:
        """Return where a stance ends: at a comma, unless another act is joined on («…, and ensuring …»)."""
        tokens, acts = self.tokens, self.words.all("acts")
        for place in range(self.utterance.object + 1, self.utterance.last - 1):
            following = tokens[place + 1]
            joined = following.text[0] == AND and following.bare in acts
            if tokens[place].text in COMMAS and not joined:
                return place
        return self.utterance.last

    def _object(self, unit: Unit) -> tuple[Thing, int]:
        """Return the object of a stance and the token after it: a name right at the start, else the words."""
        tokens, place = self.tokens, unit.first
        marks = (p for p in range(place + 1, unit.last) if tokens[p].text in {",", ";", ":"})
        last = next(marks, unit.last)
        while place < last and tokens[place].text.endswith("+"):
            place += 1
        last = next((p for p in range(place + 1, last) if _begins_clause(tokens[p])), last)
        mentions = tokens[place].mentions if place < last else ()
        alone = not mentions and last == place + 1
        if alone and tokens[place].text in self.words.all("generic_bodies"):
            mentions = topic(self.setting.sentences, self.setting)
        if mentions:
            return self.setting.thing_of(mentions[0]), last
        words = words_of(tokens, unit.first, last, self.setting)
        return Thing(_without_clitic(words.translate(_QUOTES).strip())), last


def _counts(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a token is a word of a statement: hashtags are none."""
    tagged = place > 0 and tokens[place - 1].text == "#"
    token = tokens[place]
    return (token.is_word or bool(token.mentions or token.edtf)) and not tagged


def _is_adverbial(tokens: Sequence[Token], first: int, words: Words) -> bool:
    """Tell whether words that were cut off only say when, where or what for."""
    return tokens[first].among(words.all("prepositions") | ASIDE)


def _begins_clause(token: Token) -> bool:
    """Tell whether a word begins a new clause: «where», or «and» with a verb of the past («وفرضت»)."""
    word = token.text
    past = word[0] == AND and word.endswith(FEMININE_PAST) and len(word) > 4
    past = past and not word.endswith(FEMININE_PLURAL)
    return word in WHERE or (past and not token.mentions)


def _without_clitic(words: str) -> str:
    """Return words without the preposition or «and» written on the first of them."""
    if words.startswith(TO_THE):
        return ARTICLE + words[2:]
    if words[:1] in {"ل", "ب"} and words[1:3] in {"أي", "ال"}:  # any, the
        return words[1:]
    return words
