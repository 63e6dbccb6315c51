"""Pages of the last build that stand: the same bytes as made again, and made again wherever it matters."""

import os
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from musnad.build import Folder, Stages, build, name_files
from musnad.build import standing as standing_pages
from musnad.build.delta import compare
from musnad.build.spare import spare_of
from musnad.build.standing import about_pages, traces_of
from musnad.build.traced import Record, numbers, traces, write_traces
from musnad.project import Project
from musnad.site.folder import MARK, SUMS, read_sums
from musnad.site.traces import PathTrace, Unit
from musnad.store import Store
from test_build_cache import DAY, HEAD, NAMES, SENTENCES

# Enough kinds to have every way in which pages ask; few enough for a dozen builds.
KINDS = (
    "home", "claim", "entity", "document", "capture", "concept", "scheme", "graph", "choice", "network",
)  # fmt: skip
WORDS = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map(lambda each: HEAD + " ".join(each))
STEPS = st.lists(
    st.dictionaries(st.sampled_from(NAMES), st.one_of(WORDS, st.none()), min_size=1, max_size=2),
    min_size=2,
    max_size=3,
)


@pytest.fixture
def small(own_project: Project) -> Project:
    """Return a project of its own that writes few kinds of pages."""
    path = own_project.site_file
    head, _, pages = path.read_text(encoding="utf-8").partition("pages:\n")
    kinds = re.findall(r"^  [\w-]+:\n(?:^    .*\n?)+", pages, re.MULTILINE)
    kept = [kind for kind in kinds if kind.split(":")[0].strip() in KINDS]
    path.write_text(f"{head}pages:\n{''.join(kept)}", encoding="utf-8")
    return own_project


def files_of(out: Path) -> dict[str, bytes]:
    """Return the bytes of every file of a build but those of the database, notes of inodes, and answers."""
    own = {Folder(out).noted, Folder(out).answers}
    found = (path for path in out.rglob("*") if path.is_file() and path not in own)
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in found
        if path.relative_to(out).parts[0] != "store"
    }


def write(documents: Path, texts: dict[str, str | None]) -> None:
    documents.mkdir(exist_ok=True)
    for name, words in texts.items():
        if words is None:
            (documents / name).unlink(missing_ok=True)
        else:
            (documents / name).write_text(words, encoding="utf-8")


