"""The verb for those who have corpora: it trains the head that `--reader ner` applies."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from musnad.cli.console import bar, say, show_table
from musnad.cli.reading_verbs import app

__all__ = ["app"]  # with this verb


@app.command("train", epilog="Example: `musnad train news.txt encyclopedia.txt -o head.npz`")
def train_verb(
    corpora: Annotated[
        list[Path], typer.Argument(help="Files of words with BIO tags, one a line.", show_default=False)
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="The head to write.", show_default=False)],
) -> None:
    """Train the head that `--reader ner` applies, from corpora that you have; needs musnad[ner].

    The last tenth of each corpus is held out: the figures are those of names found there to the word.
    """
    from musnad.understanding.encoder import require_extra

    require_extra()
    from musnad.understanding.encoder.corpora import read_corpus
    from musnad.understanding.encoder.head import write_head
    from musnad.understanding.encoder.training import LAYERS, train
    from musnad.understanding.encoder.vectors import Encoder
    from musnad.understanding.encoder.weights import read_weights

    read = [read_corpus(path) for path in corpora]
    encoder = Encoder(read_weights(), LAYERS)
    trained = train(read, encoder, lambda sentences, total: bar(sentences, "encoding", total))
    sure = f"PERSON ≥ {trained.head.threshold:g}"
    show_table(
        "Names of the sentences held out",
        ("type", "marked", "found", "precision", "recall", "F"),
        (
            (kind, each.gold, each.found, f"{each.precision:.3f}", f"{each.recall:.3f}", f"{each.f1:.3f}")
            for kind, each in (*trained.figures.items(), (sure, trained.believed))
        ),
    )
    write_head(trained.head, out)
    say(f"{out} is made from your corpora: pass it on under their licences only")
    sys.stdout.write(f"{out}\n")
