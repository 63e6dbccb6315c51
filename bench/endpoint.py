"""Measure the query service beside two others: latency, processor time, and what hostile queries do to it.

Run `python bench/endpoint.py BUILD [PEERS] [SECONDS]` inside a project. PEERS is the python of an environment
with rdflib-endpoint, pyoxigraph and uvicorn (pip install rdflib-endpoint pyoxigraph uvicorn); without it only
Musnad is measured. All servers hold the same quads, at 127.0.0.1, one after the other; the client shares the
machine with them. Prints for each server, kind of query and number of connections: answers a second, median
and 99th percentile in milliseconds, processor milliseconds of the server and its children for each answer,
and what was not answered with 200.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import quote

from server import free_port

from musnad.vocabulary import prefixes

BASE = "https://w3id.org/musnad/"
KNOWN = prefixes(BASE)
POINT = ["SELECT ?p ?o { <https://w3id.org/musnad/id/ankara> ?p ?o }"]
MIX = [
    "SELECT ?c ?l { ?c a msn:Claim ; rdfs:label ?l } LIMIT 20",
    "SELECT ?c ?l ?s { ?c a msn:Claim ; rdfs:label ?l ; msn:speaker ?s } LIMIT 50",
    "SELECT ?s (COUNT(?c) AS ?n) { ?c msn:speaker ?s } GROUP BY ?s ORDER BY DESC(?n) LIMIT 10",
    "SELECT ?c ?l { ?c a msn:Claim ; rdfs:label ?l FILTER(CONTAINS(?l, 'س')) } LIMIT 20",
    "SELECT ?t (COUNT(*) AS ?n) { ?x a ?t } GROUP BY ?t",
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s a msn:Claim } } GROUP BY ?g",
    "ASK { ?c a msn:Claim ; msn:polarity ?p }",
    "CONSTRUCT { ?c rdfs:label ?l } WHERE { ?c a msn:Claim ; rdfs:label ?l } LIMIT 50",
    "SELECT ?c ?w { ?c a msn:Claim ; msn:evidence ?e . OPTIONAL { ?e oa:exact ?w } } LIMIT 20",
    "SELECT DISTINCT ?a { ?c prov:qualifiedAttribution ?q . ?q prov:agent ?a } LIMIT 50",
    "SELECT ?a ?b { ?a msn:speaker ?s . ?b msn:speaker ?s FILTER(?a != ?b) } LIMIT 100",
    "SELECT (COUNT(*) AS ?n) { { ?x a schema:Person } UNION { ?x a schema:Organization } }",
]
HOSTILE = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
MANY = 16
PATIENCE = 10.0  # seconds that the client waits for an answer while hostile queries run
RAW = """
import sys, uvicorn, pyoxigraph as ox
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
store = ox.Store()
store.bulk_load(path=sys.argv[1], format=ox.RdfFormat.N_QUADS)
def answer(request):
    found = store.query(request.query_params["query"], use_default_graph_as_union=True)
    if isinstance(found, ox.QueryTriples):
        return Response(ox.serialize(found, format=ox.RdfFormat.N_TRIPLES))
    return Response(found.serialize(format=ox.QueryResultsFormat.JSON), media_type="application/json")
