"""The whole site of the sample: what stands on its pages, and that every link leads somewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pyoxigraph as ox
import pytest

from described import described
from musnad.config import read_site
from musnad.graph import in_graph, read_rdf
from musnad.project import Project
from musnad.release.codebook import codebook_triples
from musnad.release.description import Distribution, Edition
from musnad.site import Address, Site, SiteFolder, parse, write_site
from musnad.site.addresses import root_of
from musnad.site.pages import LOCALIZED
from musnad.site.results import Results
from musnad.site.values import to_value
from musnad.store import Store

ROOT = Path(__file__).parents[1]
PROJECT = Project(ROOT)
CONFIG = read_site(PROJECT.site_file)
MSN = CONFIG.minter.term("")
SERVED = ("sparql", "oembed", "release/")  # what stands beside the pages


def sample_store() -> Store:
    store = Store.open()
    store.load(ROOT / "tests" / "data" / "sample.nq")
    graph = ox.NamedNode(CONFIG.minter.graph("ontology"))
    store.extend(ox.Quad(*triple, graph) for triple in read_rdf(PROJECT.ontology))
    files = [
        Distribution("musnad.ttl", "text/turtle", 12_400, "00ff"),
        Distribution("a.csv", "text/csv", 9, "00"),
    ]
    about = described(store.quads(), files, Edition(CONFIG, "2024-01-02", "2024-01-02", "musnad 0"))
    store.extend(ox.Quad(*triple, ox.NamedNode(CONFIG.minter.graph("dataset"))) for triple in about)
    columns = in_graph(codebook_triples(CONFIG.minter), CONFIG.minter.graph("codebook"))
    store.extend(columns)
    return store


@pytest.fixture(scope="module")
def site() -> Site:
    return Site(PROJECT, sample_store(), CONFIG)


@pytest.fixture(scope="module")
def folder(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("site")
    written = SiteFolder.open(place)
    write_site(site, written)
    written.finish("test")
    return place


class Reader(HTMLParser):
    """Collects what a page links to, the ids it has, and its elements."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        self.links += [value for key in ("href", "src", "action") if (value := given.get(key))]
        if identity := given.get("id"):
            self.ids.append(identity)


def pages(folder: Path) -> Iterator[Path]:
    yield from sorted(folder.rglob("*.html"))


def things(site: Site, kind: str) -> list[str]:
    return [path for path, k in site.pages() if k.name == kind]


def one(site: Site, kind: str, language: str = "en") -> str:
    page = site.render(things(site, kind)[0], language)
    assert page is not None
    return page.text


def test_every_kind_of_page_is_there_in_both_languages(site: Site) -> None:
    for kind in site.kinds:
        for language in ("ar", "en") if kind.suffix in LOCALIZED else ("",):
            page = site.render(things(site, kind.name)[0], language, 1, kind.suffix)
            assert page is not None, kind.name
            assert kind.suffix != "html" or f'<html lang="{language}"' in page.text


def test_every_local_link_and_anchor_leads_somewhere(folder: Path) -> None:
    ids = {path.relative_to(folder).as_posix(): set(Reader(path.read_text()).ids) for path in pages(folder)}
    broken = []
    for path in pages(folder):
        here = path.relative_to(folder).parent
        if path.name[:3] in {"404", "406", "410"}:
            continue
        for link in Reader(path.read_text()).links:
            if link.startswith(("http://", "https://")):
                continue
            target, _, fragment = link.partition("#")
            name = (folder / here / unquote(target)).resolve().relative_to(folder.resolve()).as_posix()
            name = name if target else path.relative_to(folder).as_posix()
            if name.startswith(SERVED):
                continue
            if not (folder / name).is_file() or (fragment and unquote(fragment) not in ids[name]):
                broken.append((path.name, link))
    assert broken == []


def test_no_page_has_an_id_twice(folder: Path) -> None:
    for path in pages(folder):
        ids = Reader(path.read_text()).ids
        assert len(ids) == len(set(ids)), path