@settings(
    max_examples=int(os.environ.get("MUSNAD_SEQUENCES", "1")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(steps=STEPS)
def test_any_sequence_of_changes_gives_the_files_of_a_full_build(
    small: Project, steps: list[dict[str, str | None]]
) -> None:
    stages = Stages.of(small)
    with tempfile.TemporaryDirectory() as given_place:
        place = Path(given_place)
        documents, out = place / "documents", place / "out"
        write(documents, {"z.txt": HEAD + SENTENCES[0]})
        build(stages, name_files(documents), out, DAY)
        for number, step in enumerate(steps):
            write(documents, step)
            build(stages, name_files(documents), out, DAY)
            fresh = place / f"fresh-{number}"
            build(stages, name_files(documents), fresh, DAY)
            one, other = files_of(out), files_of(fresh)
            assert one.keys() == other.keys()
            assert [name for name in one if one[name] != other[name]] == []
            shutil.rmtree(fresh)


def built(project: Project, place: Path, texts: dict[str, str | None]) -> Path:
    """Return a build of some documents, made after whatever stood there."""
    write(place / "documents", texts)
    build(Stages.of(project), name_files(place / "documents"), place / "out", DAY)
    return place / "out"


@pytest.fixture
def stood(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that learns of every thing whose pages stand."""
    found: list[str] = []
    standing = standing_pages.standing

    def noted(*told: object) -> standing_pages.Standing | None:
        every: Callable[..., standing_pages.Standing | None] = standing
        now = every(*told)
        found.extend(sorted(now.paths) if now else ())
        return now

    monkeypatch.setattr("musnad.build.pages.standing", noted)
    return found


TEXTS: dict[str, str | None] = {"a.txt": HEAD + SENTENCES[4], "b.txt": HEAD + SENTENCES[5]}


def test_pages_stand_where_another_document_changed_and_nobody_wrote_to_them(
    small: Project, tmp_path: Path, stood: list[str]
) -> None:
    out = built(small, tmp_path, TEXTS)
    before = {name: (out / "site" / name).stat().st_ino for name in read_sums(out / "site")}
    assert stood == []
    built(small, tmp_path, {"c.txt": HEAD + SENTENCES[1]})
    assert len(stood) > 50
    file, name = out / "site" / f"{stood[0]}.ttl", stood[0]
    assert file.stat().st_ino == before[f"{name}.ttl"]
    assert file.stat().st_nlink == 2  # the old build is gone; its name of the file is kept for the next
    assert file.samefile(spare_of(out) / f"{name}.ttl")
    right = file.read_bytes()
    file.write_bytes(b"other")
    stood.clear()
    built(small, tmp_path, {"c.txt": None})
    assert name not in stood
    assert stood
    assert file.read_bytes() == right


def graphs_of(out: Path) -> dict[str, set[str]]:
    """Return the quads of every graph of the store of a build."""
    store = Store.open(Folder(out).store, read_only=True)
    return {graph: {str(quad) for quad in store.quads(graph)} for graph in store.graphs()}


def inodes(folder: Path) -> dict[str, int]:
    """Return what the system knows every file of a folder by, but for the two that say what they are of."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.name not in {MARK, SUMS})
    return {path.relative_to(folder).as_posix(): path.stat().st_ino for path in found}


def test_dumps_and_pages_stand_whole_where_the_same_is_told_again(
    small: Project, tmp_path: Path, stood: list[str]
) -> None:
    out = built(small, tmp_path, TEXTS)
    files, graphs = files_of(out), graphs_of(out)
    known = [inodes(folder) for folder in (out / "site", out / "release")]
    Folder(out).mark.write_bytes(b"{}")  # what the last build was made from is not known
    built(small, tmp_path, {})
    assert [inodes(folder) for folder in (out / "site", out / "release")] == known
    assert (files_of(out), graphs_of(out)) == (files, graphs)
    assert stood == []  # nothing was asked page by page
    spoilt = [out / "site" / "index.html", out / "release" / "musnad.ttl"]
    for path in spoilt:
        path.write_bytes(b"other")
    Folder(out).mark.write_bytes(b"{}")
    built(small, tmp_path, {})
    assert (files_of(out), graphs_of(out)) == (files, graphs)
    assert stood


def test_dumps_stand_where_pages_alone_are_told_otherwise(small: Project, tmp_path: Path) -> None:
    out = built(small, tmp_path, TEXTS)
    known, pages = inodes(out / "release"), inodes(out / "site")
    style = small.static / "style.css"
    style.write_bytes(style.read_bytes() + b"\n")
    built(small, tmp_path, {})
    assert inodes(out / "release") == known
    assert not set(inodes(out / "site").values()) & set(pages.values())
    again = inodes(out / "release")
    build(Stages.of(small), name_files(tmp_path / "documents"), out, "2026-02-01")
    assert not set(inodes(out / "release").values()) & set(again.values())  # another day is in every dump


TRACE = PathTrace("id/a", True, frozenset(), (Unit("id/a.ttl", b"", frozenset()),))


@pytest.mark.parametrize(
    "part",
    ["templates/claim.html", "texts.yaml", "site.yaml", "queries/claim-words.rq", "static/style.css"],
)
def test_other_parts_of_the_project_and_another_engine_make_all_pages_again(
    own_project: Project, tmp_path: Path, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Folder(tmp_path / "build")
    folder.site.mkdir(parents=True)
    (folder.site / SUMS).write_text("")
    before = about_pages(own_project, folder)
    write_traces(folder.traces, before, [[Record.of(TRACE)]])
    assert [each.trace() for each in traces_of(own_project, folder)] == [TRACE]
    path = own_project.site_file.parent / part
    path.write_bytes(path.read_bytes() + b"\n")
    assert list(traces_of(own_project, folder)) == []
    write_traces(folder.traces, about_pages(own_project, folder), [[Record.of(TRACE)]])
    monkeypatch.setattr("musnad.site.folder.__version__", "9.9.9")
    assert list(traces_of(own_project, folder)) == []


def test_damaged_traces_are_none(tmp_path: Path) -> None:
    path, about = tmp_path / "traces", {"pages": "these"}
    unit = Unit("claim/a.html", b"0123456789abcdef", frozenset([b"12345678", b"abcdefgh"]))
    other = Unit("claim/a.ttl", b"", frozenset([b"ABCDEFGH"]))
    trace = PathTrace("claim/a", True, frozenset([b"asked for"[:8]]), (unit, other))
    told = [Record.of(trace), Record.of(TRACE)]
    write_traces(path, about, [told[1:], told[:1]])
    assert list(traces(path, about)) == told
    assert [each.trace() for each in told] == [trace, TRACE]
    assert told[0].names() == ["claim/a.html", "claim/a.ttl"]
    assert [told[0].among(numbers([each])) for each in (b"abcdefgh", b"ABCDEFGH", b"another.")] == [
        True,
        True,
        False,
    ]
    assert list(traces(path, {"pages": "others"})) == []
    assert list(traces(tmp_path / "none", about)) == []
    whole = path.read_bytes()
    for spoilt in (whole[:-1], whole[:40], b"", whole.replace(b"claim/a", b"claim/b")):
        path.write_bytes(spoilt)
        assert list(traces(path, about)) == []


def test_two_files_of_quads_differ_in_what_one_of_them_has_alone(tmp_path: Path) -> None:
    def quads(letters: str) -> Path:
        path = tmp_path / letters
        path.write_text(
            "".join(f"<http://e/{x}> <http://e/p> <http://e/o> <http://e/g> .\n" for x in letters)
        )
        return path

    change = compare(quads("abd"), quads("acde"))
    assert change is not None
    assert [quad.subject.value[-1] for quad in change.removed] == ["b"]
    assert [quad.subject.value[-1] for quad in change.added] == ["c", "e"]
    assert compare(quads("a"), quads("bc"), most=2) is None
    assert compare(tmp_path / "none", quads("a")) is None
    assert Folder(tmp_path).traces.name == "pages.traces"
