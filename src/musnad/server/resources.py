"""Dereferencing: every IRI below the base answers at its own path.

A thing answers 303 See Other to the document about it that the client prefers; the documents have addresses
of their own (`id/x.html`, `id/x.ttl` …) and are the same files that the static site has. Chosen over (a) 200
at the thing's own address, which makes a person and a page one resource, and (b) hash IRIs for everything,
with which one page would have to hold the whole dataset.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from musnad.curation import Addresses, address_hash
from musnad.errors import DataError
from musnad.server.cache import Cache, Getting
from musnad.server.forms import formed, profile_of
from musnad.server.holdings import Holdings
from musnad.server.media import HTML, JSON_LD, LINK_SET, Format, negotiate, negotiate_language
from musnad.server.paths import encode_path, local_address, read_path
from musnad.server.replies import CACHED, Problem, Representation, note_of, refuse, respond
from musnad.server.signposts import link, link_set, links, named
from musnad.site import Address, parse
from musnad.site.addresses import HOME
from musnad.site.pages import LOCALIZED
from musnad.site.texts import LANGUAGES

_ENDPOINT: Final = "sparql"
QUERY_PAGE: Final = "query"
OTHER_LANGUAGE: Final = "en"  # for readers of neither


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What is not there any more: IRIs that are gone for good, and IRIs that are another one now.

    Of those that a curator withdrew only `hashes` of the paths are known, since an address may be a name.
    """

    gone: frozenset[str] = frozenset()
    moved: Mapping[str, str] = field(default_factory=dict)
    hashes: frozenset[str] = frozenset()

    @classmethod
    def of(cls, told: Addresses, base: str) -> Withdrawn:
        """Return what a build or a written site has withdrawn."""
        return cls(moved={base + old: base + new for old, new in told.moved.items()}, hashes=told.gone)

    def is_gone(self, path: str, iri: str) -> bool:
        """Tell whether what stood at a path was withdrawn."""
        return iri in self.gone or (bool(self.hashes) and address_hash(path) in self.hashes)


