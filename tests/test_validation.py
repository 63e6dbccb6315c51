"""A validation says what is wrong, where it stands, and in which row it began."""

import io
from pathlib import Path

import pyoxigraph as px
import rdflib
from rdflib import SH
from rich.console import Console

from musnad.depending import with_things
from musnad.graph import read_rdf
from musnad.iri import DEFAULT_BASE
from musnad.store import Store
from musnad.tables.files import read_json_lines
from musnad.validation import (
    Report,
    ValidationResult,
    print_report,
    read_rules,
    read_shapes,
    to_html,
    validate,
    write_report,
)
from musnad.validation.places import rows_of

ROOT = Path(__file__).parents[1]
TABLES = ROOT / "tests" / "data" / "tables"
BASE = "https://w3id.org/musnad/"
MSN = f"{BASE}ontology#"
SHAPES = read_shapes(ROOT / "shapes")
RULES = read_rules(ROOT / "shapes")
CLAIM = next(read_json_lines(TABLES / "claims.jsonl"))
NASTY = '<script>alert("x")</script> [bold]'
RESULT = ValidationResult(
    "Violation", f"{BASE}claim/1", "Something is wrong.", "في الأمر خطأ.", f"{BASE}shapes/claim#speaker",
    f"{MSN}speaker", f'"{NASTY}"', f"{BASE}graph/1", "example.txt", "claims", 3,
)  # fmt: skip


def sample(*more: px.Quad, without: str = "") -> Store:
    """Return the sample with our terms, without the quads of one predicate of the first claim."""
    store = Store.open()
    quads = px.parse(path=str(ROOT / "tests" / "data" / "sample.nq"))
    gone = (px.NamedNode(CLAIM["claim"]), px.NamedNode(MSN + without))
    store.extend(q for q in quads if not without or (q.subject, q.predicate) != gone)
    graph = px.NamedNode(f"{BASE}graph/ontology")
    terms = read_rdf(ROOT / "ontology" / "musnad.ttl")
    store.extend([px.Quad(t.subject, t.predicate, t.object, graph) for t in terms])
    store.extend(more)
    return store


def quad(subject: str, predicate: str, value: px.NamedNode | px.Literal) -> px.Quad:
    return px.Quad(px.NamedNode(subject), px.NamedNode(predicate), value, px.NamedNode(CLAIM["graph"]))


def test_the_sample_and_our_terms_conform() -> None:
    report = validate(sample(), SHAPES, RULES, TABLES)
    assert report.results == ()
    assert report.conforms
    assert report.graphs == 6


def test_a_missing_speaker_is_found_with_its_file_table_and_row() -> None:
    report = validate(sample(without="speaker"), SHAPES, RULES, TABLES)
    assert not report.conforms
    [result] = [r for r in report.results if r.shape == f"{BASE}shapes/claim#speaker"]
    assert (result.focus, result.path, result.graph) == (CLAIM["claim"], f"{MSN}speaker", CLAIM["graph"])
    assert (result.file, result.table, result.row) == (CLAIM["file"], "claims", 1)
    assert result.message_en.startswith("A claim has exactly one speaker")
    assert "قائل" in result.message_ar  # speaker


def test_a_rule_is_found_with_its_file_table_and_row() -> None:
    wrong = quad(
        CLAIM["claim"],
        f"{MSN}notBefore",
        px.Literal("9999-01-01", datatype=px.NamedNode("http://www.w3.org/2001/XMLSchema#date")),
    )
    early = quad(CLAIM["claim"], f"{MSN}notAfter", px.Literal("1999-01-01", datatype=wrong.object.datatype))  # type: ignore[union-attr]
    report = validate(sample(wrong, early), SHAPES, RULES, TABLES)
    found = [r for r in report.results if r.shape == f"{BASE}shapes/dates-in-order"]
    assert {(r.focus, r.file, r.row) for r in found} == {(CLAIM["claim"], CLAIM["file"], 1)}


def test_without_tables_the_file_is_still_known() -> None:
    report = validate(sample(without="polarity"), SHAPES, RULES)
    assert {(r.file, r.table, r.row) for r in report.results} == {(CLAIM["file"], "", 0)}


