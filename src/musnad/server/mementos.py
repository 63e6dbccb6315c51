"""How a thing was told at a time: mementos out of the releases that a build keeps (RFC 7089).

The address of a thing is its own TimeGate: with `Accept-Datetime` it leads to the release that was current
then, below `memento/<14 digits>/`. A release is opened when it is first asked for, and two of them stay
open. Chosen over (a) a TimeGate apart, which clients must first discover, and (b) pages written for every
release, which weigh ten times their data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from musnad.server.holdings import Holdings
from musnad.server.media import HTML, TURTLE, negotiate, negotiate_language
from musnad.server.paths import local_address, read_path
from musnad.server.replies import Problem, Representation, refuse, respond
from musnad.site import Address, parse
from musnad.site.pages import LOCALIZED
from musnad.site.texts import LANGUAGES

_MEMENTO: Final = re.compile(r"memento/([0-9]{14})/(.+)\Z")
_MAP: Final = re.compile(r"timemap/(.+)\Z")
_LINKS: Final = "application/link-format"  # RFC 6690, of TimeMaps
_OPEN: Final = 2
_OTHER: Final = "en"

Opener = Callable[[str], Holdings]  # from the name of a release


@dataclass(frozen=True, slots=True)
class Moment:
    """The instant of a release, and its name."""

    instant: datetime
    release: str

    @classmethod
    def of(cls, release: str) -> Moment:
        """Return the moment of a release: its day, and one second for each number that it has."""
        day, _, number = release.partition(".")
        return cls(datetime.fromisoformat(day).replace(tzinfo=UTC).replace(second=int(number or 0)), release)

    @property
    def digits(self) -> str:
        """Return the instant as fourteen digits.

        >>> Moment.of("2026-01-31.2").digits
        '20260131000002'
        """
        return self.instant.strftime("%Y%m%d%H%M%S")

    @property
    def date(self) -> str:
        """Return the instant as HTTP writes it (RFC 9110, section 5.6.7)."""
        return format_datetime(self.instant, usegmt=True)


@dataclass(frozen=True)
class Mementos:
    """The releases of a build, by their moments, the oldest first."""

    moments: Sequence[Moment]
    opener: Opener
    _open: Callable[[str], Holdings] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_open", lru_cache(maxsize=_OPEN)(self.opener))

    @classmethod
    def of(cls, releases: Iterable[str], opener: Opener) -> Mementos:
        """Return the mementos of some releases, the oldest first; one alone has no past to tell of."""
        moments = [Moment.of(name) for name in releases]
        return cls(moments if len(moments) > 1 else [], opener)

    async def find(self, request: Request, path: str, holdings: Holdings) -> Response | None:
        """Return the answer to a request about a time; None where it is about none."""
        if not self.moments:
            return None
        if found := _MEMENTO.match(path):
            return await run_in_threadpool(self._memento, request, found[1], found[2])
        if found := _MAP.match(path):
            return await run_in_threadpool(self._time_map, request, found[1])
        wanted = request.headers.get("accept-datetime")
        if wanted is None or not holdings.is_thing(path):
            return None
        return self._time_gate(request, path, wanted)

    def _time_gate(self, request: Request, path: str, wanted: str) -> Response:
        """Lead to the memento that was current at a time (RFC 7089, section 4.1)."""
        try:
            instant = parsedate_to_datetime(wanted)
        except ValueError:
            problem = Problem(400, "Bad request", "Accept-Datetime is no date of HTTP.")
            return refuse(request, problem, {"vary": "accept-datetime"})
        instant = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
        before = [moment for moment in self.moments if moment.instant <= instant]
        chosen = before[-1] if before else self.moments[0]
        headers = {
            "location": local_address(request, f"memento/{chosen.digits}/{path}"),
            "vary": "accept-datetime, Accept",
            "link": self._relations(request, path),
            "cache-control": "no-cache",
        }
        return Response(status_code=302, headers=headers)

    def _memento(self, request: Request, digits: str, name: str) -> Response:
        """Return a document as a release had it, in the format and language that the client prefers."""
        moment = next((each for each in self.moments if each.digits == digits), None)
        if moment is None:
            return refuse(request, Problem(404, "Not found", "No release has this moment."))
        holdings = self._open(moment.release)
        address = parse(name) or self._chosen(request, holdings, name)
        if address is None or not holdings.is_thing(address.path):  # a style sheet, a list: there is one now
            return Response(status_code=302, headers={"location": local_address(request, name)})
        if address.suffix in LOCALIZED and not address.language:
            header = request.headers.get("accept-language")
            language = negotiate_language(header, LANGUAGES, _OTHER)
            address = Address(address.path, address.suffix, language, address.number)
        shown = holdings.document(address)
        if shown is None:
            return refuse(request, Problem(404, "Not found", "The release has no such document."))
        headers = {
            "memento-datetime": moment.date,
            "link": self._relations(request, address.path),
            "vary": "Accept, Accept-Language",
            "x-robots-tag": "noindex",
        }
        return respond(request, shown, headers)

    @staticmethod
    def _chosen(request: Request, holdings: Holdings, path: str) -> Address | None:
        offers = holdings.formats(path)
        chosen = negotiate(request.headers.get("accept"), offers) if offers else None
        return Address(path, (chosen or (HTML if HTML in offers else TURTLE)).suffix) if offers else None

    def _time_map(self, request: Request, path: str) -> Response:
        """Return the mementos of a thing (RFC 7089, section 5)."""
        there = [each for each in self.moments if self._open(each.release).is_thing(path)]
        if not there:
            return refuse(request, Problem(404, "Not found", "No release has such a thing."))
        own = local_address(request, f"timemap/{path}")
        last = len(there) - 1
        lines = [
            f'<{local_address(request, path)}>; rel="original timegate"',
            f'<{own}>; rel="self"; type="{_LINKS}"',
        ]
        for number, each in enumerate(there):
            ends = ("first " if number == 0 else "") + ("last " if number == last else "")
            target = local_address(request, f"memento/{each.digits}/{path}")
            lines.append(f'<{target}>; rel="{ends}memento"; datetime="{each.date}"')
        return respond(request, Representation.of(",\n".join(lines) + "\n", _LINKS), {})

    def mark(self, request: Request, response: Response, holdings: Holdings) -> Response:
        """Return the answer of the original resource, which names its TimeGate and TimeMap."""
        path = read_path(request) or ""
        if self.moments and response.status_code in {200, 303} and holdings.is_thing(path):
            given = response.headers
            told = (given.get("link"), self._relations(request, path))
            given["link"] = ", ".join(part for part in told if part)
            given["vary"] = ", ".join(part for part in (given.get("vary"), "Accept-Datetime") if part)
        return response

    def _relations(self, request: Request, path: str) -> str:
        original, listed = local_address(request, path), local_address(request, f"timemap/{path}")
        return f'<{original}>; rel="original timegate", <{listed}>; rel="timemap"; type="{_LINKS}"'
