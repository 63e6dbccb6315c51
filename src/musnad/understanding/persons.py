"""Names of persons that the authority does not know: by a title, by a given name, by the quotation marks.

A given name alone is a word like many others; it takes a second word that may be a name. Chosen over (a) a
list of all surnames, of which there is no end, and (b) capital letters, which Arabic has not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from musnad.understanding.scan import Candidate, Scan
from musnad.understanding.tokens import bare, is_definite, openings

_MOST_WORDS: Final = 4
_PAIR: Final = 2  # words of a name that an unknown third one may follow
_LONGEST: Final = 10  # words of a name with all its particles
_LEAST_LETTERS: Final = 4  # of a given name after a clitic
_REACH: Final = 7  # words between an office and the name of its holder
_FAR: Final = 10  # words of an office with the body it belongs to
_OF_HOLDER: Final = ("ه", "ها", "هم", "ا")  # feminine, his, her, their, tanwin
_POSSESSIVE: Final = ("ها", "هم", "هما", "تنا", "نا", "ته")  # her, their, our, his
_OWNED: Final = ("ها", "هم", "هما", "ته")  # her, their, his: no name ends so after four letters
_LONG_WORD: Final = 5
_HOUSE: Final = "ال"  # the house of
_SERVANT: Final = "عبد"  # servant of
_OPENERS: Final = frozenset({"عبد", "ابو"})  # servant of, father of: they open names after a clitic too
_ON: Final = "على"  # on, as some outlets print the name
_PREPOSITIONS: Final = frozenset({"علي"})  # a name, and «on» as some outlets print it
_ACT: Final = re.compile(r"ا(?:..|ن..|.ت.)ا.\Z")  # shapes of the nouns of acts
_KUNYA: Final = frozenset({"ابو", "ابي", "ابا", "ام"})  # father of, mother of


def find_persons(scan: Scan) -> Iterator[Candidate]:
    """Yield the candidates for persons in order of their first word."""
    for place in range(len(scan.tokens)):
        if scan.word(place):
            yield from _titled(scan, place)
            yield from _given(scan, place)


def _titled(scan: Scan, place: int) -> Iterator[Candidate]:
    """Yield the name after a title («العميد الركن فلان الفلاني»)."""
    ranks = scan.lexicon.persons.ranks
    titles = {reading.text for reading in scan.readings(place)}
    women = {title.removesuffix("ه") for title in titles if len(title) > _LEAST_LETTERS}
    if not (titles | women) & ranks and not _is_initial(scan, place):
        return
    first = after_title(scan, place)
    word = scan.word(first)
    misprinted = word == _ON and _sure_second(scan, first + 1)
    known = word in scan.lexicon.persons.given_names or word in _KUNYA or misprinted
    if not (known or (is_plain(scan, word) and _may_name(scan, first + 1, strong=True))):
        return
    last = name_end(scan, first, strong=True)
    if last is not None:
        yield scan.candidate((first, last), 0, "PERSON", "title-word", 0.95 if known else 0.8)


def _is_initial(scan: Scan, place: int) -> bool:
    """Tell whether a title is written as one letter and a point («أ.فلان»)."""
    letters = {reading.text for reading in scan.readings(place)} & scan.lexicon.persons.initials
    return bool(letters) and scan.tokens[min(place + 1, len(scan.tokens) - 1)].text == "."


def after_title(scan: Scan, place: int) -> int:
    """Return the place of the first word after a title and its modifiers."""
    first = place + 1
    if first < len(scan.tokens) and scan.tokens[first].text == ".":
        first += 1
    persons = scan.lexicon.persons
    while (
        first < place + _REACH
        and scan.follows(first)
        and (
            scan.word(first) in persons.modifiers
            or scan.word(first) in persons.ranks
            or (is_definite(scan.word(first)) and scan.is_national(scan.word(first)))
        )
    ):
        first += 1
    return first


def _given(scan: Scan, place: int) -> Iterator[Candidate]:
    """Yield the name that a given name opens."""
    persons = scan.lexicon.persons
    for skip, word in scan.readings(place):
        faith = word in persons.of_faith and scan.word(place + 1) in persons.suffixes
        opens = word in persons.particles and scan.word(place + 1)
        if word not in persons.given_names and not opens and not faith:
            continue
        short = len(word) < _LEAST_LETTERS and word not in _OPENERS
        office = word in persons.offices and scan.word(place + 1) in persons.office_tails
        office = office or place in scan.adverbial
        if (skip and short) or scan.is_stop(word) or office:
            continue
        if word in persons.particles and not _opens_with_particle(scan, place, word):
            continue
        if word in _PREPOSITIONS and not _sure_second(scan, place + 1) and is_definite(scan.word(place + 1)):
            continue
        strong = has_office(scan, place)
        last = name_end(scan, place, strong=strong)
        if last is None:
            continue
        doubtful = word in persons.doubtful_names or word in scan.lexicon.verbs
        if doubtful and not (strong or _sure_second(scan, place + 1)):
            continue
        yield scan.candidate((place, last), skip, "PERSON", "name-shape", 0.85 if strong else 0.75)
        return


def is_office(scan: Scan, place: int) -> bool:
    """Tell whether a word is an office or a title, of a man or a woman, with a pronoun or without."""
    persons = scan.lexicon.persons
    words = {scan.tokens[place].text, *(reading.text for reading in scan.readings(place))}
    plain = words | set(map(bare, words))
    after_noun = is_definite(scan.word(place)) and is_definite(scan.word(place - 1))
    ends = ("ا",) if after_noun else _OF_HOLDER  # an adjective of a feminine noun is no office
    stems = {word.removesuffix(end) for word in plain for end in ends if len(word) > _LEAST_LETTERS}
    return bool((plain | stems) & persons.offices or plain & persons.ranks or stems & persons.ranks)


def _opens_with_particle(scan: Scan, place: int, word: str) -> bool:
    """Tell whether «عبد …» or «أبو …» opens a name here; other particles only follow a given name.

    `word` is the particle without clitics.
    """
    second, persons = scan.word(place + 1), scan.lexicon.persons
    if word != scan.word(place) and word not in _OPENERS:
        return False
    if word in _KUNYA:
        third = scan.word(place + 2) if scan.follows(place + 2) else ""
        named = second in persons.given_names or is_plain(scan, second) or is_family(scan, second)
        sure = third.endswith("ي") or second in persons.given_names
        family = is_definite(third) and is_family(scan, third) and sure
        father = word != "ام" and second in persons.given_names  # mother of; «or» too
        return scan.follows(place + 1) and named and (father or family)
    return word == _SERVANT and is_definite(second) and not scan.is_stop(second)


def _sure_second(scan: Scan, place: int) -> bool:
    word = scan.word(place)
    lexicon = scan.lexicon
    return scan.follows(place) and (
        word in lexicon.persons.given_names
        or word in lexicon.persons.particles
        or word in lexicon.names.families
    )


def has_office(scan: Scan, place: int) -> bool:
    """Tell whether an office or a title stands before the name in the same clause."""
    for before in range(place - 1, max(-1, place - 1 - _REACH), -1):
        token = scan.tokens[before]
        if not token.is_word and token.text != ",":
            return False
        if is_office(scan, before):
            return True
    return False


def name_end(scan: Scan, first: int, *, strong: bool) -> int | None:
    """Return the end of the name that starts at a word, None if it has fewer than two words.

    `strong` says that a title or a list vouches for the name, so an unknown third word may belong to it.
    """
    persons = scan.lexicon.persons
    words, place = 1, first + 1
    if scan.word(first) in persons.particles:
        place += 1
        words += scan.word(first) in _KUNYA
    while words < _MOST_WORDS and place < first + _LONGEST and scan.follows(place) and scan.word(place):
        word = scan.word(place)
        office = word in persons.offices and scan.word(place + 1) in persons.office_tails
        if office or opens_next(scan, place):
            break
        if word in persons.suffixes:
            words, place = words - 1, place + 1
        elif word in persons.particles and scan.follows(place + 1) and scan.word(place + 1):
            place += 2
        elif words > 1 and (where := scan.match_at(place, "PLACE")) and not where.name.short:
            break
        elif is_known_name(scan, word) or (words == 1 and strong and _is_surname(scan, first, place)):
            place += 1
        elif _may_name(
            scan, place, strong=words == 1 or (strong and words == _PAIR and _closed(scan, place))
        ):
            if words > 1 and (scan.is_national(word) or word in persons.ranks):
                break
            place += 1
        else:
            break
        words += 1
    if scan.word(place) == _HOUSE and scan.follows(place) and scan.follows(place + 1) and words > 1:
        place += 2
    return place if words > 1 else None


def is_known_name(scan: Scan, word: str) -> bool:
    """Tell whether a word is a given name or a family name of the lexicon."""
    return word in scan.lexicon.persons.given_names or word in scan.lexicon.names.families


def _closed(scan: Scan, place: int) -> bool:
    """Tell whether a name may end with a word: a mark, a stop word or a verb follows it."""
    word = scan.word(place + 1)
    return not scan.follows(place + 1) or not word or scan.is_stop(word) or scan.is_verb(word)


def opens_next(scan: Scan, place: int) -> bool:
    """Tell whether another person («… وعمر …») or an outlet («لقناة …») opens at a place."""
    word, persons = scan.word(place), scan.lexicon.persons
    known = is_known_name(scan, word)
    rest = word[1:]
    outlet = word[:1] == "ل" and rest in scan.lexicon.organisations.outlet_heads  # to
    if outlet or opens_known(scan, place):
        return True
    return word[:1] == "و" and not known and (rest in persons.given_names or rest in _OPENERS)  # and


def opens_known(scan: Scan, place: int) -> bool:
    """Tell whether a known name begins inside a word, after its clitics."""
    return any(match.start > scan.tokens[place].start for match in scan.starting.get(place, ()))


def _is_surname(scan: Scan, first: int, place: int) -> bool:
    """Tell whether a common noun follows a sure given name, and may be a family name there."""
    persons, given, word = scan.lexicon.persons, scan.word(first), scan.word(place)
    sure = given in persons.given_names and given not in persons.doubtful_names
    return sure and word in persons.surnames and place not in scan.adverbial


def _may_name(scan: Scan, place: int, *, strong: bool) -> bool:
    """Tell whether an unknown word may be part of a name; without `strong` only with the article."""
    word = scan.word(place)
    if place in scan.adverbial or opens_known(scan, place):
        return False
    return is_family(scan, word) if is_definite(word) else strong and is_plain(scan, word)


def is_family(scan: Scan, word: str) -> bool:
    """Tell whether a word with the article may be a family name."""
    lexicon, plain = scan.lexicon, bare(word)
    bodies = lexicon.organisations
    single = word.removesuffix("ين").removesuffix("ان").removesuffix("ون")
    return not (
        scan.is_stop(word)
        or single in bodies.descriptive
        or single in lexicon.persons.modifiers
        or word in lexicon.persons.modifiers
        or plain in lexicon.persons.offices
        or (plain.endswith("ه") and plain[:-1] in lexicon.persons.offices)
        or word in bodies.descriptive
        or word in bodies.national_heads
        or plain in bodies.heads
        or plain in bodies.weak_heads
        or plain in lexicon.events.families
        or word in lexicon.places.directions
        or word in lexicon.works.anaphoric
        or word in lexicon.sources.again
    )


def is_plain(scan: Scan, word: str) -> bool:
    """Tell whether a word without the article may be part of a name."""
    lexicon = scan.lexicon
    return (
        len(word) > 2
        and word.isalpha()
        and not is_definite(word)
        and not scan.is_stop(word)
        and not scan.is_national(word)
        and not word.endswith(("يا", "يه"))
        and not (word.endswith("ا") and "ال" + word[:-1] in lexicon.persons.modifiers)  # the
        and not (len(word) > _LEAST_LETTERS and word.endswith(_POSSESSIVE) and word[0] in "بلوفك")
        and not (len(word) > _LONG_WORD and word.endswith(_OWNED))
        and not (word[0] == "ل" and _ACT.match(word[1:]))  # for
        and not word.startswith(tuple(lexicon.stops.verbal))
        and not _ACT.match(word)
        and word not in lexicon.persons.speech_verbs
        and word not in lexicon.persons.nouns
        and not scan.is_verb(word)
        and not any(_is_office_or_head(scan, reading.text) for reading in openings(word))
        and word not in lexicon.events.families
        and word not in lexicon.works.heads
        and word not in lexicon.places.heads
    )


def _is_office_or_head(scan: Scan, word: str) -> bool:
    bodies, offices = scan.lexicon.organisations, scan.lexicon.persons.offices
    woman = len(word) > _LEAST_LETTERS and word.endswith("ه") and word[:-1] in offices
    plural = len(word) > _LEAST_LETTERS and word.endswith(("ين", "ون")) and word[:-2] in offices
    plural = plural or (len(word) > _LEAST_LETTERS and word.endswith("ا") and word[:-1] in offices)
    families = scan.lexicon.events.families
    work = word in scan.lexicon.works.heads or word in families or word.removesuffix("ين") in families
    return woman or plural or work or word in offices or word in bodies.heads | bodies.weak_heads
