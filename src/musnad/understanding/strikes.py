"""The expressions of what war is told by: what is attacked, who dies, and of what.

A target is a noun for a thing or for fighters with its adjectives and whose it is («مواقع عسكرية لـ…»), a
toll is a number and whom it counts («ستة عناصر»), a blow is a noun for a deed («قصف جوي») or an event's name,
a band are fighters without a name («فصائل معارضة»).
Chosen over (a) the name that stands last, which takes the owner of a position for the position, and (b) any
words after the verb, which have no end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Final

from musnad.folding import fold

STRIKES: Final = frozenset({"TARGET", "TOLL", "BLOW", "BAND"})
HEADS: Final = ("targets", "blows", "bands")  # word lists of what may come first
_NO_ADJECTIVE: Final = (
    r"(?!(?:علي|الي|التي|الذي|الذين|لدي|حتي|بين|فيه|منه|"  # on, to, who, at, until, between, in it, of it
    r"تابعه|التابعه|تابعين|ادي|اودي|[يت]ودي) )"  # belonging to, led to
)
_ADJECTIVE: Final = rf"(?:{_NO_ADJECTIVE}(?!ي\w+ه |\w+(?:ون|ته|تها) )[^\W\d_]{{2,}}(?:ي|يه|يين|ين|ه|يا) )"
_OWNER: Final = r"(?:(?:تابعه?|التابعه?|تابعين|التابعين|تابعتين) )?(?:لل?\+ )?<[OP]\d+> "  # belonging to
_WHOSE: Final = rf"(?:{_OWNER}|لل\w{{4,}} |(?:من )?ال[^\W\d_]{{4,}}(?:ين|ه|ات|ل) )"  # of the
_AREA: Final = r"(?:مناطق|منطقه|احياء|اجزاء|مساحات|قري|بلدات)"  # areas, quarters, villages …
_NOUN: Final = r"(?:(?!و|(?:في|من|علي|الي|عن|جراء|اثر|خلال|بينهم|بين|امس|اليوم) )[^\W\d_]{3,} )"  # in, from …
_FALLING: Final = r"(?:سقوط|استهداف|تحطم|انهيار) [^\W\d_]{3,} "  # the fall, crash, collapse … of
_LEAST: Final = "(?:علي الاقل )"  # at least


def strike(kind: str, lists: Mapping[str, Sequence[str]]) -> str:
    """Return the expression of a target, a toll, a blow or a band of fighters in a line of tokens.

    >>> import re
    >>> lists = {"targets": ["مواقع"], "numbers": ["#", "ستة"], "casualties": ["عناصر"], "blows": ["قصف"]}
    >>> re.match(strike("TARGET", lists), "مواقع عسكريه ل+ <O3> في ").group()
    'مواقع عسكريه '
    >>> re.match(strike("TOLL", lists), "سته عناصر من ").group()
    'سته عناصر '
    """
    if kind == "TARGET":
        head = rf"(?:ال|لل|ل|ب)?(?:{_alternatives(lists['targets'])}) "
        head = rf"(?!{_AREA} (?:في |ب\+ )<L){head}"  # in
        return rf"(?>{head}(?!(?:لل?\+ |ب\+ )?<L)(?:{_ADJECTIVE}{{1,2}}|{_WHOSE})?)"
    if kind == "BAND":
        return rf"(?>(?:ال)?(?:{_alternatives(lists['bands'])}) {_ADJECTIVE}{{0,2}})(?!(?:من )?(?:لل?\+ )?<)"
    if kind == "BLOW":
        return rf"(?:<E\d+> |{_FALLING}|[بل]?(?:ال)?(?:{_alternatives(lists['blows'])}) {_ADJECTIVE}{{0,2}})"
    number = rf"(?:{_alternatives(lists['numbers'])}) "
    casualty = rf"(?:ال)?(?:{_alternatives(lists['casualties'])}) "
    of_them = rf"(?:{_LEAST}?من (?:{casualty}|{_NOUN})?(?:<[OP]\d+> )?)"
    counted = rf"{number}{{1,2}}(?:{of_them}|{casualty}|{_NOUN})?"
    return rf"(?>{counted}|{casualty})"


def in_subject_case(words: str, heads: Set[str]) -> str:
    """Return words as a subject would be written; `heads` are those that may come first.

    >>> in_subject_case("لمواقع عسكرية", {"مواقع"}), in_subject_case("أهدافاً عدة", {"اهداف"})
    ('مواقع عسكرية', 'أهداف عدة')
    """
    first, blank, rest = words.partition(" ")
    for fused, plain in (("", ""), ("بال", "ال"), ("لل", "ال"), ("ل", ""), ("ب", "")):  # with the, to the …
        word = plain + first.removeprefix(fused)
        for end in ("", "اً", "ًا", "ا"):  # case endings
            stem = word.removesuffix(end)
            if first.startswith(fused) and word.endswith(end) and fold(stem).text.removeprefix("ال") in heads:
                return stem + blank + rest
    return words


def _alternatives(words: Sequence[str]) -> str:
    """Return words as alternatives of an expression, the longest first; «#» is any number."""
    folded = {" ".join(fold(word).text.split()) for word in words}
    ordered = sorted(folded, key=lambda word: (-len(word), word))
    return "|".join(r"\d[\d.,]*" if word == "#" else word for word in ordered)
