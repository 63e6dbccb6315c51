"""A process that answers queries from a pipe and can be killed at any moment.

Started as `python -m musnad.server.worker STORE MEGABYTES SECONDS ROWS BYTES BASE` by `pool`. A frame is two
lengths of four bytes, a JSON head and a body. An answer is a frame that says what is coming, frames with its
bytes, and a last one with its status. The process has no network, writes no file, and holds nothing that
another one would miss. Chosen over (a) a thread, which cannot be stopped, and (b) multiprocessing, whose pool
waits for ever when a worker is killed.
"""

from __future__ import annotations

import os
import resource
import signal
import struct
import sys
from dataclasses import dataclass
from typing import BinaryIO, Final

import orjson

from musnad.errors import EndpointError
from musnad.server.guard import QueryRefused
from musnad.server.isolation import (
    allow_processor_seconds,
    cut_network,
    die_with_parent,
    limit_memory,
    write_no_files,
)
from musnad.server.queries import Evaluator, Question
from musnad.server.remote import engine_of, is_address, refusal

LENGTHS: Final = struct.Struct("!II")
_COURTESY: Final = 5  # on top of the niceness of the server: pages come before queries


def write_frame(stream: BinaryIO, head: dict[str, object], body: bytes = b"") -> None:
    """Write one frame, which is on its way when the next is too long for the buffer, or it is flushed."""
    data = orjson.dumps(head)
    stream.write(LENGTHS.pack(len(data), len(body)) + data + body)


@dataclass(frozen=True, slots=True)
class _Pipe:
    """Writes an answer as frames."""

    target: BinaryIO

    def begin(self, kind: str, suffix: str) -> None:
        write_frame(self.target, {"kind": kind, "suffix": suffix})

    def write(self, block: bytes) -> None:
        write_frame(self.target, {}, block)


def _answer(evaluator: Evaluator, question: bytes, target: BinaryIO) -> None:
    """Write the answer and its status; that a query is refused is a status too."""
    told: dict[str, object] = {"status": 200}
    before = _processor_seconds()
    try:
        told["rows"] = evaluator.write(Question.from_json(question), _Pipe(target))
    except (QueryRefused, EndpointError) as error:
        refused = error if isinstance(error, QueryRefused) else refusal(error)
        told |= {"status": refused.status, "problem": refused.problem, "remedy": refused.remedy}
    write_frame(target, told | {"seconds": _processor_seconds() - before})
    target.flush()


def _processor_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main(arguments: list[str]) -> None:
    """Answer frames from standard input until it ends."""
    path, megabytes, seconds, rows, most_bytes, base = arguments
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends its workers
    die_with_parent()
    os.nice(_COURTESY)
    network = "of the store" if is_address(path) else cut_network()
    write_no_files()
    engine = engine_of(path, base, float(seconds))
    evaluator = Evaluator(engine, base, int(rows), int(most_bytes))
    limit_memory(int(megabytes))
    source, target = sys.stdin.buffer, sys.stdout.buffer
    write_frame(target, {"status": 200, "network": network})
    target.flush()
    while len(lengths := source.read(LENGTHS.size)) == LENGTHS.size:
        size, _ = LENGTHS.unpack(lengths)
        question = source.read(size)
        allow_processor_seconds(int(seconds))
        _answer(evaluator, question, target)


if __name__ == "__main__":
    main(sys.argv[1:])
