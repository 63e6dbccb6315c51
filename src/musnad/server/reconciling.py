"""Reconciliation over HTTP: `/reconcile` and what its manifest names, and `/resolve`.

Answers come from memory, in a thread; only data extension asks the store, a few short questions of ours. The
addresses in the manifest are those of `public_host`, or of the socket that took the request, never of `Host`.
Cross-origin access is by CORS, which all answers carry; JSONP, which 0.2 leaves to the service, would let
other sites run what it sends. Chosen over (a) the query service, which would let a batch take every worker,
and (b) the framework's form parser, which accepts files.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final
from urllib.parse import parse_qs

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from musnad.config import Site as SiteConfig
from musnad.reconciliation import Cards, Extender, Known, Refused, Service, read_batch, read_conditions
from musnad.reconciliation.cards import key_of
from musnad.reconciliation.preview import write_preview
from musnad.server.media import HTML, negotiate_language
from musnad.server.paths import encode_path, local_address, whole_address
from musnad.server.replies import Problem, Representation, refuse, respond
from musnad.server.resources import Withdrawn
from musnad.server.signposts import named
from musnad.site import Site
from musnad.site.texts import LANGUAGES, Texts
from musnad.store import Store
from musnad.vocabulary import SCHEMA

Told = dict[str, Any]  # JSON
Handler = Callable[[Request], Awaitable[Response]]
PATH: Final = "reconcile"
_JSON: Final = "application/json"
_FORM: Final = "application/x-www-form-urlencoded"
_MOST_BODY: Final = 200_000  # bytes; a web server in front lets no more through
_MOST_FIELDS: Final = 20
_MOST_CURSOR: Final = 10_000
_MOST_NAME: Final = 500
_MOST_PROPOSED: Final = 100
_TERMS: Final = "terms.schema:"
_FRESH: Final = "public, max-age=60"
# A preview stands in a client's frame; it loads and runs nothing.
_FRAMED: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors *"
_NOTHING_ASKED: Final = Problem(400, "No IRI", "Give the IRI of a thing as ?uri=…")
_UNMATCHED: Final = Problem(
    404,
    "No match",
    "No entity of this dataset is matched with this IRI, exactly or closely. That says nothing about what it "
    "names: matches are reviewed by people, and most are still missing.",
)


@dataclass(frozen=True, slots=True)
class Reconciling:
    """Answers `reconcile`, what is below it, and `resolve`."""

    service: Service
    known: Known
    config: SiteConfig
    withdrawn: Withdrawn = field(default_factory=Withdrawn)

    @classmethod
    def of(cls, site: Site, store: Store, withdrawn: Withdrawn | None = None) -> Reconciling:
        """Return what reconciles with the entities of a store, by the names in the index of its site."""
        config = site.config
        gone = withdrawn or Withdrawn()
        cards = Cards(site.index, store, config.base, _labels(site.texts), gone.moved)
        service = Service(cards, Extender(cards), config.title.get("en", "Musnad"))
        return cls(service, Known(store, config.base), config, gone)

    def handlers(self) -> dict[str, Handler]:
        """Return what answers which path."""
        return {
            f"/{PATH}": self.reconcile,
            f"/{PATH}/match": self.match,
            f"/{PATH}/suggest/{{kind}}": self.suggest,
            f"/{PATH}/extend/propose": self.propose,
            f"/{PATH}/preview": self.preview,
            "/resolve": self.resolve,
            "/label/{name:path}": self.label,
        }

    async def reconcile(self, request: Request) -> Response:
        """Answer the endpoint: the manifest, a batch of queries, or a query of data extension."""
        try:
            fields = await read_fields(request)
            if "queries" in fields:
                return await _told(request, lambda: self._results(fields["queries"]))
            if "extend" in fields:
                return await _told(request, lambda: self.service.extender.extend(fields["extend"]))
            if request.method == "POST":
                raise Refused(
                    "body", "neither 'queries' nor 'extend'", "send one of them as a field of a form"
                )
            return await _told(
                request, lambda: self.service.manifest(whole_address(request, self.config, PATH))
            )
        except Refused as error:
            return _refused(request, error)

    def _results(self, text: str) -> Told:
        return {key: {"result": self.service.candidates(query)} for key, query in read_batch(text).items()}

    async def match(self, request: Request) -> Response:
        """Answer a batch of the 1.0 draft, in JSON."""
        try:
            queries = read_conditions(await read_body(request, _JSON))
            return await _told(
                request,
                lambda: {"results": [{"candidates": self.service.candidates(each)} for each in queries]},
            )
        except Refused as error:
            return _refused(request, error)

    async def suggest(self, request: Request) -> Response:
        """Answer what a field of a client suggests while one types."""
        given, service = request.query_params, self.service
        kinds: dict[str, Callable[[str, int], list[Told]]] = {
            "entity": partial(service.suggest_entities, kind=given.get("type", "")[:200]),
            "type": service.suggest_types,
            "property": service.suggest_properties,
        }
        suggest = kinds.get(request.path_params["kind"])
        if suggest is None:
            return refuse(request, Problem(404, "Not found", f"Suggested are: {', '.join(kinds)}."))
        try:
            cursor = _number(given.get("cursor", "0"), "cursor", _MOST_CURSOR)
        except Refused as error:
            return _refused(request, error)
        return await _told(request, lambda: {"result": suggest(given.get("prefix", "")[:200], cursor)})

    async def propose(self, request: Request) -> Response:
        """Answer which properties are worth fetching for a class."""
        given = request.query_params
        try:
            limit = _number(given.get("limit", str(_MOST_PROPOSED)), "limit", _MOST_PROPOSED)
        except Refused as error:
            return _refused(request, error)
        return await _told(request, lambda: self.service.propose(given.get("type", ""), limit))

    async def preview(self, request: Request) -> Response:
        """Answer the small page about an entity."""
        given = request.query_params
        card = self.service.cards.get(given.get("id", ""))
        if card is None:
            return self._nobody(request, given.get("id", ""))
        asked = given.get("lang", "")
        tongues = request.headers.get("accept-language")
        language = asked if asked in LANGUAGES else negotiate_language(tongues, LANGUAGES, "en")
        page = Representation.of(write_preview(self.service, card, language), HTML.content_type, language)
        headers = {"content-security-policy": _FRAMED, "cache-control": _FRESH, "vary": "Accept-Language"}
        return respond(request, page, headers)

    async def resolve(self, request: Request) -> Response:
        """Lead from an IRI of another dataset to ours: 303, 300 where there are several, 404."""
        asked = request.query_params.get("uri", "")
        base = self.config.base
        if asked.startswith(f"{base}id/") and (own := self.service.cards.get(asked)):
            there = local_address(request, own.entry.iri.removeprefix(base))
            return Response(status_code=303, headers={"location": there})
        if asked.startswith(f"{base}id/"):
            return self._nobody(request, asked)
        found = self.known.find(asked)
        if not found:
            return refuse(request, _UNMATCHED if asked else _NOTHING_ASKED)
        links = ", ".join(
            f'<{_plain(each.iri)}>; rel="{each.relation}"; anchor="{_plain(each.ours)}"' for each in found
        )
        addresses = [local_address(request, each.ours.removeprefix(base)) for each in found]
        headers = {"link": links, "cache-control": _FRESH}
        if len(found) == 1:
            return Response(status_code=303, headers=headers | {"location": addresses[0]})
        rows = [
            (at, f"{each.relation.rpartition('#')[2]} {each.ours}")
            for at, each in zip(addresses, found, strict=True)
        ]
        detail = "Several entities of this dataset are matched with this IRI."
        return refuse(request, Problem(300, "Several matches", detail, rows), headers)

    async def label(self, request: Request) -> Response:
        """Lead from a whole name to the entity that bears it, in any spelling: 303, 300, 404."""
        name = request.path_params["name"][:_MOST_NAME]
        found = [card for card in self.service.cards.by_key.get(key_of(name), ()) if card.curated]
        addresses = [local_address(request, f"id/{card.id}") for card in found]
        if len(found) == 1:
            labels = {tag: found[0].name(tag) for tag in LANGUAGES}
            headers = named(found[0].entry.iri, labels) | {"cache-control": _FRESH}
            return Response(status_code=303, headers=headers | {"location": addresses[0]})
        if not found:
            return refuse(request, Problem(404, "Not found", "No entity has exactly this name."))
        rows = [(at, card.name("en")) for at, card in zip(addresses, found, strict=True)]
        return refuse(request, Problem(300, "Several entities", "They bear this name.", rows))

    def _nobody(self, request: Request, name: str) -> Response:
        """Return that no entity has an identifier, or that the one that had it was withdrawn."""
        base = self.config.base
        path = name.removeprefix(base) if name.startswith(base) else f"id/{name}"
        if self.withdrawn.is_gone(path, base + path):
            return refuse(request, Problem(410, "Gone", "The entity was withdrawn and will not come back."))
        return refuse(request, Problem(404, "Not found", "No entity has this identifier."))


async def read_fields(request: Request) -> Mapping[str, str]:
    """Return the fields of the address, or of a form; the last of each name counts. Raises Refused."""
    data = request.scope.get("query_string", b"")
    if request.method == "POST":
        data = await read_body(request, _FORM)
    try:
        text = data.decode("ascii")
        found = parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError:
        raise Refused("form", "the fields are not percent-encoded UTF-8") from None
    except ValueError:
        raise Refused("form", f"more than {_MOST_FIELDS} fields", status=413) from None
    return {name: values[-1] for name, values in found.items()}


async def read_body(request: Request, media_type: str) -> bytes:
    """Return the body of a request, or raise Refused as soon as it is of another type, or too long."""
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given != media_type or request.headers.get("content-encoding", "identity") != "identity":
        raise Refused("body", f"is not {media_type}, uncompressed", status=415)
    parts, size = [], 0
    try:
        async for part in request.stream():
            parts.append(part)
            size += len(part)
            if size > _MOST_BODY:
                raise Refused("body", f"more than {_MOST_BODY} bytes", "send smaller batches", 413)
    except ClientDisconnect:
        raise Refused("body", "ended early") from None
    return b"".join(parts)


async def _told(request: Request, make: Callable[[], Told]) -> Response:
    body = await run_in_threadpool(lambda: orjson.dumps(make()))
    return respond(request, Representation.of(body, _JSON), {"cache-control": _FRESH})


def _refused(request: Request, error: Refused) -> Response:
    told = {"status": "error", "message": str(error), "where": error.where, "remedy": error.remedy}
    shown = Representation.of(orjson.dumps(told), _JSON)
    return respond(request, shown, {"cache-control": "no-cache"}, error.status)


def _labels(texts: Texts) -> dict[str, dict[str, str]]:
    """Return the labels of the classes of schema.org that the interface names."""
    names = [name for name in texts.texts["en"] if name.startswith(_TERMS)]
    return {
        SCHEMA + name.removeprefix(_TERMS): {tag: texts.get(name, tag) for tag in LANGUAGES} for name in names
    }


def _number(text: str, name: str, most: int) -> int:
    if not text.isdecimal() or len(text) > 9 or int(text) > most:
        raise Refused(name, f"{text[:20]!r} is no number from 0 to {most}")
    return int(text)


def _plain(iri: str) -> str:
    """Return an IRI as a header may hold it."""
    scheme, _, rest = iri.partition("://")
    return f"{scheme}://{encode_path(rest)}"
