"""Find what opens the words of a report: «أن», a colon, a quotation mark, or the object itself.

Between a speaker and the words stand adverbs, remarks and «in a written reply on Monday»; they are passed
over. Chosen over (a) the next word, which loses every statement «in a press conference», and (b) any word
further on, which takes a date for what someone rejects.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import Final

from musnad.understanding.adverbs import skip_adverbs
from musnad.understanding.calling import opens_act, resumes
from musnad.understanding.clauses import is_verb
from musnad.understanding.office_ends import is_office
from musnad.understanding.particles import (
    ABOUT_TO_ON,
    AND,
    ARTICLE,
    COMMAS,
    FROM,
    LISTING,
    ON,
    PARTICIPLE,
    PRONOUNS,
    QUOTING,
    SAYS_THAT,
    THAT,
    THAT_CLAUSE,
    TO,
    TO_ON_ABOUT,
    US,
    WHO,
    is_definite,
)
from musnad.understanding.patterns import Pattern, Words
from musnad.understanding.remarks import object_place
from musnad.understanding.sentences import Token
from musnad.understanding.verbal_nouns import is_act

_REACH: Final = 26  # tokens between a speaker and what opens the words
_NEAR: Final = 6  # tokens within which a mere preposition may open words
_ASIDE: Final = 16  # tokens of a remark between commas
_THAT_REACH: Final = 14  # tokens within which «that» opens the words, rather than a noun before it
_NO_OBJECT: Final = ABOUT_TO_ON | THAT | {"في", "من", "مع"}  # in, of, with
_BEFORE_THAT: Final = frozenset(  # without, before, after, since; may; except, but, either, if, until
    {
        *("دون", "بدون", "قبل", "بعد", "منذ"),
        *("شانه", "شانها", "شانهم", "شانهما"),
        *("الا", "رغم", "غير", "بيد", "بما", "اما", "لو", "مجرد", "علما", "حتي"),
    }
)
_WHILE: Final = frozenset({"حين", "فيما", "بينما", "حيث", "وقت"})  # while, where
_APPOSED: Final = COMMAS | {"-", "–", ")"}  # marks after an apposition
_PARTICIPLE: Final = 6  # letters of a participle with the article
_PAIR: Final = 2  # words of an opening with a preposition
_NOUN_REACH: Final = 1  # tokens between a speaker and a mere noun that opens words


def opening_after(
    tokens: Sequence[Token], place: int, pattern: Pattern, words: Words
) -> tuple[int, int] | None:
    """Return (token, size) of the first opening of a pattern after a speaker."""
    near, calls = True, pattern.relation == "demanded"
    if calls and any(token.text in words.all("gods") for token in tokens[place : place + 1]):
        return None  # «calling on God to …»: nobody is asked
    place = _after_withholding(tokens, place, words)
    begins = _begins(tokens, place, pattern, words)
    direct = begins if () in pattern.opens else -1
    for start in range(place, min(place + _REACH, len(tokens))):
        if _is_anothers(tokens, place, start, words):
            return None
        size = opens_at(tokens, start, pattern, near=near or (calls and resumes(tokens, start, begins)))
        if size == 1 and tokens[start].text in TO_ON_ABOUT and _that_follows(tokens, start + 1):
            continue  # «pointed to that …», «stressed “that …”»: «that» opens the words
        apart = calls and _is_apart(tokens, place, start)
        if size == 1 and (
            apart or _opens_nothing(tokens, start, begins if () in pattern.opens else start, words)
        ):
            continue
        after = tokens[min(start + 1, len(tokens) - 1)]
        if size == 1 and tokens[start].text == ON and after.text in words.all("asides"):
            continue  # «on the sidelines of …»
        noun = (size == 1 or pattern.polarity == "negative") and pattern.content in {"phrase", "act", "named"}
        if noun and start < begins:
            continue  # «announced at the end of the month …»
        governed = not calls and start > place and _governed(tokens[start - 1])
        if size == 1 and tokens[start].text in TO_ON_ABOUT and governed:
            continue  # «X, which came out of Y»: the preposition belongs to the participle
        far = noun and start - place > _NOUN_REACH and start != begins
        if size and not (far and not _owned(tokens, place, start, pattern)):
            return start, size
        if _opens_alone(tokens, (place, start, begins), pattern, words):
            return start, 0
        if (
            start == direct
            and _begins_object(tokens[start], words)
            and _is_bare(tokens, start, pattern, words)
        ):
            return start, 0
        near = near and not _ends(tokens, place, start) and start - place < _NEAR
    return None


def _that_follows(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether «that» stands at a place, or behind the quotation mark there."""
    place += place < len(tokens) and tokens[place].text == "“"
    return place < len(tokens) and tokens[place].text in THAT_CLAUSE


