"""What a person should look at: doubtful claims, likely merges, proposed links; and what they decide.

`queue` finds it in a build, `writing` puts decisions into `rdf/curation/` and into review files, `web` shows
it in a browser of this machine. Nothing here decides by itself.
"""

from musnad.reviewing.queue import CLAIM, MATCH, MERGE, Doubt, find_doubts, find_matches
from musnad.reviewing.writing import decide, decide_match

__all__ = ["CLAIM", "MATCH", "MERGE", "Doubt", "decide", "decide_match", "find_doubts", "find_matches"]
