"""What the tests of the library keep in it, and what builds more of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from tui.library import IssueContents, Library, PaperState, StateContents
from tui.library.names import details_file, issue_file, shard_file
from tui.model import STATES, Choices, Entry, Issue, Link, Marks, Post, Record, Remark, Section

READ = PaperState(Marks(state="read", tags=("graphs", "später"), note="Two\nlines"))
MARKED = PaperState(Marks(marked=True))

ISSUE = Issue(
    id="weekly-6",
    title="Week 6",
    series="Weekly",
    number="6",
    date="2022-12-21",
    format="newsletter",
    introduction="First.\n\nSecond.",
    text="as printed\n",
    entries=(
        Entry(
            title="Contrastive learning of sounds",
            authors=("Aaqib Saeed", "王小明"),
            identifiers={"arxiv": "2010.10915"},
            links=(Link("https://arxiv.org/abs/2010.10915", "paper"),),
            sections=(Section("What is it?", "One.\nTwo."),),
            posts=(Post("ناشر", "AK", "ak92501", "2021-02-26"),),
            metrics={"retweets": 96, "score": 0.5},
            record=Record(type="preprint", title="Contrastive learning of sounds", year=2020),
        ),
        Entry(abstract="An abstract alone is still an entry."),
    ),
    warnings=(Remark(3, "???", "no heading"),),
)
PAPERS = ("arxiv:2010.10915", "words:abstract-alone")


ASKED: dict[str, Any] = {"answers": [{"provider": "arxiv", "id": "2010.10915"}], "done": "2026-11-21T10:00:00Z"}
"""What a service said of the first paper."""


@dataclass
class Held:
    """All that the files of a library hold: issues with the ids of their papers, states and inquiries by paper."""

    issues: dict[str, Issue] = field(default_factory=dict)
    papers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    states: dict[str, PaperState] = field(default_factory=dict)
    inquiries: dict[str, Mapping[str, Any]] = field(default_factory=dict)


WHOLE = Held({ISSUE.id: ISSUE}, {ISSUE.id: PAPERS}, {PAPERS[0]: READ, PAPERS[1]: MARKED}, {PAPERS[0]: ASKED})
"""What the library of :func:`made` holds."""


def held(library: Library) -> Held:
    """Return all that the files of *library* hold, after reading each of them."""
    found = Held()
    for file in library.stamps():
        contents = library.read(file)
        if isinstance(contents, IssueContents):
            found.issues[contents.issue.id] = contents.issue
            found.papers[contents.issue.id] = contents.papers
        elif isinstance(contents, StateContents):
            found.states |= contents.states
            found.inquiries = {**(contents.details.inquiries if contents.details else {}), **found.inquiries}
        elif contents is not None:
            found.inquiries |= contents.inquiries
    return found


def kept(folder: Path) -> Held:
    """Return all that the library in *folder* holds, which must be without a fault."""
    with Library(folder) as library:
        found = held(library)
        assert library.reports == ()
    return found


def made(folder: Path) -> Library:
    """Return an open library with one issue, two states and an inquiry, all saved."""
    library = Library(folder)
    library.put_issue(ISSUE, PAPERS)
    library.put_states({PAPERS[0]: READ, PAPERS[1]: MARKED})
    library.put_inquiries({PAPERS[0]: ASKED})
    library.flush()
    return library


def file_of(folder: Path, name: str) -> Path:
    """Return the file of an issue, or of a paper's state."""
    return folder / (issue_file(name) if name == ISSUE.id else shard_file(name))


def details_of(folder: Path, name: str = PAPERS[0]) -> Path:
    """Return the file of what services said of a paper."""
    return folder / details_file(name)


def neighbours(count: int, shard: str = "papers/00.json") -> list[str]:
    """Return ids of papers that share one file."""
    found: list[str] = []
    number = 0
    while len(found) < count:
        number += 1
        name = f"arxiv:{number}"
        if shard in (shard_file(name), details_file(name)):
            found.append(name)
    return found


words = st.text(max_size=30)
maybe = st.none() | words
numbers = st.integers(-(2**53), 2**53)
json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | numbers | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)
several = st.lists(words, max_size=3).map(tuple)
links = st.builds(Link, words, st.sampled_from(["paper", "pdf", "code", "other"]))
records = st.builds(
    Record,
    type=st.sampled_from(["preprint", "journal", "other"]),
    title=maybe,
    authors=several,
    year=st.none() | st.integers(1, 3000),
    doi=maybe,
)
entries = st.builds(
    Entry,
    title=maybe,
    authors=several,
    more_authors=st.integers(0, 99),
    abstract=maybe,
    year=st.none() | st.integers(1, 3000),
    identifiers=st.dictionaries(words, words, max_size=3),
    links=st.lists(links, max_size=2).map(tuple),
    sections=st.lists(st.builds(Section, words, words), max_size=2).map(tuple),
    posts=st.lists(st.builds(Post, words, maybe, maybe, maybe), max_size=2).map(tuple),
    metrics=st.dictionaries(words, numbers | st.floats(allow_nan=False, allow_infinity=False), max_size=2),
    record=st.none() | records,
    line=st.integers(0, 10**6),
)
issues = st.builds(
    Issue,
    id=words,
    title=words,
    entries=st.lists(entries, max_size=3).map(tuple),
    format=words,
    series=maybe,
    introduction=maybe,
    text=st.text(max_size=200),
    warnings=st.lists(st.builds(Remark, st.integers(0, 99), words, words), max_size=2).map(tuple),
)
marks = st.builds(
    Marks,
    marked=st.booleans(),
    starred=st.booleans(),
    state=st.sampled_from(STATES),
    tags=several,
    note=st.text(max_size=50),
    key=maybe,
)
choices = st.builds(
    Choices,
    values=st.dictionaries(words, words, max_size=2),
    sources=st.dictionaries(words, words, max_size=2),
    taken=several,
    refused=several,
    version=st.sampled_from([None, "preprint", "published"]),
)
FIELDS = ("id", "marks", "choices", "inquiry", "merged_into")
"""The names that a paper's document has of its own."""
