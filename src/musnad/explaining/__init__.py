"""Show how one document was read, and measure readings against gold files.

For the person who adds a source or a pattern, on that person's own machine; nothing here is published.
"""

from musnad.explaining.explanation import Explanation, explain
from musnad.explaining.figures import print_misses, print_patterns, print_scores, to_json
from musnad.explaining.forms import read_needs
from musnad.explaining.gold import Gold, find_gold, read_gold
from musnad.explaining.labels import Labels, read_labels
from musnad.explaining.measuring import measure, readable
from musnad.explaining.page import to_html
from musnad.explaining.scoring import Scores, score
from musnad.explaining.terminal import print_explanation

__all__ = [
    "Explanation",
    "Gold",
    "Labels",
    "Scores",
    "explain",
    "find_gold",
    "measure",
    "print_explanation",
    "print_misses",
    "print_patterns",
    "print_scores",
    "read_gold",
    "read_labels",
    "read_needs",
    "readable",
    "score",
    "to_html",
    "to_json",
]
