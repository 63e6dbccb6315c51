"""How much of the query service one client may use: queries at once, and seconds in a minute.

A client is an address; of IPv6 the first 64 bits, which one household has. The seconds are a bucket that
holds two minutes' worth and fills while time passes; a query takes what it ran, a refused one at least a
second, so that a robot which sends nonsense is stopped as well. Requests of this machine are not counted,
unless they come through the proxy that `publish/site.yaml` names, whose X-Forwarded-For is believed. Chosen
over (a) banning addresses, which strikes whoever has them next, and (b) leaving it to the web server in
front, which counts requests and does not know what they cost.
"""

from __future__ import annotations

import contextlib
import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request

from musnad.config import Site
from musnad.server.guard import QueryRefused

_REMEMBERED: Final = 10_000
_MINUTES: Final = 2  # of seconds that a client may save up
_LEAST_PRICE: Final = 1.0  # seconds for a query that is refused
_SHARED_BITS: Final = {4: 32, 6: 64}
NOT_COUNTED: Final = ""


class TooMany(QueryRefused):
    """A client has used up what it may use; `seconds` says when it may come back."""

    def __init__(self, problem: str, seconds: float) -> None:
        self.seconds = max(math.ceil(seconds), 1)
        super().__init__(429, problem, f"come back in {self.seconds} s")


@dataclass(slots=True)
class _Account:
    """What one client has running, and the seconds that it has left."""

    left: float
    at: float
    running: int = 0


class Clients:
    """The accounts of the clients, least recently seen first."""

    def __init__(self, site: Site, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._per_minute = site.query_client_running, site.query_client_seconds
        self._proxy, self._clock = site.proxy, clock
        self._accounts: OrderedDict[str, _Account] = OrderedDict()

    def name(self, request: Request) -> str:
        """Return what a client is counted under, NOT_COUNTED for this machine."""
        peer = request.client.host if request.client else ""
        if peer and peer == self._proxy:
            peer = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
        try:
            address = ipaddress.ip_address(peer.partition("%")[0])
        except ValueError:
            return NOT_COUNTED
        address = getattr(address, "ipv4_mapped", None) or address
        if address.is_loopback:
            return NOT_COUNTED
        return str(ipaddress.ip_network((address, _SHARED_BITS[address.version]), strict=False))

    @contextlib.contextmanager
    def admit(self, name: str) -> Iterator[Callable[[float, bool], None]]:
        """Count a query as running; what is given takes its seconds, and whether it was refused.

        Raises TooMany where the client has too many running, or has used up its seconds.
        """
        if name == NOT_COUNTED:
            yield lambda seconds, refused: None
            return
        account = self._account(name)
        if account.running >= self._most:
            raise TooMany(f"you have {self._most} queries running", 1)
        if account.left <= 0:
            problem = f"you have used more than {self._per_minute:g} seconds of queries a minute"
            raise TooMany(problem, (1 - account.left) * 60 / self._per_minute)

        def charge(seconds: float, refused: bool) -> None:
            account.left -= max(seconds, _LEAST_PRICE) if refused else seconds

        account.running += 1
        try:
            yield charge
        finally:
            account.running -= 1

    def _account(self, name: str) -> _Account:
        now, full = self._clock(), _MINUTES * self._per_minute
        account = self._accounts.setdefault(name, _Account(full, now))
        self._accounts.move_to_end(name)
        account.left = min(full, account.left + (now - account.at) * self._per_minute / 60)
        account.at = now
        if len(self._accounts) > _REMEMBERED:
            self._forget()
        return account

    def _forget(self) -> None:
        """Forget the client that was seen longest ago, of those with nothing running."""
        for name, account in self._accounts.items():
            if not account.running:
                del self._accounts[name]
                return
