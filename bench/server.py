"""Measure what a request costs: processor time of the server and its workers, and latency.

Run `python bench/server.py STORE [REQUESTS]` inside a project; it starts a server of its own on a free port
of 127.0.0.1. Prints one line for each kind of request: requests a second over one connection, median and
99th percentile in milliseconds, processor microseconds of the server for one request.
"""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

POINT = quote("SELECT ?p ?o { <id/ankara> ?p ?o }")
KINDS = {
    "303 of a thing": ("/id/ankara", {"Accept": "text/turtle"}),
    "page, kept": ("/id/ankara.html", {}),
    "page, not modified": ("/id/ankara.html", {"If-None-Match": "*"}),
    "Turtle, kept": ("/id/ankara.ttl", {}),
    "nothing there": ("/id/nothing", {"Accept": "text/html"}),
    "SPARQL, point query": (f"/sparql?query={POINT}", {"Accept": "application/json"}),
}
SERVE = """
import sys
from pathlib import Path
from musnad.config import read_site
from musnad.project import Project
from musnad.server.app import Dataset, make_app
from musnad.server.listen import serve

project = Project.find(Path())
dataset = Dataset(project, read_site(project.site_file), Path(sys.argv[1]))
serve(make_app(dataset), "127.0.0.1", int(sys.argv[2]), lambda address: print(address, flush=True))
"""


def processor_seconds(process: int) -> float:
    """Return the processor time of a process and its children (Linux)."""
    total, ticks = 0.0, os.sysconf("SC_CLK_TCK")
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    for each in [str(process), *children]:
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        total += (int(fields[11]) + int(fields[12])) / ticks
    return total


def measure(port: int, process: int, path: str, headers: dict[str, str], number: int) -> str:
    """Return the line of one kind of request."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    times, before = [], processor_seconds(process)
    for _ in range(number):
        started = time.perf_counter()
        connection.request("GET", path, headers=headers)
        connection.getresponse().read()
        times.append((time.perf_counter() - started) * 1000)
    cost = (processor_seconds(process) - before) / number * 1e6
    connection.close()
    cuts = statistics.quantiles(times, n=100)
    return f"{number / sum(times) * 1000:7.0f}/s  {cuts[49]:6.2f} ms  {cuts[98]:6.2f} ms  {cost:6.0f} µs"


def main(store: str, number: int) -> None:
    """Start a server, measure each kind, stop it."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    command = [sys.executable, "-c", SERVE, store, str(port)]
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        wall = time.perf_counter() - started
        time.sleep(1)
        print(f"{'start':22} {wall:.2f} s, {processor_seconds(process.pid):.2f} CPU s with its workers")
        for name, (path, headers) in KINDS.items():
            print(f"{name:22} {measure(port, process.pid, path, headers, number)}")
        process.terminate()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
