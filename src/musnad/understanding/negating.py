"""Tell whether a statement negates what it says: before its verb, or after a long subject.

Chosen over (a) a negation anywhere, which a clause inside the statement may hold, and (b) one at the start
alone, before which «the government and its allies at home and abroad do not …» names who does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from musnad.understanding.clauses import is_past, is_verb
from musnad.understanding.governing import PRESENT
from musnad.understanding.modality import has_cue, main_answer
from musnad.understanding.particles import ANY, COMMAS, NEGATIONS, THAT_CLAUSE, TURNS, is_definite
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Token
from musnad.understanding.units import Unit, main_clause

_LEAD: Final = 4  # tokens of a statement among which its verb stands
_VERB_LETTERS: Final = ("ي", "ت", "ن")  # he, she, we: first letters of the present
_NAMED: Final = frozenset({"<P", "<L"})  # names of persons and places
_DOES_NOT: Final = "لا"  # does not
_WILL_DID_NOT: Final = frozenset({"لن", "لم", "ليس", "ليست"})  # will not, did not, is not
_ONLY: Final = frozenset({"فحسب", "فقط", "وحده", "وحدها", "وحدهم", "وحدنا"})  # only, alone
_RATHER: Final = "بل"  # but, rather


def is_negative(unit: Unit, tokens: Sequence[Token], words: Words) -> bool:
    """Tell whether a statement negates what it says, and is no «not only …»."""
    return (unit.judgement.negated or denies_later(unit, tokens, words)) and not not_only(unit, tokens)


def denies_later(unit: Unit, tokens: Sequence[Token], words: Words) -> bool:
    """Tell whether the verb after a long subject, or after a comma, is negated."""
    first = main_clause(tokens, unit.first, unit.last)  # «we think that …»
    unit = replace(unit, first=main_answer(tokens, first, unit.last, words))
    later = range(unit.first + 2, unit.last - 1)
    opens = tokens[unit.first]
    noun = bool(opens.mentions) or not opens.text.startswith(_VERB_LETTERS)
    if not noun or opens.among(words.all("prepositions")):
        return False
    if any(tokens[p].text in NEGATIONS and tokens[p - 1].text == "," for p in later):
        return True
    return _main_verb(unit, tokens, words) in _WILL_DID_NOT | {_DOES_NOT}


def not_only(unit: Unit, tokens: Sequence[Token]) -> bool:
    """Tell whether a negation is «not only …», and «but» goes on to say more: nothing is denied."""
    only = next((i for i in range(unit.first + 1, unit.last) if tokens[i].text in _ONLY), unit.last)
    return any(tokens[i].text == _RATHER for i in range(only + 1, min(only + _LEAD, unit.last)))


def _main_verb(unit: Unit, tokens: Sequence[Token], words: Words) -> str:
    """Return the first verb or negation of a statement after its subject, "" where a clause comes first.

    After «any», a verb belongs to the subject («any plan that leaves out X will not …»), as one does that
    «does not» negates after a noun without the article («a state that does not …»).
    """
    anyone, aside, before = tokens[unit.first].text == ANY, 0, tokens[unit.first]
    for place in range(unit.first, unit.last - 1):
        token = tokens[place]
        aside += (token.text == "(") - (token.text == ")")
        if aside or token.text == ")":
            continue
        if token.text == _DOES_NOT:
            known = is_definite(before.text) or before.text[:2] in _NAMED
            told = known and bool(PRESENT.match(tokens[place + 1].text))
            return token.text if told and not has_cue(tokens, place, words.cues["not_negation"]) else ""
        if token.text in _WILL_DID_NOT or (not anyone and (is_past(token) or is_verb(token, words))):
            return token.text
        if token.bare in TURNS | THAT_CLAUSE or token.text in COMMAS | {"“"}:
            return ""
        if place > unit.first and not anyone and token.among(words.all("reported_by")):
            return token.text  # «the envoy stressed …»
        before = token
    return ""
