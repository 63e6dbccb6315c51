"""Other web servers answer as `musnad serve` does: nginx, Caddy and Apache, each started on 127.0.0.1."""

import contextlib
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musnad.build.accepting import accept_rules, apply, language_rules
from musnad.build.deploying import Deployment, withdrawn_from, write_deployment
from musnad.cli import main
from musnad.curation import Addresses, write_addresses
from musnad.errors import ProjectError, TemplateError
from musnad.project import Project
from musnad.server.app import make_written_app
from musnad.server.media import RESOURCE, negotiate, negotiate_language
from musnad.site import Site, SiteFolder, write_site
from musnad.site.codings import codings
from musnad.store import Store
from serving import BASE, ROOT, SAMPLE, Client, dataset, free_port

NAME = "<https://schema.org/name>"
PERSON = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/Person>"
ARABIC = quote("نور")  # light
HOST = "data.example.org"
GONE = "claim/00ff00ff00ff00ff"
NAMED = "id/fulan-withdrawn"  # an address that is a name
ADDRESSES = Addresses(moved={"id/old-name": "id/ankara"}).without({GONE, NAMED})
FILES = {"nginx.conf", "Caddyfile", "apache.htaccess", "w3id.htaccess", "musnad.service", "Containerfile"}
ACCEPTS = (
    "",
    "*/*",
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "text/turtle",
    "Application/LD+JSON",
    "application/json",
    "application/rdf+xml;q=0.4, application/ld+json;q=0.9",
    "text/html;q=0.5, text/turtle;q=0.9, */*;q=0.1",
    "text/html;q=0, */*;q=0.1",
    'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted", text/html;q=0.2',
    "application/n-triples;q=1.0",
    "text/turtle;q=0, application/rdf+xml;q=0.001",
    "image/png",
    "nonsense",
)
LANGUAGES = ("", "ar", "en-GB, ar;q=0.5", "fr", "fr, ar-SY;q=0.8, en;q=0.4", "*")


@dataclass(frozen=True)
class Place:
    """A written site, and the files of its deployment."""

    site: Path
    deployment: Path
    client: Client


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    folder = tmp_path_factory.mktemp("deploy")
    graph = f"<{BASE}graph/authority>"
    more = f'<{BASE}id/نور> {PERSON} {graph} .\n<{BASE}id/نور> {NAME} "x"@en {graph} .\n'
    (folder / "quads.nq").write_text(SAMPLE.read_text(encoding="utf-8") + more, encoding="utf-8")
    Store.build(folder / "quads.nq", folder / "store")
    about = dataset(folder / "store")
    store = Store.open(folder / "store", read_only=True, base=BASE)
    written = SiteFolder.open(folder / "site", codings())
    written.begin()
    write_site(Site(about.project, store, about.config), written)
    written.finish("test")
    write_addresses(folder / "site", ADDRESSES)
    deployment = Deployment(HOST, str(folder / "site"), 8000, addresses=withdrawn_from(folder / "site"))
    write_deployment(about.project, about.config, deployment, folder / "out")
    return Place(folder / "site", folder / "out", Client(make_written_app(folder / "site", about.config)))


def need(name: str) -> str:
    program = shutil.which(name)
    if program is None:
        pytest.skip(f"{name} is not installed here: its rules are not tested")
    return program


