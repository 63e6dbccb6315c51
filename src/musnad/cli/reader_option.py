"""The option `--reader` of the verbs that understand documents.

A decorator adds it, and `_stages` asks here what was chosen: chosen over (a) one more parameter of each verb,
which all of them would only pass on, and (b) a class of commands, which ties us to the click inside Typer.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from musnad.cli.console import say
from musnad.errors import ProjectError

if TYPE_CHECKING:
    from musnad.understanding.readers import Reader

_PATTERNS: Final = "patterns"
_CHOSEN: Final[ContextVar[Reader | None]] = ContextVar("chosen reader", default=None)
_Named = Annotated[
    str,
    typer.Option(
        help="patterns; or llm: a language model proposes more (MUSNAD_LLM_URL, _MODEL, _KEY); "
        "or ner: an encoder finds more persons (MUSNAD_NER_HEAD)."
    ),
]


def chosen_reader() -> Reader | None:
    """Return the reader that the command line names, None where it names none."""
    return _CHOSEN.get()


def with_reader(verb: Callable[..., None]) -> Callable[..., None]:
    """Return a verb that has the option `--reader`; the verb itself does not see it."""
    own = inspect.signature(verb, eval_str=True)
    option = inspect.Parameter("reader", inspect.Parameter.KEYWORD_ONLY, default=_PATTERNS, annotation=_Named)
    parameters = [*own.parameters.values(), option]

    @wraps(verb)
    def run(reader: str, **given: Any) -> None:  # what Typer read from the command line
        if reader == _PATTERNS:  # what reads documents is imported only where it reads
            verb(**given)
            return
        from musnad.understanding.readers import READERS

        if reader not in READERS:
            raise ProjectError("--reader", f"{reader!r} is not a reader", f"one of {', '.join(READERS)}")
        chosen = READERS[reader]()
        token = _CHOSEN.set(chosen)
        try:
            verb(**given)
        finally:
            _CHOSEN.reset(token)
            _tell(chosen)

    run.__dict__["__signature__"] = own.replace(parameters=parameters)
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    return run


def _tell(reader: Reader) -> None:
    """Say how many proposals of a language model were not kept, and why."""
    if dropped := sorted((+reader.dropped).items()):
        reasons = ", ".join(f"{name}: {number}" for name, number in dropped)
        say(f"{reader.dropped.total()} proposals of the language model were not kept ({reasons})")
