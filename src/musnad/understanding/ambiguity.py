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
from musnad.understanding.scan import Scan, unfused
from musnad.understanding.tokens import bare, is_definite

_BEFORE_PAPER: Final = frozenset("-–—:|/")
_MARKS: Final = frozenset("@-./_")
_ENDINGS: Final = ("ه", "ين", "ون")  # of adjectives of nations
_LEAST: Final = 4  # letters of a counted noun
_POLICIES: Final = frozenset({"الخارجيه", "الداخليه"})  # foreign, inner; the ministries of them
_OF_ALL: Final = frozenset(
    {"دولي", "اممي", "عالمي", "عربي"}
)  # international, of nations, Arab: no one nation


def is_misread(scan: Scan, match: Match) -> bool:
    """Tell whether a name of the authority is something else where it stands."""
    alone = match.last == match.first + 1
    skipped = match.start > scan.tokens[match.first].start
    return (
        (alone and skipped and _is_another_word(scan, match))
        or (match.name.entity.type == "PLACE" and _is_common(scan, match, alone=alone))
        or (alone and not skipped and _is_attribute(scan, match))
        or (alone and match.name.folded in scan.lexicon.organisations.surnames and _is_surname(scan, match))
        or (not alone and not skipped and _is_of_noun(scan, match))
        or (alone and match.name.folded.isascii() and _in_address(scan, match.first))
        or names_another(scan, match)
    )


def _in_address(scan: Scan, place: int) -> bool:
    """Tell whether a Latin word is part of an address («info@example-name.org»)."""
    near = [scan.tokens[at] for at in (place, place + 1) if 0 < at < len(scan.tokens)]
    return any(
        not token.gap and (token.text in _MARKS or scan.tokens[place - 1].text in _MARKS) for token in near
    )


def _is_attribute(scan: Scan, match: Match) -> bool:
    """Tell whether the name of a body stands as the adjective of a noun before it («الأحزاب المعارضة»)."""
    before = scan.word(match.first - 1) if scan.follows(match.first) else ""
    before = before[1:] if before.startswith("وال") else before  # and the
    plural = (is_definite(before) and before.endswith(("ات", "ه"))) or bare(
        before
    ) in scan.lexicon.lists.kinds
    return match.name.folded in scan.lexicon.organisations.adjectival and is_definite(before) and plural


def _is_surname(scan: Scan, match: Match) -> bool:
    """Tell whether a name that is an adjective and a family name too is one of these where it stands."""
    before = scan.word(match.first - 1) if scan.follows(match.first) else ""
    return bool(_definite_noun(before)) or any(
        scan.word(at) == match.name.folded and scan.follows(at) and is_given(scan, at - 1)
        for at in range(1, len(scan.tokens))
    )


def is_given(scan: Scan, place: int) -> bool:
    """Tell whether a word is a given name, written with «servant of» or apart from it."""
    persons = scan.lexicon.persons
    servant = scan.word(place - 1) in persons.particles
    return scan.word(place) in persons.given_names or (servant and scan.follows(place))


def _is_of_noun(scan: Scan, match: Match) -> bool:
    """Tell whether the first word of a name belongs to the noun before it («وزير الخارجية المثالي اليوم»)."""
    first, word = match.first, scan.word(match.first)
    if match.name.entity.type != "ORG" or not scan.follows(first):
        return False
    minister = bare(word) in scan.lexicon.organisations.departments_of and _is_minister(scan, first - 1)
    nation = is_definite(word) and scan.is_national(word) and is_definite(scan.word(first - 1))
    return minister or nation or is_of_policy(scan, first)


def is_of_policy(scan: Scan, place: int) -> bool:
    """Tell whether a word is the adjective of a noun before it («السياسة الخارجية …») and no ministry."""
    noun = _definite_noun(scan.word(place - 1)) if scan.follows(place) else ""
    return scan.word(place) in _POLICIES and bool(noun) and not scan.is_stop(noun)


def _is_minister(scan: Scan, place: int) -> bool:
    """Tell whether a word without the article is «minister», a man or a woman."""
    offices = scan.lexicon.persons.offices
    words = {reading.text for reading in scan.readings(place)}
    return any({word, word.removesuffix("ه")} & offices for word in words if not is_definite(word))


def _is_another_word(scan: Scan, match: Match) -> bool:
    """Tell whether the whole word, whose first letter would be a clitic, is a word by itself."""
    word, persons = scan.word(match.first), scan.lexicon.persons
    return word in persons.given_names or word in scan.lexicon.verbs or word in scan.lexicon.stops.words


