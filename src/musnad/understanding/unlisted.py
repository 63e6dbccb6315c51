"""Find who speaks where no list knows the words that name them («the team of … said that …»).

Between a reporting verb and what opens the words stands whoever speaks, and not much else. Chosen over (a)
silence, which loses every unknown name, and (b) any words there, which lets a place, an audience or a thing
that is told of speak.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from musnad.folding import fold_name
from musnad.model import Agent
from musnad.understanding.adverbs import skip_adverbs, skip_call
from musnad.understanding.clauses import is_verb
from musnad.understanding.collective import as_subject
from musnad.understanding.modality import OF
from musnad.understanding.office_ends import is_office
from musnad.understanding.particles import (
    COMMAS,
    HIS_SAYING,
    ON,
    PLURALS,
    PRONOUNS,
    TO_A,
    TO_THE,
    US,
    WHO,
    WITH,
    is_definite,
    without_article,
)
from musnad.understanding.patterns import Pattern, Words
from musnad.understanding.sentences import Token
from musnad.understanding.sequences import words_of
from musnad.understanding.setting import Setting, printed
from musnad.understanding.speakers import may_speak
from musnad.understanding.verbal_nouns import is_act

_REACH: Final = 14  # tokens between a verb and «that» among which a plain name stands
_WORDS: Final = 6  # words of such a name
_NAME: Final = (2, 3)  # words of a name that no list knows
_LEAST: Final = 3  # letters of its first word
_WITH_THE: Final = ("بال", "لل")  # with the, to the
# A word with the article for who does something («the writer», «the officials», «the American»).
_ACTOR: Final = re.compile(r"ال(?:م\w+|\wا\w{2}ه?|\w{2}ي\wه?|\w+(?:ي|يه|ون|ين|ات))\Z")
_OWNED: Final = 4  # letters of a noun with «to» and «his»
_DOCTOR: Final = frozenset({"د", "أ", "ا", "م"})  # Dr., Prof., Eng.: before a name
_THESE: Final = frozenset({"هذا", "هذه", "هولاء", "ذلك", "تلك", "هو", "هي"})  # this, these, that, he, she
_OF_HIM: Final = frozenset({"منه", "منها", "منهم", "له", "لها", "لهم", "لنا"})  # of, to him, her, them; to us
_TO_EACH: Final = frozenset({"لجميع", "لكل", "لكافه", "لاي", "لدي"})  # to all, to each, to any; at
_BASIS: Final = frozenset({"استنادا", "نقلا", "ردا", "تعليقا"})  # based on, quoting, in reply, commenting
_MARKS: Final = _BASIS | WHO | COMMAS | {"(", "/", ":", "“"}  # who, which
_AND_HE: Final = frozenset({"وهو", "وهي", "وهم", "وهما"})  # and he, she, they is
_ONE_OF: Final = frozenset({"احد", "احدي"})  # one of
_ACCUSATIVE: Final = ("ً", "ًا", "اً")  # endings of what is no subject, where marks are printed


def unlisted_speaker(
    tokens: Sequence[Token], verb: int, found: tuple[int, int, Pattern], setting: Setting
) -> Agent | None:
    """Return whom the plain words between a verb and «that» name: somebody whom no list knows.

    `found` is (token, size, pattern) of what opens the words.
    """
    words, (opening, size, pattern) = setting.patterns.words, found
    if person := _named_last(tokens, verb, opening, setting):
        return person
    told = tokens[verb].among(words.all("tell") | words.all("participles") | words.all("appear"))
    first = skip_call(tokens, skip_adverbs(tokens, verb + 1, words), words)
    if told or pattern.content != "clause" or pattern.voice != "speaker" or opening - verb > _REACH:
        return None
    if size == 0 or tokens[opening].text == ON:
        return None  # «X stressed the danger of …» names a thing
    last = _end(tokens, first, opening, words)
    if named := _apposed(tokens, (first, last), opening, setting):
        return named
    if not first < last <= first + _WORDS or not _is_subject(tokens, verb, first, setting):
        return None
    if last == first + 1 and (named := _first_name(tokens[first], setting)):
        return named
    alone = last == first + 1 and is_definite(tokens[first].text) and not _ACTOR.match(tokens[first].text)
    return None if alone else setting.unnamed(words_of(tokens, first, last, setting))


def _first_name(token: Token, setting: Setting) -> Agent | None:
    """Return the only person named before whose first name a word is («Salim says», of Salim Rawi)."""
    before = (m for m in setting.mentions if m.type == "PERSON" and m.start < token.start)
    named = {m.entity: m for m in before if fold_name(m.label).partition(" ")[0] == token.text}
    whole = [m for m in named.values() if " " in m.label]
    return setting.agent(whole[0]) if len(whole) == 1 else None


def _apposed(tokens: Sequence[Token], span: tuple[int, int], opening: int, setting: Setting) -> Agent | None:
    """Return who is named in words of no list between a comma and «that» («the expert in …, X Y, that …»)."""
    words, (first, last) = setting.patterns.words, span
    comma = next((i for i in range(opening - 2, last - 1, -1) if tokens[i].text in COMMAS), 0)
    name = tokens[comma + 1 : opening - (tokens[opening - 1].text in COMMAS)]
    plain = all(t.is_word and not is_definite(t.text) and not t.edtf and not is_verb(t, words) for t in name)
    small = any(t.among(words.any_of(("prepositions", "adverbs", "channels"))) for t in name)
    titled = _ACTOR.match(tokens[first].text) or is_office(tokens[first], words)
    if not titled or not last <= comma or not plain or small or not _NAME[0] <= len(name) <= _NAME[1]:
        return None
    end = comma + 1 + len(name)
    return setting.unnamed(words_of(tokens, comma + 1, end, setting))


def _named_last(tokens: Sequence[Token], verb: int, opening: int, setting: Setting) -> Agent | None:
    """Return the person named right before «that», after the words of an office that no list knows."""
    words, place = setting.patterns.words, opening - 1
    place -= tokens[place].text in COMMAS
    between = tokens[verb + 1 : place]
    mention = tokens[place].mention if place > verb + 1 else None
    if mention is None or mention.type != "PERSON" or len(between) > _REACH:
        return None
    head, titled = between[0], tokens[place - 1]
    joins = any(t.text in COMMAS | WHO or t.edtf or is_verb(t, words) for t in between)
    title = is_definite(head.text) and is_definite(titled.text) and titled.is_word
    doctor = titled.text in _DOCTOR and head.is_word and not head.among(words.all("prepositions"))
    return setting.agent(mention) if (title or doctor) and not joins else None


def named_by(tokens: Sequence[Token], verb: int, span: tuple[int, int], setting: Setting) -> Agent | None:
    """Return whom plain words after «from» name («quoted the lawyer of … as saying»)."""
    first = skip_call(tokens, span[0], setting.patterns.words)
    last = _end(tokens, first, span[1], setting.patterns.words)
    saying = next((i for i in range(first, last) if _says_his(tokens[i], setting.patterns.words)), last)
    if not first < saying <= first + _WORDS or not _is_subject(tokens, verb, first, setting):
        return None
    return setting.unnamed(as_subject(words_of(tokens, first, saying, setting)))


def _says_his(token: Token, words: Words) -> bool:
    """Tell whether a word is «his saying», «her affirmation», which no name holds."""
    stems = {token.text.removesuffix(tail) for tail in PRONOUNS if token.text.endswith(tail)}
    return token.text in HIS_SAYING or not stems.isdisjoint(words.all("saying_nouns"))


def _end(tokens: Sequence[Token], first: int, opening: int, words: Words) -> int:
    """Return the end of a plain name: before a preposition, a mark or an office, 0 where a verb stands."""
    stops = (
        words.all("prepositions") | words.all("adverbs") | words.all("channels") | WHO | COMMAS | {"(", "/"}
    )
    many = tokens[first].text in words.all("some_people") and tokens[first + 1].text == OF
    last = first + 2 * many  # «many of the …»
    while last < opening and tokens[last].bare not in stops and not tokens[last].text.endswith("+"):
        purpose = tokens[last].text.startswith(_WITH_THE)
        if tokens[last].text == TO_A or _breaks(tokens, first, last, words):
            break  # «X told “The Paper”»
        if tokens[last].edtf or is_verb(tokens[last], words) or purpose:
            return 0
        if last > first + 1 and is_office(tokens[last], words):
            break  # «X Y, minister of …»
        last += 1
    return last


def _breaks(tokens: Sequence[Token], first: int, last: int, words: Words) -> bool:
    """Tell whether a plain name ends before a word: «and he is», whom X told, what somebody does or is for.

    «one of the societies for the …», «another group of the fighters», «an officer (who) serves in …».
    """
    token, head = tokens[last], tokens[first]
    some = not is_definite(head.text)
    if token.text in _AND_HE or (last > first and some and is_verb(token, words)):
        return True
    if token.text.startswith(_WITH_THE):
        return last > first + 1 and (head.text in _ONE_OF or (some and may_speak(head, words)))
    told = token.text.removeprefix(TO_A)
    people = told.endswith(PLURALS) or told in words.all("listeners")
    return last > first and told != token.text and len(told) > _LEAST and people


def _is_subject(tokens: Sequence[Token], verb: int, first: int, setting: Setting) -> bool:
    """Tell whether a word may begin who speaks: no pronoun, audience, act, nor what a verb is about."""
    words, head = setting.patterns.words, tokens[first]
    plain = head.text.removeprefix(WITH)
    if not head.is_word or head.text in _THESE | _OF_HIM | _TO_EACH or plain in HIS_SAYING:
        return False
    if head.text.startswith(TO_A) and head.text.endswith(PRONOUNS) and len(head.text) > _OWNED:
        return False  # «told her parents»
    if head.text.startswith(TO_A) and is_office(replace(head, text=head.text[1:]), words):
        return False  # «told the minister X»
    if len(head.text) < _LEAST or head.text.startswith(TO_THE) or head.among(words.all("audience_leads")):
        return False
    stems = {head.text.removesuffix(tail) for tail in (*PRONOUNS, US) if head.text.endswith(tail)}
    if stems & (words.all("prepositions") | words.all("audience_leads")):
        return False  # «before them», «with us»
    if printed(head, setting).endswith(_ACCUSATIVE):
        return False
    known = may_speak(head, words) or without_article(head.text) in words.all("body_nouns")
    owned = first + 1 < len(tokens) and is_definite(tokens[first + 1].text) and is_act(head, joined=False)
    things = tokens[verb].among(words.all("takes_things")) or owned
    return known or not (things or head.among(words.all("no_speakers")))