def _ends(tokens: Sequence[Token], place: int, comma: int) -> bool:
    """Tell whether a comma ends what stands near a verb, not one after the outlet told («told X, …»)."""
    told = comma > 1 and bool(tokens[comma - 1].mentions) and tokens[comma - 2].text in TO
    return tokens[comma].text == "," and comma != place and not told


def _opens_alone(tokens: Sequence[Token], at: tuple[int, int, int], pattern: Pattern, words: Words) -> bool:
    """Tell whether words begin at a token that need no opening; `at`: after the verb, here, at the object."""
    place, start, begins = at
    if start == begins and begins_at(tokens, start, pattern):
        return True
    return pattern.relation == "demanded" and opens_act(tokens, (place, start), pattern, words)


def _is_anothers(tokens: Sequence[Token], place: int, start: int, words: Words) -> bool:
    """Tell whether words that open after a token are those of another verb.

    «X announced Y, which said that …», «… are to speak, while X stressed that …», «…, asking God that …».
    """
    says = any(token.among(words.all("reported_by")) for token in tokens[start + 1 : start + 2])
    if tokens[start].text in WHO and says:
        return True
    return start > place and (_says_else(tokens, start, words) or _prays(tokens, start, words))


def _is_apart(tokens: Sequence[Token], place: int, start: int) -> bool:
    """Tell whether «that» stands after a comma («called on X to come, warning that …»): no demand."""
    return tokens[start].bare in THAT_CLAUSE and any(token.text in COMMAS for token in tokens[place:start])


def _after_withholding(tokens: Sequence[Token], place: int, words: Words) -> int:
    """Return where words may open after «who asked not to be named»."""
    if place >= len(tokens) or tokens[place].text not in words.all("withholding"):
        return place
    near = range(place, min(place + _ASIDE, len(tokens)))
    return next((i for i in near if tokens[i].text in THAT_CLAUSE | {":", "“"}), place)


def _says_else(tokens: Sequence[Token], place: int, words: Words) -> bool:
    """Tell whether a verb of speech with a subject of its own stands at a place, not «as … said»."""
    before, token = tokens[place - 1], tokens[place]
    if token.text[0] == AND and token.bare in words.all("reported_by") and before.text in COMMAS:
        return True  # «X confirmed the split of Y, and said “…”»
    if token.text not in words.all("reported_by"):
        return False
    another = before.text in COMMAS and place + 1 < len(tokens) and _may_say(tokens[place + 1], words)
    return another or before.bare in _WHILE  # «while X goes on pushing, sources said that …»


def _may_say(token: Token, words: Words) -> bool:
    """Tell whether a word names who speaks: a source, several people, a name after a verb."""
    return bool(token.mentions) or token.among(words.any_of(("sources", "groups")))


def _prays(tokens: Sequence[Token], place: int, words: Words) -> bool:
    """Tell whether somebody begins to call or to pray at a place: what follows was not said before."""
    return tokens[place - 1].text in COMMAS and tokens[place].text in words.all("praying")


def _begins(tokens: Sequence[Token], place: int, pattern: Pattern, words: Words) -> int:
    """Return where the object of a verb may begin: a noun may stand after a comma («yesterday, the …»)."""
    after = skip_adverbs(tokens, place, words)
    if pattern.content == "clause" or after + 1 >= len(tokens) or tokens[after].text not in COMMAS:
        return object_place(tokens, place, words)
    following = tokens[after + 1]
    apposed = after == place > 1 and bool(tokens[place - 1].mentions) and tokens[place - 2].text in COMMAS
    act = following.text in words.all("acts") or is_act(following, joined=False)
    opens = opens_at(tokens, after + 1, pattern) > 0 or (() in pattern.opens and (act or apposed))
    return after + 1 if opens else object_place(tokens, place, words)


def _opens_nothing(tokens: Sequence[Token], place: int, begins: int, words: Words) -> bool:
    """Tell whether a single word at a place opens no words.

    «wrote, without (that) …», «renewed, on the third day, its …», «renewed its affirmation that …»,
    «explained … I do not want (that) …».
    """
    without = place > 0 and tokens[place - 1].text in _BEFORE_THAT
    without |= tokens[place].text in THAT_CLAUSE and tokens[place - 1].among(words.all("takes_that"))
    later = tokens[place].text in TO_ON_ABOUT and place != begins
    quotes = tokens[place].text == FROM and tokens[place - 1].text == QUOTING  # «…, quoting X, that …»
    return quotes or without or later or _only_says(tokens, place, words)


def _only_says(tokens: Sequence[Token], place: int, words: Words) -> bool:
    """Tell whether a word is «affirmation», «saying» with a pronoun, and «that» follows."""
    stems = {tokens[place].bare.removesuffix(tail) for tail in PRONOUNS}
    return _that_follows(tokens, place + 1) and not stems.isdisjoint(words.all("saying_nouns"))


