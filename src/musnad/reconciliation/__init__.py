"""Reconciliation: which of our entities a name, a row of a table or a foreign IRI means.

The Reconciliation Service API 0.2 (W3C Entity Reconciliation Community Group) over the index of `search`; it
proposes, scores and explains, and is slow to be certain about people and bodies. Everything about HTTP is in
`server.reconciling`. Chosen over (a) a service beside the server, which would rank names in another way, and
(b) fuzzy SPARQL, which folds no Arabic.
"""

from musnad.reconciliation.cards import Card, Cards
from musnad.reconciliation.extending import Extender
from musnad.reconciliation.foreign import Foreign, Known
from musnad.reconciliation.queries import Query, Refused, read_batch, read_conditions
from musnad.reconciliation.service import Service

__all__ = [
    "Card",
    "Cards",
    "Extender",
    "Foreign",
    "Known",
    "Query",
    "Refused",
    "Service",
    "read_batch",
    "read_conditions",
]
