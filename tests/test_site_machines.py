"""What search engines and programs read: sitemaps, robots.txt, llms.txt, the feed of releases."""

from xml.etree import ElementTree

import pytest

from musnad.site import Page, Site, parse
from musnad.site.pages import LOCALIZED
from test_site import CONFIG, site  # noqa: F401 the fixture

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
ATOM = "{http://www.w3.org/2005/Atom}"


def machine_page(site: Site, path: str, suffix: str, language: str = "") -> Page:  # noqa: F811
    page = site.render(path, language, 1, suffix)
    assert page is not None
    return page


def addresses(site: Site, path: str) -> list[str]:  # noqa: F811
    tree = ElementTree.fromstring(machine_page(site, path, "xml").text)
    return [str(node.text) for node in tree.iter(f"{SITEMAP}loc")]


@pytest.mark.parametrize("path", ["sitemap-lists", "sitemap-things"])
def test_every_address_of_a_sitemap_is_a_page(site: Site, path: str) -> None:  # noqa: F811
    found = addresses(site, path)
    assert len(found) == len(set(found)) >= 20
    for place in found:
        address = parse(place.removeprefix(CONFIG.base))
        assert address is not None, place
        assert site.render(address.path, address.language), place


def test_every_claim_is_in_the_sitemap_in_both_languages(site: Site) -> None:  # noqa: F811
    found = set(addresses(site, "sitemap-things"))
    claims = [path for path, kind in site.pages() if kind.name == "claim"]
    assert claims
    for path in claims:
        assert {f"{CONFIG.base}{path}.{language}.html" for language in ("ar", "en")} <= found


def test_a_page_of_a_sitemap_names_its_other_language(site: Site) -> None:  # noqa: F811
    tree = ElementTree.fromstring(machine_page(site, "sitemap-things", "xml").text)
    for url in tree.iter(f"{SITEMAP}url"):
        assert {link.get("hreflang") for link in url.iter(f"{XHTML}link")} == {"ar", "en"}
        assert url.find(f"{SITEMAP}lastmod") is not None


def test_the_index_of_sitemaps_names_sitemaps_that_are_there(site: Site) -> None:  # noqa: F811
    parts = [parse(place.removeprefix(CONFIG.base)) for place in addresses(site, "sitemap")]
    assert [part.path for part in parts if part] == ["sitemap-lists", "sitemap-things"]
    for part in parts:
        assert part is not None
        assert site.render(part.path, "", part.number, part.suffix)


def test_robots_are_told_where_the_sitemap_is(site: Site) -> None:  # noqa: F811
    lines = machine_page(site, "robots", "txt").text.splitlines()
    assert f"Sitemap: {CONFIG.base}sitemap.xml" in lines


def test_programs_that_read_texts_are_told_how_to_use_a_claim(site: Site) -> None:  # noqa: F811
    text = machine_page(site, "llms", "txt").text
    assert text.startswith(f"# {CONFIG.title['en']}\n")
    assert "say who says it" in text
    assert f"{CONFIG.base}sparql" in text
    assert not {"<", "&"} & set(text)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_feed_names_the_release_and_its_files(site: Site, language: str) -> None:  # noqa: F811
    tree = ElementTree.fromstring(machine_page(site, "feed", "atom", language).text)
    assert tree.findtext(f"{ATOM}title") == CONFIG.title[language]
    entries = tree.findall(f"{ATOM}entry")
    assert len(entries) == 1
    assert entries[0].findtext(f"{ATOM}updated") == tree.findtext(f"{ATOM}updated")
    assert [link.get("rel") for link in entries[0].findall(f"{ATOM}link")].count("enclosure") > 0


def test_a_format_without_languages_has_one_file(site: Site) -> None:  # noqa: F811
    for path, kind in site.pages():
        languages = ("ar", "en") if kind.suffix in LOCALIZED else ("",)
        others = {"ar", "en", ""} - set(languages)
        assert all(site.render(path, language, 1, kind.suffix) for language in languages), path
        assert not any(site.render(path, language, 1, kind.suffix) for language in others), path
