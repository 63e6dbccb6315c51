"""A small page about one entity, shown by a client in a frame beside its candidates.

Names, class, description and identifiers with the kind of each match: what one needs to tell namesakes
apart. No script, no style, nothing to load. Chosen over (a) the page of the entity, which no frame may hold,
and (b) JSON for clients to draw, which 0.2 does not know.
"""

from __future__ import annotations

from html import escape
from typing import Final

from musnad.reconciliation.cards import Card, Code
from musnad.reconciliation.service import Service

_MOST_NAMES: Final = 12
_NEW: Final = 'target="_blank" rel="noopener"'


def write_preview(service: Service, card: Card, language: str) -> str:
    """Return the page about an entity in one language, as HTML."""
    name, kind = escape(card.name(language)), escape(service.label(card.entry.type, language))
    others = [text for text in card.entry.texts if text != card.name(language)][:_MOST_NAMES]
    places = [place.name(language) for iri in card.places if (place := service.cards.get(iri))]
    rows = [
        " · ".join([kind, *(f"<bdi>{escape(place)}</bdi>" for place in places)]),
        escape(card.description(language)),
        " · ".join(f"<bdi>{escape(text)}</bdi>" for text in others),
        " · ".join(f'<bdi dir="ltr">{_code(code)}</bdi>' for code in card.codes),
    ]
    return (
        f'<!DOCTYPE html>\n<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">'
        f'<head><meta charset="utf-8"><title>{name}</title></head><body>'
        f'<h1><a href="{escape(card.entry.iri)}" {_NEW}>{name}</a></h1>'
        f"{''.join(f'<p>{row}</p>' for row in rows if row)}</body></html>\n"
    )


def _code(code: Code) -> str:
    value = escape(code.value)
    if code.iri.startswith(("http://", "https://")):
        value = f'<a href="{escape(code.iri)}" {_NEW}>{value}</a>'
    return f"{escape(code.scheme)} {value}{f' ({escape(code.match)})' if code.match else ''}"
