"""Count the words of a statement, and tell whether there are more than dates: hashtags are none.

Chosen over counting tokens, which takes a name of five words for one and a hashtag for a word.
"""

from __future__ import annotations

from collections.abc import Sequence

from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Token
from musnad.understanding.setting import Setting, printed


def length(tokens: Sequence[Token], place: int, setting: Setting) -> int:
    """Return how many words of a statement a token is; hashtags are none."""
    token = tokens[place]
    if not _counts(tokens, place):
        return 0
    return len(printed(token, setting).split()) if token.mentions else 1


def only_dates(tokens: Sequence[Token], words: Words) -> bool:
    """Tell whether words only say when what stands before them happened («and it began in May»)."""
    named = (t for t in tokens[1:] if t.mentions or (t.is_word and not t.edtf))
    return any(t.edtf for t in tokens) and all(t.among(words.all("prepositions")) for t in named)


def _counts(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a token is a word of a statement: hashtags are none."""
    tagged = place > 0 and tokens[place - 1].text == "#"
    token = tokens[place]
    return (token.is_word or bool(token.mentions or token.edtf)) and not tagged
