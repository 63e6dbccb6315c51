"""Find a further stance that «and» joins to one: «X backs … and rejects …», «its backing and refusal of …».

Chosen over (a) a subject for each verb, which the second has none of, and (b) taking the second verb for
another's, which loses half of what a statement takes sides in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from musnad.understanding.particles import AND, FEMININE_PAST
from musnad.understanding.patterns import Pattern, Words
from musnad.understanding.sentences import Token
from musnad.understanding.speakers import may_speak
from musnad.understanding.stance_nouns import STANCES, owned, with_feminine
from musnad.understanding.utterances import Utterance

# Each list of verbs, and the pattern that reads their stance.
_BY_VERB: Final = (
    ("reject", "stance-reject-verb"),
    ("support", "stance-support-verb"),
    ("backs", "stance-back"),
)
_REJECTING: Final = frozenset(
    {"رفض", "ادانه", "استنكار", "معارضه", "شجب", "تنديد"}
)  # refusal, condemnation …
_OPENS: Final = frozenset({"ب+", "ل+", "على", "علي", "عن"})  # what a verb or a noun takes before its object
_SHE: Final = "ت"  # first letter of «she backs»
_LEAST: Final = 2  # tokens of a further stance


def further_stance(
    utterance: Utterance, end: int, tokens: Sequence[Token], entries: Mapping[str, Pattern], words: Words
) -> Utterance | None:
    """Return the stance that begins at the end of another's object, if «and» joins one to it."""
    if end + _LEAST > len(tokens) or tokens[end].text[0] != AND:
        return None
    direct = utterance.pattern.content == "direct"
    name = _by_verb(utterance, end, tokens, words) if direct else _by_noun(tokens[end], words)
    if not name or name not in entries:
        return None
    begin = end + 1 + (tokens[end + 1].text in _OPENS)
    last = utterance.last if end + _LEAST <= utterance.last else len(tokens)
    return replace(utterance, pattern=entries[name], first=end, last=last, object=begin, start=end)


def _by_verb(utterance: Utterance, end: int, tokens: Sequence[Token], words: Words) -> str:
    """Return the pattern of a verb that goes on with the subject of another, "" where it has its own."""
    verb, following = tokens[end], tokens[end + 1]
    name = next((name for verbs, name in _BY_VERB if verb.among(words.all(verbs))), "")
    own = following.mentions or may_speak(following, words)
    return name if not own and _is_she(verb.bare) == _is_she(tokens[utterance.first].bare) else ""


def _is_she(verb: str) -> bool:
    """Tell whether a verb is that of a woman or a body: «ترفض», «رفضت»."""
    return verb.endswith(FEMININE_PAST) or verb.startswith(_SHE)


def _by_noun(token: Token, words: Words) -> str:
    """Return the pattern of «and its refusal of …», "" for other nouns."""
    stems = with_feminine(owned(token))
    if not stems & words.any_of(STANCES):
        return ""
    return "stance-reject" if stems & _REJECTING else "stance-support"
