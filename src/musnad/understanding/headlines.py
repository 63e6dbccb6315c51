"""Find who speaks in «X: …»: a headline, or a paragraph of its own, that names its speaker before a colon.

A paragraph of the body counts only for a person whom the page names elsewhere too, since lists, labels and
bylines have the same shape. Chosen over (a) headlines alone, which lose the short reports of live pages, and
(b) every colon after a name.
"""

from __future__ import annotations

import re
from typing import Final

from musnad.understanding.chains import Hop
from musnad.understanding.discourse import Memory
from musnad.understanding.modality import OF, has_cue, is_future
from musnad.understanding.office_ends import is_office
from musnad.understanding.particles import ADJECTIVE_ENDINGS, IN, NEGATIONS, ON, TO, WE
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.setting import Setting
from musnad.understanding.speakers import speaker_after

_REACH: Final = 12  # tokens before the colon
_ADDRESSEE: Final = 2  # tokens between a speaker and the colon: «to our reporter»
_WE_WILL: Final = "سن"  # we will
_US: Final = frozenset({"لنا", "معنا", "بنا", "علينا", "منا"})  # for, with, by, on, of us
_OURS: Final = re.compile(r"ن\w{3,}\Z")  # a verb of the present: we
_OCCASIONS: Final = frozenset({"بعد", "عقب", "خلال", "اثناء", "قبيل"})  # after, during, before
_DATELINE: Final = frozenset({"-", "–", "/"})  # between places and outlets
_MANNERS: Final = ("participles", "admitting")  # lists of how something is said
_NEAR: Final = 4  # tokens after a colon among which a verb stands
_LEAST: Final = 5  # tokens that a paragraph of the body says


def speaker_of_headline(sentence: Sentence, setting: Setting) -> tuple[int, list[Hop]] | None:
    """Return (colon, hops): the token of the colon, and through whom the words come, the speaker last."""
    tokens, words = sentence.tokens, setting.patterns.words
    place = next((i for i, token in enumerate(tokens[:_REACH]) if token.text == ":"), 0)
    if not place or place + 3 >= len(tokens) or any(token.edtf for token in tokens[: place + 4]):
        return None
    asked = words.all("was_asked")
    if any(t.among(_verbs(setting) | asked) or t.text in _DATELINE for t in tokens[:place]):
        return None  # a report, which is read as one; «Beirut - X:» is a dateline
    if all(token.mentions for token in tokens[place + 1 :]):
        return None  # «Beirut: the paper»
    body = sentence.zone not in {"title", "lead_item"}
    head = tokens[0]
    hops: list[Hop] = []
    end = place - (place > 1 and tokens[place - 1].among(words.any_of(_MANNERS)))  # «X, stressing: …»
    mention = tokens[end - 1].mention
    told = end > 2 and tokens[end - 2].text in TO and mention is not None
    if told and (setting.is_outlet(mention) or tokens[end - 3].mentions):
        hops = [(setting.agent(mention), "")] if mention and setting.is_outlet(mention) else []
        end -= 2
    end = _without_occasion(sentence, end)
    name = tokens[end - 1].mention
    if end == 1 and name is not None and head.text[1] in ("P" if body else "POS"):
        again = any(m.entity == name.entity and m.start != name.start for m in setting.mentions)
        if body and not (again and len(tokens) - place > _LEAST):
            return None
        return place, [*hops, (setting.agent(name), "")]
    if end == 1 and head.text[1:2] == "L" and not _claims(sentence, place, words):
        return None  # «Syria: dead in …» names a place
    office = is_office(head, words)
    if body and not _quotes(sentence, place) and not (office and len(tokens) - place > _LEAST):
        return None
    surname = end == 1 and not body and head.is_word
    if not (hops or office or _speaks(head, words) or name or head.mentions or surname):
        return None
    heard = speaker_after(sentence, 0, Memory(), setting)
    whole = heard.end == end or (heard.end + 1 == end and tokens[heard.end].text.endswith(ADJECTIVE_ENDINGS))
    if heard.agent is None or not (whole or (body and 0 <= end - heard.end <= _ADDRESSEE)):
        return None
    if body and heard.agent.anonymous and not _quotes(sentence, place):
        return None  # «the coordinator of X: …» counts where the page says who that is
    return place, [*hops, (heard.agent, "")]


def _without_occasion(sentence: Sentence, end: int) -> int:
    """Return where the name of a speaker ends, without where or on what occasion («X from Moscow: …»)."""
    tokens = sentence.tokens
    occasion = (i for i in range(1, end) if tokens[i].text in _OCCASIONS)
    end = next(occasion, end)
    if end > 2 and tokens[end - 2].text in {IN, OF} and tokens[end - 1].text[:2] in {"<L", "<E"}:
        end -= 2  # «the opposition in X: …»
    return end


def _claims(sentence: Sentence, colon: int, words: Words) -> bool:
    """Tell whether the words after a colon are somebody's: a duty, a denial, a future, or «we»."""
    said = sentence.tokens[colon + 1 :]
    duty = said[0].text == ON or any(has_cue(said, i, words.cues["demanded"]) for i in range(len(said)))
    will = any(is_future(token, words) or token.bare in NEGATIONS for token in said[:_NEAR])
    ours = any(token.bare.startswith(_WE_WILL) or token.text in _US for token in said)
    return duty or will or ours or (said[0].text[0] == WE and _is_ours(said[0]))


def _is_ours(token: Token) -> bool:
    """Tell whether a word may be a verb of «we»."""
    return token.is_word and bool(_OURS.match(token.text))


def _verbs(setting: Setting) -> frozenset[str]:
    words = setting.patterns.words
    return (
        words.all("say") | words.all("stress") | words.all("add") | words.all("opine") | words.all("announce")
    )


def _quotes(sentence: Sentence, colon: int) -> bool:
    """Tell whether a quotation follows a colon."""
    return sentence.tokens[colon + 1].text == "“"


def _speaks(token: Token, words: Words) -> bool:
    return token.among(words.all("sources") | words.all("groups"))
