"""Measure what the encoder adds: `MUSNAD_NER_HEAD=HEAD python bench/encoder.py [GOLD DOCUMENTS]...`.

Each pair of folders is read by the rules alone and by the rules with the encoder, page after page in the same
run. Without arguments: the held-out pages (`tests/heldout/dev`) and, where it stands beside the repository,
the reading of real documents in `../shared`. Rejected: the head by itself on its own corpora (says nothing of
what the rules miss), and two runs (on a busy machine their seconds cannot be compared).
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Final

from musnad.build import Stages
from musnad.explaining import Gold, find_gold, read_gold, score
from musnad.explaining.gold import GoldMention
from musnad.explaining.scoring import Score, shared
from musnad.model import Document, Mention, Reading, Zone
from musnad.project import Project
from musnad.understanding import read_knowledge, understand
from musnad.understanding.encoder import NAME, head_file
from musnad.understanding.readers import encoder_reader

ROOT: Final = Path(__file__).parents[1]
HELD_OUT: Final = ROOT / "tests" / "heldout" / "dev"
SHARED: Final = ROOT.parent / "shared"
COLUMNS: Final = "{:<16}{:<18}{:>7}{:>7}{:>7}   {:>7}{:>7}{:>7}"


@dataclass(slots=True)
class Added:
    """The mentions that the encoder gave, and whether the gold has a person there."""

    right: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def folders() -> Iterator[tuple[Path, Path]]:
    """Yield the folders of gold and of documents that are there."""
    yield HELD_OUT / "gold", HELD_OUT / "pages"
    if (SHARED / "gold").is_dir():
        yield SHARED / "gold", SHARED / "documents"


def from_corpus(path: Path) -> Iterator[tuple[Gold, Document]]:
    """Yield the sentences of a corpus as documents of 25, with the persons that it marks."""
    from musnad.understanding.encoder.corpora import read_corpus, spans

    sentences = read_corpus(path).sentences
    for number in range(0, len(sentences), 25):
        text, mentions = "", []
        for sentence in sentences[number : number + 25]:
            starts = list(accumulate((len(word) + 1 for word in sentence.words), initial=len(text)))
            for first, last, kind in spans(sentence.tags):
                end = starts[last - 1] + len(sentence.words[last - 1])
                mentions.append(GoldMention(starts[first], end, kind))
            text += " ".join(sentence.words) + "\n"
        name = f"{path.name} {number}"
        zones = (Zone("body", 0, len(text)),)
        yield Gold(name, tuple(mentions), ()), Document(name, text, "generic", "", "", zones=zones)


def from_folders(stages: Stages, gold: Path, documents: Path) -> Iterator[tuple[Gold, Document]]:
    """Yield the gold of a folder with its documents."""
    golds = {each.file: each for each in map(read_gold, find_gold(gold))}
    for page in stages.read((documents / file, file) for file in golds):
        if isinstance(page, Document):
            yield golds[page.file], page


def measure(stages: Stages, given: list[tuple[Gold, Document]], *, list_them: bool) -> None:
    """Print the figures of some documents, rules alone and rules with the encoder."""
    began = time.process_time()
    reader = encoder_reader(head_file())
    loaded = time.process_time() - began
    knowledge = read_knowledge(stages.project, stages.config)
    alone: list[Reading] = []
    both: list[Reading] = []
    seconds = [0.0, 0.0]
    for _, page in given:
        began = time.process_time()
        alone.append(understand(page, knowledge))
        middle = time.process_time()
        both.append(reader.understand(page, knowledge))
        seconds = [seconds[0] + middle - began, seconds[1] + time.process_time() - middle]
    paired = [gold for gold, _ in given]
    relations = knowledge.patterns.relations
    for name, readings in (("rules", alone), ("rules + encoder", both)):
        scores = score(zip(paired, readings, strict=True), relations)
        for kind in ("PERSON", "ALL"):
            show(name, kind, scores.overlap.get(kind, Score()), scores.exact.get(kind, Score()))
        show(name, "claims", scores.claims.get("ALL", Score()))
        print(f"{name}: {len(scores.false_assertions)} false assertions")
    added = judge(paired, both)
    print(f"the encoder added {len(added.right) + len(added.wrong)}, a person {len(added.right)} times")
    if list_them:
        print("  right:", "; ".join(added.right), "\n  wrong:", "; ".join(added.wrong))
    each = [spent / max(1, len(given)) for spent in seconds]
    print(f"seconds a page: {each[0]:.2f} and {each[1]:.2f}; loading the encoder {loaded:.2f}")


def show(name: str, kind: str, *scores: Score) -> None:
    """Print precision, recall and F of overlapping and of exact spans."""
    figures = [f"{each:.3f}" for one in scores for each in (one.precision, one.recall, one.f1)]
    print(COLUMNS.format(name, kind, *figures, *[""] * (6 - len(figures))))


def judge(golds: list[Gold], readings: list[Reading]) -> Added:
    """Return the words of the mentions that the encoder gave."""
    added = Added()
    for gold, reading in zip(golds, readings, strict=True):
        persons = [mention for mention in gold.mentions if mention.type == "PERSON"]
        for mention in filter(_is_added, reading.mentions):
            words = reading.document.text[mention.start : mention.end]
            right = any(shared(mention, person) > 0 for person in persons)
            (added.right if right else added.wrong).append(words)
    return added


def _is_added(mention: Mention) -> bool:
    return mention.how == NAME


def main() -> int:
    """Measure each pair of folders."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--corpus", action="append", default=[], type=Path, help="measure persons on it too")
    parser.add_argument("--list", action="store_true", help="print what the encoder added")
    given = parser.parse_args()
    stages = Stages.of(Project.find(ROOT))
    for corpus in given.corpus:
        print(f"\n{corpus}\n" + COLUMNS.format("", "", "P", "R", "F", "P =", "R =", "F ="))
        measure(stages, list(from_corpus(corpus)), list_them=given.list)
    pairs = list(zip(given.folders[::2], given.folders[1::2], strict=True))
    if not pairs and not given.corpus:
        pairs = list(folders())
    for gold, documents in pairs:
        print(f"\n{gold}\n" + COLUMNS.format("", "", "P", "R", "F", "P =", "R =", "F ="))
        measure(stages, list(from_folders(stages, gold, documents)), list_them=given.list)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"\nmost memory: {memory / 1024:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
