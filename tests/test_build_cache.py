"""An incremental build gives the bytes of a full one, whatever changed, and the cache never lies."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256, shake_128
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from musnad.build import Folder, Stages, build, judging, name_files
from musnad.build import cached as cached_stages
from musnad.build.cache import FORMAT, Cache, cache_beside, key_of
from musnad.build.plain import dump, load
from musnad.config import Site
from musnad.errors import MusnadError, ProjectError
from musnad.model import Document, Reading
from musnad.project import Project
from musnad.store import Store
from musnad.understanding.readers import Reader
from musnad.validation import Shapes, ValidationResult

DAY = "2026-01-31"
HEAD = "هيئة المثال تبحث رسوم السوق\n\nنشر في: 3 آذار 2016\n\n"  # … looks into the fees of the market
SENTENCES = [
    "وقال رئيس هيئة المثال فلان الفلاني إن الهيئة ستبحث رسوم السوق في دمشق.",  # said in Damascus
    "وأعلنت هيئة المثال أنها اتفقت مع مجلس السهل على موسم القطاف.",  # announced
    "والتقى فلان الفلاني في جنيف رئيس مجلس السهل علان العلاني.",  # met in Geneva
    "ونفى علان العلاني أن يكون فلان الفلاني قد ترأس هيئة المثال.",  # denied
    "ويترأس فلان الفلاني هيئة المثال.",  # heads
    "وتأسست هيئة المثال عام 2011 في حلب.",  # founded in Aleppo, in one year
    "وتأسست هيئة المثال عام 2014 في حلب.",  # and in another
]
NAMES = [f"{letter}.txt" for letter in "abcd"]
# What becomes of one document: other words, none that can be read, or nothing at all.
WORDS = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3).map(lambda each: HEAD + " ".join(each))
STEP = st.tuples(st.sampled_from(NAMES), st.one_of(WORDS, st.just(""), st.none()))
ABOUT = "هيئة المثال"  # the body of the example


def bytes_of(folder: Path) -> str:
    """Return a hash of the names and bytes of all files."""
    told = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            told.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes())
    return told.hexdigest()


def run(stages: Stages, documents: Path, place: Path) -> tuple[str, str, list[str]]:
    """Return hashes of the tables and the quads of some documents, and what was refused."""
    folder = Folder(place)
    _, refused = stages.tables(name_files(documents), folder.tables)
    stages.map(folder.tables, folder.quads)
    told = [f"{each.file}: {each.reason}" for each in refused]
    return bytes_of(folder.tables), sha256(folder.quads.read_bytes()).hexdigest(), told


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEP, min_size=3, max_size=5))
def test_any_sequence_of_changes_gives_the_bytes_of_a_full_build(
    project: Project, steps: list[tuple[str, str | None]]
) -> None:
    stages = Stages.of(project)
    with tempfile.TemporaryDirectory() as given_place:
        place = Path(given_place)
        documents = place / "documents"
        documents.mkdir()
        for number, (name, words) in enumerate(steps):
            path = documents / name
            if words is None:
                path.unlink(missing_ok=True)
            else:
                path.write_text(words, encoding="utf-8")
                path.with_suffix(".about.yaml").write_text(f"summarises: {ABOUT} {number}\n")
            with Cache(place / "cache") as cache:
                again = run(replace(stages, cache=cache), documents, place / "incremental")
                cache.sweep()
            assert again == run(stages, documents, place / "full")
            shutil.rmtree(place / "incremental")
            shutil.rmtree(place / "full")


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, words in texts.items():
        (folder / f"{name}.txt").write_text(HEAD + words, encoding="utf-8")
    return folder


def test_a_page_on_which_the_engine_fails_is_told_and_stops_no_other(
    project: Project, tmp_path: Path
) -> None:
    documents = write(tmp_path / "documents", a=SENTENCES[0], b=SENTENCES[1], c=SENTENCES[2])

    def understand(document: Document, knowledge: object) -> Reading:
        if document.file == "b.txt":
            raise IndexError("a fault of a reader")
        return Reader().understand(document, knowledge)

    stages = Stages.of(project, reader=Reader(understand))
    files = [(path, path.name) for path in sorted(documents.iterdir())]
    counts, refused = stages.tables(files, tmp_path / "plain")
    assert counts["documents"] == 2
    assert [refusal.file for refusal in refused] == ["b.txt"]
    assert refused[0].reason.startswith("the engine failed: IndexError in test_build_cache.py, line ")
    with Cache(tmp_path / "cache") as cache:
        assert replace(stages, cache=cache).tables(files, tmp_path / "kept") == (counts, refused)


def test_a_document_that_changes_is_all_that_is_understood_and_judged_again(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = write(tmp_path / "documents", a=SENTENCES[0], b=SENTENCES[1], c=SENTENCES[2])
    judged: list[str] = []
    judge = judging.judge_graph

    def judge_graph(store: Store, shapes: Shapes, graph: str) -> Iterator[ValidationResult]:
        judged.append(graph)
        return judge(store, shapes, graph)

    monkeypatch.setattr(judging, "judge_graph", judge_graph)
    understood: list[str] = []

    def understand(document: Document, knowledge: object) -> Reading:
        understood.append(document.file)
        return Reader().understand(document, knowledge)

    stages = Stages.of(project, reader=Reader(understand))

    def go(place: Path) -> bytes:
        folder = Folder(place)
        with Cache(tmp_path / "cache") as cache:
            remembering = replace(stages, cache=cache)
            run(remembering, documents, place)
            remembering.load(folder)
            remembering.validate(folder)
            cache.sweep()
        return (folder.report / "report.ttl").read_bytes()

    go(tmp_path / "first")
    assert understood == ["a.txt", "b.txt", "c.txt"]
    understood.clear()
    judged.clear()
    again = go(tmp_path / "again")
    assert (understood, judged) == ([], [])
    assert again == (tmp_path / "first" / "report" / "report.ttl").read_bytes()
    write(documents, b=SENTENCES[3])
    go(tmp_path / "changed")
    assert understood == ["b.txt"]
    own = [graph for graph in judged if graph.rpartition("/")[2] not in {"authority", "patterns", "ontology"}]
    assert len(own) == 1


def test_a_whole_build_with_a_cache_gives_the_files_of_one_without(project: Project, tmp_path: Path) -> None:
    documents = write(tmp_path / "documents", a=SENTENCES[4], b=SENTENCES[1])
    out, fresh = tmp_path / "out", tmp_path / "fresh"
    build(Stages.of(project), name_files(documents), out, DAY)
    write(documents, b=SENTENCES[3])
    build(Stages.of(project), name_files(documents), out, DAY)
    build(Stages.of(project), name_files(documents), fresh, DAY)
    for part in ("tables", "dataset.nq", "report", "release", "site", "refusals.jsonl", "build.json"):
        one, other = out / part, fresh / part
        if one.is_dir():
            assert bytes_of(one) == bytes_of(other), part
        else:
            assert one.read_bytes() == other.read_bytes(), part


@pytest.mark.parametrize(
    ("name", "value"),
    [("base", "https://example.org/"), ("pattern_floor", 0.25)],
)
def test_a_setting_that_readings_depend_on_changes_their_ground(
    project: Project, name: str, value: str | float
) -> None:
    config = Stages.of(project).config
    other: Site = replace(config, **{name: value})
    grounds = {cached_stages.ground_of_reading(project, each, Reader()) for each in (config, other)}
    assert len(grounds) == 2
    same = replace(config, port=9, query_rows=9)
    assert cached_stages.ground_of_reading(project, same, Reader()) in grounds


@pytest.mark.parametrize(
    "name",
    ["mappings/generic/source.yaml", "mappings/claims/relations.yaml", "rdf/authority/people.ttl"],
)
def test_a_file_that_readings_depend_on_changes_their_ground(own_project: Project, name: str) -> None:
    stages = Stages.of(own_project)
    before = cached_stages.ground_of_reading(own_project, stages.config, Reader())
    path = own_project.root / name
    path.write_text(path.read_text(encoding="utf-8") + "\n# more\n", encoding="utf-8")
    assert cached_stages.ground_of_reading(own_project, stages.config, Reader()) != before


def test_a_value_that_was_kept_is_given_back(tmp_path: Path) -> None:
    with Cache(tmp_path / "cache") as cache:
        cache.put(key_of("stage", "a"), b"one")
        cache.put(key_of("stage", "a"), b"two")
        assert cache.get(key_of("stage", "a")) == b"two"
        assert cache.get(key_of("stage", "b")) is None
    with Cache(tmp_path / "cache") as cache:
        assert cache.get(key_of("stage", "a")) == b"two"
    assert (tmp_path / "cache").stat().st_mode & 0o777 == 0o600


def test_what_a_build_did_not_ask_for_is_swept(tmp_path: Path) -> None:
    path = tmp_path / "cache"
    with Cache(path) as cache:
        for number in range(400):
            cache.put(key_of("stage", str(number)), shake_128(b"%d" % number).digest(10_000))
        cache.sweep()
    full = path.stat().st_size
    with Cache(path) as cache:
        assert cache.get(key_of("stage", "7")) is not None
        assert cache.sweep() == 399
    assert path.stat().st_size < full / 4
    with Cache(path) as cache:
        assert cache.get(key_of("stage", "7")) is not None
        assert cache.get(key_of("stage", "8")) is None


def test_a_later_format_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "cache"
    Cache(path).__exit__()
    with sqlite3.connect(path) as database:
        database.execute(f"PRAGMA user_version = {FORMAT + 1}")
    database.close()
    before = path.read_bytes()
    with pytest.raises(ProjectError, match=rf"of format {FORMAT + 1}, .* reads {FORMAT}"):
        Cache(path)
    assert path.read_bytes() == before


def test_a_damaged_entry_is_no_entry(tmp_path: Path) -> None:
    path, key = tmp_path / "cache", key_of("stage", "a")
    with Cache(path) as cache:
        cache.put(key, b"one")
    database = sqlite3.connect(path)
    database.execute(
        "UPDATE entries SET value = CAST(substr(value, 1, 20) || x'00' || substr(value, 22) AS BLOB)"
    )
    database.commit()
    database.close()
    with Cache(path) as cache:
        assert cache.get(key) is None
        cache.put(key, b"one")
        assert cache.get(key) == b"one"


def test_a_file_that_is_no_cache_is_named(tmp_path: Path) -> None:
    path = tmp_path / "cache"
    path.write_text("years of work " * 100)
    with pytest.raises(MusnadError, match="cache: the cache cannot be used: file is not a database"):
        Cache(path)
    assert path.read_text() == "years of work " * 100


def test_a_reading_is_the_same_after_it_was_kept(project: Project) -> None:
    from musnad.reading import read_document, read_sources
    from musnad.understanding import read_knowledge, understand

    knowledge = read_knowledge(project, Stages.of(project).config)
    document = read_document(HEAD + " ".join(SENTENCES), "a.txt", read_sources(project))
    reading = understand(document, knowledge)
    assert reading.claims
    assert load(Document, dump(document)) == document
    assert load(Reading, dump(reading)) == reading


def test_the_cache_stands_beside_the_build(tmp_path: Path) -> None:
    assert cache_beside(tmp_path / "mine") == tmp_path / ".mine.cache"
