"""Pass over what only says when, how or on whose part something was said («yesterday», «for his part»).

Chosen over (a) adverbs in every pattern, which would be written thirty times, and (b) leaping to the next
name, which passes over whoever is named in the adverb itself.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from musnad.understanding.modality import OF
from musnad.understanding.office_ends import is_office
from musnad.understanding.particles import (
    AGO,
    CALLED,
    CLITICS,
    COMMAS,
    EACH_OF,
    FIRST,
    IN,
    IN_A_TEXT,
    IN_A_WAY,
    SAME,
    THAT,
    THIS,
    WHAT,
    YESTERDAY,
    is_definite,
    without_article,
)
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Token

_TO: Final = "ل"  # to
_OPENS, _CLOSES = frozenset({"(", "“"}), frozenset({")", "”"})
_ASIDE: Final = 10  # tokens of «in a speech in X» between a speaker and the words
_TITLE: Final = 5  # tokens of the name of an outlet
_THESE: Final = frozenset({"هذه", "تلك", "هذا", "ذلك"})  # these, those, this, that: before a noun
_SAME: Final = frozenset({"نفس", "ذات"})  # the same: before what was named
_CONTEXTS: Final = frozenset(  # the time, context, frame, regard, field, occasion
    {"الوقت", "السياق", "الاطار", "الصدد", "المجال", "الخصوص", "المناسبه", "الاثناء"}
)
_RETURN: Final = "المقابل"  # return
_TIME: Final = "وقت"
_SOME_TIME: Final = frozenset({"سابق", "لاحق", "متاخر", "مبكر", "واحد"})  # earlier, later, late, early, one


def skip_adverbs(tokens: Sequence[Token], place: int, words: Words) -> int:
    """Return the first token at or after a place that is no adverb or date."""
    adverbs, times = words.all("adverbs"), words.all("times")
    while place < len(tokens):
        following = tokens[place + 1].text if place + 1 < len(tokens) else ""
        same = tokens[place].text in _SAME and (is_definite(following) or following[:1] == "<")
        if tokens[place].edtf or tokens[place].text in adverbs or same:
            place += 1
        elif (
            (tokens[place].text in AGO and following in times)
            or (tokens[place].text == OF and following in words.all("own_sides"))
            or (tokens[place].text in IN_A_WAY and following)
        ):  # ago, since, during
            place += 2
        elif following == _TIME and tokens[place + 2 : place + 3] and tokens[place + 2].text in _SOME_TIME:
            place += 3  # «at an earlier time»
        elif now := _time_here(tokens, place, times) or _besides(tokens, place):
            place += now
        elif told := _after_outlet(tokens, place, words):
            place = told
        elif tokens[place].text == FIRST and (first := _day_before(tokens, place)):
            place = first
        elif tokens[place].text in words.all("edges_of_time") and without_article(following) in times:
            place += 2 + (place + 2 < len(tokens) and is_definite(tokens[place + 2].text))
        else:
            break
    return place


def _after_outlet(tokens: Sequence[Token], place: int, words: Words) -> int:
    """Return the token after «to the channel (…)», an outlet that no list knows, 0 where none stands."""
    word = tokens[place].text
    told = word[0] == _TO and word[1:] in words.all("outlets")
    opened = told and place + 1 < len(tokens) and tokens[place + 1].text in _OPENS
    closes = range(place + 2, min(place + 2 + _TITLE, len(tokens))) if opened else range(0)
    last = next((at + 1 for at in closes if tokens[at].text in _CLOSES), 0)
    return last + (0 < last < len(tokens) and is_definite(tokens[last].text))


def _time_here(tokens: Sequence[Token], place: int, times: Collection[str]) -> int:
    """Return how many tokens «this week», «last month» has at a place, 0 where it does not stand there."""
    following = tokens[place + 1].text if place + 1 < len(tokens) else ""
    this = tokens[place].text in THIS and is_definite(following) and without_article(following) in times
    last = is_definite(tokens[place].text) and without_article(tokens[place].text) in times
    return 2 * (this or (last and is_definite(following)))


def _besides(tokens: Sequence[Token], place: int) -> int:
    """Return how many tokens «at the same time», «in this context», «in return» has at a place, else 0."""
    if tokens[place].text != IN or place + 1 >= len(tokens):
        return 0
    following, after = (token.text for token in (*tokens[place + 1 : place + 3], tokens[-1])[:2])
    same = following in _CONTEXTS and after in SAME
    return 3 * (same or (following in _THESE and after in _CONTEXTS)) or 2 * (following == _RETURN)


def _day_before(tokens: Sequence[Token], place: int) -> int:
    """Return the token after «the day before yesterday» («أول من أمس»), 0 where it does not stand there."""
    place += 1 + (place + 1 < len(tokens) and tokens[place + 1].text == OF)
    return place + 1 if place < len(tokens) and tokens[place].text == YESTERDAY else 0


def before_time(tokens: Sequence[Token], first: int, last: int, words: Words) -> int:
    """Return where some words end without what follows them («an official, yesterday», «warned / of»)."""
    while last > first + 1:
        loose = tokens[last - 1].among(words.all("prepositions"))
        inner = next(
            (i for i in range(first + 1, last) if skip_adverbs(tokens, i, words) >= last), last - loose
        )
        if inner == last:
            break
        last = inner
    return last


def skip_call(tokens: Sequence[Token], place: int, words: Words) -> int:
    """Return the token after «the so-called», «His Excellency», or a bracket before a name."""
    if place + 2 < len(tokens) and tokens[place].text == WHAT and tokens[place + 1].text in CALLED:
        return place + 2 + (tokens[place + 2].text in CLITICS)
    if place + 2 < len(tokens) and (tokens[place].text, tokens[place + 1].text) == EACH_OF:
        return place + 2
    if place + 1 < len(tokens) and tokens[place].text in words.all("ranks"):
        return place + is_office(tokens[place + 1], words)  # «the sheikh, head of X, Y»
    if place + 1 < len(tokens) and tokens[place].among(words.all("honorifics")):
        return place + (is_office(tokens[place + 1], words) or bool(tokens[place + 1].mentions))
    bracket = place + 1 < len(tokens) and tokens[place].text == "(" and bool(tokens[place + 1].mentions)
    return place + bracket


def after_these(tokens: Sequence[Token], place: int) -> int:
    """Return the token after «these» before a noun («these circles think that …»)."""
    noun = place + 1 < len(tokens) and is_definite(tokens[place + 1].text)
    return place + (noun and tokens[place].text in _THESE)


def _after_text(tokens: Sequence[Token], place: int) -> int:
    """Return the token after «, in a speech in X,» behind whoever declares something."""
    begins = place + (place < len(tokens) and tokens[place].text in COMMAS)
    if begins >= len(tokens) or tokens[begins].text not in IN_A_TEXT:
        return place
    ends = (
        i for i in range(begins + 1, min(begins + _ASIDE, len(tokens))) if tokens[i].text in COMMAS | THAT
    )
    end = next(ends, place)
    return end + (end > place and tokens[end].text in COMMAS)


def after_aside(tokens: Sequence[Token], place: int, words: Words) -> int:
    """Return the token after «yesterday, in a speech in X,» behind whoever declares something."""
    return _after_text(tokens, skip_adverbs(tokens, place, words))
