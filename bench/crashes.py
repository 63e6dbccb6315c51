"""Kill builds at random moments and see what is left: `python bench/crashes.py [--kills 200] [--seed 7]`.

A small corpus goes back and forth between two states while `musnad serve` serves its build. Every build is
killed (SIGKILL), every second one while it is flushed to the disk and takes the place of the last. After each
kill the build that stands there must be, byte by byte, that of one of the two states, its sums right, its
store readable, its pages answered, and no process left. Every tenth build is left to end, and must give the
bytes of a build made without any cache. One line for each ten kills; the exit code is 1 at the first lie.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from musnad.build import Folder, Stages, build, initialise, name_files
from musnad.project import Project
from musnad.release import verify_release
from musnad.site.folder import read_sums
from musnad.store import Store

DAY = "2026-01-31"
# The kinds of pages that are written: enough to have all kinds of files, few enough for a hundred builds.
KINDS = ("home", "claim", "entity", "document", "capture", "graph", "dataset", "missing")
TEXT = (
    "هيئة المثال تبحث رسوم السوق\n\nنشر في: 3 آذار 2016\n\n"  # … looks into the fees of the market
    "وقال رئيس هيئة المثال فلان الفلاني إن الهيئة ستبحث رسوم السوق في دمشق.\n"  # said
)
MORE = "وتأسست هيئة المثال عام 2011 في حلب.\n"  # founded


def small_project(folder: Path) -> Project:
    """Return a new project that writes few kinds of pages."""
    initialise(folder)
    site = folder / "publish" / "site.yaml"
    head, _, pages = site.read_text(encoding="utf-8").partition("pages:\n")
    kinds = re.findall(r"^  [\w-]+:\n(?:^    .*\n?)+", pages, re.MULTILINE)
    kept = [kind for kind in kinds if kind.split(":")[0].strip() in KINDS]
    site.write_text(f"{head}pages:\n{''.join(kept)}", encoding="utf-8")
    return Project(folder)


def write_state(documents: Path, state: int) -> None:
    """Write the documents of a state: the second has one more, and other words in another."""
    documents.mkdir(parents=True, exist_ok=True)
    (documents / "a.txt").write_text(TEXT, encoding="utf-8")
    (documents / "b.txt").write_text(TEXT.replace("السوق", "الطريق") + MORE * state, encoding="utf-8")  # road
    (documents / "c.txt").unlink(missing_ok=True)
    if state:
        (documents / "c.txt").write_text(TEXT.replace("دمشق", "حلب"), encoding="utf-8")  # another place


def bytes_of(out: Path) -> str:
    """Return a hash of all files of a build but those that have bytes of their own: store, notes, answers."""
    told, own = sha256(), {Folder(out).noted, Folder(out).answers}
    for path in sorted(out.rglob("*")):
        name = path.relative_to(out)
        if path.is_file() and name.parts[0] != "store" and path not in own:
            told.update(f"{name}\0".encode() + path.read_bytes())
    return told.hexdigest()


def one(project: Path, documents: Path, out: Path) -> None:
    """Build once; this is the process that is killed."""
    build(Stages.of(Project(project)), name_files(documents), out, DAY)


@dataclass(slots=True)
class Trial:
    """A corpus, its build, and what the builds of both states have to be."""

    place: Path
    seed: int
    right: dict[int, str] = field(default_factory=dict)
    seconds: float = 0.0
    counts: Counter[str] = field(default_factory=Counter)
    draw: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.draw = random.Random(self.seed)

    @property
    def out(self) -> Path:
        """Return the folder of the build."""
        return self.place / "out"

    @property
    def documents(self) -> Path:
        """Return the folder of the documents."""
        return self.place / "documents"

    def begin(self) -> None:
        """Make a project, the builds of both states without a cache, and the one to start from."""
        small_project(self.place / "project")
        for state in (0, 1):
            write_state(self.documents, state)
            fresh = self.place / f"right-{state}"
            self.start(fresh).communicate()
            self.right[state] = bytes_of(fresh)
        shutil.copytree(self.place / "right-1", self.out)
        self.finish(0)
        started = time.monotonic()
        self.finish(1)
        self.seconds = time.monotonic() - started

    def start(self, out: Path, alone: bool = False) -> subprocess.Popen[bytes]:
        """Start a build of the documents that are there; one that is alone starts no other process."""
        where = [str(self.place / "project"), str(self.documents), str(out)]
        command = [sys.executable, __file__, "--one", *where]
        if alone:
            cpu = min(os.sched_getaffinity(0))
            command = ["taskset", "-c", str(cpu), *command]
        return subprocess.Popen(command, stderr=subprocess.PIPE)

    def kill(self, number: int) -> None:
        """Start a build of the other state and kill it, at any moment or while it ends."""
        write_state(self.documents, number % 2)
        running = self.start(self.out, alone=number % 3 != 0)
        deadline = time.monotonic() + self.draw.uniform(0, self.seconds)
        if number % 4 < 2:
            mark = self.out.with_name(f".{self.out.name}.new") / "build.json"
            while running.poll() is None and not mark.exists():
                time.sleep(0.001)
            deadline = time.monotonic() + self.draw.uniform(0, 0.4)
        while running.poll() is None and time.monotonic() < deadline:
            time.sleep(0.001)
        children = below(running.pid)
        self.counts["killed" if running.poll() is None else "ended before"] += 1
        running.send_signal(signal.SIGKILL)
        running.communicate()
        self.expect_gone(children)

    def expect_gone(self, processes: list[int]) -> None:
        """Raise where a process that a killed build had started is still there."""
        deadline = time.monotonic() + 5
        while left := [pid for pid in processes if is_alive(pid)]:
            if time.monotonic() > deadline:
                raise SystemExit(f"still running after its build was killed: {left}")
            time.sleep(0.01)

    def check(self, base: str) -> None:
        """Raise where the build that stands there is not whole, or is not served."""
        found = bytes_of(self.out)
        states = [state for state, told in self.right.items() if told == found]
        if not states:
            raise SystemExit(f"{self.out} holds the bytes of no state")
        self.counts[f"state {states[0]} stood"] += 1
        folder = Folder.at(self.out)
        verify_release(folder.release)
        for name, digest in read_sums(folder.site).items():
            if sha256((folder.site / name).read_bytes()).hexdigest() != digest:
                raise SystemExit(f"{name} is not what the sums of the site say")
        if not Store.open(folder.store, read_only=True).count():
            raise SystemExit("the store is empty")
        for path in ("/", f"/release/{DAY}/SHA256SUMS"):
            with urllib.request.urlopen(base + path, timeout=30) as answer:
                self.counts[f"answers {answer.status}"] += 1

    def finish(self, number: int) -> None:
        """Let a build end, and raise where it does not give the right bytes."""
        write_state(self.documents, number % 2)
        running = self.start(self.out, alone=True)
        _, words = running.communicate()
        if running.returncode:
            raise SystemExit(f"the next build failed: {words.decode()}")
        if bytes_of(self.out) != self.right[number % 2]:
            raise SystemExit("the next build gave other bytes than a build without a cache")
        left = [path.name for path in self.place.iterdir() if path.name.endswith((".new", ".old"))]
        if left:
            raise SystemExit(f"left over: {left}")
        self.counts["next builds right"] += 1


def below(pid: int) -> list[int]:
    """Return the processes that a process has started, and they in turn (Linux)."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in map(int, task.read_text().split()):
                found += [child, *below(child)]
    return found


