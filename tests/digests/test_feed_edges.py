"""Feeds that say little, say it twice, or say it otherwise: versions, bases, enclosures, and JSON that breaks."""

from __future__ import annotations

import json

import pytest

from tests.digests.feeds import announced, atom, rss
from tests.digests.test_feed import feed_in, issues_in
from tui.digests import feed_elements, feed_json
from tui.digests.document import Document
from tui.digests.feed_json import json_feed
from tui.errors import UnreadableError


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (announced("2401.00001", "replace", 2), "replaced (v2)"),
        (
            "<title>A Study (arXiv:2401.00001v3 [cs.DL] UPDATED)</title><link>https://arxiv.org/abs/2401.00001</link>",
            "replaced (v3)",
        ),
        (
            "<title>A Study of Lists</title><link>https://arxiv.org/abs/2401.00001v4</link>"
            "<guid>https://arxiv.org/abs/2401.00001v4</guid><arxiv:announce_type>replace</arxiv:announce_type>",
            "replaced (v4)",
        ),
        (
            "<title>A Study of Lists</title><link>https://arxiv.org/abs/2401.00001v5.pdf</link>"
            "<guid isPermaLink='false'>x</guid><arxiv:announce_type>replace</arxiv:announce_type>",
            "replaced (v5)",
        ),
        (
            "<title>A Study of Lists</title><link>https://arxiv.org/abs/2401.00001</link>"
            "<arxiv:announce_type>replace</arxiv:announce_type>",
            "replaced",
        ),
        (
            "<title>A Study of Lists</title><link>https://arxiv.org/abs/2401.00001v1</link>"
            "<arxiv:announce_type>new</arxiv:announce_type>",
            "new",
        ),
    ],
)
def test_the_version_that_is_announced_is_found_wherever_it_stands(item: str, said: str) -> None:
    (issue,) = issues_in(rss(item))
    (entry,) = issue.entries
    assert entry.identifiers == {"arxiv": "2401.00001"}
    assert [section.text for section in entry.sections if section.heading == "Announced"] == [said]


@pytest.mark.parametrize(
    ("body", "abstract"),
    [
        ("Abstract: We count lists.", "We count lists."),
        ("ABSTRACT\nWe count lists.", "We count lists."),
        ("Abstract.", None),
        ("Abstract We count lists.", "We count lists."),
        ("Abstract  本文", "本文"),
        ("Abstraction is counted.", "Abstraction is counted."),
        ("Abstract reasoning is counted.", "Abstract reasoning is counted."),
        ("abstract  reasoning is counted.", "abstract reasoning is counted."),
    ],
)
def test_the_label_abstract_is_no_part_of_one_and_the_word_is(body: str, abstract: str | None) -> None:
    if abstract:
        body, abstract = body + " More of it." * 30, abstract + " More of it." * 30
    (issue,) = issues_in(
        rss(f"<title>A Study of Lists</title><link>https://doi.org/10.1000/x</link><description>{body}</description>")
    )
    assert issue.entries[0].abstract == abstract


def test_addresses_stand_on_the_base_of_their_item(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = "".join(
        f'<entry xml:base="{base}"><title>T</title><link href="post"/><id>x{n}</id><content>A text</content></entry>'
        for n, base in enumerate(("https://other.example/deep/", "deeper/", "javascript:alert(1)", ""))
    )
    text = (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://home.example/a/"><title>F</title>{entries}</feed>'
    )
    assert [item.address for item in feed_in(text).items] == [
        "https://other.example/deep/post",
        "https://home.example/a/deeper/post",
        "https://home.example/a/post",
        "https://home.example/a/post",
    ]


def test_enclosures_and_categories_without_an_address_or_a_word_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_elements, "MAX_VALUES", 3)
    item = (
        "<title>T</title><link>https://lists.example/1</link><enclosure/><enclosure url=''/>"
        "<category/><category></category>"
        + "".join(f"<enclosure url='https://lists.example/{n}.pdf'/><category>c{n}</category>" for n in range(5))
    )
    (found,) = feed_in(rss(item)).items
    assert found.links == tuple(f"https://lists.example/{n}.pdf" for n in range(3))
    assert found.categories == ("c0", "c1", "c2")


def test_a_text_that_says_it_is_one_is_no_markup() -> None:
    one, other = feed_in(
        atom(
            "<title>T</title><id>1</id><content type='text'>Where a &lt;b&gt; and c</content>",
            "<title>T</title><id>2</id><content type='html'>Where a &lt;b&gt;is&lt;/b&gt; c</content>",
        )
    ).items
    assert (one.markup, one.text) == ("text", "Where a <b> and c")
    assert other.markup == "html"


# JSON Feed


def document(text: str) -> Document:
    return Document(text, "feed.json", "https://lists.example/feed.json")


def test_a_json_feed_keeps_what_is_an_item_and_says_what_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_json, "MAX_ITEMS", 4)
    items = [{"id": "1", "url": "/1", "content_text": "A"}, "no item \x1b[2J", None, [1], {"id": "5"}, {"id": "6"}]
    text = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "T", "title\x1b": 3, "items": items})
    feed = json_feed(document(text))
    assert [item.address for item in feed.items] == ["https://lists.example/1"]
    assert [remark.why for remark in feed.remarks] == ["is no item of a JSON Feed"] * 3 + [
        "has more than 4 items; 2 were left out"
    ]
    assert not any("\x1b" in remark.text for remark in feed.remarks)


@pytest.mark.parametrize("end", ['{"id": "2", ', "nonsense]}", "3 4", '"title": ', "[[[", ""])
def test_what_stands_before_a_break_is_read_and_the_break_is_told(end: str) -> None:
    text = '{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "content_text": "A"},\n' + end
    feed = json_feed(document(text))
    assert feed.items[0].id == "1"
    (told,) = (remark for remark in feed.remarks if remark.why.endswith("what stands before was read"))
    assert told.line in (1, 2)


@pytest.mark.parametrize("text", ['{1: 2, "title": "T"}', '{"title": "T", 3: 4}', '{[]: 1, "title": "T"}'])
def test_a_name_that_is_none_is_passed_over(text: str) -> None:
    assert json_feed(document(text)).title == "T"


def test_a_json_feed_too_large_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_json, "MAX_BYTES", 10_000_000)
    with pytest.raises(UnreadableError, match=r"^feed\.json is larger than 10 MB, too large for a feed\.$"):
        json_feed(document("{" + " " * 10_000_000))
