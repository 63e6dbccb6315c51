"""Writing the pages of a build: only what changed, by any number of processes, the same bytes."""

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from musnad import __version__
from musnad.build import Folder
from musnad.build.pages import Order, write_pages
from musnad.errors import DataError, ProjectError, TemplateError
from musnad.site.folder import MARK, SUMS, SiteFolder, read_mark, read_sums
from musnad.store import Store
from serving import ROOT, SAMPLE

QUADS = SAMPLE.read_text(encoding="utf-8")


@pytest.fixture
def order(tmp_path: Path) -> Order:
    for name in ("publish", "ontology"):
        shutil.copytree(ROOT / name, tmp_path / "project" / name)
    folder = Folder(tmp_path / "build")
    folder.root.mkdir()
    folder.quads.write_text(QUADS, encoding="utf-8")
    Store.build(folder.quads, folder.store)
    return Order(tmp_path / "project", folder.root, tmp_path / "site")


def times(folder: Path) -> dict[str, int]:
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns
        for path in folder.rglob("*")
        if path.is_file() and path.name not in {MARK, SUMS}
    }


def test_unchanged_input_touches_nothing(order: Order) -> None:
    first = write_pages(order)
    before = times(order.out)
    mark = (order.out / MARK).stat().st_mtime_ns
    assert write_pages(order) == first
    assert times(order.out) == before
    assert (order.out / MARK).stat().st_mtime_ns == mark


def test_a_changed_text_touches_the_pages_that_show_it(order: Order) -> None:
    write_pages(order)
    before = times(order.out)
    template = order.project / "publish" / "templates" / "about.html"
    template.write_text(template.read_text().replace("<h1>", '<h1 class="changed">'))
    write_pages(order)
    changed = {name for name, time in times(order.out).items() if before.get(name) != time}
    assert changed == {"about.html", "about.ar.html", "about.en.html"}


def test_a_page_that_is_no_more_is_removed(order: Order) -> None:
    order = replace(order, packed=True)
    write_pages(order)
    assert (order.out / "id/ankara.ttl.gz").is_file()
    folder = Folder(order.build)
    kept = "".join(line for line in QUADS.splitlines(keepends=True) if "id/ankara" not in line)
    folder.quads.write_text(kept, encoding="utf-8")
    shutil.rmtree(folder.store)
    Store.build(folder.quads, folder.store)
    write_pages(order)
    assert not list((order.out / "id").glob("ankara*"))
    assert (order.out / "people.html").is_file()


def test_two_processes_write_the_same_bytes(order: Order, tmp_path: Path) -> None:
    other = replace(order, out=tmp_path / "other", processes=2)
    assert write_pages(order) == write_pages(other)
    assert read_sums(order.out) == read_sums(other.out)
    for name in read_sums(order.out):
        assert (order.out / name).read_bytes() == (other.out / name).read_bytes(), name


def test_a_run_that_broke_off_leaves_nothing_half_changed(order: Order) -> None:
    write_pages(order)
    whole = read_sums(order.out)
    template = order.project / "publish" / "templates" / "query.html"
    good = template.read_text()
    template.write_text(good.replace("<h1>", "<h1>{{ site.title[99] }}"))  # fails when it is filled
    about = template.with_name("about.html")
    old = about.read_text()
    about.write_text(old.replace("<h1>", '<h1 class="changed">'))
    with pytest.raises(TemplateError):
        write_pages(order)
    template.write_text(good)
    about.write_text(old)
    write_pages(order)
    assert read_sums(order.out) == whole
    for name, digest in whole.items():
        assert hashlib.sha256((order.out / name).read_bytes()).hexdigest() == digest, name


@pytest.mark.parametrize(
    "name",
    [
        "id/con.html",
        "id/CON.ar.html",
        "nul/a.html",
        "id/lpt1.ttl",
        "../a.html",
        "/a.html",
        f"id/{'a' * 300}.html",
    ],
)
def test_a_name_that_some_file_system_lacks_is_refused(tmp_path: Path, name: str) -> None:
    folder = SiteFolder.open(tmp_path / "site")
    folder.begin()
    with pytest.raises(DataError, match="makes no file name"):
        folder.write(name, "words", "pages")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["site", "site.json"]


def test_names_that_differ_in_case_alone_are_refused_together(tmp_path: Path) -> None:
    folder = SiteFolder.open(tmp_path / "site")
    folder.begin()
    for name in ("id/consul.html", "id/Ankara.html", "id/ankara.html"):
        folder.write(name, name, "pages")
    with pytest.raises(DataError, match=r"id/ankara\.html: only its case parts this file"):
        folder.finish("source")
    assert read_mark(folder.root) == {"engine": __version__}  # not finished: no server takes it for whole


def test_a_folder_of_something_else_is_left_alone(order: Order) -> None:
    order.out.mkdir()
    (order.out / "thesis.txt").write_text("years of work")
    with pytest.raises(ProjectError, match="not a site of Musnad"):
        write_pages(order)
    assert [path.name for path in order.out.iterdir()] == ["thesis.txt"]
