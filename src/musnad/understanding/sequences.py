"""Read the claims that sequence patterns find in a sentence, before anyone is credited with them.

A draft says what is claimed, by which words and how they are put; `claims` then finds whose words they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from musnad.folding import fold, fold_name
from musnad.model import Mention, Polarity, Thing
from musnad.understanding.context import heading, nearest, nominative, topic
from musnad.understanding.grammar import TYPE_LETTERS, Form
from musnad.understanding.modality import Judgement, has_cue, is_negated, judge_before
from musnad.understanding.particles import AND, CLITICS, COMMAS, is_definite
from musnad.understanding.patterns import Pattern
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.setting import Setting

_ENDS_CLAUSE: Final = frozenset({",", ";", ":", "“", "”", "(", ")"}) | COMMAS
_JOINED: Final = frozenset({"و+", "ل+"})  # and, to
_JOINTS: Final = frozenset({",", "/", ";", "-", "•", "و+"})  # and
_OPENING: Final = 4  # tokens among which a sentence names its subject
_NO_YEAR: Final = "XXXX"
SPEAKER: Final = Thing("؟", "speaker")  # stands for whoever turns out to speak
SPEAKER_BODY: Final = Thing("؟؟", "body")  # stands for the body that the speaker is in


@dataclass(frozen=True, slots=True)
class Draft:
    """What one match of a pattern says, and the tokens of its sentence that say so."""

    pattern: Pattern
    subject: Thing
    object: Thing
    first: int
    last: int  # tokens first to before last are the evidence
    polarity: Polarity = "positive"
    modality: str = "asserted"
    condition: str = ""
    role: str = ""
    edtf: str = ""


def read_sequences(sentences: Sequence[Sentence], number: int, setting: Setting) -> list[Draft]:
    """Return what the sequence patterns find in sentence `number`, each thing once."""
    found: dict[tuple[str, str, str, str], Draft] = {}
    for pattern in setting.patterns.of("sequence"):
        taken: list[tuple[int, int]] = []  # the first form that reads a stretch keeps it
        for form in pattern.forms:
            line = sentences[number].line
            for match in form.expression.finditer(line):
                if form.after and not form.after.search(line[: match.start()]):
                    continue
                if any(match.start() < end and start < match.end() for start, end in taken):
                    continue
                drafts = list(_drafts(pattern, (form, match), sentences, number, setting))
                if drafts:
                    taken.append(match.span())
                for draft in drafts:
                    key = (pattern.relation, draft.subject.label, draft.object.label, draft.polarity)
                    found.setdefault(key, draft)
    return list(found.values())


def _drafts(
    pattern: Pattern,
    found: tuple[Form, re.Match[str]],
    sentences: Sequence[Sentence],
    number: int,
    setting: Setting,
) -> Iterator[Draft]:
    """Yield a draft for each pair of subject and object of a match, unless its words deny it."""
    sentence, (form, match) = sentences[number], found
    first, last = sentence.index(match.start()), sentence.index(match.end() - 1) + 1
    put = _how_put(pattern, sentence, first, last, setting)
    if put is None:
        return
    slots = {name: _slot(sentence, *match.span(name)) for name, text in match.groupdict().items() if text}
    role = pattern.role or _words(slots["role"], setting) if "role" in slots or pattern.role else ""
    if "role" in slots and slots["role"][0].bare in setting.patterns.words.all("offices"):
        role = role.removeprefix(AND)
    dates = [token.edtf for token in slots.get("date", ()) if token.edtf]
    draft = Draft(
        pattern, SPEAKER, SPEAKER, first, last,
        polarity=put[0], modality=put[1], condition=put[2], role=role, edtf=dates[0] if dates else "",
    )  # fmt: skip
    reader = _Slots(pattern, form, slots, (sentences, number, first), setting)
    for subject, its_span in reader.ends("subject"):
        for thing, thing_span in reader.ends("object"):
            if subject == thing:
                continue
            evidence = (
                (its_span or thing_span or (first, last)) if pattern.evidence == "items" else (first, last)
            )
            edtf = thing.label if thing.datatype == "edtf" else draft.edtf
            label = Thing(thing.label.replace("{subject}", subject.label), thing.entity, thing.datatype)
            yield replace(
                draft, subject=subject, object=label, first=evidence[0], last=evidence[1], edtf=edtf
            )


def _how_put(
    pattern: Pattern, sentence: Sentence, first: int, last: int, setting: Setting
) -> tuple[Polarity, str, str] | None:
    """Return polarity, modality and condition of a match; None where its words deny it."""
    words, tokens = setting.patterns.words, sentence.tokens
    clause = first
    while clause > 0 and tokens[clause - 1].text not in _ENDS_CLAUSE and first - clause < 12:
        clause -= 1
    negated = pattern.negation != "keep" and (
        is_negated(tokens, max(clause, first - (1 if pattern.voice == "page" else 3)), first, words)
        or is_negated(tokens, first, last, words)
    )
    if negated and pattern.negation == "drop":
        return None
    local = pattern.voice == "page"
    called = not local and any(has_cue(tokens, i, words.lists["calls"]) for i in range(first))
    seen = Judgement() if local else judge_before(tokens, last, words)
    if called and not seen.modality:
        seen = Judgement("demanded")
    if not local and not seen.modality and pattern.modality != "asserted":
        seen = Judgement(pattern.modality)
    polarity: Polarity = pattern.polarity
    if negated:
        polarity = "negative" if polarity == "positive" else "positive"
    condition = words_of(tokens, *seen.condition, setting) if seen.condition else ""
    return polarity, seen.modality or pattern.modality, condition


def words_of(tokens: Sequence[Token], first: int, last: int, setting: Setting) -> str:
    """Return the words of some tokens as they are printed, blanks made single."""
    text = setting.document.text[tokens[first].start : tokens[last - 1].end]
    return " ".join(text.split())


def _words(tokens: Sequence[Token], setting: Setting) -> str:
    return words_of(tokens, 0, len(tokens), setting) if tokens else ""


def _slot(sentence: Sentence, start: int, end: int) -> tuple[Token, ...]:
    return sentence.tokens[sentence.index(start) : sentence.index(end - 1) + 1]


@dataclass(frozen=True, slots=True)
class _Slots:
    """The slots of one match, and where it stands."""

    pattern: Pattern
    form: Form
    tokens: dict[str, tuple[Token, ...]]
    place: tuple[Sequence[Sentence], int, int]  # sentences, number of the sentence, first token
    setting: Setting

    def ends(self, name: str) -> Iterator[tuple[Thing, tuple[int, int] | None]]:
        """Yield the subjects (or objects) of a match.

        Each comes with its tokens where it is one of a list.
        """
        tokens, kind = self.tokens.get(name), self.form.kinds.get(name, "")
        if tokens is None:
            yield from ((thing, None) for thing in self._filled(dict(self.pattern.fill).get(name, "speaker")))
        elif kind == "NISBA" and self.pattern.voice == "page" and not is_definite(tokens[0].text):
            return  # the adjective of a name has the article
        elif kind == "NISBA":
            yield from ((thing, None) for thing in [self.setting.place_of(tokens[0].text)] if thing)
        elif kind and tokens[0].edtf:
            if tokens[0].edtf.startswith(_NO_YEAR):
                return
            yield Thing(tokens[0].edtf, datatype="edtf"), None
        elif not kind or kind == "TEXT":
            words = _words(tokens, self.setting)
            if tokens[0].bare in self.setting.patterns.words.all("killing"):
                words = words.removeprefix(AND)
            yield Thing(words if kind else nominative(words)), None
        else:
            yield from self._named(name, tokens, kind)

    def _named(
        self, name: str, tokens: tuple[Token, ...], kind: str
    ) -> Iterator[tuple[Thing, tuple[int, int] | None]]:
        letters = "".join(TYPE_LETTERS.get(part, "") for part in kind.split("|"))
        offset = self.place[0][self.place[1]].tokens.index(tokens[0])
        if letters in {"POLS", "POLEWS"} and len(tokens) == 1:
            letters = tokens[0].text[1]
        for first, last, mentions in _items(tokens, letters):
            if self.pattern.voice != "page" and "role" not in self.tokens and self._of_office(mentions[0]):
                continue
            for mention in mentions:
                if not _begins(mention, self.form.heads.get(name, "")) or self._of_delegation(mention):
                    continue
                span = (offset + first, offset + last) if len(tokens) > 1 else None
                yield self.setting.thing_of(mention), span

    def _of_delegation(self, mention: Mention) -> bool:
        """Tell whether an office is that of a body's delegation («وفد من الغرفة برئاسة …»)."""
        if self.pattern.relation != "holdsRole" or mention.type != "ORG":
            return False
        tokens = self.place[0][self.place[1]].tokens
        place = next(i for i, token in enumerate(tokens) if mention in token.mentions)
        return place > 1 and tokens[place - 2].among(self.setting.patterns.words.all("delegations"))

    def _of_office(self, mention: Mention) -> bool:
        """Tell whether a body or place only says of what someone is the head («the minister of …»)."""
        if mention.type not in {"ORG", "PLACE"}:
            return False
        tokens = self.place[0][self.place[1]].tokens
        place = next(i for i, token in enumerate(tokens) if mention in token.mentions)
        offices = self.setting.patterns.words.all("heads")
        for token in reversed(tokens[max(0, place - 4) : place]):
            if token.among(offices):
                return True
            if not (token.is_word or token.text in _JOINED or token.text[:2] in {"<L", "<O"}):
                return False
        return False

    def _filled(self, how: str) -> Iterator[Thing]:
        """Yield what stands for a slot that the form has not: see docs/patterns.md, `fill`."""
        kind, _, rest = how.partition(" ")
        owner = next((t.mention for t in self.tokens.get("object", ()) if t.mention), None)
        sentences, number, _ = self.place
        if kind == "topic":
            yield from (Thing(m.label, m.entity) for m in topic(sentences, self.setting))
        elif kind == "heading":
            yield from (Thing(m.label, m.entity) for m in heading(sentences, number, TYPE_LETTERS[rest]))
        elif kind == "before":
            types, _, heads = rest.partition(" ")
            letters = "".join(TYPE_LETTERS[name] for name in types.split("|"))
            named = nearest(self.place, letters, tuple(heads.split()), self.setting)
            yield from (Thing(m.label, m.entity) for m in named)
        elif kind == "opening":
            yield from self._opening("".join(TYPE_LETTERS[name] for name in rest.split("|")))
        elif kind == "made" and owner:
            label = rest.replace("{object}", owner.label)
            agent = self.setting.made_agent(fold(label).text, label, "WORK", anonymous=False)
            yield Thing(agent.label, agent.entity)
        elif kind == "holder" and owner:
            agent_of = self.setting.holder(owner.entity)
            yield from (Thing(agent.label, agent.entity) for agent in [agent_of] if agent)
        elif kind == "document":
            yield self.setting.thing
        elif kind == "body":
            yield SPEAKER_BODY
        elif kind == "speaker":
            yield SPEAKER

    def _opening(self, letters: str) -> Iterator[Thing]:
        """Yield whom the sentence begins with, as its subject, else the topic of the document."""
        sentences, number, first = self.place
        tokens, oblique = sentences[number].tokens, self.setting.patterns.words.all("prepositions") | CLITICS
        for place in range(min(first, _OPENING)):
            before = tokens[place - 1].text if place else ""
            if tokens[place].mentions:
                if tokens[place].text[1] in letters and before not in oblique:
                    yield self.setting.thing_of(tokens[place].mentions[0])
                return
        named = topic(sentences, self.setting)[:1]
        yield from (Thing(m.label, m.entity) for m in named if TYPE_LETTERS[m.type] in letters)


def _begins(mention: Mention, heads: str) -> bool:
    """Tell whether a name begins with one of the words of a slot («/…»), or with none of them («!…»)."""
    if not heads:
        return True
    return fold_name(mention.label).startswith(tuple(heads[1:].split("|"))) == (heads[0] == "/")


def _items(tokens: Sequence[Token], letters: str) -> Iterator[tuple[int, int, tuple[Mention, ...]]]:
    """Yield (first, last, mentions) for each item of a list: its first mention of the list's types."""
    start = 0
    current: tuple[Mention, ...] = ()
    for number, token in enumerate([*tokens, None]):
        if token is None or token.text in _JOINTS or (number > start and _joins(tokens, number)):
            if current:
                yield start, number, current
            start, current = number + (token is not None and token.text in _JOINTS), ()
        if token is not None and token.mentions and token.text[1] in letters and not current:
            current = token.mentions


def _joins(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a word with «and» written on it begins the next item."""
    word = tokens[place]
    return word.is_word and word.text[0] == AND and len(word.text) > 3 and bool(tokens[place - 1].mentions)
