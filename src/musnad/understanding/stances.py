"""Turn a stance that someone takes into claims: what is demanded, planned, rejected, supported or denied.

The object ends where a clause begins that only comments on it («while …», «which …», «and it imposed …»).
Chosen over (a) the whole rest of the sentence, which puts the text's own comments into someone's mouth, and
(b) the next noun alone, which loses what is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from musnad.model import Claim, Thing
from musnad.understanding.context import topic
from musnad.understanding.modality import OF, has_cue
from musnad.understanding.particles import (
    AND,
    ARTICLE,
    COMMAS,
    FEMININE_PAST,
    FEMININE_PLURAL,
    IN,
    PRONOUNS,
    THAT_CLAUSE,
    THAT_NOT,
    TO_A,
    TO_ON_ABOUT,
    TO_THE,
    TOWARDS,
    WAS,
    WHO,
    WITH,
    is_definite,
)
from musnad.understanding.patterns import Words
from musnad.understanding.remarks import is_text
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.sequences import Draft, words_of
from musnad.understanding.setting import Setting
from musnad.understanding.units import Unit, units
from musnad.understanding.utterances import Utterance
from musnad.understanding.verbal_nouns import is_act

_QUOTES: Final = str.maketrans("", "", "\"“”«»‘’'")
_PAIRS: Final = (("«", "»"), ("“", "”"))
_PRESENT: Final = re.compile(r"وي\w{3,}\Z")  # «and» with a verb of the present, he
_CONTENT: Final = frozenset({"demanded", "denied", "announced"})
_ADDRESSEE: Final = 16  # tokens that name whom something is demanded of
_EFFORT: Final = 5  # tokens of how something is striven for («in every way»)
_REACHES: Final = {WITH: _ADDRESSEE, TO_A: _EFFORT}
_CLITIC_WORD: Final = 3  # letters that a word has more of with «ب» written on it
_THAT: Final = frozenset({"ذلك", "هذا", "هذه", "تلك"})  # that, this
_LEAVING: Final = frozenset({"resignedFrom", "excludedFrom"})
_WEAKER: Final = frozenset({"conditional", "possible", "question"})


def read_stance(
    utterance: Utterance, sentence: Sentence, held: Sequence[Draft], setting: Setting
) -> Iterator[Claim]:
    """Yield the claims of a stance; `held` are the structured claims that its words hold."""
    yield from _Stance(utterance, sentence, held, setting).claims()


def about(sentence: Sentence, first: int, last: int, ends: tuple[Thing, Thing]) -> tuple[str, ...]:
    """Return the entities that some tokens name beside the ends of a claim."""
    named = {m.entity for token in sentence.tokens[first:last] for m in token.mentions}
    return tuple(sorted(named - {end.entity for end in ends}))


def balanced(words: str) -> str:
    """Return words without quotation marks where one of a pair was left outside.

    >>> balanced('القرار "ليس كافيا')
    'القرار ليس كافيا'
    """
    whole = words.count('"') % 2 == 0 and all(words.count(a) == words.count(b) for a, b in _PAIRS)
    return words if whole else words.translate(_QUOTES).strip()


class _Stance:
    """Reads one stance."""

    def __init__(
        self, utterance: Utterance, sentence: Sentence, held: Sequence[Draft], setting: Setting
    ) -> None:
        self.utterance, self.sentence, self.held, self.setting = utterance, sentence, held, setting
        self.tokens, self.words = sentence.tokens, setting.patterns.words
        self.subject = Thing(utterance.speaker.label, utterance.speaker.entity)

    def claims(self) -> Iterator[Claim]:
        """Yield a stance: its words from the verb on, its object after the opening."""
        pattern = self.utterance.pattern
        cuts = pattern.relation in {"demanded", "planned"}
        begin = self._content()
        last = self._stance_end(begin)
        that = self.tokens[begin].text in _THAT if begin < last else False
        if begin >= last or self._claims_attack(begin) or (that and not _is_noun(self.tokens, begin + 1)):
            return
        if pattern.relation == "announced" and any(d.pattern.relation in _LEAVING for d in self.held):
            return  # «announced his resignation from X» is a resignation
        if pattern.relation == "stated":  # what a structured claim says further on is not said again
            last = min([last, *(d.first for d in self.held if d.first > self.utterance.object + 1)])
        requests = self.tokens[self.utterance.first].among(self.words.all("request"))
        found = units(self.tokens, (begin, last), self.words, acts=cuts)
        for number, unit in enumerate(found):
            demands = number > 0 and unit.judgement.modality == "demanded"
            if number and not cuts and not demands:
                break
            thing, end = self._object(unit)
            if thing.entity == self.subject.entity and thing.entity:
                return
            asked = pattern.relation in _CONTENT and not requests  # the passage is what is demanded, denied
            first = unit.first if number or asked else self.utterance.start
            weaker = unit.judgement.modality in _WEAKER
            span = self.sentence.span(first, end)
            yield Claim(
                "demanded" if demands else pattern.relation, self.subject, thing, *span,
                chain=self.utterance.chain, pattern=pattern.name,
                polarity="negative" if self._asks_not(unit) else pattern.polarity,
                modality="demanded" if demands else unit.judgement.modality if weaker else pattern.modality,
                certainty=pattern.certainty,
                about=about(self.sentence, first, end, (self.subject, thing)),
            )  # fmt: skip
            if any(token.text in self.words.all("purposes") for token in self.tokens[unit.first : unit.last]):
                return  # what is joined to a purpose is a purpose, not a further demand

    def _content(self) -> int:
        """Return where what is demanded or striven for begins.

        It stands after whom it is demanded of («طالب الحكومة بفتح»), after «in every way» («يسعى بقوة إلى»).
        """
        first, tokens, relation = self.utterance.object, self.tokens, self.utterance.pattern.relation
        verb, words = tokens[self.utterance.first], self.words
        if relation == "demanded" and verb.among(words.all("request")):
            return _requested(tokens, first, self.utterance.last, words)
        if relation == "demanded" and verb.among(words.all("takes_with")):
            letter = WITH
        elif relation == "planned" and verb.among(words.all("strive")):
            letter = TO_A
        else:
            return self._after_owner(first)
        for place in range(first, min(first + _REACHES[letter], self.utterance.last)):
            word = tokens[place].text
            begins = word.startswith(letter) and len(word) > _CLITIC_WORD and tokens[place].is_word
            if (begins and word[1:] not in words.all("wholes")) or word == letter + "+":
                return place
            if letter == TO_A and word == TOWARDS:
                return place + 1
            if word in THAT_CLAUSE or tokens[place].bare in WHO:
                break
        aimless = letter == TO_A and tokens[first - 1].text not in TO_ON_ABOUT
        return self.utterance.last if aimless else first  # «وسعت»: widened, and not «and strove»

    def _after_owner(self, first: int) -> int:
        """Return the token after whose plan it is («استعداد الغرفة لتمويل …»)."""
        planned = self.utterance.pattern.relation == "planned" and self.utterance.pattern.content == "act"
        follows = first + 1 < self.utterance.last and self.tokens[first + 1].is_word
        return first + (planned and follows and bool(self.tokens[first].mentions))

    def _claims_attack(self, begin: int) -> bool:
        """Tell whether what is «adopted» is an attack, which nobody supports by it."""
        supports = self.utterance.pattern.relation == "supported"
        return supports and self.tokens[begin].among(self.words.all("strikes") | self.words.all("assaults"))

    def _asks_not(self, unit: Unit) -> bool:
        """Tell whether something is to be not, or is ruled out («ألا …», «عدم …», «استبعد …»)."""
        opening, relation = self.tokens[unit.first].bare, self.utterance.pattern.relation
        ruled_out = self.tokens[self.utterance.first].among(self.words.all("ruling_out"))
        asks = relation in {"demanded", "announced", "planned"} and opening in self.words.all("absences")
        return opening == THAT_NOT or asks or (relation == "stated" and ruled_out)

    def _stance_end(self, begin: int) -> int:
        """Return where a stance ends: at a comma, unless another act is joined on («…, and ensuring …»)."""
        tokens, acts = self.tokens, self.words.all("acts")
        for place in range(begin + 1, self.utterance.last - 1):
            following = tokens[place + 1]
            joined = following.text[0] == AND and (following.bare in acts or is_act(following))
            if tokens[place].text in COMMAS and not joined:
                return place
        return self.utterance.last

    def _object(self, unit: Unit) -> tuple[Thing, int]:
        """Return the object of a stance and the token after it: a name right at the start, else the words."""
        tokens, place = self.tokens, unit.first
        marks = (p for p in range(place + 1, unit.last) if tokens[p].text in {",", ";", ":"})
        last = next(marks, unit.last)
        while place < last and tokens[place].text.endswith("+"):
            place += 1
        last = next((p for p in range(place + 1, last) if self._begins_clause(p)), last)
        last = next((p for p in range(place + 2, last - 1) if self._tells_where(p)), last)
        whole = self.utterance.pattern.relation == "stated"  # «X is …»: the name alone says nothing
        mentions = tokens[place].mentions if place < last and not whole else ()
        alone = not mentions and last == place + 1
        if alone and tokens[place].text in self.words.all("generic_bodies"):
            mentions = topic(self.setting.sentences, self.setting)
        if mentions:
            return self.setting.thing_of(mentions[0]), last
        words = words_of(tokens, unit.first, last, self.setting)
        words = words.translate(_QUOTES).strip()
        words = words.removeprefix(AND) if unit.goes_on else words
        return Thing(self._without_clitic(words)), last

    def _tells_where(self, place: int) -> bool:
        """Tell whether «in a statement», which says where something was announced, begins at a token."""
        announced = self.utterance.pattern.relation in {"announced", "denied"}
        return announced and self.tokens[place].text == IN and is_text(self.tokens[place + 1], self.words)

    def _without_clitic(self, words: str) -> str:
        """Return words without the preposition that the verb asks for («تعهد بـ», «سعى لـ»)."""
        verb = self.tokens[self.utterance.first]
        if words.startswith(WITH) and verb.among(self.words.all("takes_with")):
            return words[1:]
        if words.startswith(TO_A) and verb.among(self.words.all("strive")):
            return words[1:]
        return _without_clitic(words)

    def _begins_clause(self, place: int) -> bool:
        """Tell whether a new clause begins: «where», «while», «and» with a verb («وفرضت», «ويدعم»)."""
        token, words = self.tokens[place], self.words
        if token.mentions:
            return False
        relative = token.text in WHO and self.utterance.pattern.relation not in _CONTENT
        if relative or has_cue(self.tokens, place, words.lists["subordinate"]):
            return True
        word = token.text
        past = word[0] == AND and word.endswith(FEMININE_PAST) and len(word) > 4
        if word[0] == AND and (token.bare in WAS or _reports(token.bare, self.setting)):
            return True
        present = _PRESENT.match(word) and token.bare not in words.all("not_present")
        return (past and not word.endswith(FEMININE_PLURAL)) or bool(present)


def _without_clitic(words: str) -> str:
    """Return words without the preposition or «and» written on the first of them."""
    if words.startswith(TO_THE):
        return ARTICLE + words[2:]
    if words[:1] in {"ل", "ب"} and words[1:3] in {"أي", "ال"}:  # any, the
        return words[1:]
    return words


def _is_noun(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a noun with the article stands at a place: «this decision», not «this» alone."""
    return place < len(tokens) and (is_definite(tokens[place].text) or bool(tokens[place].mentions))


def _requested(tokens: Sequence[Token], first: int, last: int, words: Words) -> int:
    """Return where what is requested begins, after of whom: a verbal noun, or the words after «that»."""
    acts = words.all("acts")
    reach = _ADDRESSEE if tokens[first - 1].text == OF else 1  # «requests to open …» names nobody
    for place in range(first, min(first + reach, last - 1)):
        token = tokens[place]
        if token.text in THAT_CLAUSE:
            return place + 1
        act = token.is_word and (token.text in acts or is_act(token, joined=False))
        if act and token.text not in words.all("groups"):
            return place
    return last  # nothing tells: of whom it is requested is not what is


def _reports(word: str, setting: Setting) -> bool:
    """Tell whether a word is a reporting verb, with or without a pronoun («واعتبره»)."""
    stems = {word, *(word.removesuffix(tail) for tail in PRONOUNS)}
    return any(stems & pattern.verbs for pattern in setting.patterns.of("speech"))
