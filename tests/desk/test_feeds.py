"""Feeds in the library: what was taken in is known again, a replaced paper is the same paper, and its marks stay."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.digests.feeds import announced, rss
from tui.desk import Desk
from tui.desk.intake import read_text
from tui.library import Library
from tui.settings import Settings

DAY = (
    "<title>cs.DL updates on arXiv.org</title><link>http://rss.arxiv.org/rss/cs.DL</link><pubDate>{} Jan 2024</pubDate>"
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk(Library(tmp_path / "library"), Settings()) as desk:
        yield desk


def outcomes(desk: Desk, feed: str) -> list[tuple[str, int, int]]:
    return [(each.outcome, each.papers, each.new_papers) for each in desk.take_all(read_text(feed, "feed.xml"))]


def test_a_paper_that_is_replaced_the_next_day_is_the_same_and_keeps_its_marks(desk: Desk) -> None:
    first = rss(announced("2401.00001", "new"), announced("2401.00002", "new"), channel=DAY.format("05"))
    assert outcomes(desk, first) == [("new", 2, 2)]
    desk.marking.mark(["arxiv:2401.00001"])
    second = rss(announced("2401.00001", "replace", 2), channel=DAY.format("08"))
    assert outcomes(desk, second) == [("new", 1, 0)]
    assert outcomes(desk, second) == [("known", 1, 0)]
    paper = desk.paper("arxiv:2401.00001")
    assert paper.marks.marked
    assert [mention.entry.sections[0].text for mention in paper.mentions] == ["replaced (v2)", "new"]


def test_posts_are_known_again_with_papers_and_without_with_addresses_and_without(desk: Desk) -> None:
    feed = rss(
        "<title>One</title><link>/1</link><description>arXiv:1706.03762</description>",
        "<title>A walk</title><link>/2</link><description>No paper.</description>",
        "<title>Another walk</title><pubDate>05 Jan 2024</pubDate><description>None.</description>",
        "<title>Another walk</title><pubDate>06 Jan 2024</pubDate><description>None.</description>",
    )
    assert [each[0] for each in outcomes(desk, feed)] == ["new"] * 4
    assert [each[0] for each in outcomes(desk, feed)] == ["known"] * 4
    changed = feed.replace("arXiv:1706.03762", "arXiv:1706.03762 and arXiv:1512.03385")
    assert sorted(outcomes(desk, changed)) == [("known", 0, 0)] * 3 + [("updated", 2, 1)]
