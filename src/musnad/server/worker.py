"""A process that answers queries from a pipe and can be killed at any moment.

Started as `python -m musnad.server.worker STORE MEGABYTES SECONDS ROWS BASE` by `pool`. A frame is two
lengths of four bytes, a JSON head and a body. The process has no network, writes no file, and holds nothing
that another one would miss. Chosen over (a) a thread, which cannot be stopped, and (b) multiprocessing,
whose pool waits for ever when a worker is killed.
"""

from __future__ import annotations

import signal
import struct
import sys
from pathlib import Path
from typing import BinaryIO, Final

import orjson

from musnad.server.guard import QueryRefused
from musnad.server.isolation import (
    allow_processor_seconds,
    cut_network,
    die_with_parent,
    limit_memory,
    write_no_files,
)
from musnad.server.queries import MAX_BYTES, Evaluator, Question
from musnad.store import Store

LENGTHS: Final = struct.Struct("!II")


def write_frame(stream: BinaryIO, head: dict[str, object], body: bytes = b"") -> None:
    """Write one frame and flush it."""
    data = orjson.dumps(head)
    stream.write(LENGTHS.pack(len(data), len(body)) + data + body)
    stream.flush()


def _answer(evaluator: Evaluator, question: bytes) -> tuple[dict[str, object], bytes]:
    """Return head and body of the reply; a refused query is a reply too."""
    try:
        answer = evaluator.evaluate(Question.from_json(question))
    except QueryRefused as error:
        return {"status": error.status, "problem": error.problem, "remedy": error.remedy}, b""
    return {"status": 200, "kind": answer.kind, "suffix": answer.suffix}, answer.body


def main(arguments: list[str]) -> None:
    """Answer frames from standard input until it ends."""
    path, megabytes, seconds, rows, base = arguments
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends its workers
    die_with_parent()
    network = cut_network()
    write_no_files()
    store = Store.open(Path(path), read_only=True, base=base).native
    evaluator = Evaluator(store, base, int(rows), MAX_BYTES)
    limit_memory(int(megabytes))
    source, target = sys.stdin.buffer, sys.stdout.buffer
    write_frame(target, {"status": 200, "network": network})
    while len(lengths := source.read(LENGTHS.size)) == LENGTHS.size:
        size, _ = LENGTHS.unpack(lengths)
        question = source.read(size)
        allow_processor_seconds(int(seconds))
        write_frame(target, *_answer(evaluator, question))


if __name__ == "__main__":
    main(sys.argv[1:])
