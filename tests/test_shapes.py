"""What is written as plain JSON comes back as it was, and what strangers wrote is read as far as it goes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.model import STATES, Entry, Issue, Link, Marks, Mention, Post, Record, Remark, Section
from tui.shapes import plain, restore

WORDS = st.text(max_size=20)
NUMBERS = st.integers(-(10**6), 10**6)
LINKS = st.builds(Link, url=WORDS, rel=st.sampled_from(["paper", "pdf", "code", "other"]))
RECORDS = st.builds(
    Record,
    type=st.sampled_from(["preprint", "conference", "other"]),
    title=st.none() | WORDS,
    authors=st.lists(WORDS, max_size=3).map(tuple),
    year=st.none() | NUMBERS,
    doi=st.none() | WORDS,
)
ENTRIES = st.builds(
    Entry,
    title=st.none() | WORDS,
    authors=st.lists(WORDS, max_size=3).map(tuple),
    more_authors=NUMBERS,
    abstract=st.none() | WORDS,
    identifiers=st.dictionaries(WORDS, WORDS, max_size=3),
    links=st.lists(LINKS, max_size=2).map(tuple),
    sections=st.lists(st.builds(Section, heading=WORDS, text=WORDS), max_size=2).map(tuple),
    posts=st.lists(st.builds(Post, text=WORDS, handle=st.none() | WORDS), max_size=2).map(tuple),
    metrics=st.dictionaries(WORDS, NUMBERS | st.floats(allow_nan=False, allow_infinity=False), max_size=3),
    record=st.none() | RECORDS,
    line=NUMBERS,
)
ISSUES = st.builds(
    Issue,
    id=WORDS,
    title=WORDS,
    entries=st.lists(ENTRIES, max_size=3).map(tuple),
    format=WORDS,
    number=st.none() | WORDS,
    introduction=st.none() | WORDS,
    text=WORDS,
    warnings=st.lists(st.builds(Remark, line=NUMBERS, text=WORDS, why=WORDS), max_size=2).map(tuple),
)
MARKS = st.builds(
    Marks,
    marked=st.booleans(),
    starred=st.booleans(),
    state=st.sampled_from(STATES),
    tags=st.lists(WORDS, max_size=3).map(tuple),
    note=WORDS,
    key=st.none() | WORDS,
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*Entry.__dataclass_fields__]), inner),
    max_leaves=20,
)


@given(st.one_of(ENTRIES, ISSUES, MARKS, RECORDS))
def test_what_was_written_comes_back_as_it_was(thing: Any) -> None:
    assert restore(type(thing), json.loads(json.dumps(plain(thing)))) == thing


def test_a_mention_with_everything_in_it_comes_back() -> None:
    entry = Entry(
        title="[Re] Ö", links=(Link("https://a.org", "code"),), metrics={"retweets": 96}, record=Record(year=1)
    )
    mention = Mention("i", "Issue", None, "6", "2021-02-26", 3, entry)
    assert restore(Mention, json.loads(json.dumps(plain(mention)))) == mention


def test_defaults_are_left_out() -> None:
    assert plain(Entry()) == {}
    assert plain(Marks()) == {}
    assert plain(Entry(title="A", authors=("B",))) == {"title": "A", "authors": ["B"]}


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        ({"title": "A", "invented": [1, 2]}, Entry(title="A")),
        ({"title": ["A"], "authors": "B"}, Entry()),
        ({"authors": ["A", 1, None, {"name": "B"}, "C"]}, Entry(authors=("A", "C"))),
        ({"year": "1998"}, Entry(year=1998)),
        ({"year": " 1998 "}, Entry(year=1998)),
        ({"year": "MCMXCVIII"}, Entry()),
        ({"year": "9" * 5000}, Entry()),
        ({"year": True}, Entry()),
        ({"year": 1998.5}, Entry()),
        ({"metrics": {"a": 1, "b": float("inf"), "c": float("nan"), "d": True}}, Entry(metrics={"a": 1})),
        ({"identifiers": {"arxiv": "1706.03762", "doi": None}}, Entry(identifiers={"arxiv": "1706.03762"})),
        ({"identifiers": ["arxiv"]}, Entry()),
        ({"links": [{"url": "https://a.org", "rel": "nonsense"}]}, Entry(links=(Link("https://a.org"),))),
        ({"links": [{"rel": "pdf"}, {"url": "https://b.org"}]}, Entry(links=(Link("https://b.org"),))),
        ({"record": {"type": "poem", "title": "T"}}, Entry(record=Record(title="T"))),
        ({"record": "none"}, Entry()),
        ({"title": None, "abstract": ""}, Entry()),
        ({"title": "\x1b[31mred\x1b[0m"}, Entry(title="red")),
    ],
)  # fmt: skip
def test_what_strangers_wrote_is_read_as_far_as_it_goes(data: dict[str, Any], wanted: Entry) -> None:
    assert restore(Entry, data) == wanted


@pytest.mark.parametrize("data", [None, [], "text", 7, True])
def test_what_is_no_object_is_refused_in_words(data: object) -> None:
    with pytest.raises(ValueError, match=r"^an? entry is an object, not \w+$"):
        restore(Entry, data)


def test_what_lacks_the_essential_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match=r"^a link needs its url$"):
        restore(Link, {"rel": "code"})


@given(ANYTHING)
def test_nothing_that_json_can_hold_breaks_it(data: Any) -> None:
    try:
        entry = restore(Entry, data)
    except ValueError:
        assert not isinstance(data, dict)
    else:
        json.dumps(plain(entry), allow_nan=False)


def test_an_empty_object_is_not_the_same_as_none() -> None:
    entry = Entry(title="A", record=Record())
    assert restore(Entry, plain(entry)) == entry
