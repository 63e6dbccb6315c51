"""Find who speaks together without a name, and for whom a text speaks.

«The attendants», «representatives of …» are one anonymous voice; a statement speaks for whoever issued it.
Chosen over (a) leaving such words to whoever spoke last, which credits a person with a crowd's words, and
(b) one entity for all crowds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from musnad.folding import fold_name
from musnad.model import Agent, Mention
from musnad.understanding.adverbs import before_time, skip_adverbs
from musnad.understanding.bearers import named_after
from musnad.understanding.bonds import is_bound
from musnad.understanding.discourse import Memory
from musnad.understanding.office_ends import office_end
from musnad.understanding.particles import (
    AND,
    AND_NAME,
    ARTICLE,
    COMMAS,
    FEMININE_PLURAL,
    FROM,
    HE,
    HIS_SAYING,
    IN_A_TEXT,
    IN_FOR,
    PLACES,
    PLURAL_CONSTRUCT,
    PLURAL_ENDINGS,
    PLURAL_VERBS,
    PLURALS,
    THAT_CLAUSE,
    TO,
    TO_THE,
    WHO,
    is_definite,
    without_article,
)
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.sequences import words_of
from musnad.understanding.setting import Setting, is_town

_OF_MANY: Final = (*PLURALS, "عرب", "منه", "كه", "ربيه")  # of several: Arab, guaranteeing, taking part
_SPEAKS: Final = "POLS"  # letters of the names of people, bodies, places and sources
_OPENING: Final = frozenset({":", "“", "علي", "الي"})  # on, to
_THEIRS: Final = ("هما", "هم")  # of them two, of them
_LEAST: Final = 5  # letters of a plural
OF_MANY: Final = "من"  # of: «a number of»
_COUNTED: Final = 5  # words of whom «a number of» counts
_ISSUED: Final = 4  # tokens from a text to «by» before who issued it
_ISSUER_REACH: Final = 6  # tokens after a statement among which its issuer stands


@dataclass(frozen=True, slots=True)
class Heard:
    """A noun phrase that speaks."""

    agent: Agent | None  # None: no noun phrase here, whoever spoke last goes on
    end: int  # the token after it
    start: int = -1  # its first token, where it stands before the verb
    known: bool = True  # False: there is a noun phrase, but it names no one that we know
    also: tuple[Agent, ...] = ()  # who speaks with the agent («X and Y said that both …»)


def with_others(heard: Heard, tokens: Sequence[Token], begin: int, setting: Setting) -> Heard:
    """Return a speaker with those joined by «and», if their words open right after them.

    Sources without a name that speak together are one voice.
    """
    agents: list[Agent] = []
    end = heard.end
    while heard.agent and end + 2 < len(tokens):
        end += tokens[end].text in COMMAS and tokens[end + 1].text == AND_NAME  # «X, and Y, and Z said»
        if tokens[end].text != AND_NAME:
            break
        mention = tokens[end + 1].mention
        if mention is None or tokens[end + 1].text[1] not in _SPEAKS or is_town(mention, setting):
            return heard
        agents.append(setting.agent(mention))
        end += 2
    after = skip_adverbs(tokens, end, setting.patterns.words)
    following = tokens[after].text if after < len(tokens) else ""
    place = end < len(tokens) - 1 and following in IN_FOR and tokens[end + 1].text[:2] in {"<L", "<O"}
    opens = setting.patterns.words.all("openers") | THAT_CLAUSE | COMMAS | _OPENING | IN_A_TEXT
    theirs = following.endswith(_THEIRS) and len(following) > _LEAST
    if not agents or heard.agent is None or not (theirs or following in opens):
        return heard
    if heard.agent.anonymous:
        end += 2 * place
        return Heard(setting.unnamed(words_of(tokens, begin, end, setting)), end, heard.start)
    known = [heard.agent.entity]
    others = [agent for agent in agents if agent.entity not in known]
    return replace(heard, end=end, also=tuple(others))


def is_plural_subject(tokens: Sequence[Token], place: int, words: Words) -> bool:
    """Tell whether a word after a verb is a sound plural, alone or before its possessor («منظمو الحملة»)."""
    head = tokens[place]
    bare = without_article(head.text)
    if not head.is_word or len(bare) < _LEAST or bare in words.all("not_plural"):
        return False
    if bare.endswith(PLURALS[0]):
        return True
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    owned = following is not None and (bool(following.mentions) or is_definite(following.text))
    return owned and not is_definite(head.text) and bare.endswith(AND)


def is_crowd(token: Token, words: Words) -> bool:
    """Tell whether a word names several people: one of the groups, a sound plural («قياديين»)."""
    bare = without_article(token.text)
    plural = bare.endswith(PLURALS) and len(bare) >= _LEAST and bare not in words.all("not_plural")
    return token.is_word and (
        token.text in words.all("groups") or (plural and not token.text.startswith(AND))
    )


def issuer_of(tokens: Sequence[Token], place: int, setting: Setting, memory: Memory | None = None) -> Heard:
    """Return who speaks through a text («a statement issued by X says»).

    «The statement» is that of whoever spoke through one before; a name right after it is not its issuer.
    """
    if described := _described_issuer(tokens, place, setting):
        return described
    head, following = tokens[place], tokens[place + 1 : place + 2]
    work = bool(head.mentions)
    definite = work or is_definite(head.text) or any(t.is_word and is_definite(t.text) for t in following)
    for after in range(place + 1, min(place + _ISSUER_REACH, len(tokens))):
        if tokens[after].text[:2] == "<W":
            break  # «the decision asks for drafting a constitution for X»
        if tokens[after].mention is None or tokens[after].text[1] not in "POLS":
            continue
        linked = tokens[after - 1].text in TO | {FROM} or tokens[after - 1].among(
            setting.patterns.words.all("issued_by")
        )
        if linked or not definite:
            return Heard(_agent(tokens[after], setting), after + 1, place)
        break
    if memory and head.mention and _is_statement(head.mention, setting.patterns.words):
        noun = without_article(fold_name(head.mention.label).partition(" ")[0])
        stated = noun in setting.patterns.words.all("statements")
        issuer = memory.issuer if stated else memory.texts.get(noun)
        return Heard(issuer or _agent(head, setting), place + 1, place)
    if not definite and following and following[0].among(setting.patterns.words.all("joint")):
        return Heard(setting.unnamed(words_of(tokens, place, place + 2, setting)), place + 2, place)
    known = memory and definite and not work and (memory.issuer or memory.last)
    return Heard(known or None, place + 1, place, known=bool(known))


def _described_issuer(tokens: Sequence[Token], place: int, setting: Setting) -> Heard | None:
    """Return the bureau that issued a text («a statement issued by the bureau of X»), None elsewhere."""
    words = setting.patterns.words
    near = range(place + 1, min(place + _ISSUED, len(tokens) - 1))
    begin = next((i + 1 for i in near if tokens[i].text == FROM), 0)
    kinds = words.any_of(("office_units", "of_persons", "appositives", "state_bodies"))
    if not begin or not tokens[begin - 2].among(words.any_of(("issued_by", "issued_on"))):
        return None
    end = begin
    while end < min(begin + _ISSUER_REACH, len(tokens)) and (tokens[end].is_word or tokens[end].mentions):
        if tokens[end].text in THAT_CLAUSE or tokens[end].among(words.all("prepositions")):
            break
        end += 1
    bureau = tokens[begin].is_word and tokens[begin].bare in kinds and end > begin + 1
    return Heard(setting.unnamed(words_of(tokens, begin, end, setting)), end, place) if bureau else None


def _is_statement(mention: Mention, words: Words) -> bool:
    """Tell whether a name is that of a statement or a letter; a law or a decree says nothing."""
    head = without_article(fold_name(mention.label).partition(" ")[0])
    return mention.type == "WORK" and head in words.all("statements") | words.all("channels")


def _agent(token: Token, setting: Setting) -> Agent | None:
    return setting.agent(token.mention) if token.mention else None


def group_of(sentence: Sentence, place: int, end: int, name: int, setting: Setting) -> Heard:
    """Return people that speak together and are only described («members of …», «those present»)."""
    tokens = sentence.tokens
    end = name + 1 if name < len(tokens) and tokens[name].mentions else end
    if end == place + 1 and tokens[end : end + 1] and tokens[end].text == OF_MANY:
        end = _counted_end(tokens, end + 1, setting.patterns.words)
    elif tokens[place].among(setting.patterns.words.all("colleges")):
        end = _college_end(tokens, place, end)
    elif is_definite(tokens[place].text):
        end = _definite_end(tokens, place + 1, setting.patterns.words)
    elif tokens[place].text.endswith(PLURALS):
        end = _described_end(tokens, place, end, setting)
    bound = end + 1 < len(tokens) and bool(tokens[end + 1].mentions)
    end += 2 * (bound and is_bound(tokens, end + 1, setting.patterns.words))  # «officers who left X»
    end = before_time(tokens, place, end, setting.patterns.words)
    label = (
        words_of(tokens, place, end, setting)
        .replace('"', "")
        .removeprefix(AND if tokens[place].text.startswith(AND + ARTICLE) else "")
    )
    return Heard(setting.unnamed(as_subject(label)), end)


def _counted_end(tokens: Sequence[Token], place: int, words: Words) -> int:
    """Return the end of whom «a number of» counts: a noun with its possessor or adjectives."""
    last = place + 1
    while last < min(place + _COUNTED, len(tokens)) and (tokens[last].is_word or tokens[last].mentions):
        stops = words.any_of(("prepositions", "openers", "adverbs", "participles"))
        verb = tokens[last].text.startswith(HE) and tokens[last].text.endswith(PLURAL_VERBS)
        if verb or tokens[last].among(stops) or tokens[last].text in WHO | THAT_CLAUSE | {*HIS_SAYING}:
            break
        last += 1
    return min(last, len(tokens))


def same_group(heard: Heard, memory: Memory, token: Token) -> Heard:
    """Return «the representatives» as the group that was introduced with that word, if one was."""
    if memory.group is None or not is_definite(token.text):
        return heard
    if _stem(token.text) != _stem(fold_name(memory.group.label).split()[0]):
        return heard
    return Heard(memory.group, heard.end, heard.start)


def _stem(word: str) -> str:
    """Return the word of a group without article and ending."""
    bare = without_article(word)
    ending = next((ending for ending in PLURAL_ENDINGS if bare.endswith(ending)), "")
    return bare.removesuffix(ending)


def as_subject(label: str) -> str:
    """Return what several are called as a subject is written.

    >>> as_subject("حراس ريفيين"), as_subject("بنائين ريفيين في القرية")
    ('حراس ريفيين', 'بنائون ريفيون في القرية')
    """
    words = label.split(" ")
    if words[0] == PLURAL_CONSTRUCT:
        return " ".join([words[0][:-1] + AND, *words[1:]])
    for place, word in enumerate(words):
        if not word.endswith(PLURALS[1]) or len(word) < _LEAST:
            break
        words[place] = word[:-2] + PLURALS[0]
    return " ".join(words)


def _college_end(tokens: Sequence[Token], place: int, end: int) -> int:
    """Return the end of «the ministers of finance»: what is decided or asked for may follow at once."""
    definite = is_definite(tokens[place].text)
    last = place + 1
    while last < len(tokens) and tokens[last].is_word and is_definite(tokens[last].text):
        possessor = last == place + 1 and not definite
        if not possessor and not tokens[last].text.endswith(_OF_MANY):
            break
        last += 1
    return last if last > place + 1 or definite else end


def _described_end(tokens: Sequence[Token], place: int, end: int, setting: Setting) -> int:
    """Return the end of «American officials», whose adjectives have its ending, with where they are."""
    words, last = setting.patterns.words, place + 1
    while (
        last < end and tokens[last].is_word and tokens[last].text.endswith((*_OF_MANY[:3], FEMININE_PLURAL))
    ):
        last += 1
    following = tokens[last + 1] if last + 1 < end else None
    if following and tokens[last].text in PLACES and not following.among(words.any_of(("channels", "times"))):
        return end
    last += last < end and tokens[last].text.startswith(TO_THE)  # «critics of the president»
    relative = last < end and tokens[last].text.startswith(HE) and tokens[last].text.endswith(PLURAL_VERBS)
    return end if relative or last == end else last


def _definite_end(tokens: Sequence[Token], place: int, words: Words) -> int:
    """Return the end of a definite group: its adjectives, and what it takes part in («القائمون على …»)."""
    while place < len(tokens) and tokens[place].text.startswith(ARTICLE):
        if not tokens[place].text.endswith(PLURALS) or tokens[place].text in WHO:
            break
        place += 1
    if place < len(tokens) and tokens[place].text.startswith(TO_THE) and tokens[place].is_word:
        return place + 1
    if place + 1 < len(tokens) and tokens[place].text in IN_FOR:  # on, to, in, for
        target = tokens[place + 1]
        statement = target.among(words.all("statements"))
        if target.mentions or (target.text.startswith(ARTICLE) and not statement):
            return place + 2
    return place


def named_after_trade(tokens: Sequence[Token], place: int, setting: Setting) -> int | None:
    """Return the token of whom a trade and where it is plied tell («the writer and activist in X, Y»)."""
    if tokens[place].text not in setting.patterns.words.all("professions"):
        return None
    return named_after(tokens, office_end(tokens, place, setting), setting)
