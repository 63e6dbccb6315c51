"""The example queries: each is run as it is shown, over the build of the bundled documents."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from musnad.build import Folder
from musnad.config import read_site
from musnad.errors import TemplateError
from musnad.project import Project
from musnad.server.guard import check
from musnad.server.queries import run_query
from musnad.site.examples import TOPICS, Example, by_topic, read_examples
from musnad.site.queries import with_prefixes
from musnad.site.results import TABLE, Results
from musnad.site.texts import LANGUAGES
from musnad.site.values import to_value
from musnad.store import Solutions, Store, Triples

ROOT = Path(__file__).parents[1]
PROJECT = Project(ROOT)
BASE = read_site(PROJECT.site_file).base
EXAMPLES = read_examples(PROJECT.queries, BASE)
QUESTIONS = ROOT.parent / "shared" / "domain" / "competency-questions.json"
SAMPLE = ROOT / "tests" / "data" / "sample.nq"
# What tells of the content of claims, so that a query over it must also say whose claim it is.
CONTENT = re.compile(r"rdf:(?:subject|object)|schema:text|schema:about|oa:exact|graph/reported")
# Which examples answer the competency questions of the domain, by their numbers.
ANSWERED = {
    1: "who-speaks-of", 2: "chain", 3: "unnamed-sources", 4: "unnamed-described", 5: "own-words", 6:
    "spoken-of", 7: "own-voice", 8: "outlets-quote", 9: "taken-from", 10: "claims-from-posts", 11:
    "took-part", 12: "parties-present", 13: "delegations", 14: "not-there", 15: "excluded", 16:
    "planned-events", 17: "announced-and-held", 18: "where-held", 19: "events-in-time", 20:
    "events-in-a-month", 21: "contested", 22: "affirmed-and-denied", 23: "resignations", 24:
    "demands", 25: "conditions", 26: "predictions", 27: "who-denies", 28: "about-texts", 29:
    "about-an-event", 30: "opinions", 31: "offices", 32: "former-members", 33: "names", 34:
    "in-several-documents", 35: "parts-of-bodies", 36: "body-only", 37: "evidence-place", 38:
    "undated", 39: "doubtful", 40: "safe",
}  # fmt: skip


def named(example: Example) -> str:
    return example.slug


@pytest.fixture(scope="module")
def store(built: Folder) -> Store:
    return Store.open(built.store, read_only=True, base=BASE)


def answers(store: Store, example: Example) -> Results:
    """Return what an example gives, as it is sent, to a store whose default graph is the union of all."""
    found = store.native.query(example.text, use_default_graph_as_union=True)
    columns = tuple(variable.value for variable in found.variables)  # type: ignore[union-attr]
    rows = tuple(tuple(map(to_value, row)) for row in found)  # type: ignore[union-attr]
    return Results(example.text, columns, rows, TABLE, example.view)


def test_there_are_at_least_forty_in_all_topics() -> None:
    assert len(EXAMPLES) >= 40
    assert len({example.slug for example in EXAMPLES}) == len(EXAMPLES)
    assert [topic for topic, _ in by_topic(EXAMPLES)] == list(TOPICS)


@pytest.mark.skipif(not QUESTIONS.is_file(), reason="the competency questions are not beside the repository")
def test_every_competency_question_has_an_example() -> None:
    assert {each["n"] for each in json.loads(QUESTIONS.read_bytes())} == ANSWERED.keys()
    assert set(ANSWERED.values()) <= {example.slug for example in EXAMPLES}


@pytest.mark.parametrize("example", EXAMPLES, ids=named)
def test_an_example_is_titled_and_explained_in_both_languages(example: Example) -> None:
    for told in (example.titles, example.abouts):
        assert set(told) == set(LANGUAGES)
        assert re.search("[\u0621-\u064a]", told["ar"])
        assert not re.search("[\u0621-\u064a]", told["en"].replace("«", ""))


@pytest.mark.parametrize("example", EXAMPLES, ids=named)
def test_an_example_has_answers_and_passes_the_guard(store: Store, built: Folder, example: Example) -> None:
    check(example.text)
    answer = run_query(built.store, example.text, "text/csv, application/n-triples", BASE)
    assert len(answer.body) < 1_000_000
    lines = answer.body.count(b"\n") - (answer.kind == TABLE)
    if not example.empty:
        assert lines > 0
    if example.variables and lines > 0:
        results = answers(store, example)
        assert results.columns == example.variables
        assert results.shown == example.view
        assert len(results.rows) <= 200 or example.view != TABLE


@pytest.mark.parametrize("example", [each for each in EXAMPLES if each.empty], ids=named)
def test_an_example_that_may_be_empty_has_answers_where_there_are_any(example: Example) -> None:
    store = Store.open(base=BASE)
    store.load(SAMPLE)
    assert answers(store, example).rows


@pytest.mark.parametrize("example", EXAMPLES, ids=named)
def test_no_example_shows_a_claim_without_its_speaker(example: Example) -> None:
    if not CONTENT.search(example.text) or "?claim" not in example.text:
        return
    counted = "GROUP BY" in example.text
    spoken = any("speaker" in name for name in example.variables) or "msn:speaker" in example.text
    assert spoken if counted or not example.variables else "speaker" in example.variables


@pytest.mark.parametrize("example", [each for each in EXAMPLES if each.variables], ids=named)
def test_an_example_gives_the_same_order_every_time(example: Example) -> None:
    assert "ORDER BY" in example.text


def test_an_example_may_be_a_graph(store: Store) -> None:
    graph = next(example for example in EXAMPLES if not example.variables)
    answer = store.query(graph.text)
    assert isinstance(answer, Triples)
    assert list(answer)


def write_example(queries: Path, text: str) -> None:
    (queries / "examples").mkdir()
    (queries / "examples" / "01-x.rq").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("# title-ar: سؤال\n", "needs the line '# title-en"),
        ("# topic: weather\n", "'weather' is no topic"),
        ("# view: hologram\n", "'hologram' is no view"),
        ("# colour: red\n", "unknown line '# colour:'"),
    ],
)
def test_an_example_that_says_too_little_or_too_much_is_refused(
    tmp_path: Path, line: str, words: str
) -> None:
    whole = {
        "title-ar": "سؤال",  # question
        "title-en": "Question",
        "about-ar": "شرح",  # explanation
        "about-en": "Explanation",
        "topic": "voices",
    }
    if words.startswith("needs"):
        del whole["title-en"]
    else:
        whole.pop(line[2:].partition(":")[0], None)
    head = "".join(f"# {key}: {value}\n" for key, value in whole.items() if f"# {key}:" not in line)
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "01-x.rq").write_text(
        f"{head}{line}SELECT ?s {{ ?s ?p ?o }}\n", encoding="utf-8"
    )
    with pytest.raises(TemplateError, match=re.escape(words)):
        read_examples(tmp_path, BASE)


@pytest.mark.parametrize(
    ("query", "words"), [("SELECT", "not a SPARQL query"), ("ASK {}", "must be a SELECT")]
)
def test_an_example_that_is_no_query_is_refused(tmp_path: Path, query: str, words: str) -> None:
    head = "# title-ar: س\n# title-en: Q\n# about-ar: ش\n# about-en: A\n# topic: voices\n"  # letters
    write_example(tmp_path, f"{head}{query}\n")
    with pytest.raises(TemplateError, match=words):
        read_examples(tmp_path, BASE)


def test_only_the_prefixes_that_are_used_are_written() -> None:
    text = with_prefixes(
        "# prov: no\nSELECT ?x { ?x a schema:Person . FILTER(?x != <id:x> && 'oa:x' != ?x) }",
        "https://e.example/",
    )
    assert text.count("PREFIX") == 1


def test_a_prefix_within_a_path_is_found() -> None:
    assert "PREFIX oa:" in with_prefixes("SELECT ?x { ?x msn:evidence/oa:exact ?y }", "https://e.example/")


def test_a_select_without_prefixes_is_left_alone() -> None:
    assert with_prefixes("SELECT ?s { ?s ?p ?o }", "https://e.example/") == "SELECT ?s { ?s ?p ?o }"
    assert isinstance(Store.open().query("SELECT ?s { ?s ?p ?o }"), Solutions)
