"""The dialog on who says what: every field, the value that holds, what others say; the reader chooses or writes."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Input

from tui.desk import Desk
from tui.errors import PaperrackError
from tui.provenance import EDITABLE, FACTS, LABELS
from tui.widgets.blocks import Block
from tui.widgets.claim_list import ISSUE, ClaimList, claims, told
from tui.widgets.prose import Prose
from tui.widgets.where import Heading, Notice

HINT = "enter takes it · e writes your own · x as services say · esc closes"
EDITING = "enter keeps it   ·   esc leaves it as it was"

_NAMES = {
    **{f"field {name}": label for name, label in FACTS.items()},
    **{f"field {name}": label for name, label in (("arxiv", "arXiv"), ("doi", "DOI"), ("acl", "ACL"), ("url", "URL"))},
    "field openreview": "OpenReview",
}


class Provenance(ModalScreen[bool]):
    """The fields of one paper; gives back whether the reader changed any."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,i", "leave", "Close", tooltip="Back to the papers"),
        Binding("q", "leave", "Close", show=False),
        Binding("j,down", "cursor(1)", "Down", show=False),
        Binding("k,up", "cursor(-1)", "Up", show=False),
        Binding("ctrl+d,pagedown", "page(0.5)", "Page", show=False),
        Binding("ctrl+u,pageup", "page(-0.5)", "Page up", show=False),
        Binding("g,home", "edge(0)", "First", show=False),
        Binding("G,end", "edge(1000000000)", "Last", show=False),
        Binding("enter", "use", "Take", tooltip="This value holds from now on"),
        Binding("e", "edit", "Edit", tooltip="Write the value yourself"),
        Binding("x,backspace", "plain", "Back", tooltip="What the services say holds again"),
    ]

    rows = query_one("#provenance-list", ClaimList)
    field = query_one("#provenance-field", Input)
    whole = query_one("#provenance-whole", Prose)
    notice = query_one("#provenance-notice", Notice)

    def __init__(self, desk: Desk, paper: str) -> None:
        super().__init__()
        self.desk = desk
        self.paper = paper
        self.labels = {**LABELS, **_NAMES}
        self.changed = False

    def compose(self) -> ComposeResult:
        """Show the fields, and under them the whole of the value that the cursor is on."""
        with Vertical(id="provenance", classes="dialog"):
            yield Heading("Who says so")
            yield ClaimList(id="provenance-list")
            yield Prose(id="provenance-whole")
            yield Input(id="provenance-field", select_on_focus=False, compact=True)
            yield Notice(id="provenance-notice", markup=False)

    def on_mount(self) -> None:
        """Fill the list and take the keys."""
        self.show()
        self._list_again()

    def show(self, field: str | None = None) -> None:
        """Show what is said now, with the cursor on *field* or where it was."""
        self.rows.show(claims(self.desk.rack.paper(self.desk.rack.canonical(self.paper))), self.labels, field)
        self._show_whole()

    @on(ClaimList.Moved)
    def _show_whole(self) -> None:
        who, _, value = told(self.rows.current, self.labels).partition("\n")
        self.whole.show((Block(((who, "muted"),)), Block(((value, ""),))))
        self.notice.say(HINT)

    def _list_again(self) -> None:
        self.field.display = False
        self.whole.display = True
        self.notice.say(HINT)
        self.rows.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a value is written, only leaving is left of the keys."""
        return action == "leave" or not isinstance(self.focused, Input)

    def action_cursor(self, by: int) -> None:
        """Move by values."""
        self.rows.move(by)

    def action_page(self, by: float) -> None:
        """Move by pages."""
        self.rows.page(by)

    def action_edge(self, to: int) -> None:
        """Go to the first value, or the last."""
        self.rows.move_to(to)

    def action_leave(self) -> None:
        """Leave the field that is written in, else the dialog."""
        if isinstance(self.focused, Input):
            self._list_again()
        else:
            self.dismiss(self.changed)

    def action_use(self) -> None:
        """Let the value under the cursor hold."""
        claim = self.rows.current
        if claim is None or claim.holds:
            self.notice.say(f"This value holds already.\n{HINT}")
        elif claim.providers[0] == ISSUE:
            # No service says so: it becomes the reader's own word.
            self._decide(lambda: self.desk.deciding.edit(self.paper, claim.field, claim.words), claim.field)
        else:
            self._decide(lambda: self.desk.deciding.use(self.paper, claim.field, claim.providers[0]), claim.field)

    def action_plain(self) -> None:
        """Let what the services say hold again."""
        if claim := self.rows.current:
            self._decide(lambda: self.desk.deciding.plain(self.paper, claim.field), claim.field)

    def action_edit(self) -> None:
        """Write the value of the field, beginning with what stands there."""
        claim = self.rows.current
        if claim is None or claim.field not in EDITABLE:
            self.notice.say(f"This is the services' to say; it cannot be written.\n{HINT}")
            return
        self.field.value = claim.words.replace("\n", " ")
        self.field.cursor_position = len(self.field.value)
        self.field.display = True
        self.whole.display = False
        self.notice.say(EDITING)
        self.field.focus()

    @on(Input.Submitted)
    def _written(self, event: Input.Submitted) -> None:
        if claim := self.rows.current:
            words = event.value
            if self._decide(lambda: self.desk.deciding.edit(self.paper, claim.field, words), claim.field):
                self._list_again()

    def _decide(self, decide: Callable[[], str], field: str) -> bool:
        """Do what the reader decided on *field* and return whether it was kept; the notice says it, or why not."""
        try:
            sentence = decide()
        except PaperrackError as error:
            self.notice.say(f"{error}\n{EDITING if isinstance(self.focused, Input) else HINT}")
            return False
        self.changed = True
        self.show(field)
        self.notice.say(f"{sentence}\n{HINT}")
        return True
