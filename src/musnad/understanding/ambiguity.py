"""Names of the authority that a text does not mean: common words, and the longer names of other bodies.

«المظاهرات السلمية» is no town, «مجلس الأمن القومي» not the council of the United Nations. Chosen over
(a) taking the ambiguous names out of the authority, which loses the town, and (b) counting in how many texts
a word is a name, which needs texts that we have not.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from musnad.authority import Name
from musnad.folding import fold_name
from musnad.model import Entity
from musnad.understanding.gazetteer import Match
from musnad.understanding.scan import Scan
from musnad.understanding.tokens import bare, is_definite

_ENDINGS: Final = ("ه", "ين", "ون")  # of adjectives of nations
_OF_ALL: Final = frozenset(
    {"دولي", "اممي", "عالمي", "عربي"}
)  # international, of nations, Arab: no one nation


def is_misread(scan: Scan, match: Match) -> bool:
    """Tell whether a name of the authority is something else where it stands."""
    alone = match.last == match.first + 1
    skipped = match.start > scan.tokens[match.first].start
    return (
        (alone and skipped and _is_another_word(scan, match))
        or (alone and match.name.entity.type == "PLACE" and _is_common(scan, match))
        or names_another(scan, match)
    )


def _is_another_word(scan: Scan, match: Match) -> bool:
    """Tell whether the whole word, whose first letter would be a clitic, is a word by itself."""
    word, persons = scan.word(match.first), scan.lexicon.persons
    return word in persons.given_names or word in scan.lexicon.verbs or word in scan.lexicon.stops.words


def _is_common(scan: Scan, match: Match) -> bool:
    """Tell whether the name of a place stands as an adjective, a verb or a common noun."""
    lexicon, name = scan.lexicon.places, match.name.folded
    before = scan.word(match.first - 1) if scan.follows(match.first) else ""
    skipped = match.start - scan.tokens[match.first].start
    if name in lexicon.cued:
        return not (
            before in lexicon.cues | lexicon.heads or scan.word(match.first)[:skipped].endswith(("ب", "ل"))
        )
    if name in lexicon.adjectival and not skipped:
        return is_definite(before) and before[2:] not in scan.lexicon.persons.offices
    return (
        name in lexicon.ambiguous
        and not skipped
        and before.endswith(("ه", "ات"))
        and not is_definite(before)
        and before not in lexicon.heads
    )


def names_another(scan: Scan, match: Match) -> bool:
    """Tell whether the word after the name of a body makes it the name of another.

    Such a word is the adjective of another nation than the body's own, or «الحاكم» after a short name.
    """
    entity = match.name.entity
    if entity.type != "ORG" or not scan.follows(match.last):
        return False
    after = scan.word(match.last)
    if match.name.short and after in scan.lexicon.organisations.ruling:
        return True
    if not (is_definite(after) and scan.is_national(after)):
        return False
    own = _nations(scan, match.name)
    return bool(own) and _stem(after) not in own and _stem(after) not in _OF_ALL


def _nations(scan: Scan, name: Name) -> set[str]:
    """Return the nations that the names of an entity tell, as stems."""
    return {_stem(word) for word in _words(name.entity) if scan.is_national(word)}


@cache
def _words(entity: Entity) -> frozenset[str]:
    """Return the folded words of the names of an entity."""
    names = [entity.label_ar, *(written for written, _ in entity.names)]
    return frozenset(word for written in names for word in fold_name(written).split())


def _stem(word: str) -> str:
    plain = bare(word)
    return next((plain.removesuffix(end) for end in _ENDINGS if plain.endswith(end)), plain)
