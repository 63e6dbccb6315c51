"""What axe-core (WCAG 2.2 AA and best practices) and the browser itself object to on a page."""

from __future__ import annotations

from typing import Any

import pytest

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def objections_of(page: Any) -> list[str]:
    """Return a list that takes what the browser objects to from now on: in scripts, policies and answers."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def on_a_telephone(page: Any, scheme: str) -> list[str]:
    """Show pages at 390 px in a colour scheme; return a list that takes what the browser objects to."""
    objections = objections_of(page)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 390, "height": 900})
    return objections


def barriers(page: Any) -> list[str]:
    """Return each rule that the page breaks, with the first element that does; skip where axe is missing."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    found = axe.Axe().run(page, options=RULES).response["violations"]
    return [f"{each['id']} {each['nodes'][0]['html'][:160]}" for each in found]
