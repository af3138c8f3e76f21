"""A line of a dialog on which the reader chooses: one of several, or each for itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tui.text import shown
from tui.widgets.cells import fit

LABEL = 9
"""Cells of the name of the line."""

_GAPS = ("   ", "  ", " ")


@dataclass(frozen=True)
class Choice:
    """Something to choose: its name, what it is called, the key that chooses it, and whether it is chosen.

    One that is ``shut`` is shown and cannot be chosen now.
    """

    name: str
    label: str
    key: str = ""
    on: bool = False
    shut: bool = False


class Choices(Widget, can_focus=True):
    """The line: it shows what is chosen and says what the reader wants; with ``several``, space turns each on and off.

    Where it is too short for all, those round the cursor are seen.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "choices--label",
        "choices--on",
        "choices--off",
        "choices--key",
        "choices--shut",
        "choices--cursor",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "step(-1)", "Before", show=False),
        Binding("right,l", "step(1)", "Next", show=False),
        Binding("space", "pick", "Choose", show=False),
    ]

    class Picked(Message):
        """The reader wants the choice *name*, or wants it no more."""

        def __init__(self, choices: Choices, name: str) -> None:
            super().__init__()
            self.choices = choices
            self.name = name

        @property
        def control(self) -> Choices:
            """The line that it stands on."""
            return self.choices

    def __init__(self, label: str, several: bool = False, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._label = label
        self._several = several
        self._choices: Sequence[Choice] = ()
        self._cursor = 0

    def show(self, choices: Sequence[Choice]) -> None:
        """Show *choices*; the cursor is on the chosen one, or stays where each is chosen for itself."""
        self._choices = choices
        on = next((place for place, choice in enumerate(choices) if choice.on), 0)
        self._cursor = min(self._cursor, max(0, len(choices) - 1)) if self._several else on
        self.refresh()

    def action_step(self, by: int) -> None:
        """Go to the next choice, and no further than the last."""
        place = self._cursor + by
        while 0 <= place < len(self._choices) and self._choices[place].shut:
            place += by
        if 0 <= place < len(self._choices):
            self._cursor = place
            self.refresh()
            if not self._several:
                self.action_pick()

    def action_pick(self) -> None:
        """Want the choice under the cursor."""
        if self._choices and not self._choices[self._cursor].shut:
            self.post_message(self.Picked(self, self._choices[self._cursor].name))

    def on_focus(self) -> None:
        """The cursor is seen on the line that has the keys."""
        self.refresh()

    def on_blur(self) -> None:
        """The cursor is seen on the line that has the keys."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Want what the mouse is on."""
        for place, start, end in self._spans():
            if start <= event.x < end and not self._choices[place].shut:
                self._cursor = place
                self.action_pick()
                return

    def render(self) -> Content:
        """Return the line."""
        parts: list[Content] = [self._part(fit(self._label, LABEL), "label" if not self.has_focus else "on")]
        end = LABEL
        for place, start, stop in self._spans():
            parts += [Content(" " * (start - end)), self._choice(place)]
            end = stop
        return Content.assemble(*parts).truncate(max(1, self.content_size.width), ellipsis=True)

    def _choice(self, place: int) -> Content:
        choice = self._choices[place]
        role = "shut" if choice.shut else "on" if choice.on else "off"
        here = self.has_focus and place == self._cursor
        sign, key, label = self._words(choice)
        return Content.assemble(
            self._part(sign, role, here),
            self._part(key, role if choice.shut else "key", here),
            self._part(label, role, here),
        )

    def _words(self, choice: Choice) -> tuple[str, str, str]:
        on, off = ("■ ", "□ ") if self._several else ("● ", "○ ")
        return on if choice.on else off, f"{choice.key} " if choice.key else "", shown(choice.label)

    def _spans(self) -> Iterator[tuple[int, int, int]]:
        """Yield the place of each choice that there is room for, and the cells in which it begins and ends."""
        room = self.content_size.width - LABEL
        widths = [cell_len("".join(self._words(choice))) for choice in self._choices]
        gap = next((len(gap) for gap in _GAPS if sum(widths) + len(gap) * (len(widths) - 1) <= room), 1)
        first = 0
        while first < self._cursor and sum(widths[first : self._cursor + 1]) + gap * (self._cursor - first) > room:
            first += 1
        at = LABEL
        for place in range(first, len(widths)):
            yield place, at, at + widths[place]
            at += widths[place] + gap

    def _part(self, text: str, role: str, here: bool = False) -> Content:
        style = self.get_visual_style(f"choices--{role}", partial=True)
        # Not a partial one: Textual 8.2 loses the background of those.
        return Content.styled(text, self.get_visual_style("choices--cursor") + style if here else style)
