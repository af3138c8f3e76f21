"""Reading with the keyboard: panes, cursor, filter, marks, copying."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input

from tests.desk.test_taking_in import COLA, HINTON, PERFORMER, weekly
from tests.screens.drive import driven
from tui import clipboard, opener
from tui.clipboard import Copied
from tui.desk import Desk
from tui.errors import ClipboardError, LibraryError
from tui.model import Entry, Issue
from tui.screens import choosing
from tui.widgets import lines

Make = Callable[..., Desk]


@pytest.fixture
def desk(make_desk: Make) -> Desk:
    return make_desk(weekly("5", HINTON), weekly("6", COLA, PERFORMER, HINTON))


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stand in for the system's clipboard: what reached it."""
    texts: list[str] = []

    def copy(text: str, **_: object) -> Copied:
        texts.append(text)
        return Copied("xclip", None, True)

    monkeypatch.setattr(clipboard, "copy", copy)
    return texts


async def test_it_opens_on_the_papers_of_the_newest_issue(desk: Desk) -> None:
    async with driven(desk) as hands:
        assert hands.titles == [COLA.title, PERFORMER.title, HINTON.title]
        assert hands.browse.pane == "papers"


@pytest.mark.parametrize(
    ("width", "seen"),
    [(80, ["papers"]), (99, ["papers"]), (100, ["papers", "details"]), (140, ["issues", "papers", "details"])],
)
async def test_as_many_panes_are_seen_as_fit(desk: Desk, width: int, seen: list[str]) -> None:
    async with driven(desk, (width, 24)) as hands:
        panes = ("issues", "papers", "details")
        assert [name for name in panes if hands.browse.query_one(f"#{name}-pane").display] == seen


async def test_resizing_keeps_the_cursor_where_it_was(desk: Desk) -> None:
    async with driven(desk, (200, 40)) as hands:
        await hands.press("j", "j")
        for size in ((80, 24), (120, 10), (200, 60)):
            await hands.pilot.resize_terminal(*size)
            await hands.settle()
            assert hands.current == HINTON.title
            assert hands.browse.focused is hands.browse.paper_list


async def test_j_k_g_and_arrows_move_the_cursor(desk: Desk) -> None:
    async with driven(desk) as hands:
        for keys, title in (("j", PERFORMER.title), ("k", COLA.title), ("G", HINTON.title), ("g", COLA.title),
                            ("down", PERFORMER.title), ("up", COLA.title), ("ctrl+d", HINTON.title)):  # fmt: skip
            await hands.press(keys)
            assert hands.current == title


async def test_h_l_tab_and_enter_go_from_pane_to_pane(desk: Desk) -> None:
    async with driven(desk, (80, 24)) as hands:
        steps = (("h", "issues"), ("h", "issues"), ("enter", "papers"), ("enter", "details"), ("l", "details"),
                 ("tab", "issues"), ("shift+tab", "details"))  # fmt: skip
        for key, pane in steps:
            await hands.press(key)
            assert hands.browse.pane == pane


