"""What is claimed: on the project's documents by measure, and what must never be asserted."""

import importlib.util
import json
import random
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from musnad.iri import Minter
from musnad.model import Document
from musnad.project import Project
from musnad.reading import read_documents, read_sources
from musnad.understanding.claims import Understood, find_claims
from musnad.understanding.examples import read_example
from musnad.understanding.knowledge import Knowledge
from musnad.understanding.mentions import Found

SHARED = Path(__file__).parents[1].parent / "shared"
MINTER = Minter()
FLOOR = {"P": 0.79, "R": 0.60, "F": 0.69}  # of the claims of three documents; the names are found, not given
PLAIN = ("positive", "asserted")

needs_documents = pytest.mark.skipif(
    not (SHARED / "gold").is_dir(), reason="the real documents are not beside the repository"
)


@pytest.fixture(scope="module")
def read(project: Project, knowledge: Knowledge) -> dict[str, tuple[Document, Found, Understood]]:
    found = {}
    for document in read_documents(SHARED / "documents", read_sources(project)):
        assert isinstance(document, Document)
        names = knowledge.finder.find(document)
        entities = knowledge.authority.entities
        claims = find_claims(document, names, knowledge.patterns, knowledge.minter, entities)
        found[document.file] = (document, names, claims)
    return found


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SHARED / "gold" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows(understood: Understood) -> Iterator[dict[str, object]]:
    for claim in understood.claims:
        yield {
            "relation": claim.relation,
            "subject_label": claim.subject.label,
            "object_label": claim.object.label,
            "speaker_label": claim.speaker.label,
            "polarity": claim.polarity,
            "edtf": claim.edtf,
            "start": claim.start,
            "end": claim.end,
        }


