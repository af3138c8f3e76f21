"""A window that is pulled about: it is drawn between a size and what the panes make of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.geometry import Size

from tests.screens.drive import driven
from tui.desk import Desk
from tui.model import Entry, Issue
from tui.widgets.paper_list import WIDE, PaperList


async def test_a_list_is_drawn_at_its_new_size_before_it_is_told_of_it(
    make_desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Textual gives a widget its size when it lays out, draws, and only then tells it of that.
    entries = tuple(Entry(title=f"Paper {n}", identifiers={"arxiv": f"2301.{n:05}"}) for n in range(40))
    async with driven(make_desk(Issue(id="", title="w", format="links", entries=entries)), (200, 30)) as hands:
        papers = hands.browse.paper_list
        for width, height in ((WIDE + 10, 1), (WIDE - 10, 2), (WIDE + 10, 1)):
            monkeypatch.setattr(PaperList, "size", property(lambda _, width=width: Size(width, 20)))
            drawn = [papers.render_line(y).text for y in range(20)]
            assert papers.row_height == height
            assert sum("Paper" in line for line in drawn) == 20 // height
