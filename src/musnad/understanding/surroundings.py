"""Tell what the words before a name make of it: whose office, whose delegation, whom someone else replaces.

Chosen over (a) more slots in every form, which no form would ever have all of, and (b) patterns that look
back, which would have to name the words once for each order of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from musnad.model import Mention
from musnad.understanding.modality import has_cue
from musnad.understanding.particles import TO_THE, is_definite
from musnad.understanding.patterns import Pattern, Words
from musnad.understanding.sentences import Token
from musnad.understanding.stance_objects import TAKEN

_JOINED: Final = frozenset({"و+", "ل+"})  # and, to
_LISTED: Final = 5  # people in one sentence, which then lists them
_TOWARDS: Final = frozenset({"في", "الي", "من", "لدي", "ب+", "مدينه", "العاصمه"})  # in, to, from, at; city
_WHERE: Final = frozenset({"حيث"})  # where
_FOE: Final = "opponentOf"
_STANCES: Final = TAKEN | {_FOE}
_LEAGUES: Final = ("تحالف", "التحالف", "ائتلاف", "الائتلاف")  # coalition
_ALLIES: Final = frozenset({"حليف", "حليفه", "حلفاء", "شريك", "شريكه", "داخل"})  # ally of; inside
_THEM: Final = "هم"  # them
_VERB: Final = 4  # letters of a verb with «them»
# In, from, to, on, with, about, at, through, during.
_BESIDE: Final = frozenset({"في", "من", "الي", "علي", "مع", "عن", "لدي", "عبر", "خلال"})
_OFFICE: Final = 4  # tokens before a body among which its office stands
_REPLACING: Final = 2  # tokens before a person among which «as successor of» stands


def place_of_name(tokens: Sequence[Token], mention: Mention) -> int:
    """Return the place of a mention among the tokens of its sentence."""
    return next(place for place, token in enumerate(tokens) if mention in token.mentions)


def is_address(tokens: Sequence[Token], token: Token, words: Words) -> bool:
    """Tell whether a profession is only a form of address, or an adjective of an office.

    The first where a sentence lists people, the second after a name or a word with the article; «the
    president», «the minister» are adjectives of nothing.
    """
    at = tokens.index(token)
    if sum(1 for other in tokens if other.mention and other.text[1] == "P") >= _LISTED:
        return True
    noun = token.bare in words.all("ruling_offices")
    if token.text.startswith(TO_THE) or noun:  # «supporters of the president X»
        return False
    return at > 0 and (bool(tokens[at - 1].mentions) or is_definite(tokens[at - 1].text))


def is_beside(
    relation: str, tokens: Sequence[Token], slots: Mapping[str, Sequence[Token]], words: Words
) -> bool:
    """Tell whether who would take a stance or fight stands after a preposition.

    «In a talk with X, Y rejected …», «cooperation with X against …», «the ally of X in fighting …».
    """
    subject = slots.get("subject", ())
    if not subject or relation not in _STANCES:
        return False
    first = tokens.index(subject[0])
    after = min(first + len(subject), len(tokens) - 1)
    if relation == _FOE:
        league = subject[-1].mention is not None and subject[-1].mention.label.startswith(_LEAGUES)
        if league or not has_cue(tokens, after, words.lists["to_fight"]):
            return False
    elif not tokens[after].among(words.any_of(("rejects_plainly", "backs_plainly"))):
        return False
    plus = [token.text for token in tokens[max(0, first - 1) : first + 1] if token.text.endswith("+")]
    before = tokens[first - 1] if first else None
    beside = before is not None and (before.bare in _BESIDE or (relation == _FOE and _takes_along(before)))
    return beside or any(text != "و+" for text in plus)


def _takes_along(before: Token) -> bool:
    """Tell whether a word before a name tells of whom it is an ally, or whom it trained («دربتهم»)."""
    trained = before.is_word and before.text.endswith(_THEM) and len(before.text) > _VERB
    return trained or before.bare in _ALLIES


def is_replaced(tokens: Sequence[Token], mention: Mention, words: Words) -> bool:
    """Tell whether someone else takes the office of a person («elected as successor of …»)."""
    place = place_of_name(tokens, mention)
    replacing = {entry.split()[0] for entry in words.all("replacing")}
    before = tokens[max(0, place - _REPLACING) : place]
    return mention.type == "PERSON" and any(token.text in replacing for token in before)


def is_of_delegation(tokens: Sequence[Token], mention: Mention, words: Words) -> bool:
    """Tell whether an office is that of a body's delegation («وفد من الغرفة برئاسة …»)."""
    place = place_of_name(tokens, mention)
    return mention.type == "ORG" and place > 1 and tokens[place - 2].among(words.all("delegations"))


def stands_apart(
    pattern: Pattern, named: tuple[Sequence[Token], Mention], words: Words, *, of_office: bool
) -> bool:
    """Tell whether the words before a name say that it is no end of a claim of a pattern.

    `of_office`: whether it may be that of an office («the minister of X») that the claim is not about.
    """
    tokens, mention = named
    if pattern.relation == "holdsRole" and is_of_delegation(tokens, mention, words):
        return True
    if pattern.voice == "page":
        return False
    appoints = pattern.relation == "appointed" or pattern.implied
    office = of_office and is_of_office(tokens, mention, words)
    return office or (appoints and is_replaced(tokens, mention, words))


def is_ground(tokens: Sequence[Token], mention: Mention) -> bool:
    """Tell whether a place is only where somebody acts: «in X», «to X, where Y met …»."""
    place = place_of_name(tokens, mention)
    after = tokens[place + 1].bare if place + 1 < len(tokens) else ""
    before = tokens[place - 1].text if place else ""
    return mention.type == "PLACE" and (before in _TOWARDS or after in _WHERE)


def is_of_office(tokens: Sequence[Token], mention: Mention, words: Words) -> bool:
    """Tell whether a body or place only says of what someone is the head («the minister of …»)."""
    if mention.type not in {"ORG", "PLACE"}:
        return False
    place, offices = place_of_name(tokens, mention), words.all("heads")
    for token in reversed(tokens[max(0, place - _OFFICE) : place]):
        if token.among(offices):
            return True
        if not (token.is_word or token.text in _JOINED or token.text[:2] in {"<L", "<O"}):
            return False
    return False
