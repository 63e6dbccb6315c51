"""What stands around a gathering says who met, who was there, where and when, in whatever order it comes."""

import pytest

from musnad.understanding.examples import read_example
from told import MINTER, read_claims
from told import told as claims_told

KINDS = {"heldAt", "heldOn", "participatedIn", "metWith", "agreedOn"}


def told(text: str) -> set[tuple[str, str, str]]:
    return set(claims_told(text, KINDS))


@pytest.mark.parametrize(
    "text",
    [
        "عقد [PERSON سالم الراوي] أمس في [PLACE كروم] اجتماعاً مع مدير السوق [PERSON نادر الشامخ].",
        "عقد [PERSON سالم الراوي] اجتماعاً مع مدير السوق [PERSON نادر الشامخ] في مدينة [PLACE كروم].",
        "[PERSON سالم الراوي] يعقد في [PLACE كروم]، صباح اليوم، اجتماعاً مع [PERSON نادر الشامخ].",
    ],
)
def test_the_order_of_parties_and_place_does_not_matter(text: str) -> None:
    name = "اجتماع الراوي والشامخ"
    assert told(text) - {("heldOn", name, "2020-06-14"), ("heldOn", name, "2020-06-15")} == {
        ("metWith", "سالم الراوي", "نادر الشامخ"),
        ("heldAt", name, "كروم"),
    }


def test_a_visit_is_read_past_the_titles_of_the_visitor() -> None:
    text = "زيارة الأمير [PERSON سالم الراوي] ولي العهد نائب رئيس [ORG مجلس البستان] ل[PLACE كروم]."
    assert told(text) == {("heldAt", "زيارة الراوي", "كروم")}


def test_a_visitor_known_by_pronoun_is_the_one_named_before() -> None:
    text = "قال [PERSON سالم الراوي] خلال زيارته إلى [PLACE كروم] إن الماء قليل."
    assert told(text) == {("heldAt", "زيارة الراوي", "كروم")}


def test_a_gathering_is_not_named_by_whom_a_minister_serves() -> None:
    text = "التقى وزير خارجية [PERSON سالم الراوي] مدير السوق [PERSON نادر الشامخ] في [PLACE كروم]."
    assert ("heldAt", "لقاء الراوي والشامخ", "كروم") not in told(text)


def test_those_after_a_verb_with_and_are_whom_somebody_met() -> None:
    text = "عاد الناس، والتقى [PERSON سالم الراوي] و[PERSON نادر الشامخ]."
    assert told(text) == set()


def test_what_is_over_is_told_as_over_after_a_plan() -> None:
    text = "ستبحث القرى نتائج المباحثات التي أجراها [PERSON سالم الراوي] مع [PERSON نادر الشامخ]."
    document, found = read_example(text, MINTER)
    claims = read_claims(document, found)
    assert {c.modality for c in claims if c.relation == "metWith"} == {"asserted"}


def test_an_event_whose_name_tells_of_its_parties_is_read_inside() -> None:
    text = "انتهت [EVENT زيارة سالم الراوي إلى كروم] أمس."
    document, found = read_example(text, MINTER)
    inner, within = read_example("انتهت زيارة [PERSON سالم الراوي] إلى [PLACE كروم] أمس.", MINTER)
    assert document.text == inner.text
    both = type(found)((*found.mentions, *within.mentions), (), (*found.seen, *within.seen))
    claims = read_claims(document, both)
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
def test_a_pronoun_says_who_met(text: str) -> None:
    assert ("metWith", "سالم الراوي", "نادر الشامخ") in told(text)


def test_a_counterpart_without_a_name_is_who_bears_the_same_office_for_the_other_nation() -> None:
    text = (
        "يلتقي وزير الماء الرماني نظيره الكرومي في [PLACE رمانيا]. "
        "وصل وزير الماء الرماني [PERSON سالم الراوي]. "
        "ووصل وزير الماء الكرومي [PERSON نادر الشامخ] من [PLACE كروم]."
    )
    assert ("metWith", "سالم الراوي", "نادر الشامخ") in told(text)


def test_talks_between_two_go_on_past_what_is_told_of_the_first() -> None:
    text = (
        "انتهت المحادثات بين مدير السوق، [PERSON سالم الراوي] الذي يرأس [ORG حزب القلم]، "
        "وبين [ORG حركة النهر]."
    )
    assert ("metWith", "سالم الراوي", "حركة النهر") in told(text)


