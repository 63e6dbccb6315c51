"""Names of bodies that the authority does not know: a head word and the words that belong to it.

«حزب …», «حركة "…"», «وزارة … التركية», «الجيش …»: after a word without the article the name runs over words
with the article, places and quotation marks; after a word with the article over adjectives. Chosen over
(a) a list of all parties and (b) taking everything up to the next verb, which needs a parser.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from musnad.understanding.scan import Candidate, Scan
from musnad.understanding.tokens import bare, is_definite

_MOST_WORDS: Final = 7
_LONG: Final = 3  # words after a weak head that make a name of it
_ADJECTIVE: Final = ("ي", "يه")  # endings of adjectives
_IN: Final = "في"  # in
_FOR: Final = ("من", "اجل")  # for the sake of


def find_bodies(scan: Scan) -> Iterator[Candidate]:
    """Yield the candidates for bodies in order of their first word."""
    lexicon = scan.lexicon.organisations
    for place in range(len(scan.tokens)):
        quoted = quoted_end(scan, place) if scan.word(place - 1) in lexicon.naming else 0
        if quoted and is_definite(scan.word(place)):
            yield scan.candidate((place, quoted), 0, "ORG", "head-word", 0.7)
        for skip, word in scan.readings(place):
            last, score = 0, 0.8
            if word in lexicon.heads or word in lexicon.weak_heads:
                last = body_end(scan, place, weak=word not in lexicon.heads)
                if last <= place + 1 and word in lexicon.collective_heads:
                    last, score = _collective_end(scan, place), 0.7
            elif word in lexicon.national_heads or bare(word) in lexicon.heads | lexicon.collective_heads:
                last, score = _definite_end(scan, place, word), 0.75
            if last > place + 1:
                yield scan.candidate((place, last), skip, "ORG", "head-word", score)
                break


def body_end(scan: Scan, place: int, *, weak: bool = False) -> int:
    """Return the end of the name that the head at a place opens; `place + 1` if nothing belongs to it."""
    quoted = quoted_end(scan, place + 1)
    sender = _sender_end(scan, place)
    if sender:
        return sender
    if quoted:
        return _adjectives_end(scan, quoted, nations_only=True)
    last = place + 1
    while last - place <= _MOST_WORDS and scan.follows(last) and scan.word(last):
        step = _step(scan, place, last)
        if not step:
            break
        last += step
        if scan.word(last - 1) in scan.lexicon.organisations.descriptive:
            last -= 1
            break
    words = last - place - 1
    named = any(
        scan.is_national(scan.word(at)) or scan.match_at(at, "PLACE") for at in range(place + 1, last)
    )
    return place + 1 if weak and words < _LONG and not named else last


def _sender_end(scan: Scan, place: int) -> int:
    """Return the end of the body that a delegation is sent by, 0 if the head is none or no body follows."""
    heads = {reading.text for reading in scan.readings(place)}
    if not heads & scan.lexicon.organisations.delegations or not scan.follows(place + 1):
        return 0
    senders = [
        match.last
        for match in scan.starting.get(place + 1, ())
        if match.name.entity.type == "ORG" and match.start == scan.tokens[place + 1].start
    ]
    return max(senders, default=0)


def quoted_end(scan: Scan, place: int, most: int = 6) -> int:
    """Return the end of a name in quotation marks that starts at a place, 0 if none does."""
    if place >= len(scan.tokens) or scan.tokens[place].gap.strip(" ") != '"':
        return 0
    for last in range(place + 1, min(place + most, len(scan.tokens)) + 1):
        after = scan.tokens[last].gap if last < len(scan.tokens) else scan.text[scan.tokens[-1].end :]
        if '"' in after:
            return last
        if "\n" in after or (last < len(scan.tokens) and not scan.word(last)):
            return 0
    return 0


def _step(scan: Scan, place: int, last: int) -> int:
    """Return how many words from `last` on belong to the name that starts at `place`."""
    word, count = scan.word(last), last - place - 1
    where = scan.match_at(last, "PLACE")
    if where:
        return where.last - where.first
    if word == _IN and count:
        inside = scan.match_at(last + 1, "PLACE")
        return 1 + inside.last - inside.first if inside and scan.follows(last + 1) else 0
    if word == _FOR[0] and scan.word(last + 1) == _FOR[1] and scan.word(last + 2):
        return 3
    if scan.is_stop(word):
        return 0
    if is_definite(word):
        if count and _ends_name(scan, scan.word(last - 1), word):
            return 0
        titled = word in scan.lexicon.persons.ranks or bare(word) in scan.lexicon.persons.offices
        return int(not _opens_another(scan, last, word) if count else not titled)
    if count and word.startswith("لل"):  # for the
        return 1
    if count and word.startswith("وال"):  # and the
        joins = _joins(scan, place) or scan.word(last - 1).startswith("لل")  # for the
        return int(joins and not _opens_another(scan, last, word[1:]))
    if not count and word.isdigit():
        return 1
    return _first_word(scan, last, word) if not count else 0


def _ends_name(scan: Scan, before: str, word: str) -> bool:
    """Tell whether a noun follows an adjective, which ends a name («حزب … الوطني / القرار»)."""
    adjective = is_definite(before) and before.endswith(_ADJECTIVE)
    return adjective and not word.endswith(_ADJECTIVE) and word not in scan.lexicon.organisations.qualifiers


def _joins(scan: Scan, place: int) -> bool:
    """Tell whether the name of the body at a place may join two things with «and»."""
    joining = scan.lexicon.organisations.joining_heads
    return any(reading.text in joining for reading in scan.readings(place))


def _opens_another(scan: Scan, place: int, word: str) -> bool:
    """Tell whether a word with the article opens another name, or is a title."""
    lexicon = scan.lexicon
    return (
        word in lexicon.organisations.national_heads
        or bare(word) in lexicon.organisations.heads
        or word in lexicon.persons.ranks
        or bare(word) in lexicon.persons.offices
        or bare(word) in lexicon.events.families
        or bare(word) in lexicon.works.heads | lexicon.works.resolution
        or (scan.tokens[place].text != word and place in scan.longest)
    )


def _first_word(scan: Scan, place: int, word: str) -> int:
    """Return how many words belong to a name whose first word has no article («حركة أحرار …»)."""
    given = scan.lexicon.persons.given_names
    after = scan.word(place + 1)
    if not word.isalpha() or word.startswith(tuple(scan.lexicon.stops.verbal)) or scan.is_national(word):
        return 0
    if word in given and scan.follows(place + 1) and (after in given or is_definite(after)):
        return 2
    joined = scan.follows(place + 1) and is_definite(after) and not scan.is_stop(after)
    return 2 if joined and not _opens_another(scan, place + 1, after) else 0


def _collective_end(scan: Scan, place: int) -> int:
    """Return the end of «فصائل ثورية …»: a collective and its adjectives without the article."""
    last = place + 1
    while scan.follows(last) and scan.word(last).endswith(("يه", "حه")) and not scan.is_stop(scan.word(last)):
        last += 1
    return last


def _definite_end(scan: Scan, place: int, word: str) -> int:
    """Return the end of a head with the article and its adjectives; a nation alone names only some heads."""
    last = _adjectives_end(scan, place + 1)
    lexicon = scan.lexicon.organisations
    words = [scan.word(at) for at in range(place + 1, last)]
    if not words or not is_definite(word) or (word.endswith("ه") and not words[0].endswith("ه")):
        return place + 1
    if all(map(scan.is_national, words)) and word not in lexicon.national_heads:
        return place + 1
    if word in lexicon.national_heads and not any(map(scan.is_national, words)):
        return last if len(words) > 1 and bare(word) in lexicon.heads else place + 1
    return last


def _adjectives_end(scan: Scan, place: int, *, nations_only: bool = False) -> int:
    """Return the end of the adjectives with the article from a place on."""
    last, lexicon = place, scan.lexicon.organisations
    while last < len(scan.tokens) and last - place < _MOST_WORDS:
        closing = last == place and nations_only and scan.tokens[last].gap.strip(" ") == '"'
        word = scan.word(last) if closing or scan.follows(last) else ""
        if word.startswith("وال") and last > place and scan.is_national(word[1:]):  # and the
            last += 1
            continue
        known = word in lexicon.descriptive or scan.is_stop(word) or _opens_another(scan, last, word)
        differs = last > place and word.endswith("ه") != scan.word(place).endswith("ه")
        goal = word.startswith("لل") and last > place and not nations_only  # for the
        if goal and not scan.is_stop(word) and last not in scan.longest:
            last += 1
            while (
                scan.follows(last) and scan.word(last).endswith(("ي", "يه")) and is_definite(scan.word(last))
            ):
                last += 1
            break
        if not is_definite(word) or known or differs or (nations_only and not scan.is_national(word)):
            break
        last += 1
    return last
