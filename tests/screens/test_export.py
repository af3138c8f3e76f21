"""The export dialog: everything is seen before it leaves, and nothing is written by accident."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.desk.test_taking_in import COLA, HINTON, PERFORMER, weekly
from tests.screens.drive import Driven, driven
from tests.screens.test_browse import copied as copied
from tests.screens.test_hostile import check, hostile_issue
from tui import clipboard
from tui.desk import Desk
from tui.desk.exporting import Taken
from tui.errors import ClipboardError, ExportError
from tui.exports import dialects
from tui.model import Entry, Issue
from tui.screens import leaving
from tui.screens import wanted as wanting
from tui.screens.export import Export
from tui.screens.wanted import Wanted
from tui.widgets import export_text

OLD = b"""% mine
@misc{mine2020,
  title = {Contrastive Learning of General-Purpose Audio},
  eprint = {2010.10915}, archivePrefix = {arXiv},
}
"""
FULL = Entry(
    title=COLA.title, authors=("Aaqib Saeed", "David Grangier"), year=2020, identifiers={"arxiv": "2010.10915"},
    abstract="Sounds that stand near each other sound alike.",
)  # fmt: skip


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    return make_desk(weekly("6", FULL, PERFORMER, HINTON))


@pytest.fixture(autouse=True)
def _quick_eyes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever presses keys here has seen what there is to see."""
    monkeypatch.setattr(leaving, "GLANCE", 0.0)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder: a TeX project with a file of entries."""
    project = tmp_path / "project"
    project.mkdir()
    (project / "main.tex").write_text("\\documentclass{article}\n\\bibliography{refs,more}\n")
    (project / "refs.bib").write_bytes(OLD)
    (project / "more.bib").write_bytes(b"")
    monkeypatch.chdir(project)
    return project


def dialog(hands: Driven) -> Export:
    screen = hands.app.screen
    assert isinstance(screen, Export)
    return screen


def said(hands: Driven) -> str:
    """What the dialog says, in one line."""
    return " ".join(hands.screen_text.replace("│", " ").split())


# To the clipboard


async def test_enter_copies_what_was_seen_and_keeps_the_keys(desk: Desk, copied: list[str]) -> None:
    async with driven(desk) as hands:
        await hands.press("a", "e")
        seen = dialog(hands).preview.plain
        assert "enter copies 3 entries" in hands.screen_text
        assert all(desk.rack.marks(name).key is None for name in desk.papers())
        await hands.press("enter")
        assert "".join(seen.split()) == "".join(copied[-1].split())
        assert all(desk.rack.marks(name).key for name in desk.papers())
        assert "3 entries copied (xclip)" in hands.toasts[-1]
        assert len(hands.app.screen_stack) == 1


async def test_enter_before_the_preview_is_there_copies_as_soon_as_it_is(desk: Desk, copied: list[str]) -> None:
    async with driven(desk) as hands:
        await hands.pilot.press("a", "e", "enter")
        await hands.settle()
        await hands.settle()
        assert copied[-1].count("@misc{") == 3


@pytest.mark.parametrize("key", ["escape", "q", "e"])
async def test_leaving_changes_nothing(desk: Desk, copied: list[str], folder: Path, key: str) -> None:
    async with driven(desk) as hands:
        await hands.press("e", "2", key)
        assert len(hands.app.screen_stack) == 1
        assert copied == []
        assert (folder / "refs.bib").read_bytes() == OLD
        assert desk.rack.marks("arxiv:2010.10915").key is None


@pytest.mark.parametrize(
    ("number", "start"), [("1", "@misc{"), ("2", "@online{"), ("3", "[{"), ("4", "TY-"), ("5", "-[Contrastive")]
)
async def test_a_number_is_a_format_and_the_preview_is_what_is_copied(
    desk: Desk, copied: list[str], number: str, start: str
) -> None:
    async with driven(desk) as hands:
        await hands.press("e", number)
        seen = "".join(dialog(hands).preview.plain.split())
        await hands.press("enter")
        assert seen.startswith(start)
        assert seen == "".join(copied[-1].split())


async def test_arrows_choose_too_and_a_mouse_click(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("e", "right", "right")
        assert dialog(hands).wanted.format == "csl-json"
        await hands.press("left", "down", "right")
        assert (dialog(hands).wanted.format, dialog(hands).wanted.to) == ("biblatex", "file")
        await hands.pilot.click("#export-format", offset=(12, 0))
        await hands.settle()
        assert dialog(hands).wanted.format == "bibtex"


async def test_fields_are_turned_on_and_off_in_the_preview(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("e", "down", "down", "space")
        assert re.search(r"abstract +=", dialog(hands).preview.plain)
        await hands.press(*["right"] * 7, "space")
        assert dialog(hands).wanted.fields == ("abstract", "-url")
        assert not re.search(r"url +=", dialog(hands).preview.plain)
        await hands.press("space", "5")
        assert "Sounds that stand near" in dialog(hands).preview.plain


def test_the_fields_offered_are_those_that_an_export_adds() -> None:
    assert set(wanting.ADDED) == set(dialects.ADDED)


def test_fields_of_the_settings_are_where_it_begins() -> None:
    begun = Wanted(fields=("abstract", "-editor", "nonsense"))
    assert {each.name: each.on for each in wanting.fields(begun)} == {
        "abstract": True, "keywords": False, "note": False, "isbn": False, "issn": False, "language": False,
        "doi": True, "url": True, "editor": False,
    }  # fmt: skip
    assert begun.with_field("editor").with_field("abstract").fields == ("nonsense",)
    assert begun.with_field("url").with_field("url") == begun


async def test_what_cannot_be_copied_stays_in_the_dialog_with_the_reason(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ClipboardError("Nothing took the text.")

    monkeypatch.setattr(clipboard, "copy", refuse)
    async with driven(desk) as hands:
        await hands.press("e", "enter")
        assert "Nothing took the text." in hands.screen_text
        assert desk.rack.marks("arxiv:2010.10915").key is None


async def test_what_the_checker_thinks_is_listed_and_papers_without_a_title_are_left_out(
    make_desk: Callable[..., Desk], copied: list[str]
) -> None:
    untitled = [Entry(abstract=f"An abstract without any title, number {n}. " * 9) for n in range(2)]
    japanese = [Entry(title=f"深層学習の基礎と応用 {n}", authors=("Ada Lovelace",)) for n in range(2)]
    async with driven(make_desk(weekly("6", COLA, *untitled, *japanese)), (120, 40)) as hands:
        await hands.press("a", "e")
        assert "3 entries of 5 papers" in hands.screen_text
        assert "and 1 more have no title and were left out." in said(hands)
        assert "and 1 more: 8-bit BibTeX cannot print" in said(hands)
        await hands.press("enter")
        assert copied[-1].count("@misc{") == 3


async def test_of_nothing_that_can_be_written_nothing_is_copied(
    make_desk: Callable[..., Desk], copied: list[str]
) -> None:
    async with driven(make_desk(weekly("6", Entry(abstract="An abstract without a title. " * 9)))) as hands:
        await hands.press("e", "enter")
        assert "There is no entry to take along." in hands.screen_text
        assert copied == []


# Into a file


async def test_a_file_has_a_sensible_name_with_the_format_s_suffix(desk: Desk, folder: Path) -> None:
    async with driven(desk) as hands:
        await hands.press("a", "e", "f")
        path = hands.app.screen.query_one(Input)
        assert path.value == "ai-weekly-6.bib"
        assert hands.app.screen.focused is path
        await hands.press("up", "up", "up", "3", "enter")
        assert len(json.loads((folder / "ai-weekly-6.json").read_text("utf-8"))) == 3
        assert "3 entries saved in ai-weekly-6.json" in hands.toasts[-1]
        assert all(desk.rack.marks(name).key for name in desk.papers())


async def test_one_paper_s_file_is_called_after_its_key(desk: Desk, folder: Path) -> None:
    async with driven(desk) as hands:
        await hands.press("e", "f")
        assert dialog(hands).wanted.path == "saeed2020contrastive.bib"


async def test_a_file_that_is_there_is_only_replaced_when_enter_is_struck_again(desk: Desk, folder: Path) -> None:
    async with driven(desk) as hands:
        await hands.press("e", "f")
        hands.app.screen.query_one(Input).value = "refs.bib"
        await hands.press("enter")
        assert (folder / "refs.bib").read_bytes() == OLD
        assert "refs.bib is there already: enter again replaces the whole file; i adds to it." in said(hands)
        hands.app.screen.query_one(Input).value = "more.bib"
        await hands.press("enter")
        assert (folder / "more.bib").read_bytes() == b"", "what was agreed to was another file"
        await hands.press("enter")
        assert (folder / "more.bib").read_text("utf-8").startswith("@misc{saeed2020contrastive")
        assert (folder / "refs.bib").read_bytes() == OLD


@pytest.mark.parametrize(
    ("path", "why"),
    [("", "Name the file."), (".", "is no file."), ("/dev/null", "is no file."), ("no/such/folder.bib", "folder")],
)
async def test_what_cannot_be_saved_stays_in_the_dialog_with_the_reason(
    desk: Desk, folder: Path, path: str, why: str
) -> None:
    async with driven(desk) as hands:
        await hands.press("e", "f")
        hands.app.screen.query_one(Input).value = path
        await hands.press("enter")
        assert why in said(hands)
        assert desk.rack.marks("arxiv:2010.10915").key is None


# Into a .bib


async def test_the_project_s_files_come_first_and_the_difference_is_seen_before_enter_writes(
    desk: Desk, folder: Path
) -> None:
    async with driven(desk) as hands:
        await hands.press("a", "e", "i")
        assert dialog(hands).wanted.path == "refs.bib"
        assert "Files" in hands.screen_text
        assert "more.bib" in hands.screen_text
        seen = dialog(hands).preview.plain
        assert "+@misc{" in seen.replace(" ", "")
        assert "2 entries are added; 1 is there already as mine2020." in said(hands)
        assert (folder / "refs.bib").read_bytes() == OLD
        await hands.press("enter")
        new = (folder / "refs.bib").read_bytes()
        assert new.startswith(OLD)
        assert new.count(b"@misc{") == 3
        assert desk.rack.marks("arxiv:2010.10915").key == "mine2020"
        assert "2 entries are added" in hands.toasts[-1]
        await hands.press("u")
        assert (folder / "refs.bib").read_bytes() == OLD


async def test_enter_that_was_typed_ahead_of_the_difference_writes_nothing(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaving, "GLANCE", 60.0)
    async with driven(desk) as hands:
        await hands.press("a", "e")
        await hands.pilot.press("i", "enter")
        await hands.press("enter")
        assert "The difference comes first" in hands.screen_text
        assert (folder / "refs.bib").read_bytes() == OLD
        monkeypatch.setattr(leaving, "GLANCE", 0.0)
        await hands.press("enter")
        assert (folder / "refs.bib").read_bytes() != OLD


async def test_a_richer_version_is_taken_only_where_space_says_so(desk: Desk, folder: Path) -> None:
    async with driven(desk) as hands:
        await hands.press("a", "e", "i")
        assert "□ mine2020 lacks" in hands.screen_text
        await hands.press("down", "down", "space")
        assert hands.app.screen.focused is dialog(hands).richer
        assert "■ mine2020 lacks" in hands.screen_text, "what is offered stays seen"
        assert "-@misc{mine2020," in dialog(hands).preview.plain
        await hands.press("space")
        assert "-@misc{mine2020," not in dialog(hands).preview.plain
        await hands.press("space")
        await hands.press("enter")
        new = (folder / "refs.bib").read_text("utf-8")
        assert "@misc{mine2020,\n  author          = {Saeed, Aaqib" in new
        assert new.startswith("% mine\n")


async def test_another_file_is_typed_and_what_was_offered_in_the_first_is_gone(desk: Desk, folder: Path) -> None:
    async with driven(desk) as hands:
        await hands.press("e", "i", "down", "down", "space")
        assert dialog(hands).wanted.replace == {"mine2020"}
        await hands.press("up", *["backspace"] * 8, *"own")
        assert "own does not end in .bib." in hands.screen_text
        await hands.press("enter")
        assert not (folder / "own").exists()
        await hands.press(*".bib")
        assert dialog(hands).wanted.replace == frozenset()
        assert not dialog(hands).richer.display
        await hands.press("enter")
        assert (folder / "own.bib").read_text("utf-8").startswith("@misc{")


async def test_a_file_that_changed_meanwhile_is_not_written_and_its_new_difference_is_shown(
    desk: Desk, folder: Path
) -> None:
    async with driven(desk) as hands:
        await hands.press("j", "e", "i")
        (folder / "refs.bib").write_bytes(OLD + b"% added by somebody else\n")
        await hands.press("enter")
        assert (folder / "refs.bib").read_bytes() == OLD + b"% added by somebody else\n"
        assert "meanwhile" in said(hands)
        assert "somebody else" in dialog(hands).preview.plain
        await hands.press("enter")
        assert (folder / "refs.bib").read_bytes().startswith(OLD + b"% added by somebody else\n")


@pytest.mark.parametrize(
    ("content", "why"), [(b"@misc{a, title={x}\n", "not closed"), (b"% caf\xe9\n", "not UTF-8 (line 1)")]
)
async def test_a_file_that_nothing_may_be_added_to_is_left_alone(
    desk: Desk, folder: Path, content: bytes, why: str
) -> None:
    (folder / "refs.bib").write_bytes(content)
    async with driven(desk) as hands:
        await hands.press("e", "i")
        assert why in said(hands)
        await hands.press("enter")
        assert "nothing can be written" in said(hands)
        assert (folder / "refs.bib").read_bytes() == content


async def test_only_bibtex_and_biblatex_go_into_a_bib_file(desk: Desk, folder: Path) -> None:
    async with driven(desk) as hands:
        await hands.press("e", "4", "i")
        assert dialog(hands).wanted.to == "clipboard"
        assert "Into a .bib file goes BibTeX (1) or BibLaTeX (2)." in said(hands)
        await hands.press("1", "i", "up", "up", "up", "3")
        assert dialog(hands).wanted.format == "bibtex"
        await hands.press("2")
        assert (dialog(hands).wanted.format, dialog(hands).wanted.to) == ("biblatex", "into")


async def test_without_a_project_the_file_is_asked_for(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with driven(desk) as hands:
        await hands.press("e", "i")
        assert hands.app.screen.focused is hands.app.screen.query_one(Input)
        assert "Name the .bib file." in said(hands)


# Many, hostile, narrow


async def test_five_hundred_papers_are_previewed_while_the_keys_answer(make_desk: Callable[..., Desk]) -> None:
    by = ("Ada Lovelace",)
    entries = tuple(Entry(f"A study of subject {n}", by, identifiers={"doi": f"10.1/{n}"}) for n in range(500))
    async with driven(make_desk(Issue(id="", title="Large", format="links", entries=entries))) as hands:
        await hands.press("a", "e")
        plain = dialog(hands).preview.plain
        left = re.search(r"… and (\d+) more", plain)
        assert left
        assert int(left[1]) + plain.count("@misc{") == 500
        assert len(plain.splitlines()) < 600
        begun = time.perf_counter()
        for _ in range(5):
            await hands.pilot.press("2", "1", "down", "up", "j")
        assert time.perf_counter() - begun < 5, "25 keys, beside previews of 500 entries"
        await hands.settle()
        assert dialog(hands).current is not None


async def test_only_the_newest_wish_is_made_and_one_at_a_time(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    at_once, most, made = 0, 0, list[str]()
    export = desk.exporting.export

    def slow(names: tuple[str, ...], format: str, fields: tuple[str, ...]) -> Taken:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        time.sleep(0.1)
        made.append(format)
        at_once -= 1
        return export(names, format, fields)

    monkeypatch.setattr(desk.exporting, "export", slow)
    async with driven(desk) as hands:
        await hands.pilot.press("e")
        for _ in range(4):
            await hands.pilot.press("2", "3", "4", "5")
        await hands.settle()
        assert most == 1
        assert made[-1] == "markdown"
        assert len(made) < 9


async def test_what_nobody_foresaw_is_said_and_the_keys_go_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr(desk.exporting, "export", fail)
    async with driven(desk) as hands:
        await hands.press("e")
        assert "That failed: ZeroDivisionError: by nought" in said(hands)
        await hands.press("escape")
        assert hands.app.is_running


async def test_a_refused_export_is_a_sentence(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise ExportError("This cannot be written.")

    monkeypatch.setattr(desk.exporting, "export", refuse)
    async with driven(desk) as hands:
        await hands.press("e", "enter")
        assert "This cannot be written." in said(hands)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_hostile_text_is_shown_and_never_obeyed(
    make_desk: Callable[..., Desk], folder: Path, size: tuple[int, int]
) -> None:
    (folder / "refs.bib").write_bytes(OLD + "% [/] \x1b[2J \u202e x\n".encode())
    async with driven(make_desk(hostile_issue(1), hostile_issue(2)), size) as hands:
        for key in ("a", "e", "2", "3", "4", "5", "1", "f", "up", "i", "up", "up", "j", "G", "escape", "B", "G", "K"):
            await hands.press(key)
            check(hands)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_everything_fits_and_the_keys_stand_in_the_last_line(
    desk: Desk, folder: Path, size: tuple[int, int]
) -> None:
    async with driven(desk, size) as hands:
        await hands.press("a", "e", "i")
        for name in ("format", "to", "fields", "files", "path", "richer", "preview", "remarks", "notice"):
            region = getattr(dialog(hands), name).region
            assert region.height > 0
            assert region.bottom < size[1]
            assert region.right <= size[0]
        assert dialog(hands).preview.size.height >= 6
        assert "esc leaves" in [line for line in hands.screen_text.splitlines() if "╰" not in line and "│" in line][-1]


async def test_every_row_is_reached_by_the_keyboard_and_back(desk: Desk, folder: Path) -> None:
    async with driven(desk) as hands:
        await hands.press("a", "e", "i", "up", "up", "up")
        reached = [getattr(hands.app.screen.focused, "id", None)]
        for _ in range(7):
            await hands.press("down")
            reached.append(getattr(hands.app.screen.focused, "id", None))
        names = ("format", "to", "fields", "files", "path", "richer", "preview", "remarks")
        assert reached == [f"export-{name}" for name in names]


# What is printed


def test_sentences_that_say_the_same_of_several_are_one() -> None:
    assert export_text.together(
        ["a has no title and was left out.", "b has no title and was left out.", "c: odd.", "c: odd.", "d: odd."]
    ) == ["a and 1 more have no title and were left out.", "c and 1 more: odd."]


def test_an_export_without_known_entries_is_cut_by_lines() -> None:
    text = "\n".join(f"line {n}" for n in range(1000))
    blocks = export_text.preview(text, "their-own", 1000)
    assert blocks[-1].parts[0][0] == "… and more"
    assert len(blocks) == export_text.MOST_LINES + 1


def test_one_endless_entry_is_cut_and_not_left_out() -> None:
    text = "@misc{a,\n" + "  author = {" + "x" * 5000 + "},\n" + "  note = {y},\n" * 1000 + "}\n"
    blocks = export_text.preview(text, "bibtex", 1)
    assert 1 < len(blocks) <= export_text.MOST_LINES + 1
    assert max(len(text) for block in blocks for text, _ in block.parts) < 2000


async def test_tab_completes_the_name_of_the_file_and_what_is_typed_on_is_no_command(desk: Desk, folder: Path) -> None:
    (folder / "chapters").mkdir()
    (folder / "chapters" / "thesis.bib").write_bytes(OLD)
    async with driven(desk) as hands:
        await hands.press("e", "i")
        field = hands.app.screen.query_one("#export-path", Input)
        field.focus()
        field.value = ""
        await hands.press("c", "h", "tab")
        assert field.value == "chapters/"
        await hands.press("t", "tab")
        assert field.value == "chapters/thesis.bib"
        await hands.press("tab", "e")
        assert isinstance(hands.app.screen, Export), "nothing more to complete, and still in the field"
        assert field.value == "chapters/thesis.bibe"
