"""The tables: keys, passages and conflicts."""

from pathlib import Path

import pytest

from make_sample import sample_rows
from musnad.errors import ProjectError
from musnad.model import Document, Zone
from musnad.tables.claims import conflict_rows, conflicting, disputed
from musnad.tables.columns import TABLES
from musnad.tables.csvw import csvw
from musnad.tables.files import read_json_lines, write_arrays, write_json_lines
from musnad.tables.parquet import write_parquet

ROWS = sample_rows()


def rows_of(table: str) -> list[dict[str, object]]:
    return [row for name, row in ROWS if name == table]


@pytest.mark.parametrize("table", TABLES)
def test_every_row_has_exactly_the_published_columns(table: str) -> None:
    assert rows_of(table), f"the sample has no {table}"
    for row in rows_of(table):
        assert set(row) == set(TABLES[table])


@pytest.mark.parametrize("table", [name for name in TABLES if "passage" in TABLES[name]])
def test_every_cited_passage_is_described_once(table: str) -> None:
    described = [row["passage"] for row in rows_of("passages")]
    assert len(described) == len(set(described))
    assert {row["passage"] for row in rows_of(table)} <= set(described)


def test_every_hop_belongs_to_a_claim_and_the_last_is_its_speaker() -> None:
    for claim in rows_of("claims"):
        hops = {row["hop"]: row["agent"] for row in rows_of("attributions") if row["claim"] == claim["claim"]}
        assert sorted(hops) == list(range(len(hops)))
        assert hops[max(hops)] == claim["speaker"]


LINES = "قبل العنوان\nقالت الهيئة  إن الطريق ستفتح غدا أمام الجميع\nتعليق"  # the second is a zone
BODY = Zone("body", LINES.index("قالت"), LINES.index("\nتعليق"))


@pytest.mark.parametrize(
    ("words", "room", "around"),
    [
        ("الطريق ستفتح", 60, ("قالت الهيئة إن ", " غدا أمام الجميع")),  # all that the zone has
        ("الطريق ستفتح", 9, ("الهيئة إن ", " غدا أمام")),  # exactly as many characters
        ("الطريق ستفتح", 8, ("إن ", " غدا أمام")),  # whole words only
        ("الطريق ستفتح", 1, ("", "")),
        ("لطريق ستفت", 9, ("إن ا", "ح غدا")),  # no blank where the text has none
        ("الطريق ستفتح", 0, ("", "")),
        ("قالت الهيئة  إن الطريق ستفتح غدا أمام الجميع", 60, ("", "")),  # the zone itself
        ("قبل العنوان", 60, ("", "")),  # in no zone
    ],
)
def test_the_words_around_a_passage_are_whole_and_of_its_zone(
    words: str, room: int, around: tuple[str, str]
) -> None:
    document = Document("a.txt", LINES, "generic", "", "", zones=(BODY,))
    start = LINES.index(words)
    assert document.around(start, start + len(words), room) == around


def test_only_evidence_has_words_around_it_and_all_are_no_longer_than_a_quotation() -> None:
    evidence = {row["passage"] for row in rows_of("claims")}
    for row in rows_of("passages"):
        words = [str(row[name] or "") for name in ("exact", "prefix", "suffix")]
        assert sum(map(len, words)) <= 300
        assert row["passage"] in evidence or words[1:] == ["", ""]
    assert any(row["prefix"] and row["suffix"] for row in rows_of("passages"))


def claim(**given: object) -> dict[str, object]:
    row: dict[str, object] = {
        "claim": "c1",
        "graph": "g",
        "relation": "metWith",
        "subject": "a",
        "object": "b",
        "polarity": "positive",
        "modality": "asserted",
        "edtf": None,
        "not_before": None,
        "not_after": None,
    }
    return row | given


def dated(first: str, last: str) -> dict[str, object]:
    return claim(relation="heldOn", object=None, edtf=first, not_before=first, not_after=last)


def conflicts(*rows: dict[str, object]) -> set[tuple[object, object]]:
    return {(row["claim"], row["other"]) for _, row in conflict_rows(rows)}


