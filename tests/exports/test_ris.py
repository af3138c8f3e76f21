"""RIS: tags in lines of their own, whatever stands in a field."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.exports.awkward import RECORDS
from tui.exports import Item, ris
from tui.model import Record


def lines(**fields: Any) -> list[str]:
    return ris.write([Item("key", Record(**({"title": "T"} | fields)))]).text.split("\r\n")


def test_a_record_is_tagged_in_order_and_ends_in_er() -> None:
    assert lines(
        type="journal", authors=("Ludwig van Beethoven", "King, Jr., Martin", "Google, Inc."), venue="J", volume="3",
        number="4", pages="1--9", publisher="P", year=2020, month=3, doi="10.1000/x", url="https://example.org/",
        arxiv="2010.10915", primary_class="cs.SD",
    ) == [
        "TY  - JOUR", "ID  - key", "TI  - T", "AU  - van Beethoven, Ludwig", "AU  - King, Martin, Jr.",
        "AU  - Google Inc.", "T2  - J", "PB  - P", "VL  - 3", "IS  - 4", "SP  - 1", "EP  - 9", "PY  - 2020",
        "DA  - 2020/03//", "DO  - 10.1000/x", "AN  - arXiv:2010.10915 [cs.SD]", "DP  - arXiv",
        "UR  - https://example.org/", "ER  - ", "",
    ]  # fmt: skip


def test_each_translator_has_a_line() -> None:
    written = lines(type="book", more={"translator": "Ann Bee and Dee, Cee and The Rain Group and Max Born"})
    named = [line.removeprefix("A4  - ") for line in written if line.startswith("A4")]
    assert named == ["Bee, Ann", "Dee, Cee", "The Rain Group", "Born, Max"]


def test_a_preprint_without_a_class_has_its_number_alone() -> None:
    assert "AN  - arXiv:2010.10915" in lines(arxiv="2010.10915")


@pytest.mark.parametrize("name", RECORDS)
def test_every_line_of_an_awkward_record_is_a_tag_and_a_value(name: str) -> None:
    text = ris.write([Item(name, RECORDS[name]), Item("b", RECORDS[name])]).text
    assert "\n" not in text.replace("\r\n", "")
    found = text.split("\r\n")
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in found if line)
    assert [line for line in found if line.startswith("TY")] == [found[0]] * 2
    assert found.count("ER  - ") == 2
    assert "\r\n\r\nTY" in text


@pytest.mark.parametrize(
    ("kind", "tag"),
    [("preprint", "UNPB"), ("conference", "CPAPER"), ("workshop", "CPAPER"), ("journal", "JOUR"), ("chapter", "CHAP"),
     ("book", "BOOK"), ("thesis", "THES"), ("report", "RPRT"), ("software", "COMP"), ("dataset", "DATA"),
     ("other", "GEN")],
)  # fmt: skip
def test_each_type_of_record_has_its_type(kind: str, tag: str) -> None:
    assert lines(type=kind)[0] == f"TY  - {tag}"


@pytest.mark.parametrize(
    ("pages", "tags"),
    [
        ("101--119", ["SP  - 101", "EP  - 119"]),
        ("7", ["SP  - 7"]),
        ("1-2, 5-6", ["SP  - 1-2, 5-6"]),
        ("e12, 14-15", ["SP  - e12, 14-15"]),
        ("12-", ["SP  - 12"]),
        ("-12", ["SP  - 12"]),
    ],
)
def test_first_and_last_page_are_apart_where_there_are_just_these(pages: str, tags: list[str]) -> None:
    assert lines(pages=pages)[3:-2] == tags


@pytest.mark.parametrize(
    ("fields", "tags"),
    [
        ({"month": 3}, []),
        ({"year": 2020}, ["PY  - 2020"]),
        ({"year": 2020, "month": 12}, ["PY  - 2020", "DA  - 2020/12//"]),
        ({"year": 2020, "month": 1}, ["PY  - 2020", "DA  - 2020/01//"]),
        ({"year": 2020, "month": 13}, ["PY  - 2020"]),
        ({"year": 2020, "month": 0}, ["PY  - 2020"]),
        ({"year": 2020, "month": 5, "more": {"date": "2019-01-02"}}, ["PY  - 2020", "DA  - 2020/05//"]),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(fields: dict[str, Any], tags: list[str]) -> None:
    assert lines(**fields)[3:-2] == tags


@pytest.mark.parametrize(
    ("fields", "tags"),
    [
        ({"type": "thesis", "venue": "U"}, ["PB  - U"]),
        ({"type": "thesis", "venue": "U", "publisher": "P"}, ["T2  - U", "PB  - P"]),
        ({"type": "report", "venue": "I", "publisher": "P"}, ["T2  - I", "PB  - P"]),
        ({"type": "report", "publisher": "P"}, ["PB  - P"]),
        ({"type": "book", "venue": "S"}, ["T3  - S"]),
        ({"type": "chapter", "venue": "B", "publisher": "P"}, ["T2  - B", "PB  - P"]),
    ],
)
def test_where_it_appeared_is_said_in_full(fields: dict[str, Any], tags: list[str]) -> None:
    assert lines(**fields)[3:-2] == tags


def test_a_place_that_is_taken_makes_the_next_a_note() -> None:
    assert lines(pages="3", more={"eid": "e7", "note": "a", "annotation": "b", "language": "de", "langid": "en"})[
        3:-2
    ] == ["SP  - 3", "N1  - eid: e7", "N1  - a", "N1  - b", "LA  - de", "N1  - langid: en"]


def test_more_has_tags_and_what_has_none_is_a_note_with_its_name() -> None:
    more = {
        "edition": "2", "isbn": "978", "issn": "1", "keywords": "a; b", "organization": "O", "note": "N",
        "translator": "Roe, R.", "date": "2020-01-02", "x": "TY  - y\nER  - ",
    }  # fmt: skip
    found = lines(more=more, year=2020)
    assert found[3:-2] == [
        "PY  - 2020", "DA  - 2020/01/02/", "ET  - 2", "SN  - 978", "N1  - issn: 1", "KW  - a", "KW  - b",
        "N1  - organization: O", "N1  - N", "A4  - Roe, R.", "N1  - x: TY - y ER -",
    ]  # fmt: skip
