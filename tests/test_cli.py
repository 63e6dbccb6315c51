"""The command line: data to standard output, words to standard error, three exit codes."""

import csv
import re
import shlex
import socket
from pathlib import Path

import orjson
import pytest

from musnad.build import Folder
from musnad.cli import main

ROOT = Path(__file__).parents[1]
VERBS = [
    "init",
    "build",
    "read",
    "tables",
    "map",
    "validate",
    "release",
    "site",
    "serve",
    "query",
    "check",
    "deploy",
    "load",
]
SAMPLE = ROOT / "mappings" / "orient-net" / "examples"


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_an_example(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([verb, "--help"]) == 0
    assert f"musnad {verb}" in " ".join(capsys.readouterr().out.split())
    assert main([verb, "--help"]) == 0
    assert "Example" in capsys.readouterr().out


def test_read_prints_one_line_of_json_a_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(SAMPLE)]) == 0
    rows = [orjson.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["source"] for row in rows] == ["orient-net"] * 2
    assert all(zone["kind"] for row in rows for zone in row["zones"])


def test_tables_map_validate_release_and_site_are_the_stages_of_build(
    built: Folder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["tables", str(SAMPLE), "-o", str(tmp_path / "t"), "--json", "--parquet"]) == 0
    assert (tmp_path / "t" / "claims.jsonl").is_file()
    assert orjson.loads((tmp_path / "t" / "claims.json").read_bytes())
    assert (tmp_path / "t" / "claims.parquet").is_file()
    assert main(["map", str(tmp_path / "t"), "-o", str(tmp_path / "data.nq")]) == 0
    assert (tmp_path / "data.nq").stat().st_size > 10_000
    assert main(["validate", str(built.root)]) == 0
    release = ["release", str(built.root), "-o", str(tmp_path / "r"), "--date", "2026-01-31"]
    assert main(release) == 0
    assert (tmp_path / "r" / "SHA256SUMS").read_bytes() == (built.release / "SHA256SUMS").read_bytes()
    assert main(["site", str(built.root), "-o", str(tmp_path / "s")]) == 0
    assert (tmp_path / "s" / "index.html").is_file()
    assert capsys.readouterr().out.splitlines()[-1] == str(tmp_path / "r")


def test_query_prints_csv_and_says_nothing_else(built: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    query = "SELECT (COUNT(?c) AS ?n) WHERE { ?c a msn:Claim }"
    assert main(["query", query, str(built.root)]) == 0
    said = capsys.readouterr()
    rows = list(csv.reader(said.out.splitlines()))
    assert rows[0] == ["n"]
    assert int(rows[1][0]) > 100
    assert said.err == ""


@pytest.mark.parametrize(
    ("form", "start"), [("json", '{"head"'), ("xml", "<?xml"), ("tsv", "?c"), ("table", "┏")]
)
def test_query_prints_other_formats(
    built: Folder, form: str, start: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["query", "SELECT ?c { ?c a msn:Claim } LIMIT 1", str(built.root), "-f", form]) == 0
    assert capsys.readouterr().out.startswith(start)


def test_query_prints_a_graph_as_turtle(built: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    text = "CONSTRUCT { ?c a msn:Claim } WHERE { ?c a msn:Claim }"
    assert main(["query", text, str(built.root), "-f", "turtle"]) == 0
    assert "msn:Claim" in capsys.readouterr().out


WRONG = {
    "a missing folder": ("read nowhere", 1, "nowhere"),
    "a broken query": ("query 'SELECT {' BUILT", 1, "query"),
    "an unknown format": ("query 'ASK {}' BUILT -f pdf", 2, "pdf"),
    "a folder that is no build": ("validate docs", 2, "is not a build"),
    "no documents given": ("build -o build/none", 2, "--examples"),
    "no project": ("check --project /", 2, "site.yaml"),
    "a missing table": ("map docs -o build/none.nq", 2, "documents.jsonl"),
    "a wrong date": ("release BUILT --date tomorrow", 2, "not a day"),
    "an unknown option": ("check --nonsense", 2, "nonsense"),
}


@pytest.mark.parametrize(("command", "code", "words"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_in_one_line(
    built: Folder, command: str, code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [str(built.root) if word == "BUILT" else word for word in shlex.split(command)]
    assert main(arguments) == code
    said = capsys.readouterr()
    assert words in said.err
    assert "Traceback" not in said.err
    assert said.out == ""


def test_a_bad_document_is_listed_and_the_others_are_built(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "empty.txt").write_bytes(b" \n")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (folder / "good.txt").write_bytes(next(iter(SAMPLE.glob("*.txt"))).read_bytes())
    assert main(["build", str(folder), "-o", str(tmp_path / "out"), "--date", "2026-01-31"]) == 1
    said = " ".join(capsys.readouterr().err.split())
    assert "empty.txt" in said
    assert "binary.txt" in said
    refused = [orjson.loads(line) for line in (tmp_path / "out" / "refusals.jsonl").read_bytes().splitlines()]
    assert [row["file"] for row in refused] == ["binary.txt", "empty.txt"]
    assert all(row["reason"] for row in refused)
    assert orjson.loads((tmp_path / "out" / "build.json").read_bytes())["counts"]["documents"] == 1


def test_a_port_in_use_is_named_with_the_remedy(built: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["serve", str(built.root), "--port", str(port)]) == 2
    assert re.search(rf"{port}.*--port", capsys.readouterr().err)


def test_check_reads_every_declarative_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    said = capsys.readouterr().err
    assert all(word in said for word in ("sources", "authority", "mappings", "patterns", "shapes", "pages"))


def test_version_is_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("musnad ")
