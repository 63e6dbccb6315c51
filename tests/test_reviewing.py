"""What people should look at comes to them, and what they decide goes to rdf/curation."""

import re
import shutil
from pathlib import Path
from urllib.parse import urlencode

import pytest

from musnad.cli import main
from musnad.curation import read_decisions
from musnad.errors import DataError
from musnad.linking import Row, read_review, write_review
from musnad.project import Project
from musnad.reviewing import CLAIM, MATCH, Doubt, decide, find_doubts, find_matches
from musnad.reviewing.desk import open_desk
from musnad.reviewing.web import Desk
from sample_entities import ANKARA, AUTHORITY, MINT
from serving import Client

ROOT = Path(__file__).parents[1]
TABLES = ROOT / "tests" / "data" / "tables"
ENTITIES = {each.iri: each for each in AUTHORITY}
SAID = ("example editor", "2026-01-30", "the text says so")
DAY = "2026-01-30"


def doubts() -> list[Doubt]:
    return find_doubts(TABLES, ENTITIES, ())


def test_what_conflicts_comes_first_and_what_the_reading_doubts_next() -> None:
    reasons = [each.reason for each in doubts()]
    assert reasons == sorted(reasons, key=["conflict", "doubtful", "counts", "namesake"].index)
    assert {"conflict", "doubtful"} <= set(reasons)


def test_what_was_decided_does_not_come_again(tmp_path: Path) -> None:
    first = doubts()[0]
    decide(tmp_path, first, "reject", SAID, MINT.base)
    left = find_doubts(TABLES, ENTITIES, read_decisions(tmp_path, MINT.base))
    assert first.target not in {each.target for each in left}
    assert len(left) == len(doubts()) - 1


def test_a_decision_says_where_the_claim_stands_and_what_it_says(tmp_path: Path) -> None:
    first = doubts()[0]
    decide(tmp_path, first, "accept", SAID, MINT.base)
    (found,) = read_decisions(tmp_path, MINT.base)
    assert (found.verb, found.target, found.who, found.when, found.why) == ("accept", first.target, *SAID)
    assert found.finding is not None
    assert found.finding.relation == first.relation
    assert f"{found.finding.capture}#char={found.finding.start},{found.finding.end}" == first.at


def test_a_contradiction_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    first = doubts()[0]
    decide(tmp_path, first, "accept", SAID, MINT.base)
    before = (tmp_path / "review.yaml").read_text(encoding="utf-8")
    with pytest.raises(DataError, match="contradicts"):
        decide(tmp_path, first, "reject", SAID, MINT.base)
    assert (tmp_path / "review.yaml").read_text(encoding="utf-8") == before


def test_a_proposed_link_is_decided_in_its_review_file(tmp_path: Path) -> None:
    review = tmp_path / "review.tsv"
    write_review(review, [Row(ANKARA.iri, ANKARA.label_ar, "Place", "example", "7", "https://example.org/7")])
    (doubt,) = find_matches(review)
    project = own(tmp_path)
    desk = open_desk(project, TABLES, review, DAY)
    assert [each for each in desk.doubts if each.kind == MATCH] == [doubt]
    desk.decide(doubt, "accept", "example editor", "the same town")
    (row,) = read_review(review)
    assert (row.decision, row.match, row.who, row.when) == ("accept", "exact", "example editor", DAY)


def own(folder: Path) -> Project:
    for name in ("publish", "rdf"):
        shutil.copytree(ROOT / name, folder / "own" / name)
    return Project(folder / "own")


# ---- the page


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = open_desk(own(tmp_path), TABLES, None, DAY)
    desk.who = "example editor"
    return desk


def ask(
    desk: Desk, method: str, path: str, form: dict[str, str] | None = None, **headers: str
) -> tuple[int, str]:
    given = {"host": "127.0.0.1:8765", "content-type": "application/x-www-form-urlencoded"}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    answer = Client(desk.app()).ask(method, path, given, urlencode(form or {}).encode("ascii"))
    return answer.status_code, answer.text


def form_of(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_page_has_one_doubt_labels_and_keys_in_both_languages(desk: Desk, language: str) -> None:
    status, page = ask(desk, "GET", f"/?lang={language}")
    assert status == 200
    assert f'<html lang="{language}"' in page
    assert page.count("<article") == 1
    assert page.count("<label for=") == 2
    assert set(re.findall(r'accesskey="(\w)"', page)) == {"a", "r", "s"}


def test_a_decision_on_the_page_is_written_and_the_next_doubt_comes(desk: Desk) -> None:
    first = desk.doubts[0]
    assert first.kind == CLAIM
    _, page = ask(desk, "GET", "/?lang=en")
    given = form_of(page) | {"verb": "reject", "who": "example editor", "why": "it is a denial"}
    status, _ = ask(desk, "POST", "/decide", given, origin="http://127.0.0.1:8765")
    assert status == 303
    (found,) = read_decisions(desk.project.curation, MINT.base)
    assert (found.verb, found.target, found.why) == ("reject", first.target, "it is a denial")
    assert first not in desk.doubts


def test_a_decision_without_a_reason_is_refused_on_the_page(desk: Desk) -> None:
    _, page = ask(desk, "GET", "/?lang=en")
    given = form_of(page) | {"verb": "reject", "who": "example editor", "why": " "}
    status, shown = ask(desk, "POST", "/decide", given)
    assert status == 422
    assert 'role="alert"' in shown
    assert read_decisions(desk.project.curation, MINT.base) == ()


FOREIGN = {
    "another origin": {"origin": "https://evil.example"},
    "another name for this machine": {"host": "evil.example:8765"},
    "another site": {"sec_fetch_site": "cross-site"},
}


@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN)
def test_nobody_else_decides(desk: Desk, headers: dict[str, str]) -> None:
    _, page = ask(desk, "GET", "/")
    given = form_of(page) | {"verb": "reject", "who": "x", "why": "y"}
    assert ask(desk, "POST", "/decide", given, **headers)[0] == 403
    assert ask(desk, "POST", "/decide", given | {"token": "guessed"})[0] == 403
    assert read_decisions(desk.project.curation, MINT.base) == ()


def test_what_is_put_off_comes_last(desk: Desk) -> None:
    first = desk.doubts[0]
    _, page = ask(desk, "GET", "/")
    assert ask(desk, "POST", "/decide", form_of(page) | {"verb": "skip"})[0] == 303
    assert desk.doubts[-1] == first


def test_the_terminal_asks_key_by_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    project = own(tmp_path)
    build = tmp_path / "build"
    shutil.copytree(TABLES, build / "tables")
    (build / "build.json").write_text('{"date": "2026-01-30"}')
    monkeypatch.setattr("sys.stdin", io.StringIO("x\na\nwell read\nq\n"))
    where = ["--project", str(project.root), "--who", "example editor"]
    assert main(["review", str(build), *where]) == 0
    (found,) = read_decisions(project.curation, MINT.base)
    assert (found.verb, found.why) == ("accept", "well read")
