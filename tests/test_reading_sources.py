"""Source descriptions: closed files, rules over lines, invented pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musnad.errors import DataError, MappingError, ProjectError, UnreadableDocument
from musnad.model import Document
from musnad.project import Project
from musnad.reading import Sources, read_document, read_source, read_sources, split_lines, uncovered
from musnad.reading.values import read_age, read_count, read_date, read_time

ROOT = Path(__file__).parents[1]
SOURCES = read_sources(Project(ROOT))
HEAD = "label: {ar: مثال, en: Example}\nrecognise: {need: 1, cues: [مثال]}\nlayout:\n"  # an example
PARAGRAPH = (
    "قالت هيئة المثال إن اللقاء الذي دعت إليه سينعقد في القاعة الكبرى، وإن فلان الفلاني سيحضره مع وفد. " * 2
)  # invented
TITLE = "هيئة المثال تدعو إلى لقاء في القاعة الكبرى"  # an invented body calls for a meeting


def source_of(tmp_path: Path, layout: str, head: str = HEAD) -> Sources:
    path = tmp_path / "example" / "source.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(head + layout, encoding="utf-8")
    return Sources((), read_source(path))


def kinds(document: Document) -> list[str]:
    return [zone.kind for zone in document.zones]


def words_in(document: Document, kind: str) -> list[str]:
    return [document.text[zone.start : zone.end] for zone in document.zones if zone.kind == kind]


@pytest.mark.parametrize(
    ("layout", "problem"),
    [
        ("- {zone: title, line: 1}", r":4: unknown key 'line'.*did you mean 'lines'"),
        ("- {zone: titel}", r":4: 'titel' is not a kind of zone"),
        ("- {starts: a}", r":4: missing key 'zone'"),
        ("- {zone: body, lines: few}", r":4: lines cannot be 'few'"),
        ("- {zone: body, shape: round}", r":4: shape cannot be 'round'"),
        ("- {zone: body, starts: '(a'}", r":4: .*not a regular expression"),
        ("- {zone: body, starts: '(a+)+b'}", r":4: .*repeats a repetition"),
        ("- {zone: body, anywhere: true}", r":4: .*needs an anchor"),
        ("- {zone: credit, starts: a, credit: document}", r":4: starts needs the groups name"),
        ("- {zone: credit, credit: document}", r"starts needs the groups name"),
        ("- {zone: embedded_post, signature: a}", r":4: signature needs the groups author"),
        ("- {zone: metadata, fields: {tims: (a)}}", r":4: unknown key 'tims'.*did you mean 'time'"),
        ("- {zone: metadata, fields: {time: a}}", r":4: .*needs one group"),
        ("- {zone: comments, comments: {above: 1}}", r"missing key 'age'"),
        ("- {zone: body, anywhere: 'yes'}", r":4: anywhere must be of type bool"),
        ("- body", r"must hold keys and values"),
        ("  []", r"has no rule"),
    ],
)
def test_a_malformed_rule_is_refused_with_its_line(tmp_path: Path, layout: str, problem: str) -> None:
    with pytest.raises(MappingError, match=problem):
        source_of(tmp_path, layout)


def test_cues_that_cannot_be_met_are_refused(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="2 of 1 cues"):
        source_of(tmp_path, "- {zone: body}", HEAD.replace("need: 1", "need: 2"))


def test_a_project_needs_the_generic_source(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="generic"):
        read_sources(Project(tmp_path))


def test_a_pattern_meets_every_spelling(tmp_path: Path) -> None:
    sources = source_of(
        tmp_path, "- {zone: title}\n- {zone: interface, starts: '^اقرا ايضا'}\n- {zone: body}"
    )  # read also
    assert kinds(read_document("عنوان\nإقــرأ أيضًا:\nنص", "a.txt", sources)) == ["title", "interface", "body"]


def test_a_block_that_the_page_lacks_is_skipped(tmp_path: Path) -> None:
    layout = "- {zone: ticker, starts: ^عاجل, lines: paragraph}\n- {zone: title}\n"  # urgent
    sources = source_of(tmp_path, layout + "- {zone: body, lines: many}")
    assert kinds(read_document("عاجل\nخبر\n\nعنوان\nنص\nنص", "a.txt", sources)) == ["ticker", "title", "body"]
    assert kinds(read_document("عنوان\nنص\nنص", "a.txt", sources)) == ["title", "body"]


def test_lines_that_fit_no_rule_are_body_and_are_counted(tmp_path: Path) -> None:
    document = read_document("عنوان\n\nسطر\nسطر", "a.txt", source_of(tmp_path, "- {zone: title}"))
    assert kinds(document) == ["title", "body"]
    assert any(note.startswith("2 lines fit no rule") for note in document.notes)


def test_offsets_count_the_stored_text() -> None:
    text = f"{TITLE}\r\n\r\n\u00a0 {PARAGRAPH}\r\n"
    document = read_document(text, "a.txt", SOURCES)
    assert words_in(document, "title") == [TITLE]
    assert words_in(document, "body") == [PARAGRAPH.strip()]


def test_a_headline_that_comes_again_is_the_title() -> None:
    run = "\n".join(
        f"خبر رقم {number} عن أحوال الطقس والطرق" for number in range(1, 6)
    )  # news of the weather
    document = read_document(f"{run}\n\n{TITLE}\n\n9:30\n\n{TITLE}\n{PARAGRAPH}", "a.txt", SOURCES)
    assert kinds(document) == ["ticker", "title", "metadata", "title_repeat", "body"]
    assert (document.title, document.time) == (TITLE, "09:30")
    assert [link.kind for link in document.links] == ["ticker"] * 5


def test_the_title_shares_its_words_with_the_text() -> None:
    text = f"قناة الطقس والطرق والرياضة والسوق\n\nعاجل\n\n{TITLE}\n\n{PARAGRAPH}"  # a banner, urgent
    document = read_document(text, "a.txt", SOURCES)
    assert document.title == TITLE
    assert kinds(document) == ["interface", "title", "body"]


def test_a_column_has_a_headline_of_two_words_and_its_author_below() -> None:
    document = read_document(
        f"موسم القطاف\n\nسالم الراوي\n\n{PARAGRAPH}", "a.txt", SOURCES
    )  # harvest, a name
    assert (document.title, kinds(document)) == ("موسم القطاف", ["title", "metadata", "body"])
    menu = read_document(f"موسم القطاف\nسالم الراوي\nأخبار السوق\n\n{PARAGRAPH}", "a.txt", SOURCES)
    assert menu.title == ""


def test_a_text_without_a_title_is_all_body() -> None:
    document = read_document(PARAGRAPH, "a.txt", SOURCES)
    assert (document.title, kinds(document)) == ("", ["body"])
    assert "no title was found" in document.notes


def test_a_date_under_the_title_is_that_of_publication() -> None:
    document = read_document(
        f"الأحد 1 آب 2021\n\n{TITLE}\n\n12 تموز 2017\n\n{PARAGRAPH}", "a.txt", SOURCES
    )  # dates
    assert document.published == "2017-07-12"


def test_an_announced_list_stays_in_the_body() -> None:
    members = "ويتألف الوفد الذي سيحضر اللقاء من:\n- فلان الفلاني\n- فلانة الفلانية"  # invented names
    text = f"{TITLE}\n\n{PARAGRAPH}\n\n{members}"
    assert kinds(read_document(text, "a.txt", SOURCES)) == ["title", "body"]


def test_a_list_of_headlines_is_refused() -> None:
    text = "\n".join(f"خبر رقم {number} عن أحوال الطقس والطرق" for number in range(12))  # news of the weather
    with pytest.raises(DataError, match="list of headlines"):
        read_document(text, "a.txt", SOURCES)


def test_comments_run_to_the_end_of_an_unknown_page() -> None:
    comments = "التعليقات (1)\n\nقارئ\n\nمنذ يومين\nالمصدر: قارئ\n\nأول ما كتب القارئ."  # a reader's
    text = f"{TITLE}\n\n{PARAGRAPH}\n\n{comments}"
    document = read_document(text, "a.txt", SOURCES)
    assert kinds(document) == ["title", "body", "comments"]
    assert (document.comment_count, [c.age for c in document.comments], document.credits) == (1, ["P2D"], ())


def test_read_also_lines_are_links_and_no_text() -> None:
    read_also, credit = "اقرأ أيضاً: لقاء آخر لهيئة المثال", "المصدر: وكالة المثال"  # both invented
    text = f"{TITLE}\n\n{PARAGRAPH}\n\n{read_also}\n\n{PARAGRAPH}\n\n{credit}"
    document = read_document(text, "a.txt", SOURCES)
    assert [(link.kind, link.headline) for link in document.links] == [("read_also", "لقاء آخر لهيئة المثال")]
    assert [credit.name for credit in document.credits] == ["وكالة المثال"]  # an invented agency


def test_a_post_has_its_address_and_its_author() -> None:
    post = "نلتقي في القاعة. pic.twitter.com/abc123 — هيئة المثال (@example) July 3, 2017"  # an invented post
    document = read_document(f"{TITLE}\n\n{PARAGRAPH}\n\n{post}\n\n{PARAGRAPH}", "a.txt", SOURCES)
    (found,) = document.posts
    assert document.text[found.start : found.text_end] == "نلتقي في القاعة."  # we meet in the hall
    assert (found.author, found.handle, found.published) == ("هيئة المثال", "@example", "2017-07-03")
    assert found.url == "pic.twitter.com/abc123"


def test_a_page_in_another_language_is_refused() -> None:
    with pytest.raises(DataError, match="another language"):
        read_document("The talks took place in Geneva.", "a.txt", SOURCES)


def test_a_page_that_is_half_in_another_language_is_undetermined() -> None:
    document = read_document(f"{TITLE}\n\nThe talks took place in Geneva in the evening.\n", "a.txt", SOURCES)
    assert document.language == "und"


PIECES = st.sampled_from(
    [TITLE, PARAGRAPH, "260", "•", "التعليقات (2)", "·منذ سنة", "المصدر: وكالة المثال"]  # labels of pages
)
ANY = st.text(alphabet=st.characters(codec="utf-8"), max_size=60)


@settings(deadline=None)
@given(st.lists(st.tuples(st.one_of(PIECES, ANY), st.sampled_from(["\n", "\r\n", "\n\n", " "])), max_size=12))
def test_every_line_lies_in_a_zone(parts: list[tuple[str, str]]) -> None:
    text = "".join(words + end for words, end in parts)
    for source in (*SOURCES.known, SOURCES.generic):
        try:
            document = read_document(text, "a.txt", Sources((), source))
        except UnreadableDocument:
            assert not text.strip()
            return
        except DataError:
            continue
        assert uncovered(split_lines(text), [(zone.start, zone.end) for zone in document.zones]) == []


@pytest.mark.parametrize(
    ("words", "age"),
    [
        ("منذ سنة", "P1Y"),  # a year ago
        ("منذ سنتين وشهرين", "P2Y2M"),  # two years and two months
        ("منذ 3 أسابيع", "P3W"),  # three weeks
        ("منذ أسبوعين", "P2W"),  # two weeks
        ("منذ شهر 2 أسابيع", "P1M14D"),  # a month and two weeks
        ("منذ ١١ يوماً", "P11D"),  # eleven days
        ("منذ 5 دقائق", "PT5M"),  # five minutes
        ("منذ زمن", ""),  # long ago
    ],
)
def test_ages_are_durations(words: str, age: str) -> None:
    assert read_age(words) == age


@pytest.mark.parametrize(
    "words",
    [
        "12 تموز 2017",  # July
        "12-تموز-2017",  # July
        "تموز/يوليو 12، 2017",  # July, by two names
        "يوليو 12, 2017",  # July
        "الأربعاء 12تموز 2017 - 10:30",  # Wednesday, July
        "12-Jul-2017",
        "July 12th, 2017",
        "2017 تموز 12",  # July
    ],
)
def test_date_lines_write_days_in_any_order(words: str) -> None:
    assert read_date(words) == "2017-07-12"


def test_values_that_are_not_there_are_empty() -> None:
    assert (read_time("25:10"), read_count("لا أحد"), read_date("في 5 آذار")) == (
        "",
        "",
        "",
    )  # none, a day without a year


def test_every_key_is_described() -> None:
    from musnad.reading import files, record_fields, shapes, sources, values

    text = (ROOT / "docs" / "sources.md").read_text("utf-8")
    names = {*sources._RULE, *sources._SOURCE, *sources._REACHES, *shapes.SHAPES, *values.FIELDS}
    names |= {*files.READERS, *record_fields.FORMATS}
    assert [name for name in sorted(names) if f"`{name}`" not in text and f": {name}" not in text] == []
    assert [name for name in record_fields.RECORDS if f"\n  {name}: " not in text] == []
