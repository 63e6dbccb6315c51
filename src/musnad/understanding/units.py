"""Cut what someone says into single statements, and see what each is: said, demanded, planned or denied."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from musnad.understanding.clauses import begins_clause, is_past, is_verb, may_tell, says_on, tells
from musnad.understanding.joints import WHOLE, begins_told, end_of, follows, gives_reason, one_object, turns
from musnad.understanding.modality import Judgement, has_cue, is_future, judge
from musnad.understanding.new_clauses import begins_anew
from musnad.understanding.particles import (
    AND,
    ARTICLE,
    AS_FOR,
    BECAUSE,
    BUT,
    COMMAS,
    CONJUNCTIONS,
    HAD,
    HE_SHE,
    IS_NOT,
    NEGATIONS,
    OF_SPEAKER,
    PRONOUNS,
    SENTENCE_ENDS,
    SO,
    THAT,
    THAT_CLAUSE,
    THAT_NOT,
    TO_A,
    WAS,
    WHO,
    WITH,
)
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Token
from musnad.understanding.statement_ends import HENCE, edges, explains, is_except, said_from
from musnad.understanding.verbal_nouns import TO_VERBAL_NOUN, is_act, is_owned_act

_PRESENT: Final = re.compile(r"[يتن]\w{2,}\Z")  # a verb of the present: he, she, we
_SHE: Final = "ت"
_PAUSES: Final = frozenset({"..", "..."})
_THESE: Final = frozenset({"هم", "هذا", "هذه", "هولاء"})  # they, this, these: begin a clause after «and»
_ANEW: Final = _THESE | {"لن"}  # the same, and will not
_HE_SHE: Final = _THESE | HE_SHE  # he, she: «…, and it is …» comments on what stands before it
_ESPECIALLY: Final = frozenset({"خصوصا", "خاصه", "لاسيما"})  # especially
_PLAIN: Final = 4  # letters of a word that «with» or «to» may be written on
_AND: Final = ("و", "و+")  # and, before a name
WITH_WHAT: Final = "بما"  # with what: including
_NOR: Final = "وما"  # and not; and still
_BY_IT: Final = frozenset({"به", "بها", "له", "لها", "فيه", "فيها", "عليه", "عليها"})  # by, for, in, on it
_NEW_CLAUSE: Final = frozenset(  # and it is being done, and we hope, wish, strive, ask, stress, and there is
    ["ويتم", "وتتم", "ونامل", "ونتمني", "ونسعي", "ونطالب", "ونوكد", "ونحن", "وهناك"]
)
_AND_IF: Final = frozenset({"واذا", "فاذا"})  # and if, so if
_THERE: Final = frozenset({"هناك", "ثمه", "هنالك"})  # there is
_BETWEEN: Final = "بين"  # between
_HENCE: Final = frozenset({"لذلك", "لذا"})  # hence
_WE_THINK: Final = frozenset({"نري", "اري", "نعتقد", "اعتقد", "نظن", "اظن"})  # we, I see, think, believe
_WHENEVER: Final = frozenset({"مهما", "كلما", "عندما", "طالما"})  # whatever, whenever, when, as long as
_LEAST: Final = 3  # words of a unit
_LONG: Final = 30  # tokens of a span that is cut at every comma


@dataclass(frozen=True, slots=True)
class Unit:
    """Some tokens that say one thing."""

    first: int
    last: int
    judgement: Judgement
    goes_on: bool = False  # joined to the one before by «and»


def units(
    tokens: Sequence[Token], span: tuple[int, int], words: Words, *, acts: bool, quoted: bool = False
) -> Iterator[Unit]:
    """Yield the single statements of a span.

    `acts` cuts coordinated verbal nouns («… and ensuring …») too; a sentence that is `quoted` is cut only
    before «but», «and that», «and these», clauses of some length and what obliges or will be.
    """
    first, last = span
    cuts = [first]
    if tokens[first].text in THAT:
        first += 1
        cuts = [first]
    for place in range(first + _LEAST, last - 1):
        span = cuts[-1], place
        own = explains(tokens, place) or begins_anew(tokens, span, words, goes_on=not acts)
        anew = own or tokens[place].bare in _ANEW or is_future(tokens[place], words)
        short = quoted and min(place - span[0], end_of(tokens, place, last) - place) < WHOLE
        joined = short and not anew and begins_clause(tokens, place, words)
        if last - first > _LONG and not joined and _at_comma(tokens, span, last, words):
            cuts.append(place)
            span = place, place
        ended = _ended(tokens, span, words) or (quoted and follows(tokens, span, last, words))
        within = place - span[0] >= _LEAST and not joined
        if not ended and one_object(tokens, place, words):
            continue
        if ended or (within and (own or _cuts(tokens, span, words, acts=acts))):
            cuts.append(place)
    before = Judgement()
    for start, end in zip(cuts, [*cuts[1:], last], strict=True):
        start, end = edges(tokens, start, end, words)
        if end > start:
            goes_on = start != first and _goes_on(tokens, start)
            start = said_from(tokens, start, end, words, opens=start == first)
            seen = judge(tokens, main_clause(tokens, start, end), end, words)
            if not seen.modality and goes_on:
                seen = replace(seen, modality=before.modality)  # «must be … and not …»
            yield Unit(start, end, seen, goes_on)
            before = seen


def _at_comma(tokens: Sequence[Token], span: tuple[int, int], last: int, words: Words) -> bool:
    """Tell whether a long span is cut at a comma: a clause stands before it, and one after it."""
    since, place = span
    apart = place - since > _LEAST and last - place > _LEAST and tokens[place - 1].text == ","
    return (
        apart
        and any(tells(tokens, at, words) for at in range(since, place))
        and says_on(tokens, (place, last), words)
        and not _depends(tokens, span, words)
        and (tokens[place].text[0] == SO or not has_cue(tokens, since, words.cues["conditional"]))
        and not (tokens[place].text.startswith(_AND) and not begins_clause(tokens, place, words))
    )


def main_clause(tokens: Sequence[Token], start: int, end: int) -> int:
    """Return where what is said begins after «we think that»."""
    for place in range(start, min(start + _LEAST, end - _LEAST)):
        if tokens[place].bare in _WE_THINK and tokens[place + 1].bare in THAT_CLAUSE:
            return place + 2
    return start


def _ended(tokens: Sequence[Token], span: tuple[int, int], words: Words) -> bool:
    """Tell whether a sentence ends, or a clause before a semicolon («the heads of both; X and Y» is none)."""
    mark, long = tokens[span[1] - 1].text, span[1] - span[0] > _PLAIN
    if mark in _PAUSES and long and begins_told(tokens, span, words):
        return True
    says = mark == "." or long or any(tells(tokens, at, words) for at in range(*span))
    adds = mark != "." and _depends(tokens, span, words)  # «…; of whom …», «…; so that we …»
    return (
        mark in SENTENCE_ENDS
        and span[1] - span[0] > 1
        and says
        and not (adds or _answers(tokens, span, words))
    )


def _answers(tokens: Sequence[Token], span: tuple[int, int], words: Words) -> bool:
    """Tell whether «so» after a mark answers the condition that a span begins with («if …; so …»)."""
    since, place = span
    conditional = has_cue(tokens, since, words.cues["conditional"]) or tokens[since].text in _WHENEVER
    return bool(conditional) and tokens[place].text[0] == SO


def _depends(tokens: Sequence[Token], span: tuple[int, int], words: Words) -> bool:
    """Tell whether a word after a comma only adds to what stands before it, or is its verb."""
    since, place = span
    token = tokens[place]
    verb = bool(_PRESENT.match(token.text)) and token.text not in words.all("not_present")
    past = token.text[0] not in CONJUNCTIONS and tells(tokens, place, words)  # «strikes …, (that) hit …»
    answers = token.text[0] == SO and any(before.bare in AS_FOR for before in tokens[since:place])
    adds = token.text.startswith((WITH + ARTICLE, WITH_WHAT))
    adds = adds or (token.is_word and token.text[0] in WITH + TO_A and len(token.text) > _PLAIN)
    if verb or past or answers or adds or token.bare in AS_FOR or token.text in _HE_SHE:
        return True
    added = words.all("prepositions") | words.all("subordinate") | words.all("dependents")
    return token.among(added) or token.bare in WHO


def _goes_on(tokens: Sequence[Token], start: int) -> bool:
    """Tell whether a statement is put like the one before: joined by «and», not by «and that» and a noun."""
    token = tokens[start]
    if token.text[0] != AND or token.bare in BUT or tokens[start - 1].text in SENTENCE_ENDS:
        return False
    return token.bare not in THAT_CLAUSE | {THAT_NOT} or bool(_PRESENT.match(tokens[start + 1].text))


def _cuts(tokens: Sequence[Token], span: tuple[int, int], words: Words, *, acts: bool) -> bool:
    """Tell whether a new statement begins where a span ends; the one before it began with the span."""
    since, place = span
    opened = since > 0 and tokens[since - 1].bare in THAT_CLAUSE
    token, previous = tokens[place], tokens[place - 1].text
    if token.inside:
        return False
    joined = token.text[0] in CONJUNCTIONS and token.text not in words.all("begins_with_and")
    after_mark = previous in COMMAS | _PAUSES
    if token.bare in NEGATIONS and tokens[place + 1].text not in words.all("prepositions"):
        forbids = acts and token.text[0] == AND and bool(_PRESENT.match(tokens[place + 1].text))
        return forbids or _begins_negation(tokens, span, words)
    if token.text[0] == AND and token.bare in THAT_CLAUSE | {THAT_NOT}:
        following = tokens[place + 1]
        goes_on = token.bare in THAT and bool(_PRESENT.match(following.text))
        even_if = token.bare in THAT and (following.text in WAS or is_past(following))
        return not even_if and (acts or opened or after_mark or not goes_on)
    if token.bare in BUT and (joined or after_mark or turns(tokens, span, words)):
        return tokens[place + 1].text not in words.all("prepositions") or _verb_near(tokens, place)
    if is_except(tokens, place) or (acts and _goes_on_duty(tokens, since, place, words)):
        return True
    if token.text in _ESPECIALLY:
        return after_mark and tokens[place + 1].bare in THAT_CLAUSE | OF_SPEAKER
    so = token.bare in HENCE and tokens[place + 1].text[0] == SO  # «therefore (then) …»
    hence = so or (token.bare in _HENCE and (joined or after_mark))  # «to add to that»: no clause
    if (reason := hence or gives_reason(tokens, span, words)) or token.text in words.all("connectives"):
        plans = token.text == BECAUSE and any(is_future(t, words) for t in tokens[since:place])
        return after_mark or plans or reason  # «they will …, because»: the reason is said
    if joined and (is_future(token, words) or has_cue(tokens, place, words.cues["demanded"])):
        return not _answers(tokens, span, words)
    if token.text in _NEW_CLAUSE and not any(t.bare in WHO for t in tokens[since:place]):
        return True
    begins = _begins_nor(tokens, place, words) if after_mark else _is_plain_start(tokens, place)
    if (after_mark and begins) or ((after_mark or begins) and begins_clause(tokens, place, words)):
        return True
    if not acts or token.text[0] != AND or any(t.bare in WHO for t in tokens[since:place]):
        return False  # «… the rain that made people leave and seek …»: joined to what is told of it
    return not _shares(tokens, place, words) and (token.bare in words.all("acts") or is_act(token))


def _shares(tokens: Sequence[Token], place: int, words: Words) -> bool:
    """Tell whether a verbal noun with «and» has what it acts on in common with the one before it.

    «To take in and unite …», «training and arming fighters», «leading the battle and directing it».
    """
    before = tokens[place - 1]
    bare = before.is_word and (bool(TO_VERBAL_NOUN.match(before.text)) or is_act(before, joined=False))
    return bare or before.among(words.all("acts")) or is_owned_act(tokens[place], words.all("acts"))


def _goes_on_duty(tokens: Sequence[Token], since: int, place: int, words: Words) -> bool:
    """Tell whether «and» with a verb goes on a duty («… that X empty the prisons and release …»)."""
    token = tokens[place]
    verb = is_verb(token, words) or (bool(_PRESENT.match(token.bare)) and not is_act(token))
    if token.text[0] != AND or not verb or is_owned_act(token, words.all("acts")):
        return False
    before = range(max(since - 1, 0), place - 1)
    return any(tokens[p].bare in THAT and bool(_PRESENT.match(tokens[p + 1].text)) for p in before)


def _is_plain_start(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a clause begins without a comma: with a name and its verb, or with «and may»."""
    if tokens[place].text in _AND:
        return True
    following = [token.text for token in tokens[place : place + _LEAST + 2]]
    return tokens[place].bare == HAD and len(following) > _LEAST + 1 and not COMMAS & {*following}


