"""Dates as documents write them, and as EDTF says them.

EDTF: https://www.loc.gov/standards/datetime/. A small grammar of our own over folded text, chosen after
measuring over (a) dateparser, which fills a missing day with today's and knows few Levantine months, and
(b) htmldate, which returns wrong dates for Arabic months without a word of doubt.
"""

from musnad.dates.edtf import bounds
from musnad.dates.finding import find_dates
from musnad.dates.resolving import FoundDate

__all__ = ["FoundDate", "bounds", "find_dates"]
