"""What the rows need beside the readings, and the columns that dates share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from musnad.folding import fold_name
from musnad.iri import Minter
from musnad.model import Entity, PatternCard, Relation
from musnad.tables.columns import Row


@dataclass(frozen=True, slots=True)
class Lookup:
    """What the rows need beside the readings."""

    minter: Minter
    relations: Mapping[str, Relation]
    entities: Mapping[str, Entity]  # by IRI, those of the authority
    patterns: Mapping[str, PatternCard]
    engine: str = "musnad"
    quote_characters: int = 300
    context_characters: int = 60
    _names: dict[str, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for entity in self.entities.values():
            for name, tag in (*entity.names, (entity.label_ar, "ar")):
                if tag != "en":
                    self._names.setdefault(fold_name(name), entity.iri)

    def named(self, name: str) -> str:
        """Return the IRI of the entity of the authority with that name or handle, or ""."""
        return self._names.get(fold_name(name), "")


def day_parts(edtf: str, name: str) -> Row:
    """Return the typed columns of an EDTF date: only a plain day, month or year has one."""
    plain = edtf if edtf.replace("-", "").isdigit() else ""
    return {
        f"{name}_day": plain if len(plain) == 10 else None,
        f"{name}_month": plain if len(plain) == 7 else None,
        f"{name}_year": plain if len(plain) == 4 else None,
    }


def date_bounds(edtf: str) -> Row:
    """Return the columns of the earliest and the latest day of an EDTF date."""
    from musnad.dates import bounds  # whose patterns take 0.15 s to compile, which a server never uses

    first, last = bounds(edtf) if edtf else ("", "")
    return {"not_before": first or None, "not_after": last or None}
