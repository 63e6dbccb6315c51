"""Claims by facets, and pages that stay small and quick whatever a thing has."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from effort import effort
from musnad.search import FACETS, Ledger
from musnad.search.ledger import known, slug_of
from musnad.site import Site
from musnad.site.choosing import Choosing
from musnad.site.rendering import warm
from musnad.site.searching import Asked, Searching
from musnad.store import Store
from musnad.vocabulary import RDF_TYPE, prefixes
from serving import Client, build_store, make_client
from test_site import CONFIG, PROJECT, sample_store

BASE = CONFIG.base
CLAIMS = 10_000
IN_ONE = 500
VAST, LONG = f"{BASE}id/vast", f"{BASE}doc/{0:012x}"
MOST_BYTES = 60_000
MOST_CALLS = 80_000  # about 20 ms


@pytest.fixture(scope="module")
def site() -> Site:
    return Site(PROJECT, sample_store(), CONFIG)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Client:
    return make_client(build_store(tmp_path_factory.mktemp("facets")))


def counted(site: Site, where: str) -> int:
    row = site.answers.store.select(
        f"SELECT (COUNT(DISTINCT ?claim) AS ?n) {{ ?claim a msn:Claim . {where} }}"
    )[0]
    return int(row["n"].value)


@pytest.mark.parametrize("facet", FACETS)
def test_the_numbers_are_those_of_a_query(site: Site, facet: str) -> None:
    choices = site.facets.ledger.counts({}, facet)
    assert choices
    for choice in choices:
        value = f'"{choice.value}"' if facet == "year" else f"<{choice.value}>"
        assert choice.claims == counted(site, f"{FACETS[facet]} FILTER(?value = {value})"), choice
        assert slug_of(choice.value) == choice.slug


def test_choices_are_combined_and_counted(site: Site) -> None:
    ledger = site.facets.ledger
    given = {"relation": "heldAt", "place": "ankara"}
    both = ledger.chosen(given).bit_count()
    where = f"?claim dcterms:type <{BASE}scheme/relation/heldAt> ; schema:about <{BASE}id/ankara>"
    assert 0 < both == counted(site, where)
    relation = next(each for each in ledger.counts(given, "relation") if each.chosen)
    assert relation.claims == both
    assert ledger.chosen({"relation": "nothing"}) == 0
    assert ledger.chosen({"nothing": "x"}) == 0


def test_parts_are_the_claims_in_order(site: Site) -> None:
    ledger = site.facets.ledger
    every = ledger.chosen({})
    parts = [claim for start in range(0, len(ledger.claims), 4) for claim in ledger.part(every, start, 4)]
    assert parts == ledger.claims
    assert ledger.part(every, 10_000, 4) == []


def test_an_empty_store_has_no_choices() -> None:
    empty = Ledger(Store.open())
    assert empty.claims == []
    assert all(empty.counts({}, facet) == [] for facet in FACETS)


def test_only_facets_are_choices() -> None:
    assert known([("year", "2017"), ("q", "x"), ("outlet", "")]) == {"year": "2017"}


# ---- pages


@pytest.mark.parametrize("facet", FACETS)
def test_a_facet_and_its_values_are_pages(site: Site, facet: str) -> None:
    for path in (f"claims/{facet}", f"claims/{facet}/{site.facets.ledger.slugs(facet)[0]}"):
        for language in ("ar", "en"):
            page = site.render(path, language)
            assert page is not None
            assert len(page.text.encode()) < 30_000
    assert site.render(f"claims/{facet}/nothing", "ar") is None
    assert site.render(f"claims/{facet}", "ar", 2) is None


@pytest.mark.parametrize("facet", FACETS)
def test_the_page_of_a_value_tells_of_its_own_claims_alone(site: Site, facet: str) -> None:
    ledger = site.facets.ledger
    for slug in ledger.slugs(facet):
        path = f"claims/{facet}/{slug}"
        kind = site.addresses.kind(path)
        given = site.given(path, kind, 1) if kind else None
        assert given is not None
        told = dict(given.every()["facets"])
        assert [choice.slug for choice in told.pop(facet)] == [slug]
        for other, choices in told.items():
            assert choices == ledger.counts({facet: slug}, other, 40)
    page = site.render(path, "en")
    assert page is not None
    assert f'claims/{facet}.en.html"' in page.text  # where the other values are


def test_claims_are_told_apart_by_all_their_values(site: Site) -> None:
    every, values = site.facets.ledger.listed("modality", "asserted")
    again, same = Ledger(site.answers.store).listed("modality", "asserted")
    assert (every, values) == (again, same)
    hashes = {site.facets.ledger.listed("relation", slug)[1] for slug in site.facets.ledger.slugs("relation")}
    assert len(hashes) > 1
    other = sample_store()
    claim, certainty = ox.NamedNode(every[0]), ox.NamedNode(f"{BASE}ontology#certainty")
    other.extend([ox.Quad(claim, certainty, ox.NamedNode(f"{BASE}scheme/certainty/other"))])
    told = Ledger(other).listed("modality", "asserted")
    assert told[0] == every
    assert told[1] != values


def test_what_is_no_facet_has_no_page(site: Site) -> None:
    assert site.render("claims/nothing", "ar") is None
    assert site.render("claims/nothing/x", "ar") is None


def test_claims_shows_every_facet(site: Site) -> None:
    page = site.render("claims", "en")
    assert page is not None
    for facet in FACETS:
        assert f'href="claims/{facet}.en.html"' in page.text


# ---- the server


def test_several_facets_are_a_page(client: Client) -> None:
    answer = client.get("/claims?relation=heldAt&year=2017&lang=en", "text/html")
    assert answer.status_code == 200
    assert 'href="claims/year/2017.en.html"' in answer.text  # without the relation
    assert answer.text.count('<p class="claim-what">') == 3
    assert 'value="heldAt" selected' in answer.text
    assert 'href="claims.ar.html?relation=heldAt&amp;year=2017"' in answer.text


def test_several_facets_are_json_and_csv(client: Client, site: Site) -> None:
    told = json.loads(client.get("/claims?relation=heldAt&year=2017", "application/json").content)
    assert told["choices"] == {"relation": "heldAt", "year": "2017"}
    assert told["total"] == len(told["claims"]) == 3
    rows = list(csv.DictReader(io.StringIO(client.get("/claims.csv?relation=heldAt&year=2017").text)))
    assert [row["claim"] for row in rows] == [claim["claim"] for claim in told["claims"]]


@pytest.mark.parametrize(
    "query",
    ["relation=nothing", "year=9999999", "place=%3Cscript%3E", "outlet=" + "x" * 5_000, "year=2017&page=77"],
)
def test_bad_choices_are_safe(client: Client, query: str) -> None:
    answer = client.get(f"/claims?{query}", "text/html")
    assert answer.status_code == 200
    assert "<script>" not in answer.text
    assert len(answer.content) < MOST_BYTES


def test_other_fields_leave_the_page_as_it_is(client: Client) -> None:
    plain = client.get("/claims.ar.html")
    assert client.get("/claims.ar.html?utm=1").content == plain.content
    assert client.get("/claims.ar.html?outlet=").content == plain.content


# ---- one entity with 10,000 claims, one document with 500


def vast_quads() -> Iterator[ox.Quad]:
    space, graph = prefixes(BASE), ox.NamedNode(f"{BASE}graph/vast")

    def node(name: str) -> ox.NamedNode:
        prefix, _, rest = name.partition(":")
        return ox.NamedNode(space[prefix] + rest if prefix in space else name)

    def tell(subject: str, told: dict[str, object]) -> Iterator[ox.Quad]:
        for name, value in told.items():
            predicate = ox.NamedNode(RDF_TYPE) if name == "a" else node(name)
            term = node(value) if isinstance(value, str) else value
            term = ox.Literal(term) if isinstance(term, int) else term
            yield ox.Quad(ox.NamedNode(subject), predicate, term, graph)  # type: ignore[arg-type]

    def passage(capture: str, start: int, end: int, words: str) -> Iterator[ox.Quad]:
        place, selector = f"{capture}#char={start},{end}", f"{capture}#selector={start},{end}"
        zone = f"{BASE}scheme/zone/body"
        yield from tell(place, {"oa:hasSource": capture, "oa:hasSelector": selector, "msn:zone": zone})
        yield from tell(place, {"oa:exact": ox.Literal(words, language="ar")} if words else {})
        yield from tell(selector, {"oa:start": start, "oa:end": end})

    name = ox.Literal("الهيئة الواسعة", language="ar")  # the Vast Body
    yield from tell(VAST, {"a": "schema:Organization", "rdfs:label": name, "schema:name": name})
    for number in range(200):
        document, capture = f"{BASE}doc/{number:012x}", f"{BASE}capture/{number:016x}"
        headline = ox.Literal(f"خبر {number}", language="ar")  # news
        told = {"a": "schema:NewsArticle", "schema:archivedAt": capture, "schema:headline": headline}
        yield from tell(document, told | {"schema:publisher": f"{BASE}id/example-paper"})
        yield from tell(capture, {"a": "msn:Capture", "schema:about": document})
        yield from passage(capture, 0, 9_999_999, "")
    words = "قالت الهيئة الواسعة إن اللقاء سيعقد غدًا في المدينة"  # said the body, the meeting is tomorrow
    for number in range(CLAIMS):
        of = 0 if number < IN_ONE else 1 + number % 199
        claim, capture = f"{BASE}claim/{number:016x}", f"{BASE}capture/{of:016x}"
        speaker, start = VAST if number % 2 else f"{BASE}id/example-paper", number * 9
        told = {"a": "msn:Claim", "schema:about": VAST, "rdf:subject": VAST, "msn:speaker": speaker}
        told |= {"dcterms:type": f"{BASE}scheme/relation/heldAt", "msn:polarity": "msn:Affirmed"}
        told |= {
            "msn:modality": f"{BASE}scheme/modality/asserted",
            "schema:appearance": f"{BASE}doc/{of:012x}",
        }
        told |= {"msn:certainty": f"{BASE}scheme/certainty/probable"}
        told |= {
            "msn:evidence": f"{capture}#char={start},{start + 7}",
            "prov:qualifiedAttribution": f"{claim}#hop-0",
        }
        yield from tell(claim, told)
        yield from tell(
            claim, {"rdfs:label": ox.Literal(f"الهيئة الواسعة — عُقد — {number}", language="ar")}
        )  # held
        yield from tell(f"{claim}#hop-0", {"a": "prov:Attribution", "prov:agent": speaker, "msn:hop": 0})
        yield from passage(capture, start, start + 7, words)


@pytest.fixture(scope="module")
def vast() -> Site:
    store = sample_store()
    store.extend(vast_quads())
    made = Site(PROJECT, store, CONFIG)
    warm(made)
    assert len(made.index.entries) > CLAIMS
    assert made.facets.ledger.claims
    return made


def part_numbers(site: Site, path: str) -> list[int]:
    """Return the numbers of the parts of a page, in their order."""
    found, path = [1], site.addresses.path(path)
    kind = site.addresses.kind(path)
    while kind and (given := site.given(path, kind, found[-1])) and given.around.next:
        found.append(given.around.next)
    return found


@pytest.mark.parametrize(
    ("path", "number"),
    [
        (VAST, 1), (VAST, 200), (LONG, 1), (LONG, 5), (f"{BASE}capture/{0:016x}", 1), ("claims", 1),
        ("index", 1), ("scheme/relation/heldAt", 150), ("scheme/relation", 1), ("people", 1),
        ("claims/outlet/example-paper", 200), ("documents", 2), (f"{BASE}claim/{1:016x}", 1),
        ("id/example-paper", 3),
    ],
)  # fmt: skip
def test_no_page_is_large_or_slow(vast: Site, path: str, number: int) -> None:
    parts = part_numbers(vast, path)
    page, calls = effort(lambda: vast.render(path, "ar", parts[number - 1]))
    assert page is not None
    assert len(page.text.encode()) < MOST_BYTES
    assert calls < MOST_CALLS


@pytest.mark.parametrize(
    "question", ["الهيئة الواسعة", "قالت الهيئة إن اللقاء سيعقد", "الل", "zzzz", "خبر 7"]
)
def test_no_search_is_large_or_slow(vast: Site, question: str) -> None:
    searching = Searching(vast, vast.index)
    for within in ("", "claim"):
        asked = Asked(question, within, 3)
        page, calls = effort(lambda asked=asked: searching.page(asked, "ar"))
        assert len(page.text.encode()) < MOST_BYTES
        assert calls < MOST_CALLS


def test_no_choice_is_large_or_slow(vast: Site) -> None:
    given = {"relation": "heldAt", "outlet": "example-paper"}
    page, calls = effort(lambda: Choosing(vast, vast.facets).page(given, 100, "ar"))
    assert len(page.text.encode()) < MOST_BYTES
    assert calls < MOST_CALLS


def test_a_claim_leads_to_the_part_of_the_document_that_has_its_words(vast: Site) -> None:
    page = vast.render(f"{BASE}claim/{300:016x}", "ar")
    assert page is not None
    found = re.search(r'href="\.\./(doc/[0-9a-f]+)\.p(\d+)\.ar\.html#(char=[\d,]+)"', page.text)
    assert found
    part = vast.render(found[1], "ar", int(found[2]))
    assert part is not None
    assert f'id="{found[3]}"' in part.text


def test_the_files_of_a_large_index_stay_small(vast: Site, tmp_path: Path) -> None:
    sizes: dict[str, int] = {}
    Searching(vast, vast.index).write(lambda name, body: sizes.update({name: len(body)}))
    assert max(size for name, size in sizes.items() if "index.json" not in name) < 40_000
    assert sizes["static/search/index.json"] < MOST_BYTES
