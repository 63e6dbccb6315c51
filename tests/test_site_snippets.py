"""The scripts that put a query to the service from elsewhere: each is run against a server."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from musnad.site.snippets import snippets
from serving import build_store, running

SELECT = 'SELECT ?claim { ?claim a msn:Claim } # it\'s "a" \\ comment\nORDER BY ?claim LIMIT 2'
QUERIES = {
    "table": SELECT,
    "boolean": "ASK { ?claim a msn:Claim }",
    "graph": "CONSTRUCT { ?claim a msn:Claim } WHERE { ?claim a msn:Claim } ORDER BY ?claim LIMIT 2",
}
WANTED = {"table": "/claim/", "boolean": "true", "graph": "Claim"}
HOSTILE = (
    *('"""', "'''", "' ; touch x ; '", "$(touch x)", "`touch x`", "\\", ')"', ')---"', 'r"('),
    *("\u202e", "%0A", "&lang=ar", "قال «نعم»"),  # said yes
)


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(build_store(tmp_path_factory.mktemp("snippets"))) as (address, _):
        yield f"{address}/sparql"


def run(command: list[str], script: str, folder: Path) -> str:
    done = subprocess.run(
        command, input=script, capture_output=True, text=True, timeout=60, check=False, cwd=folder
    )
    assert done.returncode == 0, done.stderr
    assert not (folder / "x").exists()
    return done.stdout


@pytest.mark.parametrize("kind", QUERIES)
def test_the_command_for_curl_runs(endpoint: str, kind: str, tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    found = run(["sh"], snippets(QUERIES[kind], endpoint, kind)["curl"], tmp_path)
    assert WANTED[kind] in found


@pytest.mark.parametrize("kind", QUERIES)
def test_the_script_in_python_runs(endpoint: str, kind: str, tmp_path: Path) -> None:
    found = run([sys.executable, "-"], snippets(QUERIES[kind], endpoint, kind)["python"], tmp_path)
    assert WANTED[kind].lower() in found.lower()


@pytest.mark.parametrize("kind", QUERIES)
def test_the_script_in_r_runs(endpoint: str, kind: str, tmp_path: Path) -> None:
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed")
    (tmp_path / "asks.R").write_text(snippets(QUERIES[kind], endpoint, kind)["r"], encoding="utf-8")
    found = run(["Rscript", "--vanilla", "asks.R"], "", tmp_path)
    assert WANTED[kind] in found


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_query_ends_the_text_that_holds_it(hostile: str, tmp_path: Path) -> None:
    query = f"SELECT * {{ ?s ?p ?o }} # {hostile}"
    written = snippets(query, "http://127.0.0.1:1/sparql", "table")
    tree = ast.parse(written["python"])
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert f"{query}\n" in texts
    printed = written["curl"].replace("curl ", "printf '%s\\n' ", 1)
    assert query in run(["sh", "-c", printed], "", tmp_path)
    if shutil.which("Rscript"):
        script = f"{written['r'].partition('asked <-')[0]}cat(query)"
        (tmp_path / "text.R").write_text(script, encoding="utf-8")
        found = run(["Rscript", "--vanilla", "--encoding=UTF-8", "text.R"], "", tmp_path)
        assert found == f"{query}\n" or not query.isascii()  # how R prints others depends on the locale
