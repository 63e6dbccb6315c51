"""Find the claims of a document: what the patterns read, credited to whoever says it.

Sequence patterns find what is claimed, speech patterns whose words it stands in, the page's parts the rest;
here they come together. Nothing that is denied, planned, demanded or conditional leaves as asserted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from musnad.folding import fold_name, fold_words
from musnad.iri import Minter
from musnad.model import Agent, Claim, Document, Entity, Mention, Thing
from musnad.understanding.appearances import read_appearances
from musnad.understanding.attendance import read_attendance, settled
from musnad.understanding.attribution import read_speech
from musnad.understanding.bonds import unbound
from musnad.understanding.bylines import find_imprint
from musnad.understanding.calendar import is_later
from musnad.understanding.discourse import Memory
from musnad.understanding.entourage import told_of
from musnad.understanding.fighting import happened
from musnad.understanding.fullest import fullest
from musnad.understanding.interviews import find_turns
from musnad.understanding.mentions import Found
from musnad.understanding.modality import UNREAL
from musnad.understanding.nicknames import by_their_names
from musnad.understanding.particles import ARTICLE, is_definite
from musnad.understanding.patterns import Patterns
from musnad.understanding.retold import once_each
from musnad.understanding.scenes import beyond, named_once, read_scenes
from musnad.understanding.sentences import Sentence, Token, split_document
from musnad.understanding.sequences import SPEAKER, SPEAKER_BODY, Draft, read_sequences
from musnad.understanding.setting import Setting, is_within
from musnad.understanding.stances import about
from musnad.understanding.statements import read_statements
from musnad.understanding.structure import post_author, read_structure, settle
from musnad.understanding.the_country import country_meant
from musnad.understanding.utterances import Utterance
from musnad.understanding.within_names import read_attacks_in_names

_OF_EVENTS: Final = frozenset({"participatedIn", "organised", "sponsored", "heldAt", "heldOn"})
BARE: Final = "bare"  # how words were found that name an event, and stay words to the patterns
_OF_PARTIES: Final = frozenset({"metWith", "agreedOn", "allyOf", "opponentOf"})
_EDGES: Final = frozenset({"الشريط الحدودي", "المنطقه الحدوديه", "المناطق الحدوديه"})  # border strip, areas
_QUOTES: Final = frozenset('"«»“”')
_NO_YEAR: Final = "X"  # of a date whose year the page does not tell
_PRESS: Final = ("موتمر صح", "موتمرا صح")  # press conference
_FIGHTS: Final = ("معارك", "اشتباك", "مواجهات", "قتال", "حربا")  # battles, clashes, fighting, a war
_BELONGING: Final = frozenset({"holdsRole", "memberOf", "headOfDelegation"})


@dataclass(frozen=True, slots=True)
class Understood:
    """The claims of a document, and the agents that they needed beyond the mentions."""

    claims: tuple[Claim, ...]
    seen: tuple[Entity, ...]


def find_claims(
    document: Document, found: Found, patterns: Patterns, minter: Minter, entities: Mapping[str, Entity]
) -> Understood:
    """Return the claims of a document in the order of their words.

    `entities` are those of the authority by IRI; what only the document names comes with `found`. What is
    `seen` in the answer was made for the claims, and goes before what `found` has under the same IRI.
    """
    known = {**entities, **{entity.iri: entity for entity in found.seen}}
    told = (mention for mention in found.mentions if mention.how != BARE)
    mentions = by_their_names(sorted((*told, *found.anonymous), key=_place), document.text)
    anonymous = frozenset(mention.entity for mention in found.anonymous)
    setting = Setting(document, patterns, minter, known, anonymous, mentions)
    sentences = split_document(document, told_of(mentions, document.text, patterns.words), anonymous)
    setting.sentences = tuple(sentences)
    setting.turns = find_turns(sentences, setting)
    imprint = find_imprint(setting)
    settle(sentences, imprint, setting)
    structure = read_structure(sentences, imprint, setting)
    claims = fullest(named_once(_unique([*structure, *_read(sentences, setting)], document)), document)
    used = {link.agent.entity for claim in claims for link in claim.chain}
    used |= {end.entity for claim in claims for end in (claim.subject, claim.object)}
    made = setting.made | {source.iri: source for source in _sources(setting)}
    return Understood(tuple(claims), tuple(made[iri] for iri in sorted(made) if iri in used))


def _place(mention: Mention) -> tuple[int, int, str, str]:
    """Return what mentions are ordered by, so that it does not matter who found them first."""
    return mention.start, -mention.end, mention.type, mention.entity


def _sources(setting: Setting) -> Iterator[Entity]:
    """Yield the sources without a name, under the fullest of their descriptions."""
    for mention in setting.mentions:
        known = setting.entities.get(mention.entity)
        if known and mention.entity in setting.anonymous:
            yield replace(known, label_ar=setting.agent(mention).label)


def _unique(claims: Iterable[Claim], document: Document) -> list[Claim]:
    """Return the claims sorted; of two that say the same, the first of the text, rather than of the title."""

    def in_title(claim: Claim) -> bool:
        zone = document.zone_at(claim.start, claim.end)
        return zone is not None and zone.kind == "title"

    kept: dict[tuple[str, ...], Claim] = {}
    for claim in sorted(claims, key=in_title):
        ends = (fold_name(claim.subject.label), fold_words(claim.object.label))
        ends = (min(ends), max(ends)) if claim.relation == "metWith" else ends
        key = (claim.relation, *ends, claim.polarity, claim.speaker.entity, claim.role)
        kept.setdefault(key, claim)
    return sorted(kept.values(), key=lambda c: (c.start, c.end, c.relation, c.subject.label, c.object.label))


def _read(sentences: Sequence[Sentence], setting: Setting) -> Iterator[Claim]:
    """Yield the claims of the sentences; who spoke last is forgotten where another zone begins."""
    memory, zone, patterns = Memory(), "", setting.patterns
    for number, sentence in enumerate(sentences):
        if sentence.zone != zone and not sentence.post:
            memory, zone = replace(memory, last=None, group=None, spoke=None), sentence.zone
        found = read_sequences(sentences, number, setting)
        found += read_attacks_in_names(sentences, number, setting, found)
        drafts = settled(found, read_attendance(sentences, number, setting))
        drafts = unbound(beyond(drafts, read_scenes(sentence, setting)), sentence.tokens, patterns.words)
        for draft in drafts:
            if draft.pattern.relation in _BELONGING and draft.subject.entity and draft.object.entity:
                setting.bodies.setdefault(draft.subject.entity, []).append(draft.object)
        utterances = read_speech(sentence, memory, setting)
        drafts = beyond(drafts, [*read_appearances(sentence, utterances, setting)])
        if sentence.post:
            utterances = [_posted(sentence, setting)] * any(token.is_word for token in sentence.tokens)
        given = [(draft, [*_drafted(draft, sentence, utterances, setting)]) for draft in drafts]
        heard = [d for d, claims in given if claims and patterns.publishes(d.pattern.name)]
        told = [c for u in utterances for c in read_statements(u, sentence, heard, setting)]
        drafted = [claim for _, claims in given for claim in claims]
        yield from once_each(drafted, told, sentence, patterns.words)


def _posted(sentence: Sentence, setting: Setting) -> Utterance:
    """Return a sentence of a post as what its author says."""
    author = post_author(sentence.post, setting)
    chain = setting.chain(*setting.base(sentence), (author, ""))
    entry = setting.patterns.entries["structure-post-statement"]
    return Utterance(entry, 0, len(sentence.tokens), author, chain, quoted=True)


def _drafted(
    draft: Draft, sentence: Sentence, utterances: Sequence[Utterance], setting: Setting
) -> Iterator[Claim]:
    """Yield the claim of a draft with the chain of the words that hold it."""
    pattern = draft.pattern
    holder = next((u for u in utterances if _holds(u, draft, sentence, setting)), None)
    chain = setting.chain(*setting.base(sentence))
    polarity, modality = draft.polarity, draft.modality
    if holder and (pattern.voice == "speaker" or holder.quoted):
        denied = holder.pattern.relation == "denied"
        if denied and pattern.negation != "turn":
            return
        if denied:
            polarity = "negative" if polarity == "positive" else "positive"
        if holder.object < 0 or holder.pattern.relation in {"denied", "stated", "announced"}:
            chain = holder.chain
        if modality == "asserted" and not _is_past(draft, sentence, setting):
            modality = holder.pattern.modality if holder.pattern.modality != "opinion" else modality
    nobody = holder is None or chain[-1].agent.entity == setting.base(sentence)[-1][0].entity
    if nobody and {draft.subject, draft.object} & {SPEAKER, SPEAKER_BODY}:
        return  # the page itself is no «we»
    subject, thing = (_resolved(end, chain[-1].agent, setting) for end in (draft.subject, draft.object))
    place = country_meant(subject, thing, setting) if pattern.relation == "locatedIn" else thing
    if place is None or (subject.entity == place.entity and subject.entity):
        return
    thing = place
    if pattern.relation == "metWith" and _is_with_paper(sentence.tokens[draft.first : draft.last], setting):
        return
    if _contradicted(pattern.relation, subject, thing, setting) or (
        modality in UNREAL and _is_bare(pattern.relation, subject, thing, setting)
    ):
        return
    if pattern.relation == "heldOn" and thing.label.startswith(_NO_YEAR):
        return
    if modality == "asserted" and pattern.relation == "heldOn" and is_later(thing.label, setting.document):
        modality = "planned"
    start, end = sentence.span(draft.first, draft.last)
    yield Claim(
        pattern.relation, subject, thing, start, end, chain, pattern.name,
        polarity=polarity, modality=modality, certainty=draft.certainty, role=draft.role,
        role_status=draft.status, condition=draft.condition, edtf=draft.edtf, note=draft.note,
        about=about(sentence, draft.first, draft.last, (subject, thing)),
    )  # fmt: skip


def _is_past(draft: Draft, sentence: Sentence, setting: Setting) -> bool:
    """Tell whether a draft tells of deaths or an attack that are past, whatever its teller demands."""
    fought = draft.pattern.relation in {"killed", "attacked"}
    return fought and happened(sentence.tokens, (draft.first, draft.last), setting.patterns.words)


def _is_with_paper(tokens: Sequence[Token], setting: Setting) -> bool:
    """Tell whether the last name of a talk is a place in quotation marks: a paper is called so («Riyadh»)."""
    named = [token for token in tokens if token.mention]
    if not named or named[-1].text[1] != "L":
        return False
    text, last = setting.document.text, named[-1]
    return text[last.start - 1 : last.start] in _QUOTES and text[last.end : last.end + 1] in _QUOTES


def _contradicted(relation: str, subject: Thing, thing: Thing, setting: Setting) -> bool:
    """Tell whether what is known of the ends speaks against a claim.

    A talk with an outlet is an interview, no meeting, and a source without a name meets nobody; who gives a
    press conference is there; a town may side with somebody, but neither meets nor agrees nor fights.
    """
    if relation == "locatedIn":
        return _is_nameless(subject) or _elsewhere(subject, thing, setting)
    if relation == "organised":
        return fold_name(subject.label).startswith(_PRESS)
    if relation == "heldAt":
        return _is_fight(subject) or _named_by_another(subject, thing, setting)
    if relation not in _OF_PARTIES:
        return False
    if relation != "allyOf" and any(is_within(end.entity, setting) for end in (subject, thing)):
        return True
    outlets = {m.entity for m in setting.mentions if setting.is_outlet(m)} | {setting.publisher.entity}
    return relation == "metWith" and bool({subject.entity, thing.entity} & (outlets | setting.anonymous))


def _is_fight(event: Thing) -> bool:
    """Tell whether fighting without number is meant: it goes on at a place, and is not held there."""
    return fold_name(event.label).startswith(_FIGHTS)


def _is_bare(relation: str, subject: Thing, thing: Thing, setting: Setting) -> bool:
    """Tell whether a claim is about an event that has no name («talks», «a political dialogue»)."""
    event = thing if relation == "participatedIn" else subject
    return relation in _OF_EVENTS and (event.entity in setting.made or " " not in event.label)


def _is_nameless(place: Thing) -> bool:
    """Tell whether a place is told by a noun alone («a café»), or is but the edge of a country."""
    bare = not place.entity and " " not in place.label and not is_definite(fold_name(place.label))
    return bare or fold_name(place.label) in _EDGES


def _elsewhere(subject: Thing, thing: Thing, setting: Setting) -> bool:
    """Tell whether the authority knows both places, and nothing that holds the first holds the second.

    A country lies in no city, and a city in none of another country.
    """
    place, holder = (setting.entities.get(end.entity) for end in (subject, thing))
    if place is None or holder is None or not (place.slug and holder.slug) or place.type != "PLACE":
        return False
    return not {*_holders(place, setting)} & {holder.iri, *_holders(holder, setting)}


def _named_by_another(event: Thing, place: Thing, setting: Setting) -> bool:
    """Tell whether an event is named by another place («the talks of X» are not held in Y)."""
    hall = fold_name(place.label).split()[:1]
    if hall and hall[0].removeprefix(ARTICLE) in setting.patterns.words.all("place_leads"):
        return False
    after = fold_name(event.label).split()[1:2]
    named = (m for m in setting.mentions if m.type == "PLACE" and fold_name(m.label).split() == after)
    others = {mention.entity: setting.entities.get(mention.entity) for mention in named}
    return any(
        iri != place.entity and not (known and place.entity in _holders(known, setting))
        for iri, known in others.items()
    )


def _holders(place: Entity, setting: Setting) -> Iterator[str]:
    """Yield the IRIs of the places that hold a place, the nearest first."""
    seen: set[str] = set()
    above = setting.entities.get(place.located_in)
    while above is not None and above.iri not in seen:
        seen.add(above.iri)
        yield above.iri
        above = setting.entities.get(above.located_in)


def _holds(utterance: Utterance, draft: Draft, sentence: Sentence, setting: Setting) -> bool:
    """Tell whether a draft stands in what someone says, or begins with the speaker («X said it would …»).

    A verb of renewing only says that an attack goes on («renewed its strikes on X»).
    """
    if draft.pattern.relation == "attacked":
        verb = sentence.tokens[utterance.start : utterance.start + 1]
        if any(token.among(setting.patterns.words.all("resumes")) for token in verb):
            return False
    begins = min(utterance.first, utterance.start)
    return begins <= draft.first and utterance.first < draft.last <= utterance.last


def _resolved(thing: Thing, speaker: Agent, setting: Setting) -> Thing:
    """Return whom «the speaker», or «the body of the speaker», turns out to be."""
    if thing is SPEAKER_BODY:
        bodies = setting.bodies.get(speaker.entity)
        return bodies[-1] if bodies else Thing(speaker.label, speaker.entity)
    return Thing(speaker.label, speaker.entity) if thing is SPEAKER else thing