@contextlib.contextmanager
def started(command: list[str], port: int, folder: Path) -> Iterator[int]:
    """Start a server, wait until it listens, and end it and nothing else."""
    own = os.environ | {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    with subprocess.Popen(command, cwd=folder, env=own, stdout=PIPE, stderr=subprocess.STDOUT) as process:
        try:
            for _ in range(200):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                    break
                assert process.poll() is None, process.stdout.read().decode() if process.stdout else ""
                time.sleep(0.05)
            yield port
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture(scope="module")
def nginx(place: Place, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with nginx_of(place.deployment, tmp_path_factory.mktemp("nginx")) as port:
        yield port


@contextlib.contextmanager
def nginx_of(deployment: Path, folder: Path) -> Iterator[int]:
    program, port = need("nginx"), free_port()
    rules = (deployment / "nginx.conf").read_text()
    (folder / "site.conf").write_text(rules.replace("listen 80;", f"listen 127.0.0.1:{port};"))
    names = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{each}_temp_path {folder}/{each};\n" for each in names)
    (folder / "main.conf").write_text(
        f"daemon off;\nmaster_process off;\npid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{paths}include {folder}/site.conf;\n}}\n"
    )
    with started([program, "-c", str(folder / "main.conf"), "-e", str(folder / "e.log")], port, folder):
        yield port


@pytest.fixture(scope="module")
def caddy(place: Place, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with caddy_of(place.deployment, tmp_path_factory.mktemp("caddy")) as port:
        yield port


@contextlib.contextmanager
def caddy_of(deployment: Path, folder: Path) -> Iterator[int]:
    program, port = need("caddy"), free_port()
    rules = (deployment / "Caddyfile").read_text()
    rules = rules.replace(f"\n{HOST} {{", f"\nhttp://127.0.0.1:{port} {{\n\tbind 127.0.0.1")
    options = "{\n\tadmin off\n\tauto_https off\n}\n"
    (folder / "Caddyfile").write_text(options + rules)
    with started([program, "run", "--config", "Caddyfile", "--adapter", "caddyfile"], port, folder):
        yield port


@contextlib.contextmanager
def readable() -> Iterator[Path]:
    """Give a folder that a server can read which gives up the rights of who started it."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def apache_on(root: Path, folder: Path, port: int) -> list[str]:
    modules = Path("/usr/lib/apache2/modules")
    names = ["authz_core", "dir", "env", "filter", "headers", "mime", "mpm_event", "negotiation"]
    names += ["rewrite", "setenvif", "unixd"]
    loads = "".join(f"LoadModule {name}_module {modules}/mod_{name}.so\n" for name in names)
    loads = "".join(
        line for line in loads.splitlines(keepends=True) if Path(line.split()[-1]).is_file()
    )  # some are built in
    (folder / "types").write_text("")
    (folder / "httpd.conf").write_text(
        f"ServerRoot {folder}\nListen 127.0.0.1:{port}\nServerName 127.0.0.1\nPidFile {folder}/pid\n"
        f"{loads}TypesConfig {folder}/types\nErrorLog {folder}/error.log\nDefaultRuntimeDir {folder}\n"
        f"Mutex file:{folder}\nUser www-data\nGroup www-data\nDocumentRoot {root}\n"
        f"<Directory {root}>\nAllowOverride All\nRequire all granted\n</Directory>\n"
    )
    return [need("apache2"), "-f", str(folder / "httpd.conf"), "-DFOREGROUND"]


@pytest.fixture(scope="module")
def apache(place: Place) -> Iterator[int]:
    port = free_port()
    with readable() as folder:
        root = folder / "site"
        shutil.copytree(place.site, root)
        (root / ".htaccess").write_bytes((place.deployment / "apache.htaccess").read_bytes())
        with started(apache_on(root, folder, port), port, folder):
            yield port


@pytest.fixture(scope="module", params=["nginx", "caddy", "apache"])
def port(request: pytest.FixtureRequest) -> int:
    return int(request.getfixturevalue(request.param))


def ask(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.putrequest(method, path, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    found: dict[str, str] = {}
    for name, value in answer.getheaders():
        found[name.lower()] = f"{found[name.lower()]}, {value}" if name.lower() in found else value
    return answer.status, found, body


def shown(status: int, headers: dict[str, str]) -> dict[str, str | int]:
    """Return what two servers must say alike; of errors the status alone, of Vary the set."""
    if status >= 400:
        return {"status": status}
    names = ("content-type", "content-language", "content-location") if status == 200 else ("location",)
    found = {name: re.sub(r"^https?://[^/]+", "", headers.get(name, "")) for name in names}
    upper = {
        name: re.sub(r"%[0-9a-f]{2}", lambda each: each.group().upper(), value)
        for name, value in found.items()
    }
    return {"status": status} | upper


def same(place: Place, port: int, path: str, method: str = "GET", **headers: str) -> None:
    expected = place.client.ask(method, path, {n.replace("_", "-"): v for n, v in headers.items()})
    told = shown(expected.status_code, dict(expected.headers))
    status, given, body = ask(port, path, method, **headers)
    assert shown(status, given) == told, (method, path, headers)
    if status == 200 and method == "GET":
        assert body == expected.content
    for name in ("x-content-type-options", "content-security-policy", "access-control-allow-origin"):
        assert given[name] == expected.headers[name], (path, name)
    if status in {200, 303} and not path.startswith(("/.well-known", "/static")):
        varies = set(re.split(r",\s*", expected.headers.get("vary", "")))
        negotiated = varies - ({"Accept"} if path.endswith(".jsonld") else set())
        assert negotiated <= set(re.split(r",\s*", given.get("vary", ""))), (path, headers)


@pytest.mark.parametrize("suffix", ["", ".html", ".ar.html", ".ttl"])
@pytest.mark.parametrize("path", ["/id/old-name", f"/{GONE}"])
def test_what_was_merged_and_what_was_withdrawn(place: Place, port: int, path: str, suffix: str) -> None:
    status, headers, body = ask(port, path + suffix)
    if path == "/id/old-name":
        target = re.sub(r"^https?://[^/]+", "", headers["location"])
        assert (status, target) == (301, f"/id/ankara{suffix}")
    else:
        assert status == 410
        assert GONE not in body.decode("utf-8")
    if suffix in {
        "",
        ".ttl",
    }:  # the others lead to the page of a language, or to that whose language is asked
        same(place, port, path + suffix)


@pytest.mark.parametrize("accept", ACCEPTS)
@pytest.mark.parametrize("path", ["/id/ankara", "/pattern/stated", f"/id/{ARABIC}", "/people", "/", "/id/no"])
def test_what_is_negotiated(place: Place, port: int, path: str, accept: str) -> None:
    same(place, port, path, **({"accept": accept} if accept else {}))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path",
    ["/id/ankara.html", "/people", "/", "/id/ankara.html?lang=en", "/id/ankara?lang=en", "/people?lang=ar"],
)
def test_the_language(place: Place, port: int, path: str, language: str) -> None:
    same(place, port, path, **({"accept_language": language} if language else {}))


@pytest.mark.parametrize(
    "path",
    [
        *(f"/id/ankara.{name}" for name in ("ttl", "jsonld", "nt", "rdf", "ar.html", "en.html", "xx.html")),
        f"/id/{ARABIC}.ttl",
        f"/id/{ARABIC}.html",
        "/timeline.svg",
        "/timeline.en.svg",
        "/timeline.csv",
        "/robots.txt",
        "/sitemap.xml",
        "/feed.atom",
        "/static/style.css",
        "/static/copy.js",
        "/static/icon.svg",
        "/.well-known/void",
        "/id/ankara/",
        f"/id/{ARABIC}/",
        "/people/?x=1",
        "/id",
        "/id/",
        "/id/nobody.ttl",
        "/404.html",
        "/404",
        "/406.ar.html",
        "/site.json",
        "/withdrawn.json",
        "/SHA256SUMS",
        "/id/ankara.ttl.gz",
        "/people.en.html.br",
        "//evil.example/id/ankara",
        "//id/ankara",
        "/id//ankara",
        "/.htaccess",
        "/.git/config",
        "/static/../site.json",
        "/sparql",
        "/people.p99.en.html",
    ],
)
def test_an_address(place: Place, port: int, path: str) -> None:
    same(place, port, path)


@pytest.mark.parametrize("path", ["/id/../../etc/passwd", "/id/%2e%2e/%2e%2e/etc/passwd"])
def test_no_address_climbs(port: int, path: str) -> None:
    status, headers, body = ask(port, path)
    assert status in {400, 404}
    assert "location" not in headers
    assert b"root:" not in body


def test_the_other_methods(place: Place, port: int) -> None:
    for path in ("/id/ankara.ttl", "/people", "/id/ankara"):
        for method in ("PUT", "DELETE", "PATCH", "POST"):
            status, headers, _ = ask(port, path, method, content_length="0")
            assert status == 405
            assert headers["access-control-allow-origin"] == "*"
        status, headers, body = ask(port, path, "OPTIONS", origin="https://client.example")
        assert (status, body) == (204, b"")
        assert headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
        head, whole = ask(port, path, "HEAD"), ask(port, path)
        assert (head[0], head[2]) == (whole[0], b"")
        for name in ("content-type", "vary", "link", "etag", "content-location", "location"):
            assert head[1].get(name) == whole[1].get(name), (path, name)


def test_what_was_packed_is_sent_packed(place: Place, port: int, request: pytest.FixtureRequest) -> None:
    there = {"nginx": ["gzip"], "caddy": ["br", "zstd", "gzip"], "apache": ["br", "zstd", "gzip"]}
    name = request.node.callspec.params["port"]
    suffixes = {"br": "br", "zstd": "zst", "gzip": "gz"}
    for path, file in (("/people.en.html", "people.en.html"), ("/people", "people.ar.html")):
        for coding in there[name]:
            status, headers, body = ask(port, path, accept_encoding=coding)
            assert (status, headers["content-encoding"]) == (200, coding)
            assert headers["content-type"] == "text/html; charset=utf-8"
            assert body == (place.site / f"{file}.{suffixes[coding]}").read_bytes()
        assert "content-encoding" not in ask(port, path, accept_encoding="identity")[1]


def test_nothing_that_is_known_is_sent_again(port: int) -> None:
    tag = ask(port, "/id/ankara.ttl")[1]["etag"]
    assert not tag.startswith("W/")
    status, headers, body = ask(port, "/id/ankara.ttl", if_none_match=tag)
    assert (status, body) == (304, b"")
    assert headers["etag"] == tag


@pytest.mark.parametrize("path", ["/id/ankara", "/id/ankara.en.html", "/id/ankara.ttl"])
def test_the_links_are_among_those_of_the_server(place: Place, port: int, path: str) -> None:
    accept = {"accept": "text/html"}

    def read(header: str) -> set[tuple[str, str]]:
        links = re.findall(r'<([^>]+)>; rel="([^"]+)"', header)
        return {(target, each) for target, relations in links for each in relations.split()}

    links = read(ask(port, path, **accept)[1]["link"])
    assert links <= read(place.client.ask("GET", path, accept).headers["link"])
    assert (f"{BASE}id/ankara", "cite-as") in links
    assert "license" in {relation for _, relation in links}


def test_w3id_leads_to_the_host(place: Place) -> None:
    port = free_port()
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(readable())
        root = folder / "root"
        (root / "musnad").mkdir(parents=True)
        rules = (place.deployment / "w3id.htaccess").read_bytes()
        (root / "musnad" / ".htaccess").write_bytes(rules)
        stack.enter_context(started(apache_on(root, folder, port), port, folder))
        for path, accept, target in (
            ("id/ankara", "text/turtle", "id/ankara.ttl"),
            ("id/ankara", "application/ld+json", "id/ankara.jsonld"),
            ("id/ankara", "text/turtle, text/html;q=0.5", "id/ankara"),
            ("id/ankara", "text/html", "id/ankara"),
            ("id/ankara.ttl", "text/turtle", "id/ankara.ttl"),
            ("people", "text/turtle", "people"),
            ("", "*/*", ""),
        ):
            status, headers, _ = ask(port, f"/musnad/{path}", accept=accept)
            assert (status, headers["location"]) == (303, f"https://{HOST}/{target}"), (path, accept)
        assert headers["access-control-allow-origin"] == "*"


TYPES = (
    "text/html text/turtle application/ld+json application/n-triples application/rdf+xml text/xml image/png"
)
WEIGHTS = ["", ";q=1", ";q=0.9", "; q=0.5", ";q=0.3", ";q=0", ";charset=utf-8", ";charset=utf-8;q=0.2"]
RANGES = st.tuples(st.sampled_from(TYPES.split()), st.sampled_from(WEIGHTS))


@settings(max_examples=300, deadline=None)
@given(st.lists(RANGES, max_size=4, unique_by=lambda each: each[0]))
def test_the_rules_negotiate_as_the_server_does(ranges: list[tuple[str, str]]) -> None:
    header = ", ".join(name + rest for name, rest in ranges)
    if "rdf+xml" in header and "text/xml" in header:
        return  # two names of one format: the server takes the weight of the first
    chosen = negotiate(header, RESOURCE)
    assert apply(accept_rules(), header) == (chosen.suffix if chosen else "")


def test_no_rule_says_a_name_that_was_withdrawn(place: Place, port: int) -> None:
    """Rules alone answer 404, which is also for whoever does not tell what was there (RFC 9110, 15.5.5)."""
    name = NAMED.rpartition("/")[2]
    assert [path.name for path in place.deployment.iterdir() if name in path.read_text()] == []
    for suffix in ("", ".html", ".ar.html", ".ttl"):
        status, headers, body = ask(port, f"/{NAMED}{suffix}")
        assert (status, name in f"{headers}{body.decode()}") == (404, False), suffix


@pytest.mark.parametrize("name", ["nginx", "caddy"])
def test_of_a_build_the_server_behind_tells_what_was_withdrawn(
    tmp_path: Path, place: Place, name: str
) -> None:
    need(name)
    behind, config = free_port(), dataset(place.site).config
    deployment = Deployment(HOST, str(place.site), behind, True, withdrawn_from(place.site))
    write_deployment(Project.find(ROOT), config, deployment, tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir() if "fulan-withdrawn" in path.read_text()] == []
    command = [sys.executable, "-m", "musnad", "serve", str(place.site), "--port", str(behind)]
    front = {"nginx": nginx_of, "caddy": caddy_of}[name]
    folder = tmp_path / name
    folder.mkdir()
    with started(command, behind, ROOT), front(tmp_path / "out", folder) as port:
        found = {
            path: ask(port, path)[0]
            for path in (
                *(f"/{NAMED}{suffix}" for suffix in ("", ".html", ".en.html", ".ttl")),
                f"/{GONE}",
                "/id/nobody",
                "/id/nobody.ttl",
                "/id/ankara",
                "/id/ankara.ttl",
                f"/id/{ARABIC}",
                f"/id/{quote('لا')}",  # no
                "/id/old-name",
                "/people",
                "/static/style.css",
            )
        }
    assert list(found.values()) == [410] * 4 + [410, 404, 404, 303, 200, 303, 404, 301, 200, 200], found


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["ar", "en", "fr", "ar-SY", "EN-gb"]), st.sampled_from(["", ";q=0.7", ";q=0.1"])
        ),
        max_size=3,
    )
)
def test_the_rules_choose_the_language_as_the_server_does(ranges: list[tuple[str, str]]) -> None:
    header = ", ".join(name + rest for name, rest in ranges)
    expected = negotiate_language(header, ("ar", "en"), "en")
    assert apply(language_rules(("ar", "en")), header) == expected


def test_the_verb_writes_every_file(tmp_path: Path, place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "rules"
    given = ["--host-name", HOST, "--folder", "/srv/x", "--project", str(ROOT)]
    assert main(["deploy", str(place.site), "-o", str(out), *given]) == 0
    assert {path.name for path in out.iterdir()} == FILES
    assert capsys.readouterr().out.splitlines() == [str(out / name) for name in sorted(FILES)]
    assert "root /srv/x;" in (out / "nginx.conf").read_text()
    assert "proxy_pass" not in (out / "nginx.conf").read_text()


def test_of_a_build_queries_are_passed_on(tmp_path: Path) -> None:
    project = Project.find(ROOT)
    config = dataset(tmp_path).config
    write_deployment(project, config, Deployment(HOST, "/srv/x", 8123, queries=True), tmp_path)
    assert "proxy_pass http://127.0.0.1:8123;" in (tmp_path / "nginx.conf").read_text()
    assert "reverse_proxy @live 127.0.0.1:8123" in (tmp_path / "Caddyfile").read_text()


@pytest.mark.parametrize(
    ("host", "folder", "port"),
    [
        ("", "/srv/x", 80),
        ("a b", "/srv/x", 80),
        ("a;{", "/srv/x", 80),
        (HOST, "srv", 80),
        (HOST, "/srv/../x", 80),
        (HOST, "/a;b", 80),
        (HOST, "/srv/x", 0),
        (HOST, "/srv/x", 70_000),
    ],
)
def test_what_would_break_the_rules_is_refused(host: str, folder: str, port: int) -> None:
    with pytest.raises(ProjectError):
        Deployment(host, folder, port)


def test_a_template_that_is_wrong_is_named(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "publish", tmp_path / "publish")
    (tmp_path / "publish" / "deploy" / "nginx.conf.j2").write_text("{{ nobody }}")
    with pytest.raises(TemplateError, match="nobody"):
        write_deployment(
            Project(tmp_path), dataset(tmp_path).config, Deployment(HOST, "/srv/x", 80), tmp_path / "out"
        )


def test_the_unit_is_right() -> None:
    unit = (ROOT / "publish" / "deploy" / "musnad.service.j2").read_text()
    for line in (
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "CapabilityBoundingSet=",
        "IPAddressDeny=any",
    ):
        assert line in unit
