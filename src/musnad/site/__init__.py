"""The site: pages in Arabic and English, each a query and a template, and the data beside them.

Pages are rendered one by one on request, or all written to files; both give the same bytes. What pages there
are is told by `publish/site.yaml`, what stands on them by `publish/queries/`, `publish/templates/` and
`publish/texts.yaml`; this package only brings them together. Chosen over (a) a content management system and
(b) an application in the browser, which a reader without JavaScript, a crawler and an archive cannot read.

What is named here is imported when it is first used: a build that changed nothing needs no template engine.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from musnad.site.addresses import Address, parse
    from musnad.site.folder import SiteFolder
    from musnad.site.rendering import Page, Site
    from musnad.site.writing import write_site

__all__ = ["Address", "Page", "Site", "SiteFolder", "parse", "write_site"]
_MODULES: Final = {
    "Address": "addresses",
    "Page": "rendering",
    "Site": "rendering",
    "SiteFolder": "folder",
    "parse": "addresses",
    "write_site": "writing",
}


def __getattr__(name: str) -> Any:
    """Return what stands in a module of the package (https://peps.python.org/pep-0562/)."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
