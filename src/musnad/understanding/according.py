"""Read a sentence as the words of whom it names after «according to»: at its start, its end, inside it.

Chosen over (a) the clause next to «according to», which loses what stands before a second comma, and (b) one
pattern for each place of the phrase, which would repeat how a speaker is found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from musnad.understanding.adverbs import skip_adverbs
from musnad.understanding.chains import is_statement
from musnad.understanding.clauses import is_verb, may_tell
from musnad.understanding.collective import Heard
from musnad.understanding.discourse import Memory
from musnad.understanding.modality import OF
from musnad.understanding.particles import AND, COMMAS, MEANWHILE, SO, SO_HAS, THAT, TO, WHO, is_definite
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.setting import Setting, printed
from musnad.understanding.speakers import may_speak, speaker_after
from musnad.understanding.texts_that_speak import telling_text
from musnad.understanding.utterances import Utterance

AS: Final = "كما"  # as
_ABOUT_IT: Final = frozenset({"به", "بها", "عنه", "عنها"})  # of it
_SHORT: Final = 3  # tokens that a sentence has more of, and of «the latest estimates»
_ENTRY: Final = "speech-according"
_OPENS: Final = 9  # tokens of a sentence among which its verb stands
_CLAUSE: Final = 14  # tokens of a relative clause between whoever speaks and the comma


def with_basis(
    found: list[Utterance], sentence: Sentence, memory: Memory, setting: Setting
) -> list[Utterance]:
    """Return the utterances of a sentence with what it tells «according to X»."""
    basis = _read(sentence, memory, setting, 0 if found else _SHORT)
    if basis is None:
        return found
    if any(utterance.pattern.voice == "speaker" for utterance in found):
        return [*_before(basis, found[0]), *found]  # «according to X, …, adding that …»
    memory.last, memory.spoke, memory.hops = basis.speaker, basis.speaker, []
    # «X seeks, according to Y, …»: Y says so
    return [_said_by(utterance, basis) for utterance in found] or [basis]


def tells_strike(basis: Utterance, tokens: Sequence[Token], words: Words) -> bool:
    """Tell whether the verb of what is told «according to X» kills, wounds, attacks or hits.

    Who did so to whom is told by patterns of its own.
    """
    if basis.pattern.name != _ENTRY:
        return False
    near = range(basis.first, min(basis.first + _OPENS, basis.last))
    verb = next((i for i in near if may_tell(tokens, i, words) or tokens[i].among(words.all("slain"))), None)
    deeds = ("attack", "fall", "slain", "slays", "hitting", "war_verbs", "take_lives")
    return verb is not None and tokens[verb].among(words.any_of(deeds))


def _before(basis: Utterance, report: Utterance) -> list[Utterance]:
    """Return what stands between «according to X» and the first report of a sentence."""
    last = min(report.start, report.first)
    opened = 0 < basis.first < last - _SHORT and basis.speaker.entity == report.speaker.entity
    return [replace(basis, last=last)] if opened else []


def _said_by(utterance: Utterance, basis: Utterance) -> Utterance:
    """Return what the text or its publisher tells as told by whom it names after «according to»."""
    speaker = basis.speaker if utterance.pattern.voice == "page" else utterance.speaker
    return replace(utterance, speaker=speaker, chain=basis.chain)


def _read(sentence: Sentence, memory: Memory, setting: Setting, least: int) -> Utterance | None:
    """Return a sentence as the words of whom it names after «according to»; a law or a text says nothing."""
    tokens, words = sentence.tokens, setting.patterns.words
    entry = setting.patterns.entries.get(_ENTRY)
    for place, token in enumerate(tokens):
        if entry is None or not (token.among(entry.verbs) or _as_told(tokens, place, setting)):
            continue
        heard = _source(sentence, place + 1, memory, setting)
        if heard and token.text == AS and _to_whom(tokens, heard.end, words) < len(tokens) - 1:
            continue  # «…, as X announced that …»: another report
        if heard is None or heard.agent is None or (place and tokens[0].among(entry.verbs)):
            continue
        if place and tokens[place - 1].text not in COMMAS and _counts(tokens, place, words):
            continue  # «for more than four millions according to the estimates of X»
        if place == 0:
            first, last = _opened(tokens, heard.end, setting.patterns.words), len(tokens)
        else:
            first, last = 0, _aside_end(tokens, place, heard.end)
        if 0 <= first < last - least:
            chain = setting.chain(*setting.base(sentence), (heard.agent, printed(token, setting)))
            return Utterance(entry, first, last, heard.agent, chain)
    return None


def _as_told(tokens: Sequence[Token], place: int, setting: Setting) -> bool:
    """Tell whether «, as X announced» begins at a token."""
    if tokens[place].text != AS or not place or place + 2 >= len(tokens):
        return False
    told = tokens[place + 1].text in setting.patterns.words.all("reported_by")
    return told and (tokens[place - 1].text in COMMAS or place > _SHORT + 1)


def _counts(tokens: Sequence[Token], place: int, words: Words) -> bool:
    """Tell whether estimates or figures follow «according to»: they tell the number before it alone."""
    return any(token.text in words.all("figures_told") for token in tokens[place + 1 : place + _SHORT])


def _to_whom(tokens: Sequence[Token], place: int, words: Words) -> int:
    """Return the token after when somebody said something, and to which outlet."""
    place = skip_adverbs(tokens, place, words)
    told = place + 1 < len(tokens) and tokens[place].text in TO and bool(tokens[place + 1].mentions)
    return skip_adverbs(tokens, place + 2 * told, words)


def _source(sentence: Sentence, start: int, memory: Memory, setting: Setting) -> Heard | None:
    """Return who is named after «according to», or «to what … said»; only a statement speaks among texts."""
    tokens, words = sentence.tokens, setting.patterns.words
    while start < len(tokens) and tokens[start].text in words.all("sayings") | _ABOUT_IT:
        start = skip_adverbs(tokens, start + 1, words)
        if start < len(tokens) - 1 and tokens[start - 1].text in _ABOUT_IT and tokens[start].text in COMMAS:
            after = skip_adverbs(tokens, start + 1, words)  # «…, yesterday, …»
            start = after + (after < len(tokens) and tokens[after].text in COMMAS)
    if start < len(tokens) and tokens[start].text in words.all("own_words"):
        spoke = memory.last or memory.spoke
        return Heard(spoke, start + 1) if spoke else None  # «according to his words»
    if start < len(tokens) and (told := telling_text(tokens, start, memory, setting)):
        return told
    if start >= len(tokens) or not may_speak(tokens[start], words):
        return None
    text = " " in setting.document.text[tokens[start].start : tokens[start].end].strip()
    if tokens[start].text[:2] == "<W" and (text or not is_statement(tokens[start])):
        return None  # «according to the law», «to the statement of Geneva»
    heard = speaker_after(sentence, start, memory, setting)
    return heard if heard.known else None


def _opened(tokens: Sequence[Token], end: int, words: Words) -> int:
    """Return where the words begin after «according to X», -1 where nothing tells."""
    if end < len(tokens) and tokens[end].text in WHO:  # «according to X, who lives in …, …»
        marks = (i for i in range(end, min(end + _CLAUSE, len(tokens))) if tokens[i].text in COMMAS)
        end = next(marks, len(tokens))
    if end + 1 >= len(tokens):
        return -1
    if is_definite(tokens[end].text) and tokens[end].is_word and tokens[end + 1].text in COMMAS:
        end += 1  # «according to the site X, the opposing one, …»
    if end + 3 < len(tokens) and tokens[end].text in COMMAS and tokens[end + 1].among(_says(words)):
        return end + 3 if tokens[end + 2].text in THAT else -1  # «according to sources, which say that …»
    token = tokens[end]
    if token.text in COMMAS or token.text in SO_HAS:
        first = end + 1
        return first + (tokens[first].text[0] == SO and tokens[first].bare in THAT)
    so = token.is_word and token.text[0] == SO and token.bare == OF  # «so it is planned that …»
    return end if so or is_verb(token, words) else -1


def _says(words: Words) -> frozenset[str]:
    return words.any_of(("say", "stress", "add"))


def _aside_end(tokens: Sequence[Token], place: int, end: int) -> int:
    """Return where the words around «, according to X,» end: the clause goes on after a second comma."""
    closed = place and tokens[place - 1].text == "," and end < len(tokens) - 1 and tokens[end].text == ","
    goes_on = closed and tokens[end + 1].text[0] != AND and tokens[end + 1].bare not in MEANWHILE
    return len(tokens) if goes_on else place
