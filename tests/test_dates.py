"""Dates: the days that EDTF allows, and the dates that texts write."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musnad.dates import bounds, find_dates


@pytest.mark.parametrize(
    ("edtf", "days"),
    [
        ("2016-03-07", ("2016-03-07", "2016-03-07")),
        ("2016-02", ("2016-02-01", "2016-02-29")),
        ("2011", ("2011-01-01", "2011-12-31")),
        ("2011~", ("2011-01-01", "2011-12-31")),
        ("2016-03-07?", ("2016-03-07", "2016-03-07")),
        ("201X", ("2010-01-01", "2019-12-31")),
        ("2016-12-XX", ("2016-12-01", "2016-12-31")),
        ("2024-12-18/2024-12-19", ("2024-12-18", "2024-12-19")),
        ("2011/2016-05", ("2011-01-01", "2016-05-31")),
        ("2011/..", ("2011-01-01", "")),
        ("../2011-02", ("", "2011-02-28")),
        ("2011/", ("2011-01-01", "")),
        ("2018-01-20T10:15:00Z", ("2018-01-20", "2018-01-20")),
        ("XXXX-12-18", ("", "")),
        ("2018-02-30", ("", "")),
        ("2018-13", ("", "")),
        ("2019/2018", ("", "")),
        ("P7Y3M", ("", "")),
        ("", ("", "")),
    ],
)
def test_an_edtf_date_allows_these_days(edtf: str, days: tuple[str, str]) -> None:
    assert bounds(edtf) == days


# The forms of the genre: (words of our own, EDTF of the date in them).
FORMS = [
    ("عُقد في 7 آذار/ مارس 2016", "2016-03-07"),
    ("في كانون الثاني/يناير 2016", "2016-01"),
    ("يوم 20 يناير (كانون الثاني) 2018", "2018-01-20"),
    ("في 18 من كانون الأول/ديسمبر 2015", "2015-12-18"),
    ("بين 18 و19 كانون الأول 2024", "2024-12-18/2024-12-19"),
    ("من 3 إلى 5 حزيران 2018", "2018-06-03/2018-06-05"),
    ("في ١٢ تموز ٢٠١٧", "2017-07-12"),
    ("بتاريخ ١٢/٠٧/٢٠١٧", "2017-07-12"),
    ("بتاريخ 2016/03/07", "2016-03-07"),
    ("نُشر 2018-01-20T10:15", "2018-01-20"),
    ("في 5.11.2019", "2019-11-05"),
    ("منذ عام 2011", "2011"),
    ("بدستور عام 1950", "1950"),
    ("في نهاية شهر كانون الثاني 2018", "2018-01"),
    ("December 20, 2024", "2024-12-20"),
    ("on 9 Sept 2020", "2020-09-09"),
    ("في السابع والعشرين من غشت 2020", "2020-08-27"),
    ("في 30 نونبر من سنة 2019", "2019-11-30"),
    ("في 14 جويلية 2013", "2013-07-14"),
]


@pytest.mark.parametrize(("text", "edtf"), FORMS)
def test_a_form_of_date_is_read(text: str, edtf: str) -> None:
    assert [(found.edtf, found.certainty) for found in find_dates(text)] == [(edtf, "sure")]


def test_no_form_was_lost() -> None:
    assert len(FORMS) == 19


@pytest.mark.parametrize(
    ("text", "anchor", "edtf"),
    [
        ("في 18 كانون الأول الجاري", "2024-12-20", "2024-12-18"),
        ("في 30 كانون الأول الجاري", "2025-01-01", "2024-12-30"),
        ("في 20 كانون الثاني المقبل", "2016-12-25", "2017-01-20"),
        ("في أيار الماضي", "2018-01-24", "2017-05"),
        ("في 3 أيار من العام الماضي", "2018", "2017-05-03"),
        ("خلال الشهر المقبل", "2016-12", "2017-01"),
        ("في النصف الثاني من الشهر المقبل", "2016-12", "2017-01-16/2017-01-31"),
        ("مطلع العام الماضي", "2018-03-04", "2017"),
        ("يوم الثلاثاء الماضي", "2018-01-24", "2018-01-23"),
        ("يوم الجمعة المقبل", "2018-01-24", "2018-01-26"),
        ("أمس", "2018-03-01", "2018-02-28"),
        ("في 18 كانون الأول", "2018-01-24", "2017-12-18"),
    ],
)
def test_what_is_not_said_comes_from_the_date_of_publication(text: str, anchor: str, edtf: str) -> None:
    assert [found.edtf for found in find_dates(text, anchor)] == [edtf]


@pytest.mark.parametrize(
    ("text", "anchor", "edtf"),
    [
        ("في 18 كانون الأول الجاري", "", "XXXX-12-18"),
        ("في 18 كانون الأول", "2018", "XXXX-12-18"),
        ("في 5 أيار الماضي", "2018-05-20", "XXXX-05-05"),
        ("في 18 و19 كانون الأول", "", "XXXX-12-18/XXXX-12-19"),
    ],
)
def test_a_year_that_nothing_tells_stays_open(text: str, anchor: str, edtf: str) -> None:
    assert [(f.edtf, f.certainty) for f in find_dates(text, anchor)] == [(edtf, "doubtful")]


def test_the_current_month_may_be_that_of_the_latest_full_date() -> None:
    found = find_dates("نشر 16 كانون الأول 2024، وكان في 18 كانون الأول الجاري، وقبلهما 1 أيار 2015")
    assert [one.edtf for one in found] == ["2024-12-16", "2024-12-18", "2015-05-01"]
    assert found[1].certainty == "probable"


def test_the_same_day_elsewhere_tells_the_year() -> None:
    found = find_dates("لقاء 20 يناير: يعقد في 20 يناير 2018")
    assert [one.edtf for one in found] == ["2018-01-20", "2018-01-20"]


@pytest.mark.parametrize(
    "text",
    [
        "31 شباط 2016",
        "في 5 آذار/أيار 2016",
        "القرار 2254",
        "الساعة 15:54",
        "استمر 54 عام",
        "مارس الضغط على الأطراف",
        "في جنيف 2012 - 1",
        "https://example.org/2018/01/20/x",
        "5.000 مارسوا",
        "40/13/2016",
        "خلال الشهر المقبل",
        "يوم الثلاثاء الماضي",
    ],
)
def test_what_is_no_date_gives_none(text: str) -> None:
    assert find_dates(text) == []


def test_days_that_do_not_follow_each_other_are_two_dates() -> None:
    assert [f.edtf for f in find_dates("18 و25 كانون الثاني 2018")] == ["2018-01-18", "2018-01-25"]


def test_years_that_follow_one_cue_are_two_dates() -> None:
    assert [f.edtf for f in find_dates("بين عامي 2011 و2016")] == ["2011", "2016"]


def test_the_span_is_that_of_the_stored_text() -> None:
    text = "وعُقِدَ بتاريخ ٧ آذَار ٢٠١٦، ثم انفض"
    (found,) = find_dates(text)
    assert text[found.start : found.end] == "٧ آذَار ٢٠١٦"


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_each_day_is_read_in_figures_and_bounds_itself(day: date) -> None:
    iso = str(day)
    year, month, number = iso.split("-")
    for text in (iso, f"{number}/{month}/{year}", f"{year}/{month}/{number}"):
        assert [found.edtf for found in find_dates(text)] == [iso]
    assert bounds(iso) == (iso, iso)


@given(st.text(max_size=80), st.sampled_from(["", "2018", "2018-01", "2018-01-24", "2018/.."]))
def test_any_text_gives_sound_spans(text: str, anchor: str) -> None:
    for found in find_dates(text, anchor):
        assert 0 <= found.start < found.end <= len(text)
        assert re.match(r"[\dX]{4}", found.edtf)
