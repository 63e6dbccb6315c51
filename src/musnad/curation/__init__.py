"""Human decisions about readings, and the persons who are never published.

`decisions` reads what people decided, `applying` carries it out on one document after another (`claims`,
`entities`), `private` holds the list of private persons, `names` finds their names in any text, `removing`
takes them out of rows and `erasing` out of finished quads, `withdrawn` says what is gone and what has moved.
"""

from musnad.curation.applying import Curation
from musnad.curation.decisions import (
    ACCEPT,
    CORRECT,
    MERGE,
    REJECT,
    SPLIT,
    VERBS,
    WITHDRAW,
    Decision,
    Finding,
    read_decisions,
)
from musnad.curation.names import Names, words_of
from musnad.curation.outcome import Outcome
from musnad.curation.private import (
    Entry,
    Private,
    address_hash,
    entry_of,
    open_private,
    read_private,
    write_private,
)
from musnad.curation.removing import Removal
from musnad.curation.withdrawn import (
    OUTCOME,
    WITHDRAWN,
    Addresses,
    addresses,
    dump,
    read_addresses,
    read_outcome,
    write_addresses,
    write_outcome,
)

__all__ = [
    "ACCEPT",
    "CORRECT",
    "MERGE",
    "OUTCOME",
    "REJECT",
    "SPLIT",
    "VERBS",
    "WITHDRAW",
    "WITHDRAWN",
    "Addresses",
    "Curation",
    "Decision",
    "Entry",
    "Finding",
    "Names",
    "Outcome",
    "Private",
    "Removal",
    "address_hash",
    "addresses",
    "dump",
    "entry_of",
    "open_private",
    "read_addresses",
    "read_decisions",
    "read_outcome",
    "read_private",
    "words_of",
    "write_addresses",
    "write_outcome",
    "write_private",
]
