"""Tell which names only say for, against or from whom somebody is: «groups opposed to X».

What such people do is not done by X, nor to X; the name stays for claims of the bond itself. Chosen over (a)
taking the name out of the sentence, which loses that bond, and (b) every name after a preposition, which is
as often a part of whom it names («fighters of X»).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from musnad.folding import fold_name
from musnad.understanding.particles import AND_NAME, ARTICLE, PRONOUNS, TO, WAS, is_definite
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Token
from musnad.understanding.stance_objects import TAKEN

if TYPE_CHECKING:
    from musnad.understanding.sequences import Draft

_DEEDS: Final = frozenset(
    {
        "participatedIn", "metWith", "attacked", "killed", "agreedOn", "organised",
        *TAKEN, "demanded", "planned", "announced", "denied", "stated",
    }
)  # fmt: skip
_MUTUAL: Final = frozenset({"metWith", "agreedOn"})
_LINKS: Final = frozenset({"في", "من", "عن", "علي", "مع", "الي", "لدي", "ضد", "ب+", *TO})  # by, on, to …
_ALWAYS: Final = frozenset({"ضد", "لدي"})  # against, in the hands of
_BESIDE: Final = ("الي", "جانب")  # at the side of
_ENDINGS: Final = ("تين", "تان", "ين", "ون", "ان", "ات", "ه", "ا", "ي")  # of gender, number and case
_BELONGING: Final = "تابع"  # belonging
_GUNMEN: Final = frozenset({"مسلحون", "مسلحين"})  # gunmen of X are its own, «armed by X» is a bond
_TITLE: Final = 2  # words of a title before a name


def unbound(drafts: Iterable[Draft], tokens: Sequence[Token], words: Words) -> list[Draft]:
    """Return the drafts that tell no deed of somebody who is only told to be for, against or from whom."""
    return [
        draft
        for draft in drafts
        if not any(_is_only_bound(end, draft, tokens, words) for end in _ends(draft.pattern.relation))
    ]


def _ends(relation: str) -> tuple[str, ...]:
    """Return which ends of a relation must not be somebody's bond; that of a stance is what it is about."""
    return () if relation not in _DEEDS else ("subject",) if relation in TAKEN else ("subject", "object")


def _is_only_bound(end: str, draft: Draft, tokens: Sequence[Token], words: Words) -> bool:
    """Tell whether an end of a draft is named in its words, each time only as whose side somebody takes.

    What a draft begins with is nobody's bond if it suffers the deed («left X, which Y took»).
    """
    relation = draft.pattern.relation
    acts = end == "subject" or relation in _MUTUAL
    entity = getattr(draft, end).entity
    first = draft.first + 2 * (end == "object")
    places = [
        place
        for place in range(draft.first, draft.last)
        if entity and any(mention.entity == entity for mention in tokens[place].mentions)
    ]
    if relation in TAKEN and any(_is_whose(t, words) for t in tokens[draft.first : draft.last]):
        return False  # «whom X backs» tells whose backing it is
    return bool(places) and all(
        place >= first and is_bound(tokens, place, words, acts=acts) for place in places
    )


def is_bound(tokens: Sequence[Token], name: int, words: Words, *, acts: bool = False) -> bool:
    """Tell whether the words before a name say for, against or from whom somebody is («opposed to X»).

    `acts`: whether the name would be that of who acts; «strikes against X» are no bond of whom they hit.
    """
    if name > 1 and tokens[name - 1].text == AND_NAME and tokens[name - 2].mentions:  # «opposed to X and Y»
        return _holds_bond(tokens[name - 2], words) or is_bound(tokens, name - 2, words, acts=acts)
    link = name - 1
    while link > max(0, name - 1 - _TITLE) and tokens[link].is_word and is_definite(tokens[link].text):
        link -= 1  # «opposed to the president X»
    if link < 1:
        return False
    text, before = tokens[link].text, tokens[link - 1]
    if _is_whose(tokens[link], words) or (acts and (text in _ALWAYS or (before.text, text) == _BESIDE)):
        return before.is_word
    if text not in _LINKS or not before.is_word:
        return False
    if before.bare.removeprefix(ARTICLE) in _GUNMEN:
        return False
    stem = _stem(before.bare)
    leads = tokens[link - 2] if link > 1 else before
    was = leads.bare in WAS and stem == _BELONGING
    return stem in words.all("bonds") or was or _is_whose(leads, words)  # «led by officers of X»


def _is_whose(token: Token, words: Words) -> bool:
    """Tell whether a word makes the name after it that of whose opponents somebody is, or who backs them."""
    stems = {token.bare.removesuffix(tail) for tail in PRONOUNS if token.bare.endswith(tail)}
    return token.bare in words.all("partisans") or bool(stems & words.all("backs_them"))


def _holds_bond(token: Token, words: Words) -> bool:
    """Tell whether a name itself says whose side somebody takes («the forces loyal to X»)."""
    named = fold_name(token.mentions[0].label).split()
    return any(_stem(word) in words.all("bonds") for word in named[1:])


def _stem(adjective: str) -> str:
    """Return an adjective without its article and its endings of gender, number and case."""
    word = adjective.removeprefix(ARTICLE)
    ending = next((end for end in _ENDINGS if word.endswith(end) and len(word) - len(end) > 2), "")
    return word.removesuffix(ending)
