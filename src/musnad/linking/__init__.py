"""Links to other datasets: proposed by machines, decided by people, offered to those who link back.

`proposing` asks a reconciliation service or a table what our entities may be there, `review` keeps what
people decide, `kit` writes what Wikidata, Mix'n'match and BEACON servers take. Nothing here links by itself:
see docs/decisions/0005. Chosen over (a) accepting what scores high, which joins namesakes, and (b) a form on
the web, which would need accounts; a table needs none.
"""

from musnad.linking.accepting import accept
from musnad.linking.client import Endpoint
from musnad.linking.kit import Kit, write_kit
from musnad.linking.proposing import Proposal, Question, propose
from musnad.linking.review import Row, merge, read_review, write_review
from musnad.linking.statements import Properties, write_statements
from musnad.linking.table import Table

__all__ = [
    "Endpoint",
    "Kit",
    "Properties",
    "Proposal",
    "Question",
    "Row",
    "Table",
    "accept",
    "merge",
    "propose",
    "read_review",
    "write_kit",
    "write_review",
    "write_statements",
]
