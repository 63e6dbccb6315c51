"""HTTP, row by row: what a request must get, by which section, from the store and from a written site.

`MUSNAD_CONFORMANCE=1 pytest tests/test_http_conformance.py` writes `docs/http-conformance.md`.
"""

import os
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import orjson
import pyoxigraph as ox
import pytest

from musnad.server.app import make_app, make_written_app
from musnad.server.resources import Withdrawn
from musnad.site import Site, SiteFolder, write_site
from musnad.site.codings import codings
from musnad.store import Store
from serving import BASE, ROOT, SAMPLE, Answer, Client, build_store, dataset

FILE = ROOT / "docs" / "http-conformance.md"
NAME = "<https://schema.org/name>"
PLACE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/Place>"
ENCODED = "%D9%86%D9%88%D8%B1"  # of نور, light
PROFILE = "http://www.w3.org/ns/json-ld#"
FORMATS = {
    "html": "text/html; charset=utf-8",
    "ttl": "text/turtle; charset=utf-8",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}
# https://www.iana.org/assignments/media-types/
REGISTERED = {each.partition(";")[0] for each in FORMATS.values()} | {
    "text/plain",
    "text/csv",
    "text/css",
    "text/javascript",
    "image/svg+xml",
    "application/json",
    "application/xml",
    "application/atom+xml",
    "application/linkset+json",
}
SYNTAX = {
    "ttl": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
}
Check = Callable[[Client, Answer], None]


@dataclass(frozen=True)
class Row:
    """A request and what must come: status, headers (None: absent; `~x`: contains x), and more."""

    request: str
    says: str
    section: str
    status: int
    headers: Mapping[str, str | None] = field(default_factory=dict)
    check: Check | None = None
    group: str = ""
    gone: bool = False  # asks for what was withdrawn or moved, which only a store knows

    def ask(self, client: Client) -> Answer:
        method, path, *rest = self.request.split(" ", 2)
        given = dict(line.split(": ", 1) for line in rest[0].split(" ⏎ ")) if rest else {}
        return client.ask(method, path, {name.lower(): value for name, value in given.items()})


def accepted(accept: str, suffix: str, says: str, section: str = "RFC 9110 §12.5.1") -> Row:
    return Row(f"GET /id/ankara Accept: {accept}", says, section, 303, {"location": f"/id/ankara.{suffix}"})


def triples(suffix: str) -> Check:
    def check(client: Client, answer: Answer) -> None:
        plain = client.get("/id/ankara.nt").content
        found = {str(quad.triple) for quad in ox.parse(answer.content, format=SYNTAX[suffix])}
        assert found == {str(quad.triple) for quad in ox.parse(plain, format=ox.RdfFormat.N_TRIPLES)}

    return check


def is_expanded(client: Client, answer: Answer) -> None:
    triples("jsonld")(client, answer)
    nodes = orjson.loads(answer.content)
    assert isinstance(nodes, list)
    assert b"@context" not in answer.content
    for node in nodes:
        assert all(re.match(r"https?://", key) or key in {"@id", "@type"} for key in node)
        assert all(isinstance(value, list) for key, value in node.items() if key != "@id")


def is_flattened(client: Client, answer: Answer) -> None:
    triples("jsonld")(client, answer)
    nodes = orjson.loads(answer.content)["@graph"]
    assert len({node["@id"] for node in nodes}) == len(nodes)
    nested = [
        value for node in nodes for value in node.values() if isinstance(value, dict) and "@id" in value
    ]
    assert all(set(value) == {"@id"} for value in nested)


def is_empty(_: Client, answer: Answer) -> None:
    kind = answer.headers["content-type"]
    suffix = next(name for name, value in FORMATS.items() if value == kind)
    assert list(ox.parse(answer.content, format=SYNTAX[suffix])) == []


def lists_formats(_: Client, answer: Answer) -> None:
    for suffix in FORMATS:
        assert f"/id/ankara.{suffix}" in answer.text
        assert f"</id/ankara.{suffix}>" in answer.headers["link"]


