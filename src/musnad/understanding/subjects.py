"""Find who speaks with a reporting verb: named after it, before it, by its sentence, or whoever spoke last.

Chosen over (a) one order for all verbs, since a participle, a call and «it says in …» take their subjects
elsewhere, and (b) the nearest name, which is as often the object.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from musnad.folding import fold_name
from musnad.model import Agent
from musnad.understanding.adverbs import skip_adverbs
from musnad.understanding.agreement import calls_upon_place, object_follows
from musnad.understanding.clauses import is_verb
from musnad.understanding.collective import Heard, with_others
from musnad.understanding.described import APART, clause_begin, described_before
from musnad.understanding.discourse import Memory
from musnad.understanding.going_on import does_unlisted, goes_on_after
from musnad.understanding.office_ends import is_office
from musnad.understanding.openings import begins_at, opens_at
from musnad.understanding.particles import (
    AND,
    ARTICLE,
    BUT,
    CASE,
    COMMAS,
    CONJUNCTIONS,
    FROM,
    HAD,
    NEGATIONS,
    PLURAL_VERBS,
    PLURALS,
    STATEMENT,
    THAT,
    TO_A,
    WAS,
    WHO,
    WITH,
    without_article,
)
from musnad.understanding.patterns import Pattern, Words
from musnad.understanding.preceding import speaker_before
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.setting import Setting
from musnad.understanding.speakers import is_person, may_speak, speaker_after
from musnad.understanding.texts_that_speak import brought_to_say, said_by_text, text_that_asks
from musnad.understanding.turning import turned_at, turns_back

_RELAYED: Final = 14  # tokens from «quoted» to whom it quotes
_PHRASE: Final = 7  # tokens of an adverbial phrase before a comma
_SECOND: Final = 2  # tokens that a sentence needs before a verb to name a subject there
_EXCEPT: Final = frozenset({"غير", "بيد", "الا", "علي"})  # except, yet: before «that»
_HOW: Final = re.compile(r"م\w{3,}ا\Z")  # an indefinite participle as object: addressing, mocking
_TO_IT: Final = frozenset({"اليه", "اليها"})  # to it
_OPENS_SENTENCE: Final = 2  # tokens before a subject that begins its sentence


def speaker_of(
    sentence: Sentence, verb: int, patterns: Sequence[Pattern], before: tuple[Memory, bool], setting: Setting
) -> Heard:
    """Return who speaks with a verb: named by it, by the sentence before it, or nobody here."""
    token, words, (memory, goes_on) = sentence.tokens[verb], setting.patterns.words, before
    if elsewhere := _by_kind(sentence, verb, memory, setting):
        return elsewhere
    if not goes_on and (same := goes_on_after(sentence, verb, patterns, memory, setting)):
        return same
    if _warns_another(sentence.tokens, verb, words) or object_follows(sentence.tokens, verb, words):
        return Heard(None, verb + 1)
    participle = token.among(words.all("participles"))
    calls = token.among(words.all("call") | words.all("demand"))
    addresses = calls and (
        _addressee(sentence.tokens, verb, words) or calls_upon_place(sentence.tokens, verb, words)
    )
    goes_on_here = goes_on and turned_at(sentence.tokens, verb, words) is None
    if participle or addresses or (goes_on_here and _lacks_subject(sentence.tokens, verb, words)):
        heard = Heard(None, verb + 1)  # the name after a participle is its object: who spoke goes on
    else:
        heard = _speaker(sentence, verb, patterns, memory, setting)
        if heard.start < 0 and _has_subject(sentence.tokens, verb, words):
            heard = _caller(sentence, verb, setting)
        if goes_on_here and not heard.known and calls:
            heard = Heard(None, verb + 1)  # «… and called on the great powers to …»
    if not heard.known and token.among(words.all("relay")):
        return _relayed(sentence, verb, memory, setting) or heard  # «the site of X quoted Y as saying»
    back = turns_back(sentence.tokens, verb) is not None
    if not heard.known and back:
        return Heard(None, verb + 1)  # «except that she pointed to …»
    if heard.agent is not None or not heard.known or goes_on or back or verb < _SECOND:
        return heard
    led = _nearest(sentence, verb, setting) if participle else None
    led = led or _leading(sentence, verb, memory, setting)
    if led and led.agent and participle and memory.last and _is_many(token, led.agent, words):
        return heard  # «he attacked the traders, saying (he)»: they are whom it tells of
    if led is None and participle:
        led = _subject(sentence, verb, setting)
    return led or heard


def _by_kind(sentence: Sentence, verb: int, memory: Memory, setting: Setting) -> Heard | None:
    """Return who speaks with a verb that takes its subject elsewhere than others do, None for the others."""
    token, words = sentence.tokens[verb], setting.patterns.words
    if asks := text_that_asks(sentence, verb, setting):
        return asks
    if token.among(words.all("strive")) and _is_aim(sentence.tokens, verb + 1):
        return speaker_before(sentence, verb, setting) or Heard(None, verb + 1, known=False)
    after = sentence.tokens[verb + 1 : verb + 2]
    if verb and sentence.tokens[verb - 1].bare in WHO:  # «X, who said …», but «the matter that X pointed to»
        if after and after[0].text in _TO_IT:
            return speaker_after(sentence, verb + 2, memory, setting)
        return speaker_before(sentence, verb - 1, setting) or Heard(None, verb + 1, known=False)
    if said := said_by_text(sentence, verb, memory, setting):
        return said
    if token.among(words.all("relay")) and after and after[0].text == FROM and _begins(sentence.tokens, verb):
        return speaker_after(sentence, verb + 2, memory, setting)  # «it was quoted from X that …»
    return brought_to_say(sentence, verb, setting) if token.text in words.all("to_say") else None


def _warns_another(tokens: Sequence[Token], verb: int, words: Words) -> bool:
    """Tell whether «but he» stands before a verb: a name after it is no subject («but he warned X of …»)."""
    following = tokens[verb + 1] if verb + 1 < len(tokens) else None
    return turns_back(tokens, verb) is not None and following is not None and may_speak(following, words)


def _relayed(sentence: Sentence, verb: int, memory: Memory, setting: Setting) -> Heard | None:
    """Return whom somebody unknown quotes («the site of X quoted the general Y as saying»)."""
    near = range(verb + 1, min(verb + _RELAYED, len(sentence.tokens) - 1))
    place = next((i for i in near if sentence.tokens[i].text == FROM), None)
    source = speaker_after(sentence, place + 1, memory, setting) if place else None
    return source if source and source.agent else None


def _nearest(sentence: Sentence, verb: int, setting: Setting) -> Heard | None:
    """Return the person after the last verb with «and» before a participle («and X showed …»)."""
    tokens, deeds = sentence.tokens, setting.patterns.words.all("deeds")
    for place in range(verb - 2, 0, -1):
        mention = tokens[place + 1].mention
        if tokens[place].text[0] == AND and tokens[place].bare in deeds:
            person = mention is not None and mention.type == "PERSON"
            return Heard(setting.agent(mention), verb + 1, place) if mention and person else None
    return None


def _is_many(token: Token, agent: Agent, words: Words) -> bool:
    """Tell whether a participle of one man stands beside people that are only described («the traders»)."""
    first = fold_name(agent.label).split()[0]
    crowd = without_article(first) in words.all("groups") or first.endswith(PLURALS)
    return agent.anonymous and crowd and token.text.endswith(CASE)


def _subject(sentence: Sentence, verb: int, setting: Setting) -> Heard | None:
    """Return whom a sentence is about, before a participle («… X commented on it, saying»)."""
    tokens = sentence.tokens
    for letters, last in (("P", verb), ("SO", min(verb, _PHRASE))):
        for place in range(last):
            mention = tokens[place].mention
            if mention and tokens[place].text[1] in letters:
                return Heard(setting.agent(mention), verb + 1, place)
    return None


def _lacks_subject(tokens: Sequence[Token], verb: int, words: Words) -> bool:
    """Tell whether a verb that goes on is followed by its object («ودعا الطرفين», «وطالبت بفتح»)."""
    following = tokens[verb + 1] if verb + 1 < len(tokens) else None
    if following is None or not following.is_word or following.among(words.all("groups")):
        return False
    bare = following.text
    object_form = bare.startswith(ARTICLE) and bare.endswith(PLURALS[1]) and not is_office(following, words)
    return object_form or (bare.startswith(WITH) and not bare.startswith(STATEMENT) and len(bare) > 3)


def _has_subject(tokens: Sequence[Token], verb: int, words: Words) -> bool:
    """Tell whether a call stands after its subject, and the name after it is whom it calls upon."""
    first = clause_begin(tokens, verb)
    if first == verb or not tokens[verb].among(words.all("call") | words.all("demand")):
        return False
    leading = words.all("prepositions") | words.all("adverbs") | words.all("subordinate") | WAS | WHO
    if tokens[verb].text[0] in CONJUNCTIONS or tokens[verb - 1].bare in WHO | {HAD}:
        return False
    return bool(tokens[first].mentions) or not (tokens[first].among(leading) or tokens[first].text in APART)


def _caller(sentence: Sentence, verb: int, setting: Setting) -> Heard:
    """Return whom the clause of a call begins with, unknown where it is a plain word."""
    first = clause_begin(sentence.tokens, verb)
    mention = sentence.tokens[first].mention
    if mention is None or sentence.tokens[first].text[1] not in "POLS":
        return Heard(None, verb + 1, known=False)
    return Heard(setting.agent(mention), verb + 1, first)


def _is_aim(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a word says what is striven for or how («يسعى لـ…», «تسعى بكل …»), not who strives."""
    word = tokens[place].text if place < len(tokens) else ""
    return len(word) > len(STATEMENT) and word.startswith((TO_A, WITH)) and tokens[place].is_word


