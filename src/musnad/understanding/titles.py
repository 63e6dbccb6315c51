"""The expressions of an office as it is written: «رئيس …», «المتحدث باسم …», «… رئيساً لـ…».

An office is a head word and what it governs: nouns up to one with the article or a name, the adjectives
after it, and phrases with a preposition («في», «باسم», «إلى»). A verb has no article, so that the phrase
ends before it. Chosen over (a) «up to four words», which runs into the next clause and stops short of long
offices, and (b) a list of all offices, of which there is no end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from musnad.understanding.expressions import alternatives

TITLES: Final = frozenset({"OFFICE", "TITLE", "POST", "PLURAL", "OWNED", "HEAD", "TRADE"})
_NAME: Final = r"<[OLE]\d+> "  # a body, a place or an event: what an office may be of
_CLITIC: Final = r"(?:لل?\+|ل|ب\+) "  # to, to the, with: before a name
_TERM: Final = r"(?=(?:للمره|للدوره|لولايه|لفتره|لدوره|لمده|لعام) )"  # for the second time, for a term
_FUSED: Final = (("لل", "ال"), ("بال", "ال"))  # to the, with the: written on a word with the article
_WITH_ON: Final = ("الحفاظ", "المحافظه", "الاشراف", "الرقابه")  # preserving, supervision, control «on»
# Of: the rights, aiding, fighting, protecting, backing, coordinating … («مدير الحملة لنصرة الأشقاء»)
_FOR: Final = (
    "ل(?:حقوق|نصره|مكافحه|حمايه|دعم|تنسيق|تحرير|سياسات|عمليات|منطقه|اعاده|تطوير|رعايه|اغاثه|ابحاث|دراسات"
    "|مراقبه|متابعه|اداره|تنميه|مساعده|محاربه|قضايا|ملف|قطاع|العلاقات|قوات|جمعيات|منظمات|دول|حظر|نزع)"
)
_ADJECTIVES: Final = r"(?:(?!خلفا|بدلا|مده|لمده|لل)[^\W\d_]{2,}(?:ا|ه|ين) ){0,2}"  # accusative or feminine


def title(kind: str, lists: Mapping[str, Sequence[str]]) -> str:
    """Return the expression of an office in a line of tokens, every token with its blank.

    OFFICE: before a name. TITLE: after one, and not before another. POST: «as head of …», in the accusative.
    PLURAL: of two or more people. OWNED: «its head», «their permanent delegate in …». HEAD: «the
    president», TRADE: a profession with its adjectives, both right before a name.

    >>> import re
    >>> lists = {"office_heads": ["رئيس"], "ranks": ["العميد"], "not_office": ["قال"]}
    >>> lists |= {"former": ["سابقا"], "office_plurals": ["نائبا"], "kin": ["زوجة"], "office_units": []}
    >>> re.match(title("OFFICE", lists), "رييس الوفد السوري العميد <P4> ").group()
    'رييس الوفد السوري '
    """
    heads, ranks = alternatives(lists["office_heads"]), alternatives(lists["ranks"])
    parts = _Parts(heads, ranks, alternatives(lists["not_office"]), alternatives(lists["former"]))
    if kind == "POST":
        head = rf"(?:ك(?:{heads})(?:ه|ين|تين)?|(?:{heads})(?:ا|ه|ين|تين)|نوابا) "  # deputies
        return rf"(?:{head}{_ADJECTIVES}(?:{_TERM}|{parts.complement}))"
    if kind == "OWNED":
        owner = rf"(?!نظير)(?:{heads})(?:ها|هم|هما)|(?:{heads})ه? \w{{3,}}ت(?:ها|هم|هما)"  # its minister
        return rf"[وفب]?(?:{owner}) {parts.further}{{0,3}}{parts.tail}{{0,2}}"
    if kind in {"PLURAL", "HEAD", "TRADE"}:
        before = "".join(rf"(?<!{head} )" for head in heads.split("|"))
    if kind in {"HEAD", "TRADE"}:
        others = [*lists["kin"], *lists["named_after"]]  # «the centre of King X» tells of no king
        before += "".join(rf"(?<!{word} )" for word in alternatives(others).split("|"))
        adjectives = rf"(?:(?!و?(?:{ranks}) )و?ال\w{{3,}} ){{0,2}}" if kind == "TRADE" else ""
        listed = lists["professions"] if kind == "TRADE" else [*lists["rulers"], *lists["bare_offices"]]
        words = alternatives([*listed, *(f"{of}{word[len(cut) :]}" for word in listed for of, cut in _FUSED)])
        return rf"{before}و?(?:{words}) {adjectives}(?=(?:(?:{ranks}) )?<P)"
    if kind == "PLURAL":
        return rf"{before}و?(?:{alternatives(lists['office_plurals'])}) {parts.complement}"
    opened, end = ("", rf"(?!(?:(?:{ranks}) ){{0,2}}<P\d+> )") if kind == "TITLE" else (r"[وف]?[بلك]?", "")
    several = (*lists["office_plurals"], *lists["kin"])  # «the deputies of the head», «the wife of the head»
    opened = "".join(rf"(?<!{word} )" for word in alternatives(several).split("|")) + opened
    unit = rf"(?:{alternatives(lists['office_units'])}) \w{{2,}} (?=(?:, )?<P)"
    voice = rf"(?:متحدث|ناطق)ه? باسم (?:ال)?(?:{heads})ه? "  # «a spokesman of the envoy X»: X is the envoy
    indefinite = rf"(?!{voice})(?:{heads})ه? (?:{parts.governed}|{unit})"
    definite = rf"(?:ال|(?<=ل)ل)(?:{heads})ه? (?:{parts.further}{{1,4}}|{parts.goes_on})"
    whole = ">" if kind == "TITLE" else ":"  # what follows is looked at after the whole office only
    return rf"{opened}(?{whole}(?:{indefinite}|{definite}){parts.tail}{{0,4}}){end}"


class _Parts:
    """The expressions of the words that belong to an office.

    Each word list stands in them as seldom as can be: 60 kB of expression take 0.2 seconds to compile.
    """

    __slots__ = ("complement", "further", "goes_on", "governed", "tail")

    def __init__(self, heads: str, ranks: str, stops: str, former: str) -> None:
        article = r"[وبك]?(?:ال|لل)"
        verbs = "|".join(word for word in stops.split("|") if not word.startswith("ال"))
        times = "|".join(word for word in stops.split("|") if word.startswith("ال"))
        stop = rf"(?:(?:{ranks})(?= <P)|وال(?:{heads})ه?|لل(?:{heads})ه?(?= <P)|[وفبكل]?(?:{times})) "
        definite = rf"(?:(?!{stop}){article}\w{{2,}} )"
        noun = rf"(?:(?!{article}|ي|[وفبكل]?(?:{verbs}) )[^\W\d_]{{2,}} )"
        self.further = rf"(?:(?!(?!المساعد )و?(?:{ranks}|ال(?:{heads})ه?) ){definite})"  # assistant
        joined = rf"و\+ {_NAME}|(?=و){noun}(?:{article}\w+ |{_NAME}|\w+ (?=في ))"  # «and …»
        first = rf"{noun}{{0,3}}(?:{definite}|{_NAME})(?:{self.further}|{joined}){{0,4}}"
        above = r"ل(?:رييس|قايد|وزير|مدير|امين|زعيم|حاكم|مندوب|ممثل)ه?"  # «first deputy of the head of …»
        after = rf"(?:{above}|في|لدي|باسم|الي|عن|ضمن|داخل|لشوون|بشوون|بشان|عبر|{_FOR}) "
        self.goes_on = rf"(?={after}|{_CLITIC}<|(?:{former}) |<[OLE])"
        on = "|".join(rf"(?<={word} )علي" for word in _WITH_ON)  # on
        after_noun = rf"(?:{after}|(?:{on}) ){first}"
        both = r"(?:(?<=<O\d> |O\d\d> |\d\d\d> )و\+ <O\d+> )?"  # «of the one body and the other»
        named = rf"(?:{_CLITIC}{_NAME}|<[OL]\d+> ){both}"  # an event only after «of the»
        self.tail = rf"(?:{after_noun}|{named}{self.further}{{0,3}}|(?:{former}) )"
        self.governed = rf"(?:{first}|{noun}{{0,2}}{self.goes_on})"
        self.complement = rf"(?:له |لها |لهم |{noun}?{self.goes_on}|{first})?{self.tail}{{0,3}}"
