"""Everything that reading a document for claims needs, loaded once, and the reading itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from musnad.authority import Authority, read_authority
from musnad.config import Site
from musnad.folding import fold_name
from musnad.iri import Minter
from musnad.model import Claim, Document, Entity, PatternCard, Reading
from musnad.project import Project
from musnad.tables.claims import claim_iri
from musnad.understanding.claims import find_claims
from musnad.understanding.lexicon import read_lexicon
from musnad.understanding.mentions import Found, MentionFinder
from musnad.understanding.patterns import Patterns, read_patterns
from musnad.vocabulary import SCHEMA


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The authority, the words and the patterns of a project."""

    authority: Authority
    finder: MentionFinder
    patterns: Patterns
    minter: Minter

    @property
    def cards(self) -> Mapping[str, PatternCard]:
        """Return what is published about each pattern."""
        return self.patterns.cards


def read_knowledge(project: Project, site: Site) -> Knowledge:
    """Return the knowledge of a project, or raise ProjectError naming the file that is wrong."""
    authority = read_authority(project.authority, site.minter)
    finder = MentionFinder(authority, read_lexicon(project.lexicon), site.minter)
    patterns = read_patterns(project.patterns).with_floor(site.pattern_floor)
    return Knowledge(authority, finder, patterns, site.minter)


def understand(document: Document, knowledge: Knowledge, found: Found | None = None) -> Reading:
    """Return a document with its mentions, its claims, and the entities that only it names.

    `found` is what the document names, where the caller has looked already.

    A claim whose pattern was measured below the floor is left out, and so is a second claim that would have
    the same IRI as an earlier one.
    """
    mint, known = knowledge.minter, knowledge.authority.entities
    found = found or knowledge.finder.find(document)
    understood = find_claims(document, found, knowledge.patterns, mint, known)
    claims = unique(understood.claims, document, mint)
    claims = tuple(claim for claim in claims if knowledge.patterns.publishes(claim.pattern))
    entities = [*found.seen, *understood.seen, *_credited(document, knowledge)]
    seen = {entity.iri: entity for entity in entities if entity.iri not in known}
    return Reading(document, found.mentions, claims, tuple(seen[iri] for iri in sorted(seen)))


def unique(claims: Iterable[Claim], document: Document, mint: Minter) -> tuple[Claim, ...]:
    """Return the claims, the first of those that share an IRI."""
    iri, kept = mint.document(document.key), dict[str, Claim]()
    for claim in claims:
        words = document.text[claim.start : claim.end]
        kept.setdefault(claim_iri(claim, iri, mint, words), claim)
    return tuple(kept.values())


def _credited(document: Document, knowledge: Knowledge) -> Iterable[Entity]:
    """Yield the credited outlets that the authority does not know."""
    iri = knowledge.minter.document(document.key)
    for credit in document.credits:
        folded = fold_name(credit.name)
        if folded not in knowledge.authority.by_name:
            seen = knowledge.minter.seen("ORG", folded, iri)
            yield Entity(seen, "ORG", SCHEMA + "Organization", credit.name)
