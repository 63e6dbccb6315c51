"""Write words as a subject would be written: numbers, pairs, groups and their adjectives in the nominative.

A page writes whom somebody killed, or what was bombed, as objects («شخصين», «ثمانية آخرين»); cited by
themselves they are «شخصان», «ثمانية آخرون». The same ending is written for two and for several: only what is
surely one of them is changed. Chosen over (a) the words as printed, which call one group by two names, and
(b) every word with the ending, which takes roots («فلسطين») and what a number counts («ثلاثة مقاتلين»).
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace
from functools import lru_cache
from typing import Final

from musnad.folding import fold
from musnad.model import Thing
from musnad.understanding.particles import AND, ARTICLE, FEMININE, FEMININE_PAST, WHO
from musnad.understanding.patterns import Words

_TWO, _MANY = "ان", "ون"  # endings of two, and of several, in the nominative
_OBLIQUE: Final = "ين"  # the ending of both elsewhere
_OF_TWO: Final = re.compile("\u064eين\\Z|تين\\Z")  # shown by its mark, or by the feminine
_OBLIQUE_END: Final = re.compile("[\u064b-\u0652]*ي[\u064b-\u0652]*ن[\u064b-\u0652]*\\Z")
_MANY_END: Final = re.compile("ون\\Z")
_TANWIN: Final = re.compile("(?:\u064b?ا|ا\u064b)\\Z")  # the ending of an indefinite object
_THINGS: Final = ("targets", "sites", "blows", "planes", "missiles")  # word lists of what is no one
_PEOPLE: Final = ("casualties", "bands", "oblique_bands", "protesters", "the_people")
_SINGLE: Final = ("casualties", "dead")
_FALLING: Final = ("slain", "fallen", "were_slain", "died")  # word lists of verbs: was slain, fell
_CASED: Final = frozenset({"attacked", "killed", "opponentOf", "allyOf"})
_HER: Final = "ها"  # her: no ending of case
_SUBJECT: Final = "{subject}"
_OTHERS: Final = "اخرين"  # others
_PAIR: Final = {"اثنين": "اثنان", "اثنتين": "اثنتان"}  # two
_HUNDREDS: Final = {  # two hundred, two thousand, two million
    "ميتين": "مئتان",
    "مايتين": "مائتان",
    "الفين": "ألفان",
    "مليونين": "مليونان",
    "ميتي": "مئتا",
    "مايتي": "مائتا",
    "الفي": "ألفا",
}
_TENS: Final = frozenset(
    {"عشر", "ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع"}
)  # stems of twenty … ninety
_BROKEN: Final = frozenset(  # plurals without an ending: Kurds, Arabs, foreigners, Turks, Russians, …
    {"اكراد", "عرب", "اجانب", "اتراك", "روس", "افغان", "جدد", "اسري", "يهود", "شيعه", "سنه", "دروز"}
)
_NO_NISBA: Final = frozenset({"تعيين", "ملايين", "شرايين", "تبيين", "تزيين", "تحيين", "براميل"})
_ADJECTIVES: Final = 3  # that follow a noun
_PLURAL: Final = 4  # letters of an adjective with the ending, at least


def as_subject(label: str, words: Words) -> str:
    """Return a label as a subject would be written, where its case is sure; else as it is."""
    printed = label.split()
    if not printed:
        return label
    told = _counted(printed, words) or _pair_or_group(printed, words) or _single(printed, words) or printed
    for at in range(1, min(len(told), _ADJECTIVES + 1)):
        if told[at].startswith(AND) and not _is_known(told[at], words):
            rest = [told[at][1:], *told[at + 1 :]]
            joined = _pair_or_group(rest, words) or rest
            told = [*told[:at], AND + joined[0], *joined[1:]]
            break
    return " ".join(told)


def in_their_case(relation: str, subject: Thing, thing: Thing, words: Words) -> tuple[Thing, Thing]:
    """Return subject and object of a claim as subjects are written, where words alone tell who they are.

    «{subject}» in the words of a deed stands for the subject: in the nominative after a verb («قتل شخصان»),
    as printed after its noun («مقتل شخصين»).
    """
    told = subject
    if relation in _CASED and not subject.entity and not subject.datatype:
        told = replace(subject, label=as_subject(subject.label, words))
    deed, of_subject, rest = thing.label.partition(_SUBJECT)
    if of_subject:
        verb = fold(deed).text.strip() in words.any_of(_FALLING) - words.all("deaths")
        return told, replace(thing, label=deed + (told if verb else subject).label + rest)
    if relation in _CASED and not thing.entity and not thing.datatype:
        thing = replace(thing, label=as_subject(thing.label, words))
    return told, thing


def fighters_as_subject(label: str) -> str:
    """Return a definite group in arms with its adjectives as a subject would be written.

    >>> fighters_as_subject("المسلحين الأكراد")
    'المسلحون الأكراد'
    """
    printed = label.split()
    if not printed or not _is_group(printed[0]):
        return label
    return " ".join(_with_adjectives(printed, _MANY))


def fighters_as_owner(label: str) -> str:
    """Return the same group as it is written after a noun («هدنة المتمردين الأكراد»).

    >>> fighters_as_owner("المتمردون الأكراد"), fighters_as_owner("ميدان البرلمان")
    ('المتمردين الأكراد', 'ميدان البرلمان')
    """
    printed = label.split()
    oblique = [_MANY_END.sub(_OBLIQUE, word) if word.startswith(ARTICLE) else word for word in printed]
    return " ".join(oblique) if printed and _is_group(oblique[0]) else label


def _counted(printed: Sequence[str], words: Words) -> list[str]:
    """Return words that begin with a number, the number itself and «others» in the nominative."""
    first = fold(printed[0]).text
    if first == _OTHERS:
        return [_ended(printed[0], _MANY), *printed[1:]]
    number = {**_PAIR, **_HUNDREDS}.get(first) or _tens(printed[0])
    numbers = words.all("numbers")
    if not number and first not in numbers and not first[:1].isdigit():
        return []
    told = [number or printed[0], *printed[1:]]
    second = fold(told[1]).text if len(told) > 1 else ""
    if second == _OTHERS:
        told[1] = _ended(told[1], _TWO if first in _PAIR else _MANY)
    elif second.startswith(AND) and (tens := _tens(told[1][1:])):
        told[1] = AND + tens
    return told


def _tens(word: str) -> str:
    """Return «twenty» … «ninety» in the nominative, "" for any other word."""
    plain = fold(word).text
    return _ended(word, _MANY) if plain.endswith(_OBLIQUE) and plain.removesuffix(_OBLIQUE) in _TENS else ""


def _pair_or_group(printed: Sequence[str], words: Words) -> list[str]:
    """Return two of a kind, or a group that is surely one, in the nominative; nothing for other words."""
    first = fold(printed[0]).text
    stem = first.removeprefix(ARTICLE)
    if stem.endswith(_OBLIQUE):
        ending = _number_of(printed, words)
        return _with_adjectives(printed, ending) if ending else []
    one = stem in words.all("broken_plurals") | _sound(words)  # «a soldier of …»: the letter is of the noun
    if one or len(printed) == 1 or stem != first or not stem.endswith("ي"):
        return []
    root = stem.removesuffix("ي")
    if _is_two(root, words):
        return [printed[0][:-1] + "ا", *printed[1:]]
    several = root in _sound(words) and fold(printed[1]).text.startswith(ARTICLE)
    return [printed[0][:-1] + "و", *printed[1:]] if several else []


def _number_of(printed: Sequence[str], words: Words) -> str:
    """Return the ending of two or of several for a noun in the oblique, "" where both may be meant."""
    first = fold(printed[0]).text
    stem = first.removeprefix(ARTICLE).removesuffix(_OBLIQUE)
    following = [fold(word).text for word in printed[1 : _ADJECTIVES + 1]]
    people = stem in _sound(words)
    if _is_two(stem, words) or (people and (_OF_TWO.search(printed[0]) or _PAIR.keys() & set(following))):
        return _TWO
    definite = first.startswith(ARTICLE)
    broken = bool(following) and following[0].removeprefix(ARTICLE) in _BROKEN
    if (people and (definite or broken)) or (definite and _is_group(printed[0])):
        return _MANY
    return ""


def _is_two(stem: str, words: Words) -> bool:
    """Tell whether the oblique ending on a stem means two: its plural is written otherwise."""
    feminine = stem.removesuffix(FEMININE_PAST) + FEMININE if stem.endswith(FEMININE_PAST) else stem
    return bool({stem, feminine} & (words.all("broken_plurals") | _singular_things(words.any_of(_THINGS))))


def _is_group(word: str) -> bool:
    """Tell whether a word with the article is a people or a group: «الحوثيين», «المقاتلين»."""
    plain = fold(word).text
    stem = plain.removeprefix(ARTICLE)
    if stem == plain or not stem.endswith(_OBLIQUE) or stem in _NO_NISBA:
        return False
    return stem.endswith("يين") or (stem.startswith("م") and len(stem) > _PLURAL + 1)


def _with_adjectives(printed: Sequence[str], ending: str) -> list[str]:
    """Return a noun and the adjectives that agree with it, with another ending."""
    definite = fold(printed[0]).text.startswith(ARTICLE)
    told = [_ended(printed[0], ending)]
    for word in printed[1:]:
        plain = fold(word).text
        agrees = plain.startswith(ARTICLE) == definite and plain not in WHO
        if agrees and plain.removeprefix(ARTICLE) in _BROKEN:
            told.append(word)
        elif agrees and plain.endswith(_OBLIQUE) and len(plain) >= _PLURAL:
            told.append(_PAIR.get(plain) or _ended(word, ending))
        else:
            break
    return [*told, *printed[len(told) :]]


def _single(printed: Sequence[str], words: Words) -> list[str]:
    """Return somebody in the accusative, with their adjectives, in the nominative."""
    people = words.any_of(_SINGLE) | words.all("broken_plurals")
    bare = _TANWIN.sub("", printed[0]) if not printed[0].endswith(_HER) else printed[0]
    if bare == printed[0] or fold(bare).text not in people or len(bare) < _PLURAL - 1:
        return []
    told = [bare]
    for word in printed[1:]:
        plain = _TANWIN.sub("", word)
        if plain == word or (not plain.endswith("ي") and not _TANWIN.search(word)):
            break
        told.append(plain)
    return [*told, *printed[len(told) :]]


def _is_known(word: str, words: Words) -> bool:
    """Tell whether a word that begins with «و» is a noun by itself («وزيرين»)."""
    return fold(word).text.removesuffix(_OBLIQUE) in words.all("broken_plurals")


def _ended(word: str, ending: str) -> str:
    return _OBLIQUE_END.sub("", word) + ending


def _sound(words: Words) -> Set[str]:
    """Return the stems of people whose plural has an ending, folded, without article."""
    return _stems(words.any_of(_PEOPLE), words.all("broken_plurals"))


@lru_cache(maxsize=4)
def _stems(people: frozenset[str], broken: frozenset[str]) -> frozenset[str]:
    last = (each.removeprefix(ARTICLE) for each in people if " " not in each)
    return frozenset(each[:-2] for each in last if each.endswith((_OBLIQUE, _MANY))) - broken


@lru_cache(maxsize=4)
def _singular_things(things: frozenset[str]) -> frozenset[str]:
    """Return nouns for things, those for people and for several left out."""
    return frozenset(each for each in things if not each.endswith((_OBLIQUE, "ات", _TWO, "ي", "ا")))
