"""Decisions change what is read, never by editing the output, and survive a new reading."""

from dataclasses import replace
from pathlib import Path

import pytest

from make_sample import first_reading, second_reading
from musnad.curation import (
    Addresses,
    Curation,
    Decision,
    Finding,
    Names,
    Private,
    address_hash,
    addresses,
    entry_of,
    open_private,
    read_addresses,
    read_decisions,
    read_outcome,
    read_private,
    words_of,
    write_addresses,
    write_outcome,
    write_private,
)
from musnad.curation.scanning import Scanner
from musnad.errors import DataError, MappingError, ProjectError
from musnad.model import Reading
from musnad.tables.claims import claim_iri
from musnad.tables.columns import TABLES
from sample_entities import ANKARA, BODY, MINT, PERSON, lookup

SAID = ("example editor", "2026-01-30", "the text says otherwise")
CLAIM = "https://w3id.org/musnad/claim/0123456789abcdef"
BASE = MINT.base


def iri_of(reading: Reading, number: int) -> str:
    claim, text = reading.claims[number], reading.document.text
    return claim_iri(claim, MINT.document(reading.document.key), MINT, text[claim.start : claim.end])


def decision(verb: str, target: str, **more: object) -> Decision:
    plain = Decision(verb, target, *SAID, "one.yaml:2")
    return replace(plain, **more)  # type: ignore[arg-type]


def curated(*decisions: Decision, private: Private | None = None) -> Curation:
    return Curation(decisions, private or Private(), lookup())


def rows_of(curation: Curation, reading: Reading, table: str) -> list[dict[str, object]]:
    return [row for name, row in curation.document(reading) if name == table]


# ---- the files


GOOD = """decisions:
  - reject: claim/0123456789abcdef
    who: example editor
    when: 2026-01-30
    why: the sentence quotes a denial
"""


def write(folder: Path, text: str, name: str = "one.yaml") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_decision_is_read_with_its_place(tmp_path: Path) -> None:
    (found,) = read_decisions(write(tmp_path, GOOD))
    assert (found.verb, found.target, found.who) == ("reject", CLAIM, "example editor")
    assert found.place.endswith("one.yaml:2")


def test_no_folder_is_no_decision(tmp_path: Path) -> None:
    assert read_decisions(tmp_path / "none") == ()


def test_a_base_of_ones_own_is_below_every_decision(tmp_path: Path) -> None:
    (found,) = read_decisions(write(tmp_path, GOOD), "https://example.org/data/")
    assert found.target == "https://example.org/data/claim/0123456789abcdef"


FAULTS = {
    "an unknown key": (GOOD + "    what: x\n", ":6", "unknown key 'what'"),
    "no signature": (GOOD.replace("    who: example editor\n", ""), ":2", "'who' is missing"),
    "no day": (GOOD.replace("2026-01-30", "yesterday"), ":4", "is not a day"),
    "no claim": (GOOD.replace("claim/0123456789abcdef", "id/somebody"), ":2", "no address of the right kind"),
    "two verbs": (GOOD + "    accept: claim/0123456789abcdef\n", ":2", "exactly one verb"),
    "half of a finding": (GOOD + "    relation: stated\n", ":2", "stand together"),
    "a merge into nothing": (
        "decisions:\n  - {merge: id/a, who: x, when: 2026-01-30, why: y}\n",
        ":2",
        "'into' is missing",
    ),
    "no list": ("decisions: yes\n", "one.yaml", "no list of decisions"),
}


@pytest.mark.parametrize(("text", "place", "problem"), FAULTS.values(), ids=FAULTS)
def test_a_malformed_decision_is_refused_with_its_line(
    tmp_path: Path, text: str, place: str, problem: str
) -> None:
    with pytest.raises(MappingError, match=problem) as caught:
        read_decisions(write(tmp_path, text))
    assert place in str(caught.value)


def test_contradictory_decisions_are_refused_and_both_are_named(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, GOOD.replace("reject", "accept"), "two.yaml")
    with pytest.raises(MappingError, match=r"two\.yaml:2: accept contradicts reject .*one\.yaml:2"):
        read_decisions(tmp_path)


def merge(old: str, new: str) -> str:
    return f"  - {{merge: id/{old}, into: id/{new}, who: x, when: 2026-01-30, why: y}}\n"


def test_merges_that_go_round_are_refused(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match=r"one\.yaml:2: the merges go round .*one\.yaml:3"):
        read_decisions(write(tmp_path, "decisions:\n" + merge("a", "b") + merge("b", "a")))