def _addressee(tokens: Sequence[Token], verb: int, words: Words) -> bool:
    """Tell whether a call is followed by whom everyone calls upon («وطالب المجتمع الدولي بـ…»)."""
    return verb + 1 < len(tokens) and tokens[verb + 1].text in words.all("addressees")


def _leading(sentence: Sentence, verb: int, memory: Memory, setting: Setting) -> Heard | None:
    """Return the subject that the sentence opens with («X held a press conference and said …»).

    Where someone else is named before the verb and nothing tells who is its subject, nobody speaks.
    """
    tokens, words = sentence.tokens, setting.patterns.words
    opens = skip_adverbs(tokens, _after_but(tokens) or int(tokens[0].among(WAS)), words)
    if tokens[opens].among(words.all("prepositions")):  # «for its part, X …»
        commas = (i for i in range(opens, min(opens + _PHRASE, verb)) if tokens[i].text == ",")
        opens = next(commas, verb) + 1
    if opens >= verb:
        return _unless_others(tokens[:verb], verb, memory)
    if tokens[verb - 1].text in COMMAS and tokens[verb].among(words.all("participles")):
        opens += opens + 1 < verb and tokens[opens].bare in NEGATIONS  # «X did not tell …, expecting that …»
    deed = (
        tokens[opens].among(words.all("deeds"))
        or is_verb(tokens[opens], words)
        or tokens[opens].among(setting.patterns.reporting)
    )
    heard = speaker_after(sentence, opens + (deed or does_unlisted(tokens, opens, words)), memory, setting)
    if heard.agent is not None and heard.end <= verb:
        return Heard(heard.agent, verb + 1, opens)
    if not heard.known:
        return Heard(None, verb + 1, known=False)
    return _unless_others(tokens[opens:verb], verb, memory)


