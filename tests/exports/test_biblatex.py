"""BibLaTeX, UTF-8 and the fields that are added or left out."""

from __future__ import annotations

from typing import Any

import bibtexparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exports.test_latex import PROSE
from tui.exports import Item, Options, biblatex, bibtex
from tui.exports.dialects import BIBLATEX, BIBTEX, Wish, wish
from tui.exports.fields import draft
from tui.model import Entry, Mention, Paper, Record

_BASIC: dict[str, Any] = {"title": "Deep Words", "authors": ("Ada Lovelace",), "year": 2001}


def _fields(**fields: Any) -> dict[str, str]:
    made = draft(Item("a", Record(**{**_BASIC, **fields})), BIBLATEX)
    assert made is not None
    return {"@": made.type, **made.values}


def test_an_entry_looks_like_this() -> None:
    record = Record(
        type="preprint", title="BERT for R&D: Übungen", authors=("Jacob Devlin", "Łukasz Kaiser"), more_authors=1,
        year=2018, month=10, arxiv="1810.04805v2", primary_class="cs.CL", url="https://arxiv.org/abs/1810.04805",
    )  # fmt: skip
    written = biblatex.write([Item("devlin2018bert", record)])
    assert written.text == (
        "@online{devlin2018bert,\n"
        "  author          = {Devlin, Jacob and Kaiser, Łukasz and others},\n"
        "  title           = {{BERT} for {R\\&D}: Übungen},\n"
        "  date            = {2018-10},\n"
        "  eprint          = {1810.04805},\n"
        "  eprinttype      = {arxiv},\n"
        "  eprintclass     = {cs.CL},\n"
        "  url             = {https://arxiv.org/abs/1810.04805},\n"
        "}\n"
    )
    assert (written.count, written.failures, written.warnings) == (1, (), ())


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"type": "conference", "venue": "W", "more": {"eventtitle": "E"}},
         {"@": "inproceedings", "eventtitle": "E"}),
        ({"type": "workshop", "venue": "W", "more": {"location": "Ghent"}}, {"booktitle": "W", "location": "Ghent"}),
        ({"type": "journal", "venue": "J & K", "volume": "3"}, {"@": "article", "journaltitle": r"J \& K"}),
        ({"type": "journal", "venue": "J", "more": {"eid": "e1"}}, {"eid": "e1"}),
        ({"type": "chapter", "venue": "B", "publisher": "P"}, {"@": "incollection", "booktitle": "B"}),
        ({"type": "book", "publisher": "P", "venue": "S"}, {"@": "book", "publisher": "P", "series": "S"}),
        ({"type": "book", "publisher": "P", "authors": (), "editors": ("E D",)}, {"@": "collection"}),
        ({"type": "thesis", "publisher": "ETH"}, {"@": "thesis", "institution": "ETH"}),
        ({"type": "report", "publisher": "CERN", "number": "7"},
         {"@": "report", "institution": "CERN", "number": "7"}),
        ({"type": "software", "venue": "Zenodo", "more": {"version": "2"}}, {"organization": "Zenodo", "version": "2"}),
        ({"type": "dataset", "publisher": "Kaggle"}, {"@": "dataset", "publisher": "Kaggle"}),
        ({"type": "preprint", "venue": "bioRxiv", "doi": "10.1101/1"}, {"@": "online", "organization": "bioRxiv"}),
        ({"type": "other", "url": "https://x.example/a"}, {"@": "online"}),
        ({"type": "other"}, {"@": "misc"}),
        ({"type": "conference"}, {"@": "misc"}),
        ({"month": 12}, {"date": "2001-12"}),
        ({"pages": "3-19", "type": "journal", "venue": "J"}, {"pages": "3--19"}),
        ({"title": "Ελληνικά or λ"}, {"title": r"Ελληνικά or {$\lambda$}"}),
        ({"title": "深度学习 “at” 5 € – x²"}, {"title": r"深度学习 “at” 5 € -- x\textsuperscript{2}"}),
        ({"title": r"Of \emph{Poincar\'e}"}, {"title": r"Of \emph{Poincaré}"}),
        ({"authors": ("Émile Zola", "Şule Şahin Çelik")}, {"author": "Zola, Émile and Çelik, Şule Şahin"}),
    ],
)  # fmt: skip
def test_a_record_becomes_the_type_and_fields_that_biber_knows(given: dict[str, Any], expected: dict[str, str]) -> None:
    fields = _fields(**given)
    assert {name: fields.get(name) for name in expected} == expected


@pytest.mark.parametrize(("venue", "kind"), [("MIT", "phdthesis"), ("Master's thesis, MIT", "mathesis")])
def test_a_thesis_says_which_one_it_is(venue: str, kind: str) -> None:
    made = draft(Item("a", Record(**_BASIC, type="thesis", venue=venue)), BIBLATEX)
    assert made is not None
    assert made.values["type"] == kind


