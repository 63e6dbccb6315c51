"""The writers: whatever goes in comes out again, and its order does not reach the bytes."""

import random
from pathlib import Path

import pyoxigraph as px
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from musnad.errors import DataError, ProjectError, ShapeError
from musnad.graph import (
    Context,
    read_rdf,
    rebase,
    to_jsonld,
    to_nquads,
    to_ntriples,
    to_rdfxml,
    to_trig,
    to_turtle,
)
from musnad.vocabulary import PREFIXES, prefixes

ROOT = Path(__file__).parents[1]
BASE = "https://w3id.org/musnad/"
NAMES = prefixes(BASE)
CONTEXT = Context.read(ROOT / "ontology" / "context.jsonld")
NASTY = [
    '"', '""', '"""', 'a"', 'a\n"', '\n"""', '""""\n""', "\\", "\\\n", "\\n", "'", "\t", "\r", "\r\n", "\n",
    "\x7f", "\u2028", "\u202eأب\u202c", "\ufeff", " ", "", "<b>&amp;</b>",
    "مُسند", "👩‍👩‍👧", "{{7*7}}", "nan", "12.", "-0",
]  # fmt: skip
LOCALS = [
    "a",
    "a.b",
    ".a",
    "a.",
    "-a",
    "1",
    "a/b",
    "a#b",
    "hop-1#hop-10",
    "%C3",
    "العربية",
    "a:b",
    "",
    "char=1,2",
    "a~b",
]
SPACES = [*sorted(NAMES.values()), "https://example.org/", "id:", "urn:x:", "doc://"]


def is_iri(text: str) -> bool:
    try:
        px.NamedNode(text)
    except ValueError:
        return False
    return True


IRIS = st.sampled_from(
    [px.NamedNode(space + local) for space in SPACES for local in LOCALS if is_iri(space + local)]
)
PREDICATES = st.builds(
    lambda space, local: px.NamedNode(space + local),
    st.sampled_from(sorted(NAMES.values())),
    st.sampled_from(["type", "label", "name", "hop", "edtf", "object", "x-1", "_a"]),
)
WORDS = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=12),
)
XML_WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=12
)
NUMBERS = st.one_of(
    st.integers().map(str), st.sampled_from(["01", "+1", "-0", "1.0", "0.5", "1.", "true", "9" * 5000])
)


def literals(words: st.SearchStrategy[str]) -> st.SearchStrategy[px.Literal]:
    types = st.sampled_from(["integer", "decimal", "boolean", "double", "date", "string"])
    return st.one_of(
        words.map(px.Literal),
        st.builds(
            lambda w, tag: px.Literal(w, language=tag), words, st.sampled_from(["ar", "en", "ar-sy", "de"])
        ),
        st.builds(lambda w, t: px.Literal(w, datatype=px.NamedNode(PREFIXES["xsd"] + t)), NUMBERS, types),
        st.builds(lambda w, t: px.Literal(w, datatype=t), words, IRIS),
    )


def triples(words: st.SearchStrategy[str] = WORDS) -> st.SearchStrategy[list[px.Triple]]:
    one = st.builds(px.Triple, IRIS, PREDICATES, st.one_of(IRIS, literals(words)))
    return st.lists(one, max_size=12)


def parsed(text: str, kind: px.RdfFormat) -> set[px.Triple]:
    return {quad.triple for quad in px.parse(text, format=kind)}


@settings(max_examples=200, deadline=None)
@given(triples())
def test_turtle_gives_the_same_triples_back(graph: list[px.Triple]) -> None:
    assert parsed(to_turtle(graph, NAMES), px.RdfFormat.TURTLE) == set(graph)


@settings(max_examples=100, deadline=None)
@given(triples())
def test_ntriples_give_the_same_triples_back(graph: list[px.Triple]) -> None:
    assert parsed(to_ntriples(graph), px.RdfFormat.N_TRIPLES) == set(graph)


@settings(max_examples=100, deadline=None)
@given(triples(XML_WORDS))
def test_rdfxml_gives_the_same_triples_back(graph: list[px.Triple]) -> None:
    assert parsed(to_rdfxml(graph, NAMES), px.RdfFormat.RDF_XML) == set(graph)


@settings(max_examples=200, deadline=None)
@given(triples())
def test_jsonld_gives_the_same_triples_back(graph: list[px.Triple]) -> None:
    assert parsed(to_jsonld(graph, CONTEXT), px.RdfFormat.JSON_LD) == set(graph)


@settings(max_examples=100, deadline=None)
@given(triples(), st.lists(IRIS, min_size=1, max_size=3))
def test_trig_and_nquads_give_the_same_quads_back(graph: list[px.Triple], places: list[px.NamedNode]) -> None:
    quads = [px.Quad(t.subject, t.predicate, t.object, places[i % len(places)]) for i, t in enumerate(graph)]
    quads += [px.Quad(t.subject, t.predicate, t.object) for t in graph[:2]]
    assert set(px.parse(to_trig(quads, NAMES), format=px.RdfFormat.TRIG)) == set(quads)
    assert set(px.parse(to_nquads(quads), format=px.RdfFormat.N_QUADS)) == set(quads)


