"""The held-out pages are sound, and the engine reads no worse than when its figures were pinned."""

import hashlib
import importlib.util
import json
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from musnad.build import Stages
from musnad.explaining import Scores
from musnad.model import MENTION_TYPES
from musnad.model.claims import MODALITIES
from musnad.model.documents import ZONES
from musnad.project import Project

ROOT = Path(__file__).parents[1]
HELD_OUT = ROOT / "tests" / "heldout"
REAL = ROOT.parent / "shared"
READINGS = sorted(HELD_OUT.glob("*/gold/*.json"))
# Measured with docs/quality.md, less 0.02; `false assertions` is a ceiling, measured plus 0.02.
FLOORS = {
    "dev": {
        "mention F": 0.939,
        "claim P": 0.877,
        "claim R": 0.686,
        "claim F": 0.77,
        "false assertions": 0.033,
        "titles": 12,
        "dates": 11,
    },
    "test": {
        "mention F": 0.844,
        "claim P": 0.592,
        "claim R": 0.305,
        "claim F": 0.404,
        "false assertions": 0.031,
        "titles": 12,
        "dates": 11,
    },
    "real": {
        "mention F": 0.944,
        "claim P": 0.831,
        "claim R": 0.647,
        "claim F": 0.728,
        "false assertions": 0.057,
        "titles": 3,
        "dates": 0,
    },
}


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_quality", ROOT / "bench" / "quality.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


QUALITY = load()


@cache
def stages() -> Stages:
    return Stages.of(Project(ROOT))


@cache
def measured(name: str) -> dict[str, float]:
    sets = QUALITY.sets()
    if name not in sets:
        pytest.skip(f"{name}: the documents and their reading are not beside the repository")
    scores: Scores = QUALITY.measured(*sets[name], stages())
    claims = scores.claims["ALL"]
    return {
        "mention F": scores.overlap["ALL"].f1,
        "claim P": claims.precision,
        "claim R": claims.recall,
        "claim F": claims.f1,
        "false assertions": len(scores.wrong) / claims.rows,
        "titles": scores.titles.pairs,
        "dates": scores.dates.pairs,
    }


@cache
def reading(path: Path) -> tuple[dict[str, Any], str]:
    gold = json.loads(path.read_text(encoding="utf-8"))
    return gold, (path.parents[1] / "pages" / gold["file"]).read_bytes().decode("utf-8")


def test_no_page_was_lost() -> None:
    assert {split: len([p for p in READINGS if p.parts[-3] == split]) for split in ("dev", "test")} == {
        "dev": 12,
        "test": 14,
    }
    pages = {(path.parts[-3], path.stem) for path in HELD_OUT.glob("*/pages/*.txt")}
    assert pages == {(path.parts[-3], path.stem) for path in READINGS}


@pytest.mark.parametrize("path", READINGS, ids=lambda path: path.stem)
def test_a_reading_belongs_to_its_page(path: Path) -> None:
    gold, text = reading(path)
    assert gold["sha256"] == hashlib.sha256(text.encode()).hexdigest()
    assert gold["metadata"]["title"] is None or gold["metadata"]["title"] in text
    assert 100 <= len(text.split()) <= 350
    assert 12 <= len(gold["claims"]) <= 32


@pytest.mark.parametrize("path", READINGS, ids=lambda path: path.stem)
def test_every_span_is_a_passage(path: Path) -> None:
    gold, text = reading(path)
    for row in [*gold["mentions"], *gold["claims"], *gold["zones"]]:
        words = text[row["start"] : row["end"]]
        assert words, row
        assert words == words.strip(), row
        assert len(words) == row["end"] - row["start"], row
    for row in [*gold["mentions"], *gold["claims"]]:
        around = [each for each in gold["zones"] if each["start"] <= row["start"] < each["end"]]
        assert [each["type"] for each in around] == [row["zone"]], row


@pytest.mark.parametrize("path", READINGS, ids=lambda path: path.stem)
def test_every_claim_is_legal(path: Path) -> None:
    gold, _ = reading(path)
    known = relations()
    assert {each["type"] for each in gold["zones"]} <= ZONES
    assert {each["type"] for each in gold["mentions"]} <= MENTION_TYPES
    for claim in gold["claims"]:
        assert claim["relation"] in known, claim
        assert claim["polarity"] in {"positive", "negative"}, claim
        assert claim["modality"] in MODALITIES, claim
        assert all(claim[key] for key in ("subject", "object", "speaker")), claim


@cache
def relations() -> frozenset[str]:
    words = (ROOT / "ontology" / "musnad.ttl").read_text(encoding="utf-8").split()
    return frozenset(word.removeprefix("relation:") for word in words if word.startswith("relation:"))


def test_every_relation_is_read_twice() -> None:
    counts = dict.fromkeys(relations() - {""}, 0)
    for path in READINGS:
        for claim in reading(path)[0]["claims"]:
            counts[claim["relation"]] += 1
    assert len(counts) == 36
    assert {name: n for name, n in counts.items() if n < 2} == {}


def test_many_claims_are_no_plain_assertions() -> None:
    claims = [claim for path in READINGS for claim in reading(path)[0]["claims"]]
    plain = [each for each in claims if each["polarity"] == "positive" and each["modality"] == "asserted"]
    assert len(claims) - len(plain) >= 40


@pytest.mark.parametrize("name", FLOORS)
def test_the_engine_reads_no_worse_than_it_did(name: str) -> None:
    figures = measured(name)
    worse = {
        key: (round(figures[key], 3), pinned)
        for key, pinned in FLOORS[name].items()
        if (figures[key] > pinned if key == "false assertions" else figures[key] < pinned)
    }
    assert worse == {}


def test_the_misses_of_the_test_pages_stay_closed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folders = [str(each) for each in QUALITY.sets()["test"]]
    monkeypatch.setattr(sys, "argv", ["quality.py", "--misses", *folders])
    assert QUALITY.main() == 0
    shown = capsys.readouterr()
    assert "false assertions" in shown.out
    assert " missed " not in shown.out
    assert " extra " not in shown.out
