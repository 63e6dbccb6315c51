"""The figures: small cases by hand, and the real gold against an independent scorer where both are there."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musnad.cli import main
from musnad.errors import DataError
from musnad.explaining import Gold, Scores, find_gold, read_gold, score
from musnad.explaining.gold import GoldClaim, GoldMention, check_text
from musnad.explaining.scoring import ALL, Score, fits, may_be_same, pair, share_of_union, words_of
from musnad.model import Agent, Attribution, Claim, Document, Mention, Reading, Relation, Thing

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
METRIC = Relation("metWith", "التقى", "met with", "", symmetric=True)  # met with
SAID = Relation("stated", "صرّح", "stated", "", speech=True)  # stated
HELD = Relation("heldAt", "جرى في", "took place at", "")  # took place at
RELATIONS = {relation.name: relation for relation in (METRIC, SAID, HELD)}
PAGE = Agent("page", "دار القلم")  # an invented publisher
SPEAKER = Agent("person", "سالم الراوي")  # an invented person
A_GOLD = GoldClaim("metWith", 10, 20, "هيئة المثال", "سالم الراوي", "دار القلم")
A_CLAIM = Claim(
    "metWith", Thing("هيئة المثال"), Thing("سالم الراوي"), 12, 30, (Attribution(0, PAGE),), "a-pattern"
)
A_STATEMENT = GoldClaim("stated", 0, 100, "سالم الراوي", "كلام", "الراوي")  # words
SPOKEN = Claim(
    "stated", Thing("سالم الراوي"), Thing("كلام"), 0, 100,
    (Attribution(0, PAGE), Attribution(1, SPEAKER)), "speech-say",
)  # fmt: skip
A_DOCUMENT = Document("a.txt", "كلمة " * 40, "generic", "العنوان", "", published="2020-06-15")  # word, title
A_PAPER = Gold("a.txt", (), (), "عنوان", "2020-06-15")  # title


def scored(gold: Gold, *claims: Claim, mentions: tuple[Mention, ...] = ()) -> Scores:
    return score([(gold, Reading(A_DOCUMENT, mentions, claims))], RELATIONS)


def test_a_claim_fits_by_relation_words_and_ends() -> None:
    assert fits(A_GOLD, A_CLAIM, METRIC)


@pytest.mark.parametrize(
    "changes",
    [
        {"relation": "heldAt"},
        {"polarity": "negative"},
        {"start": 20, "end": 30},
        {"subject": Thing("حركة النهر")},
        {"object": Thing("")},
    ],
)
def test_a_claim_that_differs_does_not_fit(changes: dict[str, object]) -> None:
    assert not fits(A_GOLD, replace(A_CLAIM, **changes), METRIC)


def test_only_the_ends_of_a_symmetric_relation_may_be_swapped() -> None:
    swapped = replace(A_CLAIM, subject=A_CLAIM.object, object=A_CLAIM.subject)
    assert fits(A_GOLD, swapped, METRIC)
    assert not fits(replace(A_GOLD, relation="heldAt"), replace(swapped, relation="heldAt"), HELD)


def test_a_gold_claim_without_an_object_asks_for_none() -> None:
    assert fits(replace(A_GOLD, object=""), replace(A_CLAIM, object=Thing("شيء آخر")), METRIC)


@pytest.mark.parametrize(("end", "fit"), [(100, True), (50, True), (49, False)])
def test_speech_shares_half_of_its_words(end: int, fit: bool) -> None:
    assert fits(A_STATEMENT, replace(SPOKEN, end=end), SAID) is fit


def test_speech_is_by_the_same_speaker() -> None:
    other = (Attribution(0, PAGE), Attribution(1, Agent("other", "ليلى العابد")))
    assert not fits(A_STATEMENT, replace(SPOKEN, chain=other, subject=Thing("ليلى العابد")), SAID)
    assert fits(A_STATEMENT, replace(SPOKEN, chain=other), SAID)
    assert fits(replace(A_STATEMENT, speaker="", subject=""), replace(SPOKEN, chain=other), SAID)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("هيئةُ المِثال", "هيئه المثال", True),
        ("الهيئة العامة للمثال", "هيئة عامة", True),
        ("أحمد", "احمد", True),
        ("سالم الراوي", "سالم العابد", False),
        ("", "", False),
        ("«»", "سالم", False),
    ],
)
def test_names_are_compared_by_their_words(one: str, other: str, same: bool) -> None:
    assert may_be_same(one, other) is same
    assert may_be_same(other, one) is same


def test_the_article_of_a_short_word_stays() -> None:
    assert words_of("الله النهر") == ("الله", "نهر")  # God, the river


SPANS = st.tuples(st.integers(0, 50), st.integers(1, 50)).map(lambda s: GoldMention(s[0], s[0] + s[1], "ORG"))


@given(SPANS, SPANS)
def test_the_share_of_the_union_is_a_share(one: GoldMention, other: GoldMention) -> None:
    assert 0 <= share_of_union(one, other) == share_of_union(other, one) <= 1
    assert share_of_union(one, one) == 1


@given(st.lists(SPANS), st.lists(SPANS))
def test_each_entry_and_each_row_is_paired_once(gold: list[GoldMention], rows: list[GoldMention]) -> None:
    found = pair(gold, rows, lambda one, other: share_of_union(one, other) > 0)
    assert len(found) <= min(len(gold), len(rows))
    left = list(rows)
    for _, row in found:
        left.remove(row)


def test_nothing_found_and_nothing_wanted_gives_zero() -> None:
    assert (Score().precision, Score().recall, Score().f1) == (0, 0, 0)


def test_mentions_are_counted_by_type_and_together() -> None:
    gold = replace(A_PAPER, mentions=(GoldMention(0, 4, "ORG"), GoldMention(10, 14, "PLACE")))
    rows = (Mention(0, 4, "ORG", "x", "y", "z"), Mention(9, 14, "PLACE", "x", "y", "z"))
    scores = scored(gold, mentions=(*rows, replace(rows[0], start=20, end=24)))
    assert scores.exact["ORG"] == Score(1, 2, 1)
    assert scores.exact["PLACE"] == Score(1, 1, 0)
    assert scores.exact[ALL] == Score(2, 3, 1)
    assert scores.overlap[ALL] == Score(2, 3, 2)


def test_title_and_date_are_counted() -> None:
    scores = scored(A_PAPER)
    assert (scores.titles, scores.dates) == (Score(1, 1, 1), Score(1, 1, 1))
    assert scored(replace(A_PAPER, title="آخر", published="")).titles == Score(1, 1, 0)
    assert scored(replace(A_PAPER, published="")).dates == Score()


@pytest.mark.parametrize("put", [{"polarity": "negative"}, {"modality": "planned"}])
def test_an_assertion_on_words_that_assert_nothing_is_false(put: dict[str, str]) -> None:
    gold = replace(A_PAPER, claims=(replace(A_GOLD, **put),))
    (wrong,) = scored(gold, A_CLAIM).false_assertions
    assert (wrong.claim, wrong.paired) == (A_CLAIM, False)
    assert scored(gold, replace(A_CLAIM, modality="planned")).false_assertions == []
    assert scored(gold, replace(A_CLAIM, polarity="negative")).false_assertions == []
    assert scored(gold, replace(A_CLAIM, start=40, end=50)).false_assertions == []


def test_a_false_assertion_tells_whether_another_claim_is_asserted_there() -> None:
    gold = replace(A_PAPER, claims=(A_GOLD, replace(A_GOLD, polarity="negative", subject="آخر")))
    (wrong,) = scored(gold, A_CLAIM).false_assertions
    assert wrong.paired


def test_what_a_pattern_gave_and_what_was_missed_is_kept() -> None:
    other = replace(A_CLAIM, start=40, end=50)
    scores = scored(replace(A_PAPER, claims=(A_GOLD, A_STATEMENT)), A_CLAIM, other)
    assert scores.patterns == {"a-pattern": Score(0, 2, 1)}
    assert scores.missed == [("a.txt", A_STATEMENT)]
    assert scores.extra == [("a.txt", other)]


WRONG_GOLD = {
    "no claims": ({"claims": None}, "claims"),
    "a mention without a span": ({"mentions": [{"type": "ORG"}]}, "mention 1.*start"),
    "an unknown type": ({"mentions": [{"start": 1, "end": 2, "type": "ANIMAL"}]}, "ANIMAL"),
    "a reversed span": ({"claims": [{"relation": "metWith", "start": 5, "end": 2}]}, "5,2"),
    "a claim without relation": ({"claims": [{"start": 1, "end": 2}]}, "claim 1.*relation"),
    "metadata that is a list": ({"metadata": [1]}, "metadata"),
}


@pytest.mark.parametrize(("changes", "words"), WRONG_GOLD.values(), ids=WRONG_GOLD)
def test_a_malformed_gold_file_is_refused(tmp_path: Path, changes: dict[str, object], words: str) -> None:
    path = tmp_path / "gold.json"
    whole: dict[str, object] = {"file": "a.txt", "mentions": [], "claims": [], "metadata": {}}
    path.write_bytes(orjson.dumps(whole))
    assert read_gold(path).file == "a.txt"
    path.write_bytes(orjson.dumps(whole | changes))
    with pytest.raises(DataError, match=words):
        read_gold(path)


def test_a_file_that_is_not_json_and_a_folder_without_gold_are_refused(tmp_path: Path) -> None:
    (tmp_path / "relations.json").write_text('{"metWith": "met"}', encoding="utf-8")
    with pytest.raises(DataError, match="no JSON file here"):
        find_gold(tmp_path)
    (tmp_path / "gold.json").write_text("{", encoding="utf-8")
    with pytest.raises(DataError, match="not JSON"):
        read_gold(tmp_path / "gold.json")
    with pytest.raises(DataError, match="no such file"):
        find_gold(tmp_path / "nowhere")


def test_gold_of_another_text_is_refused() -> None:
    check_text(replace(A_PAPER, sha256=A_DOCUMENT.sha256), A_DOCUMENT)
    with pytest.raises(DataError, match="made from the text"):
        check_text(replace(A_PAPER, sha256="00ff"), A_DOCUMENT)
    with pytest.raises(DataError, match="past the end"):
        check_text(replace(A_PAPER, claims=(replace(A_GOLD, end=9_999),)), A_DOCUMENT)


@pytest.fixture
def gold_of_a_sample(tmp_path: Path) -> Path:
    """Return a folder of gold beside the folder of its document, a bundled sample."""
    sample = ROOT / "mappings" / "orient-net" / "examples" / "zenki-denies.txt"
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / sample.name).write_bytes(sample.read_bytes())
    title = sample.read_text(encoding="utf-8").splitlines()[0]
    gold = {
        "file": sample.name,
        "metadata": {"title": title},
        "mentions": [{"start": 0, "end": 11, "type": "ORG"}],
        "claims": [{"relation": "denied", "start": 0, "end": len(title), "polarity": "negative"}],
    }
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "one.json").write_bytes(orjson.dumps(gold))
    return tmp_path / "gold"


def test_score_prints_a_table_or_json(
    gold_of_a_sample: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["score", str(gold_of_a_sample)]) == 0
    said = capsys.readouterr().out
    assert all(words in said for words in ("mention, exact: ORG", "claim: denied", "title 1/1"))
    documents = gold_of_a_sample.parent / "documents"
    assert main(["score", str(gold_of_a_sample / "one.json"), str(documents), "--json"]) == 0
    figures = orjson.loads(capsys.readouterr().out)
    assert figures["title"] == {"right": 1, "of": 1}
    assert figures["mentions"]["exact"]["ORG"]["gold"] == 1
    assert figures["claims"]["ALL"]["rows"] > 1
    assert main(["score", str(gold_of_a_sample), "--details"]) == 0
    said = capsys.readouterr().out
    assert all(words in said for words in ("structure-", "zenki-denies.txt extra "))


def test_a_document_that_is_not_there_is_named(
    gold_of_a_sample: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["score", str(gold_of_a_sample), str(ROOT / "docs")]) == 1
    assert "zenki-denies.txt" in capsys.readouterr().err


def test_the_real_gold_gives_the_figures_of_an_independent_scorer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    scorer = SHARED / "gold" / "score.py"
    if not scorer.is_file():
        pytest.skip("the gold files of the five documents are not beside this repository")
    monkeypatch.chdir(ROOT)
    assert main(["tables", str(SHARED / "documents"), "-o", str(tmp_path)]) == 0
    command = [sys.executable, str(scorer), str(SHARED / "gold"), str(tmp_path), "--json"]
    theirs = orjson.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    capsys.readouterr()
    assert main(["score", str(SHARED / "gold"), str(SHARED / "documents"), "--json"]) == 0
    ours = orjson.loads(capsys.readouterr().out)
    flat = {f"claim {name}": figures for name, figures in ours["claims"].items()}
    for how, figures in ours["mentions"].items():
        flat |= {f"mention {how} {name}": row for name, row in figures.items()}
    for row in flat.values():
        del row["pairs"]
    assert flat == {key: value for key, value in theirs.items() if key not in {"title", "published"}}
    for name in ("title", "published"):
        assert f"{ours[name]['right']}/{ours[name]['of']}" == theirs[name]
