"""The example queries that the query page offers: `publish/queries/examples/NN-slug.rq`.

Each file begins with lines such as `# title-en: …`: a title and one line of explanation in each language,
the topic under which it stands, and the view in which its answers are shown first. Chosen over (a) a list in
YAML, because a query in a file of its own can be run, and (b) examples in the documentation, which nothing
runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from musnad.config import read_text
from musnad.errors import QueryError, TemplateError
from musnad.site.queries import with_prefixes
from musnad.site.results import TABLE, VIEWS
from musnad.site.texts import LANGUAGES
from musnad.store import Solutions, Store

FOLDER: Final = "examples"
TOPICS: Final = ("voices", "events", "statements", "people", "places", "documents", "editors")
_LINE: Final = re.compile(r"^# ([a-z]+(?:-[a-z]+)?): *(\S.*?)\s*\n", re.MULTILINE)
_SPOKEN: Final = tuple(f"{key}-{language}" for key in ("title", "about") for language in LANGUAGES)
_KEYS: Final = (*_SPOKEN, "topic", "view", "empty")


@dataclass(frozen=True, slots=True)
class Example:
    """One example query."""

    slug: str
    titles: Mapping[str, str]
    abouts: Mapping[str, str]  # one line of explanation in each language
    topic: str
    view: str
    empty: str  # why a small dataset may have no answer; "" where every one should
    text: str  # with its PREFIX lines, without the lines about it
    variables: tuple[str, ...]  # none of a CONSTRUCT


def read_examples(queries: Path, base: str) -> tuple[Example, ...]:
    """Return the examples by the number of their files, or raise TemplateError."""
    return tuple(_read(path, base) for path in sorted((queries / FOLDER).glob("*.rq")))


def by_topic(examples: Iterable[Example]) -> list[tuple[str, list[Example]]]:
    """Return the examples of each topic that has one, in the order of the topics."""
    found = list(examples)
    topics = [(topic, [each for each in found if each.topic == topic]) for topic in TOPICS]
    return [(topic, its) for topic, its in topics if its]


def _read(path: Path, base: str) -> Example:
    text = read_text(path)
    told = dict(_LINE.findall(text))
    for key in told:
        if key not in _KEYS:
            raise TemplateError(path, f"unknown line '# {key}:'", f"known: {', '.join(_KEYS)}")
    for key in (*_SPOKEN, "topic"):
        if key not in told:
            raise TemplateError(path, f"an example needs the line '# {key}: …'")
    view = told.get("view", TABLE)
    for key, value, known in (("topic", told["topic"], TOPICS), ("view", view, VIEWS)):
        if value not in known:
            raise TemplateError(path, f"{value!r} is no {key}", f"one of {', '.join(known)}")
    try:
        answer = Store.open(base=base).query(text)
    except QueryError as error:
        raise TemplateError(path, f"not a SPARQL query: {error.problem}") from None
    if isinstance(answer, bool):
        raise TemplateError(path, "an example must be a SELECT, a CONSTRUCT or a DESCRIBE")
    return Example(
        path.stem.partition("-")[2],
        {language: told[f"title-{language}"] for language in LANGUAGES},
        {language: told[f"about-{language}"] for language in LANGUAGES},
        told["topic"],
        view,
        told.get("empty", ""),
        with_prefixes(_LINE.sub("", text).strip(), base),
        answer.variables if isinstance(answer, Solutions) else (),
    )
