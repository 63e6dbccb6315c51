"""Rows and quads that follow those of the last build: the bytes of a full build, and few made anew."""

import random
from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from musnad.build import Folder, Stages, differing, following, name_files, quads
from musnad.build.cache import Cache
from musnad.build.documented import DocumentRows
from musnad.build.following import Followed
from musnad.curation import Curation
from musnad.mapping import Compiled
from musnad.model import Document, Reading
from musnad.project import Project
from musnad.store import Store, file_digest, loaded_from
from musnad.tables.columns import TABLES
from musnad.understanding import Knowledge
from musnad.understanding.readers import Reader
from test_build_cache import HEAD, SENTENCES

Rows = list[tuple[str, int]]  # graph, and what the row says


@pytest.mark.parametrize("size", [7, 40, 1 << 17])
def test_the_graphs_that_have_other_rows_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(differing, "BLOCK", size)
    draw = random.Random(size)
    for _ in range(60):
        before = [
            (f"g{n}", draw.randrange(3)) for n in range(draw.randrange(6)) for _ in range(draw.randrange(4))
        ]
        after = [row for row in before if draw.random() < 0.8]
        after[draw.randrange(len(after) + 1) :] += [(f"g{draw.randrange(8)}", 0)] * draw.randrange(3)
        write(tmp_path / "before", before)
        write(tmp_path / "after", after)
        assert differing.differing(tmp_path / "before", tmp_path / "after") == other(before, after)


