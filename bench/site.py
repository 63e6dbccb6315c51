"""Measure how many pages a second `musnad site` writes, for stores of invented people.

Run `python bench/site.py [PEOPLE …]` inside a project; 1,000 and 10,000 where none are given. Prints files,
seconds, files a second and processor seconds on one process and on two, then what a run over unchanged input
takes.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from musnad.build import Folder
from musnad.build.pages import Order, write_pages
from musnad.config import read_site
from musnad.project import Project
from musnad.store import Store

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABELS = "http://www.w3.org/2000/01/rdf-schema#label"


def quads(people: int, base: str) -> Iterator[str]:
    """Yield the quads of invented people, each of whom knows the next."""
    graph = f"<{base}graph/authority>"
    for number in range(people):
        subject = f"<{base}id/person-{number}>"
        yield f"{subject} <{RDF}> <https://schema.org/Person> {graph} .\n"
        for language, name in (("ar", f"شخص {number}"), ("en", f"Person {number}")):  # person
            yield f'{subject} <{LABELS}> "{name}"@{language} {graph} .\n'
            yield f'{subject} <https://schema.org/name> "{name}"@{language} {graph} .\n'
        other = f"<{base}id/person-{(number + 1) % people}>"
        yield f"{subject} <https://schema.org/knows> {other} {graph} .\n"


def measure(people: int, project: Project, folder: Path) -> None:
    """Print what one store of people takes."""
    build = Folder(folder / "build")
    build.root.mkdir()
    base = read_site(project.site_file).base
    with build.quads.open("w", encoding="utf-8") as file:
        file.writelines(quads(people, base))
    Store.build(build.quads, build.store)
    for processes in (1, 2):
        order = Order(project.root, build.root, folder / f"site-{processes}", processes=processes)
        began, before = time.perf_counter(), os.times()
        files = sum(write_pages(order).values())
        wall, after = time.perf_counter() - began, os.times()
        spent = sum(after[:4]) - sum(before[:4])
        print(f"{people:7,} people, {processes} process(es): {files:7,} files, {wall:6.1f} s, ", end="")
        print(f"{files / wall:6.0f} files/s, {spent:6.1f} CPU s")
    began = time.perf_counter()
    write_pages(order)
    print(f"{people:7,} people, unchanged: {time.perf_counter() - began:.2f} s")


def main(numbers: list[int]) -> None:
    """Measure each number of people in a folder of its own."""
    project = Project.find(Path())
    for people in numbers or [1_000, 10_000]:
        with tempfile.TemporaryDirectory() as folder:
            measure(people, project, Path(folder))


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]])