def test_a_title_is_text_alone(folder: Path) -> None:
    for path in pages(folder):
        found = re.search(r"<title>(.*?)</title>", path.read_text(), re.DOTALL)
        assert found
        assert "<" not in found[1], path
        assert "\n" not in found[1], path


def test_no_attribute_holds_markup(folder: Path) -> None:
    for path in pages(folder):
        for _, given in Reader(path.read_text()).tags:
            assert not [value for value in given.values() if value and ("<" in value or "bdi" in value)], path


def test_pages_need_no_inline_script_and_no_inline_style(folder: Path) -> None:
    for path in pages(folder):
        for tag, given in Reader(path.read_text()).tags:
            assert tag != "style"
            assert "style" not in given
            assert not any(name.startswith("on") for name in given)
            if tag == "script":
                assert given.get("type") == "application/ld+json" or given.get("src")


def test_pages_stay_small(folder: Path) -> None:
    for path in pages(folder):
        assert path.stat().st_size <= 30_000, path


def test_every_fragment_of_a_thing_is_an_anchor_on_its_page(site: Site) -> None:
    named = {
        quad.subject.value
        for quad in site.answers.store.quads()
        if isinstance(quad.subject, ox.NamedNode) and "#" in quad.subject.value
    }
    missing = []
    for iri in sorted(named):
        if not site.addresses.local(iri):
            continue
        page = site.render(iri, "ar")
        assert page is not None
        if iri.partition("#")[2] not in Reader(page.text).ids:
            missing.append(iri)
    assert missing == []


def test_a_claim_leads_in_one_click_to_its_words(site: Site) -> None:
    query = "SELECT ?claim ?passage ?document { ?claim msn:evidence ?passage ; schema:appearance ?document }"
    for row in site.answers.store.select(query):
        page, document = site.render(row["claim"].value, "ar"), site.render(row["document"].value, "ar")
        assert page is not None
        assert document is not None
        fragment = row["passage"].value.partition("#")[2]
        path = site.addresses.path(row["document"].value)
        assert f"../{path}.ar.html#{fragment}" in Reader(page.text).links
        assert fragment in Reader(document.text).ids


def test_a_claim_shows_its_chain_in_order(site: Site) -> None:
    query = """SELECT ?claim (COUNT(?hop) AS ?hops) { ?claim prov:qualifiedAttribution/msn:hop ?hop }
               GROUP BY ?claim ORDER BY DESC(?hops) ?claim LIMIT 1"""
    row = site.answers.store.select(query)[0]
    page = site.render(row["claim"].value, "en")
    assert page is not None
    chain = re.search(r'<ol class="chain">(.*?)</ol>', page.text, re.DOTALL)
    assert chain
    assert chain[1].count("<li") == int(row["hops"].value) + 1
    assert chain[1].rindex("chain-speaker") > chain[1].rindex("chain-relay")


def test_a_negated_claim_is_negated_once_and_says_so(site: Site) -> None:
    query = "SELECT ?claim { ?claim msn:polarity msn:Negated ; rdf:predicate ?p ; rdf:object ?o }"
    rows = site.answers.store.select(query)
    assert rows
    for row in rows:
        page = site.render(row["claim"].value, "en")
        assert page is not None
        panel = page.text.split('<section class="statement"')[1].split("</section>")[0]
        assert "it is not so that" in panel or "not" in panel
        assert "mark-no" in panel


def test_conflicting_claims_stand_side_by_side(site: Site) -> None:
    rows = site.answers.store.select("SELECT ?claim ?other { ?claim msn:conflictsWith ?other }")
    assert rows
    for row in rows:
        page = site.render(row["claim"].value, "ar")
        assert page is not None
        assert 'class="pair"' in page.text
        assert site.addresses.path(row["other"].value) in page.text


def test_reader_comments_are_counted_and_nothing_more(site: Site) -> None:
    html = "".join(
        one_page.text for path in things(site, "document") if (one_page := site.render(path, "en"))
    )
    assert "counted, never shown" in html
    assert "تعليق أول" not in html  # the words of the sample's comment: a first comment


