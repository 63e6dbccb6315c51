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
from musnad.understanding.bearers import bearer_of, counterpart_of, is_office
from musnad.understanding.context import nominative
from musnad.understanding.insides import each_of
from musnad.understanding.particles import AND, AND_NAME, IN, TO, TO_THE, WITH, is_definite, without_article
from musnad.understanding.sentences import Token
from musnad.understanding.setting import Setting, printed
from musnad.understanding.tagging import TaggedLine

_NAMES: Final = "POL"
_TITLES: Final = 4  # tokens before a name among which its rank stands
_REACH: Final = 18  # tokens of titles before a name, or after it
_SENT_TO: Final = frozenset({"الي", "لدي", IN})  # to, at, in: within a title («the envoy to X»)
_OFFICE: Final = frozenset("okvrg")
_ROYAL: Final = {"جلالت": "ملك", "سمو": "امير"}  # majesty → king, highness → prince
_LED_BY: Final = frozenset({"برياسه", "بقياده", "بزعامه"})  # headed by, led by
_COUNTERPART: Final = ("نظير", "بنظير")  # his counterpart; with his counterpart
_AND_BETWEEN: Final = "وبين"  # and between
_ON_ONE_SIDE: Final = ("من", "جهه")  # «X on the one side, and Y»
_STATES: Final = frozenset({"جمهوريه", "مملكه", "دوله", "سلطنه"})  # republic, kingdom, state, sultanate
_PAUSES: Final = frozenset({":", ";", "“", "”", "؟"})
_BELONGING: Final = frozenset({"التابعه", "التابع", "الموالي", "المواليه"})  # belonging, loyal
_FELLOWS: Final = ("نظراي", "نظراء", "زملاي", "زملاء")  # his counterparts, his colleagues
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
            person = _honoured(self, start)
            return Side((person,) if person else (), place, start + 1)
        while "v" in self.classes(start) and self.classes(start + 1) & {"v", "g"}:
            start += 1  # «their excellencies the ministers»
        return self._titled(start, place, joined=joined)

    def _named(self, name: int, first: int) -> Side:
        """Return the side of a name, with the titles after it."""
        last = name + 1
        while self.text(last) == "(" and ")" in [self.text(at) for at in range(last, last + _REACH)]:
            last = next(at for at in range(last, last + _REACH) if self.text(at) == ")") + 1
        if self.classes(last) & {"o", "v"} and not self.classes(last) & {"j", "s"}:
            last = _titles_end(self, last, before_name=False)
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
        fellows = text.startswith(_FELLOWS)
        if joined and is_definite(text) and self.letter(start + 1) == "P":
            return self._named(start + 1, first)  # «and the American X»
        if not (classes & _OFFICE or fellows):
            return None
        end = _titles_end(self, start, before_name=True)
        if self.letter(end) == "P":
            return self._named(end, first) if _names(self, end - 1) else Side((), first, end + 1)
        if fellows or "g" in classes:
            return self._group(start, first, end)
        person = self._bearer(start, end)
        return Side((person,) if person else (), first, end)

    def _group(self, start: int, first: int, end: int) -> Side:
        """Return the side of a group: the body that it belongs to, else its words."""
        body = next(
            (self.tokens[at].mention for at in range(start, end) if self.letter(at) in {"O", "L"}), None
        )
        if body:
            return Side(tuple(each_of(body, self.setting)), first, end)
        words = self.setting.document.text[self.tokens[start].start : self.tokens[end - 1].end]
        words = " ".join(words.removeprefix(AND if "j" in self.classes(start) else "").split())
        told = words if self.text(start).startswith(_FELLOWS) else nominative(words)
        return Side((Thing(told),) if end > start + 1 else (), first, end)

    def _bearer(self, start: int, end: int) -> Thing | None:
        """Return who bears an office, as the page says; nobody bears that of another («his deputy»)."""
        token = self.tokens[start]
        if token.text.startswith(_COUNTERPART):
            agent = counterpart_of(self.tokens, (start, end), self.setting)
            return Thing(agent.label, agent.entity) if agent else None
        of_another = not is_definite(token.text) and "k" in self.classes(start)
        if of_another or not is_office(token, self.setting.patterns.words):
            return None
        plain = [*self.tokens]
        plain[start] = replace(token, text=_office(self, token))
        agent = bearer_of(plain, (start, end), None, self.setting)
        return Thing(agent.label, agent.entity) if agent else None