def _begins_negation(tokens: Sequence[Token], span: tuple[int, int], words: Words) -> bool:
    """Tell whether «and not», or «so not» after a mark, begins a statement of its own."""
    since, place = span
    if tokens[place].text[0] == SO:
        return tokens[place - 1].text in COMMAS and not _answers(tokens, span, words)
    return tokens[place].text[0] == AND and not _adds_negation(tokens, place, since, words)


def _in_relative(tokens: Sequence[Token], span: tuple[int, int], words: Words) -> bool:
    """Tell whether a span ends inside «who …»: it has no verb but that of the relative clause since."""
    who = next((at for at in range(span[1] - 1, span[0], -1) if tokens[at].bare in WHO), None)
    return who is not None and not any(may_tell(tokens, at, words) for at in range(who + 2, span[1]))


def _adds_negation(tokens: Sequence[Token], place: int, since: int, words: Words) -> bool:
    """Tell whether «and not» only goes on a negation («neither … nor …»), or negates a noun."""
    if tokens[place + 1].text[:1] == _SHE and _in_relative(tokens, (since, place), words):
        return True  # «… of states that are a part of it and do not help»
    if tokens[place].bare in IS_NOT:  # «… and not a part of the solution», but «and there is not …»
        following = tokens[place + 1].text
        return following not in _THERE and not following.startswith(TO_A)
    if tokens[place].bare != "لا":  # not
        return False
    if not _PRESENT.match(tokens[place + 1].text):
        return True
    if tokens[since].text == tokens[place].text and tokens[place - 1].text in COMMAS:
        return False  # «… and not …, and not …»: what was cut once is cut again
    return any(token.bare in NEGATIONS for token in tokens[since:place])


def _begins_nor(tokens: Sequence[Token], place: int, words: Words) -> bool:
    """Tell whether «and if», «and not» or «and still» begin a clause: not «and what X does for …»."""
    if tokens[place].text in _AND_IF:
        return True
    following, after = tokens[place + 1], tokens[min(place + 2, len(tokens) - 1)]
    relative = following.text.endswith(PRONOUNS) or after.text in _BY_IT
    return tokens[place].text == _NOR and not (relative or following.among(words.all("prepositions")))


def _verb_near(tokens: Sequence[Token], place: int) -> bool:
    return any(token.bare in NEGATIONS for token in tokens[place + 1 : place + 6])
