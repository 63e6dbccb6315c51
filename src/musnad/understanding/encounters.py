"""Read a gathering with its parties, its place and its date: one reading of a noun or verb and what it takes.

«Held X yesterday in Y a meeting with Z», «the visit of X to Y», «the talks between X and Z in Y»: the words
around a gathering come in any order, and each says by its preposition what it is. They are taken one by one,
up to the first that is none of them. Chosen over (a) a form for each order, which are never all written down,
and (b) every name of the sentence, most of which the gathering is only about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from musnad.folding import fold_name
from musnad.understanding.particles import CASE, DELEGATION, FEMININE, IN, TO, WHO, is_definite
from musnad.understanding.particles import WITH as WITH_WRITTEN
from musnad.understanding.sentences import Token
from musnad.understanding.sides import Reader, Side, parted
from musnad.understanding.tellings import AMONG, OWNER, WITH, completed, telling

BESIDES: Final = "besides"
GOAL: Final = "goal"
PLACE: Final = "place"
_ROLES: Final[dict[str, str]] = {
    "مع": WITH,  # with
    "ومع": WITH,  # and with
    "بين": AMONG,  # between
    "بحضور": BESIDES,  # in the presence of
    "بمشاركه": BESIDES,  # with … taking part
    "برياسه": BESIDES,  # headed by
    "الي": GOAL,  # to
    IN: PLACE,
    **dict.fromkeys(TO, GOAL),
}
# Met, meets, will meet; received, receives, will receive; visited, visits, will visit: with an object.
TRANSITIVE: Final = (
    *("التقي", "التقت", "التقوا", "يلتق", "تلتق", "سيلتق", "ستلتق"),
    *("استقبل", "يستقبل", "تستقبل", "سيستقبل", "ستستقبل", "زار", "يزور", "تزور", "سيزور", "ستزور"),
)
_AGAINST: Final = "ضد"  # against
_SEVERAL: Final = frozenset({"عده", "بضعه"})  # several, a few: before days and weeks
_TODAY: Final = "اليوم"  # today
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_INVITED: Final = ("تلبيه", "بناء", "بدعوه")  # answering, following, by an invitation
_FROM: Final = "من"  # from
_OF_HER: Final = "ها"  # her, its: a pronoun written on a noun
_ON_NAME: Final = "ب+"  # with, in: written on a name
_IN_ITS_COURSE: Final = frozenset(
    {"خلالها", "خلاله", "فيها", "فيه", "ايضا", "كذلك"}
)  # during it, in it, also
_DESCRIBED: Final = 2  # tokens after a gathering that may be adjectives of no list
_REACH: Final = 60  # tokens that a gathering and what it takes may have
_LEADS: Final = 3  # words between «in» and a place
_OBJECT: Final = 6  # tokens between a comma and the gathering that a verb takes
_INVITATION: Final = 14  # tokens of whose invitation it is
_BRACKET: Final = 9  # tokens of what stands in brackets
_DURING: Final = frozenset(  # in, during, on the day, evening … of, since, end, middle, start of, ago
    {IN, "خلال", "يوم", "مساء", "صباح", "فجر", "ظهر", "منذ", "اواخر", "منتصف", "مطلع", "قبل"}
)


@dataclass(slots=True)
class Encounter:
    """What the words around a gathering say of it; a place or a date comes with the token after it."""

    head: int  # token of the noun or verb
    start: int  # first token that belongs to it
    owners: list[Side] = field(default_factory=list)  # who holds it, visits, meets
    others: list[Side] = field(default_factory=list)  # with whom
    among: list[Side] = field(default_factory=list)  # between whom, or whom it brings together
    besides: list[Side] = field(default_factory=list)  # who is there too
    place: tuple[Token, int] | None = None
    goal: tuple[Token, int] | None = None
    date: tuple[Token, int] | None = None
    last: int = 0
    told: bool = False  # a verb of holding tells of it
    maker: int = 0  # the token of a verb of holding that has the gathering as its object, 0 if none
    owned: bool = False  # its noun only says whose it is («the talks of X»)
    aside: bool = False  # it stands apart from what is said («…, after a meeting with X»)

    def sides(self) -> list[Side]:
        """Return all who are there."""
        return [*self.owners, *self.others, *self.among, *self.besides]


@dataclass(slots=True)
class Walk:
    """A walk over the words around a gathering, from its verb or its noun on."""

    reader: Reader
    found: Encounter
    verb: bool = False  # the gathering itself is a verb («X met Y»)
    visit: bool = False
    conflict: bool = False
    role: str = OWNER  # of the next side

    def run(self) -> Encounter:
        """Return what was found up to the first word that belongs to no gathering."""
        at = self.found.start + 1
        alone = self.found.start == self.found.head
        at = self._adjectives(at) if alone and not self.verb else at
        while at < min(self.found.start + _REACH, len(self.reader.tokens)):
            after = self._step(at)
            if after is None:
                break
            at = self.found.last = after
        self.found.last = max(self.found.last, self.found.head + 1) if alone else self.found.last
        if self.verb and not self.visit and len(self.found.owners) == 1 and not self.found.others:
            one, *other = parted(self.reader, self.found.owners[0])
            self.found.owners, self.found.others = [one], other
        return self.found

    def _step(self, at: int) -> int | None:
        """Return the token after what begins at a place, None where the gathering ends before it."""
        reader, token = self.reader, self.reader.tokens[at]
        if at == self.found.head:
            self.role = "" if self.found.owners else OWNER
            return self._adjectives(at + 1)
        if edtf := token.edtf or _today(self.reader, at):
            self.found.date = self.found.date or (replace(token, edtf=edtf), at + 1)
            return at + 1
        if token.text in {",", "("}:
            return self._after_mark(at)
        if token.text in WHO:
            described = at > self.found.head and self._adjectives(self.found.head + 1) >= at
            return self._told(at + 1) if described or _is_placed(self.found) else None
        if at + 1 == self.found.head and self._role(at) == GOAL:
            return at + 1  # «reached an agreement»: the preposition of the verb
        if role := self._role(at):
            self.role = role
            return self._where(at) if role in {PLACE, GOAL} else at + 1
        if {"s", "o"} <= reader.classes(at) and token.text.startswith(WITH_WRITTEN):
            self.role = WITH  # «with his counterpart»
        passed = _is_timed(reader, at) or (token.text in _DURING and _is_timed(reader, at + 1))
        passed |= (at < self.found.head and _is_adverb(reader, at)) or token.text in _IN_ITS_COURSE
        passed |= _is_timed(reader, at - 1) and token.among(_words(self.reader, "time_adjectives"))
        return self._told(at) or self._side(at) or (at + 1 if passed else None)

    def _adjectives(self, at: int) -> int:
        """Return the token after the adjectives of a gathering."""
        definite = is_definite(self.reader.printed(self.found.head))
        while at < len(self.reader.tokens):
            classes, text = self.reader.classes(at), self.reader.text(at)
            ended = text.endswith((FEMININE, CASE)) and not text.endswith(_OF_HER)
            feminine = ended and not (definite or is_definite(text))
            other = (
                classes & {"o", "g", "s", "x", "t", "h"}
                or telling(self.reader, self.found.head, at) is not None
            )
            if other or not ("a" in classes or (feminine and at <= self.found.head + _DESCRIBED)):
                return at
            at += 1
        return at

    def _role(self, at: int) -> str:
        """Return what a preposition says of the words after it, "" for any other word."""
        text = self.reader.text(at)
        if text == "ب+":
            place = self.reader.letter(at + 1) == "L" and (self.conflict or not self.found.among)
            return PLACE if place else WITH
        if text == _AGAINST:
            return WITH if self.conflict else ""
        if text == _FROM:
            called = self.reader.tokens[self.found.start].among(_words(self.reader, "is_called"))
            return WITH if called and at > self.found.head else ""
        return "" if text == IN and _is_timed(self.reader, at + 1) else _ROLES.get(text, "")

    def _where(self, at: int) -> int | None:
        """Return the token after a place: a goal after «to», else where the gathering is."""
        name = at + 1
        while name <= at + _LEADS and not self.reader.letter(name) and self.reader.text(name).isalpha():
            name += 1
        if self.reader.letter(name) != "L" or (self.role == GOAL and not self.visit):
            return None
        told = self.reader.tokens[name], name + 1
        if self.role == GOAL:
            self.found.goal = self.found.goal or told
        else:
            self.found.place = self.found.place or told
        takes = self.reader.tokens[self.found.head].bare.startswith(TRANSITIVE)  # «met in X the mayor»
        self.role = WITH if self.verb and takes and self.found.owners and not self.found.others else ""
        return self.reader.described(name + 1)

    def _after_mark(self, at: int) -> int | None:
        """Return the token after a comma that the gathering goes on behind, or after a bracket."""
        reader, following = self.reader, at + 1
        if reader.text(at) == "(":
            return _closed(reader, at)
        if reader.text(following) in _INVITED:
            return _invited(self, following)
        if following < len(reader.tokens) and telling(self.reader, self.found.head, following) is not None:
            return following
        object_follows = following <= self.found.head < following + _OBJECT
        timed = _is_timed(reader, following + (reader.text(following) == IN))
        return (
            following if object_follows or timed or self._role(following) in {WITH, BESIDES, PLACE} else None
        )

    def _told(self, at: int) -> int | None:
        """Return the token after a verb that says how a gathering is held, and by whom."""
        role = telling(self.reader, self.found.head, at) if at < len(self.reader.tokens) else None
        if role is None:
            return None
        self.role, self.found.told = role, self.found.told or bool(role)
        self.found.maker = at if role in {OWNER, WITH} else self.found.maker
        return at + 1 + completed(self.reader, at)

    def _side(self, at: int) -> int | None:
        """Return the token after the sides that begin at a place, None where none does."""
        found, reader = self.found, self.reader
        if self.role not in {OWNER, WITH, AMONG, BESIDES}:
            return None
        if self.visit and reader.letter(at) == "L" and found.owners:
            found.goal, self.role = found.goal or (reader.tokens[at], at + 1), ""
            return at + 1
        if self.verb and self.visit and reader.letter(at) in {"O", "L"} and not _is_delegation(reader, at):
            return None
        of_places = self.role != OWNER or found.start != found.head or found.told
        read = list(reader.sides(at, of_places=of_places))
        if not read:
            return None
        self._keep(read, at)
        return read[-1].last

    def _keep(self, read: list[Side], at: int) -> None:
        """Note sides in their role: after a verb first who meets, then whom."""
        found, counterpart = (
            self.found,
            "k" in self.reader.classes(at) and not is_definite(self.reader.text(at)),
        )
        if self.role == OWNER and self.verb and (found.owners or counterpart):
            self.role = WITH
        kept = {OWNER: found.owners, WITH: found.others, AMONG: found.among, BESIDES: found.besides}
        kept[self.role] += read
        found.owned |= self.role == OWNER and found.start == found.head and not found.told
        if self.role != AMONG:
            self.role = WITH if self.verb and self.role == OWNER else ""


def _is_placed(found: Encounter) -> bool:
    """Tell whether the place of a gathering stands right after it («the meeting in X, which …»)."""
    return found.place is not None and found.place[1] == found.last


def _closed(reader: Reader, at: int) -> int | None:
    """Return the token after brackets that open at a place, None where they are long."""
    marks = [reader.text(place) for place in range(at, at + _BRACKET)]
    return at + marks.index(")") + 1 if ")" in marks else None


def _is_timed(reader: Reader, at: int) -> bool:
    """Tell whether a date or a word of time stands at a place."""
    at += reader.text(at) in _SEVERAL
    token, times = reader.tokens[at : at + 1], reader.setting.patterns.words.all("times")
    return bool(token) and (bool(token[0].edtf) or "t" in reader.classes(at) or token[0].text in times)


def _is_adverb(reader: Reader, at: int) -> bool:
    """Tell whether a word only says how («officially», «again»): listed, or a plain one with its ending."""
    word, adverbs = reader.text(at), reader.setting.patterns.words.all("adverbs")
    return word in adverbs or (word.endswith("ي" + CASE) and not is_definite(word))


def _is_delegation(reader: Reader, at: int) -> bool:
    """Tell whether the name of a body is that of a delegation."""
    return fold_name(reader.tokens[at].mentions[0].label).startswith(DELEGATION)


def _today(reader: Reader, at: int) -> str:
    """Return the day of publication for «today», "" for another word or where it is not known."""
    published = reader.setting.document.published
    return published if reader.text(at) == _TODAY and _DAY.fullmatch(published) else ""


def _words(reader: Reader, name: str) -> frozenset[str]:
    return reader.setting.patterns.words.all(name)


def _invited(walk: Walk, at: int) -> int | None:
    """Return the token after the date behind whose invitation a gathering follows, None if none."""
    for place in range(at, min(at + _INVITATION, len(walk.reader.tokens))):
        if walk.reader.tokens[place].edtf:
            walk.found.date = walk.found.date or (walk.reader.tokens[place], place + 1)
            return place + 1
        if walk.reader.text(place) in {",", ":", "“"}:
            break
    return None