@needs_documents
def test_the_claims_of_the_documents_keep_their_floor(read) -> None:
    score, hits, want, have = scorer(), 0, 0, 0
    for path in sorted((SHARED / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if "claims" not in gold:
            continue
        given = list(rows(read[gold["file"]][2]))
        for relation in {row["relation"] for row in [*gold["claims"], *given]}:
            expected = [claim for claim in gold["claims"] if claim["relation"] == relation]
            found = [row for row in given if row["relation"] == relation]
            hits += score.pair(expected, found, score.claim_matches)[0]
            want, have = want + len(expected), have + len(found)
    measured = {key: value for key, value in score.prf(hits, want, have).items() if key in FLOOR}
    assert all(measured[key] >= FLOOR[key] for key in FLOOR), measured


@needs_documents
def test_a_positive_assertion_is_never_what_the_text_negates(read) -> None:
    score, wrong = scorer(), []
    for path in sorted((SHARED / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        negated = [claim for claim in gold.get("claims", []) if claim.get("polarity") == "negative"]
        speech = {"stated", "denied", "demanded", "announced", "planned"}
        for row in rows(read[gold["file"]][2]) if negated else []:
            for claim in negated:
                affirmed = claim | {"polarity": "positive"}
                if row["relation"] not in speech and score.claim_matches(affirmed, row):
                    wrong.append((gold["file"], row))
    assert wrong == []


@needs_documents
def test_comments_tickers_and_headlines_of_others_claim_nothing(read) -> None:
    silent = {"comments", "ticker", "interface", "section_labels", "image_file_name"}
    for document, _, understood in read.values():
        for claim in understood.claims:
            zone = document.zone_at(claim.start, claim.end)
            assert zone is None or zone.kind not in silent or claim.relation == "linksTo"
            assert zone is None or zone.kind != "related_links" or claim.relation == "linksTo"


@needs_documents
def test_every_claim_stands_in_the_text_and_starts_its_chain_at_the_page(read) -> None:
    for document, found, understood in read.values():
        known = {mention.entity for mention in (*found.mentions, *found.anonymous)}
        known |= {entity.iri for entity in understood.seen}
        for claim in understood.claims:
            assert document.text[claim.start : claim.end].strip()
            assert claim.pattern
            for link in claim.chain[1:]:
                assert link.agent.entity in known or "#post-" in link.agent.entity


@needs_documents
def test_the_order_of_the_mentions_does_not_matter(read, knowledge: Knowledge) -> None:
    for document, found, understood in read.values():
        mentions = list(found.mentions)
        random.Random(7).shuffle(mentions)
        shuffled = Found(tuple(mentions), found.anonymous, found.seen)
        again = find_claims(
            document, shuffled, knowledge.patterns, knowledge.minter, knowledge.authority.entities
        )
        assert again == understood


def structured(text: str, patterns) -> list[tuple[str, str, str]]:
    """Return (relation, polarity, modality) of the structured claims of a text."""
    document, found = read_example(text, MINTER)
    claims = find_claims(document, found, patterns, MINTER, {}).claims
    speech = {"stated", "denied", "demanded", "announced", "planned", "rejected", "supported", "reportedBy"}
    return [(c.relation, c.polarity, c.modality) for c in claims if c.relation not in speech]


@pytest.mark.parametrize(
    "text",
    [
        "نفى [PERSON سالم الراوي] أن يكون [PERSON نادر الشامخ] استقال من [ORG حزب القلم].",
        "لن يجتمع [PERSON سالم الراوي] مع [PERSON نادر الشامخ].",
        "هل اجتمع [PERSON سالم الراوي] مع [PERSON نادر الشامخ]؟",
        "إذا اجتمع [PERSON سالم الراوي] مع [PERSON نادر الشامخ] تغير كل شيء.",
        "ربما اجتمع [PERSON سالم الراوي] مع [PERSON نادر الشامخ].",
        "يجب أن يجتمع [PERSON سالم الراوي] مع [PERSON نادر الشامخ].",
        "دعا [ORG حزب القلم] إلى عقد [EVENT مؤتمر البستان] في [PLACE كروم].",
        "من المزمع عقد [EVENT مؤتمر البستان] في [PLACE كروم] في 7 آذار 2021.",
        "تسعى [PLACE رمانيا] إلى عقد [EVENT محادثات الجسر] برعاية [ORG هيئة المثال].",
        "قرروا إنشاء [ORG لجنة المياه]، وتضم [PERSON سالم الراوي]، [PERSON نادر الشامخ].",
        "أكد [PERSON سالم الراوي] أن [ORG حركة النهر] لم تشارك في [EVENT مؤتمر البستان].",
        "رفض [ORG حزب القلم] المشاركة، وغابت [ORG حركة النهر] عن [EVENT مؤتمر البستان].",
        "لم يتم تعيين [PERSON سالم الراوي] رئيساً لـ[ORG هيئة المثال].",
        "طالب [ORG حزب القلم] باستبعاد [ORG حركة النهر] من [EVENT مؤتمر البستان].",
        "كشفت [OUTLET صحيفة المنارة] عن [WORK اتفاق محتمل] بين [PLACE رمانيا] و[PLACE كروم].",
        "يجتمع وزير خارجية [PLACE رمانيا] مع [PERSON نادر الشامخ].",
        "[PLACE رمانيا] و[PLACE كروم] والتقى [PERSON سالم الراوي].",
        "من المتوقع أن يستقيل [PERSON سالم الراوي] من [ORG حزب القلم].",
        "نص القرار على بدء [EVENT محادثات الجسر] في كانون الثاني 2021.",
        "قصف [ORG جيش التلال] و[PLACE رمانيا] يتواصل.",
        "نجا [PERSON سالم الراوي] من محاولة اغتيال فاشلة في [PLACE كروم].",
        "[EVENT محادثات الجسر] قد تعقد في [PLACE كروم].",
        "عقد [EVENT لقاء القرى]. ولم يحضر اللقاء [PERSON سالم الراوي]، [PERSON نادر الشامخ].",
        "من المقرر أن يتولى [PERSON سالم الراوي] رئاسة [ORG حزب القلم].",
        "كتائب كثيرة، وغابت [ORG حركة النهر] عن [EVENT مؤتمر البستان].",
    ],
    ids=range(25),
)
def test_what_is_not_said_to_have_happened_is_never_asserted(text: str, patterns) -> None:
    assert [found for found in structured(text, patterns) if found[1:] == PLAIN] == []


def test_a_resignation_is_a_former_membership_not_a_negated_one(patterns) -> None:
    text = "المستقيلون هم ([PERSON سالم الراوي] - [PERSON نادر الشامخ] من [ORG حزب القلم])"
    document, found = read_example(text, MINTER)
    claims = find_claims(document, found, patterns, MINTER, {}).claims
    assert {(c.relation, c.polarity, c.role_status) for c in claims} == {
        ("memberOf", "positive", "former"),
        ("resignedFrom", "positive", "former"),
    }


def test_the_unnamed_publisher_gets_a_row(patterns) -> None:
    document, found = read_example("قال [PERSON سالم الراوي] إن الباب مفتوح الآن.", MINTER)
    understood = find_claims(document, found, patterns, MINTER, {})
    assert "ناشر الصفحة (غير مذكور)" in [entity.label_ar for entity in understood.seen]  # unnamed publisher
