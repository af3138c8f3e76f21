"""paperrack's own JSON: what ``papers --json`` prints comes back whole, and what strangers write is read."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.digests import papers_json
from tui.digests.document import Document
from tui.digests.records import Collection
from tui.model import STATES, Entry, Issue, Link, Marks, Mention, Paper, Post, Record, Section


def collect(items: object, source: str = "list.json") -> Collection:
    return papers_json.collect(Document(json.dumps(items, indent=1), source))


def listed(value: Any) -> Any:
    """A model object as the contract writes it: every key there, lists for tuples."""
    return json.loads(json.dumps(dataclasses.asdict(value)))


def printed(paper: Paper) -> dict[str, Any]:
    """A paper as ``papers --json`` prints it."""
    words = ("sections", "posts", "categories", "metrics")
    stated = (
        "title",
        "authors",
        "more_authors",
        "submitter",
        "date",
        "year",
        "venue",
        "abstract",
        "identifiers",
        "links",
    )
    mentions = [
        {"issue": each.issue, "issue_title": each.issue_title, "series": each.series, "number": each.number,
         "issue_date": each.date, "position": each.position}
        | {name: listed(each.entry)[name] for name in (*words, *stated)}
        for each in paper.mentions
    ]  # fmt: skip
    newest = mentions[0]
    return {
        "id": paper.id, "position": newest["position"], "title": paper.title, "authors": list(paper.authors),
        "more_authors": paper.more_authors, "year": paper.year, "date": newest["date"], "venue": paper.venue,
        "abstract": paper.abstract, "identifiers": dict(paper.identifiers),
        "links": [dataclasses.asdict(link) for link in paper.links], **{name: newest[name] for name in words},
        "issues": [each.issue for each in paper.mentions], "marked": paper.marks.marked, "read": paper.marks.read,
        "starred": paper.marks.starred, "tags": list(paper.marks.tags), "note": paper.marks.note,
        "key": paper.marks.key, "state": paper.marks.state, "mentions": mentions,
        "record": listed(paper.stated) if paper.stated else None, "details": None,
    }  # fmt: skip


words = st.text("abc é[]{}$\\王-", min_size=1, max_size=12).map(str.strip).filter(bool)
texts = st.lists(words, max_size=3, unique=True).map(tuple)
entries = st.builds(
    Entry,
    title=words,
    authors=texts,
    more_authors=st.integers(0, 9),
    submitter=st.none() | words,
    date=st.none() | st.just("2022-12-21"),
    year=st.none() | st.integers(1900, 2030),
    venue=st.none() | words,
    abstract=st.none() | words,
    identifiers=st.integers(10_000, 99_999).map(lambda number: {"arxiv": f"2010.{number}"}),
    links=st.lists(
        st.builds(Link, words.map(lambda word: f"https://example.org/{word[0]}"), st.just("pdf")), max_size=1
    ),
    sections=st.lists(st.builds(Section, words, words), max_size=2),
    posts=st.lists(st.builds(Post, words, words, words, st.just("2021-02-26")), max_size=2),
    categories=texts,
    metrics=st.dictionaries(words, st.integers(0, 99) | st.just(0.5), max_size=2),
    record=st.none()
    | st.builds(Record, type=st.just("preprint"), title=words, authors=texts, arxiv=st.just("2010.10915")),
)
marks = st.builds(
    Marks, st.booleans(), st.booleans(), st.sampled_from(STATES), texts, words, st.sampled_from([None, "a2020"])
)


@settings(deadline=None)
@given(st.lists(st.tuples(entries, marks), min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_printed_papers_come_back_in_their_issue_in_order_with_their_marks(
    parts: list[tuple[Entry, Marks]], shuffle: Any
) -> None:
    issue = Issue(
        "ai-weekly-6", "Week 6", tuple(entry for entry, _ in parts), "newsletter", "ai weekly", "6", "2022-12-21"
    )
    papers = [
        Paper(f"p{n}", (Mention(issue.id, issue.title, issue.series, issue.number, issue.date, n + 1, entry),), kept)
        for n, (entry, kept) in enumerate(parts)
    ]
    items = [printed(paper) for paper in papers]
    shuffle.shuffle(items)
    found = collect(items)
    (back,) = found.issues
    assert (back.id, back.title, back.series, back.number, back.date) == (
        issue.id, issue.title, issue.series, issue.number, issue.date,
    )  # fmt: skip
    assert [dataclasses.replace(entry, line=0) for entry in back.entries] == list(issue.entries)
    assert [found.marks.get((0, place), Marks()) for place in range(len(parts))] == [kept for _, kept in parts]
    assert [found.ids[0, place] for place in range(len(parts))] == [paper.id for paper in papers]
    assert back.warnings == ()


def test_a_paper_of_two_issues_is_mentioned_in_both_with_one_set_of_marks() -> None:
    mentions = [
        {"issue": "b-2", "issue_title": "B 2", "position": 1, "title": None, "abstract": "Cut ..."},
        {"issue": "a-1", "issue_title": "A 1", "position": 7, "title": "Old Title"},
    ]
    record = {"type": "journal", "title": "T", "doi": "https://doi.org/10.1000/X", "year": 2020}
    found = collect([{"id": "doi:10.1000/x", "title": "T", "identifiers": {"doi": "10.1000/X"}, "mentions": mentions,
                      "record": record, "starred": True}])  # fmt: skip
    assert [(issue.id, issue.title) for issue in found.issues] == [("b-2", "B 2"), ("a-1", "A 1")]
    for issue in found.issues:
        (entry,) = issue.entries
        assert entry.identifiers == {"doi": "10.1000/x"}
        assert entry.record == Record(type="journal", title="T", doi="10.1000/x", year=2020)
    assert found.marks == {(0, 0): Marks(starred=True), (1, 0): Marks(starred=True)}


def test_what_only_the_paper_knows_goes_to_its_newest_mention() -> None:
    mentions = [{"issue": "b", "position": 1, "title": "T"}, {"issue": "a", "position": 1, "title": "T"}]
    item = {
        "title": "T",
        "abstract": "Whole.",
        "tags": [],
        "mentions": mentions,
        "sections": [{"heading": "h", "text": "t"}],
    }
    newest, older = (issue.entries[0] for issue in collect([item]).issues)
    assert (newest.abstract, newest.sections) == ("Whole.", (Section("h", "t"),))
    assert (older.abstract, older.sections) == (None, ())


def test_a_list_without_mentions_is_one_issue_named_after_the_file() -> None:
    found = collect([{"title": "A"}, {"abstract": "Only words."}, {"identifiers": {"arxiv": "arXiv:2010.10915v3"}}])
    (issue,) = found.issues
    assert (issue.title, issue.id, found.marks, issue.warnings) == ("list", "", {}, ())
    assert [(entry.title, entry.abstract, entry.identifiers) for entry in issue.entries] == [
        ("A", None, {}),
        (None, "Only words.", {}),
        (None, None, {"arxiv": "2010.10915"}),
    ]


def test_one_paper_as_show_prints_it_is_read_too() -> None:
    (issue,) = collect({"title": "A", "identifiers": {}, "position": 3}).issues
    assert [entry.title for entry in issue.entries] == ["A"]


def test_a_paper_that_only_its_record_names_is_told_by_it() -> None:
    (entry,) = collect([{"record": {"title": "A", "authors": ["B C"]}}]).issues[0].entries
    assert entry.title == "A"
    (entry,) = collect([{"record": {"title": "A", "arxiv": "2010.10915v1"}}]).issues[0].entries
    assert (entry.title, entry.identifiers) == (None, {"arxiv": "2010.10915"})


@pytest.mark.parametrize("item", [5, None, "x", [], {}, {"note": "x"}, {"title": 7}, {"title": " "}, {"record": {}},
                                  {"identifiers": {"arxiv": "no"}}, {"mentions": [{"issue": "a"}]}])  # fmt: skip
def test_an_element_that_names_no_paper_is_a_remark_with_its_line(item: object) -> None:
    (issue,) = collect([{"title": "A"}, item, {"title": "B"}]).issues
    assert [entry.title for entry in issue.entries] == ["A", "B"]
    assert [remark.line for remark in issue.warnings] == [5]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("authors", "Jane Doe"), ("authors", ["Jane", 5]), ("year", "n.d."), ("year", True), ("abstract", ["x"]),
        ("links", [{"url": "javascript:alert(1)"}]), ("links", ["https://example.org"]), ("state", "burnt"),
        ("identifiers", {"doi": "nonsense"}), ("identifiers", []), ("metrics", {"a": "b"}), ("posts", [{}]),
        ("sections", {"heading": "x"}), ("tags", "a"), ("marked", 1), ("mentions", {}), ("record", "x"), ("venue", 3),
        ("details", "x"), ("colour", "red"),
    ],
)  # fmt: skip
def test_a_value_of_a_wrong_shape_is_a_remark_and_the_paper_is_read(name: str, value: object) -> None:
    (issue,) = collect([{"title": "A", name: value}]).issues
    assert [entry.title for entry in issue.entries] == ["A"]
    (remark,) = issue.warnings
    assert name in remark.why
    assert not [link for entry in issue.entries for link in entry.links]


def test_a_missing_state_is_taken_from_read() -> None:
    assert collect([{"title": "A", "read": True}]).marks == {(0, 0): Marks(state="read")}


def test_a_key_that_would_break_a_bib_file_does_not_come_back() -> None:
    assert collect([{"title": "A", "key": "a}b", "note": "n"}]).marks == {(0, 0): Marks(note="n")}


def test_a_file_that_was_cut_gives_what_it_holds_and_says_where_it_ends() -> None:
    text = json.dumps([{"title": "A"}, {"title": "B"}, {"title": "C"}], indent=1)
    (issue,) = papers_json.parse(Document(text[:-20], "cut.json"))
    assert [entry.title for entry in issue.entries] == ["A", "B"]
    assert [(remark.line, "broken" in remark.why) for remark in issue.warnings] == [(8, True)]


@pytest.mark.parametrize(("tail", "count"), [("", 1), ("]", 0), ("] trailing", 1), ("] ]", 1), (",", 1)])
def test_the_end_of_a_list_is_minded(tail: str, count: int) -> None:
    (issue,) = papers_json.parse(Document('[{"title": "A"}' + tail, "end.json"))
    assert [entry.title for entry in issue.entries] == ["A"]
    assert len(issue.warnings) == count
