"""RDF as people read it: deterministic writers for Turtle, TriG, N-Triples, N-Quads, RDF/XML and JSON-LD.

The same set of triples gives the same bytes, whatever the order in which it came. Chosen over (a) the
serializers of rdflib, which are slow and sort a claim away from the chain that brought it, and (b) those of
pyoxigraph, which keep the order of the input and know no grouping.
"""

from musnad.graph.files import in_graph, read_rdf, rebase
from musnad.graph.jsonld import Context, to_jsonld
from musnad.graph.lines import to_nquads, to_ntriples, to_rdfxml
from musnad.graph.turtle import to_trig, to_turtle, turtle_blocks

__all__ = [
    "Context",
    "in_graph",
    "read_rdf",
    "rebase",
    "to_jsonld",
    "to_nquads",
    "to_ntriples",
    "to_rdfxml",
    "to_trig",
    "to_turtle",
    "turtle_blocks",
]
