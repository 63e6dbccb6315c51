"""Tell what verb governs the deed of a match: who «refused to bomb», «condemned the killing», «tried it».

A verbal noun is written like the verb («قصف») or like a participle («المشاركة»), and after the name of who
refuses or condemns a deed it seems to be theirs. So the verb before the name, or between name and deed, is
looked at. Chosen over (a) patterns without such nouns, which lose «the army, bombing X, …», and (b) cues
anywhere before the words, which would make doubtful whatever the sentence tells besides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from musnad.model import Polarity
from musnad.understanding.adverbs import skip_adverbs
from musnad.understanding.clauses import is_past, is_verb
from musnad.understanding.framing import UNDONE, is_supposed_only, led_to
from musnad.understanding.particles import (
    AGO,
    COMMAS,
    CONJUNCTIONS,
    HE,
    MEANWHILE,
    NEGATIONS,
    ON,
    THAT,
    THAT_CLAUSE,
    TURNS,
    WAS,
    is_definite,
)
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Token
from musnad.understanding.stance_objects import TAKEN
from musnad.understanding.surroundings import is_beside
from musnad.understanding.verbal_nouns import is_act

Put = tuple[Polarity, str, str]  # polarity, modality, condition
_ASSERTED: Final = "asserted"
BARRED: Final = UNDONE  # refused, prevented, given up, or the deed of another
BY_AGENTS: Final = frozenset(
    {"attacked", "killed", "participatedIn", "metWith", "agreedOn", "organised", "sponsored", "resignedFrom"}
)
_BY_OBJECT: Final = frozenset({"organised", "sponsored"})  # whose object does the deed
_MEMBER: Final = "memberOf"
_PARTAKING: Final = frozenset({"مشاركه", "المشاركه"})  # taking part, who takes part
_DEEDS: Final = BY_AGENTS | {"heldAt", "heldOn", "headOfDelegation", "appointed", "excludedFrom"}
_KINDS: Final = (
    ("barring", BARRED),
    ("attempting", "intended"),
    ("enabling", "possible"),
    ("delaying", "planned"),
)
_GOVERNING: Final = (*(name for name, _ in _KINDS), "judging")
_AGENTS: Final = frozenset("POL")  # letters of persons, bodies and places: they stand before their deed
MARKS: Final = frozenset({":", "(", ")", "“", "”", "-", ".", "..", "...", "…"})
_AFTER: Final = frozenset(
    {"بعد", "عقب", "اثر", "اثناء", "بسبب", "حول", "بشان", "تداعيات", "جريمه", "قضيه", "ذكري"}
    | {"بعدما", "عندما", "حينما", "حين"}
)  # after, during, because, about, the consequences, the crime, the case, the memory of; after, when
_CLOSED: Final = AGO | _AFTER | THAT_CLAUSE | TURNS | MEANWHILE  # no verb before them governs what follows
_FROM: Final = frozenset({"عن", "من"})  # from: what is refrained from
_PREPOSITIONS: Final = _FROM | {"في", "ب+", "مع", "الي", ON, "ل+"}
_PASSED: Final = _PREPOSITIONS | NEGATIONS
_ALIKE: Final = 3  # letters of a verb that may be written like its noun, at most
_MUTUAL: Final = "ه"  # the ending of «meeting», «visit»
_HOLDING: Final = frozenset({"عقد", "انعقاد", "اجراء", "تنظيم"})  # holding, organising
_STUMBLED: Final = frozenset({"تعثر", "يتعثر", "تعثرت"})  # stumbled
_TO_DO: Final = THAT | {"حتي", "كي", "لكي", "بحيث"}  # that, until, in order to, so that
_BEEN: Final = frozenset({"بعد", "منذ", "سبق"})  # after, since, before
PRESENT: Final = re.compile(r"[يت]\w{2,}\Z")  # a verb of the present: he, she
NOT_VERBS: Final = frozenset({"يوم", "يومي", "يد", "يمين", "يسار"})  # day, daily, hand, right, left
_PURPOSE: Final = frozenset({"بهدف", "بغيه", "بقصد", "لاجل"})  # with the aim of
_OFFERED: Final = "عرض"  # offered; an offer
_NEAREST: Final = 2  # tokens before a noun among which its governing verb stands
REACH: Final = 12  # tokens before a deed among which its verb stands


def governed(relation: str, tokens: Sequence[Token], first: int, words: Words) -> str:
    """Return how a deed that is told from a token on is put by the verb that governs it.

    `BARRED` where it was not done, a modality, or "" where no such verb stands before it.
    """
    if relation in TAKEN:
        taken = range(first, min(first + _NEAREST, len(tokens)))
        return BARRED if any(is_not_taken(tokens, place, words) for place in taken) else ""
    if relation not in _DEEDS:
        return ""
    named = tokens[first].mentions and tokens[first].text[1] in _AGENTS
    noun = bool(first and named and is_act(tokens[first - 1], joined=False))  # «the taking part of X»
    if led := led_to(tokens, first - noun, words):
        return led
    if named and relation in BY_AGENTS:
        return _by_kind(tokens, first - 1, words) if noun else ""
    may = "possible" if is_subjunctive(tokens, first) else ""
    return _by_kind(tokens, first, words) or _duty(tokens, first) or may


def is_not_taken(tokens: Sequence[Token], place: int, words: Words) -> bool:
    """Tell whether a verb, or a word that may be its noun («رفض»), tells of what nobody did.

    «Perhaps X rejected …»; «the possibility of …», «tried to reject»: what governs a noun stands at most two
    tokens before.
    """
    if is_supposed_only(tokens, place, words):
        return True
    noun = len(tokens[place].bare) <= _ALIKE or is_act(tokens[place], joined=False)
    if not noun or tokens[place].text != tokens[place].bare:
        return False
    if led_to(tokens, place - bool(place and tokens[place - 1].mentions), words):
        return True
    near = tokens[max(0, place - _NEAREST) : place]
    after = tokens[max(0, place - _NEAREST - 1) : max(0, place - _NEAREST)]
    told = any(token.bare in _CLOSED | WAS or token.text in COMMAS | MARKS for token in (*near, *after))
    return bool(near) and not told and bool(_by_kind(tokens, place, words)) and _governs(near, words)


def _governs(near: Sequence[Token], words: Words) -> bool:
    return any(t.is_word and t.among(words.any_of(tuple(name for name, _ in _KINDS))) for t in near)


def is_subjunctive(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a verb of the present stands right after «that»: what may, should or is feared to be.

    «After», «since» and «never before» say so of what has been («بعد أن تعرض»).
    """
    if place < 1 or place >= len(tokens) or tokens[place - 1].bare not in _TO_DO:
        return False
    been = place > 1 and tokens[place - 2].bare in _BEEN
    token, following = tokens[place], tokens[place + 1 : place + 2]
    if been or not token.is_word or token.text in NOT_VERBS or not PRESENT.match(token.text):
        return False
    noun = token.text.endswith(_MUTUAL) or is_act(token, joined=False)
    goes_on = any(t.mentions or is_definite(t.text) or t.text in _PREPOSITIONS for t in following)
    return token.text.startswith(HE) or (goes_on and not noun)


