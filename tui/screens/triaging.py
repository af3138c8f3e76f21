"""Deciding what to read: a key a decision, and the next unread paper comes by itself."""

from __future__ import annotations

from typing import Literal

from tui.screens.choosing import Choosing

Decision = Literal["read", "keep", "skip"]


class Triaging(Choosing):
    """The keys that decide, on top of those that choose."""

    def action_decide(self, decision: Decision) -> None:
        """Make the paper read (or new again), to be read, or dropped; then go to the next unread one."""
        if name := self.seen():
            with self.telling():
                self.desk.marking.mark_read([name], not self.desk.rack.marks(name).read)
            self.refresh_marks([name])
