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
    assert called(label, 0, [], TEXT, WORDS) == name


def test_a_pronoun_gives_way_to_whoever_it_stands_for() -> None:
    start = TEXT.index("اجتماعها")
    assert called("اجتماعها الدوري", start, [mention("هيئة المثال")], TEXT, WORDS) == "اجتماع هيئة المثال"


def test_an_owner_stands_in_the_same_sentence() -> None:
    assert owner_before(TEXT.index("القطار"), [mention("هيئة المثال")], TEXT) == ""
