"""A release: one immutable version of the data, as files that anybody can check.

Same quads, same bytes: the day is a parameter, every file is sorted, compressed files carry no time. Chosen
over (a) dumping the store, whose order is its own, and (b) one archive, which nobody can read in a browser.

Files: `musnad.nq` (all named graphs), `musnad.ttl` (what the documents, the authority and the patterns give,
merged and grouped to be read), `reported.ttl` (the derived plain triples, apart, because they would else look
like assertions of ours), both dumps compressed, `ontology.ttl` (our terms alone), `void.ttl`, `SHA256SUMS`.
"""

from musnad.release.description import describe
from musnad.release.difference import Difference, difference
from musnad.release.files import ReleaseInfo, ReleaseResult, write_release
from musnad.release.folders import replaced
from musnad.release.sums import verify_release
from musnad.release.views import derive

__all__ = [
    "Difference",
    "ReleaseInfo",
    "ReleaseResult",
    "derive",
    "describe",
    "difference",
    "replaced",
    "verify_release",
    "write_release",
]
