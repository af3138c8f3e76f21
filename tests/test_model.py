"""What the model promises: every string is clean, and a paper says the best of what its mentions say."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.model import Choices, Entry, Issue, Link, Marks, Mention, Paper, Post, Record, Remark, Section
from tui.text import clean, clean_lines, clean_written


def mention(entry: Entry, number: str = "1", date: str | None = None) -> Mention:
    return Mention(f"issue-{number}", f"Issue {number}", "series", number, date, 1, entry)


def paper(*entries: Entry) -> Paper:
    """A paper whose newest mention is the first of *entries*."""
    return Paper("title:x", tuple(mention(entry, str(index)) for index, entry in enumerate(entries)))


HOSTILE = st.one_of(
    st.text(max_size=60), st.sampled_from(["\x1b[31mx", "a\u202eb", "\x9b0m", "two\r\nlines", "e\u0301", " \x00"])
)


@given(HOSTILE)
def test_no_string_enters_the_model_unclean(text: str) -> None:
    line, lines = clean(text), clean_lines(text)
    entry = Entry(text, (text,), submitter=text, abstract=text, identifiers={text: text}, categories=(text,))
    assert entry.title == (line or None)
    assert entry.authors == ((line,) if line else ())
    assert entry.submitter == (line or None)
    assert entry.abstract == (lines or None)
    assert entry.identifiers == {line: line}
    assert Link(text).url == line
    assert Section(text, text) == Section(line, lines)
    assert Post(text, author=text).text == lines
    assert Remark(1, text, text).text == line
    assert Record(title=text, editors=(text,)).title == (line or None)
    marks = Marks(note=text, tags=(text,))
    assert marks.tags == ((line,) if line else ())
    # A note keeps its blanks, and is as clean as the rest but for them.
    assert marks.note == clean_written(text)
    assert clean_lines(marks.note) == lines


@given(HOSTILE)
def test_making_a_thing_again_from_its_fields_changes_nothing(text: str) -> None:
    issue = Issue(text, text, (Entry(text),), "links", introduction=text, text=text)
    for thing in (Entry(text, abstract=text), issue, Marks(note=text, tags=(text,))):
        fields = {item.name: getattr(thing, item.name) for item in dataclasses.fields(thing)}
        assert type(thing)(**fields) == thing


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ({"date": "2021-02-26"}, {"date": "2021-03-01"}),
        ({"number": "6"}, {"number": "7"}),
        ({"number": "9"}, {"number": "10"}),
        ({"number": "2.9"}, {"number": "2.10"}),
        ({"number": "2024-9"}, {"number": "2024-10"}),
        ({"number": "6", "taken": "2026-01-01T00:00:00Z"}, {"number": "6", "taken": "2026-01-02T00:00:00Z"}),
        ({}, {"date": "2021"}),
        ({"number": "six"}, {"number": "7"}),
    ],
)
def test_issues_stand_in_the_order_in_which_they_came_out(older: dict[str, str], newer: dict[str, str]) -> None:
    first, second = (Issue("i", "t", (), "newsletter", **stated) for stated in (older, newer))
    assert first.order < second.order


def test_the_newest_title_the_longest_byline_and_the_longest_abstract_are_shown() -> None:
    found = paper(
        Entry("Attention is all you need", ("A. Vaswani",), more_authors=7, abstract="Cut..."),
        Entry("Attention Is All You Need", ("Ashish Vaswani", "Noam Shazeer"), abstract="A whole abstract."),
    )
    assert found.title == "Attention is all you need"
    assert found.authors == ("Ashish Vaswani", "Noam Shazeer")
    assert found.more_authors == 0
    assert found.abstract == "A whole abstract."


def test_a_record_speaks_where_the_issue_is_silent() -> None:
    record = Record("journal", title="Deep learning", authors=("Yann LeCun",), year=2015, venue="Nature")
    found = paper(Entry(record=record))
    assert (found.title, found.authors, found.year, found.venue) == ("Deep learning", ("Yann LeCun",), 2015, "Nature")


def test_the_year_is_the_stated_one_else_that_of_the_arxiv_id() -> None:
    assert paper(Entry(year=2017, identifiers={"arxiv": "2005.14165"})).year == 2017
    assert paper(Entry(identifiers={"arxiv": "hep-th/9711200"})).year == 1997
    assert paper(Entry(date="2022-12-21")).year is None


def test_identifiers_and_links_of_all_mentions_are_joined_the_strongest_first() -> None:
    pdf, page, code = (
        Link("https://a.org/x.pdf", "pdf"),
        Link("https://a.org/x", "paper"),
        Link("https://c.org", "code"),
    )
    found = paper(
        Entry(identifiers={"openreview": "abcde", "doi": "10.1/x"}, links=(page, code)),
        Entry(identifiers={"arxiv": "2005.14165"}, links=(pdf, code)),
    )
    assert list(found.identifiers) == ["arxiv", "doi", "openreview"]
    assert sorted(link.url for link in found.links) == ["https://a.org/x", "https://a.org/x.pdf", "https://c.org"]


@pytest.mark.parametrize("word", ["poincare", "lowe", "why it matters", "japanese", "2005.14165", "to discuss"])
def test_a_search_looks_through_all_that_is_said_of_a_paper(word: str) -> None:
    entry = Entry(
        "On the Poincaré disk",
        ("Sindy Löwe",),
        identifiers={"arxiv": "2005.14165"},
        sections=(Section("Why it matters?", "It does."),),
        posts=(Post("A Japanese post"),),
    )
    found = Paper("p", (Mention("i", "Weekly 6", None, "6", None, 1, entry),), Marks(note="to discuss"))
    assert word in found.searched


@pytest.mark.parametrize(
    ("state", "left"), [("new", False), ("to read", False), ("reading", False), ("read", True), ("dropped", True)]
)
def test_read_and_dropped_papers_leave_the_unread_count(state: str, left: bool) -> None:
    assert Marks(state=state).read is left  # type: ignore[arg-type]  # the table holds every state


def test_a_name_within_a_field_of_many_lines_is_one_line() -> None:
    assert Choices(values={"note\n\x1b[31mx": "one\ntwo"}).values == {"note x": "one\ntwo"}
