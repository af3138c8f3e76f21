"""How the screens are left and found again, how wide panes are, the first lesson, and the mouse."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.events import MouseScrollDown

from tests.conftest import SAMPLES
from tests.screens.drive import Driven
from tui.app import PaperrackApp
from tui.desk import Desk
from tui.desk.layout import Layout, Left, Place, read
from tui.model import Entry, Issue
from tui.settings import Appearance, Network, Settings
from tui.widgets.issue_list import IssueList
from tui.widgets.where import Where

Make = Callable[..., Desk]


def issue(number: str, *titles: str) -> Issue:
    """Return an issue of a weekly."""
    entries = tuple(Entry(title=title, identifiers={"doi": f"10.1000/{title[-3:]}"}) for title in titles)
    return Issue(
        id="",
        title=f"Week {number}",
        series="Weekly",
        number=number,
        date=f"2026-0{number}-01",
        format="links",
        entries=entries,
    )


FIRST = issue("1", "The oldest paper aaa", "The second paper bbb", "The third paper ccc")
SECOND = issue("2", "A new paper of this week ddd", "Another new paper eee")
THIRD = issue("3", "What arrived meanwhile fff")


@asynccontextmanager
async def opened(desk: Desk, file: Path | None, size: tuple[int, int] = (160, 40)) -> AsyncIterator[Driven]:
    """Yield the app as it is found again where *file* says how it was left."""
    app = PaperrackApp(desk, layout=read(file) if file else Layout())
    async with app.run_test(size=size, notifications=True) as pilot:
        hands = Driven(app, pilot)
        await hands.settle()
        yield hands


# Where the reader left


async def test_the_screens_open_where_they_were_left(make_desk: Make, tmp_path: Path) -> None:
    desk, file = make_desk(FIRST, SECOND), tmp_path / "layout.json"
    async with opened(desk, file) as hands:
        await hands.press("escape", "]", "j")
        assert hands.current == "The second paper bbb"
    async with opened(desk, file) as hands:
        assert hands.current == "The second paper bbb"
        assert hands.browse.where.place.endswith("Week 1")


async def test_an_issue_that_came_since_is_shown_first(make_desk: Make, tmp_path: Path) -> None:
    desk, file = make_desk(FIRST, SECOND), tmp_path / "layout.json"
    async with opened(desk, file) as hands:
        await hands.press("escape", "]", "j")
    desk.keep(THIRD)
    async with opened(desk, file) as hands:
        assert hands.current == "What arrived meanwhile fff"


async def test_the_start_is_where_something_is_unread_and_never_an_issue_that_names_no_paper(
    make_desk: Make, tmp_path: Path
) -> None:
    empty = dataclasses.replace(
        THIRD, entries=(), title="A letter", introduction="No paper this week, [b]only[/b] thanks. " * 60
    )
    desk, file = make_desk(FIRST, SECOND, empty), tmp_path / "layout.json"
    assert desk.shelf()[0].papers == 0
    async with opened(desk, file) as hands:
        assert hands.current == "A new paper of this week ddd"
        desk.marking.mark_read(hands.browse.paper_list.papers[:])
        hands.browse.show_issue(desk.shelf()[0].id)
        await hands.settle()
        assert "This issue names no paper." in hands.screen_text
        assert "No paper this week, [b]only[/b] thanks." in hands.screen_text
        assert "takes in a file" not in hands.screen_text
    async with opened(desk, tmp_path / "other.json") as hands:
        assert hands.current == "The oldest paper aaa"
        desk.marking.mark_read(hands.browse.paper_list.papers[:])
    async with opened(desk, tmp_path / "third.json") as hands:
        assert hands.current == "A new paper of this week ddd"


async def test_a_library_whose_issues_name_no_paper_says_so_and_teaches(make_desk: Make, tmp_path: Path) -> None:
    desk = make_desk(dataclasses.replace(THIRD, entries=()))
    async with opened(desk, tmp_path / "layout.json") as hands:
        assert "This issue names no paper." in hands.screen_text
        hands.browse.show_issue("")
        await hands.settle()
        assert "No issue on the rack names a paper." in hands.screen_text
        assert "takes in a file" in hands.screen_text
        assert "No digest is on the rack yet." not in hands.screen_text


async def test_a_place_among_the_issues_is_found_again_with_its_paper(make_desk: Make, tmp_path: Path) -> None:
    desk, file = make_desk(FIRST, SECOND), tmp_path / "layout.json"
    async with opened(desk, file) as hands:
        await hands.press("escape", "c", "c")
        hands.browse.go_to_place("to-read")
        await hands.press("j")
        assert hands.current == "Another new paper eee"
    async with opened(desk, file) as hands:
        assert (hands.browse.where.place, hands.current) == ("To read", "Another new paper eee")
        hands.browse.take_in([str(SAMPLES / "01-margin-notes-14.html")])
        await hands.settle()
        assert len(hands.titles) == 6  # what came in is shown, and not what of it is to be read
    Layout(file).keep(desk.library.folder, Place(newest=desk.shelf()[0].id, among="nowhere"), Left())
    async with opened(desk, file) as hands:
        assert hands.browse.where.place == "All papers"


async def test_a_place_that_was_left_empty_is_not_gone_back_to(make_desk: Make, tmp_path: Path) -> None:
    desk, file = make_desk(FIRST, SECOND), tmp_path / "layout.json"
    async with opened(desk, file) as hands:
        await hands.press("escape", "apostrophe")
        assert hands.titles == []
    async with opened(desk, file) as hands:
        assert hands.current == "A new paper of this week ddd"


async def test_an_issue_that_is_gone_is_not_gone_back_to(make_desk: Make, tmp_path: Path) -> None:
    desk, file = make_desk(FIRST, SECOND), tmp_path / "layout.json"
    place = Place(issue="weekly-7", paper="doi:10.1000/zzz", newest=desk.shelf()[0].id)
    Layout(file).keep(desk.library.folder, place, Left())
    async with opened(desk, file) as hands:
        assert hands.current == "A new paper of this week ddd"


async def test_each_library_is_left_at_its_own_place(make_desk: Make, tmp_path: Path) -> None:
    one, other, file = make_desk(FIRST), make_desk(SECOND), tmp_path / "layout.json"
    for desk, keys in ((one, ("escape", "j", "j")), (other, ("j",))):
        async with opened(desk, file) as hands:
            await hands.press(*keys)
    for desk, title in ((one, "The third paper ccc"), (other, "Another new paper eee")):
        async with opened(desk, file) as hands:
            assert hands.current == title


async def test_the_order_and_the_widths_are_remembered(make_desk: Make, tmp_path: Path) -> None:
    desk, file = make_desk(FIRST), tmp_path / "layout.json"
    async with opened(desk, file) as hands:
        hands.browse.sort = "title"
        await hands.press("escape", "h", "greater_than_sign", "greater_than_sign")
        wide = hands.browse.query_one("#issues-pane").size.width
        assert wide == 44
    async with opened(desk, file) as hands:
        assert hands.browse.sort == "title"
        assert hands.browse.query_one("#issues-pane").size.width == wide


@pytest.mark.parametrize(
    "content", ["", "[", "[]", '{"sort": 3, "issues": "x", "places": 4}', '{"places": {"a": [1]}}', "\x00"]
)
async def test_a_damaged_file_is_passed_over_in_silence(make_desk: Make, tmp_path: Path, content: str) -> None:
    file = tmp_path / "layout.json"
    file.write_text(content, "utf-8")
    async with opened(make_desk(FIRST), file) as hands:
        assert hands.current == "The oldest paper aaa"
        assert hands.toasts == []
    assert json.loads(file.read_text("utf-8"))["places"]


async def test_a_file_that_cannot_be_written_is_passed_over_in_silence(make_desk: Make, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    async with opened(make_desk(FIRST), tmp_path / "file" / "layout.json") as hands:
        await hands.press("escape", "j")
        assert hands.current == "The second paper bbb"


async def test_what_has_no_file_keeps_nothing(make_desk: Make, tmp_path: Path) -> None:
    async with opened(make_desk(FIRST), None) as hands:
        await hands.press("j")
    assert list(tmp_path.glob("*.json")) == []


def test_no_more_than_fifty_libraries_are_remembered(tmp_path: Path) -> None:
    file = tmp_path / "layout.json"
    for number in range(60):
        read(file).keep(Path(f"/library/{number}"), Place(issue=str(number)), Left())
    assert len(read(file).left.places) == 50
    assert read(file).place(Path("/library/59")).issue == "59"


# Widths


async def test_a_pane_becomes_wider_and_narrower_within_bounds(make_desk: Make) -> None:
    async with opened(make_desk(FIRST), None) as hands:
        details = hands.browse.details_pane
        before = details.size.width
        await hands.press("l", "greater_than_sign")
        assert details.size.width > before
        await hands.press("h", "greater_than_sign", "greater_than_sign")
        assert details.size.width < before
        await hands.press(*["greater_than_sign"] * 20)
        assert details.size.width >= 20


async def test_a_single_pane_cannot_be_wider_and_says_so(make_desk: Make) -> None:
    async with opened(make_desk(FIRST), None, (80, 24)) as hands:
        await hands.press("greater_than_sign")
        assert "one pane here" in hands.toasts[-1]


async def test_a_terminal_that_becomes_narrow_shows_one_pane_whole_whatever_the_widths(make_desk: Make) -> None:
    async with opened(make_desk(FIRST), None) as hands:
        await hands.press("h", "less_than_sign", "l")
        await hands.pilot.resize_terminal(80, 24)
        await hands.settle()
        assert hands.browse.paper_list.size.width > 75


# The first lesson


async def test_the_first_start_teaches_in_three_lines_and_the_second_never_again(
    make_desk: Make, tmp_path: Path
) -> None:
    desk, file = make_desk(FIRST), tmp_path / "layout.json"
    async with opened(desk, file, (80, 24)) as hands:
        text = hands.screen_text
        assert "takes in a file" in text
        assert "space marks · b copies BibTeX" in text
        assert "shows every key" in text
        assert "The oldest paper" in text
        await hands.press("space", "escape")
        assert "takes in a file" not in hands.screen_text
        assert len(desk.marked()) == 1, "escape hid the lesson, and did nothing else"
    async with opened(desk, file, (80, 24)) as hands:
        assert "takes in a file" not in hands.screen_text


async def test_the_lesson_is_not_laid_out_anew_while_a_search_is_typed(
    make_desk: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(make_desk(FIRST), tmp_path / "layout.json", (160, 40)) as hands:
        assert hands.browse.notice.display
        await hands.press("S", "o")
        laid: list[bool] = []
        lay = hands.browse._refresh_layout
        monkeypatch.setattr(hands.browse, "_refresh_layout", lambda *a, **more: (laid.append(True), lay(*a, **more)))
        await hands.press("l")
        assert hands.browse.words == "ol"
        assert hands.browse.notice.display
        assert laid == []


async def test_an_empty_library_teaches_the_same(make_desk: Make) -> None:
    async with opened(make_desk(), None, (80, 24)) as hands:
        assert "takes in a file" in hands.screen_text
        assert "space marks" in hands.screen_text


# Density


async def test_compact_gives_a_paper_one_line_in_a_narrow_pane_too(make_desk: Make) -> None:
    compact = Settings(network=Network(offline=True), appearance=Appearance(density="compact"))
    async with opened(make_desk(FIRST, settings=compact), None, (80, 24)) as hands:
        assert hands.browse.paper_list.row_height == 1
    async with opened(make_desk(FIRST), None, (80, 24)) as hands:
        assert hands.browse.paper_list.row_height == 2


# The mouse


async def test_a_click_on_a_pane_s_name_in_the_first_line_goes_there(make_desk: Make) -> None:
    async with opened(make_desk(FIRST), None, (80, 24)) as hands:
        line = hands.screen_text.splitlines()[0]
        for name in ("Details", "Issues", "Papers"):
            await hands.pilot.click(Where, offset=(line.index(name) + 1, 0))
            await hands.settle()
            assert hands.browse.pane == name.lower()


async def test_a_click_on_the_program_s_name_opens_the_palette_and_one_on_the_marks_their_list(make_desk: Make) -> None:
    async with opened(make_desk(FIRST), None) as hands:
        await hands.press("j", "space")
        await hands.pilot.click(Where, offset=(hands.screen_text.splitlines()[0].index("1 marked"), 0))
        await hands.settle()
        assert hands.titles == ["The second paper bbb"]
        await hands.pilot.click(Where, offset=(3, 0))
        await hands.pilot.pause(0.2)
        assert len(hands.app.screen_stack) == 2


async def test_a_click_on_a_pane_s_heading_gives_it_the_keys(make_desk: Make) -> None:
    async with opened(make_desk(FIRST), None) as hands:
        for name in ("details", "issues", "papers"):
            await hands.pilot.click(f"#{name}-heading")
            await hands.settle()
            assert hands.browse.pane == name


async def test_the_wheel_scrolls_lists_and_the_help(make_desk: Make) -> None:
    long = issue("4", *(f"Paper of a long list {n:03}" for n in range(200)))
    async with opened(make_desk(long), None, (160, 30)) as hands:
        await hands.pilot._post_mouse_events([MouseScrollDown], "#papers", offset=(5, 5))
        await hands.settle()
        assert hands.browse.paper_list.scroll_y > 0
        assert hands.browse.query_one(IssueList).scroll_y == 0


async def test_while_a_field_is_typed_into_the_last_line_names_its_keys_and_a_click_leaves_it(make_desk: Make) -> None:
    async with opened(make_desk(FIRST), None) as hands:
        await hands.press("slash")
        last = hands.screen_text.splitlines()[-1]
        assert "esc Back" in last
        assert "ctrl+f Search all" in last
        await hands.pilot.click("KeyLine", offset=(last.index("Back"), 0))
        await hands.settle()
        assert hands.browse.scope == ""
