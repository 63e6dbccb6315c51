"""The words of the interface are complete in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from musnad.errors import MappingError
from musnad.model.claims import MODALITIES
from musnad.project import Project
from musnad.site.texts import LANGUAGES, read_texts

PROJECT = Project(Path(__file__).parents[1])
TEXTS = read_texts(PROJECT.texts)
ARABIC = re.compile("[\u0621-\u064a]")
SAME = re.compile(r"(formats|scheme_names|languages)\.|comma|cite\.text|date\.|pager\.place")


def test_both_languages_have_the_same_names() -> None:
    assert set(TEXTS.texts["ar"]) == set(TEXTS.texts["en"])
    assert len(TEXTS.texts["ar"]) > 200


def test_both_languages_have_the_same_gaps() -> None:
    for name in TEXTS.texts["en"]:
        gaps = {tuple(sorted(re.findall(r"\{(\w+)\}", TEXTS.get(name, language)))) for language in LANGUAGES}
        assert len(gaps) == 1, name


def test_each_text_is_in_its_language() -> None:
    for name in TEXTS.texts["en"]:
        if SAME.match(name):
            continue
        assert ARABIC.search(TEXTS.get(name, "ar")), name
        assert not ARABIC.search(TEXTS.get(name, "en")), name


def test_every_modality_has_its_sentence() -> None:
    for modality in MODALITIES:
        for polarity in ("yes", "no"):
            assert "{speaker}" in TEXTS.get(f"says.{modality}.{polarity}", "ar")


def test_every_text_is_used_and_every_used_text_is_there() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in sorted(PROJECT.templates.glob("*.*")))
    source += "".join(
        path.read_text(encoding="utf-8") for path in (PROJECT.root / "src" / "musnad" / "site").glob("*.py")
    )
    built = (
        "says.",
        "menu.",
        "languages.in_",
        "formats.",
        "match.",
        "scheme_names.",
        "terms.",
        "months.",
        "about.",
    )
    built += (
        "ontology.",
        "index.",
        "date.",
        "dataset.kinds.",
        "quality.measures.",
        "quality.gap.",
        "quality.severities.",
    )
    built += ("decision.accept", "decision.correct", "review.verbs.", "review.reasons.")
    built += (*(f"changes.{name}" for name in ("added", "removed", "changed", "reasons.")),)
    built += ("query.topics.", "results.views.")
    built += (
        "facet.",
        *(f"search.{name}" for name in ("entity", "claim", "document", "previous", "next", "place")),
    )
    for name in TEXTS.texts["en"]:
        assert f'"{name}"' in source or f"'{name}'" in source or name.startswith(built), name
    for name in re.findall(r"""\bt\(["']([a-z_.]+[a-z])["'][,)]""", source):
        assert TEXTS.known(name), name


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: {ar: نعم}", "missing key 'en'"),
        ("a: {ar: نعم, en: yes, de: ja}", "unknown key 'de'"),
        ("a: {ar: نعم, en: ''}", "is no text"),
        ("a: words", "must hold ar and en"),
    ],
)
def test_a_text_without_one_of_the_languages_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "texts.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MappingError, match=message):
        read_texts(path)
