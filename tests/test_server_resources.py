"""Dereferencing: negotiation, languages, validators, addresses that are not ours."""

import asyncio
import re
import threading
from pathlib import Path
from urllib.parse import quote

import orjson
import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.routing import Route

from musnad.server.app import make_app
from musnad.server.cache import Cache
from musnad.server.replies import Representation
from musnad.server.resources import Withdrawn
from serving import BASE, SAMPLE, Client, build_store, dataset, make_client

PARSERS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
SUFFIXES = {"text/html": "html", "text/turtle": "ttl", "application/ld+json": "jsonld"} | {
    "application/n-triples": "nt",
    "application/rdf+xml": "rdf",
}
QUADS = SAMPLE.read_text(encoding="utf-8")
CLAIM, DOCUMENT = (
    re.search(rf"<{BASE}({kind}/[0-9a-f]+)> <https://schema.org/{term}> <{BASE}{thing}", QUADS)[1]
    for kind, term, thing in (("claim", "about", "id/ankara>"), ("doc", "publisher", "id/"))
)
THINGS = ["id/ankara", "id/example-agency", CLAIM, DOCUMENT, "pattern/stated", "graph/authority"]
GONE, MOVED = f"{BASE}id/withdrawn", f"{BASE}id/old-name"
ARABIC = f"{BASE}id/نور"
ENCODED = f"{BASE}id/{quote('سلام')}"
SLASHED = f"{BASE}id/a%2Fb(1)+c"
NAME = "<https://schema.org/name>"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Client:
    folder = tmp_path_factory.mktemp("resources")
    more = "".join(
        f'<{iri}> {NAME} "x"@en <{BASE}graph/authority> .\n<{iri}> a <s:Thing> <{BASE}graph/authority> .\n'
        for iri in (ARABIC, ENCODED, SLASHED)
    ).replace(" a ", " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ")
    quads = folder / "more.nq"
    quads.write_text(QUADS + more.replace("s:Thing", "https://schema.org/Place"))
    withdrawn = Withdrawn(frozenset({GONE}), {MOVED: f"{BASE}id/ankara"})
    return make_client(build_store(folder, quads), withdrawn)


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize("accept", SUFFIXES)
def test_a_thing_answers_see_other(client: Client, thing: str, accept: str) -> None:
    answer = client.get(f"/{thing}", accept)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/{thing}.{SUFFIXES[accept]}"
    assert answer.headers["vary"] == "Accept"
    shown = client.get(answer.headers["location"], accept)
    assert shown.status_code == 200
    assert shown.headers["content-type"].partition(";")[0] == accept


@pytest.mark.parametrize("thing", THINGS)
def test_every_format_says_the_same(client: Client, thing: str) -> None:
    graphs = set()
    for media_type, form in PARSERS.items():
        body = client.get(f"/{thing}.{SUFFIXES[media_type]}").content
        triples = {quad.triple for quad in ox.parse(body, format=form)}
        graphs.add(frozenset(map(str, triples)))
    assert len(graphs) == 1
    assert any(f"<{BASE}{thing}>" in line or thing.startswith("graph/") for line in next(iter(graphs)))


def test_the_data_names_the_claims_and_labels_what_it_links(client: Client) -> None:
    body = client.get("/id/ankara.nt").text
    assert f"<{BASE}{CLAIM}> <https://schema.org/about> <{BASE}id/ankara> ." in body
    assert f"<{BASE}{CLAIM}> <http://www.w3.org/2000/01/rdf-schema#label>" in body


def test_the_description_links_follow_fair_signposting(client: Client) -> None:
    links = client.get("/id/ankara.html").headers["link"]
    assert f'<{BASE}id/ankara>; rel="cite-as"' in links
    assert '</id/ankara.ttl>; rel="alternate describedby item"; type="text/turtle"' in links
    assert '<https://schema.org/AboutPage>; rel="type"' in links
    assert '<https://schema.org/Place>; rel="type"' in links
    assert 'rel="license"' in links
    data = client.get("/id/ankara.ttl").headers["link"]
    assert '</id/ankara.html>; rel="alternate collection"; type="text/html"' in data
    assert f'<{BASE}id/ankara>; rel="describes"' in data


