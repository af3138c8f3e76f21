"""The dialog before something that is done to many: what will be done, to how many, and the way to leave it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from tui.widgets.where import Answers, Heading, Notice

LEAVES = "leaves it"


class Sure(ModalScreen[bool]):
    """Says in *sentence* what will be done to how many; gives back whether the reader wants it.

    *verb* is what enter does, as ``looks them up``. Both answers can be clicked.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "yes", "Do it", priority=True, tooltip="It is done"),
        Binding("escape,n,q", "no", "Leave", priority=True, tooltip="Nothing is done"),
    ]

    def __init__(self, heading: str, sentence: str, verb: str) -> None:
        super().__init__()
        self.heading = heading
        self.sentence = sentence
        self.verb = verb

    def compose(self) -> ComposeResult:
        """Show what will be done, and the two answers."""
        with Vertical(id="sure", classes="dialog"):
            yield Heading(self.heading)
            said = Notice(id="sure-sentence", markup=False)
            said.say(self.sentence)
            yield said
            yes = "[@click=screen.yes][bold $accent]enter[/] $verb[/]"
            answers = f"{yes}   ·   [@click=screen.no][bold $accent]esc[/] $leaves[/]"
            yield Answers(Content.from_markup(answers, verb=self.verb, leaves=LEAVES), id="sure-answers")

    def action_yes(self) -> None:
        """Let it be done."""
        self.dismiss(True)

    def action_no(self) -> None:
        """Leave it."""
        self.dismiss(False)
