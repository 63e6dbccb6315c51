"""Names that only their quotation marks or their place on the page tell: «منبر …», the outlet in the banner.

A short passage in quotation marks without a verb is a name where the word before it takes one. Chosen over
(a) taking each quoted passage for a name, since speech is quoted too, and (b) known outlets only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from musnad.understanding.bodies import named_in_quotes
from musnad.understanding.persons import is_office
from musnad.understanding.scan import Candidate, Scan
from musnad.understanding.tokens import bare

_MOST: Final = 4  # words of a quoted name that no head word opens, or of an outlet in a banner
_SPOKEN: Final = 12  # words between a verb of speech and the outlet that was spoken to
_TO: Final = frozenset({"ل", "الي", "مع"})  # to, with
_TOWARDS: Final = "الي"  # to; a step as often as an outlet
_PURPOSES: Final = frozenset({"قياده", "اداره", "دعم", "بناء"})  # leading, running, helping, building
_BY: Final = frozenset({"عن", "في"})  # from, in
_BAR: Final = frozenset({"|", "/", "©"})


def find_quoted(scan: Scan) -> Iterator[Candidate]:
    """Yield the quoted names that no head word opens, and the outlet whose page this is."""
    yield from _banner(scan)
    yield from _credited(scan)
    yield from _papers(scan)
    for place, last in sorted(scan.quotes.items()):
        words = [scan.word(at) for at in range(place, last)]
        if (
            len(words) > _MOST
            or not is_name(scan, place, last)
            or bare(words[0]) in scan.lexicon.events.families
        ):
            continue
        if _takes_name(scan, place - 1, last):
            yield scan.candidate((place, last), 0, "ORG", "quoted", 0.65)


def is_name(scan: Scan, place: int, last: int) -> bool:
    """Tell whether words in quotation marks, or one word by itself, may be a name."""
    if last - place > 1:
        word = scan.word(place)
        purpose = word[:1] in {"ل", "ب"} and word[1:] in scan.lexicon.persons.nouns | _PURPOSES
        return named_in_quotes(scan, place) == last and not purpose  # for, with
    word = scan.word(place)
    return len(word) > 2 and word.isalpha() and not scan.is_stop(word) and not scan.is_verb(word)


def _takes_name(scan: Scan, before: int, last: int) -> bool:
    """Tell whether the words around a quoted passage make it a body: an office, «to» an outlet."""
    if before < 0 or not scan.tokens[before + 1].joined:
        return False
    word = scan.word(before)
    paper = last == before + 2 and scan.word(before + 1) in scan.lexicon.organisations.papers
    if paper and word in _TO | _BY:
        return True
    if word in _TO:
        single = word == _TOWARDS and last == before + 2 and scan.is_common(scan.word(before + 1))
        return not single and _was_said(scan, before)
    cues = {reading.text for reading in scan.readings(before)}
    if cues & (scan.lexicon.organisations.naming_cues | scan.lexicon.organisations.delegations):
        return True
    if is_office(scan, before) and cues.isdisjoint(scan.lexicon.persons.ranks):
        return True
    if last == before + 2 and scan.word(before + 1).endswith("ي"):  # a family name: «أكد «الراوي» سعيه»
        return False
    announced = scan.is_verb(scan.word(last)) or scan.word(last) in {"ان", "انه", "انها"}  # that
    return bool(cues & scan.lexicon.persons.speech_verbs) and announced


def _was_said(scan: Scan, place: int) -> bool:
    """Tell whether a verb or a noun of speech stands before «to»."""
    for before in range(place - 1, max(-1, place - 1 - _SPOKEN), -1):
        words = {reading.text for reading in scan.readings(before)}
        if words & (scan.lexicon.persons.speech_verbs | scan.lexicon.organisations.interviews):
            return True
        if scan.tokens[before].text == "." or not scan.tokens[before].joined:
            return False
    return False


def _banner(scan: Scan) -> Iterator[Candidate]:
    """Yield the name in the first line of a page, with a menu or a date after it."""
    last = 0
    while (
        last < len(scan.tokens)
        and last <= _MOST
        and scan.word(last)
        and (not last or scan.tokens[last].joined)
    ):
        last += 1
    if not 0 < last <= _MOST or last >= len(scan.tokens):
        return
    words = [scan.word(at) for at in range(last)]
    lexicon = scan.lexicon
    outlet = words[0] in lexicon.organisations.outlet_heads and last > 1 and not scan.tokens[last].joined
    head = last == 1 and bare(words[0]) in lexicon.organisations.heads
    plain = all(not scan.is_stop(word) and not scan.is_verb(word) and word.isalpha() for word in words)
    menu = any(word in lexicon.organisations.menu for word in words)
    barred = scan.tokens[last].text in _BAR and scan.tokens[last].joined
    alone = not scan.tokens[last].joined and _is_day(scan, last)
    known = any(at in scan.known_places for at in range(last)) and last == 1
    if plain and not (menu or known or head) and (barred or outlet or (alone and last > 1)):
        yield scan.candidate((0, last), 0, "ORG", "banner", 0.6)


def _credited(scan: Scan) -> Iterator[Candidate]:
    """Yield the outlet that a line says a text was taken from («المصدر: …»)."""
    for place, token in enumerate(scan.tokens[:-2]):
        if token.text not in scan.lexicon.organisations.credits or scan.tokens[place + 1].text != ":":
            continue
        first = last = place + 2
        while last < len(scan.tokens) and scan.word(last) and (last == first or scan.follows(last)):
            last += 1
        words = [scan.word(at) for at in range(first, last)]
        plain = all(word.isalpha() and not scan.is_stop(word) and not scan.is_verb(word) for word in words)
        if words and len(words) <= _MOST and plain and scan.breaks(last) and scan.tokens[first].joined:
            yield scan.candidate((first, last), 0, "ORG", "banner", 0.6)


def _papers(scan: Scan) -> Iterator[Candidate]:
    """Yield the newspaper whose name stands alone on a line before a colon, or in marks after a place."""
    for first, last in scan.quotes.items():
        name = " ".join(scan.word(at) for at in range(first, last))
        after_place = first - 1 in scan.ending_places and scan.tokens[first - 1].text == ":"
        if after_place and name in scan.lexicon.places.papers:
            yield scan.candidate((first, last), 0, "ORG", "banner", 0.6)
    for place, token in enumerate(scan.tokens[:-2]):
        dots = place + 2
        while dots < len(scan.tokens) - 1 and scan.tokens[dots].text == ".":
            dots += 1
        alone = not token.joined and not scan.tokens[dots].joined
        marked = scan.tokens[place + 1].text in {":", ".", "…"}
        if alone and marked and token.text in scan.lexicon.organisations.papers:
            yield scan.candidate((place, place + 1), 0, "ORG", "banner", 0.6)


def _is_day(scan: Scan, place: int) -> bool:
    """Tell whether a line opens with a day of the week or a figure."""
    word = scan.word(place)
    return word.isdigit() or word in scan.lexicon.organisations.days