def _is_common(scan: Scan, match: Match, *, alone: bool) -> bool:
    """Tell whether the name of a place stands as an adjective, a verb, a common noun or a paper."""
    lexicon, name = scan.lexicon.places, match.name.folded
    if not alone:
        return name in lexicon.papers and _is_paper(scan, match)
    before = scan.word(match.first - 1) if scan.follows(match.first) else ""
    skipped = match.start - scan.tokens[match.first].start
    if match.first in scan.adverbial:
        return True
    if name in lexicon.ambiguous and skipped and _joins_indefinite(scan, match.first):
        return True
    if name in lexicon.cued and not match.name.short:
        return not is_cued(scan, match.first, skipped)
    if name in lexicon.adjectival and not skipped and not _is_capital(scan, match.first - 1):
        noun = _definite_noun(before)
        return bool(noun) and noun[2:] not in scan.lexicon.persons.offices
    if skipped and before and _is_joined_adjective(scan, match.first):
        return True
    if name.endswith("يا") and not skipped and _is_object(scan, match.first - 1, before):
        return True
    return (
        name in lexicon.ambiguous
        and not skipped
        and before.removeprefix("و") not in lexicon.owned_by_states  # and
        and (before.endswith(("ه", "ات")) or not lexicon.plurals.isdisjoint(_readings(scan, match.first - 1)))
        and not _definite_noun(before)
        and before not in lexicon.heads
    )


def _readings(scan: Scan, place: int) -> set[str]:
    """Return the word at a place with its clitics and without them."""
    return {reading.text for reading in scan.readings(place)}


def _definite_noun(word: str) -> str:
    """Return a word with the article, spelt out after «and», «in» or «to», "" for any other."""
    plain = word[1:] if word.startswith(("وال", "بال", "فال", "كال", "وبال", "ولل")) else word
    plain = plain[1:] if plain.startswith("بال") and word.startswith("و") else plain
    plain = unfused(plain)
    return plain if is_definite(plain) else ""


def _joins_indefinite(scan: Scan, place: int) -> bool:
    """Tell whether «and» joins a word to an indefinite adjective («مصادر عراقية وسورية»)."""
    before = scan.word(place - 1)
    adjective = scan.is_national(before) and before.endswith("يه") and not is_definite(before)
    return adjective and scan.follows(place) and scan.word(place).startswith("و")


def is_cued(scan: Scan, place: int, skip: int) -> bool:
    """Tell whether a common word that names a place stands as places do: «في …», a line before a colon."""
    places, after = scan.lexicon.places, scan.tokens[place + 1 : place + 2]
    before = scan.word(place - 1) if scan.follows(place) else ""
    dated = scan.breaks(place) and bool(after) and after[0].text in _BEFORE_PAPER
    cued = before in places.cues or before in places.heads or before in places.plural_heads
    return dated or cued or scan.word(place)[:skip].endswith(("ب", "ل"))  # in, to


def _is_joined_adjective(scan: Scan, place: int) -> bool:
    """Tell whether «and» joins a word to the adjective of a nation («النظر المصرية والسعودية»)."""
    before, noun = scan.word(place - 1), scan.word(place - 2)
    adjective = is_definite(before) and scan.is_national(before) and is_definite(noun)
    whole = place > 1 and scan.follows(place - 1) and place - 2 not in scan.longest
    return adjective and whole and scan.word(place).startswith("وال")  # and the


def _is_paper(scan: Scan, match: Match) -> bool:
    """Tell whether a region stands for the paper of its name: in quotation marks, after a dash or colon."""
    quoted = scan.quotes.get(match.first) == match.last
    return quoted or (match.first > 0 and scan.tokens[match.first - 1].text in _BEFORE_PAPER)


def _is_object(scan: Scan, place: int, word: str) -> bool:
    """Tell whether a word is an indefinite object; its adjective looks like a country («وفدا روسيا»)."""
    stem = word[:-1]
    bodies, persons = scan.lexicon.organisations, scan.lexicon.persons
    known = stem in bodies.heads | bodies.weak_heads | persons.offices or stem in scan.lexicon.events.families
    counted = scan.word(place - 1).isdigit() and scan.follows(place) and len(stem) >= _LEAST
    described = stem in scan.lexicon.places.described
    return word.endswith("ا") and (place in scan.adverbial or known or counted or described)


def _is_capital(scan: Scan, place: int) -> bool:
    """Tell whether «the capital» with the adjective of its nation stands here («العاصمة المصرية»)."""
    return scan.is_national(scan.word(place)) and scan.word(place - 1) in scan.lexicon.places.capital


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
