"""A release made from the last one: the same bytes as one that is written whole."""

import gzip
import os
import random
import tempfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as px
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from musnad.build import Folder, Stages, name_files
from musnad.build.folder import replacing
from musnad.errors import DataError
from musnad.project import Project
from musnad.release import Order, following, packing, write_release
from musnad.release import files as writing
from musnad.release.figures import Figures
from musnad.release.following import Former
from musnad.release.layout import Layout
from musnad.release.making import Making
from musnad.release.outputs import Kind, Outputs
from musnad.release.packing import Cutter, Known, Segments
from musnad.release.shelves import Splicing
from musnad.store import Store
from test_build_cache import DAY, HEAD, SENTENCES
from test_release import INFO, SITE

SEQUENCES = int(os.environ.get("MUSNAD_SEQUENCES", "1"))  # more, and longer ones
BASE = SITE.base
TERM = f"{BASE}ontology#"
XSD = "http://www.w3.org/2001/XMLSchema#"
RESOURCES = [
    f"{BASE}{name}" for name in ("claim/1", "claim/12", "claim/2", "id/a", "id/b", "doc/x", "ontology")
]
NODES = [
    f"<{iri}{part}>" for iri in (*RESOURCES, "http://e.org/é") for part in ("", "#hop-1", "#hop-10", "#z")
]
KINDS = [
    f"<{TERM}Claim>",
    "<https://schema.org/Person>",
    "<http://www.w3.org/ns/prov#Plan>",
    f"<{TERM}Capture>",
]
VERBS = ["https://schema.org/archivedAt", f"{TERM}notBefore", f"{TERM}notAfter", f"{TERM}text"]
VERBS += ["http://www.w3.org/2004/02/skos/core#exactMatch", "http://example.org/odd#"]
WORDS = [
    '"a\\n\\n<http://e.org/b> a <http://e.org/c> .\\n\\n"', '"say \\"\\"\\"\\n\\nno\\"\\"\\""', '""',
    '"\\\\\\n\\n\\\\"', '"\\"\\""@ar', f'"1"^^<{XSD}integer>', f'"01"^^<{XSD}integer>',
    f'"2024-01-31"^^<{XSD}date>', f'"2025-01-31"^^<{XSD}date>',
]  # fmt: skip
GRAPHS = [f" <{BASE}graph/{name}>" for name in ("reported", "ontology", "patterns", "doc-1", "doc-2")] + [""]
TYPES = st.tuples(st.sampled_from(NODES), st.sampled_from(KINDS)).map(
    lambda told: f"{told[0]} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> {told[1]}"
)
OTHERS = st.tuples(st.sampled_from(NODES), st.sampled_from(VERBS), st.sampled_from(WORDS + NODES)).map(
    lambda told: f"{told[0]} <{told[1]}> {told[2]}"
)
QUADS = st.tuples(st.one_of(TYPES, OTHERS), st.sampled_from(GRAPHS)).map(
    lambda told: f"{told[0]}{told[1]} .\n"
)


def canonical(lines: Iterable[str]) -> bytes:
    """Return lines as the sorted file of a build."""
    quads = px.parse("".join(lines).encode(), format=px.RdfFormat.N_QUADS)
    return b"".join(sorted({f"{quad} .\n".encode() for quad in quads}))


def store_of(nquads: Path) -> Store:
    store = Store.open()
    store.load(nquads)
    return store


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def write(place: Path, name: str, data: bytes, former: tuple[str, Layout] | None = None) -> Layout:
    """Write a release of some quads, whole or from one that stands beside it; return how it was made."""
    (place / f"{name}.nq").write_bytes(data)
    known = None
    if former:
        known = Former(place / former[0], Layout.of(former[1].parts()), store_of(place / f"{name}.nq"))
    return write_release(place / f"{name}.nq", place / name, INFO, Order(), known).layout