def _governed(before: Token) -> bool:
    """Tell whether a word before «from», «to», «on» is a participle with the article, which asks for it."""
    return before.is_word and before.text.startswith(ARTICLE + PARTICIPLE) and len(before.text) > _PARTICIPLE


def _owned(tokens: Sequence[Token], place: int, start: int, pattern: Pattern) -> bool:
    """Tell whether a noun is the speaker's own («…, its refusal»), and no clause begins before it."""
    alone = [opening[0] for opening in pattern.opens if len(opening) == 1]
    forms = {word[:-1] + tail for word in alone if word.endswith("~") for tail in PRONOUNS}
    forms |= {word for word in alone if word.endswith(PRONOUNS)}
    between = {token.bare for token in tokens[place:start]}
    return tokens[start].text in forms and not between & (THAT_CLAUSE | WHO | {"“", "”", ":"})


def _is_bare(tokens: Sequence[Token], place: int, pattern: Pattern, words: Words) -> bool:
    """Tell whether a noun that needs no opening is what is stressed or announced.

    A word with the article, an office or a verb goes on the speaker's name; where «that» follows, it opens.
    """
    if pattern.relation == "stated" and pattern.content == "direct":
        near = tokens[place : place + _THAT_REACH]
        apposed = bool(tokens[place - 1].mentions) and is_office(tokens[place], words)
        return not apposed and all(
            t.bare != SAYS_THAT for t in takewhile(lambda t: t.text not in COMMAS, near)
        )
    if pattern.relation == "denied" and is_definite(tokens[place].text) and tokens[place - 1].mentions:
        near = tokens[place : place + _REACH]  # «X, the owner of the mill, denied / that …»
        return not any(t.bare == SAYS_THAT and b.text in _APPOSED for b, t in pairwise(near))
    if pattern.relation != "announced" and pattern.content != "clause":
        return True
    token = tokens[place]
    if token.is_word and (is_definite(token.text) or is_office(token, words) or is_verb(token, words)):
        return False
    near = tokens[place : place + _THAT_REACH]
    comma = next((i for i, token in enumerate(near) if token.text in COMMAS), len(near))
    that = next((i for i, token in enumerate(near) if token.bare in THAT_CLAUSE), len(near))
    said = next((i for i in range(1, len(near)) if near[i].text == "“" and near[i - 1].text == ":"), 0)
    return not said and (that == len(near) or (1 < comma < that - 1 and near[that - 1].text not in COMMAS))


def _begins_object(token: Token, words: Words) -> bool:
    if token.text in _NO_OBJECT or token.among(words.all("prepositions")) or token.bare in WHO:
        return False
    return token.is_word or bool(token.mentions)


def begins_at(tokens: Sequence[Token], place: int, pattern: Pattern) -> bool:
    """Tell whether words that need no opening begin at a place: «=» before a word of a pattern's openings."""
    return ("=" + tokens[place].text,) in pattern.opens


def opens_at(tokens: Sequence[Token], place: int, pattern: Pattern, *, near: bool = True) -> int:
    """Return how many tokens an opening has that stands at a place, 0 if none does.

    «~» ends a word that may carry the pronoun of the speaker («رفضه», «رفضها», «رفضهم»).
    """
    if place >= len(tokens):
        return 0
    best, first = 0, tokens[place]
    known = _by_first_word(pattern.opens)
    for opening in {*known.get(first.text, ()), *known.get(first.bare, ())}:
        quote = len(opening) == _PAIR and tokens[place + 1 : place + 2] and tokens[place + 1].text == "“"
        given = [*tokens[place : place + len(opening) + bool(quote)]]
        if quote and opening[1] != '"':
            del given[1]  # «stressed “the need …”»
        listed = opening == (":",) and place > 0 and tokens[place - 1].bare in LISTING
        if listed or (not near and len(opening) == 1 and opening[0] in ABOUT_TO_ON):
            continue
        if len(given) == len(opening) and all(map(_same, given, opening)):
            best = max(best, len(opening) + bool(quote and opening[1] != '"'))
    return best


@lru_cache(maxsize=1_000)
def _by_first_word(opens: tuple[tuple[str, ...], ...]) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Return the openings of a pattern by each word that their first one may be, so that few are compared."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for opening in filter(None, opens):
        for word in _forms(opening[0]):
            found.setdefault(word, []).append(opening)
    return {word: tuple(openings) for word, openings in found.items()}


def _forms(word: str) -> tuple[str, ...]:
    """Return the words that a word of an opening stands for."""
    if word == '"':
        return ("“",)
    owned = (*PRONOUNS, US)  # «his backing», «our backing»
    return (word[:-1], *(word[:-1] + tail for tail in owned)) if word.endswith("~") else (word,)


def _same(token: Token, word: str) -> bool:
    if word == '"':
        return token.text == "“"
    if word.endswith("~"):
        return token.text == word[:-1] or token.bare in _forms(word)[1:]
    return word in {token.text, token.bare}
