"""What became of the queries: a log without personal data, and numbers for Prometheus.

Of a query are kept the second, the status, what it cost, and its form; never the address of who asked, and
its text only where `query_log_text` says so. Numbers are written in the text format that Prometheus reads
(https://prometheus.io/docs/instrumenting/exposition_formats/). Chosen over (a) the access log of a web
server, which holds addresses and whole queries, and (b) the client library, whose registry and processes
are more than the thirty lines that a dozen numbers take.
"""

from __future__ import annotations

import logging
import logging.handlers
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import orjson

from musnad.errors import ServerError
from musnad.server.fingerprint import Form
from musnad.server.pool import Run

_LOG_BYTES: Final = 100_000_000
_LOGS: Final = 5
_MOST_TEXT: Final = 2_000
_BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
Samples = Iterable[tuple[Mapping[str, str], float]]


@dataclass(slots=True)
class Query:
    """One query as it is told of: what was asked, what it cost, what was answered."""

    text: str = ""
    form: Form = field(default_factory=lambda: Form("", ""))
    run: Run = field(default_factory=Run)
    kind: str = ""
    suffix: str = ""
    size: int = 0
    status: int = 200
    problem: str = ""
    broken: bool = False  # a limit was met when a part had been sent


class _Quiet(logging.handlers.RotatingFileHandler):
    """A file that is begun anew when it is large; where the disk is full, nothing is written."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Go on: queries are answered without a log too."""


class Watch:
    """Takes note of every query."""

    def __init__(self, log: Path | None, with_text: bool = False) -> None:
        self._log = _open(log) if log else None
        self._with_text = with_text
        self._statuses: Counter[str] = Counter()
        self._buckets = [0] * (len(_BUCKETS) + 1)
        self._sums: dict[str, float] = defaultdict(float)

    def note(self, query: Query) -> None:
        """Count a query, and write its line."""
        self._statuses["broken" if query.broken else str(query.status)] += 1
        self._buckets[bisect_left(_BUCKETS, query.run.seconds)] += 1
        self._sums["seconds"] += query.run.seconds
        self._sums["processor"] += query.run.processor_seconds
        self._sums["rows"] += query.run.rows
        self._sums["bytes"] += query.size
        self._sums["dear"] += query.run.dear
        if self._log:
            self._log.emit(logging.makeLogRecord({"msg": self._line(query)}))

    def _line(self, query: Query) -> str:
        told = {
            "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "status": query.status,
            "seconds": round(query.run.seconds, 3),
            "processor_seconds": round(query.run.processor_seconds, 3),
            "lane": "dear" if query.run.dear else "quick",
            "rows": query.run.rows,
            "bytes": query.size,
            "format": query.suffix,
            "form": query.form.digest,
            "query": query.form.text,
        }
        if query.broken:
            told["broken"] = True
        if self._with_text:
            told |= {"text": query.text[:_MOST_TEXT], "problem": query.problem}
        printable = {key: _plain(value) if isinstance(value, str) else value for key, value in told.items()}
        return orjson.dumps(printable).decode("utf-8")

    def close(self) -> None:
        """Close the log."""
        if self._log:
            self._log.close()

    def numbers(self) -> Iterator[str]:
        """Yield the lines of the numbers about queries."""
        statuses = [({"status": status}, number) for status, number in sorted(self._statuses.items())]
        yield from metric("musnad_queries_total", "counter", "Queries by status.", statuses)
        name = "musnad_query_seconds"
        yield from (f"# HELP {name} Seconds that queries ran.", f"# TYPE {name} histogram")
        below = 0
        for limit, number in zip((*map(str, _BUCKETS), "+Inf"), self._buckets, strict=True):
            below += number
            yield f'{name}_bucket{{le="{limit}"}} {below}'
        yield from (f"{name}_sum {self._sums['seconds']:.6f}", f"{name}_count {below}")
        for key, what in (
            ("processor", "Processor seconds of queries."),
            ("rows", "Rows of answers."),
            ("bytes", "Bytes of answers, before packing."),
            ("dear", "Queries that took longer than a slice of time."),
        ):
            name = "processor_seconds" if key == "processor" else key
            yield from metric(f"musnad_query_{name}_total", "counter", what, [({}, self._sums[key])])


def _open(path: Path) -> _Quiet:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _Quiet(path, maxBytes=_LOG_BYTES, backupCount=_LOGS - 1, encoding="utf-8")
    except OSError as error:
        remedy = "change query_log in publish/site.yaml"
        raise ServerError(path, f"the log of queries cannot be written: {error.strerror}", remedy) from None


def _plain(text: str) -> str:
    """Return a text without what moves a terminal or turns its line round (U+202E and its like)."""
    return "".join(each if each.isprintable() else " " for each in text)


def metric(name: str, kind: str, what: str, samples: Samples) -> Iterator[str]:
    r"""Yield the lines of one metric.

    >>> list(metric("up", "gauge", "Whether it is up.", [({"at": 'a"b'}, 1)]))
    ['# HELP up Whether it is up.', '# TYPE up gauge', 'up{at="a\\"b"} 1']
    """
    yield from (f"# HELP {name} {what}", f"# TYPE {name} {kind}")
    for labels, value in samples:
        escaped = ((key, text.replace("\\", "\\\\").replace('"', '\\"')) for key, text in labels.items())
        inner = ",".join(f'{key}="{text}"' for key, text in escaped)
        yield f"{name}{{{inner}}} {value:.12g}" if inner else f"{name} {value:.12g}"
