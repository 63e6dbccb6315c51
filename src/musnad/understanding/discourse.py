"""Remember who spoke and who was introduced so far in a document.

«And he added», «the source», «the Syrian journalist» mean someone named before; nothing is remembered longer
than the zone, and a speaker only as long as nobody else could be meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from musnad.model import Agent
from musnad.understanding.pairs import Pair, is_both, is_governed, told_together
from musnad.understanding.particles import THAT_CLAUSE, TO, without_article
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.setting import Setting

_TO_THE: Final = ("لل", "بال", "كال")  # to the, with the, as the
_LEAST: Final = 5  # letters of a word with one of them
_WHO_IS: Final = (["وهو"], ["وهي"])  # and he is, and she is


@dataclass(slots=True)
class Memory:
    """Who spoke and who was introduced so far in a document."""

    last: Agent | None = None
    outlet: Agent | None = None
    source: Agent | None = None
    spoke: Agent | None = None  # who spoke last, even if others were named since
    group: Agent | None = None
    issuer: Agent | None = None  # who spoke through a statement
    texts: dict[str, Agent] = field(default_factory=dict)  # who spoke through the report, the study, …
    hops: list[tuple[Agent, str]] = field(default_factory=list)  # through whom the last speaker spoke
    form: tuple[str, bool] | None = None  # entity of who spoke last, and whether with a verb of «she»
    doer: Agent | None = None  # the body («she») that did something in the sentence before
    guest: Agent | None = None  # who answers in an interview
    silence: int = 0  # sentences since anyone spoke
    introduced: list[tuple[frozenset[str], Agent]] = field(default_factory=list)
    pairs: dict[str, Pair] = field(default_factory=dict)  # the last two named together, of each kind
    ranked: list[Agent] = field(default_factory=list)  # who has a rank, of each sentence the first one last

    def notice(self, sentence: Sentence, setting: Setting) -> None:
        """Remember the outlets, sources and titled persons that a sentence names."""
        tokens, words = sentence.tokens, setting.patterns.words
        ranks, ranked = words.any_of(("honorifics", "offices", "speaking_offices")), list[Agent]()
        for place, token in enumerate(tokens):
            mention = token.mention
            if mention is None:
                continue
            agent = setting.agent(mention)
            if agent.anonymous:
                self.source = agent
            elif mention.type == "PERSON":
                before = _title_words(tokens, place)
                if before:
                    self.introduced.append((frozenset(before), agent))
                if not ranks.isdisjoint(before):
                    ranked.append(agent)
            elif setting.is_outlet(mention) and not (place and tokens[place - 1].text in TO):
                self.outlet = agent
        self.ranked += reversed(ranked)

    def pair_up(self, sentence: Sentence, setting: Setting) -> None:
        """Remember the two that a sentence names together, before anyone in it speaks.

        Names that a noun governs («the crises of X and Y»), or that stand after «both countries», are kept
        only where no two are known.
        """
        words = setting.patterns.words
        both = (i for i, token in enumerate(sentence.tokens) if is_both(token, words))
        told = next(both, len(sentence.tokens))
        for place, kind, pair in told_together(sentence, setting):
            if place < told and not is_governed(sentence.tokens, place, words):
                self.pairs[kind] = pair
            else:
                self.pairs.setdefault(kind, pair)

    def honoured(self) -> Agent | None:
        """Return whom «His Excellency» means: who spoke last, if of a rank, else who was named so."""
        for agent in (self.last, self.spoke):
            if agent and any(agent.entity == other.entity for other in self.ranked):
                return agent
        return self.ranked[-1] if self.ranked else None

    def described(self, word: str) -> Agent | None:
        """Return the last person introduced with a word."""
        for words, agent in reversed(self.introduced):
            if without_article(word) in words:
                return agent
        return None


def _title_words(tokens: Sequence[Token], place: int) -> list[str]:
    """Return the words before a name up to a mark or a name, and after it up to the next name («عضو …»)."""
    words: list[str] = []
    for token in reversed(tokens[max(0, place - 5) : place]):
        if not token.is_word or token.bare in THAT_CLAUSE:
            break
        words.append(_plain(token.text))
    is_a = [token.text for token in tokens[place + 1 : place + 3]]
    after = place + 1 + 2 * (is_a[:1] == [","] and is_a[1:] in _WHO_IS)  # «X, who is a doctor of …»
    for token in tokens[after : after + 2]:
        if not token.is_word:
            break
        words.append(without_article(token.text))
    return words


def _plain(word: str) -> str:
    """Return a word of a title without article and preposition («للكاتب»: «كاتب»).

    >>> _plain("الكاتب"), _plain("للكاتب"), _plain("بالكاتب"), _plain("لجنه")
    ('كاتب', 'كاتب', 'كاتب', 'لجنه')
    """
    for opening in _TO_THE:
        if word.startswith(opening) and len(word) > _LEAST:
            return word.removeprefix(opening)
    return without_article(word)
