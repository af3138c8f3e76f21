from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from tui.exports.records import record_of
from tui.model import Entry, Link, Mention, Paper, Record


def _paper(*entries: Entry) -> Paper:
    mentions = tuple(Mention("i", "Issue", None, None, None, 1, entry) for entry in entries)
    return Paper("id", mentions)


def _said(record: Record) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__dataclass_fields__ if getattr(record, name)}


def test_an_arxiv_id_makes_a_preprint_whose_date_the_id_says() -> None:
    entry = Entry(title="T", identifiers={"arxiv": "2010.10915"}, date="2022-12-21", categories=("cs.SD", "eess.AS"))
    assert _said(record_of(_paper(entry))) == {
        "type": "preprint", "title": "T", "year": 2020, "month": 10, "arxiv": "2010.10915", "primary_class": "cs.SD",
        "url": "https://arxiv.org/abs/2010.10915",
    }  # fmt: skip


def test_the_date_of_an_issue_is_no_year_of_the_paper() -> None:
    assert record_of(_paper(Entry(title="T", date="2022-12-21"))).year is None


@pytest.mark.parametrize(
    ("venue", "kind"),
    [
        ("Proceedings of the 37th International Conference on Machine Learning", "conference"),
        ("NeurIPS 2020", "conference"),
        ("ICML 2020 Workshop on Things", "workshop"),
        ("Journal of Machine Learning Research", "journal"),
        ("Proceedings of the National Academy of Sciences", "journal"),
        ("Nature", "journal"),
        ("IEEE Transactions on Robotics", "journal"),
        ("bioRxiv", "preprint"),
        ("Somewhere", "other"),
    ],
)
def test_a_venue_makes_the_type_that_it_makes_evident(venue: str, kind: str) -> None:
    assert record_of(_paper(Entry(title="T", venue=venue, year=2020))).type == kind


def test_a_published_paper_keeps_its_arxiv_id_and_takes_the_year_of_its_venue() -> None:
    record = record_of(_paper(Entry(title="T", venue="NeurIPS 2021", identifiers={"arxiv": "2010.10915"})))
    assert (record.type, record.year, record.month, record.arxiv) == ("conference", 2021, None, "2010.10915")


def test_a_venue_without_a_year_does_not_make_a_preprint_published() -> None:
    record = record_of(_paper(Entry(title="T", venue="NeurIPS", identifiers={"arxiv": "2010.10915"})))
    assert (record.type, record.year, record.venue) == ("preprint", 2020, None)


def test_a_stated_record_is_taken_and_not_mixed_with_other_issues() -> None:
    stated = Record(type="journal", title="Stated", venue="Nature", year=2001)
    first = Entry(title="Other", authors=("Somebody Else",), year=1999)
    second = Entry(record=stated, authors=("Ada Lovelace",), identifiers={"doi": "10.1000/1"})
    record = record_of(_paper(first, second))
    assert _said(record) == {
        "type": "journal", "title": "Stated", "venue": "Nature", "year": 2001, "authors": ("Ada Lovelace",),
        "doi": "10.1000/1",
    }  # fmt: skip


def test_what_a_stated_record_leaves_open_is_filled_from_its_own_entry() -> None:
    entry = Entry(
        title="T", authors=("Ada Lovelace",), more_authors=3, year=2001, venue="Nature", categories=("cs.SD", "cs.LG"),
        identifiers={"doi": "10.1000/1", "arxiv": "2010.10915"}, record=Record(type="journal", pages="1--2"),
    )  # fmt: skip
    assert _said(record_of(_paper(entry))) == {
        "type": "journal", "title": "T", "authors": ("Ada Lovelace",), "more_authors": 3, "year": 2001,
        "venue": "Nature", "doi": "10.1000/1", "arxiv": "2010.10915", "primary_class": "cs.SD", "pages": "1--2",
    }  # fmt: skip
    stated = Record(authors=("A B",), more_authors=1, arxiv="1706.03762", primary_class="cs.CL", title="S", year=1999)
    record = record_of(_paper(dataclasses.replace(entry, record=stated)))
    named = (record.title, record.year, record.more_authors, record.arxiv, record.primary_class)
    assert named == ("S", 1999, 1, "1706.03762", "cs.CL")


@pytest.mark.parametrize(
    ("venue", "year", "wanted"),
    [
        ("ICML 2019", 2020, 2019),
        ("ICML ’21", 2020, 2021),
        ("ICML '07", None, 2007),
        ("ICML", 2020, 2020),
        ("Room 120193, ICML", 2020, 2020),
    ],
)
def test_the_year_in_a_venue_is_the_year_of_publication(venue: str, year: int | None, wanted: int) -> None:
    assert record_of(_paper(Entry(title="T", venue=venue, year=year))).year == wanted


@pytest.mark.parametrize(
    ("links", "url"),
    [
        ((("https://a.example/1", "other"), ("https://a.example/2", "post")), "https://a.example/2"),
        ((("https://a.example/1", "post"), ("https://a.example/2", "project")), "https://a.example/2"),
        ((("https://a.example/1", "project"), ("https://a.example/2.pdf", "pdf")), "https://a.example/2.pdf"),
        ((("https://a.example/1.pdf", "pdf"), ("https://a.example/2", "paper")), "https://a.example/2"),
        ((("https://a.example/1", "code"),), None),
    ],
)
def test_of_several_addresses_the_nearest_to_the_paper_is_taken(
    links: tuple[tuple[str, str], ...], url: str | None
) -> None:
    made = tuple(Link(address, rel) for address, rel in links)  # type: ignore[arg-type]  # words of the table
    assert record_of(_paper(Entry(title="T", links=made))).url == url


def test_a_title_with_tex_is_left_to_the_export() -> None:
    for title in ("$O(n)$ Rain", "\\emph{Rain} &amp; Snow"):
        assert record_of(_paper(Entry(title=title))).title == title


def test_names_and_titles_are_shown_as_people_read_them() -> None:
    record = record_of(_paper(Entry(title="A &amp; B", authors=(r"Poincar{\'e}",), more_authors=2)))
    assert (record.title, record.authors, record.more_authors) == ("A & B", ("Poincaré",), 2)


@pytest.mark.parametrize(
    ("identifiers", "url"),
    [
        ({"acl": "N19-1423"}, "https://aclanthology.org/N19-1423"),
        ({"openreview": "abcDEF"}, "https://openreview.net/forum?id=abcDEF"),
        ({"doi": "10.1000/1"}, None),
        ({}, "https://example.org/paper"),
    ],
)
def test_the_address_is_the_papers_own(identifiers: dict[str, str], url: str | None) -> None:
    links = (Link("https://github.com/a/b", "code"), Link("https://example.org/paper", "paper"))
    assert record_of(_paper(Entry(title="T", identifiers=identifiers, links=links))).url == url


def test_a_post_that_is_the_work_has_its_address_and_the_date_in_it() -> None:
    links = (Link("https://lab.example/blog/2023-03-30-model/", "other"), Link("https://github.com/a/b", "code"))
    record = record_of(_paper(Entry(title="T", links=links)))
    assert (record.url, record.year, record.month) == ("https://lab.example/blog/2023-03-30-model/", 2023, 3)


def test_a_record_that_needs_no_filling_is_taken_as_it_is() -> None:
    stated = Record(title="T", authors=("A B",), year=2001, venue="V")
    assert record_of(_paper(Entry(title="T", record=stated))) is stated
