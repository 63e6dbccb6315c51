"""Templates that are kept compiled: never stale, never trusted where others can write."""

from pathlib import Path

import pytest

from musnad.errors import TemplateError
from musnad.site.templates import Templates


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "musnad"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "page.html").write_text("<p>{{ name }}</p>", encoding="utf-8")
    return folder


def only_file(cache: Path) -> Path:
    return next(iter(cache.iterdir()))


def test_a_second_start_compiles_nothing(cache: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Templates(folder)
    first.check("page.html", {"name"})
    first.compile()
    assert only_file(cache).stat().st_mode & 0o022 == 0
    with monkeypatch.context() as patch:
        patch.setattr("jinja2.Environment.parse", None)
        patch.setattr("jinja2.Environment.compile", None)
        second = Templates(folder)
        second.check("page.html", {"name"})
        assert second.render("page.html", {"name": "<a>"}) == "<p>&lt;a&gt;</p>"


def test_a_template_that_changed_is_compiled_again(cache: Path, folder: Path) -> None:
    Templates(folder).compile()
    (folder / "page.html").write_text("<b>{{ other }}</b>", encoding="utf-8")
    changed = Templates(folder)
    with pytest.raises(TemplateError, match="'other'"):
        changed.check("page.html", {"name"})
    assert changed.render("page.html", {"other": 1}) == "<b>1</b>"


def test_the_names_are_checked_against_what_is_given_now(cache: Path, folder: Path) -> None:
    Templates(folder).check("page.html", {"name"})
    with pytest.raises(TemplateError, match=r"page\.html:1: the name 'name' is given by no query"):
        Templates(folder).check("page.html", set())


def test_one_source_in_two_formats_is_compiled_twice(cache: Path, folder: Path) -> None:
    (folder / "rows.csv").write_text("{{ name }}", encoding="utf-8")
    (folder / "rows.html").write_text("{{ name }}", encoding="utf-8")
    for _ in range(2):
        templates = Templates(folder)
        templates.compile()
        assert templates.render("rows.csv", {"name": "a & b"}) == "a & b"
        assert templates.render("rows.html", {"name": "a & b"}) == "a &amp; b"


@pytest.mark.parametrize("spoilt", [b"", b"nonsense", b"\xe3\x05\x00"])
def test_a_spoilt_file_is_as_none(cache: Path, folder: Path, spoilt: bytes) -> None:
    Templates(folder).compile()
    only_file(cache).write_bytes(spoilt)
    assert Templates(folder).render("page.html", {"name": 1}) == "<p>1</p>"


@pytest.mark.parametrize("place", ["file", "folder"])
def test_what_others_can_write_is_not_run(
    cache: Path, folder: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Templates(folder).compile()
    (only_file(cache) if place == "file" else cache).chmod(0o777)
    monkeypatch.setattr("musnad.site.compiled.marshal.loads", None)
    assert Templates(folder).render("page.html", {"name": 1}) == "<p>1</p>"


def test_without_a_folder_nothing_is_kept(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    templates = Templates(folder)
    templates.compile()
    assert templates.render("page.html", {"name": 1}) == "<p>1</p>"