def like_get(client: Client, answer: Answer, path: str) -> None:
    whole = client.get(path)
    assert answer.content == b""
    assert dict(answer.headers) == dict(whole.headers)


def known(form: str) -> Check:
    def check(client: Client, answer: Answer) -> None:
        tag = answer.headers["etag"]
        assert re.fullmatch(r'"[!#-~]+"', tag)
        again = client.get("/id/ankara.ttl", if_none_match=form.format(tag))
        assert (again.status_code, again.content) == (304, b"")
        for name in ("etag", "vary", "cache-control"):  # RFC 9110, section 15.4.5
            assert again.headers[name] == answer.headers[name]

    return check


def other_tag(client: Client, answer: Answer) -> None:
    tags = [client.get(f"/id/ankara.{each}").headers["etag"] for each in ("ar.html", "en.html", "nt", "rdf")]
    tags += [answer.headers["etag"], client.get("/id/ankara.ttl").headers["etag"]]
    assert len(set(tags)) == len(tags)


def is_link_set(client: Client, answer: Answer) -> None:
    sets = orjson.loads(answer.content)["linkset"]
    contexts = {each["anchor"]: each for each in sets}
    assert len(contexts) == len(sets)
    page, data = contexts[f"{BASE}id/ankara.html"], contexts[f"{BASE}id/ankara.ttl"]
    for each in sets:
        assert each["cite-as"] == [{"href": f"{BASE}id/ankara"}]
        assert each["license"]
    assert {"href": "https://schema.org/AboutPage"} in page["type"]
    assert {each["type"] for each in page["item"]} == {
        value.partition(";")[0] for name, value in FORMATS.items() if name != "html"
    }
    assert data["describes"] == [{"href": f"{BASE}id/ankara"}]
    assert data["collection"] == [{"href": f"{BASE}id/ankara.html", "type": "text/html"}]
    for each in page["item"]:
        assert client.get("/" + each["href"].removeprefix(BASE)).status_code == 200


def is_head_of(path: str) -> Check:
    return lambda client, answer: like_get(client, answer, path)


