"""Cut words into the pieces of the encoder, as SentencePiece's unigram model does.

The best cut is the one whose pieces have the greatest sum of scores. No piece holds a blank, so each word is
cut by itself and kept. Chosen over (a) the package `sentencepiece`, which wants a model file that the encoder
does not bring, and (b) the longest piece first, which cuts names otherwise than the encoder learned them.
https://github.com/google/sentencepiece
"""

from __future__ import annotations

from functools import lru_cache

from musnad.understanding.encoder.weights import Vocabulary

_BLANK = "▁"  # stands before each word
_UNKNOWN = 10.0  # how much worse than the worst piece an unknown letter is


class Cutter:
    """Cuts words with one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._longest = max(map(len, vocabulary.pieces))
        self._unknown = float(vocabulary.scores.min()) - _UNKNOWN
        self.cut = lru_cache(maxsize=200_000)(self._cut)

    def _cut(self, word: str) -> tuple[int, ...]:
        """Return the pieces of one word, at least one."""
        known = self._vocabulary
        letters = _BLANK + word.translate(known.spelling).replace(" ", _BLANK)
        best = [0.0] + [float("-inf")] * len(letters)
        came: list[tuple[int, int]] = [(0, known.unknown)] * (len(letters) + 1)
        for start in range(len(letters)):
            if best[start] + self._unknown > best[start + 1]:
                best[start + 1], came[start + 1] = best[start] + self._unknown, (start, known.unknown)
            for end in range(start + 1, min(len(letters), start + self._longest) + 1):
                piece = known.pieces.get(letters[start:end])
                if piece is not None and best[start] + known.scores[piece] > best[end]:
                    best[end], came[end] = best[start] + float(known.scores[piece]), (start, piece)
        found: list[int] = []
        place = len(letters)
        while place:
            place, piece = came[place]
            found.append(piece)
        return tuple(reversed(found))
