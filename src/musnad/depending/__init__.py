"""What the answer of a query depends on, so that a change of the data asks again for nothing else.

A query is read once (`reads`); from the quads that were removed or added the things whose answers may differ
are found backwards (`changes`). Pages, rules and whatever else asks the store by SPARQL stand on it. Chosen
over (a) dependencies that someone writes down, which would lie one day, and (b) links within some distance of
a change, which reach everything where one place is in every document.
"""

from musnad.depending.changes import Changed, things_concerned
from musnad.depending.patterns import Read
from musnad.depending.reads import keep_reads, reads_of, with_things

__all__ = ["Changed", "Read", "keep_reads", "reads_of", "things_concerned", "with_things"]
