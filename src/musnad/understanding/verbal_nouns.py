"""Tell verbal nouns by their shape: «forming», «and opening», «negotiating».

Chosen over (a) a list of them, which no page respects, and (b) a stemmer, which takes them for their verbs.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from musnad.understanding.particles import AND, is_definite
from musnad.understanding.sentences import Token

# Shapes of the verbal noun with «and»: taf'il, tafa'ul, if'al, ifti'al, infi'al, istif'al.
_VERBAL_NOUN: Final = re.compile(r"و(?:ت\w{2}ي\w{1,2}|ت\wا\w{2}|ا\w{2,4}ا\w|است\w{2}ا\w)\Z")
TO_VERBAL_NOUN: Final = re.compile(r"[بل](?:ت\w{2}ي\w{1,2}|ا\w{2,4}ا\w|است\w{2}ا\w)\Z")
_MUTUAL: Final = re.compile(r"م\wا\w{2}ه\Z")  # verbal noun of mutual acts: mufa'ala
_OF_IT: Final = ("ها", "هم", "هما", "ه")  # of it, her, them


def is_owned_act(token: Token, acts: Collection[str]) -> bool:
    """Tell whether «and» and a verbal noun with a pronoun stand there («وتوجيهها»): of what is named before.

    `acts` are verbal nouns that their shape does not show.
    """
    tails = [tail for tail in _OF_IT if token.text.endswith(tail) and not is_definite(token.bare)]
    stems = {token.text.removesuffix(tail) for tail in tails if token.text[0] == AND}
    return any(_VERBAL_NOUN.match(stem) or stem[1:] in acts for stem in stems)


def is_act(token: Token, *, joined: bool = True) -> bool:
    """Tell whether a word is a verbal noun («تشكيل»), if `joined` one with «and» («وتشكيل»)."""
    if joined:
        return bool(_VERBAL_NOUN.match(token.text))
    noun = _VERBAL_NOUN.match(AND + token.text) or _MUTUAL.match(token.text)
    return bool(noun) and not is_definite(token.text)