def is_alive(pid: int) -> bool:
    """Tell whether a process runs; one that nobody has waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


@contextlib.contextmanager
def serving(out: Path, project: Path) -> Iterator[str]:
    """Serve a build while builds are killed; give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "musnad.cli", "serve", str(out), "--port", str(port)]
    said = out.with_name("server.log")
    with said.open("wb") as file:
        server = subprocess.Popen([*command, "--project", str(project)], stdout=file, stderr=file)
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            with contextlib.suppress(OSError), urllib.request.urlopen(base, timeout=5):
                break
            time.sleep(0.1)
        yield base
    except urllib.error.HTTPError as error:
        raise SystemExit(f"{error.url}: {error}\n{said.read_text()[-3000:]}") from None
    finally:
        server.terminate()
        server.wait()


def main() -> None:
    """Kill as many builds as asked for and print what stood after each ten."""
    reader = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    reader.add_argument("--kills", type=int, default=200)
    reader.add_argument("--seed", type=int, default=7)
    reader.add_argument("--one", nargs=3, type=Path, help=argparse.SUPPRESS)
    given = reader.parse_args()
    if given.one:
        one(*given.one)
        return
    with tempfile.TemporaryDirectory() as place:
        trial = Trial(Path(place), given.seed)
        trial.begin()
        print(f"a build takes {trial.seconds:.1f} s; seed {given.seed}", flush=True)
        with serving(trial.out, trial.place / "project") as base:
            for number in range(1, given.kills + 1):
                trial.kill(number)
                trial.check(base)
                if number % 10 == 0 or number == given.kills:
                    trial.finish(number)
                    trial.check(base)
                    told = ", ".join(f"{name}: {count}" for name, count in sorted(trial.counts.items()))
                    print(f"{number:>5} kills  {told}", flush=True)


if __name__ == "__main__":
    main()
