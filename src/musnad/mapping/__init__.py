"""Tables to quads: mappings in YARRRML, compiled to Python.

`read_mappings` reads a project's mappings, `compile_mapping` makes them ready, `map_rows` runs them over the
rows of a build; `map_files` does all of it for a mapping and tables of one's own. How to write a mapping:
`docs/mapping.md`.
"""

from musnad.mapping.compiled import Compiled, compile_mapping, map_rows
from musnad.mapping.files import map_files, read_mappings
from musnad.mapping.terms import Mapping

__all__ = ["Compiled", "Mapping", "compile_mapping", "map_files", "map_rows", "read_mappings"]
