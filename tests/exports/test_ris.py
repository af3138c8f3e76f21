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
