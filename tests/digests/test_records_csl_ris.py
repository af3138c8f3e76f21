"""CSL-JSON and RIS files as issues: fields to records, wherever their writers put them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tui.digests import csl_json, ris
from tui.digests.document import Document
from tui.model import Entry, Issue, Record


def csl(*items: object) -> Issue:
    (issue,) = csl_json.parse(Document(json.dumps(items), "refs.json"))
    return issue


def item(**fields: Any) -> Record:
    (entry,) = csl({"type": "article-journal", "title": "T"} | fields).entries
    assert entry.record is not None
    return entry.record


def test_a_csl_item_gives_every_field_of_its_record() -> None:
    found = item(
        author=[{"family": "Vaswani", "given": "Ashish"}, {"literal": "ATLAS Collaboration"}],
        editor=[{"family": "Roe", "given": "R."}], issued={"date-parts": [[2017, 6, 12]]}, page="101–110", volume="3",
        issue=4, publisher="ACM", DOI="https://doi.org/10.1000/ABC", URL="https://example.org/x",
        **{"container-title": "Journal of <i>X</i>"},
    )  # fmt: skip
    assert found == Record(
        type="journal", title="T", authors=("Ashish Vaswani", "ATLAS Collaboration"), editors=("R. Roe",), year=2017,
        month=6, pages="101-110", volume="3", number="4", publisher="ACM", doi="10.1000/abc", venue="Journal of X",
        url="https://example.org/x", more={"date": "2017-06-12"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("article-journal", "journal"), ("paper-conference", "conference"), ("chapter", "chapter"), ("book", "book"),
        ("thesis", "thesis"), ("report", "report"), ("software", "software"), ("dataset", "dataset"),
        ("article", "preprint"), ("webpage", "other"),
    ],
)  # fmt: skip
def test_csl_types_are_those_of_the_record(kind: str, expected: str) -> None:
    assert item(type=kind).type == expected


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "article", "publisher": "arXiv", "number": "arXiv:1706.03762"},
        {"archive": "arXiv", "archive_location": "1706.03762v5"},
        {"container-title": "arXiv preprint arXiv:1706.03762"},
        {"note": "arXiv: 1706.03762 [cs]"},
        {"URL": "http://arxiv.org/abs/1706.03762"},
        {"DOI": "10.48550/arXiv.1706.03762"},
    ],
)
def test_a_csl_item_gives_its_arxiv_id_and_is_a_preprint(fields: dict[str, Any]) -> None:
    found = item(**fields)
    assert (found.arxiv, found.type, found.venue) == ("1706.03762", "preprint", None)


@pytest.mark.parametrize(
    ("person", "name"),
    [
        ({"family": "Maaten", "given": "Laurens", "non-dropping-particle": "van der"}, "Laurens van der Maaten"),
        ({"family": "King", "given": "Martin", "suffix": "Jr."}, "King, Jr., Martin"),
        ({"family": "García Márquez", "given": "Gabriel"}, "García Márquez, Gabriel"),
        ({"given": "Plato"}, "Plato"),
        ({"name": "OpenAI"}, "OpenAI"),
    ],
)
def test_csl_names_are_joined(person: dict[str, str], name: str) -> None:
    assert item(author=[person, "no person", {}, {"family": {}}]).authors == (name,)


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ({"date-parts": [["2017", "6"]]}, (2017, 6)), ({"date-parts": [[2017]]}, (2017, None)),
        ({"raw": "2020-05-01"}, (2020, 5)), ({"literal": "circa 1999"}, (1999, None)),
        ({"date-parts": []}, (None, None)),
        ({"date-parts": [[None]]}, (None, None)), ("2001", (2001, None)), (5, (None, None)), ({}, (None, None)),
    ],
)  # fmt: skip
def test_csl_dates_are_read_in_all_their_forms(issued: object, date: tuple[int | None, int | None]) -> None:
    found = item(issued=issued)
    assert (found.year, found.month) == date


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"id": "vaswani2017"}, "vaswani2017"), ({"id": 12}, None), ({"id": "http://zotero.org/users/1/items/A"}, None),
        ({"id": "http://zotero.org/1", "citation-key": "vas17"}, "vas17"), ({"id": "a b"}, None), ({}, None),
    ],
)  # fmt: skip
def test_a_csl_id_is_a_key_where_it_looks_like_one(fields: dict[str, Any], key: str | None) -> None:
    document = Document(json.dumps([{"type": "book", "title": "T"} | fields]), "refs.json")
    found = csl_json.collect(document).marks.get((0, 0))
    assert (found.key if found else None) == key


def test_csl_markup_is_read_and_math_stays() -> None:
    (entry,) = csl(
        {"type": "book", "title": 'On <i>E.&nbsp;coli</i> &amp; <span class="nocase">BERT</span> in $a<b$',
         "abstract": "<jats:p>One &lt; two.</jats:p>", "keyword": "a, b"}
    ).entries  # fmt: skip
    assert entry.title == "On E. coli & BERT in $a<b$"
    assert (entry.abstract, entry.categories) == ("One < two.", ("a", "b"))


def test_what_is_no_csl_item_is_a_remark() -> None:
    issue = csl({"type": "book", "title": "A"}, 5, {"type": "book"}, {"type": "book", "title": "B"})
    assert [entry.title for entry in issue.entries] == ["A", "B"]
    assert [remark.text for remark in issue.warnings] == ["5", "{'type': 'book'}"]


def tagged(text: str) -> Issue:
    (issue,) = ris.parse(Document(text, "refs.ris"))
    return issue


def one(text: str, kind: str = "JOUR") -> Entry:
    issue = tagged(f"TY  - {kind}\n{text}\nER  - \n")
    assert issue.warnings == ()
    return issue.entries[0]


def test_a_ris_record_gives_every_field_of_its_record() -> None:
    entry = one(
        "AU  - Vaswani, Ashish\nAU  - Smith, John, Jr.\nTI  - A title\n  that goes on\nT2  - Journal of X\nPY  - 2017\n"
        "DA  - 2017/06/12/\nVL  - 3\nIS  - 4\nSP  - 101\nEP  - 110\nPB  - ACM\nDO  - doi:10.1000/ABC\nAB  - One.\n"
        "UR  - https://example.org/x\nKW  - a\nKW  - b\nED  - Roe, R."
    )
    assert entry.record == Record(
        type="journal", title="A title that goes on", authors=("Ashish Vaswani", "Smith, Jr., John"), year=2017,
        month=6, venue="Journal of X", volume="3", number="4", pages="101-110", publisher="ACM", editors=("R. Roe",),
        doi="10.1000/abc", url="https://example.org/x", more={"date": "2017-06-12", "keywords": "a, b"},
    )  # fmt: skip
    assert entry.authors == ("Ashish Vaswani", "John Smith Jr.")
    assert (entry.abstract, entry.categories, entry.identifiers) == ("One.", ("a", "b"), {"doi": "10.1000/abc"})


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("JOUR", "journal"), ("CPAPER", "conference"), ("CONF", "conference"), ("CHAP", "chapter"), ("BOOK", "book"),
     ("THES", "thesis"), ("RPRT", "report"), ("COMP", "software"), ("DATA", "dataset"), ("GEN", "other")],
)  # fmt: skip
def test_ris_types_are_those_of_the_record(kind: str, expected: str) -> None:
    record = one("TI  - T", kind).record
    assert record is not None
    assert record.type == expected


@pytest.mark.parametrize(
    "text",
    ["UR  - https://arxiv.org/abs/1706.03762", "N1  - arXiv:1706.03762", "DO  - 10.48550/arXiv.1706.03762",
     "JO  - arXiv preprint arXiv:1706.03762", "AN  - arXiv:1706.03762"],
)  # fmt: skip
def test_a_ris_record_gives_its_arxiv_id_and_is_a_preprint(text: str) -> None:
    record = one(f"TI  - T\n{text}").record
    assert record is not None
    assert (record.arxiv, record.type, record.venue) == ("1706.03762", "preprint", None)


def test_a_chapters_second_authors_are_its_editors() -> None:
    record = one("TI  - T\nAU  - A, B\nA2  - Roe, R.\nBT  - The Book", "CHAP").record
    assert record is not None
    assert (record.authors, record.editors, record.venue) == (("B A",), ("R. Roe",), "The Book")


def test_records_that_are_not_closed_and_stray_lines_are_remarks_and_are_read() -> None:
    issue = tagged(
        "Provider: P\nTY  - JOUR\nTI  - A\nTY  - JOUR\nTI  - B\nER  -\nstray\nTY  - GEN\nER  - \nTY  - GEN\nTI  - C"
    )
    assert [(entry.title, entry.line) for entry in issue.entries] == [("A", 2), ("B", 4), ("C", 10)]
    assert [remark.line for remark in issue.warnings] == [1, 2, 7, 8, 10]


def test_a_reference_id_is_kept_as_a_key_unless_it_is_a_number() -> None:
    text = "TY  - JOUR\nTI  - A\nID  - vas17\nER  - \nTY  - JOUR\nTI  - B\nID  - 12\nER  - \n"
    marks = ris.collect(Document(text, "refs.ris")).marks
    assert {place: kept.key for place, kept in marks.items()} == {(0, 0): "vas17"}


def test_csl_variables_beyond_a_record_are_kept_by_biblatexs_names() -> None:
    found = item(
        type="chapter", ISBN="978-3", edition=2, language="de", note="N", accessed={"date-parts": [[2020, 1, 2]]},
        translator=[{"family": "Roe", "given": "R."}, {"literal": "A Group"}], custom={"x": "y", "n": 3, "l": {}},
        **{"container-title": "A Book", "collection-title": "LNCS", "publisher-place": "Oslo", "event-place": "Rome",
           "original-date": {"raw": "1901"}, "title-short": "S", "number-of-pages": "300"},
    )  # fmt: skip
    assert found.more == {
        "isbn": "978-3", "edition": "2", "language": "de", "note": "N", "urldate": "2020-01-02", "x": "y", "n": "3",
        "translator": "R. Roe and A Group", "series": "LNCS", "location": "Oslo", "venue": "Rome", "origdate": "1901",
        "shorttitle": "S", "pagetotal": "300",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "more"),
    [("webpage", {"entrytype": "online"}), ("patent", {"entrytype": "patent"}), ("book", {}), ("document", {}),
     ("article-magazine", {"entrysubtype": "magazine"})],
)  # fmt: skip
def test_a_csl_type_that_no_record_has_is_kept_beside_it(kind: str, more: dict[str, str]) -> None:
    assert item(type=kind).more == more


def test_what_csl_has_no_variable_for_is_said_once() -> None:
    things = [{"type": "book", "title": "A", "score": 1, "reference": [{"key": "x"}], "ISSN": {"a": 1}, "link": []}] * 3
    assert [(remark.text, "(3 times" in remark.why) for remark in csl(*things).warnings] == [
        ("score", True), ("reference", True), ("ISSN", True),
    ]  # fmt: skip


def test_ris_tags_beyond_a_record_are_kept_by_biblatexs_names() -> None:
    found = one(
        "TI  - T\nT2  - A Book\nT3  - LNCS\nET  - 2\nSN  - 978-3-16-148410-0\nSN  - 1234-5678\nCY  - Oslo\nLA  - de\n"
        "N1  - First\nN1  - version: 3\nN1  - Second\nA4  - Roe, R.\nA4  - Poe, P.\nY2  - 2020/01/02/\nM3  - Essay\n"
        "PY  - 2017\nDA  - 2017/06/12/Spring\nST  - S\nKW  - a", "CHAP"
    ).record  # fmt: skip
    assert found is not None
    assert found.more == {
        "series": "LNCS", "edition": "2", "isbn": "978-3-16-148410-0", "issn": "1234-5678", "location": "Oslo",
        "language": "de", "note": "First; Second", "version": "3", "translator": "R. Roe and P. Poe",
        "urldate": "2020-01-02", "type": "Essay", "date": "2017-06-12", "shorttitle": "S", "keywords": "a",
    }  # fmt: skip


def test_what_ris_states_and_no_record_keeps_is_said_once_for_each_tag() -> None:
    record = "TY  - JOUR\nTI  - T\nJO  - J\nAD  - An Address\nC1  - x\nL1  - /home/me/a.pdf\nET  - 1\nET  - 2\nER  - \n"
    issue = tagged(record * 2)
    assert [(remark.text, "(2 times" in remark.why) for remark in issue.warnings] == [
        ("AD", True), ("C1", True), ("L1", True), ("ET", True),
    ]  # fmt: skip
    assert "/home" not in repr(issue.entries)


@pytest.mark.parametrize(
    ("text", "more"),
    [("PY  - 2017///", {}), ("PY  - 2017\nDA  - 2017/06//", {}), ("Y1  - 2017/06/12", {"date": "2017-06-12"}),
     ("PY  - in press", {"pubstate": "in press"}), ("PY  - 2017///Spring", {"date": "2017///Spring"})],
)  # fmt: skip
def test_a_ris_date_is_kept_where_it_says_more_than_year_and_month(text: str, more: dict[str, str]) -> None:
    record = one(f"TI  - T\n{text}").record
    assert record is not None
    assert record.more == more


def test_a_key_that_cannot_be_kept_is_said() -> None:
    things = [{"id": key, "type": "book", "title": "T"} for key in ("a b", "Doe", "doe", "12", "müller", "z")]
    found = csl_json.collect(Document(json.dumps(things), "refs.json"))
    assert {place: kept.key for place, kept in found.marks.items()} == {(0, 1): "Doe", (0, 5): "z"}
    assert [remark.text for remark in found.issues[0].warnings] == ["a b", "doe", "müller"]
    text = "".join(f"TY  - JOUR\nTI  - A\nID  - {key}\nER  - \n" for key in ("a b", "Doe", "doe", "12"))
    marked = ris.collect(Document(text, "refs.ris"))
    assert {place: kept.key for place, kept in marked.marks.items()} == {(0, 1): "Doe"}
    assert [remark.text for remark in marked.issues[0].warnings] == ["a b", "doe"]
