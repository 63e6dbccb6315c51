"""The verbs of the command line; each is one stage, or a chain of them."""

from __future__ import annotations

import csv
import dataclasses
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import orjson
import typer

from musnad import __version__
from musnad.build import Folder, Stages, build, check, initialise, name_files, refused_by, release_date
from musnad.cli.console import CONSOLE, bar, complain, print_rows, say, show_table
from musnad.cli.deciding import tell_decisions
from musnad.cli.reader_option import chosen_reader, with_reader
from musnad.errors import ProjectError
from musnad.project import Project

if TYPE_CHECKING:
    from musnad.reading import Refusal

app: Final = typer.Typer(
    name="musnad",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Turn documents into linked data in which every statement names the words that say it, "
    "who says it, and through whom it reached us.",
)
# The formats of answers, and what an HTTP client would ask for: for tables, and for graphs.
_FORMATS: Final = {
    "table": "text/csv, text/turtle",
    "csv": "text/csv, application/n-triples",
    "tsv": "text/tab-separated-values, text/turtle",
    "json": "application/sparql-results+json, application/ld+json",
    "xml": "application/sparql-results+xml, application/rdf+xml",
    "turtle": "text/turtle, text/csv",
    "ntriples": "application/n-triples, text/csv",
    "jsonld": "application/ld+json, application/sparql-results+json",
    "rdfxml": "application/rdf+xml, application/sparql-results+xml",
}
DEFAULT_BUILD: Final = Path("build/demo")

Given = Annotated[Path, typer.Argument(help="A document, or a folder of documents.", show_default=False)]
Built = Annotated[Path, typer.Argument(help="A folder that `musnad build` made.")]
Out = Annotated[Path, typer.Option("--out", "-o", help="Where to write.")]
Where = Annotated[
    Path,
    typer.Option("--project", "-p", help="The dataset project, or a folder inside it.", show_default="here"),
]


def _stages(project: Path) -> Stages:
    return Stages.of(Project.find(project), bar, chosen_reader())


def _tell(refused: list[Refusal]) -> None:
    """Print the documents that were refused; exit with 1 if there are any."""
    if refused:
        rows = [(refusal.file, refusal.reason, refusal.remedy) for refusal in refused]
        show_table("Not read", ("file", "why", "what to do"), rows)
        complain(f"{len(refused)} document(s) were refused; all others are there")
        raise typer.Exit(1)


