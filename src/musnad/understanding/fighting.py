"""Read who attacks, what is attacked and how many die from the words that a pattern took for it.

A force is told by the names in it, the adjective of its nation, or its words; an aim by its words where
they begin with a thing or people, else by its names; a toll by each of its numbers. Chosen over (a) a form
for each way of telling it, sixty where twenty do, and (b) the first name after the verb, which takes the
owner of a position for the position.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import dropwhile, pairwise, takewhile
from typing import Final

from musnad.folding import fold, fold_name
from musnad.model import Mention, Thing
from musnad.understanding.modality import has_cue
from musnad.understanding.particles import AND
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Token
from musnad.understanding.setting import Setting
from musnad.understanding.setting import is_within as is_inside
from musnad.understanding.strikes import HEADS, TOLLS, in_subject_case
from musnad.understanding.wholes import is_number, is_within, told_of

NAMED: Final = "ORG|PLACE"  # the types of the names in a force or an aim
_RELATIONS: Final = ("ي", "يه", "يين", "يون")  # endings of adjectives of relation
_VERBS: Final = ("attack", "launch", "hitting")  # word lists of what a force does
_WHO: Final = frozenset({"الذي", "التي", "الذين", "والتي", "والذي"})  # who, that
_OF_SEVERAL: Final = ("ون", "ين")  # endings of adjectives of several
_DESCRIBED: Final = 3  # tokens after a noun among which the next begins
_SLEW: Final = frozenset({"قتل", "قتلت", "جرح", "جرحت"})  # slew or was slain, wounded or was wounded
_DESCRIBING: Final = (
    "ي",
    "يه",
    "سابق",
    "سابقون",
    "منشق",
    "مسلح",
    "كبير",
    "بارز",
    "مجهول",
    "ون",
)  # endings, former, …
_SHE: Final = "ت"  # ending of a verb: she did
_WOMEN: Final = ("ات", "نساء", "نسا", "ه")  # endings of those whom a feminine verb tells of: women
_LADEN: Final = ("مفخخ", "ملغوم", "ملغم")  # of cars and lorries: laden with explosives
_ONE: Final = "واحد"  # one: describes who was slain
_IN_OF: Final = frozenset({"في", "من"})  # in, of
_SUBJECTS: Final = _WHO | {  # that, that he, because he, then, after
    *("ان", "انه", "انها", "لانه", "لانها", "بانه", "بانها", "ثم", "بعدما")
}
_BY: Final = frozenset({("من", "قبل"), ("من", "جانب"), ("من", "طرف"), ("علي", "يد"), ("علي", "ايدي")})
_OF: Final = frozenset({"ل+", "لل+"})  # of
_LEADING: Final = frozenset({"بقياده", "بزعامه", "تقوده", "تقودها", "يقوده", "يقودها"})  # led by, leads
_NEAR: Final = 3  # tokens before an attack among which «after» stands
_REACH: Final = 5  # tokens before a name among which the verb stands that takes it
_MANY: Final = "العديد"  # many
_THOUSANDS: Final = frozenset({"الف", "الفا", "الاف", "ميه", "مايه", "مليون", "مليونا"})  # «… and 618 people»
_ENDING_TOLLS: Final = frozenset({",", "بينهم", "منهم"})  # among them
_AT_LEAST: Final = ("علي", "الاقل")
_FROM: Final = "من"  # of
_FORCES: Final = ("bands", "aircraft", "own_forces")  # word lists of forces without a name
_TOLLS: Final = frozenset({"TOLL", "DEAD", "VICTIMS"})
_OPENING: Final = "«"
_CLOSING: Final = "»"
_CLITICS: Final = ("لل", "ال", "ل", "ب")  # to the, the, to, in


def is_named(kind: str, tokens: Sequence[Token], setting: Setting) -> bool:
    """Tell whether the names among some tokens are meant, rather than the words."""
    if kind == "TARGET":
        return bool(_owner_at(tokens))
    if kind not in {"FORCE", "AIM", "FOE", "FOES"} or not any(token.mention for token in tokens):
        return False
    if kind == "FORCE" and not any(token.mention and token.text[1] in "OL" for token in tokens):
        return False  # the forces of a person
    towns = any(token.mention and token.text[1] == "L" for token in tokens) and not is_within(tokens, setting)
    aimed = towns or _owner_at(tokens) or not any(_is_target(token, setting) for token in tokens)
    return kind != "AIM" or bool(aimed)


def meant(kind: str, tokens: Sequence[Token], setting: Setting) -> Sequence[Token]:
    """Return the tokens among which the names stand that are meant.

    Of a force those before what is told of it («X, which is loyal to Y»), but of members that a noun alone
    names the whole they belong to; of an aim whose it is («posts of X»).
    """
    if kind in {"AIM", "TARGET"}:
        return tokens[_owner_at(tokens) :]
    words = setting.patterns.words
    tails = words.any_of(("force_tails", "members_of")) | _WHO
    named = next((at for at, token in enumerate(tokens) if token.mention), len(tokens))
    tail = next((at for at in range(named + 1, len(tokens)) if tokens[at].among(tails)), 0)
    if kind != "FORCE" or not tail:
        return tokens
    heads = [fold_name(mention.label).split()[0] for mention in tokens[named].mentions]
    several = any(head in words.all("forces_of") for head in heads)
    members = tokens[tail].among(words.all("members_of")) and several
    return tokens[tail + 1 :] if members else tokens[:tail]


def _owner_at(tokens: Sequence[Token]) -> int:
    """Return where the owner of an aim stands («posts of X»), 0 where none does or a town is named."""
    if any(token.mention and token.text[1] == "L" for token in tokens):
        return 0
    of = (at for at in range(2, len(tokens)) if tokens[at - 1].text in _OF)
    return next((at for at in of if tokens[at].mention and tokens[at].text[1] == "O"), 0)


def can_attack(tokens: Sequence[Token], mention: Mention, setting: Setting) -> bool:
    """Tell whether who is named may attack: a body that is no outlet or house, a state or its capital.

    After «that» and a verb stands whom is attacked («the strikes that hit X»).
    """
    place = next(at for at, token in enumerate(tokens) if mention in token.mentions)
    before = [token.text for token in tokens[max(0, place - _REACH) : place]]
    verbs = setting.patterns.words.any_of(_VERBS)
    if any(word in _WHO and verb in verbs for word, verb in pairwise(before)):
        return False
    return is_party(mention, setting)


def is_party(mention: Mention, setting: Setting) -> bool:
    """Tell whether who is named may wage a war: a body that is no outlet or house, a state or its capital."""
    if mention.type == "ORG":
        first = mention.label.split()[0]
        return not (setting.is_outlet(mention) or first in setting.patterns.words.all("no_forces"))
    return bool(mention.slug) and not is_inside(mention.entity, setting)


def of_parties(things: Iterable[Thing], setting: Setting) -> Iterator[Thing]:
    """Yield those of some things that may wage a war («its raids» are no newspaper's)."""
    bodies = {m.entity for m in setting.mentions if m.type == "ORG" and is_party(m, setting)}
    places = (m.entity for m in setting.mentions if m.type == "PLACE")
    parties = bodies.union(place for place in places if not is_inside(place, setting))
    yield from (thing for thing in things if thing.entity in parties)


def is_by_whom(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether «by», «led by» stands before a token: who is named did, or leads, what was told before."""
    if place and tokens[place - 1].text in _LEADING:
        return True
    return place > 1 and (tokens[place - 2].text, tokens[place - 1].text) in _BY


def slays(tokens: Sequence[Token], place: int, slots: Mapping[str, Sequence[Token]], words: Words) -> bool:
    """Tell whether a verb that may mean «slew» or «was slain» has its subject before it («who slew …»).

    Or an object after those who seem slain («gunmen slew the brother of …»).
    """
    if tokens[place].bare not in _SLEW:
        return False
    if place > 0 and tokens[place - 1].bare in _SUBJECTS:
        return "deed" in slots
    after = tokens.index(slots["subject"][-1]) + 1 if slots.get("subject") else len(tokens)
    dead = slots.get("subject") or tokens[after:after]
    if tokens[place].bare.endswith(_SHE) and dead and dead[0].text[:1].isdigit():
        return not dead[-1].text.endswith(_WOMEN)  # «she slew 40 men»
    if tokens[after - 1].text in words.all("numbers"):
        return False
    if _has_object(tokens, after, words):
        return True  # «gunmen of X slew three …»
    near = dropwhile(lambda token: token.text.endswith(_OF_SEVERAL), tokens[after : after + _DESCRIBED])
    return "deed" in slots and next(
        (token.text in words.any_of(("entourage", "kin")) for token in near), False
    )


def _has_object(tokens: Sequence[Token], place: int, words: Words) -> bool:
    """Tell whether whom somebody slew stands at a place, after what tells of the slayer («former … in X»)."""
    while place < len(tokens) and tokens[place].is_word and tokens[place].text.endswith(_DESCRIBING):
        place += tokens[place].text not in _IN_OF
        if tokens[place : place + 1] and tokens[place].text in _IN_OF:
            break
    if place + 1 < len(tokens) and tokens[place].text in _IN_OF and tokens[place + 1].mentions:
        place += 2
    victim = tokens[place].text if place < len(tokens) else ""
    pair = victim.removesuffix(_OF_SEVERAL[1]) if victim.endswith(_OF_SEVERAL[1]) else ""
    several = victim in words.all("numbers") and not victim.startswith(_ONE)
    return several or pair in words.all("broken_plurals")


def _is_blow(tokens: Sequence[Token], setting: Setting) -> bool:
    """Tell whether words for a blow are one: a ceremony or a visit hits nobody."""
    event = next((mention for mention in tokens[0].mentions if mention.type == "EVENT"), None)
    peaceful = setting.patterns.words.all("peaceful")
    return event is None or fold_name(event.label).split()[0] not in peaceful


def happened(tokens: Sequence[Token], span: tuple[int, int], words: Words) -> bool:
    """Tell whether the words of an attack or of deaths tell what is past, whatever is planned besides.

    «… will answer after the raid on X», «the man who fell in X is to be honoured»: before them stands
    «after», or in them a past of dying or striking, or «who» and the verb.
    """
    first, last = span
    if any(has_cue(tokens, at, words.lists["told_as_done"]) for at in range(max(0, first - _NEAR), first)):
        return True
    match = tokens[first:last]
    dying = words.any_of(("were_slain", "fallen", "past_deeds"))
    deeds = words.any_of(("attack", "fall", "slays"))
    done = any(token.bare in dying for token in match)
    return done or any(who.text in _WHO and verb.text in deeds for who, verb in pairwise(match))


def plain_forces(mention: Mention, setting: Setting) -> list[Thing]:
    """Return forces that a noun alone names («the forces that X trained»), whomever else it may take up."""
    surface = setting.document.quoted(mention.start, mention.end)
    plain = fold(surface).text in setting.patterns.words.all("forces_of")
    return [Thing(surface)] if plain else []


def told_by_words(kind: str, tokens: Sequence[Token], setting: Setting) -> Iterator[Thing]:
    """Yield what the words of some tokens tell: the nation of its arms, each toll, else the words."""
    laden = kind in {"AIM", "TARGET"} and any(token.text.startswith(_LADEN) for token in tokens)
    if laden or (kind == "BLOW" and not _is_blow(tokens, setting)):
        return  # a car bomb is what is attacked with
    nation = [thing for token in tokens for thing in of_adjective([token], setting)]
    if kind != "FORCE" or nation or any(_begins(tokens[0], name, setting) for name in _FORCES):
        if kind == "AIM":
            first = next((at for at, token in enumerate(tokens) if _is_target(token, setting)), 0)
            tokens = tokens[first - (first > 0 and is_number(tokens[first - 1], setting)) :]
        state = nation[0].entity if kind == "FORCE" and nation else ""  # «Turkish planes» are its own
        end = len(tokens) - (told_of(tokens) if kind in _TOLLS else 0)
        whose = _words(tokens[end:], setting) if tokens[end:] else ""
        for part in _tolls(tokens[:end], setting) if kind in _TOLLS else [tokens]:
            words = _words(part, setting)
            words = words.removeprefix(AND) if part[0].text[0] == AND and part is not tokens else words
            heads = setting.patterns.words.any_of((*HEADS, "air_forces") if kind == "FORCE" else HEADS)
            told = f"{words} {whose}" if whose else words
            yield Thing(in_subject_case(told, heads), state)


def of_adjective(tokens: Sequence[Token], setting: Setting) -> list[Thing]:
    """Return the country of the first of some adjectives that has one («صاروخي … تركي»)."""
    following = takewhile(lambda token: token.text.endswith(_RELATIONS), tokens)
    found = (setting.place_of(token.text) for token in following)
    return [thing for thing in found if thing][:1]


def _is_target(token: Token, setting: Setting) -> bool:
    return _begins(token, "targets", setting)


def _begins(token: Token, name: str, setting: Setting) -> bool:
    """Tell whether a word is an entry of a list, with what may be written on it."""
    entries = setting.patterns.words.all(name)
    plain = (token.bare.removeprefix(fused) for fused in _CLITICS if token.bare.startswith(fused))
    return token.among(entries) or any(word in entries for word in plain)


def _tolls(tokens: Sequence[Token], setting: Setting) -> Iterator[Sequence[Token]]:
    """Yield the numbers of the dead and of the hurt («ستة …، وإصابة 14 …»)."""
    words = setting.patterns.words
    joints = words.any_of(TOLLS)
    about = {entry.split()[0] for entry in words.all("about_so_many")}
    numbers = words.all("numbers") | (words.all("dead") - words.all("dead_plural")) | {_MANY, *about}
    ands = [at for at, token in enumerate(tokens) if at and token.text[0] == AND]
    range_of = 1 if tokens[0].text.isdigit() else 0  # «20 and 25»
    further = [at for at in ands if at != range_of and tokens[at - 1].text not in _THOUSANDS]
    starts = [
        at for at in ands if tokens[at].text[1:] in joints or (at in further and _counts(tokens[at], numbers))
    ]
    for first, last in zip([0, *starts], [*starts, len(tokens)], strict=True):
        part = tokens[first + 1 if tokens[first].text[1:] in joints else first : last]
        comma = next((at for at, token in enumerate(part) if at and _ends_toll(token, part[at:])), len(part))
        if first and comma == 1 and part[0].among(words.all("dead_plural")):
            continue  # «and the fall of wounded»: it is not told how many
        yield _after_about(part[:comma], about, setting)


def _ends_toll(token: Token, rest: Sequence[Token]) -> bool:
    """Tell whether a toll ends before a token: before a comma, «among them», or «at least» without «of»."""
    least = tuple(each.text for each in rest[:2]) == _AT_LEAST
    return token.text in _ENDING_TOLLS or (least and (len(rest) == 2 or rest[2].text != _FROM))


def _counts(token: Token, numbers: Set[str]) -> bool:
    """Tell whether a word with «and» begins a further number («و18 جريحا», «وعشرات الجرحى»)."""
    return token.text[1:2].isdigit() or token.text[1:] in numbers


def _after_about(part: Sequence[Token], about: Set[str], setting: Setting) -> Sequence[Token]:
    """Return the words of a toll from its number on, those of «at least» before it left out."""
    if not part or part[0].text not in about:
        return part
    numbers = setting.patterns.words.all("numbers")
    first = next((at for at, t in enumerate(part) if t.text in numbers or t.text[0].isdigit()), 0)
    return part[first:]


def _words(tokens: Sequence[Token], setting: Setting) -> str:
    """Return words as they are printed, with the mark that closes a quotation in them."""
    start, end = (tokens[0].start, tokens[-1].end) if tokens else (0, 0)
    text = setting.document.text
    if text.count(_OPENING, start, end) > text.count(_CLOSING, start, end) and text[end] == _CLOSING:
        end += 1
    return " ".join(text[start:end].split())
