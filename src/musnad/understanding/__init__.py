"""From the text of a document to mentions and claims."""

from musnad.understanding.knowledge import Knowledge, read_knowledge, understand
from musnad.understanding.lexicon import read_lexicon
from musnad.understanding.patterns import Patterns, read_patterns

__all__ = ["Knowledge", "Patterns", "read_knowledge", "read_lexicon", "read_patterns", "understand"]
