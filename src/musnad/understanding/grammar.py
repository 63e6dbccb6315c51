"""The small language of the sequence patterns, compiled to a regular expression over the line of a sentence.

    word, one|other     a word, with or without «و» or «ف» written on it; alternatives
    @name               any entry of that word list
    {slot:PERSON|ORG}   a mention of one of the types: PERSON ORG PLACE EVENT WORK DATE SOURCE AGENT NAME
    {slot:ORG/وفد|بعثة} a mention whose name begins with one of the words; with ! one that does not
    {slot:PERSON*}      such mentions joined by commas or «and»
    {slot:PERSON**}     a longer list of them, with ranks, additions and things between that no one recognised
    {slot:2-4}          two to four plain words
    {slot:TEXT}         the words up to the end of the clause
    {slot:@name~2}      an entry of a word list and at most two plain words after it; =@name without «و»
    ~3                  at most three plain words
    *9                  at most nine tokens of any kind but quotation marks
    ل+                  a clitic written on the name that follows
    [ ... ]             may be absent
    =word, =@name       the same without «و» or «ف»: a verb whose subject stands before it
    ..@name             at the start of a form: an entry of the list stands somewhere before, in the sentence
    ^ $                 start and end of the sentence
    , : ( ) - “ ”       the mark itself

Chosen over (a) spaCy-like lists of token dictionaries, four times as long in YAML, and (b) raw regular
expressions, which nobody dares to review in Arabic.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from musnad.errors import MappingError
from musnad.folding import fold

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
    "NISBA": "",  # an adjective of a place («Turkish»), found among the plain words
}
_MARKS: Final = frozenset(",:;()-/“”؟")
_ELEMENT: Final = re.compile(
    r"\{(?P<slot>[a-z]+):(?P<kind>[A-Z]+(?:\|[A-Z]+)*)(?P<heads>[/!]\w+(?:\|\w+)*)?"
    r"(?P<many>\*{1,2})?\}"
    r"|\{(?P<words>[a-z]+):(?P<least>\d)-(?P<most>\d+)\}"
    r"|\{(?P<named>[a-z]+):(?P<bare>=)?@(?P<entry>[a-z_]+)(?:~(?P<after>\d))?\}"
    r"|(?P<exact>=)(?=[@\w])"
    r"|@(?P<list>[a-z_]+)"
    r"|(?P<gap>[~*])(?P<size>\d+)"
    r"|(?P<open>\[)|(?P<close>\])|(?P<start>\^)|(?P<end>\$)"
    r"|(?P<mark>[,:;()\-/“”؟])"
    r"|(?P<word>\w+\+?(?:\|\w+\+?)*)"
)
# A plain word; what opens a clause (who, that) is none, so that a gap never leads into another clause.
_PLAIN: Final = r"(?:(?![<,.:;()“”؟]|[وف]\+|[وف]?(?:الذي|التي|الذين|ب?ان) )[^ ]+ )"
CONJOINED: Final = "[وف]?"  # «and» or «so» written on a word
# A word that ends a list: what follows it did not attend, is not listed, or is said of it.
_TURN: Final = r"[وف]?(?:فيما|بينما|لكن|حيث|اذ|اعتذرت?|غابت?|تغيبت?|قاطعت?|قالت?|دون|باستثناء|عدا|بدلا|ضد) "
_JOINT: Final = r"(?:[,/;\-•] |و\+ )"
# What may follow a name in a list: its leader, its branch, a remark in brackets, «on the one side».
_TAIL: Final = (
    rf"(?:(?:بقياده|بزعامه|برياسه|جناح|فرع) {_PLAIN}{{0,2}}(?:<[PO]\d+> )?"
    rf"|\( (?:{_PLAIN}|<[POLE]\d+> |ل\+ ){{1,5}}\) "
    r"|من جهه (?:ثانيه |اخري )?)?"
)


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a pattern: its expression, and what each slot takes."""

    expression: re.Pattern[str]
    kinds: Mapping[str, str]  # slot → its types, joined by |
    heads: Mapping[str, str] = field(
        default_factory=dict
    )  # slot → «/» or «!», and the first words of its names
    after: re.Pattern[str] | None = None  # what must stand before in the sentence


def compile_form(form: str, lists: Mapping[str, Sequence[str]], where: str) -> Form:
    """Return one form of a pattern, compiled, or raise MappingError.

    >>> form = compile_form("{subject:PERSON} عضو {object:ORG}", {}, "doc")
    >>> found = form.expression.search("<P0> عضو <O2> ")
    >>> found.groupdict() if found else None
    {'subject': '<P0>', 'object': '<O2>'}
    """
    kinds: dict[str, str] = {}
    heads: dict[str, str] = {}
    parts: list[str] = []
    place, depth = 0, 0
    text, after = _after(form.strip(), lists, where)
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
        if element["slot"]:
            kinds[element["slot"]] = element["kind"]
            heads[element["slot"]] = fold(element["heads"]).text if element["heads"] else ""
        place = element.end()
    if depth:
        raise MappingError(where, f"[ without ] in the form {form!r}")
    try:
        return Form(re.compile(r"(?<![^ ])" + "".join(parts)), kinds, heads, after)
    except re.error as error:
        raise MappingError(where, f"the form {form!r} is not well made: {error}", _REMEDY) from None


