"""Dates in the languages that digests are written in, and as feeds and mails state them."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.digests.dates import date_in, dates_in, feed_date, is_date

TWELFTH = "2024-03-12"


@pytest.mark.parametrize(
    "words",
    [
        "March 12th, 2024",
        "12th of March 2024",
        "Tuesday 12 March 2024",
        "12-Mar-2024",
        "12. März 2024",
        "12. Maerz 2024",
        "Dienstag, 12. März 2024",
        "Veröffentlicht am 12.03.2024",
        "12 mars 2024",
        "Publié le mardi 12 mars 2024",
        "12 de marzo de 2024",
        "12 de março de 2024",
        "martedì 12 marzo 2024",
        "12 maart 2024",
        "12 marca 2024",
        "12 března 2024",
        "2024. március 12.",
        "12 Mart 2024",
        "12 maaliskuuta 2024",
        "12 Μαρτίου 2024",
        "12 марта 2024 г.",
        "12 березня 2024 року",
        "2024年3月12日",
        "公開日：2024年3月12日（火）",
        "2024 年 3 月 12 日",
        "２０２４年３月１２日",
        "二〇二四年三月十二日",
        "令和6年3月12日",
        "令和六年三月十二日",
        "㋿6年3月12日",
        "民國113年3月12日",
        "发布于 2024年3月12日 星期二",
        "2024년 3월 12일",
        "١٢ مارس ٢٠٢٤",
        "12 آذار 2024",
        "١٢ آذار/مارس ٢٠٢٤",
        "12 مارس (آذار) 2024",
        "الثلاثاء 12 مارس 2024",
        "٢٠٢٤/٠٣/١٢",
        "۲۲ اسفند ۱۴۰۲",
        "12 במרץ 2024",
        "ngày 12 tháng 3 năm 2024",
    ],
)
def test_a_date_is_read_in_the_words_of_its_language(words: str) -> None:
    assert dates_in(words) == (TWELFTH,)
    assert is_date(words)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("12 تشرين الثاني 2024", "2024-11-12"),
        ("12 كانون الثاني 2024", "2024-01-12"),
        ("12 جويلية 2024", "2024-07-12"),
        ("令和元年五月一日", "2019-05-01"),
        ("平成31年4月30日", "2019-04-30"),
        ("昭和64年1月7日", "1989-01-07"),
        ("二〇二三年十一月三十日", "2023-11-30"),
        ("二〇二三年十二月二十一日", "2023-12-21"),
        ("1er août 2024", "2024-08-01"),
        ("1º de maio de 2024", "2024-05-01"),
        ("۱ فروردین ۱۴۰۳", "2024-03-20"),
        ("۳۰ اسفند ۱۳۹۹", "2021-03-20"),
        ("۱۰ دی ۱۴۰۴", "2025-12-31"),
        ("Kyoto March 12, 2024", TWELFTH),
    ],
)
def test_names_of_several_words_and_other_calendars_are_read(words: str, day: str) -> None:
    assert dates_in(words) == (day,)


@pytest.mark.parametrize(
    ("words", "language", "day"),
    [
        ("03/04/2024", None, None),
        ("03-04-2024", None, None),
        ("03/04/2024", "en", None),
        ("03/04/2024", "en-US", "2024-03-04"),
        ("03/04/2024", "en-GB", "2024-04-03"),
        ("03/04/2024", "fr-CA", "2024-04-03"),
        ("03/04/2024", "de", "2024-04-03"),
        ("Publié le 03/04/2024", None, "2024-04-03"),
        ("نشر في 03/04/2024", None, "2024-04-03"),
        ("03.04.2024", None, "2024-04-03"),
        ("04/04/2024", None, "2024-04-04"),
        ("13/04/2024", None, "2024-04-13"),
        ("04/13/2024", None, "2024-04-13"),
        ("13/13/2024", None, None),
        ("1402/12/22", None, None),
        ("version 10.1.2.2024", None, None),
        ("v1.2.2024", None, None),
    ],
)
def test_a_date_in_digits_is_read_only_where_its_order_is_known(
    words: str, language: str | None, day: str | None
) -> None:
    assert date_in(words, language) == day


def test_what_only_holds_a_date_is_none() -> None:
    assert not is_date("Kyoto March 12, 2024")
    assert not is_date("新しい論文 2024年3月12日")
    assert not is_date("03/04/2024")


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Tue, 12 Mar 2024 23:59:00 -0800", TWELFTH),
        ("12 Mar 24 10:00 GMT", TWELFTH),
        ("Fri, 12 Mar 99 10:00 GMT", "1999-03-12"),
        ("Tue, 12 Mar 124 10:00 GMT", TWELFTH),
        ("Mardi, 12 Mars 2024 10:00:00 +0100", TWELFTH),
        ("Вт, 12 мар 2024 10:00:00 +0300", TWELFTH),
        ("Tue, 12 Mar 2024", TWELFTH),
        ("  Tue,12  Mar\n 2024 10:00:00 UT (a comment)", TWELFTH),
        ("Tue Mar 12 10:00:00 2024", TWELFTH),
        ("Tue Mar 12 10:00:00 CET 2024", TWELFTH),
        ("2024-03-12T10:00:00Z", TWELFTH),
        ("2024-03-12T23:59:60.5+05:30", TWELFTH),
        ("2024-03-12 10:00", TWELFTH),
        ("20240312T100000Z", TWELFTH),
        ("2024-03", "2024-03"),
        ("2024", "2024"),
        ("1710237600", TWELFTH),
        ("1710237600000", TWELFTH),
        ("March 12, 2024 at 10 pm", TWELFTH),
        ("2024年3月12日 10:00", TWELFTH),
        ("0001-01-01T00:00:00Z", None),
        ("Mon, 01 Jan 0000 00:00:00 GMT", None),
        ("9999-12-31T23:59:59Z", None),
        ("Thu, 01 Jan 1970 00:00:00 +0000", None),
        ("Fri, 31 Feb 2024 10:00:00 GMT", None),
        ("2024-13-12", None),
        ("yesterday", None),
        ("12/03/2024", None),
        ("", None),
    ],
)
def test_a_feed_s_date_is_read_as_it_was_meant(words: str, day: str | None) -> None:
    assert feed_date(words) == day


@given(st.datetimes(datetime(1971, 1, 1), datetime(2199, 12, 31)), st.integers(-12, 14))
def test_every_moment_that_mail_and_feeds_can_write_is_read_back(moment: datetime, hours: int) -> None:
    stated = moment.replace(tzinfo=timezone(timedelta(hours=hours)))
    assert feed_date(format_datetime(stated)) == feed_date(stated.isoformat()) == moment.date().isoformat()


@given(st.text(max_size=300))
def test_any_text_is_a_date_or_none(text: str) -> None:
    for day in (*dates_in(text), feed_date(text)):
        assert day is None or len(day) < 10 or date.fromisoformat(day)


@pytest.mark.parametrize(
    "piece", ["1 a ", "12 march ", "march 12 ", "1/1/2024", "a b ", "2024 ", "令和", "年", "一", "2024年1月", "1 مارس/"]
)
def test_a_hostile_line_takes_no_time(piece: str) -> None:
    begin = time.process_time()
    for _ in range(5):
        dates_in("2024年 " + piece * 20_000)
        feed_date(piece * 20_000)
    assert time.process_time() - begin < 1


def test_a_feed_s_seconds_are_those_of_greenwich() -> None:
    moment = datetime(2024, 3, 12, 23, 59, tzinfo=UTC)
    assert feed_date(str(int(moment.timestamp()))) == TWELFTH
