"""Say with a trained head which words of a sentence are names: one layer over the vectors of the encoder.

A word is scored by its own vector and those of its two neighbours; the most probable row of tags that is
legal BIO is taken. Chosen over (a) a CRF, whose learned transitions brought nothing here, and (b) the best
tag of each word, which opens names in their middle.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple
from zipfile import BadZipFile

import numpy as np

from musnad.errors import ProjectError
from musnad.iri import hexdigest
from musnad.understanding.encoder.corpora import TAGS, spans
from musnad.understanding.encoder.weights import Floats

FORMAT: Final = 1
_REMEDY: Final = "train one: musnad train CORPUS... -o HEAD"
_PARTS: Final = ("mean", "scale", "inner", "inner_bias", "outer", "outer_bias")
_WORDS: Final = 3  # that are seen at once
_NEVER: Final = np.float32(-1e9)


class Name(NamedTuple):
    """A name of a sentence: first word, the word after the last, type, and how probable it is."""

    first: int
    last: int
    type: str
    probability: float


@dataclass(frozen=True, slots=True)
class Head:
    """What was trained: its numbers, and from what they come."""

    parts: Mapping[str, Floats]
    about: Mapping[str, Any]  # as the file says it: encoder, layers, threshold, corpora, figures

    @property
    def encoder(self) -> str:
        """Return the name and version of the encoder whose vectors were trained on."""
        return str(self.about["encoder"])

    @property
    def layers(self) -> tuple[int, ...]:
        """Return the layers of the encoder that make up a vector."""
        return tuple(self.about["layers"])

    @property
    def width(self) -> int:
        """Return how many numbers the vector of a word must have."""
        return len(self.parts["mean"]) // _WORDS

    @property
    def threshold(self) -> float:
        """Return the least probability of a person that is believed."""
        return float(self.about["threshold"])

    @property
    def version(self) -> str:
        """Return a digest of the numbers and of what is said about them."""
        return hexdigest(12, *(self.parts[part].tobytes().hex() for part in _PARTS), _laid_out(self.about))

    def names(self, vectors: Floats) -> Iterator[Name]:
        """Yield the names of a sentence, given the vectors of its words."""
        if not len(vectors):
            return
        probable = probabilities(self.parts, with_neighbours(vectors))
        for first, last, kind in spans(best_tags(probable)):
            of_type = [number for number, tag in enumerate(TAGS) if tag.endswith(f"-{kind}")]
            each = probable[first:last, of_type].sum(axis=1)
            yield Name(first, last, kind, float(each.min()))


def with_neighbours(vectors: Floats) -> Floats:
    """Return the vector of each word with those of the words before and after it, zeros at the ends."""
    none = np.zeros((1, vectors.shape[1]), dtype=vectors.dtype)
    before, after = np.concatenate([none, vectors[:-1]]), np.concatenate([vectors[1:], none])
    return np.concatenate([vectors, before, after], axis=1)


def probabilities(parts: Mapping[str, Floats], words: Floats) -> Floats:
    """Return how probable each tag of each word is, words × tags."""
    scaled = (words - parts["mean"]) * parts["scale"]
    inner = np.maximum(scaled @ parts["inner"] + parts["inner_bias"], 0)
    return softmax(inner @ parts["outer"] + parts["outer_bias"])


def softmax(scores: Floats) -> Floats:
    """Return scores as probabilities of each row."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=1, keepdims=True)
    return shares


def _transitions() -> Floats:
    """Return 0 for each tag that may follow another, else a number that no row of tags outweighs."""
    legal = np.zeros((len(TAGS), len(TAGS)), dtype=np.float32)
    for at, tag in enumerate(TAGS):
        if tag.startswith("I-"):
            legal[:, at] = [0 if before[1:] == tag[1:] else _NEVER for before in TAGS]
    return legal


_LEGAL: Final = _transitions()


def best_tags(probable: Floats) -> list[int]:
    """Return the most probable row of tags in which I-X only follows B-X and I-X (Viterbi)."""
    scores = np.log(probable + np.float32(1e-9))
    best, came = scores[0] + _LEGAL[0], []
    for row in scores[1:]:
        through = best[:, None] + _LEGAL
        came.append(through.argmax(axis=0))
        best = through.max(axis=0) + row
    tags = [int(best.argmax())]
    for step in reversed(came):
        tags.append(int(step[tags[-1]]))
    return tags[::-1]


def write_head(head: Head, path: Path) -> None:
    """Write a head; the same head gives the same bytes, for the file holds no date."""
    about = np.frombuffer(_laid_out(head.about).encode(), dtype=np.uint8)
    held = BytesIO()
    arrays: dict[str, Any] = {part: head.parts[part] for part in _PARTS}  # as savez wants keywords
    np.savez(held, about=about, **arrays)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(held.getvalue())
    except OSError as error:
        raise ProjectError(path, f"cannot be written: {error.strerror}", "choose another -o") from None


def read_head(path: Path) -> Head:
    """Return the head that a file holds, or raise ProjectError."""
    try:
        with np.load(path, allow_pickle=False) as held:
            about = json.loads(bytes(held["about"]))
            parts = {part: np.asarray(held[part], dtype=np.float32) for part in _PARTS}
    except FileNotFoundError:
        raise ProjectError(path, "there is no such head", _REMEDY) from None
    except (OSError, ValueError, KeyError, BadZipFile, EOFError):
        raise ProjectError(path, "is not a head", _REMEDY) from None
    if about.get("format") != FORMAT or about.get("tags") != list(TAGS) or not _fit(parts):
        raise ProjectError(path, "is a head of another version of Musnad", _REMEDY)
    return Head(parts, about)


def _fit(parts: Mapping[str, Floats]) -> bool:
    """Tell whether each part of a head takes as many numbers as the one before it gives."""
    shapes = [parts[part].shape for part in ("mean", "inner", "outer", "outer_bias")]
    return shapes[-1] == (len(TAGS),) and all(one[-1] == other[0] for one, other in pairwise(shapes[:3]))


def _laid_out(about: Mapping[str, Any]) -> str:
    return json.dumps(about, ensure_ascii=False, sort_keys=True, indent=1)
