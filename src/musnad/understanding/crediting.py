"""Find the outlets whose reports a text passes on: the one that it quotes, the one that somebody spoke to.

An outlet counts where a verb of reporting, «according to», «quoting», or «to» after a verb or noun of speech
stands before its name; the page's own outlet never does, nor one that a later part of a text quotes besides
others. Chosen over (a) every outlet that a text names, half of which it only tells of, and (b) credit lines
alone, which few pages have.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from musnad.folding import fold_name
from musnad.model import Agent
from musnad.understanding.bylines import is_agency
from musnad.understanding.outlets import House
from musnad.understanding.particles import (
    ABOUT_TO_ON,
    CLITICS,
    FROM,
    FROM_HIM,
    HAD,
    QUOTING,
    TO,
    is_definite,
)
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.sequences import words_of
from musnad.understanding.setting import Setting, printed

_LEAD: Final = 3  # sentences that lead a text, and the part of it that does
_SPOKEN: Final = 10  # tokens between a verb or a noun of speech and the outlet that was spoken to
_TRUTH: Final = "صحه"  # the truth of
_DENIED: Final = 3  # tokens before «carried» among which «the truth of what» stands
_COPY: Final = 6  # tokens between an outlet and «a copy» that it received
_COPIES: Final = frozenset({"نسخه", "نصه", "نسخته"})  # a copy, its text
_WITH: Final = frozenset({"مع", "الي"})  # with, to
_MEDIA: Final = frozenset({"وسايل", "مواقع"})  # media, sites
_PRESS: Final = frozenset({"الصحف", "صحف", "الصحافه"})  # the papers, the press: of which nation follows
_NATIONAL: Final = ("ي", "يه")
_PRONOUNS: Final = ("ها", "ه", "هم")  # it: «statements that the paper carried»
# Correspondents of; site, television, station, page of.
_REPORTERS: Final = frozenset(
    {*("مراسل", "مراسله", "مراسلو", "مراسلي", "موفد"), *("موقع", "تلفزه", "محطه", "صفحه")}
)
_FIRST: Final = frozenset({"اول"})  # the first «who disclosed»
_KINDS: Final = frozenset(  # newspaper, agency, channel, site, network, radio, magazine
    {"صحيفه", "وكاله", "قناه", "موقع", "شبكه", "اذاعه", "مجله", "جريده", "تلفزيون", "للانباء", "الانباء"}
)
_OF_MEDIA: Final = ("اعلام", "الاعلام", "اعلاميه", "الكترونيه", "الاعلاميه", "اخباريه")  # of news, electronic


def quoted_outlets(sentences: Sequence[Sentence], own: Sequence[Agent], setting: Setting) -> Iterator[House]:
    """Yield each outlet that the text takes words from, where it first does; `own` are those of the page.

    Whom only a later sentence quotes gave that sentence its words, and not the text.
    """
    seen, names = {agent.entity for agent in own}, [_names(agent.label) for agent in own]
    body = [sentence for sentence in sentences if sentence.zone == "body" and not sentence.post]
    for sentence in body[: max(_LEAD, len(body) // _LEAD)]:
        for place in range(1, len(sentence.tokens)):
            found = _outlet(sentence, place, setting)
            if found is None or found.agent.entity in seen:
                continue
            called = _names(found.agent.label)
            if not any(called <= name or name <= called for name in names if name):
                seen.add(found.agent.entity)
                yield found


def _names(label: str) -> frozenset[str]:
    """Return the words of a name that tell an outlet from the others."""
    return frozenset(fold_name(label).split()) - _KINDS


def _outlet(sentence: Sentence, place: int, setting: Setting) -> House | None:
    """Return the outlet at a token if what stands before it says that words come from it."""
    tokens, words = sentence.tokens, setting.patterns.words
    mention = tokens[place].mention
    media = 0 if mention else _media_end(tokens, place)
    if not media and not is_news(tokens[place], setting):
        return None
    start = place - 1 - (tokens[place - 1].text == "(" and place > 1)
    if tokens[start].text in _REPORTERS and start:
        start -= 1
    carries = _carries(tokens, start, words)
    told = _says(tokens[start], words) or _tells(tokens, place, words) or _received(tokens, place, words)
    if not (carries or told or (not media and spoken_to(tokens, start, words))):
        return None
    pattern = f"structure-{'quoted' if carries else 'cited'}-outlet"
    if mention is not None:
        return House(setting.agent(mention), *sentence.span(start, place + 1), pattern)
    label = words_of(tokens, place, media, setting)
    agent = setting.made_agent(fold_name(label), label, "ORG", anonymous=True)
    return House(agent, *sentence.span(start, media), pattern)


def _media_end(tokens: Sequence[Token], place: int) -> int:
    """Return the end of «media», «the papers of a nation» at a token, 0 where none stand there."""
    end = place + 1
    if end == len(tokens):
        return 0
    national = end < len(tokens) and tokens[end].text.endswith(_NATIONAL)
    if tokens[place].bare in _PRESS:
        return end + 1 if national else 0
    if tokens[place].bare not in _MEDIA or tokens[end].text not in _OF_MEDIA:
        return 0
    further = end + 1 < len(tokens) and is_definite(tokens[end + 1].text)
    return end + 1 + (further and tokens[end + 1].text.endswith(_NATIONAL))


def is_news(token: Token, setting: Setting) -> bool:
    """Tell whether a token names an outlet or an agency."""
    mention = token.mention
    named = printed(token, setting) if mention else ""
    press = mention is not None and mention.type == "ORG" and fold_name(named).partition(" ")[0] in _PRESS
    return press or setting.is_outlet(mention) or (mention is not None and is_agency(named))


def _carries(tokens: Sequence[Token], place: int, words: Words) -> bool:
    """Tell whether words come from an outlet by the word at a token: «according to», «quoting», «carried».

    Not what somebody denies that it carried («the truth of what X reported»).
    """
    token, according = tokens[place], words.all("according")
    if any(each.text == _TRUTH for each in tokens[max(0, place - _DENIED) : place]):
        return False
    if token.text in FROM_HIM and place:  # «according to what X quoted him as saying»
        return tokens[place - 1].among(words.all("relay"))
    if token.text in TO | ABOUT_TO_ON and place:
        before = tokens[place - 1]
        return (token.bare == FROM and before.bare == QUOTING) or before.among(according)
    if token.among(words.all("sayings")) and place and tokens[place - 1].among(according):
        return True
    after = place > 1 and tokens[place - 2].among(according)  # «according to what X told»
    carried = words.all("relay") | words.all("publish")
    if any(token.bare.endswith(end) and token.bare.removesuffix(end) in carried for end in _PRONOUNS):
        return True
    return token.is_word and (token.among(according) or token.among(words.all("relay")) or after)


def _says(token: Token, words: Words) -> bool:
    """Tell whether a token is a verb by which an outlet says something itself («the agency X said»)."""
    return token.is_word and token.among(words.any_of(("say", "publish", "stress", "announce")))


def _tells(tokens: Sequence[Token], place: int, words: Words) -> bool:
    """Tell whether a verb of reporting follows the name of an outlet («the agency X had quoted Y»)."""
    before, after = tokens[place - 1], place + 1
    while after < len(tokens) and tokens[after].text in {")", "”", HAD}:
        after += 1
    governed = before.among(words.all("prepositions")) or before.text in TO | CLITICS
    verbs = words.all("relay") | words.all("say") | _FIRST
    return not governed and after < len(tokens) and tokens[after].text in verbs


def _received(tokens: Sequence[Token], place: int, words: Words) -> bool:
    """Tell whether a text came to an outlet («a statement of which the agency X received a copy»)."""
    near = tokens[place + 1 : place + 1 + _COPY]
    return tokens[place - 1].among(words.all("obtain")) and any(t.text in _COPIES for t in near)


def spoken_to(tokens: Sequence[Token], place: int, words: Words) -> bool:
    """Tell whether «to» or «with» at a token follows a verb or a noun of speech."""
    if tokens[place].text not in TO | _WITH:
        return False
    verbs = words.all("say") | words.all("stress") | words.all("add") | words.all("announce")
    speech = verbs | words.all("channels") | words.all("reporting") | words.all("reveal")
    return any(token.among(speech) for token in tokens[max(0, place - _SPOKEN) : place])
