"""A small dataset for reconciliation: the sample, and invented people and bodies with namesakes."""

import asyncio
from pathlib import Path
from urllib.parse import urlencode

import httpx
import orjson
from starlette.types import ASGIApp

from serving import BASE, SAMPLE, SHARED

SUITE = SHARED / "suites" / "reconciliation"
SCHEMA = "https://schema.org/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
GRAPH = f"<{BASE}graph/authority>"
# Slug → class, Arabic name, English name; whoever is meant here does not exist.
PEOPLE = {
    "fulan-al-fulani": ("Person", "فلان الفلاني", "Fulan al-Fulani"),
    "george-al-mithali": ("Person", "جورج المثالي", "George al-Mithali"),
    "allan-one": ("Person", "علان العلاني", "Allan al-Allani"),
    "allan-two": ("Person", "علان العلاني", "Allan al-Allani the younger"),
    "example-front": ("Organization", "جبهة الأمثلة", "Front of Examples"),
    "example-party": ("PoliticalParty", "حزب الأمثلة", "Party of Examples"),
    "example-meeting": ("Event", "مؤتمر الأمثلة الأول", "First Meeting of Examples"),
    "x-abcdefghij": ("Event", "مؤتمر الأمثلة العابر", ""),
}


def quads() -> str:
    lines = [SAMPLE.read_text(encoding="utf-8").rstrip()]
    for slug, (kind, arabic, english) in PEOPLE.items():
        me = f"<{BASE}id/{slug}>"
        lines.append(f"{me} <{TYPE}> <{SCHEMA}{kind}> {GRAPH} .")
        lines.append(f'{me} <{SCHEMA}name> "{arabic}"@ar {GRAPH} .')
        if english:
            lines.append(f'{me} <{SCHEMA}name> "{english}"@en {GRAPH} .')
    lines.append(f"<{BASE}id/example-front> <{SCHEMA}containedInPlace> <{BASE}id/aleppo> {GRAPH} .")
    for slug, kind in (
        ("example-front", "closeMatch"),
        ("example-party", "closeMatch"),
        ("allan-one", "relatedMatch"),
    ):
        address = "https://example.org/thing/7" if slug != "allan-one" else "https://example.org/thing/8"
        lines.append(f"<{BASE}id/{slug}> <{SKOS}{kind}> <{address}> {GRAPH} .")
    return "\n".join(lines) + "\n"


def write_quads(folder: Path) -> Path:
    (folder / "dataset.nq").write_text(quads(), encoding="utf-8")
    return folder / "dataset.nq"


def send(app: ASGIApp, path: str, body: bytes, kind: str) -> httpx.Response:
    async def post() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.post(path, content=body, headers={"content-type": kind})

    return asyncio.run(post())


def form(app: ASGIApp, path: str, **fields: object) -> httpx.Response:
    told = urlencode({name: orjson.dumps(value).decode() for name, value in fields.items()})
    return send(app, path, told.encode("ascii"), "application/x-www-form-urlencoded")
