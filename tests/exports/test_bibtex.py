from __future__ import annotations

import logging
import subprocess
import sys
from typing import Any

import bibtexparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string

from tests.exports.awkward import RECORDS
from tests.exports.test_latex import PROSE
from tui.exports import EXPORTS, Item, bibtex
from tui.exports.fields import draft
from tui.exports.keys import assign
from tui.model import Record

_BASIC: dict[str, Any] = {"title": "Deep Words", "authors": ("Ada Lovelace",), "year": 2001}


def _fields(**fields: Any) -> dict[str, str]:
    made = draft(Item("a", Record(**{**_BASIC, **fields})))
    assert made is not None
    return {"type": made.type, **made.values}


def test_an_entry_looks_like_this() -> None:
    record = Record(
        type="preprint", title="BERT for R&D", authors=("Jacob Devlin", "Łukasz Kaiser"), more_authors=1, year=2018,
        month=10, arxiv="1810.04805v2", primary_class="cs.CL", url="https://arxiv.org/abs/1810.04805",
    )  # fmt: skip
    written = bibtex.write([("devlin2018bert", record)])
    assert written.text == (
        "@misc{devlin2018bert,\n"
        "  author          = {Devlin, Jacob and Kaiser, {\\L}ukasz and others},\n"
        "  title           = {{BERT} for {R\\&D}},\n"
        "  year            = {2018},\n"
        "  month           = oct,\n"
        "  eprint          = {1810.04805},\n"
        "  archivePrefix   = {arXiv},\n"
        "  primaryClass    = {cs.CL},\n"
        "  url             = {https://arxiv.org/abs/1810.04805},\n"
        "}\n"
    )
    assert (written.count, written.failures, written.warnings) == (1, (), ())


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"type": "conference", "venue": "ICML"}, {"type": "inproceedings", "booktitle": "ICML"}),
        ({"type": "workshop", "venue": "W"}, {"type": "inproceedings", "booktitle": "W"}),
        ({"type": "journal", "venue": "J & K"}, {"type": "article", "journal": r"J \& K"}),
        ({"type": "chapter", "venue": "B", "publisher": "P"}, {"type": "incollection", "booktitle": "B"}),
        ({"type": "book", "publisher": "P", "venue": "S"}, {"type": "book", "publisher": "P", "series": "S"}),
        ({"type": "thesis", "publisher": "ETH"}, {"type": "phdthesis", "school": "ETH"}),
        ({"type": "thesis", "venue": "Master's thesis, X"}, {"type": "mastersthesis"}),
        ({"type": "report", "publisher": "CERN", "number": "7"}, {"type": "techreport", "institution": "CERN"}),
        ({"type": "report", "more": {"institution": "CERN"}}, {"type": "techreport", "institution": "CERN"}),
        ({"type": "thesis", "more": {"school": "ETH"}}, {"type": "phdthesis", "school": "ETH"}),
        ({"type": "software", "venue": "Zenodo"}, {"type": "misc", "howpublished": "Zenodo"}),
        ({"type": "dataset", "publisher": "Kaggle"}, {"type": "misc", "howpublished": "Kaggle"}),
        ({"type": "preprint", "venue": "bioRxiv"}, {"type": "misc", "howpublished": "bioRxiv"}),
        ({"type": "conference"}, {"type": "misc"}),
        ({"type": "journal", "venue": "N", "authors": ()}, {"type": "misc", "howpublished": "N"}),
        ({"type": "journal", "venue": "arXiv", "arxiv": "2001.00001"}, {"type": "misc", "eprint": "2001.00001"}),
        ({"type": "journal", "venue": "N", "arxiv": "2001.00001"}, {"type": "article", "archivePrefix": "arXiv"}),
        ({"arxiv": "hep-th/9901001"}, {"eprint": "hep-th/9901001", "primaryClass": "hep-th"}),
        ({"pages": "3-19"}, {"pages": "3--19"}),
        ({"pages": "pp. 3 – 19"}, {"pages": "3--19"}),
        ({"pages": "12:1—12:30, 40-41"}, {"pages": "12:1--12:30, 40-41"}),
        ({"pages": "3-5, 7-9"}, {"pages": "3--5, 7--9"}),
        ({"pages": "e012-3456-7"}, {"pages": "e012-3456-7"}),
        ({"number": "3–4"}, {"number": "3--4"}),
        ({"month": 12}, {"month": "dec"}),
        ({"doi": "https://doi.org/10.1000/AB_c.1"}, {"doi": "10.1000/AB_c.1"}),
        ({"url": "https://bücher.example/ä b?x={1}"}, {"url": "https://xn--bcher-kva.example/%C3%A4%20b?x=%7B1%7D"}),
        ({"url": r"https://example.org/a\_b?x=1&amp;y=%zz"}, {"url": "https://example.org/a_b?x=1&y=%25zz"}),
        ({"url": "https://me:secret@example.org/"}, {"url": "https://example.org/"}),
        ({"editors": ("Ed Itor",)}, {"editor": "Itor, Ed"}),
        ({"type": "conference", "venue": "P", "number": "7", "more": {"series": "S"}}, {"series": "S", "number": "7"}),
    ],
)
def test_a_record_becomes_the_type_and_fields_that_styles_need(given: Any, expected: dict[str, str]) -> None:
    found = _fields(**given)
    assert {name: found.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("given", "absent"),
    [
        ({"month": 13}, "month"),
        ({"year": 20}, "year"),
        ({"year": 2101}, "year"),
        ({"year": None, "month": 12}, "month"),
        ({"year": 10**4000, "month": 12}, "month"),
        ({"venue": "N/A"}, "howpublished"),
        ({"volume": "None"}, "volume"),
        ({"pages": "--"}, "pages"),
        ({"doi": "nonsense"}, "doi"),
        ({"url": "file:///home/me/x.pdf"}, "url"),
        ({"url": "https://doi.org/10.1000/1", "doi": "10.1000/1"}, "url"),
        ({"arxiv": "2001.00001"}, "primaryClass"),
        ({"arxiv": "nonsense"}, "eprint"),
        ({"type": "preprint", "venue": "arXiv.org", "arxiv": "2001.00001"}, "howpublished"),
        ({"authors": ("N/A", "")}, "author"),
        ({"type": "conference", "venue": "P", "number": "7"}, "number"),
        ({"type": "conference", "venue": "P", "number": "7", "volume": "3", "more": {"series": "S"}}, "number"),
    ],
)
def test_what_is_not_known_is_left_out(given: Any, absent: str) -> None:
    assert absent not in _fields(**given)