def write(folder: Path, rows: Rows) -> None:
    folder.mkdir(exist_ok=True)
    for table in TABLES:
        (folder / f"{table}.jsonl").touch()
    lines = (orjson.dumps({"claim": '"graph":"no"', "graph": g, "about": "x" * n}) for g, n in rows)
    (folder / "abouts.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))


def other(before: Rows, after: Rows) -> set[str]:
    """Return the graphs of which two lists have other rows."""
    graphs = {graph for graph, _ in (*before, *after)}
    return {
        graph
        for graph in graphs
        if [r for r in before if r[0] == graph] != [r for r in after if r[0] == graph]
    }


def test_a_row_without_a_graph_stops_the_comparison(tmp_path: Path) -> None:
    write(tmp_path / "before", [])
    write(tmp_path / "after", [])
    (tmp_path / "after" / "abouts.jsonl").write_text('{"about":"x"}\n')
    assert differing.differing(tmp_path / "before", tmp_path / "after") is None
    assert differing.differing(tmp_path / "before", tmp_path / "none") is None


@pytest.mark.parametrize("graphs", [{"g1"}, {"g2", "g3"}, {f"g{n}" for n in range(20)}])
def test_the_rows_of_some_graphs_are_found(tmp_path: Path, graphs: set[str]) -> None:
    rows = [(f"g{n % 5}", n) for n in range(40)]
    write(tmp_path / "tables", rows)
    found = [row["graph"] for _, row in differing.rows_of(tmp_path / "tables", graphs)]
    assert found == [graph for graph, _ in rows if graph in graphs]


def test_lines_of_graphs_go_and_others_come_in_their_order(tmp_path: Path) -> None:
    draw = random.Random(1)
    for _ in range(60):
        lines = sorted({line(draw) for _ in range(draw.randrange(30))})
        fresh = sorted({line(draw) for _ in range(draw.randrange(6))})
        (tmp_path / "quads").write_bytes(b"".join(lines))
        without = frozenset(b" <g%d> .\n" % n for n in range(5) if draw.random() < 0.3)
        gone = [each for each in lines if each[each.rindex(b" <") :] in without]
        followed = Followed(tmp_path / "quads", without, fresh)
        assert list(followed.gone()) == gone
        assert b"".join(followed.blocks()) == b"".join(sorted({*lines, *fresh} - ({*gone} - {*fresh})))


def line(draw: random.Random) -> bytes:
    return b"<s%d> <p> <o> <g%d> .\n" % (draw.randrange(90), draw.randrange(5))


def test_rows_of_a_document_are_the_same_after_they_were_kept() -> None:
    row = dict.fromkeys(TABLES["abouts"]) | {"claim": "c", "about": "id/x", "graph": "g"}
    rows = DocumentRows.of([("abouts", row), ("abouts", row)])
    assert (rows.named, rows.counts["abouts"]) == ({"id/x"}, 2)
    assert DocumentRows.load(rows.dump()) == rows


class Builds:
    """Tables and quads of one folder of documents, made one after the other."""

    def __init__(self, project: Project, place: Path) -> None:
        self.stages, self.place, self.documents = Stages.of(project), place, place / "documents"
        self.last: Path | None = None
        self.number = 0
        self.documents.mkdir()

    def write(self, name: str, words: str) -> None:
        (self.documents / f"{name}.txt").write_text(HEAD + words, encoding="utf-8")

    def after_the_last(self) -> bytes:
        """Return the quads that are made after those of the last time."""
        self.number += 1
        folder = Folder(self.place / f"after-{self.number}")
        with Cache(self.place / "cache") as cache:
            stages = replace(self.stages, cache=cache, last=self.last)
            stages.tables(name_files(self.documents), folder.tables)
            number = stages.map(folder.tables, folder.quads, folder.store)
            cache.sweep()
        assert number == Store.open(folder.store, read_only=True).count()
        assert loaded_from(folder.store) == file_digest(folder.quads)
        self.last = folder.root
        return folder.quads.read_bytes()

    def anew(self) -> bytes:
        """Return the quads that are made without anything of before."""
        folder = Folder(self.place / f"anew-{self.number}")
        self.stages.tables(name_files(self.documents), folder.tables)
        self.stages.map(folder.tables, folder.quads)
        return folder.quads.read_bytes()


@pytest.fixture
def builds(project: Project, tmp_path: Path) -> Builds:
    return Builds(project, tmp_path)


@pytest.fixture
def followed(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Return a list that learns each time whether quads followed, or all were made anew."""
    found: list[bool] = []
    follow = following.follow_quads

    def noted(stages: Stages, compiled: Compiled, *files: Path) -> int | None:
        number = follow(stages, compiled, *files)
        found.append(number is not None)
        return number

    monkeypatch.setattr(quads, "follow_quads", noted)
    return found


def test_quads_follow_those_of_the_last_build(builds: Builds, followed: list[bool]) -> None:
    # Of two documents, one gives another year in which a body was founded: a claim of each has a conflict.
    for name, words in (("a", SENTENCES[5]), ("b", SENTENCES[6]), ("c", SENTENCES[2]), ("a", SENTENCES[4])):
        builds.write(name, words)
        assert builds.after_the_last() == builds.anew()
    (builds.documents / "b.txt").unlink()
    assert builds.after_the_last() == builds.anew()
    assert followed == [False, True, True, True, True]


def test_quads_that_somebody_wrote_to_are_made_anew(builds: Builds, followed: list[bool]) -> None:
    builds.write("a", SENTENCES[4])
    builds.after_the_last()
    assert builds.last
    with Folder(builds.last).quads.open("ab") as file:
        file.write(b"<https://example.org/a> <https://example.org/b> <https://example.org/c> .\n")
    builds.write("b", SENTENCES[5])
    assert builds.after_the_last() == builds.anew()
    assert followed == [False, False]


def test_tables_that_somebody_wrote_to_are_no_harm(builds: Builds, followed: list[bool]) -> None:
    builds.write("a", SENTENCES[4])
    builds.write("b", SENTENCES[5])
    builds.after_the_last()
    assert builds.last
    claims = Folder(builds.last).tables / "claims.jsonl"
    claims.write_text(claims.read_text(encoding="utf-8").replace("asserted", "denied"), encoding="utf-8")
    assert builds.after_the_last() == builds.anew()
    assert followed == [False, True]


def test_a_decision_costs_no_reading(builds: Builds, monkeypatch: pytest.MonkeyPatch) -> None:
    understood: list[str] = []

    def understand(document: Document, knowledge: Knowledge) -> Reading:
        understood.append(document.file)
        return Reader().understand(document, knowledge)

    builds.stages = replace(builds.stages, reader=Reader(understand))
    builds.write("a", SENTENCES[4])
    for _ in range(2):
        builds.after_the_last()
    monkeypatch.setattr(Curation, "__bool__", lambda _: True)  # as if there were one
    builds.after_the_last()
    assert understood == ["a.txt"]