def _titles_end(reader: Reader, place: int, *, before_name: bool) -> int:
    """Return the token after titles: the name that they lead to, or what goes on after them."""
    last = place + 1
    while last < min(place + _REACH, len(reader.tokens)) and last not in reader.barred:
        text, letter = reader.text(last), reader.letter(last)
        if before_name and text == ",":  # «the prime minister, Dr X»
            name = last + 1 + bool(reader.classes(last + 1) & _OFFICE)
            return name if reader.letter(name) == "P" else last
        if letter == "P" or reader.tokens[last].edtf:
            break
        if letter in {"O", "L", "E"}:
            if reader.letter(last - 1):
                break
            if not before_name and letter == "L" and reader.text(last - 1) in TO:
                return last - 1
            last += 1
            continue
        if text in TO | _SENT_TO:
            near = [reader.letter(at) for at in range(last + 1, last + 3)]
            if near[0] not in {"O", "L"} or not (before_name or text in TO):
                break
            if text not in TO and not _leads_to_person(reader, last + 2):
                break
            last += 1
            continue
        if not _goes_on(reader, last, place):
            break
        last += 1
    return last


def _leads_to_person(reader: Reader, place: int) -> bool:
    """Tell whether a person is named after a few words of titles («the envoy to X, the Swede Y»)."""
    for at in range(place, min(place + 3, len(reader.tokens))):
        if reader.letter(at) == "P":
            return True
        if not (reader.classes(at) & _OFFICE or is_definite(reader.text(at))):
            return False
    return False


def _goes_on(reader: Reader, last: int, place: int) -> bool:
    """Tell whether a word goes on a title: another title, an adjective, the noun after a bare office."""
    token, classes = reader.tokens[last], reader.classes(last)
    if not token.is_word or classes & {"t", "h", "x"} - ({"x"} if _of_group(reader, last, place) else set()):
        return False
    if ("s" in classes and "j" not in classes) or token.text.startswith(_COUNTERPART):
        return False
    if classes & {"o", "k", "v", "r"}:
        begins = "j" in classes or (token.text[0] == AND and "v" in classes)
        return not (begins and _names_person(reader, last))
    if is_definite(token.text) or token.text in _STATES:
        return True
    bare_office = bool(reader.classes(last - 1) & {"o", "g"}) and not is_definite(reader.text(last - 1))
    return bare_office or token.text.startswith(TO_THE) or _of_group(reader, last - 1, place)


def _names_person(reader: Reader, place: int) -> bool:
    """Tell whether an office with «and» begins the next person of a list."""
    return reader.letter(_titles_end(reader, place, before_name=True)) == "P"


def _of_group(reader: Reader, place: int, start: int) -> bool:
    """Tell whether «of», «from» stands right after a group («representatives of»)."""
    group = "g" in reader.classes(place - 1) or reader.text(place - 1).startswith(_FELLOWS)
    return reader.text(place) in {"من", "عن"} and group and place > start


def beside(reader: Reader, place: int) -> bool:
    """Tell whether a name, with the titles before it, stands after «with», «between», «and»: no subject."""
    at = place - 1
    while at >= 0 and (reader.classes(at) & _OFFICE or is_definite(reader.text(at))):
        at -= 1
    return reader.text(at) in _BESIDE


def _resumed(reader: Reader, place: int) -> int:
    """Return the token after «and between» behind what is told of a member of a list, 0 if none."""
    for at in range(place, min(place + _REACH, len(reader.tokens))):
        if reader.text(at) == _AND_BETWEEN:
            return at + 1
        if reader.text(at) in _PAUSES:
            break
    return 0


def _office(reader: Reader, token: Token) -> str:
    """Return the word of an office without «and», «with»: the first letter of «minister» is neither."""
    offices = reader.setting.patterns.words.any_of(("offices", "speaking_offices", "party_offices"))
    words = (token.text, token.text.removeprefix(WITH), token.bare, token.bare.removeprefix(WITH))
    return next((word for word in words if without_article(word) in offices), words[-1])


def _names(reader: Reader, before: int) -> bool:
    """Tell whether a person after titles bears them: not «the minister of X», «of the king X»."""
    text, classes = reader.text(before), reader.classes(before)
    if text == "," or reader.text(before - 1) == ",":
        return True
    of_head = text.startswith(TO_THE) and "o" in classes
    return not of_head and bool(reader.letter(before) or is_definite(text) or classes & {"r", "v", "k"})


def _honoured(reader: Reader, place: int) -> Thing | None:
    """Return whom «His Majesty», «His Highness» means: the last one before with that rank."""
    stem = next((stem for stem in _ROYAL if reader.tokens[place].bare.startswith(stem)), "")
    here, words = reader.tokens[place].start, reader.setting.patterns.words
    ranks = frozenset({_ROYAL[stem]}) if stem else words.any_of(("offices", "party_offices"))
    for sentence in reversed(reader.setting.sentences):
        tokens = sentence.tokens
        for at in range(len(tokens) - 1, -1, -1):
            named = tokens[at].mention
            if named is None or named.type != "PERSON" or named.end > here:
                continue
            surface = reader.setting.document.text[named.start : named.end]
            told = {without_article(token.text) for token in tokens[max(0, at - _TITLES) : at]}
            if ranks & (told | {without_article(word) for word in fold_name(surface).split()[:1]}):
                return reader.setting.thing_of(named)
    return None
