"""`iri` mints the same IRI from the same key, and nothing else."""

import pytest

from musnad.errors import ProjectError
from musnad.iri import Minter


def test_a_claim_keeps_its_iri_when_its_offsets_move() -> None:
    key = ("doc", "memberOf", "person", "body", "outlet", "positive", "words")
    assert Minter().claim(*key) == Minter().claim(*key)
    assert Minter().claim(*key) != Minter().claim(*key[:-1], "other words")


def test_parts_of_a_key_do_not_run_together() -> None:
    assert Minter().claim("ab", "c") != Minter().claim("a", "bc")


@pytest.mark.parametrize("slug", ["", "George", "a b", "a--b", "-a", "../a", "جورج"])
def test_a_slug_that_is_not_latin_and_hyphenated_is_refused(slug: str) -> None:
    with pytest.raises(ProjectError, match="slug"):
        Minter().entity(slug)


@pytest.mark.parametrize(
    "base", ["", "w3id.org/musnad/", "https://w3id.org/musnad", "ftp://a/", "https://a/b c/"]
)
def test_a_base_that_is_not_an_http_folder_is_refused(base: str) -> None:
    with pytest.raises(ProjectError, match="base"):
        Minter(base)


def test_every_iri_stays_below_the_base() -> None:
    mint = Minter("https://example.org/data/")
    document = mint.document("https://outlet.example/1")
    minted = [mint.term("Claim"), mint.concept("zone", "body"), mint.entity("a-b"), document]
    minted += [
        mint.seen("ORG", "x", document),
        mint.capture("words"),
        mint.claim("a"),
        mint.activity("p", "1"),
    ]
    assert all(iri.startswith("https://example.org/data/") for iri in minted)
