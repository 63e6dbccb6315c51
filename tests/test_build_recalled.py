"""What is recalled of the last build is what would be asked of this one, in the same order."""

from io import BytesIO
from pathlib import Path

import pyoxigraph as px
import pytest

from musnad.build import recalled
from musnad.build.delta import compare
from musnad.build.folder import Folder
from musnad.build.recalled import Known, Recall
from musnad.config import read_site
from musnad.depending import Changed
from musnad.project import Project
from musnad.search import entries, ledger
from musnad.site.kept import _ordered
from musnad.site.orderly import Answer, listing
from musnad.site.pages import read_pages
from musnad.site.queries import Query, bind, read_query
from musnad.site.tallies import tally
from musnad.site.traces import TracedStore, asked, listed, lists_claims
from musnad.site.values import Iri
from musnad.store import Store
from musnad.store_texts import Term, Texts, text_of
from musnad.vocabulary import PREFIXES

SAMPLE = Path(__file__).parent / "data" / "sample.nq"
BASE = "https://w3id.org/musnad/"
ASKED = [
    (entries._NAMES % {"base": BASE}, "thing"),
    (entries._CLAIMS, "thing"),
    (entries._CLAIMS_OF, "claim"),
    (entries._DOCUMENTS, "thing"),
    (ledger._ORDER, "claim"),
    *(
        (f"SELECT DISTINCT ?claim ?value WHERE {{ ?claim a msn:Claim . {where} }}", "claim")
        for where in ledger.FACETS.values()
    ),
]


def folder_of(place: Path, without: str) -> Folder:
    """Return a build that has the sample but for one graph."""
    lines = SAMPLE.read_bytes().splitlines(keepends=True)
    folder = Folder(place)
    place.mkdir()
    folder.quads.write_bytes(
        b"".join(sorted(line for line in lines if not line.endswith(f"{without}> .\n".encode())))
    )
    Store.build(folder.quads, folder.store)
    return folder


def graphs() -> list[str]:
    """Return the graphs of the two largest documents."""
    store = Store.open()
    store.load(SAMPLE)
    own = [graph for graph in store.graphs() if graph.rpartition("/")[2][0].isdigit() or len(graph) > 40]
    return sorted(own, key=lambda graph: -len(list(store.quads(graph))))[:2]


class Two:
    """Two builds, one after the other: each lacks a document that the other has."""

    def __init__(self, place: Path) -> None:
        one, other = graphs()
        self.before, self.after = folder_of(place / "before", one), folder_of(place / "after", other)
        self.stores = [Store.open(each.store, read_only=True) for each in (self.before, self.after)]

    def told(self, *asked: tuple[str, str]) -> None:
        """Keep what the first is told."""
        with self.before.answers.open("wb") as file:
            recall = Recall.begin(file, self.before)
            for query, key in asked:
                recall.texts(self.stores[0], query, key)
            recall.end()

    def known(self) -> Known | None:
        """Return what is known of the first."""
        change = compare(self.before.quads, self.after.quads)
        assert change
        sides = (Changed(self.stores[0], change.removed), Changed(self.stores[1], change.added))
        return Known.of(self.before, sides)


@pytest.fixture
def two(tmp_path: Path) -> Two:
    return Two(tmp_path)


def in_order(rows: list[Texts]) -> list[list[tuple[str, list[str]]]]:
    return sorted(sorted(row.items()) for row in rows)