uvicorn.run(Starlette(routes=[Route("/sparql", answer)]), port=int(sys.argv[2]), log_level="error")
"""
RDFLIB = """
import sys, uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
data = Dataset(default_union=True)
data.parse(sys.argv[1], format="nquads")
app = SparqlEndpoint(graph=data, path="/sparql")
uvicorn.run(app, port=int(sys.argv[2]), log_level="error")
"""


@dataclass
class Taken:
    """What answers took, in milliseconds, and the statuses that were not 200; 0 is no answer in time."""

    times: list[float] = field(default_factory=list)
    refused: Counter[int] = field(default_factory=Counter)

    def line(self, seconds: float, processor: float) -> str:
        """Return a line of the table."""
        if len(self.times) < 2:
            return f"no answers; refused {dict(self.refused)}"
        cuts = statistics.quantiles(self.times, n=100)
        cost = processor / len(self.times) * 1000
        rest = f"  refused {dict(self.refused)}" if self.refused else ""
        rate = len(self.times) / seconds
        return f"{rate:7.0f}/s  p50 {cuts[49]:7.1f} ms  p99 {cuts[98]:7.1f} ms  CPU {cost:6.2f} ms{rest}"


def written(query: str) -> str:
    """Return the path of a query, with the prefixes that it uses declared."""
    used = [f"PREFIX {name}: <{iri}>" for name, iri in KNOWN.items() if f"{name}:" in query]
    return f"/sparql?query={quote(' '.join([*used, query]))}"


class Client:
    """One connection, opened again when the server closes it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._pipe: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str, accept: str = "*/*") -> int:
        """Return the status of an answer that was read to its end."""
        if self._pipe is None:
            self._pipe = await asyncio.open_connection("127.0.0.1", self._port, limit=1 << 20)
        source, target = self._pipe
        target.write(f"GET {path} HTTP/1.1\r\nHost: x\r\nAccept: {accept}\r\n\r\n".encode())
        head = (await source.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = head.partition("content-length: ")[2].partition("\r\n")[0]
        await source.readexactly(int(length or 0))
        if "connection: close" in head or not length:
            self.close()
        return int(head.split()[1])

    def close(self) -> None:
        """Close the connection."""
        if self._pipe:
            self._pipe[1].close()
            self._pipe = None


async def ask(port: int, paths: Sequence[str], taken: Taken, until: float, patience: float = 30.0) -> None:
    """Ask one after the other until a time."""
    client = Client(port)
    for place in count():
        if (began := time.perf_counter()) > until:
            break
        try:
            async with asyncio.timeout(patience):
                status = await client.get(paths[place % len(paths)])
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            status = 0
            client.close()
        if status == 200:
            taken.times.append((time.perf_counter() - began) * 1000)
        else:
            taken.refused[status] += 1
            await asyncio.sleep(0.05)
    client.close()


def family(process: int) -> Iterator[int]:
    """Yield a process and those that it started."""
    yield process
    for task in Path(f"/proc/{process}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from family(int(child))


def processor_seconds(process: int) -> float:
    """Return the processor time of a process, its children, and those that have ended."""
    total, ticks = 0.0, os.sysconf("SC_CLK_TCK")
    for place, each in enumerate(family(process)):
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        total += sum(map(int, fields[11 : 13 if place else 15])) / ticks
    return total


@contextmanager
def started(command: list[str], path: str) -> Iterator[tuple[int, int]]:
    """Start a server and give its port and its process when it answers."""
    port = free_port()
    with subprocess.Popen(
        [*command, str(port)], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    ) as process:
        until = time.monotonic() + 120
        while asyncio.run(_status(port, path)) != 200:
            assert process.poll() is None, f"{command} ended"
            assert time.monotonic() < until, f"{command} does not answer"
            time.sleep(0.2)
        time.sleep(2)
        yield port, process.pid
        process.kill()


async def _status(port: int, path: str) -> int:
    client = Client(port)
    try:
        async with asyncio.timeout(5):
            return await client.get(path)
    except (OSError, TimeoutError, asyncio.IncompleteReadError):
        return 0
    finally:
        client.close()


async def load(port: int, queries: Sequence[str], connections: int, seconds: float) -> Taken:
    """Ask over so many connections for so long; each begins at another query."""
    paths, taken = [written(query) for query in queries], Taken()
    until = time.perf_counter() + seconds
    turned = [[*paths[n % len(paths) :], *paths[: n % len(paths)]] for n in range(connections)]
    await asyncio.gather(*(ask(port, each, taken, until) for each in turned))
    return taken


async def under_attack(port: int, paths: Sequence[str], seconds: float) -> Taken:
    """Ask for some paths while 16 clients send hostile queries."""
    taken, ignored = Taken(), Taken()
    until = time.perf_counter() + seconds
    hostile = [asyncio.create_task(ask(port, [written(HOSTILE)], ignored, until)) for _ in range(MANY)]
    await asyncio.sleep(0.5)
    await ask(port, paths, taken, until, PATIENCE)
    for each in hostile:
        each.cancel()
    await asyncio.gather(*hostile, return_exceptions=True)
    return taken


async def freed(port: int, workers: int) -> tuple[float, float, float]:
    """Return the seconds until a hostile query is refused, the next is answered, all are at rest."""
    began = time.perf_counter()
    client = Client(port)
    await client.get(written(HOSTILE))
    refused = time.perf_counter()
    await client.get(written(POINT[0]))
    answered = time.perf_counter() - refused
    client.close()
    while True:
        source, target = await asyncio.open_connection("127.0.0.1", port)
        target.write(b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        idle = f'"idle":{workers},'.encode() in await source.read()
        target.close()
        if idle:
            return refused - began, answered, time.perf_counter() - refused
        await asyncio.sleep(0.01)


def measure(name: str, server: tuple[int, int], seconds: float) -> None:
    """Print the lines of one server."""
    port, process = server
    for kind, queries in (("point", POINT), ("mix of 12", MIX)):
        for connections in (1, 16, 64):
            before = processor_seconds(process)
            taken = asyncio.run(load(port, queries, connections, seconds))
            line = taken.line(seconds, processor_seconds(process) - before)
            print(f"{name:16} {kind:10} {connections:3}  {line}", flush=True)


def attack(name: str, kind: str, port: int, paths: Sequence[str], seconds: float) -> None:
    """Print what one kind of request took while hostile queries ran."""
    taken = asyncio.run(under_attack(port, paths, seconds))
    worst = f"  longest {max(taken.times):.0f} ms" if taken.times else ""
    print(f"{name:16} {kind}, {MANY} hostile queries  {taken.line(seconds, 0)}{worst}", flush=True)


def main(build: Path, peers: str, seconds: float) -> None:
    """Measure every server, one after the other."""
    musnad = [sys.executable, "-m", "musnad", "serve", str(build), "--port"]
    with started(musnad, "/health") as server:
        measure("musnad", server, seconds)
        names = sorted((build / "site" / "id").glob("*.en.html")) if (build / "site").is_dir() else []
        pages = [f"/id/{each.name}" for each in names[:200]] or ["/id/ankara.en.html"]
        attack("musnad", "pages", server[0], pages, 3 * seconds)
        time.sleep(12)
        attack("musnad", "point", server[0], [written(POINT[0])], 3 * seconds)
        time.sleep(12)
        limit, after, rest = asyncio.run(freed(server[0], workers=4))
        told = f"the next query answered {after * 1000:.0f} ms later, every worker at rest after {rest:.2f} s"
        print(f"musnad: refused after {limit:.2f} s, {told}", flush=True)
    if not peers:
        return
    with tempfile.TemporaryDirectory() as folder:
        for name, source in (("raw pyoxigraph", RAW), ("rdflib-endpoint", RDFLIB)):
            script = Path(folder) / f"{name.split()[0]}.py"
            script.write_text(source, encoding="utf-8")
            with started([peers, str(script), str(build / "dataset.nq")], written("ASK {}")) as server:
                measure(name, server, seconds)
                attack(name, "point", server[0], [written(POINT[0])], 3 * seconds)


if __name__ == "__main__":
    given = [*sys.argv[2:], "", ""]
    main(Path(sys.argv[1]), given[0], float(given[1] or 5))