NEGOTIATED = [
    accepted("*/*", "html", "without a preference, the page"),
    accepted("text/turtle", "ttl", "the type that is named"),
    accepted("application/ld+json", "jsonld", "the type that is named"),
    accepted("application/n-triples", "nt", "the type that is named"),
    accepted("application/rdf+xml", "rdf", "the type that is named"),
    accepted("application/json", "jsonld", "another name of the type", "RFC 6839 §3.1"),
    accepted("TEXT/Turtle", "ttl", "types are compared without case", "RFC 9110 §8.3.1"),
    accepted(
        "text/turtle;q=0.5, application/ld+json;q=0.9", "jsonld", "the higher weight", "RFC 9110 §12.4.2"
    ),
    accepted("text/turtle;q=0.501, text/html;q=0.5", "ttl", "weights have three digits", "RFC 9110 §12.4.2"),
    accepted("text/html;q=0, */*;q=0.1", "ttl", "q=0 excludes what `*/*` takes", "RFC 9110 §12.4.2"),
    accepted("text/*;q=0.3, text/turtle;q=0.7, */*;q=0.5", "ttl", "the most specific range gives the weight"),
    accepted("text/*, application/ld+json;q=0.9", "html", "`text/*` takes the first text"),
    accepted("application/*", "jsonld", "`application/*` takes the first application"),
    accepted("text/turtle;charset=utf-8", "ttl", "charset does not exclude", "RFC 9110 §8.3.2"),
    accepted("text/turtle;version=9, text/html;q=0.1", "html", "a parameter that we do not have excludes"),
    accepted("no range", "html", "a header without a legal range is as none"),
    accepted(
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html", "a browser gets the page"
    ),
    Row("GET /id/ankara", "no Accept, the page", "RFC 9110 §12.5.1", 303, {"location": "/id/ankara.html"}),
    Row(
        "GET /id/ankara Accept: image/png",
        "406, with all formats in the body and in `Link`",
        "RFC 9110 §15.5.7",
        406,
        {"vary": "~Accept"},
        lists_formats,
    ),
    Row(
        "GET /id/ankara Accept: text/turtle;q=0",
        "406, nothing is taken",
        "RFC 9110 §12.4.2",
        406,
        check=lists_formats,
    ),
    Row("GET /id/ankara", "`Vary` names what was negotiated", "RFC 9110 §12.5.5", 303, {"vary": "Accept"}),
    Row(
        "GET /people Accept: text/html;q=0.1, text/turtle",
        "a list is there as a page alone",
        "RFC 9110 §12.4.2",
        200,
        {"content-type": FORMATS["html"], "vary": "~Accept"},
    ),
    Row("GET /people Accept: text/turtle", "406 at a list", "RFC 9110 §15.5.7", 406),
]
LANGUAGES = [
    Row(
        f"GET /id/ankara.html{header}",
        says,
        section,
        200,
        {
            "content-language": language,
            "content-location": f"/id/ankara.{language}.html",
            "vary": "Accept-Language, Accept-Encoding",
        },
    )
    for header, language, says, section in (
        ("", "ar", "Arabic without a preference", "RFC 9110 §12.5.4"),
        (" Accept-Language: en-GB, ar;q=0.5", "en", "by weight, by the first subtag", "RFC 4647 §3.4"),
        (" Accept-Language: ar;q=0, *", "en", "q=0 excludes", "RFC 9110 §12.4.2"),
        (" Accept-Language: fr", "en", "English for readers of neither", "RFC 9110 §12.5.4"),
    )
] + [
    Row(
        "GET /id/ankara.en.html Accept-Language: ar",
        "an address with a language is not negotiated",
        "RFC 9110 §12.5.5",
        200,
        {"content-language": "en", "content-location": None, "vary": "Accept-Encoding"},
    ),
    Row(
        "GET /people Accept-Language: en",
        "a list says where its page is",
        "RFC 9110 §8.7",
        200,
        {"content-location": "/people.en.html", "content-language": "en"},
    ),
]
PROFILES = [
    Row(
        f'GET /id/ankara.jsonld Accept: application/ld+json;profile="{asked}"',
        says,
        "JSON-LD 1.1 §6, RFC 6906 §3.1",
        200,
        {"content-type": f'application/ld+json; profile="{given}"' if given else "application/ld+json"},
        check,
    )
    for asked, given, says, check in (
        (f"{PROFILE}expanded", f"{PROFILE}expanded", "the expanded form", is_expanded),
        (f"{PROFILE}compacted", f"{PROFILE}compacted", "the compacted form", is_flattened),
        (f"{PROFILE}flattened", f"{PROFILE}flattened", "the flattened form", is_flattened),
        (
            f"{PROFILE}flattened {PROFILE}compacted",
            f"{PROFILE}compacted {PROFILE}flattened",
            "both, in one document",
            is_flattened,
        ),
        (
            f"{PROFILE}flattened {PROFILE}expanded",
            f"{PROFILE}flattened {PROFILE}expanded",
            "both",
            is_expanded,
        ),
        (f"{PROFILE}framed", "", "a form that we do not have is ignored", is_flattened),
    )
] + [
    Row(
        "GET /id/ankara.jsonld Accept: application/ld+json;q=0.4, "
        f'application/ld+json;profile="{PROFILE}expanded"',
        "by weight here too",
        "RFC 9110 §12.4.2",
        200,
        {
            "content-type": f'application/ld+json; profile="{PROFILE}expanded"',
            "vary": "Accept, Accept-Encoding",
        },
    ),
    accepted(
        f'application/ld+json;profile="{PROFILE}expanded"',
        "jsonld",
        "a profile does not exclude",
        "RFC 6906 §3.1",
    ),
]
DOCUMENTS = [
    Row(
        f"GET /id/ankara.{suffix}",
        "the registered type, and all triples",
        "RFC 9110 §8.3",
        200,
        {"content-type": kind, "content-location": None},
        triples(suffix),
    )
    for suffix, kind in FORMATS.items()
    if suffix != "html"
]
CACHES = [
    Row("GET /id/ankara.ttl", says, section, 200, {"etag": '~"'}, check)
    for says, section, check in (
        ("a strong `ETag`; with it in If-None-Match 304", "RFC 9110 §13.1.2, §15.4.5", known("{}")),
        ("a list in If-None-Match", "RFC 9110 §13.1.2", known('"x", {}, "y"')),
        ("`W/` in If-None-Match is compared weakly", "RFC 9110 §8.8.3.2", known("W/{}")),
        ("`*` in If-None-Match", "RFC 9110 §13.1.2", known("*")),
    )
] + [
    Row(
        'GET /id/ankara.ttl If-None-Match: "other"',
        "another tag gets the document",
        "RFC 9110 §13.1.2",
        200,
        check=triples("ttl"),
    ),
    Row(
        "GET /id/ankara.ttl Accept-Encoding: gzip",
        "each format, language and coding has a tag of its own",
        "RFC 9110 §8.8.3.3",
        200,
        {"content-encoding": "gzip", "vary": "~Accept-Encoding"},
        other_tag,
    ),
    Row(
        "GET /id/ankara.ttl Accept-Encoding: gzip;q=0, *",
        "a coding with q=0 is not used",
        "RFC 9110 §12.5.3",
        200,
        {},
        lambda _, answer: assert_not_gzip(answer),
    ),
    Row(
        "GET /id/ankara.ttl Accept-Encoding: identity",
        "identity",
        "RFC 9110 §12.5.3",
        200,
        {"content-encoding": None},
    ),
    Row(
        "GET /id/ankara.ttl",
        "fresh for some minutes",
        "RFC 9111 §5.2.2",
        200,
        {"cache-control": "public, max-age=300"},
    ),
    Row("GET /id/nobody", "a refusal is not kept", "RFC 9111 §5.2.2.4", 404, {"cache-control": "no-cache"}),
    Row(
        "GET /static/style.css",
        "a file may be kept",
        "RFC 9111 §5.2.2",
        200,
        {"cache-control": "public, max-age=3600"},
    ),
]


