"""No sentence of a source document stands in the repository."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = ROOT.parent / "shared" / "documents"
WORD = re.compile(r"\w+")
RUN = 8


def runs(text: str) -> set[tuple[str, ...]]:
    words = WORD.findall(text)
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the real documents are not beside the repository")
def test_no_file_repeats_eight_words_of_a_source_document() -> None:
    source: set[tuple[str, ...]] = set()
    for path in DOCUMENTS.glob("*.txt"):
        source |= runs(path.read_text(encoding="utf-8"))
    listed = subprocess.run(
        ["git", "-C", ROOT, "ls-files", "-co", "--exclude-standard", "-z"], capture_output=True, check=True
    )
    copied = []
    for name in listed.stdout.decode().split("\0"):
        path = ROOT / name
        if not name or not path.is_file():
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if runs(text) & source:
            copied.append(name)
    assert copied == []
