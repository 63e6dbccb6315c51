"""What takes up a name again: «الحركة», a family name, «الاجتماع», a resolution without its number.

Each points back to the last thing of its kind that the document named; where nothing was named it stays
unread. Chosen over (a) no coreference, which loses half of the mentions of a party, and (b) a trained model.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from musnad.understanding.gazetteer import spelling
from musnad.understanding.name_words import is_known_name, is_plain
from musnad.understanding.scan import Candidate, Scan
from musnad.understanding.tokens import bare, is_definite

_TELLING: Final = frozenset({"EVENT", "WORK"})  # types whose names tell of persons
_STOPS: Final = frozenset(".!؟?؛;")
_ABOVE: Final = frozenset({"العليا", "الكبري"})  # supreme, great: feminine
_BORN: Final = "ولد"  # son of, in the west
_LEAST: Final = 3  # letters of a family name that needs no verb before it
_OF_ACT: Final = frozenset({"على", "علي", "عن", "عنه", "عنها", "عليه", "عليها"})  # on, of, of it, on it
_THAT: Final = frozenset({"ان", "كان"})  # that, had
_THIS: Final = frozenset({"هذا", "هذه", "ذلك", "تلك", "هذين", "هاتين"})  # this, that, these two
_FORCES: Final = frozenset({"القوات", "القوي"})  # forces, powers: with «these» or «which» they may be any
_WHICH: Final = frozenset({"التي", "الذين", "الذي"})  # which
_BEHALF: Final = frozenset({"باسم", "بيان"})  # on behalf of, a statement of
_LIKE: Final = "مثل"  # like
_MOVEMENT: Final = "حراك"  # movement: people as often as what happens
_CONTACT: Final = "الاتصال"  # contact, call
_WITH: Final = "ب"  # with
_DONE: Final = frozenset({"تم", "يتم", "وتم", "جري", "سيتم"})  # was done


def find_references(scan: Scan, chosen: Sequence[Candidate]) -> list[Candidate]:
    """Return what may take up a mention, outside the mentions that are chosen already."""
    taken = sorted((candidate.first, candidate.last) for candidate in chosen)
    seats = {candidate.first for candidate in chosen if candidate.how == "premises"}
    covered = {place for first, last in taken for place in range(first, last) if first not in seats}
    covered -= {one.last - 1 for one in chosen if _has_owner(scan, one)} - {first for first, _ in taken}
    whole = [one for one in chosen if one.type not in _TELLING or "_" in scan.text[one.start : one.end]]
    named = {at for one in whole for at in range(one.first, one.last)}
    inside = covered - named
    families, heads = _families(scan, chosen), _heads(scan, chosen)
    found: list[Candidate] = []
    for place in range(len(scan.tokens)):
        if place in covered and place not in inside:
            continue
        taken_up = chain(_handle(scan, place, taken), _again(scan, place, heads))
        fitting = (one for one in taken_up if one.type == "ORG" or place not in inside)
        again = next(fitting, None) or _family(scan, place, families, covered - inside)
        if again:
            found.append(again)
            covered.update(range(again.first, again.last))
            inside.difference_update(range(again.first, again.last))
    return found


def _has_owner(scan: Scan, candidate: Candidate) -> bool:
    """Tell whether the name of a body is an office or a delegation and the one word that it is of."""
    bodies = scan.lexicon.organisations
    heads = {reading.text for reading in scan.readings(candidate.first)}
    sent = bool(heads & bodies.delegations) and candidate.last == candidate.first + 2
    office = bool(set(map(bare, heads)) & bodies.offices) and scan.word(candidate.last - 1).startswith("لل")
    return candidate.type == "ORG" and candidate.entity is None and (sent or office)


def _handle(scan: Scan, place: int, taken: list[tuple[int, int]]) -> Iterator[Candidate]:
    """Yield the handle in brackets right after a name («فلان الفلاني (@example)»)."""
    bracketed = scan.word(place).startswith("@") and scan.tokens[place - 1].text == "("
    if bracketed and any(last == place - 1 for _, last in taken):
        yield scan.candidate((place, place + 1), 0, "PERSON", "handle", 0.9)


def _heads(scan: Scan, chosen: Sequence[Candidate]) -> dict[str, dict[str, int]]:
    """Return the head words of what is named, with the article: kind → word → where it is named first."""
    found: dict[str, dict[str, int]] = {}
    places, bodies = scan.lexicon.places, scan.lexicon.organisations
    for candidate in chosen:
        words = scan.key(candidate).split()
        head = bare(words[0]) if words else ""
        body = head in bodies.heads | bodies.weak_heads - bodies.several or candidate.how == "quoted"
        body = body or head in bodies.charities
        place = head in places.heads and head not in places.no_references
        if len(words) > 1 and ((candidate.type == "ORG" and body) or (candidate.type == "PLACE" and place)):
            known = found.setdefault(candidate.type, {})
            known.setdefault("ال" + head, candidate.last)  # the
            if head in bodies.heads and head not in bodies.delegations:  # «its delegation» may be another
                stem = head[:-1] + "ت" if head.endswith("ه") else head
                for owner in ("ه", "ها", "هم"):  # his, her, their
                    known.setdefault(stem + owner, candidate.last)
    return found


def _again(scan: Scan, place: int, heads: dict[str, dict[str, int]]) -> Iterator[Candidate]:
    """Yield a head word with the article that may take up a body, a place, an event or a work."""
    lexicon = scan.lexicon
    kinds = (
        ("ORG", lexicon.organisations.anaphoric),
        ("EVENT", lexicon.events.anaphoric | lexicon.events.undated),
        ("WORK", lexicon.works.anaphoric),
    )
    for skip, word in scan.readings(place):
        fitting = [kind for kind, words in kinds if word in words]
        if word in lexicon.events.crises and not any(word in known for known in heads.values()):
            fitting.append("EVENT")
        if word in lexicon.organisations.self_standing:
            fitting.append("ORG")
        if word in lexicon.places.self_standing:
            fitting.append("PLACE")
        pointed = _is_pointed_at(scan, place, skip, word)
        fitting += ["EVENT"] * pointed
        if not (word in _FORCES and _is_any(scan, place)):
            fitting += [kind for kind, known in heads.items() if known.get(word, place + 1) <= place]
        if word in lexicon.organisations.ministries and _speaks(scan, place):
            fitting.append("ORG")
        for kind in dict.fromkeys(fitting):
            adjectives = lexicon.works.adjectival | lexicon.organisations.adjectival
            adjective = word in adjectives and is_definite(scan.word(place - 1)) and scan.follows(place)
            pairs = {f"{word} {scan.word(place + 1)}", *_with_before(scan, place, word)}
            adjective = adjective or not pairs.isdisjoint(lexicon.stops.traps)
            if not adjective and not _named_anew(scan, place + 1) and not _is_act(scan, place, word):
                bare_word = kind == "EVENT" and (pointed or word in lexicon.events.undated)
                how = "bare" if bare_word else "coreference"
                yield scan.candidate((place, place + 1), skip, kind, how, 0.7)


def _with_before(scan: Scan, place: int, word: str) -> set[str]:
    """Return a word after the word before it, with its clitics and without them."""
    if not scan.follows(place):
        return set()
    return {f"{reading.text} {word}" for reading in scan.readings(place - 1)}


def _is_any(scan: Scan, place: int) -> bool:
    """Tell whether «these», «which» or an adjective tells which forces are meant, not the name before."""
    this = any(reading.text in _THIS for reading in scan.readings(place - 1))
    after = scan.word(place + 1) if scan.follows(place + 1) else ""
    return this or after in _WHICH or after in scan.lexicon.organisations.descriptive


def _speaks(scan: Scan, place: int) -> bool:
    """Tell whether a verb of speech or «on behalf of» stands before a ministry («وذكرت الخارجية أن …»)."""
    before = {reading.text for reading in scan.readings(place - 1)}
    return scan.follows(place) and bool(before & (scan.lexicon.persons.speech_verbs | _BEHALF))


def _is_pointed_at(scan: Scan, place: int, skip: int, word: str) -> bool:
    """Tell whether «this», «that» makes an event of a head word with the article («هذه العملية»)."""
    events, plain = scan.lexicon.events, bare(word)
    head = plain != _MOVEMENT and plain in events.families.keys() | events.struggles | events.incidents
    this = any(reading.text in _THIS for reading in scan.readings(place - 1))
    like = scan.word(place - 2).endswith(_LIKE)
    return head and not skip and is_definite(word) and this and not like and scan.follows(place)


def _is_act(scan: Scan, place: int, word: str) -> bool:
    """Tell whether a noun tells what is done and no text («تم الاتفاق على …»)."""
    if word == _CONTACT and scan.word(place + 1).startswith(_WITH):  # «to contact X»
        return scan.follows(place + 1)
    act = word in scan.lexicon.works.acts
    return act and (scan.word(place + 1) in _OF_ACT or scan.word(place - 1) in _DONE)


def _named_anew(scan: Scan, place: int) -> bool:
    """Tell whether an adjective with the article follows, which names something else."""
    word, head = scan.word(place), scan.word(place - 1)
    agrees = not word.endswith("ات") and (head.endswith("ات") or head.endswith("ه") == word.endswith("ه"))
    return (
        scan.follows(place)
        and is_definite(word)
        and place not in scan.adverbial
        and (agrees or word in _ABOVE)
        and not scan.is_stop(word)
        and word not in scan.lexicon.organisations.descriptive
        and word not in scan.lexicon.organisations.national_heads
        and {word, word.removesuffix("ه")}.isdisjoint(scan.lexicon.persons.ranks)
        and place not in scan.longest
    )


def _families(scan: Scan, chosen: Sequence[Candidate]) -> dict[tuple[str, ...], int]:
    """Return the last words of the persons named in full, with the place of the first time."""
    found: dict[tuple[str, ...], int] = {}
    for candidate in chosen:
        words = [spelling(scan.word(at)) for at in range(candidate.first, candidate.last)]
        if candidate.type == "PERSON" and len(words) > 1 and all(words):
            joined = words[-2] in scan.lexicon.persons.particles
            tails = {tuple(words[-2:])} | (set() if joined else {tuple(words[-1:])})
            tails |= {tuple(words[at : at + 2]) for at, word in enumerate(words[:-1]) if at and word == _BORN}
            tails |= _with_article(scan, words[-1]) if not joined else set()
            for tail in tails - {tuple(words)}:
                found.setdefault(tail, candidate.last)
        elif candidate.type == "PERSON" and len(words) == 1 and _is_strange(scan, scan.word(candidate.first)):
            found.setdefault(tuple(words), candidate.last)
    return found


def _with_article(scan: Scan, word: str) -> set[tuple[str, ...]]:
    """Return a family name with the article, which pages write and leave out («غزالي», «الغزالي»)."""
    doubtful = word in scan.lexicon.persons.doubtful_names or scan.is_common(word)
    plain = len(word) > _LEAST and not is_definite(word) and word not in scan.lexicon.persons.given_names
    return {(f"ال{word}",)} if plain and (scan.is_national(word) or not doubtful) else set()


def _family(
    scan: Scan, place: int, families: dict[tuple[str, ...], int], covered: set[int]
) -> Candidate | None:
    """Return the family name of a person named before; a common word needs a verb of speech or a title."""
    for skip, word in scan.readings(place):
        two = (spelling(word), spelling(scan.word(place + 1)))
        if place + 1 not in covered and scan.follows(place + 1) and families.get(two, place + 1) <= place:
            return scan.candidate((place, place + 2), skip, "PERSON", "coreference", 0.9)
        named = families.get((spelling(word),))
        if named is None:
            continue
        persons = scan.lexicon.persons
        initial = scan.tokens[place - 1].text == "." and scan.word(place - 2) in persons.initials
        early = initial or (not skip and (_opens_headline(scan, place) or _is_strange(scan, word)))
        if named > place and not early:
            continue
        before = {reading.text for reading in scan.readings(place - 1)}
        acting = bool(before & _THAT) and scan.is_verb(scan.word(place + 1))
        told = (
            initial
            or acting
            or before & (persons.speech_verbs | persons.ranks | persons.person_nouns | scan.lexicon.verbs)
        )
        alone = scan.is_stop(word) or scan.is_national(word)
        doubtful = word in persons.doubtful_names and (
            word not in scan.lexicon.names.families or scan.is_common(word)
        )
        plain = is_plain(scan, word) and len(word) > _LEAST and not doubtful
        opens = not skip or scan.tokens[place - 1].text in _STOPS or not scan.tokens[place].joined
        opens = opens or not scan.is_common(word)
        if told or plain or (is_definite(word) and not alone and opens and not _qualifies(scan, place)):
            return scan.candidate((place, place + 1), skip, "PERSON", "coreference", 0.8)
    return None


def _is_strange(scan: Scan, word: str) -> bool:
    """Tell whether a word is none of the language and no given name, so that only the family bears it."""
    return is_plain(scan, word) and not is_known_name(scan, word) and not scan.is_common(word)


def _opens_headline(scan: Scan, place: int) -> bool:
    """Tell whether a word opens a line and a verb or a colon follows."""
    opens = not place or not scan.tokens[place].joined
    told = scan.is_verb(scan.word(place + 1)) or scan.word(place + 1).startswith(("ي", "ت"))
    colon = place + 1 < len(scan.tokens) and scan.tokens[place + 1].text in {":", "ل"}  # to
    return opens and (told or colon)


def _qualifies(scan: Scan, place: int) -> bool:
    """Tell whether a word with the article follows another, as an adjective does."""
    before = scan.word(place - 1)
    matter = bare(before) in scan.lexicon.organisations.departments_of
    return (
        scan.follows(place)
        and is_definite(before)
        and not matter
        and before not in scan.lexicon.persons.offices
    )


def head_of(scan: Scan, candidate: Candidate) -> str:
    """Return the first word of a mention, without clitics and article."""
    head = scan.key(candidate).split(" ", 1)[0]
    return head[2:] if is_definite(head) else head