@pytest.fixture
def followed(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Return a list that learns of whether each release was made from the last one, of any change."""
    found: list[bool] = []

    def noted(*told: object) -> object:
        found.append(False)
        made = following.following(*told)  # type: ignore[arg-type]
        found[-1] = True
        return made

    monkeypatch.setattr(writing, "following", noted)
    monkeypatch.setattr(following, "_SHARE", 1)
    monkeypatch.setattr(packing, "_ONE_OF", 3)
    monkeypatch.setattr(packing, "_LEAST", 99)
    return found


@settings(
    max_examples=8 * SEQUENCES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(
    first=st.sets(QUADS, min_size=8),
    steps=st.lists(
        st.tuples(st.sets(QUADS, max_size=6), st.randoms()), min_size=1, max_size=min(6, 1 + SEQUENCES)
    ),
)
def test_any_sequence_of_changes_gives_the_bytes_of_a_whole_release(
    followed: list[bool], first: set[str], steps: list[tuple[set[str], random.Random]]
) -> None:
    with tempfile.TemporaryDirectory() as given_place:
        place, there = Path(given_place), first
        layout, last = write(place, "0", canonical(first)), "0"
        for number, (come, chance) in enumerate(steps):
            there = {line for line in there if chance.random() < 0.8} | come or first
            name = f"{number + 1}"
            layout = write(place, name, canonical(there), (last, layout))
            whole = write(place, f"{name}-whole", canonical(there))
            one, other = contents(place / name), contents(place / f"{name}-whole")
            assert [each for each in other if one[each] != other[each]] == []
            assert layout.parts() == whole.parts()
            last = name


DATA = [f'<{BASE}claim/{n}> <{TERM}text> "{n}" <{BASE}graph/doc-{n % 9}> .\n' for n in range(99)]


def test_a_change_is_followed_and_the_next_one_too(followed: list[bool], tmp_path: Path) -> None:
    layout = write(tmp_path, "a", canonical(DATA))
    layout = write(tmp_path, "b", canonical(DATA[3:]), ("a", layout))
    layout = write(tmp_path, "c", canonical(DATA[:-2]), ("b", layout))
    assert followed == [True, True]
    assert layout.parts() == write(tmp_path, "whole", canonical(DATA[:-2])).parts()
    assert contents(tmp_path / "c") == contents(tmp_path / "whole")


def released(project: Project, documents: Path, out: Path) -> dict[str, bytes]:
    """Make a build without its site, after whatever stood there; return the files of its release."""
    stages = Stages.of(project)
    with replacing(out) as place, stages.remembering(out) as each:
        folder = Folder(place)
        each.tables(name_files(documents), folder.tables)
        each.map(folder.tables, folder.quads, folder.store)
        each.release(folder, DAY)
        folder.mark.write_text("{}")
    return contents(out / "release")


def test_a_build_follows_the_last_one_also_after_one_that_changed_nothing(
    followed: list[bool], project: Project, tmp_path: Path
) -> None:
    documents, out = tmp_path / "documents", tmp_path / "out"
    documents.mkdir()
    (documents / "a.txt").write_text(HEAD + SENTENCES[4], encoding="utf-8")
    first = released(project, documents, out)
    assert released(project, documents, out) == first
    (documents / "b.txt").write_text(HEAD + SENTENCES[5], encoding="utf-8")
    second = released(project, documents, out)
    assert followed == [True]
    assert second != first
    assert second == released(project, documents, tmp_path / "fresh")


def test_a_file_that_somebody_wrote_to_is_written_anew(followed: list[bool], tmp_path: Path) -> None:
    layout = write(tmp_path, "a", canonical(DATA))
    path = tmp_path / "a" / "musnad.ttl"
    path.write_bytes(path.read_bytes().replace(b'"50"', b'"51"'))
    write(tmp_path, "b", canonical(DATA[3:]), ("a", layout))
    write(tmp_path, "whole", canonical(DATA[3:]))
    assert followed == [False]
    assert contents(tmp_path / "b") == contents(tmp_path / "whole")


TOLD = '<{}claim/{}> <{}text> "{}" <{}graph/reported> .\n'


@pytest.mark.parametrize(
    "words",
    [r"a\n\n<http://e.org/b> a <http://e.org/c> .\n\n", r"\"\"\"\n\n\"\"", r"\\\n\n\\", r"\"\"\n\n\""],
)
def test_a_block_ends_after_a_literal_that_holds_an_empty_line(
    followed: list[bool], tmp_path: Path, words: str
) -> None:
    lines = [TOLD.format(BASE, n, TERM, words, BASE) for n in range(3)]
    layout = write(tmp_path, "a", canonical(lines))
    write(tmp_path, "b", canonical(lines[:1] + lines[2:]), ("a", layout))
    write(tmp_path, "whole", canonical(lines[:1] + lines[2:]))
    assert followed == [True]
    assert contents(tmp_path / "b") == contents(tmp_path / "whole")


def spoilt(layout: Layout, change: Callable[[Layout], object]) -> Layout:
    change(layout)
    return layout


SPOILT: dict[str, Callable[[Layout], object]] = {
    "a place": lambda layout: layout.shelves["musnad.ttl"].sizes.update({29: 5}),
    "a place before all": lambda layout: layout.shelves["musnad.ttl"].sizes.update({0: 2}),
    "a file": lambda layout: layout.shelves.clear(),
    "sizes of segments": lambda layout: layout.segments["musnad.nq.gz"].sizes.reverse(),
    "hashes of segments": lambda layout: layout.segments["musnad.nq.gz"].digests.reverse(),
}


@pytest.mark.parametrize("what", SPOILT)
def test_what_is_known_wrongly_of_the_last_release_does_no_harm(
    followed: list[bool], tmp_path: Path, what: str
) -> None:
    layout = write(tmp_path, "a", canonical(DATA))
    write(tmp_path, "b", canonical(DATA[3:]), ("a", spoilt(layout, SPOILT[what])))
    write(tmp_path, "whole", canonical(DATA[3:]))
    assert contents(tmp_path / "b") == contents(tmp_path / "whole")


@pytest.mark.parametrize("step", ["_root", "_end", "_shelf", "used"])
def test_an_error_on_the_way_leads_to_a_release_that_is_written_whole(
    followed: list[bool], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def failing(*_: object) -> object:
        raise KeyError(step)

    layout = write(tmp_path, "a", canonical(DATA))
    monkeypatch.setattr(Splicing, step, failing)
    write(tmp_path, "b", canonical(DATA[3:]), ("a", layout))
    write(tmp_path, "whole", canonical(DATA[3:]))
    assert contents(tmp_path / "b") == contents(tmp_path / "whole")


@pytest.mark.parametrize("step", ["_root", "_end"])
def test_a_place_one_byte_off_gives_no_wrong_bytes(
    followed: list[bool], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    right = getattr(Splicing, step)

    def off(self: Splicing, place: int, *end: int) -> object:
        return right(self, place + 1, *end) if step == "_root" else right(self, place, *end) + 1

    layout = write(tmp_path, "a", canonical(DATA))
    monkeypatch.setattr(Splicing, step, off)
    write(tmp_path, "b", canonical(DATA[3:]), ("a", layout))
    write(tmp_path, "whole", canonical(DATA[3:]))
    assert contents(tmp_path / "b") == contents(tmp_path / "whole")


def test_quads_that_are_not_sorted_are_written_whole(followed: list[bool], tmp_path: Path) -> None:
    layout = write(tmp_path, "a", canonical(DATA))
    data = canonical(DATA)
    write(tmp_path, "b", DATA[0].replace("claim/0", "zzz").encode() + data, ("a", layout))
    write(tmp_path, "whole", canonical([*DATA, DATA[0].replace("claim/0", "zzz")]))
    assert followed == [False]
    assert contents(tmp_path / "b") == contents(tmp_path / "whole")


def test_much_that_changed_and_other_formats_are_written_whole(tmp_path: Path) -> None:
    layout = write(tmp_path, "a", canonical(DATA))
    (tmp_path / "b.nq").write_bytes(canonical(DATA[50:]))
    former = Former(tmp_path / "a", layout, store_of(tmp_path / "b.nq"))
    for number, order in enumerate((Order(), Order(frozenset({"turtle", "trig"})))):
        making = Making(INFO, order, Outputs(tmp_path / f"{number}"), tmp_path)
        with pytest.raises(DataError):
            following.following(former, tmp_path / f"{'ba'[number]}.nq", making)


def test_a_day_of_which_nothing_is_known_any_more_is_looked_for_in_all() -> None:
    last, gone, came = Figures(earliest="2024"), Figures(earliest="2024"), Figures(earliest="2025")
    with pytest.raises(LookupError):
        last.exchange(gone, came)
    last.exchange(Figures(earliest="2025"), Figures(earliest="2023"))
    assert last.earliest == "2023"


LINES = st.lists(
    st.sampled_from([b"a\n", b"b\n", b"bc\n", b"\n", b"  b\n", b"long" * 99 + b"\n"]), max_size=99
)


@settings(deadline=None)
@given(lines=LINES, rest=st.sampled_from([b"", b"open"]), step=st.integers(1, 700))
def test_segments_are_cut_by_content_alone(lines: list[bytes], rest: bytes, step: int) -> None:
    data = b"".join(lines) + rest
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("_ONE_OF", 2), ("_LEAST", 50), ("_MOST", 1000)):
            patch.setattr(packing, name, value)
        cutter, whole = Cutter(), Cutter()
        parts = [data[start : start + step] for start in range(0, len(data), step)]
        cut = [segment for part in parts for segment in cutter.feed(part)] + list(cutter.end())
        assert cut == [*whole.feed(data), *whole.end()]
    assert b"".join(cut) == data
    assert all(0 < len(segment) <= 1000 for segment in cut)


def test_a_packed_file_is_one_stream_and_takes_over_what_holds_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [f"<{number}>\n".encode() for number in range(50_000)]
    monkeypatch.setattr(packing, "_LEAST", 1 << 12)
    first = Outputs(tmp_path / "one", ("gzip",))
    first.write("it", Kind("text/plain"), b"".join(lines), packed=True)
    known = Known(tmp_path / "one" / "it.gz", Segments.of(first.segments["it.gz"].data))
    packed: list[bytes] = []
    deflated = packing._deflated

    def noted(data: bytes) -> bytes:
        packed.append(data)
        return deflated(data)

    monkeypatch.setattr(packing, "_deflated", noted)
    second = Outputs(tmp_path / "two", ("gzip",), {"it.gz": known})
    data = b"".join([b"<new>\n", *lines[:30_000], *lines[30_001:]])
    second.write("it", Kind("text/plain"), data, packed=True)
    one = zlib.decompressobj(16 + zlib.MAX_WBITS)
    there = (tmp_path / "two" / "it.gz").read_bytes()
    assert one.decompress(there) == gzip.decompress(there) == data
    assert (one.eof, one.unused_data) == (True, b"")
    assert 5 * len(packed) < len(first.segments["it.gz"].sizes)