def test_the_same_thing_affirmed_and_denied_is_a_conflict_both_ways() -> None:
    assert conflicts(claim(), claim(claim="c2", polarity="negative")) == {("c1", "c2"), ("c2", "c1")}


def test_only_claims_that_two_sides_are_taken_on_are_compared() -> None:
    rows = [claim(), claim(claim="c2", polarity="negative"), claim(claim="c3", object="elsewhere")]
    kept = [*conflicting(rows, disputed(rows))]
    assert [row["claim"] for row in kept] == ["c1", "c2"]
    assert conflicts(*kept) == conflicts(*rows)


def test_what_a_document_alone_names_is_compared_within_it() -> None:
    seen = [claim(subject="https://example.org/id/x-a", claim=name) for name in ("c1", "c2")]
    seen[1]["polarity"] = "negative"
    assert len([*conflicting(seen, disputed(seen))]) == 2


def test_what_is_only_planned_conflicts_with_nothing() -> None:
    assert conflicts(claim(modality="planned"), claim(claim="c2", polarity="negative")) == set()


def test_two_days_that_exclude_each_other_are_a_conflict() -> None:
    one = claim(
        relation="heldOn", object=None, edtf="2016-03-07", not_before="2016-03-07", not_after="2016-03-07"
    )
    month = one | {"claim": "c2", "edtf": "2016-03", "not_before": "2016-03-01", "not_after": "2016-03-31"}
    other = one | {"claim": "c3", "edtf": "2016-04-01", "not_before": "2016-04-01", "not_after": "2016-04-01"}
    assert conflicts(one, month) == set()
    assert conflicts(one, other) == {("c1", "c3"), ("c3", "c1")}


def test_two_dates_of_one_resignation_are_a_conflict() -> None:
    one = claim(relation="resignedFrom", edtf="2024-12-17", not_before="2024-12-17", not_after="2024-12-17")
    days = {"edtf": "2024-12-18/2024-12-19", "not_before": "2024-12-18", "not_after": "2024-12-19"}
    assert conflicts(one, one | days | {"claim": "c2"}) == {("c1", "c2"), ("c2", "c1")}
    assert conflicts(one, one | days | {"claim": "c2", "object": "another body"}) == set()


def test_an_unknown_bound_excludes_nothing() -> None:
    one = claim(
        relation="heldOn", object=None, edtf="2016-03-07", not_before="2016-03-07", not_after="2016-03-07"
    )
    some = one | {"claim": "c2", "edtf": "XXXX-01-20", "not_before": None, "not_after": None}
    assert conflicts(one, some) == set()


def test_files_give_back_what_was_written(tmp_path: Path) -> None:
    counts = write_json_lines(iter(ROWS), tmp_path)
    assert sum(counts.values()) == len(ROWS)
    for table in TABLES:
        assert list(read_json_lines(tmp_path / f"{table}.jsonl")) == rows_of(table)


def test_arrays_hold_the_same_rows(tmp_path: Path) -> None:
    import json

    write_json_lines(iter(ROWS), tmp_path)
    write_arrays(tmp_path / "claims.jsonl", tmp_path / "claims.json")
    assert json.loads((tmp_path / "claims.json").read_text(encoding="utf-8")) == rows_of("claims")


def test_parquet_holds_the_same_rows(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow.parquet")
    write_json_lines(iter(ROWS), tmp_path)
    write_parquet("claims", read_json_lines(tmp_path / "claims.jsonl"), tmp_path / "claims.parquet")
    rows = arrow.read_table(tmp_path / "claims.parquet").to_pylist()
    days = {"not_before", "not_after", "object_day"}  # which Parquet holds as days
    assert [{k: str(v) if k in days and v else v for k, v in row.items()} for row in rows] == rows_of(
        "claims"
    )


def test_parquet_without_its_library_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ProjectError, match=r"musnad\[parquet\]"):
        write_parquet("claims", read_json_lines(tmp_path / "claims.jsonl"), tmp_path / "claims.parquet")


def test_the_schema_describes_every_column() -> None:
    described = {t["url"]: [c["name"] for c in t["tableSchema"]["columns"]] for t in csvw("jsonl")["tables"]}
    assert described == {f"{name}.jsonl": list(columns) for name, columns in TABLES.items()}
