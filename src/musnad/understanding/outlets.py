"""Who publishes a page that names its publisher in its own lines: rights, issue, banner, dateline.

An outlet is named by the line that says whose the page is, not by the text, which quotes many. An agency
that everybody prints (AFP, dpa …) is whom the text is taken from, never the publisher. Where two lines
name two outlets, the line of the rights counts before the banner, and the banner before the dateline. Chosen
over (a) the most frequent outlet of the page, which is often the one quoted, and (b) the address, which plain
text does not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from musnad.folding import fold_name
from musnad.model import Agent, Mention
from musnad.reading import split_lines
from musnad.reading.lines import Line
from musnad.reading.values import read_date
from musnad.understanding.particles import is_definite
from musnad.understanding.setting import Setting

_WORDS: Final = 6
_PERSON: Final = 2  # words of a plain person's name
_SMALL: Final = frozenset({"interface", "metadata", "body", "title_repeat", "credit"})
# Agencies that others print: AFP, dpa, AP, MENA, UPI, Xinhua, «agencies», Reuters.
_PRINTED: Final = re.compile(
    r"(?:(?:وكاله )?(?:فرانس برس|شينخوا|رويترز|اسوشيتد برس|الانباء الالمانيه)|(?:ال)?وكالات(?: الانباء)?"
    r"|ا\.? ?ف\.? ?ب\.?|د\.? ?ب\.? ?ا\.?|ا\.? ?ب\.?|ا\.? ?ش\.? ?ا\.?|ي\.? ?ب\.? ?ا\.?)"
)
_REUTERS: Final = re.compile(r"(?:وكاله )?رويترز")  # Reuters publishes in Arabic too: it is left open
# No outlets: exclusive, correspondents, follow-up, capitals, provinces; sections; the site, the author.
_NOBODY: Final = re.compile(
    r"(?:خاص|مراسل\w*|مكتب\w*|متابعات|كتبت?|تقرير|عواصم|محافظات|سياسه|رياضه|اقتصاد|اخبار|الرييسيه|محليات|مباشر"
    r"|عاجل|المزيد|برامج|الموقع|للموقع|المولف|الكاتب|الناشر|لدي|محفوظه|النشر|ناشرها|اصحابها|الجميع)(?!\w)"
)
_KINDS: Final = r"(?:شبكه|موقع|وكاله|قناه|جريده|صحيفه|اذاعه|راديو|مجله|منصه|مرصد|موسوعه|تلفزيون)"
_NAMED: Final = re.compile(rf"{_KINDS}(?!\w)|.*(?:نيوز|برس|نت|اونلاين|الاخباريه?|ميديا|تي في|للانباء)\Z")
# With what names of parts of places begin: countryside, north, south, east, west, town, province, camp.
_REGION: Final = re.compile(r"(?:ريف|شمال|جنوب|شرق|غرب|مدينه|محافظه|بلده|مخيم|جبل|غوطه)(?!\w)")
_RIGHTS: Final = re.compile(
    r"(?:حقوق|الحقوق)(?: (?:النشر|الطبع|الملكيه|والنشر))* محفوظه?\W*(?:\d{4})?\W*(?:(?:لدي|الي) |ل)?"
    r"(?P<name>[^\d©|.,:]{3,40})"
)
# «the link of this piece in the paper …»: the page is a copy of it
_LINKED: Final = re.compile(
    r"رابط (?:الخبر|المقال|الموضوع|الماده|التقرير) (?:ب|في |علي |لدي )"
    rf"(?P<name>{_KINDS} [^\d:|.,؟!»\"]{{2,30}}?)\s*(?::|\Z)"
)
_OWNED: Final = re.compile(
    r"(?:(?:copyright|©|\(c\))\s*)+\d{0,4}(?:\s*-\s*\d{4})?\W*(?P<name>[^\d©|.,:]{3,40})", re.IGNORECASE
)
_OWNER: Final = re.compile(r"(?P<name>[^\d©|.,:]{3,40}?)\s*©")
_ISSUE: Final = re.compile(
    r"(?P<name>[^\d:|–-]{3,40}?)\s*(?:[|–-]\s*[^|–:-]{3,40})?[|–:-]\s*العدد\s*:?\s*\(?\d"
)
_FOLLOW: Final = re.compile(
    r"(?:تابعوا?|حملوا? تطبيق|اشتركوا? في)\s+(?P<name>[^\d:|.,]{2,30}?)\s+(?:علي|عبر)(?!\w)"
)
_BANNER: Final = re.compile(rf"(?P<name>{_KINDS} [^\d:|>/.,؟!-]{{2,40}}?)\s*(?:[|/>–-].*|\d.*)?\Z")
_STRIP: Final = re.compile(r"(?P<name>[^\d:|>/.,؟!-]{3,30}?)\s*[|/>–-]\s*(?P<rest>.+)\Z")
_DATED: Final = re.compile(r"(?:\w+,?\s+)?\d{1,2}\s*[ /.-]\s*\w+.*\d{4}")  # the parts of a day
_SIDE: Final = r"[^\d:؟!.,\"«»()–—/-]"
_DATELINES: Final = (
    re.compile(rf"(?P<city>{_SIDE}{{2,30}}?)\s*[–—/-]\s*(?P<name>{_SIDE}{{2,30}}?)\s*(?:[:–—-]|\Z)"),
    re.compile(rf"(?P<city>{_SIDE}{{2,30}}?)\s*\((?P<name>{_SIDE}{{2,30}}?)\)\s*(?:[:–—-]|\Z)"),
    re.compile(rf"(?P<city>{_SIDE}{{2,30}}?)\s*:\s*(?P<name>{_SIDE}{{2,20}}?)\Z"),
    re.compile(rf"(?P<city>)(?P<name>{_SIDE}{{2,30}}?)\s*(?:[–—-]\Z|:\s)"),
)
_ALONE: Final = re.compile(rf"(?P<city>)(?P<name>{_SIDE}{{2,30}}?)\s*[–—-]\Z")
_FIRST: Final = re.compile(r"(?P<name>[^–—/:(-]{2,40}?)(?=\s*[–—/:(-])")
_GLUED: Final = re.compile(r"(?P<city>\w+(?: \w+)?)\s*-\s*(?P<name>سانا|واس|بترا|وام|قنا|كونا)\s")


class House(NamedTuple):
    """An outlet that the page says it is of, the words that say so, and the pattern that read them."""

    agent: Agent
    start: int
    end: int
    pattern: str


def find_house(lines: Sequence[Line], setting: Setting) -> House | None:
    """Return the outlet that the lines of a page say it is of, None where they do not tell.

    The words that say so are the dateline's where it names that outlet too, else the first that name it.
    """
    linked = ((line, found) for line in lines if (found := _LINKED.search(line.folded.text)))
    if link := next(linked, None):
        return _house(*link, "structure-rights", setting)
    zones = [setting.document.zone_at(line.start, line.end) for line in lines]
    kinds = [zone.kind if zone else "" for zone in zones]
    readers = (_rights(lines, kinds), _banners(lines, kinds, setting), _datelines(lines, kinds, setting))
    said = [
        house
        for pattern, found in zip(("rights", "banner", "dateline"), readers, strict=True)
        for line, match in found
        if (house := _house(line, match, f"structure-{pattern}", setting))
    ]
    if not said:
        return None
    best = said[0]
    again = [house for house in said if house.agent.entity == best.agent.entity]
    if again[-1].pattern != "structure-dateline":
        again = sorted(again, key=lambda house: house.start)[:1]
        first = next((m for m in setting.mentions if m.entity == best.agent.entity), None)
        if first and first.start < again[0].start:
            return best._replace(start=first.start, end=first.end)
    return best._replace(start=again[-1].start, end=again[-1].end)


def printed(setting: Setting) -> House | None:
    """Return the agency of the dateline that the text is taken from, None where there is none."""
    for line, match in _opening(split_lines(setting.document.text), setting):
        name = match["name"].strip()
        if _PRINTED.fullmatch(name) and (setting.house or not _REUTERS.fullmatch(name)):
            return _name(line, match, "structure-agency", setting)
    return None


def _rights(lines: Sequence[Line], kinds: Sequence[str]) -> Iterator[tuple[Line, re.Match[str]]]:
    """Yield the lines that say whose the rights are, or whom to follow."""
    for line, kind in zip(lines, kinds, strict=True):
        if kind in {"body", "title", "ticker", "comments", "related_links"} or len(line.text) > 160:
            continue
        for shape in (_RIGHTS, _OWNED, _OWNER, _FOLLOW):
            if found := shape.search(line.folded.text):
                yield line, found
                break


def _banners(
    lines: Sequence[Line], kinds: Sequence[str], setting: Setting
) -> Iterator[tuple[Line, re.Match[str]]]:
    """Yield the lines above the text that name a paper with its issue, or an outlet as such."""
    told = next((place for place, kind in enumerate(kinds) if kind == "body"), len(lines))
    for place, line in enumerate(lines[:told]):
        if kinds[place] not in _SMALL:
            continue
        if found := _ISSUE.match(line.folded.text) or _BANNER.match(line.folded.text):
            yield line, found
        strip = _STRIP.match(line.folded.text) if place == 0 else None
        if strip and (_DATED.match(strip["rest"]) or _known(line, strip, setting)):
            yield line, strip


def _datelines(
    lines: Sequence[Line], kinds: Sequence[str], setting: Setting
) -> Iterator[tuple[Line, re.Match[str]]]:
    """Yield the openings of the text that name who reports from where, or an outlet and its agency."""
    del kinds
    for line, found in _opening(lines, setting):
        city, name = found["city"].strip(), found["name"].strip()
        if city and _is_own(city, line, found, lines, setting):
            yield line, _FIRST.match(line.folded.text) or found
        elif not _PRINTED.fullmatch(name) and (
            _known(line, found, setting)
            or _NAMED.match(name)
            or _placed(line, found, setting)
            or sum(each.folded.text.startswith(f"{name} -") for each in lines) > 1
        ):
            yield line, found


def _is_own(city: str, line: Line, found: re.Match[str], lines: Sequence[Line], setting: Setting) -> bool:
    """Tell whether the first of two names is an outlet, where the second is the agency it prints."""
    if _NOBODY.match(city) or _is_place(line, found, setting):
        return False
    called = re.compile(rf"(?<!\w){_KINDS} {re.escape(city)}(?!\w)")
    name = found["name"].strip()
    other = _PRINTED.fullmatch(name) or _NOBODY.match(name) or _known(line, found, setting)
    return _known(line, found, setting, "city") or bool(
        _NAMED.match(city) or (other and any(called.search(each.folded.text) for each in lines))
    )


def _is_place(line: Line, found: re.Match[str], setting: Setting) -> bool:
    """Tell whether the first name of a dateline is that of a place, or of a part of one."""
    start, end = line.span(found, "city")
    places = [m for m in setting.mentions if m.type == "PLACE" and m.start < end and start < m.end]
    return any(m.start <= start or _REGION.match(found["city"]) for m in places)


def _opening(lines: Sequence[Line], setting: Setting) -> Iterator[tuple[Line, re.Match[str]]]:
    """Yield the dateline of a page: the first line of the text, or a line above it."""
    for line in lines:
        zone = setting.document.zone_at(line.start, line.end)
        if zone is None or zone.kind not in _SMALL:
            continue
        shapes = (*_DATELINES, _GLUED) if zone.kind == "body" else (*_DATELINES[:2], _ALONE)
        found = next((match for shape in shapes if (match := shape.match(line.folded.text))), None)
        if found:
            yield line, found
        if zone.kind == "body":
            return


def _placed(line: Line, found: re.Match[str], setting: Setting) -> bool:
    """Tell whether a dateline names a place, and then one that is no place and no person."""
    exclusive = found["city"].strip() == "خاص"  # exclusive
    rest = line.folded.text[found.end() :]
    ended = line.text.endswith(":") or len(line.text.split()) <= _WORDS or bool(read_date(rest[:60]))
    if not ended or not (exclusive or _is_place(line, found, setting)):
        return False
    name = _mention(line, found, "name", setting)
    if name is None:  # two words of which the first has no article are a person's name
        words = found["name"].split()
        return len(words) != _PERSON or is_definite(words[0])
    return name.type == "ORG"


def _known(line: Line, found: re.Match[str], setting: Setting, group: str = "name") -> bool:
    mention = _mention(line, found, group, setting)
    return setting.is_outlet(mention)


def _mention(line: Line, found: re.Match[str], group: str, setting: Setting) -> Mention | None:
    start, end = line.span(found, group)
    return next((m for m in setting.mentions if m.start < end and start < m.end), None)


def _house(line: Line, found: re.Match[str], pattern: str, setting: Setting) -> House | None:
    """Return the outlet that a match names, None where the name is none."""
    name = found["name"].strip()
    nobody = _NOBODY.match(name) or _PRINTED.fullmatch(name)
    return None if nobody or len(name.split()) > _WORDS else _name(line, found, pattern, setting)


def _name(line: Line, found: re.Match[str], pattern: str, setting: Setting) -> House | None:
    start, end = line.span(found, "name")
    words = setting.document.text[start:end].strip()  # not of folded text: blanks of every kind
    return None if len(words) < 2 else name_of((start, end), pattern, setting)


def is_region(words: str) -> bool:
    """Tell whether folded words begin like the name of a part of a place («north», «the countryside of»)."""
    return bool(_REGION.match(words))


def name_of(span: tuple[int, int], pattern: str, setting: Setting) -> House:
    """Return the outlet that some words of the page name: the body that they mention, where they do."""
    start, end = span
    words = setting.document.text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    mention = next((m for m in setting.mentions if m.start < end and start < m.end and m.type == "ORG"), None)
    if mention:
        return House(setting.agent(mention), min(start, mention.start), max(end, mention.end), pattern)
    label = " ".join(setting.document.text[start:end].split())
    agent = setting.made_agent(fold_name(label), label, "ORG", anonymous=False)
    return House(agent, start, end, pattern)
