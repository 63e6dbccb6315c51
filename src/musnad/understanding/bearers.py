"""Find who bears an office on a page: «the envoy of the United Nations», «the Syrian minister».

A page sets an office beside its bearer's name once, and later names the office alone. The bearer is the one
whose office has the same head and every further word of the later phrase. Chosen over (a) the last one who
was introduced with the same word, which gives one minister what another said, and (b) the authority's
offices, which change and which a page may not mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from musnad.folding import fold_name
from musnad.model import Agent
from musnad.understanding.office_ends import OF_OFFICE, is_office, office_end
from musnad.understanding.particles import (
    AND,
    ARTICLE,
    TO_THE,
    is_definite,
    without_article,
)
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.setting import Bearer, Setting, printed

_BRACKETS: Final = 5  # tokens of brackets with the short form of a body
_STEM: Final = 3  # letters that an ending leaves
_ENDINGS: Final = ("يين", "يون", "يات", "يه", "يا", "ات", "ي", "ه", "ا")  # of adjectives and places
# Envoy, mediator = envoy; spokesman; minister and deputy, whose first letter is no «and».
_SAME: Final = {"موفد": "مبعوث", "وسيط": "مبعوث", "ناطق": "متحدث", "زير": "وزير", "كيل": "وكيل"}
_RULERS: Final = frozenset({"رييس", "ملك", "امير", "سلطان"})  # whom nobody calls «the … official»
_SENT: Final = frozenset({"مستشار", "مبعوث", "ممثل", "مندوب"})  # adviser, envoy, representative, delegate
_OF_RULER: Final = 5  # tokens of «the special envoy of the … president»
_FOR_AFFAIRS: Final = frozenset({"للشوون", "لشوون"})  # for the affairs
_TO: Final = frozenset({"الي", "ل+", "لل+"})  # to, for
_CALLED: Final = frozenset({"يدعي", "تدعي", "اسمه", "اسمها"})  # called, whose name is


def named_after(tokens: Sequence[Token], end: int, setting: Setting) -> int | None:
    """Return the token of the person named right after an office, or after a comma, or after a second one.

    The short form of a body may stand in brackets between.
    """
    words = setting.patterns.words
    end = _after_brackets(tokens, end, words)
    comma = end < len(tokens) and tokens[end].text == ","
    place = _after_ruler(tokens, end, words) or end + comma
    place += place < len(tokens) and tokens[place].bare in _CALLED
    if comma and place < len(tokens) and is_office(tokens[place], words):
        place = office_end(tokens, place, setting)
    elif (
        comma and place < len(tokens) and tokens[place].text in words.all("ranks") | words.all("professions")
    ):
        place += 1  # «the coordinator, the lawyer X»
    return place if place < len(tokens) and tokens[place].text.startswith("<P") else None


def _after_ruler(tokens: Sequence[Token], end: int, words: Words) -> int:
    """Return the token of who serves a ruler named before («adviser of the president X for …, Y»), else 0.

    Only a second person tells that the first is not the bearer.
    """
    before = {token.bare for token in tokens[max(0, end - 2) : end]}
    if end >= len(tokens) or tokens[end].text[:2] != "<P" or before.isdisjoint(words.all("ruler_words")):
        return 0
    serves = any(_head(token.bare) in _SENT for token in tokens[max(0, end - _OF_RULER) : end])
    place = end + 1
    if place < len(tokens) and tokens[place].text in _FOR_AFFAIRS:
        place += 1
        while place < len(tokens) and is_definite(tokens[place].bare) and tokens[place].is_word:
            place += 1
    if place + 1 < len(tokens) and tokens[place].text in _TO and tokens[place + 1].text[:2] == "<L":
        place += 2
    place += place < len(tokens) and tokens[place].text == ","
    place += place < len(tokens) and tokens[place].text in words.all("ranks")
    second = serves and place > end + 1 and place < len(tokens) and tokens[place].text[:2] == "<P"
    return place if second else 0


def _after_brackets(tokens: Sequence[Token], end: int, words: Words) -> int:
    """Return the token after the short form of a body in brackets and a rank («(…) General X»)."""
    if end >= len(tokens) or tokens[end].text != "(":
        return end
    near = range(end + 1, min(end + _BRACKETS, len(tokens)))
    closed = next((i + 1 for i in near if tokens[i].text == ")"), end)
    return closed + (end < closed < len(tokens) and tokens[closed].text in words.all("ranks"))


def bearer_of(
    tokens: Sequence[Token], span: tuple[int, int], last: Agent | None, setting: Setting
) -> Agent | None:
    """Return who bears the office of a span: who spoke last, if the page says so, else the nearest bearer."""
    place, end = span
    words = setting.patterns.words
    head = _head(tokens[place].text)
    wanted = frozenset(_stems(tokens[place + 1 : end], setting))
    anyone = head in {_head(word) for word in words.all("any_office")}
    if anyone and not wanted:
        return None
    known = [b for b in _bearers(setting) if b.head == head or (anyone and b.head not in _RULERS)]
    known = [bearer for bearer in known if wanted <= bearer.words | {bearer.head}]
    known = [bearer for bearer in known if wanted <= bearer.words] or known  # «heir of the heir», not «heir»
    if not known and not wanted:  # «the spokesman» is the assistant of the spokesman, where nobody else is
        known = [bearer for bearer in _bearers(setting) if head in bearer.words]
    if last and any(bearer.agent.entity == last.entity for bearer in known):
        return last
    exact = [bearer for bearer in known if bearer.words <= wanted]
    known = known if anyone or not wanted else exact or known  # «the minister of X», not «of X of Germany»
    here = tokens[place].start
    before = [bearer for bearer in known if bearer.place < here]
    if before:
        return before[-1].agent
    return known[0].agent if known and len({bearer.agent.entity for bearer in known}) == 1 else None


def counterpart_of(tokens: Sequence[Token], span: tuple[int, int], setting: Setting) -> Agent | None:
    """Return who bears, for the nation of a span, an office named before it («his Russian counterpart»)."""
    wanted = frozenset(_stems(tokens[span[0] + 1 : span[1]], setting))
    named = {token.mention.entity for token in tokens[: span[0]] if token.mention}
    offices = [(b.head, b.words) for b in _bearers(setting) if b.agent.entity in named]
    for place, token in enumerate(tokens[: span[0]]):
        if is_office(token, setting.patterns.words):
            end = min(office_end(tokens, place, setting), span[0])
            offices.append((_head(token.text), frozenset(_stems(tokens[place + 1 : end], setting))))
    fitting: dict[str, tuple[int, Agent]] = {}
    for bearer in _bearers(setting) if wanted else ():
        alike = [len(words & bearer.words) for head, words in offices if head == bearer.head]
        if alike and wanted <= bearer.words and bearer.agent.entity not in named:
            shared = max(*alike, fitting.get(bearer.agent.entity, (0, bearer.agent))[0])
            fitting[bearer.agent.entity] = shared, bearer.agent
    most = max((shared for shared, _ in fitting.values()), default=0)
    best = [agent for shared, agent in fitting.values() if shared == most]
    return best[0] if len(best) == 1 else None


def bears(agent: Agent, head: Token, setting: Setting) -> bool:
    """Tell whether the page gives an agent the office of a word («القائد المعارض»)."""
    wanted = _head(head.text)
    return any(b.agent.entity == agent.entity and b.head == wanted for b in _bearers(setting))


def bears_none(agent: Agent, setting: Setting) -> bool:
    """Tell whether the page gives a person no office at all, so that one named alone may be this person's."""
    return not agent.anonymous and all(bearer.agent.entity != agent.entity for bearer in _bearers(setting))


