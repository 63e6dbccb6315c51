"""What belongs to the name of a body after its head word: nouns, adjectives, purposes, places.

Each word is judged by itself and by the one before, so that the name stops where the sentence goes on. Chosen
over (a) a parser, and (b) a fixed number of words, which cuts the long names and swallows what follows short
ones.
"""

from __future__ import annotations

from typing import Final

from musnad.understanding.qualities import describes_goal, is_act, is_participle
from musnad.understanding.scan import Scan
from musnad.understanding.tokens import ABOVE, bare, is_definite

_ADJECTIVE: Final = ("ي", "يه")  # endings of adjectives
_POSSESSIVE: Final = ("هم", "ها", "هما", "نا")  # their, her, our
_OF_MEMBERS: Final = frozenset({"نادي", "دار", "بيت", "جمعيه"})  # clubs and houses, whose members follow
_GATHERS: Final = "تجمع"  # «gathers» before a country, «gathering» before people
_IN: Final = "في"  # in
_GROUP: Final = "مجموعه"  # group, and a number of things
_ONLINE: Final = "الالكتروني"  # electronic, of a site
_STATES: Final = "دول"  # states
_FOR: Final = ("من", "اجل")  # for the sake of
_WITHOUT: Final = "بلا"  # without
_CHAIN: Final = 3  # nouns without the article before one with it
_OF_GOD: Final = frozenset({"بالله", "لله"})  # in God, for God: they end names as «المعتصم بالله»
_LEAST: Final = 4  # letters of an adjective
_MOST_WORDS: Final = 7
_LONG: Final = 3  # words after a weak head that make a name of it


def step(scan: Scan, place: int, last: int) -> int:
    """Return how many words from `last` on belong to the name that starts at `place`."""
    word, count = scan.word(last), last - place - 1
    where = scan.match_at(last, "PLACE")
    if where:
        site = _is_site(scan, place) and scan.word(where.last) != _ONLINE
        located = site or scan.word(place) == _GATHERS
        return where.last - where.first if count or not located else 0
    if word == _IN and count:
        inside = scan.match_at(last + 1, "PLACE")
        country = inside and scan.follows(last + 1) and not inside.name.entity.located_in
        return 1 + inside.last - inside.first if inside and country else 0
    if word == _WITHOUT and count and scan.word(last + 1):
        return 2
    if word == _FOR[0] and scan.word(last + 1) == _FOR[1]:
        goal = is_definite(scan.word(last + 2)) or scan.match_at(last + 2, "PLACE")
        return 3 if goal else 0
    if word == _STATES and not count:
        return _states_end(scan, last) - last
    if scan.is_stop(word) and word not in _OF_GOD:
        return 0
    if is_definite(word):
        return _patron(scan, place, last) or int(_definite(scan, place, last))
    if count and (word in _OF_GOD or word.startswith("لل")):  # for the
        titled = word[2:] in scan.lexicon.persons.offices
        another = last in scan.ending_places and _is_body(scan, word[2:])
        return int(not (titled or another or is_act(scan, last)))
    if count and is_purpose(scan, last):
        return 2
    if count and word.startswith("وال") and not word.endswith(_POSSESSIVE):  # and the
        abstract = word.endswith("ه") and scan.word(last - 1)[:2] == "ال" and last not in scan.starting  # the
        joins = abstract or _joins(scan, place) or scan.word(last - 1).startswith("لل")  # for the
        return int(joins and not opens_another(scan, last, word[1:]))
    if not count and word.isdigit():
        return 1
    return _first_word(scan, last, word) if not count else 0


def _is_site(scan: Scan, place: int) -> bool:
    """Tell whether a head is a plain noun where a place alone follows («موقع سوريا»)."""
    return any(reading.text in scan.lexicon.organisations.sites for reading in scan.readings(place))


def _patron(scan: Scan, place: int, last: int) -> int:
    """Return how many words are the title and the name of whom a body is named after, 0 if they are none."""
    bodies, given = scan.lexicon.organisations, scan.lexicon.persons.given_names
    heads = {bare(reading.text) for reading in scan.readings(place)}
    named = scan.word(last) in bodies.patrons and scan.word(last + 1) in given and scan.follows(last + 1)
    return 2 if last == place + 1 and named and heads & bodies.named_after else 0


def _states_end(scan: Scan, place: int) -> int:
    """Return the end of «دول جنوب شرق …», the states of a part of the world, `place` if none is named."""
    at = place + 1
    while scan.follows(at) and scan.word(at) in scan.lexicon.places.sides:
        at += 1
    where = scan.match_at(at, "PLACE") if scan.follows(at) else None
    return where.last if where else place


def _is_body(scan: Scan, word: str) -> bool:
    """Tell whether a word without the article is that of a body."""
    bodies = scan.lexicon.organisations
    return word in bodies.heads or "ال" + word in bodies.national_heads  # the