@dataclass(frozen=True, slots=True)
class Resources:
    """Answers for everything that has an IRI or a page."""

    holdings: Holdings
    withdrawn: Withdrawn
    cache: Getting = field(default_factory=Cache)
    pages: dict[tuple[str, str], str] = field(default_factory=dict)  # about a status, in a language

    async def __call__(self, request: Request) -> Response:
        """Return what stands at the path of a request."""
        path = read_path(request)
        if path is None:
            return self._refuse(request, Problem(404, "Not found", "This is not an address of this site."))
        if path.endswith("/"):
            return self._redirect(request, 301, path[:-1])
        if path.endswith(f".{LINK_SET.suffix}"):
            return self._links(request, path.removesuffix(f".{LINK_SET.suffix}"))
        address = parse(path)
        if address is not None:
            return await self.document(request, address)
        return self._withdrawn(request, path) or await self._thing(request, path or HOME)

    def _redirect(
        self, request: Request, status: int, path: str, headers: Mapping[str, str] | None = None
    ) -> Response:
        note_of(request).keep = True
        location = {"location": local_address(request, path), "cache-control": CACHED}
        return Response(status_code=status, headers=location | dict(headers or {}))

    # ---- things

    async def _thing(self, request: Request, path: str) -> Response:
        offers = self.holdings.formats(path)
        if not offers:
            return self._not_found(request, path)
        chosen = negotiate(request.headers.get("accept"), offers)
        if chosen is None:
            return self._not_acceptable(request, path, offers)
        language = request.query_params.get("lang", "") if chosen is HTML else ""
        target = Address(path, chosen.suffix, language if language in LANGUAGES else "")
        if chosen is HTML and not self.holdings.is_thing(path):
            return await self.document(request, target, "Accept")  # a list is a page, and no thing apart
        headers = {"vary": "Accept", "link": links(self.holdings, request, path, "")}
        headers |= named(self.holdings.iri(path), self.holdings.labels(path))
        return self._redirect(request, 303, target.name, headers)

    def _withdrawn(self, request: Request, path: str, suffix: str = "") -> Response | None:
        iri = self.holdings.base + path
        target = self.withdrawn.moved.get(iri)
        if target and target.startswith(self.holdings.base):
            moved = target.removeprefix(self.holdings.base)
            return self._redirect(request, 301, f"{moved}.{suffix}" if suffix else moved)
        if self.withdrawn.is_gone(path, iri):  # whose name may be the address: the answer repeats none
            told = "What this address named was withdrawn and will not come back."
            return self._refuse(request, Problem(410, "Gone", told))
        return None

    def _refuse(
        self, request: Request, problem: Problem, headers: Mapping[str, str] | None = None
    ) -> Response:
        """Return a problem; a browser gets the page that the site has for its status."""
        language = negotiate_language(request.headers.get("accept-language"), LANGUAGES, OTHER_LANGUAGE)
        key = str(problem.status), language
        if key not in self.pages:
            listed = problem.status == 406  # a 406 lists what there is
            self.pages[key] = "" if listed else self.holdings.error_page(problem.status, language)
        return refuse(request, replace(problem, page=self.pages[key], language=language), headers)

    def _not_found(self, request: Request, path: str) -> Response:
        iri = self.holdings.base + encode_path(path)
        return self._refuse(request, Problem(404, "Not found", f"Nothing here is named <{iri}>."))

    def _not_acceptable(self, request: Request, path: str, offers: tuple[Format, ...]) -> Response:
        there = [
            (local_address(request, Address(path, each.suffix).name), each.media_type) for each in offers
        ]
        problem = Problem(406, "Not acceptable", "Accept names none of these formats.", there)
        return self._refuse(request, problem, {"link": links(self.holdings, request, path, "")})

    # ---- documents about things

    async def document(self, request: Request, address: Address, vary: str = "") -> Response:
        """Return one document; without a language in its address, the client's is negotiated."""
        withdrawn = self._withdrawn(request, address.path, address.suffix)
        if withdrawn:
            return withdrawn
        if address.path == _ENDPOINT:  # the page of an answer has no address without its query
            return self._redirect(request, 303, replace(address, path=QUERY_PAGE).name)
        language, varies = address.language, [vary] if vary else []
        if address.suffix in LOCALIZED and not language:
            language = request.query_params.get("lang", "")
            if language not in LANGUAGES:
                varies.append("Accept-Language")
                header = request.headers.get("accept-language")
                language = negotiate_language(header, LANGUAGES, OTHER_LANGUAGE)
        exact = Address(address.path, address.suffix, language, address.number)
        profile = ""
        if address.suffix == JSON_LD.suffix:
            varies, profile = ["Accept"], profile_of(request.headers.get("accept"))
        try:
            shown = await self.cache.get(f"{exact.name} {profile}", lambda: self._made(exact, profile))
        except DataError as error:  # a format that cannot hold a character of the data
            problem = Problem(406, "Not acceptable", f"{error.problem} ({error.remedy})")
            return self._refuse(request, problem)
        if shown is None:
            return self._not_found(request, address.name)
        headers = {"link": links(self.holdings, request, exact.path, exact.suffix)}
        if exact.name != read_path(request):
            headers["content-location"] = local_address(request, exact.name)
        if varies:
            headers["vary"] = ", ".join(varies)
        note_of(request).keep = True
        return respond(request, shown, headers)

    def _made(self, address: Address, profile: str) -> Representation | None:
        shown = self.holdings.document(address)
        return formed(shown, profile) if shown and profile else shown

    def _links(self, request: Request, path: str) -> Response:
        """Return the links of a thing and of its documents as a document (RFC 9264)."""
        if not self.holdings.is_thing(path):
            return self._not_found(request, f"{path}.{LINK_SET.suffix}")
        note_of(request).keep = True
        headers = {"link": link(self.holdings.iri(path), "describes")}
        return respond(
            request, Representation.of(link_set(self.holdings, path), LINK_SET.content_type), headers
        )