async def test_brackets_go_to_the_next_issue_and_back(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("]")
        assert hands.titles == [HINTON.title]
        await hands.press("[")
        assert len(hands.titles) == 3


async def test_fast_typing_after_slash_never_runs_commands(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("slash", *"rqa")
        assert hands.typed == "rqa"
        assert desk.marked() == ()
        assert hands.app.is_running


async def test_the_filter_leaves_what_holds_every_word_and_escape_brings_all_back(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("slash", *"perf att")
        assert hands.titles == [PERFORMER.title]
        await hands.press("enter", "a")
        assert desk.marked() == ("arxiv:2009.14794",)
        assert "1 marked" in hands.toasts[-1]
        await hands.press("escape")
        assert len(hands.titles) == 3
        assert len(desk.marked()) == 1


async def test_one_escape_too_many_clears_no_mark(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with driven(desk) as hands:
        await hands.press("a", "slash", *"x", "escape", "escape", "j", "escape", "f1", "escape")
        assert len(desk.marked()) == 3, "another key came between, though it may do nothing"
        assert hands.toasts[-1] == "esc again clears 3 marks."
        monkeypatch.setattr(choosing, "MOMENT", 0.0)
        await hands.press("escape", "escape")
        assert len(desk.marked()) == 3, "a moment has passed"


async def test_escape_struck_twice_clears_the_marks_and_u_restores_them(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("a", "escape", "escape")
        assert desk.marked() == ()
        assert hands.toasts[-1] == "3 cleared, u restores."
        await hands.press("u")
        assert len(desk.marked()) == 3
        await hands.press("ctrl+r")
        assert desk.marked() == ()


async def test_marks_that_were_cleared_where_the_marked_are_listed_come_back_into_the_list(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("a", "apostrophe", "escape", "escape")
        assert hands.titles == []
        await hands.press("u")
        assert len(hands.titles) == 3
        assert "Nothing is marked" not in hands.screen_text


async def test_only_r_makes_a_paper_read(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("j", "enter", "h", "space", "b")
        assert [row.unread for row in desk.shelf()] == [3, 1]
        await hands.press("g", "r")
        assert [row.unread for row in desk.shelf()] == [2, 1]


async def test_b_copies_all_marked_papers_in_whatever_issue(desk: Desk, copied: list[str]) -> None:
    async with driven(desk) as hands:
        await hands.press("space", "]", "space", "b")
        assert copied[-1].count("@misc{") == 2
        assert "2 entries copied (xclip)" in hands.toasts[-1]
        assert "never looked up" in hands.toasts[-1]


async def test_a_copied_key_is_kept(desk: Desk, copied: list[str]) -> None:
    async with driven(desk) as hands:
        await hands.press("y", "y")
        assert copied == [desk.rack.marks("arxiv:2010.10915").key]


@pytest.mark.parametrize(
    ("letter", "start"),
    [("b", "@misc{"), ("y", "contrastive"), ("c", "\\cite{"), ("t", "Contrastive"), ("u", "https://arxiv.org/abs/")],
)
async def test_after_y_a_letter_says_what_is_copied(desk: Desk, copied: list[str], letter: str, start: str) -> None:
    async with driven(desk) as hands:
        await hands.press("y", letter)
        assert copied[-1].startswith(start)


async def test_after_y_the_footer_shows_the_choices(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("y")
        footer = hands.screen_text.splitlines()[-1]
        assert all(word in footer for word in ("BibTeX", "citation key", "\\cite", "title", "URL"))
        await hands.press("escape")
        assert "Filter" in hands.screen_text.splitlines()[-1]


async def test_another_key_after_y_leaves_the_prefix_and_does_nothing(desk: Desk, copied: list[str]) -> None:
    async with driven(desk) as hands:
        await hands.press("y", "q", "j")
        assert copied == []
        assert hands.app.is_running
        assert hands.current == PERFORMER.title


async def test_a_copy_that_nothing_took_is_never_called_copied(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(text: str, **_: object) -> Copied:
        raise ClipboardError("Nothing took the text.")

    monkeypatch.setattr(clipboard, "copy", refuse)
    async with driven(desk) as hands:
        await hands.press("b")
        assert hands.toasts == ["Nothing took the text."]


async def test_without_any_clipboard_the_toast_names_the_file(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(clipboard, "copy", lambda text, **_: Copied("file", tmp_path / "copied.txt", True))
    async with driven(desk) as hands:
        await hands.press("b")
        assert f"No clipboard took it: 1 entry is in {tmp_path / 'copied.txt'}" in hands.toasts[-1]


async def test_s_sorts_and_keeps_the_cursor_on_its_paper(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("G", "s", "t")
        assert hands.titles == sorted(title or "" for title in hands.titles)
        assert hands.current == HINTON.title


async def test_ctrl_c_does_not_quit_and_q_does(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("ctrl+c")
        assert hands.app.is_running
        assert "q quits" in hands.toasts[-1]
        await hands.pilot.press("q")
    assert hands.app.return_code == 0


async def test_add_takes_a_file_in_and_goes_to_it(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text("# Reading\n\n- [Attention Is All You Need](https://arxiv.org/abs/1706.03762)\n")
    async with driven(desk) as hands:
        await hands.press("A", *str(tmp_path / "note.md"), "enter")
        await hands.press("enter")  # it was seen before it is kept
        assert hands.titles == ["Attention Is All You Need"]
        assert "1 new" in hands.toasts[-1]


async def test_a_failed_add_is_one_sentence(desk: Desk) -> None:
    async with driven(desk) as hands:
        hands.browse.take_in(["/no/such/digest.txt"])
        await hands.settle()
        assert "/no/such/digest.txt" in hands.toasts[-1]
        assert len(hands.titles) == 3


async def test_an_empty_library_says_what_to_do_next(make_desk: Make) -> None:
    async with driven(make_desk(), (80, 24)) as hands:
        assert "takes in a file" in hands.screen_text
        await hands.press("j", "space", "b", "B", "enter", "s", "r", "a", "o", "y", "y")
        assert hands.app.is_running


async def test_help_lists_every_key_and_escape_leaves_it(desk: Desk) -> None:
    async with driven(desk, (80, 24)) as hands:
        await hands.press("question_mark")
        assert "Next row" in hands.screen_text
        await hands.press("escape")
        assert len(hands.app.screen_stack) == 1


async def test_the_palette_runs_an_action_by_its_name(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("ctrl+p")
        await hands.press(*"mark all")
        await hands.pilot.pause(0.5)
        await hands.press("enter")
        await hands.settle()
        assert len(desk.marked()) == 3


async def test_a_long_list_draws_only_what_is_visible(make_desk: Make) -> None:
    entries = tuple(Entry(title=f"Paper {n} of a long list", identifiers={"doi": f"10.1000/{n}"}) for n in range(2000))
    desk = make_desk(Issue(id="", title="Large", format="links", entries=entries))
    async with driven(desk, (80, 24)) as hands:
        painted = hands.browse.paper_list._strips
        await hands.press("G")
        assert hands.current == "Paper 1999 of a long list"
        assert len(painted) < 100


async def test_a_list_keeps_few_rows_painted_and_always_those_in_view(
    make_desk: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "KEPT", 40)
    entries = tuple(Entry(title=f"Paper {n} of a long list", identifiers={"doi": f"10.1000/{n}"}) for n in range(2000))
    async with driven(make_desk(Issue(id="", title="Large", format="links", entries=entries)), (120, 24)) as hands:
        papers = hands.browse.paper_list
        most = lines.KEPT + len(lines.GROUNDS) * papers.size.height + 1
        for _ in range(40):
            await hands.pilot.press("pagedown")
            assert len(papers._strips) <= most
            assert {index for index, _ in papers._strips} >= set(papers.in_view)
        assert papers.cursor > most


async def test_o_opens_the_paper_s_page_and_says_where(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(opener, "open_address", opened.append)
    async with driven(desk) as hands:
        await hands.press("o")
        assert opened == ["https://arxiv.org/abs/2010.10915"]
        assert hands.toasts == ["Opened arxiv.org."]


async def test_a_paper_without_a_page_says_so(make_desk: Make) -> None:
    async with driven(make_desk(weekly("6", HINTON))) as hands:
        await hands.press("o")
        assert hands.toasts == ["This paper has no address that could be opened."]


async def test_a_digest_s_text_can_be_pasted_into_the_dialog(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("A")
        text = "# Pasted\n\n- [Attention Is All You Need](https://arxiv.org/abs/1706.03762)\n"
        hands.app.screen.query_one(Input).post_message(events.Paste(text))
        await hands.settle()
        await hands.press("enter")
        assert hands.titles == ["Attention Is All You Need"]


async def test_a_wrong_path_stays_in_the_dialog_with_the_reason(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("A", *"nowhere.txt", "enter")
        assert "nowhere.txt does not exist." in hands.screen_text
        assert hands.app.screen.query_one(Input).value == "nowhere.txt"


async def test_a_paper_without_a_title_gives_no_key_away(make_desk: Make, copied: list[str]) -> None:
    async with driven(make_desk(weekly("6", Entry(abstract="An abstract without a title. " * 9)))) as hands:
        await hands.press("y", "y")
        assert copied == []
        assert "without a title" in hands.toasts[-1]


async def test_what_is_not_seen_is_not_marked(desk: Desk) -> None:
    async with driven(desk, (80, 24)) as hands:
        await hands.press("h", "space", "r")
        assert desk.marked() == ()
        assert "enter opens the papers first." in hands.toasts


async def test_what_the_library_refuses_is_a_sentence_and_copying_goes_on(
    desk: Desk, copied: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise LibraryError("The library is read-only, so this cannot be kept.")

    monkeypatch.setattr(desk.library, "put_states", refuse)
    async with driven(desk) as hands:
        for key in ("space", "a", "r", "u", "ctrl+r"):
            await hands.press(key)
        assert "read-only" in " ".join(hands.toasts)
        await hands.press("b")
        assert copied[-1].startswith("@misc{")
        assert hands.app.is_running


async def test_what_enter_and_escape_do_is_said_while_they_do_it(desk: Desk) -> None:
    async with driven(desk, (80, 24)) as hands:
        await hands.press("slash", *"perf")
        assert "enter keeps" in hands.screen_text
        await hands.press("enter")
        assert "enter keeps" not in hands.screen_text
        assert "1 of 3   esc shows all" in hands.screen_text
        await hands.press("escape")
        assert "esc shows all" not in hands.screen_text
