"""Find of what an office is: the body that its words name, the country of its adjective, or itself.

«رئيس لجنة المثال» is of the committee, «وزير الخارجية السوري» of Syria, «مدير الأسواق» of nothing that has
a name: there the office stands for itself. Chosen over (a) leaving offices without a body unread, which
loses most ministers, and (b) making up a ministry for each minister, which no page names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from typing import Final

from musnad.folding import fold_name
from musnad.model import Mention, Thing
from musnad.understanding.particles import (
    AND,
    AND_NAME,
    ARTICLE,
    TO,
    TO_THE,
    is_definite,
    without_article,
)
from musnad.understanding.sentences import Token
from musnad.understanding.setting import Setting

_AWAY: Final = frozenset({"الي", "في", "لدي"})  # to, in, at: where an office is exercised
_SENT: Final = frozenset({"مندوب", "سفير", "ممثل", "قنصل"})  # delegate, ambassador, representative, consul
_DELEGATIONS: Final = ("وفد", "بعثه")  # delegation, mission: they have heads of their own relation
_DELEGATION: Final = ("الوفد", "للوفد", "وفدها", "وفده")  # the delegation, its delegation
_PREPOSITIONS: Final = (TO_THE, "ل", "ب", "ك")  # to the, to, with, like
_ENVOYS: Final = frozenset({"مبعوث", "موفد", "وسيط"})  # envoy, mediator: «for» says where they are sent
_OWN: Final = frozenset({"له", "لها", "لهم"})  # of it, of them
_ABROAD: Final = frozenset({"مبعوث", "موفد", "وسيط", "مندوب", "سفير", "ممثل", "قنصل"})  # envoy, delegate …
_TOWARDS, _ABOUT = "الي", "عن"  # to, about
_AT_HOME: Final = frozenset({"وزير", "ملك", "ولي", "عاهل", "رييس"})  # minister, king, heir, monarch, head
_FEMININE: Final = ("ه", "ات")  # endings of nouns
_HER_ADJECTIVE: Final = "يه"
_DEEDS: Final = frozenset({"بمساعده", "لمساعده"})  # with the help of, to help; a woman assistant too
_AFFAIRS: Final = frozenset({"للشوون", "لشوون"})  # for the affairs
_FIELDS: Final = frozenset(  # affairs, affair, issues, relations
    {
        "الشوون",
        "الشان",
        "شوون",
        "بالشوون",
        "بالشان",
        "بشوون",
        "للشوون",
        "لشوون",
        "قضايا",
        "العلاقات",
        "القانون",
    }
)
_HEAD: Final = "رييس"  # head, president
_THE_HEAD: Final = ARTICLE + _HEAD
_PARTS: Final = frozenset({"مكتب", "دائره", "قسم", "لجنه", "شعبه", "فرع"})  # office, department … branch
_ENDINGS: Final = ("ه", "", "ا", "ين", "ان", "تين", "ي")  # feminine, accusative, two of them
_CONSTRUCT: Final = 2  # words of a name that may only be a part of a body («the political bureau»)


def office_of(tokens: Sequence[Token], words: str, setting: Setting) -> Iterator[Thing]:
    """Yield of what an office is; `words` is the office as printed."""
    lists = setting.patterns.words
    tokens = _without_clitics(tokens, lists.all("office_heads"))
    stem = _stem(tokens[0].text, lists.all("office_heads"))
    names = [place for place, token in enumerate(tokens) if token.mention and token.text[1] in "OLE"]
    body = _body(tokens)
    nation = _nation(tokens, stem, setting)
    away = body is not None and _is_away(tokens, body)
    if stem in _SENT and body is not None and not nation and (sender := _place(tokens, names)):
        before = next(place for place, token in enumerate(tokens) if token is body)
        if tokens[before - 1].text in _AWAY | {"ب+"}:  # at: «the delegate of the country at the body»
            yield setting.thing_of(sender)
            return
    if nation and (body is None or away):
        yield nation
    elif body is not None and body.mention:
        yield setting.thing_of(body.mention)
        yield from _other_body(tokens, body, setting)
    elif (place := _place(tokens, names)) and not (stem in _ENVOYS and _is_for(tokens)):
        yield setting.thing_of(place)
    elif _is_of_field(tokens) or stem not in lists.all("profession_heads") | lists.all("member_heads"):
        yield Thing(words)


def is_read_apart(tokens: Sequence[Token], setting: Setting) -> bool:
    """Tell whether an office has its own relation: the head of a delegation, a plain member of a body."""
    lists = setting.patterns.words
    tokens = _without_clitics(tokens, lists.all("office_heads"))
    stem = _stem(tokens[0].text, lists.all("office_heads"))
    body = _body(tokens)
    if stem in lists.all("delegation_heads"):
        named = body is not None and is_delegation(body.mentions)
        return named or any(token.text.endswith(_DELEGATION) for token in tokens)
    place = next((place for place, token in enumerate(tokens) if token is body), 0)
    first = next((place for place, token in enumerate(tokens) if token.text[:2] == "<O"), 0)
    if first < place and tokens[place - 1].text in _AWAY:  # «member of the bureau in the party»: of its part
        place = first
    plain = all(token.text in TO | _AWAY for token in tokens[1:place])
    return bool(place) and plain and stem in lists.all("member_heads")


def without_errand(tokens: tuple[Token, ...], setting: Setting) -> tuple[Token, ...]:
    """Return the words of an office up to «to» or «about», which no minister or king has in his title.

    What follows says where he went, or of what he spoke («وزير الداخلية إلى …»).
    """
    stem = _stem(_plain(tokens[0].text, heads := setting.patterns.words.all("office_heads")), heads)
    errands = {_TOWARDS} if stem not in _ABROAD else set[str]()
    errands |= {_ABOUT} if stem in _AT_HOME else set()
    end = next((place for place, token in enumerate(tokens) if token.text in errands), len(tokens))
    return tokens[:end]


def is_no_office(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a word is the adjective of a noun before it («رتبة قيادية»), or a deed («بمساعدة …»)."""
    word, before = tokens[place].text, tokens[place - 1] if place else None
    noun = before is not None and before.is_word and before.text.endswith(_FEMININE)
    adjective = word.endswith(_HER_ADJECTIVE) and not is_definite(word)
    return word in _DEEDS or bool(adjective and noun and before and not is_definite(before.bare))