@pytest.mark.parametrize("title", [None, "", "N/A", "{}", "...", "None", "<i></i>"])
def test_an_entry_without_a_title_is_a_failure_and_the_others_are_written(title: str | None) -> None:
    written = bibtex.write([("a", Record(title=title)), ("b", Record(**_BASIC))])
    assert written.failures == (("a", "a has no title and was left out."),)
    assert (written.count, written.text.startswith("@misc{b,")) == (1, True)


def test_keys_that_bibtex_would_refuse_are_failures() -> None:
    written = bibtex.write([("a", Record(**_BASIC)), ("A", Record(**_BASIC)), ("b c", Record(**_BASIC))])
    assert [key for key, _ in written.failures] == ["A", "b c"]


def test_nothing_gives_nothing() -> None:
    assert bibtex.write([]).text == ""


def test_an_entry_that_does_not_read_back_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.exports import fields

    monkeypatch.setattr(fields, "title", lambda prose, unicode: "Another" if prose.text == "Deep Words" else prose.text)
    written = bibtex.write([("a", Record(**_BASIC)), ("b", Record(title="Words"))])
    assert written.failures == (("a", "a was left out: its title would not print as it is."),)
    assert (written.count, "Another" in written.text) == (1, False)


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("a}}, note = {b", "its fields do not read back as they were written"),
        ("a}\n}\n@misc{evil,\n title={x", "it does not read back as one entry"),
        ("a { b", "it does not read back as one entry"),
        ("a \\", "it does not read back as one entry"),
    ],
)
def test_a_broken_value_takes_no_other_entry_with_it(monkeypatch: pytest.MonkeyPatch, value: str, why: str) -> None:
    from tui.exports import fields

    monkeypatch.setattr(fields, "title", lambda prose, unicode: value if prose.text == "Deep Words" else prose.text)
    written = bibtex.write([("a", Record(**_BASIC)), ("b", Record(title="Words"))])
    assert (written.failures, written.count) == ((("a", f"a was left out: {why}."),), 1)
    assert list(parse_string(written.text, "bibtex").entries) == ["b"]


