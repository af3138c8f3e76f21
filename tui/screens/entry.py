"""One entry on the whole screen, exactly as it would be copied, with what is to be known of it on top."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.getters import query_one
from textual.notifications import SeverityLevel
from textual.screen import ModalScreen

from tui.desk import Desk
from tui.errors import PaperrackError
from tui.model import Papers
from tui.screens import keys
from tui.screens.copying import Taking
from tui.text import shown
from tui.widgets import paper_text
from tui.widgets.key_line import KeyLine
from tui.widgets.prose import Prose
from tui.widgets.where import Heading


class Entry(Taking[int], ModalScreen[int]):
    """The entry of the paper at *place* of *names*; gives back the place of the one that was seen last."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *keys.CHORDS[1],
        Binding("b", "copy('bibtex')", "BibTeX", priority=True, tooltip="Copy this entry"),
        Binding(
            "y", "prefix('yank')", "Copy…", priority=True, tooltip="Copy something else: choose by the next letter"
        ),
        Binding("K", "key", "Citation key", priority=True, tooltip="Give the paper a citation key of your own"),
        Binding("l,right,n", "paper(1)", "Next", key_display="l", priority=True, tooltip="The next paper's entry"),
        Binding("h,left,p", "paper(-1)", "Before", key_display="h", priority=True, tooltip="The entry before"),
        Binding("escape,B,q", "leave", "Back", key_display="esc", priority=True, tooltip="Back to the papers"),
        Binding("j,down", "scroll(1)", "Down", show=False, priority=True),
        Binding("k,up", "scroll(-1)", "Up", show=False, priority=True),
        Binding("ctrl+d,pagedown,space", "page(0.5)", "Page", show=False, priority=True),
        Binding("ctrl+u,pageup", "page(-0.5)", "Page up", show=False, priority=True),
        Binding("g,home", "edge(0)", "First", show=False, priority=True),
        Binding("G,end", "edge(1000000000)", "Last", show=False, priority=True),
    ]

    heading = query_one("#entry-heading", Heading)
    text = query_one("#entry-text", Prose)

    def __init__(self, desk: Desk, names: Papers | Sequence[str], place: int) -> None:
        super().__init__()
        self.desk = desk
        self.names = names
        self.place = place
        self.prefix = ""

    def compose(self) -> ComposeResult:
        """Show which paper it is, its entry, and the keys."""
        yield Heading("BibTeX", id="entry-heading")
        yield Prose(id="entry-text")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show the entry and take the keys."""
        self.show_keys()
        self.text.focus()

    @property
    def paper(self) -> str:
        """The paper whose entry is shown."""
        return self.desk.rack.canonical(self.names[self.place])

    def chosen(self) -> tuple[str, ...]:
        """Return the paper that is seen: what is copied from here is what stands here."""
        return (self.paper,)

    def tell(self, sentence: str, severity: SeverityLevel = "information") -> None:
        """Tell the reader *sentence*; what stands in it is never markup."""
        self.app.clear_notifications()
        self.app.notify(sentence, severity=severity, markup=False)

    def look_around(self) -> None:
        """Show what another program changed in the library meanwhile."""
        try:
            self.desk.marking.sync()
        except PaperrackError as error:
            self.tell(str(error), "error")

    def show_keys(self) -> None:
        """Show the entry as it would be copied now."""
        taken = self.desk.exporting.export([self.paper])
        title = shown(self.desk.rack.paper(self.paper).title or "")
        self.heading.say(
            "BibTeX, exactly as it would be copied", f"{self.place + 1:,} of {len(self.names):,} · {title}"
        )
        self.text.show(paper_text.bibtex(taken.text, (*taken.failures, *taken.warnings)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """After the prefix only its choices are alive."""
        return action in ("yank", "leave") if self.prefix else action != "yank"

    def action_key(self) -> None:
        """Ask for another citation key."""
        self.ask_key(self.paper)

    def action_paper(self, by: int) -> None:
        """Show the entry of the next paper of the list, or of the one before."""
        if 0 <= self.place + by < len(self.names):
            self.place += by
            self.show_keys()

    def action_scroll(self, by: int) -> None:
        """Scroll by lines."""
        self.text.move(by)

    def action_page(self, by: float) -> None:
        """Scroll by pages."""
        self.text.page(by)

    def action_edge(self, to: int) -> None:
        """Go to the first line, or the last."""
        self.text.move_to(to)

    def action_leave(self) -> None:
        """Leave the prefix, else the screen."""
        if self.prefix:
            self.leave_prefix()
        else:
            self.dismiss(self.place)