def test_nothing_acceptable_lists_what_there_is(client: Client) -> None:
    answer = client.get("/id/ankara", "image/png")
    assert answer.status_code == 406
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    for suffix in SUFFIXES.values():
        assert f"/id/ankara.{suffix}" in answer.text
        assert f"</id/ankara.{suffix}>" in answer.headers["link"]


@pytest.mark.parametrize(
    ("path", "language", "header", "location"),
    [
        ("/id/ankara.html", "ar", "", "/id/ankara.ar.html"),
        ("/id/ankara.html", "en", "en-GB, ar;q=0.5", "/id/ankara.en.html"),
        ("/id/ankara.html", "en", "fr", "/id/ankara.en.html"),
        ("/id/ankara.html?lang=en", "en", "ar", "/id/ankara.en.html"),
        ("/id/ankara.html?lang=xx", "ar", "ar", "/id/ankara.ar.html"),
        ("/id/ankara.en.html", "en", "ar", None),
        ("/", "ar", "", "/index.ar.html"),
        ("/people", "en", "en", "/people.en.html"),
    ],
)
def test_a_page_is_negotiated_in_two_languages(
    client: Client, path: str, language: str, header: str, location: str | None
) -> None:
    answer = (
        client.get(path, "text/html", accept_language=header) if header else client.get(path, "text/html")
    )
    assert answer.status_code == 200
    assert answer.headers["content-language"] == language
    assert f'<html lang="{language}"' in answer.text
    assert answer.headers.get("content-location") == location
    negotiated = "lang=en" not in path and ".en." not in path
    assert ("Accept-Language" in answer.headers["vary"]) == negotiated


def test_the_language_of_a_link_survives_the_redirect(client: Client) -> None:
    assert client.get("/id/ankara?lang=en", "text/html").headers["location"] == "/id/ankara.en.html"


def test_each_variant_has_its_own_strong_tag(client: Client) -> None:
    names = ["ar.html", "en.html", "ttl", "nt", "jsonld", "rdf"]
    tags = [client.get(f"/id/ankara.{name}", accept_encoding="identity").headers["etag"] for name in names]
    tags += [client.get(f"/id/ankara.{name}", accept_encoding="gzip").headers["etag"] for name in names]
    assert len(set(tags)) == len(tags)
    assert not any(tag.startswith("W/") for tag in tags)


@pytest.mark.parametrize("form", ["{}", '"x", {}', "W/{}", "*"])
def test_a_known_representation_is_not_sent_again(client: Client, form: str) -> None:
    tag = client.get("/id/ankara.ttl").headers["etag"]
    answer = client.get("/id/ankara.ttl", if_none_match=form.format(tag))
    assert answer.status_code == 304
    assert answer.content == b""
    assert answer.headers["etag"] == tag
    assert client.get("/id/ankara.ttl", if_none_match='"other"').status_code == 200


def test_the_body_is_packed_for_those_who_take_it(client: Client) -> None:
    packed, plain = client.get("/id/ankara.ttl", accept_encoding="gzip"), client.get("/id/ankara.ttl")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.text == plain.text
    assert int(packed.headers["content-length"]) < len(plain.content)
    assert "content-encoding" not in client.get("/id/ankara.ttl", accept_encoding="gzip;q=0, *").headers


@pytest.mark.parametrize("path", ["/id/ankara.ttl", "/id/ankara", "/id/nothing", "/"])
def test_head_has_the_headers_of_get(client: Client, path: str) -> None:
    head, whole = client.ask("HEAD", path), client.ask("GET", path)
    assert head.content == b""
    assert (head.status_code, dict(head.headers)) == (whole.status_code, dict(whole.headers))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "FOO"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    answer = client.ask(method, "/id/ankara")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


def test_any_site_may_read(client: Client) -> None:
    asked = {"origin": "https://client.example", "access-control-request-method": "GET"}
    before = client.ask("OPTIONS", "/id/ankara", asked)
    assert before.status_code == 204
    assert "GET" in before.headers["access-control-allow-methods"]
    answer = client.get("/id/ankara.ttl", origin="https://client.example")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "Link" in answer.headers["access-control-expose-headers"]
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/id/nothing", "/id/ankara.html", "/sparql?query=x&update=y", "/%00"])
def test_every_answer_forbids_what_no_page_needs(client: Client, path: str) -> None:
    headers = client.get(path, "text/html").headers
    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert "referrer-policy" in headers