def test_a_merge_into_what_is_withdrawn_is_refused(tmp_path: Path) -> None:
    gone = "  - {withdraw: id/b, who: x, when: 2026-01-30, why: y}\n"
    with pytest.raises(MappingError, match=r"one\.yaml:2: merge leads to what is withdrawn .*one\.yaml:3"):
        read_decisions(write(tmp_path, "decisions:\n" + merge("a", "b") + gone))


def test_splits_of_one_entity_in_two_documents_agree(tmp_path: Path) -> None:
    split = "  - {split: id/a, in: [doc/%s], who: x, when: 2026-01-30, why: y}\n"
    text = "decisions:\n" + split % ("0" * 12) + split % ("1" * 12)
    assert len(read_decisions(write(tmp_path, text))) == 2


# ---- claims


def test_a_rejected_claim_leaves_with_all_that_hangs_on_it() -> None:
    reading = second_reading()
    target = iri_of(reading, 0)
    curation = curated(decision("reject", target))
    rows = list(curation.document(reading))
    assert target not in {value for _, row in rows for value in row.values()}
    assert curation.outcome.counts == {"reject": 1}
    assert addresses(curation).is_gone(target.removeprefix(BASE))


def test_an_accepted_claim_is_sure_and_names_the_decision() -> None:
    reading = second_reading()
    taken = decision("accept", iri_of(reading, 1))
    curation = curated(taken)
    (row,) = [row for row in rows_of(curation, reading, "claims") if row["claim"] == taken.target]
    assert (row["certainty"], row["decision"]) == ("sure", taken.iri(MINT))
    (told,) = [row for name, row in curation.rest([]) if name == "decisions"]
    assert (told["who"], told["when"], told["why"]) == SAID


def test_a_corrected_claim_has_an_iri_of_its_own_and_the_old_one_leads_to_it() -> None:
    reading = second_reading()
    taken = decision("correct", iri_of(reading, 0), changes={"modality": "planned", "polarity": "negative"})
    curation = curated(taken)
    (row,) = [row for row in rows_of(curation, reading, "claims") if row["revises"]]
    assert (row["modality"], row["polarity_concept"]) == ("planned", MINT.term("Negated"))
    assert row["revises"] == taken.target != row["claim"]
    moved = addresses(curation).moved
    assert moved == {taken.target.removeprefix(BASE): str(row["claim"]).removeprefix(BASE)}


def test_a_correction_of_the_subject_takes_its_name_from_the_authority() -> None:
    reading = second_reading()
    changes = {"subject": PERSON.iri.removeprefix(BASE), "object": "كلمات أخرى"}  # other words
    curation = curated(decision("correct", iri_of(reading, 0), changes=changes))
    (row,) = [row for row in rows_of(curation, reading, "claims") if row["revises"]]
    assert (row["subject"], row["subject_label"]) == (PERSON.iri, PERSON.label_ar)
    assert (row["object"], row["object_label"]) == (None, "كلمات أخرى")


IMPOSSIBLE = {
    "a modality that there is not": ({"modality": "perhaps"}, "is no modality"),
    "a relation that there is not": ({"relation": "likes"}, "is no relation"),
    "an entity that nobody knows": ({"subject": "id/nobody"}, "is no entity of the authority"),
}