def _definite(scan: Scan, place: int, last: int) -> bool:
    """Tell whether the word with the article at `last` belongs to the name that starts at `place`."""
    word = scan.word(last)
    if last > place + 1:
        before = scan.word(last - 1)
        if _ends_name(scan, before, word) or (is_definite(before) and _is_noun(scan, word)):
            return False
        return not opens_another(scan, last, word)
    if scan.word(place).endswith(_GATHERS) and word.endswith("ون"):  # its subject
        return False
    bodies, persons = scan.lexicon.organisations, scan.lexicon.persons
    titled = word in persons.ranks or bare(word) in persons.offices
    titled = titled or (_is_site(scan, place) and bare(word) in scan.lexicon.events.struggles)
    return not titled or scan.word(place) in bodies.outlet_heads | _OF_MEMBERS


def is_purpose(scan: Scan, place: int) -> bool:
    """Tell whether «لحقوق الـ…» follows: what a body is for, or whose it is."""
    word, after = scan.word(place), scan.word(place + 1)
    lexicon = scan.lexicon.organisations
    plain = word[1:]
    body = plain in lexicon.heads or plain in lexicon.weak_heads or scan.lexicon.persons.offices & {plain}
    return (
        word.startswith("ل")  # for
        and len(plain) > _LONG
        and not body
        and not scan.is_verb(plain)
        and place not in scan.starting
        and scan.follows(place + 1)
        and is_definite(after)
        and not scan.is_stop(after)
        and not scan.is_stop(word)
        and not scan.is_stop(plain)
    )


def _ends_name(scan: Scan, before: str, word: str) -> bool:
    """Tell whether a noun follows an adjective, which ends a name («حزب … الوطني / القرار»)."""
    adjective = is_definite(before) and before.endswith(_ADJECTIVE)
    return adjective and not word.endswith(_ADJECTIVE) and word not in scan.lexicon.organisations.qualifiers


def _is_noun(scan: Scan, word: str) -> bool:
    """Tell whether a short common word with the article is a noun, which follows no noun with the article."""
    bodies, plain = scan.lexicon.organisations, bare(word)
    known = word in bodies.qualifiers or word in bodies.general or word in scan.lexicon.places.directions
    shaped = plain.endswith((*_ADJECTIVE, "ه", "ين", "ون")) or plain[:1] in {"م", "ا"}
    return len(plain) < _LEAST and scan.is_common(word) and not (known or shaped)


def _joins(scan: Scan, place: int) -> bool:
    """Tell whether the name of the body at a place may join two things with «and»."""
    joining = scan.lexicon.organisations.joining_heads
    return any(reading.text in joining for reading in scan.readings(place))


def opens_another(scan: Scan, place: int, word: str) -> bool:
    """Tell whether a word with the article opens another name, or is a title."""
    lexicon = scan.lexicon
    agrees = word.endswith(_ADJECTIVE) and is_definite(scan.word(place - 1)) and scan.follows(place)
    return (
        (word in lexicon.organisations.national_heads and not agrees)
        or bare(word) in lexicon.organisations.heads
        or word in lexicon.persons.ranks
        or word.removesuffix("ه") in lexicon.persons.ranks
        or bare(word) in lexicon.persons.offices
        or bare(word) in lexicon.events.families
        or bare(word) in lexicon.works.heads | lexicon.works.resolution
        or (scan.tokens[place].text != word and place in scan.longest)
    )


def _first_word(scan: Scan, place: int, word: str) -> int:
    """Return how many words belong to a name whose first word has no article («حركة أحرار …»)."""
    given = scan.lexicon.persons.given_names
    after = scan.word(place + 1) if scan.follows(place + 1) else ""
    known = word in given
    acting = word[:1] in {"ي", "ت"} and word.endswith(_POSSESSIVE) and len(word) > _LONG
    acting = acting or (word.startswith("ي") and len(word) > _LONG and is_definite(after))
    verbal = word.startswith(tuple(scan.lexicon.stops.verbal)) or scan.is_verb(word) or acting
    event = word in scan.lexicon.events.families
    event = event or (scan.word(place - 1).endswith(_GROUP) and word.endswith("ات") and scan.is_common(word))
    described = word.endswith(_ADJECTIVE) and after.startswith("و") and after.endswith(_ADJECTIVE)  # and
    if not word.isalpha() or (verbal and not known) or event or described or scan.is_national(word):
        return 0
    if word in scan.lexicon.persons.particles and after:
        return 2
    if known and (after in given or is_definite(after)):
        return 2
    if scan.match_at(place + 1, "PLACE") and word in scan.lexicon.organisations.departments_of:
        return 1 + scan.longest[place + 1].last - place - 1
    if "ال" + word in scan.lexicon.organisations.descriptive:  # the
        return 0
    sent = scan.word(place - 1) in scan.lexicon.organisations.delegations
    if sent and after.startswith(("لل", "و")):  # to the, and
        return 0
    for count in range(1, _CHAIN + 1):
        last = scan.word(place + count) if scan.follows(place + count) else ""
        body = scan.match_at(place + count, "ORG") if sent else None
        if body:
            return body.last - place
        if is_definite(last) and not scan.is_stop(last):
            inner = bare(last) in scan.lexicon.works.heads or bare(last) in scan.lexicon.events.families
            return 0 if opens_another(scan, place + count, last) and not inner else count + 1
        where = scan.match_at(place + count, "PLACE") if scan.follows(place + count) else None
        if where:
            return where.last - place
        if not last or scan.is_stop(last) or scan.is_verb(last) or scan.is_national(last):
            break
    return int(_is_proper(scan, place) or after == _WITHOUT)


