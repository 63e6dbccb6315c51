"""Search: one index of names, claims and titles, and one ranking for all who ask it.

The server, the script of the written site and whoever reconciles names get the same results in the same
order: the ranking adds whole numbers that stand in the index, and nothing else. Chosen over (a) an index made
for static sites, which cannot fold Arabic as the engine does, and (b) full text in the query service, which
would make every search a query of strangers.
"""

from musnad.search.entries import Entry, read_entries
from musnad.search.index import Candidate, Found, Index
from musnad.search.ledger import FACETS, Choice, Ledger
from musnad.search.shards import write_shards
from musnad.search.spelling import spans, words_of

__all__ = [
    "FACETS",
    "Candidate",
    "Choice",
    "Entry",
    "Found",
    "Index",
    "Ledger",
    "read_entries",
    "spans",
    "words_of",
    "write_shards",
]
