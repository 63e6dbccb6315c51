"""Read the claims that sequence patterns find in a sentence, before anyone is credited with them.

A draft says what is claimed, by which words and how they are put; `claims` then finds whose words they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from musnad.model import Certainty, Polarity, Thing
from musnad.understanding.appositions import with_described
from musnad.understanding.cases import in_their_case
from musnad.understanding.coming import unheld
from musnad.understanding.context import SPEAKER, SPEAKER_BODY, loyal_to
from musnad.understanding.counting import counted
from musnad.understanding.crossings import is_crossed
from musnad.understanding.fighting import happened, slays
from musnad.understanding.forms import Form, Ingredients
from musnad.understanding.framing import judged
from musnad.understanding.governing import BARRED, BY_AGENTS, done, governed, is_absent
from musnad.understanding.misled import is_misled
from musnad.understanding.modality import Judgement, is_negated
from musnad.understanding.offices import is_no_office, without_and, without_errand
from musnad.understanding.particles import COMMAS
from musnad.understanding.patterns import Pattern
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.setting import Setting
from musnad.understanding.slot_words import all_words, words_of
from musnad.understanding.slots import Slots
from musnad.understanding.stance_ends import evidence_begins, trimmed
from musnad.understanding.tagging import TaggedLine, tag_sentence
from musnad.understanding.vouching import is_vouched_by_none
from musnad.understanding.wholes import tells, widened

__all__ = ["SPEAKER", "SPEAKER_BODY", "Draft", "how_put", "read_sequences", "words_of"]

_ENDS_CLAUSE: Final = frozenset({",", ";", ":", "“", "”", "(", ")"}) | COMMAS
_KILLED: Final = "killed"
_DEED: Final = "words {deed}"
_NOT_YET: Final = frozenset({"planned", "intended", "demanded", "wish"})


@dataclass(frozen=True, slots=True)
class Draft:
    """What one match of a pattern says, and the tokens of its sentence that say so."""

    pattern: Pattern
    subject: Thing
    object: Thing
    first: int
    last: int  # tokens first to before last are the evidence
    polarity: Polarity = "positive"
    modality: str = "asserted"
    condition: str = ""
    role: str = ""
    edtf: str = ""
    status: str = ""  # of the role
    certainty: Certainty = "probable"
    note: str = ""


def read_sequences(
    sentences: Sequence[Sentence], number: int, setting: Setting, only: str = ""
) -> list[Draft]:
    """Return what the sequence patterns find in sentence `number`, each thing once; `only` of a relation."""
    found: dict[tuple[str, str, str, str], Draft] = {}
    sentence = sentences[number]
    ingredients = Ingredients.of(sentence.tokens)
    for pattern, forms in setting.patterns.tried(ingredients):
        if only and pattern.relation != only:
            continue
        taken: list[tuple[int, int]] = []  # the first form that reads a stretch keeps it
        for form in forms:
            view = _view(sentence, form, setting)
            for match in form.expression.finditer(view.line):
                begin = view.index(match.start() + max(0, match.group().find("<")))
                if not form.may_stand(sentence.line[: sentence.offsets[begin]]):
                    continue
                first, last = view.index(match.start()), view.index(match.end() - 1)
                if any(first <= end and start <= last for start, end in taken):
                    continue
                drafts = list(_drafts(pattern, (form, match), sentences, number, setting))
                if pattern.also and drafts:
                    drafts += _implied(pattern.also, (form, match), sentences, number, setting)
                if drafts:
                    taken.append((first, last))
                for draft in drafts:
                    key = (draft.pattern.relation, draft.subject.label, draft.object.label, draft.polarity)
                    found.setdefault(key, draft)
    return [draft for draft in found.values() if not _told_better(draft, found.values())]


def _told_better(draft: Draft, others: Iterable[Draft]) -> bool:
    """Tell whether a draft says how many died, and another who killed them, or at least in what they fell."""
    if draft.pattern.relation != _KILLED:
        return False
    same = [other for other in others if other.pattern.relation == _KILLED and other is not draft]
    by_whom = any(tells(other.object, draft.subject) for other in same)
    return by_whom or (
        _is_deed(draft) and any(tells(other.subject, draft.subject) and not _is_deed(other) for other in same)
    )


def _is_deed(draft: Draft) -> bool:
    """Tell whether the object of a draft is the words of the deed alone."""
    return dict(draft.pattern.fill).get("object", "").startswith(_DEED)


def _implied(
    pattern: Pattern,
    found: tuple[Form, re.Match[str]],
    sentences: Sequence[Sentence],
    number: int,
    setting: Setting,
) -> Iterator[Draft]:
    """Yield what a match implies, where it tells what happened («elected» makes someone hold the office)."""
    for draft in _drafts(pattern, found, sentences, number, setting):
        if draft.polarity == "positive" and draft.modality == "asserted":
            yield draft


def _view(sentence: Sentence, form: Form, setting: Setting) -> Sentence | TaggedLine:
    """Return the line that a form reads."""
    if not form.tagged:
        return sentence
    return tag_sentence(sentence, setting.patterns.words.lists, setting.tagged)


def _slots(
    match: re.Match[str], view: Sentence | TaggedLine, sentence: Sentence
) -> dict[str, tuple[Token, ...]]:
    """Return the tokens that each slot of a match took."""
    return {
        name: sentence.tokens[view.index(match.start(name)) : view.index(match.end(name) - 1) + 1]
        for name, text in match.groupdict().items()
        if text
    }


def _drafts(
    pattern: Pattern,
    found: tuple[Form, re.Match[str]],
    sentences: Sequence[Sentence],
    number: int,
    setting: Setting,
) -> Iterator[Draft]:
    """Yield a draft for each pair of subject and object of a match, unless its words deny it."""
    sentence, (form, match) = sentences[number], found
    view = _view(sentence, form, setting)
    first, last = view.index(match.start()), view.index(match.end() - 1) + 1
    slots, last = trimmed(form, _slots(match, view, sentence), (pattern, sentence, last), setting)
    slots, last = widened(form, slots, (sentence, pattern.relation, last), setting)
    if pattern.relation in BY_AGENTS:
        slots = with_described(slots, sentence.tokens, setting.patterns.words)
    put = how_put(pattern, sentence, first, _told_until(pattern, slots, sentence) or last, setting)
    put = done(put, (pattern.relation, slots), sentence.tokens, (first, last), setting.patterns.words)
    if put is None or is_crossed(pattern.relation, sentence.tokens, slots, setting):
        return
    if is_misled(pattern.relation, sentence.tokens, slots, first, setting.patterns.words):
        return
    offices = [slots[name] for name in ("role", "second") if name in slots]
    for whole in offices or [()]:
        office = without_errand(whole, setting) if whole else whole
        if office != whole and form.kinds.get("role") == "OFFICE":
            return  # «the minister to X»: the name after it is no minister
        if whole and is_no_office(sentence.tokens, sentence.tokens.index(whole[0])):
            return
        filled = slots | {"role": office} if office else slots
        draft = _draft(
            pattern, filled, (evidence_begins(pattern, slots, sentence, first), last), put, setting
        )
        reader = Slots(pattern, form, filled, (sentences, number, first), setting)
        fallen = pattern.relation == _KILLED and form.kinds.get("subject") != "FORCE"
        kills = fallen and slays(sentence.tokens, first, slots, setting.patterns.words)
        if kills or not reader.fits():
            return
        yield from _with_ends(draft, reader, sentence.tokens[first:last], setting)


def _told_until(pattern: Pattern, slots: Mapping[str, tuple[Token, ...]], sentence: Sentence) -> int:
    """Return the token before which an agreement is told: what is agreed on is none of it («must …»)."""
    matter = slots.get("object", ()) if pattern.relation == "agreedOn" else ()
    if not matter or matter[0] not in sentence.tokens:
        return 0
    at, ends = sentence.tokens.index(matter[0]), [slots[name][-1] for name in ("subject",) if name in slots]
    return at if at and all(end.start < matter[0].start for end in ends) else 0


def _draft(
    pattern: Pattern,
    slots: Mapping[str, tuple[Token, ...]],
    span: tuple[int, int],
    put: tuple[Polarity, str, str],
    setting: Setting,
) -> Draft:
    """Return what a match says, before its ends are known."""
    role = pattern.role or all_words(slots["role"], setting) if "role" in slots or pattern.role else ""
    if "role" in slots:
        role = without_and(role, slots["role"][0], setting)
    dates = [token.edtf for token in slots.get("date", ()) if token.edtf]
    return Draft(
        pattern, SPEAKER, SPEAKER, *span,
        polarity=put[0], modality=put[1], condition=put[2], role=role, edtf=dates[0] if dates else "",
        status=pattern.status or _status(slots.get("role", ()), setting),
    )  # fmt: skip


def _with_ends(draft: Draft, reader: Slots, tokens: Sequence[Token], setting: Setting) -> Iterator[Draft]:
    """Yield a draft for each pair of subject and object; `tokens` are those of the match."""
    pattern, (first, last) = draft.pattern, (draft.first, draft.last)
    subjects = list(reader.ends("subject"))
    whom = all_words(reader.tokens.get("object", ()), setting) if pattern.relation == "allyOf" else ""
    certainty, note = _certainty(
        pattern, tokens, (reader.form.kinds.get("subject", ""), len(subjects)), setting
    )
    for subject, its_span in subjects:
        for thing, thing_span in reader.ends("object"):
            if subject == thing:
                continue
            evidence = (
                (its_span or thing_span or (first, last)) if pattern.evidence == "items" else (first, last)
            )
            edtf = thing.label if thing.datatype == "edtf" else draft.edtf
            ends = in_their_case(pattern.relation, subject, thing, setting.patterns.words)
            yield replace(
                draft,
                subject=loyal_to(ends[0], whom),
                object=ends[1],
                first=evidence[0],
                last=evidence[1],
                edtf=edtf,
                certainty=certainty,
                note=note,
            )


def how_put(
    pattern: Pattern, sentence: Sentence, first: int, last: int, setting: Setting
) -> tuple[Polarity, str, str] | None:
    """Return polarity, modality and condition of a match; None where its words deny it."""
    words, tokens = setting.patterns.words, sentence.tokens
    clause = first
    while clause > 0 and tokens[clause - 1].text not in _ENDS_CLAUSE and first - clause < 12:
        clause -= 1
    negated = pattern.negation != "keep" and (
        is_negated(tokens, max(clause, first - (1 if pattern.voice == "page" else 3)), first, words)
        or is_negated(tokens, max(clause, first - 1), first, words)  # «which X will not attend»
        or is_negated(tokens, first, last, words)
    )
    if negated and pattern.negation == "drop":
        return None
    local = pattern.voice == "page"
    seen = Judgement() if local else judged(pattern.relation, tokens, (first, last), words)
    if not local and not seen.modality and pattern.modality != "asserted":
        seen = Judgement(pattern.modality)
    if not local and not seen.modality:
        seen = Judgement(unheld(pattern.relation, tokens, (first, last), setting))
    polarity: Polarity = pattern.polarity
    if negated:
        polarity = "negative" if polarity == "positive" else "positive"
    condition = words_of(tokens, *seen.condition, setting) if seen.condition else ""
    put = seen.modality or pattern.modality
    told = pattern.modality == "asserted" and pattern.relation in {"killed", "attacked"}
    if told and put in _NOT_YET and happened(tokens, (first, last), words):
        put = "asserted"
    if is_vouched_by_none(pattern, tokens, (first, last), words):
        return None
    if put == "asserted" and polarity == "positive":
        absent = is_absent(pattern.relation, tokens[first:last], words)
        put = BARRED if absent else governed(pattern.relation, tokens, first, words) or put
    return None if put == BARRED else (polarity, put, condition)


def _certainty(
    pattern: Pattern, tokens: Sequence[Token], listed: tuple[str, int], setting: Setting
) -> tuple[Certainty, str]:
    """Return the certainty of a reading, and why it is doubted: its words count others than they list.

    «14 members: …» must list 14; «14 members, among them …» need not.
    """
    words, (kind, number) = setting.patterns.words, listed
    if pattern.evidence == "items" and not any(token.bare in words.all("among_them") for token in tokens):
        nouns = words.all("counted_people" if kind == "PERSON" else "counted_bodies")
        count = counted([token.text for token in tokens], nouns)
        if count and count != number:
            return "doubtful", f"its words count {count}, its list {number}"
    return pattern.certainty, ""


def _status(role: Sequence[Token], setting: Setting) -> str:
    """Return «former» where the words of an office say so."""
    former = setting.patterns.words.all("former")
    return "former" if any(token.text in former for token in role) else ""
