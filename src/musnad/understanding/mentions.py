"""Find the names in a document and say what they mean.

The authority first, at word boundaries; then the shapes that names have in this genre; then what takes a name
up again. Chosen over (a) a trained tagger alone, which measured 0.2 to 0.5 recall on bodies, and (b) the
authority alone, which finds seven names of ten on unseen pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final, NamedTuple

from musnad.authority import Authority
from musnad.folding import Folded, fold
from musnad.iri import Minter
from musnad.model import Document, Entity, Mention
from musnad.understanding.bodies import find_bodies
from musnad.understanding.events import find_events
from musnad.understanding.gazetteer import Gazetteer, Match
from musnad.understanding.lexicon import Compound, Lexicon
from musnad.understanding.linking import Linker
from musnad.understanding.lists import find_listed
from musnad.understanding.localities import find_localities
from musnad.understanding.persons import find_persons
from musnad.understanding.references import find_references
from musnad.understanding.scan import Candidate, Scan
from musnad.understanding.selection import select
from musnad.understanding.sources import find_sources
from musnad.understanding.tokens import is_definite, tokenise
from musnad.understanding.works import find_works

# Zones where only what the authority knows is a mention: other people's headlines, menus, readers' words.
_KNOWN_ONLY: Final = frozenset(
    {
        "comments",
        "ticker",
        "related_links",
        "interface",
        "section_labels",
        "image_file_name",
        "inline_link",
        "metadata",
        "site_notice",
    }
)
_SHAPES: Final = (find_persons, find_bodies, find_localities, find_events, find_works, find_listed)


class Found(NamedTuple):
    """What a document names: mentions in order of start, unnamed sources, entities that only it names."""

    mentions: tuple[Mention, ...]
    anonymous: tuple[Mention, ...]
    seen: tuple[Entity, ...]


class MentionFinder:
    """Finds mentions with one authority and one lexicon; built once for many documents."""

    def __init__(self, authority: Authority, lexicon: Lexicon, minter: Minter) -> None:
        self._authority, self._lexicon, self._minter = authority, lexicon, minter
        self._gazetteer = Gazetteer(authority)

    def find(self, document: Document) -> Found:
        """Return the mentions of a document, in code points of its stored text."""
        folded = fold(document.text)
        scan = _scan(folded, document.text, self._gazetteer, self._lexicon)
        linker = Linker(scan, self._authority, self._minter, document, folded)
        shapes = chain.from_iterable(shape(scan) for shape in _SHAPES)
        known = [scan.named(match) for match in scan.matches]
        compounds = self._compounds(scan, known, document)
        proposed = _free(chain(_valid(known), shapes, compounds), scan)
        chosen = select(proposed, scan)
        chosen = sorted([*chosen, *find_references(scan, chosen)], key=lambda c: (c.start, -c.end))
        chosen = [candidate for candidate in chosen if _allowed(candidate, document, linker)]
        mentions = linker.link(chosen)
        anonymous = _anonymous(scan, chosen, document, linker)
        named = {mention.entity for mention in (*mentions, *anonymous)}
        seen = tuple(linker.seen[iri] for iri in sorted(linker.seen) if iri in named)
        return Found(tuple(mentions), tuple(anonymous), seen)

    def _compounds(self, scan: Scan, known: list[Candidate], document: Document) -> Iterator[Candidate]:
        """Yield an event named by a head word and an entity («سقوط …»), where the document is not older."""
        for compound in self._lexicon.compounds:
            means = self._authority.by_slug.get(compound.means)
            if means is None or (document.published and document.published[:10] < compound.since):
                continue
            for candidate in known:
                if candidate.entity and candidate.entity.slug in compound.of:
                    yield from _compound(scan, candidate, compound, means)


def _compound(scan: Scan, candidate: Candidate, compound: Compound, means: Entity) -> Iterator[Candidate]:
    if not candidate.first or not scan.follows(candidate.first):
        return
    for skip, word in scan.readings(candidate.first - 1):
        if word in compound.heads and candidate.start == scan.tokens[candidate.first].start:
            span = (candidate.first - 1, candidate.last)
            whole = scan.candidate(span, skip, means.type, "authority", 0.9)
            yield Candidate(*span, whole.start, whole.end, means.type, "authority", means, 0.9)
            return


def find_mentions(document: Document, authority: Authority, lexicon: Lexicon, minter: Minter) -> Found:
    """Return what one document names; for many documents build one `MentionFinder`."""
    return MentionFinder(authority, lexicon, minter).find(document)


def _scan(folded: Folded, text: str, gazetteer: Gazetteer, lexicon: Lexicon) -> Scan:
    tokens = tokenise(folded.text)
    undotted = frozenset(
        token.start
        for token in tokens
        if token.text[-1] == "ي" and text[folded.original(token.end - 1, token.end)[0]] == "ى"
    )
    scan = Scan(folded.text, tokens, lexicon, [], undotted)
    scan.matches.extend(match for match in gazetteer.matches(tokens) if not _adjective(scan, match))
    return scan


def _adjective(scan: Scan, match: Match) -> bool:
    """Tell whether the name of a country is the adjective of the noun before it («قوات سورية»)."""
    before = scan.word(match.first - 1)
    alone = match.last == match.first + 1 and match.start == scan.tokens[match.first].start
    return (
        alone
        and match.name.folded in scan.lexicon.places.ambiguous
        and scan.follows(match.first)
        and before.endswith(("ه", "ات"))
        and not is_definite(before)
        and before not in scan.lexicon.places.heads
    )


def _valid(known: list[Candidate]) -> list[Candidate]:
    """Return the names without the short ones whose entity the document never names in full."""
    full = {candidate.entity for candidate in known if not candidate.short}
    return [candidate for candidate in known if not candidate.short or candidate.entity in full]


def _free(candidates: Iterator[Candidate], scan: Scan) -> list[Candidate]:
    """Return the candidates outside the phrases that look like names and are none."""
    traps = scan.lexicon.stops.traps
    longest = max((len(trap.split()) for trap in traps), default=0)
    caught = [
        (place, place + length)
        for place in range(len(scan.tokens))
        for length in range(2, longest + 1)
        for reading in scan.readings(place)
        if " ".join([reading.text, *(scan.word(at) for at in range(place + 1, place + length))]) in traps
    ]
    return [
        candidate
        for candidate in candidates
        if not any(first <= candidate.first < last and candidate.last <= last + 1 for first, last in caught)
    ]


def _allowed(candidate: Candidate, document: Document, linker: Linker) -> bool:
    """Tell whether a candidate may be a mention in its zone; private persons never are one in comments."""
    zone = document.zone_at(*linker.folded.original(candidate.start, candidate.end))
    return zone is None or zone.kind not in _KNOWN_ONLY or candidate.entity is not None


def _anonymous(
    scan: Scan, chosen: list[Candidate], document: Document, linker: Linker
) -> Iterator[Mention] | list[Mention]:
    """Return the unnamed sources as mentions; two that belong to the same body are one in a document."""
    class_iri = linker.minter.term("AnonymousSource")
    bodies = {(c.first, c.last): c for c in chosen}
    found: list[Mention] = []
    last: Entity | None = None
    for source in find_sources(scan, chosen):
        if not _allowed(source, document, linker):
            continue
        inside = [c for (_, end), c in bodies.items() if end == source.last and c.first > source.first]
        body = inside[0].entity.iri if inside and inside[0].entity else ""
        again = source.score < 0.7 and last is not None
        start, end = linker.folded.original(source.start, source.end)
        label = " ".join(document.text[start:end].split())
        key = f"anonymous {body}" if body else f"anonymous {scan.key(source)}"
        entity = last if again and last else linker.make("PERSON", key, label, class_iri)
        last = entity
        found.append(linker.mention(source, entity, "anonymous"))
    return found
