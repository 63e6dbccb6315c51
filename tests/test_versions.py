"""Releases stay, are told apart, and a person who is taken down leaves every one of them."""

import os
import re
import shutil
from pathlib import Path

import orjson
import pyoxigraph as px
import pytest

from musnad.build import Folder, Stages, build
from musnad.build.serving import current_app
from musnad.build.taking_down import find_person, list_person, take_down, traces
from musnad.cli import main
from musnad.config import read_site
from musnad.errors import DataError
from musnad.project import Project
from musnad.versions.changes import Changes, compare, find_release
from musnad.versions.history import Past, continued, read_history
from musnad.versions.writing import to_atom, to_patch, to_stream
from serving import Client

ROOT = Path(__file__).parents[1]
BASE = "https://w3id.org/musnad/"
ONE, TWO, THREE = "2026-01-31", "2026-02-01", "2026-02-01.1"
SAID = "who: example editor, when: 2026-01-30, why: a test"


class Made:
    """A project of one's own and a build of it with three releases."""

    def __init__(self, folder: Path) -> None:
        for name in ("ontology", "mappings", "rdf", "shapes", "publish"):
            shutil.copytree(ROOT / name, folder / "own" / name)
        self.project = Project(folder / "own")
        settings = self.project.site_file
        text = settings.read_text(encoding="utf-8")
        more = "release_formats: [turtle, csv, parquet, gzip, zstd]"
        settings.write_text(re.sub(r"release_formats: .*", more, text), encoding="utf-8")
        self.stages = Stages.of(self.project)
        self.out = folder / "out"
        names = ("coalition-lost-its-task", "coalition-statement", "qalamoun-meeting", "ankara-talks")
        found = {path.stem: path for path in self.project.examples()}
        self.files = [(found[name], found[name].name) for name in names]

    @property
    def folder(self) -> Folder:
        return Folder.at(self.out)

    def build(self, day: str, files: int = 4) -> None:
        build(self.stages, self.files[:files], self.out, day, keep=True)

    def decide(self, *decisions: str) -> None:
        lines = "".join(f"  - {{{each}, {SAID}}}\n" for each in decisions)
        self.project.curation.mkdir(exist_ok=True)
        (self.project.curation / "one.yaml").write_text(f"decisions:\n{lines}", encoding="utf-8")

    def claims(self) -> list[dict[str, str]]:
        lines = (self.folder.tables / "claims.jsonl").read_bytes().splitlines()
        return [orjson.loads(line) for line in lines]

    def client(self) -> Client:
        return Client(current_app(self.project, read_site(self.project.site_file), self.out))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    made = Made(tmp_path_factory.mktemp("versions"))
    made.build(ONE, 3)
    claims = [row["claim"].removeprefix(BASE) for row in made.claims()]
    made.rejected, made.corrected = claims[0], claims[5]  # type: ignore[attr-defined]
    made.build(TWO)
    made.decide(
        f"reject: {claims[0]}",
        f"correct: {claims[5]}, set: {{modality: opinion}}",
        f"accept: {claims[9]}",
        "merge: id/hadi-al-bahra, into: id/george-sabra",
    )
    made.build(TWO)
    return made


def changes(made: Made, old: str, new: str) -> Changes:
    return compare(find_release(made.folder, old), find_release(made.folder, new), BASE)


def test_every_release_is_kept_and_a_day_with_two_gives_the_second_a_number(made: Made) -> None:
    assert [each.root.name for each in made.folder.kept()] == [ONE, TWO]
    assert orjson.loads(made.folder.mark.read_bytes())["release"] == THREE
    client = made.client()
    for name in (ONE, TWO, THREE):
        assert client.get(f"/release/{name}/musnad.nq").status_code == 200


def test_what_a_new_document_brings_is_added_with_that_reason(made: Made) -> None:
    found = changes(made, ONE, TWO)
    assert {change.reason for change in found.claims if change.kind == "added"} == {"document"}
    assert found.counts["removed"] == 0


def test_what_people_decided_is_told_as_that(made: Made) -> None:
    found = {change.claim.removeprefix(BASE): change for change in changes(made, TWO, THREE).claims}
    assert (found[made.rejected].kind, found[made.rejected].reason) == ("removed", "withdrawn")  # type: ignore[attr-defined]
    assert found[made.rejected].label_ar == ""  # type: ignore[attr-defined]
    assert found[made.corrected].reason == "curation"  # type: ignore[attr-defined]
    assert {change.reason for change in found.values()} == {"withdrawn", "curation"}