def is_office_of(token: Token, heads: Set[str]) -> bool:
    """Tell whether a word is an office of what stands after it («adviser of»)."""
    return token.is_word and not is_definite(token.text) and _stem(token.text, heads) in heads


def is_bare(tokens: Sequence[Token], setting: Setting) -> bool:
    """Tell whether an office is only «the head», «the former secretary»: another sentence says whose."""
    plain = setting.patterns.words.all("office_modifiers") | setting.patterns.words.all("former")
    return is_definite(tokens[0].text) and all(token.text in plain for token in tokens[1:])


def is_of_house(tokens: Sequence[Token], setting: Setting) -> bool:
    """Tell whether an office is one that the page leaves to its topic («the secretary-general X»).

    «The president X» may be that of a state: of presidents only those «present», «elected» are meant.
    """
    words = setting.patterns.words
    head, *rest = (token.bare for token in tokens)
    if head in words.all("deputies") and rest == [ARTICLE + "رييس"]:  # of the president
        return True
    stem = _stem(head, words.all("office_heads"))
    if not is_bare(tokens, setting) or stem not in words.all("house_heads"):
        return False
    return stem != "رييس" or any(word in words.all("in_office") for word in rest)  # president


def is_delegation(named: Sequence[Mention]) -> bool:
    """Tell whether a name is that of a delegation."""
    return any(fold_name(m.label).removeprefix(ARTICLE).startswith(_DELEGATIONS) for m in named)


def is_relative(tokens: Sequence[Token], setting: Setting) -> bool:
    """Tell whether an office leaves its body to the sentence («رئيساً لها», «نائباً للرئيس», «أميناً عاماً»)."""
    text = setting.document.text
    if any(fold_name(text[token.start : token.end]).endswith(_DELEGATION) for token in tokens):
        return True  # «the delegation» may be that of another side
    heads = setting.patterns.words.all("office_heads")
    definite = (TO_THE, ARTICLE)
    rest = [t for t in tokens[1:] if t.text in _OWN or t.text.startswith(definite) or t.text[-1] not in "اه"]
    if any(token.mention for token in tokens):
        return False
    return all(t.text in _OWN or _stem("ال" + t.text.removeprefix(TO_THE), heads) in heads for t in rest)


def without_and(words: str, first: Token, setting: Setting) -> str:
    """Return an office without the conjunction that is written on its first word."""
    plain = _plain(first.text, setting.patterns.words.all("office_heads"))
    cut = len(first.text) - len(plain)
    fused = first.text.removeprefix(AND).startswith(TO_THE) and plain.startswith(ARTICLE)
    return ARTICLE + words[len(first.text) - len(plain) + len(ARTICLE) :] if fused else words[cut:]


def _plain(word: str, heads: Set[str]) -> str:
    """Return the first word of an office without conjunction and preposition («للرئيس» → «الرئيس»)."""
    for opening in (AND, *_PREPOSITIONS, *(AND + each for each in _PREPOSITIONS)):
        rest = word.removeprefix(opening)
        rest = ARTICLE + rest if opening.endswith(TO_THE) and rest != word else rest
        if rest != word and word not in heads and _stem(rest, heads) in heads:
            return rest
    return word


