"""Tell whom the verb names next that says how a gathering was held («… that X held with Y»)."""

from __future__ import annotations

from typing import Final

from musnad.understanding.sides import Reader

OWNER: Final = "owner"
WITH: Final = "with"
AMONG: Final = "among"
_IT: Final = frozenset({"بها", "به", "اليه", "اليها", "عليه", "عليها"})  # it, after «made», «arrived at»
_ARRIVING: Final = frozenset({"التوصل", "التوقيع", "الاتفاق"})  # arriving, signing, agreeing: «… was done»


def completed(reader: Reader, at: int) -> int:
    """Return how many words complete a verb: «made it» (1), «was arrived at it» (2)."""
    if reader.text(at + 1) in _ARRIVING and reader.text(at + 2) in _IT:
        return 2
    return int(reader.text(at + 1) in _IT)


def telling(reader: Reader, head: int, at: int) -> str | None:
    """Return whom a verb that says how a gathering is held names next, None for any other word."""
    words, token = reader.setting.patterns.words, reader.tokens[at]
    if not token.is_word or at <= head:
        return None
    if token.among(words.all("gathers")):
        return AMONG
    if token.among(words.all("gathers_them")):
        return WITH
    made = token.among(words.any_of(("undertakes", "reaches"))) and completed(reader, at)
    if made or token.among(words.any_of(("held_by", "made_by", "signed_it"))):
        return OWNER
    return "" if token.among(words.any_of(("happens", "battles_go", "concluded"))) else None
