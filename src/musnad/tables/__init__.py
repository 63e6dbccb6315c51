"""The flat tables between understanding and shaping: their columns, their rows, their files.

RML over nested JSON cannot reach a parent record, so every row carries the keys it needs. A column that has
no value is null and gives no triple. All IRIs stand in columns; the mappings only say which triples a row
gives. Chosen over (a) nested documents, which mappings cannot join, and (b) building triples in Python,
which nobody but us could change.

The tables are published with `csvw()`, a CSVW description (https://www.w3.org/TR/tabular-metadata/).
"""
