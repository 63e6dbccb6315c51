"""Phrases of several tokens that patterns take whole: a party, a gathering, the time of something.

A party is a name with its office, rank or delegation before it and its leader or post after it; a gathering
is an event's name, or a plain word («the meeting») with its adjectives. They are expressions over a line in
which each word carries the letters of its classes, see `tagging`. Chosen over (a) gaps of any words between a
verb and a name, which take a minister's country for the minister, and (b) the word lists written out in every
form, which take seconds to compile.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

# kind → letters of its mentions
PARTIES: Final[dict[str, str]] = {"FIGURE": "P", "PARTY": "POS", "SIDE": "POLS"}
GATHERING: Final = "GATHERING"
_TAG: Final = r"(?:~[a-z]*)?"
_PLAIN: Final = r"(?![<,.:;()“”؟\-/]|[وف]\+|[وف]?(?:الذي|التي|الذين|ب?ان)(?:~[a-z]*)? )"  # who, that
_PLUS: Final = r"(?:[بل]\+ |لل\+ )"  # in, to: written on a name
_LED: Final = rf"(?:برياسه|بقياده|بزعامه){_TAG} "  # led by
_ALL_OF: Final = rf"(?:[وب]?كلا?{_TAG} من{_TAG} )?"  # each of
_BESIDES: Final = rf"(?:بالاضافه|اضافه){_TAG} الي{_TAG} |وكذلك{_TAG} |الي{_TAG} جانب{_TAG} "  # besides
_OF_HEAD: Final = r"(?:لل[^ ~<]+~[a-z]*o[a-z]* <P\d+> )"  # «of the president X»: not who is meant
_INITIAL: Final = "[ادم] "  # «Prof.», «Dr», «Eng.» as they are shortened
_JOINT: Final = rf"(?:[,;/] |و\+ |و{_TAG} |{_BESIDES})"  # and
_IN: Final = rf"(?:في{_TAG} |ب\+ )"  # in

_LISTED: Final = (
    r"(?:(?:من|عن)(?:~[a-z]*)? |(?![<,.:;()“”؟\-/]|[وف]\+|[^ ~<]+~[a-z]*[jx])[^ ]+ |<[OLEW]\d+> )"
)
# A group without a name of its own, in a list: «…, and a number of the ministers, …».
_CROWD: Final = rf"[^ ~<]+~[a-z]*g[a-z]* {_LISTED}{{1,6}}(?=, |و\+ |[^ ~<]+~[a-z]*j)"  # and
NEXT_PARTY: Final = r"(?:و\+ |(?=[^ ~<]+~[a-z]*j))"  # and


def has(letters: str) -> str:
    """Return the expression of a word of one of the classes."""
    return rf"[^ ~<]+~[a-z]*[{letters}][a-z]* "


def lacks(letters: str) -> str:
    """Return the expression that looks ahead: what follows is no word of the classes."""
    return rf"(?![^ ~<]+~[a-z]*[{letters}])"


@lru_cache(maxsize=4096)
def tagged(expression: str) -> str:
    """Return an expression over plain lines as one over tagged lines.

    >>> bool(re.match(tagged("في مقر "), "في~l مقر~l "))
    True
    """
    return re.sub(r"\[[^\]]*\]|\\? ", lambda m: m[0] if m[0][0] == "[" else rf"{_TAG} ", expression)


@lru_cache(maxsize=4096)
def times(most: int = -1) -> str:
    """Return the expression of times, places and commas; with `most`, of plain words between them too."""
    where = rf"{_IN}(?:{has('l')}){{0,2}}<L\d+> "
    seat = rf"{_IN}مقر(?:ه|ها|هم){_TAG} (?:(?:الكاين|الرييسي){_TAG} )?(?:{_IN}<L\d+> )?"  # at its seat
    told = rf"(?:بحسب|حسب){_TAG} <O\d+> (?:\( <O\d+> \) )?"  # according to
    time = rf"(?:<D\d+> |[,()] |في{_TAG} (?=<D)|{has('t')}|[-–] (?={has('t')})|{where}|{seat}|{told})*?"  # in
    if most < 0:
        return time
    return rf"{time}(?:{_PLAIN}{lacks('x')}[^ ]+ {time}){{0,{most}}}?"


@lru_cache(maxsize=4096)
def party(kind: str, *, many: bool, joined: bool = False) -> str:
    """Return the expression of a party, or of several joined by commas or «and».

    A party that is `joined` to what stands before may have «and» written on it.
    """
    first = _item(PARTIES[kind], first=not joined)
    item = _item(PARTIES[kind])
    more = rf"(?:(?:{_JOINT}+|(?=[^ ~<]+~[a-z]*j))(?:{item}|{_CROWD}))*" if many else ""
    return rf"{_ALL_OF}{first}{more}"


def parties(line: str, kind: str) -> Iterator[tuple[int, int, int]]:
    """Yield (first character, last, token of the name) for each party in a stretch of a tagged line."""
    for found in _items(PARTIES[kind]).finditer(line):
        name = next((words for words in found.groups() if words), "")
        if name:
            yield found.start(), found.end(), int(name[2:-1])


@lru_cache(maxsize=8)
def _items(letters: str) -> re.Pattern[str]:
    return re.compile(r"(?<![^ ])" + _item(letters, marked=True))


def _item(letters: str, *, marked: bool = False, first: bool = False) -> str:
    """Return the expression of one party.

    `marked` puts a group round the mention that is meant; the `first` of several has no «and» on it.
    """
    open_ = "(" if marked else "(?:"
    start = lacks("j") if first else ""
    plain = rf"(?:(?!{_OF_HEAD}){_PLAIN}{lacks('s')}[^ ]+ )"
    inner = rf"(?:{plain}|<[OLEW]\d+> |(?:[ل]\+ |لل\+ )(?=<[OLEW])|{_OF_HEAD})"
    titles = rf"(?:(?:, )?(?:(?!{_OF_HEAD}){has('ro')}|{_INITIAL}){{0,3}})"
    of = rf"(?:{has('k')}|{start}{has('o')}{inner})"  # «the president X», not «the envoy of X»
    honour = rf"(?:{start}(?:{has('v')}){{1,3}})?"
    other = rf"(?:{has('k')}(?=[^ ~<]+~[a-z]*j))?"  # «his deputy and the envoy X»
    office = rf"{honour}{start}{other}{of}{inner}{{0,9}}?{titles}{open_}<P\d+>) "
    ranked = rf"{honour}{start}(?:{has('r')}|{_INITIAL}){{1,3}}{open_}<P\d+>) "
    group = rf"{start}{has('g')}(?:(?!في{_TAG} <L){plain}){{0,3}}?{_PLUS}?{open_}<[OL]\d+>) "
    bodies = "" if letters == "P" else rf"{group}|"
    which = rf"(?:{lacks('ort')}ال(?!ذي|تي|ذين)[^ ]+ )?"  # who
    name = rf"{_PLUS}?{open_}<[{letters}]\d+>) "
    unnamed = "" if first else rf"|{has('o')}{inner}{{0,6}}?<[OL]\d+> "
    loose = rf"(?:{_PLAIN}[^ ]+ |<[OLEW]\d+> )"
    led = rf"(?:{_LED}{loose}{{0,9}}?(?:, {loose}{{0,2}})?<P\d+> )?"
    end = r"(?:, |(?=و\+ |و |مع |ب|<D|[^ ~<]+~[a-z]*[jtg])|\Z)"  # and, with
    post = rf"(?:(?:, )?{lacks('j')}{has('o')}{loose}{{0,10}}?{end})?"
    aside = r"(?:\( [^)]{1,60}\) )?"
    return rf"(?:(?:{office}|{ranked}|(?:{bodies}{name}){which}{unnamed}){led}{post}{aside})"


@lru_cache(maxsize=4096)
def gathering() -> str:
    """Return the expression of an event: its mention, or a plain word for one with its adjectives."""
    parts = rf"(?:{has('p')}(?:[^ <~]+ه{_TAG} )?(?:من{_TAG} )?){{0,2}}"  # of
    parts += r"(?:<E\d+> (?=[^ ~<]+~[a-z]*h))?"  # «the meetings of the … session»
    adjectives = rf"(?:{has('a')}){{0,4}}"
    of_body = rf"(?:{_PLUS}<[OE]\d+> |<E\d+> )?"
    # «the round of the talks», «a conference of the peoples of X»
    of = rf"(?:{lacks('d')}|(?=.))(?:{has('n')}|(?:{_PLAIN}{lacks('xs')}[^ <]{{3,}} ){{1,2}}<[LO]\d+> )?"
    word = rf"(?:(?=[^ ~]+~[a-z]*d){has('h')}|{lacks('d')}{has('h')}{of}){adjectives}"
    return rf"{parts}(?:<E\d+> {adjectives}(?:{_PLUS}<[OE]\d+> )?|{word}{of_body})"