@app.callback(invoke_without_command=True)
def _version(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if version:
        sys.stdout.write(f"musnad {__version__}\n")
        raise typer.Exit


@app.command("init", epilog="Example: `musnad init my-dataset`")
def init_verb(folder: Annotated[Path, typer.Argument(help="A folder that does not exist yet.")]) -> None:
    """Write a new dataset project, ready for your documents and mappings."""
    initialise(folder)
    say(f"{folder}: put documents in {folder}/documents, go there, and: musnad build documents -o build/mine")


@app.command("build", epilog="Example: `musnad build documents -o build/mine`")
@with_reader
def build_verb(
    documents: Annotated[Path | None, typer.Argument(help="A document, or a folder of documents.")] = None,
    out: Out = DEFAULT_BUILD,
    examples: Annotated[
        bool, typer.Option("--examples", help="Publish the bundled sample documents.")
    ] = False,
    project: Where = Path(),
    date: Annotated[str, typer.Option(help="Date of the release; SOURCE_DATE_EPOCH or today.")] = "",
) -> None:
    """Run every stage: from documents to tables, dataset, report, dumps and pages.

    The last build stays in place unless every stage passes.
    """
    if examples == (documents is not None):
        raise ProjectError("musnad build", "give either a folder of documents or --examples")
    stages = _stages(project)
    files = name_files(documents) if documents else [(path, path.name) for path in stages.project.examples()]
    result = build(stages, files, out, date, keep=True)
    rows = [(name, f"{number:,}") for name, number in result.counts.items()]
    title = f"{out} is up to date" if result.unchanged else f"Built {out} in {result.seconds:.1f} s"
    show_table(title, ("what", "how many"), rows)
    tell_decisions(out)
    sys.stdout.write(f"{out}\n")
    _tell(result.refused)


@app.command("read", epilog="Example: `musnad read page.txt | jq .title`")
def read_verb(documents: Given, project: Where = Path()) -> None:
    """Print what the sources read of each document, as JSON Lines."""
    from musnad.reading import Refusal

    refused = []
    for document in _stages(project).read(name_files(documents)):
        if isinstance(document, Refusal):
            refused.append(document)
            continue
        values = dataclasses.asdict(document)
        values["text"] = f"{len(document.text)} characters, sha256 {document.sha256}"
        sys.stdout.buffer.write(orjson.dumps(values, option=orjson.OPT_APPEND_NEWLINE))
    sys.stdout.flush()
    _tell(refused)


@app.command("tables", epilog="Example: `musnad tables documents -o tables --parquet`")
@with_reader
def tables_verb(
    documents: Given,
    out: Out = Path("tables"),
    parquet: Annotated[
        bool, typer.Option("--parquet", help="Write Parquet too (needs musnad[parquet]).")
    ] = False,
    arrays: Annotated[
        bool, typer.Option("--json", help="Write JSON arrays too, for other RML engines.")
    ] = False,
    project: Where = Path(),
) -> None:
    """Write the flat tables of the documents: zones, mentions, claims, attributions."""
    stages = _stages(project)
    counts, refused = stages.tables(name_files(documents), out)
    stages.export(out, parquet=parquet, arrays=arrays)
    show_table(f"Tables in {out}", ("table", "rows"), counts.items())
    _tell(refused)


@app.command("map", epilog="Example: `musnad map tables -o dataset.nq`")
def map_verb(
    tables: Annotated[Path, typer.Argument(help="A folder of tables, as `musnad tables` writes them.")],
    out: Out = Path("dataset.nq"),
    project: Where = Path(),
) -> None:
    """Turn tables into N-Quads with the YARRRML mappings of the project, and derive the views."""
    say(f"{out}: {_stages(project).map(tables, out):,} quads")


@app.command("validate", epilog="Example: `musnad validate build/mine`")
def validate_verb(built: Built = DEFAULT_BUILD, project: Where = Path()) -> None:
    """Check a build against the shapes and the rules; write the report as Turtle and HTML."""
    from musnad.validation import print_report

    folder = Folder.at(built)
    report = _stages(project).validate(folder)
    print_report(report, CONSOLE)
    sys.stdout.write(f"{folder.report / 'report.ttl'}\n")
    if not report.conforms:
        raise refused_by(report, folder.report)


@app.command("release", epilog="Example: `musnad release build/mine -o releases/first --date 2026-01-31`")
def release_verb(
    built: Built = DEFAULT_BUILD,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Where to write; BUILT/release.")] = None,
    project: Where = Path(),
    date: Annotated[str, typer.Option(help="Date of the release; SOURCE_DATE_EPOCH or today.")] = "",
    formats: Annotated[
        str, typer.Option(help="Formats and compressions, with commas, or `all`; else what site.yaml says.")
    ] = "",
) -> None:
    """Write the dumps, their description and their checksums, if the build conforms."""
    from musnad.release import Order

    stages, folder = _stages(project), Folder.at(built)
    order = Order.of(stages.project, stages.config, folder.tables, formats)
    if not (report := stages.validate(folder)).conforms:
        raise refused_by(report, folder.report)
    sys.stdout.write(f"{stages.release(folder, release_date(date), out, order=order)}\n")


@app.command("site", epilog="Example: `musnad site build/mine -o public`")
def site_verb(
    built: Built = DEFAULT_BUILD,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Where to write; BUILT/site.")] = None,
    packed: Annotated[
        bool,
        typer.Option("--packed", help="Also write each file in gzip (and br, zstd: musnad[compress])."),
    ] = False,
    project: Where = Path(),
) -> None:
    """Write every page and every data file, in Arabic and English; only what changed is written anew."""
    stages, folder = _stages(project), Folder.at(built)
    say(f"{out or folder.site}: {sum(stages.site(folder, out, packed=packed).values()):,} files")


@app.command("serve", epilog="Example: `musnad serve build/mine --port 8080`")
def serve_verb(
    built: Built = DEFAULT_BUILD,
    host: Annotated[str, typer.Option(help="Address to listen at; `publish/site.yaml` says 127.0.0.1.")] = "",
    port: Annotated[int, typer.Option(help="Port to listen at; `publish/site.yaml` says 8000.")] = 0,
    endpoint: Annotated[
        str, typer.Option(help="Address of a SPARQL server that holds the data; see `musnad load`.")
    ] = "",
    project: Where = Path(),
) -> None:
    """Serve a build: pages, the data behind every IRI, SPARQL; or a written site: pages and data."""
    _stages(project).serve(built, host, port, _announce, endpoint)


def _announce(address: str) -> None:
    """Say where to look, as soon as the server answers."""
    for what, path in (("pages", ""), ("SPARQL", "sparql"), ("dumps", "dataset")):
        say(f"{what:<8}{address}{path}")
    say("Ctrl-C stops the server.")


@app.command("query", epilog="Example: `musnad query 'SELECT * { ?claim a msn:Claim } LIMIT 3' build/mine`")
def query_verb(
    sparql: Annotated[str, typer.Argument(help="A SPARQL query, or a file that holds one.")],
    built: Built = DEFAULT_BUILD,
    form: Annotated[
        str,
        typer.Option("--format", "-f", help="table, csv, tsv, json, xml; turtle, ntriples, jsonld, rdfxml."),
    ] = "",
    project: Where = Path(),
) -> None:
    """Ask a build a question; the prefixes of the project need no declaration."""
    file = Path(sparql)
    text = file.read_text(encoding="utf-8") if sparql.endswith(".rq") and file.is_file() else sparql
    chosen = form or ("table" if sys.stdout.isatty() else "csv")
    if chosen not in _FORMATS:
        raise ProjectError("--format", f"{chosen!r} is not a format", f"one of {', '.join(_FORMATS)}")
    answer = _stages(project).query(Folder.at(built), text, _FORMATS[chosen])
    if chosen == "table" and answer.kind == "table":
        first, *rows = csv.reader(answer.body.decode("utf-8").splitlines())
        print_rows(first, rows)
        return
    sys.stdout.buffer.write(answer.body)
    sys.stdout.flush()


@app.command("check", epilog="Example: `musnad check --project my-dataset`")
def check_verb(
    project: Where = Path(),
    release: Annotated[
        Path | None, typer.Option(help="Check a release instead: files, canonical form, signature.")
    ] = None,
    signer: Annotated[Path | None, typer.Option(help="Public key that must have signed the release.")] = None,
) -> None:
    """Read every declarative file of the project and run the examples of every pattern."""
    from musnad.release import check_release

    started = datetime.now(UTC)
    rows = list(check_release(release, signer) if release else check(_stages(project)))
    show_table("Checked", ("what", "result"), rows)
    say(f"all right, in {(datetime.now(UTC) - started).total_seconds():.1f} s")
