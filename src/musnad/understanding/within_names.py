"""Read who attacks whom from the words of a name: «قصف مدينة …», «عملية عسكرية», «العدوان على …».

The name of an attack is one token to the patterns, which look for its noun and for whom it was aimed at. So
a sentence with such a name is read once more with the words of the name, and what that says of attacks is
put where the name stands. Chosen over (a) forms that take the name for a noun, each form twice, which would
still not see whom a name holds, and (b) no names for attacks, whose place and date could not be told then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from musnad.folding import Folded, fold, fold_name
from musnad.model import Mention
from musnad.understanding.particles import ARTICLE
from musnad.understanding.sentences import Pieces, Sentence, Token, numbered, outermost
from musnad.understanding.sequences import Draft, read_sequences
from musnad.understanding.setting import Setting

_ATTACKED: Final = "attacked"
_CONQUESTS: Final = "conquests"
_DEEDS: Final = ("assaults", "strikes", "wars", "deeds_of_war", _CONQUESTS, "crimes")  # word lists
_ENDING: Final = "ا"  # case ending
_MARKS: Final = frozenset({"\n", '"'})


def read_attacks_in_names(
    sentences: Sequence[Sentence], number: int, setting: Setting, found: Sequence[Draft]
) -> list[Draft]:
    """Return the attacks that sentence `number` tells with the names of attacks; `found` are known."""
    sentence, back = _opened(sentences[number], setting)
    if not back:
        return []
    lines = [*sentences[:number], sentence, *sentences[number + 1 :]]
    drafts = read_sequences(lines, number, setting, only=_ATTACKED)
    moved = [replace(each, first=back[each.first], last=back[each.last - 1] + 1) for each in drafts]
    known = {_said(draft) for draft in found}
    return [draft for draft in moved if _said(draft) not in known]


def _said(draft: Draft) -> tuple[str, str, str]:
    return draft.pattern.relation, draft.subject.label, draft.object.label


def _opened(sentence: Sentence, setting: Setting) -> tuple[Sentence, list[int]]:
    """Return a sentence with the words of its names of attacks, and from which token each of its tokens is.

    Nothing is opened, and the list is empty, where it has no such name.
    """
    words = setting.patterns.words
    deeds = {"EVENT": words.any_of(_DEEDS), "ORG": words.all(_CONQUESTS)}
    named = [at for at, token in enumerate(sentence.tokens) if _is_attack(token, deeds)]
    if not named:
        return sentence, []
    tokens, back = list[Token](), list[int]()
    for at, token in enumerate(sentence.tokens):
        inner = [token]
        if at in named:
            start = token.start
            if tokens and tokens[-1].text.endswith("+"):  # «by», «to», «and» belong to the word again
                start = tokens.pop().start
                back.pop()
            inner = _words(start, token.mentions[0], setting)
        tokens += inner
        back += [at] * len(inner)
    return numbered(tokens, (sentence.zone, sentence.post, sentence.paragraph)), back


def _is_attack(token: Token, deeds: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether a token is a name that begins with a word for an attack, or for an occupation."""
    if token.mention is None:
        return False
    first = fold_name(token.mention.label).partition(" ")[0].removeprefix(ARTICLE)
    known = deeds.get(token.mention.type, frozenset())
    return first in known or first.removesuffix(_ENDING) in known


def _words(start: int, event: Mention, setting: Setting) -> list[Token]:
    """Return the tokens from a place to the end of an event: its words, and the names within it."""
    text = setting.document.text
    inner = [m for m in setting.mentions if event.start < m.start and m.end <= event.end]
    pieces = Pieces(text, _folded(text), outermost(inner, setting.anonymous), (), setting.anonymous)
    return [token for token in pieces.tokens(start, event.end) if token.text not in _MARKS]


@lru_cache(maxsize=1)
def _folded(text: str) -> Folded:
    """Return a text folded, once for all names of a document."""
    return fold(text)
