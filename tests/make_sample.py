"""A small, coherent set of rows for the tests of every stage: `python tests/make_sample.py` writes it.

The people, bodies and outlets are invented; the places are real, and their identifiers come from the
datasets that each `evidence` names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from musnad.curation import Curation, Decision, Private
from musnad.mapping import compile_mapping, map_rows, read_mappings
from musnad.model import (
    Agent,
    Attribution,
    Claim,
    Comment,
    Credit,
    Document,
    Entity,
    Link,
    Mention,
    Post,
    QuickFact,
    Reading,
    Thing,
    Zone,
)
from musnad.tables.claims import claim_iri, conflict_rows
from musnad.tables.columns import Row
from musnad.tables.entities import entity_rows, pattern_rows
from musnad.tables.files import write_json_lines
from musnad.vocabulary import SCHEMA
from sample_entities import AGENCY, ALEPPO, ANKARA, AUTHORITY, BODY, MINT, PAPER, PERSON, lookup

DATA: Final = Path(__file__).parent / "data"

FIRST_TEXT: Final = """هيئة المثال تعقد لقاء في أنقرة
2017-03-09 - 10:15 - 260 مشاهدة
أعلن الناطق باسم هيئة المثال فلان الفلاني أن الهيئة ستعقد لقاء في أنقرة.
وقال مصدر في الهيئة لوكالة المثال إن علان العلاني، العضو السابق في الهيئة، لن يشارك في اللقاء.
ونفى علان العلاني أن يكون اللقاء قد عقد في حلب.
وقالت الهيئة إن اللقاء سيؤجل إذا لم يحضر الوسطاء.
— حساب المثال (@mithal_example) March 9, 2017
المصدر: وكالة المثال
بطاقة
التأسيس
2011
شريط الأخبار
افتتاح معرض الكتاب في دمشق
التعليقات
تعليق أول منذ 7 سنوات
تعليق ثان منذ 3 أشهر
"""
SECOND_TEXT: Final = """لقاء هيئة المثال في حلب
قالت جريدة المثال إن لقاء هيئة المثال عقد في أنقرة بتاريخ 12 آذار 2017.
وذكرت الجريدة أن لقاء هيئة المثال لم يعقد في أنقرة بل في حلب.
اقرأ أيضا: هيئة المثال تنتخب رئيسا
"""


def _span(text: str, words: str, after: int = 0) -> tuple[int, int]:
    start = text.index(words, after)
    return start, start + len(words)


def _mention(text: str, words: str, entity: Entity, after: int = 0) -> Mention:
    start, end = _span(text, words, after)
    how = "authority" if entity.slug else "seen"
    return Mention(start, end, entity.type, entity.iri, entity.label_ar, how, slug=entity.slug)


def _thing(entity: Entity) -> Thing:
    return Thing(entity.label_ar, entity.iri)


def _chain(*agents: tuple[Entity, str]) -> tuple[Attribution, ...]:
    anonymous = MINT.term("AnonymousSource")
    return tuple(
        Attribution(hop, Agent(each.iri, each.label_ar, each.class_iri == anonymous), verb)
        for hop, (each, verb) in enumerate(agents)
    )


def _seen(kind: str, class_iri: str, label: str, document: Document) -> Entity:
    return Entity(MINT.seen(kind, label, MINT.document(document.key)), kind, class_iri, label)


def first_document() -> Document:
    """Return a page with every kind of part."""
    text = FIRST_TEXT
    at = partial(_span, text)
    body = (text.index("أعلن الناطق"), text.index("المصدر:") - 1)  # announced …; source
    post = at("— حساب المثال (@mithal_example) March 9, 2017")  # Example account
    signature = post[0]
    comments = [at("تعليق أول منذ 7 سنوات"), at("تعليق ثان منذ 3 أشهر")]  # 7 years ago; 3 months ago
    ages = [at("منذ 7 سنوات"), at("منذ 3 أشهر")]  # 7 years ago; 3 months ago
    return Document(
        "first.txt",
        text,
        "generic",
        "هيئة المثال تعقد لقاء في أنقرة",  # the Example Body meets in Ankara
        PAPER.slug,
        url="https://news.example/2017/03/09/liqa",
        published="2017-03-09",
        time="10:15",
        views=260,
        comment_count=2,
        zones=(
            Zone("title", *at("هيئة المثال تعقد لقاء في أنقرة")),  # as above
            Zone("metadata", *at("2017-03-09 - 10:15 - 260 مشاهدة")),  # views
            Zone("body", *body),
            Zone("embedded_post", *post),
            Zone("credit", *at("المصدر: وكالة المثال")),  # source: Example Agency
            Zone("infobox", at("بطاقة")[0], at("2011")[1], "بطاقة"),  # card
            Zone("ticker", at("شريط")[0], at("افتتاح معرض الكتاب في دمشق")[1], "شريط الأخبار"),  # ticker
            Zone("section_labels", *at("التعليقات"), "التعليقات", True),  # comments
            Zone("comments", comments[0][0], comments[1][1]),
        ),
        posts=(
            # Example account
            Post(*post, post[0] + 1, "حساب المثال", "@mithal_example", "2017-03-09", "", signature),
        ),
        comments=tuple(
            Comment(*span, age, *when) for span, age, when in zip(comments, ("P7Y", "P3M"), ages, strict=True)
        ),
        links=(Link("ticker", "افتتاح معرض الكتاب في دمشق", *at("افتتاح معرض الكتاب في دمشق")),),  # book fair
        facts=(QuickFact("التأسيس", "2011", *at("2011")),),  # foundation
        credits=(Credit("وكالة المثال", *at("المصدر: وكالة المثال")),),  # source: Example Agency
    )


def second_document() -> Document:
    """Return a page with a date that is no day, without an address."""
    text = SECOND_TEXT
    link = _span(text, "هيئة المثال تنتخب رئيسا")  # the Example Body elects a president
    return Document(
        "second.txt",
        text,
        "generic",
        "لقاء هيئة المثال في حلب",  # the Example Body's meeting in Aleppo
        PAPER.slug,
        published="2017-03",
        zones=(
            Zone("title", *_span(text, "لقاء هيئة المثال في حلب")),  # as above
            Zone("body", text.index("قالت"), text.index("اقرأ") - 1),  # said; read
            Zone("inline_link", text.index("اقرأ"), link[1]),  # read
        ),
        links=(Link("read_also", text[slice(*link)], *link, "https://paper.example/a?id=7"),),
    )


def first_reading() -> Reading:
    """Return six claims: an announcement, a plan, a former membership, a negation, a denial, a condition."""
    document = first_document()
    text = document.text
    event = _seen("EVENT", SCHEMA + "Event", "لقاء هيئة المثال", document)  # the Example Body's meeting
    person = _seen("PERSON", SCHEMA + "Person", "علان العلاني", document)  # Such-and-such
    source = _seen("PERSON", MINT.term("AnonymousSource"), "مصدر في الهيئة", document)  # a source in the Body
    mentions = (
        _mention(text, "أنقرة", ANKARA),  # Ankara
        _mention(text, "هيئة المثال", BODY, 40),  # the Example Body
        _mention(text, "فلان الفلاني", PERSON),  # So-and-so
        _mention(text, "وكالة المثال", AGENCY),  # Example Agency
        _mention(text, "علان العلاني", person),  # Such-and-such
        _mention(text, "مصدر في الهيئة", source),  # a source in the Body
        _mention(text, "حلب", ALEPPO),  # Aleppo
    )
    claims = (*_plans(text, event), *_told_by_a_source(text, event, person, source), *_speech(text, person))
    return Reading(document, mentions, claims, (event, person, source))


def _plans(text: str, event: Entity) -> Iterator[Claim]:
    words = "أعلن الناطق باسم هيئة المثال فلان الفلاني أن الهيئة ستعقد لقاء في أنقرة"  # a meeting in Ankara
    span, chain = _span(text, words), _chain((PAPER, ""), (PERSON, "أعلن"))  # announced
    yield Claim("announced", _thing(PERSON), _thing(event), *span, chain, "announced", modality="planned")
    claim = Claim("heldAt", _thing(event), _thing(ANKARA), *span, chain, "held-at", modality="planned")
    yield replace(claim, about=(BODY.iri,))


def _told_by_a_source(text: str, event: Entity, person: Entity, source: Entity) -> Iterator[Claim]:
    chain = _chain((PAPER, ""), (AGENCY, ""), (source, "وقال"))  # said
    told = _span(text, "علان العلاني، العضو السابق في الهيئة")  # a former member
    member = Claim("memberOf", _thing(person), _thing(BODY), *told, chain, "member-former")
    yield replace(member, role="العضو", role_status="former")  # the member
    absent = _span(text, "علان العلاني، العضو السابق في الهيئة، لن يشارك في اللقاء")  # will not take part
    claim = Claim("participatedIn", _thing(person), _thing(event), *absent, chain, "took-part")
    yield replace(claim, polarity="negative", modality="predicted")


def _speech(text: str, person: Entity) -> Iterator[Claim]:
    denial = _span(text, "ونفى علان العلاني أن يكون اللقاء قد عقد في حلب")  # denied it was in Aleppo
    denied = _chain((PAPER, ""), (person, "ونفى"))  # denied
    held = Thing("عقد اللقاء في حلب")  # that the meeting was held in Aleppo
    yield Claim("denied", _thing(person), held, *denial, denied, "denied")
    deferral = _span(text, "وقالت الهيئة إن اللقاء سيؤجل إذا لم يحضر الوسطاء")  # deferred unless …
    said = _chain((PAPER, ""), (BODY, "وقالت"))  # said
    claim = Claim("stated", _thing(BODY), Thing("تأجيل اللقاء"), *deferral, said, "stated")  # deferral
    condition = "إذا لم يحضر الوسطاء"  # unless the mediators come
    yield replace(claim, modality="conditional", certainty="doubtful", condition=condition)


def second_reading() -> Reading:
    """Return three claims, two of which cannot both hold."""
    document = second_document()
    text = document.text
    event = _seen("EVENT", SCHEMA + "Event", "لقاء هيئة المثال", document)  # the Example Body's meeting
    chain = _chain((PAPER, "قالت"))  # said
    held = _span(text, "لقاء هيئة المثال عقد في أنقرة بتاريخ 12 آذار 2017")  # held in Ankara on 12 March
    other = _span(text, "لقاء هيئة المثال لم يعقد في أنقرة بل في حلب")  # not in Ankara, in Aleppo
    place = Claim("heldAt", _thing(event), _thing(ANKARA), *held, chain, "held-at", edtf="2017-03-12")
    date = Thing("2017-03-12", datatype="edtf")
    claims = (
        place,
        Claim("heldOn", _thing(event), date, *held, chain, "held-on", edtf="2017-03-12"),
        Claim("heldAt", _thing(event), _thing(ANKARA), *other, chain, "held-at", "negative"),
    )
    mentions = (
        _mention(text, "لقاء هيئة المثال", event, 20),  # the Example Body's meeting
        _mention(text, "أنقرة", ANKARA),  # Ankara
        _mention(text, "حلب", ALEPPO, held[0]),  # Aleppo
    )
    return Reading(document, mentions, claims, (event,))


def sample_rows() -> list[tuple[str, Row]]:
    """Return the rows of the sample as (table, row)."""
    return list(_rows())


def sample_quads() -> bytes:
    """Return the quads of the sample, sorted."""
    compiled = compile_mapping(read_mappings(Path(__file__).parents[1] / "mappings" / "rdf"))
    lines = b"".join(map_rows(sample_rows(), compiled)).splitlines(keepends=True)
    return b"".join(sorted(lines))


def _accepted() -> Decision:
    """Return the decision that somebody took on a claim of the second document: the date was read right."""
    reading = second_reading()
    claim, text = reading.claims[1], reading.document.text
    iri = claim_iri(claim, MINT.document(reading.document.key), MINT, text[claim.start : claim.end])
    return Decision("accept", iri, "example editor", "2026-01-30", "the text gives the day", "sample.yaml:2")


def _rows() -> Iterator[tuple[str, Row]]:
    given = lookup()
    curation = Curation((_accepted(),), Private(), given)
    rows = [row for each in (first_reading(), second_reading()) for row in curation.document(each)]
    yield from rows
    yield from conflict_rows(row for table, row in rows if table == "claims")
    entities = [row for each in AUTHORITY for row in entity_rows(each, MINT.graph("authority"), MINT)]
    yield from curation.rest([*entities, *pattern_rows(given)])


if __name__ == "__main__":
    write_json_lines(sample_rows(), DATA / "tables")
    (DATA / "sample.nq").write_bytes(sample_quads())
