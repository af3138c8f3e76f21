"""The dialog between reading a digest and keeping it: what it was taken for, and what that gives."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.screen import ModalScreen

from tui.desk import Desk
from tui.desk.intake import Opened, Source
from tui.desk.marking import count
from tui.desk.taking import Expected
from tui.widgets.letter_list import Letter, LetterList
from tui.widgets.preview_list import PreviewList
from tui.widgets.where import Answers, Heading, Notice

HINT = "   ·   ".join(
    f"[@click=screen.{action}][bold $accent]{key}[/] {does}[/]"
    for action, key, does in (
        ("keep", "enter", "keeps it"),
        ("kinds", "f", "another kind"),
        ("leave", "esc", "goes back"),
    )
)
CHOOSING = "a letter, or enter, reads it as that kind   ·   esc leaves it as it is"
_OUTCOMES = {"new": "new", "updated": "another edition", "known": "on the rack already"}

LETTERS = "abcdefghilmnoprstuvwxyzABCDEFHIL"
"""The letters of the kinds: j and k move, q leaves."""

MOST = 200
"""Lines that were not understood that are listed."""


class PreviewDigest(ModalScreen[Source | None]):
    """Shows what was *opened*, as it was recognised; gives that back where the reader keeps it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "keep", "Keep", priority=True, tooltip="Take it into the library"),
        Binding("f", "kinds", "Kind", tooltip="Read it as another kind of digest"),
        Binding("escape,q", "leave", "Leave", priority=True, tooltip="Keep nothing"),
        Binding("j,down", "cursor(1)", "Down", show=False, priority=True),
        Binding("k,up", "cursor(-1)", "Up", show=False, priority=True),
        Binding("ctrl+d,pagedown,space", "page(0.5)", "Page", show=False),
        Binding("ctrl+u,pageup", "page(-0.5)", "Page up", show=False),
        Binding("g,home", "edge(0)", "First", show=False),
        Binding("G,end", "edge(1000000000)", "Last", show=False),
    ]

    heading = query_one("#preview-heading", Heading)
    rows = query_one("#preview-list", PreviewList)
    kinds = query_one("#preview-kinds", LetterList)
    notice = query_one("#preview-notice", Notice)
    hint = query_one("#preview-hint", Answers)

    def __init__(self, desk: Desk, opened: Opened, source: Source, expected: Sequence[Expected]) -> None:
        super().__init__()
        self.desk = desk
        self._opened = opened
        self._source = source
        self._expected = expected
        self._kind = ""
        self._busy = False

    def compose(self) -> ComposeResult:
        """Show what was found over the keys; the kinds are seen when they are asked for."""
        names = self.desk.formats()["digest"]
        kind = self._expected[0].issue.format if self._expected else ""
        choices = [
            Letter(each["name"], letter, each["label"], each["name"] == kind)
            for each, letter in zip(names, LETTERS, strict=False)
        ]
        with Vertical(id="preview", classes="dialog"):
            yield Heading("Preview", id="preview-heading")
            yield PreviewList(id="preview-list")
            kinds = LetterList(choices, id="preview-kinds")
            kinds.display = False
            yield kinds
            yield Notice(id="preview-notice", markup=False)
            yield Answers(Content.from_markup(HINT), id="preview-hint")

    def on_mount(self) -> None:
        """Show what was read, and take the keys."""
        self._show()
        self.rows.focus()

    def _show(self) -> None:
        remarks = [remark for each in self._expected for remark in each.issue.warnings]
        papers = sum(len(each.known) for each in self._expected)
        known = sum(sum(each.known) for each in self._expected)
        self.rows.show([(each.issue, _OUTCOMES[each.outcome], each.known) for each in self._expected], remarks[:MOST])
        labels = {each["name"]: each["label"] for each in self.desk.formats()["digest"]}
        found = self._expected[0].issue.format if self._expected else self._kind
        issues = f" in {count(len(self._expected), 'issue')}" if len(self._expected) > 1 else ""
        there = f", {known:,} known already" if known else ""
        self.heading.say(labels.get(found, "Preview"), f"{count(papers, 'paper')}{issues}{there}" if papers else "")
        lost = f"{count(len(remarks), 'line')} not understood; {'it is' if len(remarks) == 1 else 'they are'} below."
        self._say(self._source.error or (lost if remarks else ""))

    def _say(self, sentence: str) -> None:
        self.notice.say(sentence)

    # The kind

    def action_kinds(self) -> None:
        """Show the kinds of digest, to choose one."""
        self.kinds.display, self.rows.display, self.hint.display = True, False, False
        self._say(CHOOSING)
        self.kinds.focus()

    def _back_to_papers(self) -> None:
        self.kinds.display, self.rows.display, self.hint.display = False, True, True
        self.rows.focus()
        self._show()

    def on_key(self, event: events.Key) -> None:
        """Take the kind whose letter is struck, while they are shown."""
        if self.kinds.display and (name := self.kinds.letters.get(event.character or "")):
            event.stop()
            self._take(name)

    @on(LetterList.Picked)
    def _picked(self, event: LetterList.Picked) -> None:
        self._take(event.name)

    def _take(self, name: str) -> None:
        self._kind = name
        self._say("Reading …")
        self._read_as(name)

    @work(exclusive=True, exit_on_error=False)
    async def _read_as(self, name: str) -> None:
        self._busy = True
        try:
            self._source = await asyncio.to_thread(self._opened.read, name)
            self._expected = await asyncio.to_thread(self.desk.expect, self._source)
        finally:
            self._busy = False
        self._back_to_papers()

    # The keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say which keys are alive: while kinds are shown, letters are theirs."""
        return action in ("keep", "leave", "cursor") or not self.kinds.display

    def action_keep(self) -> None:
        """Give back what was read; among the kinds, read it as the one under the cursor."""
        if self.kinds.display:
            self._take(self.kinds.current.name)
        elif not self._busy and self._source.issues:
            self.dismiss(self._source)

    def action_leave(self) -> None:
        """Leave the kinds, else go back."""
        if self.kinds.display:
            self._back_to_papers()
        else:
            self.dismiss(None)

    def action_cursor(self, by: int) -> None:
        """Move by rows."""
        (self.kinds if self.kinds.display else self.rows).move(by)

    def action_page(self, by: float) -> None:
        """Move by pages."""
        self.rows.page(by)

    def action_edge(self, to: int) -> None:
        """Go to the first row, or the last."""
        self.rows.move_to(to)
