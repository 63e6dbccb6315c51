"""A release: one immutable version of the data, as files that anybody can check.

Same quads, same bytes: the day is a parameter, every file is sorted, compressed files carry no time. Chosen
over (a) dumping the store, whose order is its own, and (b) one archive, which nobody can read in a browser.

The canonical N-Quads are the release (`lines.py`); every other form is made of them, resource by resource,
and nothing is held in memory that grows with the dataset. Derived plain triples stand apart (`reported.ttl`),
because they would else look like assertions of ours. The files: `docs/releases.md`.
"""

from musnad.release.checking import check_release
from musnad.release.description import describe
from musnad.release.difference import Difference, difference
from musnad.release.files import ReleaseResult, write_release
from musnad.release.folders import recover, replaced
from musnad.release.making import ReleaseInfo
from musnad.release.ordering import FORMATS, Order, chosen
from musnad.release.signing import sign_release, verify_signature
from musnad.release.sorting import Sorter
from musnad.release.sums import verify_release
from musnad.release.views import derive

__all__ = [
    "FORMATS",
    "Difference",
    "Order",
    "ReleaseInfo",
    "ReleaseResult",
    "Sorter",
    "check_release",
    "chosen",
    "derive",
    "describe",
    "difference",
    "recover",
    "replaced",
    "sign_release",
    "verify_release",
    "verify_signature",
    "write_release",
]
