"""The line on top that says where the reader is, and the quiet heading of a pane."""

from __future__ import annotations

import re
from itertools import takewhile

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

_KEY = re.compile(r"enter|esc|space|tab|pgdn|pgup|ctrl\+\w|[←→↑↓+-]|[b-zB-HJ-Z]")
"""Keys at the beginning of what they do; no word of one letter is among them."""

PANES = ("issues", "papers", "details")

ROLES = {
    "name": "bold $accent",
    "place": "$foreground",
    "muted": "$foreground 66%",
    "count": "$accent",
    "hint": "$foreground 66%",
    "key": "bold $footer-key-foreground",
    "warning": "$warning",
    "corrected": "$secondary",
}
"""How the theme shows words of a role."""


class Where(Widget):
    """Program, place and counts in one line; in a narrow terminal also which pane this is."""

    class Struck(Message):
        """The reader clicked on the program's name, on a pane's, or on the counts (``marked``)."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    place: reactive[str] = reactive("")
    """What is read: an issue's title, all papers."""
    pane: reactive[str] = reactive("papers")
    """The pane that has the keys."""
    alone: reactive[bool] = reactive(False)
    """Whether that pane is the only one on the screen."""
    counts: reactive[str] = reactive("")
    """What is marked and unread."""

    def render(self) -> Content:
        """Return the line, the place cut where the counts need the room."""
        crumbs: list[tuple[str, str]] = []
        if self.alone:
            for name in PANES:
                crumbs += [(name.title(), "place" if name == self.pane else "muted"), (" › ", "muted")]
            crumbs = crumbs[:-1] if not self.place else [*crumbs[:-1], ("   ", "")]
        left = Content.assemble(*(self._part(part) for part in [("paperrack", "name"), ("   ", ""), *crumbs]))
        right = Content.assemble(self._part((self.counts, "count")))
        room = max(0, self.content_size.width - left.cell_length - right.cell_length - 2)
        place = Content.assemble(self._part((self.place, "muted" if self.alone else "place")))
        place = place.truncate(room, ellipsis=True)
        gap = max(1, self.content_size.width - left.cell_length - place.cell_length - right.cell_length)
        return Content.assemble(left, place, " " * gap, right)

    def on_click(self, event: events.Click) -> None:
        """Say which of the words was clicked."""
        x, end = event.x - self.gutter.left, self.content_size.width
        names = {"paperrack": (0, 9)}
        if self.alone:
            at = len("paperrack   ")
            for name in PANES:
                names[name] = (at, at + len(name))
                at += len(name) + len(" › ")
        names["marked"] = (end - cell_len(self.counts), end)
        for name, (start, stop) in names.items():
            if start <= x < stop:
                self.post_message(self.Struck(name))

    def _part(self, part: tuple[str, str]) -> Content:
        text, role = part
        return Content.styled(text, ROLES[role]) if role else Content(text)


class Heading(Static):
    """The heading of a pane."""

    def __init__(self, text: str, *, id: str | None = None) -> None:
        super().__init__(Content(text), id=id, markup=False)
        self._said = text, ""

    def say(self, text: str, beside: str = "") -> None:
        """Show *text*, and quieter *beside* it what else the pane could show."""
        if (text, beside) != self._said:
            self._said = text, beside
            aside = with_keys(f"   {beside}").stylize_before("not bold $foreground 66%") if beside else ""
            content = Content.assemble(text, aside)
            self.update(content, layout=False)


class Notice(Static):
    """What stands in a pane that has nothing to show: why, and what to do next."""

    def __init__(self, text: str = "", *, id: str | None = None, markup: bool = False) -> None:
        super().__init__(with_keys(text), id=id, markup=markup)
        self._said = text

    def say(self, text: str) -> None:
        """Show *text*, or hide where it is empty; the keys in its last line are lit as at the bottom of the screen."""
        if text != self._said:
            self._said = text
            self.update(with_keys(text))
        self.display = bool(text)


def with_keys(text: str) -> Content:
    """Return *text* with the keys lit that stand before what they do.

    They stand at the beginning of a line, with a gap behind them, or in the last one: ``enter saves · esc leaves``.
    """
    content, at = Content(text), 0
    for line in text.split("\n"):
        key, _, does = line.partition("  ")
        if does.strip(" ") and not does.strip(" ").startswith("·"):
            content = content.stylize(ROLES["key"], at, at + len(key))
        at += len(line) + 1
    at = text.rfind("\n") + 1
    for part in re.split("([·;]|   )", text[at:]):
        words = part.split()
        keys = list(takewhile(_KEY.fullmatch, words))
        if keys and len(keys) < len(words):
            start = at + part.index(keys[0])
            content = content.stylize(ROLES["key"], start, start + len(" ".join(keys)))
        at += len(part)
    return content


class Answers(Static):
    """Keys and what they do, each to be clicked too: the words keep their colours."""

    @property
    def link_style(self) -> Style:
        """Nothing: the key is lit, and what it does is quiet."""
        return Style.null()


class Line(Widget):
    """One quiet line under a field: what can be typed, or what was understood; two more where a reason needs them."""

    said: reactive[tuple[str, str]] = reactive(("", ""), layout=True)
    """The words, and their role, a name of :data:`ROLES`."""

    def say(self, text: str, role: str = "hint") -> None:
        """Show *text*, or hide where it is empty."""
        self.said = (text, role)
        self.display = bool(text)

    def render(self) -> Content:
        """Return the words; a hint is cut where there is no room for it."""
        text, role = self.said
        content = Content.styled(text, ROLES[role])
        return content if role == "warning" else content.truncate(self.content_size.width, ellipsis=True)
