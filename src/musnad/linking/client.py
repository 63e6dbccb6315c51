"""A client of any reconciliation service: batches by POST, the manifest by GET, nothing else.

With the standard library alone, since it sends two kinds of requests. What comes back is measured and
checked before it is believed: a service is somebody else's. Chosen over (a) an HTTP library, one more
dependency for a verb that few run, and (b) the clients of PyPI, which return tables without the reasons.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import Request, urlopen

import orjson

from musnad.errors import DataError, ProjectError
from musnad.linking.proposing import Proposal, Question

_SECONDS: Final = 60
_MOST_BYTES: Final = 10_000_000
_TRIES: Final = 3
_LONGEST_WAIT: Final = 30  # seconds, whatever the service asks for
_BATCH: Final = 10
_FEW: Final = 5
_BUSY: Final = frozenset({429, 503})
_AGENT: Final = "musnad (reconciliation client)"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A reconciliation service (0.2, or 0.1) at an address; raises DataError where it does not answer."""

    address: str
    type: str = ""  # their class, "" for any
    limit: int = _FEW

    def __post_init__(self) -> None:
        parts = urlsplit(self.address)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise ProjectError(
                "--endpoint", f"{self.address!r} is no address of a service", "write https://…"
            )

    def manifest(self) -> Mapping[str, Any]:
        """Return what the service says of itself."""
        found = self._ask(Request(self.address, headers=_HEADERS))
        if not isinstance(found, dict) or "name" not in found:
            raise DataError(self.address, "is no reconciliation service: its manifest has no name")
        return found

    def ask(self, questions: Sequence[Question]) -> list[list[Proposal]]:
        """Return the proposals for each question, in batches that the service takes."""
        manifest = self.manifest()
        most = manifest.get("batchSize", _BATCH)
        size = max(1, min(most, _BATCH)) if isinstance(most, int) else _BATCH
        view = manifest.get("view")
        pattern = str(view.get("url", "")) if isinstance(view, dict) else ""
        found: list[list[Proposal]] = []
        for start in range(0, len(questions), size):
            found += self._batch(questions[start : start + size], pattern)
        return found

    def _batch(self, questions: Sequence[Question], pattern: str) -> list[list[Proposal]]:
        kind = {"type": self.type} if self.type else {}
        batch = {
            f"q{n}": {"query": each.name, "limit": self.limit, **kind} for n, each in enumerate(questions)
        }
        body = urlencode({"queries": orjson.dumps(batch).decode("utf-8")}).encode("ascii")
        answer = self._ask(Request(self.address, body, _HEADERS | _FORM))
        try:
            return [
                [_proposal(each, pattern) for each in answer[key]["result"][: self.limit]] for key in batch
            ]
        except (KeyError, TypeError, ValueError):
            raise DataError(self.address, "the answer is not a reconciliation result batch") from None

    def _ask(self, request: Request) -> Any:  # JSON
        for left in reversed(range(_TRIES)):
            try:
                with urlopen(request, timeout=_SECONDS) as answer:
                    body = answer.read(_MOST_BYTES + 1)
                break
            except HTTPError as error:
                if error.code not in _BUSY or not left:
                    raise DataError(self.address, f"answers {error.code} {error.reason}") from None
                time.sleep(_wait(error.headers.get("Retry-After", "")))
            except (URLError, TimeoutError, OSError) as error:
                raise DataError(self.address, f"cannot be asked: {error}") from None
        if len(body) > _MOST_BYTES:
            raise DataError(self.address, f"answers with more than {_MOST_BYTES} bytes")
        try:
            return orjson.loads(body)
        except orjson.JSONDecodeError:
            raise DataError(self.address, "the answer is not JSON") from None


_HEADERS: Final = {"User-Agent": _AGENT, "Accept": "application/json"}
_FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}


def _proposal(given: Mapping[str, Any], pattern: str) -> Proposal:
    """Return a candidate as it is proposed; raises KeyError, TypeError or ValueError where it is none."""
    types = [each if isinstance(each, str) else str(each["id"]) for each in given.get("type") or ()]
    identifier = str(given["id"])
    features = [f"{each['id']} {each['value']}" for each in given.get("features") or ()]
    url = pattern.replace("{{id}}", quote(identifier, safe="")) if "{{id}}" in pattern else ""
    return Proposal(
        id=identifier,
        label=str(given["name"]),
        types=tuple(types),
        score=float(given["score"]),
        certain=given.get("match") is True,
        url=url,
        notes=(str(given.get("description") or ""), *features),
    )


def _wait(header: str) -> int:
    """Return the seconds to wait that a service asks for, at most 30; 1 where it does not say.

    >>> _wait("5"), _wait("100000"), _wait("Wed, 21 Oct 2026 07:28:00 GMT")
    (5, 30, 1)
    """
    return min(int(header), _LONGEST_WAIT) if header.isdecimal() and len(header) < 9 else 1
