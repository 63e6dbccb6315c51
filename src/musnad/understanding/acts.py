"""Tell what a statement does beside saying: it obliges, weighs, disclaims, or speaks of a day to come.

Chosen over (a) cues alone, which know neither the day of the page nor who speaks, and (b) one table of verbs,
since most of these statements have none that tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from musnad.model import Mention
from musnad.understanding.clauses import after_when, is_verb
from musnad.understanding.modality import OF, has_cue, is_future, is_outcome
from musnad.understanding.particles import (
    AND,
    DID_NOT,
    NEGATIONS,
    OF_SPEAKER,
    PLURALS,
    PRONOUNS,
    THAT_CLAUSE,
    THAT_NOT,
    TO_A,
    WHO,
    is_definite,
    without_article,
)
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Token
from musnad.understanding.setting import Setting
from musnad.understanding.units import Unit

_OPENING: Final = 3  # tokens of a statement among which its subject stands
_NEAR: Final = 6  # tokens of a statement among which «we» stands
_WE_WILL: Final = "سن"  # we will
_WILL: Final = "سوف"  # will
_FIRST_PERSON: Final = frozenset({"ن", "ا"})  # first letters of «we do», «I do»
_WE_INTEND: Final = frozenset(
    {
        *("نسعي", "نعتزم", "ننوي", "نخطط", "نتعهد", "نطمح", "نتطلع"),  # we strive, intend, mean, plan …
        *("اتعهد", "اعدكم", "نعدكم", "اعاهد", "نعاهد", "اعاهدكم", "نعاهدكم"),  # I pledge, promise you …
    }
)
_VERB_LETTERS: Final = ("ي", "ت", "ن")  # he, she, we: first letters of the present
_WILL_NOT: Final = "لن"  # will not
_YET: Final = "بعد"  # yet
_PLANNED_EVENT: Final = frozenset(
    {"المزمع", "المقرر", "المرتقب", "المزمعه", "المقرره", "المرتقبه"}
)  # planned …
# There will (not) be; he, she will need.
_COMES: Final = frozenset({"يكون", "تكون", "سيحتاج", "ستحتاج"})
_WILL_BE_DONE: Final = frozenset({"سيتم", "ستتم", "سيجري", "ستجري"})  # will be done
_LEAD: Final = 4  # tokens of a statement among which its verb stands
_SEVERAL: Final = ("groups", "peoples_plural", "pairs_of_persons", "pairs_of_states")
_HINTS: Final = frozenset(  # hints at, points to, came to, led to
    {
        *("يلمح", "تلمح", "المح", "المحت", "يشير", "تشير", "اشار", "اشارت", "يدل", "تدل", "يودي", "تودي"),
        *("خلص", "خلصت", "توصل", "توصلت", "ادي", "ادت", "يقود", "تقود", "انتهي", "انتهت"),
    }
)
_TO_ON: Final = frozenset({"الي", "علي"})  # to, on
_DAY: Final = 10  # letters of a whole day in EDTF
_AND_THAT: Final = frozenset({"بان", "بانه", "بانها", "بانهم"})  # that, that he, she, they
_NOBODYS: Final = frozenset(
    {"يتم", "تتم", "يكن", "تكن", "يجر", "تجر", "يعد"}
)  # was (done), was, is no longer


def disclaims(unit: Unit, tokens: Sequence[Token], words: Words) -> bool:
    """Tell whether words deny by themselves («لا صحة لـ…», «لا علم لنا», «أنه لم …»)."""
    near = range(unit.first, min(unit.first + _OPENING, unit.last))
    if any(has_cue(tokens, place, words.lists["disclaimers"]) for place in near):
        return True
    if unit.first > 1 and tokens[unit.first - 2].text == THAT_NOT:
        return False  # «except that he did not …»: someone else
    opener = tokens[unit.first - 1].bare if unit.first else ""
    following = tokens[unit.first + 1].text if unit.first + 1 < unit.last else ""
    return opener in OF_SPEAKER and tokens[unit.first].text == DID_NOT and following not in _NOBODYS


def is_untrue(unit: Unit, tokens: Sequence[Token], words: Words) -> bool:
    """Tell whether words end in «is not true», said of what they begin with («any reports are untrue»)."""
    for place in range(unit.first + 1, unit.last):
        if place + has_cue(tokens, place, words.lists["untrue"]) == unit.last:
            return not any(is_verb(token, words) for token in tokens[unit.first : place])
    return False


def dated(unit: Unit, tokens: Sequence[Token], setting: Setting) -> str:
    """Return «planned» where a statement names a day after the page was published, else ""."""
    published = setting.document.published or ""
    days = [token.edtf for token in tokens[unit.first : unit.last] if token.edtf]
    whole = [day for day in days if len(day) == len(published) == _DAY and day[:4].isdigit()]
    return "planned" if any(day > published for day in whole) else ""


def says_besides(unit: Unit, tokens: Sequence[Token], begins: int) -> bool:
    """Tell whether a clause is joined to a demand by «and that» («وبأن»): it is said, not demanded."""
    opener = tokens[unit.first - 1] if unit.first > begins else None
    return opener is not None and opener.text[0] == AND and opener.bare in _AND_THAT


def describes(unit: Unit, tokens: Sequence[Token]) -> bool:
    """Tell whether the cue of a statement belongs to what it tells of, and not to the statement."""
    modality = unit.judgement.modality
    inner = modality == "demanded" and embeds_cue(unit, tokens)
    return inner or (modality == "planned" and of_event(unit, tokens))


def embeds_cue(unit: Unit, tokens: Sequence[Token]) -> bool:
    """Tell whether the cue of a statement stands in a clause inside it («… which must …»)."""
    cue = unit.judgement.cue
    if cue is None or cue <= unit.first:
        return False
    led = tokens[cue - 1].text in _TO_ON and any(t.bare in WHO for t in tokens[cue - _OPENING : cue])
    inside = any(t.bare in THAT_CLAUSE for t in tokens[unit.first + 1 : cue])
    led = led or (tokens[cue - 1].text in _TO_ON and _another_points(tokens[unit.first : cue - 1]))
    return led or inside or tokens[cue - 1].bare in WHO  # «…, which led to the need to …»


def _another_points(tokens: Sequence[Token]) -> bool:
    """Tell whether a thing hints or comes to what must be done («the text hints at the need»)."""
    return bool(tokens) and tokens[-1].text == tokens[-1].bare and tokens[-1].bare in _HINTS


def sets_out(unit: Unit, tokens: Sequence[Token], words: Words) -> bool:
    """Tell whether a statement tells of an act to come («X will hold …»), not of an outcome."""
    first = after_when(tokens, unit.first, unit.last)
    if tokens[first].bare == OF and tokens[first + 1].text in words.all("scheduled"):
        return True
    for place in range(first, min(first + _LEAD, unit.last)):
        if is_future(tokens[place], words):
            done = tokens[place].bare in _WILL_BE_DONE
            follows = place == first and first + 1 < unit.last  # «will hold X …»
            subject = tokens[first + follows]
            named = bool(subject.mentions) and subject.text[1] in "PLOS"
            acts = named or (place > first and may_act(subject, words))
            acts = acts and (place > first or follows) and not is_outcome(tokens[place], words)
            return acts or (done and place == first)  # not «the mechanism will be adopted»
    return False


def may_act(token: Token, words: Words) -> bool:
    """Tell whether plain words may name who acts: a body, several people («الروس», «المشاركون»)."""
    if without_article(token.text) in words.all("body_nouns") or own_body(token, words):
        return True
    if is_definite(token.text) and without_article(token.text) in words.all("acting_persons"):
        return True
    several = is_definite(token.text) and token.text.endswith(PLURALS)
    several = several and without_article(token.text) not in words.all("not_plural")
    return several or token.among(words.any_of(_SEVERAL))


def planner(unit: Unit, tokens: Sequence[Token], words: Words) -> Mention | None:
    """Return who will act by a statement: named first, or after the verb of «it is planned that …»."""
    first = after_when(tokens, unit.first, unit.last)
    scheduled = tokens[first].bare == OF and tokens[first + 1].text in words.all("scheduled")
    if first == unit.first and tokens[first - 1].bare in OF_SPEAKER:
        return None  # «that he will leave X»
    first += not scheduled and is_future(tokens[first], words)  # «will hold X …»
    places = range(first + _LEAD, min(first + _LEAD + _OPENING, unit.last)) if scheduled else (first,)
    for place in places:
        if tokens[place].text[:2] in {"<P", "<O", "<L"}:
            return tokens[place].mention
        if not tokens[place].among(words.any_of(("delegations", "groups"))) and tokens[place].text != OF:
            return None
    return None


def was_not(unit: Unit, tokens: Sequence[Token], words: Words) -> bool:
    """Tell whether the verb of a statement is a negated past («لم …»)."""
    places = (p for p in range(unit.first, min(unit.first + _LEAD, unit.last)) if tokens[p].bare == DID_NOT)
    return any(not _is_open(tokens[p + 1 : p + 1 + _OPENING], words) for p in places)


def _is_open(following: Sequence[Token], words: Words) -> bool:
    """Tell whether words after «did not» leave open («has not decided», «not yet»): nothing is denied."""
    first = following[0].text if following else ""
    return first in _NOBODYS or any(t.text == _YET or t.among(words.all("decide")) for t in following)


def of_event(unit: Unit, tokens: Sequence[Token]) -> bool:
    """Tell whether the cue of a statement only describes an event («the conference planned for March»)."""
    cue = unit.judgement.cue
    if cue is None or cue <= unit.first:
        return False
    return tokens[cue].text in _PLANNED_EVENT or tokens[cue - 1].bare in WHO


def we_intend(unit: Unit, tokens: Sequence[Token], words: Words) -> int | None:
    """Return the token near the start where «we will …», «we strive …» stands, if one does."""
    near = range(unit.first, min(unit.first + _NEAR, unit.last - 1))
    return next((place for place in near if _is_ours(tokens, place, words)), None)


def _is_ours(tokens: Sequence[Token], place: int, words: Words) -> bool:
    token, following = tokens[place], tokens[place + 1].text
    if token.bare == _WILL:
        return following[0] in _FIRST_PERSON
    if token.bare == _WILL_NOT:  # «we will not come», but «we will not be able to»
        return following[0] in _FIRST_PERSON and following not in words.all("not_resolved")
    will = token.bare.startswith(_WE_WILL) and is_future(token, words)
    will = will or token.bare in words.all("i_will")
    return token.bare in _WE_INTEND or (will and not is_outcome(token, words))


def trimmed(unit: Unit, tokens: Sequence[Token], words: Words) -> Unit:
    """Return a plan from «we will …» on, without what it is for («…, to discuss …»)."""
    first = we_intend(unit, tokens, words)
    marks = (p for p in range(unit.first + _LEAD, unit.last - 1) if tokens[p].text == ",")
    last = next((p for p in marks if _is_purpose(tokens[p + 1], words)), unit.last)
    asides = words.lists["asides_of_plans"]
    last = next((p for p in range(unit.first + _LEAD, last) if has_cue(tokens, p, asides)), last)
    return replace(unit, first=unit.first if first is None else first, last=last)


def _is_purpose(token: Token, words: Words) -> bool:
    to = token.is_word and token.text.startswith(TO_A) and len(token.text) > _LEAD
    return to or token.text in words.all("purposes")


def strives(unit: Unit, tokens: Sequence[Token], words: Words) -> bool:
    """Tell whether «we strive», «we intend» opens a statement: each thing striven for is a plan."""
    place = we_intend(unit, tokens, words)
    return place is not None and tokens[place].bare in _WE_INTEND


def own_body(token: Token, words: Words) -> bool:
    """Tell whether a word is a kind of body with the speaker's pronoun («مجلسها», «حركته»)."""
    if token.bare in words.all("own_bodies"):
        return True
    kinds = words.all("office_units") | words.all("appositives") | words.all("own_people")
    stems = {token.bare.removesuffix(tail) for tail in PRONOUNS if token.bare.endswith(tail)}
    return token.is_word and any(s in kinds or (s.endswith("ت") and s[:-1] + "ه" in kinds) for s in stems)


def will(unit: Unit, tokens: Sequence[Token], words: Words) -> bool:
    """Tell whether the verb of a statement, near its start, is a future."""
    return any(is_future(token, words) for token in tokens[unit.first : min(unit.first + _LEAD, unit.last)])


def of_speaker(unit: Unit, tokens: Sequence[Token], words: Words) -> bool:
    """Tell whether a statement begins with a verb whose subject is the speaker («… that he will …»)."""
    opener, verb = tokens[unit.first - 1].bare, tokens[unit.first]
    after = tokens[min(unit.first + 1, unit.last - 1)]
    if opener not in OF_SPEAKER or after.among(words.all("opine")) or {verb.bare, after.text} & _COMES:
        return False  # «… that he does not think that X will», «… that there will not be»
    return verb.text in NEGATIONS or is_future(verb, words)