def test_rows_are_recalled_but_for_those_that_a_change_concerns(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    two.told(*ASKED)
    recall = Recall.begin(BytesIO(), two.after, two.known())
    texts, asked = Store.texts, list[str]()

    def noted(store: Store, query: str, key: str) -> list[Texts]:
        asked.append(query)
        return texts(store, query, key)

    monkeypatch.setattr(Store, "texts", noted)
    for query, key in ASKED:
        assert in_order(recall.texts(two.stores[1], query, key)) == in_order(texts(two.stores[1], query, key))
    assert asked
    assert [query for query in asked if "VALUES" in query] == asked


def test_a_query_of_graphs_or_with_repeated_rows_is_asked_again(two: Two) -> None:
    asked = [("SELECT ?s { ?s ?p ?o }", "s"), ("SELECT DISTINCT ?s { GRAPH ?g { ?s ?p ?o } }", "s")]
    two.told(*asked)
    recall = Recall.begin(BytesIO(), two.after, two.known())
    for query, key in asked:
        assert recall.texts(two.stores[1], query, key) == two.stores[1].texts(query, key)


def test_counts_are_recalled_and_only_what_changed_is_asked_for(
    two: Two, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = [told for text in wide(project) if (told := tally(text))]
    assert len(counted) > 8
    with two.before.answers.open("wb") as file:
        recall = Recall.begin(file, two.before)
        for told in counted:
            recall.counts(two.stores[0], told)
        recall.end()
    recall = Recall.begin(BytesIO(), two.after, two.known())
    select, asked = Store.select, list[str]()

    def noted(store: Store, query: str) -> list[dict[str, Term]]:
        asked.append(query)
        return select(store, query)

    monkeypatch.setattr(Store, "select", noted)
    for told in counted:
        counts = recall.counts(two.stores[1], told)
        assert told.every not in asked
        assert counts == told.told(select(two.stores[1], told.every))


def test_where_too_much_changed_all_is_asked_for_again(
    two: Two, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recalled, "_FEW", 0)
    monkeypatch.setattr(recalled, "_TIMES", 10**9)
    two.told(*ASKED)
    recall = Recall.begin(BytesIO(), two.after, two.known())
    for query, key in ASKED:
        assert recall.texts(two.stores[1], query, key) == two.stores[1].texts(query, key)


def test_damaged_answers_and_those_of_other_quads_are_none(two: Two) -> None:
    two.told(*ASKED[:1])
    assert two.known() is not None
    data = two.before.answers.read_bytes()
    for spoilt in (b"", data[:-1], data[:50] + b"x" + data[51:]):
        two.before.answers.write_bytes(spoilt)
        assert two.known() is None
    two.before.answers.unlink()
    assert two.known() is None
    two.after.answers.write_bytes(data)
    assert Known.of(two.after, (Changed(two.stores[1], ()), Changed(two.stores[0], ()))) is None


def wide(project: Project) -> list[str]:
    """Return the queries of all pages that are asked for all things, as they are asked."""
    kinds = read_pages(project.site_file, read_site(project.site_file).pages)
    found = []
    for kind in kinds:
        for name in kind.queries:
            query: Query = read_query(project.queries / f"{name}.rq", name, BASE)
            if name in kind.once:
                found.append(_ordered(query))
            elif not query.about:
                found.append(query.text)
            elif kind.over:
                found.append(bind(query.text, f"{BASE}network/memberOf"))
    return list(dict.fromkeys(found))


def test_rows_are_put_into_the_order_of_their_query(project: Project) -> None:
    store = Store.open()
    store.load(SAMPLE)
    seen = 0
    for text in wide(project):
        if counting := tally(text):
            counts = counting.told(store.select(counting.every))
            assert counts is not None, text
            assert counting.answers(counts) == asked(store, text), text
            seen += bool(counts)
        elif told := listing(text):
            answers = told.answers(store.texts(told.asked, told.key))
            assert answers is None or by_thing(answers) == by_thing(asked(store, text)), text
            seen += answers is not None and bool(answers)
    assert seen > 12


def by_thing(answers: list[Answer]) -> dict[str, list[Answer]]:
    """Return the rows of each thing that a list is of."""
    found: dict[str, list[Answer]] = {}
    for answer in answers:
        found.setdefault(str(answer.get("this")), []).append(answer)
    return found


def test_what_not_everybody_sorts_alike_is_left_to_the_store() -> None:
    told = listing("SELECT DISTINCT ?claim ?a WHERE { ?claim ?p ?a } ORDER BY ?a")
    assert told
    day, number, words = (
        px.Literal("2020-01-02", datatype=px.NamedNode(f"{PREFIXES['xsd']}date")),
        px.Literal(7),
        px.Literal("a"),
    )
    for values, sorts in (
        ((day, day), True),
        ((number, number), True),
        ((number, day), False),
        ((words, words), True),
        ((words, number), False),
    ):
        rows = [{"claim": ["https://example.org/c", ""], "a": text_of(each)} for each in values]
        assert (told.answers(rows) is not None) == sorts


def test_only_a_store_that_recalls_lists_all_claims(two: Two, project: Project) -> None:
    query = read_query(project.queries / "concept-claims.rq", "concept-claims", BASE)
    store = TracedStore(two.stores[1].native)
    assert not lists_claims(store, query.text)
    store.recall = Recall.begin(BytesIO(), two.after)
    assert lists_claims(store, query.text)
    assert listed(store, query.text) == asked(two.stores[1], query.text)
    assert isinstance(listed(store, query.text)[0]["claim"], Iri)