def is_absent(relation: str, tokens: Sequence[Token], words: Words) -> bool:
    """Tell whether the words of a deed say that there was none («announced no …», «عدم قصف»)."""
    return relation in _DEEDS and any(token.bare in words.all("absences") for token in tokens)


def done(
    put: Put | None,
    read: tuple[str, Mapping[str, tuple[Token, ...]]],
    tokens: Sequence[Token],
    span: tuple[int, int],
    words: Words,
) -> Put | None:
    """Return how a match is put that begins with who seems to have done a deed; None where they did not.

    `read` is its relation and the tokens of its slots. They did not either where the clause has another verb,
    whose object the deed is («condemned the killing»).
    """
    (relation, slots), (first, last) = read, span
    told = put is not None and put[1] == _ASSERTED and relation in TAKEN
    if is_beside(relation, tokens, slots, words) or (told and is_subjunctive(tokens, first)):
        return None
    doer = slots.get("object" if relation in _BY_OBJECT else "subject", ())
    begins = doer[:1] == (tokens[first],)
    if put is None or put[1] != _ASSERTED or relation not in {*BY_AGENTS, _MEMBER} or not begins:
        return put
    deed = _deed(tokens, first, last, words) if tokens[first].mentions else 0
    if relation == _MEMBER and tokens[deed].bare not in _PARTAKING:
        return put
    named = next((at for at in range(max(deed, first + 1), last) if tokens[at].mentions), deed)
    if any(token.text in _PURPOSE for token in tokens[first:named]):
        return put[0], "intended", put[2]
    if not deed or not _may_be_noun(tokens, deed):
        return put
    kind = BARRED if tokens[deed - 1].text in _FROM else _by_kind(tokens, named, words)
    kind = kind or _duty(tokens, deed) or _of_another(tokens, deed, words)
    return None if kind == BARRED else (put[0], kind or put[1], put[2])


