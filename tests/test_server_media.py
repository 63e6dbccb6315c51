import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from effort import HANGS, effort
from musnad.server.media import (
    CSV,
    DATA,
    JSON,
    RESOURCE,
    TABLE,
    negotiate,
    negotiate_coding,
    negotiate_language,
)
from musnad.server.queries import preferred

FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
RDFLIB = "application/rdf+xml,text/rdf+n3;q=0.9,application/xhtml+xml;q=0.5,*/*;q=0.1"
JENA = "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,application/rdf+xml;q=0.7,*/*;q=0.1"


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [
        (None, "html"),
        ("", "html"),
        ("*/*", "html"),
        ("*", "html"),
        ("text/html", "html"),
        (FIREFOX, "html"),
        ("text/turtle", "ttl"),
        ("TEXT/Turtle", "ttl"),
        ("application/x-turtle", "ttl"),
        ("application/ld+json", "jsonld"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "jsonld"),
        ('application/ld+json;profile="a,b;q=0";q=0.5, text/turtle;q=0.4', "jsonld"),
        ("application/json", "jsonld"),
        ("application/rdf+xml", "rdf"),
        ("application/n-triples", "nt"),
        ("text/turtle;q=0.5, application/ld+json;q=0.9", "jsonld"),
        ("application/ld+json;q=0.2, text/turtle", "ttl"),
        ("text/html;q=0, */*;q=0.1", "ttl"),
        ("text/turtle;q=0, */*;q=0.1", "html"),
        ("text/*", "html"),
        ("text/*, text/html;q=0.1", "ttl"),
        ("application/*", "jsonld"),
        ("text/turtle, */*", "ttl"),
        ("text/html, text/turtle", "html"),
        ("text/turtle;version=2, text/html;q=0.1", "html"),
        ("text/turtle;charset=utf-8", "ttl"),
        ("text/html;q=1.5, text/turtle;q=0.1", "ttl"),
        ("text/html;q=NaN, text/turtle;q=0.1", "ttl"),
        ("text/html;level=1;q=0.9, application/n-triples;q=.2", "nt"),
        (RDFLIB, "rdf"),
        (JENA, "ttl"),
        ("garbage", "html"),
        (";;;,,,", "html"),
        ("image/png", None),
        ("application/n-quads", None),
        ("*/html", "html"),
        ("*/*;q=0", None),
    ],
)
def test_the_format_that_the_client_prefers_is_chosen(accept: str | None, suffix: str | None) -> None:
    chosen = negotiate(accept, RESOURCE)
    assert (chosen.suffix if chosen else None) == suffix


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [
        ("*/*", "json"),
        ("application/json", "json"),
        ("application/sparql-results+xml;q=0.3, application/sparql-results+json", "json"),
        ("application/xml", "xml"),
        ("text/csv", "csv"),
        ("text/tab-separated-values", "tsv"),
        ("text/turtle", ""),
    ],
)
def test_a_table_is_negotiated_too(accept: str, suffix: str) -> None:
    assert preferred(accept, TABLE) == suffix


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "ar"),
        ("ar", "ar"),
        ("en", "en"),
        ("en-GB,en;q=0.8", "en"),
        ("ar-SY;q=0.4,en;q=0.5", "en"),
        ("fr", "en"),
        ("fr, *;q=0.5", "ar"),
        ("ar;q=0, *", "en"),
        ("ar;q=0", "en"),
        ("x" * 5_000, "en"),
        ("ar, en", "ar"),
    ],
)
def test_the_language_that_the_client_prefers_is_chosen(header: str | None, language: str) -> None:
    assert negotiate_language(header, ("ar", "en"), "en") == language


@settings(deadline=None)
@given(st.text(max_size=300))
def test_no_header_breaks_the_negotiation(header: str) -> None:
    assert negotiate(header, DATA) in (None, *DATA)
    assert negotiate_language(header, ("ar", "en"), "en") in {"ar", "en"}
    assert negotiate_coding(header, ("br", "gzip")) in {"", "br", "gzip"}


WEIGHTS = st.integers(0, 1000)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(RESOURCE), WEIGHTS), min_size=1, unique_by=lambda pair: pair[0]))
def test_no_offer_has_a_greater_weight_than_the_chosen_one(pairs: list[tuple]) -> None:
    header = ", ".join(f"{form.media_type};q={weight / 1000:.3f}" for form, weight in pairs)
    chosen, weights = negotiate(header, RESOURCE), dict(pairs)
    assert (chosen is None) == (max(weights.values()) == 0)
    assert chosen is None or weights[chosen] == max(weights.values())


@pytest.mark.parametrize("hostile", ['"\\' * 30_000, "a/b," * 15_000, "a/b;" * 15_000, "," * 60_000])
def test_a_hostile_header_costs_little(hostile: str) -> None:
    started = time.process_time()
    _, calls = effort(lambda: negotiate(hostile, RESOURCE))
    assert calls < 20_000
    assert time.process_time() - started < HANGS


def test_only_text_states_its_characters() -> None:
    assert CSV.content_type == "text/csv; charset=utf-8"
    assert JSON.content_type == "application/sparql-results+json"
