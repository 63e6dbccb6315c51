"""What an explanation says about a claim or a silent sentence, as rows of words in both languages.

The terminal and the page show the same rows, so that neither leaves something out. Chosen over (a) texts in
each of them, which would differ, and (b) `publish/texts.yaml`, whose words go with the site.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from musnad.explaining.explanation import Explanation
from musnad.explaining.forms import Near
from musnad.explaining.labels import TYPES, Label, Labels
from musnad.model import Attribution, Claim

WORDS: Final[dict[str, Label]] = {
    "title": Label("قراءة وثيقة", "How a document was read"),
    "warning": Label(
        "هذه الصفحة تعرض النص كاملًا بما فيه تعليقات القراء: هي لجهازك وحدك، فلا تنشرها.",
        "This page shows the whole text, readers' comments included. "
        "It is for your own machine: do not publish it.",
    ),
    "names": Label("ما عُرف من الأسماء", "What is marked as a name"),
    "claim": Label("القول", "claim"),
    "subject": Label("المُسند إليه", "subject"),
    "object": Label("المُسند", "object"),
    "hop": Label("السلسلة", "chain"),
    "put": Label("الصيغة", "put as"),
    "role": Label("الصفة", "role"),
    "condition": Label("الشرط", "condition"),
    "date": Label("التاريخ", "date"),
    "pattern": Label("النمط", "pattern"),
    "withheld": Label("محجوب: دقة النمط دون الحد", "withheld: the pattern is less precise than the floor"),
    "silent": Label("لم ينطبق أي نمط", "no pattern fired"),
    "nearly": Label("أنماط حضرت كلماتها", "patterns whose words are there"),
    "outside": Label("خارج الأقسام", "outside all zones"),
    "empty": Label("فارغ", "empty"),
    "source": Label("المصدر", "source"),
    "mentions": Label("أسماء", "mentions"),
    "claims": Label("أقوال", "claims"),
    "sentences": Label("جمل مقروءة", "sentences read"),
    "silences": Label("جمل بلا قول", "sentences without a claim"),
}
_REASONS: Final[dict[str, Label]] = {
    "left out": Label(
        "انطبق ثم تُرك: منفي أو مكرر أو بلا طرف",
        "read, then left out: denied, said already, or without an end",
    ),
    "order": Label("الكلمات والأسماء حاضرة، لا بترتيب النمط", "words and names are there, not in its order"),
    "names": Label("ينقص اسم من نوع", "no name of type"),
    "opening": Label("فعل قول بلا متكلم أو مقول", "a reporting verb, but no speaker or no reported words"),
}
SHOWN: Final = 5  # patterns named for a sentence without a claim


class Line(NamedTuple):
    """One line about a claim: its name, and the words of the document or of the project."""

    name: Label
    value: str
    remark: str = ""


def claim_lines(claim: Claim, explanation: Explanation, labels: Labels) -> Iterator[Line]:
    """Yield all that is known of a claim: ends, chain, how it is put, and the pattern that fired."""
    yield Line(WORDS["subject"], claim.subject.label)
    yield Line(WORDS["object"], claim.object.label)
    for link in claim.chain:
        yield Line(WORDS["hop"], f"{link.hop}", _agent(link))
    yield Line(WORDS["put"], *manner(claim, labels))
    for name, value in (("role", claim.role), ("condition", claim.condition), ("date", claim.edtf)):
        if value:
            status = claim.role_status if name == "role" else ""
            yield Line(WORDS[name], value, " · ".join(labels.concept("status", status)) if status else "")
    card = explanation.cards[claim.pattern]
    measured = "" if card.precision is None else f"; precision {card.precision:.2f} of {card.support}"
    yield Line(WORDS["pattern"], claim.pattern, f"{card.description_en}{measured}")
    if explanation.is_withheld(claim):
        yield Line(WORDS["withheld"], f"{explanation.floor:.2f}")


def manner(claim: Claim, labels: Labels) -> tuple[str, str]:
    """Return polarity, modality and certainty of a claim, in Arabic and in English."""
    put = (
        labels.polarity(claim.polarity),
        labels.concept("modality", claim.modality),
        labels.concept("certainty", claim.certainty),
    )
    return "، ".join(label.ar for label in put), ", ".join(label.en for label in put)


def reason(near: Near) -> Label:
    """Return why a pattern gave no claim of a sentence."""
    label = _REASONS[near.why]
    if not near.missing:
        return label
    kinds = [part for kind in near.missing for part in kind.split("|")]
    names = " | ".join(dict.fromkeys(kinds))
    arabic = "، ".join(dict.fromkeys(TYPES[kind].ar if kind in TYPES else kind for kind in kinds))
    return Label(f"{label.ar}: {arabic}", f"{label.en} {names}")


def _agent(link: Attribution) -> str:
    verb = f" «{link.verb}»" if link.verb else ""
    return f"{link.agent.label}{verb}"
