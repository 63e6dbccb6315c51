"""Tell whether a name beside a reporting verb is not that of who speaks: words that nobody may be given.

«A woman who met the minister X said that …» is said by her; «the envoy told the minister X that …» by the
envoy; «X was told that …», «X was accused of saying that …», «asked X whether …» and «answered those who say
that …» give no words to X. Chosen over (a) the nearest name, which every one of these has beside its verb,
and (b) a parser of the whole sentence, which newspapers' Arabic leaves undecided as often.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from musnad.understanding.clauses import is_verb
from musnad.understanding.collective import Heard
from musnad.understanding.office_ends import is_office
from musnad.understanding.particles import COMMAS, HE, PRONOUNS, WAS, WHAT, WHO, is_definite
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Token
from musnad.understanding.speakers import may_speak

_OFFICES: Final = 2  # of two offices with the article the first tells and the second is told
_THAT_HE: Final = frozenset({"بانه", "بانها", "بانهم"})  # of that he, she, they
_IF: Final = frozenset({"ان", "اذا"})  # that, if
_THOSE: Final = frozenset({"من", "ممن"})  # those who, of those who
_FIRST: Final = frozenset({"اول", "اخر", "احد"})  # first, last, one of
_NAMING: Final = frozenset({"يدعي", "تدعي", "يسمي", "تسمي"})  # is called
_PEOPLE: Final = ("office_heads", "casualties")  # lists that hold words for one person
_TOLD: Final = frozenset({"ابلغ", "ابلغت", "اخبر", "اخبرت"})  # told, or was told


def is_misheard(tokens: Sequence[Token], verb: int, heard: Heard, opening: int, words: Words) -> bool:
    """Tell whether words after an opening are not those of whoever is named beside a verb.

    `opening` is the token that opens the words («that»).
    """
    if heard.agent is None:
        return False
    return (
        _asks(tokens, verb, opening, words)
        or _is_accused(tokens, verb, words)
        or _others_say(tokens, (heard.end, opening), words)
        or (0 <= heard.start < verb and _is_of_those(tokens, verb))
        or (heard.start > verb and _is_told(tokens, verb, heard, opening, words))
        or (heard.start > verb and _belongs_to_other(tokens, (verb + 1, heard.start), words))
        or (heard.start > verb and _describes(tokens, verb, words))
    )


def _asks(tokens: Sequence[Token], verb: int, opening: int, words: Words) -> bool:
    """Tell whether somebody asks if something is so («asked X whether …»)."""
    asked = tokens[verb].among(words.all("ask")) and opening + 1 < len(tokens)
    return asked and tokens[opening].text in _IF and tokens[opening + 1].among(WAS)


def _is_accused(tokens: Sequence[Token], verb: int, words: Words) -> bool:
    """Tell whether somebody is accused of saying it («accused X of that he said …»)."""
    blamed = verb > 1 and tokens[verb - 1].bare in _THAT_HE
    return blamed and any(token.among(words.all("accuse")) for token in tokens[: verb - 1])


def _others_say(tokens: Sequence[Token], span: tuple[int, int], words: Words) -> bool:
    """Tell whether the words are those of people who are spoken of («answered those who say that …»)."""
    for place in range(span[0] + 1, span[1]):
        who = tokens[place - 1].text in WHO and place - 1 > span[0] + (tokens[span[0]].text in COMMAS)
        if (who or tokens[place - 1].text in _THOSE) and tokens[place].among(words.all("statement_verbs")):
            return True
    return False


def _is_of_those(tokens: Sequence[Token], verb: int) -> bool:
    """Tell whether a verb is of «those who», but not of «the first who»."""
    return tokens[verb - 1].text in _THOSE and tokens[verb - 2].text not in _FIRST


def _is_told(tokens: Sequence[Token], verb: int, heard: Heard, opening: int, words: Words) -> bool:
    """Tell whether a name is whom somebody told («the envoy told the minister X that …», «X was told»)."""
    if not tokens[verb].among(words.all("tell")):
        return False
    offices = tokens[verb + 1 : verb + 1 + _OFFICES]
    pair = heard.start > verb + _OFFICES and len(offices) == _OFFICES
    second = pair and all(is_definite(token.text) and is_office(token, words) for token in offices)
    return second or (tokens[verb].bare in _TOLD and heard.end == opening)


def _belongs_to_other(tokens: Sequence[Token], span: tuple[int, int], words: Words) -> bool:
    """Tell whether a name stands in what is told of somebody without one («a man who works with X»)."""
    first, name = span
    head, officer = tokens[first], is_office(tokens[first], words)
    if name < first + 2 or not head.is_word or is_definite(head.text) or head.text == WHAT:
        return False
    inner = (token for token in tokens[first + 1 : name] if token.bare not in _NAMING)
    return any(_tells(token, words) and (token.bare[0] == HE or not officer) for token in inner)


def _tells(token: Token, words: Words) -> bool:
    """Tell whether a word is a verb, also one with its object («a party that X founded»)."""
    stems = {token.bare.removesuffix(tail) for tail in PRONOUNS if token.bare.endswith(tail)}
    return is_verb(token, words) or not stems.isdisjoint(words.any_of(("clause_verbs", "founding_acts")))


def _describes(tokens: Sequence[Token], verb: int, words: Words) -> bool:
    """Tell whether a verb is that of a noun without the article before it («an activist opposes X»).

    Not where it may be somebody else who says something of the noun («a group of which X said that it …»).
    """
    token = tokens[verb]
    if not token.among(words.all("tell")) and (
        token.bare[0] != HE or token.among(words.all("statement_verbs"))
    ):
        return False
    for noun in range(verb - 1, max(0, verb - 1 - _OFFICES), -1):
        token = tokens[noun]
        if not token.is_word or token.mentions or is_definite(token.text):
            return False
        if may_speak(token, words) or token.among(words.any_of(_PEOPLE)):
            return not (noun and tokens[noun - 1].among(words.all("prepositions")))
    return False
