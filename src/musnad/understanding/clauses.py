"""Tell where a clause begins and whether words have a verb: by lists, and by shapes that only verbs have.

Chosen over (a) a tagger, which a page of another style misleads, and (b) lists alone, with too few verbs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from musnad.understanding.modality import has_cue, is_future
from musnad.understanding.particles import (
    AGO,
    AND,
    ARTICLE,
    COMMAS,
    FEMININE_PAST,
    FEMININE_PLURAL,
    HAD,
    HE,
    NEGATIONS,
    WAS,
    WHAT,
    WHO,
)
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Token
from musnad.understanding.verbal_nouns import is_act

_PRESENT: Final = re.compile(r"[يتن]\w{2,}\Z")  # a verb of the present: he, she, we
_THESE: Final = frozenset({"هم", "هذا", "هذه", "هولاء"})  # they, this, these: begin a clause after «and»
_AND: Final = ("و", "و+")  # and, before a name
_BETWEEN: Final = "بين"  # between
_PLAIN: Final = 4  # letters of a word that «with» or «to» may be written on
_WHAT: Final = frozenset({WHAT, "مما", "عما", "فيما", "بما", "اذ"})  # what, of what …
_THERE: Final = frozenset({"هناك", "ثمه", "هنالك", "هو", "هي", "لا", "ليس"})  # there is, he is, is not
_OF_NOUNS: Final = ("ا", "ات", "ه")  # endings that a verb of the present seldom has
_HER: Final = "ها"  # her: may be the object of a verb
_MAIN: Final = 5  # tokens of a clause that something is added to
_TAIL: Final = 3  # tokens of what is added
_THEY: Final = "وا"  # they did
_TOWARDS: Final = frozenset({"تجاه", "تحت", "تبعا", "نحو", "نظرا", "تقريبا", "تماما"})  # like verbs in shape
_OPENING: Final = frozenset({"(", "“"})
_CLOSING: Final = frozenset({")", "”"})
_AFTER: Final = "بعد"  # after
_LEAST: Final = 3  # tokens before «and» among which «between» stands


def tells(tokens: Sequence[Token], place: int, words: Words) -> bool:
    """Tell whether a verb stands at a place, listed or with the ending of the past; not after «which»."""
    verb = is_verb(tokens[place], words) or is_past(tokens[place])
    return verb and tokens[place - 1].bare not in WHO


def is_past(token: Token) -> bool:
    """Tell whether a word has the ending of the past, she or they, and the shape of no noun."""
    bare = token.bare
    past = bare.endswith(FEMININE_PAST) and not bare.endswith(FEMININE_PLURAL)
    past = (past or bare.endswith(_THEY)) and len(bare) > _PLAIN
    return token.is_word and past and not bare.startswith(ARTICLE)


def begins_clause(tokens: Sequence[Token], place: int, words: Words) -> bool:
    """Tell whether «and» with a verb, or with a name and its verb, begins a clause of its own."""
    token = tokens[place]
    if token.text[0] != AND:
        return False
    if token.text in _AND:
        listed = any(token.text == _BETWEEN for token in tokens[max(0, place - _LEAST) : place])
        if listed or (place and tokens[place - 1].mentions):
            return False  # «X and Y will meet»: a list
        named = place + 2 < len(tokens) and bool(tokens[place + 1].mentions)
        return named and is_verb(tokens[place + 2], words)
    if not token.is_word or token.mentions:
        return False
    bare = token.bare
    noun = bare.endswith(FEMININE_PLURAL) or bare.startswith(ARTICLE)
    past = bare.endswith(FEMININE_PAST) and not noun
    return bare in WAS | _THESE | {HAD} or is_verb(token, words) or (past and len(bare) > _PLAIN)


def is_verb(token: Token, words: Words) -> bool:
    """Tell whether a word is a verb: a listed one, the present of «he», a future, or a negation."""
    bare = token.bare
    listed = bare in words.all("clause_verbs") or bare in NEGATIONS | WAS
    present = bare[:1] == HE and bool(_PRESENT.match(bare)) and bare not in words.all("not_present")
    return token.is_word and (listed or present or is_future(token, words))


def says_on(tokens: Sequence[Token], span: tuple[int, int], words: Words) -> bool:
    """Tell whether words after a comma have a verb before the next one, and do not only name something.

    A verb after «which», «what» belongs to what is named («the party, which won …»).
    """
    first, last = span
    end = next((i for i in range(first + 1, last) if tokens[i].text in COMMAS), last)
    return any(may_tell(tokens, place, words) for place in range(first, end))


def may_tell(tokens: Sequence[Token], place: int, words: Words) -> bool:
    """Tell whether a word may be the verb of its clause: she does, they do, he did."""
    token, before = tokens[place], tokens[place - 1].bare
    if before in WHO or before in _WHAT or not token.is_word or token.bare in _TOWARDS:
        return False
    noun = token.bare.endswith(_OF_NOUNS) and not token.bare.endswith(_HER)
    present = bool(_PRESENT.match(token.bare)) and not is_act(token) and not noun
    return tells(tokens, place, words) or present or token.bare in _THERE


def without_tail(tokens: Sequence[Token], first: int, last: int, words: Words) -> int:
    """Return where a statement ends that only adds why, what for or since when after its clause.

    A condition stays: without it more would be said than was said.
    """
    for place in range(first + _MAIN, last - _TAIL):
        comma = tokens[place - 1].text == ","
        if not has_cue(tokens, place, words.lists["tails" if comma else "tails_anywhere"]):
            continue
        end = place - comma
        long = has_cue(tokens, place, words.lists["tails_long"])
        inserted = comma and not long and any(tokens[i].text == "," for i in range(place, last))
        opened = sum((t.text in _OPENING) - (t.text in _CLOSING) for t in tokens[first:end])
        if inserted or opened or not any(may_tell(tokens, i, words) for i in range(first, end)):
            continue
        if any(has_cue(tokens, i, words.cues["conditional"]) for i in range(end, last)):
            return last
        return end
    return last


def after_when(tokens: Sequence[Token], first: int, last: int) -> int:
    """Return the token after «within two days» at the start of a statement."""
    return first + 2 * (tokens[first].bare in AGO | {_AFTER} and first + 2 < last)


def stresses_duty(tokens: Sequence[Token], first: int, words: Words) -> bool:
    """Tell whether words stress the importance of an act («the importance of opening …»): a demand."""
    important = tokens[first].text in words.all("importance") and first + 1 < len(tokens)
    return important and tokens[first + 1].text in words.all("asked_acts")
