"""Which words may be part of a person's name: the known ones, family names with the article, unknown ones.

A word that the lexicon does not know is judged by its shape and by what else it may be. Chosen over
(a) a list of all names, of which there is no end, and (b) a morphological analyser, which the core cannot
carry.
"""

from __future__ import annotations

import re
from typing import Final

from musnad.understanding.scan import Scan
from musnad.understanding.tokens import bare, is_definite, openings, stem

_LEAST_LETTERS: Final = 4  # of a word with an ending
_POSSESSIVE: Final = ("ها", "هم", "هما", "تنا", "نا", "ته")  # her, their, our, his
_OWNED: Final = ("ها", "هم", "هما", "ته")  # her, their, his: no name ends so after four letters
_LONG_WORD: Final = 5
_BORN: Final = "ولد"  # son of, in the west; was born
_CHILD: Final = frozenset({"ابن", "بنت"})  # son, daughter
_WHOLE: Final = 2  # words of a name
_PARTICIPLE: Final = "الم"  # how participles with the article begin
_GOVERNED: Final = ("لل", "بال")  # to the, by the
_SON: Final = "اوغلو"  # son of, in Turkish: it ends a name
_OF_FAMILIES: Final = ("ي", "ان")  # endings of family names
_ACT: Final = re.compile(r"ا(?:..|ن..|.ت.)ا.\Z")  # shapes of the nouns of acts
_DEED: Final = re.compile(r"(?:ت..ي.|ت.ا.ي.|م.ا..ه)\Z")  # further shapes: «specifying», «intervention»
_FORMING: Final = re.compile(r"ت..ي.\Z")  # the noun of an act («ترشيح»)
_ME: Final = "ني"  # me, on a verb
_WITH_TO: Final = ("ب", "ل", "ك")  # with, to, like: written on a word
_WITH_HIS: Final = re.compile(r"[بل](?!ا)\w+ه\Z")  # «with his wounds»; families of the south open with «با»
_PLURAL: Final = re.compile(r"ال\w{4,}ات\Z")  # the manoeuvres: no family is called so
_HOURS: Final = frozenset({"صباح", "مسا", "فجر", "ظهر", "عصر", "ليل"})  # morning, evening, dawn, noon, …
_DAYS: Final = ("امس", "اليوم", "يوم", "الاحد", "الاثنين", "الثلاثا", "الاربعا", "الخميس", "الجمعه", "السبت")


def is_known_name(scan: Scan, word: str) -> bool:
    """Tell whether a word is a given name or a family name of the lexicon."""
    return word in scan.lexicon.persons.given_names or word in scan.lexicon.names.families


def is_of_body(scan: Scan, place: int, word: str) -> bool:
    """Tell whether a word that is a name too is an office here («أمين عام», «أمين الهيئة …»)."""
    after, persons = scan.word(place + 1), scan.lexicon.persons
    body = is_definite(after) and after[2:] in scan.lexicon.organisations.heads
    return word in persons.offices and (after in persons.office_tails or body)


def is_family(scan: Scan, word: str) -> bool:
    """Tell whether a word with the article may be a family name."""
    lexicon, plain = scan.lexicon, bare(word)
    bodies = lexicon.organisations
    single = word.removesuffix("ين").removesuffix("ان").removesuffix("ون")
    return not (
        scan.is_stop(word)
        or _PLURAL.match(word)
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
        and not (word.startswith(_WITH_TO) and _DEED.match(word[1:]))
        and not (_WITH_HIS.match(word) and len(word) > _LONG_WORD)
        and not scan.opens_as_verb(word)
        and not _ACT.match(word)
        and not _FORMING.match(word)
        and not (word.endswith(_ME) and scan.is_verb(word.removesuffix(_ME)))
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


def is_whole(scan: Scan, word: str) -> bool:
    """Tell whether a word that seems to begin with a clitic is one of the language as it stands («فرضية»)."""
    known = stem(word) in scan.lexicon.vocabulary.words or stem(word) in scan.lexicon.verbs
    return known and word not in scan.lexicon.names.families


def is_joined_word(scan: Scan, word: str) -> bool:
    """Tell whether «and» joins a common word to a name, which ends before it («… وصادقة»)."""
    return not is_known_name(scan, word) and not is_definite(word[1:]) and scan.is_common(word)


def ends_as_family(scan: Scan, place: int) -> bool:
    """Tell whether a word is a known family name, or has the article and the ending of one."""
    word = scan.word(place)
    shaped = is_definite(word) and word.endswith("ي") and not scan.is_national(word)
    return shaped or word in scan.lexicon.names.families


def is_part(scan: Scan, place: int) -> bool:
    """Tell whether a word is a known part of a name, or any word before «أوغلو»."""
    word = scan.word(place)
    plain = len(word) > _LEAST_LETTERS and word.isalpha() and not is_definite(word) and not scan.is_stop(word)
    return is_known_name(scan, word) or (plain and scan.word(place + 1) == _SON and scan.follows(place + 1))


def is_shaped_family(scan: Scan, place: int) -> bool:
    """Tell whether a common word with the article has the shape of a family name after given names only.

    «سالم عبد الواحد المالكي», but «سالم الراوي السياسي».
    """
    word, servant = scan.word(place), scan.lexicon.persons.particles
    given = not is_definite(scan.word(place - 1)) or scan.word(place - 2) in servant
    return is_definite(word) and given and word.endswith(_OF_FAMILIES)


def names_father(scan: Scan, place: int) -> bool:
    """Tell whether a word may follow a particle of a name («ولد» is «was born» too, «ابن» tells kin)."""
    word, particle = scan.word(place), scan.word(place - 1)
    kin = (
        particle in _CHILD and is_noun(scan, word) and not is_known_name(scan, word)
    )  # «X, son of a sister of …»
    return bool(word) and not kin and (particle != _BORN or not scan.is_stop(word))


def is_participle(scan: Scan, place: int, first: int) -> bool:
    """Tell whether a word after a whole name tells what the person does («… المؤيد للحرب»).

    `first` is where the name begins: after a verb of speech «to the …» may be whom somebody told.
    """
    word, after = scan.word(place), scan.word(place + 1)
    if (
        place - first < _WHOLE
        or not word.startswith(_PARTICIPLE)
        or word.endswith("ي")
        or not scan.follows(place + 1)
    ):
        return False
    if after.startswith(_GOVERNED):
        return scan.word(first - 1) not in scan.lexicon.persons.speech_verbs
    governs = scan.is_stop(after) or place + 1 in scan.adverbial
    return governs and not is_known_name(scan, word)


def is_noun(scan: Scan, word: str) -> bool:
    """Tell whether a word is a common one and no family name («… الفلاني الموقف»)."""
    return scan.is_common(word) and word not in scan.lexicon.persons.surnames


def is_hour(scan: Scan, place: int) -> bool:
    """Tell whether a word is the hour of the day after it («صباح أمس»), and no family name."""
    return scan.word(place) in _HOURS and scan.word(place + 1) in _DAYS


def ends_before(scan: Scan, place: int, first: int) -> bool:
    """Tell whether a name ends before a word: an hour of the day, or what the person does."""
    return is_hour(scan, place) or is_participle(scan, place, first)