@pytest.mark.parametrize("accept", [*SUFFIXES, "*/*", "application/json", "image/png"])
def test_nothing_is_there_in_every_format(client: Client, accept: str) -> None:
    for path in ("/id/nothing", "/id/nothing.ttl", "/nothing", "/people.p9.en.html", "/404.html"):
        answer = client.get(path, accept)
        assert answer.status_code == 404
        kind = answer.headers["content-type"].partition(";")[0]
        if kind in PARSERS:
            assert list(ox.parse(answer.content, format=PARSERS[kind])) == []
    if accept == "application/json":
        assert orjson.loads(answer.content)["status"] == 404


def test_the_page_about_nothing_is_in_the_reader_s_language(client: Client) -> None:
    answer = client.get("/id/nothing", "text/html", accept_language="ar")
    assert '<html lang="ar" dir="rtl"' in answer.text
    assert answer.headers["content-language"] == "ar"


@pytest.mark.parametrize("accept", SUFFIXES)
def test_what_is_gone_says_so(client: Client, accept: str) -> None:
    for path in ("/id/withdrawn", "/id/withdrawn.html", "/id/withdrawn.ttl"):
        assert client.get(path, accept).status_code == 410


def test_what_moved_leads_on(client: Client) -> None:
    for path in ("/id/old-name", "/id/old-name.ttl"):
        answer = client.get(path)
        assert answer.status_code == 301
        assert answer.headers["location"] == path.replace("old-name", "ankara")


@pytest.mark.parametrize("iri", [ARABIC, ENCODED, SLASHED])
def test_arabic_addresses_work_both_ways(client: Client, iri: str) -> None:
    path = quote(iri.removeprefix(BASE), safe="/%()+")
    answer = client.get(f"/{path}", "text/turtle")
    assert answer.headers["location"] == f"/{path}.ttl"
    assert answer.headers["location"].isascii()
    body = client.get(f"/{path}.ttl")
    assert f"<{iri}>" in body.text
    assert body.headers["link"].isascii()


def test_a_slash_at_the_end_leads_to_the_address_without(client: Client) -> None:
    answer = client.get("/id/ankara/")
    assert (answer.status_code, answer.headers["location"]) == (301, "/id/ankara")


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/",
        "//evil.example",
        "/%2fevil.example/",
        "/%5cevil.example/",
        "/\\evil.example/",
        "/../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/static/../publish/site.yaml",
        "/static/%2e%2e/site.yaml",
        "/static/..%2fsite.yaml",
        "/static//style.css",
        "/id/%00",
        "/id/%ff",
        "/id/%zz",
        "/id/a%0d%0aX-Evil:1",
        "/id/..%2fankara",
        "/id%2fankara",
        "/id/ankara%2f",
        "/id/%2561nkara",
        "/id/" + "a" * 5_000,
        "/id/<script>",
        "/id/%E2%80%AEx",
        "/id/ankara.ttl.ttl",
        "/id/ankara.xx.html",
        "/id/ankara.p0.html",
        "/id/./ankara",
    ],
)
def test_an_address_that_cannot_be_ours_finds_nothing(client: Client, path: str) -> None:
    for accept in ("text/html", "text/turtle"):
        answer = client.get(path, accept)
        assert answer.status_code == 404
        assert "location" not in answer.headers
        assert "x-evil" not in answer.headers
        assert "<script>" not in answer.text.replace('<script src="', "")


@pytest.mark.parametrize(
    "name", ["host", "x-forwarded-host", "x-forwarded-prefix", "forwarded", "x-original-url"]
)
def test_no_header_changes_an_address(client: Client, name: str) -> None:
    for path in ("/id/ankara", "/id/ankara/", "/id/ankara.ttl", "/id/ankara.html", "/"):
        plain = client.ask("GET", path)
        forged = client.ask("GET", path, {name: "evil.example"})
        assert forged.content == plain.content
        assert "evil" not in str(forged.headers)


def test_the_page_of_an_answer_leads_to_the_page_of_queries(client: Client) -> None:
    answer = client.get("/sparql.en.html")
    assert (answer.status_code, answer.headers["location"]) == (303, "/query.en.html")


