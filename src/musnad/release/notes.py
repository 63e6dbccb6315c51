"""What tells of a release to those who keep and cite it: RO-Crate and CITATION.cff.

RO-Crate 1.2 (https://w3id.org/ro/crate/1.2) is the description by schema.org that archives read; it names
every file but those of single graphs, which `graphs.csv` lists. CITATION.cff is of version 1.2.0
(https://citation-file-format.github.io/).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

import orjson

from musnad.release.description import Edition
from musnad.release.figures import Figures
from musnad.release.outputs import Distribution

CRATE: Final = "ro-crate-metadata.json"
_PROFILE: Final = "https://w3id.org/ro/crate/1.2"
_MESSAGE: Final = "If you use this dataset, please cite it with its version."
_FOLDERS: Final = {
    "graphs/": "Each named graph as Turtle: one for each document, and those of the authority and the terms.",
    "classes/": "Each class as Turtle: its resources, each with its parts.",
    "tables/": "The tables, described by csv-metadata.json (CSV on the Web).",
}


def ro_crate(files: Iterable[Distribution], figures: Figures, edition: Edition) -> bytes:
    """Return the metadata file of an RO-Crate."""
    listed = sorted(files, key=lambda file: file.name)
    folders = [name for name in _FOLDERS if any(file.name.startswith(name) for file in listed)]
    shown = [file for file in listed if not file.name.startswith("graphs/")]
    root = _root(figures, edition)
    root["hasPart"] = [{"@id": name} for name in (*folders, *(file.name for file in shown))]
    mint, places = edition.site.minter, edition.site.release_places
    graph = [
        {
            "@id": CRATE,
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": _PROFILE},
        },
        root,
        *_context_entities(edition),
        *({"@id": name, "@type": "Dataset", "description": _FOLDERS[name]} for name in folders),
        *({"@id": mint.entity(slug), "@type": "Place", "name": slug} for slug in places),
        *map(_file, shown),
    ]
    data = {"@context": f"{_PROFILE}/context", "@graph": graph}
    return orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _root(figures: Figures, edition: Edition) -> dict[str, Any]:
    """Return the dataset itself, without its files."""
    site, mint = edition.site, edition.site.minter
    days = (figures.earliest, figures.latest)
    words = (_in(site.description, tag) for tag in ("en", "ar"))
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "identifier": mint.release(edition.name),
        "name": _in(site.title, "en") or mint.dataset(),
        "alternateName": _in(site.title, "ar"),
        "description": "\n".join(filter(None, words)) or mint.dataset(),
        "datePublished": edition.date,
        "version": edition.name,
        "isAccessibleForFree": True,
        "inLanguage": ["ar", "en"],
        "license": {"@id": site.licence},
        "publisher": {"@id": "#publisher"},
        "url": {"@id": mint.dataset()},
        "temporalCoverage": "/".join(days) if all(days) else "",
        "spatialCoverage": [{"@id": mint.entity(slug)} for slug in site.release_places],
    }
    return {name: value for name, value in root.items() if value}


def _context_entities(edition: Edition) -> list[dict[str, Any]]:
    """Return the publisher, the licence, the software, and the run that made the release."""
    site = edition.site
    name, _, version = edition.engine.rpartition(" ")
    publisher = _in(site.publisher, "en") or _in(site.title, "en") or "unnamed"
    return [
        {"@id": "#publisher", "@type": "Organization", "name": publisher},
        {"@id": site.licence, "@type": "CreativeWork", "name": site.licence},
        {"@id": "#engine", "@type": "SoftwareApplication", "name": name, "softwareVersion": version},
        {
            "@id": "#run",
            "@type": "CreateAction",
            "name": "The run that made the release",
            "instrument": {"@id": "#engine"},
            "result": {"@id": "./"},
            "endTime": edition.date,
        },
    ]


def _file(file: Distribution) -> dict[str, Any]:
    packed = f"application/{file.packing}" if file.packing else file.media
    return {
        "@id": file.name,
        "@type": "File",
        "name": file.name.rpartition("/")[2],
        "encodingFormat": packed,
        "contentSize": str(file.size),
        "sha256": file.sha256,
    }


def citation(figures: Figures, edition: Edition) -> bytes:
    """Return CITATION.cff: YAML whose words all stand in quotation marks."""
    site, mint = edition.site, edition.site.minter
    words = {tag: " ".join(text.split()) for tag, text in sorted(site.description.items()) if text.strip()}
    author = _in(site.publisher, "en") or _in(site.title, "en") or "unnamed"
    lines = [
        "cff-version: 1.2.0",
        f"message: {_quoted(_MESSAGE)}",
        "type: dataset",
        f"title: {_quoted(_line(site.title) or mint.dataset())}",
        f"version: {_quoted(edition.name)}",
        f"date-released: {_quoted(edition.date)}",
        f"license-url: {_quoted(site.licence)}",
        f"url: {_quoted(mint.dataset())}",
        *([f"abstract: {_quoted(' '.join(words.values()))}"] if words else []),
        "authors:",
        f"  - name: {_quoted(author)}",
        "identifiers:",
        "  - type: url",
        f"    value: {_quoted(mint.release(edition.name))}",
        '    description: "this version"',
        "  - type: other",
        f"    value: {_quoted(f'sha256:{figures.sha256}')}",
        '    description: "canonical hash of its content (RDFC-1.0)"',
    ]
    return ("\n".join(lines) + "\n").encode()


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # a JSON string is a YAML string


def _in(words: Mapping[str, str], language: str) -> str:
    return " ".join(words.get(language, "").split())


def _line(words: Mapping[str, str]) -> str:
    return " · ".join(filter(None, (_in(words, tag) for tag in sorted(words))))
