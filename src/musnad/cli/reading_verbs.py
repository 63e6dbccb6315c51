"""The verbs for those who teach Musnad to read: they show one reading, and measure many."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import orjson
import typer
from rich.console import Console

from musnad.build import Stages
from musnad.cli.console import bar, say
from musnad.cli.verbs import Where, app
from musnad.errors import DataError
from musnad.project import Project

if TYPE_CHECKING:
    from musnad.explaining import Explanation, Gold

__all__ = ["app"]  # with these verbs


@app.command("explain", epilog="Example: `musnad explain page.txt --html page.html`")
def explain_verb(
    file: Annotated[Path, typer.Argument(help="A document.", show_default=False)],
    html: Annotated[
        Path | None, typer.Option("--html", help="Write a page for your own machine instead.")
    ] = None,
    project: Where = Path(),
) -> None:
    """Show how a document is read: zones, names and claims in place, and what no pattern read.

    The whole text is shown: the page is for you, and is never part of what Musnad publishes.
    """
    from musnad.explaining import explain, print_explanation, read_labels, read_needs, readable, to_html
    from musnad.understanding import read_knowledge

    if not file.is_file():
        raise DataError(file, "there is no such file", "give one document")
    stages = Stages.of(Project.find(project))
    documents = list(stages.read([(file, file.name)]))
    if len(documents) != 1:
        raise DataError(file, f"holds {len(documents)} documents", "give a file with one")
    document = readable(documents[0])
    knowledge = read_knowledge(stages.project, stages.config)
    labels = read_labels(stages.project, stages.config.minter, knowledge.patterns.relations)
    needs = read_needs(stages.project, knowledge.patterns)
    explanation: Explanation = explain(document, knowledge, needs)
    if html is None:
        print_explanation(explanation, labels, Console(highlight=False, soft_wrap=True))
        return
    html.parent.mkdir(parents=True, exist_ok=True)
    html.write_text(to_html(explanation, labels), encoding="utf-8")
    say(f"{html} shows the whole text: it is for your own machine, do not publish it")


@app.command("score", epilog="Example: `musnad score gold documents --json | jq .claims.ALL`")
def score_verb(
    gold: Annotated[Path, typer.Argument(help="A gold file, or a folder of them.", show_default=False)],
    documents: Annotated[
        Path | None,
        typer.Argument(help="The folder of the documents.", show_default="beside the gold files"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON to standard output.")] = False,
    details: Annotated[
        bool, typer.Option("--details", help="Show how often each pattern was right, and each miss.")
    ] = False,
    project: Where = Path(),
) -> None:
    """Measure the readings of documents against gold files: precision, recall and F."""
    from musnad.explaining import (
        find_gold,
        measure,
        print_misses,
        print_patterns,
        print_scores,
        read_gold,
        to_json,
    )
    from musnad.understanding import read_knowledge

    stages = Stages.of(Project.find(project))
    knowledge = read_knowledge(stages.project, stages.config)
    golds = [read_gold(path) for path in find_gold(gold)]
    files = [_beside(each, _folders(gold, documents)) for each in golds]
    documents_read = bar(stages.read(files), "reading", len(files))
    scores = measure(golds, documents_read, knowledge)
    if as_json:
        layout = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
        sys.stdout.buffer.write(orjson.dumps(to_json(scores), option=layout))
        sys.stdout.flush()
        return
    console = Console(highlight=False, soft_wrap=True)
    print_scores(scores, console)
    if details:
        print_patterns(scores, console)
        print_misses(scores, console)


def _folders(gold: Path, documents: Path | None) -> list[Path]:
    """Return where the documents of gold files are looked for."""
    if documents is not None:
        return [documents]
    here = gold if gold.is_dir() else gold.parent
    return [here, here.resolve().parent / "documents"]


def _beside(gold: Gold, folders: list[Path]) -> tuple[Path, str]:
    """Return the file of the document of a gold file and its name, or raise DataError."""
    for folder in folders:
        if (folder / gold.file).is_file():
            return folder / gold.file, gold.file
    places = " or ".join(str(folder) for folder in folders)
    raise DataError(gold.file, f"the document is not in {places}", "name its folder after the gold files")
