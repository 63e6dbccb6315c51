"""The W3C's tests of the SPARQL 1.1 Protocol; those of updates must all be refused."""

import http.client
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

import orjson
import pyoxigraph as ox
import pytest
from rdflib import Graph, Namespace
from rdflib.collection import Collection
from rdflib.term import Node

from serving import SHARED, build_store, running

SUITE = SHARED / "suites" / "rdf-tests" / "sparql" / "sparql11" / "protocol"
HT, CNT = Namespace("http://www.w3.org/2011/http#"), Namespace("http://www.w3.org/2011/content#")
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
GRAPHS = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
FORMATS = {
    "boolean": ("sparql-results",),
    "tabular": ("sparql-results", "csv", "tab-separated"),
    "RDF": ("turtle", "n-triples", "ld+json", "rdf+xml"),
}


@dataclass(frozen=True)
class Case:
    name: str
    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    statuses: frozenset[int]  # first digits
    form: str
    boolean: bool | None


def read_cases() -> Iterator[Case]:
    graph = Graph().parse(SUITE / "manifest.ttl")
    (entries,) = graph.objects(None, MF.entries)
    for test in Collection(graph, entries):
        action = graph.value(test, MF.action)
        (request,) = list(Collection(graph, graph.value(action, HT.requests)))[:1]
        yield read_case(graph, str(test).rpartition("#")[2], request)


def read_case(graph: Graph, name: str, request: Node) -> Case:
    listed = graph.value(request, HT.headers)
    headers = {
        str(graph.value(each, HT.fieldName)): str(graph.value(each, HT.fieldValue))
        for each in (Collection(graph, listed) if listed else [])
    }
    content = graph.value(request, HT.body)
    chars = graph.value(content, CNT.chars)
    encoding = str(graph.value(content, CNT.characterEncoding) or "utf-8")
    response = graph.value(request, HT.resp)
    boolean = graph.value(response, MF.expectedBoolean)
    return Case(
        name,
        str(graph.value(request, HT.methodName)),
        str(graph.value(request, HT.absolutePath)).replace("/sparql/", "/sparql", 1),
        headers,
        str(chars).encode(encoding) if chars is not None else b"",
        frozenset(int(str(status)[-3]) for status in graph.objects(response, MF.expectedStatus)),
        str(graph.value(response, MF.expectedFormat) or ""),
        None if boolean is None else bool(boolean.toPython()),
    )


CASES = list(read_cases()) if SUITE.is_dir() else []
pytestmark = pytest.mark.skipif(not CASES, reason="the W3C suites are not beside the repository")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("w3c")
    lines = []
    for number in (1, 2, 3):
        graph = ox.NamedNode(GRAPHS.format(number))
        found = ox.parse(path=str(SUITE / f"data{number}.nt"), format=ox.RdfFormat.N_TRIPLES)
        lines += [f"{ox.Quad(q.subject, q.predicate, q.object, graph)} .\n" for q in found]
    quads = folder / "data.nq"
    quads.write_text("".join(lines), encoding="utf-8")
    with running(build_store(folder, quads)) as (address, _):
        yield address


def send(server: str, case: Case) -> tuple[int, str, bytes]:
    connection = http.client.HTTPConnection(server.removeprefix("http://"), timeout=20)
    connection.request(case.method, case.path, case.body or None, case.headers)
    answer = connection.getresponse()
    given = answer.status, answer.getheader("content-type", ""), answer.read()
    connection.close()
    return given


def truth(kind: str, body: bytes) -> bool:
    if "json" in kind:
        return bool(orjson.loads(body)["boolean"])
    return ElementTree.fromstring(body).findtext("{*}boolean") == "true"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_protocol_is_kept(server: str, case: Case) -> None:
    status, kind, body = send(server, case)
    if "update" in case.name:
        assert 400 <= status < 500
        return
    assert status // 100 in case.statuses
    assert not case.form or any(name in kind for name in FORMATS[case.form])
    assert case.boolean is None or truth(kind, body) == case.boolean


def test_no_case_was_lost() -> None:
    assert len(CASES) == 34
    assert sum("update" not in case.name for case in CASES) == 20
