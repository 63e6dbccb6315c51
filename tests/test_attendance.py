"""What stands around a gathering says who met, who was there, where and when, in whatever order it comes."""

from pathlib import Path

import pytest

from musnad.iri import Minter
from musnad.understanding.claims import find_claims
from musnad.understanding.examples import read_example
from musnad.understanding.patterns import Patterns, read_patterns

FOLDER = Path(__file__).parents[1] / "mappings" / "claims"
MINTER = Minter()
KINDS = {"heldAt", "heldOn", "participatedIn", "metWith", "agreedOn"}


@pytest.fixture(scope="module")
def patterns() -> Patterns:
    return read_patterns(FOLDER)


def told(text: str, patterns: Patterns) -> set[tuple[str, str, str]]:
    document, found = read_example(text, MINTER)
    claims = find_claims(document, found, patterns, MINTER, {}).claims
    return {(c.relation, c.subject.label, c.object.label) for c in claims if c.relation in KINDS}


@pytest.mark.parametrize(
    "text",
    [
        "عقد [PERSON سالم الراوي] أمس في [PLACE كروم] اجتماعاً مع مدير السوق [PERSON نادر الشامخ].",
        "عقد [PERSON سالم الراوي] اجتماعاً مع مدير السوق [PERSON نادر الشامخ] في مدينة [PLACE كروم].",
        "[PERSON سالم الراوي] يعقد في [PLACE كروم]، صباح اليوم، اجتماعاً مع [PERSON نادر الشامخ].",
    ],
)
def test_the_order_of_parties_and_place_does_not_matter(text: str, patterns: Patterns) -> None:
    name = "اجتماع الراوي والشامخ"
    assert told(text, patterns) - {("heldOn", name, "2020-06-14"), ("heldOn", name, "2020-06-15")} == {
        ("metWith", "سالم الراوي", "نادر الشامخ"),
        ("participatedIn", "سالم الراوي", name),
        ("participatedIn", "نادر الشامخ", name),
        ("heldAt", name, "كروم"),
    }


def test_a_visit_is_read_past_the_titles_of_the_visitor(patterns: Patterns) -> None:
    text = "زيارة الأمير [PERSON سالم الراوي] ولي العهد نائب رئيس [ORG مجلس البستان] ل[PLACE كروم]."
    assert told(text, patterns) == {("heldAt", "زيارة الراوي", "كروم")}


def test_a_visitor_known_by_pronoun_is_the_one_named_before(patterns: Patterns) -> None:
    text = "قال [PERSON سالم الراوي] خلال زيارته إلى [PLACE كروم] إن الماء قليل."
    assert told(text, patterns) == {("heldAt", "زيارة الراوي", "كروم")}


def test_a_gathering_is_not_named_by_whom_a_minister_serves(patterns: Patterns) -> None:
    text = "التقى وزير خارجية [PERSON سالم الراوي] مدير السوق [PERSON نادر الشامخ] في [PLACE كروم]."
    assert ("heldAt", "لقاء الراوي والشامخ", "كروم") not in told(text, patterns)


def test_those_after_a_verb_with_and_are_whom_somebody_met(patterns: Patterns) -> None:
    text = "عاد الناس، والتقى [PERSON سالم الراوي] و[PERSON نادر الشامخ]."
    assert told(text, patterns) == set()


def test_what_is_over_is_told_as_over_after_a_plan(patterns: Patterns) -> None:
    text = "ستبحث القرى نتائج المباحثات التي أجراها [PERSON سالم الراوي] مع [PERSON نادر الشامخ]."
    document, found = read_example(text, MINTER)
    claims = find_claims(document, found, patterns, MINTER, {}).claims
    assert {c.modality for c in claims if c.relation == "metWith"} == {"asserted"}


def test_an_event_whose_name_tells_of_its_parties_is_read_inside(patterns: Patterns) -> None:
    text = "انتهت [EVENT زيارة سالم الراوي إلى كروم] أمس."
    document, found = read_example(text, MINTER)
    inner, within = read_example("انتهت زيارة [PERSON سالم الراوي] إلى [PLACE كروم] أمس.", MINTER)
    assert document.text == inner.text
    both = type(found)((*found.mentions, *within.mentions), (), (*found.seen, *within.seen))
    claims = find_claims(document, both, patterns, MINTER, {}).claims
    held = [c for c in claims if c.relation == "heldAt"]
    assert [(c.subject.entity, c.object.label) for c in held] == [(found.mentions[0].entity, "كروم")]


@pytest.mark.parametrize(
    "text",
    [
        "تحدث [PERSON سالم الراوي] خلال لقائه مدير السوق [PERSON نادر الشامخ] عن الماء.",
        "جاءت كلمات [PERSON سالم الراوي] عشية محادثات يعقدها مع مدير السوق [PERSON نادر الشامخ].",
        "عاد [PERSON سالم الراوي] بعد لقاء جمعه مع مدير السوق [PERSON نادر الشامخ].",
    ],
)
def test_a_pronoun_says_who_met(text: str, patterns: Patterns) -> None:
    assert ("metWith", "سالم الراوي", "نادر الشامخ") in told(text, patterns)


def test_a_counterpart_without_a_name_is_who_bears_the_same_office_for_the_other_nation(
    patterns: Patterns,
) -> None:
    text = (
        "يلتقي وزير الماء الرماني نظيره الكرومي في [PLACE رمانيا]. "
        "وصل وزير الماء الرماني [PERSON سالم الراوي]. "
        "ووصل وزير الماء الكرومي [PERSON نادر الشامخ] من [PLACE كروم]."
    )
    assert ("metWith", "سالم الراوي", "نادر الشامخ") in told(text, patterns)


def test_talks_between_two_go_on_past_what_is_told_of_the_first(patterns: Patterns) -> None:
    text = (
        "انتهت المحادثات بين مدير السوق، [PERSON سالم الراوي] الذي يرأس [ORG حزب القلم]، "
        "وبين [ORG حركة النهر]."
    )
    assert ("metWith", "سالم الراوي", "حركة النهر") in told(text, patterns)


def test_a_fight_without_a_place_is_named_by_its_sides(patterns: Patterns) -> None:
    text = "اندلعت معارك بين [ORG لواء الرماد] من جهة، و[ORG جيش التلال] من جهة أخرى."
    name = "معارك لواء الرماد وجيش التلال"
    assert told(text, patterns) == {
        ("participatedIn", "لواء الرماد", name),
        ("participatedIn", "جيش التلال", name),
    }