def _is_proper(scan: Scan, place: int) -> bool:
    """Tell whether a word without the article is a name by itself after the head («وكالة …»)."""
    word, lexicon = scan.word(place), scan.lexicon
    heads = {reading.text for reading in scan.readings(place - 1)}
    common = word in lexicon.persons.nouns or word in lexicon.events.families or scan.is_stop(word)
    after = scan.word(place + 1) if scan.follows(place + 1) else ""
    goes_on = not after or scan.is_stop(after) or scan.is_verb(after) or after.startswith("لل")  # for the
    titled = bool(heads & lexicon.organisations.titled_heads) and goes_on and len(word) > _LONG
    return (
        (titled or bool(heads & lexicon.organisations.outlet_heads))
        and len(word) > 2
        and not common
        and not word.endswith((*_ADJECTIVE, "ه", "ات", "ين"))
        and place not in scan.adverbial
    )


def described_end(scan: Scan, place: int, head: str) -> int:
    """Return the end of «مجموعة يسارية متطرفة»: a head and adjectives, none with the article."""
    last, bodies = place + 1, scan.lexicon.organisations
    feminine = head.endswith(("ه", "ات")) or head in bodies.collective_heads
    ending = "يه" if feminine else "ي"
    while scan.follows(last) and not is_definite(scan.word(last)):
        word = scan.word(last)
        nation = scan.is_national(word) and word.endswith(ending)
        ordinal = "ال" + word in scan.lexicon.events.ordinals  # the
        shaped = len(word) > _LEAST and word.endswith(ending) and last not in scan.starting and not ordinal
        if not (nation or shaped or word in bodies.indefinite) or (scan.is_stop(word) and not nation):
            break
        last += 1
    return last


def collective_end(scan: Scan, place: int) -> int:
    """Return the end of «فصائل ثورية …»: a collective and its adjectives without the article."""
    last = place + 1
    while scan.follows(last) and scan.word(last).endswith(("يه", "حه")) and not scan.is_stop(scan.word(last)):
        last += 1
    return last


def adjectives_end(scan: Scan, place: int, *, nations_only: bool = False) -> int:
    """Return the end of the adjectives with the article from a place on."""
    last, lexicon = place, scan.lexicon.organisations
    while last < len(scan.tokens) and last - place < _MOST_WORDS:
        closing = last == place and nations_only and scan.tokens[last].gap.strip(" ") == '"'
        word = scan.word(last) if closing or scan.follows(last) else ""
        if last > place and joins_adjective(scan, last):
            last += 1
            continue
        known = word in lexicon.descriptive or scan.is_stop(word) or opens_another(scan, last, word)
        if known and last == place and word in lexicon.departments:
            known = False
        known = known or is_participle(scan, last)
        feminine = scan.word(place).endswith("ه") or scan.word(place) in ABOVE
        differs = last > place and word.endswith("ه") != feminine and word not in ABOVE
        titled = word[2:] in scan.lexicon.persons.offices
        goal = word.startswith("لل") and last > place and not (nations_only or titled)  # for the
        if goal and not scan.is_stop(word) and last not in scan.longest and not is_act(scan, last):
            last += 1
            while scan.follows(last) and describes_goal(scan, scan.word(last)):
                last += 1
            last += _joins_goal(scan, last)
            break
        if last > place and not nations_only and is_purpose(scan, last):
            last += 2
            break
        if not is_definite(word) or known or differs or (nations_only and not scan.is_national(word)):
            break
        last += 1
    return last


def joins_adjective(scan: Scan, place: int) -> bool:
    """Tell whether «and» joins an adjective with the article to the one before («الثورية والعسكرية»)."""
    word, before = scan.word(place), scan.word(place - 1)
    if not word.startswith("وال") or place in scan.starting:  # and the
        return False
    alike = word.endswith(_ADJECTIVE) and before.endswith(_ADJECTIVE) and word[-1] == before[-1]
    return scan.is_national(word[1:]) or (alike and not opens_another(scan, place, word[1:]))


def _joins_goal(scan: Scan, place: int) -> int:
    """Return 1 if «and» joins a second purpose to that of a body («للمثال والمثول»)."""
    word = scan.word(place)
    return int(
        word.startswith("وال") and scan.follows(place) and not opens_another(scan, place, word[1:])
    )  # and the
