"""The site: pages in Arabic and English, each a query and a template, and the data beside them.

Pages are rendered one by one on request, or all written to files; both give the same bytes. What pages there
are is told by `publish/site.yaml`, what stands on them by `publish/queries/`, `publish/templates/` and
`publish/texts.yaml`; this package only brings them together. Chosen over (a) a content management system and
(b) an application in the browser, which a reader without JavaScript, a crawler and an archive cannot read.
"""

from musnad.site.addresses import Address, parse
from musnad.site.folder import SiteFolder
from musnad.site.rendering import Page, Site
from musnad.site.writing import write_site

__all__ = ["Address", "Page", "Site", "SiteFolder", "parse", "write_site"]
