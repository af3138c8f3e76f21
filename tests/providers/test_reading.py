"""Shapes out of a stranger's JSON: what is right is read, and everything else is passed over."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.errors import AnswerError
from tui.providers import reading

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "not the JSON"),
        (b"{", "not the JSON"),
        (b"Rate exceeded.", "not the JSON"),
        (b"[NaN]", "not the JSON"),
        (b"[-Infinity]", "not the JSON"),
        (b"1" * 5_000, "not the JSON"),
        (b"  <html></html>", "web page"),
        (b'"\xe9"', "not UTF-8"),
        (b"[" * 400_000, "nested too deep"),
        (b"{}," * 600_000, "more parts"),
        (b"1," * 1_100_000, "more parts"),
    ],
)
def test_what_is_no_json_is_refused_in_words(content: bytes, sentence: str) -> None:
    with pytest.raises(AnswerError, match=sentence):
        reading.json_of(content)


def test_a_cut_answer_may_be_asked_for_again_and_a_web_page_not() -> None:
    with pytest.raises(AnswerError) as cut:
        reading.json_of(b'{"a": [1, 2')
    with pytest.raises(AnswerError) as page:
        reading.json_of(b"<!doctype html>")
    assert (cut.value.passing, page.value.passing) == (True, False)


def test_json_with_a_byte_order_mark_is_json() -> None:
    assert reading.json_of(b"\xef\xbb\xbf[1]") == [1]


@pytest.mark.parametrize(
    ("value", "text"),
    [("  a\n b ", "a b"), ("\x1b]0;x\x07a", "a"), ("\ud800", None), ("", None), (1, None), (None, None), (["a"], None)],
)
def test_text_is_one_clean_line(value: Any, text: str | None) -> None:
    assert reading.text_of(value) == text


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (3, 3), ("3", 3), (" 12 ", 12), (3.0, 3), (-1, -1), (2**53, 2**53),
        (2**53 + 1, None), ("9" * 30, None), (3.5, None), (float("nan"), None), (float("inf"), None), (1e300, None),
        (True, None), (None, None), ("x", None), ("٣", None), ([3], None),
    ],
)  # fmt: skip
def test_a_number_is_whole_and_bounded(value: Any, number: int | None) -> None:
    assert reading.int_of(value) == number


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2021-03-04T10:00:00Z", (2021, 3)), ("2021-03", (2021, 3)), ("2021", (2021, None)), (2021, (2021, None)),
        ("2021-13-01", (2021, None)), ("20210304", (None, None)), ("0000-01-01", (None, None)), (None, (None, None)),
        ({"year": 2021}, (None, None)), (True, (None, None)),
    ],
)  # fmt: skip
def test_a_date_says_year_and_month(value: Any, date: tuple[int | None, int | None]) -> None:
    assert reading.year_and_month(value) == date


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ({"date-parts": [[2021, 3, 4]]}, (2021, 3)), ({"date-parts": [["2021", "03"]]}, (2021, 3)),
        ({"date-parts": [2021, 3]}, (2021, 3)), ({"date-parts": [[2021]]}, (2021, None)),
        ({"date-parts": [[None]]}, (None, None)), ({"date-parts": [[]]}, (None, None)),
        ({"date-parts": []}, (None, None)),
        ({"date-parts": None}, (None, None)), ({"date-parts": {"0": 1}}, (None, None)), ([], (None, None)),
        ({"date-parts": [[None, 3]]}, (None, None)),
    ],
)  # fmt: skip
def test_date_parts_may_hold_nulls(value: Any, date: tuple[int | None, int | None]) -> None:
    assert reading.date_parts(value) == date


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2021-03-04T10:00:00Z", "2021-03-04"),
        ("2021-3-4", "2021-03-04"),
        ("2021-03", None),
        ("2021-03-40", None),
        (7, None),
    ],
)
def test_a_day_is_iso_8601(value: Any, day: str | None) -> None:
    assert reading.date_of(value) == day


@pytest.mark.parametrize(
    ("value", "named"),
    [
        ("https://doi.org/10.48550/arXiv.2010.11929", {"arxiv": "2010.11929"}),
        ("10.18653/V1/N19-1423", {"acl": "N19-1423", "doi": "10.18653/v1/n19-1423"}),
        ("10.18653/v1/2020.acl-main.1", {"acl": "2020.acl-main.1", "doi": "10.18653/v1/2020.acl-main.1"}),
        ("10.3115/v1/D14-1162", {"acl": "D14-1162", "doi": "10.3115/v1/d14-1162"}),
        ("10.3115/1073083.1073135", {"doi": "10.3115/1073083.1073135"}),
        ("doi:10.1145/3442188.3445922", {"doi": "10.1145/3442188.3445922"}),
        ("10.1002/(SICI)1-2(19)4:8<6::A>3.0.C;2-O", {"doi": "10.1002/(sici)1-2(19)4:8<6::a>3.0.c;2-o"}),
        ("10.1000/a?b#c", {"doi": "10.1000/a?b#c"}),
        ("hello", {}),
        (None, {}),
        (7, {}),
    ],
)
def test_a_doi_names_a_work(value: Any, named: dict[str, str]) -> None:
    assert reading.work_of_doi(value) == named


@pytest.mark.parametrize(
    ("first", "last", "pages"),
    [
        ("1", "5", "1-5"), ("543", "543", "543"), (1, 5, "1-5"), ("1", None, "1"), (None, "5", "5"), (None, None, None),
        ("1--5", None, "1-5"), ("1 — 5", None, "1-5"), ("12:1–12:9", None, "12:1-12:9"), ("A-1", "A-5", "A-1–A-5"),
        ({}, [], None), (True, None, None),
    ],
)  # fmt: skip
def test_pages_have_one_dash(first: Any, last: Any, pages: str | None) -> None:
    assert reading.pages_of(first, last) == pages


@given(ANYTHING)
def test_no_shape_raises_anything(value: Any) -> None:
    for read in (
        reading.text_of, reading.lines_of, reading.label_of, reading.first_text, reading.list_of, reading.map_of,
        reading.int_of, reading.year_of, reading.month_of, reading.year_and_month, reading.date_parts, reading.date_of,
        reading.work_of_doi, reading.pages_of,
    ):  # fmt: skip
        read(value)
    reading.name_of(value, value, value)
    assert reading.date_parts({"date-parts": value}) == (None, None) or value


@given(ANYTHING)
def test_what_is_json_is_read_as_it_is(value: Any) -> None:
    try:
        content = json.dumps(value, allow_nan=False).encode()
    except ValueError:
        return
    assert reading.json_of(content) == value


def test_eight_megabytes_are_read_or_refused_in_seconds() -> None:
    began = time.process_time()
    for piece in (b"[1],", b"1,", b'"a",'):
        with pytest.raises(AnswerError):
            reading.json_of(b"[" + piece * (8_000_000 // len(piece)) + b"1]")
    assert time.process_time() - began < 5
