"""Other SPARQL servers: a build is loaded into one, and `musnad serve` asks one in place of its own store.

Nothing here knows a vendor but by where it keeps its doors (`client.LAYOUTS`). Chosen over (a) a plug-in for
each server, and (b) bulk loaders of vendors, which want the server's disk.
"""

from musnad.remote.client import Remote
from musnad.remote.content import Content, content_of
from musnad.remote.engine import RemoteEngine
from musnad.remote.loading import Loaded, load
from musnad.remote.source import open_quads

__all__ = ["Content", "Loaded", "Remote", "RemoteEngine", "content_of", "load", "open_quads"]