@settings(max_examples=50, deadline=None)
@given(triples(XML_WORDS), st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_reach_the_bytes(
    graph: list[px.Triple], chance: random.Random
) -> None:
    other = graph + graph[:3]
    chance.shuffle(other)
    assert to_turtle(other, NAMES) == to_turtle(graph, NAMES)
    assert to_jsonld(other, CONTEXT) == to_jsonld(graph, CONTEXT)
    assert to_ntriples(other) == to_ntriples(graph)


@settings(max_examples=30, deadline=None)
@given(triples(XML_WORDS), st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_reach_rdfxml(graph: list[px.Triple], chance: random.Random) -> None:
    other = list(graph)
    chance.shuffle(other)
    assert to_rdfxml(other, NAMES) == to_rdfxml(graph, NAMES)


def test_rdflib_reads_the_same_ontology() -> None:
    ours = read_rdf(ROOT / "ontology" / "musnad.ttl")
    plain = rdflib.Graph().parse(data=to_ntriples(ours), format="nt")
    for text, kind in [
        (to_turtle(ours, NAMES), "turtle"),
        (to_rdfxml(ours, NAMES), "xml"),
        (to_jsonld(ours, CONTEXT), "json-ld"),
    ]:
        assert set(rdflib.Graph().parse(data=text, format=kind)) == set(plain)


SUITE = ROOT.parent / "shared" / "suites" / "rdf-tests" / "rdf" / "rdf11"


@pytest.mark.skipif(not SUITE.is_dir(), reason="the W3C suites are not beside the repository")
def test_the_files_of_the_w3c_suites_come_back_unchanged() -> None:
    seen = 0
    for path in sorted(SUITE.glob("rdf-*/*.n[tq]")):
        kind = px.RdfFormat.N_TRIPLES if path.suffix == ".nt" else px.RdfFormat.N_QUADS
        try:
            quads = set(px.parse(path=str(path), format=kind))
        except SyntaxError:
            continue  # the suites hold files that must be refused
        triples = {quad.triple for quad in quads}
        assert set(px.parse(to_trig(quads, NAMES), format=px.RdfFormat.TRIG)) == quads, path.name
        assert parsed(to_turtle(quads, NAMES), px.RdfFormat.TURTLE) == triples, path.name
        assert parsed(to_jsonld(quads, CONTEXT), px.RdfFormat.JSON_LD) == triples, path.name
        seen += 1
    assert seen > 300


CLAIM = BASE + "claim/0123456789abcdef"
READABLE = f"""
<{CLAIM}> a <{NAMES["msn"]}Claim> ; <{NAMES["prov"]}qualifiedAttribution> <{CLAIM}#hop-10>, <{CLAIM}#hop-2> ;
    <{NAMES["schema"]}text> "قول المثال"@ar .
<{CLAIM}#hop-10> <{NAMES["msn"]}hop> 10 .
<{CLAIM}#hop-2> <{NAMES["msn"]}hop> 2 .
<{BASE}doc/ffff> a <{NAMES["schema"]}NewsArticle> .
<{BASE}capture/0000> a <{NAMES["msn"]}Capture> .
<{BASE}capture/0000#char=1,2> a <{NAMES["oa"]}SpecificResource> .
"""


def test_a_claim_is_followed_by_its_chain_and_preceded_by_its_document() -> None:
    text = to_turtle(px.parse(READABLE, format=px.RdfFormat.TURTLE), NAMES)
    heads = [
        line.split(" ", 1)[0] for line in text.split("\n\n", 1)[1].splitlines() if line[:1] not in {" ", ""}
    ]
    assert heads == [
        "doc:ffff", "capture:0000", f"<{BASE}capture/0000#char=1,2>", "claim:0123456789abcdef",
        f"<{CLAIM}#hop-2>", f"<{CLAIM}#hop-10>",
    ]  # fmt: skip


def test_arabic_stays_readable_and_only_used_prefixes_are_declared() -> None:
    text = to_turtle(px.parse(READABLE, format=px.RdfFormat.TURTLE), NAMES)
    assert '"قول المثال"@ar' in text
    assert "@prefix skos:" not in text
    assert "\\u" not in text


def test_marks_that_reorder_a_line_are_written_as_escapes() -> None:
    node = px.NamedNode(BASE + "id/x")
    text = to_turtle([px.Triple(node, node, px.Literal("a\u202eb"))], NAMES)
    assert '"a\\u202Eb"' in text


def test_a_jsonld_document_carries_only_the_names_that_it_uses() -> None:
    text = to_jsonld(px.parse(READABLE, format=px.RdfFormat.TURTLE), CONTEXT)
    assert '"hop"' in text
    assert '"speaker"' not in text
    assert "http://purl.org/dc/terms/" not in text


def test_a_character_that_xml_cannot_hold_is_refused() -> None:
    node = px.NamedNode(BASE + "id/x")
    with pytest.raises(DataError, match=r"U\+0001"):
        to_rdfxml([px.Triple(node, node, px.Literal("\x01"))], NAMES)


def test_a_file_that_is_not_turtle_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "claim.ttl"
    path.write_text("@prefix a: <https://example.org/> .\n\na:b a:c ; .. \n", encoding="utf-8")
    with pytest.raises(ShapeError, match=r"claim\.ttl:3: not Turtle"):
        read_rdf(path, error=ShapeError)


def test_a_context_with_a_key_that_we_do_not_understand_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "context.jsonld"
    path.write_text('{"@context": {"a": {"@id": "https://example.org/", "@reverse": "x"}}}', encoding="utf-8")
    with pytest.raises(ProjectError, match="@reverse"):
        Context.read(path)


def test_a_context_that_says_a_name_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "context.jsonld"
    path.write_text('{"@context": {"a": "https://example.org/", "a": {"@id": "a:b"}}}', encoding="utf-8")
    with pytest.raises(ProjectError, match="'a' is there twice"):
        Context.read(path)


def test_a_file_moves_below_another_base() -> None:
    assert rebase(f"<{BASE}id/a>", "https://example.org/m/") == "<https://example.org/m/id/a>"
