"""Words as they are searched: folded letter by letter, and what each may be a spelling of.

Everything here is written a second time in `publish/static/search.js`, which takes the table of letters from
the index; a test in a browser compares the two over every letter. Words hold letters of the basic plane only,
so that both languages sort them alike. Chosen over (a) a stemmer, which joins words that readers tell apart,
and (b) regular expressions over the letters of Unicode, whose versions differ from browser to browser.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from musnad.folding import FOLDED

MOST_CHARACTERS: Final = 2_000  # of a question that are read
MOST_WORDS: Final = 8
LONGEST_WORD: Final = 40
LEAST_PREFIX: Final = 3  # letters; a shorter word is found whole
LEAST_EDITED: Final = 5
# Letters and digits, lower case: Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic, Japanese, Chinese, Korean.
LETTERS: Final = (
    "0-9a-z\u00df-\u00f6\u00f8-\u024f\u1e00-\u1eff\u0370-\u0373\u0376\u0377\u037b-\u037d\u0386\u0388-\u0481"
    "\u048a-\u0556\u0561-\u0587\u05d0-\u05f2\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee"
    "\u06ef\u06fa-\u06fc\u06ff\u0750-\u077f\u08a0-\u08c7\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
)
APOSTROPHES: Final = "'`\u2018\u2019\u02bb\u02bc\u02be\u02bf"  # also of transliteration: ʾ and ʿ
_LETTER: Final = re.compile(f"[{LETTERS}]")
_COMBINING: Final = re.compile("[\u0300-\u036f]")
_ARABIC: Final = re.compile("[\u0620-\u064a]")
_ARTICLE: Final = "ال"  # the
_AND_SO: Final = "وف"  # and, so: written on the next word
_WITH_AS_TO: Final = "بكل"  # with, as, to: written on the next word
_TO_THE: Final = "لل"  # to the
_LEAST_LEFT: Final = 3  # letters that must be left of a word
ITSELF, ARTICLE, CLITIC = 0, 1, 2  # how far a form is from the word


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word and where it stands in the text, in code points, end exclusive."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=20_000)
def spell(letter: str) -> str:
    """Return what a letter is searched as: letters, a blank where it parts words, "" where it is nothing.

    >>> spell("أ"), spell("É"), spell("؟"), spell("ـ")
    ('ا', 'e', ' ', '')
    """
    folded = FOLDED.get(letter)
    if folded is None:
        latin = letter < "\u0370" or "\u1e00" <= letter <= "\u1eff"
        folded = _COMBINING.sub("", unicodedata.normalize("NFD", letter)) if latin else letter
    # Capitals beyond the general scripts are no letters of ours: Unicode still adds to them.
    lower = folded.lower() if folded < "\u2000" else folded
    return "".join(each if _LETTER.match(each) else " " for each in lower if each != "\u0307")


def spans(text: str) -> list[Word]:
    """Return the words of a text with their places; an apostrophe between Latin letters parts nothing.

    >>> [word.text for word in spans("مُؤتمر «الآستانة»، Ba'ath ٢٠١٨")]
    ['موتمر', 'الاستانه', 'baath', '2018']
    """
    found: list[Word] = []
    letters, start, end = "", 0, 0
    for place, letter in enumerate(text):
        spelt = spell(letter)
        if letter in APOSTROPHES and _latin(letters[-1:]) and _latin(spell(text[place + 1 : place + 2])[:1]):
            spelt = ""
        for each in spelt:
            if each != " ":
                start = start if letters else place
                letters += each
            elif letters:
                found.append(Word(letters, start, end))
                letters = ""
        end = place + 1
    if letters:
        found.append(Word(letters, start, end))
    return found


def words_in(text: str) -> list[str]:
    """Return the words of a text without their places; what stands between blanks is read once.

    >>> words_in("مُؤتمر «الآستانة»، Ba'ath ٢٠١٨")
    ['موتمر', 'الاستانه', 'baath', '2018']
    """
    return [word for piece in text.split(" ") for word in _words_in(piece)]


@lru_cache(maxsize=50_000)
def _words_in(piece: str) -> tuple[str, ...]:
    return tuple(word.text for word in spans(piece))


def _latin(letter: str) -> bool:
    return "a" <= letter <= "z"


def words_of(question: str) -> list[str]:
    """Return the words of a question, each once: at most 8, of at most 40 letters.

    >>> words_of("من هو فلان؟ فلان")
    ['من', 'هو', 'فلان']
    """
    found = dict.fromkeys(word.text[:LONGEST_WORD] for word in spans(question[:MOST_CHARACTERS]))
    return list(found)[:MOST_WORDS]


def forms(word: str) -> dict[str, int]:
    """Return what a word may be without «and», «so», «with», «as», «to» and the article → how far it is.

    >>> forms("والجيش")
    {'والجيش': 0, 'الجيش': 2, 'جيش': 2}
    >>> forms("الجيش"), forms("zinki")
    ({'الجيش': 0, 'جيش': 1}, {'zinki': 0})
    """
    found = {word: ITSELF}
    if not _ARABIC.match(word):
        return found
    _bare(found, word, ARTICLE)
    bases = [word]
    if word[0] in _AND_SO and len(word) > _LEAST_LEFT:
        bases.append(word[1:])
        found.setdefault(word[1:], CLITIC)
        _bare(found, word[1:], CLITIC)
    for base in bases:
        if base[0] in _WITH_AS_TO and len(base) > _LEAST_LEFT:
            found.setdefault(base[1:], CLITIC)
            _bare(found, base[1:], CLITIC)
        if base.startswith(_TO_THE) and len(base) >= _LEAST_LEFT + 2:
            found.setdefault(base[2:], CLITIC)
    return found


@lru_cache(maxsize=50_000)
def known_forms(word: str) -> tuple[tuple[str, int], ...]:
    """Return what `forms` does; most words of running text were there before."""
    return tuple(forms(word).items())


def _bare(found: dict[str, int], word: str, distance: int) -> None:
    if word.startswith(_ARTICLE) and len(word) >= _LEAST_LEFT + 2:
        found.setdefault(word[2:], distance)


def name_key(words: list[str]) -> str:
    """Return what a whole name stands under: its words without articles; the blank at the end marks it.

    >>> name_key(["الجيش", "الحر"])
    'جيش الحر '
    """
    bare = [next((form for form, far in forms(word).items() if far == ARTICLE), word) for word in words]
    return "".join(f"{word} " for word in bare)


def one_edit(one: str, other: str) -> bool:
    """Tell whether one letter more, less or other, or two neighbours exchanged, make one word the other.

    >>> one_edit("فلاني", "فلني"), one_edit("fulan", "fluan"), one_edit("fulan", "fulan")
    (True, True, False)
    """
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    least = min(len(one), len(other))
    same = next((place for place in range(least) if one[place] != other[place]), least)
    if len(one) != len(other):
        longer, shorter = (one, other) if len(one) > len(other) else (other, one)
        return longer[same + 1 :] == shorter[same:]
    swapped = one[same : same + 2] == other[same : same + 2][::-1] and one[same + 2 :] == other[same + 2 :]
    return one[same + 1 :] == other[same + 1 :] or swapped
