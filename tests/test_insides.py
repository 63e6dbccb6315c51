"""What stands inside a name: the town, the date and the people of an event, the country of a city."""

from pathlib import Path

import pytest

from musnad.iri import Minter
from musnad.model import Document, Entity, Identifier, Mention, Thing
from musnad.understanding.insides import each_of, inside, is_country
from musnad.understanding.patterns import read_patterns
from musnad.understanding.setting import Setting

PATTERNS = read_patterns(Path(__file__).parents[1] / "mappings" / "claims")
TEXT = "وزراء خارجية رمانيا وتلال في مفاوضات كروم عام 2014 ثم حرب كروم في مدينة لوز الرمانية"
NAMES = {
    "وزراء خارجية رمانيا وتلال": "PERSON",
    "رمانيا": "PLACE",
    "تلال": "PLACE",
    "مفاوضات كروم عام 2014": "EVENT",
    "كروم": "PLACE",
    "حرب كروم": "EVENT",
    "مدينة لوز الرمانية": "PLACE",
}
COUNTRY = Identifier("iso3166-1", "RM", "exact", "invented")


@pytest.fixture
def setting() -> Setting:
    mentions = []
    entities = {}
    for words, kind in NAMES.items():
        start = TEXT.index(words)
        mentions.append(Mention(start, start + len(words), kind, f"iri:{words}", words, "test"))
        identifiers = (COUNTRY,) if words == "رمانيا" else ()
        entities[f"iri:{words}"] = Entity(
            f"iri:{words}", kind, "class", words, slug=words if identifiers else "", identifiers=identifiers
        )
    document = Document("d", TEXT, "s", "", "", published="2020-06-15")
    return Setting(document, PATTERNS, Minter(), entities, frozenset(), tuple(mentions))


def named(setting: Setting, words: str) -> Mention:
    return next(mention for mention in setting.mentions if mention.label == words)


@pytest.mark.parametrize(
    ("kind", "words", "found"),
    [
        ("PLACE", "مفاوضات كروم عام 2014", ["كروم"]),
        ("PLACE", "حرب كروم", []),
        ("DATE", "مفاوضات كروم عام 2014", ["2014"]),
        ("DATE", "حرب كروم", []),
        ("NISBA", "مدينة لوز الرمانية", ["رمانيا"]),
        ("NISBA", "رمانيا", []),
    ],
)
def test_a_name_gives_what_it_holds(setting: Setting, kind: str, words: str, found: list[str]) -> None:
    assert [thing.label for thing in inside(kind, named(setting, words), setting)] == found


def test_ministers_that_one_name_lists_are_read_one_by_one(setting: Setting) -> None:
    things = each_of(named(setting, "وزراء خارجية رمانيا وتلال"), setting)
    assert [thing.label for thing in things] == ["وزير خارجية رمانيا", "وزير خارجية تلال"]


def test_another_name_stands_for_itself(setting: Setting) -> None:
    assert each_of(named(setting, "كروم"), setting) == [Thing("كروم", "iri:كروم")]


def test_a_country_is_known_by_its_code(setting: Setting) -> None:
    assert is_country("iri:رمانيا", setting)
    assert not is_country("iri:كروم", setting)
