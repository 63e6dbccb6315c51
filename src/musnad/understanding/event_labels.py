"""What an event that only the page knows is called in a claim: its words, without what passes.

«Its regular meeting» is the meeting of whoever is named before, «the next round» a round: the pronoun and the
adjectives of time mean nothing outside their sentence. Chosen over (a) the words as printed, which no reader
of the data can tell apart, and (b) a name made of place and date, which the page does not use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from typing import Final

from musnad.folding import fold, fold_name
from musnad.model import Mention
from musnad.understanding.particles import ARTICLE

_TELLING: Final = frozenset({"الي", "بين", "مع"})  # to, between, with
_SIDES: Final = frozenset({"PLACE", "ORG"})
_PRONOUNS: Final = ("هما", "ها", "هم", "ه")  # of both, her, their, his
_OWNERS: Final = ("ORG", "PERSON")
_REACH: Final = 160  # letters before an event among which whose it is must be named
_ENDS: Final = frozenset(".\n؟!")
_SON: Final = "بن"  # son of
_NUMBERED: Final = frozenset({"الأول", "الثاني", "الثالث", "الرابع", "السادس"})  # first to sixth: of kings
_PARTICLES: Final = frozenset({"دي", "دو", "فون", "فان", "أبو", "أبي", "عبد", "آل", "كي"})  # of, father of, …
_SAYING_LITTLE: Final = frozenset({"", "سلام", "السلام", "عمل"})  # peace, work: after «talks», «meeting»
_NEAR: Final = 48  # letters after an event within which its place begins
# «that was held in the city of», «in», «which … will host»
_HELD_IN: Final = re.compile(
    r"[ ,]*(?:(?:التي|الذي|اللتين|اللذين) )?"
    r"(?:(?:س?[يت]?(?:جري|جرت|عقد|نعقد)|عقد(?:ت|تا|ا)|انعقدت?|المنعقده?|اقيمت?) (?:امس |اليوم )?)?"
    r"(?:في |ب)(?:مدينه |العاصمه (?:ال\w+ )?)?\Z"
    r"|[ ,]*(?:التي|الذي) (?:س?[يت]?(?:ستضيف|حتضن)|استضافت|احتضنت)(?:ها|ه) \Z"
)


def lasting(label: str, passing: Set[str]) -> str:
    """Return a label without the adjectives that tell its time; `passing` are these, folded.

    >>> lasting("الاجتماع الثلاثي الأخير", {"الاخير"})
    'الاجتماع الثلاثي'
    """
    first, *rest = label.split(" ")
    return " ".join((first, *(word for word in rest if fold_name(word) not in passing)))


def owned_stem(word: str, heads: Set[str]) -> str:
    """Return the head word that a pronoun is written on («اجتماعها»), "" where none is.

    >>> owned_stem("اجتماعها", {"اجتماع"}), owned_stem("ندوة", {"ندوه"})
    ('اجتماع', '')
    """
    folded = fold_name(word)
    if folded in heads:
        return ""
    found = (p for p in _PRONOUNS if folded.endswith(p) and folded.removesuffix(p) in heads)
    pronoun = next(found, "")
    return word[: -len(pronoun)] if pronoun and len(word) == len(folded) else ""


def owner_before(start: int, mentions: Sequence[Mention], text: str) -> str:
    """Return the name of the last body, else person, that the sentence names before a place of the text."""
    near = [m for m in mentions if m.end <= start <= m.end + _REACH and _ENDS.isdisjoint(text[m.end : start])]
    for kind in _OWNERS:
        last = max((m for m in near if m.type == kind), key=lambda m: (m.end, -m.start), default=None)
        if last:
            return last.label
    return ""


def short_name(name: str) -> str:
    """Return a person's name as a headline prints it: the family name, with what belongs to it.

    >>> short_name("نادر الشامخ"), short_name("سالم بن نادر"), short_name("جان دي مثال")
    ('الشامخ', 'سالم بن نادر', 'دي مثال')
    """
    words = name.split()
    if _SON in words[1:-1] and not words[-1].startswith(ARTICLE):
        return " ".join(words[: words.index(_SON) + 2])
    kept = 2 if len(words) > 1 and words[-2] in _PARTICLES else 1
    return name if words[-1] in _NUMBERED else " ".join(words[-kept:])


def as_printed(name: str, printed: Iterable[str]) -> str:
    """Return a name with its words joined and parted as one of the forms that a page prints.

    >>> as_printed("عبد النور الشامخ", ["الشيخ عبدالنور الشامخ"])
    'عبدالنور الشامخ'
    """
    letters = fold_name(name).replace(" ", "")
    for words in (form.split() for form in printed):
        for first in range(len(words)):
            if fold_name("".join(words[first:])) == letters:
                return " ".join(words[first:])
    return name


def place_after(end: int, mentions: Sequence[Mention], text: str) -> str:
    """Return the place that the words right after an event say it is held in, "" where they do not."""
    near = [m for m in mentions if m.type == "PLACE" and end <= m.start <= end + _NEAR]
    near = [m for m in near if m.slug or " " not in m.label]  # a town, not a hall
    first = min(near, key=lambda m: (m.start, -m.end), default=None)
    held = first is not None and _HELD_IN.match(fold(text[end : first.start]).text)
    return first.label if first and held else ""


def called(
    label: str,
    span: tuple[int, int],
    mentions: Sequence[Mention],
    text: str,
    words: tuple[Set[str], Set[str]],
) -> str:
    """Return what an event is called in claims: `words` are the heads of gatherings and what passes.

    «The talks that were held in X» are «the talks of X», as the pages call them that name them again.
    """
    heads, passing = words
    first, _, rest = label.partition(" ")
    plain = first.removeprefix(ARTICLE)
    stem = owned_stem(plain, heads)
    owner = owner_before(span[0], mentions, text) if stem else ""
    if owner:
        return f"{stem} {owner}"
    bare = fold_name(plain) in heads and fold_name(rest) in _SAYING_LITTLE
    place = place_after(span[1], mentions, text) if bare else ""
    return f"{plain} {place}" if place else lasting(f"{stem or first} {rest}".strip(), passing)


def is_wide(event: Mention, mentions: Sequence[Mention]) -> bool:
    """Tell whether the name of an event tells who met or visits whom or what («زيارة فلان إلى …»).

    Claims are read from the words within such a name; «اجتماع …» with the town or the body alone is one name.
    """
    if event.type != "EVENT" or event.slug:
        return False
    inner = [each for each in mentions if event.start < each.start and each.end <= event.end]
    told = not _TELLING.isdisjoint(fold_name(event.label).split())
    return any(each.type == "PERSON" or (told and each.type in _SIDES) for each in inner)
