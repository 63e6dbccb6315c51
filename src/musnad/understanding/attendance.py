"""Say who met, who took part, where and when, from the gatherings that a sentence tells of.

What a gathering takes is read in one way, see `encounters`; here its ends become drafts of four relations.
Chosen over (a) one pattern for each relation, which read the same words four times and do not agree on the
event, and (b) everybody of the sentence as taking part, which counts whom a meeting is only about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product, takewhile
from typing import Final

from musnad.folding import fold_name
from musnad.model import Mention, Thing
from musnad.understanding.calendar import is_later
from musnad.understanding.encounters import TRANSITIVE, Encounter
from musnad.understanding.insides import is_country
from musnad.understanding.modality import UNREAL, is_future
from musnad.understanding.occasions import BATTLE, MEETING, PACT, VISIT, Occasion, find_occasions
from musnad.understanding.particles import AND, ARTICLE, SEVERAL_VERBS, is_definite
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.sequences import Draft, how_put
from musnad.understanding.setting import Setting, printed
from musnad.understanding.sides import Reader, Side
from musnad.understanding.tagging import head_of, readings, tag_sentence

_MET: Final = "encounter-met"
_JOINED: Final = "encounter-joined"
_AGREED: Final = "encounter-agreed"
_HELD_AT: Final = "encounter-held-at"
_HELD_ON: Final = "encounter-held-on"
_TITLE: Final = "title"
_MOST: Final = 4  # pairs of one gathering: of more, each takes part, and nobody is said to meet another
_SOON: Final = 3  # tokens right after a gathering
_AFTER: Final = 4  # tokens after a gathering among which its time stands
_AHEAD: Final = frozenset({"planned", "intended", "predicted"})
_CAUTIOUS: Final = frozenset({"planned", "intended", "predicted", "possible"})
_PAST_VISIT: Final = "زار"  # visited
_CONFER: Final = "confer"  # verbs that are no meeting without «with», or of two
_MEETINGS: Final = (
    "لقا",
    "اجتماع",
    "محادث",
    "مباحث",
    "مشاور",
    "اتصال",
    "جلسه",
)  # meeting, talks, call, session


def read_attendance(sentences: Sequence[Sentence], number: int, setting: Setting) -> list[Draft]:
    """Return what the gatherings of sentence `number` say, each thing once."""
    sentence = sentences[number]
    view = tag_sentence(sentence, setting.patterns.words.lists, setting.tagged)
    found: dict[tuple[str, str, str], Draft] = {}
    for occasion in find_occasions(sentences, number, Reader(sentence.tokens, view, setting)):
        for draft in _drafts(occasion):
            found.setdefault((draft.pattern.relation, draft.subject.label, draft.object.label), draft)
    return list(found.values())


def settled(drafts: Sequence[Draft], more: Sequence[Draft]) -> list[Draft]:
    """Return drafts and those of gatherings, each thing once and under the fuller name of a gathering."""
    added = [other for other in more if not any(_says(draft, other) for draft in drafts)]
    kept = [draft for draft in drafts if not any(_repeats(draft, other) for other in added)]
    met = [draft for draft in (*kept, *added) if draft.pattern.relation == "metWith"]
    return [draft for draft in (*kept, *added) if not any(_is_of_meeting(draft, other) for other in met)]


def _is_of_meeting(draft: Draft, met: Draft) -> bool:
    """Tell whether a draft says that somebody took part in the meeting of two that another tells of."""
    same = draft.subject in {met.subject, met.object} and draft.polarity == met.polarity
    told = draft.pattern.relation == "participatedIn" and not _are_apart(draft, met)
    return told and same and fold_name(draft.object.label).startswith(_MEETINGS)


def _ends(draft: Draft) -> frozenset[str]:
    return frozenset({draft.subject.entity or draft.subject.label, draft.object.entity or draft.object.label})


def _says(draft: Draft, other: Draft) -> bool:
    """Tell whether a draft says all that another does, and no more cautiously.

    Of two that tell of people without a name, the first is kept: their words differ by where they end.
    """
    if draft.pattern.relation != other.pattern.relation or draft.polarity != other.polarity:
        return False
    unnamed = other.pattern.name in {_MET, _JOINED} and not (other.subject.entity and other.object.entity)
    nameless = unnamed and not _are_apart(draft, other)
    same = _ends(draft) & _ends(other) if nameless else _ends(draft) == _ends(other)
    return bool(same) and other.modality in {draft.modality, *_CAUTIOUS}


def _are_apart(draft: Draft, other: Draft) -> bool:
    return draft.last <= other.first or other.last <= draft.first


def _repeats(draft: Draft, other: Draft) -> bool:
    """Tell whether two drafts say the same of one gathering, whatever it is called."""
    relation = draft.pattern.relation
    if relation != other.pattern.relation or draft.polarity != other.polarity or _are_apart(draft, other):
        return False
    if relation == "metWith":
        return _ends(draft) == _ends(other)
    if relation in {"participatedIn", "agreedOn"}:
        return draft.subject.entity == other.subject.entity
    return draft.object == other.object


def _drafts(occasion: Occasion) -> Iterator[Draft]:
    """Yield what a gathering says."""
    found, verb = occasion.found, occasion.verb
    if occasion.kind == MEETING:
        for (one, first), (other, second) in _met(occasion):
            span = min(found.start, first.first, second.first), max(first.last, second.last, found.head + 1)
            yield from _draft(_MET, (one, other), span, occasion)
    event = occasion.event() if found.sides() or occasion.kind == BATTLE else None
    if event is None:
        return
    for thing, side in _things(found.besides) if verb else _present(occasion, event):
        span = min(found.start, side.first), max(side.last, found.head + 1)
        yield from _draft(_AGREED if occasion.kind == PACT else _JOINED, (thing, event), span, occasion)
    if occasion.kind == PACT or _is_yet_to_come(occasion):
        return
    where = found.goal or found.place if occasion.kind == VISIT else found.place
    whole = occasion.kind == BATTLE and where and where[0].mention and _is_country(where[0].mention, occasion)
    if where and where[0].mention and not whole:
        place = occasion.reader.setting.thing_of(where[0].mention)
        yield from _draft(_HELD_AT, (event, place), _span(found, where[1]), occasion)
    if found.date and occasion.kind != BATTLE:
        day = Thing(found.date[0].edtf, datatype="edtf")
        yield from _draft(_HELD_ON, (event, day), _span(found, found.date[1]), occasion)


def _is_yet_to_come(occasion: Occasion) -> bool:
    """Tell whether a verb tells of a visit that is not over: whoever «will visit» a town only plans it."""
    verb = occasion.reader.tokens[occasion.found.head].bare
    return occasion.kind == VISIT and bool(occasion.verb) and not verb.startswith(_PAST_VISIT)


def _is_country(place: Mention, occasion: Occasion) -> bool:
    """Tell whether a place is a whole country: battles in it are its war."""
    return is_country(place.entity, occasion.reader.setting)


def _span(found: Encounter, last: int) -> tuple[int, int]:
    """Return the tokens from a gathering to what it takes, which may stand before it."""
    return min(found.head, last - 1), max(last, found.head + 1)


def _things(sides: Sequence[Side]) -> list[tuple[Thing, Side]]:
    return [(thing, side) for side in sides for thing in side.things]


def _pairs(occasion: Occasion) -> list[tuple[tuple[Thing, Side], tuple[Thing, Side]]]:
    """Return who met whom: each of one side with each of the other, or all that are named together."""
    found = occasion.found
    owners, others, among = (_things(sides) for sides in (found.owners, found.others, found.among))
    if others:
        pairs = list(product(among or owners, others))
    else:
        pairs = list(combinations(among or (owners if _together(occasion) else []), 2))
    return pairs if len(pairs) <= _MOST else []


def _met(occasion: Occasion) -> list[tuple[tuple[Thing, Side], tuple[Thing, Side]]]:
    """Return who is said to have met whom: of talks between several bodies nobody, they take part."""
    pairs = _pairs(occasion)
    if occasion.verb == _CONFER and not occasion.found.others and _is_future(occasion):
        return []  # «they will discuss X»: a plan
    return pairs if len(pairs) == 1 or not _is_only_of_bodies(occasion) else []


def _is_future(occasion: Occasion) -> bool:
    return is_future(occasion.reader.tokens[occasion.found.head], occasion.reader.setting.patterns.words)


def _is_only_of_bodies(occasion: Occasion) -> bool:
    """Tell whether talks are said to be between bodies or states: they take part, and nobody meets."""
    people = {mention.entity for mention in occasion.reader.setting.mentions if mention.type == "PERSON"}
    among = [thing.entity for side in occasion.found.among for thing in side.things]
    sat = any(_is_sitting(reading, occasion) for reading in readings(occasion.word))
    return bool(among) and not sat and people.isdisjoint(among)


def _is_told(occasion: Occasion) -> bool:
    """Tell whether a gathering stands in the text itself: a title only says what the text tells."""
    sentences, number = occasion.place
    return sentences[number].zone != _TITLE


def _is_sitting(reading: tuple[str, str, str, str], occasion: Occasion) -> bool:
    return bool(head_of(reading, occasion.reader.setting.patterns.words.all("sittings")))


def _together(occasion: Occasion) -> bool:
    """Tell whether those after a verb did it together: «X and Y met», not «and met X and Y»."""
    if not occasion.verb:
        return True
    verb = occasion.reader.tokens[occasion.found.start]
    transitive = occasion.verb != "come_together" or verb.bare.startswith(TRANSITIVE)
    return verb.bare.endswith(SEVERAL_VERBS) or not (transitive and verb.text[0] == AND)


def _present(occasion: Occasion, event: Thing) -> Iterator[tuple[Thing, Side]]:
    """Yield who is said to have been there: of a sitting that is held, of a named one between several."""
    found = occasion.found
    owners = [] if found.owned else _things(found.owners)
    sat = any(_is_sitting(reading, occasion) for reading in readings(occasion.word))
    mention = occasion.reader.tokens[found.head].mention
    named = is_definite(occasion.word) and event.label.startswith(ARTICLE)
    named |= mention is not None and mention.entity == event.entity and " " in event.label
    if occasion.kind == PACT:
        parties = [*owners, *_things([*found.others, *found.among])]
        pacts = occasion.reader.setting.patterns.words.all("pact_words")
        signed = found.told or occasion.word.removeprefix(ARTICLE) in pacts  # not «its treaties»
        made = len(parties) > 1 or (found.owners and signed) or (found.among and found.told)
        owned = bool(found.owners or found.among)  # «the truce with X»: nobody says whose it is
        yield from parties if made and owned else []
        return
    if occasion.kind == VISIT:
        yield from owners if found.told else ()
    elif occasion.kind == BATTLE or (occasion.kind == MEETING and len(_met(occasion)) == 1):
        pass  # two met, or fight each other: nothing more is said of them
    elif (
        (found.told and sat)
        or (named and found.among)
        or (_is_only_of_bodies(occasion) and _is_told(occasion))
    ):
        yield from [*owners, *_things([*found.others, *found.among])]
    yield from _things(found.besides)


def _draft(
    name: str, ends: tuple[Thing, Thing], span: tuple[int, int], occasion: Occasion
) -> Iterator[Draft]:
    """Yield a draft unless its words deny it."""
    (sentences, number), setting = occasion.place, occasion.reader.setting
    pattern, tokens = setting.patterns.entries[name], sentences[number].tokens
    first, last = max(0, span[0]), min(span[1], len(tokens))
    put = how_put(pattern, sentences[number], first, last, setting)
    if put is None or ends[0] == ends[1]:
        return
    polarity, modality, condition = put
    day = occasion.found.date
    dated = day is not None and is_later(day[0].edtf, setting.document)
    known = name == _AGREED and " " in ends[1].label and _is_known(occasion)
    over = known or occasion.found.aside or _is_over(tokens[first : last + _AFTER], setting)
    if (modality in _AHEAD and over) or (modality == "demanded" and occasion.found.aside):
        modality = "asserted"
    elif modality == "asserted" and (
        dated or _is_aim(occasion) or _is_to_come(tokens[last : last + _SOON], setting)
    ):
        modality = "planned"
    if name == _MET and modality in UNREAL:
        return
    edtf = ends[1].label if ends[1].datatype == "edtf" else ""
    yield Draft(
        pattern, *ends, first, last, polarity=polarity, modality=modality, condition=condition, edtf=edtf
    )


def _is_known(occasion: Occasion) -> bool:
    """Tell whether an agreement is told of as known: with the article, with a pronoun, by its name."""
    word, words = occasion.word, occasion.reader.setting.patterns.words
    mention = occasion.reader.tokens[occasion.found.head].mention
    return is_definite(word) or bool(mention and mention.slug) or word not in words.all("pact_words")


def _is_aim(occasion: Occasion) -> bool:
    """Tell whether a gathering is what somebody comes for («came to hold talks with X»)."""
    setting, verb = occasion.reader.setting, occasion.reader.tokens[occasion.found.start]
    return verb.is_word and verb.among(setting.patterns.words.all("to_hold"))


def _is_to_come(tokens: Sequence[Token], setting: Setting) -> bool:
    """Tell whether the words right after a gathering put it in the future («tomorrow», «next Tuesday»)."""
    words = setting.patterns.words
    near = list(takewhile(lambda token: token.is_word or token.edtf, tokens))
    return any(token.among(words.any_of(("planned", "ahead"))) for token in near)


def _is_over(tokens: Sequence[Token], setting: Setting) -> bool:
    """Tell whether the words of a gathering say that it is over, whatever stands before them."""
    words = setting.patterns.words
    if any(is_future(token, words) or token.among(words.all("ahead")) for token in tokens):
        return False
    over = words.any_of(("past_times", "held_before"))
    dates = (printed(token, setting) for token in tokens if token.edtf)
    gone = any(word in over for date in dates for word in fold_name(date).split())  # «last June»
    return gone or any(token.among(over) for token in tokens)
