"""What events are called in claims."""

import pytest

from musnad.model import Mention
from musnad.understanding.event_labels import called, owner_before

WORDS = (frozenset({"اجتماع", "زياره"}), frozenset({"الاخير", "مقبل"}))
TEXT = "عقدت هيئة المثال أمس اجتماعها الدوري. وصل القطار"


def mention(words: str) -> Mention:
    start = TEXT.index(words)
    return Mention(start, start + len(words), "ORG", "iri", words, "authority")


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("الاجتماع الثلاثي الأخير", "الاجتماع الثلاثي"),
        ("اجتماع مقبل", "اجتماع"),
        ("زيارة إلى رمانيا", "زيارة إلى رمانيا"),
    ],
)
def test_what_passes_is_left_out(label: str, name: str) -> None:
    assert called(label, (0, 0), [], TEXT, WORDS) == name


def test_a_pronoun_gives_way_to_whoever_it_stands_for() -> None:
    start = TEXT.index("اجتماعها")
    assert (
        called("اجتماعها الدوري", (start, start), [mention("هيئة المثال")], TEXT, WORDS)
        == "اجتماع هيئة المثال"
    )


def test_an_owner_stands_in_the_same_sentence() -> None:
    assert owner_before(TEXT.index("القطار"), [mention("هيئة المثال")], TEXT) == ""


@pytest.mark.parametrize(
    ("text", "label", "name"),
    [
        ("قاطعوا المحادثات التي جرت في كروم.", "المحادثات", "محادثات كروم"),
        ("بدأت محادثات سلام في مدينة كروم.", "محادثات سلام", "محادثات كروم"),
        ("رأوا محادثات موسعة في كروم.", "محادثات موسعة", "محادثات موسعة"),
        ("انتهت المحادثات، ثم عادوا إلى كروم.", "المحادثات", "المحادثات"),
    ],
)
def test_bare_talks_are_called_by_the_place_where_they_were_held(text: str, label: str, name: str) -> None:
    start, town = text.index(label), text.index("كروم")
    place = Mention(town, town + 4, "PLACE", "iri", "كروم", "authority")
    words = (frozenset({"محادثات"}), frozenset[str]())
    assert called(label, (start, start + len(label)), [place], text, words) == name
