"""Rules with which other web servers answer the addresses of a written site, from `publish/deploy/`.

Each template is one file of the result: a server that is missing is one more template. What they share, the
negotiation and the paths of things, is worked out here. Chosen over (a) examples in the documentation, which
nobody tests, and (b) a program behind each server, which a folder of files does not need.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import jinja2

from musnad.build.accepting import accept_rules, language_rules, page_rules
from musnad.build.folder import Folder
from musnad.config import Site
from musnad.curation import Addresses, read_addresses
from musnad.errors import ProjectError, TemplateError
from musnad.project import Project
from musnad.server.media import BY_SUFFIX, DATA, HTML
from musnad.server.replies import ALWAYS, CACHED
from musnad.site.addresses import DATA_SUFFIXES
from musnad.site.folder import read_mark
from musnad.site.pages import LOCALIZED, MEDIA, PageKind, read_pages
from musnad.site.texts import LANGUAGES

_SUFFIX: Final = ".j2"
_HOST: Final = re.compile(r"[A-Za-z0-9.-]+(?::[0-9]{1,5})?\Z")
_FOLDER: Final = re.compile(r"/[A-Za-z0-9/._-]*\Z")
_STATIC: Final = ("css", "js", "json", "svg", "png", "webp", "ico", "woff2", "txt")


@dataclass(frozen=True, slots=True)
class Deployment:
    """Where a site will stand: the name of its host, its folder there, the port of `musnad serve`."""

    host: str
    folder: str
    port: int
    queries: bool = False  # whether `musnad serve` runs behind, for `/sparql` and searches
    addresses: Addresses = field(default_factory=Addresses)  # withdrawn and moved ones

    def __post_init__(self) -> None:
        if not _HOST.match(self.host):
            remedy = "give --host-name data.example.org, or public_host in publish/site.yaml"
            raise ProjectError("--host-name", f"{self.host!r} is no name of a host", remedy)
        if not _FOLDER.match(self.folder) or ".." in self.folder:
            raise ProjectError("--folder", f"{self.folder!r} is no folder", "write it as /srv/musnad/site")
        if not 0 < self.port <= 65_535:
            raise ProjectError("--port", f"{self.port} is no port", "ports go from 1 to 65535")


def withdrawn_from(place: Path) -> Addresses:
    """Return what a build, or a written site, has withdrawn and moved."""
    return read_addresses(place if read_mark(place) else Folder.at(place).tables)


def has_queries(place: Path) -> bool:
    """Tell whether there are queries to be answered: at a build, and not at a written site."""
    if read_mark(place):
        return False
    return bool(Folder.at(place))


def write_deployment(project: Project, config: Site, deployment: Deployment, out: Path) -> list[Path]:
    """Write every file of a deployment; return their paths; raise MusnadError at a wrong template."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(project.deployment),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # none of them is HTML; what they hold is checked above
    )
    names = _names(project, config, deployment)
    written = []
    out.mkdir(parents=True, exist_ok=True)
    for template in sorted(project.deployment.glob(f"*{_SUFFIX}")):
        try:
            text = environment.get_template(template.name).render(names)
        except jinja2.TemplateSyntaxError as error:
            raise TemplateError(f"{template}:{error.lineno}", str(error.message)) from None
        except jinja2.UndefinedError as error:
            raise TemplateError(template, str(error.message)) from None
        path = out / template.name.removesuffix(_SUFFIX)
        path.write_text(text, encoding="utf-8")
        written.append(path)
    if not written:
        raise ProjectError(project.deployment, "holds no template", "copy those of `musnad init`")
    return written


def _names(project: Project, config: Site, deployment: Deployment) -> dict[str, Any]:
    """Return what the templates know."""
    kinds = read_pages(project.site_file, config.pages)
    types = {suffix: BY_SUFFIX[suffix].media_type for suffix in (*MEDIA, *DATA_SUFFIXES)}
    return {
        "accept": accept_rules(),
        "takes_pages": page_rules(),
        "languages": language_rules(LANGUAGES),
        "tongues": LANGUAGES,
        "things": thing_paths(kinds),
        "pages": "|".join(sorted(re.escape(kind.path) for kind in kinds if _plain(kind))),
        "suffixes": tuple(MEDIA) + DATA_SUFFIXES,
        "localized": sorted(LOCALIZED),
        "data": {each.suffix: each.media_type for each in DATA},
        "types": types,
        "static": _STATIC,
        "texts": sorted(each for each in types.values() if each.startswith("text/")),
        "headers": {"-".join(map(str.capitalize, name.split("-"))): told for name, told in ALWAYS.items()},
        "cached": CACHED,
        "html": HTML.media_type,
        "base": config.base,
        "licence": config.licence,
        "contact": config.contact,
        "host": deployment.host,
        "folder": deployment.folder.rstrip("/"),
        "port": deployment.port,
        "queries": deployment.queries,
        "moved": deployment.addresses.moved,
        "gone": deployment.addresses.opaque,
    }


def _plain(kind: PageKind) -> bool:
    return kind.fixed and not kind.data and not kind.anywhere and kind.suffix == HTML.suffix


def thing_paths(kinds: tuple[PageKind, ...]) -> str:
    """Return what the paths of things match: of the kinds of page that have data beside them."""
    paths = sorted({kind.path for kind in kinds if kind.data})
    return "|".join(re.escape(path).replace(r"\*", r"[^/.?#]+") for path in paths)
