"""Take the dead, and what was attacked, with the words that say which they are.

«عشرون قتيلاً في صفوف القوات» are no twenty at large, «منزل في قرية …» no house at large. What follows them
says so, past the end of what a form takes. Chosen over (a) longer expressions, which each form would
compile, and (b) the words up to the next comma, which tell how and when as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from musnad.model import Thing
from musnad.understanding.forms import Form
from musnad.understanding.particles import ARTICLE, IN, is_definite
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.setting import Setting
from musnad.understanding.tagging import head_of, readings

_TOLLS: Final = frozenset({"TOLL", "DEAD", "VICTIMS"})
_AIMS: Final = frozenset({"AIM", "TARGET", "SITE"})
_RANKS: Final = "صفوف"  # ranks
_INTO: Final = frozenset({IN, "من", "بين"})  # in, of, among
_AMONG, _OF = "بين", "من"  # among, of
_BOTH: Final = frozenset({"الطرفين", "الجانبين", "الفريقين", "الجيشين"})  # both sides
_PEOPLE: Final = frozenset({"الاطفال", "السكان", "الاهالي", "الجنود", "النساء", "الركاب", "الضباط", "العمال"})
_OF_THEM: Final = frozenset({"منهم", "منها"})  # of them
_GROUP: Final = "ين"  # ending of a group after a preposition
_RELATIONS: Final = ("ي", "يه", "يا", "يين", "يون", "يان", "يتين")  # endings of adjectives of a nation
_AT: Final = frozenset({IN, "ب+"})  # in, in (written on a name)
_DEFINED: Final = 3  # definite words that name whose ranks they are


def widened(
    form: Form,
    slots: Mapping[str, tuple[Token, ...]],
    match: tuple[Sentence, str, int],
    setting: Setting,
) -> tuple[dict[str, tuple[Token, ...]], int]:
    """Return slots and the end of a match, the dead and what was attacked with all that says which."""
    (sentence, relation, last), whole = match, dict(slots)
    tokens = sentence.tokens
    for name in ("subject", "object"):
        kind, taken = form.kinds.get(name, ""), slots.get(name, ())
        dead = kind in _TOLLS or (not kind and relation == "killed")
        if not taken or not (dead or kind in _AIMS):
            continue
        first, end = tokens.index(taken[0]), tokens.index(taken[-1]) + 1
        first -= kind in _AIMS and first > 0 and _counts(tokens[first - 1 : first + 1], setting)
        more = _dead_end(tokens, end, setting) if dead else _where_end(tokens, (first, end), setting)
        others = [token for each, other in slots.items() if each != name for token in other or ()]
        more = end if any(token in others for token in tokens[end:more]) else more
        whole[name] = tuple(tokens[first:more])
        last = max(last, more)
    return whole, last


def tells(whole: Thing, part: Thing) -> bool:
    """Tell whether words name the same dead, or say more of them («115 men», «115 men of X»)."""
    return whole.label == part.label or whole.label.startswith(f"{part.label} ")


def told_of(tokens: Sequence[Token]) -> int:
    """Return how many tokens at the end of a toll say whose or who the dead are, 0 if none does."""
    for at in range(1, len(tokens)):
        if _whose_end(tokens, at) == len(tokens) > at:
            return len(tokens) - at
    return 0


def is_within(tokens: Sequence[Token], setting: Setting) -> bool:
    """Tell whether words for a site say where it lies («منزل في قرية …»), so that no town is meant."""
    last = len(tokens) - 1
    named = [at for at, token in enumerate(tokens) if token.mention and token.text[1] == "L"]
    return named == [last] and any(
        _where_end(tokens, (0, end), setting) == last + 1 for end in range(1, last)
    )


def _counts(tokens: Sequence[Token], setting: Setting) -> bool:
    """Tell whether the first of two words says how many there are of the other («ثلاثة جنود»)."""
    word, noun = tokens
    return is_number(word, setting) and noun.is_word and not is_definite(noun.text)


def is_number(token: Token, setting: Setting) -> bool:
    """Tell whether a word says how many there are of what follows it."""
    return token.text[:1].isdigit() or token.text in setting.patterns.words.all("small_numbers")


def _dead_end(tokens: Sequence[Token], end: int, setting: Setting) -> int:
    """Return the end of what tells of the dead: their nation («إماراتيان»), then whose they are."""
    while end < len(tokens) and tokens[end].text.endswith(_RELATIONS):
        one = tokens[end].text
        if not setting.place_of(one.removesuffix("ان") if one.endswith("يان") else one):  # two of a nation
            break
        end += 1
    return _whose_end(tokens, end)


def _whose_end(tokens: Sequence[Token], end: int) -> int:
    """Return the end of «in the ranks of X», «among the …», «of both sides» at a token, else the token."""
    word, following = (tokens[at].text if at < len(tokens) else "" for at in (end, end + 1))
    if word in _OF_THEM and tokens[end - 1].text[:1].isdigit():
        return end + 1  # «29 of them»
    if word in _INTO and following == _RANKS:
        at = end + 2
        if at < len(tokens) and tokens[at].mentions:
            return at + 1
        return _definite_end(tokens, at) if at < len(tokens) else end
    group = following in _PEOPLE or (following.startswith(ARTICLE) and following.endswith(_GROUP))
    if (word == _AMONG and group) or (word == _OF and following in _BOTH):
        return end + 2
    return end


def _definite_end(tokens: Sequence[Token], at: int) -> int:
    """Return the end of a definite noun with its adjectives, or of a noun and the name after it."""
    if not is_definite(tokens[at].text):
        named = at + 1 < len(tokens) and bool(tokens[at + 1].mentions)
        return at + 2 if named else at - 2
    last = at
    while last < min(at + _DEFINED, len(tokens)) and tokens[last].is_word and is_definite(tokens[last].text):
        last += 1
    return last


def _where_end(tokens: Sequence[Token], span: tuple[int, int], setting: Setting) -> int:
    """Return the end of «in the village of X» after a single thing there, else the end of the span."""
    words, (first, end) = setting.patterns.words, span
    sites = words.all("single_sites")
    if not any(head_of(reading, sites) for reading in readings(tokens[first].text)):
        return end
    if end + 1 >= len(tokens) or any(token.mention for token in tokens[first:end]):
        return end
    leads, word = words.any_of(("place_leads", "scene_leads", "sides")), tokens[end].text
    if word in _AT or word.removeprefix("ب") in leads:
        lead = end + 1 + (word in _AT and tokens[end + 1].among(leads))
        name = tokens[lead].mention if lead < len(tokens) else None
        return lead + 1 if name is not None and name.type == "PLACE" else end
    return end
