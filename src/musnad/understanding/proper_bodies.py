"""Bodies with a name of their own, and campaigns and clinics that a nation runs.

«الأزهر», «بوكو حرام» have no head word that tells; «الحملة الوطنية … لنصرة …» has one that is common. Chosen
over (a) the authority, which holds what the project describes, and (b) the head words of all bodies, among
which «حملة» would take every raid for one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from musnad.understanding.scan import Candidate, Scan, listed_end
from musnad.understanding.tails import adjectives_end
from musnad.understanding.tokens import bare, is_definite

_BASE: Final = "القاعده"  # «the base», a place too
_PLACES: Final = frozenset({"قاعده", "القواعد", "قواعد"})  # a base, the bases, bases
_IN: Final = "في"  # in
_MEANS: Final = "وسايل"  # means (of information)
_TWO: Final = ("ين", "ان")  # endings of two
_AND_THE: Final = "وال"  # and the
_FOR: Final = "ل"  # for
_LEAST: Final = 3  # letters of a purpose
_MOST: Final = 4  # words of a purpose
_ADJECTIVE: Final = ("ي", "يه")


def find_proper(scan: Scan) -> Iterator[Candidate]:
    """Yield the candidates for bodies in order of their first word."""
    for place in range(len(scan.tokens)):
        for skip, word in scan.readings(place):
            named = _named_end(scan, place, word)
            last = adjectives_end(scan, named, nations_only=True) if named else 0
            last = last or _campaign_end(scan, place, word) or _media_end(scan, place, word)
            last = last or _pair_end(scan, place, word)
            if last:
                yield _with_head(scan, place, last, skip)
                break


def _with_head(scan: Scan, place: int, last: int, skip: int) -> Candidate:
    """Return the name with the word before it that says what the body is («جماعة …», «موقع …»)."""
    bodies = scan.lexicon.organisations
    for before, word in scan.readings(place - 1) if scan.follows(place) and not skip else ():
        if word in (bodies.heads | bodies.weak_heads) - bodies.collective_heads:
            return scan.candidate((place - 1, last), before, "ORG", "head-word", 0.8)
    return scan.candidate((place, last), skip, "ORG", "head-word", 0.8)


def _named_end(scan: Scan, place: int, word: str) -> int:
    """Return the end of the longest listed name that a reading of a word opens, 0 if none does."""
    most = listed_end(scan, scan.lexicon.names_of_bodies, place, word)
    if word in scan.lexicon.organisations.platforms and not _is_led_to(scan, place):
        return 0
    return 0 if word == _BASE and most == place + 1 and _is_base(scan, place) else most


def _is_led_to(scan: Scan, place: int) -> bool:
    """Tell whether a preposition, «site» or «and» stands before the name of a platform, or its own clitic."""
    bodies, whole = scan.lexicon.organisations, scan.word(place)
    before = {reading.text for reading in scan.readings(place - 1)}
    heads = bodies.heads | bodies.weak_heads
    return whole not in bodies.platforms or scan.is_stop(scan.word(place - 1)) or bool(before & heads)


def _is_base(scan: Scan, place: int) -> bool:
    """Tell whether «القاعدة» is a base: an adjective follows, or the text tells of a base."""
    after = scan.word(place + 1)
    described = scan.follows(place + 1) and is_definite(after) and after.endswith("ه")
    return described or not _PLACES.isdisjoint(scan.word(at) for at in range(place))


def _campaign_end(scan: Scan, place: int, word: str) -> int:
    """Return the end of «الحملة الوطنية … لنصرة …», 0 where the adjectives tell no body."""
    bodies, last = scan.lexicon.organisations, place + 1
    if not is_definite(word) or bare(word) not in bodies.charities:
        return 0
    adjectives: list[str] = []
    while scan.follows(last) and is_definite(scan.word(last)) and _is_of_body(scan, scan.word(last)):
        adjectives.append(scan.word(last))
        last += 1
    return _purpose_end(scan, last) if adjectives else 0


def _media_end(scan: Scan, place: int, word: str) -> int:
    """Return the end of «وسائل الإعلام البريطانية», «وسائل إعلام رسمية», 0 where nothing tells whose."""
    bodies, whose = scan.lexicon.organisations, scan.word(place + 2)
    media = word == _MEANS and scan.word(place + 1) in bodies.media and scan.follows(place + 1)
    if not media or not scan.follows(place + 2) or not (scan.is_national(whose) or whose in bodies.official):
        return 0
    last = place + 3
    return last + (scan.follows(last) and scan.word(last) in bodies.official)


def _pair_end(scan: Scan, place: int, word: str) -> int:
    """Return the end of «الجيشين السوري والعراقي»: two bodies of a kind, told by their nations, else 0."""
    first, second = scan.word(place + 1), scan.word(place + 2)
    pair = word.endswith(_TWO) and word[:-2] in scan.lexicon.organisations.national_heads
    nations = scan.is_national(first) and second.startswith(_AND_THE) and scan.is_national(second[1:])
    joined = scan.follows(place + 1) and scan.follows(place + 2)
    return place + 3 if pair and nations and joined else 0


def _is_of_body(scan: Scan, word: str) -> bool:
    """Tell whether an adjective is that of a nation, or of what a body does for people."""
    return scan.is_national(word) or word in scan.lexicon.organisations.charitable


def _purpose_end(scan: Scan, place: int) -> int:
    """Return the end of what a campaign is for («لنصرة الأشقاء في …»), `place` if nothing is said."""
    word, last = scan.word(place), place + 1
    purpose = word.startswith(_FOR) and len(word) > _LEAST and not scan.is_stop(word)
    if not purpose or not scan.follows(place) or not is_definite(scan.word(last)):
        return place
    while last <= place + _MOST and scan.follows(last) and is_definite(scan.word(last)):
        if last > place + 1 and not scan.word(last).endswith((*_ADJECTIVE, "ين")):
            break
        last += 1
    where = scan.match_at(last + 1, "PLACE") if scan.word(last) == _IN and scan.follows(last + 1) else None
    return where.last if where else last