def test_bibtex_writes_utf8_where_the_reader_wants_it() -> None:
    authors = ("Émile Zola", "Ünal Çağlar Öz")
    record = Record(
        type="software", title="Café über Ελλάδα", authors=authors, year=2001, more={"version": "2.0 für Café"}
    )
    made = bibtex.write([Item("a", record)], Options(encoding="unicode"))
    assert "Café über {Ελλάδα}" in made.text
    assert "Zola, Émile and Öz, Ünal Çağlar" in made.text
    assert "Version 2.0 für Café" in made.text
    assert made.warnings == ()


@settings(max_examples=150, deadline=None)
@given(PROSE, st.lists(PROSE, max_size=3), PROSE, st.sampled_from(["journal", "conference", "book", "thesis", "other"]))
def test_whatever_a_record_holds_its_entry_reads_back_or_is_named(
    title: str, authors: list[str], venue: str, kind: Any
) -> None:
    record = Record(type=kind, title=title, authors=tuple(authors), venue=venue, year=2001)
    written = biblatex.write([Item("a", record), Item("b", Record(**_BASIC))])
    assert all(sentence == "a has no title and was left out." for _, sentence in written.failures)
    library = bibtexparser.parse_string(written.text)
    assert (len(library.entries), library.failed_blocks) == (written.count, [])


_RICH = Record(
    **{**_BASIC, "type": "journal", "venue": "J", "url": "https://x.example/", "month": 3},
    more={"note": "Best & first", "isbn": "978-3-16-148410-0", "issn": "no number", "keywords": "a, b_c", "file": "x"},
)


@pytest.mark.parametrize(
    ("fields", "there", "absent"),
    [
        ((), {}, {"note", "isbn", "issn", "keywords", "abstract", "file"}),
        (("note", "isbn"), {"note": r"Best \& first", "isbn": "978-3-16-148410-0"}, {"keywords"}),
        (("Keywords ", "issn"), {"keywords": r"a, b\_c"}, {"issn"}),
        (("abstract",), {"abstract": r"Of 100\%."}, {"note"}),
        (("-url", "-month"), {"journal": "J"}, {"url", "month"}),
        (("-journal", "-journaltitle"), {"journal": "J"}, set()),
    ],
)
def test_the_reader_adds_fields_and_leaves_some_out(fields: Any, there: dict[str, str], absent: set[str]) -> None:
    paper = Paper("p", (Mention("i", "I", None, None, None, 1, Entry(title="T", abstract="Of 100%.")),))
    made = draft(Item("a", _RICH, paper), BIBTEX, wish(fields, unicode=False))
    assert made is not None
    assert {name: made.values.get(name) for name in there} == there
    assert absent.isdisjoint(made.values)


def test_a_field_that_there_is_not_is_said() -> None:
    written = bibtex.write([Item("a", _RICH)], Options(("abstrct", "-title")))
    (sentence,) = written.warnings
    assert sentence.startswith("“abstrct”, “-title” in [bibtex] fields was passed over: there are abstract, keywords,")
    assert wish(["abstract", "editor", "location"], unicode=True) == Wish(
        added=frozenset(["abstract", "editor", "address"]), unicode=True
    )


def test_a_work_stands_once_in_a_file() -> None:
    one = Record(**_BASIC, doi="10.1000/A")
    again = Record(**{**_BASIC, "title": "deep words."}, doi="https://doi.org/10.1000/a")
    other = Record(**{**_BASIC, "title": "Another"}, doi="10.1000/a", arxiv="2001.00001")
    third = Record(**{**_BASIC, "title": "A Third"}, arxiv="2001.00001", url="https://arxiv.org/abs/2001.00001")
    fourth = Record(**{**_BASIC, "title": "A Fourth"}, arxiv="2001.00001", url="https://example.org/4")
    fifth = Record(**{**_BASIC, "title": "A Fifth"}, arxiv="2001.00001")
    works = zip("abcdef", (one, again, other, third, fourth, fifth), strict=True)
    written = bibtex.write([Item(*each) for each in works])
    assert written.failures == (("b", "b is a again, by its DOI 10.1000/a, and was left out."),)
    assert (written.count, written.text.lower().count("10.1000/a"), written.text.count("2001.00001")) == (5, 1, 1)
    # Whose id it is keeps what belongs to it; an address of its own is left to each.
    assert written.text.count("archivePrefix   = {arXiv}") == 1
    assert written.text.count("https://example.org/4") == 1
    assert written.warnings == (
        "c: its DOI 10.1000/a is that of a and was left out.",
        *(f"{key}: its arXiv id 2001.00001 is that of c and was left out." for key in "def"),
    )


def test_what_nobody_signed_is_listed_under_its_title() -> None:
    made = draft(Item("a", Record(title="Vicuna: an Open Chatbot & More")))
    assert made is not None
    assert made.values["key"] == "Vicuna"


def test_many_entries_are_written_in_batches_and_stay_in_order() -> None:
    items = [Item(f"k{number}", Record(title=f"Title Number {number}")) for number in range(1001)]
    written = bibtex.write(items)
    assert [entry.key for entry in bibtexparser.parse_string(written.text).entries] == [item.key for item in items]
    assert "}\n\n@misc{k250," in written.text
