"""What others take of a page: oEmbed, the names in headers, the entity that bears a name."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import quote, unquote
from xml.etree import ElementTree

import pytest

from musnad.server.app import make_app
from musnad.store import Store
from reconciled import write_quads
from serving import BASE, Client, build_store, dataset

ANKARA = f"{BASE}id/ankara"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("embedding")
    return build_store(folder, write_quads(folder))


@pytest.fixture(scope="module")
def client(store: Path) -> Client:
    return Client(make_app(dataset(store)))


@pytest.fixture(scope="module")
def claim(store: Path) -> str:
    rows = Store.open(store, read_only=True, base=BASE).select(
        "SELECT ?claim { ?claim a msn:Claim ; msn:evidence/oa:exact ?words } ORDER BY ?claim LIMIT 1"
    )
    return str(rows[0]["claim"].value)  # type: ignore[union-attr]


def oembed(client: Client, url: str, more: str = "") -> dict[str, object]:
    answer = client.get(f"/oembed?url={quote(url, safe='')}{more}")
    assert answer.status_code == 200, answer.text
    told: dict[str, object] = json.loads(answer.text)
    return told


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_claim_is_embedded_with_its_words_and_its_speaker(
    client: Client, claim: str, language: str
) -> None:
    told = oembed(client, f"{claim}.{language}.html")
    assert (told["version"], told["type"]) == ("1.0", "rich")
    html = str(told["html"])
    assert html.startswith(f'<blockquote cite="{claim}">')
    assert "<q>" in html
    assert str(told["author_name"]) in html
    assert f'href="{claim}.{language}.html"' in html
    assert "<script" not in html


def test_what_is_no_claim_is_a_link_with_a_name(client: Client) -> None:
    told = oembed(client, f"{BASE}id/ankara.en.html")
    assert told["type"] == "link"
    assert str(told["title"]).startswith("Ankara")
    assert "html" not in told


def test_the_iri_of_a_thing_is_an_address_too(client: Client) -> None:
    assert str(oembed(client, ANKARA)["title"]).startswith("Ankara")


def test_nothing_is_larger_than_the_consumer_has_room_for(client: Client, claim: str) -> None:
    told = oembed(client, claim, "&maxwidth=320&maxheight=150")
    assert (told["width"], told["height"]) == (320, 150)
    assert client.get(f"/oembed?url={quote(claim, safe='')}&maxwidth=wide").status_code == 400


def test_the_answer_may_be_xml(client: Client, claim: str) -> None:
    answer = client.get(f"/oembed?url={quote(claim, safe='')}&format=xml")
    assert answer.headers["content-type"].startswith("text/xml")
    root = ElementTree.fromstring(answer.text)
    assert (root.tag, root.findtext("type")) == ("oembed", "rich")
    assert (root.findtext("html") or "").startswith("<blockquote")
    assert client.get(f"/oembed?url={quote(claim, safe='')}&format=yaml").status_code == 501


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "https://example.org/",
        f"{BASE}id/nobody",
        "file:///etc/passwd",
        "http://[",
        BASE + "%00",
    ],
)
def test_other_addresses_have_nothing_to_embed(client: Client, url: str) -> None:
    assert client.get(f"/oembed?url={quote(url, safe='')}").status_code == 404


def test_every_page_of_a_thing_says_where_to_ask(client: Client, claim: str) -> None:
    page = client.get(f"/{claim.removeprefix(BASE)}.en.html").text
    found = re.search(r'type="application/json\+oembed" href="\.\./(oembed\?url=[^"]+)"', page)
    assert found
    assert client.get(f"/{found[1].replace('&amp;', '&')}").status_code == 200


def test_head_tells_iri_and_names(client: Client) -> None:
    answer = client.ask("HEAD", "/id/ankara")
    assert (answer.status_code, answer.content) == (303, b"")
    assert answer.headers["x-uri"] == ANKARA
    assert answer.headers["x-preflabel"] == answer.headers["x-preflabel-en"] == "Ankara"
    assert unquote(answer.headers["x-preflabel-ar"]) == "أنقرة"  # Ankara
    assert "X-PrefLabel" in answer.headers["access-control-expose-headers"]


@pytest.mark.parametrize("name", ["Ankara", "ankara", "أنقرة", "انقره"])  # Ankara, twice
def test_a_whole_name_leads_to_who_bears_it(client: Client, name: str) -> None:
    answer = client.get(f"/label/{quote(name)}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/id/ankara")
    assert (answer.headers["x-uri"], answer.headers["x-preflabel"]) == (ANKARA, "Ankara")


def test_namesakes_are_all_named_and_a_part_of_a_name_is_none(client: Client) -> None:
    answer = client.get(f"/label/{quote('علان العلاني')}", accept="text/plain")  # one of two namesakes
    assert answer.status_code == 300
    assert "/id/allan-one" in answer.text
    assert "/id/allan-two" in answer.text
    for name in ("Ank", "x" * 5_000, "%00", "a/b"):
        assert client.get(f"/label/{quote(name)}").status_code == 404