def assert_not_gzip(answer: Answer) -> None:
    assert answer.headers.get("content-encoding") != "gzip"


METHODS = (
    [
        Row(
            f"HEAD {path}", "the headers of GET, and no body", "RFC 9110 §9.3.2", status, {}, is_head_of(path)
        )
        for path, status in (
            ("/id/ankara.ttl", 200),
            ("/id/ankara", 303),
            ("/id/nobody", 404),
            ("/people", 200),
        )
    ]
    + [
        Row(
            f"{method} /id/ankara.ttl",
            "405 with the methods that there are",
            "RFC 9110 §15.5.6",
            405,
            {"allow": "GET, HEAD, OPTIONS"},
        )
        for method in ("POST", "PUT", "DELETE", "PATCH")
    ]
    + [
        Row(
            f"DELETE /id/ankara Accept: {kind.partition(';')[0]}",
            "405 in the format asked for",
            "RFC 9110 §15.5.6",
            405,
            {"content-type": kind},
        )
        for kind in FORMATS.values()
    ]
    + [
        Row(
            "OPTIONS /id/ankara.ttl Origin: https://client.example ⏎ Access-Control-Request-Method: GET",
            "the preflight of a browser",
            "Fetch §3.3",
            204,
            {"access-control-allow-origin": "*", "access-control-allow-methods": "~GET", "allow": "~GET"},
        ),
        Row(
            "GET /id/ankara.ttl Origin: https://client.example",
            "any site may read, `Link` and `ETag` too",
            "Fetch §3.3",
            200,
            {"access-control-allow-origin": "*", "access-control-expose-headers": "~Link, ETag"},
        ),
    ]
)
ADDRESSES = [
    Row(
        f"GET /id/{ENCODED} Accept: text/turtle",
        "an IRI in Arabic letters, asked for encoded",
        "RFC 3987 §3.1",
        303,
        {"location": f"/id/{ENCODED}.ttl"},
    ),
    Row(
        f"GET /id/{ENCODED.lower()} Accept: text/turtle",
        "the digits of an encoding have no case",
        "RFC 3986 §6.2.2.1",
        303,
        {"location": f"/id/{ENCODED}.ttl"},
    ),
    Row(
        f"GET /id/{ENCODED}2.ttl",
        "an IRI that is encoded itself",
        "RFC 3986 §6.2.2",
        200,
        {},
        lambda _, answer: assert_says(answer, f"<{BASE}id/{ENCODED}2>"),
    ),
    Row(
        "GET /id/ankara/",
        "the address without the slash",
        "RFC 9110 §15.4.2",
        301,
        {"location": "/id/ankara"},
    ),
    Row(
        "GET /.well-known/void", "the description of the dataset", "VoID §7.2", 303, {"location": "/dataset"}
    ),
    Row("GET //evil.example/id", "never another host", "RFC 9110 §17.1", 404, {"location": None}),
    Row("GET /id/%2e%2e/x", "nothing climbs", "RFC 3986 §5.2.4", 404, {"location": None}),
    Row("GET /id/%zz", "what is no address", "RFC 3986 §2.1", 404),
]


