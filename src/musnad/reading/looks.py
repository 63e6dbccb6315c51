"""What a single line looks like, whatever page it stands on: running text, a headline, a label, a caption.

Chosen over (a) deciding by length alone, which takes a sentence that the capture cut for a headline, and
(b) lists of the lines that known sites print.
"""

from __future__ import annotations

import re
from typing import Final

from musnad.folding import fold
from musnad.reading.lines import Line

PARAGRAPH: Final = 160  # characters from which a line is a paragraph, whatever ends it
SENTENCE: Final = 80  # characters from which a line that ends as a sentence is one
_LEAD: Final = 70  # characters from which a line that begins with a verb of reports is a sentence
_UNCUT: Final = 100  # characters from which a line below the text is the rest of it, and no headline
_HEADLINE: Final = range(12, 161)
_GLUED: Final = 250
_CUT: Final = 5  # words
_LABEL: Final = 3  # words
_STRIP: Final = 5  # parts of a menu in one line
_PART: Final = 5  # words of each on average, its mark counted
_AGENCY_LINE: Final = 60  # characters
# Where one headline certainly ends and the next begins: a wide gap; a mark, a closing quotation mark, ta
# marbuta or alef maqsura before a letter; alef with hamza below after more than clitics.
_SEAM: Final = re.compile(
    r"(?<=[؟!?»”])(?=[\u0621-\u064a«“])"
    r"|\s{3,}"
    r"|(?<=[ةى])(?=[\u0621-\u064a])"
    r"|(?<=[\u0621-\u064a]{3}[بتثجحخدذرزسشصضطظعغقمنهي])(?=إ)"
)
_QUOTED: Final = re.compile(r"«[^«»]*»")
_CRUMBS: Final = re.compile(r"[>»›|/\\].*[>»›|/\\]")
_META: Final = re.compile(
    r"\d{1,2}:\d\d(?::\d\d)?\s*(?:[صم]|[ap]m)?\Z|https?://\S+\Z|[\d.,:/\s-]+\Z|[^\d:]{3,25}:\s*[\d.,]+\Z",
    re.I,
)
# Reuters, SANA, agencies, exclusive, the agencies of the Arab states, AFP, dpa, AP, MENA; agency, paper, site
# or network of that name; correspondents.
_AGENCY: Final = (
    r"(?:رويترز|سانا|وكالات|خاص|واس|بترا|وام|قنا|كونا|الاناضول|سبوتنيك|شينخوا|تاس|فرانس برس|"
    r"ا\.? ?ف\.? ?ب\.?|د\.? ?ب\.? ?ا\.?|ا\.? ?ب\.?|ا\.? ?ش\.? ?ا\.?|متابعات|"
    r"(?:وكاله|صحيفه|موقع|شبكه|مراسل\w*) ?[^\d:]{0,24})"
)
_DASHES: Final = "-–—ـ/"
_SIDE: Final = rf"[^{_DASHES}\d:؟!.\"«»]{{2,30}}"
_AGENCY_SHAPES: Final = tuple(
    re.compile(shape)
    for shape in (
        rf"{_SIDE}\s*[{_DASHES}:(]\s*[(«\"]?{_AGENCY}[)»\"]?\s*[:{_DASHES}]{{0,2}}\Z",  # city, agency
        rf"{_SIDE}\s*[{_DASHES}]\s*{_SIDE}\s*:\Z",  # city, outlet, colon
        rf"\S+\s*[{_DASHES}]\s*\S+(?:\s\S+)?\Z",  # one word, one or two words
        rf"{_SIDE}\s*[{_DASHES}]\Z",  # outlet, dash
    )
)
# With what a sentence goes on from the last one: «and» with a verb, a preposition or a particle; but, as,
# since; on his part, in return, in this context; it is mentioned, worth mentioning; then.
_GOES_ON: Final = re.compile(
    r"و(?:ا(?!شنطن|لد[يه]?\b|لي\b|دي\b)\w*|[يت]\w{2,}|في|من|عن|علي|قد|لم|لا|لن|ما|هو|هي|هم|كان\w*|قال\w*"
    r"|ذكر\w*|شدد\w*|لفت\w*|دعا|دعت|بحسب|بين|نفي|نفت|ختم|جاءت?|حسب|بعد|قبل|مع|كل|حول|خلال|كذلك|نقل\w*"
    r"|سبق|لدي|نوه\w*)\b"
    r"|(?:اذ|كما|لكن|ولكن|بينما|فيما|حيث|ثم|اما|غير ان|الا ان|بدوره|بدورها|يذكر|يشار|الجدير|وفقا|بحسب)\b"
    r"|(?:من (?:جانب|جهت|ناحيت)ه[ام]?|في (?:المقابل|السياق|هذا السياق|حين|غضون)|(?:الي|جاء) ذلك|هذا و\w+)\b"
)
_NUMBERED: Final = re.compile(r"\(?(?:\d{1,3}|[ا-ي])\s?[-.)–—]\s*\S")  # 1- 2. 3) and letters
# Verbs with which reports begin: said, announced, confirmed, revealed, met, arrived, called, held, stated …
_REPORTS: Final = re.compile(
    r"(?:قالت?|اتفقت?|قررت?|اعلنت?|اكدت?|كشفت?|بحثت?|التقت?|التقي|استقبلت?|وصلت?|شهدت?|دعا|دعت|كلفت?|عقدت?|افادت?|ذكرت?|نفي|نفت|"
    r"اعربت?|عبرت?|اتهمت?|طالبت?|شاركت?|تراست?|انطلقت?|بدات?|اختتمت?|اصدرت?|صدرت?|وقعت?|اقرت?|اجتمعت?|زارت?|نددت?|"
    r"ادانت?|رحبت?|انتخبت?|عينت?|استقالت?|تعقد|يعقد|تستعد|يستعد|تلتئم)\s"
)
# Archive, a picture of, the picture's agency in brackets.
_CAPTION: Final = re.compile(r"\([^()\d]{2,24}\)\Z|[-–(] ?ارشيف\w*\)?\Z|صوره? (?:ارشيفيه|من|الخبر)\b")
_BREAKING: Final = re.compile(r"(?:خبر )?عاجل\b")


