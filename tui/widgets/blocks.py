"""What a pane of text is made of: paragraphs of words with roles, which styles give their colours."""

from __future__ import annotations

from tui.frozen import dataclass

Parts = tuple[tuple[str, str], ...]
"""Words and their roles; a role is a name of :data:`tui.widgets.prose.ROLES`, or empty."""


@dataclass(frozen=True)
class Block:
    """A paragraph: its parts, the blank lines before it, its indent in cells, and whether a bar stands beside it.

    ``lead`` stands before the parts, and their further lines begin below its end. ``name`` says which paragraph it
    is where its words change while it is read; without one it is known by its words. One that is ``cut`` takes one
    line, however long it is. One that ``stays`` never moves up while paragraphs before it become shorter, and keeps
    ``room`` empty lines before itself for what these will take when they become longer, until it is shown anew.
    """

    parts: Parts
    gap: int = 0
    indent: int = 0
    bar: bool = False
    lead: Parts = ()
    name: str = ""
    cut: bool = False
    stays: bool = False
    room: int = 0

    @property
    def anchor(self) -> object:
        """What finds the paragraph again among others."""
        return self.name or (self.lead, self.parts)