def assert_says(answer: Answer, words: str) -> None:
    assert words in answer.text


REFUSALS = [
    Row(
        f"GET /id/{slug} Accept: {kind.partition(';')[0]}",
        f"{status} in the format asked for",
        section,
        status,
        {"content-type": kind, "cache-control": "no-cache"},
        None if suffix == "html" else is_empty,
        gone=slug == "withdrawn",
    )
    for slug, status, section in (
        ("nobody", 404, "RFC 9110 §15.5.5"),
        ("withdrawn", 410, "RFC 9110 §15.5.11"),
    )
    for suffix, kind in FORMATS.items()
] + [
    Row(
        "GET /id/old-name",
        "what is another thing now",
        "RFC 9110 §15.4.2",
        301,
        {"location": "/id/ankara"},
        gone=True,
    ),
]
SIGNPOSTS = [
    Row(
        "GET /id/ankara.html",
        "`cite-as`, `describedby`, `item`, `license`, `type`",
        "FAIR Signposting, level 1",
        200,
        {"link": f'~<{BASE}id/ankara>; rel="cite-as"'},
        lambda _, answer: assert_links(answer, "describedby", "item", "license", "type", "linkset"),
    ),
    Row(
        "GET /id/ankara.ttl",
        "`describes`, `collection`, `cite-as`, `type`",
        "FAIR Signposting, level 1",
        200,
        {"link": f'~<{BASE}id/ankara>; rel="describes"'},
        lambda _, answer: assert_links(answer, "collection", "cite-as", "type", "linkset"),
    ),
    Row(
        "GET /id/ankara",
        "the redirect says so too",
        "RFC 8288 §3",
        303,
        {"link": '~rel="linkset"; type="application/linkset+json"'},
    ),
    Row(
        "GET /id/ankara.linkset.json",
        "the links of all documents",
        "FAIR Signposting, level 2; RFC 9264 §4.2",
        200,
        {"content-type": "application/linkset+json"},
        is_link_set,
    ),
    Row("GET /id/nobody.linkset.json", "no thing, no links", "RFC 9264", 404),
]


def assert_links(answer: Answer, *relations: str) -> None:
    found = {each for part in re.findall(r'rel="([^"]+)"', answer.headers["link"]) for each in part.split()}
    assert set(relations) <= found


GROUPS = {
    "Which format": NEGOTIATED,
    "Which language": LANGUAGES,
    "Forms of JSON-LD": PROFILES,
    "Documents": DOCUMENTS,
    "Caches and codings": CACHES,
    "Methods": METHODS,
    "Addresses": ADDRESSES,
    "Refusals": REFUSALS,
    "Links": SIGNPOSTS,
}
ROWS = [row for rows in GROUPS.values() for row in rows]


