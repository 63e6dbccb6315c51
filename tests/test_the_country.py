"""«In the south of the country» is said of the country that the page is about."""

from dataclasses import replace

from musnad.understanding.claims import find_claims
from musnad.understanding.examples import read_example
from told import MINTER, patterns


def lies(text: str, *countries: str) -> set[tuple[str, str]]:
    """Return what lies where, some of the places being countries of the authority."""
    document, found = read_example(text, MINTER)
    known = {
        entity.iri: replace(entity, slug="a-country") if entity.label_ar in countries else entity
        for entity in found.seen
    }
    claims = find_claims(document, found._replace(seen=()), patterns(), MINTER, known).claims
    return {(c.subject.label, c.object.label) for c in claims if c.relation == "locatedIn"}


TEXT = "عاد التجار إلى [PLACE كروم] في [PLACE جنوب البلاد]. "


def test_the_country_is_the_one_that_the_page_names_far_more_often() -> None:
    more = "وقالت [PLACE رمانيا] إن السوق مفتوح. وتعهدت [PLACE رمانيا] بفتح الجسر."
    assert lies(TEXT + more, "رمانيا") == {("كروم", "رمانيا")}


def test_of_two_countries_that_are_named_alike_neither_is_meant() -> None:
    more = "وقالت [PLACE رمانيا] إن السوق مفتوح. وتعهدت [PLACE بستانيا] بفتح الجسر."
    assert lies(TEXT + more, "رمانيا", "بستانيا") == {("كروم", "جنوب البلاد")}


def test_a_whole_country_lies_in_no_part_of_itself() -> None:
    assert not lies("تحدث عن مدن [PLACE رمانيا] الواقعة في [PLACE جنوب البلاد].", "رمانيا")