def test_the_dataset_is_found_at_its_well_known_address(client: Client) -> None:
    answer = client.get("/.well-known/void", "text/turtle")
    assert (answer.status_code, answer.headers["location"]) == (303, "/dataset")


def test_files_are_served_as_they_are(client: Client) -> None:
    answer = client.get("/static/style.css")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert client.get("/static/style.css", if_none_match=answer.headers["etag"]).status_code == 304
    assert client.get("/static/style.css", range="bytes=0-9").content == answer.content[:10]


def test_a_mistake_of_ours_is_told_without_details(tmp_path: Path) -> None:
    def fail(_: Request) -> None:
        raise RuntimeError("secret")

    app = make_app(dataset(build_store(tmp_path)))
    app.router.routes.insert(0, Route("/boom", fail))
    client = Client(app, fails=True)
    for accept in ("text/html", "text/turtle", "*/*"):
        answer = client.get("/boom", accept)
        assert (answer.status_code, "secret" in answer.text) == (500, False)
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_format_that_cannot_hold_the_data_says_so(tmp_path: Path) -> None:
    quads = tmp_path / "control.nq"
    quads.write_text(f'<{BASE}id/x> {NAME} "a\\u0001b" <{BASE}graph/authority> .\n')
    client = make_client(build_store(tmp_path, quads))
    assert client.get("/id/x.ttl").status_code == 200
    assert client.get("/id/x.rdf").status_code == 406


def test_a_label_is_never_markup(tmp_path: Path) -> None:
    quads = tmp_path / "hostile.nq"
    hostile = "<script>alert(1)</script></script>\u202e{{7*7}}"
    subject = f"<{BASE}id/x>"
    lines = [
        f"{subject} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/Person>",
        f'{subject} <http://www.w3.org/2000/01/rdf-schema#label> "{hostile}"@en',
        f'{subject} {NAME} "{hostile}"@en',
        f"{subject} <https://schema.org/sameAs> <javascript:alert(1)>",
    ]
    quads.write_text("".join(f"{line} <{BASE}graph/authority> .\n" for line in lines), encoding="utf-8")
    page = make_client(build_store(tmp_path, quads)).get("/id/x.en.html").text
    assert "<script>alert" not in page
    assert 'href="javascript:' not in page
    assert "49" not in page
    assert "\u202e" not in page.partition("</title>")[0].partition("<title>")[2]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(st.characters(codec="latin-1", exclude_characters="\r\n\0"), max_size=120),
    st.text(st.characters(codec="latin-1", exclude_characters="\r\n\0"), max_size=60),
)
def test_no_header_makes_the_server_fail(client: Client, accept: str, language: str) -> None:
    headers = {
        "accept": accept,
        "accept-language": language,
        "accept-encoding": accept,
        "if-none-match": accept,
    }
    for path in ("/id/ankara", "/id/ankara.html", "/id/nothing", "/sparql"):
        status = client.ask("GET", path, {k: v.strip() for k, v in headers.items()}).status_code
        assert status in {200, 303, 304, 404, 406}


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
def test_no_path_makes_the_server_fail(client: Client, path: str) -> None:
    answer = client.get("/" + quote(path.encode("utf-8", "surrogatepass")), "text/turtle")
    assert answer.status_code in {200, 301, 303, 404, 406}


def test_the_store_is_opened_to_be_read_only(client: Client, tmp_path: Path) -> None:
    del client
    store = build_store(tmp_path)
    before = sorted((path.name, path.stat().st_mtime_ns) for path in store.rglob("*"))
    make_client(store).get("/id/ankara.ttl")
    assert sorted((path.name, path.stat().st_mtime_ns) for path in store.rglob("*")) == before


@pytest.mark.parametrize("at_once", [True, False])
def test_what_is_made_is_kept_and_made_by_whom_the_cache_says(at_once: bool) -> None:
    made: list[int] = []

    def make() -> Representation:
        made.append(threading.get_ident())
        return Representation(b"words", {}, "text/plain", "", "0" * 20)

    async def ask() -> None:
        cache = Cache(at_once=lambda: at_once)
        first = await cache.get("a", make)
        assert await cache.get("a", make) is first
        assert await cache.get("b", lambda: None) is None

    asyncio.run(ask())
    assert [one == threading.get_ident() for one in made] == [at_once]
