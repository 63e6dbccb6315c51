"""Serve the sample dataset for the tests of the server: in this process, or in one of its own."""

import asyncio
import contextlib
import gzip
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Scope

from musnad.config import read_site
from musnad.project import Project
from musnad.server.app import Dataset, make_app
from musnad.server.listen import serve
from musnad.server.resources import Withdrawn
from musnad.store import Store

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "tests" / "data" / "sample.nq"
BASE = "https://w3id.org/musnad/"
SHARED = ROOT.parent / "shared"
SECONDS = 3.0
MEGABYTES = 256  # so that a query that grows meets the limit long before its time is over


def dataset(
    store: Path | str, withdrawn: Withdrawn | None = None, root: Path | str = ROOT, **settings: Any
) -> Dataset:
    project = Project.find(Path(root))
    limits = {"query_seconds": SECONDS, "query_memory_mb": MEGABYTES}
    config = replace(read_site(project.site_file), **limits | settings)
    return Dataset(project, config, store, withdrawn=withdrawn or Withdrawn())


def build_store(folder: Path, quads: Path = SAMPLE) -> Path:
    Store.build(quads, folder / "store")
    return folder / "store"


@dataclass(frozen=True)
class Answer:
    status_code: int
    headers: Headers
    content: bytes

    @property
    def text(self) -> str:
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.content) if packed else self.content).decode("utf-8")


class Client:
    """Puts requests to an application as they are, without a network and without tidying the address."""

    def __init__(self, app: ASGIApp, fails: bool = False) -> None:
        self._app, self._fails = app, fails

    def ask(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> Answer:
        given = {"host": "127.0.0.1"} | dict(headers or {})
        raw, _, query = path.encode("utf-8").partition(b"?")
        scope: Scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(raw.decode("utf-8")),
            "raw_path": raw,
            "query_string": query,
            "headers": [(name.encode("ascii"), value.encode("latin-1")) for name, value in given.items()],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
        }
        return asyncio.run(self._send(scope, body))

    async def _send(self, scope: Scope, body: bytes) -> Answer:
        sent: list[Message] = []
        asked: list[bool] = []
        ended = asyncio.Event()

        async def receive() -> Message:
            if not asked:
                asked.append(True)
                return {"type": "http.request", "body": body, "more_body": False}
            await ended.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            sent.append(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                ended.set()

        with contextlib.suppress(RuntimeError) if self._fails else contextlib.nullcontext():
            await self._app(scope, receive, send)
        told = b"".join(message.get("body", b"") for message in sent[1:])
        return Answer(sent[0]["status"], Headers(raw=sent[0]["headers"]), told)

    def get(self, path: str, accept: str = "", **headers: str) -> Answer:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask("GET", path, given | ({"accept": accept} if accept else {}))


def make_client(store: Path, withdrawn: Withdrawn | None = None) -> Client:
    return Client(make_app(dataset(store, withdrawn)))


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextlib.contextmanager
def running(store: Path | str, **settings: Any) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Give the address of a server in a process of its own, and the process."""
    arguments = [str(Path(__file__)), str(store), str(free_port()), json.dumps(settings)]
    command = [sys.executable, "-W", "ignore", *arguments]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip().rstrip("/"), process
        finally:
            if process.poll() is None:
                process.terminate()
            process.wait(20)


if __name__ == "__main__":
    place = sys.argv[1] if "://" in sys.argv[1] else Path(sys.argv[1])
    app = make_app(dataset(place, **json.loads(sys.argv[3])))
    given = json.loads(sys.argv[3])
    most = given.get("connections", 512)
    serve(app, "127.0.0.1", int(sys.argv[2]), lambda address: print(address, flush=True), most)
    print("stopped", flush=True)
