"""Other SPARQL servers: what is loaded into them is there, and a server that misbehaves is told of."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as px
import pytest

from musnad.cli import main
from musnad.errors import DataError, EndpointError, ProjectError
from musnad.remote import Remote, RemoteEngine, content_of, load, open_quads
from musnad.remote.content import contents_at, sizes_at
from musnad.remote.loading import PART
from musnad.site.examples import read_examples
from musnad.store import Solutions, Store
from serving import BASE, ROOT, SAMPLE, build_store, free_port
from sparql_servers import answering, oxigraph, virtuoso

HOME = f"{BASE}graph/"
OTHER = "https://example.org/graph/theirs"
XSD = "http://www.w3.org/2001/XMLSchema#"
NODE = px.NamedNode("https://example.org/thing")
LITERALS = (
    px.Literal("قول «مأثور»", language="ar"),  # a saying
    px.Literal('a "quotation"\\ and\na line\tand \u0001'),
    px.Literal("\U0001f54a", language="en-GB"),
    px.Literal("01", datatype=px.NamedNode(f"{XSD}integer")),
    px.Literal("0.80", datatype=px.NamedNode(f"{XSD}decimal")),
    px.Literal("2016-03", datatype=px.NamedNode(f"{XSD}gYearMonth")),
    px.Literal("", language="ar"),
    px.Literal(""),
)
TABLE = b'{"head":{"vars":["s"]},"results":{"bindings":[]}}'
JSON = {"Content-Type": "application/sparql-results+json"}


@pytest.fixture(scope="module")
def sample() -> Store:
    store = Store.open(base=BASE)
    store.load(SAMPLE)
    return store


@pytest.fixture(scope="module", params=[oxigraph, virtuoso], ids=["oxigraph", "virtuoso"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    options = ["--union-default-graph"] if request.param is oxigraph else []
    with request.param(tmp_path_factory.mktemp("servers") / "server", *options) as place:
        yield place


@pytest.fixture
def server(address: str, password: None) -> Remote:
    """Return a server without any graph of ours."""
    remote = Remote.find(address)
    for graph in sizes_at(remote):
        if graph.startswith((HOME, OTHER)):
            remote.remove(graph)
    return remote


@pytest.fixture
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the name and the password that Virtuoso has before anybody changes them."""
    monkeypatch.setenv("MUSNAD_ENDPOINT_USER", "dba")
    monkeypatch.setenv("MUSNAD_ENDPOINT_PASSWORD", "dba")


def few(number: int, graph: str = "mine") -> Store:
    """Return a store with some quads in one graph."""
    store = Store.open(base=BASE)
    name = px.NamedNode(HOME + graph)
    store.extend(px.Quad(NODE, NODE, px.Literal(str(each)), name) for each in range(number))
    return store


def test_what_is_loaded_is_there_and_a_second_load_sends_nothing(server: Remote, sample: Store) -> None:
    first, second = load(sample, server, HOME), load(sample, server, HOME)
    assert set(first.sent) == set(sample.graphs())
    assert (second.sent, second.kept) == ((), len(first.sent))
    assert first.triples == second.triples == sample.count()
    assert first.digest == second.digest
    engine = RemoteEngine(server, HOME)
    engine.check()
    assert set(engine.quads_for_pattern(None, None, None)) == set(sample.quads())


def test_a_load_that_broke_off_goes_on_where_it_stopped(server: Remote, sample: Store) -> None:
    load(sample, server, HOME)
    gone, spoilt, *_ = sample.graphs()
    server.remove(gone)
    server.add(spoilt, f"{NODE} {NODE} {NODE} .\n".encode())
    assert set(load(sample, server, HOME).sent) == {gone, spoilt}


def test_one_changed_value_is_seen_though_the_counts_agree(server: Remote) -> None:
    load(few(3), server, HOME)
    server.put(f"{HOME}mine", b"".join(f'{NODE} {NODE} "{each}" .\n'.encode() for each in (0, 1, 9)))
    assert load(few(3), server, HOME).sent == (f"{HOME}mine",)


