"""The export dialog: format, destination and fields on top, then what would leave, and what is to be known of it."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.widgets import Input, Label

from tui.desk.exporting import Taken
from tui.desk.into import Preview
from tui.desk.marking import count
from tui.errors import PaperrackError
from tui.screens import wanted as choosing
from tui.screens.leaving import PASSING
from tui.screens.rows import Rows
from tui.widgets.choices import Choices
from tui.widgets.field import PathField
from tui.widgets.prose import Prose
from tui.widgets.richer_list import Richer, RicherList
from tui.widgets.where import Heading, Notice

ROOMY = 100
"""Cells of the terminal from which on the dialog does not take all of it."""


class Export(Rows):
    """The dialog on papers; gives back what was done, in a sentence, and whether that is sure, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Leave", priority=True, tooltip="Back; nothing was written"),
        Binding("q,e", "dismiss", "Leave", show=False),
        Binding("enter", "go", "Go", tooltip="Copy, save or write what is seen"),
        Binding("up", "row(-1)", "Row before", show=False, priority=True),
        Binding("down", "row(1)", "Next row", show=False, priority=True),
        *(Binding(str(number), f"format({number})", "Format", show=False) for number in range(1, 10)),
        *(Binding(key, f"to('{name}')", label, show=False) for name, label, key in choosing.DESTINATIONS),
        Binding("j", "scroll(1)", "Down", show=False),
        Binding("k", "scroll(-1)", "Up", show=False),
        Binding("ctrl+d,pagedown", "page(0.5)", "Page", show=False),
        Binding("ctrl+u,pageup", "page(-0.5)", "Page up", show=False),
        Binding("g,home", "edge(0)", "First", show=False),
        Binding("G,end", "edge(1000000000)", "Last", show=False),
    ]

    heading = query_one("#export-heading", Heading)
    richer = query_one("#export-richer", RicherList)
    preview = query_one("#export-preview", Prose)
    remarks = query_one("#export-remarks", Prose)
    notice = query_one("#export-notice", Notice)

    def compose(self) -> ComposeResult:
        """Lay the rows out over the preview."""
        with Vertical(id="export", classes="dialog"):
            yield Heading("Export", id="export-heading")
            yield Choices("Format", id="export-format")
            yield Choices("To", id="export-to")
            yield Choices("Fields", several=True, id="export-fields")
            yield Choices("Files", id="export-files")
            with Horizontal(id="export-file"):
                yield Label("File", id="export-file-label")
                yield PathField(id="export-path", compact=True)
            yield RicherList(id="export-richer")
            yield Prose(id="export-preview")
            yield Prose(id="export-remarks")
            yield Notice(id="export-notice", markup=False)

    def on_mount(self) -> None:
        """Begin with BibTeX for the clipboard, as the quick key has it."""
        self.format.focus()
        self.want(self.wanted)
        self._find()

    def on_resize(self) -> None:
        """Leave a margin where there is room for one."""
        self.set_class(self.size.width >= ROOMY, "-roomy")

    # What is seen

    def show_made(self) -> None:
        """Show the rows, and the preview or that it is being made."""
        wanted, made = self.wanted, self.current
        self.format.show(choosing.formats(self.formats, wanted))
        self.to.show(choosing.destinations(wanted))
        self.fields.show(choosing.fields(wanted))
        self.files.show(choosing.files(self.found, wanted.path))
        self.files.display = wanted.to == "into" and bool(self.found)
        self.query_one("#export-file").display = wanted.to != "clipboard"
        if isinstance(made, Preview):
            self.offered |= {each.key: each.richer for each in made.there if each.richer}
        self.richer.show([Richer(key, why, key in wanted.replace) for key, why in self.offered.items()])
        self.richer.display = bool(self.offered)
        self.heading.say("Export", self._counted(made))
        if made is not None:
            self.preview.show(self.picture.text)
            self.remarks.show(self.picture.remarks)
            self.remarks.display = bool(self.picture.remarks)
        self.say("" if made is not None and self.said in PASSING else self.said)
        self.go_on()

    def _counted(self, made: Taken | Preview | PaperrackError | None) -> str:
        papers = count(len(self.names), "paper")
        if isinstance(made, Taken):
            return papers if made.count == len(self.names) else f"{count(made.count, 'entry')} of {papers}"
        return papers if made is not None else f"{papers} · being made …"

    def say(self, sentence: str) -> None:
        """Show *sentence*, if there is one, over what the keys do now."""
        self.said = sentence
        self.notice.say(f"{sentence}\n{self._hint()}" if sentence else self._hint())

    def _hint(self) -> str:
        enter = {"clipboard": "enter copies", "file": "enter saves", "into": "enter writes"}[self.wanted.to]
        if isinstance(made := self.current, Taken):
            enter = f"{enter} {count(made.count, 'entry')}"
        elif isinstance(made, Preview) and not made.changed:
            enter = "enter writes nothing"
        if self.focused is self.path:
            return f"{enter} · ↑ ↓ rows · esc leaves"
        if self.focused is self.fields:
            return f"space toggles · ← → fields · ↑ ↓ rows · {enter} · esc leaves"
        if self.focused is self.richer:
            return f"space replaces · ↑ ↓ rows · {enter} · j k scroll · esc leaves"
        return f"{enter} · ← → choose · ↑ ↓ rows · j k scroll · esc leaves"

    def on_descendant_focus(self) -> None:
        """Say what the keys do in this row."""
        self.say(self.said)

    # Moving

    def action_row(self, by: int) -> None:
        """Go to the row above or below; in the list of richer ones, through it first."""
        if self.focused is self.richer and 0 <= self.richer.cursor + by < len(self.richer):
            self.richer.move(by)
        elif by > 0:
            self.focus_next()
        else:
            self.focus_previous()

    @property
    def _text(self) -> Prose:
        return self.remarks if self.focused is self.remarks else self.preview

    def action_scroll(self, by: int) -> None:
        """Scroll by lines."""
        self._text.move(by)

    def action_page(self, by: float) -> None:
        """Scroll by pages."""
        self._text.page(by)

    def action_edge(self, to: int) -> None:
        """Go to the first line, or the last."""
        self._text.move_to(to)

    # Leaving

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_go()
