"""Measure what a request costs: processor time of the server, and latency, from a store and a written site.

Run `python bench/server.py BUILD [REQUESTS [TREE …]]` inside a project. Each TREE is a copy of this
repository, another commit for instance; without one it is the project around. The trees take turns, three
rounds, on free ports of 127.0.0.1; the site is written once, to a folder of its own. For each kind of request
it prints, a column for each tree, the medians of the rounds: processor microseconds of the server, and the
median latency in milliseconds; then the ratio of the first tree to the last. The first line is a server that
answers nothing: what the HTTP library costs, and nothing of ours can save. Queries of many clients, and what
hostile ones do, are measured by `bench/endpoint.py`.
"""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle, product
from pathlib import Path
from urllib.parse import quote

from musnad.site.folder import read_sums

POINT = quote("SELECT ?p ?o { <id/ankara> ?p ?o }")
ROUNDS = 3
Kinds = dict[str, tuple[str, dict[str, str]]]
Figures = tuple[float, float]
Notes = Callable[[str, float, float], None]
PACKED = {"Accept-Encoding": "gzip"}
KINDS: Kinds = {
    "303 of a thing": ("/id/ankara", {"Accept": "text/turtle"}),
    "page, kept": ("/id/ankara.html", PACKED),
    "page, not modified": ("/id/ankara.html", PACKED | {"If-None-Match": "*"}),
    "Turtle, kept": ("/id/ankara.ttl", PACKED),
    "style sheet": ("/static/style.css", PACKED),
    "nothing there": ("/id/nothing", {"Accept": "text/html"}),
}
QUERY: Kinds = {"SPARQL, point query": (f"/sparql?query={POINT}", {"Accept": "application/json"})}
NOTHING = """
import sys
from musnad.server.listen import serve

async def nothing(scope, receive, send):
    if scope["type"] == "lifespan":
        for what in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{what}.complete"})
        return
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})

serve(nothing, "127.0.0.1", int(sys.argv[1]), lambda address: print(address, flush=True))
"""


def processor_seconds(process: int, *, workers: bool = False) -> float:
    """Return the processor time of a process, and where asked of its children (Linux).

    The clock of another process has a number made of its own (`clock_getcpuclockid(3)`).
    """
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split() if workers else []
    return sum(time.clock_gettime((~int(each) << 3) | 2) for each in (process, *children))


def megabytes(process: int) -> float:
    """Return the memory that a process holds alone: what it shares with others is not counted twice."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    sizes = {line.split(":")[0]: int(line.split()[1]) for line in lines[1:]}
    return sizes["Rss"] / 1024


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens at."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def started(tree: Path, command: list[str], notes: Notes) -> Iterator[tuple[int, int]]:
    """Start a server of a tree, note what its start cost, and give its port and its process."""
    port, own = free_port(), subprocess.PIPE
    environment = os.environ | {"PYTHONPATH": str(tree / "src")}
    given = [sys.executable, *command, str(port)]
    with subprocess.Popen(given, stdout=own, stderr=own, cwd=tree, env=environment) as process:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert process.poll() is None, process.stderr and process.stderr.read().decode()
                time.sleep(0.005)
        notes("start, CPU ms and MB", processor_seconds(process.pid) * 1000, megabytes(process.pid))
        time.sleep(2)  # for the workers, and what is got ready
        notes("ready, CPU ms and MB", processor_seconds(process.pid) * 1000, megabytes(process.pid))
        yield port, process.pid
        process.terminate()


def measure(server: tuple[int, int], asked: Callable[[], tuple[str, dict[str, str]]], number: int) -> Figures:
    """Return processor microseconds and median latency in milliseconds of one kind of request."""
    connection = http.client.HTTPConnection("127.0.0.1", server[0], timeout=30)
    times, before = [], processor_seconds(server[1])
    for _ in range(number):
        path, headers = asked()
        began = time.perf_counter()
        connection.request("GET", path, headers=headers)
        connection.getresponse().read()
        times.append((time.perf_counter() - began) * 1000)
    connection.close()
    return (processor_seconds(server[1]) - before) / number * 1e6, statistics.median(times)


def measure_all(server: tuple[int, int], kinds: Kinds, names: list[str], number: int, notes: Notes) -> None:
    """Measure each kind of request, and documents that are asked for once."""
    for name, each in kinds.items():
        measure(server, lambda each=each: each, 1)  # type: ignore[misc]  # the first is not kept
        notes(name, *measure(server, cycle([each]).__next__, number))
    for folder, suffix in product(("id", "claim"), (".en.html", ".ttl")):
        once = [f"/{name}" for name in names if name.startswith(folder) and name.endswith(suffix)][:number]
        asked = iter(once)
        figures = measure(server, lambda asked=asked: (next(asked), PACKED), len(once))  # type: ignore[misc]
        notes(f"{folder}/*{suffix}, made", *figures)


def main(build: Path, number: int, trees: list[Path]) -> None:
    """Start each server of each tree in turn, measure each kind, stop it; print the medians."""
    found: dict[tuple[str, str], dict[Path, list[Figures]]] = {}

    def notes_of(tree: Path, server: str) -> Notes:
        def note(what: str, first: float, second: float) -> None:
            found.setdefault((server, what), {}).setdefault(tree, []).append((first, second))

        return note

    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        command = [sys.executable, "-m", "musnad", "site", str(build), "-o", str(site), "--packed"]
        environment = os.environ | {"PYTHONPATH": str(trees[-1] / "src")}
        subprocess.run(command, check=True, capture_output=True, cwd=trees[-1], env=environment)
        names = sorted(read_sums(site))
        for tree in trees * ROUNDS:
            note = notes_of(tree, "nothing")
            with started(tree, ["-c", NOTHING], note) as server:
                note("204", *measure(server, lambda: ("/", {}), number))
            for place, kinds in ((build, KINDS | QUERY), (site, KINDS)):
                note = notes_of(tree, "store" if place == build else "written site")
                with started(tree, ["-m", "musnad", "serve", str(place), "--port"], note) as server:
                    measure_all(server, kinds, names, number, note)
    for (server_name, what), by_tree in found.items():
        medians = [
            [statistics.median(column) for column in zip(*by_tree[tree], strict=True)] for tree in trees
        ]
        shown = "".join(f"{cpu:10.0f} {other:8.2f}" for cpu, other in medians)
        print(f"{server_name:13}{what:22}{shown}   {medians[0][0] / medians[-1][0]:5.2f}")


if __name__ == "__main__":
    given = [Path(each).resolve() for each in sys.argv[3:]] or [Path.cwd()]
    main(Path(sys.argv[1]).resolve(), int(sys.argv[2]) if len(sys.argv) > 2 else 1000, given)
