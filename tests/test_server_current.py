"""A build that takes the place of the one being served is seen without a restart."""

import asyncio
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import orjson
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from musnad.build import Folder
from musnad.build.folder import replacing
from musnad.build.serving import current_app
from musnad.errors import DataError, ProjectError
from musnad.server.current import Current
from musnad.site import Site, SiteFolder, write_site
from musnad.store import Store
from serving import BASE, SAMPLE, dataset

QUADS = SAMPLE.read_text(encoding="utf-8")
NAME = "<https://schema.org/name>"
PERSON = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/Person>"


def write_build(place: Path, more: str = "") -> None:
    folder = Folder(place)
    folder.quads.write_text(QUADS + more, encoding="utf-8")
    Store.build(folder.quads, folder.store)
    for part in (folder.release, folder.report):
        part.mkdir()
    folder.mark.write_bytes(orjson.dumps({"date": "2026-01-31"}))


def of_name(slug: str) -> str:
    subject, graph = f"<{BASE}id/{slug}>", f"<{BASE}graph/authority>"
    return f'{subject} {PERSON} {graph} .\n{subject} {NAME} "{slug}"@en {graph} .\n'


@pytest.fixture
def build(tmp_path: Path) -> Path:
    with replacing(tmp_path / "build") as place:
        write_build(place)
    return tmp_path / "build"


def app_of(build: Path) -> Current:
    given = dataset(build)
    app = current_app(given.project, given.config, build)
    app._every = 0.0
    return app


async def settled(app: Current) -> None:
    while app._tasks:
        await asyncio.gather(*app._tasks)


def client_of(app: Current) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1")


@contextmanager
def alive(loop: asyncio.AbstractEventLoop, app: Current) -> Iterator[None]:
    """Start and end an application as uvicorn does."""
    asked: asyncio.Queue[dict[str, str]] = asyncio.Queue()
    said: list[str] = []

    async def send(message: dict[str, str]) -> None:
        said.append(message["type"])

    async def start() -> asyncio.Task[None]:
        task = asyncio.create_task(app({"type": "lifespan"}, asked.get, send))
        await asked.put({"type": "lifespan.startup"})
        while not said:
            await asyncio.sleep(0.01)
        return task

    async def end(task: asyncio.Task[None]) -> None:
        await asked.put({"type": "lifespan.shutdown"})
        await task

    task = loop.run_until_complete(start())
    try:
        yield
    finally:
        loop.run_until_complete(end(task))
    assert said == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


def test_a_new_build_is_served_and_its_queries_answered(build: Path) -> None:
    app = app_of(build)

    async def ask(path: str, **headers: str) -> httpx.Response:
        async with client_of(app) as client:
            return await client.get(path, headers=headers)

    async def replaced() -> httpx.Response:
        with replacing(build) as place:
            write_build(place, of_name("newcomer"))
        await ask("/id/ankara.ttl")
        await settled(app)
        return await ask("/id/newcomer.ttl")

    with asyncio.Runner() as runner, alive(runner.get_loop(), app):
        assert runner.run(ask("/id/newcomer.ttl")).status_code == 404
        first = runner.run(ask("/id/ankara.ttl"))
        again = runner.run(replaced())
        assert again.status_code == 200
        assert "newcomer" in again.text
        assert runner.run(ask("/id/ankara.ttl")).content == first.content
        query = "/sparql?query=ASK%7B%3Cid%2Fnewcomer%3E%3Fp%3Fo%7D"
        told = runner.run(ask(query, accept="application/sparql-results+json"))
        assert told.json()["boolean"] is True


def test_a_build_that_cannot_be_opened_leaves_the_old_one(build: Path) -> None:
    app = app_of(build)

    async def run() -> tuple[int, int]:
        async with client_of(app) as client:
            with replacing(build) as place:
                write_build(place)
                shutil.rmtree(Folder(place).store)
            await client.get("/id/ankara.ttl")
            await settled(app)
            broken = await client.get("/id/nobody.ttl"), await client.get("/people.en.html")
            return broken[0].status_code, broken[1].status_code

    assert asyncio.run(run()) == (404, 200)


def test_a_request_that_is_running_ends_with_the_build_that_it_began_with(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    mark.write_text("1")
    ended: list[str] = []
    gate = asyncio.Event()

    def make() -> Starlette:
        number = mark.read_text()
        if number == "bad":
            raise DataError("store", "is not whole")

        async def slow(request: Request) -> Response:
            if request.url.path == "/slow":
                await gate.wait()
            return Response(number)

        class Life:
            def __init__(self, _: Starlette) -> None: ...
            async def __aenter__(self) -> None: ...
            async def __aexit__(self, *_: object) -> None:
                ended.append(number)

        return Starlette(routes=[Route("/{path}", slow)], lifespan=Life)

    app = Current(mark, make, look_seconds=0.0)

    async def run() -> list[str]:
        async with client_of(app) as client:
            await app._served.start()
            slow = asyncio.create_task(client.get("/slow"))
            await asyncio.sleep(0.05)
            mark.write_text("22")
            await client.get("/x")
            await asyncio.sleep(0.1)
            fresh = (await client.get("/x")).text
            still = list(ended)
            gate.set()
            begun = (await slow).text
            await settled(app)
            return [fresh, begun, *still, "then", *ended]

    assert asyncio.run(run()) == ["22", "1", "then", "1"]


def test_the_mark_is_looked_at_once_a_second(build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_of(build)
    app._every = 1.0
    looked: list[object] = []
    whole = os.stat

    def stat(path: object, **given: object) -> os.stat_result:
        if path == app._mark:
            looked.append(path)
        return whole(path, **given)  # type: ignore[arg-type]

    async def run() -> None:
        async with client_of(app) as client:
            for _ in range(20):
                await client.get("/id/ankara.ttl")

    monkeypatch.setattr(os, "stat", stat)
    asyncio.run(run())
    assert len(looked) <= 2


def test_a_folder_of_neither_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="is not a build"):
        app_of(tmp_path)


def test_a_written_site_that_changed_is_answered_anew(build: Path, tmp_path: Path) -> None:
    given, out = dataset(build), tmp_path / "site"

    def write(more: str = "") -> None:
        (tmp_path / "quads.nq").write_text(QUADS + more, encoding="utf-8")
        Store.build(tmp_path / "quads.nq", tmp_path / "store")
        store = Store.open(tmp_path / "store", read_only=True, base=given.config.base)
        folder = SiteFolder.open(out)
        folder.begin()
        write_site(Site(given.project, store, given.config), folder)
        folder.finish("test")

    write()
    app = app_of(out)

    async def run() -> None:
        async with client_of(app) as client:
            before = await client.get("/id/ankara.ttl")
            same = await client.get("/id/ankara.ttl", headers={"if-none-match": before.headers["etag"]})
            assert same.status_code == 304
            write(f'<{BASE}id/ankara> {NAME} "Angora"@en <{BASE}graph/authority> .\n' + of_name("newcomer"))
            after = await client.get("/id/ankara.ttl", headers={"if-none-match": before.headers["etag"]})
            assert (after.status_code, "Angora" in after.text) == (200, True)
            assert (await client.get("/id/newcomer.ttl")).status_code == 200
            await settled(app)

    asyncio.run(run())
