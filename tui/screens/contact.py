"""The one question before the first look-up: whom services may write to."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from tui.desk import Desk
from tui.errors import PaperrackError
from tui.widgets.where import Heading, Notice

WHY = (
    "Services answer better to programs that say whom to write to when something goes wrong. "
    "The address is sent to those that ask for one (arXiv, Crossref, DataCite, Unpaywall), and to nobody else."
)
HINT = "enter keeps it   ·   esc keeps none   ·   it is asked once"


class Contact(ModalScreen[None]):
    """Asks for an e-mail address and keeps it; without one the look-up goes on as well."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape", "nobody", "No address", priority=True, tooltip="Look up without an address, and do not ask again"
        ),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def compose(self) -> ComposeResult:
        """Show why, one field, and what the keys do."""
        with Vertical(id="contact", classes="dialog"):
            yield Heading("Your address for the services")
            why = Notice(id="contact-why", markup=False)
            why.say(WHY)
            yield why
            yield Input(placeholder="you@example.org", id="contact-words")
            yield Notice(HINT, id="contact-notice", markup=False)

    def on_mount(self) -> None:
        """Take the keys."""
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        try:
            self.desk.looking.keep_contact(event.value.strip())
        except PaperrackError as error:
            self.query_one("#contact-notice", Notice).say(f"{error}\n{HINT}")
        else:
            self.dismiss()

    def action_nobody(self) -> None:
        """Go on without an address."""
        try:
            self.desk.looking.keep_contact("")
        except PaperrackError as error:
            # The look-up goes on either way.
            self.app.notify(str(error), severity="warning", markup=False)
        self.dismiss()