def test_graphs_that_are_not_ours_any_more_are_removed_and_others_are_not(server: Remote) -> None:
    server.put(OTHER, f"{NODE} {NODE} {NODE} .\n".encode())
    load(few(1, "old"), server, HOME)
    assert load(few(1, "new"), server, HOME).removed == (f"{HOME}old",)
    assert dict(contents_at(server, [OTHER, f"{HOME}old"])).keys() == {OTHER}


def test_a_long_graph_goes_in_parts(tmp_path: Path) -> None:
    with oxigraph(tmp_path / "server") as address:
        done = load(few(2 * PART + 1), Remote.find(address), HOME)
    assert done.triples == 2 * PART + 1


def test_every_literal_is_hashed_there_as_here(tmp_path: Path) -> None:
    quads = [px.Quad(NODE, NODE, each, px.NamedNode(f"{HOME}x")) for each in LITERALS]
    store = Store.open(base=BASE)
    store.extend(quads)
    with oxigraph(tmp_path / "server") as address:
        remote = Remote.find(address)
        load(store, remote, HOME)
        assert dict(contents_at(remote, [f"{HOME}x"])) == {f"{HOME}x": content_of(store.quads())}


def test_the_hash_is_one_of_content_and_not_of_order() -> None:
    quads = list(few(50).quads())
    assert content_of(quads) == content_of(reversed(quads))
    assert content_of(quads) != content_of(quads[1:])
    assert content_of(few(2).quads()) != content_of(few(3).quads())


def test_a_server_answers_our_questions_as_our_own_store_does(server: Remote, sample: Store) -> None:
    load(sample, server, HOME)
    there = Store(RemoteEngine(server, HOME), BASE)
    assert (there.count(), there.graphs()) == (sample.count(), sample.graphs())
    for graph in sample.graphs():
        assert set(there.quads(graph)) == set(sample.quads(graph))
    claim = sample.select("SELECT ?c { ?c a msn:Claim } ORDER BY ?c LIMIT 1")[0]["c"]
    assert set(there.describe(claim.value)) == set(sample.describe(claim.value))
    for example in read_examples(ROOT / "publish" / "queries", BASE):
        here, away = sample.query(example.text), there.query(example.text)
        if isinstance(here, Solutions) and isinstance(away, Solutions) and "LIMIT" not in example.text:
            assert sorted(map(repr, away.rows)) == sorted(map(repr, here.rows)), example.slug


def test_questions_of_every_kind_are_answered(server: Remote, sample: Store) -> None:
    load(sample, server, HOME)
    there = Store(RemoteEngine(server, HOME), BASE)
    assert there.query("ASK { ?c a msn:Claim }") is True
    assert there.query("ASK { ?c a schema:Nothing }") is False
    assert list(there.query("CONSTRUCT { ?c a msn:Claim } WHERE { ?c a msn:Claim }"))  # type: ignore[arg-type]
    assert there.native.contains_named_graph(px.NamedNode(sample.graphs()[0]))
    assert not there.native.contains_named_graph(px.NamedNode(f"{HOME}none"))


def test_a_mistake_is_told_with_its_place_before_anything_is_sent() -> None:
    nowhere = RemoteEngine(Remote(f"http://127.0.0.1:{free_port()}/query"), HOME)
    with pytest.raises(SyntaxError, match="error at 2:"):
        nowhere.query("SELECT ?s\nWHERE nonsense", prefixes={"a": "https://example.org/"})


def test_a_server_whose_default_graph_is_not_the_union_is_refused(tmp_path: Path, sample: Store) -> None:
    with oxigraph(tmp_path / "server") as address:
        remote = Remote.find(address)
        with pytest.raises(EndpointError, match="no graph of this dataset"):
            RemoteEngine(remote, HOME).check()
        load(sample, remote, HOME)
        with pytest.raises(EndpointError, match="not the union"):
            RemoteEngine(remote, HOME).check()


@pytest.mark.usefixtures("password")
def test_answers_that_are_cut_off_are_refused(tmp_path: Path) -> None:
    with virtuoso(tmp_path / "server", most_rows=10) as address:
        remote = Remote.find(address)
        remote.put(f"{HOME}x", b"".join(f'{NODE} {NODE} "{each}" .\n'.encode() for each in range(50)))
        with pytest.raises(EndpointError, match="cuts answers off after 10 rows"):
            list(remote.select(f"SELECT ?o {{ GRAPH <{HOME}x> {{ ?s ?p ?o }} }}"))


