"""The reconciliation service: its answers are those of the specification, and it is slow to be certain."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema
import pytest
import referencing
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from referencing.jsonschema import DRAFT7
from starlette.applications import Starlette

from musnad.build.deploying import Deployment, write_deployment
from musnad.config import read_site
from musnad.project import Project
from musnad.server.app import make_app
from reconciled import SUITE, form, send, write_quads
from serving import BASE, ROOT, SHARED, Client, build_store, dataset, running

NEEDED = pytest.mark.skipif(not SUITE.exists(), reason="the schemas of the specification are not here")


def batches(kind: str) -> list[Path]:
    return sorted((SUITE / "0.2" / "examples" / "reconciliation-query-batch" / kind).glob("*.json"))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reconciliation")
    return build_store(folder, write_quads(folder))


@pytest.fixture(scope="module")
def app(store: Path) -> Starlette:
    return make_app(dataset(store))


@pytest.fixture(scope="module")
def client(app: Starlette) -> Client:
    return Client(app)


def validator(name: str, version: str = "0.2") -> jsonschema.Draft7Validator:
    schemas = {
        path.name: json.loads(path.read_text()) for path in (SUITE / version / "schemas").glob("*.json")
    }
    near = "http://swagger.io/v2/schema.json"
    found = [(each.get("$id") or each.get("id") or name, each) for name, each in schemas.items()]
    registry = referencing.Registry[Any]().with_resources(
        [(iri, DRAFT7.create_resource(each)) for iri, each in found if iri != near]
        + [(near, DRAFT7.create_resource(schemas["openapi.json"]))]
    )
    return jsonschema.Draft7Validator(schemas[f"{name}.json"], registry=registry)


def ask(app: Starlette, text: str = "", **more: Any) -> list[dict[str, Any]]:
    answer = form(app, "/reconcile", queries={"q0": ({"query": text} if text else {}) | more})
    assert answer.status_code == 200, answer.text
    result: list[dict[str, Any]] = answer.json()["q0"]["result"]
    return result


def best(app: Starlette, text: str = "", **more: Any) -> tuple[str, bool]:
    found = ask(app, text, **more)
    return (found[0]["id"], found[0]["match"]) if found else ("", False)


def feature(candidate: dict[str, Any], name: str) -> object:
    return next(each["value"] for each in candidate["features"] if each["id"] == name)


def told(client: Client, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return json.loads(answer.text)


# ---- the shape of the answers


@NEEDED
def test_the_manifest_is_one_of_the_specification(client: Client) -> None:
    manifest = told(client, "/reconcile")
    validator("manifest").validate(manifest)
    assert manifest["identifierSpace"] == f"{BASE}id/"
    assert manifest["batchSize"] == 50
    assert manifest["view"]["url"].replace("{{id}}", "ankara") == f"{BASE}id/ankara"


@NEEDED
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_batch_is_answered_query_by_query(app: Starlette, client: Client, method: str) -> None:
    batch = {"q0": {"query": "حلب"}, "other": {"query": "لا أحد البتة"}, "p": {"query": "Fulan", "limit": 1}}
    validator("reconciliation-query-batch").validate(batch)
    if method == "POST":
        answer = form(app, "/reconcile", queries=batch).json()
    else:
        answer = told(client, "/reconcile?queries=" + quote(json.dumps(batch)))
    validator("reconciliation-result-batch").validate(answer)
    assert answer.keys() == batch.keys()
    assert answer["q0"]["result"][0]["id"] == "aleppo"
    assert answer["other"] == {"result": []}


@NEEDED
@pytest.mark.parametrize(
    "path", sorted(SUITE.glob("0.2/examples/reconciliation-query-batch/valid/*.json")), ids=lambda p: p.name
)
def test_every_batch_of_the_suite_is_understood(app: Starlette, path: Path) -> None:
    answer = form(app, "/reconcile", queries=json.loads(path.read_text()))
    assert answer.status_code == 200
    validator("reconciliation-result-batch").validate(answer.json())


@NEEDED
@pytest.mark.parametrize(
    "path", sorted(SUITE.glob("0.2/examples/reconciliation-query-batch/invalid/*.json")), ids=lambda p: p.name
)
def test_every_malformed_batch_of_the_suite_is_refused(app: Starlette, path: Path) -> None:
    answer = form(app, "/reconcile", queries=json.loads(path.read_text()))
    assert answer.status_code == 400
    assert answer.json()["status"] == "error"


@NEEDED
def test_the_draft_of_the_next_version_is_answered_too(app: Starlette) -> None:
    conditions = [
        {"matchType": "name", "propertyValue": "جبهة الامثلة"},
        {
            "matchType": "property",
            "propertyId": "containedInPlace",
            "propertyValue": {"id": "aleppo", "name": "x"},
        },
    ]
    batch = {"queries": [{"type": "Organization", "conditions": conditions}, {"conditions": conditions[:1]}]}
    validator("reconciliation-query-batch", "1.0-draft").validate(batch)
    answer = send(app, "/reconcile/match", json.dumps(batch).encode(), "application/json").json()
    validator("reconciliation-result-batch", "1.0-draft").validate(answer)
    assert [each["candidates"][0]["id"] for each in answer["results"]] == ["example-front"] * 2


@NEEDED
@pytest.mark.parametrize(("kind", "schema", "prefix", "first"), [
    ("entity", "entities", "فلا", "fulan-al-fulani"),
    ("entity", "entities", "Fu", "fulan-al-fulani"),
    ("type", "types", "pol", "PoliticalParty"),
    ("type", "types", "حزب", "PoliticalParty"),
    ("property", "properties", "lies", "containedInPlace"),
])  # fmt: skip
def test_what_is_typed_is_completed(client: Client, kind: str, schema: str, prefix: str, first: str) -> None:
    answer = told(client, f"/reconcile/suggest/{kind}?prefix={quote(prefix)}")
    validator(f"suggest-{schema}-response").validate(answer)
    assert answer["result"][0]["id"] == first


def test_suggestions_are_of_the_class_that_is_asked(client: Client) -> None:
    asked = f"/reconcile/suggest/entity?prefix={quote('الأمثلة')}&type="
    assert {each["id"] for each in told(client, asked + "Person")["result"]} == set()
    assert "example-party" in {each["id"] for each in told(client, asked + "Organization")["result"]}


def test_suggestions_go_on_where_the_cursor_stands(client: Client) -> None:
    first = told(client, "/reconcile/suggest/property?prefix=")["result"]
    rest = told(client, "/reconcile/suggest/property?prefix=&cursor=10")["result"]
    assert len(first) == 10
    assert rest
    assert not {each["id"] for each in first} & {each["id"] for each in rest}


@NEEDED
def test_values_of_properties_are_fetched(app: Starlette) -> None:
    asked = [
        "name",
        "alternateName",
        "wikidata",
        "latitude",
        "containedInPlace",
        "claims",
        "type",
        "iri",
        "exactMatch",
    ]
    query = {"ids": ["ankara", "example-body", "nobody"], "properties": [{"id": name} for name in asked]}
    validator("data-extension-query").validate(query)
    answer = form(app, "/reconcile", extend=query).json()
    validator("data-extension-response").validate(answer)
    assert answer["rows"]["ankara"]["wikidata"] == [{"str": "Q3640"}]
    assert answer["rows"]["ankara"]["latitude"] == [{"float": 39.91987}]
    assert answer["rows"]["example-body"]["containedInPlace"] == [{"id": "ankara", "name": "Ankara"}]
    assert answer["rows"]["example-body"]["claims"][0]["int"] > 0
    assert all(values == [] for values in answer["rows"]["nobody"].values())


def test_a_role_comes_with_its_speaker_and_its_claim(app: Starlette) -> None:
    ids = [each["id"] for each in ask(app, "علان العلاني")]
    rows = form(app, "/reconcile", extend={"ids": ids, "properties": [{"id": "role"}]}).json()["rows"]
    (role,) = (value["str"] for row in rows.values() for value in row["role"])
    assert re.fullmatch(rf"العضو \[former\] — .+: {re.escape(BASE)}claim/[0-9a-f]+", role)


def test_settings_choose_language_and_number(app: Starlette) -> None:
    names = [{"id": "name", "settings": {"language": "ar", "limit": "1"}}]
    rows = form(app, "/reconcile", extend={"ids": [f"{BASE}id/ankara"], "properties": names}).json()["rows"]
    assert rows == {f"{BASE}id/ankara": {"name": [{"str": "أنقرة"}]}}


@NEEDED
def test_properties_of_a_class_are_proposed(client: Client) -> None:
    answer = told(client, "/reconcile/extend/propose?type=Place&limit=20")
    validator("data-extension-property-proposal").validate(answer)
    proposed = {each["id"] for each in answer["properties"]}
    assert {"latitude", "wikidata", "containedInPlace"} <= proposed
    assert "role" not in proposed


def test_a_preview_is_small_and_runs_nothing(client: Client) -> None:
    page = client.get("/reconcile/preview?id=ankara&lang=en")
    assert page.status_code == 200
    assert "<script" not in page.text
    assert "Ankara" in page.text
    assert "Q3640" in page.text
    assert "(exact)" in page.text
    assert page.headers["content-language"] == "en"
    assert "frame-ancestors *" in page.headers["content-security-policy"]
    assert len(page.content) < 4_000
    assert client.get("/reconcile/preview?id=nobody").status_code == 404


def test_every_address_of_the_manifest_answers(client: Client) -> None:
    manifest = told(client, "/reconcile")
    places = [*manifest["suggest"].values(), manifest["extend"]["propose_properties"]]
    urls = [place["service_url"] + place["service_path"] for place in places]
    for url in [*urls, manifest["preview"]["url"].replace("{{id}}", "ankara")]:
        assert client.get(url.removeprefix("http://127.0.0.1:80")).status_code == 200


def test_other_sites_may_ask_without_running_our_words(client: Client) -> None:
    for path in (
        "/reconcile",
        "/reconcile/suggest/entity?prefix=x",
        "/resolve?uri=x",
        "/reconcile?queries=[",
    ):
        assert client.get(path).headers["access-control-allow-origin"] == "*"
    assert client.ask("OPTIONS", "/reconcile").headers["allow"] == "GET, HEAD, OPTIONS, POST"
    assert client.get("/reconcile?callback=run").headers["content-type"] == "application/json"


def test_the_host_header_reaches_no_address(client: Client) -> None:
    answer = client.ask("GET", "/reconcile", {"host": "evil.example"})
    assert "evil" not in answer.text


# ---- names in all their spellings


@pytest.mark.parametrize("text", [
    "أنقرة", "انقرة", "أنقره", "انقره", "أنْقَرة", "أنقـرة", "بأنقرة", "وأنقرة", "«أنقرة»", "Ankara", "ANKARA",
    "Ankarra", "أنقرا",
])  # fmt: skip
def test_a_place_is_found_in_every_spelling(app: Starlette, text: str) -> None:
    assert best(app, text)[0] == "ankara"


@pytest.mark.parametrize("text", [
    "جورج المثالي", "جورج المثالى", "جورج مثالي", "George al-Mithali", "George Al Mithali", "Jurj Methaly",
    "Jorj el-Mithaly", "GEORGE MITHALI",
])  # fmt: skip
def test_a_person_is_found_in_every_spelling(app: Starlette, text: str) -> None:
    assert best(app, text)[0] == "george-al-mithali"


@pytest.mark.parametrize(
    "text", ["هيئة المثال", "هيئه المثال", "الهيئة المثالية", "لهيئة المثال", "Example Body"]
)
def test_a_body_is_found_in_every_spelling(app: Starlette, text: str) -> None:
    assert best(app, text)[0] == "example-body"


def test_the_name_is_told_in_the_letters_of_the_question(app: Starlette) -> None:
    assert ask(app, "أنقرة")[0]["name"] == "أنقرة"
    assert ask(app, "Ankara")[0]["name"] == "Ankara"


# ---- certainty


@pytest.mark.parametrize(("text", "match"), [
    ("أنقرة", True),  # a place without namesakes
    ("انقره", True),
    ("Ankarra", False),  # a slip
    ("فلان الفلاني", True),  # letter by letter, and nobody else's
    ("فلان الفلانى", False),  # a person, nearly
    ("فلان", False),
    ("علان العلاني", False),  # two people bear it
    ("هيئة المثال", True),
    ("هيئه المثال", False),  # a body, nearly
    ("الهيئة المثالية", False),  # another name of a body
    ("الهيئة", False),  # a word that any body may bear
    ("مؤتمر الامثلة الاول", True),  # an event
    ("مؤتمر الأمثلة العابر", False),  # of one document; no curator knows it
])  # fmt: skip
def test_a_name_is_certain_only_where_nobody_needs_to_look(app: Starlette, text: str, match: bool) -> None:
    assert best(app, text)[1] is match


def test_namesakes_are_all_proposed_and_counted(app: Starlette) -> None:
    found = [each for each in ask(app, "علان العلاني") if each["score"] == 100]
    assert {"allan-one", "allan-two"} < {each["id"] for each in found}  # and one that a document names
    assert [each["id"] for each in found][:2] == ["allan-one", "allan-two"]
    assert all(feature(each, "namesakes") == 2 for each in found)


def test_an_identifier_finds_without_a_name(app: Starlette) -> None:
    wanted = [{"pid": "wikidata", "v": "Q3640"}]
    assert best(app, properties=wanted) == ("ankara", True)
    assert (
        best(app, properties=[{"pid": "wikidata", "v": "http://www.wikidata.org/entity/Q3640"}])[0]
        == "ankara"
    )


def test_a_property_that_agrees_raises_and_one_that_does_not_lowers(app: Starlette) -> None:
    def score(place: object) -> float:
        wanted = [{"pid": "containedInPlace", "v": place}]
        found = ask(app, "الأمثلة جبهة", properties=wanted)
        return float(next(each["score"] for each in found if each["id"] == "example-front"))

    plain = next(each["score"] for each in ask(app, "الأمثلة جبهة") if each["id"] == "example-front")
    assert score("حلب") == score("Aleppo") == score({"id": "aleppo", "name": ""}) > plain
    assert score("أنقرة") < plain
    assert score("مكان لا يعرفه أحد") == plain


def test_what_contradicts_a_name_keeps_it_from_being_certain(app: Starlette) -> None:
    assert best(app, "جبهة الأمثلة") == ("example-front", True)
    assert best(app, "جبهة الأمثلة", properties=[{"pid": "containedInPlace", "v": "Ankara"}]) == (
        "example-front",
        False,
    )
    assert best(app, "حلب", properties=[{"pid": "wikidata", "v": "Q3640"}])[1] is False
    found = ask(app, "أنقرة", properties=[{"pid": "latitude", "v": 36.2}])
    assert feature(found[0], "property:latitude") is False


def test_a_type_leaves_out_the_others_and_takes_the_narrower(app: Starlette) -> None:
    kinds = {each["id"]: each["type"] for each in ask(app, "الأمثلة", type="Organization")}
    assert set(kinds) == {"example-front", "example-party"}
    assert best(app, "الأمثلة", type="PoliticalParty")[0] == "example-party"
    assert best(app, "الأمثلة", type=["Person", "Event"])[0] == "example-meeting"
    assert ask(app, "الأمثلة", type="https://schema.org/Person") == []
    assert len(ask(app, "الأمثلة", type="Person", type_strict="should")) > 2


# ---- refusals


@pytest.mark.parametrize(("field", "value", "status"), [
    ("queries", [], 400),
    ("queries", {"q": {}}, 400),
    ("queries", {"q": {"query": "x", "limit": 0}}, 400),
    ("queries", {"q": {"query": "x", "surprise": 1}}, 400),
    ("queries", {"q": {"query": 7}}, 400),
    ("queries", {"q": {"query": "x" * 1001}}, 413),
    ("queries", {f"q{n}": {"query": "x"} for n in range(51)}, 413),
    ("queries", {f"q{n}": {"query": "س" * 999} for n in range(99)}, 413),
    ("extend", {"ids": ["ankara"]}, 400),
    ("extend", {"ids": ["ankara"], "properties": [{"id": "nothing"}]}, 400),
    ("extend", {"ids": ["ankara"], "properties": [{"id": "name", "settings": {"limit": 1000}}]}, 400),
    ("extend", {"ids": ["x"] * 51, "properties": []}, 413),
    ("surprise", 1, 400),
])  # fmt: skip
def test_what_is_malformed_or_too_much_is_refused(
    app: Starlette, field: str, value: object, status: int
) -> None:
    answer = form(app, "/reconcile", **{field: value})
    assert answer.status_code == status
    assert answer.json()["status"] == "error"
    assert ": " in answer.json()["message"]


def test_other_bodies_are_refused(app: Starlette) -> None:
    assert send(app, "/reconcile", b"queries={}", "text/plain").status_code == 415
    assert (
        send(app, "/reconcile", b"queries=%7Bnot json", "application/x-www-form-urlencoded").status_code
        == 400
    )
    assert send(app, "/reconcile/match", b'{"queries": 1}', "application/json").status_code == 400


@pytest.mark.parametrize("path", ["/reconcile/suggest/entity?cursor=-1", "/reconcile/extend/propose?limit=x"])
def test_a_number_is_a_number(client: Client, path: str) -> None:
    assert client.get(path).status_code == 400


def test_nothing_else_is_suggested(client: Client) -> None:
    assert client.get("/reconcile/suggest/secrets?prefix=a").status_code == 404


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["query", "type", "limit", "properties", "pid", "v", "id", "type_strict", "ids", "settings"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=JSON)
def test_whatever_is_sent_is_answered_or_refused(app: Starlette, value: object) -> None:
    for sent in (value, {"q0": value}):
        for field in ("queries", "extend"):
            body = field + "=" + quote(json.dumps(sent))
            answer = send(app, "/reconcile", body.encode("ascii"), "application/x-www-form-urlencoded")
            assert answer.status_code in {200, 400, 413}


NAUGHTY = SHARED / "suites" / "blns" / "blns.json"


@pytest.mark.skipif(not NAUGHTY.exists(), reason="the list of naughty strings is not here")
def test_naughty_strings_are_names_like_others(app: Starlette, client: Client) -> None:
    texts = [text for text in json.loads(NAUGHTY.read_text(encoding="utf-8")) if text.strip()]
    for start in range(0, len(texts), 50):
        batch = {f"q{n}": {"query": text[:1000]} for n, text in enumerate(texts[start : start + 50])}
        answer = form(app, "/reconcile", queries=batch)
        assert answer.status_code == 200
        assert not any(each["match"] for found in answer.json().values() for each in found["result"])
    for text in texts:
        encoded = quote(text[:200], safe="")
        assert client.get(f"/reconcile/suggest/entity?prefix={encoded}").status_code == 200
        assert client.get(f"/reconcile/preview?id={encoded}").status_code == 404
        assert client.get(f"/resolve?uri={encoded}").status_code == 404


# ---- other datasets' IRIs


@pytest.mark.parametrize("uri", [
    "http://www.wikidata.org/entity/Q3640", "https://www.wikidata.org/wiki/Q3640", "https://m.wikidata.org/wiki/Q3640",
    "https://www.wikidata.org/wiki/Special:EntityData/Q3640.json",
])  # fmt: skip
def test_an_iri_that_is_matched_leads_to_ours(client: Client, uri: str) -> None:
    answer = client.get(f"/resolve?uri={quote(uri, safe='')}")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/id/ankara"
    assert 'core#exactMatch"; anchor="https://w3id.org/musnad/id/ankara"' in answer.headers["link"]


def test_our_own_iri_leads_to_itself(client: Client) -> None:
    answer = client.get(f"/resolve?uri={BASE}id/ankara")
    assert (answer.status_code, answer.headers["location"]) == (303, "/id/ankara")


def test_an_iri_that_is_matched_twice_is_answered_with_both(client: Client) -> None:
    answer = client.get("/resolve?uri=https://example.org/thing/7", accept="text/html")
    assert answer.status_code == 300
    assert 'href="/id/example-front"' in answer.text
    assert 'href="/id/example-party"' in answer.text
    assert answer.headers["link"].count("closeMatch") == 2


@pytest.mark.parametrize(
    "uri", ["http://www.wikidata.org/entity/Q1", "https://example.org/thing/8", "x\r\ny", "%00"]
)
def test_an_iri_that_is_not_matched_is_explained(client: Client, uri: str) -> None:
    answer = client.get(f"/resolve?uri={quote(uri)}", accept="text/plain")
    assert answer.status_code == 404
    assert "reviewed by people" in answer.text


def test_no_iri_is_a_mistake(client: Client) -> None:
    assert client.get("/resolve").status_code == 400


def test_a_server_in_front_passes_everything_on(tmp_path: Path) -> None:
    project = Project.find(ROOT)
    there = Deployment("data.example.org", "/srv/x", 8123, queries=True)
    write_deployment(project, read_site(project.site_file), there, tmp_path)
    caddy = (tmp_path / "Caddyfile").read_text()
    assert "@reconciling path /reconcile /reconcile/* /resolve /label/* /oembed" in caddy
    (place,) = re.findall(r"location ~ (\S*reconcile\S*) ", (tmp_path / "nginx.conf").read_text())
    for path in ("", "/suggest/entity", "/extend/propose"):
        assert re.search(place, f"/reconcile{path}")
    for path in ("/resolve", "/label/x", "/oembed"):
        assert re.search(place, path)


def test_behind_a_public_address_the_manifest_names_it(store: Path) -> None:
    given = dataset(store)
    app = make_app(replace(given, config=replace(given.config, public_host="data.example.org")))
    manifest = json.loads(Client(app).get("/reconcile").text)
    assert manifest["suggest"]["entity"]["service_url"] == "https://data.example.org/reconcile"
    assert manifest["preview"]["url"].startswith("https://data.example.org/reconcile/preview?")


# ---- a client that others wrote


@pytest.fixture(scope="module")
def address(store: Path) -> Iterator[str]:
    with running(store) as (found, _):
        yield found


@pytest.mark.filterwarnings("ignore")  # of the libraries that the client uses
def test_the_client_of_pypi_reconciles_a_column(address: str) -> None:
    pytest.importorskip("reconciler", reason="the client `reconciler` is not installed")
    pandas = pytest.importorskip("pandas")
    from reconciler import reconcile

    frame = pandas.DataFrame({"name": ["أنقره", "حلب", "هيئة المثال"], "place": ["", "", "Ankara"]})
    found = reconcile(frame["name"], reconciliation_endpoint=f"{address}/reconcile")
    assert list(found["id"]) == ["ankara", "aleppo", "example-body"]
    assert list(found["match"]) == [True, True, True]
    typed = reconcile(
        frame["name"][2:],
        type_id="Organization",
        property_mapping={"containedInPlace": frame["place"][2:]},
        reconciliation_endpoint=f"{address}/reconcile",
    )
    assert list(typed["type_id"]) == ["Organization"]
    assert list(typed["match"]) == [True]


# ---- the documentation


DOCUMENTED = (ROOT / "docs" / "reconciliation.md").read_text(encoding="utf-8")
SENT = re.findall(r"```json\n(queries|extend)=(.+?)```", DOCUMENTED, re.DOTALL)


@pytest.mark.parametrize("path", re.findall(r"^GET (\S+)", DOCUMENTED, re.MULTILINE))
def test_what_the_documentation_asks_is_answered(client: Client, path: str) -> None:
    assert client.get(path).status_code in {200, 303}


@pytest.mark.parametrize(("field", "text"), SENT)
def test_what_the_documentation_sends_is_answered(app: Starlette, field: str, text: str) -> None:
    assert form(app, "/reconcile", **{field: json.loads(text)}).status_code == 200


def test_the_documentation_has_examples() -> None:
    assert len(SENT) >= 2
