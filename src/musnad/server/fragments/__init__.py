"""Triple Pattern Fragments: the data in pages of one triple pattern, which cost the server next to nothing.

https://linkeddatafragments.org/specification/triple-pattern-fragments/. `terms` reads the pattern, `controls`
says what the page is a part of and how to ask for others, `answering` answers `/fragments`.
"""

from musnad.server.fragments.answering import Fragments

__all__ = ["Fragments"]
