"""A language model may propose; only what stands in the document is kept. The server here is a real one."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import orjson
import pytest

from musnad.build import Stages, name_files
from musnad.cli import main
from musnad.errors import LanguageModelError
from musnad.iri import Minter
from musnad.model import Comment, Zone
from musnad.project import Project
from musnad.understanding.chat import ModelSettings, check_address
from musnad.understanding.examples import read_example
from musnad.understanding.language_model import (
    CARD,
    NAME,
    Scheme,
    answer_schema,
    pieces,
    propose,
    read_with_language_model,
)
from musnad.understanding.readers import language_model_reader
from musnad.understanding.relations import read_relations

ROOT = Path(__file__).parents[1]
RELATIONS = read_relations(ROOT / "mappings" / "claims" / "relations.yaml")
MINTER = Minter()
DOCUMENT, FOUND = read_example(
    "# لقاء في البستان\n"
    "قال [PERSON سالم الراوي] إن [ORG هيئة المثال] لم تحضر [EVENT مؤتمر البستان] أمس.\n"
    "وعُقد المؤتمر في [PLACE رمانيا].",
    MINTER,
)
PERSON, ORG, EVENT, PLACE = "m1", "m2", "m3", "m4"
A_CLAIM = {
    "relation": "participatedIn",
    "subject": ORG,
    "object": EVENT,
    "quotation": "هيئه المثال لم تحضر مؤتمر البستان",  # the body did not attend; ta marbuta as ha
    "polarity": "negative",
    "modality": "asserted",
    "speaker": PERSON,
}


@dataclass
class Endpoint:
    """What the server answers, in order (the last for ever), and what it was asked."""

    replies: list[tuple[int, dict[str, str], bytes]]
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    url: str = ""


def completion(content: object, finish: str = "stop") -> bytes:
    said = content if isinstance(content, str | None) else orjson.dumps(content).decode()
    message = {"role": "assistant", "content": said}
    choice = {"index": 0, "message": message, "finish_reason": finish}
    return orjson.dumps({"id": "chat-1", "object": "chat.completion", "choices": [choice]})


def claims(*given: object) -> tuple[int, dict[str, str], bytes]:
    return 200, {}, completion({"claims": list(given)})


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    """Return a chat endpoint on this machine."""
    state = Endpoint([claims(A_CLAIM)])

    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            assert self.path == "/v1/chat/completions"
            state.asked.append(orjson.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            state.headers.append(dict(self.headers))
            status, headers, body = state.replies.pop(0) if len(state.replies) > 1 else state.replies[0]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    state.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield state
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def settings(endpoint: Endpoint, tmp_path: Path) -> ModelSettings:
    return ModelSettings(endpoint.url, "small", "secret", tmp_path / "answers", seconds=5, pause=0.01)


def dropped(endpoint: Endpoint, settings: ModelSettings, **changes: object) -> dict[str, int]:
    endpoint.replies = [claims(A_CLAIM | changes)]
    proposed = propose(DOCUMENT, FOUND, settings, Scheme(RELATIONS, MINTER))
    assert proposed.claims == ()
    return {name: number for name, number in proposed.dropped.items() if number}


def test_a_claim_whose_words_stand_there_is_kept(settings: ModelSettings) -> None:
    (first, *_) = read_with_language_model(DOCUMENT, FOUND, settings, RELATIONS, MINTER)
    assert DOCUMENT.text[first.start : first.end] == "هيئة المثال لم تحضر مؤتمر البستان"  # as printed
    assert (first.subject.label, first.object.label) == ("هيئة المثال", "مؤتمر البستان")
    assert (first.polarity, first.certainty, first.pattern) == ("negative", "doubtful", NAME)
    assert [link.hop for link in first.chain] == [0, 1]
    assert first.speaker.label == "سالم الراوي"


def test_the_request_is_that_of_the_protocol(endpoint: Endpoint, settings: ModelSettings) -> None:
    read_with_language_model(DOCUMENT, FOUND, settings, RELATIONS, MINTER)
    asked = endpoint.asked[0]
    assert asked["model"] == "small"
    assert [message["role"] for message in asked["messages"]] == ["system", "user"]
    form = asked["response_format"]
    assert form["type"] == "json_schema"
    entry = form["json_schema"]["schema"]["properties"]["claims"]["items"]
    assert entry["properties"]["relation"]["enum"] == list(RELATIONS)
    assert form["json_schema"]["schema"]["$defs"]["name"]["enum"] == [PERSON, ORG, EVENT, PLACE]
    assert endpoint.headers[0]["Authorization"] == "Bearer secret"


def test_reported_speech_has_the_quoted_words_as_its_object(
    endpoint: Endpoint, settings: ModelSettings
) -> None:
    said = A_CLAIM | {"relation": "stated", "subject": PERSON, "object": None, "polarity": "positive"}
    endpoint.replies = [claims(said)]
    (first, *_) = read_with_language_model(DOCUMENT, FOUND, settings, RELATIONS, MINTER)
    assert first.object.label == "هيئة المثال لم تحضر مؤتمر البستان"
    assert first.object.entity == ""


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"quotation": "هيئة المثال حضرت مؤتمر البستان"}, "quotation"),
        ({"quotation": "«»"}, "quotation"),
        ({"quotation": "يئة المثال"}, "quotation"),
        ({"subject": "m99"}, "name"),
        ({"speaker": "سالم الراوي"}, "name"),
        ({"relation": "invented"}, "relation"),
        ({"modality": "certain"}, "manner"),
        ({"polarity": None}, "manner"),
        ({"object": None}, "object"),
        ({"object": ORG}, "same"),
        ({"quotation": 7}, "malformed"),
    ],
)
def test_what_is_not_in_the_document_is_dropped_and_counted(
    endpoint: Endpoint, settings: ModelSettings, changes: dict[str, object], reason: str
) -> None:
    assert reason in dropped(endpoint, settings, **changes)


def test_an_entry_that_is_no_object_is_dropped(endpoint: Endpoint, settings: ModelSettings) -> None:
    endpoint.replies = [claims("words", A_CLAIM)]
    proposed = propose(DOCUMENT, FOUND, settings, Scheme(RELATIONS, MINTER))
    assert proposed.dropped["malformed"] == len(endpoint.asked)
    assert proposed.claims


def test_the_words_of_readers_are_never_sent(endpoint: Endpoint, settings: ModelSettings) -> None:
    words = "\nرأي قارئ غاضب"  # the opinion of an angry reader
    start = len(DOCUMENT.text)
    text = DOCUMENT.text + words
    zones = (*DOCUMENT.zones, Zone("comments", start, len(text)))
    comment = Comment(start, len(text), "", start, start)
    document = replace(DOCUMENT, text=text, zones=zones, comments=(comment,))
    endpoint.replies = [claims(A_CLAIM | {"quotation": words.strip()})]
    proposed = propose(document, FOUND, settings, Scheme(RELATIONS, MINTER))
    assert proposed.claims == ()
    assert not any("غاضب" in message["content"] for ask in endpoint.asked for message in ask["messages"])


def test_a_document_without_names_is_not_sent(endpoint: Endpoint, settings: ModelSettings) -> None:
    document, found = read_example("لا اسم هنا.", MINTER)  # no name here
    assert read_with_language_model(document, found, settings, RELATIONS, MINTER) == ()
    assert endpoint.asked == []


def test_an_answer_is_asked_for_once(endpoint: Endpoint, settings: ModelSettings) -> None:
    first = read_with_language_model(DOCUMENT, FOUND, settings, RELATIONS, MINTER)
    asked = len(endpoint.asked)
    assert read_with_language_model(DOCUMENT, FOUND, settings, RELATIONS, MINTER) == first
    assert len(endpoint.asked) == asked
    read_with_language_model(DOCUMENT, FOUND, replace(settings, model="large"), RELATIONS, MINTER)
    assert len(endpoint.asked) == 2 * asked


def test_a_spoilt_answer_on_the_disk_is_asked_for_again(endpoint: Endpoint, settings: ModelSettings) -> None:
    first = read_with_language_model(DOCUMENT, FOUND, settings, RELATIONS, MINTER)
    asked = len(endpoint.asked)
    assert settings.cache
    kept = sorted(settings.cache.rglob("*.json"))
    assert len(kept) == asked
    kept[0].write_bytes(b'{"cla')
    assert read_with_language_model(DOCUMENT, FOUND, settings, RELATIONS, MINTER) == first
    assert len(endpoint.asked) == asked + 1


def test_a_busy_endpoint_is_asked_again_when_it_says(endpoint: Endpoint, settings: ModelSettings) -> None:
    endpoint.replies = [(429, {"Retry-After": "0"}, b"{}"), (503, {}, b""), claims(A_CLAIM)]
    assert read_with_language_model(DOCUMENT, FOUND, settings, RELATIONS, MINTER)
    assert len(endpoint.asked) >= 3


def test_retry_after_is_heeded(
    endpoint: Endpoint, settings: ModelSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr("musnad.understanding.chat.time.sleep", waited.append)
    busy = [(429, {"Retry-After": seconds}, b"") for seconds in ("7", "3600", "soon")]
    endpoint.replies = [*busy, claims(A_CLAIM)]
    assert read_with_language_model(DOCUMENT, FOUND, settings, RELATIONS, MINTER)
    assert waited == [7, 60, 0.04]


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ((429, {}, b"{}"), "429 Too Many Requests.*4 times.*wait"),
        ((401, {}, b"{}"), "401 Unauthorized.*MUSNAD_LLM_KEY"),
        ((302, {"Location": "http://127.0.0.1:9/"}, b""), "302 Found.*final address"),
        ((200, {}, b"<html>"), "not a chat completion"),
        ((200, {}, b'{"choices": []}'), "not a chat completion"),
        ((200, {}, completion('{"claims": [')), "not JSON"),
        ((200, {}, completion({"answer": []})), "not an object with claims"),
        ((200, {}, completion({"claims": []}, "length")), "cut off.*longer context"),
        ((200, {}, completion(None)), "refused to answer"),
    ],
)
def test_what_goes_wrong_is_said_with_its_remedy(
    endpoint: Endpoint, settings: ModelSettings, reply: tuple[int, dict[str, str], bytes], words: str
) -> None:
    endpoint.replies = [reply]
    with pytest.raises(LanguageModelError, match=words) as raised:
        read_with_language_model(DOCUMENT, FOUND, settings, RELATIONS, MINTER)
    assert "secret" not in str(raised.value)
    assert settings.cache
    assert not list(settings.cache.rglob("*.json"))


def test_a_server_that_is_not_there_is_named(settings: ModelSettings) -> None:
    absent = replace(settings, url="http://127.0.0.1:9/v1", tries=2)
    with pytest.raises(LanguageModelError, match=r"cannot be reached.*2 times.*start the server"):
        read_with_language_model(DOCUMENT, FOUND, absent, RELATIONS, MINTER)


@pytest.mark.parametrize(
    "url", ["https://models.example/v1", "http://localhost:1/v1", "http://127.8.8.8/v1", "http://[::1]:8/v1"]
)
def test_https_and_this_machine_are_accepted(url: str) -> None:
    assert check_address(url).hostname


@pytest.mark.parametrize(
    "url",
    [
        "http://models.example/v1",
        "http://192.168.1.5/v1",
        "http://127.0.0.1.example/v1",
        "https://key@models.example/v1",
        "https://models.example/v1?key=1",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "https:///v1",
        "https://models.example:port/v1",
        "",
    ],
)
def test_every_other_address_is_refused(url: str) -> None:
    with pytest.raises(LanguageModelError):
        check_address(url)


def test_the_settings_come_from_the_environment(tmp_path: Path) -> None:
    given = {"MUSNAD_LLM_URL": "https://models.example/v1", "MUSNAD_LLM_MODEL": "small"}
    made = ModelSettings.of({**given, "MUSNAD_LLM_KEY": "secret", "XDG_CACHE_HOME": str(tmp_path)})
    assert (made.model, made.key) == ("small", "secret")
    assert made.cache == tmp_path / "musnad" / "language-model"
    assert "secret" not in repr(made)
    with pytest.raises(LanguageModelError, match="MUSNAD_LLM_MODEL"):
        ModelSettings.of(given | {"MUSNAD_LLM_MODEL": ""})


def test_long_stretches_are_cut_where_a_line_ends() -> None:
    line = "كلمة " * 200 + "\n"  # word
    document = replace(DOCUMENT, text=line * 30, zones=(Zone("body", 0, len(line) * 30),))
    cut = list(pieces(document))
    assert "".join(document.text[slice(*piece)] for piece in cut) == document.text
    assert all(end - start <= 8_000 and document.text[end - 1] == "\n" for start, end in cut)


def test_the_schema_is_closed() -> None:
    schema = answer_schema(RELATIONS, ["m1"])
    entry = schema["properties"]["claims"]["items"]
    assert entry["additionalProperties"] is False
    assert sorted(entry["required"]) == sorted(entry["properties"])


def test_tables_with_a_model_hold_what_both_read(
    project: Project, endpoint: Endpoint, settings: ModelSettings, tmp_path: Path
) -> None:
    def rows(stages: Stages, name: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        folder = tmp_path / name
        files = name_files(ROOT / "mappings" / "orient-net" / "examples" / "ankara-talks.txt")
        stages.tables(files, folder)
        read = [(folder / f"{table}.jsonl").read_bytes().splitlines() for table in ("claims", "patterns")]
        return [orjson.loads(line) for line in read[0]], [orjson.loads(line) for line in read[1]]

    endpoint.replies = [claims({**A_CLAIM, "relation": "allyOf", "subject": "m1", "object": "m2"})]
    plain, _ = rows(Stages.of(project), "plain")
    quotation = next(row["exact"] for row in plain if row["exact"] and len(row["exact"].split()) > 3)
    proposal = A_CLAIM | {"relation": "allyOf", "subject": "m1", "object": "m2", "speaker": None}
    endpoint.replies = [claims(proposal | {"quotation": quotation})]
    reader = language_model_reader(settings)
    both, patterns = rows(Stages.of(project, reader=reader), "both")
    new = [row for row in both if row["pattern"] == NAME]
    assert [row for row in both if row["pattern"] != NAME] == plain
    assert {(row["relation"], row["certainty"]) for row in new} == {("allyOf", "doubtful")}
    card = next(row for row in patterns if row["name"] == NAME)
    assert card["description_en"] == CARD.description_en
    assert new[0]["activity"] == card["activity"]
    assert reader.dropped["quotation"] == len(endpoint.asked) - len(new)


def test_the_option_is_off_until_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("MUSNAD_LLM_URL", raising=False)
    sample = str(ROOT / "mappings" / "orient-net" / "examples")
    assert main(["tables", sample, "-o", str(tmp_path / "t")]) == 0
    assert main(["tables", sample, "-o", str(tmp_path / "t"), "--reader", "llm"]) == 2
    assert "MUSNAD_LLM_URL" in capsys.readouterr().err
    assert main(["tables", sample, "-o", str(tmp_path / "t"), "--reader", "oracle"]) == 2
    assert "patterns, llm" in capsys.readouterr().err


def test_a_build_with_proposals_conforms_and_says_how_many_were_dropped(
    endpoint: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    environment = {"URL": endpoint.url, "MODEL": "small", "KEY": ""}
    for name, value in environment.items():
        monkeypatch.setenv(f"MUSNAD_LLM_{name}", value)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    sample = ROOT / "mappings" / "orient-net" / "examples" / "ankara-talks.txt"
    line = max(sample.read_text(encoding="utf-8").splitlines(), key=len)
    proposal = {"subject": "m1", "object": "m2", "speaker": "m1", "quotation": " ".join(line.split()[:4])}
    endpoint.replies = [claims(A_CLAIM | proposal | {"relation": "opponentOf", "polarity": "positive"})]
    out = tmp_path / "b"
    arguments = ["build", str(sample), "-o", str(out), "--date", "2026-01-31", "--reader", "llm"]
    assert main(arguments) == 0
    assert "proposals of the language model were not kept (quotation:" in capsys.readouterr().err
    assert all("Authorization" not in headers for headers in endpoint.headers)
    rows = [orjson.loads(row) for row in (out / "tables" / "claims.jsonl").read_bytes().splitlines()]
    assert [row["relation"] for row in rows if row["pattern"] == NAME] == ["opponentOf"]
