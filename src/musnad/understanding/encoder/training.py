"""Train a head on corpora that the user gives, and measure it on the part of them that it did not see.

Adam on the cross entropy of tags, with dropout, from one seed, in one order: the same corpora on the same
machine give the same numbers. Chosen over (a) training the encoder too, which takes a graphics card for some
points of F, and (b) scikit-learn, 30 MB for the sixty lines below. https://arxiv.org/abs/1412.6980
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from musnad.errors import DataError
from musnad.understanding.encoder.corpora import TAGS, TYPES, Corpus, Sentence, spans
from musnad.understanding.encoder.head import FORMAT, Head, Name, softmax
from musnad.understanding.encoder.vectors import Encoder
from musnad.understanding.encoder.weights import Floats

LAYERS: Final = (8,)  # measured: the eighth is as good as the last, and costs a third less
_SEED: Final = 0
_ROUNDS: Final = 6
_BATCH: Final = 256  # words
_INNER: Final = 128
_RATE: Final = 2e-3  # of the first step; the last has nearly none
_KEPT: Final = 0.7  # of the inner numbers in each step
_DECAY: Final = 1e-4
_HELD_OUT: Final = 10  # the last tenth of each corpus
_LEAST: Final = 20  # sentences, so that some are held out
_SURE: Final = 0.9  # the precision that is asked of persons on what was held out
_STEPS: Final = [each / 100 for each in range(50, 100)]  # the thresholds that are tried

Progress = Callable[[Iterable[tuple[int, Floats]], int], Iterable[tuple[int, Floats]]]
_Rows = NDArray[np.int64]


class Figures(NamedTuple):
    """Names that a corpus marks, names that the head finds, and those that are the same to the word."""

    gold: int = 0
    found: int = 0
    same: int = 0

    @property
    def precision(self) -> float:
        """Return the share of what is found that is marked, 0 where nothing is found."""
        return self.same / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Return the share of what is marked that is found, 0 where nothing is marked."""
        return self.same / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of both.

        >>> Figures(gold=4, found=2, same=2).f1
        0.6666666666666666
        """
        return 2 * self.same / (self.gold + self.found) if self.same else 0.0


@dataclass(frozen=True, slots=True)
class Trained:
    """A head, and what it does on sentences that it was not trained on."""

    head: Head
    figures: Mapping[str, Figures]  # by type
    believed: Figures  # persons at the threshold of the head


def train(corpora: Sequence[Corpus], encoder: Encoder, progress: Progress) -> Trained:
    """Return a head trained on all but the last tenth of each corpus; raise DataError if they are few."""
    seen, unseen = _parted(corpora)
    sentences = [*seen, *unseen]
    words, ends = _vectors(sentences, encoder, progress)
    known = int(ends[len(seen)])
    tags = np.array([tag for sentence in sentences for tag in sentence.tags], dtype=np.int64)
    near = _neighbours(ends)
    padded = np.concatenate([words, np.zeros((1, words.shape[1]), dtype=np.float32)])
    parts = _fit(padded, near[:known], tags[:known])
    head = Head(parts, {"threshold": 0.0})
    rows = [(int(ends[at]), int(ends[at + 1])) for at in range(len(seen), len(sentences))]
    guessed = [list(head.names(words[first:last])) for first, last in rows]
    threshold = _threshold(guessed, unseen)
    figures = {kind: _figures(guessed, unseen, kind) for kind in TYPES}
    believed = _figures(guessed, unseen, "PERSON", threshold)
    about = _about(corpora, encoder, figures, believed)
    return Trained(Head(parts, {**about, "threshold": threshold}), figures, believed)


def _parted(corpora: Sequence[Corpus]) -> tuple[list[Sentence], list[Sentence]]:
    """Return the sentences to train on, and those to measure on."""
    seen: list[Sentence] = []
    unseen: list[Sentence] = []
    for corpus in corpora:
        cut = len(corpus.sentences) - len(corpus.sentences) // _HELD_OUT
        seen += corpus.sentences[:cut]
        unseen += corpus.sentences[cut:]
    if len(seen) + len(unseen) < _LEAST:
        names = ", ".join(corpus.name for corpus in corpora)
        problem = f"{len(seen) + len(unseen)} sentences are too few to train on and to measure on"
        raise DataError(names, problem, f"give {_LEAST} or more, each followed by a blank line")
    return seen, unseen


def _vectors(
    sentences: Sequence[Sentence], encoder: Encoder, progress: Progress
) -> tuple[Floats, NDArray[np.int64]]:
    """Return the vectors of all words, and where each sentence begins and the last ends."""
    ends = np.cumsum([0, *(len(sentence.words) for sentence in sentences)])
    words = np.zeros((int(ends[-1]), encoder.width), dtype=np.float32)
    given = encoder.vectors([sentence.words for sentence in sentences])
    for number, vectors in progress(given, len(sentences)):
        words[ends[number] : ends[number + 1]] = vectors
    return words, ends


def _neighbours(ends: NDArray[np.int64]) -> _Rows:
    """Return for each word its row and those of its neighbours; -1 beyond the ends of its sentence."""
    own = np.arange(int(ends[-1]))
    before, after = own - 1, own + 1
    before[ends[:-1]] = -1
    after[ends[1:] - 1] = -1
    return np.stack([own, before, after], axis=1)


def _fit(words: Floats, near: _Rows, tags: NDArray[np.int64]) -> dict[str, Floats]:
    """Return the parts of a head; the last row of `words` is that of no word."""
    random = np.random.default_rng(_SEED)
    own = words[near[:, 0]].astype(np.float64)
    mean = np.tile(own.mean(axis=0), 3).astype(np.float32)
    scale = np.tile(1 / (own.std(axis=0) + 1e-6), 3).astype(np.float32)
    width = len(mean)
    parts = {
        "inner": random.normal(0, width**-0.5, (width, _INNER)).astype(np.float32),
        "inner_bias": np.zeros(_INNER, dtype=np.float32),
        "outer": np.zeros((_INNER, len(TAGS)), dtype=np.float32),
        "outer_bias": np.zeros(len(TAGS), dtype=np.float32),
    }
    adam = _Adam(parts, _ROUNDS * -(-len(tags) // _BATCH))
    for rows in _shuffled(len(tags), random):
        batch = (words[near[rows]].reshape(len(rows), -1) - mean) * scale
        adam.step(_slopes(parts, batch, tags[rows], random))
    return {"mean": mean, "scale": scale, **parts}


def _shuffled(count: int, random: Generator) -> Iterator[_Rows]:
    """Yield batches of rows, each row once a round."""
    for _ in range(_ROUNDS):
        order = random.permutation(count)
        for first in range(0, count, _BATCH):
            yield order[first : first + _BATCH]


def _slopes(
    parts: Mapping[str, Floats], batch: Floats, tags: NDArray[np.int64], random: Generator
) -> dict[str, Floats]:
    """Return how the cross entropy of a batch grows with each number of the head."""
    kept = (random.random((len(batch), _INNER)) < _KEPT).astype(np.float32) / np.float32(_KEPT)
    inner = np.maximum(batch @ parts["inner"] + parts["inner_bias"], 0) * kept
    wrong = softmax(inner @ parts["outer"] + parts["outer_bias"])
    wrong[np.arange(len(tags)), tags] -= 1
    wrong /= len(tags)
    back = (wrong @ parts["outer"].T) * (inner > 0) * kept
    return {
        "inner": batch.T @ back + np.float32(_DECAY) * parts["inner"],
        "inner_bias": back.sum(axis=0),
        "outer": inner.T @ wrong + np.float32(_DECAY) * parts["outer"],
        "outer_bias": wrong.sum(axis=0),
    }


class _Adam:
    """Moves numbers against their slopes, the less the nearer the end is."""

    def __init__(self, parts: dict[str, Floats], steps: int) -> None:
        self._parts, self._steps, self._done = parts, steps, 0
        self._mean = {name: np.zeros_like(part) for name, part in parts.items()}
        self._square = {name: np.zeros_like(part) for name, part in parts.items()}

    def step(self, slopes: Mapping[str, Floats]) -> None:
        """Move each number once."""
        self._done += 1
        rate = _RATE * (1 - self._done / (self._steps + 1))
        for name, slope in slopes.items():
            mean, square = self._mean[name], self._square[name]
            mean += np.float32(0.1) * (slope - mean)
            square += np.float32(0.001) * (slope * slope - square)
            size = np.sqrt(square / np.float32(1 - 0.999**self._done)) + np.float32(1e-8)
            self._parts[name] -= np.float32(rate / (1 - 0.9**self._done)) * mean / size


def _threshold(guessed: Sequence[Sequence[Name]], sentences: Sequence[Sentence]) -> float:
    """Return the least probability at which nine of ten persons are right, the greatest where none is."""
    for step in _STEPS:
        if _figures(guessed, sentences, "PERSON", step).precision >= _SURE:
            return step
    return _STEPS[-1]


def _figures(
    guessed: Sequence[Sequence[Name]], sentences: Sequence[Sentence], kind: str, least: float = 0.0
) -> Figures:
    gold = found = same = 0
    for names, sentence in zip(guessed, sentences, strict=True):
        marked = {span for span in spans(sentence.tags) if span[2] == kind}
        believed = {name[:3] for name in names if name.type == kind and name.probability >= least}
        gold, found, same = gold + len(marked), found + len(believed), same + len(marked & believed)
    return Figures(gold, found, same)


def _about(
    corpora: Sequence[Corpus], encoder: Encoder, figures: Mapping[str, Figures], believed: Figures
) -> dict[str, object]:
    """Return what a head says of itself; it names no day, so that the same corpora give the same bytes."""
    return {
        "format": FORMAT,
        "encoder": encoder.name,
        "layers": list(encoder.layers),
        "tags": list(TAGS),
        "seed": _SEED,
        "corpora": [{"name": corpus.name, "sha256": corpus.sha256} for corpus in corpora],
        "held_out": {kind: each._asdict() for kind, each in {**figures, "believed": believed}.items()},
    }
