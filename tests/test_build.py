"""`build` makes everything from documents, or changes nothing."""

import gzip
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import orjson
import pyoxigraph as ox
import pytest

from musnad.build import Folder, Result, Stages, build, initialise, name_files, release_date
from musnad.errors import DataError, InvalidDataset, MappingError, ProjectError, ShapeError
from musnad.project import Project

ROOT = Path(__file__).parents[1]
DAY = "2026-01-31"


def build_examples(project: Project, out: Path, day: str = DAY) -> Result:
    return build(Stages.of(project), [(path, path.name) for path in project.examples()], out, day)


def one_example(project: Project) -> list[tuple[Path, str]]:
    path = next(iter(project.examples()))
    return [(path, path.name)]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_build_has_every_part(built: Folder) -> None:
    assert built.quads.stat().st_size > 0
    for name in ("musnad.ttl", "musnad.nq", "musnad.ttl.gz", "musnad.nq.gz", "void.ttl", "SHA256SUMS"):
        assert (built.release / name).is_file()
    assert (built.report / "report.html").is_file()
    assert (built.site / "index.html").is_file()
    assert orjson.loads(built.mark.read_bytes())["counts"]["documents"] == 11


def test_the_checksums_are_right(built: Folder) -> None:
    done = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"], cwd=built.release, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_the_compressed_dumps_hold_the_dumps(built: Folder) -> None:
    for name in ("musnad.ttl", "musnad.nq"):
        packed = gzip.decompress((built.release / f"{name}.gz").read_bytes())
        assert packed == (built.release / name).read_bytes()


def test_the_order_of_the_documents_does_not_reach_the_release(
    built: Folder, project: Project, tmp_path: Path
) -> None:
    files = [(path, path.name) for path in project.examples()][::-1]
    build(Stages.of(project), files, tmp_path / "again", DAY)
    assert contents(tmp_path / "again" / "release") == contents(built.release)
    assert contents(tmp_path / "again" / "site") == contents(built.site)


@pytest.mark.parametrize("name", ["musnad.ttl", "reported.ttl"])
def test_the_release_in_the_repository_is_what_the_engine_gives(built: Folder, name: str) -> None:
    kept = (ROOT / "rdf" / "release" / name).read_text(encoding="utf-8")
    given = (built.release / name).read_text(encoding="utf-8")
    # The first line names the day of the release.
    same = kept.partition("\n")[2] == given.partition("\n")[2]
    assert same, "run `make release` and commit rdf/release"


def test_every_claim_cites_words_of_its_document(built: Folder, project: Project) -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in project.examples()}
    rows = [orjson.loads(line) for line in (built.tables / "claims.jsonl").read_bytes().splitlines()]
    assert len(rows) > 100
    for row in rows:
        words = " ".join(texts[row["file"]][row["start"] : row["end"]].split())
        assert words
        assert row["exact"] in {words, words[: len(row["exact"]) - 1] + "…"}


def test_every_iri_of_ours_leads_to_a_page(built: Folder) -> None:
    base = "https://w3id.org/musnad/"
    missing = set()
    for quad in ox.parse(path=str(built.quads), format=ox.RdfFormat.N_QUADS):
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            if isinstance(term, ox.NamedNode) and term.value.startswith(base):
                path = term.value.removeprefix(base).partition("#")[0]
                if not (built.site / f"{path}.html").is_file():
                    missing.add(term.value)
    assert missing == set()


def test_no_reader_of_a_page_is_named_anywhere(built: Folder) -> None:
    name = "قارئ أول"  # the first reader: who signs the comments of the samples
    assert any(name in path.read_text(encoding="utf-8") for path in ROOT.glob("mappings/*/examples/*.txt"))
    for path in (built.quads, *built.tables.glob("*.jsonl"), *built.site.rglob("*.html")):
        assert name not in path.read_text(encoding="utf-8"), path


def test_no_quad_has_a_blank_node(built: Folder) -> None:
    for quad in ox.parse(path=str(built.quads), format=ox.RdfFormat.N_QUADS):
        assert not isinstance(quad.subject, ox.BlankNode)
        assert not isinstance(quad.object, ox.BlankNode)


