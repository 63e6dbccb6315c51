"""Read the line under a headline: «city: paper», «agency - city», «paper (city), agency».

The line is cut at its marks, and each part is a place, an agency that everybody prints, an outlet, or a name.
An agency is whom the text is taken from; an outlet is whose page it is. Chosen over (a) one expression for
each order of the parts, of which newspapers use a dozen, and (b) the outlets that the authority knows, which
are few.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from musnad.folding import fold_name, fold_words
from musnad.model import Mention
from musnad.reading import split_lines
from musnad.reading.lines import Line
from musnad.understanding.outlets import House, find_house, is_region, name_of
from musnad.understanding.particles import is_definite
from musnad.understanding.setting import Setting

_LONGEST: Final = 90  # characters of a byline
_LINES: Final = 8  # lines of a page among which it stands
_PARTS: Final = 8
_WORDS: Final = 4  # words of a part
_LATIN: Final = r"[A-Za-z]{2,}"
_CUT: Final = re.compile(
    r"\s*(?:[:،,٬/|()\[\]؛]|(?<!\w)[-–—ـ]+|[-–—ـ]+(?!\w)|&[mn]dash;|&nbsp;|(?<=[ء-ي])[-–—](?=[ء-ي]))\s*"
    r"|\s{2,}|\s+من\s+"
)  # from
_MARKS: Final = "\"“”«»{}'‘’ \xa0\t.*"
# What everybody prints: AFP, dpa, AP, MENA, UPI, Reuters, Xinhua, SPA, Petra, QNA, KUNA, WAM, «agencies»,
# and the broadcasters CNN, BBC, DW.
_NATIONAL: Final = r"واس|بترا|قنا|كونا|وام|بنا"
_AGENCY: Final = re.compile(
    r"(?:وكاله )?(?:فرانس برس|شينخوا|رويترز|اسوشيتد برس|اسوشييتد برس|الانباء الالمانيه|الاناضول)"
    r"|(?:ال)?وكالات(?: الانباء)?|ا\.? ?ف\.? ?ب|د\.? ?ب\.? ?ا|ا\.? ?ب|ا\.? ?ش\.? ?ا|ي\.? ?ب\.? ?ا"
    r"|يو بي اي|ا ?اف ?بي|سي ?ان ?ان|بي ?بي ?سي|دويتشه ?فيله"
    rf"|{_NATIONAL}|cnn|bbc|afp|reuters|dpa|upi|dw"
)
_OWN: Final = re.compile(rf".*(?:19|20)\d\d\s*(?:م|هـ)?\s*(?:-|/|\()?\s*(?P<name>{_NATIONAL})\W*\Z")
_EVERYWHERE: Final = frozenset({"عواصم", "العواصم", "محافظات", "المحافظات", "مناطق"})  # capitals, provinces
# By telephone, follow-up, exclusive, translation, wrote, interviewed by, report, photograph, online.
_NOTES: Final = frozenset(
    {
        *("هاتفيا", "متابعه", "متابعات", "خاص", "ترجمه", "كتب", "كتبت", "حاوره", "اعداد"),
        *("تقرير", "تصوير", "اونلاين", "نت", "وكيل"),
    }
)

_DASHED: Final = re.compile(r"\w\s*[-–—ـ:]")
_OFFICE: Final = re.compile(r"(?:مكتب|مراسل) (?P<name>\w+)\Z")  # the office, the reporter of a paper

_OUTLET_ENDS: Final = frozenset(  # what names of outlets end with: today, news, press, net, online, post
    {"اليوم", "نيوز", "برس", "نت", "اونلاين", "بوست", "تايمز", "الاخباريه", "الاخباري"}
)


class Byline(NamedTuple):
    """What the line under a headline names: whose page it is, and the agencies it is taken from."""

    house: House | None
    agencies: tuple[House, ...] = ()


def find_imprint(setting: Setting) -> Byline:
    """Return whose page it is and whom the text is taken from, as far as the lines of the page tell."""
    lines = split_lines(setting.document.text)
    house, byline = find_house(lines, setting), _read(lines, setting)
    printed = {agency.agent.entity for agency in byline.agencies}
    if house is None or house.agent.entity in printed or house.pattern == "structure-dateline":
        house = byline.house or (None if house and house.agent.entity in printed else house)
    elif house.pattern == "structure-rights":
        house = _first_said(house, lines, setting)
    return Byline(house, byline.agencies)


def _first_said(house: House, lines: Sequence[Line], setting: Setting) -> House:
    """Return an outlet that the foot of a page names with the words of its byline, where it has one."""
    called = fold_name(house.agent.label).split()
    shape = re.compile(rf"(?<!\w)(?P<name>(?:{re.escape(' '.join(called))}|{re.escape(called[-1])}))(?!\w)")
    for line in lines[:_LINES]:
        found = shape.search(line.folded.text) if len(line.text.split()) <= _PARTS else None
        if found and _DASHED.search(line.text) and line.start < house.start:
            return House(house.agent, *line.span(found, "name"), "structure-byline")
    return house


def is_agency(words: str) -> bool:
    """Tell whether words name an agency that everybody prints.

    >>> is_agency("رويترز"), is_agency("رؤيا")
    (True, False)
    """
    return bool(_AGENCY.fullmatch(fold_name(words).strip(_MARKS)))


def _read(lines: Sequence[Line], setting: Setting) -> Byline:
    for line in lines[:_LINES]:
        zone = setting.document.zone_at(line.start, line.end)
        if zone is None or zone.kind not in {"metadata", "body", "interface", "title_repeat"}:
            continue
        if own := _OWN.match(line.folded.text):
            start, end = line.span(own, "name")
            return Byline(name_of((start, end), "structure-dateline", setting))
        if len(line.text) <= _LONGEST and (found := _parsed(line, setting)):
            return found
        if zone.kind == "body":
            break
    return Byline(None)


def _parsed(line: Line, setting: Setting) -> Byline | None:
    """Return what a line names, None where it is no byline."""
    houses: list[House] = []
    agencies: list[House] = []
    parts = [*_parts(line)]
    if not parts or len(parts) > _PARTS or line.text.endswith("."):
        return None
    placed = 0
    for start, end in parts:
        words = setting.document.text[start:end]
        folded = fold_words(words)
        mention = _mention(start, end, setting)
        placed += bool(mention and mention.type == "PLACE") or folded in _EVERYWHERE or is_region(folded)
        if _AGENCY.fullmatch(folded):
            agencies.append(name_of((start, end), "structure-byline-agency", setting))
        elif len(folded.split()) > _WORDS:
            return None
        elif office := _OFFICE.match(folded):
            if office["name"] in setting.patterns.words.all("papers"):
                label = words.split()[-1]
                agent = setting.made_agent(fold_name(label), label, "ORG", anonymous=False)
                houses.append(House(agent, end - len(label), end, "structure-byline"))
        elif folded not in _NOTES and _is_outlet(line, (start, end), mention, setting):
            houses.append(name_of((start, end), "structure-byline", setting))
    alone = len(parts) == 1
    first = None if houses or alone else _first(parts[0], agencies, setting, placed=bool(placed))
    if not (agencies or (houses and not alone) or first):
        return None
    return Byline(houses[0] if houses else first, tuple(agencies))


def _parts(line: Line) -> Iterator[tuple[int, int]]:
    """Yield the spans of the parts of a line, without the marks around them."""
    place = 0
    for cut in [*_CUT.finditer(line.text), None]:
        end = cut.start() if cut else len(line.text)
        piece = line.text[place:end]
        inner = piece.strip(_MARKS)
        if inner:
            start = place + piece.index(inner)
            yield line.start + start, line.start + start + len(inner)
        place = cut.end() if cut else end


def _is_outlet(line: Line, span: tuple[int, int], mention: Mention | None, setting: Setting) -> bool:
    """Tell whether a part names an outlet: a known one, one in quotation marks, or its Latin name."""
    quoted = line.text[: span[0] - line.start].rstrip()[-1:] in tuple('«“"{')
    if mention is not None and mention.type != "ORG":
        return quoted and mention.type != "PERSON"
    words = fold_words(setting.document.text[slice(*span)]).split()
    if (len(words) > 1 and words[-1] in _OUTLET_ENDS) or " ".join(words) in setting.patterns.words.all(
        "papers"
    ):
        return True
    return (
        quoted or setting.is_outlet(mention) or bool(re.fullmatch(_LATIN, line.text[span[0] - line.start :]))
    )


def _first(
    span: tuple[int, int], agencies: Sequence[House], setting: Setting, *, placed: bool
) -> House | None:
    """Return the outlet before an agency where no place is named («paper - agency»).

    Where a place is, the line must open the text once more («paper - city:»).
    """
    taken = any(agency.start < span[1] and span[0] < agency.end for agency in agencies)
    mention = _mention(*span, setting)
    word = setting.document.text[slice(*span)]
    again = len(re.findall(rf"(?m)^\s*{re.escape(word)}\s*[-–:]", setting.document.text)) > 1
    named = len(word.split()) == 1 and (
        again or (is_definite(fold_name(word)) and bool(agencies) and not placed)
    )
    if taken or not named or (mention is not None and mention.type != "ORG"):
        return None
    return name_of(span, "structure-byline", setting)


def _mention(start: int, end: int, setting: Setting) -> Mention | None:
    return next((m for m in setting.mentions if m.start < end and start < m.end), None)
