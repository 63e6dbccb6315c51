"""Pages that are no document: lists of headlines, of texts cut for «more», and menus.

Such a page is refused with a reason: what it lists was captured in part, and belongs to many documents.
Chosen over (a) reading the first item, which has the date and the publisher of none, and (b) one document for
each item, of which the page shows a few words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from musnad.reading.lines import Line
from musnad.reading.looks import is_glued, is_headline, is_paragraph, seams

_LIST: Final = 10  # headlines from which a page without a sentence is a list of them
# A teaser that was cut for a list: «… more», «read more», «go on reading».
_TEASER: Final = re.compile(
    r"(?:…|\.\.|\])\s*(?:(?:اقرا )?المزيد|(?:اكمل|تابع|متابعه) القراءه|read more|continue reading)\W*\Z", re.I
)


def is_listing(lines: Sequence[Line]) -> bool:
    """Tell whether a page is a list of headlines and no document.

    Ten headlines or more, glued or one by one, and no sentence; or two texts or more that are cut for «more».
    """
    if sum(_TEASER.search(line.folded.text) is not None for line in lines) >= 2:
        return True
    headlines = sum(len(seams(line.text)) + 1 if is_glued(line) else is_headline(line) for line in lines)
    return headlines >= _LIST and not any(is_paragraph(line) or line.text.endswith(".") for line in lines)


def is_menu(lines: Sequence[Line]) -> bool:
    """Tell whether a page is nothing but navigation: six lines or more, all short, and no sentence."""
    short = all(len(line.text.split()) < 5 and not line.text.endswith(".") for line in lines)
    return len(lines) >= 6 and short
