"""The RDF formats of a release beside N-Quads; each reads the clusters of a part and writes its files.

Every format is one function that makes its own pass: what it costs is paid only where it is asked for, and
only one of them holds memory at a time. Chosen over (a) one pass that feeds all writers, which saves a fifth
of the time and keeps all their buffers, and (b) the serializers of the libraries, which know no order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import IO, Final, cast

import orjson
import pyoxigraph as px

from musnad.errors import DataError
from musnad.graph import Context, NodeWriter, ranked_blocks, turtle_head, xml_triples
from musnad.graph.order import ranked_subjects
from musnad.graph.terms import Names, by_subject
from musnad.release.clusters import Cluster, graph_clusters, merged_clusters
from musnad.release.outputs import Kind, Outputs
from musnad.release.shelves import Shelves
from musnad.release.sorting import Sorter
from musnad.vocabulary import RDF_TYPE

_SPOOL_BYTES: Final = 1 << 18
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9._-]")  # in the name of a file
_TURTLE_12: Final = "https://www.w3.org/TR/rdf12-turtle/"
TURTLE: Final = Kind("text/turtle")


@dataclass(frozen=True, slots=True)
class Part:
    """Triples that are released together, and what their files share."""

    name: str  # of its files, without suffix
    head: str  # the comment with which a Turtle file begins
    triples: Sorter
    prefixes: Mapping[str, str]
    context: Context
    work: Path  # a folder for what memory need not hold


def class_file(kind: str, names: Names) -> str:
    """Return the name of the file of a class: `classes/msn-Claim.ttl`."""
    short = names.curie(kind) or kind.rstrip("/#").replace("#", "/").rpartition("/")[2]
    return f"classes/{_UNSAFE.sub('-', short)}.ttl"


@dataclass(slots=True)
class _Blocks(AbstractContextManager["_Blocks"]):
    """Blocks of Turtle, on the disk where they are many; those of a lower rank come first."""

    part: Part
    names: Names
    _shelves: dict[int, SpooledTemporaryFile[bytes]] = field(init=False, default_factory=dict)

    def add(self, blocks: Iterable[tuple[int, str]]) -> None:
        """Add blocks, each after those of its rank."""
        for rank, block in blocks:
            if rank not in self._shelves:
                spool = SpooledTemporaryFile(_SPOOL_BYTES, dir=str(self.part.work))  # noqa: SIM115
                self._shelves[rank] = spool
            elif self._shelves[rank].tell():
                self._shelves[rank].write(b"\n")
            self._shelves[rank].write(block.encode())

    def read(self) -> Iterator[bytes]:
        """Yield the blocks, with an empty line between two."""
        between = b""
        for rank in sorted(self._shelves):
            yield between
            yield from _read(self._shelves[rank])
            between = b"\n"

    def sizes(self) -> dict[int, int]:
        """Return the bytes of the blocks of each rank."""
        return {rank: shelf.tell() for rank, shelf in self._shelves.items()}

    def write(self, outputs: Outputs, name: str, standard: str = "", first: str = "") -> None:
        """Write a Turtle file of the blocks: a comment, a first line, the prefixes that they use."""
        with outputs.open(name, Kind(TURTLE.media, standard)) as file:
            file.write(f"{self.part.head}{first}{turtle_head(self.names, self.part.prefixes)}".encode())
            file.writelines(self.read())

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for shelf in self._shelves.values():
            shelf.close()


def _read(spool: SpooledTemporaryFile[bytes]) -> Iterator[bytes]:
    spool.seek(0)
    while chunk := spool.read(_SPOOL_BYTES):
        yield chunk


def _turtle(part: Part, outputs: Outputs) -> None:
    """Write what people read: one block a resource, in reading order; note how the file is put together."""
    used: Counter[str] = Counter()
    with _Blocks(part, Names(part.prefixes)) as blocks:
        for cluster in merged_clusters(part.triples):
            names = Names(part.prefixes)
            blocks.add(ranked_blocks(cluster, names))
            used.update(names.used)
        blocks.names.used |= used.keys()
        blocks.write(outputs, f"{part.name}.ttl")
        outputs.shelves[f"{part.name}.ttl"] = Shelves(blocks.sizes(), used)


def _write_turtle(part: Part, outputs: Outputs, name: str, clusters: Iterable[Cluster]) -> None:
    with _Blocks(part, Names(part.prefixes)) as blocks:
        for cluster in clusters:
            blocks.add(ranked_blocks(cluster, blocks.names))
        blocks.write(outputs, name)


def _turtle_12(part: Part, outputs: Outputs) -> None:
    """Write RDF 1.2, each structured claim as the reifier of the triple that it claims."""
    with _Blocks(part, Names(part.prefixes)) as blocks:
        for cluster in merged_clusters(part.triples):
            blocks.add(ranked_blocks(cluster, blocks.names, reified=True))
        blocks.write(outputs, f"{part.name}.rdf12.ttl", _TURTLE_12, 'VERSION "1.2"\n')


def _json_ld(part: Part, outputs: Outputs) -> None:
    """Write compact JSON-LD with the whole context of the project, one resource a line."""
    writer, between = NodeWriter(part.context), b"\n"
    context = orjson.dumps(part.context.entries())
    with outputs.open(f"{part.name}.jsonld", Kind("application/ld+json")) as file:
        file.write(b'{"@context": ' + context + b',\n"@graph": [')
        for cluster in merged_clusters(part.triples):
            _refuse_schemes(cluster, part.context)
            subjects = by_subject(cluster)
            for _, subject in ranked_subjects(subjects, writer.names):
                file.write(between + orjson.dumps(writer.node(subject, subjects[subject])))
                between = b",\n"
        file.write(b"\n]}\n")


def _refuse_schemes(cluster: Cluster, context: Context) -> None:
    """Raise DataError at an IRI that a reader of JSON-LD would take for a prefixed name."""
    for triple in cluster:
        for term in triple:
            if isinstance(term, px.NamedNode):
                scheme, _, rest = term.value.partition(":")
                if scheme in context.prefixes and not rest.startswith("//"):
                    problem = f"in JSON-LD {scheme!r} is a prefix, and no scheme of an IRI"
                    raise DataError(term.value, problem, "rename the prefix in ontology/context.jsonld")


def _rdf_xml(part: Part, outputs: Outputs) -> None:
    """Write RDF/XML, or raise DataError where XML cannot hold a character."""
    clusters = merged_clusters(part.triples)
    triples = xml_triples(triple for cluster in clusters for triple in sorted(cluster, key=str))
    with outputs.open(f"{part.name}.rdf", Kind("application/rdf+xml")) as file:
        try:
            px.serialize(triples, cast(IO[bytes], file), px.RdfFormat.RDF_XML, prefixes=dict(part.prefixes))
        except ValueError as error:
            raise DataError(file.name, str(error), "leave rdf-xml out of the formats") from None


def _trig(part: Part, outputs: Outputs) -> None:
    """Write TriG: the default graph first, then each named graph by its IRI."""
    names, between = Names(part.prefixes), b""
    with SpooledTemporaryFile(_SPOOL_BYTES, dir=str(part.work)) as body:
        for graph, clusters in graph_clusters(part.triples):
            body.write(between + (f"{names.iri(graph)} {{\n".encode() if graph else b""))
            with _Blocks(part, names) as blocks:
                for cluster in clusters:
                    blocks.add(ranked_blocks(cluster, names, "    " if graph else ""))
                body.writelines(blocks.read())
            body.write(b"}\n" if graph else b"")
            between = b"\n"
        with outputs.open(f"{part.name}.trig", Kind("application/trig")) as file:
            file.write(f"{part.head}{turtle_head(names, part.prefixes)}".encode())
            file.writelines(_read(body))


def _documents(part: Part, outputs: Outputs) -> None:
    """Write each named graph as Turtle: one for each document, and those of the authority and the terms."""
    for graph, clusters in graph_clusters(part.triples):
        name = graph.rstrip("/").rpartition("/")[2] or "default"
        _write_turtle(part, outputs, f"graphs/{_UNSAFE.sub('-', name)}.ttl", clusters)


def _classes(part: Part, outputs: Outputs) -> None:
    """Write each class as Turtle: its resources by IRI, each with its parts."""
    made: dict[str, _Blocks] = {}
    with ExitStack() as opened:
        curies = Names(part.prefixes)
        for cluster in merged_clusters(part.triples):
            for name in (class_file(kind, curies) for kind in _classes_of(cluster)):
                if name not in made:
                    made[name] = opened.enter_context(_Blocks(part, Names(part.prefixes)))
                made[name].add((0, block) for _, block in ranked_blocks(cluster, made[name].names))
        for name, blocks in sorted(made.items()):
            blocks.write(outputs, name)


def _classes_of(cluster: Cluster) -> list[str]:
    """Return the classes of a resource, or of its parts where it has none itself."""
    kinds: dict[bool, set[str]] = {True: set(), False: set()}
    for triple in cluster:
        if triple.predicate.value == RDF_TYPE and isinstance(triple.object, px.NamedNode):
            kinds["#" not in str(triple.subject)].add(triple.object.value)
    return sorted(kinds[True] or kinds[False])


# Formats of merged graphs, and formats that keep the graphs apart: name → what writes it.
MERGED: Final[dict[str, Callable[[Part, Outputs], None]]] = {
    "turtle": _turtle,
    "rdf-1.2": _turtle_12,
    "json-ld": _json_ld,
    "rdf-xml": _rdf_xml,
    "classes": _classes,
}
GRAPHS: Final[dict[str, Callable[[Part, Outputs], None]]] = {"trig": _trig, "documents": _documents}
