"""Real SPARQL servers for the tests, each in a process of its own on this machine; and one that misbehaves.

Oxigraph's server comes from PyPI (`oxigraph`), Virtuoso from the system (`virtuoso-t`); a test that needs one
that is not there is skipped, and says so.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from serving import free_port

OXIGRAPH = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
VIRTUOSO = shutil.which("virtuoso-t")
_START_SECONDS = 60.0
_VIRTUOSO_INI = """
[Database]
DatabaseFile = {0}/v.db
ErrorLogFile = {0}/v.log
LockFile = {0}/v.lck
TransactionFile = {0}/v.trx
xa_persistent_file = {0}/v.pxa
[TempDatabase]
DatabaseFile = {0}/t.db
TransactionFile = {0}/t.trx
[Parameters]
ServerPort = 127.0.0.1:{1}
DisableUnixSocket = 1
DirsAllowed = {0}
[HTTPServer]
ServerPort = 127.0.0.1:{2}
ServerRoot = {0}
[SPARQL]
ResultSetMaxRows = {3}
"""


@contextlib.contextmanager
def oxigraph(folder: Path, *options: str) -> Iterator[str]:
    """Give the address of an Oxigraph server."""
    if OXIGRAPH is None:
        pytest.skip("the server `oxigraph` is not installed (it is on PyPI)")
    port = free_port()
    command = [OXIGRAPH, "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}", *options]
    with _started(command, f"http://127.0.0.1:{port}") as address:
        yield address


@contextlib.contextmanager
def virtuoso(folder: Path, most_rows: int = 100_000) -> Iterator[str]:
    """Give the address of a Virtuoso server, whose user is `dba`."""
    if VIRTUOSO is None:
        pytest.skip("the server `virtuoso-t` is not installed (it is in Debian)")
    ports = free_port(), free_port()
    folder.mkdir()
    (folder / "virtuoso.ini").write_text(_VIRTUOSO_INI.format(folder, *ports, most_rows), encoding="ascii")
    command = [VIRTUOSO, "-f", "+configfile", str(folder / "virtuoso.ini")]
    with _started(command, f"http://127.0.0.1:{ports[1]}") as address:
        yield address


@contextlib.contextmanager
def _started(command: list[str], address: str) -> Iterator[str]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(address, process)
            yield address
        finally:
            process.kill()
            process.wait(20)


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    """Return when somebody listens at an address."""
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            urlopen(f"{address}/", timeout=5).close()
            return
        except URLError as error:
            if hasattr(error, "code"):
                return
            time.sleep(0.1)
    pytest.fail(f"no server came up at {address}")


Answers = Callable[[str, str, bytes], tuple[int, Mapping[str, str], bytes]]


@contextlib.contextmanager
def answering(answer: Answers) -> Iterator[str]:
    """Give the address of a server that answers method, path and body as it is told."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, headers, told = answer(self.command, self.path, body)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(told)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                with contextlib.suppress(BrokenPipeError):
                    self.wfile.write(told)

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _answer  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
