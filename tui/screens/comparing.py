"""What each issue says of one paper, side by side where there is room, else one under the other."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.screen import ModalScreen

from tui.model import Paper
from tui.screens.bound import SCROLLING, bind
from tui.screens.keymap import Keymap
from tui.screens.keys import Key
from tui.text import shown
from tui.widgets.compared_text import column, stacked
from tui.widgets.key_line import KeyLine
from tui.widgets.prose import Prose
from tui.widgets.where import Heading, Notice

COLUMN = 50
"""Cells that a column takes at least."""

MOST = 8
"""Columns that are seen at a time, however wide the terminal is."""

_OWN = (
    (("pane-left", "pane-before"), "step(-1)", "Issue before", True, "What the issue before says"),
    (("pane-right", "next-pane"), "step(1)", "Next issue", True, "What the next issue says"),
    (("escape", "compare", "quit"), "dismiss", "Back", True, "Back to the papers"),
    *SCROLLING,
)
"""The reader's keys for actions of the panes, and what they do here."""

MORE = (
    Binding("escape,q", "dismiss", "Back", show=False, priority=True),
    Binding("space", "page(0.5)", "Page", show=False, priority=True),
)
"""Keys beside the reader's own, where these leave them free."""

ORDER = ("pane-left", "pane-right", "escape")
"""The keys of the line at the bottom, in this order."""


def own_keys(made: Keymap) -> Iterator[Key]:
    """Yield the keys of this screen as the reader has them; chords have no place here."""
    for ids, action, description, show, tooltip in _OWN:
        keys = made.of_screen(ids, Key("", action, description, ids[0], tooltip, show))
        yield from (key for key in keys if not key.action.startswith(("chord(", "prefix(")))


class Comparing(ModalScreen[None]):
    """The words of all issues on *paper*, beginning with those of *issue*; keys as in *keymap*."""

    AUTO_FOCUS = ""

    heading = query_one("#compare-heading", Heading)
    title_line = query_one("#compare-title", Notice)

    def __init__(self, keymap: Keymap, paper: Paper, issue: str | None = None) -> None:
        super().__init__()
        bind(self, own_keys(keymap), MORE)
        self.paper = paper
        self.place = next((n for n, mention in enumerate(paper.mentions) if mention.issue == issue), 0)
        self._first = self._across = 0
        self._starts: tuple[int, ...] = ()

    def compose(self) -> ComposeResult:
        """Show which paper it is, a column an issue, and the keys."""
        yield Heading("What each issue says", id="compare-heading")
        yield Notice(id="compare-title", markup=False)
        with Horizontal(id="compare-columns"):
            for number in range(min(MOST, len(self.paper.mentions))):
                with Vertical(classes="pane", id=f"compare-{number}"):
                    yield Heading("", id=f"compare-issue-{number}")
                    yield Prose(id=f"compare-text-{number}")
        yield KeyLine(order=ORDER)

    def on_mount(self) -> None:
        """Show the words of the issue that is read."""
        self.title_line.say(shown(self.paper.title or "A paper without a title"))
        self._show()

    def on_resize(self) -> None:
        """Show as many columns as there is room for."""
        self._show()

    def _show(self) -> None:
        width, mentions = self.size.width or self.app.size.width, self.paper.mentions
        across = max(1, min(MOST, len(mentions), width // COLUMN))
        first = min(max(self._first, self.place - across + 1), self.place, len(mentions) - across)
        if across != self._across or first != self._first:
            self._across, self._first = across, max(0, first)
            self._fill()
        for number in range(min(MOST, len(mentions))):
            pane = self.query_one(f"#compare-{number}")
            pane.set_class(across > 1 and self._first + number == self.place, "-focused")
        if across > 1:
            self.query_one(f"#compare-text-{self.place - self._first}", Prose).focus()
        else:
            self.text.focus()
            self.text.go_to(self._starts[self.place] if self.place else 0)
        beside = f"{self.paper.talked_about} · {self.place + 1:,} of {len(mentions):,}"
        self.heading.say("What each issue says", beside)

    def _fill(self) -> None:
        """Give each column that is seen its words."""
        for number in range(min(MOST, len(self.paper.mentions))):
            pane = self.query_one(f"#compare-{number}")
            pane.display = number < self._across
            pane.set_class(not number, "-first")
            if not pane.display:
                continue
            mention = self.paper.mentions[self._first + number]
            heading = self.query_one(f"#compare-issue-{number}", Heading)
            text = self.query_one(f"#compare-text-{number}", Prose)
            heading.display = self._across > 1
            if self._across > 1:
                heading.say(shown(mention.issue_title))
                text.show(column(self.paper, mention))
            else:
                blocks, self._starts = stacked(self.paper)
                text.show(blocks)

    @property
    def text(self) -> Prose:
        """The words that the keys scroll."""
        number = self.place - self._first if self._across > 1 else 0
        return self.query_one(f"#compare-text-{number}", Prose)

    def on_descendant_focus(self) -> None:
        """Follow the mouse: the column that was clicked is the one that the keys scroll."""
        for number in range(self._across if self._across > 1 else 0):
            if self.focused is self.query_one(f"#compare-text-{number}") and self._first + number != self.place:
                self.place = self._first + number
                self._show()

    def action_step(self, by: int) -> None:
        """Go to the next issue, or the one before, and no further than the last."""
        place = self.place + by
        if 0 <= place < len(self.paper.mentions):
            self.place = place
            self._show()

    def action_scroll(self, by: int) -> None:
        """Scroll by lines."""
        self.text.move(by)

    def action_page(self, by: float) -> None:
        """Scroll by pages."""
        self.text.page(by)

    def action_edge(self, to: int) -> None:
        """Go to the first line, or the last."""
        self.text.move_to(to)