@dataclass(frozen=True)
class Servers:
    """The same data, in a store and as a written site."""

    store: Client
    written: Client


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Servers:
    folder = tmp_path_factory.mktemp("conformance")
    graph = f"<{BASE}graph/authority>"
    more = "".join(
        f'<{iri}> {PLACE} {graph} .\n<{iri}> {NAME} "x"@en {graph} .\n'
        for iri in (f"{BASE}id/نور", f"{BASE}id/{ENCODED}2")
    )
    quads = folder / "quads.nq"
    quads.write_text(SAMPLE.read_text(encoding="utf-8") + more, encoding="utf-8")
    withdrawn = Withdrawn(frozenset({f"{BASE}id/withdrawn"}), {f"{BASE}id/old-name": f"{BASE}id/ankara"})
    about = dataset(build_store(folder, quads), withdrawn)
    store = Store.open(about.store, read_only=True, base=BASE)
    written = SiteFolder.open(folder / "site", codings())
    written.begin()
    write_site(Site(about.project, store, about.config), written)
    written.finish("test")
    return Servers(Client(make_app(about)), Client(make_written_app(folder / "site", about.config)))


def verify(row: Row, client: Client) -> None:
    answer = row.ask(client)
    assert answer.status_code == row.status, (row.request, answer.status_code)
    for name, value in row.headers.items():
        given = answer.headers.get(name)
        if value is None or not value.startswith("~"):
            assert given == value, (row.request, name, given)
        else:
            assert value[1:] in (given or ""), (row.request, name, given)
    if answer.content:
        assert answer.headers["content-type"].partition(";")[0] in REGISTERED
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["access-control-allow-origin"] == "*"
    if row.check:
        row.check(client, answer)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.request)
def test_the_store_conforms(servers: Servers, row: Row) -> None:
    verify(row, servers.store)


@pytest.mark.parametrize("row", [row for row in ROWS if not row.gone], ids=lambda row: row.request)
def test_the_written_site_conforms(servers: Servers, row: Row) -> None:
    verify(row, servers.written)


def test_no_accept_header_is_a_mistake_of_ours(servers: Servers) -> None:
    chance = random.Random(9110)
    parts = [
        "text",
        "html",
        "turtle",
        "*",
        "/",
        ";",
        ",",
        "q=",
        "0.5",
        "1",
        '"',
        "\\",
        "=",
        " ",
        "\t",
        "é",
        "profile=",
    ]
    for _ in range(100):
        header = "".join(chance.choice(parts) for _ in range(chance.randrange(1, 40))).strip()
        for client in (servers.store, servers.written):
            for path in ("/id/ankara", "/id/ankara.jsonld", "/people"):
                status = client.ask("GET", path, {"accept": header}).status_code
                assert status in {200, 303, 406}, (path, header)


def cell(text: str) -> str:
    return text.replace("|", "\\|")


def table(rows: list[Row]) -> list[str]:
    lines = ["| request | what must come | source | store | written site |", "|---|---|---|---|---|"]
    for row in rows:
        path, _, given = row.request.partition(" ")[2].partition(" ")
        method = row.request.partition(" ")[0]
        request = f"`{method} {path}`" + "".join(f"<br>`{cell(each)}`" for each in given.split(" ⏎ ") if each)
        comes = f"{row.status}: {row.says}"
        if row.headers.get("location"):
            comes += f" (`{row.headers['location']}`)"
        lines.append(
            f"| {request} | {cell(comes)} | {row.section} | passes | {'—' if row.gone else 'passes'} |"
        )
    return lines


def document() -> str:
    lines = [
        "# HTTP, row by row",
        "",
        "Written by `tests/test_http_conformance.py`, which asks `musnad serve` for every row twice: with a",
        "build, and with a written site; a row that fails stops the tests, and none is left out. `—` is what",
        "only a build knows. Every answer has a registered media type, `nosniff` and",
        "`Access-Control-Allow-Origin: *`; a hundred random `Accept` headers get 200, 303 or 406.",
    ]
    for name, rows in GROUPS.items():
        lines += ["", f"## {name}", "", *table(rows)]
    return "\n".join(lines) + "\n"


def test_the_table_is_up_to_date() -> None:
    if os.environ.get("MUSNAD_CONFORMANCE"):
        FILE.write_text(document(), encoding="utf-8")
    assert Path(FILE).read_text(encoding="utf-8") == document(), "MUSNAD_CONFORMANCE=1 writes it anew"
