"""What two sorted files part is what one of them has alone, and what begins in a way is found by halving."""

import random
from io import BytesIO
from pathlib import Path

import pytest

from musnad.errors import DataError
from musnad.release import sorted_lines
from musnad.release.sorted_lines import apart, mapped, parted, starting


def files(place: Path, before: set[bytes], after: set[bytes]) -> tuple[Path, Path]:
    found = place / "before", place / "after"
    for path, lines in zip(found, (before, after), strict=True):
        path.write_bytes(b"".join(sorted(lines)))
    return found


@pytest.mark.parametrize("least", [3, 512])
@pytest.mark.parametrize("block", [20, 300, 1 << 17])
def test_lines_that_one_file_has_alone_are_found_whatever_stands_around_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, least: int, block: int
) -> None:
    monkeypatch.setattr(sorted_lines, "_LEAST", least)
    monkeypatch.setattr(sorted_lines, "BLOCK", block)
    draw = random.Random(least + block)
    for _ in range(200):
        lines = [
            b"%b%d\n" % (b"x" * draw.randrange(1, 9), draw.randrange(99)) for _ in range(draw.randrange(40))
        ]
        one, other = ({each for each in lines if draw.random() < 0.8} for _ in range(2))
        before, after = files(tmp_path, one, other)
        assert parted(before, after, 99) == (sorted(one - other), sorted(other - one))
        if differ := len(one ^ other):
            assert parted(before, after, differ)
            with pytest.raises(DataError, match="little"):
                parted(before, after, differ - 1)


@pytest.mark.parametrize("block", [6, 1 << 17])
def test_a_file_that_is_not_sorted_is_refused_where_a_line_came(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(sorted_lines, "BLOCK", block)
    before, after = tmp_path / "before", tmp_path / "after"
    before.write_bytes(b"a\nc\ne\n")
    for data in (b"a\nc\nb\ne\n", b"a\nc\ne\nd\n", b"a\na\nc\ne\n", b"b\na\nc\ne\n", b"a\nc\ne\ne\n"):
        after.write_bytes(data)
        with pytest.raises(DataError, match="not sorted"):
            parted(before, after, 99)


def test_the_lines_of_graphs_that_are_left_out_have_not_gone(tmp_path: Path) -> None:
    before, after = files(tmp_path, {b"a <g> .\n", b"b <h> .\n"}, {b"c <h> .\n"})
    assert parted(before, after, 2, ["h"]) == ([b"a <g> .\n"], [b"c <h> .\n"])


def test_what_is_the_same_is_passed_in_blocks() -> None:
    common = [b"%07d\n" % number for number in range(20_000)]
    one, other = [*common[:9_000], *common[9_001:]], [*common, b"x\n"]
    found = apart(BytesIO(b"".join(one)), BytesIO(b"".join(other)))
    assert list(found) == [(common[9_000], True), (b"x\n", True)]


def test_lines_are_found_by_what_they_begin_with(tmp_path: Path) -> None:
    draw = random.Random(1)
    lines = {bytes(draw.choice(b"ab") for _ in range(draw.randrange(1, 6))) + b"\n" for _ in range(30)}
    lines |= {b"%07d\n" % number for number in range(20_000)}
    found = mapped(files(tmp_path, lines, set())[0])
    for start in (b"a", b"ab", b"b", b"0001", b"c", b"0019999\n", b"bbbb"):
        assert list(starting(found, start)) == sorted(line for line in lines if line.startswith(start))
