"""Lists that are asked once for all things, or one by one where few things are asked for."""

from pathlib import Path
from unittest.mock import patch

import pytest

from musnad.site.kept import Kept
from musnad.site.queries import Answers, Query, read_query
from musnad.store import Store

DATA = "".join(f"<http://e/{a}> <http://e/p> <http://e/{b}> <http://e/g> .\n" for a, b in ("ax", "ay", "bx"))
PLAIN = "SELECT ?this ?o WHERE { ?this <http://e/p> ?o } ORDER BY ?o"
COUNTING = """SELECT ?this ?o ?n WHERE { ?this <http://e/p> ?o .
  { SELECT ?o (COUNT(*) AS ?n) WHERE { ?s <http://e/p> ?o } GROUP BY ?o } } ORDER BY ?n ?o"""


def rows_of(kept: Kept, query: Query, thing: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in kept.rows(query, f"http://e/{thing}")]


@pytest.mark.parametrize(("text", "times"), [(PLAIN, 2), (COUNTING, 1)])
def test_a_subquery_is_asked_once_even_where_few_things_are_asked_for(
    tmp_path: Path, text: str, times: int
) -> None:
    (tmp_path / "data.nq").write_text(DATA, encoding="utf-8")
    (tmp_path / "list.rq").write_text(text, encoding="utf-8")
    store = Store.open()
    store.load(tmp_path / "data.nq")
    query: Query = read_query(tmp_path / "list.rq", "list", store.base)
    every, some = (Kept({"list": query}, Answers(store)) for _ in range(2))
    some.sparing = True
    with patch.object(Store, "select", autospec=True, side_effect=Store.select) as asked:
        found = [rows_of(some, query, thing) for thing in "ab"]
    assert asked.call_count == times
    assert found == [rows_of(every, query, thing) for thing in "ab"]
    assert [len(rows) for rows in found] == [2, 1]