def _after(text: str, lists: Mapping[str, Sequence[str]], where: str) -> tuple[str, re.Pattern[str] | None]:
    """Return a form without its «..@name», and the expression of that list."""
    if not text.startswith("..@"):
        return text, None
    name, _, rest = text[3:].partition(" ")
    if name not in lists:
        raise MappingError(where, f"no word list named {name!r}")
    return rest, re.compile(r"(?<![^ ])" + word_expression(lists[name]))


_REMEDY: Final = "see docs/patterns.md"


def _expression(element: re.Match[str], lists: Mapping[str, Sequence[str]], where: str) -> str:
    """Return the regular expression of one element; every token ends in one blank."""
    if element["slot"]:
        return _slot(element, where)
    if element["words"]:
        return rf"(?P<{element['words']}>{_PLAIN}{{{element['least']},{element['most']}}}?)"
    if name := element["list"] or element["entry"]:
        if name not in lists:
            raise MappingError(where, f"no word list named {name!r}")
        entry = word_expression(lists[name])
        entry = entry.removeprefix(CONJOINED) if element["bare"] else entry
        more = rf"{_PLAIN}{{0,{element['after'] or 0}}}"
        return entry if element["list"] else rf"(?P<{element['named']}>{entry}{more})"
    if element["gap"]:
        unit = _PLAIN if element["gap"] == "~" else r"(?:(?![“”])[^ ]+ )"
        return rf"{unit}{{0,{element['size']}}}?"
    if element["mark"]:
        return re.escape(element["mark"]) + " "
    if element["word"]:
        return word_expression(element["word"].split("|"))
    if element["exact"]:
        return ""
    return {"[": "(?:", "]": ")?", "^": r"(?:\A)", "$": r"(?:[,;] )?\Z"}[element.group()]


def _slot(element: re.Match[str], where: str) -> str:
    name, kinds = element["slot"], element["kind"].split("|")
    if kinds == ["TEXT"]:
        return rf"(?P<{name}>(?:(?![,.:;()”؟])[^ ]+ ){{1,30}})"
    unknown = [kind for kind in kinds if kind not in TYPE_LETTERS]
    if unknown:
        raise MappingError(where, f"unknown type {unknown[0]!r}", f"one of {', '.join(sorted(TYPE_LETTERS))}")
    if kinds == ["NISBA"]:
        return rf"(?P<{name}>(?:(?![<,.:;()])[^ ]*ي(?:ه|ين|ون)? ))"
    letters = "".join(sorted(set("".join(TYPE_LETTERS[kind] for kind in kinds))))
    mention = rf"<[{letters}]\d+>"
    if not element["many"]:
        return rf"(?P<{name}>{mention}) "
    lead = rf"(?:(?!(?:في|من|الي|علي|مع|بين|قرب) ){_PLAIN})"
    if element["many"] == "*":
        item = rf"(?:{lead}{{0,1}}{mention} {_TAIL})"
        return rf"(?P<{name}>{item}(?>{_JOINT}+{item})*)"
    owner = r"(?:<[OLE]\d+> )?" if letters == "P" else ""  # «the mayor of X, Y»
    lead = rf"(?:(?!{_TURN}){lead})"
    item = rf"(?:{lead}{{0,3}}{owner}{mention} {_TAIL})"
    thing = r"<[OLE]\d+> |ل\+ |" if letters == "P" else ""
    item += rf"(?:(?:(?!{_TURN}){_PLAIN}){{1,3}}(?={_JOINT}))?"  # «…، a constitutional expert, …»
    stray = rf"(?:{_JOINT}+(?:{thing}(?!{_TURN}){_PLAIN}){{1,6}}){{0,2}}"
    more = rf"(?>{stray}{_JOINT}+{item}|(?=و[^ +]+ ){item})"
    return rf"(?P<{name}>{item}{more}*)"


def word_expression(words: Sequence[str]) -> str:
    """Return the regular expression of alternatives, the longest first.

    A conjunction may be written on them.

    >>> bool(re.match(word_expression(["أكد", "أكد مجددا"]), "واكد مجددا "))
    True
    """
    folded = sorted({" ".join(fold(word).text.split()) for word in words if word}, key=lambda w: (-len(w), w))
    return rf"{CONJOINED}(?:{'|'.join(_word(word) for word in folded)}) "


def _word(word: str) -> str:
    """Return the expression of an entry; a clitic at its end stands before a name."""
    return re.escape(word[:-2]) + r"لل?\+" if word.endswith("ل+") else re.escape(word)


def inflect(verb: str) -> list[str]:
    """Return the forms of a verb in the third person, from «past» or «past present».

    >>> inflect("قال يقول")
    ['قال', 'قالت', 'قالوا', 'قالا', 'يقول', 'تقول', 'يقولون', 'يقولان']
    """
    past, *present = fold(verb).text.split()
    stem = past[:-1] if past.endswith(("ي", "ا")) else past
    forms = [past, f"{stem}ت", f"{stem}وا", f"{past}ا"]
    for form in present:
        stem = form[:-1] if form.endswith(("ي", "و")) else form
        forms += [form, f"ت{form[1:]}", f"{stem}ون", f"{form}ان"]
    return forms