def test_an_empty_folder_is_refused(project: Project, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no document"):
        build(Stages.of(project), [], tmp_path / "out", DAY)


def test_a_folder_with_other_things_in_it_is_not_overwritten(project: Project, tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").write_text("years of work")
    with pytest.raises(ProjectError, match="is not a build of Musnad"):
        build(Stages.of(project), one_example(project), tmp_path, DAY)
    assert (tmp_path / "thesis.odt").read_text() == "years of work"


SPOILT = {
    "a mapping with an unknown key": ("mappings/rdf/claims.yarrrml.yaml", "\nsurprise: 1\n", MappingError),
    "a shape that does not parse": ("shapes/claim.ttl", "\n<a> <b> .\n", ShapeError),
    "a pattern file with an unknown key": ("mappings/claims/relations.yaml", "\nsurprise: 1\n", MappingError),
    "a source with an unknown key": ("mappings/generic/source.yaml", "\nsurprise: 1\n", MappingError),
    "an authority that does not parse": ("rdf/authority/people.ttl", "\n<a> <b> .\n", ProjectError),
    "a configuration with an unknown key": ("publish/site.yaml", "\nsurprise: 1\n", MappingError),
}


@pytest.mark.parametrize(("name", "more", "error"), SPOILT.values(), ids=SPOILT)
def test_a_spoilt_file_is_named_and_the_last_build_stays(
    own_project: Project, tmp_path: Path, name: str, more: str, error: type[ProjectError]
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "build.json").write_text("{}")
    path = own_project.root / name
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    with pytest.raises(error, match=path.name):
        build(Stages.of(own_project), one_example(own_project), out, DAY)
    assert contents(out) == {"build.json": b"{}"}
    assert [p.name for p in tmp_path.iterdir() if p.name.endswith(".new")] == []


def test_a_violation_stops_the_build_and_keeps_its_report(own_project: Project, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shape = own_project.shapes / "claim.ttl"
    text = shape.read_text(encoding="utf-8")
    shape.write_text(
        text + "\n<https://w3id.org/musnad/shapes/never> a sh:NodeShape ; sh:targetClass msn:Claim ;\n"
        "  sh:property <https://w3id.org/musnad/shapes/never-p> .\n"
        "<https://w3id.org/musnad/shapes/never-p> a sh:PropertyShape ;\n"
        "  sh:path msn:speaker ; sh:maxCount 0 ;\n"
        "  sh:severity sh:Violation ;\n"
        '  sh:message "nobody speaks"@en , "لا أحد يتكلم"@ar .\n',
        encoding="utf-8",
    )
    with pytest.raises(InvalidDataset, match=r"\.txt.*claims.*nobody speaks.*never"):
        build(Stages.of(own_project), one_example(own_project), out, DAY)
    assert not out.exists()
    assert "nobody speaks" in (tmp_path / "out-report" / "report.html").read_text(encoding="utf-8")


def test_two_builds_at_once_are_refused(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "out"
    script = (
        "import sys, time; from pathlib import Path; from musnad.build.folder import locked\n"
        "with locked(Path(sys.argv[1])):\n print('locked', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", script, str(out)], stdout=subprocess.PIPE)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"locked\n"
        with pytest.raises(ProjectError, match="another build"):
            build(Stages.of(project), one_example(project), out, DAY)
    finally:
        holder.kill()
        holder.communicate()
    assert build(Stages.of(project), one_example(project), out, DAY).counts["documents"] == 1


@pytest.mark.parametrize("seconds", [0.4, 1.2, 2.0])
def test_a_killed_build_leaves_the_last_one(built: Folder, tmp_path: Path, seconds: float) -> None:
    out = tmp_path / "out"
    shutil.copytree(built.root, out)
    before = contents(out)
    command = [
        sys.executable,
        "-m",
        "musnad.cli",
        "build",
        "--examples",
        "-o",
        str(out),
        "--project",
        str(ROOT),
        "--date",
        "2026-02-01",
    ]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    assert contents(out) == before


def test_the_same_input_is_not_built_again(own_project: Project, tmp_path: Path) -> None:
    out, stages, files = tmp_path / "out", Stages.of(own_project), one_example(own_project)
    first = build(stages, files, out, DAY)
    before = contents(out)
    again = build(stages, files, out)  # on any day: what did not change keeps its date
    assert (again.counts, again.unchanged, first.unchanged) == (first.counts, True, False)
    assert contents(out) == before
    assert not build(stages, files, out, "2026-02-01").unchanged
    texts = own_project.root / "publish" / "texts.yaml"
    texts.write_text(texts.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")
    assert not build(Stages.of(own_project), files, out, "2026-02-01").unchanged


def test_a_document_that_was_refused_is_told_again(project: Project, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    files = [*one_example(project), (empty, empty.name)]
    first = build(Stages.of(project), files, tmp_path / "out", DAY)
    again = build(Stages.of(project), files, tmp_path / "out", DAY)
    assert again.unchanged
    assert [refusal.file for refusal in again.refused] == ["empty.txt"] == [r.file for r in first.refused]


def test_a_new_project_builds_its_own_documents(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    initialise(folder)
    (folder / "documents" / "one.txt").write_text(
        "عنوان الخبر\n\nقال رئيس هيئة المثال فلان الفلاني إن الاجتماع عقد في جنيف يوم 3 آذار 2016.\n",
        encoding="utf-8",
    )
    project = Project.find(folder / "documents")
    result = build(Stages.of(project), name_files(folder / "documents"), folder / "build" / "x", DAY)
    assert result.counts["documents"] == 1


def test_a_folder_with_something_in_it_is_no_new_project(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    with pytest.raises(ProjectError, match="not empty"):
        initialise(tmp_path)


def test_the_day_of_a_release_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert release_date("") == "1970-01-02"
    assert release_date("2026-01-31") == "2026-01-31"
    with pytest.raises(ProjectError, match="not a day"):
        release_date("31.1.2026")