def _after_but(tokens: Sequence[Token]) -> int:
    """Return the token after «but», «except that» at the start of a sentence, 0 where none stands there."""
    if tokens[0].bare in BUT:
        return 1
    return 2 * (tokens[0].bare in _EXCEPT and len(tokens) > _SECOND and tokens[1].text in THAT)


def _unless_others(tokens: Sequence[Token], verb: int, memory: Memory) -> Heard | None:
    """Return nobody where someone is named before a verb other than who spoke last, who else goes on."""
    last = memory.last.entity if memory.last else ""
    others = {t.mention.entity for t in tokens if t.mention and t.text[1] in "PS"}
    return Heard(None, verb + 1, known=False) if others - {last} else None


def _begins(tokens: Sequence[Token], verb: int) -> bool:
    """Tell whether nothing that could be its subject stands before a verb."""
    return verb == 0 or tokens[verb - 1].text in APART


def _only_tells_how(token: Token, words: Words) -> bool:
    """Tell whether a word after a verb is a participle that nobody is («and he said, addressing …»)."""
    if is_office(token, words):
        return False
    shaped = token.is_word and bool(_HOW.match(token.text)) and token.text not in words.all("sources")
    return shaped or token.among(words.all("participles"))


def _speaker(
    sentence: Sentence, verb: int, patterns: Sequence[Pattern], memory: Memory, setting: Setting
) -> Heard:
    """Return who speaks: after the verb, before it, or none here (whoever spoke last)."""
    tokens = sentence.tokens
    before = speaker_before(sentence, verb, setting)
    had = verb > 0 and tokens[verb - 1].text == HAD  # «and X had said»
    opens = before is not None and before.end == verb and 0 <= before.start <= _OPENS_SENTENCE
    was = before is not None and before.end == verb and tokens[clause_begin(tokens, verb)].among(WAS)
    if before and before.agent and (had or opens or was):  # «X had accused Y of …»
        return replace(before, end=verb + 1)
    if before is None and (described := described_before(sentence, verb, memory, setting)):
        return described
    after = skip_adverbs(tokens, verb + 1, setting.patterns.words)
    if after < len(tokens) and any(
        opens_at(tokens, after, p) or begins_at(tokens, after, p) for p in patterns
    ):
        return replace(before, end=verb + 1) if before else Heard(None, verb + 1)
    following = tokens[after] if after < len(tokens) else None
    words = setting.patterns.words
    if following and following.text in words.all("said_nouns"):  # «he drew attention to …»
        return replace(before, end=after + 1) if before else Heard(None, after + 1)
    if following and following.text in words.all("goes_on_saying") | words.all("begins_saying"):
        return replace(before, end=after + 1) if before else Heard(None, after + 1)
    if following and _only_tells_how(following, words):
        return replace(before, end=verb + 1) if before else Heard(None, verb + 1)  # «and went on, stressing»
    if following and tokens[verb].among(setting.patterns.words.all("takes_with")) and _is_aim(tokens, after):
        aims = following.text.startswith(WITH) and not is_office(following, setting.patterns.words)
        if aims and not following.text.startswith(STATEMENT):  # «and admitted that …»: no subject follows
            return replace(before, end=verb + 1) if before else Heard(None, verb + 1)
    if tokens[verb].text.endswith(PLURAL_VERBS):
        one = before is not None and before.agent is not None and is_person(before.agent, setting)
        many = before.agent if before and not one else memory.group
        return Heard(many, verb + 1, known=many is not None)  # «they say» is never said of one person
    heard = with_others(speaker_after(sentence, verb + 1, memory, setting), tokens, verb + 1, setting)
    if heard.agent is None and before and before.agent:
        return replace(before, end=verb + 1)
    return heard
