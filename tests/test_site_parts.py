"""Parts of lists: every row once and in order, and what comes elsewhere leaves a part as it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from musnad.site.parts import ALONE, Around, Parts

ROWS = st.lists(st.text("abcdef", min_size=3, max_size=5), unique=True, max_size=300).map(sorted)
MOST = 12


def cut(rows: list[str], most: int = MOST) -> dict[int, tuple[tuple[str, ...], Around]]:
    """Return the rows of each part and what stands beside it, by its number."""
    parts = Parts.of({"list": (rows, most)})
    found = {}
    for number in parts.numbers:
        part = parts.find(number)
        assert part is not None
        found[number] = (tuple(rows[slice(*part["list"])]), parts.around(number))
    return found


@given(ROWS, st.integers(1, 20))
def test_every_row_is_on_one_part_in_its_order(rows: list[str], most: int) -> None:
    parts = cut(rows, most)
    assert [row for some, _ in parts.values() for row in some] == rows
    assert all(len(some) <= most for some, _ in parts.values())
    assert all(some for some, _ in parts.values()) or not rows
    numbers = list(parts)
    assert numbers[0] == 1
    assert all(1 < number < 10**9 for number in numbers[1:])
    assert [parts[number][1].next for number in numbers] == [*numbers[1:], 0]
    assert [parts[number][1].previous for number in numbers] == [0, *numbers[:-1]]


def test_one_row_more_changes_few_parts() -> None:
    rows = [f"claim/{number * 7919 % 100_003:06d}" for number in range(5_000)]
    rows.sort()
    before, changed = cut(rows), []
    for number in range(40):
        now = cut(sorted([*rows, f"claim/{number * 2_477 % 100_003:06d}x"]))
        changed.append(sum(1 for part, told in now.items() if before.get(part) != told))
    assert len(before) > 400
    assert sum(changed) / len(changed) < 3
    assert max(changed) < 40


def test_counts_do_not_decide_where_a_list_is_cut() -> None:
    few = [(f"id/{number}", 1) for number in range(100)]
    many = [(name, 7) for name, _ in few]
    assert Parts.of({"people": (few, MOST)}) == Parts.of({"people": (many, MOST)})


def test_the_first_part_begins_every_list_and_leads_to_the_rest_of_each() -> None:
    lists = {name: ([f"{name}/{number}" for number in range(40)], MOST) for name in ("about", "says")}
    parts = Parts.of(lists)
    first = parts.find(1)
    assert first is not None
    assert set(first) == {"about", "says"}
    further = parts.around(1).further
    for name in lists:
        second = parts.find(further[name])
        assert second is not None
        assert second[name][0] == first[name][1]
    assert all(len(parts.find(number) or {}) == 1 for number in parts.numbers[1:])
    for name, (rows, _) in lists.items():
        for place in range(len(rows)):
            part = parts.find(parts.holding(name, place))
            assert part is not None
            assert part[name][0] <= place < part[name][1]


def test_a_page_without_a_list_has_one_part() -> None:
    assert ALONE.numbers == (1,)
    assert ALONE.find(2) is None
    assert ALONE.around(1) == Around()
