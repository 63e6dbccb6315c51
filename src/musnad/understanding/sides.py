"""Read one side of a gathering: a name with its titles, an office, a delegation, «His Highness».

The words before a name and after it say who it is; they are taken with it, however long, so that what stands
behind them is still read. Chosen over (a) expressions over the line, which allow so many words and lose
whoever has more titles, and (b) every name near a meeting, most of which are not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from musnad.folding import fold_name
from musnad.model import Thing
from musnad.understanding.bearers import bearer_of, counterpart_of
from musnad.understanding.bonds import is_bound
from musnad.understanding.context import nominative
from musnad.understanding.insides import each_of
from musnad.understanding.office_ends import is_office
from musnad.understanding.particles import (
    AND,
    AND_NAME,
    IN,
    TO,
    TO_THE,
    WITH,
    is_definite,
)
from musnad.understanding.sentences import Token
from musnad.understanding.setting import Setting, printed
from musnad.understanding.side_titles import (
    COUNTERPART,
    FELLOWS,
    OFFICE,
    REACH,
    described,
    honoured,
    office_of,
    titles_end,
)
from musnad.understanding.tagging import TaggedLine

_NAMES: Final = "POL"
_LED_BY: Final = frozenset({"برياسه", "بقياده", "بزعامه"})  # headed by, led by
_AND_BETWEEN: Final = "وبين"  # and between
_ON_ONE_SIDE: Final = ("من", "جهه")  # «X on the one side, and Y»
_PAUSES: Final = frozenset({":", ";", "“", "”", "؟"})
_BELONGING: Final = frozenset({"التابعه", "التابع", "الموالي", "المواليه"})  # belonging, loyal
_NUMBER: Final = "عدد"  # a number (of)
_BESIDE: Final = frozenset({"مع", "بين", "ضد", AND_NAME, "من", "ب+", *TO})  # with, between, against, and


@dataclass(frozen=True, slots=True)
class Side:
    """Who is meant by some tokens; nobody where they only describe someone whom the page does not name."""

    things: tuple[Thing, ...]
    first: int
    last: int  # the token after them


@dataclass(frozen=True, slots=True)
class Reader:
    """A sentence in which sides are read, with the classes of its words."""

    tokens: Sequence[Token]
    line: TaggedLine
    setting: Setting
    barred: frozenset[int] = frozenset()  # tokens that no side may hold: the gathering itself

    def classes(self, place: int) -> frozenset[str]:
        """Return the letters of the classes of a word, none for a name or a mark."""
        if not 0 <= place < len(self.tokens) or not self.tokens[place].is_word:
            return frozenset()
        end = self.line.offsets[place + 1] if place + 1 < len(self.tokens) else len(self.line.line)
        return frozenset(self.line.line[self.line.offsets[place] : end].partition("~")[2].strip())

    def letter(self, place: int) -> str:
        """Return the letter of the name at a place, "" where there is none."""
        inside = 0 <= place < len(self.tokens) and self.tokens[place].mention
        return self.tokens[place].text[1] if inside else ""

    def text(self, place: int) -> str:
        """Return the folded token at a place, "" outside the sentence."""
        return self.tokens[place].text if 0 <= place < len(self.tokens) else ""

    def printed(self, place: int) -> str:
        """Return the folded first word of what is printed at a place, of a name too."""
        token = self.tokens[place]
        if not token.mentions:
            return token.text
        return fold_name(printed(token, self.setting)).partition(" ")[0]

    def described(self, place: int) -> int:
        """Return the token after the adjectives with the article that a name is followed by."""
        while is_definite(self.text(place)) and self.text(place)[0] != AND and place not in self.barred:
            place += 1
        return place

    def sides(self, place: int, *, of_places: bool = True) -> Iterator[Side]:
        """Yield the sides that a list holds which begins at a place."""
        side = self.side(place, joined=False, of_places=of_places)
        while side:
            yield side
            last = side.last
            last += 2 * ((self.text(last), self.text(last + 1)) == _ON_ONE_SIDE)
            comma = self.text(last) == ","
            after = last + comma
            after += self.text(after) in {AND_NAME, AND}
            listed = after > last and (not comma or self.letter(after) in {"P", "O"})
            joined = self.text(after)[:1] == AND and self.tokens[after].is_word if not listed else False
            resumed = _resumed(self, side.last)
            if not (listed or joined or resumed):
                return
            side = self.side(resumed or after, joined=True, of_places=of_places)

    def side(self, place: int, *, joined: bool, of_places: bool = True) -> Side | None:
        """Return the side that begins at a place; `joined` to one before, it may have «and» written on it."""
        if place >= len(self.tokens) or place in self.barred:
            return None
        start = place + (self.text(place) in {"كل", "كلا"} and self.text(place + 1) == "من") * 2  # each of
        letter = self.letter(start)
        if letter in _NAMES and letter:
            return self._named(start, place) if letter != "L" or of_places else None
        word = self.tokens[start]
        if not word.is_word or ("j" in self.classes(start) and not joined):
            return None
        if word.text in self.setting.patterns.words.all("honour_pronouns"):
            person = honoured(self, start)
            return Side((person,) if person else (), place, start + 1)
        while "v" in self.classes(start) and self.classes(start + 1) & {"v", "g"}:
            start += 1  # «their excellencies the ministers»
        return self._titled(start, place, joined=joined)

    def _named(self, name: int, first: int) -> Side:
        """Return the side of a name, with the titles after it."""
        last = name + 1
        while self.text(last) == "(" and ")" in [self.text(at) for at in range(last, last + REACH)]:
            last = next(at for at in range(last, last + REACH) if self.text(at) == ")") + 1
        if self.classes(last) & {"o", "v"} and not self.classes(last) & {"j", "s"}:
            last = titles_end(self, last, before_name=False)
        elif self.letter(name) != "P":
            last = self.described(last)
            whose = self.text(last) in TO and self.text(last - 1) in _BELONGING
            last = self.described(last + 2) if whose and self.letter(last + 1) in _NAMES else last
        if self.text(last) in _LED_BY and self.letter(name) == "O":
            leader = self.side(last + 1, joined=False)
            last = leader.last if leader else last + 1
        mention = self.tokens[name].mention
        return Side(tuple(each_of(mention, self.setting)) if mention else (), first, last)

    def _titled(self, start: int, first: int, *, joined: bool) -> Side | None:
        """Return the side of a title: with the name after it, else with the body or the bearer it means."""
        classes, text = self.classes(start), self.text(start)
        fellows = text.startswith(FELLOWS)
        if joined and is_definite(text) and self.letter(start + 1) == "P":
            return self._named(start + 1, first)  # «and the American X»
        if not (classes & OFFICE or fellows):
            return None
        end = titles_end(self, start, before_name=True)
        if self.letter(end) == "P":
            return self._named(end, first) if _names(self, end - 1) else Side((), first, end + 1)
        if fellows or "g" in classes:
            return self._group(start, first, end)
        person = self._bearer(start, end) or described(self, start, end)
        return Side((person,) if person else (), first, end)

    def _group(self, start: int, first: int, end: int) -> Side:
        """Return the side of a group: the body that it belongs to, else its words."""
        named = (at for at in range(start, end) if self.letter(at) in {"O", "L"})
        inside = (at for at in named if self.letter(at) == "O" or self.text(at - 1) not in {IN, "ب+"})
        own = (at for at in inside if not is_bound(self.tokens, at, self.setting.patterns.words))
        body = next((self.tokens[at].mention for at in own), None)
        if body:
            return Side(tuple(each_of(body, self.setting)), first, end)
        words = self.setting.document.text[self.tokens[start].start : self.tokens[end - 1].end]
        words = " ".join(words.removeprefix(AND if "j" in self.classes(start) else "").split())
        words = words.removeprefix(WITH if "s" in self.classes(start) or self.text(start)[0] == WITH else "")
        words = words.replace(f"{_NUMBER}ا ", f"{_NUMBER} ", 1).replace(f"{_NUMBER}اً ", f"{_NUMBER} ", 1)
        told = words if self.text(start).startswith(FELLOWS) else nominative(words)
        return Side((Thing(told),) if end > start + 1 else (), first, end)

    def _bearer(self, start: int, end: int) -> Thing | None:
        """Return who bears an office, as the page says; nobody bears that of another («his deputy»)."""
        token = self.tokens[start]
        if token.text.startswith(COUNTERPART):
            agent = counterpart_of(self.tokens, (start, end), self.setting)
            return Thing(agent.label, agent.entity) if agent else None
        of_another = not is_definite(token.text) and "k" in self.classes(start)
        if of_another or not is_office(token, self.setting.patterns.words):
            return None
        plain = [*self.tokens]
        plain[start] = replace(token, text=office_of(self, token))
        agent = bearer_of(plain, (start, end), None, self.setting)
        return Thing(agent.label, agent.entity) if agent else None


def beside(reader: Reader, place: int) -> bool:
    """Tell whether a name, with the titles before it, stands after «with», «between», «and»: no subject."""
    at = place - 1
    while at >= 0 and (reader.classes(at) & OFFICE or is_definite(reader.text(at))):
        at -= 1
    return reader.text(at) in _BESIDE


def _resumed(reader: Reader, place: int) -> int:
    """Return the token after «and between» behind what is told of a member of a list, 0 if none."""
    for at in range(place, min(place + REACH, len(reader.tokens))):
        if reader.text(at) == _AND_BETWEEN:
            return at + 1
        if reader.text(at) in _PAUSES:
            break
    return 0


def _names(reader: Reader, before: int) -> bool:
    """Tell whether a person after titles bears them: not «the minister of X», «of the king X»."""
    text, classes = reader.text(before), reader.classes(before)
    if text == "," or reader.text(before - 1) == ",":
        return True
    of_head = text.startswith(TO_THE) and "o" in classes
    return not of_head and bool(reader.letter(before) or is_definite(text) or classes & {"r", "v", "k"})


def parted(reader: Reader, side: Side) -> tuple[Side, ...]:
    """Return a side, and apart from it the title after its name, where the name has its own before it.

    «The president of X, Y, received the foreign minister of Z» in the order of Arabic: two sides.
    """
    name = next((at for at in range(side.first, side.last) if reader.letter(at) == "P"), side.last)
    titled = any("o" in reader.classes(at) for at in range(side.first, name))
    other = reader.side(name + 1, joined=False) if titled and name + 1 < side.last else None
    if other is None or not other.things or other.things == side.things:
        return (side,)
    return replace(side, last=name + 1), other
