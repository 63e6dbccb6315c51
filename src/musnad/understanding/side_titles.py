"""Read the titles of a side of a gathering, and whom titles without a name mean.

Apart from `sides`, which takes names and lists: a title goes on for many words, and each of them may be where
the next one begins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from musnad.folding import fold_name
from musnad.model import Thing
from musnad.understanding.office_ends import is_office
from musnad.understanding.particles import AND, IN, TO, TO_THE, WHO, WITH, is_definite, without_article
from musnad.understanding.sentences import Token

if TYPE_CHECKING:
    from musnad.understanding.sides import Reader

REACH: Final = 18  # tokens of titles before a name, or after it
OFFICE: Final = frozenset("okvrg")
COUNTERPART: Final = ("نظير", "بنظير")  # his counterpart; with his counterpart
FELLOWS: Final = ("نظراي", "نظراء", "زملاي", "زملاء")  # his counterparts, his colleagues
_TITLES: Final = 4  # tokens before a name among which its rank stands
_SENT_TO: Final = frozenset({"الي", "لدي", IN})  # to, at, in: within a title («the envoy to X»)
_ROYAL: Final = {"جلالت": "ملك", "سمو": "امير"}  # majesty → king, highness → prince
_STATES: Final = frozenset({"جمهوريه", "مملكه", "دوله", "سلطنه"})  # republic, kingdom, state, sultanate


def titles_end(reader: Reader, place: int, *, before_name: bool) -> int:
    """Return the token after titles: the name that they lead to, or what goes on after them."""
    last = place + 1
    while last < min(place + REACH, len(reader.tokens)) and last not in reader.barred:
        text, letter = reader.text(last), reader.letter(last)
        if before_name and text == ",":  # «the prime minister, Dr X»
            name = last + 1 + bool(reader.classes(last + 1) & OFFICE)
            return name if reader.letter(name) == "P" else last
        if letter == "P" or reader.tokens[last].edtf:
            break
        if letter in {"O", "L", "E"}:
            if reader.letter(last - 1):
                break
            if not before_name and letter == "L" and reader.text(last - 1) in TO:
                return last - 1
            last += 1
            continue
        if text in TO | _SENT_TO:
            near = [reader.letter(at) for at in range(last + 1, last + 3)]
            if near[0] not in {"O", "L"} or not (before_name or text in TO):
                break
            if text not in TO and not _leads_to_person(reader, last + 2):
                break
            last += 1
            continue
        if not _goes_on(reader, last, place):
            break
        last += 1
    return last


def _leads_to_person(reader: Reader, place: int) -> bool:
    """Tell whether a person is named after a few words of titles («the envoy to X, the Swede Y»)."""
    for at in range(place, min(place + 3, len(reader.tokens))):
        if reader.letter(at) == "P":
            return True
        if not (reader.classes(at) & OFFICE or is_definite(reader.text(at))):
            return False
    return False


def _goes_on(reader: Reader, last: int, place: int) -> bool:
    """Tell whether a word goes on a title: another title, an adjective, the noun after a bare office."""
    token, classes = reader.tokens[last], reader.classes(last)
    if token.text.removeprefix(AND) in WHO:
        return False
    if not token.is_word or classes & {"t", "h", "x"} - ({"x"} if _of_group(reader, last, place) else set()):
        return False
    if ("s" in classes and "j" not in classes) or token.text.startswith(COUNTERPART):
        return False
    if classes & {"o", "k", "v", "r"}:
        begins = "j" in classes or (token.text[0] == AND and "v" in classes)
        return not (begins and _names_person(reader, last))
    if is_definite(token.text) or token.text in _STATES:
        return True
    bare_office = bool(reader.classes(last - 1) & {"o", "g"}) and not is_definite(reader.text(last - 1))
    return bare_office or token.text.startswith(TO_THE) or _of_group(reader, last - 1, place)


def _names_person(reader: Reader, place: int) -> bool:
    """Tell whether an office with «and» begins the next person of a list."""
    return reader.letter(titles_end(reader, place, before_name=True)) == "P"


def _of_group(reader: Reader, place: int, start: int) -> bool:
    """Tell whether «of», «from» stands right after a group («representatives of»)."""
    group = "g" in reader.classes(place - 1) or reader.text(place - 1).startswith(FELLOWS)
    return reader.text(place) in {"من", "عن"} and group and place > start


def described(reader: Reader, start: int, end: int) -> Thing | None:
    """Return the words of an office whose bearer the page never names, if they say of what it is."""
    token, setting = reader.tokens[start], reader.setting
    if token.text.startswith(COUNTERPART) or not is_office(token, setting.patterns.words):
        return None
    told = any(reader.letter(at) in {"O", "L"} or _is_national(reader, at) for at in range(start + 1, end))
    if not told or any(reader.text(at) in {",", "("} for at in range(start, end)):
        return None
    words = setting.document.text[token.start : reader.tokens[end - 1].end]
    return Thing(" ".join(words[len(token.text) - len(office_of(reader, token)) :].split()))


def _is_national(reader: Reader, at: int) -> bool:
    """Tell whether a word is the adjective of a nation that the page knows."""
    text = reader.text(at)
    return is_definite(text) and "a" in reader.classes(at) and reader.setting.place_of(text) is not None


def office_of(reader: Reader, token: Token) -> str:
    """Return the word of an office without «and», «with»: the first letter of «minister» is neither."""
    offices = reader.setting.patterns.words.any_of(("offices", "speaking_offices", "party_offices"))
    words = (token.text, token.text.removeprefix(WITH), token.bare, token.bare.removeprefix(WITH))
    return next((word for word in words if {word, without_article(word)} & offices), words[-1])


def honoured(reader: Reader, place: int) -> Thing | None:
    """Return whom «His Majesty», «His Highness» means: the last one before with that rank."""
    stem = next((stem for stem in _ROYAL if reader.tokens[place].bare.startswith(stem)), "")
    here, words = reader.tokens[place].start, reader.setting.patterns.words
    ranks = frozenset({_ROYAL[stem]}) if stem else words.any_of(("offices", "party_offices"))
    for sentence in reversed(reader.setting.sentences):
        tokens = sentence.tokens
        for at in range(len(tokens) - 1, -1, -1):
            named = tokens[at].mention
            if named is None or named.type != "PERSON" or named.end > here:
                continue
            surface = reader.setting.document.text[named.start : named.end]
            told = {without_article(token.text) for token in tokens[max(0, at - _TITLES) : at]}
            if ranks & (told | {without_article(word) for word in fold_name(surface).split()[:1]}):
                return reader.setting.thing_of(named)
    return None
