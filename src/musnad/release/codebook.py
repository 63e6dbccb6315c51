"""The codebook: what every column, every term and every pattern means, in Arabic and in English.

One content in three forms: `codebook.json` for programs, `codebook.md` for people, and triples that a page of
the site is made of. Terms and patterns tell of themselves in the data; columns are told of here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import orjson
import pyoxigraph as px

from musnad.iri import Minter
from musnad.release.clusters import Cluster
from musnad.release.pen import Pen
from musnad.tables.arabic import COLUMNS, ROWS
from musnad.tables.columns import TABLES
from musnad.tables.kinds import kind_of, published
from musnad.vocabulary import PREFIXES, RDF_TYPE

Words = dict[str, str]  # language → words
_XSD: Final = PREFIXES["xsd"]
_LABELS: Final = (PREFIXES["skos"] + "prefLabel", PREFIXES["rdfs"] + "label")
_MEANINGS: Final = tuple(
    PREFIXES[prefix] + name
    for prefix, name in (("skos", "definition"), ("rdfs", "comment"), ("dcterms", "description"))
)
_PLAN: Final = PREFIXES["prov"] + "Plan"
_FIGURES: Final = {
    "relation": PREFIXES["dcterms"] + "type",
    "version": PREFIXES["schema"] + "version",
    "precision": PREFIXES["schema"] + "ratingValue",
    "support": PREFIXES["schema"] + "ratingCount",
}


def codebook(terms: Iterable[Cluster], patterns: Iterable[Cluster]) -> dict[str, Any]:
    """Return the meanings of columns, terms and patterns, as `codebook.json` has them."""
    tables = [
        {
            "name": table,
            "row": dict(zip(("en", "ar"), ROWS[table], strict=True)),
            "columns": [
                {"name": name, "datatype": kind_of(table, name), "meaning": _column(table, name)}
                for name in published(table, TABLES[table])
            ],
        }
        for table in TABLES
    ]
    found = [_told(cluster, subject) for cluster in terms for subject in _subjects(cluster)]
    plans = [_pattern(cluster) for cluster in patterns if _PLAN in _values(cluster, RDF_TYPE)]
    kept = [each for each in found if each["label"]]
    return {"tables": tables, "terms": _sorted(kept), "patterns": _sorted(plans)}


def codebook_triples(mint: Minter) -> list[px.Triple]:
    """Return tables and columns as triples of CSV on the Web, for the store of a build."""
    pen = Pen(mint)
    for table in TABLES:
        here = mint.codebook(table)
        pen.link(here, "rdf:type", pen.iri("csvw:Table"))
        pen.words(here, "rdfs:label", [("en", table)])
        pen.words(here, "dcterms:description", zip(("en", "ar"), ROWS[table], strict=True))
        for place, name in enumerate(published(table, TABLES[table]), 1):
            column = f"{here}#{name}"
            pen.link(here, "csvw:column", column)
            pen.link(column, "rdf:type", pen.iri("csvw:Column"))
            pen.value(column, "csvw:name", name)
            pen.value(column, "schema:position", place)
            pen.link(column, "csvw:datatype", _XSD + kind_of(table, name))
            pen.words(column, "dcterms:description", sorted(_column(table, name).items()))
    return pen.triples


def as_json(book: dict[str, Any]) -> bytes:
    """Return a codebook for programs."""
    return orjson.dumps(book, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def as_markdown(book: dict[str, Any], title: str) -> bytes:
    """Return a codebook for people: both languages side by side."""
    lines = [f"# {title}: codebook · دليل البيانات", ""]  # guide to the data
    for table in book["tables"]:
        lines += [f"## `{table['name']}`", "", f"{table['row']['en']} · {table['row']['ar']}", ""]
        rows = [(f"`{c['name']}`", c["datatype"], *_both(c["meaning"])) for c in table["columns"]]
        lines += _table(("column", "datatype", "meaning", "المعنى"), rows)  # meaning
    terms = [(f"<{t['iri']}>", *_both(t["label"]), *_both(t["meaning"])) for t in book["terms"]]
    lines += ["## Terms · المصطلحات", ""]  # terms
    lines += _table(("term", "label", "التسمية", "meaning", "المعنى"), terms)  # label, meaning
    patterns = [
        (f"`{p['name']}`", p.get("precision", ""), p.get("support", ""), *_both(p["meaning"]))
        for p in book["patterns"]
    ]
    lines += ["## Patterns · أنماط القراءة", ""]  # patterns of reading
    lines += _table(("pattern", "precision", "measured on", "what it reads", "ما يقرؤه"), patterns)
    return "\n".join(lines).encode()


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = [head, ("---",) * len(head), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines] + [""]


def _both(words: Words) -> tuple[str, str]:
    return " ".join(words.get("en", "").split()), " ".join(words.get("ar", "").split())


def _column(table: str, name: str) -> Words:
    meaning = TABLES[table][name]
    return {"en": meaning, "ar": COLUMNS[meaning]}


def _sorted(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(found, key=lambda each: str(each["iri"]))


def _subjects(cluster: Cluster) -> list[str]:
    return sorted({str(triple.subject)[1:-1] for triple in cluster})


def _values(cluster: Cluster, predicate: str, subject: str = "") -> list[str]:
    """Return the values of a property in a cluster, sorted: words and IRIs alike."""
    found = (t for t in cluster if t.predicate.value == predicate)
    return sorted(t.object.value for t in found if str(t.subject)[1:-1].startswith(subject))  # type: ignore[union-attr]


def _words(cluster: Cluster, subject: str, predicates: tuple[str, ...]) -> Words:
    """Return the words of the first of some properties that a subject has, by language."""
    for predicate in predicates:
        words = {
            t.object.language: t.object.value
            for t in sorted(cluster, key=str)
            if str(t.subject)[1:-1] == subject
            and t.predicate.value == predicate
            and isinstance(t.object, px.Literal)
            and t.object.language
        }
        if words:
            return dict(sorted(words.items()))
    return {}


def _told(cluster: Cluster, subject: str) -> dict[str, Any]:
    label, meaning = _words(cluster, subject, _LABELS), _words(cluster, subject, _MEANINGS)
    return {"iri": subject, "label": label, "meaning": meaning}


def _pattern(cluster: Cluster) -> dict[str, Any]:
    subject = _subjects(cluster)[0]
    figures = {name: values[0] for name, iri in _FIGURES.items() if (values := _values(cluster, iri))}
    name = subject.rpartition("/")[2]
    return {"iri": subject, "name": name, "meaning": _words(cluster, subject, _MEANINGS), **figures}
