"""The one tree of errors: *where: what (remedy)*.

Only `cli` catches these. `exit_code` is what the command line returns: 1 when the data are refused,
2 when the project, the command or the machine is wrong.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar


class MusnadError(Exception):
    """Something is wrong that the user can put right."""

    exit_code: ClassVar[int] = 2

    def __init__(self, where: Path | str, problem: str, remedy: str = "") -> None:
        self.where, self.problem, self.remedy = str(where), problem, remedy
        super().__init__(f"{where}: {problem}" + (f" ({remedy})" if remedy else ""))


class ProjectError(MusnadError):
    """A file of the project is missing or malformed."""


class MappingError(ProjectError):
    """A mapping, a source description or a pattern file is malformed."""


class ShapeError(ProjectError):
    """A shape or a rule cannot be read."""


class TemplateError(ProjectError):
    """A template of a page asks for a name that its query does not give."""


class ServerError(MusnadError):
    """The server cannot start."""


class EndpointError(MusnadError):
    """Another SPARQL server is away, is too slow, or refuses; `status` is what HTTP said, 0 for nothing."""

    def __init__(self, where: Path | str, problem: str, remedy: str = "", status: int = 0) -> None:
        super().__init__(where, problem, remedy)
        self.status = status


class LanguageModelError(MusnadError):
    """The language model cannot be asked, or gives no usable answer."""


class DataError(MusnadError):
    """What came in is refused."""

    exit_code = 1


class UnreadableDocument(DataError):
    """A document is empty, binary, or in another encoding than it says."""


class UnsupportedClaim(DataError):
    """A claim has no evidence, or evidence outside its document."""


class UnmappedRow(DataError):
    """A row of a table gives a term that is not legal RDF."""


class InvalidDataset(DataError):
    """The dataset violates its shapes; nothing is released."""


class QueryError(DataError):
    """A SPARQL query is malformed, not allowed, or over a limit."""
