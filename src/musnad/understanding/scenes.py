"""Say where and when something happened that nobody convened: attacks, fights, accidents, speeches, votes.

A noun for what happens is read on to the place that «in» names, past its adjectives and what it was aimed at.
Such an event is called as pages call it that name it again: by its noun and its place («معارك درعا»). Chosen
over (a) the words as printed, which differ with each sentence, and (b) the place of the dateline, which is
that of the reporter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from musnad.folding import fold_name
from musnad.model import Claim, Mention, Thing
from musnad.understanding.governing import BARRED, governed
from musnad.understanding.insides import in_order, is_country
from musnad.understanding.particles import AND, ARTICLE, IN, ON, TO, WHO, is_definite
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.sequences import Draft, how_put
from musnad.understanding.setting import Setting, printed
from musnad.understanding.tagging import FAMILIES, head_of, readings

_AT: Final = "scene-held-at"
_WHEN: Final = "scene-held-on"
_OBJECT: Final = re.compile(r"(?:اً|ًا)\Z")  # ending of an adjective of an object
_NAMED, _TOLD = "scene-named-at", "scene-named-in"
_EVENTS: Final = "احداث"  # events; causing
_OPERATION: Final = "عمليه"  # operation
_DAY: Final = re.compile(r"\d{1,2} \w+(?: (?!\()(?:الأول|الثاني|أول|ثاني))?(?: \d{4})?")  # a day as printed
_REACH: Final = 14  # tokens between a noun and its place
_KINDS: Final = 2  # words that say of what kind something is
_LEADS: Final = 3  # words between «in» and a place
_INTO: Final = frozenset({IN, "ب+", "داخل", "وسط"})  # in, in, inside, in the middle of
_AGAINST: Final = frozenset({ON, "ضد", "من", "امام", "مع", *TO})  # on, against, of, before, with, of
_ADJECTIVES: Final = ("ي", "يه", "يا", "ين", "ه", "ات")  # endings
_STOPS: Final = frozenset(
    {"ان", "بان", "انه", "انها", "ما", "لم", "لن", "لا", "بعد", "قبل", "كما", "حيث", "عن"}
)


@dataclass(frozen=True, slots=True)
class _Scene:
    """A noun for what happens, with the place and the date that its words give."""

    head: int
    noun: str
    place: tuple[int, int] | None = None  # the token of the place, and the one after
    date: tuple[int, int] | None = None


def read_scenes(sentence: Sentence, setting: Setting) -> list[Draft]:
    """Return where and when the events of a sentence happened, each place of an event once."""
    found: dict[tuple[str, str, str], Draft] = {}
    scenes = _scenes(sentence.tokens, setting)
    told = (draft for scene in scenes for draft in _drafts(scene, sentence, setting))
    for draft in (*told, *_named(sentence, setting)):
        found.setdefault((draft.pattern.relation, draft.subject.label, draft.object.label), draft)
    return list(found.values())


def beyond(drafts: Sequence[Draft], more: Sequence[Draft]) -> list[Draft]:
    """Return drafts, and of others what none of them says of the same words."""
    return [*drafts, *(other for other in more if not any(_says(draft, other) for draft in drafts))]


def named_once(claims: Sequence[Claim]) -> list[Claim]:
    """Return claims without the places of names that another claim gives, of an event or of its like."""
    names = {_NAMED, _TOLD}
    told = {one.object.entity for one in claims if one.relation == "heldAt" and one.pattern not in names}
    kept: list[Claim] = []
    for claim in claims:
        if claim.pattern in names and claim.object.entity in told:
            continue
        told |= {claim.object.entity} if claim.pattern in names else set()
        kept.append(claim)
    return kept


def _says(draft: Draft, other: Draft) -> bool:
    """Tell whether a draft says of the same words who was there, or where and when something was."""
    touch = draft.first < other.last and other.first < draft.last
    joined = draft.pattern.relation == "participatedIn"
    same = draft.subject.entity == other.subject.entity if joined else draft.object == other.object
    return touch and same and draft.pattern.relation == other.pattern.relation


def _scenes(tokens: Sequence[Token], setting: Setting) -> Iterator[_Scene]:
    """Yield the events of a sentence that have a place or a date."""
    words = setting.patterns.words
    for head, token in enumerate(tokens):
        event = token.mention is not None and token.mention.type == "EVENT"
        if not (token.is_word or event):
            continue
        text = fold_name(printed(token, setting)).partition(" ")[0] if event else token.text
        noun = noun_of(text, words.all("scene_nouns"))
        if not noun or (head and tokens[head - 1].among(words.all("before_no_scene"))):
            continue
        kind = tokens[head + 1] if head + 1 < len(tokens) else token
        known = event or kind.among(words.any_of(("of_strikes", "kinds_of_operation")))
        no_event = noun == _EVENTS and _is_bare(text, kind)
        if (noun == _OPERATION and not known) or no_event or kind.among(words.all("no_scene")):
            continue
        scene = _placed(tokens, head, noun, setting)
        if scene.place or scene.date:
            yield scene


def _is_bare(text: str, following: Token) -> bool:
    """Tell whether «events» stands without an article before a plain noun: then it means «causing»."""
    plain = following.is_word and not (is_definite(following.text) or following.text in _INTO)
    return plain and not is_definite(text)


def noun_of(word: str, nouns: frozenset[str]) -> str:
    """Return the noun of a list that a folded word is written with, "" if none."""
    found = (head_of(reading, nouns) for reading in readings(word) if not reading[3].endswith(("ها", "هم")))
    return next((noun for noun in found if noun), "")


def _placed(tokens: Sequence[Token], head: int, noun: str, setting: Setting) -> _Scene:
    """Return a scene with the first place and the first date after its noun."""
    words = setting.patterns.words
    date: tuple[int, int] | None = None
    at = head + 1
    if noun in words.all("scenes_of_places") and at < len(tokens) and _is_town(tokens[at], setting):
        return _Scene(head, noun, (at, at + 1))
    while at < min(head + _REACH, len(tokens)):
        token = tokens[at]
        if token.edtf and date is None and any(sign.isdigit() for sign in printed(token, setting)):
            date = (at, at + 1)
        elif token.text in _INTO:
            name = _lead_end(tokens, at + 1, setting)
            if name is not None and (not noun or _is_town(tokens[name], setting)):
                return _Scene(head, noun, (name, name + 1), date)
            if not (at + 1 < len(tokens) and _is_time(tokens[at + 1], setting)):
                break
        elif not (token.edtf or _goes_on(tokens, at, head, setting)):
            break
        at += 1
    return _Scene(head, noun, None, date)


def place_after(tokens: Sequence[Token], head: int, setting: Setting) -> int | None:
    """Return the token of the place that the words after a noun give, if they give one."""
    scene = _placed(tokens, head, "", setting)
    return scene.place[0] if scene.place else None


def _is_time(token: Token, setting: Setting) -> bool:
    return bool(token.edtf) or token.among(setting.patterns.words.any_of(("times", "time_words")))


def _is_town(token: Token, setting: Setting) -> bool:
    """Tell whether a token names a place that is no country."""
    mention = token.mention
    return mention is not None and mention.type == "PLACE" and not is_country(mention.entity, setting)


def _lead_end(tokens: Sequence[Token], at: int, setting: Setting) -> int | None:
    """Return the token of the place that follows «in», after a few words that lead to it, if one does."""
    leads = setting.patterns.words.any_of(("place_leads", "sides"))
    for name in range(at, min(at + _LEADS, len(tokens))):
        mention = tokens[name].mention
        if mention is not None:
            return name if mention.type == "PLACE" else None
        if not tokens[name].among(leads):
            return None
    return None


def _goes_on(tokens: Sequence[Token], at: int, head: int, setting: Setting) -> bool:
    """Tell whether a token still belongs to what is told of an event before its place."""
    token, words = tokens[at], setting.patterns.words
    if token.mention:
        return token.mention.type in {"ORG", "PERSON", "PLACE"} and tokens[at - 1].text != IN
    if token.text in _AGAINST or _is_time(token, setting):
        return True
    if token.text in WHO:
        return at + 1 < len(tokens) and tokens[at + 1].among(words.any_of(("befalls", "striking")))
    if token.among(words.any_of(("befalls", "striking", "of_strikes", "place_leads"))):
        return True
    if not token.is_word or token.text in _STOPS or token.text[0] == AND:
        return False
    described = at == head + 1 or token.text.endswith(_ADJECTIVES) or is_definite(token.text)
    aimed = any(other.text in _AGAINST for other in tokens[head + 1 : at])
    return described or aimed or token.text[:1].isdigit()


def _drafts(scene: _Scene, sentence: Sentence, setting: Setting) -> Iterator[Draft]:
    """Yield what a scene says."""
    tokens = sentence.tokens
    event = _event(scene, tokens, setting)
    if event is None:
        return
    if scene.place and (mention := tokens[scene.place[0]].mention):
        place = setting.thing_of(mention)
        if place.entity != event.entity:
            yield from _draft(_AT, (event, place), (scene.head, scene.place[1]), sentence, setting)
    if scene.date:
        day = Thing(tokens[scene.date[0]].edtf, datatype="edtf")
        yield from _draft(_WHEN, (event, day), (scene.head, scene.date[1]), sentence, setting)


def _event(scene: _Scene, tokens: Sequence[Token], setting: Setting) -> Thing | None:
    """Return the event of a scene: the one that the page names, else its noun with its place."""
    mention = tokens[scene.head].mention
    if mention is not None and (mention.slug or _is_named(mention, setting)):
        return setting.thing_of(mention)
    where = tokens[scene.place[0]].mention if scene.place else None
    day = _DAY.match(printed(tokens[scene.date[0]], setting)) if scene.date else None
    if where is None and day is None:
        return None
    which = where.label if where is not None else day[0] if day else ""
    noun = spelt(tokens[scene.head], scene.noun, setting)
    kind = _kind_of(scene.head, tokens, setting)
    kind += f" {IN} " if where is not None and kind else " "
    agent = setting.made_agent(fold_name(f"{noun} {which}"), f"{noun}{kind}{which}", "EVENT", anonymous=False)
    return Thing(agent.label, agent.entity)


def _kind_of(head: int, tokens: Sequence[Token], setting: Setting) -> str:
    """Return the words right after a noun that say of what kind it is («suicide», «of a car bomb»)."""
    first, *told = printed(tokens[head], setting).split()
    told = [word.removeprefix(ARTICLE) for word in told] if is_definite(first) else told
    for token in tokens[head + 1 : head + 1 + _KINDS]:
        plain = token.is_word and not token.edtf and token.text not in _INTO | _AGAINST | _STOPS | WHO
        if not plain or token.text[0] == AND or _is_time(token, setting) or _is_no_kind(token, setting):
            break
        word = printed(token, setting)
        told.append(word.removeprefix(ARTICLE) if is_definite(token.text) else word)
    return "".join(f" {_OBJECT.sub('', word)}" for word in told)


def _is_no_kind(token: Token, setting: Setting) -> bool:
    """Tell whether a word is a verb, a preposition, a passing adjective, or leads to a place."""
    lists = ("befalls", "striking", "passing_adjectives", "place_leads", "prepositions")
    past = token.text.endswith("ت") and not token.text.endswith("ات")
    return token.among(setting.patterns.words.any_of(lists)) or token.text[0] in "ين" or past


def _is_named(event: Mention, setting: Setting) -> bool:
    """Tell whether the name of an event holds that of somebody or of a place."""
    inner = (m for m in setting.mentions if m.type in {"PERSON", "ORG", "PLACE"})
    return any(event.start < each.start and each.end <= event.end for each in inner)


def _named(sentence: Sentence, setting: Setting) -> Iterator[Draft]:
    """Yield the places that stand in the names of events («لقاء بروكسل», «الحرب في سوريا»)."""
    for number, token in enumerate(sentence.tokens):
        elsewhere = any(after.text in _INTO for after in sentence.tokens[number + 1 : number + 2])
        if (event := token.mention) is None or event.type != "EVENT" or elsewhere:
            continue  # «the talks of X in Y»
        how, where = _place_in(event, setting)
        held = governed("heldAt", sentence.tokens, number, setting.patterns.words) != BARRED
        if held and where and where.entity != event.entity:
            ends = setting.thing_of(event), setting.thing_of(where)
            yield Draft(setting.patterns.entries[how], *ends, number, number + 1)


def _place_in(event: Mention, setting: Setting) -> tuple[str, Mention | None]:
    """Return the place in the name of an event: after «in», or a town right after the noun of the event."""
    lists, text = setting.patterns.words, setting.document.text
    heads = lists.any_of(FAMILIES)
    words = fold_name(text[event.start : event.end]).split()
    if noun_of(words[0], lists.any_of(("no_scenes", "visit_words"))):
        return _NAMED, None  # «refused a visit to X»
    convened = bool(noun_of(words[0], lists.all("meeting_words")))
    for place in in_order(setting):
        name = fold_name(text[place.start : place.end]).split() if place.type == "PLACE" else []
        for at in range(1, len(words) - len(name) + 1) if name else ():
            held = words[at - 1] == IN or bool(noun_of(words[at - 1], heads))
            country = not convened and is_country(place.entity, setting)
            if words[at : at + len(name)] == name and held and not country:
                told = words[at - 1] == IN and noun_of(words[0], heads | lists.all("scene_nouns"))
                return _TOLD if told else _NAMED, place
    return _NAMED, None


def spelt(token: Token, noun: str, setting: Setting) -> str:
    """Return the noun of a scene as it is printed, without what is written on it."""
    word = printed(token, setting).split()[0]
    at = fold_name(word).find(noun)
    same = len(fold_name(word)) == len(word) and at >= 0
    return word[at : at + len(noun)] if same else noun


def _draft(
    name: str, ends: tuple[Thing, Thing], span: tuple[int, int], sentence: Sentence, setting: Setting
) -> Iterator[Draft]:
    """Yield a draft unless its words deny it."""
    pattern = setting.patterns.entries[name]
    put = how_put(pattern, sentence, *span, setting)
    if put is None:
        return
    polarity, modality, condition = put
    edtf = ends[1].label if ends[1].datatype == "edtf" else ""
    yield Draft(pattern, *ends, *span, polarity=polarity, modality=modality, condition=condition, edtf=edtf)