def test_of_those_who_fight_each_other_nothing_more_is_said_than_that_they_do() -> None:
    text = "اندلعت معارك في [PLACE كروم] بين [ORG لواء الرماد] من جهة، و[ORG جيش التلال] من جهة أخرى."
    document, found = read_example(text, MINTER)
    assert {(c.relation, c.subject.label, c.object.label) for c in read_claims(document, found)} == {
        ("opponentOf", "لواء الرماد", "جيش التلال"),
    }


def met(text: str) -> set[tuple[str, str, str]]:
    """Return who met whom, in which modality."""
    document, found = read_example(text, MINTER)
    claims = read_claims(document, found)
    return {(c.subject.label, c.object.label, c.modality) for c in claims if c.relation == "metWith"}


SALIM, NADIR = "سالم الراوي", "نادر الشامخ"


@pytest.mark.parametrize(
    "text",
    [
        "قام [PERSON سالم الراوي] ب[EVENT زيارة] غير معلنة، أجرى خلالها مباحثات مع [PERSON نادر الشامخ].",
        "زار [PERSON سالم الراوي] [PLACE كروم]، أمس، حيث التقى مع نائب مدير السوق [PERSON نادر الشامخ].",
        "عاد [PERSON سالم الراوي] من [PLACE كروم]، والتقى مع [PERSON نادر الشامخ].",
    ],
)
def test_a_verb_without_a_subject_has_that_of_its_sentence(text: str) -> None:
    assert met(text) == {(SALIM, NADIR, "asserted")}


@pytest.mark.parametrize(
    "text",
    [
        "أعلن [PERSON سالم الراوي] أن بلاده ستفتح الطريق، خلال [EVENT لقاء] مع نظيره [PERSON نادر الشامخ].",
        "وقال [PERSON سالم الراوي] غداة لقاء مع [PERSON نادر الشامخ] إن الماء قليل.",
    ],
)
def test_who_speaks_after_a_meeting_was_there(text: str) -> None:
    assert met(text) == {(SALIM, NADIR, "asserted")}


def test_a_call_with_what_may_be_a_paper_is_no_meeting() -> None:
    assert met('قال [PERSON سالم الراوي] في اتصال هاتفي مع "[PLACE الروضة]" إن الماء قليل.') == set()


def test_a_title_after_a_titled_name_is_somebody_else() -> None:
    text = "عاد وزير الماء الكرومي [PERSON سالم الراوي] من [PLACE كروم]. واستقبل "
    text += "رئيس [PLACE رمانيا] [PERSON نادر الشامخ] وزير الماء الكرومي أمس."
    assert met(text) == {(NADIR, SALIM, "asserted")}


def test_an_office_whose_bearer_nobody_names_is_told_by_its_words() -> None:
    said = "وزير خارجية [PLACE رمانيا] مع [PERSON نادر الشامخ]."
    assert met(f"اجتمع {said}") == {("وزير خارجية رمانيا", NADIR, "asserted")}
    assert met(f"يجتمع {said}") == {("وزير خارجية رمانيا", NADIR, "planned")}


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("والتقى [PERSON سالم الراوي] مع زعماء التجار في الأيام الأخيرة.", "زعماء تجار"),
        ("اجتمع [PERSON سالم الراوي] بعدد من المسؤولين.", "عدد من مسؤولين"),
        ("أجرى [PERSON سالم الراوي] محادثات في [PLACE كروم] مع كبار المسؤولين هناك.", "كبار مسؤولين"),
    ],
)
def test_a_group_is_told_by_its_words(text: str, whom: str) -> None:
    assert met(text) == {(SALIM, whom, "asserted")}


@pytest.mark.parametrize(
    "text",
    [
        "هرب الناس من المنطقة بين [PLACE كروم] و[PLACE رمانيا] بحثاً عن ملاذ.",
        "[PLACE كروم] تبحث عن تطبيع العلاقات مع [PLACE رمانيا].",
    ],
)
def test_a_search_is_no_talk(text: str) -> None:
    assert met(text) == set()