# ---- servers that misbehave


def test_nobody_at_the_address_is_told() -> None:
    with pytest.raises(EndpointError, match="cannot be reached"):
        Remote.find(f"http://127.0.0.1:{free_port()}")


@pytest.mark.parametrize(
    "address", ["", "nonsense", "ftp://example.org/", "file:///etc/passwd", "http://", "http://["]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ProjectError, match="is no address of a server"):
        Remote.find(address)


def test_a_server_of_something_else_is_told() -> None:
    page = (200, {"Content-Type": "text/html"}, b"<p>hello</p>")
    with answering(lambda *_: page) as place, pytest.raises(EndpointError, match="no SPARQL server answers"):
        Remote.find(place)


def test_a_slow_server_is_waited_for_so_long_and_no_longer() -> None:
    def sleep(*_: object) -> tuple[int, dict[str, str], bytes]:
        time.sleep(1.5)
        return 200, JSON, TABLE

    with answering(sleep) as address, pytest.raises(EndpointError, match=r"no answer within 0\.3 seconds"):
        Remote.find(address, seconds=0.3)


def test_a_busy_server_is_asked_again() -> None:
    asked: list[str] = []

    def answer(method: str, path: str, _: bytes) -> tuple[int, dict[str, str], bytes]:
        asked.append(f"{method} {path}")
        return (503, {"Retry-After": "0"}, b"busy") if len(asked) < 2 else (200, JSON, TABLE)

    with answering(answer) as address:
        assert list(Remote(address).select("SELECT ?s {}")) == []
    assert len(asked) == 2


def test_a_server_that_wants_a_password_says_how_to_give_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MUSNAD_ENDPOINT_USER", raising=False)
    words = r"answers 401 .*who are you\?.*MUSNAD_ENDPOINT_USER"
    with answering(lambda *_: (401, {}, b"who are you?")) as place, pytest.raises(EndpointError, match=words):
        Remote(place, place).put(f"{HOME}x", b"")


def test_a_server_that_forgets_what_it_is_given_is_found_out() -> None:
    def forget(method: str, path: str, _: bytes) -> tuple[int, dict[str, str], bytes]:
        if method == "GET" or "data" in path:
            return (404 if method == "GET" else 204), {}, b""
        return 200, JSON, TABLE

    with (
        answering(forget) as address,
        pytest.raises(EndpointError, match="1 of 1 graphs differ there; missing"),
    ):
        load(few(1), Remote(f"{address}/query", f"{address}/data"), HOME)


def test_a_server_without_a_graph_store_can_be_asked_and_not_loaded() -> None:
    def answer(method: str, path: str, _: bytes) -> tuple[int, dict[str, str], bytes]:
        return (200, JSON, TABLE) if method == "POST" and path == "/sparql" else (404, {}, b"")

    with answering(answer) as address:
        remote = Remote.find(address)
        assert (remote.query, remote.graphs) == (f"{address}/sparql", "")
        with pytest.raises(EndpointError, match="give --graph-store"):
            load(few(1), remote, HOME)


# ---- what is loaded


def test_a_build_a_release_and_a_file_are_opened(tmp_path: Path) -> None:
    build_store(tmp_path / "build")
    release = tmp_path / "release"
    release.mkdir()
    (release / "musnad.nq").write_bytes(SAMPLE.read_bytes())
    counts = {open_quads(place, BASE).count() for place in (tmp_path / "build", release, SAMPLE)}
    assert len(counts) == 1


def test_what_has_no_quads_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="is no build, no release"):
        open_quads(tmp_path, BASE)


def test_the_verb_prints_the_digest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    with oxigraph(tmp_path / "server") as address:
        assert main(["load", str(SAMPLE), "--to", address]) == 0
        first = capsys.readouterr().out
        assert main(["load", str(SAMPLE), "--to", address]) == 0
    second = capsys.readouterr().out
    assert first == second
    assert len(first.strip()) == 16


def test_the_verb_says_what_is_wrong_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["load", str(SAMPLE), "--to", f"http://127.0.0.1:{free_port()}"]) == 2
    assert "cannot be reached" in capsys.readouterr().err