def test_the_patch_makes_the_newer_release_of_the_older_one(made: Made) -> None:
    lines = list(to_patch(changes(made, ONE, THREE), made.stages.config.minter))
    assert lines[0].startswith("H id <uuid:")
    assert lines[2] == "TX .\n"
    assert lines[-1] == "TC .\n"
    old = set((made.folder.releases / ONE / "release" / "musnad.nq").read_text(encoding="utf-8").splitlines())
    for line in lines[3:-1]:
        (old.remove if line[0] == "D" else old.add)(line[2:-1])
    assert old == set((made.folder.release / "musnad.nq").read_text(encoding="utf-8").splitlines())


def test_the_feed_and_the_stream_are_well_formed(made: Made) -> None:
    from xml.etree import ElementTree

    history = [changes(made, ONE, TWO), changes(made, TWO, THREE)]
    for language in ("ar", "en"):
        feed = ElementTree.fromstring(to_atom(history, made.stages.config, language))  # our own
        entries = feed.findall("{http://www.w3.org/2005/Atom}entry")
        assert [each.findtext("{http://www.w3.org/2005/Atom}title") for each in entries] == [THREE, TWO]
    triples = list(px.parse(to_stream(history, made.stages.config.minter), format=px.RdfFormat.TURTLE))
    members = [t for t in triples if t.predicate.value == "https://w3id.org/tree#member"]
    assert len(members) == sum(len(each.claims) for each in history)


def test_the_pages_of_releases_and_of_a_claim_tell_the_history(made: Made) -> None:
    client = made.client()
    assert THREE in client.get("/changes/index.en.html").text
    assert "ما تغيّر" in client.get(f"/changes/{THREE}.ar.html").text  # what changed
    assert (made.folder.site / "changes" / f"{THREE}.en.html").is_file()
    first = next(row["claim"] for row in made.claims() if row["claim"].endswith(("0", "1", "2")))
    page = client.get(f"/{first.removeprefix(BASE)}.en.html").text
    assert "first read on" in page


def test_a_claim_that_went_and_came_back_is_told_so(tmp_path: Path) -> None:
    nquads = tmp_path / "a.nq"
    nquads.write_text(f"<{BASE}claim/0> <{BASE}p> <{BASE}o> <{BASE}g> .\n")
    begun = continued({}, nquads, BASE, ONE)
    assert [(past.first, past.since, past.left) for past in begun] == [(ONE, ONE, "")]
    empty = tmp_path / "b.nq"
    empty.write_text("")
    gone = continued({past.claim: past for past in begun}, empty, BASE, TWO)
    assert gone[0].left == TWO
    back = continued({past.claim: past for past in gone}, nquads, BASE, THREE)
    assert back == [Past("0", ONE, THREE, begun[0].says)]


def test_a_history_of_a_later_engine_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "history.jsonl").write_text('{"claim": "0", "until": "2027-01-01"}\n')
    with pytest.raises(DataError, match=r"history\.jsonl:1: .*of this engine"):
        read_history(tmp_path / "history.jsonl")


# ---- addresses


def test_merged_corrected_and_rejected_addresses_answer_alike_from_a_build_and_a_written_site(
    made: Made,
) -> None:
    written = Client(current_app(made.project, read_site(made.project.site_file), made.folder.site))
    for client in (made.client(), written):
        moved = client.get("/id/hadi-al-bahra")
        assert (moved.status_code, moved.headers["location"]) == (301, "/id/george-sabra")
        assert client.get(f"/{made.corrected}.ttl").status_code == 301  # type: ignore[attr-defined]
        gone = client.get(f"/{made.rejected}", "text/plain")  # type: ignore[attr-defined]
        assert gone.status_code == 410
        assert made.rejected not in gone.text  # type: ignore[attr-defined]


def test_other_servers_get_the_same_rules(made: Made, tmp_path: Path) -> None:
    where = ["--project", str(made.project.root), "--host-name", "data.example.org"]
    assert main(["deploy", str(made.out), "-o", str(tmp_path), *where]) == 0
    for name in ("nginx.conf", "Caddyfile", "apache.htaccess"):
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert "id/hadi-al-bahra" in text
        assert made.rejected in text  # type: ignore[attr-defined]


# ---- mementos: RFC 7089


def test_a_thing_leads_to_what_it_was_at_a_time(made: Made) -> None:
    client = made.client()
    asked = client.get("/id/george-sabra", accept_datetime="Sat, 31 Jan 2026 12:00:00 GMT")
    assert asked.status_code == 302
    assert asked.headers["location"] == "/memento/20260131000000/id/george-sabra"
    assert "accept-datetime" in asked.headers["vary"].lower()
    shown = client.get("/memento/20260131000000/id/hadi-al-bahra.ttl")
    assert shown.status_code == 200
    assert shown.headers["memento-datetime"] == "Sat, 31 Jan 2026 00:00:00 GMT"
    assert 'rel="original timegate"' in shown.headers["link"]


