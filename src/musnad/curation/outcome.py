"""What became of the decisions while the documents went by."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from musnad.curation.decisions import Decision


@dataclass(slots=True)
class Outcome:
    """What became of the decisions: which were carried out, and how often each did something."""

    done: set[Decision] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    gone: set[str] = field(default_factory=set)  # IRIs
    hidden: set[str] = field(default_factory=set)  # IRIs of private persons

    def count(self, decision: Decision) -> None:
        """Note that a decision was carried out once more."""
        self.done.add(decision)
        self.counts[decision.verb] += 1
