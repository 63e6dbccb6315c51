"""Measure what a request costs: processor time of the server, and latency, from a store and a written site.

Run `python bench/server.py BUILD [REQUESTS]` inside a project; it writes the site to a folder of its own, and
starts servers on free ports of 127.0.0.1. Prints one line for each kind of request: requests a second over
one connection, median and 99th percentile in milliseconds, processor microseconds of the server for each.
The first line is a server that answers nothing: what the HTTP library costs, and nothing of ours can save.
Queries of many clients, and what hostile ones do, are measured by `bench/endpoint.py`.
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
from itertools import cycle
from pathlib import Path
from urllib.parse import quote

from musnad.site.folder import read_sums

POINT = quote("SELECT ?p ?o { <id/ankara> ?p ?o }")
Kinds = dict[str, tuple[str, dict[str, str]]]
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
    """Return the processor time of a process, and where asked of its children (Linux)."""
    total, ticks = 0.0, os.sysconf("SC_CLK_TCK")
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split() if workers else []
    for each in [str(process), *children]:
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        total += (int(fields[11]) + int(fields[12])) / ticks
    return total


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
def started(name: str, command: list[str]) -> Iterator[tuple[int, int]]:
    """Start a server, print what its start cost, and give its port and its process."""
    port, began = free_port(), time.perf_counter()
    own = subprocess.PIPE
    with subprocess.Popen([sys.executable, *command, str(port)], stdout=own, stderr=own) as process:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert process.poll() is None, process.stderr and process.stderr.read().decode()
                time.sleep(0.005)
        wall = time.perf_counter() - began
        cost = f"{processor_seconds(process.pid):.2f} CPU s, {megabytes(process.pid):.0f} MB"
        print(f"{name}: started in {wall:.2f} s, {cost}")
        time.sleep(2)  # for the workers
        yield port, process.pid
        process.terminate()


def measure(port: int, process: int, asked: Callable[[], tuple[str, dict[str, str]]], number: int) -> str:
    """Return the line of one kind of request."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    times, before = [], processor_seconds(process)
    for _ in range(number):
        path, headers = asked()
        began = time.perf_counter()
        connection.request("GET", path, headers=headers)
        connection.getresponse().read()
        times.append((time.perf_counter() - began) * 1000)
    cost = (processor_seconds(process) - before) / number * 1e6
    connection.close()
    cuts = statistics.quantiles(times, n=100)
    return f"{number / sum(times) * 1000:7.0f}/s  {cuts[49]:6.2f} ms  {cuts[98]:6.2f} ms  {cost:6.0f} µs"


def table(
    server: tuple[int, int], site: Path, kinds: dict[str, tuple[str, dict[str, str]]], number: int
) -> None:
    """Print a line for each kind of request, and for documents that are asked for once."""
    for name, each in kinds.items():
        connection = http.client.HTTPConnection("127.0.0.1", server[0], timeout=30)
        connection.request(
            "GET", each[0], headers={**each[1], "If-None-Match": '""'}
        )  # the first is not kept
        connection.getresponse().read()
        connection.close()
        print(f"  {name:22} {measure(*server, cycle([each]).__next__, number)}")
    names = sorted(name for name in read_sums(site) if name.startswith(("id/", "claim/")))
    for name, suffix in (("page, made", ".en.html"), ("Turtle, made", ".ttl")):
        once = [f"/{each}" for each in names if each.endswith(suffix)][:number]
        asked = iter(once)
        print(f"  {name:22} {measure(*server, lambda asked=asked: (next(asked), PACKED), len(once))}")  # type: ignore[misc]


def main(build: str, number: int) -> None:
    """Start each server, measure each kind, stop it."""
    with started("nothing", ["-c", NOTHING]) as server:
        print(f"  {'204':22} {measure(*server, lambda: ('/', {}), number)}")
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        command = [sys.executable, "-m", "musnad", "site", build, "-o", str(site), "--packed"]
        subprocess.run(command, check=True, capture_output=True)
        with started("store", ["-m", "musnad", "serve", build, "--port"]) as server:
            print(f"  with its workers {processor_seconds(server[1], workers=True):.2f} CPU s")
            table(server, site, KINDS | QUERY, number)
        with started("written site", ["-m", "musnad", "serve", str(site), "--port"]) as server:
            table(server, site, KINDS, number)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
