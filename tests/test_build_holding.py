"""What is served stays what it is while builds take each other's place."""

import shutil
from pathlib import Path

import pytest

from musnad import store_folder
from musnad.build import Folder
from musnad.build.holding import held_store
from musnad.release import replaced
from musnad.store import Store

QUAD = '<https://example.org/{0}> <https://example.org/p> "{0}" <https://example.org/g> .\n'


def write_build(root: Path, name: str) -> Folder:
    """Write a folder that has the store and the mark of a build."""
    folder = Folder(root)
    root.mkdir(exist_ok=True)
    folder.quads.write_text(QUAD.format(name), encoding="utf-8")
    Store.build(folder.quads, folder.store)
    folder.mark.write_text("{}")
    return folder


def said(store: Store) -> list[str]:
    return [str(quad.object) for quad in store.quads()]


def test_a_store_is_read_after_another_build_took_its_place(tmp_path: Path) -> None:
    folder = write_build(tmp_path / "out", "one")
    place, let_go = held_store(folder)
    store = Store.open(place, read_only=True)  # its tables are opened when they are asked for
    with replaced(tmp_path / "out") as fresh:
        write_build(fresh, "another-and-longer")
    assert said(store) == ['"one"']
    assert said(Store.open(place, read_only=True)) == ['"one"']
    assert said(Store.open(folder.store, read_only=True)) == ['"another-and-longer"']
    del store
    let_go()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_a_dead_server_held_is_removed(tmp_path: Path) -> None:
    folder = write_build(tmp_path / "out", "one")
    dead = tmp_path / ".out.held-dead"
    dead.mkdir()
    (dead / "lock").write_text("")
    first, let_first_go = held_store(folder)
    second, let_second_go = held_store(folder)
    assert not dead.exists()
    assert first != second
    assert said(Store.open(first, read_only=True)) == said(Store.open(second, read_only=True)) == ['"one"']
    let_first_go()
    let_second_go()


def test_where_nothing_can_be_linked_the_store_itself_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*given: object, **named: object) -> str:
        raise PermissionError(13, "Permission denied")

    folder = write_build(tmp_path / "out", "one")
    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    place, let_go = held_store(folder)
    assert place == folder.store
    let_go()
    assert folder.store.is_dir()


def test_a_store_is_copied_where_there_are_no_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_build(tmp_path / "out", "one")

    def refuse(*given: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr("os.link", refuse)
    place, let_go = held_store(folder)
    shutil.rmtree(folder.root)
    assert said(Store.open(place, read_only=True)) == ['"one"']
    let_go()


@pytest.mark.parametrize("without", [False, True])
def test_files_of_many_folders_get_second_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, without: bool
) -> None:
    monkeypatch.setattr(store_folder, "_MOST_OPEN", 2)
    names = [f"{folder}{n}" for folder in ("", "a/", "b/c/", "d/", "a/") for n in range(2)]
    for name in names:
        path = tmp_path / "before" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    (tmp_path / "now").mkdir()

    def refuse(*_: object, **__: object) -> None:
        raise OSError("no links here")

    if without:
        monkeypatch.setattr("os.link", refuse)
    with store_folder.Links(str(tmp_path / "before"), str(tmp_path / "now")) as links:
        for name in dict.fromkeys(names):
            links.link(name)
    for name in names:
        assert (tmp_path / "now" / name).read_text() == name
        assert (tmp_path / "now" / name).samefile(tmp_path / "before" / name) != without
