"""Every shape and every rule objects to what it should, and to nothing else.

`tests/shapes/<class>.ttl` has nodes without fault, nodes without anything (`…empty…`) and nodes with
everything wrong; `tests/shapes/<rule>.trig` has nodes that break one rule (`…bad`) and others that do not.
"""

from functools import cache
from pathlib import Path

import pyoxigraph as px
import pyshacl
import pytest
import rdflib
from rdflib import SH

from musnad.errors import ShapeError
from musnad.graph import read_rdf
from musnad.store import Store
from musnad.validation import Rule, Shapes, ValidationResult, read_rules, read_shapes
from musnad.validation.bridge import graph_of
from musnad.validation.check import judge

ROOT = Path(__file__).parents[1]
CASES = Path(__file__).parent / "shapes"
FOLDER = ROOT / "shapes"
SHAPES = read_shapes(FOLDER)
RULES = {rule.path.stem: rule for rule in read_rules(FOLDER)}
CLASSES = sorted(path.stem for path in FOLDER.glob("*.ttl"))
BASE = "https://w3id.org/musnad/shapes/"


@cache
def results(name: str) -> tuple[ValidationResult, ...]:
    return tuple(judge(graph_of(read_rdf(CASES / f"{name}.ttl")), SHAPES))


def test_no_case_was_lost() -> None:
    assert sorted(path.stem for path in CASES.glob("*.ttl")) == CLASSES
    assert sorted(RULES) == sorted(path.stem for path in CASES.glob("*.trig"))
    assert len(CLASSES) == 22
    assert len(RULES) == 21


@pytest.mark.parametrize("name", CLASSES)
def test_a_good_node_is_left_alone(name: str) -> None:
    wrong = {
        (result.focus, result.shape)
        for result in results(name)
        if result.shape.startswith(f"{BASE}{name}#")
        and result.severity == "Violation"
        and not set(result.focus.replace("#", "/").split("/")) & FAULTY
    }
    assert wrong == set()


FAULTY = {"empty", "wrong", "lost", "backwards", "empty-selector", "empty-file", "wrong-file"}


@pytest.mark.parametrize("name", CLASSES)
def test_every_shape_of_the_class_objects_to_something(name: str) -> None:
    graph = SHAPES.graph
    speaking = {str(shape) for shape in graph.subjects(SH.message) if str(shape).startswith(f"{BASE}{name}#")}
    assert speaking - {result.shape for result in results(name)} == set()


@pytest.mark.parametrize("name", CLASSES)
def test_every_objection_says_what_is_wrong_in_both_languages(name: str) -> None:
    assert all(result.message_en and result.message_ar for result in results(name))


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_objects_to_what_is_bad_and_to_nothing_else(rule: Rule) -> None:
    store = Store.open()
    quads = list(px.parse(path=str(CASES / f"{rule.path.stem}.trig")))
    store.extend(quads)
    bad = {str(quad.subject)[1:-1] for quad in quads if str(quad.subject).endswith("bad>")}
    assert bad
    assert {result.focus for result in rule.results(store)} == bad
    assert all(result.graph for result in rule.results(store))


def test_the_shapes_satisfy_the_shapes_of_shacl() -> None:
    conforms, _, text = pyshacl.validate(rdflib.Graph(), shacl_graph=SHAPES.graph, meta_shacl=True)
    assert conforms, text


def test_every_published_class_has_a_shape_that_targets_it() -> None:
    data = px.parse(path=str(ROOT / "tests" / "data" / "sample.nq"))
    used = {quad.object.value for quad in data if quad.predicate.value == str(rdflib.RDF.type)}  # type: ignore[union-attr]
    classes = {str(target) for target in SHAPES.graph.objects(None, SH.targetClass)}
    by_link = {"https://schema.org/NewsArticle", "https://schema.org/WebPage"}  # targeted by their properties
    assert used - classes == by_link


FAULTS = {
    "a typing error in a key": ("sh:minCuont 1", "claim.ttl:", "sh:minCuont is not a key"),
    "SPARQL in a shape": ("sh:sparql s:x", "claim.ttl:", "write a rule"),
    "broken Turtle": ("sh:minCount ..", "claim.ttl:", "not Turtle"),
    "words for a number": ('sh:minCount "one"', "claim.ttl:", "sh:minCount must be"),
    "a pattern that does not close": ('sh:pattern "(x"', "claim.ttl:", "unterminated"),
    "a shape that is not there": ("sh:node s:nothing", "claim.ttl:", "s:nothing is not a shape"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_shape_that_cannot_be_right_is_refused_with_its_line(name: str, tmp_path: Path) -> None:
    text, place, problem = FAULTS[name]
    good = (FOLDER / "claim.ttl").read_text(encoding="utf-8")
    (tmp_path / "claim.ttl").write_text(good.replace("sh:minCount 1", text, 1), encoding="utf-8")
    with pytest.raises(ShapeError, match=problem) as caught:
        read_shapes(tmp_path)
    assert place in str(caught.value)


@pytest.mark.parametrize(
    "gone", ['"A claim has exactly one speaker, an IRI."@en ,', "sh:severity sh:Violation ;"]
)
def test_a_shape_without_message_or_severity_is_refused(gone: str, tmp_path: Path) -> None:
    good = (FOLDER / "claim.ttl").read_text(encoding="utf-8")
    (tmp_path / "claim.ttl").write_text(good.replace(gone, ""), encoding="utf-8")
    with pytest.raises(ShapeError, match=r"claim\.ttl:\d+: .*(lacks sh:message|needs one sh:severity)"):
        read_shapes(tmp_path)


RULE = """# id: example
# severity: Warning
# message-en: Something is wrong.
# message-ar: في الأمر خطأ.
SELECT ?focus WHERE { ?focus a schema:Person }
"""
RULE_FAULTS = {
    "severity: Warning": ("severity: Fatal", "not a severity"),
    "# message-ar: في الأمر خطأ.\n": ("", "lacks 'message-ar'"),
    "id: example": ("id: other", "name the file after the rule"),
    "?focus WHERE": ("?focus ?other WHERE", r"selects \?other"),
    "a schema:Person }": ("a schema:Person ", r"example\.rq:6: error"),
    "SELECT ?focus": ("SELECT ?node", "does not select"),
    "# severity": ("# severty", r"example\.rq:2: not a line of the head"),
}


@pytest.mark.parametrize("found", RULE_FAULTS)
def test_a_rule_that_cannot_be_right_is_refused(found: str, tmp_path: Path) -> None:
    instead, problem = RULE_FAULTS[found]
    (tmp_path / "example.rq").write_text(RULE.replace(found, instead), encoding="utf-8")
    with pytest.raises(ShapeError, match=problem):
        read_rules(tmp_path)


def test_shapes_and_rules_follow_the_base_of_the_site() -> None:
    base = "https://data.example.org/m/"
    moved: Shapes = read_shapes(FOLDER, base)
    assert not [t for t in moved.graph if any("w3id.org" in str(term) for term in t)]
    assert all("w3id.org" not in rule.query for rule in read_rules(FOLDER, base))


def test_a_folder_without_shapes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ShapeError, match="no shapes here"):
        read_shapes(tmp_path)