def test_who_gives_a_press_conference_is_there_and_meets_nobody() -> None:
    text = "سيعقد [PERSON سالم الراوي] [EVENT مؤتمرا صحفيا مشتركا] اليوم مع [PERSON نادر الشامخ]."
    assert told(text) == {
        ("participatedIn", SALIM, "مؤتمر صحفي مشترك"),
        ("participatedIn", NADIR, "مؤتمر صحفي مشترك"),
    }


def agreed(text: str) -> set[tuple[str, str, str]]:
    """Return who agreed on what, in which modality."""
    document, found = read_example(text, MINTER)
    claims = read_claims(document, found)
    return {(c.subject.label, c.object.label, c.modality) for c in claims if c.relation == "agreedOn"}


@pytest.mark.parametrize(
    "text",
    [
        "رفعت العقوبات عن [PLACE كروم] بعد توصلها لاتفاق مع [ORG حزب القلم].",
        "ستعود [PLACE كروم] نتيجة لاتفاقها المائي مع [ORG حزب القلم].",
        "ينتقدون [WORK الاتفاق] الذي تم التوصل إليه يوم 3 أيار الماضي بين [PLACE كروم] و[ORG حزب القلم].",
        "ينتقدون [WORK الاتفاق] الذي توصلت إليه [PLACE كروم] مؤخراً مع [ORG حزب القلم].",
    ],
)
def test_an_agreement_is_that_of_whoever_reached_it(text: str) -> None:
    name = "اتفاق كروم وحزب القلم"
    assert agreed(text) == {("كروم", name, "asserted"), ("حزب القلم", name, "asserted")}


def test_an_agreement_without_a_name_is_the_only_one_that_the_page_names() -> None:
    text = "بدأ [WORK الاتفاق المائي] أمس. ورحب الناس باتفاق بين [PLACE كروم] و[PLACE رمانيا]."
    assert {each[1] for each in agreed(text)} == {"الاتفاق المائي"}


def test_what_is_agreed_on_says_nothing_of_the_agreeing() -> None:
    text = "اتفقت [PLACE كروم] و[PLACE رمانيا] على ضرورة فتح الطريق."
    assert {each[2] for each in agreed(text)} == {"asserted"}


def test_what_is_planned_is_the_plan_of_whoever_will_do_it() -> None:
    document, found = read_example("ومن المقرر أن توفر [PLACE كروم] أيضاً دعماً للقرى.", MINTER)
    claims = read_claims(document, found)
    assert [c.subject.label for c in claims if c.relation == "planned"] == ["كروم"]


def test_the_pronoun_of_a_meeting_may_mean_an_office() -> None:
    text = "زار المبعوث الخاص [PERSON نادر الشامخ] [PLACE كروم]. وقالت [PERSON هند الواسعة] إن المبعوث الخاص "
    text += "ناقش خلال لقاءاته في [PLACE تلال] مسألة الماء."
    assert ("heldAt", "لقاءات الشامخ", "تلال") in told(text)


def test_a_lack_between_two_that_met_is_no_absence_of_theirs() -> None:
    text = "عقد [EVENT الاجتماع] وسط غياب الثقة بين [PLACE رمانيا] و[PLACE كروم]."
    assert claims_told(text, {"participatedIn"}) == []


@pytest.mark.parametrize("verb", ["سيلتقي", "سيجتمع مع", "سيبحث الأمر مع", "سيعقد مباحثات مع"])
def test_a_meeting_to_come_is_no_plan_besides(verb: str) -> None:
    text = f"قال [PERSON زيد العابد] إن [PERSON سالم الراوي] {verb} [PERSON نادر الشامخ] غداً في [PLACE كروم]."
    assert claims_told(text, {"metWith", "planned"}) == [("metWith", "سالم الراوي", "نادر الشامخ")]


def test_what_is_to_be_done_at_a_meeting_is_a_plan() -> None:
    text = "قال [PERSON زيد العابد] إن [PERSON سالم الراوي] سيفتح السوق بعد لقائه [PERSON نادر الشامخ]."
    assert "planned" in {relation for relation, *_ in claims_told(text, {"metWith", "planned"})}


def test_those_who_exchange_fire_do_not_meet() -> None:
    assert met("تبادل [PERSON سالم الراوي] و[PERSON نادر الشامخ] إطلاق النار في [PLACE كروم].") == set()
    assert met("تبادل [PERSON سالم الراوي] و[PERSON نادر الشامخ] وجهات النظر في [PLACE كروم].")