def _without_clitics(tokens: Sequence[Token], heads: Set[str]) -> Sequence[Token]:
    """Return the tokens of an office whose first has no conjunction and no preposition written on it."""
    return (replace(tokens[0], text=_plain(tokens[0].text, heads)), *tokens[1:])


def _stem(word: str, heads: Set[str]) -> str:
    """Return the head of an office without conjunction, article and ending."""
    for plain in (word, word.removeprefix(AND)):
        plain = plain.removeprefix(ARTICLE)
        for ending in _ENDINGS:
            if plain.endswith(ending) and plain.removesuffix(ending) in heads:
                return plain.removesuffix(ending)
    return word


def _place(tokens: Sequence[Token], names: Sequence[int]) -> Mention | None:
    """Return the place that an office is of («محافظ …»), not one where it is exercised."""
    for number in names:
        if tokens[number].text[1] == "L" and not _is_away(tokens, tokens[number]):
            return tokens[number].mention
    return None


def _body(tokens: Sequence[Token]) -> Token | None:
    """Return the body of an office: the first that is named, or the one that its mere part belongs to."""
    bodies = [t for t in tokens if t.text[:2] == "<O" or (t.text[:2] == "<E" and not _is_away(tokens, t))]
    if len(bodies) > 1 and bodies[0].mention and _is_part(bodies[0].mention):
        second = next(place for place, token in enumerate(tokens) if token is bodies[1])
        return bodies[0] if tokens[second - 1].text == AND_NAME else bodies[1]
    return bodies[0] if bodies else None


def _other_body(tokens: Sequence[Token], body: Token, setting: Setting) -> Iterator[Thing]:
    """Yield the second of two bodies that share an office («the envoy of the one and the other»)."""
    place = next(number for number, other in enumerate(tokens) if other is body)
    joined = tokens[place + 1 : place + 3]
    if len(joined) > 1 and joined[0].text == AND_NAME and joined[1].text[:2] == "<O" and joined[1].mention:
        yield setting.thing_of(joined[1].mention)


def _is_of_field(tokens: Sequence[Token]) -> bool:
    """Tell whether the words of an expert say of what («الخبير في الشؤون …»)."""
    return len(tokens) > 1 and any(token.text in _FIELDS for token in tokens[1:3])


def _is_part(mention: Mention) -> bool:
    """Tell whether a name is only that of a part («المكتب السياسي», «مكتب الإعلام»)."""
    words = fold_name(mention.label).split()
    return len(words) <= _CONSTRUCT and (words[0] in _PARTS or all(is_definite(word) for word in words))


def _is_for(tokens: Sequence[Token]) -> bool:
    """Tell whether a place of an office stands after «for»."""
    places = (number for number, token in enumerate(tokens) if token.text[:2] == "<L")
    return any(number and tokens[number - 1].text in TO for number in places)


def _is_away(tokens: Sequence[Token], token: Token) -> bool:
    """Tell whether a name only says where an office is exercised («السفير في …»)."""
    place = next(number for number, other in enumerate(tokens) if other is token)
    return place > 0 and tokens[place - 1].text in _AWAY


def _nation(tokens: Sequence[Token], stem: str, setting: Setting) -> Thing | None:
    """Return the country or body whose adjective an office of state has."""
    lists = setting.patterns.words
    if stem not in lists.all("state_heads"):
        return None
    for number, token in enumerate(tokens[1:], start=1):
        if token.text in _AFFAIRS:
            return None  # «for African affairs»
        if token.text in _AWAY or not (token.is_word and is_definite(token.text)):
            if token.text in _AWAY:
                return None
            continue
        if token.text.startswith((AND + ARTICLE, TO_THE)) or not token.text.endswith(("ي", "يه")):
            continue
        sent = any(t.text.startswith(TO_THE) and t.text != TO_THE + _HEAD for t in tokens[:number])
        if sent and stem in _ENVOYS:
            return None  # «the envoy for the Syrian crisis» is not Syria's
        direct = is_definite(tokens[0].text) and all(is_definite(t.text) for t in tokens[1:number])
        words = {stem, *(without_article(other.text) for other in tokens[1:number])}
        of_state = bool(words & (lists.all("state_bodies") - lists.all("delegation_heads")))
        of_state = of_state or tokens[number - 1].text in {_THE_HEAD, TO_THE + _HEAD}  # of the president
        if (direct or of_state) and (nation := setting.place_of(token.text)):
            return nation
    return None
