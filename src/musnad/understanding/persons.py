"""Names of persons that the authority does not know: by a title, by a given name, by the quotation marks.

A given name alone is a word like many others; it takes a second word that may be a name. Chosen over (a) a
list of all surnames, of which there is no end, and (b) capital letters, which Arabic has not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from musnad.understanding.name_words import (
    ends_as_family,
    ends_before,
    is_family,
    is_joined_word,
    is_known_name,
    is_noun,
    is_of_body,
    is_part,
    is_plain,
    is_shaped_family,
    is_whole,
    names_father,
)
from musnad.understanding.scan import Candidate, Scan
from musnad.understanding.tokens import bare, is_definite

_MOST_WORDS: Final = 4
_PAIR: Final = 2  # words of a name that an unknown third one may follow
_LONGEST: Final = 10  # words of a name with all its particles
_LEAST_LETTERS: Final = 4  # of a given name after a clitic
_REACH: Final = 7  # words between an office and the name of its holder
_OF_HOLDER: Final = ("ه", "ها", "هم", "ا")  # feminine, his, her, their, tanwin
_AND: Final = "و"  # and
_BETWEEN: Final = "بين"  # between
_OWNED: Final = ("ته", "ها", "هم")  # his, her, their
_IN_FAVOUR: Final = "لصالح"  # in favour of; to Saleh
_OF_ORIGIN: Final = frozenset({"الجنسيه", "الاصل", "المولد"})  # of nationality, by origin, by birth
_HOUSE: Final = "ال"  # the house of
_LINEAGE: Final = frozenset({"بن", _HOUSE})  # son of, house of
_SERVANT: Final = "عبد"  # servant of
_LORD: Final = "ربه"  # his Lord
_OPENERS: Final = frozenset({_SERVANT, "ابو"})  # servant of, father of: they open names after a clitic too
_ON: Final = "على"  # on, as some outlets print the name
_PREPOSITIONS: Final = frozenset({"علي"})  # a name, and «on» as some outlets print it
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
    strange = is_plain(scan, word) and not scan.is_common(word)
    if not (known or (strange and _may_name(scan, first + 1, strong=True))):
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
        short = (len(word) < _LEAST_LETTERS and word not in _OPENERS) or is_whole(scan, scan.word(place))
        office = is_of_body(scan, place, word) or place in scan.adverbial
        said = word in persons.speech_verbs and scan.word(place + 1) in persons.given_names  # «… said X»
        if (skip and (short or scan.word(place) == _IN_FAVOUR)) or scan.is_stop(word) or office or said:
            continue
        if word in persons.particles and not _opens_with_particle(scan, place, word):
            continue
        if word in _PREPOSITIONS and not _sure_second(scan, place + 1) and is_definite(scan.word(place + 1)):
            continue
        strong = has_office(scan, place) or scan.word(place - 1) in scan.lexicon.lists.leader
        last = name_end(scan, place, strong=strong)
        if last is None:
            continue
        doubtful = word in persons.doubtful_names or word in scan.lexicon.verbs
        family = last - place > _PAIR and ends_as_family(scan, last - 1)
        if doubtful and not (strong or faith or family or _sure_second(scan, place + 1)):
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
    divine = second == _LORD or (is_definite(second) and not scan.is_stop(second))
    return word == _SERVANT and divine


def _sure_second(scan: Scan, place: int) -> bool:
    word, persons = scan.word(place), scan.lexicon.persons
    said = scan.word(place - 2) in persons.speech_verbs  # «said X Y»
    family = word in scan.lexicon.names.families or (said and ends_as_family(scan, place))
    return scan.follows(place) and (word in persons.given_names or word in persons.particles or family)


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
        office = is_of_body(scan, place, word) or (words > 1 and word in persons.speech_verbs)  # «… said»
        joined = word.startswith(_AND) and word not in persons.particles
        paired = joined and (scan.word(first - 1) == _BETWEEN or is_joined_word(scan, word))
        if office or paired or ends_before(scan, place, first) or opens_next(scan, place):
            break
        if word in persons.suffixes:
            words, place = words - 1, place + 1
        elif word in persons.particles and scan.follows(place + 1) and names_father(scan, place + 1):
            place += 2
        elif words > 1 and (where := scan.match_at(place, "PLACE")) and not where.name.short:
            break
        elif is_part(scan, place) or (
            words == 1 and (strong or _ends_line(scan, place)) and _is_surname(scan, first, place)
        ):
            place += 1
        elif _may_name(
            scan,
            place,
            strong=words == 1 or (words == _PAIR and _closed(scan, place) and (strong or _two(scan, place))),
            vouched=strong,
        ):
            if words == 1 and _known_alone(scan, first):
                break
            common = is_noun(scan, word) and not (strong and is_shaped_family(scan, place))
            nation = scan.is_national(word) and scan.word(first) not in _KUNYA  # «Abu X of Tunis»
            if words > 1 and (nation or word in persons.ranks or common):
                break
            place += 1
        else:
            break
        words += 1
    house = scan.word(place) == _HOUSE and scan.follows(place) and scan.follows(place + 1)
    return place + 2 * house if words > 1 else None


def _two(scan: Scan, place: int) -> bool:
    """Tell whether the two words before a place are given names, so that a strange third is the family."""
    names, doubtful = scan.lexicon.persons.given_names, scan.lexicon.persons.doubtful_names
    return scan.word(place - 1) in names and scan.word(place - 2) in names - doubtful


def _known_alone(scan: Scan, place: int) -> bool:
    """Tell whether a word by itself is the known name of a person, which no unknown word follows."""
    alone = (match for match in scan.starting.get(place, ()) if match.last == place + 1)
    return any(match.name.entity.type == "PERSON" for match in alone)


def lineage_end(scan: Scan, place: int) -> int:
    """Return the end of the names of father and house that start at a place, the place if none does."""
    last = place
    while scan.word(last) in _LINEAGE and scan.follows(last) and scan.follows(last + 1):
        last += 2 + (scan.word(last + 1) == _SERVANT)
    return last


def _ends_line(scan: Scan, place: int) -> bool:
    """Tell whether a line ends after a word."""
    return place + 1 >= len(scan.tokens) or not scan.tokens[place + 1].joined


def _closed(scan: Scan, place: int) -> bool:
    """Tell whether a name may end with a word: a mark, a stop word or a verb follows it."""
    word = scan.word(place + 1)
    return not scan.follows(place + 1) or not word or scan.is_stop(word) or scan.is_verb(word)


def opens_next(scan: Scan, place: int) -> bool:
    """Tell whether another person («… وعمر …») or an outlet («لقناة …»), or «so that», opens at a place."""
    word, persons = scan.word(place), scan.lexicon.persons
    known = is_known_name(scan, word)
    rest = word[1:]
    outlet = word[:1] == "ل" and rest in scan.lexicon.organisations.outlet_heads  # to
    if outlet or place in scan.led or opens_known(scan, place):
        return True
    return word[:1] == "و" and not known and (rest in persons.given_names or rest in _OPENERS)  # and


def opens_known(scan: Scan, place: int) -> bool:
    """Tell whether a known name begins inside a word, after its clitics."""
    return any(match.start > scan.tokens[place].start for match in scan.starting.get(place, ()))


def _is_surname(scan: Scan, first: int, place: int) -> bool:
    """Tell whether a common noun follows a given name, and may be a family name there.

    Where nobody is known by the given name alone, any noun may be one that ends its clause.
    """
    persons, given, word = scan.lexicon.persons, scan.word(first), scan.word(place)
    named = given in persons.given_names or given == _SERVANT
    sure = given in persons.given_names - persons.doubtful_names and first not in scan.starting
    ends = sure and _closed(scan, place) and is_plain(scan, word) and not word.endswith(_OWNED)
    family = named and word in persons.surnames
    titled = scan.word(first - 1) in persons.ranks and scan.word(place + 1) not in _OF_ORIGIN
    nation = sure and titled and scan.is_national(word)  # «General X Jaza'iri»
    return (family or ends or nation) and place not in scan.adverbial


def _may_name(scan: Scan, place: int, *, strong: bool, vouched: bool = True) -> bool:
    """Tell whether an unknown word may be part of a name; without `strong` only with the article.

    A common word with the article is one only where a title vouches for the name (`vouched`).
    """
    word = scan.word(place)
    if place in scan.adverbial or opens_known(scan, place):
        return False
    if is_definite(word):
        return is_family(scan, word) and (vouched or not is_noun(scan, word))
    return strong and is_plain(scan, word) and not scan.is_common(word)
