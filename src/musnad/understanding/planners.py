"""Find whose plan a statement of what will be is: the speaker's, a name's, that of plain words.

«The delegation will visit X» is the delegation's plan, whoever says so. Chosen over (a) the speaker of every
statement of the future, who plans none of what others do, and (b) names alone, which lose «the organisers».
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from musnad.folding import fold_name
from musnad.model import Claim, Mention, Thing
from musnad.understanding import acts
from musnad.understanding.clauses import may_tell
from musnad.understanding.modality import OF, is_future, is_outcome
from musnad.understanding.office_ends import is_office
from musnad.understanding.particles import COMMAS, OF_SPEAKER, THAT_CLAUSE, WHO, is_definite, without_article
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Token
from musnad.understanding.sequences import words_of
from musnad.understanding.setting import Setting
from musnad.understanding.units import Unit
from musnad.understanding.verbal_nouns import is_act
from musnad.understanding.weighing import swears, wants_at

_VERB_LETTERS: Final = ("ي", "ت", "ن")  # first letters of the present
_OPENING: Final = 3  # tokens of a statement among which its subject stands
_TITLE: Final = 16  # tokens of an office and a name before the verb
_EXPECTED: Final = frozenset({"المتوقع", "المرجح", "المحتمل"})  # what is expected, likely
_WILL_NOT: Final = "لن"  # will not
_THEY_WHO: Final = frozenset({"هم", "هو", "هي", "من", "الذين"})  # they, he, she, who
_LEAD: Final = 4  # tokens of «it is planned that» with its verb, or before the verb of a statement


def goes_on_planning(unit: Unit, before: Claim | None, tokens: Sequence[Token], words: Words) -> Thing | None:
    """Return whose plan a statement goes on with that «and» joins to it: a verb, or «and holding …»."""
    if before is None or before.relation != "planned" or not unit.goes_on:
        return None
    opens = tokens[unit.first]
    verb = opens.bare.startswith(_VERB_LETTERS) and not opens.among(words.all("not_present"))
    act = is_act(opens) or opens.bare in words.all("acts")
    goes_on = verb or act or is_future(opens, words) or opens.bare in THAT_CLAUSE
    return before.subject if opens.is_word and goes_on and not is_outcome(opens, words) else None


def planned_by(
    unit: Unit, modality: str, tokens: Sequence[Token], speaker: Thing, setting: Setting
) -> Thing | None:
    """Return whose plan a statement is, None where it only foretells."""
    words = setting.patterns.words
    ours = acts.we_intend(unit, tokens, words) is not None or acts.of_speaker(unit, tokens, words)
    actor = _will_do(unit, tokens, words)
    if actor and unit.judgement.negated and actor.entity != speaker.entity:
        actor = None  # «the rulers will not give way» foretells, it is not their word
    positive = modality == "planned" and not unit.judgement.negated
    actor = actor or (_titled(unit, tokens, words) if positive else None)
    if actor is None and positive and acts.sets_out(unit, tokens, words):
        actor = acts.planner(unit, tokens, words)
        told = _plainly(unit, tokens, words) if actor is None and not ours else None
        if told:
            who = setting.unnamed(words_of(tokens, *told, setting))
            return Thing(who.label, who.entity)
    wants = wants_at(unit, tokens, words) if actor is None and modality == "intended" else None
    if wants is not None and not unit.judgement.negated:
        of_speaker = wants == unit.first and tokens[unit.first - 1].bare in OF_SPEAKER
        return speaker if of_speaker else _who_wants(unit, wants, tokens, setting)
    ours = ours or (modality == "intended" and swears(unit, tokens))
    if actor:
        return Thing(actor.label, actor.entity)
    return speaker if ours else None


def _will_do(unit: Unit, tokens: Sequence[Token], words: Words) -> Mention | None:
    """Return the body that a statement begins with, if its verb is a future right after it."""
    for place in range(unit.first, min(unit.first + _OPENING, unit.last - 1)):
        mention = tokens[place].mention
        if mention is not None:
            verb = tokens[place + 1]
            sets_out = is_future(verb, words) and not is_outcome(verb, words)
            will = sets_out or verb.text == _WILL_NOT
            people = fold_name(mention.label).split()[0] in words.all("peoples")
            whose = place > unit.first and not _leads_body(tokens[place - 1], words)
            return mention if mention.type == "ORG" and will and not (people or whose) else None
    return None


def expected(unit: Unit, tokens: Sequence[Token], setting: Setting) -> Thing | None:
    """Return whose deed it is that a statement expects («it is expected that X will visit …»)."""
    words, verb = setting.patterns.words, unit.first + _LEAD - 1
    if tokens[unit.first].bare != OF or verb + 1 >= unit.last or tokens[verb - 1].bare not in THAT_CLAUSE:
        return None
    who = verb + 1 + tokens[verb + 1].among(words.all("delegations"))
    who += tokens[who].text == OF
    deed = tokens[unit.first + 1].text in _EXPECTED and tokens[verb].among(words.all("deeds"))
    named = who < unit.last and tokens[who].text[:2] in {"<P", "<O", "<L"}
    return setting.thing_of(tokens[who].mentions[0]) if deed and named else None


def _titled(unit: Unit, tokens: Sequence[Token], words: Words) -> Mention | None:
    """Return the person named after an office at the start, right before what they will do."""
    if not is_office(tokens[unit.first], words):
        return None
    for place in range(unit.first + 1, min(unit.first + _TITLE, unit.last - 1)):
        if is_future(tokens[place], words):
            name = tokens[place - 1 - (tokens[place - 1].text in COMMAS)]
            return name.mention if name.text[:2] == "<P" and not is_outcome(tokens[place], words) else None
        if tokens[place].bare in WHO | THAT_CLAUSE or may_tell(tokens, place, words):
            return None
    return None


def _leads_body(token: Token, words: Words) -> bool:
    """Tell whether a word before a name is no thing of its own («the planes of X will …»)."""
    return token.among(words.any_of(("delegations", "appositives", "office_units", "body_nouns")))


def _who_wants(unit: Unit, verb: int, tokens: Sequence[Token], setting: Setting) -> Thing | None:
    """Return who wants or gets ready: named before the verb or after it, or told by plain words."""
    words = setting.patterns.words
    first, last = (unit.first, verb) if unit.first < verb else (verb + 1, verb + 2)
    beside = unit.first < verb - 1 and tokens[verb - 2].among(words.all("prepositions"))
    named = verb - 1 if unit.first < verb and tokens[verb - 1].mention and not beside else first
    if tokens[named].mention and tokens[named].text[1] in "POL":
        return setting.thing_of(tokens[named].mentions[0])
    some = tokens[first].among(words.all("some_people"))
    if not (some or acts.may_act(tokens[first], words)) or any(
        _ends_planner(t, words) for t in tokens[first:last]
    ):
        return None
    last += first > verb and is_definite(tokens[last].text)  # «… want the local farmers to …»
    who = setting.unnamed(words_of(tokens, first, last, setting))
    return Thing(who.label, who.entity)


def _plainly(unit: Unit, tokens: Sequence[Token], words: Words) -> tuple[int, int] | None:
    """Return the tokens of the plain words that name who will act by a statement, None where none do."""
    first = unit.first
    if tokens[first].bare == OF and tokens[first + 1].text in words.all("scheduled"):
        first += _LEAD
        last = first
        while last < min(first + _LEAD, unit.last) and not _ends_planner(tokens[last], words):
            last += 1
    else:
        near = range(first, min(first + _LEAD, unit.last))
        last = next((place for place in near if is_future(tokens[place], words)), first)
        if tokens[first].among(words.any_of(("prepositions", "time_words"))):
            return None  # «within two days, … will»
        if any(token.text in _THEY_WHO for token in tokens[first:last]):
            return None  # «the farmers are those who will …»
    return (first, last) if first < last and acts.may_act(tokens[first], words) else None


def plain_planner(unit: Unit, tokens: Sequence[Token], setting: Setting) -> Thing | None:
    """Return whom plain words tell to act («it is planned that the new council meets …»)."""
    words, first = setting.patterns.words, unit.first + 1
    near = range(first, min(first + _LEAD, unit.last))
    plain = (p for p in near if not is_definite(tokens[p].text) or _ends_planner(tokens[p], words))
    last = next(plain, first)
    bodies = words.any_of(("generic_bodies", "office_units", "appositives"))
    acts_by = acts.may_act(tokens[first], words) or without_article(tokens[first].text) in bodies
    if first == last or not acts_by:
        return None
    who = setting.unnamed(words_of(tokens, first, last, setting))
    return Thing(who.label, who.entity)


def _ends_planner(token: Token, words: Words) -> bool:
    """Tell whether a word no longer names who will act: a preposition, a name, a mark, a clause."""
    ends = token.among(words.any_of(("prepositions", "adverbs"))) or token.bare in WHO | THAT_CLAUSE
    return ends or not token.is_word or bool(token.mentions or token.edtf)
