"""WCAG 2.2 AA by axe-core, in a real Chromium, on one page of every kind, in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from accessibility import barriers
from musnad.site import Site
from test_pages_browser import address, browser, page, pytestmark, site  # noqa: F401 the fixtures
from test_site import things


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_axe_objects_to_no_page(site: Site, address: str, page: Any, language: str, scheme: str) -> None:  # noqa: F811
    page.emulate_media(color_scheme=scheme)
    found: list[str] = []
    kinds = [kind.name for kind in site.kinds if kind.suffix == "html" and not kind.anywhere]
    assert len(kinds) > 25
    for kind in kinds:
        page.goto(f"{address}{things(site, kind)[0]}.{language}.html")
        found += [f"{kind}: {each}" for each in barriers(page)]
    assert not found, "\n".join(found)
