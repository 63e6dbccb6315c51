"""Musnad: documents in, linked data out, every statement with its words and its chain of transmission."""

from typing import Final

__version__: Final = "0.1.0"