def is_paragraph(line: Line) -> bool:
    """Tell whether a line is running text."""
    size = line.end - line.start
    told = size >= PARAGRAPH or (size >= SENTENCE and line.closes) or is_lead(line)
    return told and not is_glued(line) and not is_strip(line)


def is_lead(line: Line) -> bool:
    """Tell whether a line begins as the first sentence of a report does, however it ends."""
    return line.end - line.start >= _LEAD and _REPORTS.match(line.folded.text) is not None


def is_broken_lead(line: Line, below: Line | None) -> bool:
    """Tell whether a line is the first of a sentence that goes on in the line below it."""
    if below is None or below.gap or line.closes or _REPORTS.match(line.folded.text) is None:
        return False
    return is_text(below) and len(line.text.split()) >= 2


def is_text(line: Line) -> bool:
    """Tell whether a line is running text, or a short sentence."""
    return is_paragraph(line) or (line.text.endswith(".") and len(line.text.split()) >= 5)


def announces(line: Line) -> bool:
    """Tell whether a line announces what follows, with a colon."""
    return line.text.endswith(":") and len(line.text.split()) >= 5


def goes_on(line: Line) -> bool:
    """Tell whether a line below the text is the rest of it: a sentence that a capture may have cut."""
    long = line.end - line.start >= _UNCUT and not is_glued(line)
    return long or (_GOES_ON.match(line.folded.text) is not None and len(line.text.split()) >= 4)


def is_cut(line: Line) -> bool:
    """Tell whether the one line below the text may be a sentence that the capture cut, and no question."""
    return len(line.text.split()) >= _CUT and not is_label(line) and not line.text.startswith("هل ")  # is


def is_numbered(line: Line) -> bool:
    """Tell whether a line is a numbered point of a list."""
    return _NUMBERED.match(line.folded.text) is not None


def is_headline(line: Line) -> bool:
    """Tell whether a line could be a headline: some words, no full stop, no figures or address alone."""
    return line.end - line.start in _HEADLINE and len(line.text.split()) >= 3 and is_titled(line)


def is_titled(line: Line) -> bool:
    """Tell whether a line ends and is made as headlines are, however short."""
    closed = line.text.endswith((".", "،", "؛", ":")) and not line.text.endswith(("..", "…"))
    crumbs = _CRUMBS.search(_QUOTED.sub("", line.text))
    return not closed and not crumbs and not is_figure(line) and not is_agency(line)


def is_figure(line: Line) -> bool:
    """Tell whether a line says a time, a number or an address, with a label or without one."""
    return _META.match(line.folded.text) is not None


def is_agency(line: Line) -> bool:
    """Tell whether a line names a city and who reports from there, and no more: «city – agency:»."""
    if line.end - line.start > _AGENCY_LINE:
        return False
    text = fold(line.text.replace(" ـ ", " - ")).text  # a stretched line for a dash, which folding drops
    return any(shape.match(text) for shape in _AGENCY_SHAPES)


def is_strip(line: Line) -> bool:
    """Tell whether a line is a menu in one line: many short words with the same mark between them.

    >>> from musnad.reading.lines import split_lines
    >>> is_strip(split_lines("سياسة - اقتصاد - رياضة - ثقافة - صحة")[0])
    True
    """
    for mark in (" - ", " | ", " – ", " • ", " · ", " / ", "|"):
        parts = line.text.split(mark)
        if len(parts) >= _STRIP:
            return len(line.text.split()) <= _PART * len(parts)
    return False


def is_label(line: Line) -> bool:
    """Tell whether a line between title and text is a label, a name or a caption, and not of the text."""
    if line.closes or is_agency(line):
        return False
    few = len(line.text.split()) <= _LABEL
    return few or is_figure(line) or is_caption(line) or _BREAKING.match(line.folded.text) is not None


def is_caption(line: Line) -> bool:
    """Tell whether a line ends as captions of pictures do: «(agency)», «archive»."""
    return line.end - line.start < PARAGRAPH and _CAPTION.search(line.folded.text) is not None


def is_glued(line: Line) -> bool:
    """Tell whether a line is several headlines without anything between them."""
    return line.end - line.start >= _GLUED and len(_SEAM.findall(line.text)) >= 2


def seams(text: str) -> list[int]:
    """Return where one glued headline certainly ends.

    >>> [*map("لقاء ثانٍ؟جولة ثالثة".__getitem__, seams("لقاء ثانٍ؟جولة ثالثة"))]
    ['ج']
    """
    return [found.end() for found in _SEAM.finditer(text)]
