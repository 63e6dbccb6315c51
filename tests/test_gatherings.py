"""A plain word for a gathering means the last one of its kind, or an event of its own."""

from told import told as claims_told

KINDS = {"heldAt", "heldOn", "participatedIn", "metWith"}


def events(text: str) -> list[tuple[str, str, str]]:
    return claims_told(text, KINDS)


def test_the_meeting_is_the_last_of_its_kind() -> None:
    text = "بدأت [EVENT أزمة الماء] ثم [EVENT لقاء القرى]. وعقد اللقاء في [PLACE كروم]."
    assert events(text) == [("heldAt", "لقاء القرى", "كروم")]


def test_a_meeting_without_a_name_is_an_event_of_its_own() -> None:
    text = "عقدت ندوة حوارية في مدينة [PLACE كروم]."
    assert events(text) == [("heldAt", "ندوة حوارية", "كروم")]


def test_an_event_named_by_a_place_is_held_nowhere_else() -> None:
    text = "وصل الناس إلى [PLACE رمانيا]. وعقدت [EVENT محادثات رمانيا] في [PLACE كروم]."
    assert events(text) == []


def test_an_interview_is_no_meeting() -> None:
    text = "أجرى [PERSON سالم الراوي] حواراً مع [OUTLET صحيفة المنارة]."
    assert events(text) == []