def _bearers(setting: Setting) -> Sequence[Bearer]:
    if setting.bearers is None:
        found = [bearer for sentence in setting.sentences for bearer in _in_sentence(sentence, setting)]
        setting.bearers = tuple(sorted(found, key=lambda bearer: bearer.place))
    return setting.bearers


def _in_sentence(sentence: Sentence, setting: Setting) -> Iterator[Bearer]:
    """Yield the offices of a sentence whose bearer is named right before or after them."""
    tokens, words = sentence.tokens, setting.patterns.words
    place, titled = 0, -1  # the name that the office before it was of
    while place < len(tokens):
        if not is_office(tokens[place], words):
            place += 1
            continue
        end = office_end(tokens, place, setting)
        inner = next((i for i in range(place + 1, end) if _restarts(tokens, i, words)), None)
        if inner is not None:
            place = inner
            continue
        name = named_after(tokens, end, setting)
        before = place - 2 if place > 1 and tokens[place - 1].text == "," else place - 1
        free = before >= 0 and before != titled and tokens[before].text.startswith("<P")
        if free and not _is_joined(tokens[place], words):
            name = before
        mention = tokens[name].mention if name is not None else None
        if mention is not None:
            stems = frozenset(_stems(tokens[place + 1 : end], setting))
            yield Bearer(setting.agent(mention), _head(tokens[place].text), stems, mention.start)
        rank = tokens[place].text in words.all("ranks")  # «Prince X, deputy minister of …»: his too
        place, titled = end, name if name == end and not rank else -1


def _is_joined(token: Token, words: Words) -> bool:
    """Tell whether «and» is written on an office («and deputy»; the first letter of «minister» is none)."""
    return token.text[0] == AND and token.text not in words.any_of(("offices", "speaking_offices"))


def _restarts(tokens: Sequence[Token], place: int, words: Words) -> bool:
    """Tell whether another office begins: without the article after one with it, or of whom it serves."""
    before = tokens[place - 1]
    if _head(before.bare) in _SENT and tokens[place].text in words.all("rulers"):
        return True
    if not is_office(tokens[place], words) or is_definite(tokens[place].text):
        return False
    return before.is_word and is_definite(before.text) and is_office(before, words)


def _head(word: str) -> str:
    stem = _stem(word)
    return _SAME.get(stem, stem)


def _stems(tokens: Sequence[Token], setting: Setting) -> Iterator[str]:
    """Yield the stems of the words of an office; those that any office may have are left out."""
    words = setting.patterns.words
    for token in tokens:
        if token.among(words.any_of(("honorifics", "ranks"))):
            continue
        told = [token.text] if token.is_word else []
        if token.mention:
            told = [*fold_name(printed(token, setting)).split(), *fold_name(token.mention.label).split()]
        for word in told:
            stem = _stem(word)
            if token.text in OF_OFFICE or word in words.all("office_adjectives"):
                continue
            name = words.adjectives.get(stem)
            yield from (_stem(part) for part in name.split()) if name else (stem,)


def _stem(word: str) -> str:
    """Return what an adjective, a noun and the name of its place have in common.

    >>> _stem("السوريه"), _stem("سوريا"), _stem("للامم"), _stem("الاممي")
    ('سور', 'سور', 'امم', 'امم')
    """
    word = word.removeprefix(TO_THE) if word.startswith(TO_THE) and len(word) > 4 else without_article(word)
    word = word.removeprefix(ARTICLE)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word.removesuffix(ending)
    return word