def test_warnings_do_not_refuse_the_data() -> None:
    condition = px.NamedNode(f"{BASE}scheme/modality/conditional")
    report = validate(
        sample(quad(CLAIM["claim"], f"{MSN}modality", condition), without="modality"), SHAPES, RULES
    )
    assert report.counts() == {"Violation": 0, "Warning": 1, "Info": 0}
    assert report.conforms


def test_the_report_graph_is_shacl_without_blank_nodes() -> None:
    report = Report.of([RESULT], 1)
    graph = rdflib.Graph().parse(data=report.to_turtle(), format="turtle")
    [node] = graph.objects(None, SH.result)
    assert graph.value(node, SH.focusNode) == rdflib.URIRef(RESULT.focus)
    assert graph.value(node, SH.resultSeverity) == SH.Violation
    assert {m.language for m in graph.objects(node, SH.resultMessage)} == {"ar", "en"}  # type: ignore[attr-defined]
    assert graph.value(predicate=SH.conforms, object=rdflib.Literal(False)) is not None
    assert not [term for triple in graph for term in triple if isinstance(term, rdflib.BNode)]
    assert str(node).startswith(f"{BASE}report/")


def test_a_report_does_not_depend_on_the_order_of_its_results() -> None:
    other = ValidationResult("Info", "_:b", "e", "ع", f"{BASE}shapes/claim", "( a b )")
    assert Report.of([RESULT, other, RESULT], 1) == Report.of([other, RESULT], 1)
    assert Report.of([RESULT, other], 1).to_turtle() == Report.of([other, RESULT], 1).to_turtle()


def test_an_empty_report_conforms() -> None:
    report = Report.of([], 3)
    assert "sh:conforms true" in report.to_turtle()
    assert "The data conform." in to_html(report)


def test_the_page_is_bilingual_and_escapes_what_the_data_say() -> None:
    page = to_html(Report.of([RESULT], 1))
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert '<p lang="ar">في الأمر خطأ.</p>' in page  # something is wrong
    assert "example.txt claims:3" in page
    assert "http-equiv" in page
    assert "src=" not in page


def test_the_terminal_shows_place_and_verdict_and_takes_no_markup_from_the_data() -> None:
    out = io.StringIO()
    print_report(
        Report.of(
            [RESULT]
            + [
                ValidationResult("Info", f"{BASE}claim/{n}", "e", "ع", f"{BASE}shapes/claim")
                for n in range(5)
            ],
            1,
        ),
        Console(file=out, width=200),
        limit=2,
    )
    text = out.getvalue()
    assert NASTY in text
    assert "example.txt claims:3" in text
    assert "… and 4 more" in text
    assert "does not conform (1 violation, 0 warning, 5 info)" in text


def test_a_report_is_written_as_graph_and_as_page(tmp_path: Path) -> None:
    write_report(Report.of([RESULT], 1), tmp_path / "report")
    assert "sh:ValidationReport" in (tmp_path / "report" / "report.ttl").read_text(encoding="utf-8")
    assert "<!doctype html>" in (tmp_path / "report" / "report.html").read_text(encoding="utf-8")


def test_a_result_tells_where_it_stands_in_one_line() -> None:
    assert RESULT.where == f"example.txt claims:3 {BASE}claim/1"
    assert (RESULT.message("en"), RESULT.message("ar")) == (RESULT.message_en, RESULT.message_ar)


def test_every_rule_can_be_asked_about_a_few_nodes() -> None:
    """Else a small change would ask it of the whole dataset: slow, and nobody would notice."""
    whole = {
        rule.path.stem
        for rule in RULES
        if with_things(rule.query, DEFAULT_BASE, "focus", ["https://example.org/a"]) is None
    }
    assert whole == set()


def test_rows_are_found_without_reading_them() -> None:
    claims, mentions = (list(read_json_lines(TABLES / f"{name}.jsonl")) for name in ("claims", "mentions"))
    nodes = {each["claim"] for each in claims[::3]} | {each["mention"] for each in mentions[::7]}
    found = {each["claim"]: ("claims", place) for place, each in enumerate(claims, 1)}
    found |= {each["mention"]: ("mentions", place) for place, each in enumerate(mentions, 1)}
    assert rows_of(nodes | {"nothing"}, TABLES) == {node: found[node] for node in nodes}
