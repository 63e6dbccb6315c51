"""RDF as people read it: deterministic writers for Turtle, TriG, N-Triples, N-Quads, RDF/XML and JSON-LD.

The same set of triples gives the same bytes, whatever the order in which it came. Chosen over (a) the
serializers of rdflib, which are slow and sort a claim away from the chain that brought it, and (b) those of
pyoxigraph, which keep the order of the input and know no grouping.
"""

from musnad.graph.files import in_graph, read_rdf, rebase
from musnad.graph.jsonld import Context, NodeWriter, to_document, to_jsonld
from musnad.graph.lines import to_nquads, to_ntriples, to_rdfxml, xml_triples
from musnad.graph.turtle import ranked_blocks, to_trig, to_turtle, turtle_blocks, turtle_head

__all__ = [
    "Context",
    "NodeWriter",
    "in_graph",
    "ranked_blocks",
    "read_rdf",
    "rebase",
    "to_document",
    "to_jsonld",
    "to_nquads",
    "to_ntriples",
    "to_rdfxml",
    "to_trig",
    "to_turtle",
    "turtle_blocks",
    "turtle_head",
    "xml_triples",
]
