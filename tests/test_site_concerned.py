"""Reads of pages that a change concerns: all whose answer is another, and few others."""

from collections.abc import Callable, Iterable
from random import Random

import pyoxigraph as px
import pytest

from musnad.depending import Changed
from musnad.iri import DEFAULT_BASE, hexdigest
from musnad.site.concerned import concerned
from musnad.site.traces import TracedStore, is_known, linking, shelves_of, shelves_until
from musnad.store import Store
from musnad.vocabulary import PREFIXES, RDFS_LABEL

CLAIMS = f"{DEFAULT_BASE}claim/"
HUB, OTHER = f"{DEFAULT_BASE}id/hub", f"{DEFAULT_BASE}id/other"
ABOUT, GRAPH = px.NamedNode(PREFIXES["schema"] + "about"), px.NamedNode(f"{DEFAULT_BASE}graph/a")


def quad(subject: str, predicate: px.NamedNode, value: str | px.Literal) -> px.Quad:
    object_ = px.NamedNode(value) if isinstance(value, str) else value
    return px.Quad(px.NamedNode(subject), predicate, object_, GRAPH)


NAME = quad(HUB, px.NamedNode(RDFS_LABEL), px.Literal("hub"))


def filled(quads: Iterable[px.Quad]) -> px.Store:
    store = px.Store()
    store.extend(quads)
    return store


def is_concerned(before: Iterable[px.Quad], after: Iterable[px.Quad], ask: Callable[[Store], object]) -> bool:
    """Tell whether a change concerns what is asked of the store before it."""
    old, new = set(before), set(after)
    asked = TracedStore(filled(old))
    ask(asked)
    sides = Changed(Store(filled(old)), tuple(old - new)), Changed(Store(filled(new)), tuple(new - old))
    return not asked.noted().isdisjoint(concerned((), sides, DEFAULT_BASE))


def names(store: Store) -> object:
    return store.literals(HUB, [RDFS_LABEL])


def describes(store: Store) -> object:
    return store.describe(HUB)


def test_what_is_said_of_a_thing_concerns_its_description_and_not_its_names() -> None:
    more = quad(HUB, ABOUT, OTHER)
    assert not is_concerned([NAME], [NAME, more], names)
    assert is_concerned([NAME], [NAME, more], describes)
    assert is_concerned([NAME], [more], names)
    assert is_concerned([], [NAME], names)


def test_whether_anything_is_said_of_a_thing_is_concerned_by_its_first_quad_and_its_last() -> None:
    def asks(store: Store) -> object:
        return is_known(store, HUB)

    more = quad(HUB, ABOUT, OTHER)
    assert not is_concerned([NAME], [NAME, more], asks)
    assert not is_concerned([NAME, more], [NAME], asks)
    assert is_concerned([], [NAME], asks)
    assert is_concerned([NAME], [], asks)


def test_a_link_concerns_a_description_only_where_it_makes_a_part_of_it() -> None:
    part = quad(f"{HUB}#part", ABOUT, HUB)
    assert not is_concerned([NAME], [NAME, quad(OTHER, ABOUT, HUB)], describes)
    assert is_concerned([NAME], [NAME, part], describes)
    nested = quad(f"{HUB}#other", ABOUT, f"{HUB}#part")
    assert is_concerned([NAME, part], [NAME, part, nested], describes)


@pytest.mark.parametrize("seed", range(40))
def test_whatever_changes_the_first_claims_that_link_to_a_thing_concerns_them(seed: int) -> None:
    random = Random(seed)
    claims = [f"{CLAIMS}{hexdigest(random.choice((1, 4, 16)), str(n), str(seed))}" for n in range(60)]
    claims.append(f"{CLAIMS}zeta")
    every = [quad(claim, ABOUT, HUB) for claim in claims]
    before = random.sample(every, random.randint(1, 40))
    after = random.sample(before, random.randint(max(0, len(before) - 2), len(before)))
    after += random.sample(every, random.randint(0, 2))
    most = random.choice((1, 3, 10))

    def asks(store: Store) -> list[str]:
        return list(linking(store, HUB, CLAIMS, most))

    one, other = (asks(Store(store)) for store in (filled(before), filled(after)))
    assert one == other or is_concerned(before, after, asks)


def test_what_links_to_a_thing_is_found_whether_little_or_much() -> None:
    other = px.NamedNode(PREFIXES["rdf"] + "subject")
    part = quad(f"{HUB}#part", ABOUT, HUB)
    for many in (10, 600):
        claims = [f"{CLAIMS}{number:04x}" for number in range(many)]
        quads = [quad(claim, ABOUT, HUB) for claim in claims] + [quad(claims[3], other, HUB), part]
        for store in (Store(filled(quads)), TracedStore(filled(quads))):
            assert part in store.describe(HUB)
            assert list(linking(store, HUB, CLAIMS, 5)) == claims[:5]
            assert set(linking(store, HUB, CLAIMS, 1_000)[claims[3]]) == {ABOUT, other}
            assert linking(store, OTHER, CLAIMS, 5) == {}


def test_a_later_claim_does_not_concern_the_first_that_link_to_a_thing() -> None:
    before = [quad(f"{CLAIMS}{number:04x}", ABOUT, HUB) for number in range(0x100, 0x110)]
    later = quad(f"{CLAIMS}0200", ABOUT, HUB)
    assert not is_concerned(before, [*before, later], lambda store: linking(store, HUB, CLAIMS, 10))
    assert is_concerned(before, [*before, later], lambda store: linking(store, HUB, CLAIMS, 100))


def test_every_name_stands_on_the_shelves_up_to_itself_and_to_any_later_one() -> None:
    told = sorted(["", "0", "00", "0a", "0a1", "0a1b", "0a1b7", "A", "fe", "ffff", "g", "zz"])
    for place, name in enumerate(told):
        for later in told[place:]:
            assert set(shelves_of(name)) & set(shelves_until(later)), (name, later)
    assert len(shelves_until("ffff")) == 511
