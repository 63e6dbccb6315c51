"""The example queries run over the sample as they are shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from musnad.config import read_site
from musnad.project import Project
from musnad.site.examples import Example, read_examples
from musnad.site.queries import with_prefixes
from musnad.store import Solutions, Store

ROOT = Path(__file__).parents[1]
PROJECT = Project(ROOT)
EXAMPLES = read_examples(PROJECT.queries, read_site(PROJECT.site_file).base)
# Questions to which the sample has no answer.
UNANSWERED = frozenset({"demands"})
VARIABLES = {
    "who-speaks-of": ("speaker", "about", "document"),
    "chain": ("claim", "hop", "agent", "verb"),
    "unnamed-sources": ("claim", "source", "words"),
    "own-words": ("speaker", "claim", "words"),
    "own-voice": ("outlet", "claims"),
    "who-quotes-whom": ("reporter", "quoted", "claims"),
    "taken-from": ("document", "outlet"),
    "took-part": ("event", "participant", "polarity", "modality", "speaker", "claim"),
    "negated": ("claim", "speaker", "words"),
    "planned": ("claim", "modality", "speaker"),
    "events-in-time": ("event", "edtf", "earliest", "latest", "speaker"),
    "contested": ("claim", "words", "other", "other_words"),
    "demands": ("speaker", "claim", "words"),
    "conditions": ("claim", "speaker", "condition"),
    "offices": ("person", "body", "role", "status", "claim"),
    "in-several-documents": ("entity", "documents"),
    "names": ("body", "name"),
    "undated": ("document", "edtf", "earliest", "latest"),
    "doubtful": ("claim", "pattern", "words"),
    "safe": ("subject", "predicate", "object", "document", "claim"),
}


def test_no_example_was_lost() -> None:
    assert {example.slug: example.variables for example in EXAMPLES} == VARIABLES


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.slug)
def test_an_example_answers_as_it_is_shown(example: Example) -> None:
    store = Store.open()
    store.load(ROOT / "tests" / "data" / "sample.nq")
    answer = store.native.query(example.text, use_default_graph_as_union=True)
    assert [variable.value for variable in answer.variables] == list(VARIABLES[example.slug])
    assert (not list(answer)) == (example.slug in UNANSWERED)


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
