"""Judging a dataset: shapes within each named graph, rules across all of them.

pySHACL judges one named graph at a time, so that the cost grows with the data and never out of line; what
looks at two nodes at once (a claim's speaker is its highest hop) is plain SPARQL over the store, in
`shapes/*.rq`. Chosen over (a) SHACL-SPARQL, which took 70 s where a query takes milliseconds, and (b) a fast
engine alone, none of which passes the tests of the W3C as well.
"""

from musnad.validation.afterwards import judged_after
from musnad.validation.check import Judge, judge_graph, validate, validate_by
from musnad.validation.checked import checked
from musnad.validation.page import to_html, write_report
from musnad.validation.report import Report, ValidationResult
from musnad.validation.rules import Known, Rule, read_rules, results_after
from musnad.validation.shapes import Shapes, read_shapes
from musnad.validation.words import print_report

__all__ = [
    "Judge",
    "Known",
    "Report",
    "Rule",
    "Shapes",
    "ValidationResult",
    "checked",
    "judge_graph",
    "judged_after",
    "print_report",
    "read_rules",
    "read_shapes",
    "results_after",
    "to_html",
    "validate",
    "validate_by",
    "write_report",
]
