"""The data beside a page: the same thing as Turtle, JSON-LD, N-Triples and RDF/XML.

Chosen over (a) one format with a converter elsewhere, which few readers have, and (b) writing the files when
the store is built, which would part them from the pages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Final

import orjson
import pyoxigraph as ox
from markupsafe import Markup

from musnad.config import Site as SiteConfig
from musnad.graph import Context, to_document, to_jsonld, to_ntriples, to_rdfxml, to_turtle
from musnad.project import Project
from musnad.site.surroundings import FEW_CLAIMS, MOST_CLAIMS, Labels, surroundings
from musnad.site.traces import is_known
from musnad.store import Store
from musnad.vocabulary import PREFIXES, prefixes

MEDIA_TYPES: Final = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}
# Of the JSON-LD in a page; what is longer stands in the file beside it.
MOST_STATEMENTS: Final = 60
MOST_CHARACTERS: Final = 20_000  # of all literals
_ESCAPES: Final = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


class Data:
    """Writes the things of one store as data."""

    def __init__(self, project: Project, store: Store, config: SiteConfig) -> None:
        self._store, self._labels = store, Labels(store)
        self._graphs, self._claims = config.minter.graph(""), f"{config.base}claim/"
        self._common = config.minter.scheme(""), f"{config.base}activity/"
        following = config.minter.term("evidence"), PREFIXES["oa"] + "hasSelector"
        self._following = frozenset(map(ox.NamedNode, following))
        # The formats and the languages of one thing are asked for one after the other.
        self._last: tuple[str, list[ox.Quad]] = ("", [])
        self._embedded: tuple[str, Markup] = ("", Markup(""))
        self._context, names = Context.read(project.context, config.base), prefixes(config.base)
        self._reported = ox.NamedNode(config.minter.graph("reported"))
        self._writers: dict[str, Callable[[Sequence[ox.Quad]], str]] = {
            "ttl": lambda quads: to_turtle(quads, names),
            "jsonld": lambda quads: to_jsonld(quads, self._context),
            "nt": to_ntriples,
            "rdf": lambda quads: to_rdfxml(quads, names),
        }

    def describe(self, iri: str, most: int = 0) -> list[ox.Quad]:
        """Return what is said of a thing, its parts and the passages that it cites; all of a named graph.

        The derived triples of `graph/reported` are left out: in a format without graphs nothing would show
        that they are only reported. Where `most` is given, it is enough to return more than that many.
        """
        if iri.startswith(self._graphs):
            return list(islice(self._store.quads(iri), most + 1 if most else None))
        found, waiting, seen = list[ox.Quad](), [iri], {iri}
        while waiting and not 0 < most < len(found):
            cited = set[str]()
            for quad in self._store.describe(waiting.pop(), most):
                if quad.graph_name == self._reported:
                    continue
                found.append(quad)
                if quad.predicate in self._following and isinstance(quad.object, ox.NamedNode):
                    cited.add(quad.object.value)
            waiting += sorted(cited - seen)
            seen |= cited
        return found

    def knows(self, iri: str) -> bool:
        """Tell whether anything is said of a thing, so that it has data files."""
        if iri.startswith(self._graphs):
            return self._store.native.contains_named_graph(ox.NamedNode(iri))
        return is_known(self._store, iri)

    def write(self, iri: str, suffix: str) -> str | None:
        """Return the description of a thing in the format of a suffix; None where there is none."""
        last = self._last
        if last[0] != iri:
            quads = self.describe(iri)
            if quads and not iri.startswith(self._graphs):
                most = FEW_CLAIMS if iri.startswith(self._common) else MOST_CLAIMS
                quads += surroundings(self._store, quads, (iri, self._claims, most), self._labels)
            last = self._last = (iri, quads)
        return self._writers[suffix](last[1]) if last[1] else None

    def embedded(self, iri: str) -> Markup:
        """Return the description as JSON-LD for a `script` element, or nothing where it is too long."""
        last = self._embedded
        if last[0] != iri:
            last = self._embedded = (iri, self._embed(iri))
        return last[1]

    def _embed(self, iri: str) -> Markup:
        quads = self.describe(iri, MOST_STATEMENTS)
        said = sum(len(quad.object.value) for quad in quads if isinstance(quad.object, ox.Literal))
        if not 0 < len(quads) <= MOST_STATEMENTS or said > MOST_CHARACTERS:
            return Markup("")
        text = orjson.dumps(to_document(quads, self._context)).decode("utf-8")
        for character, escaped in _ESCAPES.items():  # ten times as fast as `translate`
            text = text.replace(character, escaped)
        return Markup(text)
