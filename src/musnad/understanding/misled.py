"""Tell whether a match takes for who acts, is met or joined, somebody whom its words tie to something else.

«Will meet with the president X …, before he goes to meet Y»: X meets nobody there. «Steps on the border with
Y» meet no Y, «an alliance against Y that takes in X» makes X no member of Y. Chosen over (a) forms that name
each word that may stand before a name, and (b) a parser.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from musnad.understanding.particles import ARTICLE, COMMAS, TO, TO_THE, WHO, is_definite
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Token

_DEEDS: Final = frozenset({"metWith", "participatedIn", "supported", "rejected", "agreedOn"})
_GOVERN: Final = frozenset(
    {"من", "الي", "مع", "عن", "ضد", "لدي", "ب+", *TO}
)  # from, to, with, about, against …
_FUSED: Final = ("بال", "كال", TO_THE)  # with the, as the, to the
_IS: Final = frozenset({"هو", "هي", "هم"})  # who is
_WITH: Final = "مع"  # with
_FROM: Final = "من"  # from, of


def is_misled(
    relation: str,
    tokens: Sequence[Token],
    slots: Mapping[str, Sequence[Token]],
    first: int,
    words: Words,
) -> bool:
    """Tell whether an end of a match that begins at token `first` is none, for what stands before it."""
    subject, thing = slots.get("subject", ()), slots.get("object", ())
    opens = bool(subject) and subject[0] is tokens[first]
    if (
        relation in _DEEDS
        and opens
        and not _is_described(tokens, subject)
        and _is_governed(tokens, first, words)
    ):
        return True
    if not thing or thing[0] not in tokens or not tokens.index(thing[0]):
        return False
    at = tokens.index(thing[0])
    if relation == "memberOf":
        return tokens[at - 1].among(words.all("turned_on"))
    bound = tokens[at - 1].text == _WITH and at > 1
    return relation == "metWith" and bound and tokens[at - 2].among(words.all("ties_with"))


def _is_described(tokens: Sequence[Token], subject: Sequence[Token]) -> bool:
    """Tell whether words that describe whom a slot names follow («X, who backs Y», «X, which is …»)."""
    after = tokens.index(subject[-1]) + 1
    after += after < len(tokens) and tokens[after].text in COMMAS
    if after >= len(tokens):
        return False
    return tokens[after].bare in WHO | _IS or (tokens[after].is_word and is_definite(tokens[after].text))


def _is_governed(tokens: Sequence[Token], first: int, words: Words) -> bool:
    """Tell whether a preposition governs who stands at a token, so that they are not who acts."""
    text = tokens[first].text
    if tokens[first].is_word and text.startswith(_FUSED) and not text.startswith(ARTICLE):
        return True
    if not first or tokens[first - 1].text not in _GOVERN:
        return False
    share = tokens[first - 2] if first > 1 else None
    return not (tokens[first - 1].text == _FROM and share and share.among(words.all("shares_of")))
