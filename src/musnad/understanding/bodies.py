"""Names of bodies that the authority does not know: a head word and the words that belong to it.

«حزب …», «حركة "…"», «وزارة … التركية», «الجيش …»: after a word without the article the name runs over words
with the article, places and quotation marks; after a word with the article over adjectives. Chosen over
(a) a list of all parties and (b) taking everything up to the next verb, which needs a parser.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from musnad.understanding.ambiguity import is_of_policy
from musnad.understanding.persons import is_office
from musnad.understanding.scan import Candidate, Scan
from musnad.understanding.tails import adjectives_end, collective_end, described_end, joins_adjective, step
from musnad.understanding.tokens import ABOVE, bare, is_definite

_MOST_WORDS: Final = 7
_LONG: Final = 3  # words after a weak head that make a name of it
_ADJECTIVE: Final = ("ي", "يه")  # endings of adjectives
_PEOPLE: Final = "ين"  # ending of people that something is done to
_ORGANISING: Final = frozenset({"تنظيم"})  # organising, organisation
_FRONT: Final = frozenset({"جبهه"})  # front, of a town too
_POSTS: Final = frozenset({"الي", "تولي", "يتولي", "منصب"})  # to, took over, takes over, post of
_CENTRE: Final = frozenset({"مركز"})  # centre, of a town too
_CALLED_SO: Final = frozenset({"اي", "انها", "انه", "بانها", "بانه", "كل"})  # any, that it is, each
_COPULAS: Final = frozenset({"هو", "هي", "وهو", "وهي"})  # he is, she is: a description follows
_ALL: Final = frozenset({"دوليه", "عربيه", "اسلاميه"})  # international, Arab, Islamic: no one nation
_FROM: Final = "من"  # from
_IN: Final = "في"  # in
_GATHERS: Final = "تجمع"  # «gathers», «gathering»
_WHICH: Final = frozenset({"التي", "ان", "لا", "لم", "قد", "لن"})  # which, that, not, may
_GATHERED: Final = frozenset({"دول", "بين"})  # states, between
_GENDERS: Final = ("حكم", "هيئه")  # rule, body: a word of each gender, which the adjectives follow
_FEMININE: Final = ("ه", "ات")  # endings
_INNER: Final = frozenset({"في", "من", "بلا", "اجل"})  # in, of, without, sake: words inside a name


def find_bodies(scan: Scan) -> Iterator[Candidate]:
    """Yield the candidates for bodies in order of their first word."""
    lexicon = scan.lexicon.organisations
    for place in range(len(scan.tokens)):
        described = scan.word(place - 1) in _COPULAS and scan.follows(place)
        if described or _is_department(scan, place) or _gathers(scan, place) or _is_deed(scan, place):
            continue
        yield from _platforms(scan, place)
        quoted = quoted_end(scan, place) if scan.word(place - 1) in lexicon.naming else 0
        if quoted and is_definite(scan.word(place)) and not _is_event(scan, scan.word(place)):
            yield scan.candidate((place, quoted), 0, "ORG", "head-word", 0.7)
        for skip, word in scan.readings(place):
            if skip and (scan.is_stop(scan.word(place)) or _has_article(scan, place, word)):
                continue
            last, score = find_end(scan, place, word)
            if last > place + 1:
                yield scan.candidate((place, last), skip, "ORG", "head-word", score)
                break


def _is_department(scan: Scan, place: int) -> bool:
    """Tell whether a word says what a minister is for («وزير الدفاع الروسي»), which names no body."""
    department = bare(scan.word(place)) in scan.lexicon.organisations.departments_of
    return department and scan.follows(place) and (is_office(scan, place - 1) or is_of_policy(scan, place))


def _gathers(scan: Scan, place: int) -> bool:
    """Tell whether «تجمع» is the verb: after «which» or a feminine noun, or before «between» or «states»."""
    if scan.word(place) != _GATHERS:
        return False
    before = scan.word(place - 1) if scan.follows(place) else ""
    told = before.endswith(_FEMININE) or before in _WHICH or scan.word(place + 1) in _GATHERED
    return told and not is_definite(scan.word(place))


def _is_event(scan: Scan, word: str) -> bool:
    """Tell whether a word is that of an event («تحت مسمى «الحرب على …»»)."""
    events, plain = scan.lexicon.events, bare(word)
    return plain in events.families or plain in events.struggles | events.incidents


def _is_deed(scan: Scan, place: int) -> bool:
    """Tell whether a word is no head here: «تنظيم المسيرة» is a deed, «جبهة حلب» a front."""
    heads = {reading.text for reading in scan.readings(place)}
    after = scan.word(place + 1) if scan.follows(place + 1) else ""
    if heads & _ORGANISING:
        return bare(after) in scan.lexicon.events.families.keys() | scan.lexicon.events.convened
    where = scan.match_at(place + 1, "PLACE") if heads & _FRONT and after else None
    last = where.last if where else place + 2
    front = bool(heads & _FRONT) and after in scan.lexicon.places.heads
    return front or (where is not None and not _is_adjective(scan, last))


def _is_adjective(scan: Scan, place: int) -> bool:
    """Tell whether an adjective with the article follows at once."""
    word = scan.word(place)
    return scan.follows(place) and is_definite(word) and word.endswith(_ADJECTIVE)


def _has_article(scan: Scan, place: int, word: str) -> bool:
    """Tell whether «لل» before a head with ل is «to the»: an adjective with the article follows."""
    whole, after = scan.word(place), scan.word(place + 1)
    return (
        whole.endswith("لل" + word[1:]) and word[0] == "ل" and after.startswith("ال") and after.endswith("يه")
    )


def _platforms(scan: Scan, place: int) -> Iterator[Candidate]:
    """Yield two bodies of a kind that are named by their places («منصتي … و…»)."""
    duals = scan.lexicon.organisations.duals
    skip = next((reading.skip for reading in scan.readings(place) if reading.text in duals), -1)
    first = _place_at(scan, place + 1)
    if skip < 0 or not first:
        return
    second = _place_at(scan, first, joined=True)
    yield scan.candidate((place, second or first), skip, "ORG", "head-word", 0.8)


def _place_at(scan: Scan, place: int, *, joined: bool = False) -> int:
    """Return the end of the place that starts at a word, quoted or not, 0 if none does."""
    found = next((match for match in scan.starting.get(place, ()) if match.name.entity.type == "PLACE"), None)
    if found is None or not scan.tokens[place].joined:
        return 0
    own = found.start == scan.tokens[place].start
    return found.last if own != joined else 0


def find_end(scan: Scan, place: int, word: str) -> tuple[int, float]:
    """Return the end of the body that a reading of the word at a place opens, and how sure it is."""
    lexicon, plain = scan.lexicon.organisations, bare(word)
    heads = lexicon.heads | lexicon.weak_heads
    last, score = 0, 0.8
    if f"{word} {scan.word(place + 1)}" in lexicon.fixed and scan.follows(place + 1):
        last = place + 2 + (scan.follows(place + 2) and joins_adjective(scan, place + 2))
        told = 0 if is_definite(word) else max(described_end(scan, place + 1, one) for one in _GENDERS)
        return max(told, adjectives_end(scan, last, nations_only=True)), 0.8
    inside = named_in_quotes(scan, place) if place in scan.quotes and plain in heads else 0
    if inside:
        return inside, 0.85
    if plain in lexicon.numbered and _is_number(scan, place + 1):
        return _numbered_end(scan, place + 2), 0.85
    if word in lexicon.gathering_heads and scan.word(place + 1) in lexicon.gathered:
        return _gathered_end(scan, place + 1), 0.8
    if word in heads:
        last = body_end(scan, place, weak=word not in lexicon.heads)
        last = max(last, _seat_end(scan, place, word))
        if last <= place + 1 and word in lexicon.collective_heads:
            last, score = collective_end(scan, place), 0.7
        whose = scan.word(place + 1)
        any_court = word in lexicon.courts and (whose in _ALL or not scan.is_national(whose))
        described = word in lexicon.described_heads and not any_court
        if last <= place + 1 and described and scan.word(place - 1) not in _CALLED_SO:
            last, score = described_end(scan, place, word), 0.6
    elif scan.word(place + 1).endswith(_PEOPLE):
        return 0, score  # «the gathering (called on) the officials»
    elif word in lexicon.national_heads or plain in heads | lexicon.collective_heads:
        last, score = _definite_end(scan, place, word), 0.75
    return last, score


def _seat_end(scan: Scan, place: int, word: str) -> int:
    """Return the end of «في …» after a court, the place where it sits, 0 if none follows."""
    court = word in scan.lexicon.organisations.courts and scan.word(place + 1) == _IN
    where = scan.match_at(place + 2, "PLACE") if court and scan.follows(place + 2) else None
    return where.last if where else 0


def _gathered_end(scan: Scan, place: int) -> int:
    """Return the end of «قوى المعارضة الرئيسية»: what is gathered, with its nation and its attributes."""
    last, bodies = place + 1, scan.lexicon.organisations
    while scan.follows(last) and (scan.word(last) in bodies.attributes or scan.is_national(scan.word(last))):
        last += 1
    return last


def _numbered_end(scan: Scan, place: int) -> int:
    """Return the end of what tells a numbered division apart: its arm, or an adjective («… الساحلية»)."""
    word = scan.word(place) if scan.follows(place) else ""
    bodies = scan.lexicon.organisations
    adjective = is_definite(word) and word.endswith(_ADJECTIVE) and word not in bodies.descriptive
    return place + (word in bodies.arms or (adjective and not scan.is_stop(word)))


def _is_number(scan: Scan, place: int) -> bool:
    """Tell whether a number or an ordinal follows at once, as after the name of a division."""
    word = scan.word(place)
    return scan.follows(place) and (word.isdigit() or word in scan.lexicon.events.ordinals)


def named_in_quotes(scan: Scan, place: int) -> int:
    """Return the end of the quotation marks that a word opens if they hold a name, 0 if they do not."""
    last = scan.quotes.get(place, 0)
    words = [scan.word(at) for at in range(place, last)]
    if not 1 < len(words) <= _MOST_WORDS or not all(words):
        return 0
    if is_definite(words[0]) and not all(is_definite(word) or word[0] in "لو" for word in words):  # for, and
        return 0
    loose = [word for word in words if (scan.is_stop(word) or scan.is_verb(word)) and word not in _INNER]
    return last if all(map(is_definite, loose)) else 0


def body_end(scan: Scan, place: int, *, weak: bool = False) -> int:
    """Return the end of the name that the head at a place opens; `place + 1` if nothing belongs to it."""
    quoted = quoted_end(scan, place + 1)
    sender = _sender_end(scan, place)
    if sender:
        return sender
    if quoted:
        bodies, first = scan.lexicon.organisations, bare(scan.word(place + 1))
        inner = first in bodies.heads or first in bodies.firm_heads
        whole = inner and scan.word(place) in bodies.collective_heads
        return place + 1 if whole else adjectives_end(scan, quoted, nations_only=True)
    last = place + 1
    while last - place <= _MOST_WORDS and scan.follows(last) and scan.word(last):
        taken = step(scan, place, last)
        if not taken or last in scan.adverbial:
            break
        last += taken
        if scan.follows(last) and scan.word(last) in scan.lexicon.organisations.outlet_tails:
            last += 1
        if scan.word(last - 1) in scan.lexicon.organisations.descriptive:
            last -= 1
            break
    return last if not weak or _makes_name(scan, place, last) else place + 1


def _makes_name(scan: Scan, place: int, last: int) -> bool:
    """Tell whether enough follows a weak head to make a name of it."""
    lexicon = scan.lexicon
    words = [scan.word(at) for at in range(place + 1, last)]
    firm = {reading.text for reading in scan.readings(place)} & lexicon.organisations.firm_heads
    if firm & _CENTRE and scan.word(place + 1) in lexicon.places.heads:
        return False
    named = any(
        scan.is_national(scan.word(at)) or scan.match_at(at, "PLACE") or scan.word(at) in lexicon.places.heads
        for at in range(place + 1, last)
    )
    last_word = words[-1] if len(words) > 1 else ""
    adjective = is_definite(last_word) and (
        last_word.endswith(_ADJECTIVE) or last_word in lexicon.organisations.qualifiers
    )
    joined = len(words) > 1 and (not is_definite(words[0]) or words[-1].startswith("لل"))  # for the
    owned = len(words) == 1 and is_definite(words[0]) and is_office(scan, place - 1)
    single = (bool(words) and bool(firm & lexicon.organisations.owning_heads)) or (bool(firm) and owned)
    return len(words) >= _LONG or named or bool(firm and (adjective or joined)) or single


def _sender_end(scan: Scan, place: int) -> int:
    """Return the end of the body that a delegation is sent by, 0 if the head is none or no body follows."""
    heads = {reading.text for reading in scan.readings(place)}
    bodies = scan.lexicon.organisations
    if not heads & (bodies.delegations | bodies.armies) or not scan.follows(place + 1):
        return 0
    first = place + 1 + (bool(heads & bodies.delegations) and scan.word(place + 1) == _FROM)
    senders = [
        match.last
        for match in scan.starting.get(first, ())
        if match.name.entity.type == "ORG" and match.start == scan.tokens[first].start
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


def _definite_end(scan: Scan, place: int, word: str) -> int:
    """Return the end of a head with the article and its adjectives; a nation alone names only some heads."""
    last = adjectives_end(scan, place + 1)
    lexicon = scan.lexicon.organisations
    words = [scan.word(at) for at in range(place + 1, last)]
    if not words or not is_definite(word) or word in scan.lexicon.events.anaphoric:
        return place + 1
    if word in lexicon.masculine and words[0].endswith("ه"):
        return place + 1
    several = bare(word) in lexicon.several and not any(map(scan.is_national, words))
    if several or (word.endswith("ه") and not words[0].endswith("ه") and words[0] not in ABOVE):
        return place + 1
    if all(map(scan.is_national, words)) and (word not in lexicon.national_heads or words[0].endswith("ين")):
        return place + 1
    if word in lexicon.national_heads and not any(map(scan.is_national, words)):
        described = len(words) > 1 or words[0].endswith(_ADJECTIVE) or words[0] in lexicon.general
        above = len(words) > 1 and words[-1] in lexicon.general
        return last if above or (described and bare(word) in lexicon.heads) else place + 1
    if bare(word) in lexicon.weak_heads:
        post = any(scan.word(before) in _POSTS for before in range(place - _LONG, place))
        named = words[0].endswith(_ADJECTIVE) or (words[0] in lexicon.general and not post)
        firm = (bare(word) in lexicon.firm_heads and named) or word in lexicon.national_heads
        return last if firm or (len(words) > 1 and any(map(scan.is_national, words))) else place + 1
    return last
