"""Turn what someone says into claims: one for each single statement.

What a speaker says of a future of the speaker's own body is a plan, of another's a prediction; a past that is
negated of one's own body is a denial; «must» is a demand, whatever the verb of the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Final

from musnad.folding import fold_name, fold_words
from musnad.model import Claim, Thing
from musnad.understanding import acts, duties, weighing
from musnad.understanding.according import AS, tells_strike
from musnad.understanding.attribution import nested_stances
from musnad.understanding.clauses import may_tell, says_on
from musnad.understanding.modality import OF, Judgement, has_cue, judge
from musnad.understanding.negating import is_negative
from musnad.understanding.new_clauses import opens_clause
from musnad.understanding.particles import (
    AND,
    ASIDE,
    CLITICS,
    COMMAS,
    THAT,
    THAT_CLAUSE,
    is_definite,
)
from musnad.understanding.patterns import Words
from musnad.understanding.planners import expected, goes_on_planning, plain_planner, planned_by
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.sequences import Draft, words_of
from musnad.understanding.setting import Setting
from musnad.understanding.stances import about, balanced, read_stance
from musnad.understanding.statement_words import length, only_dates
from musnad.understanding.units import Unit, units
from musnad.understanding.utterances import Utterance
from musnad.understanding.verbal_nouns import is_act

_BECAUSE: Final = frozenset({"لان", "لانه", "لانها", "لانهم", "لاننا"})  # because, because he …
_LEAST: Final = 3  # words of a statement
_POST_LEAST: Final = 6  # words of a statement in a post: shorter lines are headings and signatures
_SUBJECT_REACH: Final = 3  # tokens of a statement among which its subject stands
_LEAD: Final = 4  # tokens of a statement among which a structured claim that says it begins
_REACH: Final = 6  # tokens of a statement among which its verb stands
_RATHER: Final = "بل"  # rather, but
_PRESENT: Final = re.compile(r"[يت]\w{2,}\Z")  # a verb of the present: he, she


def read_statements(
    utterance: Utterance, sentence: Sentence, drafts: Sequence[Draft], setting: Setting
) -> Iterator[Claim]:
    """Yield the claims of an utterance.

    What a structured claim says already is not said again.
    """
    begins = min(utterance.first, utterance.start)
    held = [
        draft
        for draft in drafts
        if draft.pattern.voice in {"speaker", utterance.pattern.voice}
        and fold_words(draft.object.label).partition(" ")[0] not in THAT  # agreed «that …»: also stated
        and begins <= draft.first < utterance.last
        and utterance.first < draft.last
    ]
    if utterance.object >= 0:
        yield from read_stance(utterance, sentence, held, setting)
    elif not tells_strike(utterance, sentence.tokens, setting.patterns.words):
        yield from _Reader(utterance, sentence, held, setting).statements()


class _Reader:
    """Reads one utterance."""

    def __init__(
        self, utterance: Utterance, sentence: Sentence, held: Sequence[Draft], setting: Setting
    ) -> None:
        self.utterance, self.sentence, self.held, self.setting = utterance, sentence, held, setting
        self.tokens, self.words = sentence.tokens, setting.patterns.words
        self.subject = Thing((speaker := utterance.speaker).label, speaker.entity)
        self.own = {speaker.entity, *(body.entity for body in setting.bodies.get(speaker.entity, ()))}
        self.before: Claim | None = None

    def statements(self) -> Iterator[Claim]:
        """Yield the single statements of a clause or a quotation."""
        whole = Unit(self.utterance.first, self.utterance.last, Judgement())
        intends = acts.strives(whole, self.tokens, self.words)
        cuts = (
            intends
            or duties.obliges(whole, self.tokens, self.words)
            or self.utterance.pattern.relation in {"demanded", "planned"}
        )
        quoted = self.utterance.quoted and self.utterance.pattern.kind == "speech"
        for unit in units(self.tokens, (whole.first, whole.last), self.words, acts=cuts, quoted=quoted):
            inner = list(self._nested(unit))
            yield from inner
            if not inner and self._act(unit)[0] == "denied":
                self.before = self._statement(unit)
                yield self.before
            elif not inner:
                yield from self._said(unit)

    def _said(self, unit: Unit) -> Iterator[Claim]:
        """Yield what a unit says beside its structured claims; the page does not say the same thing twice."""
        told = self.utterance.pattern.voice == "page" and self.utterance.pattern.relation == "stated"
        if told and any(unit.first <= draft.first < unit.last for draft in self.held):
            return
        for start, end in self._uncovered(unit):
            if self._is_statement(start, end):
                part = replace(unit, first=start, last=end)
                if start != unit.first:  # what a claim before it denies says nothing of the rest
                    part = replace(part, judgement=judge(self.tokens, start, end, self.words))
                self.before = self._statement(part)
                yield self.before

    def _is_statement(self, first: int, last: int) -> bool:
        words = sum(length(self.tokens, place, self.setting) for place in range(first, last))
        opens = first - self.utterance.first <= 1
        clause = self.utterance.pattern.content == "clause" and not self.utterance.quoted
        broken = opens and clause and self.utterance.last < len(self.tokens)
        broken = broken and self.utterance.last - last <= 1
        if broken and _only_leads(self.tokens, (first, last), self.words):
            return False  # «after years of …, X seeks …»: what the words lead to is told on its own
        least = _POST_LEAST if self.sentence.post and opens else _LEAST - opens
        dates = only_dates(self.tokens[first:last], self.words)
        cut_off = not opens and (dates or _is_adverbial(self.tokens, (first, last), self.words))
        return words >= least and (not cut_off or _obliges(self.tokens, (first, last), self.words))

    def _nested(self, unit: Unit) -> Iterator[Claim]:
        """Yield the stances of others that a statement reports («… that the factions insist on …»)."""
        stances = nested_stances(self.sentence, (unit.first, unit.last), self.utterance, self.setting)
        for claim in (c for s in stances for c in read_stance(s, self.sentence, (), self.setting)):
            yield replace(claim, chain=self.utterance.chain)

    def _uncovered(self, unit: Unit) -> Iterator[tuple[int, int]]:
        """Yield the span of a unit, unless structured claims say all that it says.

        A claim about its subject leaves a verb to the rest («the visit of X to Y will help …»).
        """
        leads = [d for d in self.held if d.first < unit.first + _LEAD and unit.first < d.last <= unit.last]
        held = {place for draft in self.held for place in range(draft.first, draft.last)}
        left = (place for place in range(unit.first, unit.last) if place not in held)
        noun = self.utterance.pattern.content == "phrase" and unit.first not in held  # «his worry about …»
        act = noun or self._act(unit)[0] != "stated"  # an act is told beside what it is about
        if act or not leads or any(_adds(self.tokens, place, self.words) for place in left):
            yield unit.first, unit.last

    def _statement(self, unit: Unit) -> Claim:
        """Return one statement as said, demanded, planned or denied."""
        pattern, seen = self.utterance.pattern, unit.judgement
        relation, modality, subject = duties.enumerated(unit, self.tokens, self._act(unit), self.before)
        negated = is_negative(unit, self.tokens, self.words)
        ruled_out = fold_name(self.utterance.chain[-1].verb).lstrip(AND) in self.words.all("ruling_out")
        denied = relation == "denied" or negated or ruled_out or pattern.polarity == "negative"
        if relation == "planned":
            unit = acts.trimmed(unit, self.tokens, self.words)
        start, end = self.sentence.span(unit.first, unit.last)
        condition = words_of(self.tokens, *seen.condition, self.setting) if seen.condition else ""
        words = words_of(self.tokens, unit.first, unit.last, self.setting)
        words = balanced(words.removeprefix(AND) if unit.goes_on else words)
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
        put = acts.dated(unit, self.tokens, self.setting) or weighing.weighs(unit, self.tokens, self.words)
        cued = "" if acts.describes(unit, self.tokens) else seen.modality
        usual = self.utterance.pattern.modality
        modality = cued or (usual if put == "opinion" and usual != "asserted" else put) or usual
        if relation != "stated" and not acts.says_besides(unit, self.tokens, self.utterance.first):
            return relation, modality, _scheduled(unit, self) or self.subject
        relation = "stated"
        if acts.is_untrue(unit, self.tokens, self.words):
            return "denied", "asserted", self.subject
        goes_on = unit.goes_on and self.before is not None and self.before.relation == "demanded"
        goes_on = goes_on and duties.does(unit, self.tokens, self.words)
        if goes_on or duties.obliges(unit, self.tokens, self.words):
            return "demanded", "demanded", self.subject
        opening = self.tokens[unit.first : unit.first + _SUBJECT_REACH]
        name = next((token.mention for token in opening if token.mentions), None)
        named = Thing(name.label, name.entity) if name and name.entity in self.own else None
        named = self.subject if acts.own_body(self.tokens[unit.first], self.words) else named  # «his country»
        demands = any(has_cue(self.tokens, place, self.words.cues["demanded"]) for place in stretch)
        if modality == "demanded" or (modality == "conditional" and demands):
            return "demanded", modality, self.subject
        ours = self.subject if acts.we_intend(unit, self.tokens, self.words) is not None else None
        if modality == "conditional" and (ours or (named and acts.will(unit, self.tokens, self.words))):
            return "planned", modality, ours or named or self.subject
        if modality == "predicted" and (planner := expected(unit, self.tokens, self.setting)):
            return "planned", modality, planner
        if modality in {"planned", "intended"}:
            if plan := goes_on_planning(unit, self.before, self.tokens, self.words):
                return "planned", modality, plan
            planner = named or planned_by(unit, modality, self.tokens, self.subject, self.setting)
            if planner:
                own = planner.entity in self.own
                return _plan(self.utterance, self.words) if own else "planned", modality, planner
            return relation, "predicted" if modality == "planned" else modality, self.subject
        was_not = seen.negated and named and acts.was_not(unit, self.tokens, self.words)
        if modality == "asserted" and (was_not or acts.disclaims(unit, self.tokens, self.words)):
            return "denied", modality, self.subject
        return self._announced(unit) if modality == "asserted" and named else relation, modality, self.subject

    def _announced(self, unit: Unit) -> str:
        """Return the relation of what is told as done: after «announced that» it is what is announced."""
        tokens = self.tokens[unit.first : min(unit.last, unit.first + _REACH)]
        opened = unit.first > 0 and self.tokens[unit.first - 1].bare in THAT_CLAUSE
        going_on = any(_goes_on(token, self.words) for token in tokens)
        return _plan(self.utterance, self.words, "stated") if opened and not going_on else "stated"


def _scheduled(unit: Unit, reader: _Reader) -> Thing | None:
    """Return whose plan the page itself tells of («it is planned that X will provide …»)."""
    pattern, tokens, words = reader.utterance.pattern, reader.tokens, reader.words
    if pattern.relation != "planned" or pattern.voice != "page":
        return None
    near = takewhile(lambda t: not _ends_subject(t, words), tokens[unit.first + 1 : unit.last])
    name = next((t.mention for t in near if t.mention and t.text[1] in "POL"), None)
    return reader.setting.thing_of(name) if name else plain_planner(unit, tokens, reader.setting)


def _only_leads(tokens: Sequence[Token], span: tuple[int, int], words: Words) -> bool:
    """Tell whether words only say when or where, or whom the rest of a sentence is about."""
    goes_on = tokens[span[1]].is_word or tokens[span[1]].mentions
    if goes_on and all(token.mentions or is_definite(token.text) for token in tokens[slice(*span)]):
        return True  # «that the council | stressed that …»
    told = [place for place in range(span[0] + 1, span[1]) if may_tell(tokens, place, words)]
    after = tokens[span[1] + (tokens[span[1]].text in COMMAS)]
    if not told and after.text in words.all("reported_by"):
        return True  # «that the council in its talks, | stressed that …»
    if any(tokens[place - 1].bare not in THAT_CLAUSE for place in told):
        return False
    return _is_adverbial(tokens, span, words) and not _obliges(tokens, span, words)


def _obliges(tokens: Sequence[Token], span: tuple[int, int], words: Words) -> bool:
    return duties.obliges(Unit(*span, Judgement()), tokens, words)


def _adds(tokens: Sequence[Token], place: int, words: Words) -> bool:
    """Tell whether a word beside structured claims tells something else: a verb, «because»."""
    return tokens[place].bare in _BECAUSE or may_tell(tokens, place, words)


def _ends_subject(token: Token, words: Words) -> bool:
    """Tell whether a word belongs no more to the subject of a verb: a preposition, a mark, a date."""
    return token.among(words.all("prepositions")) or bool(token.edtf) or token.text in COMMAS | CLITICS


def _goes_on(token: Token, words: Words) -> bool:
    """Tell whether a word has the shape of a verb of the present, he or she, and of no act."""
    shaped = token.is_word and not token.mentions and bool(_PRESENT.match(token.bare))
    return shaped and token.bare not in words.all("not_present") and not is_act(token)


def _plan(utterance: Utterance, words: Words, otherwise: str = "planned") -> str:
    """Return the relation of a plan or a deed: one that is proclaimed is announced."""
    verb = fold_name(utterance.chain[-1].verb)
    return "announced" if verb.lstrip(AND) in words.all("proclaim") else otherwise


def _is_adverbial(tokens: Sequence[Token], span: tuple[int, int], words: Words) -> bool:
    """Tell whether words that were cut off only say when, where or what for."""
    first, last = span
    following = tokens[first + 1].text if first + 1 < len(tokens) else ""
    if tokens[first].text == AS and len(tokens[first:last]) < _REACH:
        return True  # «…, as it does usually»
    told = tokens[first].text == OF and following in words.all("impersonal_leads")  # it is clear that …
    added = words.any_of(("prepositions", "additions", "comments"))
    if tokens[first].text == _RATHER and not says_on(tokens, (first + 1, len(tokens)), words):
        return True  # «but on the support of …»: a part of what stands before it
    told = told or (first + 2 < len(tokens) and opens_clause(tokens, first, words, comma=True))
    return (tokens[first].among(added) or tokens[first].text in ASIDE) and not told
