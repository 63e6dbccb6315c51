"""Whether the server in the place of the store is there, for the health check.

It is asked by one request at a time and believed for some seconds, so that no number of health checks is a
burden to it. Chosen over (a) asking at every check, which strangers may repeat without end, and (b) a task
that asks for ever, which goes on where nobody wants to know.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import Final

from musnad.errors import EndpointError
from musnad.remote import Remote

_SECONDS: Final = 2.0  # that are waited for an answer
_KNOWN_SECONDS: Final = 5.0  # for which it is believed
_CHEAPEST: Final = "ASK { ?s ?p ?o }"


@dataclass(slots=True)
class Presence:
    """Whether the server at an address is there: asked by one at a time, and not again for 5 seconds."""

    address: str
    _problem: str = ""
    _until: float = 0.0
    _asking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def problem(self) -> str:
        """Return why the server does not answer; "" where it does."""
        async with self._asking:
            if time.monotonic() >= self._until:
                self._problem = await asyncio.to_thread(self._ask)
                self._until = time.monotonic() + _KNOWN_SECONDS
            return self._problem

    def _ask(self) -> str:
        try:
            Remote(self.address, seconds=_SECONDS, tries=1).ask(_CHEAPEST)
        except EndpointError as error:  # what a server says of itself is not for everyone
            return f"answers {error.status}" if error.status else error.problem
        return ""
