"""Say of each pattern what is published about it, and of what it implies (`also`).

Chosen over (a) versions written by hand, which nobody raises, and (b) one version for all patterns, by which
every edit would seem to change every claim.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from musnad.config import line_of, refuse_unknown, require
from musnad.errors import MappingError
from musnad.iri import hexdigest
from musnad.model import PatternCard, Relation


def card_of(given: Mapping[str, Any], words: Mapping[str, Sequence[str]]) -> PatternCard:
    """Return what is published; the version is a digest of the entry without its examples and figures."""
    rule = {k: v for k, v in given.items() if k not in {"positive", "negative", "precision", "support"}}
    text = orjson.dumps(rule, option=orjson.OPT_SORT_KEYS, default=str).decode()
    lists = [
        entry
        for name in sorted(words)
        if f"@{name}" in text or name in given.get("verbs", ())
        for entry in words[name]
    ]
    return PatternCard(
        name=str(given["id"]),
        relation=str(given["relation"]),
        description_ar=str(given["description"]["ar"]),
        description_en=str(given["description"]["en"]),
        version=hexdigest(12, text, *lists),
        precision=float(given["precision"]) if "precision" in given else None,
        support=int(given.get("support", 0)),
    )


def check_also(path: Path, also: Any, relations: Mapping[str, Relation], known: Collection[str]) -> None:
    """Raise if what a pattern implies has no new id, no known relation or no description."""
    where = f"also of {also.get('id', '?')}"
    refuse_unknown(path, also, {"id", "relation", "description", "status", "precision", "support"}, where)
    require(path, also, ("id", "relation", "description"), where)
    require(path, also["description"], ("ar", "en"), where)
    if also["relation"] not in relations or str(also["id"]) in known:
        raise MappingError(f"{path}:{line_of(also)}", f"{where}: no such relation, or the id is there twice")


def implied_by(also: Mapping[str, Any]) -> dict[str, Any]:
    """Return in what an implied pattern differs from the one that implies it."""
    own = {"relation": str(also["relation"]), "status": str(also.get("status", ""))}
    return {"name": str(also["id"]), "implied": True, "examples": (), **own}


def told_of(given: Mapping[str, Any], also: Mapping[str, Any]) -> dict[str, Any]:
    """Return an implied pattern as if it were an entry; the figures are those of the other one."""
    return {k: v for k, v in given.items() if k not in {"precision", "support", "also"}} | dict(also)


def is_precise(card: PatternCard, floor: float) -> bool:
    """Tell whether a pattern was not measured below a floor."""
    return card.precision is None or card.precision >= floor
