"""Records as CSL-JSON and RIS, read again by our own importers: what a format can carry comes back the same."""

from __future__ import annotations

import dataclasses
import json
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exports.awkward import RECORDS
from tui import digests
from tui.digests.document import Document
from tui.exports import EXPORTS, Item, Options, csl_json, markdown, ris
from tui.model import Record

FORMATS = (csl_json, ris)


def back(module: ModuleType, *records: Record, options: Options = Options()) -> list[Record]:  # noqa: B008 - frozen
    """The records after they were written and read again."""
    written = module.write([Item(f"key{n}", record) for n, record in enumerate(records)], options)
    found = digests.collect(Document(written.text.replace("\r\n", "\n"), f"refs{module.SUFFIX}"), module.NAME)
    (issue,) = found.issues
    assert issue.warnings == ()
    assert [marks.key for marks in found.marks.values()] == [f"key{n}" for n in range(len(records))]
    return [entry.record for entry in issue.entries if entry.record]


PAPER: dict[str, Any] = {
    "title": "On Reading Lists & “Their” Ends",
    "authors": ("Ada Lovelace", "Laurens van der Maaten", "García Márquez, Gabriel", "King, Jr., Martin Luther"),
    "year": 2020,
    "month": 10,
    "doi": "10.1000/xyz_1",
    "url": "https://example.org/a?b=1&c=2",
}
RICH = {
    "journal": Record(type="journal", venue="Nature & Science", volume="12", number="3", pages="101-110", **PAPER,
                      more={"issn": "1234-5678", "language": "en", "note": "Best paper", "date": "2020-10-21",
                            "keywords": "a, b", "shortjournal": "Nat. Sci."}),
    "conference": Record(type="conference", venue="Proceedings of the X", publisher="ACM", editors=("Ed Itor",),
                         pages="1-9", arxiv="2010.10915", primary_class="cs.SD", **PAPER,
                         more={"series": "X '20", "location": "Oslo", "isbn": "978-3-16-148410-0", "eventtitle": "X",
                               "organization": "IEEE", "venue": "Hall 1"}),
    "workshop": Record(type="workshop", venue="ICML Workshop on Time", **PAPER),
    "chapter": Record(type="chapter", venue="A Handbook", publisher="MIT Press", editors=("Ed Itor", "R. S. Roe"),
                      **PAPER, more={"edition": "2", "chapter": "4", "translator": "Jean Dupont"}),
    "book": Record(type="book", publisher="MIT Press", **PAPER, more={"edition": "Second", "series": "LNCS"}),
    "thesis": Record(type="thesis", publisher="ETH Zürich", **PAPER, more={"type": "mathesis"}),
    "report": Record(type="report", publisher="CERN", number="CERN-2020-1", **PAPER),
    "software": Record(type="software", publisher="Zenodo", **PAPER, more={"version": "1.2"}),
    "dataset": Record(type="dataset", publisher="Zenodo", **PAPER, more={"urldate": "2021-01-02"}),
    "preprint": Record(type="preprint", arxiv="2010.10915", primary_class="cs.SD", **PAPER),
    "old preprint": Record(type="preprint", arxiv="hep-th/9901001", primary_class="hep-th", **PAPER),
    "other server": Record(type="preprint", venue="bioRxiv", **PAPER),
    "other": Record(type="other", **PAPER, more={"howpublished": "A blog", "entrytype": "online"}),
    "little": Record(type="journal", title="Untitled and Other Plays", venue="J"),
}  # fmt: skip


@pytest.mark.parametrize("name", RICH)
@pytest.mark.parametrize("module", FORMATS, ids=lambda module: module.NAME)
def test_a_record_comes_back_as_it_was(module: ModuleType, name: str) -> None:
    (found,) = back(module, RICH[name])
    assert found == RICH[name]


def test_csl_json_carries_what_it_has_no_variable_for_and_ris_says_what_it_does_not() -> None:
    record = Record(type="workshop", venue="NLP4X", more_authors=5, **PAPER, more={"x-own": "kept"})
    assert back(csl_json, record) == [record]
    for module in FORMATS:
        (warning,) = module.write([Item("key", record)]).warnings
        assert warning.startswith("key: ")
        assert warning.endswith("cannot say that more authors are not named.")


@pytest.mark.parametrize("module", FORMATS, ids=lambda module: module.NAME)
def test_awkward_records_come_back_with_their_titles_and_as_many_authors(module: ModuleType) -> None:
    # A second time, for the first brings TeX and HTML into plain text; signs that are TeX's even there are left out.
    records = [each for each in back(module, *RECORDS.values()) if not set(each.title or "") & set("\\{}$")]
    again = back(module, *records)
    assert len(RECORDS) - 10 < len(records) == len(again)
    assert [(each.title, each.authors, each.year, each.doi, each.arxiv, each.url) for each in again] == [
        (each.title, each.authors, each.year, each.doi, each.arxiv, each.url) for each in records
    ]
    assert [len(each.authors) for each in again] == [len(each.authors) for each in records]


_PLAIN = st.text(st.characters(codec="utf-8", exclude_characters="\\${}&<>~`\"'“”‘’", exclude_categories=["C", "Z"]),
                 min_size=1, max_size=30)  # fmt: skip


@pytest.mark.parametrize("module", FORMATS, ids=lambda module: module.NAME)
@given(title=_PLAIN, venue=_PLAIN, year=st.integers(1600, 2099), month=st.none() | st.integers(1, 12))
def test_any_plain_record_comes_back(module: ModuleType, title: str, venue: str, year: int, month: int | None) -> None:
    record = Record(type="journal", title=f"On {title}", venue=f"J {venue}", year=year, month=month)
    assert back(module, record) == [record]


@pytest.mark.parametrize("module", [*FORMATS, markdown], ids=lambda module: module.NAME)
def test_a_paper_without_a_title_is_named_and_left_out(module: ModuleType) -> None:
    written = module.write([Item("a", Record(title="N/A", year=2020)), Item("b", RICH["book"]), Item("c", Record())])
    assert written.count == 1
    assert written.failures == (
        ("a", "a has no title and was left out."), ("c", "c has no title and was left out."),
    )  # fmt: skip
    assert module.write([]).text == ""


@pytest.mark.parametrize("module", FORMATS, ids=lambda module: module.NAME)
def test_an_abstract_leaves_only_where_it_is_asked_for(module: ModuleType) -> None:
    record = dataclasses.replace(RICH["book"], more={"abstract": "We find that <i>it</i> depends."})
    assert "depends" not in module.write([Item("a", record)]).text
    assert "We find that it depends." in module.write([Item("a", record)], Options(("abstract",))).text


def test_every_export_is_known_by_its_name() -> None:
    assert [each.NAME for each in EXPORTS] == ["bibtex", "biblatex", "csl-json", "ris", "markdown"]
    assert len({each.SUFFIX for each in EXPORTS if each.NAME != "biblatex"}) == 4


def test_csl_json_is_a_list_in_utf8() -> None:
    text = csl_json.write([Item("a", RICH["thesis"])]).text
    assert "ETH Zürich" in text
    assert json.loads(text)[0]["id"] == "a"
