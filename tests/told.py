"""What an example that marks its names tells, by the patterns of the project."""

from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path

from musnad.iri import Minter
from musnad.model import Claim, Document
from musnad.understanding.claims import find_claims
from musnad.understanding.examples import read_example
from musnad.understanding.mentions import Found
from musnad.understanding.patterns import Patterns, read_patterns

MINTER = Minter()


@cache
def patterns() -> Patterns:
    """Return the patterns of the project, read once."""
    return read_patterns(Path(__file__).parents[1] / "mappings" / "claims")


def read_claims(document: Document, found: Found) -> Sequence[Claim]:
    """Return the claims of a text in which these names were found."""
    return find_claims(document, found, patterns(), MINTER, {}).claims


def told(text: str, relations: Collection[str]) -> list[tuple[str, str, str]]:
    """Return relation, subject and object of each claim of some relations, in their order."""
    claims = read_claims(*read_example(text, MINTER))
    return [(c.relation, c.subject.label, c.object.label) for c in claims if c.relation in relations]