def test_a_data_file_holds_the_thing_with_its_evidence(folder: Path, site: Site) -> None:
    path = things(site, "claim")[0]
    triples = list(ox.parse((folder / f"{path}.ttl").read_bytes(), format=ox.RdfFormat.TURTLE))
    predicates = {triple.predicate.value for triple in triples}
    assert {MSN + "evidence", MSN + "hop", "http://www.w3.org/ns/oa#exact"} <= predicates
    graphs = [
        frozenset(str(t.triple) for t in ox.parse((folder / f"{path}.{suffix}").read_bytes(), format=form))
        for suffix, form in (
            ("ttl", ox.RdfFormat.TURTLE),
            ("nt", ox.RdfFormat.N_TRIPLES),
            ("rdf", ox.RdfFormat.RDF_XML),
        )
    ]
    assert len(set(graphs)) == 1


def test_the_embedded_data_are_json_ld_about_the_thing(site: Site) -> None:
    path = things(site, "claim")[0]
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', one(site, "claim"), re.DOTALL)
    assert found
    data = json.loads(found[1])
    assert "@context" in data
    assert any(str(node["@id"]).endswith(path.partition("/")[2]) for node in data["@graph"])


def test_a_page_names_its_alternates(site: Site) -> None:
    tags = Reader(one(site, "claim")).tags
    links = [given for tag, given in tags if tag == "link"]
    assert {given.get("hreflang") for given in links} >= {"ar", "en"}
    assert {given.get("type") for given in links} >= {
        "text/turtle",
        "application/ld+json",
        "application/rdf+xml",
    }
    assert any(given.get("rel") == "canonical" for given in links)


def test_the_other_language_is_one_link_away(site: Site) -> None:
    html = one(site, "claim", "ar")
    path = things(site, "claim")[0]
    assert f'href="../{path}.en.html" lang="en"' in html


def test_the_same_data_give_the_same_bytes(site: Site) -> None:
    again = Site(PROJECT, sample_store(), CONFIG)
    for path, _ in site.pages():
        mine, other = site.render(path, "en"), again.render(path, "en")
        assert mine == other, path


@pytest.mark.parametrize("path", ["claim/nothing", "nowhere", "claim/<x>", "doc/a b", "id/..", "claim/a/b"])
def test_what_is_not_there_has_no_page(site: Site, path: str) -> None:
    assert site.render(path, "ar") is None


def test_a_long_list_is_cut_into_parts(site: Site) -> None:
    assert site.render("people", "ar", 99) is None
    assert site.render("people", "ar", 0) is None
    assert site.render("people", "fr") is None


def test_results_show_labels_and_links(site: Site) -> None:
    query = "SELECT ?claim ?speaker { ?claim msn:speaker ?speaker }"
    answer = site.answers.store.query(query)
    cells = tuple(tuple(map(to_value, row)) for row in answer.rows)
    page = site.render_results(Results(query, ("claim", "speaker"), cells), "en")
    assert query.partition("{")[0] in page.text
    assert 'href="claim/' in page.text
    assert "<textarea" in page.text


def test_results_show_an_unbound_cell_and_an_empty_answer(site: Site) -> None:
    assert "<td></td>" in site.render_results(Results("", ("a",), ((None,),)), "en").text
    assert "No answers." in site.render_results(Results("", ("a",), ()), "en").text


@pytest.mark.parametrize(
    "address",
    [
        Address("claim/1", "html", "ar"),
        Address("people", "html", "en", 3),
        Address("doc/1", "ttl"),
        Address("x", "html"),
    ],
)
def test_an_address_is_read_back(address: Address) -> None:
    assert parse(address.name) == address


def test_a_data_file_has_no_language() -> None:
    assert parse("claim/1.ar.ttl") is None
    assert parse("claim/1") is None
    assert root_of("scheme/relation/x") == "../../"
