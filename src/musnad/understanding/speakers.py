"""Find who speaks: the first noun phrase after a reporting verb, or before it, or whoever spoke last.

Measured on the project's documents, «prefer a person» credits a minister with what his coalition said and
every «and he added» after it. A description («the Syrian journalist») means the last one introduced so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from musnad.folding import fold_name
from musnad.model import Agent
from musnad.understanding.adverbs import after_these, before_time, skip_adverbs, skip_call
from musnad.understanding.bare_bodies import body_at, counted_at
from musnad.understanding.bearers import bearer_of, bears, bears_none, named_after
from musnad.understanding.collective import (
    Heard,
    as_subject,
    group_of,
    is_plural_subject,
    issuer_of,
    named_after_trade,
    same_group,
)
from musnad.understanding.discourse import Memory
from musnad.understanding.office_ends import is_office, office_end
from musnad.understanding.pairs import meant
from musnad.understanding.particles import (
    ADJECTIVE_ENDINGS,
    ANY,
    ARTICLE,
    HAD,
    PLACES,
    PLURALS,
    QUESTION_MARKS,
    SAME,
    SOURCES,
    THESE_MANY,
    TO,
    TO_ON_ABOUT,
    WHO,
    is_definite,
    without_article,
)
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.sequences import words_of
from musnad.understanding.setting import Setting, is_town, printed

_SURNAME: Final = 3  # letters that a name alone has more of
_REACH: Final = 8  # words of a noun phrase before its name
_DESCRIBES: Final = (*ADJECTIVE_ENDINGS, *PLURALS)  # endings of what describes people
STOPS: Final = frozenset({",", ":", ";", "“", "”", ")"}) | QUESTION_MARKS


def speaker_after(sentence: Sentence, place: int, memory: Memory, setting: Setting) -> Heard:
    """Return who is named at a token, right after a reporting verb."""
    words, tokens = setting.patterns.words, sentence.tokens
    place = skip_call(tokens, _after_outlet(tokens, skip_adverbs(tokens, place, words), setting), words)
    end = place = after_these(tokens, place)
    while end < len(tokens) and end - place < _REACH and _inside(tokens[end], words):
        end += 1
    phrase = tokens[place:end]
    both = _both(phrase[0], place, memory, words) if phrase else None
    if several := both or counted_at(sentence, place, end, setting):
        return several
    name = tokens[end] if end < len(tokens) and tokens[end].mentions else None
    if not phrase:
        return named_at(tokens, end, setting, memory) if name else Heard(None, place)
    cut = next((i for i, t in enumerate(phrase) if t.text in words.all("prepositions")), len(phrase))
    known = _honoured(phrase[0], place, memory, words) or surname_at(tokens, place, setting)
    known = known or (body_at(tokens, place, setting) if name is None or cut < len(phrase) else None)
    if known:
        return known
    if officer := _titled_first(tokens, place, memory, setting):
        return officer
    head = phrase[0]
    if cut == 0 or head.text in words.all("audience_leads"):  # «before the committee»: who spoke goes on
        return Heard(None, place)
    if head.among(words.all("sources")) or without_article(head.text) in words.all("sources"):
        return _source(sentence, place, end, memory, setting)
    if head.among(words.all("statements")):
        return issuer_of(tokens, place, setting, memory)
    if is_plural_subject(tokens, place, words):
        text = any(token.among(words.all("statements")) for token in phrase[cut:])
        heard = group_of(sentence, place, place + cut, len(tokens) if text else end, setting)
        return same_group(heard, memory, head)
    if name and cut == len(phrase):
        return _titled(sentence, place, end, memory, setting)
    if head.among(words.all("groups")):
        return same_group(group_of(sentence, place, place + cut, end, setting), memory, head)
    return _described(phrase[:cut], place + cut, memory, words)


def _after_outlet(tokens: Sequence[Token], place: int, setting: Setting) -> int:
    """Return the token after the outlet that was told, where whoever told it follows («disclosed to X …»)."""
    if place + 2 >= len(tokens) or tokens[place].text not in TO:
        return place
    told = setting.is_outlet(tokens[place + 1].mention)
    return place + 2 * (told and may_speak(tokens[place + 2], setting.patterns.words))


def _honoured(token: Token, place: int, memory: Memory, words: Words) -> Heard | None:
    """Return whom «His Excellency» means, None where that is not what stands there."""
    return Heard(memory.honoured(), place + 1) if token.text in words.all("honour_pronouns") else None


def _both(token: Token, place: int, memory: Memory, words: Words) -> Heard | None:
    """Return whom «both countries», «these people» means, None where that is not what stands there."""
    if token.text in THESE_MANY:
        return Heard(memory.group, place + 1, known=memory.group is not None)
    pair = meant(token, memory.pairs, words)
    return Heard(pair[0], place + 1, also=pair[1:]) if pair else None


def surname_at(tokens: Sequence[Token], place: int, setting: Setting) -> Heard | None:
    """Return the person last named before a word that is the end of the name («… Maktabi said»)."""
    token, found = tokens[place], None
    if token.among(setting.patterns.words.all("professions")):
        return None
    for mention in setting.mentions:
        name = fold_name(mention.label).split() if mention.type == "PERSON" else []
        if token.text in name[1:] and len(token.text) > _SURNAME:
            found = setting.agent(mention) if mention.start < token.start else found or setting.agent(mention)
    return Heard(found, place + 1, place) if found else None


def may_speak(token: Token, words: Words) -> bool:
    """Tell whether a word may begin whoever speaks: a name, an office, a source, a group."""
    if token.mentions:
        return token.text[1] in "POLSW"
    bare = without_article(token.text)
    kinds = (
        *("outlets", "appositives", "sources", "statements", "groups", "professions", "ranks", "body_nouns"),
    )
    return is_office(token, words) or any(token.among(words.all(k)) or bare in words.all(k) for k in kinds)


def _stands_for(token: Token, words: Words) -> bool:
    """Tell whether a definite word may stand before the name of a body or place that it describes."""
    return without_article(token.text) in words.all("outlets") | words.all("appositives")


def _inside(token: Token, words: Words) -> bool:
    if token.mentions or token.text in STOPS or token.text.endswith("+") or token.edtf:
        return False
    closes = token.text in {ANY, HAD} or token.text in WHO
    if closes or token.among(words.any_of(("negation", "withholding"))):
        return False
    return not token.among(words.all("openers"))


def named_at(tokens: Sequence[Token], place: int, setting: Setting, memory: Memory | None = None) -> Heard:
    """Return the agent of a name; works and most events do not speak."""
    token = tokens[place]
    mention = token.mention
    if mention is not None and token.text[1] in "POLS":
        if token.text[1] == "L" and is_town(mention, setting):  # its people speak, it does not
            return Heard(None, place + 1, known=False)
        return Heard(setting.agent(mention), place + 1, place)
    gathering = without_article(token_words(token, setting)) in setting.patterns.words.all("gatherings")
    if mention is not None and mention.type == "EVENT" and gathering:
        return Heard(setting.agent(mention), place + 1, place)  # «the conference demands …»
    if mention is not None and mention.type == "WORK":
        return issuer_of(tokens, place, setting, memory)
    return Heard(None, place + 1, known=False)


def token_words(token: Token, setting: Setting) -> str:
    """Return the first word of a name as it is printed, folded; "" of other tokens."""
    return fold_name(printed(token, setting)).split(" ")[0] if token.mentions else ""


def _titled(sentence: Sentence, place: int, name: int, memory: Memory, setting: Setting) -> Heard:
    """Return the agent of a name with words before it: a title, an office, a kind of body."""
    words, tokens = setting.patterns.words, sentence.tokens
    heads = tokens[place:name]
    if tokens[place].among(words.all("of_persons")):  # «the bureau of X»
        return Heard(setting.unnamed(words_of(tokens, place, name + 1, setting)), name + 1)
    if tokens[name].text[1] in "PS":
        return named_at(tokens, name, setting)
    if tokens[place].among(words.all("groups")):
        return group_of(sentence, place, name, name, setting)
    if all(is_definite(t.text) for t in heads) and not _stands_for(tokens[place], words):
        return _described(heads, name, memory, words)  # «الرئيس روسيا»: the name is the verb's object
    titled = len(heads) == 1 and tokens[place].among(words.all("ranks") | words.all("definite_offices"))
    apposed = len(heads) == 1 and _stands_for(tokens[place], words)
    # «منظمة كذا روسيا»: a body nobody recognised, its object
    return named_at(tokens, name, setting) if titled or apposed else Heard(None, name, known=False)


def _titled_first(tokens: Sequence[Token], place: int, memory: Memory, setting: Setting) -> Heard | None:
    """Return who speaks where an office or a trade begins the words that name them."""
    officer = is_office(tokens[place], setting.patterns.words) and _officer(tokens, place, memory, setting)
    bearer = None if officer else named_after_trade(tokens, place, setting)
    return (officer or None) if bearer is None else named_at(tokens, bearer, setting)


def _officer(tokens: Sequence[Token], place: int, memory: Memory, setting: Setting) -> Heard | None:
    """Return who speaks as the bearer of an office: named beside it, named elsewhere, or not named at all.

    None where the words before a name are not only an office («the member of the council's spokesman X»).
    """
    words, head = setting.patterns.words, tokens[place]
    end = office_end(tokens, place, setting)
    name = named_after(tokens, end, setting)
    if name is not None and _owns(tokens, place, name, words):
        return Heard(setting.unnamed(words_of(tokens, place, name + 1, setting)), name + 1)
    if name is not None:
        return named_at(tokens, name, setting)
    definite = is_definite(head.text)
    source = head.among(words.all("sources")) or without_article(head.text) in words.all("sources")
    if source and (not definite or memory.source):
        return None
    if definite and (official := _same_official(head, memory, words)):
        return Heard(official, end)
    known = bearer_of(tokens, (place, end), memory.last if definite or end > place + 1 else None, setting)
    alone = end == place + 1
    if known is None and definite and alone and memory.last and is_person(memory.last, setting):
        known = memory.last if bears_none(memory.last, setting) else None
    if known is None and definite and memory.last and not any(t.mentions for t in tokens[place:end]):
        known = memory.last if bears(memory.last, head, setting) else None
    if known is None and alone:
        known = memory.described(head.text)
        last = memory.last if memory.last and memory.last.anonymous else None
        known = known or last or setting.unnamed(words_of(tokens, place, end, setting))
    until = before_time(tokens, place, end, words)
    return Heard(known or setting.unnamed(words_of(tokens, place, until, setting)), end)


def _same_official(head: Token, memory: Memory, words: Words) -> Agent | None:
    """Return the official without a name who spoke, where «the official» is one («the Turkish official»)."""
    word = without_article(head.text)
    same = memory.group is not None and word in fold_name(memory.group.label).split()[:1]
    return memory.group if same and word in words.all("any_office") else None


def _owns(tokens: Sequence[Token], place: int, name: int, words: Words) -> bool:
    """Tell whether a name is of whose people speak («an official in the administration of President X»)."""
    titled = name - place > 2 and is_definite(tokens[name - 1].text) and is_office(tokens[name - 1], words)
    return titled and tokens[name - 2].text in words.all("of_persons")


def is_person(agent: Agent, setting: Setting) -> bool:
    """Tell whether an agent is a person who is named."""
    known = setting.entities.get(agent.entity)
    return known is not None and known.type == "PERSON"


def _source(sentence: Sentence, place: int, end: int, memory: Memory, setting: Setting) -> Heard:
    """Return a source without a name: the last one where the words say «the», else a new one."""
    tokens = sentence.tokens
    named = _apposed(tokens, end, setting.patterns.words.all("openers"))
    if named is not None:
        return named_at(tokens, named, setting)
    end = next((i for i in range(place + 2, end) if _is_apart(tokens, i)), end)
    of_body = end < len(tokens) and tokens[end].text[:2] in {"<O", "<L"}
    end += of_body and not setting.is_outlet(tokens[end].mention)  # «an official told the agency X»
    if tokens[place].text.startswith(ARTICLE):
        last = memory.last if memory.last and memory.last.anonymous else None
        same = end > place + 1 and tokens[place + 1].text in SAME
        known = (last or memory.source) if same else (memory.source or last)
        many = tokens[place].text.endswith(PLURALS)
        if known and many and not fold_name(known.label).split()[0].endswith(PLURALS):
            known = None  # «the observers» are not the one official who spoke last
        if known is None and (many or tokens[place].text.startswith(ARTICLE + SOURCES)):
            known = setting.unnamed(words_of(tokens, place, end, setting))
        return Heard(known, end, known=known is not None)
    until = before_time(tokens, place, end, setting.patterns.words)
    return Heard(setting.unnamed(as_subject(words_of(tokens, place, until, setting))), end)


def _is_apart(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a noun with the article no longer describes («American officials / the cooperation»)."""
    before = tokens[place - 1]
    adjective = before.is_word and before.text not in PLACES and before.text.endswith(_DESCRIBES)
    return adjective and not is_definite(before.text) and is_definite(tokens[place].text)


def _apposed(tokens: Sequence[Token], place: int, openers: frozenset[str]) -> int | None:
    """Return the token of a person named after the body of an official («an official in X, Y, said»)."""
    for after in range(place, min(place + 4, len(tokens))):
        if tokens[after].text in openers - TO_ON_ABOUT:
            return None
        before = tokens[after - 1]
        if tokens[after].text.startswith("<P") and (before.text == "," or before.text[:2] in {"<O", "<L"}):
            return after
    return None


def _described(phrase: Sequence[Token], end: int, memory: Memory, words: Words) -> Heard:
    """Return whom a description without a name means."""
    head = phrase[0]
    if not is_definite(head.text):
        return Heard(None, end, known=False)
    if without_article(head.text) in words.all("outlets") and memory.outlet:
        return Heard(memory.outlet, end)
    known = memory.described(head.text)
    return Heard(known, end, known=known is not None)