def test_the_reader_is_told_what_cannot_be_printed() -> None:
    written = bibtex.write([("a", Record(title="深度 Words", doi="nonsense"))])
    assert written.warnings == (
        "a: nonsense is no DOI and was left out.",
        "a: 8-bit BibTeX cannot print 深度; XeLaTeX or LuaLaTeX can.",
    )


def test_every_awkward_record_is_written_and_two_other_readers_agree() -> None:
    keys = assign([(name, record, None) for name, record in RECORDS.items()], lambda _: False)
    written = bibtex.write([(keys[name], record) for name, record in RECORDS.items()])
    assert (written.failures, written.count) == ((), len(RECORDS))
    assert len(RECORDS) >= 60
    assert [entry.key for entry in bibtexparser.parse_string(written.text).entries] == list(keys.values())
    assert list(parse_string(written.text, "bibtex").entries) == list(keys.values())
    for trace in ("injected}", "@misc{evil", "secret", "/home/", r"\input", r"\write", "{None", "&amp;"):
        assert trace not in written.text


_NAMES = st.lists(PROSE, max_size=3)


@settings(max_examples=150, deadline=None)
@given(PROSE, _NAMES, PROSE, PROSE, st.sampled_from(["journal", "conference", "book", "thesis", "other"]))
def test_whatever_a_record_holds_its_entry_reads_back_or_is_named(
    title: str, authors: list[str], venue: str, pages: str, kind: Any
) -> None:
    record = Record(type=kind, title=title, authors=tuple(authors), venue=venue, pages=pages, year=2001)
    other = Record(**_BASIC)
    written = bibtex.write([("a", record), ("b", other)])
    assert all(sentence == "a has no title and was left out." for _, sentence in written.failures)
    library = bibtexparser.parse_string(written.text)
    assert (len(library.entries), library.failed_blocks) == (written.count, [])
    assert library.entries[-1]["title"] == "Deep Words"


def test_letters_that_lose_their_dot_read_back_with_their_accents() -> None:
    written = bibtex.write([Item("a", Record(title="On ĵ, j́ and í", authors=("Ján Ĵonko",)))])
    assert not written.failures
    assert r"On {\^\j}, {\'\j} and {\'i}" in written.text


def test_the_parsers_warnings_do_not_reach_the_screen(capfd: pytest.CaptureFixture[str]) -> None:
    bibtex.write([("a", Record(title="↯ ☃ 王"))])
    assert capfd.readouterr().err == ""
    assert not logging.getLogger("bibtexparser").isEnabledFor(logging.WARNING)


def test_naming_the_exports_loads_no_parser() -> None:
    code = "import sys, tui.exports; sys.exit(bool({'bibtexparser', 'pylatexenc'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_each_export_has_a_name_of_its_own() -> None:
    assert len({export.NAME for export in EXPORTS}) == len(EXPORTS)
    assert all(export.SUFFIX.startswith(".") and export.LABEL for export in EXPORTS)
