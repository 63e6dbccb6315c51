"""The example queries that the query page offers: `publish/queries/examples/NN-slug.rq`.

Each file begins with `# title-en:` and `# title-ar:`. Chosen over (a) a list in YAML, because a query in a
file of its own can be run, and (b) examples in the documentation, which nothing runs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from musnad.errors import TemplateError
from musnad.site.queries import read_query, with_prefixes
from musnad.site.texts import LANGUAGES

FOLDER: Final = "examples"
_TITLE: Final = re.compile(r"^# title-([a-z]+): *(\S.*?)\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Example:
    """One example query."""

    slug: str
    titles: Mapping[str, str]
    text: str  # with its PREFIX lines, without the titles
    variables: tuple[str, ...]


def read_examples(queries: Path, base: str) -> tuple[Example, ...]:
    """Return the examples by the number of their files, or raise TemplateError."""
    found = []
    for path in sorted((queries / FOLDER).glob("*.rq")):
        query = read_query(path, f"{FOLDER}/{path.stem}", base)
        titles = dict(_TITLE.findall(query.text))
        if set(titles) != set(LANGUAGES):
            raise TemplateError(path, "an example needs the lines '# title-ar:' and '# title-en:'")
        body = _TITLE.sub("", query.text).strip()
        found.append(Example(path.stem.partition("-")[2], titles, with_prefixes(body, base), query.variables))
    return tuple(found)
