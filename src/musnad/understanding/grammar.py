"""The small language of the sequence patterns, compiled to a regular expression over the line of a sentence.

    word, one|other     a word, with or without «و» or «ف» written on it; alternatives
    @name               any entry of that word list
    {slot:PERSON|ORG}   a mention of one of the types: PERSON ORG PLACE EVENT WORK DATE SOURCE AGENT NAME
    {slot:ORG/وفد|بعثة} a mention whose name begins with one of the words; with ! one that does not
    {slot:PERSON*}      such mentions joined by commas or «and»
    {slot:PERSON**}     a longer list of them, with ranks, additions and things between that no one recognised
    {slot:2-4}          two to four plain words
    {slot:PARTY}        a person or body with office, rank, delegation, leader; PARTY* several
    {slot:SIDE}         the same, or a place; {slot:FIGURE}: persons only
    {slot:GATHERING}    the name of an event, or a plain word for one («the meeting», «a closed session»)
    {slot:TEXT}         the words up to the end of the clause
    {slot:OFFICE}       an office before a name; TITLE after one, POST «as head of», PLURAL, OWNED «its head»
    {slot:FORCE}        who attacks, AIM: what is attacked, by name or not; TARGET, BAND: without a name;
                        SITE: a thing somewhere; TOLL: how many of whom, DEAD: how many dead,
                        VICTIMS: one toll; BLOW: what hits them
    {slot:@name~2}      an entry of a word list and at most two plain words after it; =@name without «و»
    {slot:@name+other}  an entry of a word list and one of another right after it
    ~3                  at most three plain words
    %  %3               times, dates and commas; with at most three plain words that name no topic
    *9                  at most nine tokens of any kind but quotation marks
    +                   «and» before a name or written on the next word, which it takes off
    ل+                  a clitic written on the name that follows
    [ ... ]             may be absent
    !word, &@name       no such word follows here; an entry of the list does, and is not taken
    =word, =@name       the same without «و» or «ف»: a verb whose subject stands before it
    ..@name, ..!@name   at the start of a form: an entry of the list stands before in the sentence, or none
    ^ $                 start and end of the sentence
    , : ( ) - “ ”       the mark itself

Chosen over (a) spaCy-like lists of token dictionaries, four times as long in YAML, and (b) raw regular
expressions, which nobody dares to review in Arabic.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from musnad.errors import MappingError
from musnad.folding import fold
from musnad.understanding.forms import Form, Gate, first_words
from musnad.understanding.phrases import GATHERING, NEXT_PARTY, PARTIES, gathering, party, tagged, times
from musnad.understanding.strikes import STRIKES, strike
from musnad.understanding.titles import TITLES, title

TYPE_LETTERS: Final[dict[str, str]] = {
    "PERSON": "P",
    "ORG": "O",
    "PLACE": "L",
    "EVENT": "E",
    "WORK": "W",
    "DATE": "D",
    "SOURCE": "S",
    "AGENT": "POLS",
    "NAME": "POLEWS",
    **PARTIES,
    GATHERING: "E",
    "NISBA": "",  # an adjective of a place («Turkish»), found among the plain words
}
_MARKS: Final = frozenset(",:;()-/“”؟")
_PHRASES: Final = frozenset({*PARTIES, GATHERING})
_ELEMENT: Final = re.compile(
    r"\{(?P<slot>[a-z]+):(?P<kind>[A-Z]+(?:\|[A-Z]+)*)(?P<heads>[/!]\w+(?:\|\w+)*)?"
    r"(?P<many>\*{1,2})?\}"
    r"|\{(?P<words>[a-z]+):(?P<least>\d)-(?P<most>\d+)\}"
    r"|\{(?P<named>[a-z]+):(?P<bare>=)?@(?P<entry>[a-z_]+)(?:\+(?P<then>[a-z_]+))?(?:~(?P<after>\d))?\}"
    r"|(?P<exact>=)(?=[@\w])"
    r"|@(?P<list>[a-z_]+)"
    r"|(?P<gap>[~*])(?P<size>\d+)|(?P<time>%)(?P<plain>\d)?"
    r"|(?P<open>\[)|(?P<close>\])|(?P<start>\^)|(?P<end>\$)"
    r"|(?P<joint>\+)|(?P<mark>[,:;()\-/“”؟])"
    r"|!(?P<not>\w+\+?(?:\|\w+\+?)*)|&@(?P<ahead>[a-z_]+)"
    r"|(?P<word>\w+\+?(?:\|\w+\+?)*)"
)
# A plain word; what opens a clause (who, that, as, according to) is none: no gap leads into another clause.
_OPENS: Final = r"[وف]?(?:الذي|التي|الذين|ب?ان(?:ه|ها|هم)?|كما|ب?حسب(?:ما)?|وفقا?|نقلا)"
_PLAIN: Final = rf"(?:(?![<,.:;()“”؟]|[وف]\+|{_OPENS} )[^ ]+ )"
_BRACKETS: Final = r"\( (?:[^ (),.]+ ){1,3}\) "  # a few words in brackets
CONJOINED: Final = "[وف]?"  # «and» or «so» written on a word
# A word that ends a list: what follows it did not attend, is not listed, or is said of it.
_TURN: Final = r"[وف]?(?:فيما|بينما|لكن|حيث|اذ|اعتذرت?|غابت?|تغيبت?|قاطعت?|قالت?|دون|باستثناء|عدا|بدلا|ضد) "
_JOINT: Final = r"(?:[,/;\-•] |و\+ )"
# In, from, to, on, with, between, near, holds, and of the item before it: capital, stronghold, birthplace of.
_NO_LEAD: Final = r"في|من|الي|علي|مع|و?بين|قرب|[يت]ضم|عاصمه|معقل|مسقط"
# How many of a listed body sit in another («eight of X»), or for whom someone does («representatives of X»).
_SHARE: Final = (
    r"(?:[وف]?(?:واحد|اثن|اثنت|ثلاث|اربع|خمس|ست|سبع|ثمان|تسع|عشر|ممثل|اعضاء|عضو|شخصيات|مندوب|عدد|\d)[^ <]* "
    r"(?:[^ <]{2,} )?(?:من|عن) )?"
)
# What may follow a name in a list: its leader, its branch, a remark in brackets, «on the one side».
_TAIL: Final = (
    rf"(?:(?:بقياده|بزعامه|برياسه|جناح|فرع) {_PLAIN}{{0,2}}(?:<[PO]\d+> )?"
    rf"|\( (?:{_PLAIN}|<[POLE]\d+> |ل\+ ){{1,5}}\) "
    rf"|(?:القريب|المقرب|المدعوم|المحسوب|الموالي)ه? (?:من |علي |ل\+ ){{1,2}}{_PLAIN}?<[POLE]\d+> "
    r"|من جهه (?:ثانيه |اخري )?)?"
)


def compile_form(form: str, lists: Mapping[str, Sequence[str]], where: str) -> Form:
    """Return one form of a pattern, compiled, or raise MappingError.

    >>> form = compile_form("{subject:PERSON} عضو {object:ORG}", {}, "doc")
    >>> found = form.expression.search("<P0> عضو <O2> ")
    >>> found.groupdict() if found else None
    {'subject': '<P0>', 'object': '<O2>'}
    """
    kinds: dict[str, str] = {}
    heads: dict[str, str] = {}
    parts, phrases = list[str](), list[bool]()
    needed, place, depth = list[re.Match[str]](), 0, 0
    barred = form.strip().startswith("..!")
    text, listed = _after(form.strip().replace("..!", "..", 1) if barred else form.strip(), lists, where)
    while place < len(text):
        if text[place] == " ":
            place += 1
            continue
        element = _ELEMENT.match(text, place)
        if element is None:
            raise MappingError(where, f"cannot read {text[place:]!r} in the form {form!r}", _REMEDY)
        depth += bool(element["open"]) - bool(element["close"])
        if depth < 0:
            raise MappingError(where, f"] without [ in the form {form!r}")
        expression = _expression(element, lists, where)
        if place and text[place - 1] == "=":
            expression = expression.removeprefix(CONJOINED)
        parts.append(expression)
        phrases.append(_is_phrase(element))
        needed += [] if depth else [element]
        slot = element["slot"] or element["words"] or element["named"]
        if slot and slot in kinds:
            raise MappingError(where, f"the slot {slot!r} is there twice in the form {form!r}", _REMEDY)
        if slot:
            kinds[slot] = element["kind"] or ""
            heads[slot] = fold(element["heads"]).text.replace("_", " ") if element["heads"] else ""
        place = element.end()
    if depth:
        raise MappingError(where, f"[ without ] in the form {form!r}")
    if any(phrases):
        parts = [part if own else tagged(part) for part, own in zip(parts, phrases, strict=True)]
    kinds = {slot: kind for slot, kind in kinds.items() if kind}
    after = r"(?<![^ ])" + word_expression(listed) if listed else ""
    gate = _gate(needed, lists, () if barred else listed)
    return Form(r"(?<![^ ])" + "".join(parts), kinds, heads, after, barred, any(phrases), gate)


def _gate(
    elements: Sequence[re.Match[str]], lists: Mapping[str, Sequence[str]], after: Sequence[str]
) -> Gate:
    """Return what a sentence must have for a form: `elements` are those that may not be absent."""
    words, letters = [first_words(after)], list[frozenset[str]]()
    for element in elements:
        kinds = (element["kind"] or "").split("|")
        if name := element["list"] or element["entry"] or element["ahead"]:
            words.append(first_words(lists[name]))
        elif element["word"]:
            words.append(first_words(element["word"].split("|")))
        elif kinds[0] in PARTIES:
            letters.append(frozenset(PARTIES[kinds[0]] + ("" if kinds[0] == "FIGURE" else "OL")))
        elif kinds[0] != GATHERING:
            letters.append(frozenset("".join(TYPE_LETTERS.get(kind, "") for kind in kinds)))
    return Gate(tuple(each for each in words if each), tuple(each for each in letters if each))


def _is_phrase(element: re.Match[str]) -> bool:
    """Tell whether an element reads the classes of words."""
    return bool(element["time"] or element["joint"] or (element["slot"] and element["kind"] in _PHRASES))


def _after(text: str, lists: Mapping[str, Sequence[str]], where: str) -> tuple[str, Sequence[str]]:
    """Return a form without its «..@name», and the entries of that list."""
    if not text.startswith("..@"):
        return text, ()
    name, _, rest = text[3:].partition(" ")
    if name not in lists:
        raise MappingError(where, f"no word list named {name!r}")
    return rest, lists[name]


_REMEDY: Final = "see docs/patterns.md"


def _expression(element: re.Match[str], lists: Mapping[str, Sequence[str]], where: str) -> str:
    """Return the regular expression of one element; every token ends in one blank."""
    if element["slot"] and element["kind"] in TITLES:
        return rf"(?P<{element['slot']}>{title(element['kind'], lists)})"
    if element["slot"] and element["kind"] in STRIKES:
        return rf"(?P<{element['slot']}>{strike(element['kind'], lists)})"
    if element["slot"]:
        return _slot(element, where)
    if element["joint"] or element["time"]:
        return NEXT_PARTY if element["joint"] else times(int(element["plain"] or -1))
    if element["words"]:
        return rf"(?P<{element['words']}>{_PLAIN}{{{element['least']},{element['most']}}}?)"
    if element["list"] or element["entry"] or element["ahead"]:
        return _listed(element, lists, where)
    if element["gap"]:
        unit = _PLAIN if element["gap"] == "~" else r"(?:(?![“”])[^ ]+ )"
        return rf"{unit}{{0,{element['size']}}}?"
    if element["mark"]:
        return "[-–—] " if element["mark"] == "-" else re.escape(element["mark"]) + " "
    if element["word"]:
        return word_expression(element["word"].split("|"))
    if element["not"]:
        return rf"(?!{word_expression(element['not'].split('|'))})"
    if element["exact"]:
        return ""
    return {"[": "(?:", "]": ")?", "^": r"(?:\A)", "$": r"(?:[,;] )?\Z"}[element.group()]


def _listed(element: re.Match[str], lists: Mapping[str, Sequence[str]], where: str) -> str:
    """Return the expression of an entry of a word list, and of what may follow it in a slot."""
    name = element["list"] or element["entry"] or element["ahead"]
    if name not in lists:
        raise MappingError(where, f"no word list named {name!r}")
    entry = word_expression(lists[name])
    if element["ahead"]:
        return rf"(?={entry})"
    entry = entry.removeprefix(CONJOINED) if element["bare"] else entry
    if then := element["then"]:
        if then not in lists:
            raise MappingError(where, f"no word list named {then!r}")
        entry += word_expression(lists[then]).removeprefix(CONJOINED)
    more = rf"{_PLAIN}{{0,{element['after'] or 0}}}"
    return entry if element["list"] else rf"(?P<{element['named']}>{entry}{more})"


def _slot(element: re.Match[str], where: str) -> str:
    name, kinds = element["slot"], element["kind"].split("|")
    if kinds[0] in PARTIES:
        joined = element.string[: element.start()].rstrip().endswith("+")
        return rf"(?P<{name}>{party(kinds[0], many=bool(element['many']), joined=joined)})"
    if kinds == [GATHERING]:
        return rf"(?P<{name}>{gathering()})"
    if kinds == ["TEXT"]:
        return rf"(?P<{name}>(?:(?![,.:;()”؟])[^ ]+ |{_BRACKETS}){{1,30}})"
    unknown = [kind for kind in kinds if kind not in TYPE_LETTERS]
    if unknown:
        raise MappingError(where, f"unknown type {unknown[0]!r}", f"one of {', '.join(sorted(TYPE_LETTERS))}")
    if kinds == ["NISBA"]:
        return rf"(?P<{name}>(?:(?![<,.:;()])[^ ]*ي(?:ه|ين|ون)? ))"
    letters = "".join(sorted(set("".join(TYPE_LETTERS[kind] for kind in kinds))))
    mention = rf"<[{letters}]\d+>"
    if not element["many"]:
        return rf"(?P<{name}>{mention}) "
    lead = rf"(?:(?!(?:{_NO_LEAD}) ){_PLAIN})"
    if element["many"] == "*":
        item = rf"(?:{lead}{{0,1}}{mention} {_TAIL})"
        return rf"(?P<{name}>{item}(?>{_JOINT}+{item})*)"
    owner = r"(?:<[OLE]\d+> (?:ال[^ ]+ ){0,2})?" if letters == "P" else ""  # «the mayor of X, Y»
    lead = rf"(?:(?!{_TURN}){lead})"
    share = "" if letters == "P" else _SHARE
    item = rf"(?:{share}{lead}{{0,3}}{owner}{mention} {_TAIL})"
    thing = {"P": r"<[OLE]\d+> |ل\+ |", "O": r"<L\d+> |"}.get(letters, "")
    of_it = rf"(?:{_PLAIN}(?:لل?\+ <[OLE]\d+> )?)" if letters == "P" else _PLAIN  # «…, head of X, …»
    item += rf"(?:(?:(?!{_TURN}){of_it}){{1,3}}(?={_JOINT}))?"  # «…، a constitutional expert, …»
    stray = rf"(?:{_JOINT}+(?:{thing}(?!{_TURN}){_PLAIN}){{1,6}}){{0,2}}"
    more = rf"(?>{stray}{_JOINT}+{item}|(?=و[^ +]+ ){item})"
    return rf"(?P<{name}>{item}{more}*)"


def word_expression(words: Sequence[str]) -> str:
    """Return the regular expression of alternatives, the longest first.

    A conjunction may be written on them.

    >>> bool(re.match(word_expression(["أكد", "أكد مجددا"]), "واكد مجددا "))
    True
    """
    return _alternatives(tuple(words))


@lru_cache(maxsize=2048)
def _alternatives(words: tuple[str, ...]) -> str:
    folded = sorted({" ".join(fold(word).text.split()) for word in words if word}, key=lambda w: (-len(w), w))
    return rf"{CONJOINED}(?:{'|'.join(_word(word) for word in folded)}) "


def _word(word: str) -> str:
    """Return the expression of an entry: «#» is any number, a clitic at the end stands before a name."""
    if word == "#":
        return r"\d[\d.,]*"
    return re.escape(word[:-2]) + r"لل?\+" if word.endswith("ل+") else re.escape(word)