def _deed(tokens: Sequence[Token], first: int, last: int, words: Words) -> int:
    """Return the token of the deed: the first word after the names that is neither adverb nor governing verb.

    0 where a clause of its own tells it («…, and bombed»), or a name follows.
    """
    place = first
    while place < last and (tokens[place].mentions or not tokens[place].is_word):
        place += 1
    after = -1
    while place < last and after != place:
        after, place = place, skip_adverbs(tokens, place, words)
        passed = place < last and tokens[place].among(_PASSED)
        place += passed or (place < last and tokens[place].among(words.any_of(_GOVERNING)))
    told = place < last and tokens[place].is_word and tokens[place].text[0] not in CONJUNCTIONS
    apart = tokens[place - 1].text in NEGATIONS or any(t.bare in _CLOSED | WAS for t in tokens[place:last])
    return place if told and not apart else 0


def _may_be_noun(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a word may be a verbal noun: by its article or preposition, or by its shape."""
    token = tokens[place]
    shape = len(token.bare) <= _ALIKE or token.bare.endswith(_MUTUAL) or is_act(token, joined=False)
    return is_definite(token.text) or tokens[place - 1].text in _PREPOSITIONS or shape


def _before(tokens: Sequence[Token], place: int) -> list[Token]:
    """Return the words of a clause that stand before a place, the nearest first."""
    found = []
    for at in range(place - 1, max(-1, place - REACH - 1), -1):
        token, may = tokens[at], is_subjunctive(tokens, at + 1)
        if token.text in COMMAS | MARKS or (token.bare in _CLOSED and not may):
            break
        found.append(token)
    return found


def _by_kind(tokens: Sequence[Token], place: int, words: Words) -> str:
    """Return how a word is put by the nearest verb of refusing, trying, being able or delaying."""
    before = _before(tokens, place)
    for at, token in enumerate(before):
        for name, kind in _KINDS:
            if token.is_word and token.among(words.all(name)):
                return kind
        if token.bare == _OFFERED and at and before[at - 1].text[1:2] in _AGENTS:
            return "intended"
        if token.among(words.all("absences")):
            return BARRED
    held = bool(before) and before[0].bare in _HOLDING
    if (held or tokens[place].bare in _HOLDING) and any(token.bare in _STUMBLED for token in before):
        return BARRED  # while «the talks stumbled» says that there are talks
    on = len(before) > held and before[held].text == ON  # «agreed on (holding) …»
    return "planned" if on and any(token.among(words.all("agree")) for token in before) else ""


def _of_another(tokens: Sequence[Token], deed: int, words: Words) -> str:
    """Return `BARRED` where the clause has a verb of its own, whose object the deed is.

    Verbs that only say that a deed begins, goes on or is done leave it to its subject.
    """
    for token in _before(tokens, deed):
        bare = token.bare
        if not token.is_word or bare in WAS or bare in words.all("performing"):
            continue
        if token.among(words.all("judging")) or is_verb(token, words) or is_past(token):
            return BARRED
    return ""


def _duty(tokens: Sequence[Token], place: int) -> str:
    """Return "demanded" where a clause begins with «on» and who ought to do something («على …»)."""
    before = _before(tokens, place)
    return "demanded" if len(before) > 1 and before[-1].bare == ON and before[-2].mentions else ""
