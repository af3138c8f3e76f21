"""Lists of sources as OPML: what goes out comes in again, and what means harm is a sentence."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.desk.opml import DEPTH, MOST, read_opml, write_opml
from tui.errors import UnreadableError
from tui.model import FollowedSource
from tui.text import clean

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def opml(body: str) -> bytes:
    return f'<?xml version="1.0"?><opml version="2.0"><head/><body>{body}</body></opml>'.encode()


def test_folders_titles_and_pages_are_read() -> None:
    listed = read_opml(
        opml(
            '<outline text="Science"><outline title="Papers"><outline text="A" type="RSS" '
            'xmlUrl="https://a.example/f" htmlUrl="https://a.example/"/></outline></outline>'
            '<outline text="B" xmlUrl="feed://b.example/f" category="/x/y,tag"/>'
            '<outline text="C" type="page" htmlUrl="https://c.example/papers"/>'
        ),
        "list",
    )
    a, b, c = listed.outlines
    assert (a.url, a.title, a.home, a.folder) == ("https://a.example/f", "A", "https://a.example/", "Science/Papers")
    assert (b.url, b.folder) == ("http://b.example/f", "x/y")
    assert (c.url, c.page) == ("https://c.example/papers", True)
    assert listed.remarks == ()


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ('<outline type="include" text="i" url="https://evil.example/more.opml"/>', "includes another file"),
        ('<outline text="i" xmlUrl="https://reader:secret@a.example/feed"/>', "has a name or password in its address"),
        ('<outline type="link" text="i" xmlUrl="https://evil.example/more.opml"/>', "includes another file"),
        ('<outline text="e" xmlUrl="exec:rm -rf ~"/>', "no http or https"),
        ('<outline text="e" xmlUrl="|curl evil"/>', "no http or https"),
        ('<outline text="e" xmlUrl="file:///etc/passwd"/>', "no http or https"),
        ('<outline text="e" xmlUrl="javascript:alert(1)"/>', "no http or https"),
        ('<outline text="e" filtercmd="sh" xmlUrl="filter:sh:https://a.example"/>', "no http or https"),
    ],
)
def test_what_is_no_address_of_the_web_or_includes_more_is_told_and_not_taken(body: str, why: str) -> None:
    listed = read_opml(opml(body), "list")
    assert listed.outlines == ()
    (remark,) = listed.remarks
    assert why in remark


def test_comments_are_passed_over_and_one_that_stands_there_twice_is_taken_once() -> None:
    twice = '<outline text="A" xmlUrl="https://a.example/f"/><outline text="A2" xmlUrl="http://www.a.example/f/"/>'
    hidden = f'<outline text="x" isComment="true">{twice}</outline>'
    listed = read_opml(opml(hidden + twice), "list")
    assert [each.title for each in listed.outlines] == ["A"]
    assert "twice" in listed.remarks[0]


@pytest.mark.parametrize(
    "data",
    [
        b'<?xml version="1.0"?><!DOCTYPE o [<!ENTITY a SYSTEM "file:///etc/passwd">]><opml><body><outline text="&a;" '
        b'xmlUrl="https://a.example"/></body></opml>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE o [<!ENTITY a "b">]><opml/>'.encode("utf-16"),
        b"<html><body><outline/></body></html>",
        b"no XML at all",
        b"",
        b"\x89PNG\r\n\x1a\n",
        b"<opml>" + b" " * 10_000_001,
    ],
)
def test_what_is_no_list_is_one_sentence(data: bytes) -> None:
    with pytest.raises(UnreadableError) as error:
        read_opml(data, "list.opml")
    assert str(error.value).startswith("list.opml ")
    assert "\n" not in str(error.value)


def test_a_doctype_behind_many_comments_gives_no_entity_away() -> None:
    data = (
        b"<!--" + b"x" * 9_000 + b'--><!DOCTYPE opml [<!ENTITY a SYSTEM "file:///etc/hostname"><!ENTITY b "secret">]>'
    )
    data += b'<opml><body><outline text="&a;&b;" xmlUrl="https://a.example/f"/></body></opml>'
    with pytest.raises(UnreadableError, match="declares entities"):
        read_opml(data, "list")


def test_deep_and_many_outlines_end_in_time() -> None:
    begun = time.monotonic()
    deep = (
        '<outline text="d">' * (DEPTH + 5)
        + '<outline text="x" xmlUrl="https://x.example"/>'
        + "</outline>" * (DEPTH + 5)
    )
    assert "nested more than" in read_opml(opml(deep), "list").remarks[0]
    many = "".join(f'<outline text="t" xmlUrl="https://h{n}.example"/>' for n in range(MOST + 50))
    listed = read_opml(opml(many), "list")
    assert len(listed.outlines) == MOST
    assert "more than 5,000" in listed.remarks[-1]
    assert read_opml(b"<opml><body>" + b"<outline>" * 200_000, "list").outlines == ()
    assert time.monotonic() - begun < 10


def test_a_list_that_is_not_well_formed_is_read_as_far_as_it_can_be() -> None:
    listed = read_opml(b'<opml><body><outline text="A & B" xmlUrl="https://a.example/f?x=1&y=2"/>', "list")
    assert next(each.url for each in listed.outlines).startswith("https://a.example/f")
    assert "not well-formed" in listed.remarks[0]


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="/"), min_size=1, max_size=12).map(clean).filter(bool)


@given(
    st.lists(
        st.builds(
            lambda n, title, folder, page: FollowedSource(
                f"id{n}", f"https://h{n}.example/f", title, "page" if page else "feed", "/".join(folder) or None
            ),
            st.integers(0, 10**6), WORDS, st.lists(WORDS, max_size=3), st.booleans(),
        ),
        unique_by=lambda each: each.url,
        max_size=8,
    )
)  # fmt: skip
def test_what_goes_out_comes_in_again(sources: list[FollowedSource]) -> None:
    text = write_opml(sources, NOW)
    listed = read_opml(text.encode(), "list")
    assert listed.remarks == ()
    found = {
        each.url: (each.title or each.url, each.folder, "page" if each.page else "feed") for each in listed.outlines
    }
    assert found == {each.url: (each.name, each.folder, each.kind) for each in sources}
