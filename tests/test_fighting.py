"""Tests of who attacks, what is attacked and how many die, as patterns take them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from musnad.iri import Minter
from musnad.understanding.claims import find_claims
from musnad.understanding.examples import read_example
from musnad.understanding.patterns import read_patterns
from musnad.understanding.strikes import strike
from told import read_claims

ROOT = Path(__file__).parents[1]
MINTER = Minter("https://example.org/")
PATTERNS = read_patterns(ROOT / "mappings" / "claims")
LISTS = PATTERNS.words.lists


def claims_of(text: str, *states: str) -> set[tuple[str, str, str]]:
    """Return relation, subject and object of the claims of an example; `states` are countries we know."""
    document, found = read_example(text, MINTER)
    known = [entity for entity in found.seen if entity.label_ar in states]
    mentions = tuple(replace(m, slug=m.label) if m.label in states else m for m in found.mentions)
    entities = {entity.iri: replace(entity, slug=entity.label_ar) for entity in known}
    found = found._replace(mentions=mentions)
    claims = find_claims(document, found, PATTERNS, MINTER, entities).claims
    return {(c.relation, c.subject.label, c.object.label) for c in claims}


@pytest.mark.parametrize(
    "line",
    ["<O1> ", "مقاتلات من <O1> ", "ثلاث طاءرات تركيه ".replace("ء", "ي"), "فصايل معارضه "],
)
def test_a_force_is_a_body_its_arms_the_arms_of_a_nation_or_a_band(line: str) -> None:
    found = re.match(strike("FORCE", LISTS), line)
    assert found is not None
    assert found.group() == line


def test_a_state_attacks_and_a_town_does_not() -> None:
    text = "قصفت [PLACE رمانيا] فجر أمس مواقع لـ[ORG كتائب التلال]."
    assert ("attacked", "رمانيا", "كتائب التلال") in claims_of(text, "رمانيا")
    assert not claims_of(text)


def test_whom_strikes_hit_does_not_attack() -> None:
    text = "تحدث عن الغارات التي تستهدف [ORG كتائب التلال] و[ORG لواء السنديان] في محيط [PLACE كروم]."
    assert not {claim for claim in claims_of(text) if claim[0] == "attacked"}


def test_each_number_of_a_toll_is_a_claim_of_its_own() -> None:
    text = "أعلن عن مقتل ستة عمال، بينهم شابان، وإصابة ما لا يقل عن 14 آخرين، جراء قصف [ORG جيش التلال]."
    found = {claim for claim in claims_of(text) if claim[0] == "killed" and claim[1] == "جيش التلال"}
    assert found == {("killed", "جيش التلال", "ستة عمال"), ("killed", "جيش التلال", "14 آخرون")}


def test_a_target_keeps_the_mark_that_closes_its_quotation() -> None:
    text = "قصف [ORG جيش التلال] مقر «[ORG كتائب الورد]» ليلاً."
    assert ("attacked", "جيش التلال", "مقر «كتائب الورد»") in claims_of(text)


def test_whose_the_posts_are_is_attacked() -> None:
    text = "قصف [ORG جيش التلال] مواقع ومقار لـ«[ORG كتائب الورد]» ليلاً."
    assert ("attacked", "جيش التلال", "كتائب الورد") in claims_of(text)


def test_who_backs_or_leads_a_force_does_not_attack() -> None:
    text = "قصفت [ORG كتائب التلال] الموالية ل[PLACE رمانيا] [PLACE كروم]."
    assert {c[1] for c in claims_of(text, "رمانيا") if c[0] == "attacked"} == {"كتائب التلال"}
    text = "قصف [ORG جيش التلال] بقيادة [PLACE رمانيا] [PLACE كروم]."
    assert {c[1] for c in claims_of(text, "رمانيا") if c[0] == "attacked"} == {"جيش التلال"}


def test_members_attack_for_the_whole_they_belong_to() -> None:
    text = "قصفت [ORG الفصائل] المنضوية في [ORG جيش التلال] أحياء [PLACE كروم]."
    assert {c[1] for c in claims_of(text) if c[0] == "attacked"} == {"جيش التلال"}


def test_areas_in_several_towns_are_attacked_each() -> None:
    text = "قصف [ORG جيش التلال] مناطق في بلدة [PLACE كروم] ومناطق أخرى في بلدة [PLACE تلال]."
    assert {c[2] for c in claims_of(text) if c[0] == "attacked"} == {"كروم", "تلال"}


def test_planes_are_named_as_the_page_does_and_stand_for_their_state() -> None:
    text = "قصفت 3 طائرات تركية قرى مهجورة، ثم نفت [PLACE تركيا] ذلك."
    assert ("attacked", "3 طائرات تركية", "قرى مهجورة") in claims_of(text)
    assert ("attacked", "طائرات تركية", "قرى مهجورة") in claims_of(text.replace("قصفت 3", "قصفت"))
    (turkey,) = [m.entity for m in read_example(text, MINTER)[1].mentions if m.type == "PLACE"]
    claims = read_claims(*read_example(text, MINTER))
    assert {c.subject.entity for c in claims if c.relation == "attacked"} == {turkey}


def test_planes_of_a_make_belong_to_a_force() -> None:
    text = "نفذت ثلاث مقاتلات (إف-16) من [ORG قوات النهر] غارات على قرى مهجورة."
    assert ("attacked", "قوات النهر", "قرى مهجورة") in claims_of(text)
    text = "شنت طائرات إف-16 تركية غارات على قرى مهجورة، ثم نفت [PLACE تركيا] ذلك."
    assert ("attacked", "طائرات إف-16 تركية", "قرى مهجورة") in claims_of(text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("بدأت [ORG كتائب التلال] [EVENT هجوماً واسعاً] على [PLACE كروم].", ("كتائب التلال", "كروم")),
        (
            "شنت [ORG كتائب التلال] [EVENT عملية عسكرية] ضد [ORG لواء السنديان].",
            ("كتائب التلال", "لواء السنديان"),
        ),
        ("ارتكبت [ORG كتائب التلال] [EVENT مجزرة جديدة] في [PLACE كروم].", ("كتائب التلال", "كروم")),
        ("اتهموا [ORG كتائب التلال] ب[EVENT قصف كروم] وسكتت [PLACE كروم].", None),
    ],
)
def test_the_name_of_an_attack_tells_who_attacks_whom(text: str, claim: tuple[str, str] | None) -> None:
    found = {(subject, thing) for relation, subject, thing in claims_of(text) if relation == "attacked"}
    assert found == ({claim} if claim else set())


def test_at_least_is_no_part_of_a_toll_but_whom_it_counts_is() -> None:
    text = "ارتفعت حصيلة الحريق إلى 37 قتيلاً على الأقل بينهم ثلاثة عمال وأكثر من 60 جريحاً."
    assert {claim[1] for claim in claims_of(text)} == {"37 قتيلاً", "أكثر من 60 جريحاً"}
    assert {claim[1] for claim in claims_of("أعلن عن مقتل سبعة على الأقل من عمال السوق.")} == {
        "سبعة على الأقل من عمال السوق"
    }
