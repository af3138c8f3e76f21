"""One entry on the whole screen, exactly as it would be copied, with what is to be known of it on top."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.getters import query_one
from textual.notifications import SeverityLevel
from textual.screen import ModalScreen

from tui.desk import Desk
from tui.errors import PaperrackError
from tui.model import Papers
from tui.screens import keymap, keys
from tui.screens.bound import SCROLLING, bind
from tui.screens.copying import Taking
from tui.screens.keymap import Keymap
from tui.screens.keys import Key
from tui.text import shown
from tui.widgets import paper_text
from tui.widgets.key_line import KeyLine
from tui.widgets.prose import Prose
from tui.widgets.where import Heading

COPYING = ("copy-bibtex", "copy", "citation-key", *(row.id for row in keys.CHORDS[1]))
"""The actions that are the same here as in the panes."""

_OWN = (
    (("pane-right",), "paper(1)", "Next", True, "The next paper's entry"),
    (("pane-left",), "paper(-1)", "Before", True, "The entry before"),
    (("escape", "show-bibtex", "quit"), "leave", "Back", True, "Back to the papers"),
    *SCROLLING,
)
"""The reader's keys for actions of the panes, and what they do here."""

MORE = (
    Binding("n", "paper(1)", "Next", show=False, priority=True),
    Binding("p", "paper(-1)", "Before", show=False, priority=True),
    Binding("space", "page(0.5)", "Page", show=False, priority=True),
)
"""Keys beside the reader's own, where these leave them free."""

ORDER = ("copy-bibtex", "copy", "citation-key", "pane-right", "pane-left", "escape")
"""The keys of the line at the bottom, in this order."""


def own_keys(made: Keymap) -> Iterator[Key]:
    """Yield the keys of this screen as the reader has them."""
    yield from made.bindings(COPYING)
    for ids, action, description, show, tooltip in _OWN:
        yield from made.of_screen(ids, Key("", action, description, ids[0], tooltip, show))


class Entry(Taking[int], ModalScreen[int]):
    """The entry of the paper at *place* of *names*; gives back the place of the one that was seen last."""

    heading = query_one("#entry-heading", Heading)
    text = query_one("#entry-text", Prose)

    def __init__(self, desk: Desk, names: Papers | Sequence[str], place: int) -> None:
        super().__init__()
        self.desk = desk
        self.names = names
        self.place = place
        self.prefix = ""
        bind(self, own_keys(keymap.of(desk.settings)), MORE)

    def compose(self) -> ComposeResult:
        """Show which paper it is, its entry, and the keys."""
        yield Heading("BibTeX", id="entry-heading")
        yield Prose(id="entry-text")
        yield KeyLine(order=ORDER)

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
        if action == "chord":
            return parameters[0] == self.prefix
        return action == "leave" if self.prefix else True

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
