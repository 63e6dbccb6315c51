"""Statistics, quality, the description for search engines, and how an error is reported."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest

from musnad.graph import in_graph
from musnad.site import Site
from musnad.validation import checked, read_rules, read_shapes, validate
from test_site import CONFIG, PROJECT, one, sample_store, site, things  # noqa: F401 the fixture


@pytest.fixture(scope="module")
def judged() -> Site:
    """A site whose store knows what was checked, and one objection that the data do not have."""
    store = sample_store()
    shapes, rules = read_shapes(PROJECT.shapes), read_rules(PROJECT.shapes)
    report = validate(store, shapes, rules)
    store.extend(in_graph([*checked(shapes, rules), *report.triples()], CONFIG.minter.graph("report")))
    return Site(PROJECT, store, CONFIG)


def test_the_table_of_statistics_adds_up(site: Site) -> None:  # noqa: F811
    page = site.render("statistics", "", 1, "csv")
    assert page is not None
    rows = list(csv.DictReader(io.StringIO(page.text)))
    total = len(things(site, "claim"))
    for kind in ("relation", "modality", "polarity", "certainty"):
        assert sum(int(row["claims"]) for row in rows if row["kind"] == kind) == total
    shown = one(site, "statistics")
    assert all(f">{row['label_en']}<" in shown for row in rows if row["kind"] == "relation")


def test_every_check_is_counted_and_every_objection_shown(judged: Site) -> None:
    shapes, rules = read_shapes(PROJECT.shapes), read_rules(PROJECT.shapes)
    named = {triple.subject for triple in checked(shapes, rules)}
    text = one(judged, "quality")
    assert f"against {len(named)} shapes and rules" in text
    answers = judged.answers.store.select("SELECT DISTINCT ?shape { ?r sh:sourceShape ?shape }")
    for answer in answers:
        assert answer["shape"] in named


def test_each_check_has_its_words_in_both_languages() -> None:
    words: dict[str, set[str]] = {}
    for triple in checked(read_shapes(PROJECT.shapes), read_rules(PROJECT.shapes)):
        if isinstance(triple.object, ox.Literal):
            words.setdefault(str(triple.subject), set()).add(triple.object.language or "")
    assert words
    assert set(map(frozenset, words.values())) == {frozenset({"ar", "en"})}


def test_without_a_report_the_page_says_so(site: Site) -> None:  # noqa: F811
    assert "No report of a check" in one(site, "quality")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_dataset_describes_itself_to_search_engines(site: Site, language: str) -> None:  # noqa: F811
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', one(site, "dataset", language))
    (about,) = [found for block in blocks if (found := json.loads(block)).get("@type") == "Dataset"]
    assert about["@context"] == "https://schema.org"
    assert about["name"] == CONFIG.title[language]
    assert 50 <= len(about["description"]) <= 5000
    assert about["url"].startswith(CONFIG.base)
    assert about["license"] == CONFIG.licence
    assert about["creator"]["name"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d", about["temporalCoverage"])
    assert {each["@type"] for each in about["distribution"]} == {"DataDownload"}
    assert all(each["contentUrl"].startswith(CONFIG.base) for each in about["distribution"])
    assert all(each["encodingFormat"] for each in about["distribution"])


@pytest.mark.parametrize(
    ("contact", "start", "subject"),
    [
        ("editors@example.org", "mailto:editors@example.org?", "subject"),
        ("mailto:editors@example.org", "mailto:editors@example.org?", "subject"),
        ("https://example.org/issues/new", "https://example.org/issues/new?", "title"),
        ("https://example.org/new?list=1", "https://example.org/new?list=1&amp;", "title"),
    ],
)
def test_an_error_is_reported_with_the_iri_of_the_claim(contact: str, start: str, subject: str) -> None:
    reporting = Site(PROJECT, sample_store(), replace(CONFIG, contact=contact))
    path = things(reporting, "claim")[0]
    page = reporting.render(path, "en")
    assert page is not None
    (link,) = re.findall(r'class="report"[^>]*href="([^"]*)"', page.text)
    assert link.startswith(start)
    asked = parse_qs(urlsplit(link.replace("&amp;", "&")).query)
    assert CONFIG.base + path in asked["body"][0]
    assert asked[subject]


def test_without_a_contact_nothing_can_be_reported(site: Site) -> None:  # noqa: F811
    assert 'class="report"' not in one(site, "claim")


def test_the_drawing_of_the_vocabulary_leads_to_its_terms(site: Site) -> None:  # noqa: F811
    text = one(site, "ontology")
    assert '<a href="#Claim"><rect' in text
    assert 'id="Claim"' in text
    assert "for example" in text
