"""Find where a text turns from one speaker to another: «…, but the mayor denied it», «…, while X said …».

What stands before belongs to whoever spoke, what follows to the subject of the new clause. Chosen over
(a) leaving the clause to the first speaker, which puts the answer of another into a mouth, and (b) ending
every report at «but», after which mostly the same one goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from musnad.understanding.going_on import BUT_HE
from musnad.understanding.modality import has_cue
from musnad.understanding.new_clauses import said_meanwhile
from musnad.understanding.particles import (
    AND,
    AS_FOR,
    BUT,
    COMMAS,
    HAD,
    MEANWHILE,
    OF_SPEAKER,
    SO,
    THAT,
    THAT_CLAUSE,
    THAT_NOT,
)
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Token
from musnad.understanding.speakers import may_speak

_LEAST: Final = 3  # tokens that someone says before the text goes on
_REACH: Final = 10  # tokens from «but» to the verb of its clause
_EXCEPT: Final = frozenset({THAT_NOT, "غير", "بيد"})  # except, yet: before «that»
_CASE: Final = "ا"  # ending of the accusative
_THEY: Final = "وا"  # they did
_IN: Final = "في"  # in: «in a time», while
_WHEN: Final = "حين"  # time
_STOPS: Final = frozenset({"“", "”", ":", ".", ";", "؛"})


def turned_at(tokens: Sequence[Token], verb: int, words: Words) -> int | None:
    """Return the token of «but» or «while» with which the clause of a verb begins, None where none does.

    Who speaks in the clause is named between the two.
    """
    if tokens[verb].text != tokens[verb].bare:
        return _as_for(tokens, verb)
    for place in range(verb - 1, max(-1, verb - _REACH), -1):
        token = tokens[place]
        if token.text in _STOPS or (place < verb - 1 and token.among(words.all("reported_by"))):
            return None
        first = place + _turn(tokens, place)
        if first > place:
            apart = place == 0 or tokens[place - 1].text in COMMAS | {"”"} or token.bare in BUT
            return place if apart and first < verb and _may_speak(tokens[first], words) else None
    return None


def _as_for(tokens: Sequence[Token], verb: int) -> int | None:
    """Return the token of «as for» before who speaks with a verb after «then» («as for X, he thought»)."""
    if tokens[verb].text[0] != SO:
        return None
    near = range(max(1, verb - _REACH), verb)
    return next((at for at in near if tokens[at].bare in AS_FOR and tokens[at - 1].text in COMMAS), None)


def turns_back(tokens: Sequence[Token], verb: int) -> int | None:
    """Return the token of «but he», «except that he» right before a verb, None where neither stands there."""
    if verb and tokens[verb - 1].bare in BUT_HE:
        return verb - 1
    except_he = verb > 1 and tokens[verb - 1].bare in OF_SPEAKER and tokens[verb - 2].text in _EXCEPT
    return verb - 2 if except_he else None


def _may_speak(token: Token, words: Words) -> bool:
    """Tell whether a word may begin whoever speaks, in the accusative too («but an official said»)."""
    plain = token.is_word and token.text.endswith(_CASE)
    if token.among(words.any_of(("colleges", "groups", "party_groups"))):
        return True
    return may_speak(token, words) or (plain and may_speak(replace(token, text=token.text[:-1]), words))


def _turn(tokens: Sequence[Token], place: int) -> int:
    """Return how many tokens «but», «except that», «while» has at a place, 0 where none stands there."""
    token, following = tokens[place], tokens[place + 1].text if place + 1 < len(tokens) else ""
    if token.text in _EXCEPT and following in THAT:
        return 2
    if token.text == _IN and following == _WHEN:
        that = place + 2 < len(tokens) and tokens[place + 2].text in THAT | {HAD}
        return 2 + that
    return int((token.bare in BUT and token.bare not in BUT_HE) or token.text in MEANWHILE)


def words_end(tokens: Sequence[Token], first: int, last: int, words: Words) -> int:
    """Return where someone's words end: before «while» and the like, added outside quotations."""
    quoted = sum((t.text == "“") - (t.text == "”") for t in tokens[first : first + _LEAST])
    clause = first > 0 and tokens[first - 1].bare in THAT_CLAUSE | OF_SPEAKER | {":"}
    for place in range(first + _LEAST, last):
        quoted += (tokens[place].text == "“") - (tokens[place].text == "”")
        if quoted > 0 or has_cue(tokens, place, words.lists["not_contrast"]):
            continue
        if clause and said_meanwhile(tokens, place, words):
            continue
        comments = tokens[place - 1].text in COMMAS and tokens[place].among(words.all("participles"))
        sourced = tokens[place - 1].text in COMMAS and tokens[place].text in words.all("according")
        tells = tokens[place].text[0] == AND and tokens[place].bare in words.all("tells_on")
        tells = tells and tokens[place - 1].text in COMMAS
        if comments or sourced or tells or has_cue(tokens, place, words.lists["contrast"]):
            return place
        if _tells(tokens[place], words) and (turn := _turn_before(tokens, place, words)) > first:
            return turn
    turn = _turn_before(tokens, last, words) if last < len(tokens) else first
    return turn if turn > first else last


def _tells(token: Token, words: Words) -> bool:
    """Tell whether a word is a verb by which somebody speaks or takes a stance, of several too."""
    known = words.any_of(("reported_by", "takes_sides"))
    return token.among(known) or (token.bare.endswith(_THEY) and token.bare.removesuffix(_THEY) in known)


def _turn_before(tokens: Sequence[Token], verb: int, words: Words) -> int:
    """Return where the clause of a verb by which somebody else speaks begins, -1 where none stands there."""
    back = turns_back(tokens, verb) if tokens[verb].among(words.all("reported_by")) else None
    turn = turned_at(tokens, verb, words) if back is None else back
    return -1 if turn is None else turn
