"""Search: what a question finds, in which order, and that the server shows it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musnad.folding import fold_name
from musnad.search import Entry, Index, words_of
from musnad.search.entries import CLAIM, DOCUMENT, ENTITY, KINDS, NAME, TITLE
from musnad.search.spelling import LONGEST_WORD, MOST_WORDS, forms, name_key, one_edit, spans, words_in
from serving import Client, build_store, make_client
from test_site import CONFIG, sample_store


def entity(name: str, *others: str, slug: str = "") -> Entry:
    texts = {name: (NAME, "ar")} | dict.fromkeys(others, (TITLE, ""))
    return Entry(ENTITY, f"https://e.example/id/{slug or name}", "https://schema.org/Person", texts)


BODIES = Index(
    [
        entity("هيئة المثال", "Example Body"),  # the Example Body
        entity("لقاء هيئة المثال"),  # meeting of the Example Body
        entity("الجيش المثالي", "Ba'ath Sample", "al-Mithāl"),  # the exemplary army
        entity("أحمد إبراهيم الآغا"),  # an invented man
    ]
)


@pytest.fixture(scope="module")
def index() -> Index:
    return Index.of(sample_store(), CONFIG.base)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Client:
    return make_client(build_store(tmp_path_factory.mktemp("search")))


def first(question: str) -> str:
    return BODIES.find(question)[0].entry.label("ar")[0]


@pytest.mark.parametrize(
    "question",
    [
        "احمد ابراهيم الاغا",  # no hamza, no madda
        "أَحمَد إبـراهيم الآغا",  # marks and tatweel
        "لأحمد",  # to Ahmad
        "وابراهيم",  # and Ibrahim
        "اغا",  # without the article
        "ابراهم",  # a slip of the pen
        "إبرا",  # a beginning
    ],
)
def test_spelling_clitics_and_slips_are_forgiven(question: str) -> None:
    assert first(question) == "أحمد إبراهيم الآغا"  # the invented man


@pytest.mark.parametrize(
    "question", ["baath", "Ba’ath sample", "al-mithal", "AL MITHAL", "جيش مثالي", "للجيش"]
)
def test_names_in_other_letters_find_the_same_entity(question: str) -> None:
    assert first(question) == "الجيش المثالي"  # the exemplary army


def test_a_whole_name_comes_before_a_longer_one() -> None:
    found = BODIES.find("هيئه المثال")  # the Example Body
    assert [each.entry.label("ar")[0] for each in found][:2] == [
        "هيئة المثال",
        "لقاء هيئة المثال",
    ]  # then its meeting
    assert found[0].score == 100
    assert found[0].features == {"exact": 0, "folded": 1, "words": 2, "of": 2, "prefix": 0, "edited": 0}
    assert found[1].score < 95


def test_slips_and_beginnings_are_told() -> None:
    assert BODIES.find("ابراهم")[0].features["edited"] == 1  # a slip
    assert BODIES.find("ابرا")[0].features["prefix"] == 1  # a beginning
    assert BODIES.find("Example Body")[0].features["exact"] == 1


def test_entities_come_before_claims_and_claims_before_documents(index: Index) -> None:
    kinds = [each.entry.kind for each in index.find("هيئة المثال", KINDS, 100)]  # the Example Body
    assert set(kinds) == {ENTITY, CLAIM, DOCUMENT}
    assert kinds == sorted(kinds, key=KINDS.index)


def test_a_limit_holds_and_nothing_is_found_for_nothing(index: Index) -> None:
    assert len(index.find("المثال", KINDS, 3)) == 3  # the example
    for question in ("", "  ", "؟!«»", "\u202e\u200f", "zzzzzz", "🙂"):
        assert index.find(question, KINDS) == []


def test_claims_are_found_by_the_words_that_are_published(index: Index) -> None:
    assert index.find("الناطق", [CLAIM])  # spokesman
    quotes = [entry for entry in index.entries if entry.kind == CLAIM and entry.below]
    assert all(len(entry.below) <= CONFIG.quote_characters for entry in quotes)


def test_what_was_found_is_marked() -> None:
    text = "قالت الهيئة في «بيان» للهيئة"  # the body said in a statement of the body
    assert [text[start:end] for start, end in BODIES.marked(text, "هيئه")] == ["الهيئة", "للهيئة"]  # body
    assert BODIES.marked(text, "") == []


@given(st.text(max_size=200))
def test_any_question_is_safe_and_bounded(text: str) -> None:
    words = words_of(text)
    assert len(words) <= MOST_WORDS
    assert all(0 < len(word) <= LONGEST_WORD and word.isprintable() and " " not in word for word in words)
    BODIES.find(text, KINDS)
    for word in spans(text):
        assert 0 <= word.start < word.end <= len(text)


@given(st.text(st.sampled_from("aBé'ʼ’ اأَـة٢\u200b\u200f\u00a0\u0085\n«،.-"), max_size=30))
def test_words_that_are_read_piece_by_piece_are_those_of_the_whole_text(text: str) -> None:
    assert words_in(text) == [word.text for word in spans(text)]


@given(st.text("ابتثجحأإآؤئىةهوفلك ", max_size=30))
def test_words_are_those_of_the_engine(text: str) -> None:
    assert [word.text for word in spans(text)] == fold_name(text).split()


@given(st.text("ابلوفك", min_size=1, max_size=6))
def test_a_word_is_a_form_of_itself(word: str) -> None:
    assert forms(word)[word] == 0
    assert all(form and word.endswith(form) for form in forms(word))
    assert name_key([word]).endswith(" ")


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_one_edit_is_one_edit_in_both_directions(one: str, other: str) -> None:
    assert one_edit(one, other) == one_edit(other, one)


def test_the_order_of_the_data_does_not_matter(index: Index) -> None:
    again = Index(sorted(index.entries, key=lambda entry: (KINDS.index(entry.kind), *entry.order)))
    assert again.rank("المثال") == index.rank("المثال")  # the example


# ---- the server


def test_a_search_is_a_page_without_javascript(client: Client) -> None:
    answer = client.get(f"/search?q={quote('هيئه المثال')}&lang=en", "text/html")  # the Example Body
    assert answer.status_code == 200
    assert "<mark>" in answer.text
    assert 'lang="en"' in answer.text
    assert "<script src" in answer.text
    assert "search.js" not in answer.text
    kinds = re.findall(r'id="found-(\w+)"', answer.text)
    assert kinds == ["entity", "claim", "document"]
    assert answer.headers["vary"].startswith("Accept, Accept-Language") or "Accept" in answer.headers["vary"]


def test_a_search_is_json_by_accept_and_by_suffix(client: Client, index: Index) -> None:
    by_accept = client.get("/search?q=ankara", "application/json")
    by_suffix = client.get("/search.json?q=ankara", accept_language="ar")
    assert by_accept.content == by_suffix.content
    told = json.loads(by_accept.content)
    best = index.find("ankara", KINDS, 1)[0]
    assert told["results"][0]["id"] == best.entry.iri
    assert told["results"][0]["score"] == best.score == 100
    assert client.get("/search?q=x", "text/turtle").status_code in {303, 404, 406}


def test_the_file_of_the_search_page_answers_too(client: Client) -> None:
    answer = client.get("/search.ar.html?q=ankara")
    assert answer.status_code == 200
    assert 'id="found-entity"' in answer.text
    assert client.get("/search.ar.html").status_code == 200
    assert client.get("/search.fr.html?q=a").status_code == 404


def test_a_class_leaves_the_rest_out_and_is_paged(client: Client) -> None:
    told = json.loads(client.get(f"/search.json?q={quote('المثال')}&class=Person").content)  # the example
    assert {each["class"] for each in told["results"]} <= {"Person"}
    told = json.loads(client.get(f"/search.json?q={quote('المثال')}&class=claim&page=99").content)
    assert told["total"].keys() == {"claim"}
    assert told["results"]


@pytest.mark.parametrize(
    "question",
    [
        "",
        "   ",
        "ا" * 10_000,
        "\u202eabc\u2066",
        "<script>alert(1)</script>",
        "[]{}()*+?\\",
        "%00",
        "🙂" * 900,
        "\"&'",
    ],
)
def test_bad_questions_are_safe(client: Client, question: str) -> None:
    answer = client.get(f"/search?q={quote(question)}&lang=ar&class=%3Cb%3E&page=-1", "text/html")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "\u202e" not in answer.text
    assert len(answer.content) < 30_000


def test_a_search_needs_no_worker(client: Client) -> None:
    assert json.loads(client.get("/health").content)["queries"]["workers"] == 0
    answer = client.get(f"/search?q={quote('هيئة المثال')}&lang=ar", "text/html")  # the Example Body
    assert answer.status_code == 200


def test_every_page_has_the_field(client: Client) -> None:
    for path in ("/", "/people", "/id/ankara.ar.html", "/claims", "/nowhere"):
        answer = client.get(path, "text/html")
        assert 'role="search"' in answer.text, path
        assert '<label class="hidden" for="seek">' in answer.text, path


def test_there_is_one_script_for_it_and_it_is_small() -> None:
    static = Path(__file__).parents[1] / "publish" / "static"
    assert sum(path.stat().st_size for path in static.glob("*.js")) < 30_000