@pytest.mark.parametrize(("changes", "problem"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_an_impossible_correction_is_refused_with_its_place(changes: dict[str, str], problem: str) -> None:
    with pytest.raises(MappingError, match=rf"one\.yaml:2: .*{problem}"):
        curated(decision("correct", CLAIM, changes=changes))


def test_a_decision_finds_its_claim_again_under_another_iri() -> None:
    reading = second_reading()
    claim = reading.claims[0]
    capture = MINT.capture(reading.document.text)
    ends = (claim.subject.entity, claim.object.entity)
    found = Finding(capture, claim.start + 1, claim.end + 4, claim.relation, ends)
    curation = curated(decision("reject", CLAIM, finding=found))
    assert iri_of(reading, 0) not in {row["claim"] for row in rows_of(curation, reading, "claims")}
    assert curation.outcome.counts["found again"] == 1
    assert curation.pending() == []


def test_a_decision_about_an_unknown_claim_waits_and_is_told_by_file_and_line(tmp_path: Path) -> None:
    curation = curated(decision("reject", CLAIM))
    list(curation.document(second_reading()))
    write_outcome(curation, tmp_path)
    assert read_outcome(tmp_path) == ({}, [("one.yaml:2", "reject")])


# ---- entities


def test_a_merge_moves_no_claim_and_leaves_a_redirect() -> None:
    reading = first_reading()
    before = {row["claim"] for row in rows_of(curated(), reading, "claims")}
    curation = curated(decision("merge", BODY.iri, into=PERSON.iri))
    rows = list(curation.document(reading))
    assert {row["claim"] for name, row in rows if name == "claims"} == before
    assert BODY.iri not in {value for _, row in rows for value in row.values()}
    old, new = (each.iri.removeprefix(BASE) for each in (BODY, PERSON))
    assert addresses(curation).moved == {old: new}


def test_a_merge_into_what_the_authority_lacks_is_refused() -> None:
    with pytest.raises(MappingError, match="is no entity of the authority"):
        curated(decision("merge", BODY.iri, into=f"{BASE}id/nobody"))


def test_a_split_gives_one_document_an_entity_of_its_own() -> None:
    reading = second_reading()
    document = MINT.document(reading.document.key)
    curation = curated(decision("split", ANKARA.iri, documents=(document,)))
    rows = list(curation.document(reading))
    named = {row["entity"] for name, row in rows if name == "mentions"}
    own = MINT.seen("PLACE", "انقره", document)  # Ankara, folded
    assert own in named
    assert ANKARA.iri not in named
    assert own in {row["entity"] for name, row in rows if name == "entities"}
    other = {row["entity"] for row in rows_of(curation, first_reading(), "mentions")}
    assert ANKARA.iri in other


def test_a_withdrawn_entity_takes_its_claims_and_mentions_along() -> None:
    curation = curated(decision("withdraw", PERSON.iri))
    rows = list(curation.document(first_reading()))
    assert PERSON.iri not in {value for _, row in rows for value in row.values()}
    assert addresses(curation).is_gone(PERSON.iri.removeprefix(BASE))


def test_a_withdrawn_document_leaves_nothing_but_addresses() -> None:
    reading = second_reading()
    document = MINT.document(reading.document.key)
    curation = curated(decision("withdraw", document))
    assert list(curation.document(reading)) == []
    told = addresses(curation)
    capture = MINT.capture(reading.document.text).removeprefix(BASE)
    for path in (document.removeprefix(BASE), capture, iri_of(reading, 0).removeprefix(BASE)):
        assert told.is_gone(path)
        assert path in told.opaque


def test_without_decisions_the_rows_are_as_they_were() -> None:
    from musnad.tables.documents import reading_rows

    assert list(curated().document(first_reading())) == list(reading_rows(first_reading(), lookup()))


# ---- what is gone


def test_the_list_of_what_is_gone_names_no_entity(tmp_path: Path) -> None:
    curation = curated(decision("withdraw", PERSON.iri))
    list(curation.document(first_reading()))
    write_addresses(tmp_path, addresses(curation))
    assert "fulan" not in (tmp_path / "withdrawn.json").read_text(encoding="utf-8")
    assert read_addresses(tmp_path).is_gone(PERSON.iri.removeprefix(BASE))


def test_the_order_of_documents_and_of_decisions_reaches_no_byte(tmp_path: Path) -> None:
    first, second = first_reading(), second_reading()
    taken = [
        decision("reject", iri_of(second, 0)),
        decision("accept", iri_of(second, 1)),
        decision("correct", iri_of(first, 0), changes={"modality": "opinion"}),
        decision("withdraw", ANKARA.iri),
    ]
    bytes_of = set()
    for number, (readings, decisions) in enumerate(
        [((first, second), taken), ((second, first), taken[::-1])]
    ):
        curation = curated(*decisions)
        rows = [row for reading in readings for row in curation.document(reading)] + [*curation.rest([])]
        folder = tmp_path / str(number)
        folder.mkdir()
        write_outcome(curation, folder)
        written = [(folder / name).read_bytes() for name in ("withdrawn.json", "curation.json")]
        bytes_of.add((*written, "\n".join(sorted(map(repr, rows)))))
    assert len(bytes_of) == 1


def test_a_redirect_to_a_person_who_is_taken_down_is_gone_too() -> None:
    told = Addresses(moved={"id/old-name": "id/name", "id/a": "id/b"}).without({"id/name"})
    assert told.moved == {"id/a": "id/b"}
    assert told.is_gone("id/old-name")


def test_what_a_later_engine_wrote_is_refused(tmp_path: Path) -> None:
    (tmp_path / "withdrawn.json").write_text('{"format": 2, "gone": [], "moved": {}, "opaque": []}')
    with pytest.raises(DataError, match="format 2, and this engine reads 1"):
        read_addresses(tmp_path)


# ---- private persons

NAME = "فلان بن علان"  # an invented name
KEY = bytes(range(32))


def private(*names: str) -> Private:
    return Private(KEY, (entry_of(KEY, list(names), "", SAID),))


@pytest.mark.parametrize(
    "text",
    [
        "قال فُلان بن عَلّان كلامًا",  # with marks
        "وفلان بن علان",  # written together with «and»
        "فلان_بن_علان",
        "https://example.org/%D9%81%D9%84%D8%A7%D9%86-%D8%A8%D9%86-%D8%B9%D9%84%D8%A7%D9%86",
    ],
)
def test_a_name_is_found_however_it_is_written(text: str) -> None:
    assert private(NAME).names.stand_in(text)


def test_a_part_of_a_name_is_not_the_name() -> None:
    assert not private(NAME).names.stand_in("علان وفلان")


def test_the_list_holds_no_name_and_needs_its_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = open_private(tmp_path)
    write_private(tmp_path, Private(opened.key, (entry_of(opened.key, [NAME], "", SAID),)))
    text = (tmp_path / "private.yaml").read_text(encoding="utf-8")
    assert not any(word in text for word in words_of(NAME))
    assert read_private(tmp_path).names.stand_in(NAME)
    assert "private.key" in (tmp_path / ".gitignore").read_text()
    assert (tmp_path / "private.key").stat().st_mode & 0o077 == 0
    key = (tmp_path / "private.key").read_text()
    (tmp_path / "private.key").unlink()
    with pytest.raises(ProjectError, match="the key of the private list is missing"):
        read_private(tmp_path)
    monkeypatch.setenv("MUSNAD_PRIVATE_KEY", key)
    assert read_private(tmp_path).names.stand_in(NAME)


def test_the_reason_may_not_name_the_person() -> None:
    with pytest.raises(DataError, match="has a word of the name"):
        entry_of(KEY, [NAME], "", ("example editor", "2026-01-30", "طلب علان"))  # Allan asked for it


def test_one_word_is_too_little_to_go_by() -> None:
    with pytest.raises(DataError, match="one word"):
        entry_of(KEY, ["فلان"], "", SAID)


def test_a_private_person_is_never_minted_and_the_words_do_not_name_them() -> None:
    curation = curated(private=private(*{PERSON.label_ar, *(name for name, _ in PERSON.names)}))
    rows = list(curation.document(first_reading()))
    assert PERSON.iri not in {value for _, row in rows for value in row.values()}
    scanner = Scanner.of([PERSON.label_ar])
    assert not [row for _, row in rows if scanner.finds(repr(row).encode("utf-8"))]
    assert addresses(curation).is_gone(PERSON.iri.removeprefix(BASE))


def test_a_name_in_words_about_others_is_redacted_and_the_claim_stays() -> None:
    body = "هيئة المثال"  # the Example Body, whose name stands for a name within other words
    claims = rows_of(curated(private=private(body)), second_reading(), "claims")
    assert len(claims) == len(second_reading().claims)
    assert "[…]" in str(claims[0]["exact"])
    assert not [row for row in claims if Scanner.of([body]).finds(repr(row).encode("utf-8"))]


def test_every_table_keeps_its_columns_when_a_person_goes() -> None:
    curation = curated(private=private(PERSON.label_ar))
    for name, row in curation.document(first_reading()):
        assert set(row) == set(TABLES[name])


def test_a_document_may_use_one_word_for_a_private_person() -> None:
    assert Names().within(["علان"]).redact("وعلان قال") == "و[…] قال"


@pytest.mark.parametrize("coded", ["utf-8", "utf-16-le"])
def test_the_scanner_sees_bytes_of_every_form(coded: str, tmp_path: Path) -> None:
    import gzip
    import json
    from urllib.parse import quote

    scanner = Scanner.of([NAME])
    for number, body in enumerate(
        (
            NAME.encode(coded),
            json.dumps({"a": NAME}).encode("ascii"),
            quote(NAME).encode("ascii"),
            NAME.encode("ascii", "xmlcharrefreplace"),
            gzip.compress(NAME.encode("utf-8")),
        )
    ):
        path = tmp_path / str(number)
        path.write_bytes(b"before " * 100 + body if coded == "utf-8" and number != 4 else body)
        assert scanner.finds_in(path), number
    (tmp_path / "clean").write_bytes("فلان وعلان".encode())
    assert not scanner.finds_in(tmp_path / "clean")


def test_the_hash_of_an_address_does_not_change() -> None:
    assert address_hash("id/example") == "4fbc24273dfa9bd1201fa0562fb49060"