def test_the_latest_release_before_a_time_is_chosen_and_the_first_before_all(made: Made) -> None:
    client = made.client()
    for asked, digits in (
        ("Sun, 01 Feb 2026 00:00:00 GMT", "20260201000000"),
        ("Mon, 02 Mar 2026 00:00:00 GMT", "20260201000001"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", "20260131000000"),
    ):
        answer = client.get("/id/george-sabra", accept_datetime=asked)
        assert digits in answer.headers["location"]
    assert client.get("/id/george-sabra", accept_datetime="yesterday").status_code == 400


def test_a_time_map_lists_the_releases_that_have_the_thing(made: Made) -> None:
    answer = made.client().get("/timemap/id/hadi-al-bahra")
    assert answer.headers["content-type"] == "application/link-format"
    assert answer.text.count("memento/") == 2  # the third has it merged
    assert 'rel="first memento"' in answer.text


def test_an_answer_without_a_time_is_not_taken_for_one_with(made: Made) -> None:
    client = made.client()
    plain = client.get("/id/george-sabra")
    assert plain.status_code == 303
    assert "timemap" in plain.headers["link"]
    again = client.get("/id/george-sabra", accept_datetime="Sat, 31 Jan 2026 12:00:00 GMT")
    assert again.status_code == 302


# ---- what is wrong


def test_a_release_edited_by_hand_is_refused_and_its_file_named(made: Made, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(made.out, copy)
    place = copy / "releases" / ONE / "release" / "musnad.nq"
    text = place.read_bytes()
    place.unlink()
    place.write_bytes(text + b"\n")
    with pytest.raises(DataError, match=r"musnad\.nq: changed"):
        compare(find_release(Folder(copy), ONE), find_release(Folder(copy), TWO), BASE)


def test_a_release_that_there_is_not_is_named_with_those_that_there_are(made: Made) -> None:
    with pytest.raises(DataError, match=f"is no release of this build.*{ONE}, {TWO}, {THREE}"):
        find_release(made.folder, "2020-01-01")


def test_the_verb_diff_prints_a_patch(made: Made, capfd: pytest.CaptureFixture[str]) -> None:
    where = ["--project", str(made.project.root)]
    assert main(["diff", TWO, THREE, str(made.out), "--format", "patch", *where]) == 0
    assert capfd.readouterr().out.startswith("H id <uuid:")
    assert main(["diff", TWO, THREE, str(made.out), *where]) == 0
    assert "withdrawn" in capfd.readouterr().out


# ---- takedown: the last test, since it changes the build


def test_a_takedown_leaves_no_byte_of_the_name_anywhere(made: Made) -> None:
    given = "أحمد كامل"  # a spokesman in the samples
    person = find_person(made.stages, given, [made.folder])
    assert traces([made.folder.quads], person.names) != []
    slug = next(iri for iri in person.iris if "/x-" not in iri).removeprefix(BASE)
    assert made.client().get(f"/{slug}").status_code == 303
    cache = made.out.with_name(f".{made.out.name}.cache")
    private = list_person(made.stages, person, ("example editor", "2026-03-01", "asked for it"))
    assert take_down(made.stages, made.out, private) > 0
    assert not cache.exists()
    assert traces([made.out, made.project.curation], [slug.removeprefix("id/"), *person.names]) == []
    _answers_410_everywhere(made, slug)
    _comes_back_in_no_later_build(made, list(person.names))


def _answers_410_everywhere(made: Made, slug: str) -> None:
    written = Client(current_app(made.project, read_site(made.project.site_file), made.folder.site))
    for client in (made.client(), written):
        for path in (f"/{slug}", f"/{slug}.html", f"/{slug}.ttl"):
            answer = client.get(path, "text/plain")
            assert answer.status_code == 410
            assert slug not in answer.text
    assert made.client().get(f"/memento/20260131000000/{slug}.ttl").status_code != 200
    assert slug not in made.client().get("/changes/stream.ttl").text
    for each in made.folder.kept():
        assert os.listdir(each.release)


def _comes_back_in_no_later_build(made: Made, names: list[str]) -> None:
    made.build("2026-04-01")
    assert traces([made.folder.tables, made.folder.quads], names) == []
    assert [each.root.name for each in made.folder.kept()] == [ONE, TWO, THREE]
